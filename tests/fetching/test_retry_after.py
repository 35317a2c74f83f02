"""Retry-After as publishers write it."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from adoption.fetching.retry_after import seconds_asked

NOW = datetime(2026, 11, 24, 18, 30, tzinfo=UTC)
LATER = "Tue, 24 Nov 2026 18:31:30 GMT"


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("0", 0),
        ("9" * 400, float("inf")),
        (LATER, 90),
        ("Tue, 24 Nov 2026 19:31:30 +0100", 90),
        ("-5", None),
        ("\N{ARABIC-INDIC DIGIT FIVE}", None),
        ("Tue, 31 Feb 2026 18:31:30 GMT", None),
        ("Fri, 31 Dec 9999 23:59:59 -0500", None),
    ],
)
def test_seconds_and_days(value: str, seconds: float | None) -> None:
    assert seconds_asked(value, "", NOW) == seconds


def test_clocks_that_differ_do_not_matter() -> None:
    assert seconds_asked(LATER, "Tue, 24 Nov 2026 18:31:00 GMT", NOW) == 30
    assert seconds_asked(LATER, "yesterday", NOW) == 90
    assert seconds_asked("10", "Tue, 24 Nov 2026 18:31:00 GMT", NOW) == 10
