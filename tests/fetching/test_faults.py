"""The error of a file that did not come."""

from __future__ import annotations

import httpx
import pytest

from adoption.errors import AdoptionError
from adoption.fetching.faults import FetchError, number

URL = httpx.URL("https://me:pa55@example.org/a?token=secret")


def test_it_names_the_address_what_happened_and_what_is_allowed() -> None:
    error = FetchError(URL, "answered 404", "200", status=404)
    assert str(error) == "https://example.org/a?token=***: answered 404; allowed: 200"
    assert isinstance(error, AdoptionError)
    assert (error.status, error.passing, error.retry_after) == (404, False, None)
    assert "pa55" not in repr(error.url)


def test_it_says_how_often_was_asked_if_more_than_once() -> None:
    error = FetchError(URL, "answered 429", "200", status=429, passing=True, retry_after=5.0)
    again = error.after(3)
    assert (
        str(again) == "https://example.org/a?token=***: answered 429 (asked 3 times); allowed: 200"
    )
    assert (again.status, again.passing, again.retry_after) == (429, True, 5.0)
    assert str(error.after(1)) == str(error)


@pytest.mark.parametrize(
    ("seconds", "text"),
    [(0.25, "0.25 s"), (1, "1 s"), (2.0, "2 s"), (9.96, "9.96 s"), (10, "10 s"),
     (3600.4, "3,600 s"), (float("inf"), "inf s")],
)  # fmt: skip
def test_seconds_in_words(seconds: float, text: str) -> None:
    assert number(seconds) == text
