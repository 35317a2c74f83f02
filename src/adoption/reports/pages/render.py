"""From an executed notebook to a page: plotly outputs drawn offline, code behind a toggle."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from html import escape
from pathlib import Path
from typing import Any, Self

from nbconvert.exporters import HTMLExporter
from nbconvert.filters.widgetsdatatypefilter import WidgetsDataTypeFilter
from nbconvert.preprocessors import Preprocessor

from adoption.answers import ANSWER_TYPE
from adoption.errors import AdoptionError
from adoption.reports.pages.staleness import age_html, time_html

PLOTLY_TYPE = "application/vnd.plotly.v1+json"
PAPERMILL_ERROR = "papermill-error-cell-tag"  # its own note of a failure; a page has a better one
TEMPLATES = Path(__file__).parent / "template"
# Which bundle of plotly.js draws which kinds of trace, the smallest first.
BUNDLES = {
    "basic": {"bar", "pie", "scatter"},
    "geo": {"choropleth", "scatter", "scattergeo"},
    "cartesian": {
        "bar", "box", "contour", "heatmap", "histogram", "histogram2d", "histogram2dcontour",
        "image", "pie", "scatter", "scatterternary", "violin",
    },
}  # fmt: skip
ON_MAPS = {"choropleth", "scattergeo"}
CAPTION = "<caption"
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


@dataclass(frozen=True)
class Notice:
    """What stands at the head of a page that is not as it should be.

    Attributes
    ----------
    lead, text : str
        What is the matter, and what that means for the reader.
    error : str
        The failing cell's error in one line, on the page that shows the failure; or "".
    link : str
        That page, on one that is good but not new; or "".
    """

    lead: str
    text: str
    error: str = ""
    link: str = ""

    @classmethod
    def failure(cls, error: str) -> Self:
        """Return the notice of a page that shows how far a failed notebook came."""
        return cls("This notebook failed.", "What stands below is what it gave before.", error)

    @classmethod
    def stale(cls, made: str, link: str) -> Self:
        """Return the notice of a good page whose notebook failed since."""
        return cls(f"This page was made on {made}.", "It could not be made anew since.", link=link)


class _ForPages(Preprocessor):
    """Turns what a browser cannot show by itself into HTML."""

    def preprocess(self, nb: Any, resources: dict[str, Any]) -> tuple[Any, dict[str, Any]]:
        figures: list[dict[str, Any]] = []
        tables = 0
        nb.cells = [
            cell for cell in nb.cells if PAPERMILL_ERROR not in cell.metadata.get("tags", [])
        ]
        nb.cells = until_failure(nb.cells)
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
                    figures.append(data[PLOTLY_TYPE])
                    output["data"] = {"text/html": figure_html(figures[-1], len(figures))}
                elif CAPTION in data.get("text/html", ""):
                    tables += 1
                    output.metadata["caption"] = name = f"table-{tables}"
                    data["text/html"] = data["text/html"].replace(
                        CAPTION, f'{CAPTION} id="{name}"', 1
                    )
        resources["scripts"] = scripts(figures)
        return nb, resources


class _Exporter(HTMLExporter):
    """Nbconvert's exporter to HTML without its last step.

    That reads the whole page again to mend images and JupyterLab's own cells; these pages
    have neither, and it takes longer than all the rest.
    """

    def from_notebook_node(
        self, nb: Any, resources: dict[str, Any] | None = None, **kw: Any
    ) -> tuple[Any, dict[str, Any]]:
        """Convert a notebook."""
        without_widgets = WidgetsDataTypeFilter(notebook_metadata={}, parent=self)  # type: ignore[no-untyped-call]
        self.register_filter("filter_data_type", without_widgets)  # type: ignore[no-untyped-call]
        return super(HTMLExporter, self).from_notebook_node(nb, resources, **kw)


def has_failed(cell: Any) -> bool:
    """Return whether a notebook stopped at a cell."""
    return bool(cell.metadata.get("papermill", {}).get("exception"))


def until_failure(cells: Sequence[Any]) -> list[Any]:
    """Return the cells up to the one that failed: what follows has only its headings."""
    ends = [number for number, cell in enumerate(cells, start=1) if has_failed(cell)]
    return list(cells[: ends[0]] if ends else cells)


def answer_html(answer: dict[str, str]) -> str:
    """Return the answer as the lead of a page."""
    return (
        f'<p class="answer">{escape(answer["text"])}</p>\n'
        f'<p class="reach"><strong>As of {escape(answer["as_of"])}.</strong> '
        f"Reach of the data: {escape(answer['reach'])}</p>"
    )


def trace_types(figure: dict[str, Any]) -> set[str]:
    """Return the kinds of trace in a plotly figure."""
    return {trace["type"] for trace in figure["data"]}


def scripts(figures: Sequence[dict[str, Any]]) -> list[str]:
    """Return the scripts that a page needs to draw its figures, in the order of loading."""
    if not figures:
        return []
    types = set[str]().union(*map(trace_types, figures))
    for name, drawn in BUNDLES.items():
        if types <= drawn:
            world = ["world.js"] if types & ON_MAPS else []
            return [*world, f"plotly/plotly-{name}.min.js", "figures.js"]
    raise AdoptionError(
        f"no bundle of plotly.js draws on one page: {', '.join(sorted(types))}; "
        f"the bundles draw {'; or '.join(', '.join(sorted(drawn)) for drawn in BUNDLES.values())}"
    )


def figure_html(figure: dict[str, Any], number: int) -> str:
    """Return a figure with a caption, a text alternative, its source and its data."""
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
    # A map's buttons have the keyboard's focus, which nothing inside an image may have.
    role = "group" if trace_types(figure) & ON_MAPS else "img"
    return (
        f'<figure class="chart" id="figure-{number}">\n'
        f"<figcaption><h3>{escape(meta.get('title', ''))}</h3>"
        f"<p>{escape(meta.get('subtitle', ''))}</p></figcaption>\n"
        f'<div class="plot" role="{role}" aria-label="{label}" '
        f'data-height="{meta.get("height", 440)}"></div>\n'
        f"<noscript><p>{label}</p></noscript>\n"
        f'<script type="application/json">{data}</script>\n'
        f'<p class="source">{escape(meta.get("source", ""))}</p>\n</figure>'
    )


def page_html(
    notebook: Any,
    *,
    slug: str,
    parameters: dict[str, Any],
    data_day: str,
    notice: Notice | None = None,
) -> tuple[str, dict[str, str] | None]:
    """Render an executed notebook."""
    resources: dict[str, Any] = {
        "page": {
            "slug": slug,
            "kicker": kicker(notebook),
            "parameters": parameters,
            "notice": notice,
            "age": age_html(data_day, "page"),
            "data_day": time_html(data_day),
        }
    }
    html, resources = _exporter().from_notebook_node(notebook, resources=resources)
    return html, resources.get("answer")


@cache
def _exporter() -> Any:
    """Return the exporter, whose templates are compiled once."""
    return _Exporter(  # type: ignore[no-untyped-call]
        extra_template_basedirs=[str(TEMPLATES)],
        template_name="page",
        exclude_anchor_links=True,
        preprocessors=[_ForPages],
        optimistic_validation=True,  # once, after all preprocessors
        **NO_ADDRESSES,
    )


def without_heading(source: str) -> str:
    """Return Markdown without a first-level heading, which the page has already."""
    return "\n".join(line for line in source.splitlines() if not line.startswith("# "))


def kicker(notebook: Any) -> str:
    """Return the notebook's own heading, which stands above the page's title."""
    for cell in notebook.cells:
        if cell.cell_type == "markdown" and cell.source.startswith("# "):
            return str(cell.source.splitlines()[0].removeprefix("# "))
    return ""
