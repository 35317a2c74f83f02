"""The journal of the data, `CHANGES.md`: what changed, newest first, a heading a day."""

from __future__ import annotations

import hashlib
import re
from contextlib import suppress
from datetime import date
from pathlib import Path

from adoption.errors import AdoptionError
from adoption.files import read_if_there, write_whole
from adoption.news.kinds import Differences
from adoption.news.markdown import as_markdown
from adoption.words import MONTHS, long_day

NOTICE = "Written by adoption; what people write\nbetween its parts stays."  # to who edits it
HEAD = f"""# Changes in the data

What each refresh of the data changed, newest first. {NOTICE}
"""
DAY = re.compile(rf"## (\d{{1,2}}) ({'|'.join(MONTHS)}) (\d{{4}})\s*")
LINES = re.compile(r"[^\n]*\n|[^\n]+")
FENCE = re.compile(r" {0,3}(```|~~~)")


def add_to_journal(path: Path, differences: Differences, day: date) -> bool:
    """Add differences under the heading of a day, or begin the journal; write it in one step.

    A mark in a comment tells what was added, so that the same differences are not added to a
    day a second time, even if somebody has edited the words since. Nothing else is changed.
    """
    if differences.empty:
        return False
    before = read_if_there(path)
    try:
        text = HEAD if before is None else before.decode("utf-8")
    except UnicodeDecodeError:
        raise AdoptionError(f"{path}: cannot be extended and stays as it is: not UTF-8") from None
    end = "\r\n" if "\r\n" in text else "\n"
    part = as_markdown(differences, level=3)
    mark = f"<!-- adoption {hashlib.sha256(part.encode()).hexdigest()[:16]} -->"
    lines = LINES.findall(text)
    first, last, found = _place(lines, day)
    if found and any(line.strip() == mark for line in lines[first:last]):
        return False
    block = [*([] if found else [f"## {long_day(day)}", ""]), mark, *part.splitlines(), ""]
    where = first + 1 if found else first
    after = lines[where:]
    head = "".join(lines[:where])
    if head and not head.endswith(("\n", "\r")):
        head += end
    if head and (found or head.splitlines()[-1].strip()):
        block = ["", *block]
    if not after or not after[0].strip():
        block.pop()
    write_whole(path, (head + "".join(line + end for line in block) + "".join(after)).encode())
    return True


def _place(lines: list[str], day: date) -> tuple[int, int, bool]:
    """Return the lines of a day from its heading to the next, and whether it is there.

    Where it is not, both are where it belongs: before the first earlier day, or at the end.
    """
    headings = _headings(lines)
    for number, (line, found) in enumerate(headings):
        after = headings[number + 1][0] if number + 1 < len(headings) else len(lines)
        if found == day:
            return line, after, True
        if found < day:
            return line, line, False
    return len(lines), len(lines), False


def _headings(lines: list[str]) -> list[tuple[int, date]]:
    """Return the headings of days outside of blocks of code: line and day."""
    code = _code(lines)
    found = []
    for number, line in enumerate(lines):
        written = DAY.fullmatch(line)
        if written and number not in code:
            with suppress(ValueError):  # no day of the calendar: a heading of somebody's own
                month = MONTHS.index(written[2]) + 1
                found.append((number, date(int(written[3]), month, int(written[1]))))
    return found


def _code(lines: list[str]) -> set[int]:
    """Return the lines in blocks of code; a fence that nothing closes begins none."""
    code: set[int] = set()
    begin, fence = 0, ""
    for number, line in enumerate(lines):
        marked = FENCE.match(line)
        if marked and not fence:
            begin, fence = number, marked[1]
        elif marked and marked[1] == fence:
            code.update(range(begin, number + 1))
            fence = ""
    return code


def without_notice(text: str) -> str:
    r"""Return a journal without what its head says to whoever edits it, however it is wrapped.

    Examples
    --------
    >>> without_notice(HEAD)
    '# Changes in the data\n\nWhat each refresh of the data changed, newest first.\n'
    """
    words = r"\s+".join(map(re.escape, NOTICE.split()))
    return re.sub(rf"\s+{words}", "", text, count=1)
