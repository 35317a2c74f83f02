"""Groups of a state on one scale: no dot hides another, and no name stands on another."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from typing import Any

import pandas as pd
import pytest

from adoption.show.dots import NARROW, WIDE, Look, placed_dots
from adoption.show.drawings import Drawing
from tests.cells import run_cells
from tests.sentences import faults

STATES = ("KEN", "NIU", "CAN", "FRA")


@pytest.fixture(scope="module", params=STATES)
def drawing(request: pytest.FixtureRequest) -> Drawing:
    shown = run_cells("03_country_brief", "near", country=request.param).shown
    found: Drawing = shown["03-31"]
    return found


@pytest.fixture(scope="module")
def kenya() -> Drawing:
    found: Drawing = run_cells("03_country_brief", "near", country="KEN").shown["03-31"]
    return found


def words(drawn: dict[str, Any]) -> Iterator[tuple[float, float, float]]:
    """Give the left and right end of each name, and its height."""
    for row in drawn["rows"]:
        for word in row["words"]:
            letters = sum(len(part["text"]) + 2 for part in word["parts"]) - 2
            width = letters * drawn["size"] * 0.5
            left = {"middle": word["x"] - width / 2, "end": word["x"] - width}
            start = left.get(word["anchor"], word["x"])
            yield start, start + width, word["y"]


@pytest.mark.parametrize("look", [WIDE, NARROW])
def test_no_dot_hides_another_and_no_name_stands_on_one(drawing: Drawing, look: Look) -> None:
    drawn = placed_dots(drawing.data, look)
    for row, group in zip(drawn["rows"], drawing.data["groups"], strict=False):
        assert len(row["dots"]) == group["of"], "each member is a dot"
        for one, other in combinations(row["dots"], 2):
            apart = abs(one["x"] - other["x"]), abs(one["y"] - other["y"])
            assert max(apart) >= 2 * row["radius"] - 0.01
        above = [dot["y"] < row["line"] for dot in row["dots"]]
        assert above == [dot["is_above"] for dot in row["dots"]]
    for one, other in combinations(words(drawn), 2):
        is_apart = one[1] <= other[0] or other[1] <= one[0]
        assert is_apart or abs(one[2] - other[2]) >= drawn["size"]


def test_a_state_without_a_value_stands_left_of_the_scale() -> None:
    shown = run_cells("03_country_brief", "near", country="NIU").shown
    drawn = placed_dots(shown["03-31"].data, WIDE)
    first = min(tick["x"] for tick in drawn["ticks"])
    niue = [dot for row in drawn["rows"] for dot in row["dots"] if dot["iso3"] == "NIU"]
    assert niue
    assert all(dot["x"] < first for dot in niue)


def test_counts_are_lower_bounds_and_leave_reports_out() -> None:
    data = run_cells("03_country_brief", "near", country="CAN").shown["03-31"].data
    northern = next(group for group in data["groups"] if group["label"] == "Northern America")
    assert (northern["count"], northern["of"], northern["reported"]) == ("0+", 2, 1)
    title = "Northern America: no signature is confirmed, one reported"
    assert data["title"] == title
    wider = {row["label"]: row["words"] for row in data["wider"]}
    assert wider["OECD"].startswith("18+ of 38 signed, 1 more by report (rank")


def test_groups_with_the_same_members_are_drawn_once(kenya: Drawing) -> None:
    assert faults("title", kenya.data["title"]) == []
    labels = [group["label"] for group in kenya.data["groups"]]
    sizes = [group["of"] for group in kenya.data["groups"]]
    assert sizes == sorted(sizes)
    members = [frozenset(s["iso3"] for s in group["states"]) for group in kenya.data["groups"]]
    assert len({*members}) == len(members)
    rows = pd.DataFrame(kenya.data["file"]["rows"], columns=kenya.data["file"]["columns"])
    assert rows["group"].nunique() == len(labels), "the file has what is drawn"
