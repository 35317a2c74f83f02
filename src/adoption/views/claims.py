"""The verdicts on claims: one table of all, and under it the rows that decide each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

import pandas as pd

from adoption.claims.model import Claim
from adoption.claims.verdict import (
    CONTRADICTED,
    NOT_MEASURABLE,
    OUTDATED,
    SUPPORTED,
    TOO_EARLY,
    Verdict,
)
from adoption.figures.tables import Badge, Cells, Link, Table
from adoption.figures.theme import INK, PAPER
from adoption.sentences.claims import without_reports
from adoption.views.sources import source_links
from adoption.words import long_day

IF_REPORTS = "if the reports are right"
UNDECIDED = (TOO_EARLY, NOT_MEASURABLE)
MOST_SOURCES = 4  # named in a cell; all of them stand in the table of sources

# One ink for all marks: they differ in shape, and no status colour gets a second meaning.
_LINE = f'fill="none" stroke="{INK}" stroke-width="1.6" stroke-linecap="round"'
_WHITE = f'fill="none" stroke="{PAPER}" stroke-width="2" stroke-linecap="round"'
SHAPES = {
    SUPPORTED: f'<circle cx="8" cy="8" r="7.5" fill="{INK}"/>'
    f'<path d="M4.5 8.2l2.4 2.4 4.6-5" {_WHITE}/>',
    CONTRADICTED: f'<rect x="1" y="1" width="14" height="14" fill="{INK}"/>'
    f'<path d="M5 5l6 6M11 5l-6 6" {_WHITE}/>',
    OUTDATED: f'<circle cx="8" cy="8" r="6.7" {_LINE}/><path d="M8 4.2V8l2.6 1.8" {_LINE}/>',
    TOO_EARLY: f'<path d="M3 1.5h10M3 14.5h10M4 1.5l8 13M12 1.5l-8 13" {_LINE}/>',
    NOT_MEASURABLE: f'<circle cx="8" cy="8" r="6.7" {_LINE} stroke-dasharray="1.5 3"/>',
}


@dataclass(frozen=True)
class VerdictMark(Badge):
    """A cell that shows a verdict: a shape of its own, and the word."""

    def html(self) -> str:
        """Return the shape and the word, which never stand on different lines."""
        first, _, rest = escape(self.name).partition(" ")
        return (
            '<span style="white-space:nowrap">'
            '<svg viewBox="0 0 16 16" width="14" height="14" aria-hidden="true" '
            f'style="vertical-align:-2px;margin-right:.45em">{SHAPES[self.name]}</svg>'
            f"{first}</span>{' ' + rest if rest else ''}"
        )


def _marked(verdict: Verdict) -> VerdictMark | Cells:
    """Return the mark of a verdict, with its condition where it hangs on reports."""
    mark = VerdictMark(verdict.verdict)
    return mark if verdict.without_reports is None else Cells((mark, IF_REPORTS))


def _condition(verdict: Verdict) -> str:
    return "" if verdict.without_reports is None else f", {IF_REPORTS}"


def _numbered(number: int, claim: Claim) -> str:
    return f"{number}. {claim.statement}"


def summary_view(claims: Sequence[Claim], verdicts: Sequence[Verdict], day: str) -> Table:
    """Show each statement with its verdict and the reason; the statement leads to its rows.

    Parameters
    ----------
    claims, verdicts : sequences of Claim and Verdict
        In the same order.
    day : str
        The day asked about, in words.
    """
    pairs = list(enumerate(zip(claims, verdicts, strict=True), start=1))
    frame = pd.DataFrame(
        {
            "Statement": [Link(_numbered(n, claim), f"#claim-{n}") for n, (claim, _) in pairs],
            "Verdict": [_marked(verdict) for verdict in verdicts],
            "Why": [_why(claim, verdict) for _, (claim, verdict) in pairs],
        }
    )
    return Table(frame, f"The statements and what the data say of them, as of {day}")


def _why(claim: Claim, verdict: Verdict) -> str:
    """Return the reason, and that it rests on a reading where the words allow another."""
    decided = verdict.verdict not in UNDECIDED
    return f"{verdict.why} Rests on how it is read." if claim.reading and decided else verdict.why


def rows_view(number: int, verdict: Verdict, sources: pd.DataFrame) -> Table:
    """Show the rows that decide a claim, with grade and source."""
    links = source_links(sources)

    def cell(keys: str) -> Cells:
        each = [key for key in keys.split(";") if key]
        shown = links(";".join(each[:MOST_SOURCES])).parts if each else ()
        more = len(each) - MOST_SOURCES
        return Cells((*shown, f"{more} more below")) if more > 0 else Cells(shown)

    frame = pd.DataFrame(
        {
            "What": verdict.rows["what"],
            "The data say": verdict.rows["value"],
            "Grade": verdict.rows["grade"],
            "Source": [cell(keys) for keys in verdict.rows["source"]],
        }
    )
    decided = verdict.verdict not in UNDECIDED
    caption = f"What {'decides' if decided else 'is known for'} statement {number}"
    return Table(frame, caption)


@dataclass(frozen=True)
class ClaimsView:
    """Every statement with its verdict, its reading and the rows that decide it.

    Attributes
    ----------
    claims : tuple of Claim
        The statements.
    verdicts : tuple of Verdict
        What the data say of them, in the same order.
    sources : DataFrame
        The table `sources`.
    """

    claims: tuple[Claim, ...]
    verdicts: tuple[Verdict, ...]
    sources: pd.DataFrame

    def _repr_html_(self) -> str:
        pairs = enumerate(zip(self.claims, self.verdicts, strict=True), start=1)
        return "\n".join(self._article(n, claim, verdict) for n, (claim, verdict) in pairs)

    def __repr__(self) -> str:
        pairs = enumerate(zip(self.claims, self.verdicts, strict=True), start=1)
        return "\n".join(f"{_numbered(n, c)} {v.verdict}" for n, (c, v) in pairs)

    def _article(self, number: int, claim: Claim, verdict: Verdict) -> str:
        reasons = (verdict.why, verdict.more, without_reports(verdict))
        told = escape(" ".join(reason for reason in reasons if reason))
        reading = f"How it is read: {claim.reading} " if claim.reading else ""
        small = escape(f"{reading}Said by: {claim.said_by}, {long_day(claim.said_on)}.")
        mark = f"<strong>{VerdictMark(verdict.verdict).html()}</strong>{_condition(verdict)}"
        table = rows_view(number, verdict, self.sources)._repr_html_() if len(verdict.rows) else ""
        return (
            f'<section id="claim-{number}" style="margin-top:2.5rem;overflow-x:auto">\n'
            f"<h3>{escape(_numbered(number, claim))}</h3>\n"
            f'<p style="margin:.5rem 0 0">{mark}</p>\n'
            f'<p style="max-width:44rem;margin:.3rem 0">{told}</p>\n'
            f'<p class="source">{small}</p>\n{table}\n</section>'
        )
