"""Held treaties: what their lists decide, what they cannot, and that no default takes them."""

from __future__ import annotations

import shutil
from datetime import date, timedelta
from pathlib import Path

import pandas as pd
import pytest
from statsmodels.duration.hazard_regression import PHReg

import adoption as ad
from adoption import tables
from adoption.cli import main
from adoption.core.acts import CONSENTS, SIGNATURES
from adoption.core.errors import AdoptionError
from adoption.core.paths import processed_folder
from adoption.law import panel as law_panel
from adoption.law import spells as law_spells
from adoption.law.conventions import load_conventions
from adoption.law.curves import eligible_states
from adoption.law.evidence import totals_compared
from adoption.law.held import HeldTreaty, find_treaty, load_held
from adoption.law.rules import ENDS
from adoption.law.spells import load_history
from adoption.show.parameters import check_parameters
from tests.conftest import FROZEN, DataTree

CORE = ("CAT", "CRC", "CERD")
# Log ratios of Africa's pace and of an own signature by the year before, by `coxph` of R 4.5.0
# (survival 3.8.3). CoxTimeVaryingFitter of lifelines 0.30.0 gives the same nine digits.
COX = {
    "CAT": (-0.182230636, 1.278963395),
    "CRC": (0.192526513, 0.659141926),
    "CERD": (0.069407241, 0.945133169),
}


def held(name: str) -> HeldTreaty:
    treaty = find_treaty(name)
    assert isinstance(treaty, HeldTreaty)
    return treaty


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("IV-9", "IV-9"),
        ("untc iv-9", "IV-9"),
        ("CAT", "IV-9"),
        ("crc", "IV-11"),
        ("CERD", "IV-2"),
        ("Landmines", "XXVI-5"),
        ("Convention on the Rights of the Child", "IV-11"),
        ("XVIII-12", "untoc"),  # of a treaty in both the registry's one counts
        ("hanoi", "hanoi"),
    ],
)
def test_a_treaty_is_found_by_number_title_or_short_name(written: str, number: str) -> None:
    assert ad.convention(written).convention == number


def test_every_short_name_means_one_treaty() -> None:
    for treaty in (*load_held().values(), *load_conventions().values()):
        assert find_treaty(treaty.label) == treaty


def test_all_are_listed_and_those_in_the_registry_once() -> None:
    every, base = ad.conventions(held=True), tables.read("base_treaties")
    registered = {
        c.base_treaty or c.reference.removeprefix("UNTC ") for c in load_conventions().values()
    }
    assert every["convention"].is_unique
    assert len(every) == len(base) + len(load_conventions()) - base["treaty"].isin(registered).sum()


def test_each_treaty_of_the_secretary_general_has_the_subject_of_its_chapter() -> None:
    subjects = ad.conventions(held=True).set_index("label")["subject"]
    assert subjects["Hanoi"] == subjects["Terrorist Financing"] == "Penal matters"
    assert subjects["CAT"] == "Human rights"
    assert {*subjects.index[subjects.isna()]} == {
        "Arab, 2010",
        "Budapest",
        "Budapest, 2nd Protocol",
        "Malabo",
    }


def test_no_default_takes_a_held_treaty() -> None:
    names = set(load_conventions())
    assert set(ad.conventions()["convention"]) == names
    assert set(ad.acts()["convention"]) == set(ad.spells()["convention"]) <= names
    assert {c.convention for c in check_parameters().conventions} == names


@pytest.mark.parametrize("ask", [ad.evidence, ad.forecast, ad.next_states])
def test_what_a_list_alone_cannot_give_is_one_line(ask: object) -> None:
    with pytest.raises(AdoptionError, match=r"^convention: CAT: of a held treaty"):
        ask("CAT")  # type: ignore[operator]


