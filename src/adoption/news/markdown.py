"""The differences as Markdown."""

from __future__ import annotations

import re

from adoption.news.kinds import ADDED, CHANGED, REMOVED, Differences
from adoption.news.sections import NOTHING, sections
from adoption.news.summary import summary_line
from adoption.news.text import between
from adoption.words import capitalised

MARKS = {ADDED: "**new** ", CHANGED: "", REMOVED: "**removed** "}
SPECIAL = re.compile(r"[\\`*_\[\]<>&#|~]")


def as_markdown(differences: Differences, level: int = 2) -> str:
    r"""Return the differences as Markdown: the summary, then a list under each heading.

    Examples
    --------
    >>> from adoption.news.kinds import Differences
    >>> as_markdown(Differences())
    'Nothing has changed.\n'
    """
    if differences.empty:
        return f"{capitalised(NOTHING)}.\n"
    days = between(differences)
    lines = [f"{escaped(capitalised(summary_line(differences)))}{f' ({days})' if days else ''}."]
    for section in sections(differences):
        lines += ["", f"{'#' * level} {escaped(section.title)}", ""]
        lines += [f"- {MARKS[line.sign]}{escaped(line.words)}" for line in section.lines]
    return "\n".join(lines) + "\n"


def escaped(text: str) -> str:
    r"""Return text of one line so that Markdown shows it as it is.

    Examples
    --------
    >>> print(escaped("*a* <b>"))
    \*a\* \<b\>
    """
    return SPECIAL.sub(r"\\\g<0>", " ".join(text.split()))
