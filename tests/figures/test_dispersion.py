"""The strip chart: every state once in each pillar, the group's part apart, nothing as zero."""

from __future__ import annotations

from collections import Counter

import pytest

from adoption import tables
from adoption.countries.capacity import PILLARS
from adoption.countries.groups import Group, all_groups
from adoption.countries.inequality import pillar_values
from adoption.figures.dispersion import strip_chart

GROUPS = all_groups(tables.read("states"), tables.read("memberships"))
STATES = tables.read("states")
NAMES = dict(zip(STATES["iso3"], STATES["name"], strict=True))


@pytest.mark.parametrize("inner", [None, GROUPS["gcc"]])
def test_every_state_is_a_mark_in_each_pillar(inner: Group | None) -> None:
    values = pillar_values(tables.read("capacity"), 2024)
    figure = strip_chart(values, NAMES, GROUPS["league-of-arab-states"], inner, 2024, "t")
    marks = [trace for trace in figure.data if trace.text is not None]
    assert [trace.name for trace in marks][1:] == (
        ["League of Arab States, other members", "GCC"] if inner else ["League of Arab States"]
    )
    counted = Counter(name for trace in marks for name in trace.text)
    assert set(counted) == {NAMES[iso3] for iso3 in values.index}
    assert set(counted.values()) == {len(PILLARS)}
    assert "Palau" not in counted
