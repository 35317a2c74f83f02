"""What a cell shows of a figure: its data, a picture and words, the same on every machine.

JupyterLab draws the data. GitHub, `jupyter nbconvert` and mail show the picture.
"""

from __future__ import annotations

import base64
import io
import os
from collections.abc import Mapping
from contextlib import suppress
from typing import Any

from IPython.core.getipython import get_ipython
from IPython.display import display
from plotly.io._base_renderers import ExternalRenderer, PlotlyRenderer

from adoption.figures.theme import STYLE, offline, wrap_words
from adoption.press.document import is_page
from adoption.press.figures import PLOTLY, PNG, has_map, rounded

NO_UPLOAD = {"showSendToCloud": False}  # else plotly.js offers to share a figure in a cloud
MAP = "application/vnd.adoption.map+json"  # which nbval compares, and nothing shows


class FigureRenderer(ExternalRenderer):  # type: ignore[misc]
    """Shows plotly's figures in a notebook: their data, a picture and words.

    A map needs its geometry as well, so that it asks no network: 300 kB, which a notebook that no
    person runs does not keep. There it is a picture, with the value of each state.
    """

    def render(self, fig: dict[str, Any]) -> None:
        """Show a figure."""
        if is_page():
            display(on_page(fig), raw=True)  # type: ignore[no-untyped-call]
            return
        figure = as_output(fig)
        if in_cell():
            # JupyterLab would show a picture, wider than a narrow cell, until a pointer is over it.
            # A figure without one it draws as wide as the cell, and keeps a picture of that.
            bundle = {"text/plain": figure_in_words(figure), PLOTLY: wrap_words(figure)}
            display(bundle, raw=True)  # type: ignore[no-untyped-call]
            return
        data, metadata = static_bundle(figure)
        if PNG in data and has_map(figure):
            data[MAP] = on_map(figure)
        else:
            data[PLOTLY] = figure
        display(data, raw=True, metadata=metadata)  # type: ignore[no-untyped-call]


def on_page(fig: dict[str, Any]) -> dict[str, Any]:
    """Return what a cell of a page shows of a figure, which draws it itself."""
    figure = as_output(fig)
    return {"text/plain": figure_in_words(figure), PLOTLY: figure}


def show_picture(artist: Any, words: str) -> None:
    """Show a drawing of matplotlib, such as its axes, as a picture in few colours and in words."""
    from matplotlib import pyplot as plt

    from adoption.press.picture import with_palette

    file, figure = io.BytesIO(), artist.get_figure()
    figure.savefig(file, bbox_inches="tight")
    plt.close(figure)  # else the kernel shows it once more, without words
    picture = base64.b64encode(with_palette(file.getvalue(), [])).decode()
    data = {PNG: picture, "text/plain": words}
    metadata = {PNG: {"alt": words}}
    display(data, raw=True, metadata=metadata)  # type: ignore[no-untyped-call]


def in_cell() -> bool:
    """Return whether a person sees the cell in JupyterLab, Jupyter Notebook or Voila.

    Jupyter's server names the session, and its pages name the cell that they run; Voila names
    itself. papermill, nbconvert and nbval do neither.
    """
    shell = get_ipython()
    request: dict[str, Any] = shell.get_parent() if shell and hasattr(shell, "get_parent") else {}
    in_lab = "JPY_SESSION_NAME" in os.environ and "cellId" in request.get("metadata", {})
    return in_lab or os.environ.get("SERVER_SOFTWARE", "").startswith("voila/")


def on_map(figure: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a map shows of each state: its value, or else its class."""
    areas = [trace for trace in figure["data"] if trace["type"] == "choropleth"]
    return {
        state: trace.get("name") if len({*trace["z"]}) == 1 else value
        for trace in areas
        for state, value in zip(trace["locations"], trace["z"], strict=True)
    }


def figure_in_words(figure: Mapping[str, Any]) -> str:
    """Return what a figure says."""
    layout = figure["layout"]
    meta = layout.get("meta")
    meta = meta if isinstance(meta, dict) else {"title": layout.get("title", {}).get("text")}
    words = [meta.get(name) for name in ("title", "subtitle", "alternative")]
    return "\n".join(filter(None, words)) or "Figure"


def static_bundle(figure: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, dict[str, str]]]:
    """Return a figure as a picture and words, and the metadata of the picture."""
    words = figure_in_words(figure)
    alternative = (figure["layout"].get("meta") or {}).get("alternative") or words
    from adoption.press.picture import figure_png  # of a page its site draws it

    with suppress(Exception):  # a figure of a user's own may be of a kind that is not drawn
        picture = base64.b64encode(figure_png(figure, STYLE)).decode()
        return {PNG: picture, "text/plain": words}, {PNG: {"alt": alternative}}
    return {"text/plain": words}, {}


def as_output(figure: dict[str, Any]) -> dict[str, Any]:
    """Return a figure as JSON: arrays as lists, numbers rounded, a map with its geometry."""
    bundle = PlotlyRenderer().to_mimebundle(figure)
    output: dict[str, Any] = rounded(bundle[PLOTLY])
    geometry = offline() if has_map(output) else {}
    return output | {"config": output.get("config", {}) | NO_UPLOAD | geometry}
