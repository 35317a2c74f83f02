"""Shared by the tests of fetching: publishers of one's own, and no proxy of this machine."""

from __future__ import annotations

import os
import shutil
import ssl
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from adoption.fetching.addresses import Request
from adoption.fetching.ask import Means, trusted
from adoption.fetching.download import Download, download
from adoption.fetching.limits import Limits
from adoption.fetching.store import FetchedStore
from tests.fetching.publisher_server import Publisher
from tests.fetching.snapshots import store_in

PROXIES = ("http_proxy", "https_proxy", "all_proxy", "no_proxy")
AGENT = "adoption/test"
# Short times for a fast machine's loopback, yet long ones for a busy machine to keep.
QUICK = Limits(
    connect=5, read=5, whole=20, attempts=3, first_wait=0.01, longest_wait=2, patience=20, pause=0
)


@pytest.fixture(autouse=True)
def _no_proxies(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in PROXIES:
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)


@pytest.fixture
def store(tmp_path: Path) -> FetchedStore:
    return store_in(tmp_path)


@pytest.fixture
def publisher() -> Iterator[Publisher]:
    with Publisher() as server:
        yield server


@pytest.fixture(scope="session")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate for 127.0.0.1 and its key in one file, trusted by nobody."""
    if shutil.which("openssl") is None:
        pytest.skip("there is no command openssl to make a certificate with")
    folder = tmp_path_factory.mktemp("certificate")
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2",
         "-subj", "/CN=publisher", "-addext", "subjectAltName=IP:127.0.0.1",
         "-keyout", "key.pem", "-out", "cert.pem"],
        cwd=folder, check=True, capture_output=True,
    )  # fmt: skip
    both = folder / "both.pem"
    both.write_bytes((folder / "cert.pem").read_bytes() + (folder / "key.pem").read_bytes())
    return both


@pytest.fixture
def encrypted(certificate: Path) -> Iterator[Publisher]:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    with Publisher(context) as server:
        yield server


def means(**changes: float) -> Means:
    """Return how the tests ask: fast, but for what a test changes."""
    trust = _trusted(os.environ.get("SSL_CERT_FILE"))
    return Means(replace(QUICK, **changes), AGENT, trust)  # type: ignore[arg-type]


@cache
def _trusted(_: str | None) -> ssl.SSLContext:
    return trusted()


def fetched(publisher: Publisher, path: str = "/a.csv", **changes: float) -> Download:
    """Ask a publisher once."""
    return download(Request(publisher.base, path), means(**changes), lambda _: None)
