"""Where to draw groups of dots so that they do not overlap: a disc a group, linked ones near."""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence

GOLDEN_ANGLE = math.pi * (3 - math.sqrt(5))
ANGLES = 48  # tried around each disc that is placed
GAP = 4  # between two discs, in distances between dots: room for the words above one
FLAT = 1.0  # how much dearer height is than width: as wide as high fits large and small screens

Point = tuple[float, float]


def radius(number: int) -> float:
    """Return the radius of a disc of dots that lie about one apart."""
    return 0.56 * math.sqrt(number) + 0.5


def sunflower(number: int) -> list[Point]:
    """Return dots that fill a disc evenly, the first in the middle (Vogel 1979).

    Examples
    --------
    >>> [len(sunflower(n)) for n in (0, 1, 7)]
    [0, 1, 7]
    """
    spots = ((0.56 * math.sqrt(i), i * GOLDEN_ANGLE) for i in range(number))
    return [(r * math.cos(angle), r * math.sin(angle)) for r, angle in spots]


def pack(sizes: Sequence[int], links: Collection[tuple[int, int]]) -> list[Point]:
    """Place a disc for each group of dots, none over another.

    Linked discs come first, the largest of them first, so that no other lies between them.

    Each disc goes where it touches one that is placed, as near as may be to the discs it is
    linked with and to the middle of all.
    """
    near: dict[int, set[int]] = {i: set() for i in range(len(sizes))}
    for one, other in links:
        near[one].add(other)
        near[other].add(one)
    placed: dict[int, Point] = {}
    order = sorted(range(len(sizes)), key=lambda i: (not near[i], -sizes[i], i))
    for index in order:
        spots = _around(index, sizes, placed)
        free = [spot for spot in spots if _is_free(index, spot, sizes, placed)]
        wanted = [placed[i] for i in sorted(near[index]) if i in placed]
        placed[index] = min(free, key=lambda spot: _cost(spot, wanted)) if placed else (0.0, 0.0)
    return [placed[i] for i in range(len(sizes))]


def _around(index: int, sizes: Sequence[int], placed: dict[int, Point]) -> list[Point]:
    spots = []
    for other, (x, y) in placed.items():
        reach = radius(sizes[index]) + radius(sizes[other]) + GAP
        for step in range(ANGLES):
            angle = 2 * math.pi * step / ANGLES
            spots.append((x + reach * math.cos(angle), y + reach * math.sin(angle)))
    return spots


def _is_free(index: int, spot: Point, sizes: Sequence[int], placed: dict[int, Point]) -> bool:
    return all(
        math.dist(spot, middle) >= radius(sizes[index]) + radius(sizes[other]) + GAP - 1e-9
        for other, middle in placed.items()
    )


def _cost(spot: Point, wanted: Sequence[Point]) -> tuple[float, float]:
    """Return how far a spot lies from where it should be, rounded so that ties are stable."""
    flat = [math.hypot(spot[0] - x, FLAT * (spot[1] - y)) for x, y in wanted or [(0.0, 0.0)]]
    return round(sum(flat), 6), round(math.hypot(spot[0], FLAT * spot[1]), 6)