@pytest.mark.parametrize(
    ("written", "line"),
    [
        (
            "Rights Child Convention",
            r"did you mean IV-11 \(CRC\) or IV-11-a or [^ ]+( \([^)]+\))?\?",
        ),
        ("International Opium Convention", "3 treaties are called .*: VI-2, VI-5 and VI-6-a"),
    ],
)
def test_a_name_of_none_or_of_several_names_three_at_most(written: str, line: str) -> None:
    with pytest.raises(AdoptionError, match=line):
        ad.status(written)


def test_a_printed_total_is_our_count_or_listed_with_its_reason() -> None:
    every = ad.conventions(held=True)
    exceptions = processed_folder().parent / "reference" / "exceptions.csv"
    differing = pd.read_csv(exceptions).query("rule == 'header-differs'")
    listed = set(differing["subject"])
    acts = tables.read("base_acts")
    left = set(acts.loc[acts["act"] == "withdrawal", "treaty"])
    parties = every[(every["printed_parties"] != every["bound"]).fillna(value=False)]
    assert set(parties["convention"] + " parties") <= listed
    signed = every[(every["printed_signatories"] != every["signed"]).fillna(value=False)]
    signed = signed[~signed["convention"].isin(left)]  # a head leaves out who has withdrawn
    assert set(signed["convention"] + " signatories") <= listed
    counted = every[["printed_parties", "printed_signatories"]].notna().sum()
    assert counted.tolist() == [245, 187]


def test_the_committee_counted_one_party_more_than_the_list_names() -> None:
    """E/CN.4/1998/36 has 104 parties to CAT on 5 December 1997: with Yugoslavia.

    The list has its successor from 12 March 2001, and names no state that is no more.
    """
    status = ad.status("CAT", "1997-12-05")
    assert (status.parties.lower, status.parties.upper) == (103, 103)
    assert status.parties.measure == "had consented"
    successor = ad.acts("CAT").query("iso3 == 'SRB'")
    assert successor[["act", "date"]].to_numpy().tolist() == [
        ["succession", pd.Timestamp("2001-03-12")]
    ]


def test_a_list_is_complete_only_if_it_starts_in_time_and_names_all_whom_it_counts() -> None:
    """Recounted from the rows: everybody named, whether or not they withdrew."""
    base, acts = tables.read("base_treaties").set_index("treaty"), tables.read("base_acts")
    begins = acts.groupby("treaty")["date"].min()
    base["starts late"] = base["entry_into_force"] < begins.reindex(base.index)
    partial = {number: treaty.partial for number, treaty in load_held().items()}
    for measure, kind in {"parties": CONSENTS, "signatories": SIGNATURES}.items():
        names = acts[acts["act"].isin(kind)].groupby("treaty")["participant"].nunique()
        names_few = base[f"{measure}_official"] > names.reindex(base.index, fill_value=0)
        doubtful = base.index[base["starts late"] | names_few.fillna(value=False)]
        assert len(doubtful) > 15
        assert [number for number in doubtful if measure not in partial.get(number, ())] == []
    for convention in load_conventions().values():  # of the registry: totals of the depositary
        totals = tables.read_of("totals", convention.convention).query("grade == 'depositary'")
        compared = totals_compared(load_history(convention.convention), totals)
        short = compared[(compared["published"] > compared["upper"]).fillna(value=False)]
        for measure, day in zip(short["measure"], short["as_of"].dt.date, strict=True):
            assert not convention.is_complete(measure, day)


def test_who_is_not_named_by_a_partial_list_is_not_known_to_have_done_nothing() -> None:
    day = "2018-01-15"
    partial = {n: t.partial for n, t in load_held().items() if t.partial}
    assert {"I-1", "V-3", "VI-2", "VI-6-a", "VII-3", "X-2-b", "XIV-7", "XIV-7-a"} <= {*partial}
    rows = ad.panel([*partial], [day], beyond="known").set_index("convention")
    for number, measures in partial.items():
        flags = ["signed"] if measures == ("signatories",) else ["signed", "consented", "in_force"]
        of_treaty = rows[rows.index == number]
        assert of_treaty[flags].fillna(value=True).all(axis=None), number
        if "parties" in measures:
            assert not of_treaty["consented_complete"].any()
            states = ad.network([number], day)
            assert states.upper == states.total_pairs
            with pytest.raises(AdoptionError, match=r"not known who had not acted \(Partial to "):
                ad.episodes(number)
            assert ad.survival(number, of="any consent").frame.empty


