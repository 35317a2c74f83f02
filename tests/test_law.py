"""The law of entry into force: published days, windows, spells and grades."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from adoption.core.acts import CONSENTS, SIGNATURES
from adoption.law.rules import Delay, Threshold
from adoption.law.spells import WINDOWS, periods, standing_on
from adoption.law.status import status_on
from adoption.tables import best_supported
from tests.conftest import (
    MADE_UP_STATES,
    Act,
    acts_of,
    bound,
    history,
    history_of,
    made,
    made_up,
    states_of,
    window,
)

DAYS = st.dates(date(1950, 1, 1), date(2050, 1, 1))


@pytest.mark.parametrize(
    ("delay", "deposit", "in_force", "why"),
    [
        (Delay(days=90), "2003-07-01", "2003-09-29", "UNTOC"),
        (Delay(months=3), "2004-03-18", "2004-07-01", "Budapest"),
        (Delay(months=3), "2003-12-31", "2004-04-01", "a month end"),
        (Delay(months=3), "2004-11-30", "2005-03-01", "three months end in a short February"),
    ],
)
def test_delay_gives_the_published_day(delay: Delay, deposit: str, in_force: str, why: str) -> None:
    assert delay.after(date.fromisoformat(deposit)) == date.fromisoformat(in_force), why


@given(DAYS, DAYS, st.integers(0, 400), st.integers(0, 24))
def test_a_later_deposit_is_never_in_force_earlier(a: date, b: date, n: int, months: int) -> None:
    first, second = sorted((a, b))
    for delay in (Delay(days=n), Delay(months=months)):
        assert delay.after(first) <= delay.after(second)
        assert delay.after(first) >= first


def consents(*rows: Act, members: tuple[str, ...] = ()) -> pd.DataFrame:
    return history(*rows, members=members).consents


A, B, C = bound("AAA", "2001-01-01"), bound("BBB", "2001-03-01"), bound("CCC", "2002-01-01")


@pytest.mark.parametrize(
    ("threshold", "rows", "reached", "why"),
    [
        (Threshold(2), [A], None, "one of two"),
        (Threshold(2), [A, B], "2001-03-01", "two of two"),
        (
            Threshold(2, special=2),
            [A, B, C],
            "2002-01-01",
            "enough instruments, then enough members",
        ),
        (
            Threshold(2),
            [A, bound("AAA", "2001-02-01", act="withdrawal"), B, bound("CCC", "2001-04-01")],
            "2001-04-01",
            "one that withdrew before does not count",
        ),
        (
            Threshold(2),
            [bound("AAA", "2001-01-01", "2001-12-31"), B],
            "2001-03-01..2001-12-31",
            "an unknown day gives a window",
        ),
        (
            Threshold(2),
            [bound("AAA", "2000-01-01", "2001-02-01"), B],
            "2001-03-01",
            "an unknown day that cannot matter gives a day",
        ),
    ],
)
def test_threshold(threshold: Threshold, rows: list[Act], reached: str | None, why: str) -> None:
    expected = window(reached) if reached else None
    assert threshold.reached(consents(*rows, members=("AAA", "CCC"))) == expected, why


FIRST = bound("AAA", "2001-02-01")
AGAIN = bound("AAA", "2004-01-01", act="accession")


def left(day: str, latest: str = "") -> Act:
    return "AAA", "withdrawal", day, latest, "confirmed"


def stood(*rows: Act) -> list[tuple[str, ...]]:
    """Return (iso3, begin, end or '') of each consent, windows by their ends."""
    spells = periods(acts_of(rows)).query("kind == 'consent'")
    days = [spells[name].dt.strftime("%Y-%m-%d").fillna("") for name in WINDOWS]
    return [
        (iso3, *("..".join(dict.fromkeys(ends)) for ends in (row[:2], row[2:])))
        for iso3, row in zip(spells["iso3"], zip(*days, strict=True), strict=True)
    ]


@pytest.mark.parametrize("act", CONSENTS)
def test_every_kind_of_consent_opens_a_spell(act: str) -> None:
    assert stood(bound("AAA", "2001-02-01", act=act)) == [("AAA", "2001-02-01", "")]


@pytest.mark.parametrize("act", [*SIGNATURES, "domestic approval"])
def test_no_other_act_opens_a_consent(act: str) -> None:
    assert stood(bound("AAA", "2001-02-01", act=act)) == []


@pytest.mark.parametrize(
    ("rows", "expected", "why"),
    [
        ([left("2001-02-01")], [], "a withdrawal without a consent closes nothing"),
        (
            [FIRST, bound("AAA", "2002-02-01", act="acceptance")],
            [("AAA", "2001-02-01", "")],
            "a further consent within a spell changes nothing",
        ),
        (
            [FIRST, left("2003-01-01"), bound("BBB", "2002-01-01")],
            [("AAA", "2001-02-01", "2003-01-01"), ("BBB", "2002-01-01", "")],
            "a withdrawal closes its own participant's spell",
        ),
        (
            [FIRST, left("2003-01-01"), AGAIN],
            [("AAA", "2001-02-01", "2003-01-01"), ("AAA", "2004-01-01", "")],
            "a consent after a withdrawal opens another",
        ),
        (
            [AGAIN, FIRST, left("2004-01-01")],
            [("AAA", "2001-02-01", "2004-01-01"), ("AAA", "2004-01-01", "")],
            "on one day it withdraws and accedes again",
        ),
        (
            [left("2001-02-01", "2003-01-01"), bound("AAA", "2001-02-01", "2010-01-01")],
            [("AAA", "2001-02-01..2003-01-01", "2001-02-01..2003-01-01")],
            "a withdrawal that can come after the first consent did",
        ),
        (
            [bound("AAA", "2001-02-01", "2010-01-01"), left("2005-01-01")],
            [("AAA", "2001-02-01..2005-01-01", "2005-01-01")],
            "a consent of unknown day was before its own withdrawal",
        ),
        (
            [FIRST, left("2003-01-01", "2009-01-01"), left("2003-02-01", "2004-01-01")],
            [("AAA", "2001-02-01", "2003-01-01..2004-01-01")],
            "of two withdrawals the first was done by the last day of the second",
        ),
        (
            [
                FIRST,
                left("2003-01-01", "2009-01-01"),
                bound("AAA", "2003-02-01", "2008-01-01"),
                bound("AAA", "2003-03-01", "2004-01-01"),
            ],
            [("AAA", "2001-02-01", "2003-01-01..2004-01-01"), ("AAA", "2004-01-01", "")],
            "two spells of one participant never overlap",
        ),
        (
            [bound("AAA", "2001-02-01", "2010-01-01"), bound("AAA", "2005-01-01", act="approval")],
            [("AAA", "2001-02-01..2005-01-01", "")],
            "a further consent can only make the beginning earlier",
        ),
    ],
)
def test_spells_of_consents(
    rows: list[Act], expected: list[tuple[str, str, str]], why: str
) -> None:
    assert stood(*rows) == expected, why
    assert stood(*rows[::-1]) == expected, "whatever the order of the rows"


@pytest.mark.parametrize(
    ("day", "certain", "possible"),
    [
        ("2001-01-31", 0, 0),
        ("2001-02-01", 0, 1),
        ("2001-02-28", 1, 1),
        ("2004-12-31", 1, 1),
        ("2005-01-01", 0, 1),
        ("2005-01-30", 0, 1),
        ("2005-01-31", 0, 0),
    ],
)
def test_bound_for_certain_and_perhaps(day: str, certain: int, possible: int) -> None:
    spells = consents(bound("AAA", "2001-02-01", "2001-02-28"), left("2005-01-01", "2005-01-31"))
    stands, may_stand = standing_on(spells, date.fromisoformat(day))
    assert (stands.sum(), may_stand.sum()) == (certain, possible)


def test_of_several_signatures_the_first_counts() -> None:
    rows = [
        bound("AAA", "2001-05-01", act="signature"),
        bound("AAA", "2001-03-01", act="succession to signature"),
        bound("AAA", "2001-01-01"),
        bound("BBB", "2001-02-01", "2001-04-01", "signature"),
        bound("CCC", "2001-02-01", "2010-01-01", "signature"),
        bound("CCC", "2005-01-01", act="confirmation of signature"),
    ]
    expected = [("AAA", "2001-03-01"), ("BBB", "2001-04-01"), ("CCC", "2005-01-01")]
    signatures = history(*rows).signatures
    assert list(signatures.set_index("iso3")["begins_latest"].astype(str).items()) == expected
    assert str(signatures["begins_earliest"].iloc[2].date()) == "2001-02-01"


def test_best_supported_goes_by_grade_among_what_was_certainly_done() -> None:
    acts = acts_of(
        [
            ("AAA", "ratification", "2001-01-01", "", "reported"),
            ("AAA", "signature", "2001-02-01", "", "confirmed"),
            ("BBB", "accession", "2001-01-01", "", "reported"),
            ("BBB", "ratification", "2001-06-01", "2001-06-02", "confirmed"),
            ("BBB", "signature", "2001-01-01", "", "inferred"),
            ("CCC", "signature", "2001-05-01", "2001-06-01", "reported"),
            ("DDD", "withdrawal", "2001-01-01", "", "confirmed"),
        ]
    )
    best = best_supported(acts, (*SIGNATURES, *CONSENTS), date(2001, 6, 1))
    assert best["act"].to_dict() == dict.fromkeys(("AAA", "BBB", "CCC"), "signature")
    assert best["grade"].to_dict() == {"AAA": "confirmed", "BBB": "inferred", "CCC": "reported"}


def test_the_excluded_do_not_count_and_the_special_are_marked() -> None:
    rows = [FIRST, left("2005-01-01"), B, bound("EUE", "2001-04-01", act="approval")]
    frame = history(*rows, members=("BBB", "EUE")).consents
    assert frame["counts"].tolist() == [True, True, False]
    assert frame["as_member_begins_earliest"].notna().tolist() == [False, True, True]
    assert history(*rows, excludes_reio=False).consents["counts"].all()


@pytest.mark.parametrize(
    ("deposits", "grades", "as_of", "expected", "grade"),
    [
        ("01-01 02-01", "confirmed confirmed", "2001-01-31", None, None),
        ("01-01 02-01", "confirmed confirmed", "2001-02-01", "02-01", "confirmed"),
        ("01-01 02-01", "reported confirmed", "2001-02-01", "02-01", "reported"),
        (
            "01-01 02-01 03-01",
            "inferred reported confirmed",
            "2010-01-01",
            "02-01",
            "inferred and reported",
        ),
        ("01-01 02-01 02-01", "confirmed reported confirmed", "2010-01-01", "02-01", "confirmed"),
        ("01-01 02-01 03-01", "confirmed reported confirmed", "2010-01-01", "02-01", "reported"),
        ("01-01 02-01..2001-06-01", "confirmed inferred", "2001-05-31", None, None),
        (
            "01-01 02-01..2001-06-01",
            "confirmed inferred",
            "2001-06-01",
            "02-01..2001-06-01",
            "inferred",
        ),
    ],
)
def test_nth_instrument_and_how_well_it_is_known(
    deposits: str, grades: str, as_of: str, expected: str | None, grade: str | None
) -> None:
    rows: list[Act] = []
    for iso3, text, known in zip(
        ("AAA", "BBB", "CCC"), deposits.split(), grades.split(), strict=False
    ):
        days = window(f"2001-{text}")
        rows.append((iso3, "accession", str(days.earliest), str(days.latest), known))
    status = made(as_of, *rows, threshold=2)
    assert status.nth_instrument == (window(f"2001-{expected}") if expected else None)
    assert status.nth_grade == grade


REEF = {"organisation": "Reef", "instruments": 2}


def test_what_is_still_needed_is_a_member_where_one_must_be_among_them() -> None:
    status = made("2002-01-01", A, B, threshold=2, special=REEF | {"instruments": 1})
    needed = (status.remaining, status.remaining_with_reports, status.remaining_if_confirmed_only)
    assert (status.nth_instrument, needed, status.least_remaining) == (None, (1, 1, 1), 1)
    assert status.known_in_force is False


@pytest.mark.parametrize(
    ("since", "until", "reached", "why"),
    [
        ("", "", "2001-03-01", "a member of which no source says since when is one throughout"),
        ("2001-03-01", "", "2001-03-01", "a member since that day"),
        ("1999", "2022-03-16", "2001-03-01", "who left later was a member then"),
        ("2001-06-01", "", "2001-06-01", "who joined later makes up the number on that day"),
        ("2001", "", "2001-03-01..2001-12-31", "of a year any day can be that of joining"),
        ("1999", "2001-03-01", None, "who has left is no member on the day it leaves"),
        ("1999", "2001-03-02", "2001-03-01", "who leaves the day after is one"),
    ],
)
def test_a_minimum_of_members_takes_those_of_the_day(
    since: str, until: str, reached: str | None, why: str
) -> None:
    rows = [("AAA", "1949", ""), ("BBB", since, until)]
    members = pd.DataFrame(rows, columns=["iso3", "since", "until"])
    members["until"] = pd.to_datetime(members["until"])
    convention, states = made_up(threshold=2, special=REEF), states_of(MADE_UP_STATES)
    history = history_of(convention, acts_of([A, B]), states, members=members)
    status = status_on(history, date(2003, 1, 1), states)
    assert status.nth_instrument == (window(reached) if reached else None), why
    assert (status.remaining == 0) is (status.entry_into_force is not None), why


def test_who_deposited_on_the_day() -> None:
    rows = [B, bound("AAA", "2001-03-01"), bound("DDD", "2001-03-01", "2001-04-01")]
    early = bound("CCC", "2001-02-01")
    assert made("2010-01-01", *rows, early).nth_participants == ("AAA", "BBB")
    assert made("2010-01-01", *rows).nth_participants == ()
    assert made("2010-01-01", early).nth_participants == ()
