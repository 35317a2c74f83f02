"""The words of drawings, measured in a browser: none lies on another, and none is cut."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest

import adoption as ad
from adoption.figures.theme import STYLE
from adoption.law.conventions import load_conventions
from adoption.press.svg import chart_svg
from adoption.show.drawings import drawing_html
from tests.browser.test_pages import COLLIDING, WORDS_OUTSIDE
from tests.cells import run_cells

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser
COMPARED = ("untoc", "uncac", "terrorist-financing", "nuclear-terrorism", "budapest")
SIZES = (("narrow", 350), ("wide", 960))
# Nine of its days have a name in the data of the tests, for which a narrow figure has no room.
CROWDED = ("budapest", "narrow")
LONG_NAMES = ("AND", "ARM", "ECU", "MOZ")  # of the state, or of its groups
PAGE = """<style>body { font-family: system-ui, sans-serif } .narrow { width: 350px }
.wide { width: 960px }</style>"""


@pytest.fixture(scope="module")
def page(browser: Browser) -> Iterator[Page]:
    opened = browser.new_page(viewport={"width": 1200, "height": 900})
    yield opened
    opened.close()


def faults(page: Page, drawings: list[str]) -> list[str]:
    """Return the words that lie on others or outside their drawing."""
    page.set_content(PAGE + "".join(f"<figure>{drawing}</figure>" for drawing in drawings))
    found: list[str] = page.evaluate(COLLIDING) + page.evaluate(WORDS_OUTSIDE)
    assert page.locator("svg:is([role=img], [role=group]) text").count() > len(drawings), (
        "there is what is measured"
    )
    return found


def svg(chart: Any, width: int) -> str:
    return chart_svg(json.loads(chart.to_json()), width, "words", "figure", STYLE)


@pytest.mark.parametrize("name", load_conventions())
def test_no_words_of_a_timeline_lie_on_others(page: Page, name: str) -> None:
    sizes = [size for size in SIZES if (name, size[0]) != CROWDED]
    beside = ad.compare([name, *(other for other in COMPARED if other != name)])
    charts = [ad.status(name).chart("curve"), beside.chart("signatories"), beside.chart("parties")]
    drawings = [
        f'<div class="{kind}">{svg(chart, width)}</div>'
        for chart in charts
        for kind, width in sizes
    ]
    assert faults(page, drawings) == []


@pytest.mark.parametrize("country", LONG_NAMES)
def test_no_words_of_a_scale_lie_on_others(page: Page, country: str) -> None:
    scale = run_cells("03_country_brief", "near", country=country).shown["03-31"]
    assert faults(page, [drawing_html(scale, inline=False)]) == []
