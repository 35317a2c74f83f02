"""Every kind of page in a real browser, with the network cut, on a wide and a narrow screen."""

from __future__ import annotations

import gzip
import re
from collections.abc import Callable
from datetime import UTC, datetime, time, timedelta
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, Any
from urllib.parse import urlparse
from urllib.request import url2pathname

import pytest
from playwright.sync_api import expect

from adoption import tables
from tests.browser.conftest import NARROW, PAGES, WIDE, Tab

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser

# Elements of a page whose content is wider than they are: what is cut, or has to be scrolled.
CUT = """() => [...document.querySelectorAll('main, main *:not(svg *)')]
    .filter(box => box.clientWidth && box.scrollWidth > box.clientWidth + 1
        && !['inline', 'none'].includes(getComputedStyle(box).display)
        && !box.closest('.table, pre, .hidden'))
    .map(box => box.className + ': ' + box.textContent.slice(0, 40))"""
WORDS_OUTSIDE = """() => [...document.querySelectorAll(
    'figure svg:is([role=img], [role=group])')].flatMap(svg => {
    const frame = svg.getBoundingClientRect();
    return [...svg.querySelectorAll('text')].filter(text => {
        const box = text.getBoundingClientRect();
        return box.width && (box.left < frame.left - 1 || box.right > frame.right + 1);
    }).map(text => text.textContent);
})"""
COLLIDING = """() => [...document.querySelectorAll(
    'figure svg:is([role=img], [role=group])')].flatMap(svg => {
    const words = [...svg.querySelectorAll('text')].map(text => [text.textContent,
        text.getBoundingClientRect()]).filter(([, box]) => box.width);
    return words.flatMap(([one, a], place) => words.slice(place + 1).filter(([, b]) =>
        Math.min(a.right, b.right) - Math.max(a.left, b.left) > 1
        && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > a.height / 3
    ).map(([other]) => `${one} | ${other}`));
})"""
SHIFT = """() => new Promise(done => { let all = 0; new PerformanceObserver(list => {
    list.getEntries().forEach(entry => { all += entry.value; }); })
    .observe({type: 'layout-shift', buffered: true}); setTimeout(() => done(all), 100); })"""
# Of a page and all it loads, compressed.
MOST_BYTES = {
    "index": 72_000,  # 75,000 at most: the dates and the length of the map vary by a few bytes
    "status-map": 110_000,
    "brief-qat": 30_000,  # half of it is style and script, which all pages share
    "brief-arab-league": 60_000,
    "entry-into-force": 90_000,
    "claims-check": 50_000,
    "states-and-organisations": 25_000,
}


@pytest.fixture(params=[WIDE, NARROW])
def visit(request: pytest.FixtureRequest, tabs: Callable[[int], Tab], report: Path) -> Any:
    def open_page(slug: str, place: str = "") -> Tab:
        tab = tabs(request.param)
        tab.open((report / f"{slug}.html").resolve().as_uri() + place, request.param)
        return tab

    return open_page


@pytest.mark.parametrize("slug", PAGES)
def test_a_page_needs_no_network_is_light_and_nothing_is_cut(
    visit: Any, report: Path, slug: str
) -> None:
    visited = visit(slug)
    loaded = {url for url in visited.requests if url.startswith("file:")}
    paths = [Path(url2pathname(urlparse(url).path)) for url in loaded]
    size = sum(len(gzip.compress(path.read_bytes(), mtime=0)) for path in paths)
    assert 1_000 < size <= MOST_BYTES[slug]
    inside = report.resolve().as_uri()
    assert [url for url in visited.requests if not url.startswith((inside, "data:"))] == []
    assert visited.complaints == []
    page = visited.page
    assert page.evaluate(SHIFT) < 0.1
    for width in (page.viewport_size["width"], 320):  # as of 1280 pixels at 400 %
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("() => document.documentElement.scrollWidth - innerWidth") <= 0
        assert page.evaluate(CUT) == []
        assert page.evaluate(WORDS_OUTSIDE) == page.evaluate(COLLIDING) == []
    hrefs = page.eval_on_selector_all("a[href]", "all => all.map(a => a.getAttribute('href'))")
    local = {
        re.split("[?#]", h)[0] for h in hrefs if not h.startswith(("#", "http", "data:", "mailto:"))
    }
    assert [name for name in local - {""} if not (report / name).is_file()] == []


