"""One address asked once: each fault of a real server is one line, and nothing is held too long."""

from __future__ import annotations

import gzip
import tracemalloc
from typing import Any

import pytest

from adoption.fetching.faults import FetchError
from tests.fetching.answers import (
    announcing,
    bomb,
    chunked,
    dripping,
    endless,
    head,
    page,
    raw,
    reset,
    silent,
    stalled,
)
from tests.fetching.conftest import fetched
from tests.fetching.publisher_server import Answer, Publisher

DATA = b"iso3,name\nQAT,Qatar\n"
MEGABYTE = 1_000_000


def packed(data: bytes) -> Answer:
    return page(data, content_encoding="gzip")


def refused(publisher: Publisher, path: str = "/a.csv", **changes: Any) -> FetchError:
    """Ask a publisher once; return the error, which names the address in one line."""
    with pytest.raises(FetchError) as caught:
        fetched(publisher, path, **changes)
    line = str(caught.value)
    assert line.startswith(f"{publisher.base}{path}: ")
    assert "; allowed: " in line
    assert len(line.splitlines()) == 1
    return caught.value


def told(error: FetchError) -> str:
    """Return the part of an error line behind the address."""
    return str(error).split(": ", 1)[1]


@pytest.mark.parametrize(
    ("answer", "line", "passing"),
    [
        (silent(), "no answer; allowed: its beginning within 0.3 s", True),
        (stalled(DATA, 7), "nothing more came after 7 of 20 bytes; allowed: gaps of at most", True),
        (silent(0), "no answer (Server disconnected without sending a response); allowed: o", True),
        (reset, "no answer (", True),
        (raw(b"HTTP/1.1 200 OK\r\nContent-Le"), "no answer (", True),
        (raw(b"\x00\x01 no HTTP \x1b[31m\r\n\r\n"), "no answer (illegal status line: ", True),
        (announcing("12, 14", DATA), "no answer (conflicting Content-Length headers); ", True),
        (
            announcing(1000, DATA),
            "broken off after 20 of 1,000 bytes; allowed: a whole answer",
            True,
        ),
        (chunked(DATA, ends=False), "broken off after 20 bytes; allowed: a whole answer", True),
        (announcing(12, DATA), "more came than Content-Length announces; allowed: 12 bytes", True),
        (
            packed(gzip.compress(DATA, mtime=0)[:-4]),
            "its gzip data end too early; allowed: whole gzip",
            True,
        ),
        (packed(DATA), "its gzip data are damaged; allowed: whole gzip data", False),
        (page(DATA, content_encoding="br"), "is packed as 'br'; allowed: gzip, or not pac", False),
        (page(b""), "answered 200 with nothing in it; allowed: a file", False),
        (page(DATA, 202), "answered 202 Accepted; allowed: 200", False),
        (page(DATA, 304), "answered 304 Not Modified; allowed: 200", False),
        (page(DATA, 404), "answered 404 Not Found; allowed: 200", False),
        (page(DATA, 599), "answered 599; allowed: 200", True),
        (page(DATA, 500), "answered 500 Internal Server Error; allowed: 200", True),
        (
            announcing(30 * MEGABYTE, b""),
            "announces 30,000,000 bytes; allowed: 20,000,000 b",
            False,
        ),
    ],
    ids=range(20),
)
def test_a_fault_is_one_line(publisher: Publisher, answer: Any, line: str, passing: bool) -> None:
    publisher.gives("/a.csv", answer)
    error = refused(publisher, read=0.3, wire=20 * MEGABYTE)
    assert told(error).startswith(line)
    assert str(error).isprintable()
    assert error.passing is passing


@pytest.mark.parametrize(
    ("answer", "where"),
    [
        (dripping(0.05), "after "),
        (dripping(0.05, head(200, {"A": "b"})[:-2] + b"X: "), "before an answer began"),
    ],
    ids=["body", "head"],
)
def test_dripping_for_ever_ends_when_the_whole_time_is_up(
    publisher: Publisher, answer: Any, where: str
) -> None:
    publisher.gives("/a.csv", answer)
    error = refused(publisher, whole=0.4)
    assert told(error).startswith(f"time was up {where}")
    assert told(error).endswith("; allowed: 0.4 s in all")
    assert not error.passing


# Too much comes


@pytest.mark.parametrize(
    ("answer", "limits", "problem"),
    [
        (endless(), {"wire": 2 * MEGABYTE}, "is too large; allowed: 2,000,000 bytes"),
        (bomb(1000), {"content": 50_000}, "is too large when unpacked; allowed: 50,000 bytes"),
        (packed(gzip.compress(gzip.compress(bytes(100 * MEGABYTE), mtime=0), mtime=0)),
         {"content": 50_000},
         "is too large when unpacked; allowed: 50,000 bytes"),
    ],
    ids=["wire", "bomb", "bomb in a bomb"],
)  # fmt: skip
def test_too_much_ends_it_and_is_never_held(
    publisher: Publisher, answer: Any, limits: dict[str, Any], problem: str
) -> None:
    publisher.gives("/a.csv", answer)
    tracemalloc.start()
    try:
        error = refused(publisher, "/a.csv", **limits)
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert told(error) == problem
    assert not error.passing
    assert most < 6 * MEGABYTE
