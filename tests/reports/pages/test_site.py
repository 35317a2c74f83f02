"""The shared parts of a report: front page, lists, changes, links, search, API, picture."""

from __future__ import annotations

import csv
import io
import json
import re
import sys
from collections import Counter
from copy import deepcopy
from dataclasses import replace
from datetime import date
from pathlib import Path
from types import FrameType
from typing import Any

import feedparser
import pandas as pd
import pytest
from markupsafe import Markup
from PIL import Image

from adoption import tables
from adoption.core.paths import processed_folder
from adoption.countries.groups import load_groups
from adoption.figures.theme import PALETTE, STYLE
from adoption.law.conventions import load_conventions
from adoption.law.held import load_held
from adoption.law.status import load_status
from adoption.press.document import (
    BLOCK_TYPE,
    Column,
    DrawingBlock,
    Section,
    TableBlock,
    block_data,
    packed,
)
from adoption.press.html import share_picture
from adoption.press.plan import UNSET, Settings
from adoption.press.printing import Order
from adoption.press.store import document_file, make_folders
from adoption.refresh.diff import Event
from adoption.refresh.events import EVENTS, changes_md, event_rows
from adoption.refresh.feeds import ALL
from adoption.show.world import world_map
from adoption.site.api import write_api
from adoption.site.compare import treaties_and_script
from adoption.site.feeds import (
    JOURNAL,
    read_journal,
    read_markdown,
    recorded_entries,
    write_feeds,
    written_html,
)
from adoption.site.frame import ASSETS, asset
from adoption.site.links import MOST_TREATIES, Links
from adoption.site.lists import Entry
from adoption.site.pages import news_of, prepare_site, write_site, write_sitemap
from adoption.site.regions import areas_script, regions_script
from adoption.site.render import picture_of, render_page
from adoption.site.subjects import NOTHING, full_name, subject_of
from adoption.tables.dictionary import TABLES
from tests.conftest import ROOT
from tests.reports.conftest import ANSWER, Page, code, executed, notebook, shown, text
from tests.reports.printed import document_of, printed, view

DAY = date(2026, 11, 24)
STATES = [
    {
        "when": "1 May",
        "state": f"state:{iso3}",
        "name": iso3,
        "what": "signed",
        "beside": "",
        "class": "signed",
    }
    for iso3 in ("QAT", "FRA")
]
MAP = DrawingBlock("latest", {"text": "Two.", "acts": STATES}, is_figure=True)
ROWS = TableBlock(
    "Acts",
    [Column("State"), Column("Acts")],
    [["Oman", 1], ["Côte d'Ivoire", 1]],
    ["state:OMN", "state:CIV"],
)
KINDS = {"Status map": "01_status_map", "Group": "09_region_brief", "Brief": "03_country_brief"}
CONVENTION = {"convention": "hanoi"}
ADDRESS = "https://example.org/hanoi/"


def entry(slug: str, kicker: str, section: str = "", **more: Any) -> Entry:
    values = more.pop("parameters", {})
    subject = subject_of(values) if values else NOTHING
    answer = ANSWER | {"title": f"Title of {slug}"}
    made = Entry(slug, kicker, answer, None, section, subject=subject, parameters=values)
    made = replace(made, notebook=KINDS.get(kicker, ""))
    return replace(made, **more)


def brief(iso3: str, **more: Any) -> Entry:
    values = {"country": iso3, "convention": "hanoi", "as_of": "2026-11-24"}
    section = more.pop("section", "States")
    return entry(f"brief-{iso3.lower()}", "Brief", section, parameters=values, **more)


ENTRIES = [
    entry("front", "Front page", parameters=CONVENTION),
    entry("status-map", "Status map", parameters=CONVENTION, also="Conventions"),
    entry("entry-into-force", "Entry into force", parameters=CONVENTION, also="Conventions"),
    brief("QAT", section="", also="States"),
    entry("status-map-untoc", "Status map", "Conventions", parameters={"convention": "untoc"}),
    entry("brief-gcc", "Group", "Groups", parameters={"group": "gcc"}),
    brief("OMN"),
    brief("CIV"),
    brief("GBR"),
    brief("UKR", error="cell 1: KeyError: <b>"),
    brief("VAT", error="cell 2: killed", stale_since="3 August 2026"),
]

