"""The line that says how old the data are, in a real browser whose clock is set."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from adoption.paths import reference_folder
from adoption.reports.pages.render import page_html
from adoption.reports.pages.site import changes_html, index_html, write_assets
from tests.reports.conftest import executed

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

DAY, ALLOWED = "24 November 2026", 45
SAYS = "The data of this {} are of 24 November 2026, {} old."


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("site")
    write_assets(folder, reference_folder() / "geometry", ALLOWED)
    html, _ = page_html(executed(), slug="page", parameters={}, data_day=DAY)
    pages = {
        "page": html,
        "index": index_html([], ["acts"], DAY),
        "changes": changes_html("# Changes\n\n## 24 November 2026\n", DAY),
    }
    for name, text in pages.items():
        (folder / f"{name}.html").write_text(text, encoding="utf-8")
    return folder


@pytest.fixture(params=[1400, 390])
def read_at(
    request: pytest.FixtureRequest, browser: Browser, site: Path
) -> Iterator[Callable[..., Page]]:
    context = browser.new_context(viewport={"width": request.param, "height": 900}, offline=True)

    def read(name: str, *when: int) -> Page:
        page = context.new_page()
        page.clock.set_fixed_time(datetime(*when, tzinfo=UTC))  # type: ignore[misc,arg-type]
        page.goto((site / f"{name}.html").as_uri())
        return page

    yield read
    context.close()


@pytest.mark.parametrize(("name", "what"), [("page", "page"), ("index", "report"),
                                            ("changes", "report")])  # fmt: skip
def test_old_data_are_said_to_be_old_at_the_head(
    read_at: Callable[..., Page], name: str, what: str
) -> None:
    page = read_at(name, 2027, 1, 23, 23, 59)
    line = page.get_by_role("note").first
    assert line.inner_text() == SAYS.format(what, "60 days")
    assert line.locator("time").get_attribute("datetime") == "2026-11-24"
    box, head = line.bounding_box(), page.locator("h1").bounding_box()
    assert box is not None
    assert head is not None
    assert 0 < box["y"] < head["y"] < 300
    assert page.evaluate("() => document.documentElement.scrollWidth - innerWidth") <= 0


@pytest.mark.parametrize(
    ("when", "said"),
    [
        ((2026, 11, 20, 0, 0), None),  # a clock that is wrong
        ((2027, 1, 8, 23, 59), None),  # 45 days
        ((2027, 1, 9, 0, 0), "46 days"),
        ((2029, 11, 24, 12, 0), "1,096 days"),
    ],
)
def test_the_line_is_there_once_data_are_older_than_is_allowed(
    read_at: Callable[..., Page], when: tuple[int, ...], said: str | None
) -> None:
    line = read_at("page", *when).locator(".age")
    assert line.is_visible() == (said is not None)
    if said:
        assert line.inner_text() == SAYS.format("page", said)


def test_without_a_script_the_day_is_there_in_words(browser: Browser, site: Path) -> None:
    context = browser.new_context(java_script_enabled=False, offline=True)
    page = context.new_page()
    for name, place in (("page", "footer"), ("index", ".question"), ("changes", "footer")):
        page.goto((site / f"{name}.html").as_uri())
        assert not page.locator(".age").is_visible()
        assert DAY in page.locator(place).inner_text()
    context.close()
