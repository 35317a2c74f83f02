"""The chances by year: of the deposit, and of entry into force by the rule."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from adoption.forecasting.chances import by_year, last_deposit, unseen
from tests.forecast.entries import MADE_ON, entry, forecast_of, found_of


def test_the_years_are_that_of_the_day_and_the_next_four() -> None:
    frame = by_year(entry("hanoi").found)
    assert [day.year for day in frame["ends"]] == [2026, 2027, 2028, 2029, 2030]
    assert {(day.month, day.day) for day in frame["ends"]} == {(12, 31)}
    assert (frame["in_force"] <= frame["deposited"]).all()
    assert (frame["counted_deposited"] >= frame["deposited"]).all()
    expected = entry("hanoi").found.firm.by_year()
    assert frame["deposited"].tolist() == list(expected.values())


def test_a_deposit_counts_for_force_ninety_days_before_the_end_of_the_year() -> None:
    # Made on 11 April 2001; half of the probability on 2 October, ninety days before 31 December.
    in_time = (date(2001, 10, 2) - MADE_ON).days
    frame = by_year(found_of(forecast_of(in_time, height=(0.5,))))
    assert frame["in_force"].iloc[0] == 0.5
    late = by_year(found_of(forecast_of(in_time + 1, height=(0.5,))))
    assert late["in_force"].iloc[0] == 0.0
    assert late["deposited"].iloc[0] == 0.5


@pytest.mark.parametrize(
    ("rule", "last"),
    [
        ({"days": 90}, date(2026, 10, 2)),
        ({"days": 30}, date(2026, 12, 1)),
        # 31 August: three months on is 30 November, and the next month begins on 1 December;
        # 1 September would lead to 1 January.
        ({"months": 3}, date(2026, 8, 31)),
    ],
)
def test_the_last_deposit_for_a_year(rule: dict[str, int], last: date) -> None:
    found = found_of(forecast_of(1, 2, 3), delay=rule)
    ends = date(2026, 12, 31)
    assert last_deposit(found, ends) == last
    force, next_one = found.in_force(last), found.in_force(last + timedelta(days=1))
    assert force is not None
    assert next_one is not None
    assert force <= ends < next_one


def test_what_may_have_happened_unseen() -> None:
    firm = forecast_of(10, 100, 400)
    assert unseen(found_of(firm, as_of=MADE_ON), firm) == 0.0
    assert unseen(found_of(firm, as_of=MADE_ON + timedelta(days=150)), firm) == 0.5
