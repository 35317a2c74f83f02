"""The search of every page, in a real browser and from a disk."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.browser.conftest import NARROW, WIDE

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser


@pytest.fixture
def width() -> int:
    return WIDE


@pytest.fixture
def page(width: int, browser: Browser, report: Path) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": width, "height": 900}, offline=True)
    made = context.new_page()
    made.goto((report / "brief-qat.html").resolve().as_uri())
    yield made
    context.close()


def ask(page: Page, words: str) -> None:
    field = page.locator("#find")
    field.focus()
    page.locator(".find.ready").wait_for()
    field.fill(words)


@pytest.mark.parametrize(
    ("written", "slug"),
    [
        ("The  UKRAINE ", "brief-ukr"), ("Ukrane", "brief-ukr"), ("EU", "brief-eue"),
        *(pytest.param(*case, marks=pytest.mark.slow) for case in (
            ("gbr", "brief-gbr"), ("South Korea", "brief-kor"), ("Arab League", "brief-arab-league")
        )),
        ("forecast", "entry-into-force"), ("UNTC XVIII-16", "status-map"),
    ],
)  # fmt: skip
def test_the_enter_key_opens_the_page_of_that_name(page: Page, written: str, slug: str) -> None:
    ask(page, written)
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/{slug}.html")


def test_without_a_match_it_says_so_and_stays(page: Page) -> None:
    ask(page, "nowhere at all")
    page.keyboard.press("Enter")
    assert page.url.endswith("/brief-qat.html")
    assert page.locator(".find .message").inner_text() == "No page of that name"


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_what_is_found_is_reached_by_the_arrow_keys(page: Page) -> None:
    ask(page, "uk")
    found = page.locator("#found a").all_inner_texts()
    assert found == ["United Kingdom of Great Britain and Northern Ireland", "Ukraine"]
    for _ in found:
        page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/brief-ukr.html")
