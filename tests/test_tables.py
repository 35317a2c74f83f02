"""The processed tables: the dictionary, the facts of today, and the licence of each file."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from datetime import date
from fnmatch import fnmatch
from pathlib import Path

import pandas as pd
import pytest

from adoption import tables
from adoption.core.errors import AdoptionError
from adoption.core.paths import processed_folder, raw_folder, reference_folder
from adoption.core.reading import recorded
from adoption.countries.groups import find_country, load_groups
from adoption.ingest.readers.publishers import read_publishers
from adoption.law.conventions import find_convention, load_conventions
from adoption.law.evidence import BESIDE
from adoption.law.status import load_status, published_totals, status_on
from adoption.tables.dictionary import TABLES, TableDescription, files_of
from adoption.tables.names import fold
from adoption.tables.write import without_formulas
from tests.conftest import LATER, ROOT, DataTree, acts_of, bound, history_of, made_up

NAMES = [entry.name for entry in TABLES]


@pytest.mark.parametrize("name", NAMES)
def test_a_table_has_the_columns_of_the_dictionary_and_its_csv_holds_the_same(name: str) -> None:
    frame = tables.read(name)
    (entry,) = (table for table in TABLES if table.name == name)
    assert frame.dtypes.astype(str).to_dict() == entry.dtypes()
    assert list(frame.columns) == [column.name for column in entry.columns]
    assert not frame.empty or name in (*BESIDE, *LATER), "of lists there is none yet"
    days = [column.name for column in entry.columns if entry.dtypes()[column.name][0] == "d"]
    files = [
        pd.read_csv(
            processed_folder() / f"{file}.csv",
            dtype={column: dtype for column, dtype in entry.dtypes().items() if column not in days},
            parse_dates=days,
            date_format="%Y-%m-%d",
            keep_default_na=False,
            na_values=[""],
        )
        for file in files_of(name)
    ]
    written = pd.concat(files).sort_values(list(entry.unique), ignore_index=True)
    as_written = without_formulas(frame).sort_values(list(entry.unique), ignore_index=True)
    pd.testing.assert_frame_equal(written, as_written, check_dtype=False)


def test_what_is_not_for_commerce_stands_in_a_file_of_its_own() -> None:
    package = json.loads((processed_folder() / "datapackage.json").read_text("utf-8"))
    marked = {one["path"]: one["licenses"] for one in package["resources"] if "licenses" in one}
    assert list(marked) == ["gci.csv"]
    assert "non-commercial" in marked["gci.csv"][0]["title"]
    indices = {
        file: set(pd.read_csv(processed_folder() / f"{file}.csv")["index"])
        for file in ("capacity", "gci")
    }
    assert indices["gci"] == {"GCI"}
    assert "GCI" not in indices["capacity"]


def test_with_pandas_2_nothing_is_read() -> None:
    older = 'import pandas; pandas.__version__ = "2.3.3"; from adoption.cli import main; '
    command = [sys.executable, "-c", f'{older}raise SystemExit(main(["status", "hanoi"]))']
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("adoption: pandas 2.3.3: allowed: 3 or later (pip install")


@pytest.mark.parametrize(
    ("name", "damage"), [("acts", b""), ("acts", b"<html>"), ("capacity", None)]
)
def test_a_damaged_table_says_how(
    monkeypatch: pytest.MonkeyPatch, tree: DataTree, name: str, damage: bytes | None
) -> None:
    """The file that is named is the damaged one, where a table has several."""
    for file in files_of(name):
        shutil.copy(processed_folder() / f"{file}.parquet", tree.processed)
    monkeypatch.setenv("ADOPTION_HOME", str(tree.root))
    path = tree.processed / f"{name}.parquet"
    if damage is None:
        pd.read_parquet(path).drop(columns="value").to_parquet(path)
    else:
        path.write_bytes(damage)
    with pytest.raises(AdoptionError) as caught:
        tables.read(name)
    what = "has no column value: another version built it" if damage is None else "damaged"
    assert str(caught.value) == f"data/processed/{name}.parquet: {what}; run `adoption build`"


def test_a_csv_that_was_edited_is_told(monkeypatch: pytest.MonkeyPatch, tree: DataTree) -> None:
    for path in processed_folder().iterdir():
        shutil.copy2(path, tree.processed)
    monkeypatch.setenv("ADOPTION_HOME", str(tree.root))
    path = tree.processed / "votes.csv"
    path.touch()
    assert len(tables.read("votes")) > 100, "saved without a change"
    path.write_text(path.read_text().replace("2018", "2017", 1))
    os.utime(tree.processed / "votes.parquet", ns=(0, path.stat().st_mtime_ns - 1))
    with pytest.raises(AdoptionError, match=r"processed/votes\.csv: edited .* `adoption build`"):
        tables.read("votes")


def test_the_day_of_the_data_is_that_of_the_newest_raw_file() -> None:
    newest = max(day.name[:10] for source in raw_folder().iterdir() for day in source.iterdir())
    assert tables.data_day().isoformat() == newest


def test_what_is_done_to_a_table_reaches_no_other_reader() -> None:
    first = tables.read("votes")
    before = first.copy(deep=True)
    first["iso3"] = "XXX"
    first.loc[0, "vote"] = "other"
    first.index.name = "changed"
    del first["date"]
    again = tables.read("votes")
    pd.testing.assert_frame_equal(again, before)
    assert again.index.name is None


# The tables of any folder


def test_each_file_of_a_build_is_recorded_also_one_that_is_not_there(tmp_path: Path) -> None:
    for name in ("votes.parquet", "acts.parquet"):
        (tmp_path / name).write_bytes((processed_folder() / name).read_bytes())
    with recorded() as found:
        assert list(tables.read_build(tmp_path)) == ["acts", "votes"]
    files = [file for name in NAMES for file in files_of(name)]
    assert found == {tmp_path / f"{file}.parquet" for file in files}
    assert list(tables.read_build(processed_folder())) == NAMES


def test_a_folder_that_is_no_build_is_one_line(tmp_path: Path) -> None:
    for folder, message in (
        (tmp_path, "holds no table of a build"),
        (tmp_path / "x", "no such folder"),
    ):
        with pytest.raises(AdoptionError, match=rf"^{folder}: .*{message}"):
            tables.read_build(folder)
    (tmp_path / "acts.parquet").write_bytes(b"PAR1 this is no table")
    with pytest.raises(AdoptionError, match=rf"^{tmp_path}/acts.parquet: damaged: .*table$"):
        tables.read_build(tmp_path)


BY_NAME = {entry.name: entry for entry in TABLES}


@pytest.mark.parametrize("entry", TABLES, ids=BY_NAME)
def test_tables_are_sound(entry: TableDescription) -> None:
    columns = {column.name: column for column in entry.columns}
    assert len(columns) == len(entry.columns)
    assert set(entry.key) <= set(columns)
    for column in entry.columns:
        assert column.means, column.name
        assert len(set(column.allowed)) == len(column.allowed)
        if column.refers:
            target, key = column.refers.split(".")
            assert key in {c.name for c in BY_NAME[target].columns}
            assert BY_NAME[target].key == (key,)


def test_every_table_names_its_sources() -> None:
    named = {"source", "kept_source"}
    without = {t.name for t in TABLES if not named & {c.name for c in t.columns}}
    # The raw files are sources themselves; the scores are worked out, from the base set.
    assert without == {"snapshots", "backtest"}


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    """Read the data of the project in place of the frozen copy."""
    monkeypatch.setenv("ADOPTION_HOME", str(ROOT))


def test_a_governments_register_counts_the_same_for_every_convention() -> None:
    acts = tables.read("acts")
    register = acts["source"].str.match("nl-verdragen$|verdragen-|verdragenbank-|overheid-")
    stated = acts[register & acts["date"].notna()]
    assert set(stated["grade"]) <= {"confirmed", "inferred"}


def test_a_window_without_a_proven_end_stays_open() -> None:
    acts = tables.read("acts")
    bound = acts[(acts["convention"] == "hanoi") & (acts["act"] == "ratification")]
    reported = bound[bound["grade"] == "reported"].set_index("iso3")["open_ended"].to_dict()
    # What a depositary's list has confirmed since is reported no longer.
    assert reported.items() <= {"QAT": False}.items()


def test_a_list_of_all_names_outweighs_one_report() -> None:
    acts, conflicts = tables.read("acts"), tables.read("conflicts")
    hanoi = acts[acts["convention"] == "hanoi"]
    assert "ARE" not in set(hanoi["iso3"])
    assert "FJI" in set(hanoi["iso3"])
    (row,) = conflicts[conflicts["iso3"] == "ARE"].to_dict("records")
    assert (row["about"], row["other_source"]) == ("listed", "trend-0210")
    assert row["note"]


def test_a_total_of_a_month_is_known_at_its_end() -> None:
    totals = tables.read_of("totals", "hanoi")
    month, *before = published_totals(totals, "signatories", date(2026, 6, 1))
    assert (month.number, month.day, month.latest) == (76, None, date(2026, 5, 31))
    assert published_totals(totals, "signatories", date(2026, 5, 30)) == tuple(before)
    assert before[0].number == 74


def test_every_source_has_an_address_or_says_why_not_and_a_licence() -> None:
    sources = tables.read("sources").set_index("source")
    without = sources[sources["url"].isna()]
    assert without["gives"].str.contains("no address: ").all()
    assert sources["licence"].notna().all()
    assert sources.at["coe-224-news", "accessed"] == "2022-11-30"


@pytest.mark.parametrize(
    ("name", "members"),
    [
        ("ECOWAS", 12),
        ("sadc", 16),
        ("ECCAS", 11),
        ("East African Community", 8),
        ("IGAD", 8),
        ("COMESA", 21),
        ("Arab Maghreb Union", 5),
        ("caricom", 14),
        ("PIF", 16),
        ("Commonwealth", 56),
        ("G20", 20),
        ("Group of 77", 134),
        ("Francophonie", 53),
        ("OSCE", 57),
        ("Non-Aligned Movement", 121),
        ("Mercosur", 6),
        ("Andean Community", 4),
        ("SAARC", 8),
        ("BIMSTEC", 7),
    ],
)
def test_an_organisation_has_its_members(name: str, members: int) -> None:
    assert len(load_groups()[name].members) == members


@pytest.mark.parametrize(
    ("text", "iso3"),
    [
        ("مصر", "EGY"),
        ("ÄGYPTEN", "EGY"),
        ("turkiye", "TUR"),
        ("Кения", "KEN"),
        ("南非", "ZAF"),
        ("UK", "GBR"),
        ("CÔTE  D'IVOIRE", "CIV"),
        ("The Gambia", "GMB"),
    ],
)
def test_a_state_is_recognised_in_any_language(text: str, iso3: str) -> None:
    assert find_country(text) == iso3


def test_a_state_has_a_name_in_each_language_and_an_alias_is_of_one_state() -> None:
    names, aliases = tables.read("names"), tables.read("aliases")
    states = tables.read("states")
    assert names.groupby("language")["iso3"].nunique().to_dict() == dict.fromkeys(
        ("ar", "en", "es", "fr", "ru", "zh"), len(states)
    )
    spellings = pd.concat([names.rename(columns={"name": "alias"}), aliases])
    assert spellings.groupby(spellings["alias"].map(fold))["iso3"].nunique().max() == 1
    titles = tables.read("treaty_titles")
    assert set(titles["convention"]) == set(tables.read("conventions")["convention"])
    assert len(titles) == 2 * titles["convention"].nunique()


def test_an_alias_of_two_states_stops_the_build(tree: DataTree) -> None:
    folder = ROOT / "data" / "raw" / "names"
    (day,) = (path.name for path in folder.iterdir())
    shutil.copytree(folder / day, tree.raw / "names" / day)
    row = tree.append("raw/names/aliases.csv", "OMN,qátar,en,cldr-47")
    assert tree.refusal() == (
        f"{tree.shown('raw/names/aliases.csv')}: row {row}, column alias: 'qátar' stands for QAT, "
        "too"
    )


DATA = ROOT / "data"
LINES = (DATA / "LICENSES.md").read_text(encoding="utf-8").splitlines()
CELLS = [line.strip("| ").split(" | ") for line in LINES if line.startswith("| `")]
ROWS = [(pattern, terms) for files, terms in CELLS for pattern in re.findall("`([^`]+)`", files)]
FILES = [
    path.relative_to(DATA).as_posix()
    for folder in ("raw", "reference", "processed")
    for path in sorted((DATA / folder).rglob("*"))
    if path.is_file()
] + [path.name for path in DATA.iterdir() if path.is_file() and path.name != ".lock"]


def terms_of(file: str) -> str:
    return next((terms for pattern, terms in ROWS if fnmatch(file, pattern)), "")


def test_every_file_has_terms_and_every_row_a_file() -> None:
    assert [file for file in FILES if not terms_of(file)] == []
    sources = read_publishers(reference_folder() / "publishers.toml", load_conventions()).sources
    fetched = [f"raw/{name}/2026-12-08T060000Z/{f}" for name, s in sources.items() for f in s.files]
    assert [file for file in fetched if not terms_of(file)] == []
    known = [*FILES, *fetched]
    assert [p for p, _ in ROWS if not any(fnmatch(file, p) for file in known)] == []


def test_the_terms_of_raw_files_are_those_of_their_sidecars() -> None:
    sidecars = [file for file in FILES if file.endswith(".meta.json")]
    assert len(sidecars) > 20
    for file in sidecars:
        stated = json.loads((DATA / file).read_bytes())["licence"]
        assert terms_of(file.removesuffix(".meta.json")) == stated, file


def test_no_source_is_credited_with_our_own_count() -> None:
    totals = tables.read("conflicts").query("about == 'total'")
    counted = totals[totals["note"].isna() | totals["kept"].eq("75")]  # by the build, and by hand
    assert len(counted) > 1
    assert counted["kept_source"].isna().all()


def test_old_totals_are_known_by_the_days_of_their_own_texts() -> None:
    latest = tables.read("totals").set_index("source")["latest"].dt.strftime("%Y-%m-%d")
    days = {"masress-2012": "2012-12-31", "alwatan-arab": "2017-12-31", "grc-2022": "2023-12-31"}
    assert latest.loc[[*days]].to_dict() == days
    known = load_status("arab-2010", "2018-01-01").signatories.totals
    assert [total.number for total in known] == [22, 18]


def test_bahrain_approved_the_arab_convention_at_home_in_2017() -> None:
    then, before = (
        load_status("arab-2010", day).participants.set_index("iso3")["domestic_approval_on"]
        for day in ("2017-12-31", "2017-12-30")
    )
    assert str(then["BHR"].date()) == "2017-01-01"
    assert before.isna().all()
    assert "Nothing is known" not in find_convention("arab-2010").reach


def test_russia_was_a_member_of_the_council_of_europe_until_2022() -> None:
    rule = {"organisation": "Council of Europe", "instruments": 2}
    convention = made_up(delay={"months": 3}, special=rule)
    acts = acts_of([bound(iso3, "2005-11-15") for iso3 in ("RUS", "FRA", "JPN")])
    states = tables.read("states")
    members = tables.read("memberships").query("organisation == 'Council of Europe'")
    history = history_of(convention, acts, states, members=members)
    status = status_on(history, date(2006, 3, 1), states)
    assert (status.in_force, status.remaining) == (True, 0)
    assert str(status.entry_into_force) == "2006-03-01"
    late = acts_of([bound(iso3, "2022-03-16") for iso3 in ("RUS", "FRA", "JPN")])
    history = history_of(convention, late, states, members=members)
    status = status_on(history, date(2023, 1, 1), states)
    assert (status.entry_into_force, status.remaining) == (None, 1)
