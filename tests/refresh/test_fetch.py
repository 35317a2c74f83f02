"""Downloads over real connections: every fault is one line, within limits, without secrets."""

from __future__ import annotations

import gzip
import logging
import tracemalloc
from base64 import b64encode
from dataclasses import replace
from datetime import UTC, date, datetime
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from adoption.core.errors import AdoptionError
from adoption.refresh.fetch import Download, FetchError, Request, fetch
from tests.refresh.answers import (
    announcing,
    chunked,
    dripping,
    endless,
    page,
    raw,
    redirect,
    reset,
    silent,
    stalled,
)
from tests.refresh.life import AGENT, QUICK
from tests.refresh.publisher_server import Answer, Exchange, Publisher, closed_port

DATA = b"iso3,name\nQAT,Qatar\n"
PACKED = gzip.compress(DATA)
USER, SECRET = "somebody", "pa55w0rd"
MEGABYTE = 1_000_000


def ask(base: str, path: str = "/a.csv", **limits: Any) -> Download | FetchError:
    changed = replace(QUICK, **({"attempts": 1} | limits))
    return fetch({0: Request(base, path)}, AGENT, changed)[0]


def line(base: str, path: str = "/a.csv", **given: Any) -> str:
    """Ask once; return the part of the error line behind the address."""
    found = ask(base, path, **given)
    assert isinstance(found, FetchError)
    assert str(found).isprintable()
    assert SECRET not in str(found)
    return str(found).split(": ", 1)[1]


