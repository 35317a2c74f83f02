"""What was added is in every answer, as if the project had come with it."""

from __future__ import annotations

import json
import shutil
from datetime import date
from pathlib import Path

import pytest

import adoption as ad
from adoption.cli import main
from adoption.countries.capacity import Indicator, classes, values_by_state
from adoption.law.conventions import load_conventions
from adoption.refresh.outcome import RefreshOptions
from adoption.refresh.run import refresh
from adoption.site.project import convention_ids
from tests.adding.home import ID, Home, acts_csv, base_acts, new_home, rules
from tests.sources.mtdsg import mtdsg, row

CONSENTS = ("ratification", "acceptance", "approval", "accession", "succession")
INDEX = """[ESI]
title = "Evidence Sharing Index"
scale = [0, 10]
parts = { law = "Law" }
part_scale = [0, 5]
direction = "lower is better"
decimals = 1
licence = "made up for this test"
source = "esi"
[sources.esi]
title = "Evidence Sharing Index 2025"
publisher = "Nobody"
url = "https://example.org/esi"
licence = "made up for this test"
accessed = 2026-01-01
"""
VALUES = """participant,edition,component,value
Qatar,2025,overall,7.5
Qatar,2025,law,5
Oman,2025,overall,2
Oman,2025,law,0
"""


@pytest.fixture(scope="module")
def home(tiny: Path, tmp_path_factory: pytest.TempPathFactory) -> Home:
    """A treaty, an index and a group, each added by its command."""
    home = new_home(tiny, tmp_path_factory.mktemp("added"))
    acts, toml = home.file("acts.csv", acts_csv()), home.file("rules.toml", rules())
    values, index = home.file("values.csv", VALUES), home.file("esi.toml", INDEX)
    members = home.file("members.csv", "iso3\nqat\nOMN\n")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ADOPTION_HOME", str(home.root))
        for words in (
            ("convention", acts, "--rules", toml),
            ("index", values, "--rules", index),
            ("group", members, "--name", "Two of the Gulf"),
        ):
            assert main(["add", *map(str, words)]) == 0
    return home


@pytest.fixture
def inside(home: Home, monkeypatch: pytest.MonkeyPatch) -> Home:
    monkeypatch.setenv("ADOPTION_HOME", str(home.root))
    return home


@pytest.mark.usefixtures("inside")
def test_its_status_follows_from_its_acts() -> None:
    status = ad.status(ID, "2018-01-15")
    acts = base_acts()
    signed = {a["iso3"] for a in acts if a["act"] == "signature"}
    bound = {a["iso3"] for a in acts if a["act"] in CONSENTS}
    counted = sorted(a["date"] for a in acts if a["act"] in CONSENTS and a["iso3"] != "EUE")
    assert (status.signatories.lower, status.parties.lower) == (len(signed), len(bound))
    days = [str(getattr(w, "day", None)) for w in (status.nth_instrument, status.entry_into_force)]
    assert days == [counted[39], "2003-12-25"] == ["2003-09-26", "2003-12-25"]
    assert ad.sources(status.parties.rows()).frame["source"].tolist() == ["untc-mtdsg-2018"]


@pytest.mark.usefixtures("inside")
def test_without_a_rule_for_later_parties_all_are_bound_by_the_general_rule() -> None:
    status, why = ad.status(ID, "2018-01-15"), ad.spells(ID)["in_force_why"].value_counts()
    bound = [a for a in base_acts() if a["act"] in CONSENTS]
    recent = sum(a["date"] > "2017-10-17" for a in bound)  # ninety days, as the first waited
    assert status.frame["in_force"].sum() == status.parties.lower - recent
    assert status.frame["in_force"].sum() > 170
    first = sum(a["date"] <= "2003-09-26" and a["act"] != "succession" for a in bound)
    assert (why["rule"], why["general rule"], why["succession"]) == (
        first,
        len(bound) - first - 1,
        1,
    )


@pytest.mark.usefixtures("inside")
def test_every_answer_knows_it() -> None:
    assert ad.convention("UNTC XVIII-12-a").convention == ID
    assert ID in ad.profile("QAT", ID).frame["convention"].tolist()
    assert ad.curve(ID, of="parties")["lower"].max() == ad.status(ID).parties.lower
    assert set(ad.compare(["uncac", ID], age=365).frame["convention"]) == {"uncac", ID}
    assert ad.network([ID, "uncac"]).frame["instruments"].str.contains("Trafficking").any()
    past = ad.forecast(ID, "2002-06-01")
    assert past.summary()["consents"] < 40
    early, late = past.quantile(0.05), past.quantile(0.95)
    assert early is not None
    assert late is not None
    assert early <= late
    assert ad.forecast(ID).summary()["reached"] == "2003-09-26"
    assert ID in convention_ids()


@pytest.mark.slow
def test_its_depositary_can_be_asked_and_its_list_goes_first(inside: Home, tmp_path: Path) -> None:
    root = tmp_path / "again"
    shutil.copytree(inside.root, root)
    title = load_conventions()[ID].title
    rows = [row("Qatar", "1 Jan 2001", "2 Feb 2002")]
    saved = tmp_path / "list.xml"
    saved.write_bytes(mtdsg(title, rows, number="XVIII-12-a"))
    options = RefreshOptions(root, sources=(f"untc-{ID}",), file=saved, saved=date(2026, 11, 26))
    (result,) = refresh(options, print).results
    assert result.kind == "refused"  # it lacks most of the known acts
    assert "acts-not-in-list" in result.message


