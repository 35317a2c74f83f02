"""The field of the index that leaves only what it asks for, in a real browser."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from adoption.reports.pages.listing import Entry
from adoption.reports.pages.site import ASSETS, index_html
from adoption.reports.subjects import subject_of
from tests.reports.conftest import ANSWER

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

STATES = ("CIV", "EUE", "GBR", "KOR", "OMN", "ROU", "UKR", "VAT")
GROUPS = ("arab-league", "eu")
ALL = [  # in the order of the index: groups and states by name, states by region
    "status-map", "brief-eu", "brief-arab-league", "brief-civ", "brief-omn", "brief-kor",
    "brief-vat", "brief-rou", "brief-ukr", "brief-gbr", "brief-eue",
]  # fmt: skip
DAY = {"convention": "hanoi", "as_of": "latest"}


def made_index() -> str:
    answer = ANSWER | {"title": "Brief"}
    map_ = Entry("status-map", "Status map", ANSWER, None, subject=subject_of(DAY))
    groups = [Entry(f"brief-{group}", "Group", answer, None, "Groups",
                    subject=subject_of({"group": group})) for group in GROUPS]  # fmt: skip
    states = [Entry(f"brief-{iso3.lower()}", "State", answer, None, "States",
                    subject=subject_of({"country": iso3, **DAY})) for iso3 in STATES]  # fmt: skip
    return index_html([map_, *groups, *states], ["acts"], "24 November 2026")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("site")
    (folder / "assets").symlink_to(ASSETS)
    (folder / "index.html").write_text(made_index(), encoding="utf-8")
    for slug in ("brief-omn", "brief-gbr"):
        (folder / f"{slug}.html").write_text(f"<title>{slug}</title>", encoding="utf-8")
    return folder


@pytest.fixture(params=[1400, 390])
def index(request: pytest.FixtureRequest, browser: Browser, site: Path) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": request.param, "height": 900}, offline=True)
    page = context.new_page()
    page.goto((site / "index.html").as_uri())
    yield page
    context.close()


def left(page: Page) -> list[str]:
    """Return the pages that are shown, by their addresses."""
    shown = page.locator("[data-find]:visible a").all()
    return [str(link.get_attribute("href")).removesuffix(".html") for link in shown]


@pytest.mark.parametrize(
    ("written", "slugs", "told"),
    [
        ("oman", ["brief-omn"], "1 page"),  # and not Romania
        ("COTE D'I", ["brief-civ"], "1 page"),
        ("uk", ["brief-gbr", "brief-ukr"], "2 pages"),  # a name before words that begin so
        ("EU", ["brief-eue", "brief-eu"], "2 pages"),  # the organisation before its members
        ("south korea", ["brief-kor"], "1 page"),
        ("  ", ALL, ""),
        ("nowhere", [], "No page has such a word"),
    ],
)
def test_only_what_is_asked_for_is_left(
    index: Page, written: str, slugs: list[str], told: str
) -> None:
    index.get_by_label("Find a state, group or convention").fill(written)
    assert left(index) == slugs
    assert index.locator(".found").inner_text() == told


@pytest.mark.parametrize(("written", "slug"), [("uk", "brief-gbr")])
def test_the_enter_key_opens_the_first_that_is_left(index: Page, written: str, slug: str) -> None:
    field = index.get_by_label("Find a state, group or convention")
    field.fill(written)
    field.press("Enter")
    index.wait_for_url(f"**/{slug}.html")


@pytest.mark.parametrize("written", ["", "nowhere"])
def test_the_enter_key_does_nothing_without_a_match(index: Page, written: str) -> None:
    field = index.get_by_label("Find a state, group or convention")
    field.fill(written)
    field.press("Enter")
    assert index.url.endswith("/index.html")
    assert index.locator(".found").inner_text() == (
        "No page has such a word" if written.strip() else ""
    )


def test_without_a_script_every_page_is_there_as_a_link(browser: Browser, site: Path) -> None:
    context = browser.new_context(java_script_enabled=False, offline=True)
    page = context.new_page()
    page.goto((site / "index.html").as_uri())
    assert page.locator("[data-find] a:visible").count() == len(ALL)
    assert not page.locator("form").is_visible()
    context.close()
