"""What a run says of its pages: the manifest's records, and the parts that all pages share."""

from __future__ import annotations

import platform
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from adoption import __version__, tables
from adoption.data.dictionary import TABLES
from adoption.paths import processed_folder, reference_folder
from adoption.reports.inputs import Digests, inputs_of
from adoption.reports.jobs import Made
from adoption.reports.pages.changes import FEED, PAGE, read_journal, write_feed
from adoption.reports.pages.listing import HEAD, Entry
from adoption.reports.pages.site import (
    changes_html,
    figures_of,
    index_html,
    write_assets,
    write_tables,
)
from adoption.reports.publish import Run
from adoption.reports.runs import PageRecord, notebook_file, page_file
from adoption.reports.subjects import subject_of
from adoption.words import long_day

if TYPE_CHECKING:
    from adoption.reports.plan import Page

LIBRARIES = ("pandas", "plotly", "papermill", "nbconvert")


def record_of(
    page: Page, values: Mapping[str, Any], made: Made, run: Run, digests: Digests
) -> PageRecord:
    """Return what the manifest says of a page that was made.

    Of a page that failed and was good before, the good one is still shown, and described.
    """
    good = run.last_good(page.slug) if made.error else None
    shown: Any = good[0] if good else made
    return PageRecord(
        notebook=page.notebook, parameters=dict(values), section=page.section,
        inputs=inputs_of(page.notebook, values, made.reads, digests),
        kicker=shown.kicker, answer=shown.answer, error=made.error,
        made=good[0].made if good else datetime.now(UTC), data_day=shown.data_day,
        seconds=round(made.seconds, 3), shown=good[0].shown_parameters if good else None,
    )  # fmt: skip


def write_shared(
    pages: Sequence[Page], records: Mapping[str, PageRecord], folder: Path, stale_after: int
) -> None:
    """Write the index, the assets, the tables, and what has changed in the data.

    The index and the list of changes tell the day of all data: the tables that they offer, and
    the refresh that made them, are of it. How old a list of acts is, the pages about it tell.
    The oldest of them all would say nothing of the index: some lists nobody publishes anew.
    """
    write_assets(folder, reference_folder() / "geometry", stale_after)
    write_tables(folder, processed_folder())
    entries = [_entry(page, records[page.slug], folder) for page in pages if page.slug in records]
    day = long_day(tables.data_day())
    good = any(entry.slug == HEAD and entry.is_good for entry in entries)
    figures = figures_of(folder / notebook_file(HEAD)) if good else ""
    changes = _write_changes(folder, day)
    html = index_html(entries, [entry.name for entry in TABLES], day, changes, figures)
    (folder / "index.html").write_text(html, encoding="utf-8")


def _write_changes(folder: Path, day: str) -> list[tuple[str, str]]:
    """Write the feed and the list of changes; return what of them tells anything."""
    data, told = processed_folder().parent, []
    if journal := read_journal(data):
        (folder / page_file(PAGE)).write_text(changes_html(journal, day), encoding="utf-8")
        told.append(("list", page_file(PAGE)))
    if write_feed(folder, data, tables.data_day()):
        told.append(("feed", FEED))
    return told


def _entry(page: Page, record: PageRecord, folder: Path) -> Entry:
    stale = (folder / page_file(page.slug, failed=True)).exists()
    return Entry.of(
        page, subject_of(record.shown_parameters), record.kicker, record.answer, record.error,
        long_day(record.made.date()) if stale else "",
    )  # fmt: skip


def versions() -> dict[str, str]:
    """Return the versions of what made the pages."""
    return {
        "adoption": __version__,
        "python": platform.python_version(),
        **{library: version(library) for library in LIBRARIES},
    }


def work(made: Mapping[str, Made]) -> dict[str, dict[str, Any]]:
    """Return what each page cost that was made, for the manifest."""
    return {
        slug: {
            "seconds": round(page.seconds, 3),
            "cells": [round(seconds, 3) for seconds in page.cells],
            "memory": page.memory,
            "engine": "fork" if page.forked else "stock",
        }
        for slug, page in made.items()
    }