def test_classes_are_told_apart_in_forced_colours(browser: Browser, report: Path) -> None:
    context = browser.new_context(forced_colors="active", offline=True)
    page, paint = context.new_page(), "all => all.map(one => getComputedStyle(one)[{}])"
    for slug, place, what in (
        ("states-and-organisations", ".legend .badge", "'backgroundColor'"),
        ("index", ".world a:is(.signed, .no-act-known) path", "'fill'"),
    ):
        page.goto((report / f"{slug}.html").resolve().as_uri())
        assert len(set(page.eval_on_selector_all(place, paint.format(what)))) >= 2
    context.close()


def test_the_front_page_answers_first_and_names_what_is_reported(visit: Any) -> None:
    page = visit("index").page
    assert page.locator("section.facts dt").all_inner_texts() == [
        "Signed",
        "Consented to be bound",
        "Signature closes",
        "In force, forecast",
    ]
    assert page.locator("section.facts .cells > rect").count() == 40
    if page.viewport_size["width"] == WIDE:
        assert page.locator("section.facts").bounding_box()["y"] < 300
        assert page.locator(".world svg").first.bounding_box()["width"] > 1200
        assert page.evaluate("document.documentElement.scrollHeight") <= 2400


def test_a_reader_asks_the_front_page_for_a_state(visit: Any) -> None:
    page = visit("index").page
    page.get_by_label("Has your state signed?").fill("qat")
    page.get_by_role("button", name="Open its brief").click()
    page.wait_for_url("**/brief-qat.html")


def test_the_day_of_the_map_stands_in_the_address_and_reaches_the_list(visit: Any) -> None:
    page = visit("status-map", "#d=2025-10-25").page
    if page.viewport_size["width"] != WIDE:
        page.get_by_role("button", name=re.compile("Show all")).first.click()
    qatar = page.locator('a[data-state="QAT"]')
    assert qatar.get_attribute("class") == "signed"
    told = page.locator(".answer:visible").inner_text()
    assert told.startswith("On 25 October 2025: 65 known to have signed, four by report; none")
    row = page.locator("tr", has_text="Qatar").filter(has_text="ratification").first
    assert not row.is_visible()
    page.get_by_label("Day", exact=True).focus()
    page.keyboard.press("End")
    assert qatar.get_attribute("class") == "ratification-reported"
    assert row.is_visible()
    assert page.url.endswith(f"#d={tables.data_day()}")
    assert page.locator(".answer:visible").inner_text().startswith("At least 67 states and")
    page.locator(".skip").last.focus()
    page.keyboard.press("Enter")
    assert page.url.endswith("#table-1"), "the list is reached without the map's states"


@pytest.mark.parametrize("visit", [WIDE], indirect=True)
def test_keys_lead_from_the_front_page_to_the_day_on_which_a_state_signed(visit: Any) -> None:
    page = visit("index").page
    page.keyboard.press("/")
    page.keyboard.type("qat")
    page.keyboard.press("Enter")
    page.wait_for_url("**/brief-qat.html")
    page.locator(".answer a[href*='#d=']").press("Enter")
    page.wait_for_url("**/status-map.html#d=2025-10-25")
    assert page.locator('a[data-state="QAT"]').get_attribute("class") == "signed"
    page.go_back()
    page.go_back()
    assert page.url.endswith("/index.html")


@pytest.mark.parametrize("visit", [WIDE], indirect=True)
def test_the_map_is_one_stop_and_arrows_lead_on_to_a_page(visit: Any) -> None:
    page = visit("index").page
    assert page.locator('.world a[tabindex="0"]').count() == 1
    page.locator('.world a[tabindex="0"]').focus()
    assert page.evaluate("document.activeElement.dataset.state") == "QAT"
    page.keyboard.press("ArrowLeft")
    assert page.evaluate("document.activeElement.dataset.state") != "QAT"
    page.keyboard.press("ArrowRight")
    page.locator('.world a[data-state="GBR"]').focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/brief-gbr.html")


