"""Atom, the format: entries as elements, and feeds that are refused."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from adoption.errors import AdoptionError
from adoption.news.atom import Entry, element_of, id_of, named, possible, read_feed, time_of

WHEN = datetime(2026, 12, 1, 6, 30, 15, 999_999, tzinfo=UTC)
ENTRY = Entry("tag:x,2026:a", "A & <b>", "one", WHEN, WHEN, (("hanoi", 'A "title"'),))
FEED = "tag:x,2026:feed"
GOOD = (
    '<feed xmlns="http://www.w3.org/2005/Atom"><id>tag:x,2026:feed</id>'
    "<entry><id>tag:x,2026:a</id><updated>2026-12-01T06:30:15Z</updated></entry></feed>"
)


def test_an_entry_is_read_as_it_was_written() -> None:
    element = etree.fromstring(etree.tostring(element_of(ENTRY)))
    assert id_of(element) == ENTRY.identifier
    assert element.findtext(named("title")) == ENTRY.title
    assert element.findtext(named("content")) == ENTRY.content
    assert element.find(named("category")).attrib == {"term": "hanoi", "label": 'A "title"'}
    with pytest.raises(ValueError, match="needs its time zone"):
        element_of(replace(ENTRY, updated=WHEN.replace(tzinfo=None)))
    for part in ("updated", "published"):
        assert time_of(element, part) == WHEN.replace(microsecond=0)


@given(st.text())
def test_any_text_can_be_written_and_read(text: str) -> None:
    written = possible(text)
    element = element_of(Entry("tag:x,2026:a", text, text, WHEN, None, ((text, text),)))
    read = etree.fromstring(etree.tostring(element))
    assert (read.findtext(named("title")) or "") == written
    assert read.find(named("category")).get("label") == written
    assert possible(written) == written


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ("<feed", '<!DOCTYPE feed [<!ENTITY a "b">]><feed', "it has a document type"),
        ("2005/Atom", "2005/Other", "it begins with <feed>, no feed of Atom"),
        ("2026:feed", "2026:other", "its id is not tag:x,2026:feed: another feed"),
        ("<id>tag:x,2026:a</id>", "", "an entry without an id"),
        ("<entry>", "<entry><id>tag:x,2026:a</id><updated>2026-12-01T06:30:15Z</updated></entry>"
         "<entry>", "an entry twice: tag:x,2026:a"),
        ("12-01T06", "02-30T06", "tag:x,2026:a: no time in <updated> (as 2026-12-01T06:30:00Z)"),
        ("06:30:15Z", "06:30", "tag:x,2026:a: no time in <updated> (as 2026-12-01T06:30:00Z)"),
        (GOOD, "<!doctype html><html><body>maintenance</body></html>", "invalid element name"),
    ],
)  # fmt: skip
def test_what_cannot_be_extended_is_refused(old: str, new: str, why: str) -> None:
    assert old in GOOD
    with pytest.raises(AdoptionError) as caught:
        read_feed(GOOD.replace(old, new, 1).encode(), "feed.xml", FEED)
    message = str(caught.value)
    assert message.startswith("feed.xml: cannot be extended and stays as it is: ")
    assert why in message
    assert len(message.splitlines()) == 1
