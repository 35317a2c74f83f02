"""Where the labels of a curve stand: off its marks, off each other, off lines where there is room.

A figure is drawn at several widths and its labels keep their size: a position must be free at all.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

Side = Literal["left", "right"]
Curve = tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]  # x and y of each step
# Width and height of the plot at which a page draws it, in parts of the pixels of the widest.
PLOT_SIZES = ((890, 1.0), (555, 1.0), (282, 0.87))
GLYPH, LINE_HEIGHT = 0.58, 1.3  # of the size of words: the width of a letter, the height of a line
GAP = 8  # pixels from a point to its label
RADIUS = 7  # pixels of a mark, with what is left free around it
STEP = 4  # pixels from a height to the next that is tried
MAX_OVERHANG = 40  # pixels beside a plot into which labels may reach
ROUNDS = 4  # in the first each is placed, in the others anew, since all then have a position
# What a fault costs, in pixels that a label would rather move.
ON_LABEL, ON_MARK, ON_LEADER, ON_CURVE, ON_RULE, OTHER_SIDE = 600, 400, 60, 30, 15, 20


@dataclass(frozen=True)
class Label:
    """A label to be placed: the point that it is about, and on which side of it it may stand.

    x is a part of the width, y in pixels of the widest plot above its axis; a leader is a line
    upright from the point to the label. A tie is what it costs to move the label by a pixel.
    """

    lines: tuple[str, ...]
    x: float
    y: float
    wanted: float
    sides: tuple[Side, ...]
    size: int = 13
    has_leader: bool = True
    tie: float = 1.0


@dataclass(frozen=True)
class LabelPosition:
    """Where a label stands: the height of its middle, and on which side of its point."""

    y: float
    side: Side


@dataclass(frozen=True)
class Obstacles:
    """What labels keep off, in the units of `Label`: marks, curves as steps, heights of rules."""

    marks: Sequence[tuple[float, float]]
    curves: Sequence[Curve]
    rules: Sequence[float] = ()


Box = tuple[float, float, float, float]  # left, bottom, right, top
Heights = npt.NDArray[np.float64]


def place_labels(
    labels: Sequence[Label], obstacles: Obstacles, height: float
) -> list[LabelPosition | None]:
    """Return a position for each label, those before having the first choice.

    A label with a leader that finds no position is not written: None. Its mark has its words.

    Parameters
    ----------
    labels : sequence of Label
        What is written.
    obstacles : Obstacles
        What is drawn.
    height : float
        Of the widest plot, in pixels.
    """
    written = dict(enumerate(labels))
    while True:
        positions = _settled(written, obstacles, height)
        crowded = [
            number
            for number, label in written.items()
            if label.has_leader and _is_over(number, written, positions, obstacles)
        ]
        if not crowded:
            return [positions.get(number) for number in range(len(labels))]
        del written[crowded[-1]]


def _settled(
    labels: Mapping[int, Label], obstacles: Obstacles, height: float
) -> dict[int, LabelPosition]:
    positions: dict[int, LabelPosition] = {}
    for _ in range(ROUNDS):
        for number, label in labels.items():
            placed = [(labels[n], position) for n, position in positions.items() if n != number]
            positions[number] = _best(label, placed, obstacles, height)
    return positions


def _is_over(
    number: int,
    labels: Mapping[int, Label],
    positions: Mapping[int, LabelPosition],
    obstacles: Obstacles,
) -> bool:
    """Return whether a label lies over another or over a mark, at any width."""
    for width, scale in PLOT_SIZES:
        boxes = {n: _box(label, positions[n], width, scale) for n, label in labels.items()}
        box = boxes.pop(number)
        marks = [_around(x * width, y * scale) for x, y in obstacles.marks]
        if any(_overlap(box, other) for other in (*boxes.values(), *marks)):
            return True
    return False


def _around(x: float, y: float) -> Box:
    return x - RADIUS, y - RADIUS, x + RADIUS, y + RADIUS


def _overlap(first: Box, second: Box) -> bool:
    across = min(first[2], second[2]) - max(first[0], second[0])
    return across > 0 and min(first[3], second[3]) > max(first[1], second[1])


def _best(
    label: Label, placed: Sequence[tuple[Label, LabelPosition]], obstacles: Obstacles, height: float
) -> LabelPosition:
    half = _half(label)
    wanted = min(max(label.wanted, half), height - half)
    heights = np.array([wanted, *np.arange(half, height - half, STEP)])
    costs = [_costs(label, side, heights, placed, obstacles) for side in label.sides]
    number, index = np.unravel_index(np.argmin(costs), (len(costs), len(heights)))
    return LabelPosition(float(heights[index]), label.sides[int(number)])


def _costs(
    label: Label,
    side: Side,
    heights: Heights,
    placed: Sequence[tuple[Label, LabelPosition]],
    obstacles: Obstacles,
) -> Heights:
    """Return what the faults of each height cost, at all widths together."""
    costs = label.tie * np.abs(heights - label.wanted) + OTHER_SIDE * (side != label.sides[0])
    for width, scale in PLOT_SIZES:
        left, right, moved = _across(label, side, width)
        low, high = heights * scale - _half(label), heights * scale + _half(label)
        faults = [(ON_MARK, _around(x * width, y * scale)) for x, y in obstacles.marks]
        boxes = [_box(*other, width, scale) for other in placed]
        faults += [(ON_LABEL, box) for box in boxes]
        faults += [(ON_LEADER, _leader(*other, width, scale)) for other in placed]
        faults += [(ON_RULE, (left, rule * scale, right, rule * scale)) for rule in obstacles.rules]
        for curve in obstacles.curves:
            ends = _between(curve, left / width, right / width)
            if ends is not None:
                faults.append((ON_CURVE, (left, ends[0] * scale, right, ends[1] * scale)))
        for cost, box in faults:
            if min(right, box[2]) > max(left, box[0]):
                costs = costs + cost * ((high > box[1]) & (low < box[3]))
        if label.has_leader:
            lower = np.minimum(heights, label.y) * scale
            upper = np.maximum(heights, label.y) * scale
            for box in boxes:
                if box[0] < label.x * width < box[2]:
                    costs = costs + ON_LEADER * ((upper > box[1]) & (lower < box[3]))
        costs = costs + moved
    return costs


def _half(label: Label) -> float:
    return len(label.lines) * label.size * LINE_HEIGHT / 2


def _across(label: Label, side: Side, width: float) -> tuple[float, float, float]:
    """Return the ends of a label, inside the picture, and how far it had to be moved for that."""
    wide = max(map(len, label.lines)) * label.size * GLYPH
    x = label.x * width
    left = x + GAP if side == "right" else x - GAP - wide
    inside = max(min(left, width + GAP - wide), -MAX_OVERHANG)
    return inside, inside + wide, abs(inside - left)


def _box(label: Label, position: LabelPosition, width: float, scale: float) -> Box:
    left, right, _ = _across(label, position.side, width)
    return left, position.y * scale - _half(label), right, position.y * scale + _half(label)


def _leader(label: Label, position: LabelPosition, width: float, scale: float) -> Box:
    x = label.x * width
    low, high = sorted((label.y * scale, position.y * scale))
    return (x - 1, low, x + 1, high) if label.has_leader else (x, 0.0, x, 0.0)


def _between(curve: Curve, left: float, right: float) -> tuple[float, float] | None:
    """Return the lowest and the highest point of a curve of steps between two places."""
    x, y = curve
    if not len(x) or right < x[0] or left > x[-1]:
        return None
    first = max(int(np.searchsorted(x, left, "right")) - 1, 0)
    inside = y[first : int(np.searchsorted(x, right, "right"))]
    return float(inside.min()), float(inside.max())
