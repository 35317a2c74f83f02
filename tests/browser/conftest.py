"""One report for all browser tests, and one real browser without a network."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import sync_playwright

from adoption.reports.plan import Choice
from adoption.reports.run import Wishes, run_report
from tests.browser.find import HINT, find_browser

if TYPE_CHECKING:
    from playwright.sync_api import Browser

# One of each form: a map, curves, a forecast, a brief, statements and a long table.
PAGES = ["status-map", "timeline", "entry-into-force", "brief-qat", "claims-check", "evidence"]
SLUGS = ["front", *PAGES, "brief-gbr"]


@pytest.fixture(scope="session")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    output = tmp_path_factory.mktemp("reports")
    assert run_report(Wishes(Choice(only=SLUGS), output)) == 0
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
