"""The feed: valid, one entry an act, the same id for ever, and nothing lost."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import feedparser
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adoption.news.acts import act_changes
from adoption.news.feed import FEED, MOST, extend_feed
from adoption.news.identity import entry_id
from adoption.news.kinds import Act, ActChange
from tests.news.made_up import act, changed, lists_of_acts, undated
from tests.news.rfc4287 import problems

FIRST = datetime(2026, 12, 1, 6, 0, tzinfo=UTC)
WEEK = timedelta(days=7)
ADDRESS = "https://example.org/acts.xml"
SIGNED = ActChange(None, act("AAA"))
RATIFIED = ActChange(None, undated("BBB"))
CONFIRMED = ActChange(undated("BBB"), act("BBB", "ratification"))
GONE = ActChange(act("AAA"), None)


def read(path: Path) -> Any:
    """Return the feed as feedparser reads it, after both have found it valid."""
    data = path.read_bytes()
    assert problems(data) == []
    found = feedparser.parse(data)
    assert not found.bozo, found.bozo_exception
    return found


def ids(found: Any) -> list[str]:
    return [entry.id.rpartition(":")[2] for entry in found.entries]


def test_entries_are_read_as_they_were_meant(tmp_path: Path) -> None:
    path = tmp_path / "acts.xml"
    assert extend_feed(path, changed(SIGNED, RATIFIED), FIRST, ADDRESS) == 2
    found = read(path)
    assert (found.feed.id, found.feed.title, found.feed.updated) == (
        FEED, "Acts on conventions", "2026-12-01T06:00:00Z",
    )  # fmt: skip
    assert found.feed.author == "The adoption authors"
    assert [(link.rel, link.href) for link in found.feed.links] == [("self", ADDRESS)]
    signed, ratified = found.entries
    assert (signed.id, signed.title) == (
        "tag:adoption.invalid,2026:atlantis/AAA/signature",
        "Aland: signature of 10 February 2020, Atlantis Convention",
    )
    assert signed.updated == signed.published == "2026-12-01T06:00:00Z"
    assert signed.content[0].value == "Signature of 10 February 2020, confirmed. Source: us."
    assert signed.content[0].type == "text/plain"
    assert [(tag.term, tag.label) for tag in signed.tags] == [
        ("atlantis", "Atlantis Convention"), ("AAA", "Aland"), ("signature", "signature"),
    ]  # fmt: skip
    assert ratified.content[0].value == "Ratification in February 2020, reported. Source: us."


def test_a_change_and_a_removal_are_updates_of_the_entry(tmp_path: Path) -> None:
    path = tmp_path / "acts.xml"
    extend_feed(path, changed(SIGNED, RATIFIED), FIRST, ADDRESS)
    assert extend_feed(path, changed(CONFIRMED), FIRST + WEEK) == 1
    found = read(path)
    assert ids(found) == ["atlantis/BBB/ratification", "atlantis/AAA/signature"]
    assert found.feed.updated == "2026-12-08T06:00:00Z"
    entry = found.entries[0]
    assert (entry.published, entry.updated) == ("2026-12-01T06:00:00Z", "2026-12-08T06:00:00Z")
    assert entry.title == "Changed: Borduria: ratification of 10 February 2020, Atlantis Convention"
    assert entry.content[0].value == (
        "Ratification of 10 February 2020: now confirmed (was reported); window closed (was "
        "February 2020)."
    )
    assert found.feed.links[0].href == ADDRESS  # as the feed said already
    extend_feed(path, changed(GONE), FIRST + 2 * WEEK)
    entry = read(path).entries[0]
    assert entry.id == entry_id(act("AAA"))
    assert entry.published == "2026-12-01T06:00:00Z"
    assert entry.title == (
        "Removed from the data (not an act of the state): Aland: signature of 10 February 2020, "
        "Atlantis Convention"
    )
    assert entry.content[0].value == (
        "Signature of 10 February 2020 no longer in the record; why is not known."
    )
    extend_feed(path, changed(SIGNED), FIRST + 3 * WEEK)
    entry = read(path).entries[0]
    assert (entry.published, entry.updated) == ("2026-12-01T06:00:00Z", "2026-12-22T06:00:00Z")


def test_twice_is_once(tmp_path: Path) -> None:
    path = tmp_path / "acts.xml"
    extend_feed(path, changed(SIGNED, RATIFIED), FIRST, ADDRESS)
    before, stamp = path.read_bytes(), path.stat().st_ino
    assert extend_feed(path, changed(RATIFIED, SIGNED), FIRST + WEEK, ADDRESS) == 0
    assert (path.read_bytes(), path.stat().st_ino) == (before, stamp)
    again = tmp_path / "again.xml"
    extend_feed(again, changed(RATIFIED, SIGNED), FIRST, ADDRESS)
    assert again.read_bytes() == before


def test_a_clock_that_went_back_gives_no_entry_updated_before_it_was_published(
    tmp_path: Path,
) -> None:
    path = tmp_path / "acts.xml"
    extend_feed(path, changed(RATIFIED), FIRST)
    extend_feed(path, changed(CONFIRMED), FIRST - WEEK)
    (entry,) = read(path).entries
    assert entry.updated == entry.published == "2026-12-01T06:00:00Z"
    assert entry.title.startswith("Changed: ")


def test_the_number_of_entries_is_bounded_and_the_newest_stay(tmp_path: Path) -> None:
    path = tmp_path / "acts.xml"
    extend_feed(path, changed(SIGNED), FIRST)
    day = "2020-02-10"
    many = [ActChange(None, act(f"Z{n:03}", day=day)) for n in range(MOST)]
    late = ActChange(None, act("ZZZ", day="2021-01-01"))
    assert extend_feed(path, changed(*many, late), FIRST + WEEK) == MOST
    found = ids(read(path))
    assert len(found) == MOST
    assert "atlantis/AAA/signature" not in found
    assert "atlantis/ZZZ/signature" in found  # of those that are new, the acts of the latest days
    extend_feed(path, changed(SIGNED), FIRST + 2 * WEEK)
    assert ids(read(path))[0] == "atlantis/AAA/signature"
    assert len(read(path).entries) == MOST


def test_what_else_a_feed_has_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "acts.xml"
    extend_feed(path, changed(SIGNED), FIRST, ADDRESS)
    mine = (
        '<rights>CC BY</rights><!-- by hand --><link rel="alternate" href="https://example.org/"/>'
        "<entry><id>https://example.org/note</id><title>A note</title>"
        '<updated>2026-12-03T00:00:00Z</updated><content type="html">&lt;b&gt;x&lt;/b&gt;</content>'
        "</entry><entry>"
    )
    mine = '<link rel="self" href="https://example.org/old.xml"/>' + mine
    style = b'<?xml-stylesheet href="feed.css"?>\n<feed'
    data = path.read_bytes().replace(b"<entry>", mine.encode(), 1).replace(b"<feed", style, 1)
    path.write_bytes(data)
    extend_feed(path, changed(RATIFIED), FIRST + WEEK, "https://example.org/elsewhere.xml")
    found = read(path)
    assert [entry.title for entry in found.entries][1] == "A note"
    assert found.entries[1].content[0].value == "<b>x</b>"
    assert found.feed.rights == "CC BY"
    assert b"<!-- by hand -->" in path.read_bytes()
    assert b'<?xml-stylesheet href="feed.css"?>' in path.read_bytes()
    assert {link.rel: link.href for link in found.feed.links} == {
        "self": "https://example.org/elsewhere.xml",
        "alternate": "https://example.org/",
    }


def test_text_from_sources_is_text(tmp_path: Path) -> None:
    path = tmp_path / "acts.xml"
    place = act("", participant="Côte d'Ivoire / x")
    assert entry_id(place) == (
        "tag:adoption.invalid,2026:atlantis/C%C3%B4te%20d%27Ivoire%20%2F%20x/signature"
    )
    evil = act("", participant="<b>R&D\x00\x1b\ufffe</b> ]]>", source='"><script>', grade="")
    extend_feed(path, changed(ActChange(None, evil)), FIRST)
    (entry,) = read(path).entries
    assert entry.content[0].value == 'Signature of 10 February 2020. Source: "><script>.'
    assert b"<b>" not in path.read_bytes()
    assert entry.tags[1].label == "<b>R&D</b> ]]>"


@given(st.lists(lists_of_acts, min_size=2, max_size=4))
@settings(max_examples=10)
def test_whatever_happens_week_by_week_the_feed_is_valid(
    tmp_path_factory: pytest.TempPathFactory, weeks: list[list[Act]]
) -> None:
    path = tmp_path_factory.mktemp("feed") / "acts.xml"
    seen: dict[str, str] = {}
    for number, (old, new) in enumerate(zip(([], *weeks), weeks, strict=False)):
        found = changed(*act_changes(old, new))
        when = FIRST + number * WEEK
        extend_feed(path, found, when, ADDRESS)
        parsed = read(path)
        news = {entry_id(c.act) for c in found.acts if c.is_news}
        for entry in parsed.entries:
            if entry.id in news:
                assert entry.updated == f"{when:%Y-%m-%dT%H:%M:%SZ}"
            if "published" in entry:
                assert seen.setdefault(entry.id, entry.published) == entry.published
        assert news <= {entry.id for entry in parsed.entries}
