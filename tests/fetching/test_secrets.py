"""Passwords go where they belong, and nowhere else: no line, sidecar or log holds one."""

from __future__ import annotations

import logging
from base64 import b64encode

import pytest

from adoption.fetching.addresses import Request
from adoption.fetching.download import Download, download
from adoption.fetching.faults import FetchError
from adoption.fetching.fetcher import Fetcher
from tests.fetching.answers import page, redirect
from tests.fetching.conftest import QUICK, means
from tests.fetching.publisher_server import Publisher

DATA = b"iso3,name\nQAT,Qatar\n"
USER, SECRET = "somebody", "pa55w0rd"
BASIC = "Basic " + b64encode(f"{USER}:{SECRET}".encode()).decode()


def with_user(publisher: Publisher) -> str:
    return publisher.base.replace("://", f"://{USER}:{SECRET}@")


def ask(base: str, path: str = "/a.csv") -> Download:
    return download(Request(base, path), means(), str)


def test_a_password_in_the_base_address_goes_to_that_host_only(publisher: Publisher) -> None:
    with Publisher() as other:
        publisher.gives("/a.csv", redirect("/b.csv"))
        publisher.gives("/b.csv", redirect(f"{other.base}/c.csv"))
        other.gives("/c.csv", page(DATA))
        request = Request(with_user(publisher), "/a.csv", hosts=frozenset({other.host}))
        got = download(request, means(), str)
        assert [asked.headers.get("authorization") for asked in publisher.asked] == [BASIC, BASIC]
        assert [asked.headers.get("authorization") for asked in other.asked] == [None]
    assert SECRET not in repr(got)
    assert (got.asked, got.url) == (f"{publisher.base}/a.csv", f"{other.base}/c.csv")


def test_no_line_shows_it(publisher: Publisher, caplog: pytest.LogCaptureFixture) -> None:
    said: list[str] = []
    with caplog.at_level(logging.INFO):
        publisher.gives("/a.csv?api_key=k3y&page=2", page(b"", 503))
        fetcher = Fetcher("adoption/test", QUICK, said.append)
        outcome = fetcher.fetch({0: Request(with_user(publisher), "/a.csv?api_key=k3y&page=2")})[0]
        assert isinstance(outcome, FetchError)
        publisher.gives("/a.csv", redirect(f"{with_user(publisher)}/a.csv"))
        with pytest.raises(FetchError) as circle:
            ask(with_user(publisher))
        with pytest.raises(FetchError) as unknown:
            ask(f"http://{USER}:{SECRET}@publisher.invalid")
    texts = [*map(str, (outcome, circle.value, unknown.value)), *said, *map(repr, caplog.records)]
    texts += [record.getMessage() for record in caplog.records]
    assert len(said) == 2
    assert len(caplog.records) == 2
    for text in texts:
        assert SECRET not in text
        assert USER not in text
    assert str(outcome).startswith(f"{publisher.base}/a.csv?api_key=***&page=2: answered 503")


def test_no_cookie_is_kept_or_sent(publisher: Publisher) -> None:
    publisher.gives("/a.csv", page(b"", 302, Location="/b.csv", Set_Cookie="session=1; Path=/"))
    publisher.gives("/b.csv", page(DATA, Set_Cookie="session=2; Path=/"))
    fetcher = Fetcher("adoption/test", QUICK)
    for _ in range(2):
        got = fetcher.fetch({0: Request(publisher.base, "/a.csv")})[0]
        assert not isinstance(got, FetchError)
        assert got.headers == {"content-length": str(len(DATA))}
    assert len(publisher.asked) == 4
    assert all("cookie" not in asked.headers for asked in publisher.asked)
