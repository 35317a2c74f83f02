"""Bars of a group: as long as its members, each class in its colour."""

from __future__ import annotations

import pytest

from adoption import tables
from adoption.conventions import load_conventions
from adoption.figures.group_profile import HATCHED, acts_bars
from adoption.figures.theme import STATUS_COLOURS
from adoption.group_profile import acts_by_convention
from adoption.groups import all_groups
from adoption.status import load_status

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
