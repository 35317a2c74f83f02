"""Encrypted publishers: trusted certificates only, and the same limits of time."""

from __future__ import annotations

from pathlib import Path

import pytest

from adoption.errors import AdoptionError
from adoption.fetching.ask import trusted
from adoption.fetching.faults import FetchError
from tests.fetching.answers import announcing, dripping, page, redirect, silent
from tests.fetching.conftest import fetched
from tests.fetching.publisher_server import Publisher

DATA = b"iso3,name\nQAT,Qatar\n"


@pytest.fixture
def _trusted(certificate: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))


def test_a_certificate_that_nobody_trusts_is_refused(encrypted: Publisher) -> None:
    encrypted.gives("/a.csv", page(DATA))
    with pytest.raises(FetchError) as caught:
        fetched(encrypted)
    assert str(caught.value) == (
        f"{encrypted.base}/a.csv: the certificate is not trusted (self-signed certificate); "
        "allowed: one that this system trusts"
    )
    assert not caught.value.passing
    assert encrypted.asked == []


def test_a_server_without_encryption_is_not_asked(publisher: Publisher) -> None:
    publisher.base = publisher.base.replace("http:", "https:")
    with pytest.raises(FetchError, match=r"/a\.csv: no connection to 127\.0\.0\.1:\d+; allowed"):
        fetched(publisher, connect=0.5)
    assert publisher.asked == []


@pytest.mark.usefixtures("_trusted")
@pytest.mark.parametrize("whole", [0.6, 20.0])
def test_silence_and_dripping_end_encrypted_too(encrypted: Publisher, whole: float) -> None:
    encrypted.gives("/a.csv", silent() if whole > 1 else dripping(0.05))
    with pytest.raises(FetchError, match="no answer" if whole > 1 else "time was up after"):
        fetched(encrypted, whole=whole, read=0.5)


@pytest.mark.usefixtures("_trusted")
def test_what_is_too_long_or_not_encrypted_is_refused_encrypted_too(encrypted: Publisher) -> None:
    encrypted.gives("/a.csv", announcing(12, DATA))
    with pytest.raises(FetchError, match="more came than Content-Length announces"):
        fetched(encrypted)
    encrypted.gives("/a.csv", redirect(f"http://{encrypted.host}/b.csv"))
    with pytest.raises(FetchError, match=r"b\.csv, without encryption; allowed: https$"):
        fetched(encrypted)


def test_certificates_that_cannot_be_read_are_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for text in (None, "no certificate"):
        path = tmp_path / f"{text}.pem"
        if text:
            path.write_text(text, encoding="utf-8")
        monkeypatch.setenv("SSL_CERT_FILE", str(path))
        with pytest.raises(AdoptionError, match=r"^trusted certificates: cannot be read \(.+\); "):
            trusted()
