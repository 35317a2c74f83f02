"""Proxies of the environment: used, left where they should be, and their passwords not told."""

from __future__ import annotations

from base64 import b64encode
from pathlib import Path

import httpx
import pytest

from adoption.errors import AdoptionError
from adoption.fetching.addresses import Request
from adoption.fetching.download import Download, download
from adoption.fetching.faults import FetchError
from adoption.fetching.proxies import proxy_for
from tests.fetching.answers import dripping, page, tunnel
from tests.fetching.conftest import fetched, means
from tests.fetching.publisher_server import Publisher, closed_port

DATA = b"iso3,name\nQAT,Qatar\n"
USER, SECRET = "somebody", "pa55w0rd"
BASIC = "Basic " + b64encode(f"{USER}:{SECRET}".encode()).decode()
TARGET = "http://publisher.invalid/a.csv"  # only the proxy knows where that is


def ask(base: str = "http://publisher.invalid", **changes: float) -> Download:
    return download(Request(base, "/a.csv"), means(**changes), str)


@pytest.fixture
def proxy(publisher: Publisher, monkeypatch: pytest.MonkeyPatch) -> Publisher:
    for name in ("HTTP_PROXY", "HTTPS_PROXY"):
        monkeypatch.setenv(name, f"http://{USER}:{SECRET}@{publisher.host}")
    return publisher


def test_a_proxy_is_asked_instead(proxy: Publisher) -> None:
    proxy.gives(TARGET, page(DATA))
    got = ask()
    assert (got.content, got.url) == (DATA, TARGET)
    [asked] = proxy.asked
    assert asked.line == f"GET {TARGET} HTTP/1.1"
    assert asked.headers["host"] == "publisher.invalid"
    assert asked.headers["proxy-authorization"] == BASIC


def test_an_encrypted_publisher_is_reached_through_a_tunnel(
    proxy: Publisher, encrypted: Publisher, certificate: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    encrypted.gives("/a.csv", page(DATA), dripping(0.05))
    proxy.gives(encrypted.host, tunnel(encrypted.port))
    assert fetched(encrypted).content == DATA
    assert proxy.asked[0].line == f"CONNECT {encrypted.host} HTTP/1.1"
    assert proxy.asked[0].headers["proxy-authorization"] == BASIC
    assert "proxy-authorization" not in encrypted.asked[0].headers
    with pytest.raises(FetchError, match="time was up after"):
        fetched(encrypted, whole=0.6)


def test_a_proxy_that_refuses_is_told_of_without_its_password(
    proxy: Publisher, encrypted: Publisher, monkeypatch: pytest.MonkeyPatch
) -> None:
    proxy.gives(TARGET, page(b"", 407))
    proxy.gives(encrypted.host, page(b"", 407))
    monkeypatch.setenv("ALL_PROXY", f"http://{USER}:{SECRET}@127.0.0.1:{closed_port()}")
    lines = []
    for base in ("http://publisher.invalid", encrypted.base):
        with pytest.raises(FetchError) as caught:
            ask(base)
        lines.append(str(caught.value))
        assert not caught.value.passing
    monkeypatch.delenv("HTTP_PROXY")
    with pytest.raises(FetchError) as caught:
        ask()
    lines.append(str(caught.value))
    assert lines[0] == f"{TARGET}: answered 407 Proxy Authentication Required; allowed: 200"
    assert lines[1] == (
        f"{encrypted.base}/a.csv: the proxy {proxy.host} does not lead there (407 Said So); "
        "allowed: a proxy that does, or none (NO_PROXY)"
    )
    assert lines[2].startswith(f"{TARGET}: no connection to the proxy 127.0.0.1:")
    assert all(SECRET not in line and USER not in line for line in lines)
    assert encrypted.asked == []


@pytest.mark.parametrize("value", [f"socks5://{USER}:{SECRET}@h:1", "http://", "http://[::1"])
def test_a_proxy_that_is_none_is_one_line(value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", value)
    with pytest.raises(AdoptionError) as caught:
        ask()
    assert str(caught.value) == (
        "the environment's proxy for http addresses: cannot be used; allowed: such as "
        "http://proxy.example.org:3128"
    )


def test_which_proxy_is_for_which_address(monkeypatch: pytest.MonkeyPatch) -> None:
    plain, encrypted = httpx.URL("http://example.org/a"), httpx.URL("https://example.org/a")
    assert proxy_for(plain) is proxy_for(encrypted) is None
    monkeypatch.setenv("ALL_PROXY", "proxy.invalid:1")
    monkeypatch.setenv("HTTPS_PROXY", "https://proxy.invalid:2")
    found = [proxy_for(url) for url in (plain, encrypted)]
    assert [str(proxy.url) for proxy in found if proxy] == [
        "http://proxy.invalid:1",
        "https://proxy.invalid:2",
    ]
    monkeypatch.setenv("NO_PROXY", ".example.org, example.org")
    assert proxy_for(plain) is proxy_for(encrypted) is None
    monkeypatch.setenv("NO_PROXY", "*")
    assert proxy_for(plain) is None
