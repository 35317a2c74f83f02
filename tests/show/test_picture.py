"""What a cell shows of a figure: rounded data, a picture in the colours of the figure, words."""

from __future__ import annotations

import base64
import io
import re
from pathlib import Path
from typing import Any

import nbformat
import numpy as np
import papermill
import plotly.graph_objects as go
import pytest
from nbconvert import HTMLExporter
from PIL import Image

import adoption as ad
from adoption.figures.finishing import finish
from adoption.figures.notebook import as_output
from adoption.figures.theme import STYLE
from adoption.press.figures import PLOTLY, PNG
from adoption.press.picture import figure_png
from adoption.press.worldmap import map_svg
from adoption.show.classes import STATUS_COLOURS
from tests.reports.conftest import code, notebook

PAINTED = re.compile(r'fill="var\(--\w+,(#[0-9A-Fa-f]{6})\)"')
MARK = 20  # pixels of one colour, at the least, in the mark of a legend


def colours(picture: bytes) -> dict[str, int]:
    """Return how many pixels have each colour."""
    image = Image.open(io.BytesIO(picture)).convert("RGB")
    counted: Any = image.getcolors(1 << 24)
    return {"#{:02X}{:02X}{:02X}".format(*colour): number for number, colour in counted}


@pytest.mark.parametrize(("convention", "name"), [("hanoi", "map"), ("uncac", "map")])
def test_the_legend_of_a_picture_has_the_colours_of_the_page(convention: str, name: str) -> None:
    figure = as_output(ad.status(convention).chart(name).to_dict())
    _, _, legend = map_svg(figure, "", STYLE).partition('<ul class="legend">')
    named = {colour.upper() for colour in PAINTED.findall(legend)}
    assert len(named) >= 3
    assert named <= set(STATUS_COLOURS.values())
    drawn = colours(figure_png(figure, STYLE))
    assert {colour for colour in named if drawn.get(colour, 0) < MARK} == set()


def test_numbers_are_rounded_and_days_and_words_are_as_they_were() -> None:
    figure = go.Figure(
        go.Scatter(x=np.array([1 / 3, 2e6 / 3, -1e-17]), y=["2025-10-25", "a", "1.23456789"])
    )
    figure.update_layout(xaxis_range=[-0.6693228114698711, 0.5954004376113909], yaxis_nticks=7)
    shown = as_output(figure.to_dict())
    assert shown["data"][0]["x"] == [0.333333, 666667.0, 0.0]
    assert shown["data"][0]["y"] == ["2025-10-25", "a", "1.23456789"]
    assert shown["layout"]["xaxis"]["range"] == [-0.669323, 0.5954]
    matrix = as_output(go.Figure(go.Heatmap(z=np.array([[1 / 3, 2.0], [3.0, 4.0]]))).to_dict())
    assert matrix["data"][0]["z"] == [[0.333333, 2.0], [3.0, 4.0]]


OWN = (
    "import adoption as ad\nimport plotly.graph_objects as go\nad.parameters()",
    "ad.status('hanoi').chart('curve')",
    "go.Figure(go.Scatter(x=[1, 2], y=[3.0, 4.0]), {'title': {'text': 'Of my own'}})",
    "go.Figure(go.Pie(values=[1, 2]))",
    "from adoption.figures import finish\n"
    "figure = go.Figure([go.Histogram(x=[1, 2, 2, 9.5], nbinsx=5), go.Histogram(x=[9])])\n"
    "finish(figure, title='Mine', subtitle='Of my own', alternative='Five values')",
)


def test_bins_of_a_size_are_kept_and_leave_no_number_out() -> None:
    figure = go.Figure([go.Histogram(x=[0.05, 0.3, 1.0], xbins={"start": 0.2, "size": 0.1})])
    figure.add_histogram(x=[0.95], opacity=0.5)
    finish(figure, title="Mine", subtitle="Of my own", alternative="Four values")
    assert [trace.y.tolist() for trace in figure.data] == [
        [1, 0, 0, 1, 0, 0, 0, 0, 0, 1],
        [0, 0, 0, 0, 0, 0, 0, 0, 0, 1],
    ]
    assert figure_png(as_output(figure.to_dict()), STYLE)


@pytest.mark.parametrize("engine", ["adoption", "nbclient"])
def test_a_run_of_a_users_own_has_a_picture_of_each_figure(engine: str, tmp_path: Path) -> None:
    path = tmp_path / "own.ipynb"
    nbformat.write(notebook(*map(code, OWN)), path)  # type: ignore[no-untyped-call]
    run = papermill.execute_notebook(
        str(path),
        str(tmp_path / "run.ipynb"),
        engine_name=engine,
        kernel_name="python3",
        progress_bar=False,
        cwd=str(tmp_path),
    )
    curve, own, pie, counted = (
        cell.outputs[0] for cell in run.cells if PLOTLY in str(cell.outputs)
    )
    words = curve.data["text/plain"]
    assert words.startswith("The UN Convention against Cybercrime has ")
    assert curve.metadata[PNG]["alt"] in words
    assert own.data["text/plain"] == "Of my own"
    assert [trace["y"] for trace in counted.data[PLOTLY]["data"]] == [
        [1, 2, 0, 0, 1],
        [0, 0, 0, 0, 1],
    ]
    for output in (curve, own, counted):
        assert Image.open(io.BytesIO(base64.b64decode(output.data[PNG]))).width == 860
    assert PNG not in pie.data, "a kind that is not drawn is shown all the same"
    lab, classic = (
        HTMLExporter(template_name=name)  # type: ignore[no-untyped-call]
        for name in ("lab", "classic")
    )
    assert lab.from_notebook_node(run)[0].count('src="data:image/png') == 3
    html, _ = classic.from_notebook_node(run)  # nbconvert's other template leaves out every alt
    assert f'alt="{curve.metadata[PNG]["alt"][:40]}' in html
    assert html.count('src="data:image/png') == 3
