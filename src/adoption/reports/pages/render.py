"""From an executed notebook to a page: figures as SVG, tables with classes, code on demand."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from html import escape, unescape
from typing import Any, Self
from urllib.parse import quote

from nbconvert.exporters import HTMLExporter
from nbconvert.filters.widgetsdatatypefilter import WidgetsDataTypeFilter
from nbconvert.preprocessors import Preprocessor

from adoption.answers import ANSWER_TYPE
from adoption.countries.groups import slug as slug_of
from adoption.reports.pages.frame import TEMPLATES, framed, text
from adoption.reports.pages.svg import chart_svg
from adoption.reports.pages.worldmap import map_svg
from adoption.show.maps import ON_MAPS

PLOTLY_TYPE = "application/vnd.plotly.v1+json"
PAPERMILL_ERROR = "papermill-error-cell-tag"  # its own note of a failure; a page has a better one
WIDE, NARROW = 1000, 350  # pixels for which a figure is drawn; the style sheet shows one of them
TABLE = re.compile(r'<table class="adoption-table(?P<kind>[\w ]*)".*?</table>', re.DOTALL)
STYLED = re.compile(r'<style>.*?</style>| style="[^"]*"', re.DOTALL)
ROW = re.compile(r'<tr>(?=<th scope="row">(?P<head>.*?)</th>)', re.DOTALL)
MARKUP = re.compile(r"<[^>]*>")
OUTSIDE = re.compile(r'<a href="(?=https?:)')
DEFUSED = ("=", "+", "-", "@")  # a text that begins so is a formula to a spreadsheet
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
        return cls(text("failed_lead"), text("failed_text"), error)

    @classmethod
    def stale(cls, made: str, link: str) -> Self:
        """Return the notice of a good page whose notebook failed since."""
        return cls(text("stale_lead", day=made), text("stale_text"), link=link)


class _ForPages(Preprocessor):
    """Turns what a browser cannot show by itself into HTML."""

    def preprocess(self, nb: Any, resources: dict[str, Any]) -> tuple[Any, dict[str, Any]]:
        figures = tables = 0
        nb.cells = [
            cell for cell in nb.cells if PAPERMILL_ERROR not in cell.metadata.get("tags", [])
        ]
        nb.cells = until_failure(nb.cells)
        for cell in nb.cells:
            if cell.cell_type == "markdown" and cell.source.startswith("# "):
                cell.source = ""  # the page has it above its title
            for output in cell.get("outputs", []):
                if output.output_type == "execute_result":
                    output.output_type = "display_data"
                data = output.get("data", {})
                if ANSWER_TYPE in data:
                    resources["answer"] = data[ANSWER_TYPE]
                elif PLOTLY_TYPE in data:
                    figures += 1
                    output["data"] = {"text/html": figure_html(data[PLOTLY_TYPE], figures)}
                elif "<table" in data.get("text/html", ""):
                    tables += 1
                    output["data"] = {"text/html": table_html(data["text/html"], tables)}
            if cell.get("outputs"):
                cell.outputs = [o for o in cell.outputs if ANSWER_TYPE not in o.get("data", {})]
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


def figure_html(figure: Mapping[str, Any], number: int) -> str:
    """Return a figure with a caption, a text alternative, its source and its data as CSV."""
    meta = figure["layout"].get("meta", {})
    name, label = f"figure-{number}", meta.get("alternative", "")
    if {trace["type"] for trace in figure["data"]} & ON_MAPS:
        drawn = map_svg(figure, label)
    else:
        drawn = "".join(
            f'<div class="{kind}">{chart_svg(figure, width, label, f"{name}-{kind}")}</div>'
            for kind, width in (("wide", WIDE), ("narrow", NARROW))
        )
    data = quote(figure_csv(figure), safe=" ,:;/()")
    return (
        f'<figure class="chart" id="{name}">\n'
        f"<figcaption><h3>{escape(meta.get('title', ''))}</h3>"
        f"<p>{escape(meta.get('subtitle', ''))}</p></figcaption>\n{drawn}\n"
        f'<p class="source">{escape(meta.get("source", ""))}</p>\n'
        f'<p class="downloads">{text("download")}: '
        f'<a download="{name}.csv" href="data:text/csv;charset=utf-8,{data}">'
        f"{text('download_csv')}</a> "
        f'<button type="button" class="svg" hidden>{text("download_svg")}</button> '
        f'<button type="button" class="png" hidden>{text("download_png")}</button></p>\n</figure>'
    )


def figure_csv(figure: Mapping[str, Any]) -> str:
    """Return what a figure shows as CSV: one row a mark, by trace."""
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(["series", "x", "y", "text"])
    for trace in figure["data"]:
        columns = [trace.get("locations", trace.get("lon", trace.get("x"))),
                   trace.get("lat", trace.get("y")), trace.get("text")]  # fmt: skip
        listed = [column if isinstance(column, list) else [] for column in columns]
        for place in range(max(map(len, listed))):
            row = [column[place] if place < len(column) else "" for column in listed]
            if trace["type"] != "heatmap" and any(value not in (None, "") for value in row):
                writer.writerow(map(_defused, [trace.get("name", ""), *row]))
        for label, values in zip(trace.get("y") or [], trace.get("z") or [], strict=False):
            if trace["type"] == "heatmap":
                writer.writerows([trace.get("name", ""), x, label, v]
                                 for x, v in zip(trace["x"], values, strict=True))  # fmt: skip
    return file.getvalue()


def _defused(value: Any) -> Any:
    """Return a cell of a CSV file; a text that a spreadsheet would run is text to it."""
    if not isinstance(value, str):
        return value
    plain = unescape(MARKUP.sub("", value.replace("<br>", "; ")))
    return f"'{plain}" if plain.startswith(DEFUSED) else plain


def table_html(html: str, number: int) -> str:
    """Return a table without inline styles: its rows have ids, and it can be scrolled by key."""
    html = OUTSIDE.sub('<a rel="external noopener" href="', STYLED.sub("", html))
    name = f"table-{number}"
    heads: Counter[str] = Counter()

    def row(found: re.Match[str]) -> str:
        head = slug_of(unescape(MARKUP.sub("", found["head"])))[:40]
        heads[head] += 1
        again = f"-{heads[head]}" if heads[head] > 1 else ""
        return f'<tr id="{name}-{head}{again}">'

    html = ROW.sub(row, html).replace("<caption", f'<caption id="{name}"', 1)
    return f'<section class="table" aria-labelledby="{name}" tabindex="0">{html}</section>'


def page_html(
    notebook: Any,
    *,
    slug: str,
    parameters: dict[str, Any],
    data_day: str,
    notice: Notice | None = None,
) -> tuple[str, dict[str, str] | None]:
    """Render an executed notebook."""
    article, resources = _exporter().from_notebook_node(notebook, resources={})
    answer = resources.get("answer")
    own, question = heading(notebook)
    page = framed(
        "page.html.j2", data_day, "page", slug=slug, article=article, answer=answer,
        title=answer["title"] if answer else own, kicker=own, question=question,
        parameters=parameters, map='class="world"' in article,
        description=answer["text"] if answer else text("failed_lead"), notice=notice,
    )  # fmt: skip
    return page, answer


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


def heading(notebook: Any) -> tuple[str, str]:
    """Return the notebook's own heading, which names the kind of page, and its question."""
    for cell in notebook.cells:
        if cell.cell_type == "markdown" and cell.source.startswith("# "):
            name, _, question = cell.source.removeprefix("# ").partition("\n")
            return str(name), " ".join(question.split())
    return "", ""


def kicker(notebook: Any) -> str:
    """Return the notebook's own heading."""
    return heading(notebook)[0]