FRONT_AND_QATAR = [ENTRIES[0], ENTRIES[3]]


def write(folder: Path, entries: list[Entry], settings: Settings = UNSET) -> Path:
    folder.mkdir(parents=True)
    make_folders(folder)
    links = Links(entries)
    node = executed()
    node.cells.append(code("rows", shown({BLOCK_TYPE: block_data(ROWS)})))
    shared = {"settings": settings.model_dump(), "addresses": links.addresses()}
    for one in [*entries, Entry("brief-vat-failed", "Brief", None, "cell 2: killed")]:
        document = document_of(deepcopy(node), one.slug)
        if one.answer:
            document = replace(document, answer=dict(one.answer))
        (folder / document_file(one.slug)).write_bytes(packed(document))
        render_page(folder, Order(one.slug, links.of_page(one.slug)), shared)
    (folder / "notebooks" / "front.zip").touch()
    head = document_of(notebook(text("# Front"), code("map", shown({BLOCK_TYPE: block_data(MAP)}))))
    front = replace(head, answer=dict(ANSWER)) if entries and not entries[0].error else None
    day = tables.data_day()
    write_site(folder, entries, links, processed_folder(), day, settings, front)
    return folder


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write(tmp_path_factory.mktemp("site") / "report", ENTRIES)


def page(site: Path, name: str) -> Page:
    return Page((site / f"{name}.html").read_text(encoding="utf-8"))


def links(found: Page) -> list[str]:
    return [a["href"] for a in found.all("a") if "href" in a]


def test_every_page_is_well_formed_and_each_of_its_links_leads_somewhere(site: Path) -> None:
    pages = sorted(site.glob("*.html"))
    assert len(pages) == len(ENTRIES) + 1 + 6 + 3
    for path in pages:
        found = Page(path.read_text(encoding="utf-8"))
        assert (found.unclosed, found.open) == ([], []), path.name
        inside = {attributes["id"] for _, attributes in found.elements if "id" in attributes}
        for href in links(found):
            name, _, place = href.partition("#")
            name, place = name.partition("?")[0], "" if "=" in place else place
            if href.startswith(("data:", "http", "notebooks/")):
                continue
            assert not name or (site / name).is_file(), (path.name, href)
            ids = (
                inside
                if not name
                else {
                    a["id"] for _, a in Page((site / name).read_text("utf-8")).elements if "id" in a
                }
                if place
                else set()
            )
            assert not place or place in ids, (path.name, href)
        assert [a for a in found.fetched() if "//" in a] == []


def test_a_page_of_more_treaties_than_can_be_looked_through_leads_to_their_list() -> None:
    def led_to(number: int) -> list[str]:
        treaties = [*load_held()][: number + 1]
        entries = [
            entry(f"map-{name}", "Status map", "Conventions", parameters={"convention": name})
            for name in treaties
        ]
        related = Links(entries).of_page(entries[0].slug)["related"]
        return [link["href"] for _, links in related for link in links if "#" not in link["href"]]

    assert len(led_to(MOST_TREATIES)) == MOST_TREATIES
    assert led_to(MOST_TREATIES + 1) == ["conventions.html"]


def test_the_brief_of_an_organisation_leads_to_that_of_its_member_states() -> None:
    briefs = [{"country": "EUE"}, {"country": "FRA"}, {"group": "eu"}]
    entries = [
        entry(f"brief-{number}", "Brief", "States", parameters=values)
        for number, values in enumerate(briefs)
    ]
    related = [Links(entries).of_page(page.slug)["related"] for page in entries]
    led_to = [{head: [link["href"] for link in links] for head, links in page} for page in related]
    assert led_to[0]["Its member states"] == led_to[1]["Its groups"] == ["brief-2.html"]
    assert "Its member states" not in led_to[1]


def test_the_members_of_a_group_stand_before_what_is_said_of_its_data() -> None:
    node = notebook(text("# Group"), code("rows", shown({BLOCK_TYPE: block_data(ROWS)})))
    order = []
    for kind, about in {"09_region_brief": {"group": "gcc"}, "03_country_brief": {}}.items():
        document = document_of(deepcopy(node), name=kind, parameters=about, real=True)
        html = printed(replace(document, answer=dict(ANSWER)))
        order.append(html.index('<div class="article">') < html.index('<details class="reach">'))
    assert order == [True, False]


