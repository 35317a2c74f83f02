"""The verdicts on claims: one table of all, and under it the rows that decide each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from html import escape

import pandas as pd

from adoption.claims.model import Claim, ClaimData
from adoption.claims.verdict import (
    CONTRADICTED,
    NOT_MEASURABLE,
    OUTDATED,
    SUPPORTED,
    TOO_EARLY,
    VERDICTS,
)
from adoption.core.text import counted, listed, long_day, numeral
from adoption.law.conventions import Convention
from adoption.show.answers import Answer
from adoption.show.claim_words import Explanation, Fact, explain
from adoption.show.table import Badge, Cells, Table, TableLink, described, source_links
from adoption.show.theme import INK, PAPER

IF_REPORTS = "if the reports are right"
UNDECIDED = (TOO_EARLY, NOT_MEASURABLE)
MAX_SOURCES = 4  # named in a cell; all of them stand in the table of sources
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


@dataclass(frozen=True, kw_only=True)
class CheckedClaim(Explanation):
    """A claim with its verdict, and why it has it.

    Attributes
    ----------
    claim : Claim
        The statement.
    verdict : str
        One of `adoption.claims.verdict.VERDICTS`.
    without_reports : str, optional
        The verdict if acts that are only reported are left out, where it is another.
    """

    claim: Claim
    verdict: str
    without_reports: str | None

    @property
    def rows(self) -> pd.DataFrame:
        """The facts as a table: what, value, grade and source, all str."""
        return pd.DataFrame(self.facts, columns=Fact._fields, dtype="str")


def check_claim(claim: Claim, data: ClaimData) -> CheckedClaim:
    """Hold a claim against the data, once more without reports, and say why it has its verdict."""
    verdict, firm = claim.verdict(data), claim.verdict(data.without_reports)
    return CheckedClaim(
        claim=claim,
        verdict=verdict,
        without_reports=None if firm == verdict else firm,
        **vars(explain(claim, verdict, data)),
    )


@dataclass(frozen=True)
class CheckedClaims:
    """Claims with what the data say of them on a day: one verdict a claim, in the same order."""

    verdicts: tuple[CheckedClaim, ...]
    as_of: date

    @classmethod
    def of(cls, claims: Iterable[Claim], data: ClaimData) -> CheckedClaims:
        """Hold claims against the data."""
        return cls(tuple(check_claim(claim, data) for claim in claims), data.as_of)

    @property
    def rows(self) -> pd.DataFrame:
        """The facts that decide each verdict: id (of the claim), what, value, grade, source."""
        rows = pd.concat([v.rows.assign(id=v.claim.id) for v in self.verdicts], ignore_index=True)
        return rows[["id", *rows.columns.drop("id")]]

    def frame(self) -> pd.DataFrame:
        """Return one row a claim, as `adoption.api.check_claims` describes it."""
        columns = ["id", "statement", "said_by", "said_on"]
        rows = [[getattr(v.claim, name) for name in columns] for v in self.verdicts]
        frame = pd.DataFrame(rows, columns=columns).astype({"said_on": "datetime64[us]"})
        for name in ("verdict", "without_reports", "why"):
            frame[name] = pd.array([getattr(v, name) for v in self.verdicts], dtype="str")
        return frame

    def sentence(self) -> str:
        """Say how many claims have each verdict, and how many depend on reports."""
        number = Counter(v.verdict for v in self.verdicts)
        parts = [f"{numeral(number[verdict])} {verdict}" for verdict in VERDICTS if number[verdict]]
        reports = sum(v.without_reports is not None for v in self.verdicts)
        depend = "depends" if reports == 1 else "depend"
        end = f"; {numeral(reports)} {depend} on unconfirmed reports" if reports else ""
        return f"{counted(len(self.verdicts), 'statement')}: {listed(parts)}{end}."

    def answer(self) -> Answer:
        """Answer which of the statements the data bear out."""
        about = (getattr(v.claim, "convention", None) for v in self.verdicts)
        lists = {c.convention: c.reach for c in about if isinstance(c, Convention)}
        reach = next(iter(lists.values()), "The indices as published.")
        if len(lists) > 1:
            reach = f"The lists of {numeral(len(lists))} conventions, each with its own reach."
        supported = sum(v.verdict == SUPPORTED for v in self.verdicts)
        title = "Claims check: which statements the data bear out"
        key, label = f"{supported} of {len(self.verdicts)}", "statements supported"
        return Answer(title, self.sentence(), key, label, long_day(self.as_of), reach)

    def table(self) -> Table:
        """Show each statement with its verdict and the reason; the statement leads to its rows."""
        rows = []
        for n, v in enumerate(self.verdicts, start=1):
            mark = VerdictMark(v.verdict)
            marked = mark if v.without_reports is None else Cells((mark, IF_REPORTS))
            has_readings = v.claim.reading and v.verdict not in UNDECIDED
            why = f"{v.why} It depends on interpretation." if has_readings else v.why
            rows.append((TableLink(f"{n}. {v.claim.statement}", f"#claim-{n}"), marked, why))
        caption = f"The statements and what the data say of them, as of {long_day(self.as_of)}"
        return Table(pd.DataFrame(rows, columns=["Statement", "Verdict", "Why"]), caption)


def rows_table(number: int, checked: CheckedClaim, sources: pd.DataFrame) -> Table:
    """Show the rows that decide a claim, with grade and source."""
    links = source_links(sources)

    def named(row: dict[str, str]) -> Cells:
        keys = [key for key in row["source"].split(";") if key]
        linked = links(";".join(keys[:MAX_SOURCES])).parts if keys else ()
        more = len(keys) - MAX_SOURCES
        return Cells((*linked, f"{more} more below")) if more > 0 else Cells(linked)

    columns = {"What": "what", "The data say": "value", "Grade": "grade", "Source": named}
    decided = "is known for" if checked.verdict in UNDECIDED else "decides"
    return described(checked.rows, columns, f"What {decided} statement {number}")


@dataclass(frozen=True)
class ClaimsView:
    """Every statement with its verdict, its reading and the rows that decide it.

    Attributes
    ----------
    verdicts : tuple of CheckedClaim
        The statements with what the data say of them.
    sources : DataFrame
        The table `sources`.
    """

    verdicts: tuple[CheckedClaim, ...]
    sources: pd.DataFrame

    def _repr_html_(self) -> str:
        return "\n".join(self._article(n, v) for n, v in enumerate(self.verdicts, start=1))

    def __repr__(self) -> str:
        numbered = enumerate(self.verdicts, start=1)
        return "\n".join(f"{n}. {v.claim.statement} {v.verdict}" for n, v in numbered)

    def _article(self, number: int, checked: CheckedClaim) -> str:
        claim, otherwise = checked.claim, checked.without_reports
        without = f"If acts that are only reported are left out: {otherwise}." if otherwise else ""
        text = escape(" ".join(filter(None, (checked.why, checked.more, without))))
        reading = f"How it is read: {claim.reading} " if claim.reading else ""
        small = escape(f"{reading}Said by: {claim.said_by}, {long_day(claim.said_on)}.")
        condition = "" if otherwise is None else f", {IF_REPORTS}"
        mark = f"<strong>{VerdictMark(checked.verdict).html()}</strong>{condition}"
        table = ""
        if checked.facts:
            rows = rows_table(number, checked, self.sources)
            summary = f"What it rests on: {counted(len(checked.facts), 'row')}"
            table = f"<details><summary>{summary}</summary>{rows._repr_html_()}</details>"
        return (
            f'<section id="claim-{number}" style="margin-top:2.5rem;overflow-x:auto">\n'
            f"<h3>{escape(f'{number}. {claim.statement}')}</h3>\n"
            f'<p style="margin:.5rem 0 0">{mark}</p>\n'
            f'<p style="max-width:44rem;margin:.3rem 0">{text}</p>\n'
            f'<p class="source">{small}</p>\n{table}\n</section>'
        )
