"""docs/reference.md: the same commands, options and exit statuses as the program."""

from __future__ import annotations

import re

from tools.commands import REFERENCE, reference

from adoption.cli import EXIT_FAILED
from adoption.core.errors import EXIT_BAD_INPUT, EXIT_BROKEN, EXIT_BUSY, EXIT_INTERRUPTED
from adoption.refresh.outcome import EXIT_REFUSED, EXIT_UNREACHABLE
from tests.conftest import ROOT

OF_TIMEOUT = 124  # the program `timeout` in the line of the crontab


def test_the_reference_of_commands_is_current() -> None:
    """Run `python -m tools.commands` after a change of the command line."""
    text = REFERENCE.read_text(encoding="utf-8")
    assert reference(text) == text


def test_every_exit_status_is_described_on_one_page_alone() -> None:
    described = re.findall(r"(?m)^\| (\d+) \| ", REFERENCE.read_text(encoding="utf-8"))
    known = {0, EXIT_FAILED, EXIT_BAD_INPUT, EXIT_REFUSED, EXIT_UNREACHABLE}
    known |= {EXIT_BROKEN, EXIT_BUSY, EXIT_INTERRUPTED, OF_TIMEOUT}
    assert sorted(map(int, described)) == sorted(known)
    for page in ROOT.joinpath("docs").glob("*.md"):
        rows = re.findall(r"(?m)^\| (\d+) \| ", page.read_text(encoding="utf-8"))
        assert page == REFERENCE or not {str(EXIT_BUSY), str(EXIT_BROKEN)} & set(rows), page