def test_the_address_of_an_old_page_leads_to_the_new(tmp_path: Path) -> None:
    old = write(tmp_path / "report", [brief("OMN")], Settings(moved={"oman": "brief-omn"}))
    assert links(page(old, "oman")) == ["brief-omn.html"]
    assert 'http-equiv="refresh" content="0; url=brief-omn.html"' in (old / "oman.html").read_text()


def test_the_front_page_has_the_sentence_the_map_and_the_way_to_all(site: Path) -> None:
    found = page(site, "index")
    assert found.texts["h1"] == ["Three states & no more."]
    states = {a["data-state"]: a.get("href") for a in found.all("a") if "data-state" in a}
    assert states == {"QAT": "brief-qat.html", "FRA": None}, "that one has no page"
    assert {"states.html", "groups.html", "conventions.html", "analyses.html"} <= set(links(found))
    assert any("2 of 11 pages failed" in text for text in found.texts["p"])


def test_a_page_says_at_which_address_it_is_published(site: Path, tmp_path: Path) -> None:
    published = Settings(
        site=ADDRESS, authors=["Centre for Law & Treaties", "Doe, Jane"], contact="a@example.org"
    )
    local, site = site, write(tmp_path / "report", FRONT_AND_QATAR, published)
    for name, address in (("index", ADDRESS), ("brief-qat", f"{ADDRESS}brief-qat.html")):
        found = page(site, name)
        values = {meta.get("property"): meta.get("content") for meta in found.all("meta")}
        assert values["og:url"] == found.all("link", rel="canonical")[0]["href"] == address
        assert values["og:image"] == f"{ADDRESS}pictures/{name}.png"
    told = page(site, "brief-qat")
    words, bibtex, ris = told.texts["pre"][-7:-4]
    assert words.startswith("Centre for Law & Treaties; Doe, Jane (2026): Title of brief-qat.")
    assert words.endswith(f"{ADDRESS}brief-qat.html")  # the day of reading is the browser's
    assert "author = {{Centre for Law \\& Treaties} and Doe, Jane}," in bibtex
    assert {"AU  - Doe, Jane", f"UR  - {ADDRESS}brief-qat.html"} <= {*ris.splitlines()}
    assert all(tables.data_version() in form for form in (words, bibtex, ris))
    assert "mailto:a@example.org" in links(told)
    assert any(text.startswith("Page: brief-qat, data of ") for text in told.texts["pre"])
    assert page(site, "404").all("base") == [{"href": ADDRESS}], "at any depth"
    unknown = (local / "brief-qat.html").read_text(encoding="utf-8")
    assert "<base" not in unknown
    assert 'property="og:image" content="pictures/brief-qat.png"' in unknown
    assert "og:url" not in unknown


def test_search_engines_are_told_of_pages_and_of_data(site: Path) -> None:
    write_sitemap(site, ADDRESS)
    listed = re.findall("<loc>(.*?)</loc>", (site / "sitemap.xml").read_text(encoding="utf-8"))
    assert {f"{ADDRESS}index.html", f"{ADDRESS}brief-qat.html"} <= set(listed)
    assert not any("404" in address or "embed-" in address for address in listed)
    told = (site / "robots.txt").read_text(encoding="utf-8")
    assert told.endswith(f"Sitemap: {ADDRESS}sitemap.xml\n")
    for name in ("sitemap.xml", "robots.txt"):
        (site / name).unlink()
    data = re.search(r'ld\+json">(.*?)</script>', (site / "data.html").read_text("utf-8"))
    assert data
    described = json.loads(data[1])
    assert described["@type"] == "Dataset"
    assert (site / described["distribution"][0]["contentUrl"]).is_file()


