"""Where the dots and words of a scale stand: dots above and below a line, names beside some."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

LETTER, BOLD = 0.61, 1.08  # width of a letter in parts of its size; how much wider a bold one is
ROWS = 4  # of names on one side of a line
MAX_NAMED_MEMBERS = 9  # members: of a group as small as this each is named
MAX_NAMED_SIGNATORIES = 8  # that signed: of a wider group these are named


@dataclass(frozen=True)
class Look:
    """How wide a scale is drawn, in pixels, and how many groups it has."""

    width: int
    left: int  # of the first point of the scale
    right: int  # of the last one
    size: float  # of its words
    radius: float
    groups: int
    is_narrow: bool

    @property
    def line(self) -> float:
        """The height of a line of words."""
        return self.size * 1.2


WIDE = Look(width=1120, left=212, right=926, size=14, radius=4.4, groups=4, is_narrow=False)
NARROW = Look(width=350, left=12, right=338, size=13, radius=3.6, groups=3, is_narrow=True)
NO_VALUE = 72  # pixels left of the scale, where those without a value stand
MIN_DOT_GAP = 5  # pixels between dots of one name
MANY, SMALL = 30, 0.8  # members: of a wider group the dots are so much smaller
NAME_LETTERS = {
    False: 22,
    True: 26,
}  # of a line of a group's name: beside its line, and narrow above it
ANCHORS = (("middle", "end", "start"), ("start", "middle", "end"), ("end", "middle", "start"))


@dataclass
class Side:
    """The names on one side of a line, by row, and what leads from dots to them."""

    names: list[tuple[float, float, int]] = field(default_factory=list)  # left, right, row
    leaders: list[tuple[float, int]] = field(default_factory=list)  # place, row

    def has_room(self, left: float, right: float, row: int, x: float) -> bool:
        """Return whether a name fits, with a leader through the rows nearer to the line."""
        is_clear = all(
            right + 6 < start or left - 6 > end for start, end, at in self.names if at == row
        )
        crossed = all(not left - 2 < place < right + 2 for place, at in self.leaders if at > row)
        crossing = all(not start - 2 < x < end + 2 for start, end, at in self.names if at < row)
        return is_clear and crossed and crossing


def placed_dots(data: Mapping[str, Any], look: Look) -> dict[str, Any]:
    """Return the places of a scale: its ticks, and of each group the line, dots and words."""
    groups = data["groups"][: look.groups]
    states = [state for group in groups for state in group["states"]]
    lacks = any(state["value"] is None for state in states)
    left = look.left + (NO_VALUE if lacks else 0)
    unit = (look.right - left) / 100
    top, rows = look.line + 12, []
    for group in groups:
        row = _row(group, data["own"], look, left, unit)
        line = top + row["above"]
        rows.append(_moved(row, line))
        top = line + row["below"]
    ticks = [{"x": left + unit * point, "words": str(point)} for point in range(0, 101, 20)]
    sizes = {"axis": look.size, "top": look.size + 8, "size": look.size}
    no_value = look.left + NO_VALUE / 3 if lacks else None
    return {
        "width": look.width,
        "height": top,
        "left": look.left,
        "right": look.right,
        **sizes,
        "is_narrow": look.is_narrow,
        "ticks": ticks,
        "no_value": no_value,
        "rows": rows,
    }


def _row(
    group: Mapping[str, Any], subject: str, look: Look, left: float, unit: float
) -> dict[str, Any]:
    """Return the dots and words of a group, their heights from its line."""
    dots = []
    words = []
    leaders = []
    room = dict[int, float]()
    radius = look.radius * (SMALL if group["of"] > MANY else 1)
    for up in (1, -1):
        states = [state for state in group["states"] if state["is_above"] == (up == 1)]
        piled = _piled(states, subject, radius, look, left, unit)
        dots += [dot | {"y": -up * dot["away"]} for dot in piled]
        away = max((dot["away"] for dot in piled), default=0) + radius + 3
        names = _names(_to_name(piled, group, up, look), look)
        for name in names:
            far = away + name["row"] * look.line
            y = -far - 1 if up == 1 else far + look.size * 0.8
            words.append(name | {"y": y})
            if name["row"]:
                nearest = -up * (name["away"] + radius)
                end = y - (0 if up == 1 else 9)
                leaders.append({"x": name["x0"], "from": nearest, "to": end})
        used = 1 + max((name["row"] for name in names), default=-1)
        room[up] = away + used * look.line + (4 if used else 6)
    lines = textwrap.wrap(group["label"], NAME_LETTERS[look.is_narrow])
    heading = (len(lines) + 0.5) * look.line if look.is_narrow else 0
    above = max(room[1], look.line)
    beside = 2 if group["reported"] and not look.is_narrow else 1  # lines of its rank and reports
    below = max(room[-1], beside * look.line + 4)
    heights = {
        "above": above + heading,
        "below": below + 2,
        "head": -above - 2 - (len(lines) - 1) * look.line if look.is_narrow else 0,
    }
    group_fields = {
        name: group[name] for name in ("to", "label", "count", "of", "rank", "reported")
    }
    return {
        **group_fields,
        "lines": lines,
        "radius": radius,
        "dots": dots,
        "words": words,
        "leaders": leaders,
        **heights,
    }


def _moved(row: dict[str, Any], line: float) -> dict[str, Any]:
    """Return a group with heights from the top of the drawing."""
    moved = {
        name: [part | {key: part[key] + line for key in keys} for part in row[name]]
        for name, keys in (("dots", ["y"]), ("words", ["y"]), ("leaders", ["from", "to"]))
    }
    return row | moved | {"line": line, "head": row["head"] + line}


def _piled(
    states: Sequence[Mapping[str, Any]],
    subject: str,
    radius: float,
    look: Look,
    left: float,
    unit: float,
) -> list[dict[str, Any]]:
    """Return dots so that none hides another: each stands as near to the line as it can."""

    def rank(state: Mapping[str, Any]) -> tuple[bool, float]:
        return state["iso3"] != subject, -(state["value"] or -1)

    order = sorted(states, key=rank)
    piles: list[list[float]] = []
    dots = []
    for state in order:
        value = state["value"]
        x = look.left + NO_VALUE / 3 if value is None else left + unit * value
        free = (
            number
            for number, pile in enumerate(piles)
            if all(abs(x - other) >= 2 * radius for other in pile)
        )
        level = next(free, len(piles))
        if level == len(piles):
            piles.append([])
        piles[level].append(x)
        away = radius + 1.6 + level * (2 * radius + 0.6)
        dots.append({**state, "x": x, "away": away, "is_own": state["iso3"] == subject})
    return dots


def _to_name(
    dots: list[dict[str, Any]], group: Mapping[str, Any], up: int, look: Look
) -> list[dict[str, Any]]:
    """Return the dots that are named, those of one place together; the state's own first."""
    is_small = group["of"] <= MAX_NAMED_MEMBERS
    is_few = up == 1 and len(dots) <= MAX_NAMED_SIGNATORIES and not look.is_narrow
    wanted = dots if is_small or is_few else []
    places: list[dict[str, Any]] = []
    for dot in sorted(wanted, key=lambda dot: dot["x"]):
        if not places or dot["x"] - places[-1]["x"] > MIN_DOT_GAP:
            places.append({**dot, "names": []})
        near = places[-1]
        near["names"].append((dot["name"], dot["is_own"]))
        near["away"] = max(near["away"], dot["away"])
        near["is_own"] |= dot["is_own"]
    return sorted(places, key=lambda place: (not place["is_own"], -place["x"]))


