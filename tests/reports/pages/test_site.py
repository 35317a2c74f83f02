"""The shared parts of a report: assets, tables, and an index that names everything."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import Any

import pytest
from plotly.offline import get_plotlyjs_version

from adoption.countries.groups import slug
from adoption.data.dictionary import TABLES
from adoption.paths import processed_folder
from adoption.reports.pages.listing import Entry
from adoption.reports.pages.render import BUNDLES
from adoption.reports.pages.site import ASSETS, changes_html, index_html
from adoption.reports.subjects import Subject
from tests.reports.conftest import ANSWER, Page

NAMES = [table.name for table in TABLES]
DAY = "24 November 2026"
ENTRIES = [
    Entry("first", "Status map", ANSWER, None),
    Entry("second", "Time & line", ANSWER | {"title": "Other", "key_figure": "3 of <40>"}, None),
    Entry("third", "Brief", None, "cell 3: ValueError: <b>"),
    Entry("fourth", "Late", ANSWER | {"title": "Half"}, "cell 9: KeyError"),
]


@pytest.fixture(scope="module")
def index() -> Page:
    return Page(index_html(ENTRIES, NAMES, DAY))


def spans(page: Page, kind: str) -> list[str]:
    """Return the words of the spans of one class, in order."""
    classes = [attributes.get("class") for attributes in page.all("span")]
    return [t for t, c in zip(page.texts["span"], classes, strict=True) if c == kind]


def test_every_page_has_its_link_title_finding_and_figure(index: Page) -> None:
    links = [a["href"] for a in index.all("a") if a["href"].endswith(".html")]
    assert links[2:] == ["first.html", "second.html", "third.html", "fourth.html"]
    assert spans(index, "title") == ["How many <states>", "Other", "third", "Half"]
    assert spans(index, "finding") == [ANSWER["text"]] * 3
    assert spans(index, "figure") == ["3 states", "3 of <40> states", "3 states"]
    assert spans(index, "kicker") == ["Status map", "Time & line", "Brief", "Late"]
    assert index.unclosed == []
    assert index.open == []


def test_a_failure_is_said_in_the_index_and_at_its_head(index: Page) -> None:
    assert spans(index, "failure") == [
        "failed: cell 3: ValueError: <b>",
        "failed: cell 9: KeyError",
    ]
    assert not index.all("b")
    (head,) = [t for t in index.texts["p"] if "failed" in t]
    assert "2 of 4 pages failed" in head
    assert [a["href"] for a in index.all("a")][1:3] == ["third.html", "fourth.html"]


def test_every_table_has_its_two_files_and_its_name(index: Page) -> None:
    links = [a["href"] for a in index.all("a") if a["href"].startswith("data/")]
    expected = [f"data/{name}.{ending}" for name in NAMES for ending in ("csv", "parquet")]
    assert links == ["data/datapackage.json", *expected]
    for name in NAMES:
        assert any(t.startswith(f"{name.replace('_', ' ')}: CSV") for t in index.texts["li"])
    assert all((processed_folder().parent / link.replace("data/", "processed/")).is_file()
               for link in links)  # fmt: skip


# What has changed

JOURNAL = """# Changes in the data

What each refresh changed.

## 24 November 2026

<!-- adoption 0123 -->
2 signatures of Hanoi.

