"""What can be chosen in Explore, and that every choice is allowed to the notebooks."""

from __future__ import annotations

from datetime import date

from adoption import tables
from adoption.explore import (
    Selection,
    act_days,
    groups_in_order,
    indicators,
    step,
)
from adoption.law.conventions import load_conventions
from adoption.notebook_parameters import check_parameters
from tests.conftest import acts_of, bound, made_up

CONVENTIONS = list(load_conventions().values())
INDICATORS = indicators(tables.read("capacity"))


def selections() -> list[Selection]:
    """Return every convention, day at an end or between, group and indicator at least once."""
    days = [
        (convention, day)
        for convention in CONVENTIONS
        for day in (convention.opens, date(2026, 1, 1), tables.data_day())
    ]
    groups = groups_in_order()
    found = []
    for number in range(max(len(days), len(groups), len(INDICATORS))):
        convention, day = days[number % len(days)]
        group, measure = groups[number % len(groups)], INDICATORS[number % len(INDICATORS)]
        found.append(Selection(convention, day, group, measure))
    return found


def test_a_selection_says_what_the_parameters_said() -> None:
    given = check_parameters(
        convention="CETS 185", as_of="2004-07-01", group="gulf-states", index="EGDI",
        component="human_capital", edition=2022,
    )  # fmt: skip
    assert Selection.of(given).parameters() == {
        "convention": "budapest", "as_of": "2004-07-01", "group": "gcc", "index": "EGDI",
        "component": "human_capital", "edition": 2022,
    }  # fmt: skip


def test_every_selection_is_allowed_and_comes_back() -> None:
    for selection in selections()[::4]:
        assert Selection.of(check_parameters(**selection.parameters())) == selection


def test_act_days_are_the_last_days_on_which_acts_can_have_been() -> None:
    acts = acts_of(
        [
            bound("AAA", "2001-02-01"),
            bound("BBB", "2001-02-01"),
            bound("CCC", "2001-03-01", "2001-06-30"),
            bound("DDD", "2009-01-01"),  # after the day of the data
        ]
    )
    days = act_days(made_up(), acts, date(2005, 1, 1))
    assert [day.isoformat() for day in days] == [
        "2001-01-01", "2001-02-01", "2001-06-30", "2005-01-01",
    ]  # fmt: skip


def test_steps_stop_at_the_ends_and_start_between() -> None:
    days = [date(2001, 1, 1), date(2001, 2, 1), date(2001, 3, 1)]
    between = date(2001, 1, 20)
    assert step(days, between, forward=True) == days[1]
    assert step(days, between, forward=False) == days[0]
    assert step(days, days[1], forward=True) == days[2]
    assert step(days, days[1], forward=False) == days[0]
    assert step(days, days[2], forward=True) == days[2]
    assert step(days, days[0], forward=False) == days[0]
