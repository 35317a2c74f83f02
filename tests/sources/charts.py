"""Plays the Treaty Office of the Council of Europe: its chart as a page."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

# A state, then its signature, ratification and entry into force, as printed.
Row = tuple[str, str, str, str]

HEADINGS = (
    "", "Signature", "Ratification", "Entry into Force", "Notes", "R.", "D.", "A.", "T.", "C.",
    "O.",
)  # fmt: skip
COUNTED = -1
PLACES = {"": 0, "Signature": 1, "Ratification": 2, "Entry into Force": 3}


def chart(
    title: str,
    members: Sequence[Row],
    others: Sequence[Row] = (),
    number: int = 185,
    as_of: str = "24/11/2026",
    signed_only: int | None = COUNTED,
    bound: int | None = COUNTED,
    headings: Sequence[str] = HEADINGS,
    encoding: str = "utf-8",
) -> bytes:
    """Return the page of a chart.

    Parameters
    ----------
    title : str
        Of the treaty.
    members, others : sequence of rows
        Member states of the Council of Europe and other states.
    number : int
        Of the treaty.
    as_of : str
        The day of the chart.
    signed_only, bound : int or None
        Signatures not followed by a ratification, and ratifications and accessions; counted
        unless they are given, and not printed if None.
    headings : sequence of str
        Of the columns, in the order in which they stand.
    encoding : str
        In which the page is, and which it declares.
    """
    rows = (*members, *others)
    if signed_only == COUNTED:
        signed_only = sum(bool(row[1].strip()) and not row[2].strip() for row in rows)
    if bound == COUNTED:
        bound = sum(bool(row[2].strip()) for row in rows)
    groups = (("Members of Council of Europe", members), ("Non-Members", others))
    body = "".join(
        f'<tr><td colspan="{len(headings)}"><b>{heading}</b></td></tr>\n{_line(headings, "th")}'
        + "".join(_line(_placed(row, headings)) for row in found)
        for heading, found in groups
        if found
    )
    totals = (("signatures not followed by ratifications", signed_only),
              ("ratifications/accessions", bound))  # fmt: skip
    page = (
        f'<!DOCTYPE html>\n<html lang="en"><head><meta charset="{encoding}"><title>Full list'
        "</title><script>if (1 < 2) { window.x = '<td>23/11/2001</td>'; }</script></head><body>\n"
        f"<h1>Full list</h1><h2>Chart of signatures and ratifications of Treaty {number:03}</h2>"
        f"<h3>{escape(title)}</h3><p>Status as of {as_of}</p>\n"
        f"<table><tr><td>Title</td><td>{escape(title)}</td></tr>"
        f"<tr><td>Opening of the treaty</td><td>Budapest, 23/11/2001 - open</td></tr></table>\n"
        f'<table class="signatures">{body}</table>\n'
        + "".join(
            f"<p>Total number of {what}: {total}</p>" for what, total in totals if total is not None
        )
        + "</body></html>\n"
    )
    return page.encode(encoding, "xmlcharrefreplace")


def _placed(row: Row, headings: Sequence[str]) -> list[str]:
    places = {**PLACES}
    return [
        row[places[heading]] if heading in places and (heading or number == 0) else ""
        for number, heading in enumerate(headings)
    ]


def _line(cells: Sequence[str], tag: str = "td") -> str:
    found = "".join(f"<{tag}> {escape(cell)}\n</{tag}>" for cell in cells)
    return f"<tr class='state'>{found}</tr>\n"
