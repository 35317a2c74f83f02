"""Bars of a group: as long as its members, each class in its colour."""

from __future__ import annotations

from datetime import date

import pytest

from adoption import tables
from adoption.countries.group_profile import acts_by_convention
from adoption.countries.groups import all_groups
from adoption.figures.group_profile import CLASSES, HATCHED, acts_bars
from adoption.figures.theme import RINGED, STATUS_COLOURS
from adoption.law.conventions import load_conventions
from adoption.law.status import load_status

NEWEST = tables.data_day()
MEMBERSHIPS = tables.read("memberships")
GROUPS = all_groups(tables.read("states"), MEMBERSHIPS)


@pytest.mark.parametrize("name", ["league-of-arab-states", "eu", "oceania"])
def test_bars_hold_every_member_once(name: str) -> None:
    statuses = [load_status(c, NEWEST) for c in load_conventions()]
    counts = acts_by_convention(GROUPS[name], statuses, MEMBERSHIPS)
    figure = acts_bars(counts, GROUPS[name], NEWEST, "Found")
    lengths = [sum(trace.x[row] for trace in figure.data) for row in range(len(counts))]
    assert lengths == counts["members"].tolist()
    for trace in figure.data:
        assert trace.marker.color == STATUS_COLOURS[trace.name]
        assert (trace.marker.pattern.shape == "/") == (trace.name in HATCHED)
        assert [t for t in trace.text if t] == [str(n) for n in trace.x if n]


def test_what_is_ringed_on_a_map_is_hatched_in_a_bar() -> None:
    assert HATCHED == RINGED
    assert {name for name, _ in CLASSES} == set(STATUS_COLOURS)


def test_a_list_that_does_not_reach_the_day_is_marked() -> None:
    day = date(2020, 1, 1)
    statuses = [load_status(c, day) for c in ("budapest", "untoc")]
    counts = acts_by_convention(GROUPS["eu"], statuses, MEMBERSHIPS)
    assert counts["partial"].tolist() == [False, True]
    figure = acts_bars(counts, GROUPS["eu"], day, "Found")
    assert set(figure.data[0].y) == {"Budapest", "UNTOC*"}
    assert "*: the list does not reach that day" in figure.layout.meta["subtitle"]
    every = acts_bars(counts.iloc[1:], GROUPS["eu"], day, "Found")
    assert set(every.data[0].y) == {"UNTOC"}
    assert "no list reaches that day" in every.layout.meta["subtitle"]
    none = acts_bars(counts.iloc[:1], GROUPS["eu"], day, "Found")
    assert "list" not in none.layout.meta["subtitle"]
