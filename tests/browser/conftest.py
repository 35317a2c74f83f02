"""One report for all browser tests, and one real browser without a network."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from filelock import FileLock
from playwright.sync_api import sync_playwright

from adoption.reports.plan import Choice
from adoption.reports.run import ReportOptions, run_report
from tests.browser.find import HINT, find_browser

if TYPE_CHECKING:
    from playwright.sync_api import Browser

WIDE, NARROW = 1400, 390
# One of each kind: front, map with list, state, group, forecast, statements, a list of pages.
PAGES = ["index", "status-map", "brief-qat", "brief-arab-league", "entry-into-force",
         "claims-check", "states-and-organisations"]  # fmt: skip
SLUGS = ["front", *PAGES[1:-1], "brief-gbr", "brief-ukr", "brief-kor", "brief-eue"]


@pytest.fixture(scope="session")
def report(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    if worker_id == "master":  # one process alone
        output = tmp_path_factory.mktemp("reports")
    else:  # the first of the processes that test makes it for all
        output = tmp_path_factory.getbasetemp().parent / "reports"
    with FileLock(f"{output}.lock"):
        if not (output / "latest").exists():
            assert run_report(ReportOptions(Choice(only=SLUGS), output)) == 0
    return output / "latest"


@pytest.fixture(scope="package")  # it keeps a loop running in the thread of the tests
def browser() -> Iterator[Browser]:
    path = find_browser()
    if path is None:
        if os.environ.get("CI") == "true":
            pytest.fail("CI=true and no Chromium or Chrome was found")
        pytest.skip(HINT)
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(
            executable_path=path,
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
        )
        yield started
        started.close()
