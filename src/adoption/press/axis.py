"""An axis of a drawing: from values to pixels, and where its ticks are."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

import numpy as np

FigurePart = Mapping[str, Any]  # of a figure: plotly's JSON
ROUND_STEPS = (2, 5, 10)  # from a tick to the next, in tens, ones, tenths
TICK_MONTHS = (1, 2, 3, 6, 12)
YEAR, MONTH = 365.25, 365.25 / 12  # days


class Axis:
    """An axis: from values to pixels, and where its ticks are."""

    def __init__(self, layout: FigurePart, horizontal: bool, values: list[Any]) -> None:
        self.layout, self.horizontal = layout, horizontal
        numbers = [value for value in values if value is not None]
        texts = [value for value in numbers if isinstance(value, str)]
        kind = "date" if all(map(_is_day, texts)) else "category"
        self.kind = layout.get("type") or (kind if texts else "linear")
        categories = [*(layout.get("categoryarray") or []), *numbers]
        self.names = list(dict.fromkeys(map(str, categories)))

    def place(self, start: float, end: float, traces: Sequence[FigurePart]) -> None:
        """Set the ends and their pixels: where no range is stated, the ends of plotly.js."""
        self.start, self.end, room = start, end, abs(end - start)
        if stated := self.layout.get("range"):
            is_number = self.kind == "log"  # whose ends are powers of ten
            self.low, self.high = (float(v) if is_number else self.number(v) for v in stated)
            return
        low, high, free = np.array([self._span(trace, room) for trace in traces]).T
        units = np.subtract.outer(high, low) / (room - np.add.outer(free, free))
        last, first = np.unravel_index(units.argmax(), units.shape)
        widest = units.max() * free if units.max() else np.ones(len(free))
        self.low, self.high = low[first] - widest[first], high[last] + widest[last]

    def _span(self, trace: FigurePart, room: float) -> tuple[float, float, float]:
        """Return the ends of a trace, and the pixels that plotly.js leaves free beside each."""
        values = trace["x" if self.horizontal else "y"]
        numbers = [self.number(value) for value in values if value is not None] or [0.0]
        radius = max(np.max(trace["marker"]["size"]) / 1.6, 3) if "markers" in trace["mode"] else 0
        free = radius + (room / 20 if radius or not self.horizontal else 0)
        return min(numbers), max(numbers), free

    def number(self, value: Any) -> float:
        """Return the place of a value on a scale without ends."""
        if self.kind == "category":
            return float(self.names.index(str(value)) if str(value) in self.names else value)
        if self.kind == "date" and isinstance(value, str):
            return moment(value).timestamp() / 86400
        return math.log10(float(value)) if self.kind == "log" else float(value)

    def at(self, value: Any) -> float:
        """Return the pixel of a value."""
        return self.pixel(self.number(value))

    def pixel(self, number: float) -> float:
        """Return the pixel of a place on the scale."""
        part = (number - self.low) / ((self.high - self.low) or 1.0)
        return self.start + part * (self.end - self.start)

    def ticks(self) -> list[tuple[float, str]]:
        """Return the pixel and the words of each tick."""
        low, high = sorted((self.low, self.high))
        margin = (high - low) * 1e-6
        inside = [
            (number, text)
            for number, text in self.marks()
            if low - margin <= number <= high + margin
        ]
        return [(self.pixel(number), text) for number, text in inside]

    def marks(self) -> list[tuple[float, str]]:
        """Return the place and the words of each tick."""
        values = self.layout.get("tickvals")
        if values is not None:
            texts = self.layout.get("ticktext") or [self.text(value) for value in values]
            return [(self.number(v), str(t)) for v, t in zip(values, texts, strict=True)]
        if self.kind == "category":
            return [(float(at), name) for at, name in enumerate(self.names)]
        if self.kind == "date":
            return self._dates()
        low, high = sorted((self.low, self.high))
        step = self.layout.get("dtick") or _step(self._about())
        places = [n * step for n in range(math.floor(low / step), math.ceil(high / step) + 1)]
        return [(at, self.text(round(at, 9))) for at in places]

    def _about(self) -> float:
        """Return about how far plotly.js has a tick from the next."""
        room = abs(self.end - self.start) / (80 if self.horizontal else 40)
        return abs(self.high - self.low) / (self.layout.get("nticks") or min(max(room, 4), 9) + 1)

    def _dates(self) -> list[tuple[float, str]]:
        days = self._about()
        step = next((step for step in TICK_MONTHS if step > days / MONTH), 12)
        if days > YEAR / 2:
            step = max(round(12 * _step(days / YEAR)), 12)
        ends = sorted((self.low, self.high))
        first, last = (datetime.fromtimestamp(day * 86400, UTC) for day in ends)
        start = first.year * 12 + first.month - 1
        months = range(start - start % step, last.year * 12 + last.month, step)
        ticks = [datetime(month // 12, month % 12 + 1, 1, tzinfo=UTC) for month in months]
        form = "%Y" if step >= 12 else "%b %Y"
        return [(day.timestamp() / 86400, f"{day:{form}}") for day in ticks]

    def text(self, value: Any) -> str:
        """Return a value as its tick has it."""
        form, suffix = self.layout.get("tickformat", ""), self.layout.get("ticksuffix", "")
        return f"{formatted_value(value, form)}{suffix}"


def _step(least: float) -> float:
    """Return the smallest round step that is more."""
    power = 10.0 ** math.floor(math.log10(least)) if least > 0 else 1.0
    return next((step * power for step in ROUND_STEPS if step * power > least), 10 * power)


def formatted_value(value: Any, form: str) -> str:
    """Return a value as d3's format has it, as far as Python's is the same."""
    if isinstance(value, str):
        return f"{moment(value):%-d %b %Y}" if _is_day(value) else value
    if value is None:
        return "not known"
    if not form:
        return f"{value:,.6g}" if abs(value) < 1e6 else f"{value:,.0f}"
    return f"{value:{form}}"


def _is_day(text: str) -> bool:
    return bool(re.fullmatch(r"\d{4}-\d\d-\d\d([T ][\d:.]+)?", text))


def moment(text: str) -> datetime:
    """Return the moment of a day or time in ISO 8601; without a zone it is UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)
