"""Why a snapshot was put aside: its `reason.txt`, which a person reads before accepting it."""

from __future__ import annotations

from pathlib import Path
from textwrap import shorten

from adoption.fetching.stamps import REASON
from adoption.files import read_if_there

MOST_OF_FIRST = 80  # letters


def in_lines(reason: str) -> str:
    r"""Return a reason as the file has it: no blank lines, no spaces that say nothing.

    Examples
    --------
    >>> in_lines("row 3:  no such day")
    'row 3: no such day\n'
    """
    lines = (" ".join(line.split()) for line in reason.splitlines())
    return "".join(f"{line}\n" for line in lines if line)


def reason_of(aside: Path) -> str:
    """Return what the file of a snapshot says; nothing if it is not there."""
    return (read_if_there(aside / REASON) or b"").decode("utf-8", "replace")


def first_reason(aside: Path) -> str:
    """Return the beginning of it, not more than fits beside others in a line."""
    first, *_ = [*reason_of(aside).splitlines(), "no reason is there"]
    return shorten(first, MOST_OF_FIRST, placeholder=" ...")
