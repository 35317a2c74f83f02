"""The feed and the list of changes, in a report: there where the data have them."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import feedparser
import pytest

from adoption.refresh.diff import Event
from adoption.refresh.events import EVENTS, changes_md, rows_of
from adoption.reports.pages.site import FEED, JOURNAL, journal_html, read_journal, write_feed
from tests.reports.conftest import Page

DAY = date(2026, 11, 24)
SIGNED = Event(
    "act", "hanoi", "JPN", "signature", after="2026-11-24 confirmed", text="Japan: signature"
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
    rows_of([SIGNED], DAY).to_csv(data / EVENTS, index=False)
    assert write_feed(folder, data, DAY, site)
    found = parsed(folder / FEED)
    assert [entry.title for entry in found.entries] == [
        "Japan: signature, UN Convention against Cybercrime"
    ]
    links = {link.rel: link.href for link in found.feed.get("links", [])}
    assert links == ({"self": f"{site}feed.xml", "alternate": site} if site else {})


def test_without_a_feed_there_is_one_without_entries(data: Path, folder: Path) -> None:
    assert not write_feed(folder, data, DAY, "")
    empty = parsed(folder / FEED)
    assert (empty.entries, empty.feed.updated[:10]) == ([], "2026-11-24")
    before = (folder / FEED).read_bytes()
    assert not write_feed(folder, data, DAY, "")
    assert (folder / FEED).read_bytes() == before, "the same day, the same bytes"
    assert list(data.iterdir()) == []


def test_a_journal_becomes_html(data: Path) -> None:
    assert read_journal(data) == ""
    (data / JOURNAL).write_text(changes_md(rows_of([SIGNED], DAY)), encoding="utf-8")
    journal = read_journal(data)
    page = Page(journal_html(journal))
    assert "# Changes in the data" in journal
    assert "<!-- Generated from events.csv" in journal
    assert page.texts["p"][0] == "What each refresh or build of the data changed, newest first."
    assert "h1" not in page.texts, "the page has its own"
    assert page.texts["h2"] == ["24 November 2026"]
    assert "The first record: 1 act." in page.texts["p"]
    assert not page.all("a"), "no marks of headings"
    assert "adoption" not in " ".join(page.texts["h2"] + page.texts["p"][1:])
    assert (page.unclosed, page.open) == ([], [])


@pytest.mark.parametrize(
    "written", ["<script>alert(1)</script>", "[x](javascript:alert(1))", "a <img src=x onerror=y>"],
)  # fmt: skip
def test_what_people_write_into_a_journal_is_text(written: str) -> None:
    page = Page(journal_html(f"# Changes\n\n{written}\n"))
    assert not {"script", "img", "b", "i"} & {tag for tag, _ in page.elements}
    assert not [a for a in page.all("a") if a["href"].startswith("javascript:")]
