"""Limits, how far an answer has come, and what an error says of it."""

from __future__ import annotations

import socket

import httpx
import pytest

from adoption.errors import AdoptionError
from adoption.fetching.deadline import Deadline
from adoption.fetching.faults import FetchError, number
from adoption.fetching.limits import Limits
from adoption.fetching.trouble import Progress, explain

URL = httpx.URL("https://example.org/a")


def test_progress_in_words() -> None:
    assert Progress() == Progress(came=None, announced=None)
    progress = Progress()
    progress.begin("")
    assert progress == Progress(came=0, announced=None)
    assert progress.add(bytes(1500)) == 1500
    assert str(progress) == "1,500 bytes"
    progress.begin("20000")
    progress.add(b"x")
    assert str(progress) == "1 of 20,000 bytes"
    for text in ("-1", "1.5", "many"):
        progress.begin(text)
        assert progress.announced is None


@pytest.mark.parametrize(
    ("error", "seconds", "line"),
    [
        (httpx.ReadTimeout("x"), 60, "no answer; allowed: its beginning within 30 s"),
        (httpx.ReadTimeout("x"), 0, "time was up before an answer began; allowed: 120 s in all"),
        (httpx.ReadError(""), 60, "no answer (ReadError); allowed: one of HTTP/1.1"),
        (httpx.ReadError("\x1b[31m a\nb ." + "x" * 500), 60, f"no answer ([31m ab .{'x' * 71})"),
    ],
)
def test_a_line_is_printable_and_short(
    error: httpx.TransportError, seconds: float, line: str
) -> None:
    found = explain(error, URL, Limits(), None, Progress(), Deadline(seconds))
    assert str(found).startswith(f"https://example.org/a: {line}")
    assert str(found).isprintable()


def test_the_first_of_a_chain_of_errors_is_told() -> None:
    error = httpx.ConnectError("x")
    error.__cause__ = OSError("y")
    error.__cause__.__context__ = socket.gaierror(-2, "Name or service not known")
    found = explain(error, URL, Limits(), httpx.Proxy("http://p:1"), Progress(), Deadline(60))
    assert str(found) == (
        "https://example.org/a: no address is known for the proxy p:1 (Name or service not known); "
        "allowed: a host with an address"
    )


def test_it_names_the_address_what_happened_and_what_is_allowed() -> None:
    url = httpx.URL("https://me:pa55@example.org/a?token=secret")
    error = FetchError(url, "answered 429", "200", status=429, passing=True, retry_after=5.0)
    assert str(error) == "https://example.org/a?token=***: answered 429; allowed: 200"
    again = error.after(3)
    assert str(again) == str(error).replace("429;", "429 (asked 3 times);")
    assert (again.status, again.passing, again.retry_after) == (429, True, 5.0)
    assert str(error.after(1)) == str(error)
    assert [number(n) for n in (0.25, 2.0, 3600.4)] == ["0.25 s", "2 s", "3,600 s"]


@pytest.mark.parametrize(
    ("name", "value", "allowed"),
    [("at_once", 0, "from 1 to 4"), ("at_once", 5, "from 1 to 4"), ("pause", -1, ""),
     ("read", float("nan"), ""), ("whole", float("inf"), ""), ("attempts", 0, "more than 0")],
)  # fmt: skip
def test_a_limit_is_a_number_that_it_can_be(name: str, value: float, allowed: str) -> None:
    with pytest.raises(AdoptionError, match=rf"^limit {name}: {value}; allowed: {allowed}"):
        Limits(**{name: value})  # type: ignore[arg-type]
    assert (Limits().at_once, Limits(pause=0, redirects=0).pause) == (4, 0)
