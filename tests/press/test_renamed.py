"""Words are words alone: nothing of a page is found by its headings, captions or columns."""

from __future__ import annotations

import csv
import io
from collections import UserDict
from dataclasses import replace
from itertools import count
from pathlib import Path
from urllib.parse import unquote

import pytest

from adoption.core.text import slug
from adoption.press.document import Block, Document, DrawingBlock, FigureBlock, TableBlock
from adoption.press.plan import UNSET
from adoption.press.printing import Order
from adoption.site.links import Links
from adoption.site.render import page_html, view_of
from tests.reports.conftest import Page
from tests.reports.printed import run_notebook


class Everywhere(UserDict[str, str]):
    """The address of a page for every subject there may be."""

    def __contains__(self, key: object) -> bool:
        return True

    def __missing__(self, key: str) -> str:
        return f"{slug(key)}.html"


def renamed(document: Document) -> Document:
    """Return a document in which every heading, caption and column has another name."""
    number = count(1)

    def other(block: Block) -> Block:
        if isinstance(block, TableBlock):
            columns = [replace(column, head=f"Column {next(number)}") for column in block.columns]
            return replace(block, caption=f"Caption {next(number)}", columns=columns)
        if isinstance(block, FigureBlock):
            return replace(block, columns=[f"Column {next(number)}" for _ in block.columns])
        if isinstance(block, DrawingBlock):
            heading = f"Heading {next(number)}" if block.heading else ""
            tables = [table for table in map(other, block.tables) if isinstance(table, TableBlock)]
            return replace(block, heading=heading, tables=tables)
        return block

    sections = [
        replace(
            section,
            heading=f"Heading {next(number)}" if section.heading else "",
            blocks=[other(block) for block in section.blocks],
        )
        for section in document.sections
    ]
    return replace(document, kind="Another kind", sections=sections)


def page_of(document: Document) -> Page:
    links = Links([]).of_page(document.slug)
    view = view_of(document, links, Everywhere())
    html = page_html(document, view, Order(document.slug, links), UNSET)
    assert view.faults == []
    return Page(html)


def csv_rows(address: str) -> list[list[str]]:
    return [*csv.reader(io.StringIO(unquote(address.partition(",")[2])))][1:]


WITH_MARKS = {"01_status_map": ("data-iso3", "data-rows"), "03_country_brief": ("data-rows",)}


@pytest.mark.parametrize("notebook", WITH_MARKS)
def test_links_codes_and_rows_stay_where_words_change(notebook: str, tmp_path: Path) -> None:
    document = run_notebook(tmp_path / "run", notebook)
    before, after = page_of(document), page_of(renamed(document))
    assert [*before.texts["caption"]] != [*after.texts["caption"]]
    pages = before, after
    addresses = [[a.get("href", "") for a in page.all("a")] for page in pages]
    leading = [[a for a in found if not a.startswith(("#", "data:"))] for found in addresses]
    assert leading[0] == leading[1]
    assert any(address.startswith("state-") for address in leading[0]), "states lead on"
    files = [[csv_rows(a) for a in found if a.startswith("data:text/csv")] for found in addresses]
    assert files[0] == files[1]
    assert bool(files[0]) == (notebook == "03_country_brief"), "a figure has a file"
    for name in ("data-iso3", "data-state", "data-rows", "data-kind", "data-grade"):
        marks = [[tag[name] for _, tag in page.elements if name in tag] for page in pages]
        assert marks[0] == marks[1], name
        assert marks[0] or name not in WITH_MARKS[notebook]
    rows = [[tag["id"] for tag in page.all("tr") if "id" in tag] for page in pages]
    assert rows[0] == rows[1]
    assert rows[0], "rows have addresses"