def test_without_its_front_page_the_index_says_what_failed(tmp_path: Path) -> None:
    failed = [replace(FRONT_AND_QATAR[0], error="cell 2: KeyError"), FRONT_AND_QATAR[1]]
    found = page(write(tmp_path / "report", failed), "index")
    assert found.texts["h1"] == ["Pages of this report"]
    assert "brief-qat.html" in links(found)
    assert any("1 of 2 pages failed" in text for text in found.texts["p"])
    assert not [a for a in found.all("a") if "data-state" in a]


def test_a_list_has_its_states_by_region_with_status_and_failure(site: Path) -> None:
    found = page(site, "states")
    assert found.texts["h1"] == ["States 6"]
    assert found.texts["h2"] == ["Africa 1", "Asia 2", "Europe 3"]
    listed = [h for h in links(found) if h.startswith("brief")]
    assert listed[-7:] == [
        "brief-civ.html",
        "brief-omn.html",
        "brief-qat.html",
        "brief-vat.html",
        "brief-vat-failed.html",
        "brief-ukr.html",
        "brief-gbr.html",
    ]
    assert "failed: cell 1: KeyError: <b>" in found.texts["span"]
    assert any(t.startswith("page of 3 August 2026") for t in found.texts["span"])
    assert found.all("span", **{"class": "badge ratification-reported"})


def test_a_state_leads_to_its_groups_its_neighbours_and_back(site: Path) -> None:
    found = page(site, "brief-qat")
    crumbs = found.all("nav", **{"aria-label": "You are here"})
    assert len(crumbs) == 1
    back = {"states.html", "states.html#states-asia", "brief-gcc.html", "status-map.html"}
    assert back <= set(links(found))
    assert found.all("a", rel="prev")[0]["href"] == "brief-omn.html"
    assert found.all("a", rel="next")[0]["href"] == "brief-ukr.html"
    assert found.all("th", scope="row")
    assert "brief-omn.html" in links(found), "a row about a state leads to it"
    own = (site / "brief-omn.html").read_text(encoding="utf-8")
    assert '<th scope="row">Oman</th>' in own, "a page does not lead to itself"


def test_the_api_has_what_is_known_with_grades_and_sources(site: Path) -> None:
    def read(name: str) -> Any:
        return json.loads((site / "api" / "v1" / name).read_text(encoding="utf-8"))

    status = read("hanoi/status.json")
    assert (status["signatories"], status["consents"], status["parties"]) == (68, 0, None)
    assert status["bounds_with_reports"]["signatories"] == [75, None]
    assert len(status["participants"]) == len(tables.read("states"))
    acts = read("hanoi/acts.json")["acts"]
    assert all(act["grade"] and act["source"] for act in acts)
    qatar = read("states/QAT.json")
    assert qatar["page"] == "brief-qat.html"
    undated = [act for act in qatar["acts"] if act["date"] is None]
    assert undated
    assert all(re.fullmatch(r"\d{4}-\d\d-\d\d", act["latest"]) for act in qatar["acts"])
    assert {row["convention"] for row in read("conventions.json")["conventions"]} >= {"hanoi"}


def test_the_data_page_has_every_table_and_file(site: Path) -> None:
    found = links(page(site, "data"))
    for table in TABLES:
        assert {f"data/{table.name}.csv", f"data/{table.name}.parquet"} <= set(found)
    assert {"api/v1/conventions.json", "api/v1/hanoi/status.json", "feed.xml"} <= set(found)


def test_no_cell_of_a_published_csv_is_a_formula_in_a_spreadsheet(site: Path) -> None:
    committed = [path for path in (ROOT / "data").rglob("*.csv") if "raw" not in path.parts]
    published = [*site.rglob("*.csv")]
    assert {"sources.csv", "events.csv"} <= {path.name for path in committed}
    assert {"sources.csv", "acts.csv"} <= {path.name for path in published}
    number = re.compile(r"[-+]?[0-9.]+(e[-+]?[0-9]+)?")
    for path in committed + published:
        with path.open(encoding="utf-8", newline="") as file:
            cells = {cell for row in csv.reader(file) for cell in row}
        formulas = [c for c in cells if c.startswith(("=", "+", "-", "@", "\t", "\r"))]
        assert not [c for c in formulas if not number.fullmatch(c)], path