@pytest.mark.parametrize("visit", [WIDE], indirect=True)  # a narrow list has no heads to sort by
def test_a_list_is_sorted_filtered_and_saved_as_shown(visit: Any) -> None:
    page = visit("status-map").page
    box = page.locator(".table").first
    first = box.locator("tbody tr:visible th").first
    box.get_by_role("button", name="Day").click()
    box.get_by_role("button", name="Day").click()
    assert first.inner_text() == "Canada", "the latest"
    page.get_by_label("Filter the rows").first.fill("oceania")
    expect(first).to_have_text("Australia")  # the search that knows more words is loaded first
    with page.expect_download() as saved:
        page.get_by_role("button", name="CSV").first.click()
    lines = saved.value.path().read_text(encoding="utf-8-sig").splitlines()
    assert lines[0] == "iso3,Participant,Act,Day,Grade,Source,Source address,Region"
    assert {line.rsplit(",", 1)[1] for line in lines[1:]} == {"Oceania"}
    assert lines[1].startswith("AUS,Australia,signature,2025-10-25,confirmed,")
    assert all(",https://" in line for line in lines[1:])


def test_a_figure_is_saved_with_its_words_under_a_name_that_says_what_it_holds(visit: Any) -> None:
    page = visit("status-map", "#d=2025-10-25").page
    for kind, head in (("SVG", b"<svg"), ("PNG", b"\x89PNG")):
        with page.expect_download() as saved:
            page.locator("figure.world").get_by_role("button", name=kind).click()
        content = saved.value.path().read_bytes()
        name = f"hanoi-status-map-2025-10-25-data-{tables.data_day()}.{kind.lower()}"
        assert saved.value.suggested_filename == name, "the day shown, and that of the data"
        assert content.startswith(head)
        assert b"var(" not in content
        if kind == "SVG":
            words = content.decode()
            for part in (
                "Cybercrime, 25 October 2025: 65",
                "no act known",
                "endorsement",
                "Source: ",
                "and not the European Union",
                "has ratified, 25 October 2025. Hanoi Convention Tracker.",
                "Data of 24 November 2026.",
            ):
                assert part in words
    page.goto(page.url.split("#")[0].replace("status-map", "brief-qat"))
    with page.expect_download() as saved:
        page.locator("figure.scale").get_by_role("button", name="PNG").click()
    assert saved.value.suggested_filename == f"qat-groups-{tables.data_day()}.png"


@pytest.mark.parametrize("visit", [WIDE], indirect=True)
def test_a_citation_and_a_file_of_an_earlier_day_tell_it_and_that_of_the_data(visit: Any) -> None:
    page = visit("status-map", "#d=2025-10-25").page
    cited = page.locator("footer details pre").all_text_contents()[:3]
    for text, day in zip(
        cited, ("24 November 2026", "24 November 2026", "2026/11/24"), strict=True
    ):
        assert "has ratified, 25 October 2025" in text
        assert day in text
        assert "status-map.html#d=2025-10-25" in text
    with page.expect_download() as saved:
        page.get_by_role("button", name="CSV").first.click()
    assert saved.value.suggested_filename == f"hanoi-acts-2025-10-25-data-{tables.data_day()}.csv"
    head, *lines = saved.value.path().read_text(encoding="utf-8-sig").splitlines()
    assert head.endswith(",status on,data of")
    assert all(line.endswith(f",2025-10-25,{tables.data_day()}") for line in lines)
    page.get_by_label("Day", exact=True).focus()
    page.keyboard.press("End")
    assert "on 25 October" not in page.locator("footer details pre").first.text_content()


def test_a_map_is_embedded_on_the_day_that_was_chosen(visit: Any) -> None:
    page = visit("status-map", "#d=2025-10-25").page
    page.get_by_role("button", name="Link and embed").click()
    link, code = page.locator("#share pre").all_inner_texts()
    assert link == page.url
    assert ', 25 October 2025" width' in code
    page.goto(code.split('"')[1])
    assert page.url.endswith("/embed-status-map.html#d=2025-10-25")
    assert page.locator(".answer:visible").inner_text().startswith("On 25 October 2025: 65 known")
    assert page.locator(".top").is_hidden()


