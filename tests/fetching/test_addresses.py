"""Addresses: made of a base and a path, and shown without what is secret."""

from __future__ import annotations

from contextlib import suppress

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as some

from adoption.errors import AdoptionError
from adoption.fetching.addresses import LONGEST_SHOWN, Request, clean, place, shown, without_user


@pytest.mark.parametrize(
    ("base", "path", "address"),
    [
        ("https://treaties.un.org", "/doc/Volume%20II/a.xml", "https://treaties.un.org/doc/Volume%20II/a.xml"),
        ("http://127.0.0.1:8080/mirror/un", "/a?b=c&d", "http://127.0.0.1:8080/mirror/un/a?b=c&d"),
        ("HTTPS://Example.ORG:443", "/A", "https://example.org/A"),
        ("https://me:pass@example.org", "/a", "https://me:pass@example.org/a"),
    ],
)  # fmt: skip
def test_a_base_and_a_path(base: str, path: str, address: str) -> None:
    assert str(Request(base, path).url()) == address


@pytest.mark.parametrize(
    "base",
    ["", "example.org",  "ftp://example.org",  "https://",
     "https://example.org:99999",  "https://[::1", "https://exa mple\x1b",
     "https://example.org/?a=b",   "https://\ud800.org"],
)  # fmt: skip
def test_a_base_that_is_none(base: str) -> None:
    with pytest.raises(
        AdoptionError,
        match=r"^base address '.*': is not one of http or https; allowed: such as https",
    ):
        Request(base, "/a").url()


@pytest.mark.parametrize("path", ["", "a", "@other.org/a", ".other.org/a", "/\x00", "\\a"])
def test_a_path_that_leads_elsewhere(path: str) -> None:
    with pytest.raises(AdoptionError, match=r"^path '.*: does not lead to a file of example\.org"):
        Request("https://example.org", path).url()


@given(some.text())
def test_no_path_leads_to_another_host(path: str) -> None:
    with suppress(AdoptionError):
        url = Request("https://example.org", f"/{path}").url()
        assert (place(url), url.scheme, url.userinfo) == ("example.org", "https", b"")


@pytest.mark.parametrize(
    ("query", "kept"),
    [
        ("format=json&per_page=25000", "format=json&per_page=25000"),
        ("token=abc", "token=***"),
        ("a=b&X-Amz-Signature=abc&X-Amz-Credential=d%2Fe&c=d",
         "a=b&X-Amz-Signature=***&X-Amz-Credential=***&c=d"),
        ("API_KEY=abc&password=d=e&oauth=f", "API_KEY=***&password=***&oauth=***"),
    ],
)  # fmt: skip
def test_what_is_secret_is_not_kept(query: str, kept: str) -> None:
    url = httpx.URL(f"https://me:pa55@example.org:8443/a?{query}#token=f")
    assert clean(url) == f"https://example.org:8443/a?{kept}"
    assert place(url) == "example.org:8443"


def test_a_long_address_is_cut_in_the_middle() -> None:
    long = httpx.URL(f"https://example.org/{'x' * 400}/end.csv")
    assert len(shown(long)) <= LONGEST_SHOWN
    assert shown(long).startswith("https://example.org/xxx")
    assert shown(long).endswith("/end.csv")
    assert clean(long) == str(long)


def test_text_that_is_no_address_is_shown_without_a_password() -> None:
    assert without_user("https://me:p@ss\n@[::1") == "'https://[::1'"
    assert without_user("me:pass@host") == "'host'"
    assert without_user("http://me:p?ss@host/a?key=secret") == "'http://host/a?***'"
    assert len(without_user("x" * 5000)) < 200