def test_the_reference_is_in_a_report_where_it_was_made(tmp_path: Path, site: Path) -> None:
    (tmp_path / "docs" / "html").mkdir(parents=True)
    (tmp_path / "docs" / "html" / "index.html").write_text("guide", encoding="utf-8")
    processed = tmp_path / "data" / "processed"
    processed.parent.mkdir()
    processed.symlink_to(processed_folder())
    report = tmp_path / "report"
    report.mkdir()
    write_site(report, [], Links([]), processed, tables.data_day(), Settings(), None)
    assert "reference/index.html" in links(page(report, "data"))
    assert (report / "reference" / "index.html").read_text(encoding="utf-8") == "guide"
    assert "reference/index.html" not in links(page(site, "data"))


def test_a_page_runs_the_scripts_of_its_own_version(site: Path) -> None:
    page = (site / "compare.html").read_text(encoding="utf-8")
    named = set(re.findall(r'(?:src|href)="assets/([^"]+)"', page))
    assert {name for name in named if not (site / "assets" / name).is_file()} == set()
    of_package = {name for name in named if re.fullmatch(r"\w+\.[0-9a-f]{8}\.(js|css|svg)", name)}
    assert named - of_package == {"settings.js", "regions.js"}, "which each report has anew"


def test_the_assets_fetch_nothing() -> None:
    for path in ASSETS.iterdir():
        text = path.read_text(encoding="utf-8").replace("http://www.w3.org/2000/svg", "")
        text = text.replace("url(#", "")  # a part of the page itself
        for address in ("//cdn", "http", "@import", "url("):
            assert address not in text, path.name


def test_the_colours_of_the_site_are_those_of_the_theme(site: Path) -> None:
    style = asset("style.css")[1]
    sizes = {"step", "text", "wide", "label", "stripe"}  # or which of these a part has
    used = set(re.findall(r"var\(--([\w-]+)", style)) - sizes
    assert used <= set(PALETTE), "each has a meaning"
    for name in ("style.css", "favicon.svg"):
        assert re.findall(r"#[0-9a-fA-F]{3,8}\b", (ASSETS / name).read_text("utf-8")) == []
        written = (site / "assets" / asset(name)[0]).read_text(encoding="utf-8")
        assert PALETTE["party"][0] in written
        assert "$" not in written


SIGNED = Event(
    "act", "hanoi", "JPN", "signature", after="2026-11-24 confirmed", text="Japan: signature"
)


def act(iso3: str, convention: str, day: str) -> Event:
    """Return a signature as it becomes known."""
    return Event(
        "act", convention, iso3, "signature", after=f"{day} confirmed", text=f"{iso3}: signature"
    )


@pytest.fixture
def data(tmp_path: Path) -> Path:
    folder = tmp_path / "data"
    folder.mkdir()
    return folder


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "report"
    made.mkdir()
    return made


def parsed(path: Path) -> Any:
    found = feedparser.parse(path)
    assert not found.bozo
    return found


@pytest.mark.parametrize("site", ["", "https://example.org/hanoi/"])
def test_the_feed_is_that_of_the_data_with_the_address_of_the_site(
    data: Path, folder: Path, site: str
) -> None:
    event_rows([SIGNED], DAY).to_csv(data / EVENTS, index=False)
    settings = Settings(site=site, owner="Ministry" if site else "")
    assert write_feeds(folder, data, DAY, settings, Links(ENTRIES))
    found = parsed(folder / ALL.file)
    assert found.feed.author == ("Ministry" if site else "Hanoi Convention Tracker")
    assert [entry.title for entry in found.entries] == [
        "Japan: signature of 24 November 2026, UN Convention against Cybercrime"
    ]
    links = {link.rel: link.href for link in found.feed.get("links", [])}
    assert links == {"self": f"{site}feed.xml", "alternate": site or "index.html"}
    assert found.entries[0].link.startswith(f"{site}changes.html#")
    assert found.entries[0].id.startswith("urn:uuid:")


def test_without_a_feed_there_is_one_without_entries(data: Path, folder: Path) -> None:
    assert not write_feeds(folder, data, DAY, Settings(), Links([]))
    empty = parsed(folder / ALL.file)
    assert (empty.entries, empty.feed.updated[:10]) == ([], "2026-11-24")
    before = (folder / ALL.file).read_bytes()
    assert not write_feeds(folder, data, DAY, Settings(), Links([]))
    assert (folder / ALL.file).read_bytes() == before, "the same day, the same bytes"
    assert list(data.iterdir()) == []