@pytest.mark.usefixtures("inside")
def test_an_index_is_read_as_its_rules_say() -> None:
    indicator = Indicator("ESI", 2025)
    values = values_by_state(ad.table("capacity"), ad.table("states"), indicator)
    assert values["iso3"].head(2).tolist() == ["OMN", "QAT"]  # lower is better
    assert values["value"].isna().sum() == len(values) - 2
    assert classes(indicator, values)[0].name == "8 to 10"
    assert Indicator("ESI", 2025, "law").maximum == 5
    qatar = ad.capacity("ESI", 2025).query("iso3 == 'QAT'")
    assert qatar[["overall", "law"]].to_numpy().tolist() == [[7.5, 5]]


@pytest.mark.usefixtures("inside")
def test_a_group_is_found_by_its_name() -> None:
    assert ad.group("two of the gulf").members == {"QAT", "OMN"}
    assert ad.sources(ad.table("memberships").query("organisation == 'Two of the Gulf'"))


@pytest.mark.slow
def test_what_it_brings_stands_in_one_folder_and_goes_with_it(
    home: Home, tiny: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    other = Home(tmp_path / "project", tmp_path)
    shutil.copytree(home.root, other.root)
    assert other.run(capsys, "build", "--check")[0] == 0
    for folder in (f"acts-{ID}", "index-esi", "group-two-of-the-gulf"):
        shutil.rmtree(other.root / "data" / "raw" / folder)
    assert other.run(capsys, "build")[0] == 0
    processed = other.root / "data" / "processed"
    assert not (processed / "added.json").exists()
    for name in ("acts", "conventions", "capacity", "memberships", "sources"):
        file = f"{name}.csv"
        assert (processed / file).read_bytes() == (tiny / "data/processed" / file).read_bytes()


@pytest.mark.slow
def test_it_can_be_replaced_and_not_added_twice(
    home: Home, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    other = Home(tmp_path / "project", tmp_path)
    shutil.copytree(home.root, other.root)
    toml = other.file("rules.toml", rules())
    acts = other.file("acts.csv", acts_csv().replace("Afghanistan,", "Afghanistan ,"))
    words = ("add", "convention", acts, "--rules", toml)
    status, _, errors = other.run(capsys, *words)
    assert (status, "'trafficking' was added already; --replace" in errors) == (2, True)
    last = acts_csv().splitlines()[-1]
    acts.write_text(acts_csv().replace(f"{last}\n", ""))
    assert other.run(capsys, *words, "--replace")[0] == 0
    status, printed, _ = other.run(capsys, "status", ID, "--json")
    found = json.loads(printed)
    whole = len({a["iso3"] for a in base_acts() if a["act"] in CONSENTS})
    assert found["parties"] == whole - 1
    folders = [{path.name for path in (h.root / "data").iterdir()} for h in (home, other)]
    assert folders[0] == folders[1]  # nothing half-written is left


def test_a_command_that_was_stopped_before_the_tables_were_built_finishes_when_it_is_given_again(
    tiny: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    home = new_home(tiny, tmp_path)
    words = ("add", "group", home.file("members.csv", "iso3\nQAT\nOMN\n"), "--name", "Coast")
    assert home.run(capsys, *words)[0] == 0
    processed = home.root / "data" / "processed"
    shutil.rmtree(processed)
    shutil.copytree(tiny / "data" / "processed", processed)
    assert home.run(capsys, *words)[0] == 0
    assert "Coast" in (processed / "memberships.csv").read_text("utf-8")
    status, _, errors = home.run(capsys, *words)
    assert (status, "'Coast' was added already" in errors) == (2, True)


def test_a_depositary_s_list_instead_of_acts(
    tiny: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    home = new_home(tiny, tmp_path)
    title = "Convention on Invented Things"
    rows = [row("Qatar", "1 Mar 2020", "2 Feb 2022"), row("Kenya", "", "3 Feb 2022 a")]
    listed = home.file("XVIII-99.xml", mtdsg(title, rows, number="XVIII-99"))
    changes: dict[str, str | None] = {
        "title": f'"{title}"',
        "short_title": '"Invented"',
        "label": '"Invented"',
        "reference": '"UNTC XVIII-99"',
        "adopted": None,
        "opens": "2020-01-01",
        "source": None,
        "entered_into_force": None,
        "complete_to": "2026-01-01",
    }
    toml = home.file("rules.toml", rules(changes, "invented"))
    status, printed, errors = home.run(capsys, "add", "convention", listed, "--rules", toml)
    assert (status, errors) == (0, "")
    assert (
        "rules.toml: [invented] later: none, so the general rule dates a later party: from its "
        "own day, certainly from the 90th day after the deposit; if the treaty has a rule, "
    ) in printed
    found = json.loads(home.run(capsys, "status", "invented", "--json")[1])
    assert (found["signatories"], found["consents"]) == (1, 2)
    toml = home.file("rules.toml", rules(changes | {"reference": '"UNTC XVIII-98"'}, "other"))
    status, _, errors = home.run(capsys, "add", "convention", listed, "--rules", toml)
    assert (status, len(errors.splitlines())) == (2, 3)  # both titles are the first one's


def test_a_folder_that_nothing_reads_is_reported(
    home: Home, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    other = Home(tmp_path / "project", tmp_path)
    shutil.copytree(home.root, other.root)
    raw = other.root / "data" / "raw"
    shutil.copytree(raw / "un-egdi", raw / "mine")
    status, printed, _ = other.run(capsys, "build")
    assert status == 0
    assert [line for line in printed.splitlines() if "is not used by any reader" in line] == [
        "data/raw/mine: is not used by any reader; `adoption add --help` says how to add data"
    ]
