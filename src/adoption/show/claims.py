"""The verdicts on claims: one table of all, and under it the rows that decide each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from html import escape

import pandas as pd

from adoption.answers import Answer
from adoption.claims.model import Claim
from adoption.claims.verdict import (
    CONTRADICTED,
    NOT_MEASURABLE,
    OUTDATED,
    SUPPORTED,
    TOO_EARLY,
    VERDICTS,
    Verdict,
)
from adoption.law.conventions import Convention
from adoption.show.table import Badge, Cells, Link, Table, described, source_links
from adoption.show.theme import INK, PAPER
from adoption.words import counted, listed, long_day, numeral

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
        return self._marked(
            '<svg viewBox="0 0 16 16" width="14" height="14" aria-hidden="true" '
            f'style="vertical-align:-2px;margin-right:.45em">{SHAPES[self.name]}</svg>'
        )


def verdicts_sentence(verdicts: Sequence[Verdict]) -> str:
    """Say how many claims have each verdict, and how many hang on reports.

    Examples
    --------
    >>> verdicts_sentence([Verdict("supported", "", [])] * 2)
    '2 statements: two supported.'
    """
    number = Counter(verdict.verdict for verdict in verdicts)
    parts = [f"{numeral(number[verdict])} {verdict}" for verdict in VERDICTS if number[verdict]]
    hang = sum(verdict.without_reports is not None for verdict in verdicts)
    reports = (
        f"; {numeral(hang)} {'depends' if hang == 1 else 'depend'} on unconfirmed reports"
        if hang
        else ""
    )
    return f"{counted(len(verdicts), 'statement')}: {listed(parts)}{reports}."


def claims_answer(claims: Sequence[Claim], verdicts: Sequence[Verdict], as_of: date) -> Answer:
    """Answer which of some statements the data bear out.

    Parameters
    ----------
    claims : sequence of Claim
        From `adoption.claims.check.read_claims`.
    verdicts : sequence of Verdict
        From `adoption.claims.check.check_claims`, in the same order.
    as_of : date
        The day.
    """
    about = (getattr(claim, "convention", None) for claim in claims)
    lists = {c.convention: c.reach for c in about if isinstance(c, Convention)}
    reach = "The indices as published."
    if lists:
        several = f"The lists of {numeral(len(lists))} conventions, each with its own reach."
        reach = several if len(lists) > 1 else next(iter(lists.values()))
    supported = sum(verdict.verdict == SUPPORTED for verdict in verdicts)
    return Answer(
        title="Claims check: which statements the data bear out",
        text=verdicts_sentence(verdicts),
        key_figure=f"{supported} of {len(verdicts)}",
        key_label="statements supported",
        as_of=long_day(as_of),
        reach=reach,
    )


def summary_table(claims: Sequence[Claim], verdicts: Sequence[Verdict], day: str) -> Table:
    """Show each statement with its verdict and the reason; the statement leads to its rows.

    Parameters
    ----------
    claims, verdicts : sequences of Claim and Verdict
        In the same order.
    day : str
        The day asked about, in words.
    """
    rows = [
        {
            "Statement": Link(f"{n}. {claim.statement}", f"#claim-{n}"),
            "Verdict": _marked(verdict),
            "Why": f"{verdict.why}{' It depends on interpretation.' * _is_reading(claim, verdict)}",
        }
        for n, (claim, verdict) in enumerate(zip(claims, verdicts, strict=True), start=1)
    ]
    caption = f"The statements and what the data say of them, as of {day}"
    return Table(pd.DataFrame(rows, columns=["Statement", "Verdict", "Why"]), caption)


def _marked(verdict: Verdict) -> VerdictMark | Cells:
    """Return the mark of a verdict, with its condition where it hangs on reports."""
    mark = VerdictMark(verdict.verdict)
    return mark if verdict.without_reports is None else Cells((mark, IF_REPORTS))


def _is_reading(claim: Claim, verdict: Verdict) -> bool:
    return bool(claim.reading) and verdict.verdict not in UNDECIDED


def rows_table(number: int, verdict: Verdict, sources: pd.DataFrame) -> Table:
    """Show the rows that decide a claim, with grade and source."""
    links = source_links(sources)

    def named(row: dict[str, str]) -> Cells:
        keys = [key for key in row["source"].split(";") if key]
        more = len(keys) - MOST_SOURCES
        shown = links(";".join(keys[:MOST_SOURCES])).parts if keys else ()
        return Cells((*shown, f"{more} more below")) if more > 0 else Cells(shown)

    columns = {"What": "what", "The data say": "value", "Grade": "grade", "Source": named}
    decided = "is known for" if verdict.verdict in UNDECIDED else "decides"
    return described(verdict.rows, columns, f"What {decided} statement {number}")


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
        return "\n".join(f"{n}. {c.statement} {v.verdict}" for n, (c, v) in pairs)

    def _article(self, number: int, claim: Claim, verdict: Verdict) -> str:
        otherwise = verdict.without_reports
        without = f"If acts that are only reported are left out: {otherwise}." if otherwise else ""
        text = escape(" ".join(filter(None, (verdict.why, verdict.more, without))))
        reading = f"How it is read: {claim.reading} " if claim.reading else ""
        small = escape(f"{reading}Said by: {claim.said_by}, {long_day(claim.said_on)}.")
        condition = "" if otherwise is None else f", {IF_REPORTS}"
        mark = f"<strong>{VerdictMark(verdict.verdict).html()}</strong>{condition}"
        table = rows_table(number, verdict, self.sources)._repr_html_() if len(verdict.rows) else ""
        return (
            f'<section id="claim-{number}" style="margin-top:2.5rem;overflow-x:auto">\n'
            f"<h3>{escape(f'{number}. {claim.statement}')}</h3>\n"
            f'<p style="margin:.5rem 0 0">{mark}</p>\n'
            f'<p style="max-width:44rem;margin:.3rem 0">{text}</p>\n'
            f'<p class="source">{small}</p>\n{table}\n</section>'
        )