def feeds(folder: Path) -> dict[str, Any]:
    """Return every feed of a report by its place."""
    paths = [folder / ALL.file, *sorted((folder / "feeds").iterdir())]
    return {path.relative_to(folder).as_posix(): parsed(path) for path in paths}


def test_one_act_is_one_entry_in_each_feed_that_it_concerns(data: Path, folder: Path) -> None:
    """And no other feed changes by a byte, so that no reader is told of nothing."""
    followed = Links(ENTRIES)
    before = [SIGNED, act("QAT", "untoc", "2009-03-10"), act("CIV", "hanoi", "2025-10-25")]
    recorded = event_rows(before, "2026-11-24")
    recorded.to_csv(data / EVENTS, index=False)
    write_feeds(folder, data, DAY, Settings(), followed)
    old_feeds = feeds(folder)
    old_bytes = {name: (folder / name).read_bytes() for name in old_feeds}
    new = event_rows([act("OMN", "hanoi", "2026-11-30")], "2026-12-01")
    pd.concat([recorded, new]).to_csv(data / EVENTS, index=False)
    write_feeds(folder, data, date(2026, 12, 2), Settings(), followed)
    concerned = {
        "feed.xml",
        "feeds/group-gcc.xml",
        "feeds/state-omn.xml",
        "feeds/treaty-hanoi.xml",
    }
    for name, found in feeds(folder).items():
        ids = {entry.id for entry in found.entries} - {e.id for e in old_feeds[name].entries}
        assert len(ids) == (1 if name in concerned else 0), name
        is_same = (folder / name).read_bytes() == old_bytes[name]
        assert is_same == (name not in concerned), name
    assert old_feeds["feeds/state-omn.xml"].entries == [], "it was there to be followed"
    first = feeds(folder)["feed.xml"].entries
    assert [e.tags[0].term for e in first] == ["hanoi", "hanoi", "hanoi", "untoc"]


def test_a_feed_has_all_of_its_newest_day_however_few_it_shows(data: Path, folder: Path) -> None:
    old = [act("OMN", name, "2010-01-01") for name in ("uncac", "untoc")]
    states = sorted(load_groups()["gcc"].members)
    many = [act(iso3, name, "2026-11-30") for iso3 in states for name in load_conventions()]
    pd.concat([event_rows(old, "2026-11-24"), event_rows(many, "2026-12-01")]).to_csv(
        data / EVENTS, index=False
    )
    write_feeds(folder, data, DAY, Settings(), Links(ENTRIES))
    found = parsed(folder / "feeds/group-gcc.xml").entries
    assert len(found) == len(many)


def test_a_journal_becomes_html(data: Path) -> None:
    assert read_markdown(data / JOURNAL) == ""
    (data / JOURNAL).write_text(changes_md(event_rows([SIGNED], DAY)), encoding="utf-8")
    journal = read_markdown(data / JOURNAL)
    days = read_journal(journal)
    page = Page(Markup("").join(day.html for day in days))
    assert "<!-- Generated from events.csv" in journal
    assert "h1" not in page.texts, "the page has its own"
    assert [day.heading for day in days] == ["24 November 2026"]
    assert "The first record: 1 act." in page.texts["p"]
    assert not page.all("a"), "no marks of headings"
    assert (page.unclosed, page.open) == ([], [])


@pytest.mark.parametrize(
    "written",
    ["<script>alert(1)</script>", "[x](javascript:alert(1))", "a <img src=x onerror=y>"],
)
def test_what_people_write_into_a_journal_is_text(written: str) -> None:
    page = Page(written_html(f"# Changes\n\n{written}\n"))
    assert not {"script", "img", "b", "i"} & {tag for tag, _ in page.elements}
    assert not [a for a in page.all("a") if a["href"].startswith("javascript:")]


