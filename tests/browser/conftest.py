"""One report for all browser tests, and one real browser without a network."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from filelock import FileLock
from playwright.sync_api import sync_playwright

from adoption.press import plan
from adoption.press.plan import Choice, Settings, read_settings
from adoption.press.run import ReportOptions, run_report
from adoption.site.project import PROJECT
from tests.browser.find import HINT, find_browser

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

WIDE, NARROW = 1400, 390
CONTACT = "errors@example.org"
# One of each kind: front, map with list, state, group, forecast, statements, a list of pages.
PAGES = [
    "index",
    "status-map",
    "brief-qat",
    "brief-arab-league",
    "entry-into-force",
    "claims-check",
    "states-and-organisations",
]
SLUGS = ["front", *PAGES[1:-1], "evidence", "brief-gbr", "brief-ukr", "brief-kor", "brief-eue"]


def _settings_with_contact(path: Path) -> Settings:
    return read_settings(path).model_copy(update={"contact": CONTACT})


@pytest.fixture(scope="session")
def report(tmp_path_factory: pytest.TempPathFactory, pytestconfig: pytest.Config) -> Path:
    """The report, of which the next run of the tests makes anew only what has changed since."""
    run = tmp_path_factory.getbasetemp()
    run = run.parent if "PYTEST_XDIST_WORKER" in os.environ else run  # of all that test at once
    kept = pytestconfig.cache.mkdir("reports") if hasattr(pytestconfig, "cache") else run
    with FileLock(kept / "lock"):
        if not (run / "report-made").exists():  # by the first of the processes that test
            with pytest.MonkeyPatch.context() as patch:  # the project's own plan names nobody
                patch.setattr(plan, "read_settings", _settings_with_contact)
                options = ReportOptions(Choice(only=SLUGS), kept / "browser")
                assert run_report(options, PROJECT) == 0
            (run / "report-made").touch()
    return kept / "browser" / "latest"


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


@dataclass
class Tab:
    """A page of the browser, and what was asked for and said since an address was opened in it."""

    page: Page
    requests: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def listen(self) -> None:
        """Note what the page asks for, and what goes wrong."""
        self.page.on("request", lambda asked: self.requests.append(asked.url))
        self.page.on("requestfailed", lambda asked: self.complaints.append(f"failed: {asked.url}"))
        self.page.on("console", lambda message: self.complaints.append(message.text))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def open(self, address: str, width: int) -> None:
        """Load an address anew, whatever was there before."""
        self.page.set_viewport_size({"width": width, "height": 900})
        self.page.mouse.move(0, 0)
        path, _, anchor = address.partition("#")
        if anchor and self.page.url.partition("#")[0] == path:
            self.page.goto("about:blank")  # else the page that is there would only be scrolled
        self.requests.clear()
        self.complaints.clear()
        self.page.goto(address)


@pytest.fixture(scope="package")
def tabs(browser: Browser) -> Iterator[Callable[[int], Tab]]:
    """A tab of each width, without a network: to open one takes as long as most looks at a page.

    Whoever lets the browser keep something, or sets its clock, opens one of their own.
    """
    opened = dict[int, Tab]()

    def tab(width: int) -> Tab:
        if width not in opened:
            context = browser.new_context(viewport={"width": width, "height": 900}, offline=True)
            opened[width] = Tab(context.new_page())
            opened[width].listen()
        return opened[width]

    yield tab
    for each in opened.values():
        each.page.context.close()
