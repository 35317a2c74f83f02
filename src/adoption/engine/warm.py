"""What the template imports and does once, so that no notebook has to."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

from adoption.engine.kernel import serve

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

LIBRARIES = (
    "nbconvert.exporters",
    "papermill",
    "plotly.express",
    "plotly.graph_objects",
    "adoption.notebook",
)


def warm() -> None:
    """Import what notebooks and pages use, draw a first figure, and render a first page."""
    import plotly.graph_objects as go
    import plotly.io as pio
    from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

    from adoption.reports.render import page_html

    for library in LIBRARIES:
        importlib.import_module(library)
    pio.renderers.default = "plotly_mimetype"
    figure = go.Figure(go.Scatter(x=[0], y=[0]))
    figure.update_layout(title={"text": "first"}, xaxis={"title": {"text": "x"}})
    figure.to_json()
    cells = [new_markdown_cell("# First\n\nWhat?"), new_code_cell("1")]  # type: ignore[no-untyped-call]
    first = new_notebook(cells=cells)  # type: ignore[no-untyped-call]
    page_html(first, slug="first", parameters={}, data_day="")


def share(questions: Sequence[Mapping[str, str]]) -> None:
    """Work out once what many notebooks ask for: statuses and networks on a day.

    What is remembered here is there in every child that is forked afterwards, as long as
    the files that it was made from are the same.

    Parameters
    ----------
    questions : sequence of mapping
        Each with the parameters `as_of` and `conventions` of some notebooks.
    """
    from adoption.conventions import load_conventions
    from adoption.parameters import check_parameters
    from adoption.status import load_status
    from adoption.webs import load_webs

    for question in questions:
        given = check_parameters(**question)
        for convention in load_conventions().values():
            if convention.opens <= given.as_of:
                load_status(convention.convention, given.as_of)
        load_webs(given.conventions, given.as_of)


def targets() -> dict[str, Callable[..., None]]:
    """Return what a fork of the template can do, by name."""
    from adoption.reports.worker import serve as make_pages

    return {"kernel": serve, "worker": make_pages}
