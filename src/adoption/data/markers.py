"""Markers of small states, pushed apart where they would overlap."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import combinations
from math import cos, hypot, radians

from adoption.errors import AdoptionError

MARKER_GAP = 10 * 360 / 1400  # degrees: a circle of 9 pixels and its outline at 1400 pixels
FURTHEST_MOVE = 4.0  # degrees: further away a marker would seem to belong to another state


def spread_markers(
    points: Mapping[str, tuple[float, float]], gap: float = MARKER_GAP
) -> dict[str, tuple[float, float]]:
    """Push markers that overlap apart, a little at a time, and leave the others alone.

    A degree of longitude counts as on the globe, cos(latitude): no usual projection draws it
    narrower, so what is apart here is apart on the map.
    """
    places = dict(sorted(points.items()))
    for _ in range(1000):
        settled = True
        for one, other in combinations(places, 2):
            (west, south), (east, north) = places[one], places[other]
            narrow = cos(radians((south + north) / 2))
            across, up = (east - west) * narrow, north - south
            apart = hypot(across, up)
            if apart < gap:
                settled = False
                # Half of what lacks for each, and a little more so that the pushing ends.
                push = (gap - apart) / 2 + 0.01
                across, up = (across / apart, up / apart) if apart else (1.0, 0.0)
                places[one] = west - push * across / narrow, south - push * up
                places[other] = east + push * across / narrow, north + push * up
        if settled:
            break
    else:
        raise AdoptionError("the markers of small states do not come apart")
    for name, (longitude, latitude) in places.items():
        moved = hypot(longitude - points[name][0], latitude - points[name][1])
        if moved > FURTHEST_MOVE:
            raise AdoptionError(f"the marker of {name} is {moved:.1f} degrees from its state")
    return {name: (round(place[0], 3), round(place[1], 3)) for name, place in places.items()}
