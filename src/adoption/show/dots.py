"""Where the dots and words of a scale stand: dots above and below a line, names beside some."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

LETTER, BOLD = 0.54, 1.08  # width of a letter in parts of its size; how much wider a bold one is
ROWS = 3  # of names on one side of a line
NAMED = 9  # members: of a group as small as this each is named
FEW = 8  # that signed: of a wider group these are named


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


WIDE = Look(width=1120, left=212, right=926, size=14, radius=4.4, groups=5, is_narrow=False)
NARROW = Look(width=350, left=12, right=338, size=13, radius=3.6, groups=3, is_narrow=True)
NO_VALUE = 34  # pixels left of the scale, where those without a value stand


@dataclass
class Side:
    """What stands on one side of a line: its dots, and its names by row."""

    up: int  # 1 above the line, -1 below it
    names: list[tuple[float, float, int]] = field(default_factory=list)  # left, right, row
    leaders: list[tuple[float, int]] = field(default_factory=list)  # place, row

    def has_room(self, left: float, right: float, row: int, x: float) -> bool:
        """Return whether a name fits, with a leader through the rows nearer to the line."""
        beside = all(right + 6 < l or left - 6 > r for l, r, at in self.names if at == row)
        crossed = all(not left - 3 < place < right + 3 for place, at in self.leaders if at > row)
        crossing = all(not l - 3 < x < r + 3 for l, r, at in self.names if at < row)
        return beside and crossed and crossing


def placed(data: Mapping[str, Any], look: Look) -> dict[str, Any]:
    """Return the places of a scale: its ticks, and of each group the line, dots and words."""
    groups = data["groups"][: look.groups]
    lacks = any(state["value"] is None for group in groups for state in group["states"])
    left = look.left + (NO_VALUE if lacks else 0)
    unit = (look.right - left) / 100
    top, rows = look.line + 12, []
    for group in groups:
        row = _row(group, data["own"], look, left, unit)
        line = top + row["above"]
        rows.append(_moved(row, line))
        top = line + row["below"]
    ticks = [{"x": left + unit * point, "words": str(point)} for point in range(0, 101, 20)]
    return {
        "width": look.width,
        "height": top,
        "left": look.left,
        "right": look.right,
        "axis": look.size,
        "top": look.size + 8,
        "size": look.size,
        "radius": look.radius,
        "is_narrow": look.is_narrow,
        "ticks": ticks,
        "no_value": look.left + NO_VALUE / 3 if lacks else None,
        "rows": rows,
    }


def _row(
    group: Mapping[str, Any], own: str, look: Look, left: float, unit: float
) -> dict[str, Any]:
    """Return the dots and words of a group, their heights from its line."""
    dots, words, leaders, room = [], [], [], {}
    for up in (1, -1):
        states = [state for state in group["states"] if state["is_above"] == (up == 1)]
        piled = _piled(states, own, look, left, unit)
        dots += [dot | {"y": -up * dot["away"]} for dot in piled]
        away = max((dot["away"] for dot in piled), default=0) + look.radius + 3
        side = Side(up)
        for name in _names(_to_name(piled, group, own, up, look), side, look):
            far = away + name["row"] * look.line
            y = -far - 1 if up == 1 else far + look.size * 0.8
            words.append(name | {"y": y})
            if name["row"]:
                nearest = -up * (name["away"] + look.radius)
                leaders.append({"x": name["x0"], "from": nearest, "to": y - (0 if up == 1 else 9)})
        used = 1 + max((row for _, _, row in side.names), default=-1)
        room[up] = away + used * look.line + (4 if used else 6)
    heading = 1.5 * look.line if look.is_narrow else 0
    return {
        **{name: group[name] for name in ("to", "label", "count", "of", "rank", "reported")},
        "dots": dots,
        "words": words,
        "leaders": leaders,
        "above": max(room[1], look.line) + heading,
        "below": max(room[-1], look.line + 4) + 6,
        "head": -max(room[1], look.line) - 2 if look.is_narrow else 0,
    }


def _moved(row: dict[str, Any], line: float) -> dict[str, Any]:
    """Return a group with heights from the top of the drawing."""
    moved = {
        name: [part | {key: part[key] + line for key in keys} for part in row[name]]
        for name, keys in (("dots", ["y"]), ("words", ["y"]), ("leaders", ["from", "to"]))
    }
    return row | moved | {"line": line, "head": row["head"] + line}


def _piled(
    states: Sequence[Mapping[str, Any]], own: str, look: Look, left: float, unit: float
) -> list[dict[str, Any]]:
    """Return dots so that none hides another: each stands as near to the line as it can."""
    order = sorted(states, key=lambda state: (state["iso3"] != own, -(state["value"] or -1)))
    piles: list[list[float]] = []
    dots = []
    for state in order:
        value = state["value"]
        x = look.left + NO_VALUE / 3 if value is None else left + unit * value
        free = (
            number
            for number, pile in enumerate(piles)
            if all(abs(x - other) >= 2 * look.radius for other in pile)
        )
        level = next(free, len(piles))
        if level == len(piles):
            piles.append([])
        piles[level].append(x)
        away = look.radius + 1.6 + level * (2 * look.radius + 0.6)
        dots.append({**state, "x": x, "away": away, "is_own": state["iso3"] == own})
    return dots


def _to_name(
    dots: list[dict[str, Any]], group: Mapping[str, Any], own: str, up: int, look: Look
) -> list[dict[str, Any]]:
    """Return the dots that are named, those of one place together; the state's own first."""
    is_small = group["of"] <= NAMED
    is_few = up == 1 and len(dots) <= FEW and not look.is_narrow
    wanted = [dot for dot in dots if is_small or is_few or dot["iso3"] == own]
    places: dict[int, dict[str, Any]] = {}
    for dot in wanted:
        near = places.setdefault(round(dot["x"] / 3), {**dot, "names": []})
        near["names"].append((dot["name"], dot["is_own"]))
        near["away"] = max(near["away"], dot["away"])
        near["is_own"] |= dot["is_own"]
    return sorted(places.values(), key=lambda place: (not place["is_own"], -place["x"]))


def _names(
    places: Sequence[Mapping[str, Any]], side: Side, look: Look
) -> Iterator[dict[str, Any]]:
    """Give the names that fit beside their dots, in the row nearest to the line."""
    for place in places:
        x, width = place["x"], _width(place["names"], look.size)
        anchors = {"middle": x - width / 2, "end": x + 6 - width, "start": x - 6}
        fits = (
            (row, anchor, start)
            for row in range(ROWS)
            for anchor, start in anchors.items()
            if start >= 0
            and start + width <= (look.width if look.is_narrow else look.right + 12)
            and side.has_room(start, start + width, row, x)
        )
        row, anchor, start = next(fits, (-1, "", 0.0))
        if row < 0:
            continue
        side.names.append((start, start + width, row))
        side.leaders.append((x, row))
        at = {"middle": x, "end": start + width, "start": start}[anchor]
        parts = [{"text": name, "is_own": is_own} for name, is_own in place["names"]]
        yield {"x": at, "x0": x, "anchor": anchor, "row": row, "parts": parts, **_away(place)}


def _away(place: Mapping[str, Any]) -> dict[str, Any]:
    return {"away": place["away"]}


def _width(names: Sequence[tuple[str, bool]], size: float) -> float:
    """Return about how wide names are with commas between them."""
    letters = sum(len(name) * (BOLD if is_own else 1) for name, is_own in names)
    return size * LETTER * (letters + 2 * (len(names) - 1))
