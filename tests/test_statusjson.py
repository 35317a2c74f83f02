"""A status as plain values: what is not known is None, and a window has two ends."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from adoption.law.conventions import load_conventions
from adoption.law.status import Status, load_status
from adoption.terminal import plain

DAYS = ("2005-12-31", "2014-06-30", "2025-10-26", "2026-02-02", "2026-11-24")
# What `adoption status --json` gave: if a change to the law or the counts is meant, look at the
# difference and run `python -m tests.test_statusjson`.
KEPT = Path(__file__).parent / "golden" / "status.json"


def on(name: str, day: str) -> Status:
    return load_status(name, date.fromisoformat(day))


@pytest.mark.parametrize("name", load_conventions())
def test_each_convention_is_told_as_it_was_before(name: str) -> None:
    values = {day: plain(on(name, day)) for day in DAYS}
    assert json.loads(json.dumps(values)) == values == json.loads(KEPT.read_text())[name]


def test_signatories_that_no_source_names_are_none_not_zero() -> None:
    told = plain(on("malabo", "2023-06-08"))
    assert told["signatories"] is None
    assert "signatories" not in told["bounds"]
    assert "signatories" not in told["by_grade"]
    assert told["parties"] == 15


def test_a_window_is_told_by_its_ends() -> None:
    told = plain(on("arab-2010", "2016-01-30"))
    assert told["nth_instrument"] is told["entry_into_force"] is told["complete_to"] is None
    assert told["nth_instrument_window"] == ["2010-12-21", "2014-01-29"]
    assert told["entry_into_force_window"] == ["2011-01-20", "2014-02-28"]


def test_beyond_its_reach_a_list_has_no_upper_bound() -> None:
    told = plain(on("hanoi", "2026-11-24"))
    assert told["beyond_reach"]
    assert told["bounds"] == {
        "signatories": [75, None], "parties": [3, None], "counted": [3, None],
        "remaining": [None, 37],
    }  # fmt: skip
    within = plain(on("hanoi", "2025-10-26"))
    assert within["bounds"]["signatories"] == [72, 72]
    assert within["bounds"]["remaining"] == [40, 40]
    # UNTOC closed for signature in 2002, and its list is complete to 2014.
    closed = plain(on("untoc", "2026-11-24"))
    assert closed["bounds"]["signatories"] == [147, 147]
    assert closed["bounds"]["parties"] == [191, None]


if __name__ == "__main__":
    kept = {name: {day: plain(on(name, day)) for day in DAYS} for name in load_conventions()}
    KEPT.write_text(json.dumps(kept, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