- **new** Qatar: ratification, \\<b\\>
"""


def test_the_index_leads_to_what_tells_of_changes(index: Page) -> None:
    assert not any("Changes:" in text for text in index.texts["p"]), "there is nothing to tell"
    told = [("list", "changes.html"), ("feed", "feed.xml")]
    page = Page(index_html(ENTRIES, NAMES, DAY, told))
    links = [a["href"] for a in page.all("a")]
    assert [link for link in links if link in dict(told).values()] == ["changes.html", "feed.xml"]
    (sentence,) = [" ".join(text.split()) for text in page.texts["p"] if "Changes:" in text]
    assert sentence.endswith(
        f"Data of {DAY}. Changes: list of changes in the data, feed of changes in the data."
    )


def test_the_list_of_changes_is_a_page() -> None:
    page = Page(changes_html(JOURNAL, DAY))
    assert page.texts["h1"] == ["Changes in the data"]
    assert page.texts["h2"] == ["24 November 2026"]
    assert "2 signatures of Hanoi." in page.texts["p"]
    assert page.texts["li"] == ["new Qatar: ratification, <b>"]
    assert not page.all("b")
    assert [a["href"] for a in page.all("a")] == [
        "#content", "index.html", "feed.xml", "index.html#tables",
    ]  # fmt: skip
    assert [a for a in page.fetched() if not a.startswith(("data:", "assets/"))] == ["feed.xml"]
    assert (page.unclosed, page.open) == ([], [])


# The head

FIGURES = '<svg><a data-state="QAT"><path/></a><a data-state="OMN"><path/></a></svg>'


def head(**more: Any) -> Entry:
    answer = ANSWER | {"text": "Three have <signed>.", "reach": "To May."}
    return Entry("front", "Front page", answer, **{"error": None} | more)


def test_the_index_opens_with_the_front_page_and_gives_it_no_card() -> None:
    brief = Entry("brief-qat", "Brief", ANSWER, None)
    page = Page(index_html([head(), brief], NAMES, DAY, figures=FIGURES))
    assert page.texts["h1"] == ["Three have <signed>."]
    assert page.texts["p"].count("To May.") == 1
    assert not any("Data of" in text for text in page.texts["p"]), "the status has the day"
    assert [a["href"] for a in page.all("a") if a.get("href", "").endswith(".html")] == [
        "front.html", "brief-qat.html", "brief-qat.html",
    ]  # fmt: skip
    linked = {a["data-state"]: a.get("href") for a in page.all("a") if "data-state" in a}
    assert linked == {"QAT": "brief-qat.html", "OMN": None}, "that one has no page"
    assert (page.unclosed, page.open) == ([], [])


def test_without_its_front_page_the_index_has_the_rest_and_says_what_failed() -> None:
    brief = Entry("brief-qat", "Brief", ANSWER, None)
    page = Page(index_html([head(error="cell 2: KeyError"), brief], NAMES, DAY))
    assert page.texts["h1"] == ["How states adopt the UN Convention against Cybercrime"]
    assert any("1 of 2 pages failed" in text for text in page.texts["p"])
    assert [a["href"] for a in page.all("a") if a["href"].endswith(".html")] == [
        "front.html", "brief-qat.html",
    ]  # fmt: skip
    old = head(error="cell 2: KeyError", stale_since="3 August 2026")
    (stale,) = spans(Page(index_html([old, brief], NAMES, DAY, figures=FIGURES)), "stale")
    assert stale.startswith("page of 3 August 2026")


# Lists


def state(name: str, region: str, status: str, **more: Any) -> Entry:
    entry = Entry(slug(name), "Brief", ANSWER, None, "States")
    return replace(entry, subject=Subject(name, region, ("ÇÖD",), status, "Convention"), **more)


LISTED = [
    Entry("status-map", "Status map", ANSWER, None),
    state("Oman", "Asia", "no act known"),
    state("Qatar", "Asia", "reported bound", section="", also="States"),
    state("Côte <d'Ivoire>", "Africa", "signed"),
    state("Mali", "Africa", "signed", error="cell 1: KeyError"),
    state("Togo", "Africa", "signed", error="cell 2: killed", stale_since="3 August 2026"),
]


@pytest.fixture(scope="module")
def lists() -> Page:
    return Page(index_html(LISTED, NAMES, DAY))


def test_every_page_stands_in_its_list_under_its_heading(lists: Page) -> None:
    links = [a["href"] for a in lists.all("a")]
    listed = links[links.index("#states-asia") + 1 :]
    assert listed[:6] == [
        "cote-d-ivoire.html", "mali.html", "togo.html", "togo-failed.html", "oman.html",
        "qatar.html",
    ]  # fmt: skip
    assert lists.texts["h2"] == ["States 5", "Tables"]
    assert lists.texts["h3"] == ["Africa 3", "Asia 2"]
    ids = [attributes["id"] for _, attributes in lists.elements if "id" in attributes]
    assert len(set(ids)) == len(ids)
    inside = [href.removeprefix("#") for href in links if href.startswith("#")]
    assert set(inside) <= set(ids)
    assert inside == ["content", "states", "tables", "states-africa", "states-asia"]
    assert (lists.unclosed, lists.open) == ([], [])


def test_each_state_has_its_status_in_words_and_as_a_mark(lists: Page) -> None:
    assert spans(lists, "fact") == ["signed", "no act known", "reported bound"]
    assert spans(lists, "failure") == ["failed: cell 1: KeyError"]
    (stale,) = spans(lists, "stale")
    assert stale.startswith("page of 3 August 2026, not made anew since: what failed")
    marks = [a["class"] for a in lists.all("li") if "class" in a]
    legend, listed = marks[:3], marks[3:]
    assert legend == ["status signed", "status no-act-known", "status reported-bound"]
    assert listed == [*["status signed"] * 3, "status no-act-known", "status reported-bound"]
    assert [t.split() for t in lists.texts["li"][2:5]] == [
        ["3", "signed"], ["1", "no", "act", "known"], ["1", "reported", "bound"],
    ]  # fmt: skip
    assert "Status on the Convention, 24 November 2026." in lists.texts["p"]


# Assets and tables


def test_the_bundles_are_those_of_the_installed_plotly_and_unchanged() -> None:
    """If not: `make plotly`."""
    folder = ASSETS / "plotly"
    sums = dict(line.split()[::-1] for line in (folder / "SHA256SUMS").read_text().splitlines())
    assert set(sums) == {f"plotly-{name}.min.js" for name in BUNDLES}
    for name, expected in sums.items():
        content = (folder / name).read_bytes()
        assert hashlib.sha256(content).hexdigest() == expected
        assert f" v{get_plotlyjs_version()}\n".encode() in content[:200]


def test_the_assets_fetch_nothing() -> None:
    for path in (path for path in ASSETS.iterdir() if path.is_file()):
        text = path.read_text(encoding="utf-8")
        assert "//cdn" not in text
        assert "http" not in text
        assert "@import" not in text
        assert "url(" not in text
