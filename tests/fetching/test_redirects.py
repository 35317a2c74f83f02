"""Redirects: followed within the publisher's hosts, and no further."""

from __future__ import annotations

import httpx
import pytest

from adoption.fetching.addresses import Request
from adoption.fetching.download import download
from adoption.fetching.faults import FetchError
from adoption.fetching.redirects import next_url
from tests.fetching.answers import page, redirect
from tests.fetching.conftest import fetched, means
from tests.fetching.publisher_server import Publisher

DATA = b"iso3,name\nQAT,Qatar\n"
WANTED = httpx.URL("https://example.org/a/b.csv")


def refusal(publisher: Publisher, **changes: float) -> str:
    with pytest.raises(FetchError) as caught:
        fetched(publisher, "/a.csv", **changes)
    assert not caught.value.passing
    return str(caught.value).removeprefix(f"{publisher.base}/a.csv: ")


@pytest.mark.parametrize("status", [301, 308])
def test_a_redirect_is_followed(publisher: Publisher, status: int) -> None:
    publisher.gives("/a.csv", redirect("/b/c.csv", status))
    publisher.gives("/b/c.csv", redirect(f"{publisher.base}/d.csv", status))
    publisher.gives("/d.csv", page(DATA))
    got = fetched(publisher, "/a.csv")
    assert got.content == DATA
    assert (got.asked, got.url) == (f"{publisher.base}/a.csv", f"{publisher.base}/d.csv")
    assert [asked.target for asked in publisher.asked] == ["/a.csv", "/b/c.csv", "/d.csv"]


def test_a_circle_is_left(publisher: Publisher) -> None:
    publisher.gives("/a.csv", redirect("/b.csv"))
    publisher.gives("/b.csv", redirect("/a.csv"))
    assert "b.csv, one more than is followed; allowed: 0 redi" in refusal(publisher, redirects=0)
    publisher.asked.clear()
    assert refusal(publisher) == (
        f"redirects to {publisher.base}/a.csv, in a circle; allowed: each address once"
    )
    assert len(publisher.asked) == 2
    publisher.gives("/a.csv", redirect("/a.csv"))
    assert "in a circle" in refusal(publisher)


def test_another_host_is_asked_only_if_it_is_the_publishers(publisher: Publisher) -> None:
    with Publisher() as other:
        publisher.gives("/a.csv", redirect(f"{other.base}/a.csv"))
        other.gives("/a.csv", page(DATA))
        assert refusal(publisher) == (
            f"redirects to {other.base}/a.csv, another host; allowed: {publisher.host}"
        )
        assert other.asked == []
        request = Request(publisher.base, "/a.csv", hosts=frozenset({other.host}))
        got = download(request, means(), str)
        assert (got.content, got.url) == (DATA, f"{other.base}/a.csv")


@pytest.mark.parametrize(
    ("answer", "line"),
    [
        (page(b"", 302), "answered 302 without an address to go on to; "),
        (redirect("//elsewhere.invalid/a"), "redirects to http://elsewhere.invalid/a, another "),
        (page(b"", 300, Location="/b"), "answered 300 Multiple Choices; allowed: 200"),
    ],
)
def test_an_address_that_leads_nowhere(publisher: Publisher, answer: object, line: str) -> None:
    publisher.gives("/a.csv", answer)  # type: ignore[arg-type]
    assert refusal(publisher).startswith(line)


def test_what_is_secret_in_where_it_leads_is_neither_used_nor_shown() -> None:
    target = next_url([WANTED], 302, "//me:pass@example.org/c?token=hidden#x", [], 5)
    assert str(target) == "https://example.org/c?token=hidden"
    with pytest.raises(FetchError) as caught:
        next_url([WANTED], 302, "https://me:pass@other.org/c?token=hidden", ["a.org"], 5)
    assert str(caught.value) == (
        "https://example.org/a/b.csv: redirects to https://other.org/c?token=***, another host; "
        "allowed: a.org, example.org"
    )
