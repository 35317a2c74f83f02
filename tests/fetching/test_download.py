"""One request for one file: what comes, and each way in which it does not, over real HTTP."""

from __future__ import annotations

import gzip
from datetime import UTC, datetime
from typing import Any

import pytest

from adoption.fetching.addresses import Request
from adoption.fetching.download import download
from tests.fetching.answers import head, page, raw, unless_known
from tests.fetching.conftest import fetched, means
from tests.fetching.publisher_server import Publisher

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


@pytest.mark.parametrize(
    "answer",
    [
        page(gzip.compress(DATA, mtime=0), content_encoding="gzip"),
        page(
            gzip.compress(DATA[:5], mtime=0) + gzip.compress(DATA[5:], mtime=0),
            content_encoding="x-gzip",
        ),
        raw(b"HTTP/1.0 200 OK\r\n\r\n" + DATA),  # ends with the connection
        raw(b"HTTP/1.1 103 Early\r\nLink: x\r\n\r\n" + head(200, {"Content-Length": "20"}) + DATA),
    ],
    ids=["gzip", "two members", "until closed", "early hints"],
)
def test_it_may_come_in_many_ways(publisher: Publisher, answer: Any) -> None:
    publisher.gives("/a.csv", answer)
    assert fetched(publisher).content.replace(DATA, b"") == b""


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


# Nothing comes
