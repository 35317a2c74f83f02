"""The law of entry into force: published days, windows, terms and grades."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pandas as pd
import pytest
from adoption.law.instruments import (
    best_supported,
    certainly_bound,
    deposited_on,
    first_acts,
    nth_instrument,
    possibly_bound,
    still_needed,
    terms,
    to_deposits,
)
from hypothesis import given
from hypothesis import strategies as st

from adoption.data.dictionary import CONSENTS, SIGNATURES
from adoption.law.rules import Delay, Deposit, Threshold, Window, add_months, ordinal
from tests.conftest import Act, acts_of, bound, made_up, window

DAYS = st.dates(date(1950, 1, 1), date(2050, 1, 1))


def on(day: str) -> Window:
    return Window(date.fromisoformat(day), date.fromisoformat(day))


@pytest.mark.parametrize(
    ("delay", "deposit", "in_force", "why"),
    [
        (Delay(days=90), "2003-07-01", "2003-09-29", "UNTOC"),
        (Delay(days=90), "2005-09-15", "2005-12-14", "UNCAC"),
        (Delay(days=30), "2002-03-11", "2002-04-10", "terrorist financing"),
        (Delay(days=30), "2007-06-07", "2007-07-07", "nuclear terrorism"),
        (Delay(days=90), "2003-11-26", "2004-02-24", "Rotterdam"),
        (Delay(days=90), "2017-12-05", "2018-03-05", "Nagoya - Kuala Lumpur"),
        (Delay(days=30), "2023-05-09", "2023-06-08", "Malabo"),
        (Delay(months=3), "2004-03-18", "2004-07-01", "Budapest"),
        (Delay(months=3), "2003-12-31", "2004-04-01", "a month end"),
        (Delay(months=3), "2004-11-30", "2005-03-01", "three months end in a short February"),
    ],
)
def test_delay_gives_the_published_day(delay: Delay, deposit: str, in_force: str, why: str) -> None:
    assert delay.after(date.fromisoformat(deposit)) == date.fromisoformat(in_force), why


def test_a_delay_has_one_unit() -> None:
    with pytest.raises(ValueError, match="either in days or in months"):
        Delay()
    with pytest.raises(ValueError, match="either in days or in months"):
        Delay(days=30, months=1)


def test_a_delay_is_told_in_its_own_unit() -> None:
    assert str(Delay(days=90)) == "90th day after the deposit"
    assert str(Delay(months=3)) == "first day of the month after 3 months from the deposit"


@given(DAYS, DAYS, st.integers(0, 400), st.integers(0, 24))
def test_a_later_deposit_is_never_in_force_earlier(a: date, b: date, n: int, months: int) -> None:
    first, second = sorted((a, b))
    for delay in (Delay(days=n), Delay(months=months)):
        assert delay.after(first) <= delay.after(second)
        assert delay.after(first) >= first


@given(DAYS, st.integers(0, 60))
def test_the_month_rule_ends_on_a_first(day: date, months: int) -> None:
    in_force = Delay(months=months).after(day)
    assert in_force.day == 1
    assert add_months(day, months) < in_force <= add_months(day, months) + timedelta(days=31)


A, B = Deposit("A", on("2001-01-01")), Deposit("B", on("2001-03-01"))
YEAR = Window(date(2001, 1, 1), date(2001, 12, 31))
EARLY = Window(date(2000, 1, 1), date(2001, 2, 1))


@pytest.mark.parametrize(
    ("threshold", "deposits", "reached", "why"),
    [
        (Threshold(2), [A], None, "one of two"),
        (Threshold(2), [A, B], on("2001-03-01"), "two of two"),
        (Threshold(2, special=2),
         [replace(A, special=True), B, Deposit("C", on("2002-01-01"), special=True)],
         on("2002-01-01"), "enough instruments, then enough members"),
        (Threshold(2),
         [replace(A, withdrawn=on("2001-02-01")), B, Deposit("C", on("2001-04-01"))],
         on("2001-04-01"), "one that withdrew before does not count"),
        (Threshold(2), [replace(A, window=YEAR), B], Window(date(2001, 3, 1), date(2001, 12, 31)),
         "an unknown day gives a window"),
        (Threshold(2), [replace(A, window=EARLY), B], on("2001-03-01"),
         "an unknown day that cannot matter gives a day"),
    ],
)  # fmt: skip
def test_threshold(
    threshold: Threshold, deposits: list[Deposit], reached: Window | None, why: str
) -> None:
    assert threshold.reached(deposits) == reached, why


@given(st.lists(st.tuples(DAYS, st.integers(0, 900)), max_size=30), st.integers(1, 12))
def test_the_window_holds_every_possible_day(spans: list[tuple[date, int]], n: int) -> None:
    deposits = [
        Deposit(str(i), Window(start, start + timedelta(days=length)))
        for i, (start, length) in enumerate(spans)
    ]
    window = Threshold(n).reached(deposits)
    if window is None:
        assert len(deposits) < n
        return
    middle = sorted(d.window.earliest + (d.window.latest - d.window.earliest) / 2 for d in deposits)
    assert window.earliest <= middle[n - 1] <= window.latest


def test_ordinals() -> None:
    assert [ordinal(n) for n in (1, 2, 3, 4, 11, 12, 13, 21, 101, 111, 121)] == [
        "1st", "2nd", "3rd", "4th", "11th", "12th", "13th", "21st", "101st", "111th", "121st",
    ]  # fmt: skip


FIRST = bound("AAA", "2001-02-01")
AGAIN = bound("AAA", "2004-01-01", act="accession")


def left(day: str, latest: str = "") -> Act:
    return "AAA", "withdrawal", day, latest, "confirmed"


def periods(*rows: Act) -> list[tuple[str, str, str]]:
    """Return (iso3, first day, day of leaving or '') of each term."""
    frame = terms(acts_of(rows)).fillna({"left_latest": pd.Timestamp("1900-01-01")})
    days = [
        f"{day:%Y-%m-%d}".replace("1900-01-01", "")
        for column in ("latest", "left_latest")
        for day in frame[column]
    ]
    return list(zip(frame["iso3"], days[: len(frame)], days[len(frame) :], strict=True))


@pytest.mark.parametrize("act", CONSENTS)
def test_every_kind_of_consent_opens_a_term(act: str) -> None:
    assert periods(bound("AAA", "2001-02-01", act=act)) == [("AAA", "2001-02-01", "")]


@pytest.mark.parametrize("act", SIGNATURES)
def test_no_kind_of_signature_opens_a_term(act: str) -> None:
    assert periods(bound("AAA", "2001-02-01", act=act)) == []


@pytest.mark.parametrize(
    ("rows", "expected", "why"),
    [
        ([], [], "no act"),
        ([left("2001-02-01")], [], "a withdrawal without a consent closes nothing"),
        ([FIRST, bound("AAA", "2002-02-01", act="acceptance")], [("AAA", "2001-02-01", "")],
         "a further consent within a term changes nothing"),
        ([FIRST, left("2003-01-01"), bound("BBB", "2002-01-01")],
         [("AAA", "2001-02-01", "2003-01-01"), ("BBB", "2002-01-01", "")],
         "a withdrawal closes its own participant's term"),
        ([FIRST, left("2003-01-01"), AGAIN],
         [("AAA", "2001-02-01", "2003-01-01"), ("AAA", "2004-01-01", "")],
         "a consent after a withdrawal opens another"),
        ([bound("AAA", "2001-02-01", "2010-01-01"), left("2005-01-01")],
         [("AAA", "2005-01-01", "2005-01-01")],
         "a consent of unknown day was before its own withdrawal"),
    ],
)  # fmt: skip
def test_terms(rows: list[Act], expected: list[tuple[str, str, str]], why: str) -> None:
    assert periods(*rows) == expected, why


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
    acts = acts_of([bound("AAA", "2001-02-01", "2001-02-28"), left("2005-01-01", "2005-01-31")])
    on = date.fromisoformat(day)
    assert len(certainly_bound(terms(acts), on)) == certain
    assert len(possibly_bound(terms(acts), on)) == possible


def test_first_acts_takes_the_first_of_each_participant() -> None:
    acts = acts_of(
        [
            bound("AAA", "2001-05-01", act="signature"),
            bound("AAA", "2001-03-01", act="succession to signature"),
            bound("AAA", "2001-01-01"),
            bound("BBB", "2001-02-01", "2001-04-01", "signature"),
        ]
    )
    first = first_acts(acts, SIGNATURES)
    assert first["latest"].astype(str).to_dict() == {"AAA": "2001-03-01", "BBB": "2001-04-01"}


@pytest.mark.parametrize("kinds", [SIGNATURES, CONSENTS])
def test_a_further_act_of_one_kind_can_only_make_the_beginning_earlier(
    kinds: tuple[str, ...],
) -> None:
    acts = acts_of(
        [
            bound("AAA", "2001-02-01", "2010-01-01", act=kinds[0]),
            bound("AAA", "2005-01-01", act=kinds[1]),
        ]
    )
    for frame in (first_acts(acts, kinds), terms(acts)):
        ends = frame[["earliest", "latest"]].astype(str).to_numpy().tolist()
        assert ends in ([["2001-02-01", "2005-01-01"]], [])
    assert len(terms(acts)) == (kinds is CONSENTS)


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


def test_deposits_leave_out_the_excluded_and_mark_the_special() -> None:
    acts = acts_of([bound("AAA", "2001-02-01"), left("2005-01-01"), bound("BBB", "2001-03-01"),
                    bound("EUE", "2001-04-01", act="approval")])  # fmt: skip
    assert to_deposits(terms(acts), {"EUE"}, {"BBB", "EUE"}) == [
        Deposit("AAA", window("2001-02-01"), withdrawn=window("2005-01-01")),
        Deposit("BBB", window("2001-03-01"), special=True),
    ]
    assert [d.participant for d in to_deposits(terms(acts), (), ())] == ["AAA", "BBB", "EUE"]


@pytest.mark.parametrize(
    ("deposits", "grades", "as_of", "expected", "grade"),
    [
        ("01-01", "confirmed", "2010-01-01", None, None),
        ("01-01 02-01", "confirmed confirmed", "2001-01-31", None, None),
        ("01-01 02-01", "confirmed confirmed", "2001-02-01", "02-01", "confirmed"),
        ("01-01 02-01", "reported confirmed", "2001-02-01", "02-01", "reported"),
        ("01-01 02-01 03-01", "inferred reported confirmed", "2010-01-01", "02-01",
         "inferred and reported"),
        ("01-01 02-01 02-01", "confirmed reported confirmed", "2010-01-01", "02-01", "confirmed"),
        ("01-01 02-01 03-01", "confirmed reported confirmed", "2010-01-01", "02-01", "reported"),
        ("01-01 02-01..2001-06-01", "confirmed inferred", "2001-05-31", None, None),
        ("01-01 02-01..2001-06-01", "confirmed inferred", "2001-06-01", "02-01..2001-06-01",
         "inferred"),
    ],
)  # fmt: skip
def test_nth_instrument_and_how_well_it_is_known(
    deposits: str, grades: str, as_of: str, expected: str | None, grade: str | None
) -> None:
    made = [
        Deposit(str(n), window(f"2001-{text}"), grade=known)
        for n, (text, known) in enumerate(zip(deposits.split(), grades.split(), strict=True))
    ]
    found = nth_instrument(made_up(threshold=2), made, date.fromisoformat(as_of))
    assert found == (window(f"2001-{expected}") if expected else None, grade)


@pytest.mark.parametrize(
    ("deposits", "needed", "why"),
    [
        ([], 2, "none"),
        ([("2001-01-01", None), ("2001-02-01", None)], 0, "two at once"),
        ([("2001-01-01", "2001-03-01"), ("2001-02-01", None)], 0, "two at once before one left"),
        ([("2001-01-01", None), ("2001-02-01..2002-01-02", None)], 1, "it may come after it"),
        ([("2001-01-01", "2001-03-01..2009-01-01")], 2, "it may have left"),
        ([("2001-01-01", "2002-01-02")], 1, "it leaves after the day"),
        ([("2002-01-01", None)], 1, "it comes on the day"),
        ([("2001-01-01", "2002-01-01")], 2, "it leaves on the day"),
    ],
)
def test_how_many_are_still_needed(
    deposits: list[tuple[str, str | None]], needed: int, why: str
) -> None:
    made = [
        Deposit(str(n), window(day), withdrawn=window(gone) if gone else None)
        for n, (day, gone) in enumerate(deposits)
    ]
    assert still_needed(made_up(threshold=2), made, date(2002, 1, 1)) == needed, why


def test_what_is_still_needed_passes_over_who_must_be_among_them() -> None:
    made = [Deposit("AAA", window("2001-01-01")), Deposit("BBB", window("2001-02-01"))]
    two = made_up(threshold=2, special={"organisation": "Reef", "instruments": 1})
    assert nth_instrument(two, made, date(2002, 1, 1)) == (None, None)
    assert still_needed(two, made, date(2002, 1, 1)) == 0


def test_who_deposited_on_the_day() -> None:
    deposits = [
        Deposit("BBB", window("2001-03-01")),
        Deposit("AAA", window("2001-03-01")),
        Deposit("CCC", window("2001-02-01")),
        Deposit("DDD", window("2001-03-01..2001-04-01")),
    ]
    assert deposited_on(deposits, window("2001-03-01")) == ("AAA", "BBB")
    assert deposited_on(deposits, window("2001-03-01..2001-04-01")) == ()
    assert deposited_on(deposits, None) == ()
