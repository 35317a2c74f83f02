"""A plotly figure as SVG, drawn without a script: what the project's figures use of plotly.

A colour of the style is written as `var(--ink,#1D2733)`, so that a style sheet can replace it in
the dark.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from itertools import groupby
from operator import itemgetter
from typing import Any

import numpy as np
from PIL import ImageColor

from adoption.press.axis import Axis, FigurePart, formatted_value, moment
from adoption.press.elements import (
    line_path,
    mark_shape,
    mark_style,
    nth_value,
    paint,
    px,
    rectangle,
    step_corners,
    stroke,
    text_element,
    unbroken,
)
from adoption.press.figures import NARROW, WIDE, text_width
from adoption.press.geometry import PROJECTION, RESOLUTION
from adoption.press.style import Style

NARROW_WIDTH = 480  # a drawing below this width has smaller words
MAX_HOVER_MARKS = (
    150  # marks of a series: a reader points at none of them; its data are there as CSV
)
FILL = "rgba(154,164,175,0.3)"
SMALLEST = 12.0  # pixels of words
MARK_ATTRIBUTES = """type name showlegend hoverinfo hovertemplate customdata meta text x y
 marker.color marker.line.color marker.line.width """
# What of plotly's attributes is drawn, or changes nothing in a drawing, by kind of trace.
DRAWN_ATTRIBUTES = {
    "bar": MARK_ATTRIBUTES
    + """constraintext insidetextanchor marker.pattern.bgcolor marker.pattern.fgcolor
 marker.pattern.fillmode marker.pattern.shape marker.pattern.size marker.pattern.solidity offset
 orientation textangle textfont.color textfont.size textposition width""",
    "choropleth": MARK_ATTRIBUTES + "colorscale locationmode locations showscale z",
    "heatmap": "type hoverinfo colorscale showscale xgap ygap z zmax zmin",
    "scatter": MARK_ATTRIBUTES
    + """legendgroup orientation xaxis yaxis cliponaxis dx dy x0 y0
 fill fillcolor line.color line.dash line.shape
 line.width marker.opacity marker.size marker.symbol mode opacity error_x.array error_x.arrayminus
 error_x.color error_x.symmetric error_x.thickness error_x.width error_y.array error_y.arrayminus
 error_y.color error_y.symmetric error_y.thickness error_y.width""",
    "scattergeo": MARK_ATTRIBUTES
    + """ids lat line.color line.dash line.width lon marker.size marker.symbol
 mode""",
}
LAYOUT = {
    "annotations",
    "bargap",
    "barmode",
    "geo",
    "height",
    "legend",
    "margin",
    "meta",
    "shapes",
    "showlegend",
    "template",
    "title",
    "xaxis",
    "yaxis",
}
WIDER = {"error_x", "error_y", "fill"}  # than its points a trace may be
PADDING = 2  # pixels between a note and its anchor
CAP = 4  # pixels from an interval to either end of the mark across its end
HALO = ' stroke="{}" stroke-width="{}" stroke-linejoin="round" paint-order="stroke"'
HOVER = re.compile(r"%\{(?P<name>[\w.]+)(?P<form>[:|][^}]*)?\}")
EXTRA = re.compile(r"<extra></extra>|</?[bi]>")
SERIES_NAME = re.compile(
    r"<extra>(.+?)</extra>"
)  # of the series, which Plotly sets beside the words


def chart_svg(figure: FigurePart, width: int, label: str, name: str, style: Style) -> str:
    """Draw a figure.

    Parameters
    ----------
    figure : mapping
        Plotly's JSON: `data` and `layout`.
    width : int
        Of the drawing, in pixels.
    label : str
        The text alternative.
    name : str
        Begins the ids of what the drawing defines; no other in the page begins so.
    style : Style
        How it looks.
    """
    return _Drawing(figure, width, name, style).drawn().svg(label)


@dataclass(frozen=True)
class Drawn:
    """A drawing before it is an element: its box, how it looks as attributes, what is in it."""

    box: tuple[float, float, float, float]  # left, top, width and height
    looks: str
    body: str

    @property
    def view_box(self) -> str:
        """The box as SVG has it."""
        return " ".join(map(px, self.box))

    def svg(self, label: str) -> str:
        """Return it as an element, with a text alternative."""
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{self.view_box}" {self.looks} '
            f'role="img" aria-label="{escape(label)}">{self.body}</svg>'
        )

    def part(self, left: float, top: float, width: float) -> tuple[str, float]:
        """Return it as a part of another drawing, so wide, and how high it then is."""
        height = width * self.box[3] / self.box[2]
        box = f'x="{left}" y="{top}" width="{width}" height="{height}"'
        return f'<svg {box} viewBox="{self.view_box}" {self.looks}>{self.body}</svg>', height


def draw_chart(figure: FigurePart, width: int, name: str, style: Style) -> Drawn:
    """Draw a figure for another drawing; see `chart_svg`."""
    return _Drawing(figure, width, name, style).drawn()


def is_drawn(figure: FigurePart) -> bool:
    """Return whether a figure is drawn here as plotly.js draws it: those of `finish` are."""
    return next(_not_drawn(figure), None) is None


def not_drawn(figure: FigurePart) -> str:
    """Return the trace or the attribute that leaves a figure to plotly.js; no text if none does.

    Examples
    --------
    >>> not_drawn({"data": [{"type": "box", "y": [1, 2]}], "layout": {}})
    'trace 1, box'
    """
    return next(_not_drawn(figure), "")


def _not_drawn(figure: FigurePart) -> Iterator[str]:
    """Yield what only plotly.js can draw, or leaves to it what it makes of the values."""
    layout, traces = figure.get("layout", {}), figure["data"]
    kinds = [trace.get("type", "scatter") for trace in traces]
    for number, (kind, trace) in enumerate(zip(kinds, traces, strict=True), start=1):
        drawn = {*DRAWN_ATTRIBUTES.get(kind, "").split()}
        if not drawn:
            yield f"trace {number}, {kind}"
        elif unknown := sorted({*_attributes(trace)} - drawn):
            yield f"trace {number}, {kind}: {', '.join(unknown)}"
    if unknown := sorted(layout.keys() - LAYOUT):
        yield f"layout: {', '.join(unknown)}"
    if kinds.count("bar") > 1 and layout.get("barmode") != "stack":
        yield "layout.barmode: bars of several traces that are not stacked"
    geo = layout.get("geo", {})
    is_map = geo.get("resolution") == RESOLUTION and geo["projection"].get("type") == PROJECTION
    if not is_map and not _has_ends(figure):
        yield "layout.xaxis.range, layout.yaxis.range: not set"
    if "alternative" not in layout.get("meta", {}):
        yield "layout.meta.alternative: there is no text alternative"


def _attributes(part: FigurePart, above: str = "") -> Iterator[str]:
    """Return the names of what is set in a part of a figure, such as `marker.color`."""
    for name, value in part.items():
        if isinstance(value, Mapping):
            yield from _attributes(value, f"{above}{name}.")
        else:
            yield f"{above}{name}"


def _has_ends(figure: FigurePart) -> bool:
    """Return whether it is known how far the axes go: of lines and dots alone these say so."""
    layout, traces = figure.get("layout", {}), figure["data"]
    stated = all("range" in layout.get(name, {}) for name in ("xaxis", "yaxis"))
    drawn_over = [*layout.get("shapes", ()), *layout.get("annotations", ())]
    alone = bool(traces) and all(part.get("name") == "source" for part in drawn_over)
    return stated or (alone and all(_is_plain_line(trace) for trace in traces))


def _is_plain_line(trace: FigurePart) -> bool:
    return trace.get("type", "scatter") == "scatter" and not WIDER & {*trace}


class _Drawing:
    """One figure at one width."""

    def __init__(self, figure: FigurePart, width: int, name: str, style: Style) -> None:
        self.layout, self.name, self.width, self.style = figure["layout"], name, width, style
        self.small = width < NARROW_WIDTH
        self.size = SMALLEST if self.small else 13.0
        self.defs: list[str] = []
        full = float(self.layout.get("meta", {}).get("height", 440)) - 70
        self.height = max(full * 0.9, 300.0) if self.small else full
        scale = 0.8 if self.small else 1.0  # of marks
        self.traces = [
            _full(trace, index, scale, style) for index, trace in enumerate(figure["data"])
        ]
        if not _has_ends(figure):
            raise ValueError("only plotly.js knows how far the axes of such a figure go")
        values = {letter: [v for trace in self.traces for v in trace[letter]] for letter in "xy"}
        self.x = Axis(self.layout.get("xaxis", {}), True, values["x"])
        self.y = Axis(self.layout.get("yaxis", {}), False, values["y"])
        self._place()

    def _place(self) -> None:
        """Give the axes their pixels: what stands around the plot takes its room first."""
        self.legend, above = self._legend()
        self.height += above
        margin = self.layout.get("margin", {})
        below = self.x.layout.get("visible", True) * (self.size + 12)
        below += bool(_title(self.x.layout)) * (self.size + 8)
        below = max(below, float(margin.get("b", 66)) - 50)
        # Whole pixels, as plotly.js has them: on less than one hangs how many ticks there are.
        self.y.place(round(self.height - below - 4), round(12.0 + above), self.traces)
        words = [text_width(text, self.size) for _, text in self.y.ticks()]
        right = float(margin.get("r", 14))
        right = right * 0.85 if self.small and right > 60 else max(right, 14.0)
        left = max(words, default=-6.0) + 12.0 + bool(_title(self.y.layout)) * self.size * 1.5
        self.x.place(round(left), round(self.width - right), self.traces)

    def drawn(self) -> Drawn:
        """Return the drawing."""
        parts = [
            *self._shapes("below"),
            *self._axes(),
            *map(self._trace, self.traces),
            *self._shapes("above"),
            *self._annotations(),
            *self.legend,
        ]
        plot = rectangle(self.x.start, self.y.end, self.x.end, self.y.start, "")
        self.defs.append(f'<clipPath id="{self.name}-clip">{plot}</clipPath>')
        # Marks beside each other that tell nothing are one line with gaps.
        drawn = "\n".join(filter(None, parts)).replace('"></path><path d="', "")
        drawn = drawn.replace(f' font-size="{px(self.size)}"', "")  # as of the whole
        looks = f'font-size="{px(self.size)}" fill="{self.style.css(self.style.ink)}"'
        box = (0.0, 0.0, float(self.width), round(self.height, 1))
        return Drawn(box, looks, f"<defs>{''.join(self.defs)}</defs>\n{drawn}\n")

    # Axes

    def _axes(self) -> Iterator[str]:
        for axis, other in ((self.x, self.y), (self.y, self.x)):
            if not axis.layout.get("visible", True):
                continue
            low, high = sorted((other.start, other.end))
            lines, words, last = [], [], -math.inf
            for pixel, text in axis.ticks():
                line = (pixel, low, pixel, high) if axis.horizontal else (low, pixel, high, pixel)
                lines.append("M{} {}L{} {}".format(*map(px, line)))
                half = text_width(text, self.size) / 2
                if not axis.horizontal:
                    words.append(self._words(text, low - 7, pixel, "end", "middle"))
                elif pixel - half >= last + 4:
                    last = pixel + half
                    near = self._inside(pixel, 2 * half, "middle")
                    words.append(self._words(text, near, high + self.size * 0.57, "middle", "top"))
            if axis.layout.get("showgrid", True) and lines:
                colour = self.style.css(axis.layout.get("gridcolor", self.style.grid))
                yield f'<path stroke="{colour}" d="{"".join(lines)}"/>'
            muted = self.style.css(self.style.muted)
            yield f'<g fill="{muted}">{"".join(words)}{self._axis_title(axis)}</g>'

    def _axis_title(self, axis: Axis) -> str:
        title = _title(axis.layout)
        if not title:
            return ""
        middle = (axis.start + axis.end) / 2
        if axis.horizontal:
            return self._words(title, middle, self.height - 4, "middle", "bottom")
        turn = f"translate({px(self.size * 0.7)} {px(middle)}) rotate(-90)"
        return f'<g transform="{turn}">{self._words(title, 0, 0, "middle", "middle")}</g>'

    def _words(self, text: str, x: float, y: float, anchor: str, upright: str) -> str:
        return text_element(text, x, y, self.size, anchor, upright)

    # Traces

    def _trace(self, trace: FigurePart) -> str:
        opacity = f' opacity="{trace["opacity"]}"' if "opacity" in trace else ""
        clipped = "" if trace.get("cliponaxis") is False else f' clip-path="url(#{self.name}-clip)"'
        draw = {"bar": self._bars, "heatmap": self._cells, "scatter": self._scatter}
        parts = "".join(draw[trace["type"]](trace, self.x, self.y))
        series = f' data-series="{escape(str(trace["name"]))}"' if trace.get("name") else ""
        return f"<g{opacity}{clipped}{series}>{parts}</g>" if parts else ""

    def _scatter(self, trace: FigurePart, x: Axis, y: Axis) -> Iterator[str]:
        points, mode, line = self._points(trace), trace["mode"], trace["line"]
        shape = line.get("shape", "linear")
        if trace.get("fill", "none") != "none":
            yield self._fill(trace, points, shape)
        yield from _errors(trace, points, x, y, self.style)
        if "lines" in mode:
            path = "".join(line_path(part, shape) for part in unbroken(points))
            if path and line.get("width", 2):
                yield f'<path fill="none" {stroke(self.style, **line)} d="{path}"/>'
        marks = self._markers if "markers" in mode else self._targets
        yield from marks(trace, points)

    def _points(self, trace: FigurePart) -> list[Any]:
        """Return where the points of a trace are; None where one has no place."""
        return [
            None if a is None or b is None else (self.x.at(a), self.y.at(b))
            for a, b in zip(trace["x"], trace["y"], strict=False)
        ]

    def _fill(self, trace: FigurePart, points: list[Any], shape: str) -> str:
        outlines = unbroken(points)
        if trace["fill"] == "tonexty":
            back = self._points(self.traces[trace["place"] - 1])
            outlines = [
                step_corners([p for p in points if p], shape) + step_corners(back, shape)[::-1]
            ]
        parts = "".join(line_path(outline, "linear") + "z" for outline in outlines)
        return f'<path {paint(self.style, "fill", trace.get("fillcolor", FILL))} d="{parts}"/>'

    def _targets(self, trace: FigurePart, points: list[Any]) -> Iterator[str]:
        """Give what a line tells at its points."""
        for index, point in enumerate(points):
            if point and (title := self._hover(trace, index)):
                attributes = f'cx="{px(point[0])}" cy="{px(point[1])}"'
                attributes += ' r="5" fill="none" pointer-events="all"'
                yield f"<circle {attributes}>{title}</circle>"

    def _markers(self, trace: FigurePart, points: list[Any]) -> Iterator[str]:
        marker = trace["marker"]
        marks = [
            (mark_style(marker, n, self.style), n, point) for n, point in enumerate(points) if point
        ]
        for looks, group in groupby(marks, key=itemgetter(0)):
            shapes = [
                mark_shape(marker, n, point, self._hover(trace, n, len(points)))
                for _, n, point in group
            ]
            # Of marks on the same spot that say the same, one is seen.
            yield f"<g {looks}>{''.join(dict.fromkeys(shapes))}</g>"

    def _bars(self, trace: FigurePart, x: Axis, y: Axis) -> Iterator[str]:
        flat = trace.get("orientation") == "h"
        along, across = (x, y) if flat else (y, x)
        values, places = (trace["x"], trace["y"]) if flat else (trace["y"], trace["x"])
        for number, (position, value) in enumerate(zip(places, values, strict=False)):
            if not value:
                continue
            low, high = self._bar_sides(trace, across, position, number)
            base = self._below(trace, position, flat)
            ends = sorted((along.at(base), along.at(base + value)))
            box = (ends[0], low, ends[1], high) if flat else (low, ends[0], high, ends[1])
            looks = self._bar_style(trace["marker"], number)
            yield rectangle(*box, looks, self._hover(trace, number))
            if trace.get("text"):
                yield self._bar_text(trace, number, box)

    def _bar_sides(self, trace: FigurePart, across: Axis, value: Any, number: int) -> list[float]:
        position, gap = across.number(value), float(self.layout.get("bargap", 0.2))
        unit = 86.4e6 if across.kind == "date" else 1
        width = float(nth_value(trace.get("width", (1 - gap) * unit), number)) / unit
        first = position + trace.get("offset", -width / 2)  # an offset counts from the value
        return sorted((across.pixel(first), across.pixel(first + width)))

    def _below(self, trace: FigurePart, place: Any, flat: bool) -> float:
        """Return where a bar begins: at the end of those below it in its stack."""
        places, values = ("y", "x") if flat else ("x", "y")
        bars = [other for other in self.traces[: trace["place"]] if other["type"] == "bar"]
        pairs = [zip(other[places], other[values], strict=False) for other in bars]
        return float(
            sum(value or 0 for pair in pairs for position, value in pair if position == place)
        )

    def _bar_style(self, marker: FigurePart, number: int) -> str:
        colour = self.style.css(str(nth_value(marker["color"], number)))
        line, pattern = marker.get("line", {}), marker.get("pattern", {})
        edge = f" {stroke(self.style, **line)}" if line.get("width") else ""
        if not pattern.get("shape"):
            return f'fill="{colour}"{edge}'
        name = f"{self.name}-hatch-{len(self.defs)}"
        under, over = (
            self.style.css(str(pattern.get(end, colour))) for end in ("bgcolor", "fgcolor")
        )
        wide = 5 * pattern.get("solidity", 0.3)
        self.defs.append(
            f'<pattern id="{name}" width="5" height="5" patternUnits="userSpaceOnUse" '
            f'patternTransform="rotate(45)"><rect width="5" height="5" fill="{under}"/>'
            f'<rect width="{wide:g}" height="5" fill="{over}"/></pattern>'
        )
        return f'fill="url(#{name})"{edge}'

    def _bar_text(self, trace: FigurePart, number: int, box: Sequence[float]) -> str:
        words = str(nth_value(trace["text"], number))
        size, room = SMALLEST, box[2] - box[0]
        if not words or text_width(words, size) >= room - 4:
            return ""
        colour = nth_value(trace.get("textfont", {}).get("color", self.style.ink), number)
        middle = ((box[0] + box[2]) / 2, (box[1] + box[3]) / 2)
        label = text_element(words, *middle, size, "middle", "middle")
        marker = trace["marker"]
        hatched = marker.get("pattern", {}).get("shape")
        halo = HALO.format(self.style.css(nth_value(marker["color"], number)), 3) if hatched else ""
        return f'<g fill="{self.style.css(str(colour))}" pointer-events="none"{halo}>{label}</g>'

    def _cells(self, trace: FigurePart, x: Axis, y: Axis) -> Iterator[str]:
        low, high = trace.get("zmin", 0), trace.get("zmax", 1)
        gap = float(trace.get("xgap", 0))
        before, after = gap // 2, gap - gap // 2
        for row, line in zip(trace["y"], trace["z"], strict=True):
            for column, value in zip(trace["x"], line, strict=True):
                if value is None:
                    continue
                across = sorted(x.pixel(x.number(column) + side) for side in (-0.5, 0.5))
                down = sorted(y.pixel(y.number(row) + side) for side in (-0.5, 0.5))
                colour = _blend(trace["colorscale"], (value - low) / ((high - low) or 1))
                ends = (across[0] + before, down[0] + before, across[1] - after, down[1] - after)
                yield rectangle(*ends, f'fill="{colour}"')

    def _hover(self, trace: FigurePart, index: int, marks: int = 1) -> str:
        """Return what a mark tells under a pointer, a finger or the focus."""
        template = trace.get("hovertemplate")
        if not template or trace.get("hoverinfo") == "skip" or marks > MAX_HOVER_MARKS:
            return ""
        axes = {"x": self.x, "y": self.y}

        def filled(match: re.Match[str]) -> str:
            name, form = match["name"], match["form"] or ""
            value = nth_value(trace.get(name), index)
            if form.startswith("|"):
                return f"{moment(value):{form[1:]}}"
            if name in axes and not form:
                return axes[name].text(value)
            return formatted_value(value, form[1:])

        text = SERIES_NAME.sub(r", \1", HOVER.sub(filled, str(nth_value(template, index))))
        text = EXTRA.sub("", text.replace("<br>", "\n"))
        return f"<title>{escape(text)}</title>"

    # What stands on the plot

    def _where(self, ref: str, letter: str, value: Any) -> float:
        axis = self.x if letter == "x" else self.y
        if ref == "paper" or ref.endswith(" domain"):
            return axis.start + float(value) * (axis.end - axis.start)
        return axis.pixel(float(value)) if axis.kind == "log" else axis.at(value)

    def _shapes(self, layer: str) -> Iterator[str]:
        for shape in self.layout.get("shapes", []):
            if shape.get("layer", "above") != layer or self._is_left_out(shape):
                continue
            x0, x1 = (self._where(shape.get("xref", "x"), "x", shape[k]) for k in ("x0", "x1"))
            y0, y1 = (self._height(shape, shape[k]) for k in ("y0", "y1"))
            if shape["type"] == "line":
                looks = stroke(
                    self.style, **{"color": self.style.ink, "width": 1} | shape.get("line", {})
                )
                yield f'<path {looks} d="M{px(x0)} {px(y0)}L{px(x1)} {px(y1)}"/>'
            else:
                looks, edge = paint(self.style, "fill", shape["fillcolor"]), shape.get("line", {})
                looks += f" {stroke(self.style, **edge)}" if edge.get("color") else ""
                yield rectangle(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1), looks)

    def _is_left_out(self, part: FigurePart) -> bool:
        return bool(part.get("name") == (WIDE if self.small else NARROW))

    def _height(self, shape: FigurePart, value: Any) -> float:
        """Return how high an end of a shape is; its anchor may have it in pixels above."""
        ref = shape.get("yref", "y")
        if shape.get("ysizemode") == "pixel":
            return self._where(ref, "y", shape["yanchor"]) - float(value)
        return self._where(ref, "y", value)

    def _annotations(self) -> Iterator[str]:
        on_cells = any(trace["type"] == "heatmap" for trace in self.traces)
        for note in self.layout.get("annotations", []):
            if note.get("name") == "source" or not note.get("text") or self._is_left_out(note):
                continue
            font = note.get("font", {})
            size = max(min(float(font.get("size", self.size)), self.size), SMALLEST)
            x = self._where(note.get("xref", "x"), "x", note.get("x", 0.5)) + note.get("xshift", 0)
            y = self._where(note.get("yref", "y"), "y", note.get("y", 0.5)) - note.get("yshift", 0)
            sides = note.get("xanchor", "center"), note.get("yanchor", "middle")
            x += PADDING * ((sides[0] == "left") - (sides[0] == "right"))
            y += PADDING * ((sides[1] == "top") - (sides[1] == "bottom"))
            text, angle = str(note["text"]), note.get("textangle")
            if angle:  # upwards: lines begin below, and the first is on the left
                turned = {"left": "top", "right": "bottom", "top": "right", "bottom": "left"}
                sides = turned.get(sides[1], "center"), turned.get(sides[0], "middle")
            anchor = {"left": "start", "right": "end"}.get(sides[0], "middle")
            x = x if angle else self._inside(x, text_width(text, size), anchor)
            turn = f' transform="rotate({angle} {px(x)} {px(y)})"' if angle else ""
            halo = HALO.format(self.style.css(self.style.paper), 6) if note.get("bgcolor") else ""
            words = text_element(text, x, y, size, anchor, sides[1])
            colour = font.get("color", self.style.ink)
            fill = colour if on_cells else self.style.css(colour)  # as those of the cells
            yield f'<g fill="{fill}"{halo}{turn}>{words}</g>'

    def _inside(self, x: float, width: float, anchor: str) -> float:
        """Return where words stand, moved if need be so that none is outside the picture."""
        before = {"start": 0.0, "end": width}.get(anchor, width / 2)
        return max(before + 2, min(x, self.width - width + before - 2))

    def _legend(self) -> tuple[list[str], float]:
        """Return the marks and words of the legend above the plot, and its height."""
        named = [t for t in self.traces if t.get("showlegend", True) and t.get("name")]
        if not named or not self.layout.get("showlegend", len(named) > 1):
            return [], 0.0
        parts, x, y = [], 8.0, self.size
        for name, trace in {str(trace["name"]): trace for trace in named}.items():
            width = 22 + text_width(name, self.size)
            if x > 8 and x + width > self.width:
                x, y = 8.0, y + self.size * 1.6
            parts.append(self._key(trace, x, y) + self._words(name, x + 16, y, "start", "middle"))
            x += width + 16
        return parts, y + self.size

    def _key(self, trace: FigurePart, x: float, y: float) -> str:
        if trace["type"] == "bar":
            return rectangle(x - 5, y - 6, x + 7, y + 6, self._bar_style(trace["marker"], 0))
        line = f'<path {stroke(self.style, **trace["line"])} d="M{px(x - 8)} {px(y)}h16"/>'
        sized = {"marker": trace["marker"] | {"size": self.size - 3}, "hovertemplate": None}
        marks = "".join(self._markers({**trace, **sized}, [(x, y)]))
        return line * ("lines" in trace["mode"]) + marks * ("markers" in trace["mode"])


def _full(trace: FigurePart, index: int, scale: float, style: Style) -> dict[str, Any]:
    """Return a trace with its number, all its values, and the looks that line and marks share."""
    line, marker = trace.get("line", {}), trace.get("marker", {})
    default = style.colourway[index % len(style.colourway)]
    colour = {"color": line.get("color") or marker.get("color") or default}
    size = {"size": np.multiply(marker.get("size", 6), scale).tolist()}
    x, y = (_values(trace, letter) for letter in "xy")
    mode = "lines+markers" if min(len(x), len(y)) < 20 else "lines"
    looks = {"line": colour | line, "marker": colour | marker | size}
    return {"mode": mode, **trace, **looks, "x": x, "y": y, "place": index}


def _values(trace: FigurePart, letter: str) -> list[Any]:
    """Return the values of a trace along an axis; where only a start is values, one step each."""
    if (values := trace.get(letter)) is not None:
        return list(values)
    other = trace.get("y" if letter == "x" else "x") or []
    if trace["type"] == "heatmap":
        other = trace["z"] if letter == "y" else trace["z"][0]
    start, step = trace.get(f"{letter}0", 0), trace.get(f"d{letter}", 1)
    return [start + step * n for n in range(len(other))]


def _errors(trace: FigurePart, points: list[Any], x: Axis, y: Axis, style: Style) -> Iterator[str]:
    """Give the intervals of points."""
    for letter, axis in (("x", x), ("y", y)):
        bars = trace.get(f"error_{letter}") or {}
        if not bars.get("array"):
            continue
        path, cap = "", bars.get("width", CAP)
        for index, point in enumerate(points):
            more = bars["array"][index]
            less = (bars.get("arrayminus") or bars["array"])[index]
            if point is None or more is None or less is None:
                continue
            value = float(trace[letter][index])
            has_low = axis.kind != "log" or value > less  # else it goes on to the end of the plot
            low, high = axis.at(value - less) if has_low else axis.start, axis.at(value + more)
            side = point[letter == "x"]
            lines = [((low, side), (high, side))]
            lines += [((end, side - cap), (end, side + cap)) for end in (low, high) if cap]
            turn = slice(None, None, 1 if letter == "x" else -1)
            path += "".join(line_path([a[turn], b[turn]], "linear") for a, b in lines)
        colour = bars.get("color", trace["marker"]["color"])
        yield f'<path {stroke(style, colour, bars.get("thickness", 2))} d="{path}"/>'


def _title(layout: FigurePart) -> str:
    return str(layout.get("title", {}).get("text") or "")


def _blend(scale: Sequence[Sequence[Any]], part: float) -> str:
    """Return the colour of a scale at a part of its length."""
    channels = np.array([ImageColor.getrgb(colour) for _, colour in scale]).T
    mixed = [np.interp(part, [end for end, _ in scale], channel) for channel in channels]
    return "#" + "".join(f"{round(value):02x}" for value in mixed)