def test_the_picture_of_a_page_has_its_words_and_its_map() -> None:
    drawing = world_map(load_status("hanoi", tables.data_day()), tables.read("states"))
    bare = document_of(notebook(text("# Kind")))
    told = replace(bare, answer={**ANSWER, "text": "At least 73 states"})
    mapped = replace(told, sections=[Section("", "lead", [drawing])])
    empty, plain, drawn = (picture_of(one, view(one, {})) for one in (bare, told, mapped))
    assert plain.startswith(b"\x89PNG")
    assert (int.from_bytes(plain[16:20]), int.from_bytes(plain[20:24])) == (1200, 630)
    assert len(drawn) > len(plain) + 10_000 > len(empty) + 10_500


def test_the_words_of_a_picture_are_all_within_it() -> None:
    longest = " ".join(["Wide Words Of A Title"] * 8)
    for title in ("Qatar", "Democratic People's Republic of Korea", longest):
        for drawing in ("", '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 3"></svg>'):
            content = share_picture(title, f"{title} signed. " * 2, drawing, "", STYLE)
            picture = Image.open(io.BytesIO(content)).convert("L")
            written = picture.point(lambda light: 255 * (light < 200)).getbbox()
            assert written is not None
            left, top, right, bottom = written
            assert 40 <= left < right <= 1200 - 40
            assert 30 <= top < bottom <= 630 - 20


def test_the_title_of_a_browser_is_whole(tmp_path: Path) -> None:
    title = "National cyber-capacity and adoption: what the Global Cybersecurity Index tells of it"
    entries = [replace(ENTRIES[0], answer={**ANSWER, "title": title})]
    assert ANSWER["title"] != title
    site = write(tmp_path / "report", entries)
    found = page(site, entries[0].slug).texts["title"]
    assert found[0].startswith(title)


@pytest.mark.parametrize("convention", ["hanoi", "uncac"])
def test_the_page_that_compares_has_what_the_status_has(convention: str) -> None:
    _, script = treaties_and_script(ENTRIES)
    known = json.loads(script.removeprefix("window.adoptionCompare=").rstrip(";\n"))
    status = load_status(convention, tables.data_day())
    acted = {code for code, state in known["states"].items() if convention in state[3]}
    frame = status.participants
    assert acted == set(frame.loc[frame["act"].notna(), "iso3"])
    record = known["treaties"][convention][3]
    assert record["signatories at least"] == status.signatories.lead
    assert record["in force earliest"] == {"hanoi": None, "uncac": "2005-12-14"}[convention]
    name, page, facts, _ = known["states"]["QAT"]
    assert (name, page) == ("Qatar", "brief-qat.html")
    assert facts["Vote on A/RES/74/247"] == "yes"
    assert known["states"]["EUE"][2] == {}, "no vote and no capacity of an organisation is known"


def test_what_every_report_shows_of_tables_alone_is_found_out_once(tmp_path: Path) -> None:
    """It is found out while pages are made."""
    prepare_site()
    calls = Counter[str]()

    def note(frame: FrameType, event: str, _: object) -> None:
        if event == "call":
            calls[f"{frame.f_globals.get('__name__')}.{frame.f_code.co_name}"] += 1

    sys.setprofile(note)
    regions_script()
    areas_script()
    treaties_and_script([])
    recorded_entries(processed_folder().parent)
    news_of(processed_folder().parent, tables.data_day())
    write_api(tmp_path, [])
    sys.setprofile(None)
    assert calls["adoption.core.reading.remembering"] > 0
    work = (
        "law.status.status_on",
        "site.regions.part_of_map",
        "press.geometry._on_map",
        "refresh.events.read_events",
        "refresh.events.news_since",
        "refresh.feeds.feed_entries",
        "site.api._acts_by_convention",
        "site.api._rows_by_state",
    )
    assert [calls[f"adoption.{name}"] for name in work] == [0] * len(work)


def test_the_letters_of_a_group_are_spelt_out_with_their_source() -> None:
    said = full_name({"group": "gcc", "convention": "hanoi"})
    assert said
    assert said["text"] == "Cooperation Council for the Arab States of the Gulf"
    assert said["source"].startswith("https://")
    assert full_name({"group": "africa"}) is None, "its name is whole"
    assert full_name({"country": "QAT", "convention": "hanoi"}) is None
    assert said["text"] in subject_of({"group": "gcc"}).names, "so that the search finds it"