def _names(places: Sequence[Mapping[str, Any]], look: Look) -> list[dict[str, Any]]:
    """Return the names that fit beside their dots, in the way in which most do.

    The state's own comes first; the others from the right, from the left, or the shortest first.
    """
    of_subject = [place for place in places if place["is_own"]]
    of_others = [place for place in places if not place["is_own"]]
    by_width = sorted(of_others, key=lambda place: _width(place["names"], look.size))
    best: list[dict[str, Any]] = []
    for order in (of_others, by_width, of_others[::-1]):
        for anchors in ANCHORS:
            fitting = [*_fitting([*of_subject, *order], anchors, look)]
            if len(fitting) == len(places):
                return fitting
            best = max(best, fitting, key=len)
    return best


def _fitting(
    places: Sequence[Mapping[str, Any]], anchors: Sequence[str], look: Look
) -> Iterator[dict[str, Any]]:
    """Give the names that fit one after the other, in the row nearest to the line."""
    side = Side()
    most = look.width if look.is_narrow else look.right + 12
    for place in places:
        x = place["x"]
        width = _width(place["names"], look.size)
        starts = {"middle": x - width / 2, "end": x + 2 - width, "start": x - 2}
        fits = (
            (row, anchor)
            for row in range(ROWS)
            for anchor in anchors
            if starts[anchor] >= 0
            and starts[anchor] + width <= most
            and side.has_room(starts[anchor], starts[anchor] + width, row, x)
        )
        row, anchor = next(fits, (-1, ""))
        if row < 0:
            continue
        start = starts[anchor]
        side.names.append((start, start + width, row))
        side.leaders.append((x, row))
        at = {"middle": x, "end": start + width, "start": start}[anchor]
        parts = [{"text": name, "is_own": is_own} for name, is_own in place["names"]]
        yield {
            "x": at,
            "x0": x,
            "anchor": anchor,
            "row": row,
            "parts": parts,
            "away": place["away"],
        }


def _width(names: Sequence[tuple[str, bool]], size: float) -> float:
    """Return about how wide names are with commas between them."""
    letters = sum(len(name) * (BOLD if is_own else 1) for name, is_own in names)
    return size * LETTER * (letters + 2 * (len(names) - 1))
