"""Pages for a project without a site of its own: each document in a plain frame, and their list."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import jinja2

from adoption.press.document import read_document
from adoption.press.html import View, environment, first_svg, share_picture
from adoption.press.printing import Made, Order, Report, orders_of, print_pages
from adoption.press.store import Sheet, document_file, page_file, picture_file

PLOTLY_JS = "plotly.min.js"


@cache
def _templates() -> jinja2.Environment:
    return environment()


def make_plain_page(folder: Path, order: Order, shared: Any) -> Made:  # noqa: ARG001
    """Make a page of a document, and the picture with which a link to it is shown."""
    document = read_document(folder / document_file(order.name))
    view = View(document, _templates(), file=order.name, day=document.data_day)
    page = _templates().get_template("page.html.j2")
    html = page.render(view=view, document=document, notice=order.notice, plotly=PLOTLY_JS)
    names = [page_file(order.name), picture_file(order.name)]
    lead = document.answer["text"] if document.answer else ""
    picture = share_picture(document.title, lead, first_svg(view), "", view.style)
    (folder / names[1]).parent.mkdir(exist_ok=True)
    (folder / names[0]).write_text(html, encoding="utf-8")
    (folder / names[1]).write_bytes(picture)
    return Made(order.name, names, [PLOTLY_JS] if view.needs_plotly else [], view.faults)


def write_index(report: Report) -> None:
    """Write the list of the pages."""
    entries = [(page.slug, record) for page, record in report.pages]
    html = _templates().get_template("index.html.j2").render(entries=entries)
    (report.run.folder / "index.html").write_text(html, encoding="utf-8")


def write_report(report: Report) -> Mapping[str, Sheet]:
    """Make the pages of a report, and a list of them: for a project without a site of its own."""
    sheets = print_pages(report, orders_of(report), make_plain_page)
    write_index(report)
    if any(sheet.needs for sheet in sheets.values()):
        from plotly.offline import get_plotlyjs  # slow to import

        (report.run.folder / PLOTLY_JS).write_text(get_plotlyjs(), encoding="utf-8")
    return sheets
