"""A figure as SVG: each value where its axis has it, each interval, each word inside."""

from __future__ import annotations

import re
from typing import Any
from xml.etree import ElementTree as ET

import pytest

from adoption.errors import AdoptionError
from adoption.reports.pages.svg import chart_svg

SVG = "{http://www.w3.org/2000/svg}"


def drawn(*traces: dict[str, Any], width: int = 800, **layout: Any) -> ET.Element:
    figure = {"data": list(traces), "layout": {"meta": {"height": 400}, **layout}}
    return ET.fromstring(chart_svg(figure, width, "Label", "f"))


def places(svg: ET.Element, letter: str) -> list[float]:
    return [float(circle.get(f"c{letter}", "")) for circle in svg.iter(f"{SVG}circle")]


def words(svg: ET.Element) -> dict[str, float]:
    return {str(text.text): float(text.get("x", "")) for text in svg.iter(f"{SVG}text")}


def dots(x: list[Any], y: list[Any], **more: Any) -> dict[str, Any]:
    return {"type": "scatter", "mode": "markers", "x": x, "y": y, **more}


def test_a_point_stands_at_the_tick_of_its_value() -> None:
    svg = drawn(dots([0, 5, 10], [1, 2, 3]), xaxis={"range": [-1, 11], "tickvals": [0, 5, 10]})
    ticks = words(svg)
    assert places(svg, "x") == [ticks["0"], ticks["5"], ticks["10"]]
    years = drawn(dots(["2020-01-01", "2024-01-01"], [1, 1]),
                  xaxis={"range": ["2019-06-01", "2024-06-01"]})  # fmt: skip
    assert places(years, "x") == [words(years)["2020"], words(years)["2024"]]
    log = drawn(dots([0.1, 1, 10], [1, 1, 1]),
                xaxis={"type": "log", "range": [-1.5, 1.5], "tickvals": [0.1, 1, 10]})  # fmt: skip
    first, middle, last = places(log, "x")
    assert middle - first == pytest.approx(last - middle, abs=0.2)
    named = drawn(dots(["b", "a"], [1, 1]), xaxis={"categoryarray": ["a", "b"]})
    assert places(named, "x") == [words(named)["b"], words(named)["a"]]
    upside = drawn(dots([1, 1], [0, 1]), yaxis={"autorange": "reversed"})
    assert places(upside, "y")[0] < places(upside, "y")[1]


def test_what_is_missing_is_a_gap_and_a_step_holds_until_the_next_value() -> None:
    line = {"type": "scatter", "mode": "lines", "x": [0, 1, 2, 3], "y": [1, 2, None, 1],
            "line": {"shape": "hv", "color": "#042A54"}}  # fmt: skip
    (path,) = [p.get("d") for p in drawn(line).iter(f"{SVG}path") if p.get("stroke-width") == "2"]
    assert str(path).count("M") == 2
    level = re.match(r"M[\d.]+ [\d.]+H[\d.]+V[\d.]+", str(path))
    assert level, "level to the next value, and then a step"


def test_an_interval_has_its_two_ends() -> None:
    bars = {"type": "data", "array": [2], "arrayminus": [1], "color": "#56616D"}
    svg = drawn(dots([5], [1], error_x=bars), xaxis={"range": [0, 10], "tickvals": [4, 7]})
    (path,) = [p.get("d") for p in svg.iter(f"{SVG}path") if "H" in str(p.get("d"))]
    low, high = re.findall(r"M([\d.]+) [\d.]+H([\d.]+)", str(path))[0]
    assert [float(low), float(high)] == [words(svg)["4"], words(svg)["7"]]


def rectangles(svg: ET.Element) -> list[tuple[float, ...]]:
    return [tuple(float(r.get(k, "0")) for k in ("x", "y", "width", "height"))
            for r in svg.iter(f"{SVG}rect") if r.get("fill", "").startswith("var")]  # fmt: skip


def test_bars_stand_on_each_other() -> None:
    bars = [{"type": "bar", "x": ["a"], "y": [n], "name": str(n)} for n in (2, 3)]
    low, high = rectangles(drawn(*bars, barmode="stack", showlegend=False))
    assert high[1] + high[3] == pytest.approx(low[1], abs=0.2)
    assert high[3] / low[3] == pytest.approx(1.5, rel=0.01)