def test_any_figure_is_embedded_alone_and_leads_out_of_the_frame(visit: Any) -> None:
    page = visit("brief-arab-league").page
    page.get_by_role("button", name="Embed").first.click()
    code = page.locator("#share pre").last.inner_text()
    page.goto(code.split('"')[1])
    assert page.url.endswith("/brief-arab-league.html?embed=figure-1#figure-1"), (
        "a place without a script"
    )
    assert page.locator("main figure").count() == 1
    assert page.locator(".top, footer").filter(visible=True).count() == 0
    assert page.evaluate("() => document.documentElement.scrollWidth - innerWidth") <= 0
    page.goto(page.url.split("brief-")[0] + "embed-status-map.html")
    inside = "all => all.filter(a => a.getAttribute('target') !== '_top').length"
    assert page.eval_on_selector_all("svg a[href]", inside) == 0


@pytest.mark.parametrize("visit", [WIDE], indirect=True)
def test_a_citation_has_the_address_of_the_page_and_the_day_of_reading(visit: Any) -> None:
    page = visit("brief-qat", "#sources").page
    page.get_by_text("Cite this page").click()
    text, bibtex, ris = page.locator("footer details").first.locator("pre").all_inner_texts()
    address = page.url.split("#")[0]
    today = datetime.now(UTC).date()
    assert f"{address}. Seen on {today.day} {today:%B %Y}" in text
    assert f"url = {{{address}}}" in bibtex
    assert f"Y2  - {today}" in ris


def test_a_mark_says_what_it_holds_to_a_pointer_and_to_the_keyboard(visit: Any) -> None:
    page = visit("index").page
    page.locator('.world a[data-state="NRU"]').focus()
    assert page.locator(".tip").inner_text().startswith("Nauru: ")
    ring = "getComputedStyle(document.activeElement.querySelector('circle')).strokeWidth"
    assert page.evaluate(ring) == "5px", "a small state is seen"
    page.locator('.world a[data-state="BRA"] path').hover()
    assert page.locator(".tip").inner_text().startswith("Brazil: ")


def test_a_mark_of_a_figure_is_told_to_the_keyboard_and_a_series_stands_out(visit: Any) -> None:
    page = visit("brief-qat").page
    page.locator("figure.chart svg[role=group]:visible").first.focus()
    page.keyboard.press("ArrowRight")
    assert page.locator(".tip").inner_text() == "Bahrain: no act known; 97.94"
    page.goto(page.url.replace("brief-qat", "entry-into-force"))
    label = page.locator("text.label:visible").first
    label.click()
    faint = page.locator("svg:has(text.label) .faint")
    others = faint.evaluate_all("all => all.map(part => part.dataset.series)")
    assert others, "the other series are faint"
    assert label.text_content() not in others


def test_long_tables_are_folded_and_open_for_their_address(visit: Any) -> None:
    page = visit("evidence").page
    assert page.evaluate("document.documentElement.scrollHeight") < 6000
    assert page.evaluate(SHIFT) < 0.1
    fold = page.locator("details.fold").first
    assert re.search(r" \d+ rows$", fold.locator("> summary").inner_text())
    row = fold.locator("tbody tr").first
    assert not row.is_visible()
    page.goto(f"{page.url}#{row.get_attribute('id')}")
    expect(row).to_be_visible()


def test_a_long_list_is_folded_on_a_phone(visit: Any) -> None:
    page = visit("status-map").page
    rows = page.locator("#content .table").first.locator("tbody tr:visible")
    if page.viewport_size["width"] == WIDE:
        assert rows.count() > 70
        return
    assert rows.count() < 10
    assert page.evaluate("document.documentElement.scrollHeight") < 12 * 844
    page.get_by_label("Filter the rows").first.fill("UK")
    page.wait_for_function("() => document.querySelector('.find').classList.contains('ready')")
    assert "Great Britain" in rows.first.inner_text()
    page.get_by_label("Filter the rows").first.fill("")
    page.get_by_role("button", name=re.compile("Show all")).first.click()
    assert rows.count() > 70


def test_the_scheme_that_was_chosen_holds(browser: Browser, report: Path) -> None:
    context = browser.new_context(offline=True)
    page = context.new_page()
    page.goto((report / "brief-qat.html").resolve().as_uri())
    colour = "getComputedStyle(document.body).backgroundColor"
    light = page.evaluate(colour)
    page.get_by_role("button", name="Dark or light").click()
    assert page.evaluate(colour) != light
    page.reload()
    assert page.evaluate(colour) != light
    context.close()


