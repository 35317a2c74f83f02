"""Where the words of a curve stand: off its marks, off one another, off its lines.

A figure is drawn at several widths and its words keep their size, so a position must be free at
all widths of a wide drawing. A narrow one has positions of its own.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import numpy as np
import numpy.typing as npt

from adoption.press.figures import text_width

Side = Literal["left", "right"]
Numbers = npt.NDArray[np.float64]
Curve = tuple[Numbers, Numbers, Numbers]  # x of each step, and the ends of its band in y
Sizes = Sequence[tuple[int, float]]
# Width and height of the plot at which a page draws it, in parts of the pixels of the widest.
WIDE_PLOTS: Sizes = ((890, 1.0), (700, 1.0))
HALF_PLOTS: Sizes = ((540, 1.0),)  # where two figures stand side by side
NARROW_PLOTS: Sizes = ((282, 0.87),)
LINE_HEIGHT = 1.3  # of the size of words
GAP = 8  # pixels from a point to its words
LINE = 2  # pixels of a line on either side of where it is
RADIUS = 7  # pixels of a mark, with what is left free around it
STEP = 4  # pixels from a position to the next that is tried
MAX_LEADER = 160  # pixels from a point to its words: from further off nobody tells whose they are
ROUNDS = 4  # in the first each is placed, in the others anew, as all have a position
# What a fault costs, in pixels that words would rather move.
ON_LABEL, ON_MARK, ON_CURVE, ON_LEADER, ON_LINE = 600, 400, 400, 120, 80
ON_RULE, OTHER_SIDE = 60, 20


@dataclass(frozen=True)
class Label:
    """A label to be placed: the point that it is about, and on which side of that it may stand.

    x is a part of the width, y in pixels of the widest plot above its axis; a leader is a line
    upright from the point to the label; one without keeps its position while the others move. A tie
    is what it costs to move the label by a pixel.
    """

    lines: tuple[str, ...]
    x: float
    y: float
    wanted: float
    sides: tuple[Side, ...]
    size: int = 13
    has_leader: bool = True
    tie: float = 1.0

    @cached_property
    def width(self) -> float:
        """How wide they are, in pixels."""
        return max(text_width(line, self.size) for line in self.lines)


@dataclass(frozen=True)
class LabelPosition:
    """Where words stand: the height of their middle, and on which side of their point."""

    y: float
    side: Side


@dataclass(frozen=True)
class Obstacles:
    """What labels keep off, in the units of `Label`: marks, bands as steps, heights of rules."""

    marks: Sequence[tuple[float, float]]
    curves: Sequence[Curve]
    rules: Sequence[float] = ()


Box = tuple[float, float, float, float]  # left, bottom, right, top


def place_labels(
    labels: Sequence[Label], obstacles: Obstacles, height: float, sizes: Sizes
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
    written = {n: label for n, label in enumerate(labels) if not label.has_leader}
    positions = _settled(written, obstacles, height, sizes)
    for number, label in enumerate(labels):
        if not label.has_leader:
            continue
        with_label = written | {number: label}
        tried = _settled(with_label, obstacles, height, sizes)
        days = [n for n in with_label if labels[n].has_leader]
        if not any(_is_over(n, with_label, tried, obstacles, sizes) for n in days):
            written, positions = with_label, tried
    return [positions.get(number) for number in range(len(labels))]


def _settled(
    labels: Mapping[int, Label], obstacles: Obstacles, height: float, sizes: Sizes
) -> dict[int, LabelPosition]:
    positions: dict[int, LabelPosition] = {}
    for _ in range(ROUNDS):
        for number, label in labels.items():
            if number in positions and not label.has_leader:
                continue
            placed = [(labels[n], position) for n, position in positions.items() if n != number]
            positions[number] = _best(label, placed, obstacles, height, sizes)
    return positions


def _is_over(
    number: int,
    labels: Mapping[int, Label],
    positions: Mapping[int, LabelPosition],
    obstacles: Obstacles,
    sizes: Sizes,
) -> bool:
    """Return whether words lie over others, a mark, a curve or the axis, at any width.

    Nor may the line that leads to them run through others.
    """
    for width, tall in sizes:
        boxes = {n: _box(label, positions[n], width, tall) for n, label in labels.items()}
        box = boxes.pop(number)
        marks = [_around(x * width, y * tall) for x, y in obstacles.marks]
        curves = _curves_between(box[0], box[2], obstacles, width, tall)
        drawn = (*boxes.values(), *marks, *curves)
        if box[0] < 0 or any(_overlap(box, other) for other in drawn):
            return True
        leader = _leader(labels[number], positions[number], width, tall)
        if any(_overlap(leader, other) for other in boxes.values()):
            return True
    return False


def _around(x: float, y: float) -> Box:
    return x - RADIUS, y - RADIUS, x + RADIUS, y + RADIUS


def _overlap(first: Box, second: Box) -> bool:
    across = min(first[2], second[2]) - max(first[0], second[0])
    return across > 0 and min(first[3], second[3]) > max(first[1], second[1])


def _best(
    label: Label,
    placed: Sequence[tuple[Label, LabelPosition]],
    obstacles: Obstacles,
    height: float,
    sizes: Sizes,
) -> LabelPosition:
    half = _half(label)
    wanted = min(max(label.wanted, half), height - half)
    heights = np.array([wanted, *np.arange(half, height - half, STEP)])
    if label.has_leader:
        heights = heights[np.abs(heights - label.y) <= MAX_LEADER]
    costs = [_costs(label, side, heights, placed, obstacles, sizes) for side in label.sides]
    number, index = np.unravel_index(np.argmin(costs), (len(costs), len(heights)))
    return LabelPosition(float(heights[index]), label.sides[int(number)])


def _costs(
    label: Label,
    side: Side,
    heights: Numbers,
    placed: Sequence[tuple[Label, LabelPosition]],
    obstacles: Obstacles,
    sizes: Sizes,
) -> Numbers:
    """Return what the faults of each height cost, at all widths together."""
    costs = label.tie * np.abs(heights - label.wanted) + OTHER_SIDE * (side != label.sides[0])
    for width, tall in sizes:
        left, right, moved = _across(label, side, width)
        middle = heights * tall
        low, high = middle - _half(label), middle + _half(label)
        faults = [(ON_MARK, _around(x * width, y * tall)) for x, y in obstacles.marks]
        boxes = [_box(*other, width, tall) for other in placed]
        faults += [(ON_LABEL, box) for box in boxes]
        faults += [(ON_LEADER, _leader(*other, width, tall)) for other in placed]
        faults += [(ON_RULE, (left, rule * tall, right, rule * tall)) for rule in obstacles.rules]
        curves = _curves_between(left, right, obstacles, width, tall)
        faults += [(ON_CURVE, box) for box in curves]
        for cost, box in faults:
            if min(right, box[2]) > max(left, box[0]):
                costs = costs + cost * ((high > box[1]) & (low < box[3]))
        if label.has_leader:
            x, y = label.x * width, label.y * tall
            lower, upper = np.minimum(middle, y), np.maximum(middle, y)
            crossed = [(ON_LEADER, box) for box in boxes if box[0] < x < box[2]]
            lines = _curves_between(x - 1, x + 1, obstacles, width, tall)
            crossed += [(ON_LINE, box) for box in lines if not box[1] <= y <= box[3]]
            for cost, box in crossed:
                costs = costs + cost * ((upper > box[1]) & (lower < box[3]))
        costs = costs + moved + ON_LABEL * (left < 0)  # the words of the axis
    return costs


def _half(label: Label) -> float:
    return len(label.lines) * label.size * LINE_HEIGHT / 2


def _across(label: Label, side: Side, width: float) -> tuple[float, float, float]:
    """Return the ends of words, inside the picture, and how far they had to be moved for that."""
    x = label.x * width
    left = x + GAP if side == "right" else x - GAP - label.width
    inside = min(left, width + GAP - label.width)
    return inside, inside + label.width, abs(inside - left)


def _box(label: Label, position: LabelPosition, width: float, tall: float) -> Box:
    left, right, _ = _across(label, position.side, width)
    middle, half = position.y * tall, _half(label)
    return left, middle - half, right, middle + half


def _leader(label: Label, position: LabelPosition, width: float, tall: float) -> Box:
    x = label.x * width
    low, high = sorted((label.y * tall, position.y * tall))
    return (x - 1, low, x + 1, high) if label.has_leader else (x, 0.0, x, 0.0)


def _curves_between(
    left: float, right: float, obstacles: Obstacles, width: float, tall: float
) -> list[Box]:
    """Return how low and how high each curve is between two positions."""
    boxes = []
    for x, lower, upper in obstacles.curves:
        if not len(x) or right < x[0] * width or left > x[-1] * width:
            continue
        first = max(int(np.searchsorted(x, left / width, "right")) - 1, 0)
        steps = slice(first, int(np.searchsorted(x, right / width, "right")))
        low = float(lower[steps].min()) * tall
        high = float(upper[steps].max()) * tall
        boxes.append((left, low - LINE, right, high + LINE))
    return boxes
