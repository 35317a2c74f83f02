"""Conventions compared: shares by age, days to the nth instrument, the rank among treaties."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pandas as pd
import pytest

import adoption as ad
from adoption import tables
from adoption.law.curves import (
    Measure,
    acts_compared,
    counts_by_day,
    eligible_states,
)
from adoption.law.placement import known_counts, treaties_at_age
from adoption.law.spells import load_history
from adoption.law.thresholds import ENTRY, milestones
from tests.adopting import rows
from tests.conftest import Act, acts_of, bound, history, made_up, states_of

SINCE = pd.to_datetime(["1945-01-01", "2001-01-01", "2002-01-01", ""])
NEW_STATES = states_of(["AAA", "BBB", "CCC", "EUE"]).assign(state_since=SINCE)
NONE = tables.read("memberships").iloc[:0]


def curve(*rows: Act) -> pd.DataFrame:
    who = eligible_states(history(), NEW_STATES, NONE)
    return counts_by_day(history(*rows), who, "parties", date(2002, 12, 31))


def on(frame: pd.DataFrame, day: str) -> list[int]:
    row = frame[frame["day"] <= day].iloc[-1]
    return [int(row[column]) for column in ("lower", "with_reports", "upper", "states")]


def test_a_state_could_join_from_its_first_day() -> None:
    who = eligible_states(history(), NEW_STATES, NONE)
    assert who["iso3"].tolist() == ["AAA", "BBB", "CCC"]
    assert who["since"].dt.strftime("%Y-%m-%d").tolist() == [
        *("1945-01-01", "2001-01-01", "2002-01-01")
    ]
    frame = curve(bound("AAA", "2001-02-01"), bound("CCC", "2001-02-01"))  # CCC of later
    assert on(frame, "2001-12-31") == [1, 1, 1, 2]
    assert on(frame, "2002-01-01") == [2, 2, 2, 3]


@pytest.mark.parametrize(
    ("closes", "complete_to", "measure", "expected"),
    [
        (date(2003, 1, 1), date(2010, 1, 1), "signatories", date.max),
        (date(2003, 1, 1), date(2010, 1, 1), "parties", date(2010, 1, 1)),
        (date(2011, 1, 1), date(2010, 1, 1), "signatories", date(2010, 1, 1)),
        (date(2003, 1, 1), None, "signatories", None),
    ],
)
def test_how_long_a_list_is_complete(
    closes: date | None, complete_to: date | None, measure: Measure, expected: date | None
) -> None:
    assert made_up(closes=closes, complete_to=complete_to).complete_until(measure) == expected


def test_the_acts_compared_are_the_subjects_and_the_others_up_to_the_age() -> None:
    acts = pd.concat(
        [
            acts_of([bound("AAA", "2001-06-01"), bound("BBB", "2003-06-01")], name)
            for name in ("atlantis", "lemuria", "elsewhere")
        ]
    )
    pair = [made_up(), made_up(convention="lemuria")]
    shown = acts_compared(acts, pair, 365, date(2004, 1, 1))
    assert list(zip(shown["convention"], shown["iso3"], strict=True)) == [
        *(("atlantis", "AAA"), ("atlantis", "BBB"), ("lemuria", "AAA"))
    ]
    assert len(acts_compared(acts, pair, 365, date(2001, 1, 1))) == 0


STATES = states_of(["AAA", "BBB", "CCC", "DDD", "EUE"])
EARLY = date(2001, 12, 31)


def made(number: int, *rows: Act, as_of: date = EARLY, **rules: Any) -> tuple[object, ...]:
    """Return the state and the bounds of a milestone in a made-up history."""
    frame = milestones([history(*rows, **rules)], STATES, as_of, [number] if number else [])
    row = frame[frame["instrument"] == number].to_dict("records")[0]
    ends = (None if pd.isna(row[end]) else int(row[end]) for end in ("earliest", "latest"))
    return (row["state"], *ends)


def entry(name: str, day: date) -> list[Any]:
    row = milestones([load_history(name)], tables.read("states"), day, []).iloc[0]
    return row[["state", "earliest", "latest"]].tolist()


def test_entry_into_force_is_on_the_published_day_or_in_the_window_of_the_threshold() -> None:
    assert entry("budapest", date(2004, 6, 30))[0] == "not reached"
    assert entry("budapest", date(2004, 7, 1))[0] == "reached"
    # Seven undated ratifications, the last bound on any of them 29 January 2014, then 30 days.
    latest = (date(2014, 2, 28) - date(2010, 12, 21)).days
    assert entry("arab-2010", date(2026, 11, 24)) == ["reached", 30, latest]


def test_a_window_gives_two_bounds() -> None:
    rows = [
        bound("AAA", "2001-01-11", "2001-03-02"),
        bound("BBB", "2001-02-01"),
        bound("CCC", "2001-01-02", "2001-06-30"),
    ]
    assert made(1, *rows) == ("reached", 1, 31)
    assert made(2, *rows) == ("reached", 10, 60)
    assert made(3, *rows) == ("reached", 31, 180)
    assert made(4, *rows) == ("not reached", None, None)


def test_inside_the_window_it_is_not_known() -> None:
    row = bound("AAA", "2001-01-11", "2001-03-02")
    assert made(1, row, as_of=date(2001, 1, 10)) == ("not reached", None, None)
    assert made(1, row, as_of=date(2001, 1, 11)) == ("acts undated", 10, None)
    assert made(1, row, as_of=date(2001, 2, 1)) == ("acts undated", 10, None)
    assert made(1, row, as_of=date(2001, 3, 2)) == ("reached", 10, 60)


def test_where_the_list_is_incomplete_it_may_have_been_sooner_and_nothing_is_excluded() -> None:
    rows = [bound("AAA", "2001-01-11"), bound("BBB", "2001-03-02")]
    gap = {"complete_to": date(2001, 1, 31)}
    assert made(1, *rows, **gap) == ("reached", 10, 10)
    assert made(2, *rows, **gap) == ("reached", 31, 60)
    assert made(3, *rows, **gap) == ("list incomplete", 31, None)
    assert made(3, *rows, **gap, as_of=date(2001, 1, 31))[0] == "not reached"
    assert made(1, complete_to=None) == ("list incomplete", 0, None)


def test_a_state_that_left_and_came_back_counts_once_and_an_organisation_never() -> None:
    rows = [
        bound("AAA", "2001-01-11"),
        bound("AAA", "2001-02-10", act="withdrawal"),
        bound("AAA", "2001-03-02", act="accession"),
        bound("EUE", "2001-01-05", act="approval"),
    ]
    assert made(1, *rows) == ("reached", 10, 10)
    assert made(2, *rows) == ("not reached", None, None)
    # The second stands beside it only once it is back.
    assert made(2, *rows, bound("BBB", "2001-02-20")) == ("reached", 60, 60)


def test_the_organisation_counts_for_entry_into_force_only_where_the_rule_says_so() -> None:
    rows = [bound("AAA", "2001-01-11"), bound("BBB", "2001-01-12"), bound("EUE", "2001-01-13")]
    assert made(ENTRY, *rows) == ("not reached", None, None)
    assert made(ENTRY, *rows, excludes_reio=False) == ("reached", 102, 102)
    delayed = made(ENTRY, *rows, excludes_reio=False, as_of=date(2001, 2, 1))
    assert delayed == ("not reached", None, None)


def test_a_milestone_that_rests_on_a_report_says_so() -> None:
    rows = [bound("AAA", "2001-01-11"), ("BBB", "accession", "2001-02-10", "", "reported")]
    frame = milestones([history(*rows)], STATES, EARLY, [1, 2, 3])
    assert frame["by_report"].tolist() == [False, True, False, False]
    assert frame["state"].tolist() == ["reached", "reached", "not reached", "not reached"]


FOUR = states_of(["AAA", "BBB", "CCC", "EUE"])
AGE = 395
SIGNED = {
    "signature",
    "succession to signature",
    "confirmation of signature",
    "definitive signature",
}


def treaties_of_age(days: int = AGE, subject: str = "XVIII-16") -> pd.DataFrame:
    treaties, acts = tables.read("base_treaties").query("learnt_from"), tables.read("base_acts")
    return treaties_at_age(treaties, acts, tables.read("states"), days, subject)


@pytest.mark.parametrize(("treaty", "days"), [("XVIII-12", 0), ("VI-13", 3650)])
def test_treaties_counted_again_from_the_csv_file(treaty: str, days: int) -> None:
    states = {row["iso3"] for row in rows("states") if row["kind"] != "organization"}
    acts = [row for row in rows("base_acts") if row["treaty"] == treaty]
    first = min(date.fromisoformat(row["date"]) for row in acts if row["act"] in SIGNED)
    signed: set[str] = set()
    consented: set[str] = set()
    for row in acts:
        if row["iso3"] in states and date.fromisoformat(row["date"]) <= first + timedelta(days):
            if row["act"] in SIGNED:
                signed.add(row["iso3"])
            if row["act"] not in SIGNED or row["act"] == "definitive signature":
                consented.add(row["iso3"])
    frame = treaties_of_age(days)
    (found,) = frame[frame["treaty"] == treaty].to_dict("records")
    assert found["first_signature"] == pd.Timestamp(first)
    assert (found["signatories"], found["parties"]) == (len(signed), len(consented))


def test_only_treaties_that_were_open_as_long_since_1946_and_not_the_subject() -> None:
    frame = treaties_of_age(AGE, "XVIII-12")
    treaties = tables.read("base_treaties").set_index("treaty")
    assert "XVIII-12" not in set(frame["treaty"])
    assert "XVIII-12" in set(treaties_of_age(AGE)["treaty"])
    chosen = treaties.loc[frame["treaty"]]
    assert (chosen["first_signature"] >= "1946-01-01").all()
    assert (chosen["first_signature"] + pd.Timedelta(days=AGE) <= chosen["as_of"]).all()
    left = treaties[treaties["learnt_from"]].drop([*frame["treaty"], "XVIII-12"])
    young = left["first_signature"] + pd.Timedelta(days=AGE) > left["as_of"]
    assert (left["first_signature"].isna() | young | (left["first_signature"] < "1946")).all()
    # The Framework Agreement of 29 August 2017 was not yet that old on 15 January 2018.
    assert "X-20" in left.index
    assert len(treaties_of_age(90 * 365)) == 0


def made_treaties(*acts: tuple[str, str, str]) -> pd.DataFrame:
    """Return treaty I-1, opened on 1 January 2001, at the age of ten days."""
    treaties = pd.DataFrame(
        {
            "treaty": ["I-1"],
            "title": ["T"],
            "first_signature": pd.to_datetime(["2001-01-01"]),
            "as_of": pd.to_datetime(["2018-01-15"]),
        }
    )
    rows = pd.DataFrame(acts, columns=["iso3", "act", "date"]).assign(treaty="I-1")
    rows["date"] = pd.to_datetime(rows["date"])
    groups = FOUR.assign(un_group=pd.Series(["One", "Two", None, None], dtype="str"))
    return treaties_at_age(treaties, rows, groups, 10, "I-2")


def test_a_state_counts_once_an_organisation_never_and_the_last_day_counts() -> None:
    (row,) = made_treaties(
        ("AAA", "signature", "2001-01-01"),
        ("AAA", "ratification", "2001-01-05"),
        ("AAA", "accession", "2001-01-06"),
        ("BBB", "accession", "2001-01-11"),
        ("CCC", "accession", "2001-01-12"),
        ("EUE", "approval", "2001-01-02"),
        ("EUE", "signature", "2001-01-02"),
        ("HKG", "accession", "2001-01-02"),
    ).to_dict("records")
    assert (row["signatories"], row["parties"], row["everywhere"]) == (1, 2, True)
    (row,) = made_treaties(
        ("AAA", "signature", "2001-01-01"), ("AAA", "definitive signature", "2001-01-02")
    ).to_dict("records")
    assert (row["signatories"], row["parties"], row["everywhere"]) == (1, 1, False)
    late = made_treaties(("AAA", "signature", "2001-01-01"), ("BBB", "accession", "2009-01-01"))
    assert late["everywhere"].tolist() == [True]


def count(
    *rows: Act, day: str = "2001-12-31", measure: Measure = "parties"
) -> tuple[int, int, int, bool]:
    known = known_counts(history(*rows), FOUR, date.fromisoformat(day))[measure]
    return known.lower, known.with_reports, known.possible, known.complete


def test_what_is_known_of_the_subject() -> None:
    rows = [
        bound("AAA", "2001-01-11"),
        ("BBB", "accession", "2001-01-12", "", "reported"),
        bound("CCC", "2001-06-01", "2002-06-01"),
        bound("EUE", "2001-01-02"),
    ]
    assert count(*rows) == (1, 2, 3, True)
    assert count(*rows, day="2021-01-01") == (2, 3, 3, False)
    assert count(*rows, day="2001-01-10") == (0, 0, 0, True)
    assert count(*rows, measure="signatories") == (0, 0, 0, True)


def test_a_treaty_that_the_registry_does_not_have_is_compared_as_well() -> None:
    compared = ad.compare(["CAT", "hanoi"], of="shares", years=2)
    rows = compared.table("milestones").frame.set_index("Convention")
    assert str(rows.loc["Convention against Torture (CAT)", "Entry into force"]).isdigit()