def test_a_hatched_bar_keeps_the_colour_of_its_status_below_the_lines_and_the_number() -> None:
    pattern = {"shape": "/", "fillmode": "overlay", "fgcolor": "#1D2733", "solidity": 0.15}
    bar = {"type": "bar", "x": [1], "y": ["a"], "orientation": "h", "text": ["1"],
           "marker": {"color": "#3079BC", "pattern": pattern}}  # fmt: skip
    svg = drawn(bar, barmode="stack", showlegend=False)
    (under, over) = next(svg.iter(f"{SVG}pattern"))
    assert (under.get("fill"), over.get("width")) == ("var(--3079bc,#3079BC)", "0.75")
    (number,) = [g for g in svg.iter(f"{SVG}g") if g.get("paint-order")]
    assert number.get("stroke") == under.get("fill")


def test_the_bar_of_a_month_begins_on_its_first_day() -> None:
    month = {"type": "bar", "x": ["2025-11-01"], "y": [2], "offset": 0, "width": [30 * 86.4e6]}
    svg = drawn(month, xaxis={"type": "date", "range": ["2025-10-01", "2026-01-01"]})
    ((left, _, width, _),) = rectangles(svg)
    assert [left, left + width] == pytest.approx([words(svg)[f"{m} 2025"] for m in ("Nov", "Dec")])


def test_an_upright_line_has_the_colour_of_its_edge_and_a_key_shows_line_and_mark() -> None:
    tick = {"symbol": "line-ns", "size": 9, "color": "#9AA4AF",
            "line": {"color": "#E8A33D", "width": 2}}  # fmt: skip
    window = dots([1, 2], [1, 1], mode="lines+markers", name="reported", marker=tick,
                  line={"color": "#E8A33D", "width": 2, "dash": "dot"})  # fmt: skip
    svg = drawn(window, dots([1], [2], name="other"))
    strokes = [e.get("stroke") for e in svg.iter() if e.get("stroke-width") == "2"]
    assert strokes == ["var(--e8a33d,#E8A33D)"] * 4, "in the plot and in its key"


@pytest.mark.parametrize("width", [350, 1000])
def test_words_are_inside_and_marks_tell_their_value(width: int) -> None:
    note = {"text": "<b>A long label</b><br>of two lines", "x": 1, "y": 1, "xref": "paper",
            "yref": "y", "xanchor": "left", "showarrow": False}  # fmt: skip
    trace = dots([1.25], ["A category with a long name"], name="N",
                 hovertemplate="%{y}: %{x:.1f} of %{fullData.name}<extra></extra>")  # fmt: skip
    svg = drawn(trace, width=width, annotations=[note], yaxis={"title": {"text": "axis"}})
    assert all(0 <= x <= width for x in words(svg).values())
    titles = [str(title.text) for title in svg.iter(f"{SVG}title")]
    wide = width > 640  # a small screen has no pointer
    assert titles == ["A category with a long name: 1.2 of N"] * wide
    assert svg.get("aria-label") == "Label"


def test_a_kind_of_trace_that_is_not_drawn_is_refused() -> None:
    with pytest.raises(AdoptionError, match="no chart of pie, scatter3d is drawn"):
        drawn({"type": "scatter3d"}, {"type": "pie"})


def test_a_line_may_stand_on_an_axis_that_has_no_points() -> None:
    # Acts of which no day is known: the strip above the rows is empty, and has its line.
    line = {"type": "line", "x0": 2, "x1": 2, "yref": "y domain", "y0": 0, "y1": 1}
    strips: dict[str, Any] = {
        "yaxis": {"domain": [0.9, 1], "range": [0, 1]},
        "yaxis2": {"domain": [0, 0.8]},
    }
    shape = {**line, "line": {"color": "#000000"}}
    svg = drawn(dots([1, 2], [1, 2], yaxis="y2"), shapes=[shape], **strips)
    assert len(places(svg, "x")) == 2
