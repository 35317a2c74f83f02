"""The pictures of the network: every state once, the right colour, the right shares."""

from __future__ import annotations

from datetime import date
from functools import cache

import plotly.graph_objects as go
import pytest

from adoption import tables
from adoption.figures.cooperation import NONE, network_picture, region_matrix
from adoption.figures.theme import STATUS_COLOURS
from adoption.law.conventions import load_conventions
from adoption.law.network import Network, network, regions_before_and_after
from adoption.law.status import Status, load_status
from adoption.law.webs import instruments_of, load_webs, signed_or_bound

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


def test_discs_are_labelled_with_their_numbers() -> None:
    _, _, figure = made()
    labels = [a.text for a in figure.layout.annotations if a.text and a.text.startswith("<b>")]
    assert f"<b>{NONE}</b> 103" in labels
    assert "<b>Budapest<br>+ Malabo</b> 4" in labels
    lines = [trace for trace in figure.data if trace.mode == "lines"]
    assert len(lines) == 2  # what both bind is joined with the one and with the other


def test_before_any_instrument_all_are_in_one_disc() -> None:
    joined, status, _ = made()
    nobody = instruments_of([], joined.states)
    figure = network_picture(nobody, status, "Found")
    labels = [a.text for a in figure.layout.annotations if a.text and a.text.startswith("<b>")]
    assert labels == [f"<b>{NONE}</b> 193"]


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


def test_the_alternative_names_the_discs() -> None:
    _, _, figure = made()
    assert "Budapest 67" in figure.layout.meta["alternative"]
