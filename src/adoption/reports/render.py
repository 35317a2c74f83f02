"""From an executed notebook to a page: plotly outputs drawn offline, code behind a toggle."""

from __future__ import annotations

import json
from html import escape
from pathlib import Path
from typing import Any

from nbconvert.exporters import HTMLExporter
from nbconvert.preprocessors import Preprocessor

from adoption.answers import ANSWER_TYPE

PLOTLY_TYPE = "application/vnd.plotly.v1+json"
PAPERMILL_ERROR = "papermill-error-cell-tag"  # its own note of a failure; a page has a better one
TEMPLATES = Path(__file__).parent / "template"
# A page has its title and source outside the plotting area, so the margins shrink.
PAGE_MARGIN = {"t": 12, "b": 40}
# Every address that nbconvert would otherwise fetch something from.
NO_ADDRESSES = {
    "require_js_url": "",
    "jquery_url": "",
    "mathjax_url": "",
    "mermaid_js_url": "",
    "jupyter_widgets_base_url": "",
    "widget_renderer_url": "",
}


class _ForPages(Preprocessor):
    """Turns what a browser cannot show by itself into HTML."""

    def preprocess(self, nb: Any, resources: dict[str, Any]) -> tuple[Any, dict[str, Any]]:
        number = 0
        nb.cells = [
            cell for cell in nb.cells if PAPERMILL_ERROR not in cell.metadata.get("tags", [])
        ]
        for cell in nb.cells:
            if cell.cell_type == "markdown":
                cell.source = without_heading(cell.source)
            for output in cell.get("outputs", []):
                if output.output_type == "execute_result":
                    output.output_type = "display_data"
                data = output.get("data", {})
                if ANSWER_TYPE in data:
                    resources["answer"] = data[ANSWER_TYPE]
                    output["data"] = {"text/html": answer_html(data[ANSWER_TYPE])}
                elif PLOTLY_TYPE in data:
                    number += 1
                    output["data"] = {"text/html": figure_html(data[PLOTLY_TYPE], number)}
        return nb, resources


def answer_html(answer: dict[str, str]) -> str:
    """Return the answer as the lead of a page."""
    return (
        f'<p class="answer">{escape(answer["text"])}</p>\n'
        f'<p class="reach"><strong>As of {escape(answer["as_of"])}.</strong> '
        f"Reach of the data: {escape(answer['reach'])}</p>"
    )


def figure_html(figure: dict[str, Any], number: int) -> str:
    """Return a figure with a caption, a text alternative, its source and its data.

    Parameters
    ----------
    figure : dict
        A plotly figure as JSON, finished by `adoption.figures.theme.finish`.
    number : int
        Its number on the page.
    """
    layout = dict(figure["layout"])
    meta = layout.pop("meta", {})
    layout.pop("title", None)
    layout.pop("height", None)
    layout["annotations"] = [
        note for note in layout.get("annotations", []) if note.get("name") != "source"
    ]
    layout["margin"] = layout.get("margin", {}) | PAGE_MARGIN
    data = json.dumps(
        {"data": figure["data"], "layout": layout},
        ensure_ascii=False,
        sort_keys=True,
        separators=(",", ":"),
    ).replace("<", "\\u003c")
    label = escape(meta.get("alternative", ""))
    return (
        f'<figure class="chart" id="figure-{number}">\n'
        f"<figcaption><h3>{escape(meta.get('title', ''))}</h3>"
        f"<p>{escape(meta.get('subtitle', ''))}</p></figcaption>\n"
        f'<div class="plot" role="img" aria-label="{label}" '
        f'data-height="{meta.get("height", 440)}"></div>\n'
        f"<noscript><p>{label}</p></noscript>\n"
        f'<script type="application/json">{data}</script>\n'
        f'<p class="source">{escape(meta.get("source", ""))}</p>\n</figure>'
    )


def page_html(
    notebook: Any, *, slug: str, parameters: dict[str, Any], error: str | None, data_day: str
) -> tuple[str, dict[str, str] | None]:
    """Render an executed notebook.

    Parameters
    ----------
    notebook : NotebookNode
        The executed notebook.
    slug : str
        The page's name in addresses.
    parameters : dict
        The values it ran with.
    error : str, optional
        Why it stopped, if it did.
    data_day : str
        The day of the data, in words.

    Returns
    -------
    html : str
        The page.
    answer : dict or None
        The answer it gave; None if it failed before.
    """
    exporter = HTMLExporter(  # type: ignore[no-untyped-call]
        extra_template_basedirs=[str(TEMPLATES)],
        template_name="page",
        exclude_anchor_links=True,
        preprocessors=[_ForPages],
        **NO_ADDRESSES,
    )
    resources: dict[str, Any] = {
        "page": {
            "slug": slug,
            "kicker": kicker(notebook),
            "parameters": parameters,
            "error": error,
            "data_day": data_day,
        }
    }
    html, resources = exporter.from_notebook_node(notebook, resources=resources)
    return html, resources.get("answer")


def without_heading(source: str) -> str:
    """Return Markdown without a first-level heading, which the page has already."""
    return "\n".join(line for line in source.splitlines() if not line.startswith("# "))


def kicker(notebook: Any) -> str:
    """Return the notebook's own heading, which stands above the page's title."""
    for cell in notebook.cells:
        if cell.cell_type == "markdown" and cell.source.startswith("# "):
            return str(cell.source.splitlines()[0].removeprefix("# "))
    return ""
