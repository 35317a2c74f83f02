"""From a publisher into the store, again and again, through good days and bad ones."""

from __future__ import annotations

import gzip
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from adoption.fetching.addresses import Request, clean
from adoption.fetching.download import Download
from adoption.fetching.faults import FetchError
from adoption.fetching.fetcher import Fetcher
from tests.fetching.answers import (
    announcing,
    bomb,
    page,
    redirect,
    reset,
    silent,
    stalled,
    unless_known,
)
from tests.fetching.conftest import AGENT, QUICK
from tests.fetching.publisher_server import Publisher
from tests.fetching.snapshots import (
    DESCRIBED,
    SOURCE,
    assert_tidy,
    assert_whole,
    later,
    names,
    store_in,
)

MEGABYTE = 1_000_000
FILES = {"a.xml": "/a", "b.xml": "/b"}


class Refresher:
    """Does what a refresh does, without looking into the files."""

    def __init__(self, publisher: Publisher, folder: Path) -> None:
        self.publisher, self.store = publisher, store_in(folder)
        self.fetcher = Fetcher(AGENT, QUICK)
        self.runs = 0

    def __call__(self) -> list[str]:
        """Refresh; return what went wrong."""
        self.runs += 1
        asked = {
            file: Request(
                self.publisher.base,
                path,
                validators=self.store.validators(SOURCE, file, f"{self.publisher.base}{path}"),
            )
            for file, path in FILES.items()
        }
        found = self.fetcher.fetch(asked)
        came = {file: each for file, each in found.items() if isinstance(each, Download)}
        if len(came) == len(FILES):
            self.store.keep(SOURCE, DESCRIBED, came, later(60 * self.runs))
        assert_whole(self.store)
        assert_tidy(self.store)
        return [str(each) for each in found.values() if isinstance(each, FetchError)]

    def snapshots(self) -> dict[str, tuple[bytes, bytes]]:
        """Return the files of each snapshot in use."""
        return {
            name: tuple((self.store.raw / SOURCE / name / file).read_bytes() for file in FILES)  # type: ignore[misc]
            for name in names(self.store.raw)
        }


@pytest.fixture
def refresh(publisher: Publisher, tmp_path: Path) -> Refresher:
    return Refresher(publisher, tmp_path)


def test_only_what_has_changed_makes_a_snapshot(publisher: Publisher, refresh: Refresher) -> None:
    publisher.gives("/a", unless_known(b"<a1/>", '"a1"', "Mon"))
    publisher.gives("/b", page(b"<b1/>"))  # says nothing of changes
    assert refresh() == []
    assert refresh() == []
    assert [asked.headers.get("if-none-match") for asked in publisher.asked_for("/a")] == [
        None, '"a1"',
    ]  # fmt: skip
    assert list(refresh.snapshots().values()) == [(b"<a1/>", b"<b1/>")]
    publisher.gives("/b", page(b"<b2/>"))
    assert refresh() == []
    publisher.gives("/a", unless_known(b"<a2/>", '"a2"', "Tue"))
    assert refresh() == []
    assert refresh() == []
    assert list(refresh.snapshots().values()) == [
        (b"<a1/>", b"<b1/>"), (b"<a1/>", b"<b2/>"), (b"<a2/>", b"<b2/>"),
    ]  # fmt: skip
    assert [asked.headers.get("if-none-match") for asked in publisher.asked_for("/a")] == [
        None, '"a1"', '"a1"', '"a1"', '"a2"',
    ]  # fmt: skip


def test_packed_and_unpacked_bytes_are_the_same(publisher: Publisher, refresh: Refresher) -> None:
    publisher.gives("/a", page(b"<a/>"), page(gzip.compress(b"<a/>"), content_encoding="gzip"))
    publisher.gives("/b", page(b"<b/>"))
    assert refresh() == refresh() == []
    assert list(refresh.snapshots().values()) == [(b"<a/>", b"<b/>")]


@pytest.mark.parametrize(
    "fault",
    [
        page(b"", 404), page(b"", 429, Retry_After="9999"), page(b"", 500), redirect("/a"),
        redirect("https://elsewhere.invalid/"), announcing(1000, b"<a2"), announcing(3, b"<a2/>"),
        bomb(100), stalled(b"<a2/>", 2), silent(), reset, page(b"", 304), page(b""),
    ],
    ids=[
        "404", "429", "500", "circle", "another host", "truncated", "wrong length", "bomb",
        "stalled", "silent", "reset", "304 at will", "empty",
    ],
)  # fmt: skip
def test_a_fault_leaves_everything_as_it_was(
    publisher: Publisher, refresh: Refresher, fault: Any
) -> None:
    for path in FILES.values():
        publisher.gives(path, page(b"<1/>"))
    assert refresh() == []
    before = refresh.snapshots()
    refresh.fetcher = Fetcher(AGENT, replace(QUICK, read=0.3, content=MEGABYTE))
    publisher.gives("/a", fault)
    publisher.gives("/b", page(b"<2/>"))
    line, *others = refresh()
    assert line.startswith(f"{publisher.base}/a: ")
    assert all("not asked" in other for other in others), "who wants to be let alone, is"
    assert refresh.snapshots() == before
    publisher.gives("/a", page(b"<2/>"))
    refresh.fetcher = Fetcher(AGENT, QUICK)
    assert refresh() == []
    assert list(refresh.snapshots().values()) == [(b"<1/>", b"<1/>"), (b"<2/>", b"<2/>")]


def test_the_address_that_is_kept_is_the_one_that_is_asked(publisher: Publisher) -> None:
    request = Request(f"{publisher.base}/mirror/", "/a?x=1")
    publisher.gives("/mirror/a?x=1", page(b"x"))
    got = Fetcher(AGENT, QUICK).fetch({0: request})[0]
    assert isinstance(got, Download)
    assert got.asked == clean(request.url())