@pytest.mark.parametrize("visit", [WIDE], indirect=True)
@pytest.mark.parametrize("slug", ["brief-qat", "brief-gbr", "brief-ukr", "brief-kor", "brief-eue"])
def test_a_brief_is_read_in_three_screens(visit: Any, slug: str) -> None:
    page = visit(slug).page
    assert page.evaluate("document.documentElement.scrollHeight") <= 2700
    assert page.locator(".matrix th[scope=row]").count() >= 5


@pytest.mark.parametrize(("slug", "sheets"), [("brief-qat", 2), ("brief-arab-league", 3)])
def test_a_brief_prints_on_few_sheets(
    browser: Browser, report: Path, slug: str, sheets: int
) -> None:
    """Also where it is so old that it says so."""
    context = browser.new_context(offline=True)
    page = context.new_page()
    page.clock.set_fixed_time(datetime.combine(tables.data_day(), time()) + timedelta(400))
    page.goto((report / f"{slug}.html").resolve().as_uri())
    assert page.locator(".age").is_visible()
    assert len(re.findall(rb"/Type\s*/Page\b", page.pdf(format="A4"))) <= sheets
    context.close()


def test_a_printed_page_names_the_site_and_its_address(browser: Browser, report: Path) -> None:
    context = browser.new_context(offline=True)
    page = context.new_page()
    page.goto((report / "brief-qat.html").resolve().as_uri() + "#sources")
    printed = page.locator(".printed")
    assert not printed.is_visible()
    page.emulate_media(media="print")
    assert printed.inner_text() == (
        f"Hanoi Convention Tracker: Qatar. {page.url.partition('#')[0]}"
    )
    context.close()


def test_on_an_earlier_day_nothing_of_a_later_one_is_drawn(visit: Any) -> None:
    page = visit("status-map", "#d=2025-12-01").page
    dot = page.locator('.world a[data-state="QAT"] circle').first
    assert "hatched" not in dot.evaluate("dot => getComputedStyle(dot).fill")


def test_a_count_leads_to_its_rows_and_back_to_all(visit: Any) -> None:
    page = visit("index").page
    page.get_by_role("link", name="68+").click()
    page.wait_for_url("**/status-map.html?act=signature&grade=confirmed,inferred#table-1")
    note = page.locator(".asked:visible").first
    assert note.inner_text().startswith("Signature; confirmed, inferred: 68 of ")
    rows = page.locator("#content .table").first.locator("tbody tr:visible")
    assert rows.count() == 68
    note.get_by_role("link").click()
    assert rows.count() > 68 or page.viewport_size["width"] != WIDE
    page.locator(".legend a", has_text="3").last.click()
    assert rows.count() == 3
    assert page.url.endswith("?status=ratification-reported&kind=member,state#table-1")


def test_an_error_is_reported_with_the_row(visit: Any) -> None:
    page = visit("brief-qat").page
    page.get_by_text("Tables behind the figures").click()
    page.get_by_text("Report an error").click()
    page.get_by_role("link", name="Row UNCAC: its address").first.click()
    assert page.locator(".report p a").get_attribute("href") == "mailto:errors@example.org"
    report = page.locator(".report pre")
    expect(report).to_contain_text("#table-1-uncac")
    expect(report).to_contain_text("UNCAC; signature; 1 Dec 2005; confirmed")


def test_markup_of_a_notebook_can_send_nothing_and_load_nothing(visit: Any) -> None:
    """A form, a base address and a frame, as the HTML of an output could contain them."""
    tab = visit("claims-check")
    tab.page.evaluate(
        """() => {
          document.head.insertAdjacentHTML("beforeend", '<base href="http://127.0.0.1:9/elsewhere/">');
          document.body.insertAdjacentHTML("beforeend", '<iframe src="http://127.0.0.1:9/frame"></iframe>'
            + '<form action="http://127.0.0.1:9/form"><input name="q" value="secret"></form>');
          document.querySelector("form[action]").submit();
        }"""
    )
    tab.page.wait_for_timeout(200)  # no event tells that nothing happens
    assert "elsewhere" not in tab.page.evaluate("document.baseURI")
    assert not [url for url in tab.requests if "127.0.0.1:9" in url]
    policies = [text for text in tab.complaints if "Content Security Policy" in text]
    assert len(policies) == 3


