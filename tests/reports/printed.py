"""Documents and pages of made-up notebooks, without a report."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from adoption.core.paths import project_root
from adoption.core.text import slug as slug_of
from adoption.press.document import Block, Document, Section, read_document
from adoption.press.engine.job import Job
from adoption.press.engine.pool import make_pages
from adoption.press.html import View
from adoption.press.parameters import notebook_parameters
from adoption.press.plan import UNSET, Page, Settings
from adoption.press.printing import Notice, Order
from adoption.press.reader import read_notebook
from adoption.press.store import document_file, make_folders
from adoption.site.links import Links
from adoption.site.project import PROJECT
from adoption.site.render import page_html, view_of
from adoption.site.subjects import facts_of, kind_of_subject


def document_of(node: Any, slug: str = "a-page", **more: Any) -> Document:
    """Return the document of an executed notebook, with made-up facts unless it has real ones."""
    values = more.pop("parameters", {})
    about = slug_of(str(values.get(kind_of_subject(values), "")))
    facts = {
        "arabic": ["", ""],
        "full_name": {"text": "", "source": ""},
        "publishers": "",
        "about": about,
        "closings": [],
    }
    if more.pop("real", False):
        facts = facts_of(values)
    given = {"name": "a_notebook", "data_day": "2026-11-24"} | more
    return read_notebook(node, slug=slug, parameters=values, facts=facts, **given)


def run_notebook(folder: Path, name: str, **parameters: Any) -> Document:
    """Run a notebook of the project, as a report does; return what it says."""
    known = notebook_parameters(project_root() / "notebooks" / f"{name}.ipynb")
    values = {each: parameter.default for each, parameter in known.items()} | parameters
    page = Page(slug="p", notebook=name, parameters=parameters, values=values)
    folder.mkdir()
    make_folders(folder)
    [result] = make_pages([Job(page, str(project_root()), str(folder), PROJECT)], 1)
    assert result.error is None, result.error
    return read_document(folder / document_file("p"))


def printed(
    document: Document,
    links: Links | None = None,
    error: str = "",
    settings: Settings = UNSET,
) -> str:
    """Return the page of a document."""
    links = links or Links([])
    said = links.of_page(document.slug)
    notice = Notice(error) if error else None
    view = view_of(document, said, links.addresses())
    return page_html(document, view, Order(document.slug, said, notice), settings)


def shown_alone(block: Block, addresses: Mapping[str, str] | None = None, **more: Any) -> str:
    """Return a block as HTML, below a heading."""
    facts = {
        "arabic": ["", ""],
        "full_name": {"text": "", "source": ""},
        "publishers": "",
        "about": more.pop("about", ""),
        "closings": [],
    }
    day = more.pop("day", "2026-11-24")
    section = Section("A part", "finding", [block])
    document = Document("a-page", "a", "K", "", {}, day, facts, sections=[section])
    return str(view(document, addresses or {}).html(block))


def view(document: Document, addresses: Mapping[str, str]) -> View:
    """Return a document as it is shown where subjects have these pages."""
    return view_of(document, Links([]).of_page(document.slug), addresses)