def test_the_depositary_still_counts_whom_a_partial_list_lacks() -> None:
    assert "counted 77 parties" in ad.status("X-2-b", "2018-01-15").sentence
    assert "At least 26 states" in ad.status("X-2-b", "2010-12-31").sentence
    assert "At least 49 states are parties" in ad.status("I-1", "2018-01-15").sentence


def test_who_has_left_is_not_counted_as_bound() -> None:
    every = ad.conventions(held=True).set_index("convention")
    assert every.loc[["XIX-16"], ["bound", "printed_parties"]].to_numpy().tolist() == [[8, 8]]
    assert not (every["bound"] > every["printed_parties"]).any()


def test_where_the_nth_instrument_is_given_it_leads_to_the_published_day() -> None:
    histories = [load_history(name) for name in load_held()]
    leading = [h for h in histories if h.force.nth_instrument and h.convention.entered_into_force]
    assert len(leading) > 30
    for history in leading:
        treaty, nth = history.convention, history.force.nth_instrument
        assert nth is not None
        if treaty.delay is not None:
            assert treaty.delay.after(nth.latest) == treaty.entered_into_force
        else:
            assert treaty.entered_into_force is not None
            assert nth.latest <= treaty.entered_into_force


@pytest.mark.parametrize("name", [n for n, t in sorted(load_held().items()) if t.later])
def test_a_rule_for_later_parties_has_its_article_and_gives_their_day(name: str) -> None:
    treaty, history = held(name), load_history(name)
    assert treaty.later_article
    assert treaty.law_source
    consents, force = history.consents, treaty.entered_into_force
    if force is None or treaty.later is None:
        return
    late = consents[consents["begins_latest"] > pd.Timestamp(force)]
    late = late[late["in_force_why"] == "rule"]
    expected = [treaty.later.after(day.date()) for day in late["begins_latest"]]
    assert late["in_force_latest"].dt.date.tolist() == expected


@pytest.mark.parametrize("left_out", ["threshold_article", "later_article", "law_source"])
def test_a_rule_without_its_article_or_its_text_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, left_out: str
) -> None:
    for name in ("processed", "reference"):
        shutil.copytree(FROZEN / "data" / name, tmp_path / "data" / name)
    rules = tmp_path / "data" / "reference" / "treaties.toml"
    before, begins, rule = rules.read_text(encoding="utf-8").partition("[III-3]\n")
    first, ends, others = rule.partition("\n[")
    lines = [line for line in first.splitlines() if not line.startswith(left_out)]
    rules.write_text(before + begins + "\n".join(lines) + ends + others, encoding="utf-8")
    monkeypatch.setenv("ADOPTION_HOME", str(tmp_path))
    with pytest.raises(AdoptionError, match=rf"\[III-3\] \w+: needs {left_out} beside it"):
        load_held()


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ("[III-3]", "[III-33]", "[III-33]: no such treaty; did you mean III-3?"),
        (
            'law_source = "lm-iii-3"',
            'law_source = "lm-iii-33"',
            "[III-3] law_source: 'lm-iii-33' is not in data/reference/law-sources.csv, "
            "nor another source; did you mean lm-iii-3?",
        ),
        (
            "threshold = 22\n",
            "threshhold = 22\n",
            "[III-3] threshhold: unknown; did you mean threshold?",
        ),
        (
            "delay = { days = 30 }",
            "delay = { day = 30 }",
            "[III-3] delay.day: unknown; allowed: days, months, months_after, month_after_days",
        ),
    ],
    ids=["treaty", "source", "field", "unit"],
)
def test_a_build_refuses_a_rule_that_no_treaty_can_have(
    tree: DataTree, old: str, new: str, line: str
) -> None:
    tree.replace("reference/treaties.toml", old, new)
    assert tree.refusal() == f"data/reference/treaties.toml: {line}"


