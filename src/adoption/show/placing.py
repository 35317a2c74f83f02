"""Where the words of a curve stand: off its marks, off one another, off lines where there is room.

A figure is drawn at several widths and its words keep their size, so a place must be free at all.
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
GAP = 8  # pixels from a point to its words
RADIUS = 7  # pixels of a mark, with what is left free around it
STEP = 4  # pixels from a place to the next that is tried
MAX_OVERHANG = 40  # pixels beside a plot into which words may reach
ROUNDS = 4  # in the first each is placed, in the others anew, as all have a place
# What a fault costs, in pixels that words would rather move.
ON_WORDS, ON_MARK, ON_LEADER, ON_CURVE, ON_RULE, OTHER_SIDE = 600, 400, 60, 30, 15, 20


@dataclass(frozen=True)
class Words:
    """Words to be placed: the point that they tell of, and on which side of it they may stand.

    x is a part of the width, y in pixels of the widest plot above its axis; a leader is a line
    upright from the point to them. A tie is what it costs to move them by a pixel.
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
    """Where words stand: the height of their middle, and on which side of their point."""

    y: float
    side: Side


@dataclass(frozen=True)
class Marked:
    """What words keep off, in the units of `Words`: marks, curves as steps, heights of rules."""

    marks: Sequence[tuple[float, float]]
    curves: Sequence[Curve]
    rules: Sequence[float] = ()


Box = tuple[float, float, float, float]  # left, bottom, right, top
Heights = npt.NDArray[np.float64]


def place_words(
    words: Sequence[Words], marked: Marked, height: float
) -> list[LabelPosition | None]:
    """Return a place for each of some words, those before having the first choice.

    Words with a leader for which no place is free are not written: None. Their mark tells them.

    Parameters
    ----------
    words : sequence of Words
        What is written.
    marked : Marked
        What is drawn.
    height : float
        Of the widest plot, in pixels.
    """
    written = dict(enumerate(words))
    while True:
        places = _settled(written, marked, height)
        crowded = [
            number
            for number, label in written.items()
            if label.has_leader and _is_over(number, written, places, marked)
        ]
        if not crowded:
            return [places.get(number) for number in range(len(words))]
        del written[crowded[-1]]


def _settled(words: Mapping[int, Words], marked: Marked, height: float) -> dict[int, LabelPosition]:
    places: dict[int, LabelPosition] = {}
    for _ in range(ROUNDS):
        for number, label in words.items():
            others = [(words[n], place) for n, place in places.items() if n != number]
            places[number] = _best(label, others, marked, height)
    return places


def _is_over(
    number: int, words: Mapping[int, Words], places: Mapping[int, LabelPosition], marked: Marked
) -> bool:
    """Return whether words lie over others or over a mark, at any width."""
    for width, tall in PLOT_SIZES:
        boxes = {n: _box(label, places[n], width, tall) for n, label in words.items()}
        box = boxes.pop(number)
        marks = [_around(x * width, y * tall) for x, y in marked.marks]
        if any(_overlap(box, other) for other in (*boxes.values(), *marks)):
            return True
    return False


def _around(x: float, y: float) -> Box:
    return x - RADIUS, y - RADIUS, x + RADIUS, y + RADIUS


def _overlap(first: Box, second: Box) -> bool:
    across = min(first[2], second[2]) - max(first[0], second[0])
    return across > 0 and min(first[3], second[3]) > max(first[1], second[1])


def _best(
    words: Words, others: Sequence[tuple[Words, LabelPosition]], marked: Marked, height: float
) -> LabelPosition:
    half = _half(words)
    wanted = min(max(words.wanted, half), height - half)
    heights = np.array([wanted, *np.arange(half, height - half, STEP)])
    costs = [_costs(words, side, heights, others, marked) for side in words.sides]
    number, index = np.unravel_index(np.argmin(costs), (len(costs), len(heights)))
    return LabelPosition(float(heights[index]), words.sides[int(number)])


def _costs(
    words: Words,
    side: Side,
    heights: Heights,
    others: Sequence[tuple[Words, LabelPosition]],
    marked: Marked,
) -> Heights:
    """Return what the faults of each height cost, at all widths together."""
    costs = words.tie * np.abs(heights - words.wanted) + OTHER_SIDE * (side != words.sides[0])
    for width, tall in PLOT_SIZES:
        left, right, moved = _across(words, side, width)
        low, high = heights * tall - _half(words), heights * tall + _half(words)
        faults = [(ON_MARK, _around(x * width, y * tall)) for x, y in marked.marks]
        of_others = [_box(*other, width, tall) for other in others]
        faults += [(ON_WORDS, box) for box in of_others]
        faults += [(ON_LEADER, _leader(*other, width, tall)) for other in others]
        faults += [(ON_RULE, (left, rule * tall, right, rule * tall)) for rule in marked.rules]
        for curve in marked.curves:
            ends = _between(curve, left / width, right / width)
            if ends is not None:
                faults.append((ON_CURVE, (left, ends[0] * tall, right, ends[1] * tall)))
        for cost, box in faults:
            if min(right, box[2]) > max(left, box[0]):
                costs = costs + cost * ((high > box[1]) & (low < box[3]))
        if words.has_leader:
            lower, upper = np.minimum(heights, words.y) * tall, np.maximum(heights, words.y) * tall
            for box in of_others:
                if box[0] < words.x * width < box[2]:
                    costs = costs + ON_LEADER * ((upper > box[1]) & (lower < box[3]))
        costs = costs + moved
    return costs


def _half(words: Words) -> float:
    return len(words.lines) * words.size * LINE_HEIGHT / 2


def _across(words: Words, side: Side, width: float) -> tuple[float, float, float]:
    """Return the ends of words, inside the picture, and how far they had to be moved for that."""
    wide = max(map(len, words.lines)) * words.size * GLYPH
    x = words.x * width
    left = x + GAP if side == "right" else x - GAP - wide
    inside = max(min(left, width + GAP - wide), -MAX_OVERHANG)
    return inside, inside + wide, abs(inside - left)


def _box(words: Words, position: LabelPosition, width: float, tall: float) -> Box:
    left, right, _ = _across(words, position.side, width)
    return left, position.y * tall - _half(words), right, position.y * tall + _half(words)


def _leader(words: Words, position: LabelPosition, width: float, tall: float) -> Box:
    x = words.x * width
    low, high = sorted((words.y * tall, position.y * tall))
    return (x - 1, low, x + 1, high) if words.has_leader else (x, 0.0, x, 0.0)


def _between(curve: Curve, left: float, right: float) -> tuple[float, float] | None:
    """Return the lowest and the highest point of a curve of steps between two places."""
    x, y = curve
    if not len(x) or right < x[0] or left > x[-1]:
        return None
    first = max(int(np.searchsorted(x, left, "right")) - 1, 0)
    inside = y[first : int(np.searchsorted(x, right, "right"))]
    return float(inside.min()), float(inside.max())
