"""Shares of the states that could join, by age: by hand, and on the real registry."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from adoption import tables
from adoption.law.conventions import load_conventions
from adoption.law.curves import (
    Measure,
    acts_compared,
    could_join,
    counts_by_day,
    shares_at_age,
)
from tests.conftest import acts_of, bound, made_up, states_of

ADMITTED = pd.Series([1945, 2001, 2002, None], dtype="Int64")
STATES = states_of(["AAA", "BBB", "CCC", "EUE"]).assign(un_member_since=ADMITTED)
NONE = tables.read("memberships").iloc[:0]
REGISTRY = list(load_conventions().values())


def curve(*rows: tuple[str, str, str, str, str], measure: Measure = "parties") -> pd.DataFrame:
    convention = made_up()
    who = could_join(convention, STATES, NONE)
    return counts_by_day(convention, acts_of(rows), who, measure, date(2002, 12, 31))


def on(frame: pd.DataFrame, day: str) -> list[int]:
    row = frame[frame["day"] <= day].iloc[-1]
    return [int(row[column]) for column in ("lower", "with_reports", "upper", "states")]


def test_a_state_could_join_from_the_first_day_of_the_year_of_its_admission() -> None:
    who = could_join(made_up(), STATES, NONE)
    assert who["iso3"].tolist() == ["AAA", "BBB", "CCC"]
    assert who["since"].dt.strftime("%Y-%m-%d").tolist() == [
        *("1945-01-01", "2001-01-01", "2002-01-01")
    ]
    frame = curve(bound("AAA", "2001-02-01"))
    assert on(frame, "2001-12-31") == [1, 1, 1, 2]
    assert on(frame, "2002-01-01") == [1, 1, 1, 3]


def test_windows_reports_and_organisations() -> None:
    frame = curve(
        bound("AAA", "2001-02-01", "2001-05-31"),
        ("BBB", "accession", "2001-03-01", "", "reported"),
        bound("EUE", "2001-02-01"),
    )
    assert on(frame, "2001-02-01") == [0, 0, 1, 2]
    assert on(frame, "2001-03-01") == [0, 1, 2, 2]
    assert on(frame, "2001-06-01") == [1, 2, 2, 2]
    assert frame["age"].iloc[0] == -1
    assert (frame["lower"] <= frame["upper"]).all()


def test_a_signature_counts_whatever_its_grade_and_a_party_that_left_no_longer() -> None:
    rows = (
        ("AAA", "signature", "2001-02-01", "", "reported"),
        bound("BBB", "2001-02-01"),
        bound("BBB", "2002-02-01", act="withdrawal"),
    )
    assert on(curve(*rows, measure="signatories"), "2001-02-01") == [1, 1, 1, 2]
    assert on(curve(*rows), "2002-01-31") == [1, 1, 1, 3]
    assert on(curve(*rows), "2002-02-01") == [0, 0, 0, 3]


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


def test_counts_at_an_age_are_those_counted_from_the_rows() -> None:
    acts, states = tables.read("acts"), tables.read("states")
    compared = shares_at_age(
        REGISTRY, acts, states, tables.read("memberships"), 730, date(2026, 11, 24)
    ).set_index("convention")
    for name in ("untoc", "uncac", "terrorist-financing", "rotterdam"):
        end = pd.Timestamp(load_conventions()[name].opens) + pd.Timedelta(days=730)
        admitted = states["un_member"] & (states["un_member_since"] <= end.year)
        members = set(states.loc[admitted, "iso3"])
        own = acts[(acts["convention"] == name) & (acts["latest"] <= end)]
        signed = set(own.loc[own["act"] == "signature", "iso3"]) & members
        consented = own[~own["act"].isin(["signature", "succession to signature"])]
        assert compared.loc[name, "signatories_lower"] == len(signed)
        assert compared.loc[name, "parties_lower"] == len(set(consented["iso3"]) & members)
        assert compared.loc[name, "states"] == len(members)
    assert compared["states"].isna().tolist() == [c.convention == "hanoi" for c in REGISTRY]
    assert compared.loc[compared["signatories_lower"].isna()].index.tolist() == ["hanoi", "malabo"]
    assert compared.loc["untoc", "signatories_complete"]
    assert not compared.loc["arab-2010", "parties_complete"]


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