def test_without_a_rule_a_day_in_force_is_missing_and_never_that_of_the_deposit() -> None:
    consents = load_history("III-1").consents
    silent = consents[consents["in_force_why"] == "rule not seen"]
    assert len(silent) > 100
    assert silent["in_force_latest"].isna().all()
    rows = ad.panel("III-1", ["2010-12-31"])
    stands = rows[rows["status"] == "consented"]
    assert len(stands) > 100
    assert stands["in_force"].isna().all()
    assert ad.status("III-1", "2010-12-31").remaining is None


def test_who_withdrew_is_not_known_so_a_consent_is_certain_on_its_day_alone() -> None:
    days = ["1987-03-31", "1987-04-01", "1987-04-02"]
    rows = ad.panel("CAT", days).query("iso3 == 'AFG'")
    assert rows["consented"].tolist()[:2] == [False, True]
    assert rows["consented"].isna().tolist() == [False, False, True]
    assert rows["status"].tolist() == ["signed", "consented", "had consented"]


def test_a_withdrawal_that_the_list_has_ends_a_consent() -> None:
    rows = ad.panel("III-8", ["2005-03-06", "2005-03-08"]).query("iso3 == 'USA'")
    assert held("III-8").withdrawals_known
    assert rows["consented"].tolist() == [True, False]


def test_nobody_is_said_to_be_unable_to_join_and_whoever_joined_could() -> None:
    rows = ad.panel("XXVI-7", ["2017-12-31"])  # a regional one
    assert (rows["status"] != "cannot join").all()
    acted = rows["status"] != "no act known"
    assert rows.loc[acted, "can_join"].all()
    assert rows.loc[~acted, "can_join"].isna().all()


def test_who_can_join_a_registered_convention_can_be_chosen() -> None:
    rows = ad.panel("malabo", ["2022-12-31"], beyond="known")
    able = rows[rows["can_join"].fillna(value=False)]
    assert len(able) == 54
    early = ad.panel("uncac", ["2003-01-01"])
    assert not early["can_join"].any()


def test_a_protocol_is_open_to_the_parties_of_its_convention_from_the_day_it_binds_them() -> None:
    """Fiji is bound by the Budapest Convention since 1 October 2024, and signed in June 2025."""
    days = ["2024-09-30", "2024-10-01", "2026-02-05", "2026-11-24"]
    protocol = ad.panel("budapest-2ap", days, beyond="known")
    parent = ad.panel("budapest", days, beyond="known")
    acted = protocol["status"].isin(["signed", "consented"])
    assert protocol["can_join"][~acted].equals(parent["in_force"][~acted])
    assert protocol["can_join"][acted].all()
    of_fiji = protocol[protocol["iso3"] == "FJI"]["status"].tolist()
    assert of_fiji == ["cannot join", "no act known", "signed", "signed"]
    by_day = protocol.groupby("day")["status"].agg(lambda words: (words == "no act known").sum())
    status = ad.status("budapest-2ap", days[1]).frame["status"].value_counts()
    assert by_day.iloc[1] == status["no act known"] < status["cannot join"]
    assert ad.status("budapest-2ap", days[3]).frame["status"].eq("not known").any()
    moved = law_panel.changes(load_history("budapest-2ap"), date(2026, 11, 24)).set_index("iso3")
    assert [*moved.loc["FJI", ["status", "act"]]] == ["signed", "signature"]
    rows = ad.episodes("budapest-2ap", of="signature", split=None).set_index("iso3")
    assert rows.at["FJI", "begins"] == pd.Timestamp("2024-10-01")
    assert "QAT" not in rows.index
    assert {*ad.survival("budapest-2ap", of="signature").waits()["iso3"].tolist()} == {*rows.index}


