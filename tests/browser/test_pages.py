"""Every page in a real browser, with the network cut, on a wide and on a narrow screen."""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlparse
from urllib.request import url2pathname

import pytest

from adoption import tables
from adoption.paths import project_root
from adoption.reports.pages.render import BUNDLES
from adoption.reports.pages.site import ASSETS
from adoption.reports.plan import read_plan
from tests.browser.conftest import PAGES, SLUGS

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

WIDE, NARROW = 1400, 390
MAP_SLUG = "status-map"
# What plotly drew: an area has a path that is not empty, a marker a point on the map.
DRAWN_AREAS = """() => [...document.querySelectorAll('.choroplethlayer path')]
    .filter(path => (path.getAttribute('d') || '').length > 10)
    .map(path => path.__data__.loc)"""
DRAWN_MARKERS = """() => [...document.querySelectorAll('.plot')].flatMap(plot =>
    plot._fullData.filter(t => t.type === 'scattergeo' && t.ids).flatMap(t => [...t.ids]))"""
MARKER_POINTS = "() => document.querySelectorAll('.scattergeo path.point').length"
FIGURES_DRAWN = """() => [...document.querySelectorAll('.plot')].every(
    plot => plot.querySelector('svg.main-svg') && plot._fullLayout)"""


# Words of the large figures that stand on two lines.
BROKEN_WORDS = """() => [...document.querySelectorAll('.figure strong, .counters strong')].flatMap(
    node => [...node.textContent.matchAll(/\\S+/g)].filter(word => {
        const range = document.createRange();
        range.setStart(node.firstChild, word.index);
        range.setEnd(node.firstChild, word.index + word[0].length);
        return range.getClientRects().length > 1;
    }).map(word => word[0]))"""
# Elements of a page whose content is wider than they are: what is cut, or has to be scrolled.
CUT = """() => [...document.querySelectorAll('main, main *:not(svg *)')]
    .filter(box => box.clientWidth && box.scrollWidth > box.clientWidth + 1
        && !box.closest('.js-plotly-plot') && getComputedStyle(box).display !== 'inline')
    .map(box => box.className + ': ' + box.textContent.slice(0, 40))"""
WORDS_OUTSIDE = """() => [...document.querySelectorAll('.plot text')].filter(text => {
    const plot = text.closest('.plot').getBoundingClientRect();
    const box = text.getBoundingClientRect();
    return box.width && (box.left < plot.left - 1 || box.right > plot.right + 1);
}).map(text => text.textContent)"""
# Beside a page's own words: the limits of a page with a map, with other figures, and with none.
MOST_BYTES = {"status-map": 610_000, "entry-into-force": 450_000, "brief-qat": 450_000,
              "claims-check": 50_000}  # fmt: skip


LINKS = "links => links.map(link => link.getAttribute('href'))"


def url_to_path(url: str) -> Path:
    """Return the file behind a file: address."""
    return Path(url2pathname(urlparse(url).path))


@dataclass
class Visit:
    """A page that was opened, and what the browser did and said meanwhile."""

    page: Page
    requests: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)


@pytest.fixture(params=[WIDE, NARROW])
def visit(request: pytest.FixtureRequest, browser: Browser, report: Path) -> Iterator[Any]:
    context = browser.new_context(viewport={"width": request.param, "height": 900}, offline=True)

    def open_page(slug: str) -> Visit:
        visited = Visit(context.new_page())
        page = visited.page
        page.on("request", lambda made: visited.requests.append(made.url))
        page.on("requestfailed", lambda made: visited.complaints.append(f"failed: {made.url}"))
        page.on("console", lambda message: visited.complaints.append(message.text))
        page.on("pageerror", lambda error: visited.complaints.append(str(error)))
        page.goto((report / f"{slug}.html").resolve().as_uri())
        page.wait_for_function(FIGURES_DRAWN, timeout=20_000)
        return visited

    yield open_page
    context.close()


@pytest.mark.parametrize("slug", ["index", *PAGES])
def test_a_page_needs_no_network_and_its_links_lead_somewhere(
    visit: Any, report: Path, slug: str
) -> None:
    visited = visit(slug)
    inside = report.resolve().as_uri()
    assert [url for url in visited.requests if not url.startswith((inside, "data:"))] == []
    assert visited.complaints == []
    wide = visited.page.evaluate("() => document.documentElement.scrollWidth - innerWidth")
    assert wide <= 0
    targets = visited.page.eval_on_selector_all("a[href]", LINKS)
    local = [t.split("#")[0] for t in targets if not t.startswith(("#", "http"))]
    planned = {f"{page.slug}.html" for page in read_plan(project_root() / "reports.toml")}
    assert [to for to in local if to not in planned and not (report / to).is_file()] == []


