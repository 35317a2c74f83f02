"""One request for one file: what comes, and each way in which it does not, over real HTTP."""

from __future__ import annotations

import gzip
import time
from datetime import UTC, datetime
from typing import Any

import pytest

from adoption.fetching.addresses import Request
from adoption.fetching.download import Download, download
from adoption.fetching.faults import FetchError
from tests.fetching.answers import chunked, head, page, raw, unless_known
from tests.fetching.conftest import AGENT, fetched, means
from tests.fetching.publisher_server import Publisher, closed_port

DATA = b"iso3,name\nQAT,Qatar\n"
DAY = "Tue, 24 Nov 2026 18:30:00 GMT"
MEGABYTE = 1_000_000


def test_a_file_comes_with_what_is_known_of_it(publisher: Publisher) -> None:
    publisher.gives("/a.csv", page(DATA, etag='"x1"', last_modified=DAY, content_type="text/csv"))
    before = datetime.now(UTC)
    got = fetched(publisher)
    assert got.content == DATA
    assert (got.status, got.asked, got.url) == (200, *[f"{publisher.base}/a.csv"] * 2)
    assert got.headers == {
        "content-length": "20", "content-type": "text/csv", "etag": '"x1"', "last-modified": DAY,
    }  # fmt: skip
    assert not got.unchanged
    assert before <= got.fetched <= datetime.now(UTC)
    assert 0 <= got.seconds < 10


def test_one_asks_politely(publisher: Publisher) -> None:
    publisher.gives("/a.csv?x=1&y=2", page(DATA))
    fetched(publisher, "/a.csv?x=1&y=2")
    [asked] = publisher.asked
    assert asked.line == "GET /a.csv?x=1&y=2 HTTP/1.1"
    assert asked.headers == {
        "host": publisher.host, "user-agent": AGENT, "accept": "*/*", "accept-encoding": "gzip",
        "connection": "close",
    }  # fmt: skip


@pytest.mark.parametrize(
    "answer",
    [
        page(gzip.compress(DATA), content_encoding="gzip"),
        page(gzip.compress(DATA[:5]) + gzip.compress(DATA[5:]), content_encoding="x-gzip"),
        chunked(DATA * 100),
        raw(b"HTTP/1.0 200 OK\r\n\r\n" + DATA),  # ends with the connection
        raw(b"HTTP/1.1 103 Early\r\nLink: x\r\n\r\n" + head(200, {"Content-Length": "20"}) + DATA),
    ],
    ids=["gzip", "two members", "chunked", "until closed", "early hints"],
)
def test_it_may_come_in_many_ways(publisher: Publisher, answer: Any) -> None:
    publisher.gives("/a.csv", answer)
    assert fetched(publisher).content.replace(DATA, b"") == b""


def test_a_server_that_does_not_close_is_not_waited_for_long(publisher: Publisher) -> None:
    publisher.gives("/a.csv", raw(head(200, {"Content-Length": "20"}) + DATA, rest=60))
    began = time.monotonic()
    assert fetched(publisher).content == DATA
    assert time.monotonic() - began < 5


def test_what_is_unchanged_does_not_come_again(publisher: Publisher) -> None:
    publisher.gives("/a.csv", unless_known(DATA, '"x1"', DAY))
    for known, unchanged in [
        ({}, False),
        ({"If-None-Match": '"x0"', "If-Modified-Since": DAY}, False),
        ({"If-None-Match": '"x1"'}, True),
        ({"If-Modified-Since": DAY}, True),
    ]:
        request = Request(publisher.base, "/a.csv", validators=known)
        got = download(request, means(), str)
        assert got.unchanged is unchanged
        assert got.content == (b"" if unchanged else DATA)
        assert got.status == (304 if unchanged else 200)
    assert got.headers["etag"] == '"x1"'


def test_an_answer_to_whoever_asks_for_changes_may_be_304_too(publisher: Publisher) -> None:
    publisher.gives("/a.csv", page(b"", 410))
    with pytest.raises(FetchError, match=r"answered 410 Gone; allowed: 200 or 304$"):
        download(Request(publisher.base, "/a.csv", validators={"If-None-Match": "x"}), means(), str)


# Nothing comes


def test_a_refused_connection() -> None:
    with pytest.raises(FetchError) as caught:
        download(Request(f"http://127.0.0.1:{(port := closed_port())}", "/a"), means(), str)
    assert str(caught.value) == (
        f"http://127.0.0.1:{port}/a: no connection to 127.0.0.1:{port} (Connection refused); "
        "allowed: one within 5 s"
    )
    assert caught.value.passing


def test_a_host_without_an_address() -> None:
    with pytest.raises(FetchError) as caught:
        download(Request("https://publisher.invalid", "/a"), means(), str)
    assert str(caught.value).startswith(
        "https://publisher.invalid/a: no address is known for publisher.invalid ("
    )
    assert str(caught.value).endswith("; allowed: a host with an address")
    assert caught.value.passing


@pytest.mark.parametrize(
    ("answered", "known"),
    [
        ("Tue, 24 Nov 2026 18:30:00 GMT", datetime(2026, 11, 24, 18, 30, tzinfo=UTC)),
        ("Tue, 01 Dec 2026 18:30:00 GMT", datetime(2026, 11, 25, 12, tzinfo=UTC)),
        ("yesterday", datetime(2026, 11, 25, 12, tzinfo=UTC)),
        (None, datetime(2026, 11, 25, 12, tzinfo=UTC)),
    ],
    ids=["a cache, or our clock is ahead", "our clock is behind", "no day", "nothing"],
)
def test_an_answer_is_of_the_earlier_of_two_clocks(answered: str | None, known: datetime) -> None:
    headers = {"date": answered} if answered else {}
    asked = datetime(2026, 11, 25, 12, tzinfo=UTC)
    assert Download("a", "a", 200, headers, DATA, 0.1, asked).known == known