def test_a_protocol_is_open_to_the_parties_of_a_treaty_with_a_list_only() -> None:
    """Nagoya - Kuala Lumpur, articles 17 and 18(1): parties to the Cartagena Protocol."""
    day = "2018-01-15"
    protocol = ad.status("nagoya-kuala-lumpur", day).frame.set_index("iso3")["status"]
    parent = ad.status("Cartagena", day).frame.set_index("iso3")["status"]
    assert {*protocol[protocol == "cannot join"].index} == {*parent[parent != "in force"].index}
    statuses = ad.profile("USA", as_of="latest").statuses.set_index("convention")
    assert statuses.at["nagoya-kuala-lumpur", "left"] == "join first, if it has not"
    history = load_history("nagoya-kuala-lumpur")
    able = eligible_states(history, ad.table("states"), ad.table("memberships"))
    assert len(able) == 168, "UN members; Niue, Palestine and the European Union are parties too"


def test_an_act_is_no_error_before_the_conclusion_or_the_list_of_states() -> None:
    amended = held("VI-18")
    assert amended.first_act < date(1975, 8, 8) == amended.adopted
    assert amended.opening.earliest == amended.first_act
    namibia = ad.panel("XXI-6", ["1985-12-31"]).query("iso3 == 'NAM'")
    assert namibia["status"].tolist() == ["had consented"]


def test_organisations_and_territories_are_named_and_counted_apart() -> None:
    status = ad.status("XXIII-3", "2018-01-15")
    assert len(status.outside.query("act != 'signature'")) == 12
    assert status.parties.lower == 31
    assert status.parties.published is not None
    assert status.parties.published.number == 31 + 12
    assert ad.acts("XXIII-3")["iso3"].isna().sum() == len(status.outside)


def test_both_ends_of_a_window_can_be_taken() -> None:
    day = ["2016-12-31"]
    either = {end: ad.panel("budapest", day, bounds=end) for end in ("earliest", "latest")}
    kept = ad.panel("budapest", day)
    counts = [rows["consented"].sum() for rows in (either["latest"], kept, either["earliest"])]
    assert counts == sorted(counts)
    assert counts[0] < counts[-1]
    assert either["earliest"]["consented"].notna().sum() >= kept["consented"].notna().sum()
    soon, late = (ad.episodes("budapest", bounds=end) for end in ("earliest", "latest"))
    assert "left" not in soon
    first, last = (rows.query("event == 1").set_index("iso3")["stop"] for rows in (soon, late))
    assert (first.reindex(last.index).dropna() <= last.reindex(first.index).dropna()).all()
    with pytest.raises(AdoptionError, match=r"^bounds: there is no 'no'"):
        ad.panel("budapest", day, bounds="no")  # type: ignore[arg-type]


def test_a_successor_is_bound_from_its_succession_or_from_its_notification() -> None:
    """Bangladesh became a state in 1971 and notified its succession to III-1 in 1978."""
    day = "1975-12-31"
    rows = pd.concat([ad.panel("III-1", day, bounds=end) for end in (None, *ENDS)])
    of_state = rows[rows["iso3"] == "BGD"].set_axis(["windows", *ENDS])
    assert of_state["in_force"].isna().tolist() == [True, False, False]
    assert of_state["in_force"].tolist()[1:] == [True, False]
    assert of_state["status"].tolist() == ["no act known", "in force", "no act known"]
    assert not of_state["consented"].any()
    pairs = [ad.dyads("III-1", day, among=["BGD", "CYP"], bounds=end) for end in ENDS]
    assert [bool(pair["in_force"].item()) for pair in pairs] == [True, False]
    assert pairs[0]["since_latest"].item() == pd.Timestamp("1971-12-16")