@pytest.mark.parametrize("slug", PAGES)
def test_no_number_and_no_column_is_cut(visit: Any, slug: str) -> None:
    page = visit(slug).page
    assert page.evaluate(CUT) == []
    assert page.evaluate(WORDS_OUTSIDE) == []
    code = page.locator("pre.code").first
    assert not code.is_visible()
    page.get_by_label("Show code").check()
    assert code.is_visible()


@pytest.mark.parametrize("slug", PAGES)
def test_what_has_focus_is_in_no_image_and_what_scrolls_has_focus(visit: Any, slug: str) -> None:
    page = visit(slug).page
    page.get_by_label("Show code").check()
    inside = page.locator("[role=img] :is(a[href], button, input, [tabindex])")
    assert inside.count() == 0
    scrolling = page.evaluate("""() => [...document.querySelectorAll('pre, .output')].filter(
        box => box.scrollWidth > box.clientWidth && box.tabIndex < 0).length""")
    assert scrolling == 0


@pytest.mark.parametrize(("slug", "most"), MOST_BYTES.items())
def test_a_page_and_what_it_loads_are_light(visit: Any, slug: str, most: int) -> None:
    files = {url_to_path(url) for url in visit(slug).requests if url.startswith("file:")}
    assert sum(len(gzip.compress(path.read_bytes(), mtime=0)) for path in files) <= most


def test_each_bundle_draws_the_kinds_of_trace_that_it_is_taken_for(browser: Browser) -> None:
    for name, drawn in BUNDLES.items():
        page = browser.new_page()
        page.add_script_tag(path=ASSETS / "plotly" / f"plotly-{name}.min.js")
        assert set(page.evaluate("Object.keys(Plotly.PlotSchema.get().traces)")) == drawn
        page.close()


def test_all_members_of_the_united_nations_are_on_the_map(visit: Any) -> None:
    page = visit(MAP_SLUG).page
    states = tables.read("states")
    members = set(states.loc[states["un_member"], "iso3"])
    assert len(members) == 193
    areas, markers = set(page.evaluate(DRAWN_AREAS)), set(page.evaluate(DRAWN_MARKERS))
    assert members - areas - markers == set()
    small = set(states.loc[states["small"], "iso3"])
    assert small - markers == set()
    assert page.evaluate(MARKER_POINTS) >= len(small)


def test_the_head_of_the_index_is_read_without_scrolling(visit: Any) -> None:
    page = visit("index").page
    assert page.locator("h1").inner_text().endswith(".")
    labels = page.locator(".counters dt").all_inner_texts()
    assert labels[:2] == ["Signed", "Ratified"]
    broken = page.evaluate(BROKEN_WORDS)
    assert broken == []
    assert page.locator(".world svg").first.bounding_box()["width"] > 300
    if page.viewport_size["width"] == WIDE:
        legend = page.locator(".world .legend").bounding_box()
        assert legend["y"] + legend["height"] <= 900


def test_the_map_of_the_index_links_the_states_that_have_a_page(visit: Any, report: Path) -> None:
    page = visit("index").page
    linked = page.eval_on_selector_all(".world a[href]", LINKS)
    assert {"brief-qat.html", "brief-gbr.html"} <= set(linked)
    assert [target for target in linked if not (report / target).is_file()] == []
    page.locator('.world a[data-state="GBR"]').click()
    page.wait_for_url("**/brief-gbr.html")


def test_the_index_leads_to_every_page_notebook_and_table(visit: Any, report: Path) -> None:
    page = visit("index").page
    targets = page.eval_on_selector_all(
        "a[href]", "links => links.map(a => a.getAttribute('href'))"
    )
    local = [target for target in targets if not target.startswith("#")]
    assert {f"{slug}.html" for slug in SLUGS} <= set(local)
    assert [target for target in local if not (report / target).is_file()] == []


def test_a_country_brief_prints_on_two_sheets(browser: Browser, report: Path) -> None:
    """Also where it is so old that it says so."""
    context = browser.new_context(offline=True)
    page = context.new_page()
    page.clock.set_fixed_time(datetime.combine(tables.data_day(), time()) + timedelta(400))
    page.goto((report / "brief-qat.html").resolve().as_uri())
    page.wait_for_function(FIGURES_DRAWN, timeout=20_000)
    assert page.locator(".age").is_visible()
    assert len(re.findall(rb"/Type\s*/Page\b", page.pdf(format="A4"))) == 2
    context.close()
