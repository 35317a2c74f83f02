"""The shared parts of a report: front page, lists, links between pages, search, API."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from adoption import tables
from adoption.data.dictionary import TABLES
from adoption.paths import processed_folder
from adoption.reports.pages.listing import Entry
from adoption.reports.pages.render import page_html
from adoption.reports.pages.site import ASSETS, changes_html, complete_pages, write_site
from adoption.reports.plan import Settings
from adoption.reports.runs import write_executed
from adoption.reports.subjects import NOTHING, subject_of
from tests.reports.conftest import ANSWER, Page, code, executed, notebook, shown, text

DAY = date(2026, 11, 24)
MAP = '<figure><svg><a data-state="QAT"><path/></a><a data-state="FRA"></a></svg></figure>'
ROWS = (
    '<table><tbody><tr><th scope="row">Oman</th><td>1</td></tr>'
    '<tr><th scope="row">Côte d&#x27;Ivoire</th><td>1</td></tr></tbody></table>'
)
CONVENTION = {"convention": "hanoi"}
ADDRESS = "https://example.org/hanoi/"


def entry(slug: str, kicker: str, section: str = "", **more: Any) -> Entry:
    values = more.pop("parameters", {})
    subject = subject_of(values) if values else NOTHING
    answer = ANSWER | {"title": f"Title of {slug}"}
    made = Entry(slug, kicker, answer, None, section, subject=subject, parameters=values)
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
    brief("OMN"), brief("CIV"), brief("GBR"),
    brief("UKR", error="cell 1: KeyError: <b>"),
    brief("VAT", error="cell 2: killed", stale_since="3 August 2026"),
]  # fmt: skip


def write(folder: Path, entries: list[Entry]) -> Path:
    (folder / "notebooks").mkdir(parents=True)
    for one in entries:
        node = executed()
        node.cells.append(code("rows", shown({"text/html": ROWS})))
        html, _ = page_html(node, slug=one.slug, parameters={}, data_day=DAY)
        (folder / f"{one.slug}.html").write_text(html, encoding="utf-8")
    (folder / "brief-vat-failed.html").write_text(html, encoding="utf-8")
    front = notebook(text("# Front"), code("map", shown({"text/html": MAP})))
    write_executed(front, folder / "notebooks" / "front.zip")
    write_site(folder, entries, processed_folder(), tables.data_day(), Settings())
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
    assert len(pages) == len(ENTRIES) + 1 + 5 + 3
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
            ids = inside if not name else {
                a["id"] for _, a in Page((site / name).read_text("utf-8")).elements if "id" in a
            } if place else set()  # fmt: skip
            assert not place or place in ids, (path.name, href)
        assert [a for a in found.fetched() if "//" in a] == []


def test_the_front_page_has_the_sentence_the_map_and_the_way_to_all(site: Path) -> None:
    found = page(site, "index")
    assert found.texts["h1"] == ["Three states & no more."]
    states = {a["data-state"]: a.get("href") for a in found.all("a") if "data-state" in a}
    assert states == {"QAT": "brief-qat.html", "FRA": None}, "that one has no page"
    assert {"states.html", "groups.html", "conventions.html", "analyses.html"} <= set(links(found))
    assert any("2 of 11 pages failed" in text for text in found.texts["p"])


def test_a_page_says_at_which_address_it_is_published(site: Path) -> None:
    complete_pages(site, ENTRIES, "preview.png", ADDRESS)
    for name, address in (("index", ADDRESS), ("brief-qat", f"{ADDRESS}brief-qat.html")):
        found = page(site, name)
        values = {meta.get("property"): meta.get("content") for meta in found.all("meta")}
        assert values["og:url"] == found.all("link", rel="canonical")[0]["href"] == address
        assert values["og:image"] == f"{ADDRESS}assets/preview.png"
    complete_pages(site, ENTRIES, "preview.png")
    unknown = (site / "brief-qat.html").read_text(encoding="utf-8")
    assert 'property="og:image" content="assets/preview.png"' in unknown
    assert "og:url" not in unknown
    complete_pages(site, ENTRIES)  # as it was


def test_without_its_front_page_the_index_says_what_failed(tmp_path: Path) -> None:
    failed = [replace(ENTRIES[0], error="cell 2: KeyError"), *ENTRIES[3:4]]
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
        "brief-civ.html", "brief-omn.html", "brief-qat.html", "brief-vat.html",
        "brief-vat-failed.html", "brief-ukr.html", "brief-gbr.html",
    ]  # fmt: skip
    assert "failed: cell 1: KeyError: <b>" in found.texts["span"]
    assert any(t.startswith("page of 3 August 2026") for t in found.texts["span"])
    assert found.all("span", **{"class": "badge reported-bound"})


def test_a_state_leads_to_its_groups_its_neighbours_and_back(site: Path) -> None:
    found = page(site, "brief-qat")
    crumbs = found.all("nav", **{"aria-label": "You are here"})
    assert len(crumbs) == 1
    assert {"states.html", "states.html#states-asia", "brief-gcc.html", "status-map.html",
            "status-map-untoc.html"} <= set(links(found))  # fmt: skip
    assert found.all("a", rel="prev")[0]["href"] == "brief-omn.html"
    assert found.all("a", rel="next")[0]["href"] == "brief-ukr.html"
    assert found.all("th", scope="row")
    assert "brief-omn.html" in links(found), "a row about a state leads to it"
    own = (site / "brief-omn.html").read_text(encoding="utf-8")
    assert '<th scope="row">Oman</th>' in own, "a page does not lead to itself"


def test_the_names_of_a_table_lead_to_their_pages(site: Path) -> None:
    html = (site / "brief-qat.html").read_text(encoding="utf-8")
    assert '<a href="brief-omn.html">Oman</a>' in html
    assert '<a href="brief-civ.html">Côte d&#x27;Ivoire</a>' in html


def test_a_page_that_is_kept_loses_links_to_pages_that_are_gone(site: Path, tmp_path: Path) -> None:
    kept = tmp_path / "report"
    kept.mkdir()
    path = kept / "brief-qat.html"
    path.write_bytes((site / path.name).read_bytes())
    before = path.stat().st_ino
    complete_pages(kept, ENTRIES)
    assert path.stat().st_ino == before, "nothing to change: it may be shared with the last report"
    complete_pages(kept, [one for one in ENTRIES if one.slug != "brief-omn"])
    assert "brief-omn" not in path.read_text(encoding="utf-8")
    complete_pages(kept, ENTRIES)
    assert path.read_bytes() == (site / path.name).read_bytes()


def test_the_search_has_each_subject_once_with_its_names(site: Path) -> None:
    script = (site / "assets" / "search.js").read_text(encoding="utf-8")
    items = json.loads(script.removeprefix("window.adoptionSearch=").rstrip(";\n"))
    pages = {label: page for label, page, _, _ in items}
    assert pages["Qatar"] == "brief-qat.html"
    assert pages["UN Convention against Cybercrime"] == "status-map.html"
    names = {label: names for label, _, _, names in items}
    assert {"QAT", "Qatar"} <= set(names["Qatar"])
    assert "UK" in names["United Kingdom of Great Britain and Northern Ireland"]
    assert "Forecast" in names["Title of entry-into-force"]
    assert len([label for label, *_ in items]) == len(set(pages))


def test_the_api_has_what_is_known_with_grades_and_sources(site: Path) -> None:
    def read(name: str) -> Any:
        return json.loads((site / "api" / "v1" / name).read_text(encoding="utf-8"))

    status = read("hanoi/status.json")
    assert (status["signatories"], status["parties"]) == (75, 3)
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


def test_the_reference_is_in_a_report_where_it_was_made(tmp_path: Path, site: Path) -> None:
    (tmp_path / "docs" / "html").mkdir(parents=True)
    (tmp_path / "docs" / "html" / "index.html").write_text("guide", encoding="utf-8")
    processed = tmp_path / "data" / "processed"
    processed.parent.mkdir()
    processed.symlink_to(processed_folder())
    report = tmp_path / "report"
    (report / "notebooks").mkdir(parents=True)
    write_site(report, [], processed, tables.data_day(), Settings())
    assert "reference/index.html" in links(page(report, "data"))
    assert (report / "reference" / "index.html").read_text(encoding="utf-8") == "guide"
    assert "reference/index.html" not in links(page(site, "data"))


def test_the_list_of_changes_is_a_page() -> None:
    journal = (
        "# Changes\n\nWhat each refresh changed.\n\n## 24 November 2026\n\n- **new** \\<b\\>\n"
    )
    found = Page(changes_html(journal, DAY))
    assert found.texts["h1"] == ["Changes in the data"]
    assert found.texts["h2"] == ["24 November 2026"]
    assert found.texts["li"][-1] == "new <b>"
    assert not found.all("b")


def test_the_assets_fetch_nothing() -> None:
    for path in ASSETS.iterdir():
        text = path.read_text(encoding="utf-8").replace("http://www.w3.org/2000/svg", "")
        for address in ("//cdn", "http", "@import", "url("):
            assert address not in text, path.name
