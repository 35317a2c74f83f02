"""How a run is told: to a person at a terminal, to a log."""

from __future__ import annotations

import io
import os
from datetime import date

import pytest

from adoption.reports.pool import Made
from adoption.reports.run import Progress, progress

DAY = date(2026, 11, 24)
GOOD = Made("one", "Kind", None, None, 0.25, DAY, cells=[0.05, 0.1], memory=200 * 2**20)
BAD = Made("two", "Kind", None, "cell 2: ValueError: no", 0.5, DAY)


class Terminal(io.StringIO):
    """Text that a person watches."""

    def isatty(self) -> bool:
        return True


def go_through(tell: Progress) -> None:
    for page in (GOOD, BAD):
        tell.made(page)
    tell.said("a word")
    tell.ended("2 pages made")


def test_a_log_has_a_line_for_each_page() -> None:
    out = io.StringIO()
    go_through(progress(2, out))
    assert out.getvalue().splitlines() == [
        "[1/2] one done in 0.2 s",
        "[2/2] two failed: cell 2: ValueError: no",
        "a word",
        "2 pages made",
    ]


def test_a_terminal_has_one_bar_and_lines_for_what_matters() -> None:
    out = Terminal()
    go_through(progress(2, out))
    told = out.getvalue()
    last_bar = [part for part in told.split("\r") if "of 2 pages" in part][-1]
    assert "2 of 2 pages" in last_bar
    assert "1 failed" in last_bar
    assert "two failed: cell 2: ValueError: no\n" in told
    assert "one done" not in told
    assert told.endswith("2 pages made\n")


@pytest.mark.parametrize("watched", [False, True])
def test_a_reader_that_has_gone_stops_nothing(watched: bool) -> None:
    reading, writing = os.pipe()
    with os.fdopen(writing, "w") as out:
        if watched:
            out.isatty = lambda: True  # type: ignore[method-assign]
        os.close(reading)
        go_through(progress(2, out))
        print("more", file=out, flush=True)  # what comes later goes nowhere as well
