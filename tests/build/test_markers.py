"""Markers of small states come apart, and stay near their state."""

from __future__ import annotations

import pytest

from adoption.data import markers
from adoption.errors import AdoptionError


def test_spread_moves_only_markers_that_overlap() -> None:
    points = {
        "A": (0.0, 0.0),
        "B": (0.0, 0.0),
        "C": (90.0, 60.0),
        "D": (93.0, 60.0),
        "E": (9.0, 9.0),
    }
    spread = markers.spread_markers(points, gap=2)
    assert spread["E"] == points["E"]
    assert spread["B"][0] - spread["A"][0] == pytest.approx(2, abs=0.1)
    # On a map a degree of longitude at 60 degrees north is half as wide as at the equator.
    assert spread["D"][0] - spread["C"][0] == pytest.approx(4, abs=0.1)
    assert markers.spread_markers(dict(reversed(points.items())), gap=2) == spread


def test_markers_that_go_too_far_are_refused() -> None:
    crowd = {str(number): (number / 100, 0.0) for number in range(9)}
    with pytest.raises(AdoptionError, match=r"degrees from its state|do not come apart"):
        markers.spread_markers(crowd, gap=5)
