"""The pictures of the network: every state once, the right colour, the right shares."""

from __future__ import annotations

from datetime import date
from functools import cache

import plotly.graph_objects as go
import pytest

from adoption import tables
from adoption.countries.groups import all_groups
from adoption.countries.profiles import acts_by_convention
from adoption.figures.cooperation import network_picture, region_matrix
from adoption.figures.group_profile import HATCHED, acts_bars
from adoption.figures.theme import STATUS_COLOURS
from adoption.law.conventions import load_conventions
from adoption.law.network import (
    Network,
    instruments_of,
    load_webs,
    network,
    regions_before_and_after,
    signed_or_bound,
)
from adoption.law.status import Status, load_status

NEWEST = tables.data_day()
REGIONAL = ("budapest", "malabo", "arab-2010")


@cache
def made(day: date = NEWEST) -> tuple[Network, Status, go.Figure]:
    webs = load_webs([load_conventions()[name] for name in REGIONAL], day)
    states = tables.read("states").query("un_member")
    joined = network(webs, states["iso3"].tolist())
    status = load_status("hanoi", day)
    return joined, status, network_picture(instruments_of(webs, joined.states), status, "Found")


def dots(figure: go.Figure) -> list[go.Scatter]:
    return [trace for trace in figure.data if trace.mode == "markers"]


def test_every_member_is_one_dot_in_the_colour_of_its_status() -> None:
    _, status, figure = made()
    shown = [name for trace in dots(figure) for name in trace.text]
    members = status.participants.query("kind == 'member'")
    assert sorted(shown) == sorted(members["name"])
    colours = {trace.name: trace.marker.color for trace in dots(figure)}
    assert colours == {name: STATUS_COLOURS[name] for name in colours}
    by_class = {trace.name: list(trace.text) for trace in dots(figure)}
    assert sorted(by_class["reported bound"]) == ["Azerbaijan", "Qatar", "Viet Nam"]


def test_the_matrix_says_before_and_after() -> None:
    joined, status, _ = made()
    members = tables.read("states").query("un_member")
    before, after = regions_before_and_after(joined, signed_or_bound(status), members)
    figure = region_matrix(before, after, "Found")
    (heat,) = figure.data
    cells = {(a.x, a.y): a.text for a in figure.layout.annotations if a.name != "source"}
    assert len(cells) == 15
    europe = list(figure.layout.yaxis.ticktext).index("Europe")
    assert heat.z[europe][europe] == pytest.approx(741 / 903, abs=1e-3)
    assert cells[europe, europe] == "82%<br>to 87%"
    assert heat.z[0][europe] is None


# Bars of a group: as long as its members, each class in its colour.


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
