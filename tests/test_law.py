"""The law of entry into force, against published days and by property."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adoption.law.rules import Delay, Deposit, Threshold, Window, add_months, ordinal

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


@pytest.mark.parametrize(
    ("threshold", "deposits", "reached", "why"),
    [
        (Threshold(2), [Deposit("A", on("2001-01-01"))], None, "one of two"),
        (
            Threshold(2),
            [Deposit("A", on("2001-01-01")), Deposit("B", on("2001-03-01"))],
            on("2001-03-01"),
            "two of two",
        ),
        (
            Threshold(2, special=2),
            [
                Deposit("A", on("2001-01-01"), special=True),
                Deposit("B", on("2001-03-01")),
                Deposit("C", on("2002-01-01"), special=True),
            ],
            on("2002-01-01"),
            "enough instruments, then enough members",
        ),
        (
            Threshold(2),
            [
                Deposit("A", on("2001-01-01"), withdrawn=on("2001-02-01")),
                Deposit("B", on("2001-03-01")),
                Deposit("C", on("2001-04-01")),
            ],
            on("2001-04-01"),
            "one that withdrew before does not count",
        ),
        (
            Threshold(2),
            [
                Deposit("A", Window(date(2001, 1, 1), date(2001, 12, 31))),
                Deposit("B", on("2001-03-01")),
            ],
            Window(date(2001, 3, 1), date(2001, 12, 31)),
            "an unknown day gives a window",
        ),
        (
            Threshold(2),
            [
                Deposit("A", Window(date(2000, 1, 1), date(2001, 2, 1))),
                Deposit("B", on("2001-03-01")),
            ],
            on("2001-03-01"),
            "an unknown day that cannot matter gives a day",
        ),
    ],
)
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
