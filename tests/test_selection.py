"""What can be chosen in Explore, and that every choice is allowed to the notebooks."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from adoption import tables
from adoption.countries.capacity import Indicator
from adoption.errors import AdoptionError
from adoption.explore import (
    Selection,
    act_days,
    clamped,
    groups_in_order,
    indicators,
    step,
)
from adoption.law.conventions import load_conventions
from adoption.notebook_parameters import check_parameters
from tests.conftest import acts_of, bound, made_up

CONVENTIONS = list(load_conventions().values())
INDICATORS = indicators(tables.read("capacity"))
HANOI = load_conventions()["hanoi"]


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


def test_a_group_is_needed() -> None:
    with pytest.raises(AdoptionError, match="group: none is given"):
        Selection.of(check_parameters())


def test_every_selection_is_allowed_and_comes_back() -> None:
    for selection in selections()[::4]:
        assert Selection.of(check_parameters(**selection.parameters())) == selection


def test_indicators_are_those_of_whole_editions_newest_and_whole_first() -> None:
    assert INDICATORS[0] == Indicator("GCI", 2024, "overall")
    # 2 editions of 6 and 4 editions of 4; the GCI of 2018 has no parts.
    assert len(INDICATORS) == len(set(INDICATORS)) == 28
    assert not [i for i in INDICATORS if i.component == "rank"]
    have = tables.read("capacity")[["index", "edition", "component"]].drop_duplicates()
    rows = have.to_dict("records")
    known = {Indicator(row["index"], row["edition"], row["component"]) for row in rows}
    assert set(INDICATORS) < known
    assert known - set(INDICATORS) == {
        Indicator("GCI", 2018, "overall"),
        Indicator("GCI", 2018, "rank"),
        Indicator("GCI", 2020, "rank"),
    }


def test_a_day_outside_becomes_the_nearest_one_inside() -> None:
    newest, day = tables.data_day(), timedelta(days=1)
    for asked, got in ((HANOI.opens - day, HANOI.opens), (newest + day, newest),
                       (HANOI.opens, HANOI.opens), (newest, newest)):  # fmt: skip
        assert clamped(asked, HANOI, newest) == got


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
