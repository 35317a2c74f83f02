"""A figure as SVG: which are drawn, what marks tell, words inside; places: tests/browser."""

from __future__ import annotations

import re
from typing import Any
from xml.etree import ElementTree as ET

import pandas as pd
import plotly.express as px
import pytest

from adoption.figures.finishing import finish
from adoption.figures.notebook import as_output
from adoption.figures.theme import STYLE
from adoption.press.svg import chart_svg, is_drawn, not_drawn

SVG = "{http://www.w3.org/2000/svg}"


def drawn(*traces: dict[str, Any], width: int = 800, **layout: Any) -> ET.Element:
    axes = {name: {"range": [0, 10], **layout.pop(name, {})} for name in ("xaxis", "yaxis")}
    figure = {"data": list(traces), "layout": {"meta": {"height": 400}, **axes, **layout}}
    return ET.fromstring(chart_svg(figure, width, "Label", "f", STYLE))


def words(svg: ET.Element) -> dict[str, float]:
    return {str(text.text): float(text.get("x", "")) for text in svg.iter(f"{SVG}text")}


def dots(x: list[Any], y: list[Any], **more: Any) -> dict[str, Any]:
    return {"type": "scatter", "mode": "markers", "x": x, "y": y, **more}


@pytest.mark.parametrize("kind", ["linear", "log"])
def test_an_interval_has_its_two_ends(kind: str) -> None:
    bars = {"type": "data", "array": [2], "arrayminus": [1], "color": "#56616D", "width": 0}
    axis = {"type": kind, "range": [0, 1 if kind == "log" else 10], "tickvals": [4, 7]}
    svg = drawn(dots([5], [1], error_x=bars), xaxis=axis, yaxis={"visible": False})
    (path,) = [p.get("d") for p in svg.iter(f"{SVG}path") if "H" in str(p.get("d"))]
    low, high = re.findall(r"M([\d.]+) [\d.]+H([\d.]+)", str(path))[0]
    assert [float(low), float(high)] == [words(svg)["4"], words(svg)["7"]]


def test_a_hatched_bar_keeps_the_colour_of_its_status_below_the_lines_and_the_number() -> None:
    pattern = {"shape": "/", "fillmode": "overlay", "fgcolor": "#1D2733", "solidity": 0.15}
    bar = {
        "type": "bar",
        "x": [1],
        "y": ["a"],
        "orientation": "h",
        "text": ["1"],
        "marker": {"color": "#3079BC", "pattern": pattern},
    }
    svg = drawn(bar, barmode="stack", showlegend=False, yaxis={"range": [-1, 1]})
    (under, over) = next(svg.iter(f"{SVG}pattern"))
    assert (under.get("fill"), over.get("width")) == ("var(--signed,#3079BC)", "0.75")
    (number,) = [g for g in svg.iter(f"{SVG}g") if g.get("paint-order")]
    assert number.get("stroke") == under.get("fill")


def test_an_upright_line_has_the_colour_of_its_edge_and_a_key_shows_line_and_mark() -> None:
    tick = {
        "symbol": "line-ns",
        "size": 9,
        "color": "#9AA4AF",
        "line": {"color": "#E8A33D", "width": 2},
    }
    window = dots(
        [1, 2],
        [1, 1],
        mode="lines+markers",
        name="reported",
        marker=tick,
        line={"color": "#E8A33D", "width": 2, "dash": "dot"},
    )
    svg = drawn(window, dots([1], [2], name="other"))
    strokes = [e.get("stroke") for e in svg.iter() if e.get("stroke-width") == "2"]
    assert strokes == ["var(--reported,#E8A33D)"] * 4, "in the plot and in its key"


@pytest.mark.parametrize("width", [350, 1000])
def test_words_are_inside_and_marks_tell_their_value(width: int) -> None:
    note = {
        "text": "<b>A long label</b><br>of two lines",
        "x": 1,
        "y": 1,
        "xref": "paper",
        "yref": "y",
        "xanchor": "left",
        "showarrow": False,
    }
    trace = dots(
        [1.25],
        ["A category with a long name"],
        name="N",
        hovertemplate="%{y}: %{x:.1f}<extra></extra>",
    )
    svg = drawn(trace, width=width, annotations=[note], yaxis={"title": {"text": "axis"}})
    assert all(0 <= x <= width for x in words(svg).values())
    assert [e.text for e in svg.iter(f"{SVG}title")] == ["A category with a long name: 1.2"]
    assert svg.get("aria-label") == "Label"


WORDS = {"title": "", "subtitle": "", "source": "", "alternative": "Dots."}


def test_what_is_drawn_is_finished_and_leaves_nothing_to_plotly() -> None:
    figure = finish(px.scatter(x=[1, 2], y=[3, 4]), **WORDS)  # type: ignore[arg-type]
    figure.update_traces(marker=None, legendgroup=None, xaxis=None, yaxis=None, orientation=None)
    assert is_drawn(as_output(figure.to_dict())), "its axes reach as far as its points"
    bars = finish(px.bar(x=[1, 2], y=[3, 4]), **WORDS)  # type: ignore[arg-type]
    assert not is_drawn(as_output(bars.to_dict())), "what its axes show is left open"
    figure.update_traces(error_y={"array": [1, 1]})
    assert not is_drawn(as_output(figure.to_dict())), "an interval goes further than its point"
    figure.update_layout(xaxis={"range": [0, 3]}, yaxis={"range": [0, 5]})
    assert is_drawn(as_output(figure.to_dict()))
    for change in ({"textposition": "top left"}, {"line": {"shape": "spline", "smoothing": 1.3}}):
        changed = type(figure)(figure).update_traces(change)
        assert not is_drawn(as_output(changed.to_dict())), change


FRAME = pd.DataFrame({"port": ["Brest", "Doha", "Doha"], "metres": [6.1, 2.0, 1.0]})
LAND = {"type": "FeatureCollection", "features": []}
OF_OTHERS = {
    "trace 1, box": px.box(FRAME, x="port", y="metres"),
    "trace 1, histogram": px.histogram(FRAME, x="metres"),
    "trace 1, pie": px.pie(FRAME, names="port", values="metres"),
    "trace 1, choropleth: colorbar.title.text, geojson": px.choropleth(
        FRAME, geojson=LAND, locations="port", color="metres"
    ).update_traces(coloraxis=None, geo=None, colorbar_title_text="metres"),
    "trace 1, scatter: line.smoothing": px.line(FRAME, x="port", y="metres").update_traces(
        line_smoothing=1
    ),
    "layout: xaxis2, yaxis2": px.scatter(FRAME, x="metres", y="metres", facet_col="port"),
}


@pytest.mark.parametrize("reason", OF_OTHERS)
def test_what_is_left_to_plotly_is_named(reason: str) -> None:
    figure = as_output(OF_OTHERS[reason].to_dict())
    assert reason in not_drawn(figure)
    assert not is_drawn(figure)