def test_both_ends_decide_the_same_and_the_latest_has_no_more() -> None:
    """Of every treaty with a succession, on a day on which many successors had not notified."""
    acts, day = tables.read("base_acts"), ["1995-12-31"]
    succeeded = acts.loc[acts["act"] == "succession", "treaty"].unique()
    windows, soon, late = (ad.panel(succeeded, day, bounds=end) for end in (None, *ENDS))
    for flag in ("signed", "consented", "in_force"):
        decided = windows[flag].notna()
        assert soon[flag][decided].equals(windows[flag][decided])
        assert late[flag][decided].equals(windows[flag][decided])
        assert soon[flag].isna().equals(late[flag].isna())
        assert not (late[flag] & ~soon[flag]).any()
    between = soon["in_force"] & ~late["in_force"]
    assert between.sum() > 100


def test_periods_are_made_once_for_all_and_days_compared_once_a_treaty(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    names = [*load_held()][:60]
    calls = {"periods": 0, "arrays": 0}
    periods, arrays = law_spells.periods, law_panel.status_arrays

    def counted_periods(acts: pd.DataFrame) -> pd.DataFrame:
        calls["periods"] += 1
        return periods(acts)

    def counted_arrays(*args: object) -> object:
        calls["arrays"] += 1
        return arrays(*args)  # type: ignore[arg-type]

    monkeypatch.setattr(law_spells, "periods", counted_periods)
    monkeypatch.setattr(law_panel, "status_arrays", counted_arrays)
    for name in names:
        load_history.__wrapped__(name)  # type: ignore[attr-defined]
    assert calls["periods"] <= 1
    ad.panel(names, "1946/2018")
    assert calls["arrays"] == len(names)


@pytest.mark.parametrize("name", ["Landmines", "CAT"])
def test_classes_of_states_are_compared_by_who_had_acted(name: str) -> None:
    status = ad.status(name, "2010-12-31")
    frame = status.frame.merge(ad.states()[["iso3", "income_group"]], on="iso3")
    found = ad.association(frame, by="income_group").frame
    had_acted = frame["status"].isin(["signed", "consented", "in force", "had consented"])
    assert found["acted"].sum() == (had_acted & (frame["kind"] != "organization")).sum()


def rows_of_risk(name: str) -> pd.DataFrame:
    """Return the episodes with Africa and the signature of the year before."""
    treaty = held(name)
    years = f"{treaty.opening.latest.year - 1}/{treaty.complete_to.year - 1}"  # type: ignore[union-attr]
    signed = ad.panel(name, years, dtype="float")[["iso3", "day", "signed"]]
    rows = ad.episodes(name, covariates=signed).fillna({"signed": 0.0})
    rows = rows.merge(ad.states()[["iso3", "region"]], on="iso3")
    return rows.assign(africa=(rows["region"] == "Africa").astype(float))


@pytest.mark.parametrize("name", CORE)
def test_a_model_of_waiting_gives_the_numbers_of_r(name: str) -> None:
    rows = rows_of_risk(name)
    covariates, event = rows[["africa", "signed"]], rows["event"]
    # To statsmodels a row is at risk on the day in front of its first; half a day says it is not.
    entry = rows["start"] + 0.5
    model = PHReg(rows["stop"], covariates, status=event, entry=entry, ties="efron")
    assert model.fit().params == pytest.approx(COX[name], abs=1e-8)


def test_the_command_line_takes_a_number(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["status", "IV-9", "--as-of", "2014-12-31"]) == 0
    text = capsys.readouterr().out
    assert "had consented     156" in text
    assert "Withdrawals may be missing" in text
    assert main(["status", "XXIII-3", "--as-of", "2018-01-15", "--list"]) == 0
    assert "World Meteorological Organization" in capsys.readouterr().out


def test_the_page_before_an_opening_is_refused_with_the_window() -> None:
    day = held("CAT").opening.earliest - timedelta(days=1)
    with pytest.raises(AdoptionError, match=f"^as_of: {day} is outside 1984-12-10"):
        ad.status("CAT", day)
