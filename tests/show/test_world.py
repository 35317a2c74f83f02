"""The map as SVG: every state once, in its class; nothing drawn across the sea."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from itertools import pairwise
from typing import Any
from xml.etree import ElementTree as ET

import pytest

from adoption.core.text import slug
from adoption.figures.theme import INK, STYLE
from adoption.law.panel import NO_ACT, NOT_KNOWN, NOT_YET, WITHDRAWN
from adoption.press.geometry import WIDTH
from adoption.show.classes import BOUND_REPORTED, status_class, status_classes
from adoption.show.drawings import drawing_html
from adoption.show.world import class_changes, world_map
from tests.show.drawing import read, status

CASES = [("hanoi", "2026-11-24"), ("untoc", "2014-06-01")]


def map_of(*args: Any, **more: Any) -> str:
    return drawing_html(world_map(*args, **more))


def drawn(name: str, day: str) -> ET.Element:
    return ET.fromstring(map_of(status(name, day), read("states")))


def states_of(figure: ET.Element) -> list[tuple[str, ET.Element]]:
    """Return each state with its class."""
    return [(str(a.get("class")), a) for a in figure.iter("a") if a.get("data-state")]


def corners(path: str) -> list[list[tuple[int, int]]]:
    """Return the points of each line of a path."""
    lines = []
    for start, steps in re.findall(r"M(-?\d+ ?-?\d+)l([-\d ]+)", path):
        x, y = map(int, re.findall(r"-?\d+", start))
        numbers = [int(number) for number in re.findall(r"-?\d+", steps)]
        line = [(x, y)]
        for right, down in zip(numbers[::2], numbers[1::2], strict=True):
            line.append((line[-1][0] + right, line[-1][1] + down))
        lines.append(line)
    return lines


@pytest.mark.parametrize(("name", "day"), CASES)
def test_every_state_is_drawn_once_in_its_class(name: str, day: str) -> None:
    people = status(name, day).participants
    people = people[people["kind"] != "organization"]
    expected = {
        row["iso3"]: slug(status_class(row["status"], row["grade"]))
        for row in people.to_dict("records")
    }
    found = states_of(drawn(name, day))
    assert {str(state.get("data-state")): layer for layer, state in found} == expected
    assert len(found) == len(expected)
    assert all(
        state.find("path") is not None or state.find("circle") is not None for _, state in found
    )


def test_a_report_of_being_bound_has_a_dark_outline_and_a_withdrawal_a_cross() -> None:
    found = states_of(drawn("hanoi", "2026-11-24"))
    dark = {name for name, state in found if state.get("stroke") == STYLE.css(INK)}
    assert dark == {slug(BOUND_REPORTED)}
    of_all = status("untoc")
    frame = of_all.participants.copy()
    frame.loc[frame["iso3"] == "FRA", "status"] = WITHDRAWN
    figure = ET.fromstring(map_of(replace(of_all, participants=frame), read("states")))
    ((_, state),) = [one for one in states_of(figure) if one[0] == slug(WITHDRAWN)]
    assert state.find("path[@class='cross']") is not None
    assert ["withdrawn", "1"] in ["".join(item.itertext()).split() for item in figure.iter("li")]


@pytest.mark.parametrize("name", ["hanoi", "budapest", "untoc"])
def test_on_every_day_a_state_has_the_class_of_its_status(name: str) -> None:
    changes = class_changes(status(name))
    acts = read("acts").query("convention == @name")
    days = sorted({day.date() for day in acts["latest"]})
    for day in days[:: max(len(days) // 12, 1)]:
        until = {
            state: past
            for state, every in changes.items()
            if (past := [change for change in every if change[0] <= f"{day}"])
        }
        on_day = status(name, f"{day}")
        assert class_changes(on_day) == until
        values, people = {state: past[-1][1] for state, past in until.items()}, on_day.participants
        expected = dict(zip(people["iso3"], status_classes(people), strict=True))
        acted = {i: c for i, c in expected.items() if c not in (NO_ACT, NOT_YET, NOT_KNOWN)}
        assert acted == values


@pytest.mark.parametrize(
    ("name", "known"),
    [
        (
            "hanoi",
            "68 signatories known, with the European Union; 67 of them are members of the United "
            "Nations; seven more by report.",
        ),
        ("malabo", ">One more by report.<"),
    ],
)
def test_one_line_below_the_map_reconciles_its_counts(name: str, known: str) -> None:
    assert known in map_of(status(name), read("states"))


def test_who_cannot_join_is_not_said_to_have_no_known_act() -> None:
    html = map_of(status("malabo"), read("states"))
    numbers = dict(re.findall(r'data-class="([\w-]+)">.*?class="count">(\d+)', html))
    assert numbers["no-act-known"] == "39", "of the members of the African Union"
    assert numbers["cannot-join"] == "143"
    assert "Qatar: cannot join" in html


def test_the_control_of_the_day_has_every_participant_and_no_markup() -> None:
    html = map_of(status("hanoi"), read("states"), days=True)
    (script,) = re.findall(r'<script type="application/json">(.*?)</script>', html)
    by_day = json.loads(script)
    name, changes = by_day["states"]["QAT"]
    assert name == "Qatar"
    assert changes == [
        ["2025-10-25", "signed", "signature"],
        ["2026-02-28", "ratification-reported", "ratification"],
    ]
    assert len(by_day["states"]) == 75
    day = dict(by_day["counts"])["2025-10-26"]
    assert day == (
        "68 known to have signed, four by report; none known to have consented to be bound"
    )
    assert "<" not in script
    (mali,) = re.findall(r'<a data-state="MLI".*?</a>', html)
    (viet_nam,) = re.findall(r'<a data-state="VNM".*?</a>', html)
    assert "circle" not in mali + viet_nam, "a large state is striped where it is reported"


def test_what_crosses_the_antimeridian_is_on_both_sides_and_no_line_runs_across() -> None:
    figure = drawn("hanoi", "2026-11-24")
    states = {str(state.get("data-state")): state for _, state in states_of(figure)}
    for path in figure.iter("path"):
        for line in corners(str(path.get("d"))):
            assert max(abs(one[0] - other[0]) for one, other in pairwise(line)) < WIDTH / 3
    for iso3 in ("RUS", "FJI"):
        (path,) = states[iso3].findall("path")
        points = [point for line in corners(str(path.get("d"))) for point in line]
        assert min(x for x, _ in points) < WIDTH / 4 < 3 * WIDTH / 4 < max(x for x, _ in points)


def test_the_control_of_the_day_knows_when_a_state_began() -> None:
    html = map_of(status("budapest"), read("states"), days=True)
    (script,) = re.findall(r'<script type="application/json">(.*?)</script>', html)
    assert json.loads(script)["since"] == {
        "MNE": ["2006-06-03", "not-yet-a-state"],
        "SSD": ["2011-07-09", "not-yet-a-state"],
        "TLS": ["2002-05-20", "not-yet-a-state"],
        "PSE": ["2014-01-29", "not-known"],
    }