def test_folded_tables_get_their_tools_once_they_are_opened(visit: Any) -> None:
    visited = visit("brief-qat")
    assert [url for url in visited.requests if "/tables." in url] == []
    visited.page.get_by_text("Tables behind the figures").click()
    with visited.page.expect_download() as saved:
        visited.page.get_by_role("button", name="CSV").first.click()
    head, *lines = saved.value.path().read_text(encoding="utf-8-sig").splitlines()
    assert head.startswith("Convention,")
    assert any(line.startswith("UNCAC,signature,2005-12-01,confirmed") for line in lines)


def test_states_are_compared_as_the_address_says(visit: Any) -> None:
    page = visit("compare", "#states=qat,GBR,XYZ").page
    box = page.locator("#compared")
    assert box.locator("thead a").all_inner_texts()[0] == "Qatar"
    assert page.locator(".compare .message").inner_text() == "Not known here: XYZ"
    assert "ratification Feb 2026, reported" in box.inner_text()
    with page.expect_download() as saved:
        page.get_by_role("button", name="PNG").first.click()
    assert saved.value.suggested_filename.startswith("compare-qatar-beside-united-kingdom")
    assert saved.value.path().read_bytes().startswith(b"\x89PNG")
    with page.expect_download() as saved:
        page.get_by_role("button", name="CSV").first.click()
    saved_lines = saved.value.path().read_text("utf-8-sig").splitlines()
    assert ",hanoi status,hanoi grade,hanoi earliest,hanoi latest,untoc" in saved_lines[0]
    assert ",ratification reported,reported,2026-02-01,2026-02-28,consented" in saved_lines[1]
    assert box.locator("button a, button button").count() == 0
    field = page.get_by_label("Add a treaty or participant")
    field.fill("UN Convention against Cybercrime")
    field.press("Enter")
    page.wait_for_url("**#treaties=hanoi")  # treaties are not set beside states
    field.fill("UNCAC")
    field.press("Enter")
    page.wait_for_url("**#treaties=hanoi,uncac")
    field.fill("UK")
    field.press("Enter")
    page.wait_for_url("**#states=GBR")


def test_treaties_are_compared_by_who_is_in_both_and_a_vote_lists_states(visit: Any) -> None:
    page = visit("compare", "#treaties=budapest,hanoi").page
    first = page.locator("#compared tbody tr").first
    assert first.locator("th").inner_text() == (
        "Participants that signed or joined all of them, with reports"
    )
    both = int(first.locator("td a").first.inner_text())
    every = len(tables.read("states"))
    said = f"{every} of {every} participants, on "
    expect(page.locator("#overlap .message")).to_have_text(re.compile(f"^{said}"))
    assert page.locator("#listed tbody tr").count() == every, "nothing was asked of them"
    first.locator("td a").first.click()
    page.wait_for_url("**where=acted,acted")
    # the address changes before the script that lists the states hears of it
    expect(page.locator("#overlap .message")).to_have_text(re.compile(rf"^{both} of "))
    assert page.locator("#listed tbody tr").count() == both > 0
    page.goto(page.url.partition("#")[0] + "#vote=no")
    votes = tables.read("votes")
    against = votes[(votes["resolution"] == "A/RES/74/247") & (votes["vote"] == "no")]
    expect(page.locator("#listed tbody tr")).to_have_count(len(against))


class Publisher(SimpleHTTPRequestHandler):
    """Serves a report, and its page 404 at every address that there is not."""

    def send_error(self, code: int, *_: Any) -> None:
        page = Path(self.directory, "404.html").read_bytes()
        self.send_response(code)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(page)

    def log_message(self, *_: Any) -> None:
        """Print nothing."""


def test_a_missing_address_deep_in_the_site_leads_back(browser: Browser, report: Path) -> None:
    handler = partial(Publisher, directory=str(report.resolve()))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        page = browser.new_page()
        page.goto(f"http://127.0.0.1:{server.server_port}/one/two/three.html")
        page.locator(".find").wait_for()  # which a script shows
        page.locator("#find").fill("Qatar")
        page.locator("#found a").first.click()
        page.wait_for_url(f"http://127.0.0.1:{server.server_port}/brief-qat.html")
        page.close()
        server.shutdown()