FAULTS: dict[str, tuple[Answer, str]] = {
    "silence": (silent(), "no answer; allowed: gaps of at most 0.3 s"),
    "silence in mid-body": (stalled(DATA, 7), "nothing more came after 7 of 20 bytes; allowed: "),
    "a slow body": (dripping(0.05), "time was up before a whole answer; allowed: 0.8 s in all"),
    "a slow head": (dripping(0.05, b"HTTP/1.1 200 OK\r\nX: "), "time was up before a whole answer"),
    "closed at once": (silent(0), "no answer (Server disconnected without sending a response); "),
    "reset": (reset, "no answer ("),
    "half a head": (raw(b"HTTP/1.1 200 OK\r\nContent-Le"), "no answer ("),
    "no HTTP": (raw(b"\x00\x01 no HTTP \x1b[31m\r\n\r\n"), "no answer (illegal status line: "),
    "two lengths": (announcing("12, 14", DATA), "no answer (conflicting Content-Length headers); "),
    "less than announced": (announcing(1000, DATA), "broken off after 20 of 1,000 bytes; allowed"),
    "chunks without end": (chunked(DATA, ends=False), "broken off after 20 bytes; allowed: a whol"),
    "packed": (page(DATA, content_encoding="br"), "is packed as 'br'; allowed: not packed, or as"),
    "not packed": (page(DATA, content_encoding="gzip"), "is no whole gzip after 20 of 20 byt"),
    "half a pack": (page(PACKED[:-9], content_encoding="gzip"), "is no whole gzip after "),
    "a bomb": (page(gzip.compress(bytes(9 * MEGABYTE)), content_encoding="gzip"), "is too large"),
    "empty": (page(b""), "answered 200 with nothing in it; allowed: a file"),
    "202": (page(DATA, 202), "answered 202 Accepted; allowed: 200"),
    "304 unasked": (page(b"", 304), "answered 304 Not Modified; allowed: 200"),
    "429, later": (
        page(b"", 429, Retry_After="900"),
        "answered 429 Too Many Requests and asks to wait 900 s; allowed: 2 s at most",
    ),
    "599": (page(DATA, 599), "answered 599; allowed: 200"),
    "a circle": (redirect("/a.csv"), "redirects to http://127.0.0.1:"),
    "another host": (redirect("http://example.org/"), "redirects to http://example.org/, another "),
    "nowhere": (page(b"", 302), "answered 302 Found; allowed: 200"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_one_line(publisher: Publisher, fault: str) -> None:
    answer, expected = FAULTS[fault]
    publisher.gives("/a.csv", answer)
    whole = 0.8 if fault.startswith("a slow") else 20
    found = line(publisher.base, read=0.3, whole=whole, size=8 * MEGABYTE)
    assert found.startswith(expected)


def test_a_refresh_ends_however_many_files_are_slow(publisher: Publisher) -> None:
    publisher.gives("/a.csv", dripping(0.05))
    publisher.gives("/b.csv", page(DATA))
    wanted = {path: Request(publisher.base, path) for path in ("/a.csv", "/b.csv")}
    answers = fetch(wanted, AGENT, replace(QUICK, whole=0.8, refresh=0.5))
    assert "not asked: time was up; allowed: 0.5 s for all files" in str(answers["/b.csv"])
    assert [asked.target for asked in publisher.asked] == ["/a.csv"]


def test_what_a_server_packs_unasked_is_unpacked(publisher: Publisher) -> None:
    publisher.gives("/a.csv", page(PACKED, content_encoding="gzip"))
    found = ask(publisher.base)
    assert isinstance(found, Download)
    assert found.content == DATA


def test_more_than_announced_is_cut_as_every_client_does(publisher: Publisher) -> None:
    publisher.gives("/a.csv", announcing(10, DATA))
    found = ask(publisher.base)
    assert isinstance(found, Download)
    assert found.content == DATA[:10], "a reader sees what is missing, or a guard"


def test_too_much_ends_it_and_is_never_held(publisher: Publisher) -> None:
    publisher.gives("/a.csv", endless())
    tracemalloc.start()
    try:
        found = line(publisher.base, size=2 * MEGABYTE)
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert found == "is too large; allowed: 2,000,000 bytes"
    assert most < 10 * MEGABYTE


def test_a_redirect_is_followed_within_the_publishers_host_only(publisher: Publisher) -> None:
    with Publisher() as other:
        publisher.gives("/a.csv", redirect("/b.csv", 301))
        publisher.gives("/b.csv", redirect(f"{other.base}/c.csv", 308), page(DATA))
        assert line(publisher.base) == (
            f"redirects to {other.base}/c.csv, another host; allowed: {publisher.host}"
        )
        assert other.asked == []
        assert "one more than is followed; allowed: 0 redirects" in line(
            publisher.base, redirects=0
        )
        base = publisher.base.replace("://", f"://{USER}:{SECRET}@")
        found = ask(base)
    assert isinstance(found, Download)
    assert (found.content, found.asked) == (DATA, f"{publisher.base}/a.csv")
    assert SECRET not in repr(found)
    basic = "Basic " + b64encode(f"{USER}:{SECRET}".encode()).decode()
    assert [asked.headers.get("authorization") for asked in publisher.asked[-2:]] == [basic] * 2


def test_encryption(
    encrypted: Publisher,
    publisher: Publisher,
    certificate: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    encrypted.gives("/a.csv", page(DATA), redirect(f"http://{encrypted.host}/b.csv"))
    assert line(encrypted.base) == (
        "the certificate is not trusted (self-signed certificate); allowed: one that this system "
        "trusts"
    )
    assert encrypted.asked == []
    assert line(publisher.base.replace("http:", "https:"), connect=0.5).startswith("no connection")
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    assert isinstance(ask(encrypted.base), Download)
    assert line(encrypted.base).endswith("b.csv, without encryption; allowed: https")
    monkeypatch.setenv("SSL_CERT_FILE", "/nowhere")
    with pytest.raises(AdoptionError, match=r"^proxy or trusted certificates .+ cannot be used"):
        ask(encrypted.base)


def test_proxies_of_the_environment(publisher: Publisher, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", f"http://{USER}:{SECRET}@{publisher.host}")
    target = "http://publisher.invalid/a.csv"  # only the proxy knows where that is
    publisher.gives(target, page(DATA), page(b"", 407))
    found = ask("http://publisher.invalid")
    assert isinstance(found, Download)
    assert found.content == DATA
    assert {asked.headers["proxy-authorization"][:6] for asked in publisher.asked} == {"Basic "}
    assert line("http://publisher.invalid").startswith("answered 407 Proxy Authentication")
    monkeypatch.setenv("HTTP_PROXY", f"http://{USER}:{SECRET}@127.0.0.1:{closed_port()}")
    assert "Connection refused" in line("http://publisher.invalid")
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    assert "answered 404" in line(publisher.base)
    monkeypatch.setenv("HTTP_PROXY", f"socks5://{USER}:{SECRET}@h:1")
    with pytest.raises(AdoptionError, match=r"^proxy or trusted certificates") as caught:
        ask("http://publisher.invalid")
    assert SECRET not in str(caught.value)


def test_what_may_pass_is_asked_again_and_what_is_final_is_not(publisher: Publisher) -> None:
    """A publisher that says when to come back is asked then."""
    publisher.gives("/a", page(b"", 503), announcing(9, b"x"), page(DATA))
    publisher.gives("/b", page(b"", 404))
    publisher.gives("/c", page(b"", 429, Retry_After="1"), page(DATA))
    publisher.gives("/d", page(b"", 500))
    texts: list[str] = []
    requests = {name: Request(publisher.base, f"/{name}") for name in "abcd"}
    found = fetch(requests, AGENT, QUICK, texts.append)
    assert list(found) == list("abcd")
    assert all(isinstance(found[name], Download) for name in "ac")
    assert str(found["d"]).endswith("500 Internal Server Error (asked 3 times); allowed: 200")
    assert [asked.target for asked in publisher.asked] == ["/a"] * 3 + ["/b", "/c", "/c"] + [
        "/d"
    ] * 3
    again = [asked.at for asked in publisher.asked if asked.target == "/c"]
    assert again[1] - again[0] >= 1
    assert texts[0] == (
        f"{publisher.base}/a: answered 503 Service Unavailable; allowed: 200; asking again (2 of 3)"
    )
    assert {asked.headers["user-agent"] for asked in publisher.asked} == {AGENT}


def test_a_host_is_asked_for_one_file_at_a_time_with_a_pause(publisher: Publisher) -> None:
    """One that wants an hour of silence is let alone."""

    def slow(exchange: Exchange) -> None:
        exchange.rest(0.2)
        page(DATA)(exchange)

    with Publisher() as other:
        for number in range(3):
            publisher.gives(f"/{number}", slow)
            other.gives(f"/{number}", page(b"", 429, Retry_After="3600"))
        requests = {
            (host.port, number): Request(host.base, f"/{number}")
            for host in (publisher, other)
            for number in range(3)
        }
        found = fetch(requests, AGENT, replace(QUICK, pause=0.3))
        assert len(other.asked) == 1
    times = [asked.at for asked in publisher.asked]
    assert all(later - earlier >= 0.5 for earlier, later in pairwise(times))
    assert "asks to wait 3,600 s" in str(found[other.port, 0])
    assert ": not asked: its host asks to wait 3,600 s; allowed: 2 s at most" in str(
        found[other.port, 2]
    )


def test_what_is_known_is_not_later_than_the_answer(publisher: Publisher) -> None:
    publisher.gives("/a.csv", page(DATA, date="Sun, 01 Nov 2020 06:00:00 GMT"))
    found = ask(publisher.base)
    assert isinstance(found, Download)
    assert found.known == datetime(2020, 11, 1, 6, tzinfo=UTC)
    assert found.fetched.date() >= date(2026, 1, 1)


@pytest.mark.parametrize(
    ("base", "path", "expected"),
    [
        ("htp://example.org", "/a", "base address: is not one of http or https"),
        (f"http://me:{SECRET}@[::1", "/a", "base address: is not one"),
        ("https://example.org?x=1", "/a", "base address: is not one"),
        ("https://example.org", "a", "path 'a': does not lead to a file of example.org"),
        ("https://example.org", "@other.org/a", "path '@other.org/a': does not lead to a file"),
    ],
)
def test_a_wrong_address_stops_before_anything_is_asked(
    publisher: Publisher, base: str, path: str, expected: str
) -> None:
    with pytest.raises(AdoptionError) as caught:
        fetch({0: Request(publisher.base, "/a"), 1: Request(base, path)}, AGENT, QUICK)
    assert str(caught.value).startswith(expected)
    assert SECRET not in str(caught.value)
    assert publisher.asked == []


def test_what_is_secret_is_neither_shown_nor_logged_nor_kept(
    publisher: Publisher, caplog: pytest.LogCaptureFixture
) -> None:
    path, base = "/a?api_key=k3y&page=2", publisher.base.replace("://", f"://{USER}:{SECRET}@")
    publisher.gives(path, page(b"", 503), page(DATA, Set_Cookie="session=1; Path=/"))
    parts: list[str] = []
    with caplog.at_level(logging.DEBUG):
        for _ in range(2):
            found = fetch({0: Request(base, path)}, AGENT, QUICK, parts.append)[0]
    texts = [*parts, repr(found), *(record.getMessage() for record in caplog.records)]
    assert isinstance(found, Download)
    assert found.asked == f"{publisher.base}/a?api_key=***&page=2"
    own = [text for text in texts if "receive_response_headers" not in text]
    assert not [text for text in own if SECRET in text or "k3y" in text]
    assert all("cookie" not in asked.headers for asked in publisher.asked)
