"""The map as SVG: every state once, in its class; nothing drawn across the sea."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise
from xml.etree import ElementTree as ET

import pytest

from adoption.countries.groups import slug
from adoption.law.deciding import WITHDRAWN
from adoption.show.theme import BOUND_REPORTED, INK, status_class
from adoption.show.world import WIDTH, world_map
from tests.figures.conftest import read, status

CASES = [("hanoi", "2026-11-24"), ("untoc", "2014-06-01")]


def drawn(name: str, day: str) -> ET.Element:
    return ET.fromstring(world_map(status(name, day), read("states")))


def layers(figure: ET.Element) -> list[tuple[str, ET.Element]]:
    """Return each state with the class of its layer."""
    return [
        (str(layer.get("class")), state)
        for layer in figure.iter("g")
        for state in layer.findall("a[@data-state]")
    ]


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
    found = layers(drawn(name, day))
    assert {str(state.get("data-state")): layer for layer, state in found} == expected
    assert len(found) == len(expected)
    assert all(state.find("path") is not None or state.find("circle") is not None
               for _, state in found)  # fmt: skip


def test_a_report_of_being_bound_has_a_dark_outline_and_a_withdrawal_a_cross() -> None:
    found = {
        str(layer.get("class")): layer.get("stroke") == INK
        for layer in drawn("hanoi", "2026-11-24").iter("g")
    }
    assert {name for name, dark in found.items() if dark} == {slug(BOUND_REPORTED)}
    of_all = status("untoc")
    frame = of_all.participants.copy()
    frame.loc[frame["iso3"] == "FRA", "status"] = WITHDRAWN
    figure = ET.fromstring(world_map(replace(of_all, participants=frame), read("states")))
    ((_, state),) = [one for one in layers(figure) if one[0] == slug(WITHDRAWN)]
    assert state.find("path[@class='cross']") is not None
    assert "withdrawn" in ["".join(item.itertext()).strip() for item in figure.iter("li")]


def test_what_crosses_the_antimeridian_is_on_both_sides_and_no_line_runs_across() -> None:
    figure = drawn("hanoi", "2026-11-24")
    states = {str(state.get("data-state")): state for _, state in layers(figure)}
    for path in figure.iter("path"):
        for line in corners(str(path.get("d"))):
            assert max(abs(one[0] - other[0]) for one, other in pairwise(line)) < WIDTH / 3
    for iso3 in ("RUS", "FJI"):
        (path,) = states[iso3].findall("path")
        points = [point for line in corners(str(path.get("d"))) for point in line]
        assert min(x for x, _ in points) < WIDTH / 4 < 3 * WIDTH / 4 < max(x for x, _ in points)
