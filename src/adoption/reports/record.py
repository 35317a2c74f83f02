"""What a run says of its pages: the manifest's records, and the parts that all pages share."""

from __future__ import annotations

import platform
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from adoption import __version__, tables
from adoption.paths import processed_folder
from adoption.reports.inputs import Digests, inputs_of
from adoption.reports.jobs import Made
from adoption.reports.pages.listing import Entry
from adoption.reports.pages.site import write_site
from adoption.reports.publish import Run
from adoption.reports.runs import PageRecord, page_file
from adoption.reports.settings import Settings
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
    pages: Sequence[Page], records: Mapping[str, PageRecord], folder: Path, settings: Settings
) -> None:
    """Write what all pages share, and the links between them.

    The front page and the list of changes tell the day of all data: the tables that they offer, and
    the refresh that made them, are of it. How old a list of acts is, the pages about it tell.
    The oldest of them all would say nothing of the index: some lists nobody publishes anew.
    """
    entries = [_entry(page, records[page.slug], folder) for page in pages if page.slug in records]
    write_site(folder, entries, processed_folder(), tables.data_day(), settings)


def _entry(page: Page, record: PageRecord, folder: Path) -> Entry:
    stale = (folder / page_file(page.slug, failed=True)).exists()
    return Entry(
        page.slug, record.kicker, record.answer, record.error, page.section,
        long_day(record.made.date()) if stale else "", page.also,
        subject_of(record.shown_parameters), record.shown_parameters,
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
