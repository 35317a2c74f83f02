"""Networks and groups: every state once, the right colour and shares; none, one and many."""

from __future__ import annotations

import json
from typing import Any
from xml.etree import ElementTree as ET

import pandas as pd
import pytest

from adoption import tables
from adoption.countries.groups import all_groups
from adoption.countries.network import (
    instruments_of,
    load_cliques,
    network,
)
from adoption.countries.profiles import acts_by_convention
from adoption.figures.theme import STYLE
from adoption.law.conventions import load_conventions
from adoption.law.status import load_status
from adoption.press.svg import chart_svg
from adoption.show.classes import STATUS_COLOURS, STRIPED
from adoption.show.groups import OPEN_TO_NONE, acts_bars
from adoption.show.network import (
    MAX_NAMES,
    instruments_chart,
    parts_table,
)

NEWEST = tables.data_day()
REGIONAL = ("budapest", "malabo", "arab-2010")


STATES = tables.read("states").query("kind != 'organization'")
NAMES = dict(zip(STATES["iso3"], STATES["name"], strict=True))
MEMBERS = STATES[STATES["un_member"]]
WEBS = load_cliques([load_conventions()[name] for name in REGIONAL], NEWEST)
JOINED = network(WEBS, MEMBERS["iso3"].tolist())
HANOI = load_status("hanoi", NEWEST)


def test_every_member_is_in_one_bar_in_the_colour_of_its_status() -> None:
    figure = instruments_chart(instruments_of(WEBS, JOINED.states), HANOI, "F")
    assert sum(sum(filter(None, trace.x)) for trace in figure.data) == 193
    numbers = {trace.name: sum(filter(None, trace.x)) for trace in figure.data}
    members = HANOI.participants.query("kind == 'member'")
    assert numbers["no act known"] == (members["status"] == "no act known").sum()
    assert numbers["ratification reported"] == 3
    colours = {t.name: t.marker.pattern.fgcolor or t.marker.color for t in figure.data}
    assert colours == {name: STATUS_COLOURS[name] for name in numbers}


def test_parts_hold_every_state_once() -> None:
    rows = parts_table(network(WEBS, STATES["iso3"].tolist()), NAMES).frame.to_dict("records")
    assert sum(row["States"] for row in rows) == len(STATES)
    assert rows[-1]["Part"] == "Without a known partner"
    assert all(row["Who"].count(",") < MAX_NAMES + 2 for row in rows)


# Bars of a group: as long as its members, each class in its colour.


MEMBERSHIPS = tables.read("memberships")
GROUPS = all_groups(tables.read("states"), MEMBERSHIPS)


@pytest.mark.parametrize("name", ["league-of-arab-states", "eu", "oceania", "gcc"])
def test_bars_hold_every_member_once(name: str) -> None:
    statuses = [load_status(c, NEWEST) for c in load_conventions()]
    counts = acts_by_convention(GROUPS[name], statuses)
    figure: Any = acts_bars(counts, GROUPS[name], NEWEST)
    lengths = [sum(trace.x[row] or 0 for trace in figure.data) for row in range(len(counts))]
    assert lengths == counts["members"].tolist()
    notes = figure.layout.annotations
    words = {annotation.y for annotation in notes if annotation.text == OPEN_TO_NONE}
    assert words == {y for y, of in zip(figure.data[0].y, lengths, strict=True) if not of}
    for trace in figure.data:
        pattern = trace.marker.pattern
        assert (pattern.fgcolor or trace.marker.color) == STATUS_COLOURS[trace.name]
        assert (pattern.shape == "/") == (trace.name in STRIPED)
        assert {t for t in trace.text if t} <= {str(n) for n in trace.x}


@pytest.mark.parametrize("width", [960, 350])
def test_the_words_of_a_row_without_a_bar_do_not_stand_on_its_label(width: int) -> None:
    counts = acts_by_convention(GROUPS["gcc"], [load_status("budapest-2ap", NEWEST)])
    untoc = acts_by_convention(GROUPS["gcc"], [load_status("untoc", NEWEST)])
    figure: Any = acts_bars(pd.concat([untoc, counts]), GROUPS["gcc"], NEWEST)
    svg = ET.fromstring(chart_svg(json.loads(figure.to_json()), width, "words", "figure", STYLE))
    places = {text.text: float(text.get("x", "")) for text in svg.iter() if text.get("x")}
    assert places[OPEN_TO_NONE] > places["Budapest, 2nd Protocol*"], "where the label ends"
