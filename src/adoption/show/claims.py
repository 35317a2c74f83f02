"""Statements held against the data: the verdict, and the rows that decide it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd

from adoption.core.errors import AdoptionError
from adoption.core.text import counted, long_day
from adoption.press.document import Part, is_page, with_block
from adoption.show.answers import Answer
from adoption.show.drawings import Drawing, drawing_html, verdict_mark
from adoption.show.table import Badge, Cells, Table, TableLink, source_links
from adoption.tables.choices import check_choice, missing_columns

SUPPORTED, CONTRADICTED, OUTDATED = "supported", "contradicted", "outdated"
TOO_EARLY, NOT_MEASURABLE = "too early", "not measurable with these data"
VERDICTS = (SUPPORTED, CONTRADICTED, OUTDATED, TOO_EARLY, NOT_MEASURABLE)
IF_REPORTS = "if the reports are right"
HEADS = {"what": "What", "value": "The data say", "grade": "Grade", "source": "Source"}


@dataclass(frozen=True)
class VerdictMark(Badge):
    """A cell that shows a verdict: a shape of its own, and the word."""

    def html(self) -> str:
        """Return the shape and the word, which never stand on different lines."""
        return self._marked(verdict_mark(self.name))

    def parts(self) -> list[Part]:
        """Return it as a part of a cell."""
        return [{"text": self.name, "mark": self.name, "icon": "verdict"}]


def verdict(true: bool | None, *, before: bool = False, early: bool = False) -> str:
    """Return the verdict on a statement.

    Parameters
    ----------
    true : bool or None
        Whether it is true on the day asked about; None where the data leave it open.
    before : bool
        Whether it was true when it was said or earlier, as far as is known.
    early : bool
        Whether it depends on what has not happened yet.

    Examples
    --------
    >>> verdict(75 == 65), verdict(75 == 65, before=True), verdict(None)
    ('contradicted', 'outdated', 'not measurable with these data')
    """
    if early:
        return TOO_EARLY
    if true is None:
        return NOT_MEASURABLE
    return SUPPORTED if true else OUTDATED if before else CONTRADICTED


@dataclass(frozen=True)
class Claim:
    """A statement with its verdict, as a notebook and its page show it.

    Attributes
    ----------
    number : int
        Its place, and the address of its section: `#claim-1`.
    statement, verdict, why : str
        The statement, one of `VERDICTS`, and the reason in a sentence or two.
    rows : DataFrame
        What decides it: what, value, grade, source (keys with `;` between several).
    without_reports : str, optional
        The verdict if acts that are only reported are left out.
    """

    number: int
    statement: str
    verdict: str
    why: str
    rows: pd.DataFrame
    without_reports: str | None = None

    def __post_init__(self) -> None:
        for name in filter(None, (self.verdict, self.without_reports)):
            check_choice("verdict", name, VERDICTS)

    @property
    def depends(self) -> bool:
        """Whether it has another verdict without the reports."""
        return self.without_reports not in (None, self.verdict)

    def marks(self) -> Cells:
        """Return the mark of the verdict, and whether it depends on reports."""
        mark = VerdictMark(self.verdict)
        return Cells((mark, IF_REPORTS) if self.depends else (mark,))

    def table(self) -> Table:
        """Return the rows that decide it, with links to their sources."""
        named = self.rows["source"].str.split(";")
        keys = named.map(lambda sources: ";".join(dict.fromkeys(sources)))
        rows = self.rows.assign(source=keys.replace("", None).map(source_links))
        return Table(rows.rename(columns=HEADS), f"The rows of statement {self.number}")

    def __repr__(self) -> str:
        head = f"{self.number}. {self.statement} {self.marks()}."
        return f"{head} {self.why}\n{self.table()!r}"

    def drawing(self) -> Drawing:
        """Return it as what a template draws: its words, and its rows folded."""
        without = f"If reports are left out: {self.without_reports}." if self.depends else ""
        summary = f"What it rests on: {counted(len(self.rows), 'row')}"
        data = {
            "number": self.number,
            "statement": self.statement,
            "marks": self.marks().parts(),
            "why": f"{self.why} {without}".strip(),
            "summary": summary,
        }
        return Drawing("claim", data, repr(self), tables=[self.table().block()])

    def _repr_html_(self) -> str:
        tables = [self.table()._repr_html_()]
        return drawing_html(self.drawing(), tables=tables)

    def _repr_mimebundle_(self, **_: Any) -> dict[str, Any]:
        return with_block({}, self.drawing()) if is_page() else {}


def _frame(rows: pd.DataFrame | list[Any]) -> pd.DataFrame:
    if isinstance(rows, list):
        rows = pd.DataFrame([rows]).rename(columns=dict(enumerate(HEADS)))
    for problem in missing_columns("rows", rows, HEADS):
        raise AdoptionError(f"rows: {problem}")
    return rows[[*HEADS]]


class Claims:
    """Statements in the order in which they were checked, with what the data say of them.

    Parameters
    ----------
    as_of : date
        The day of the data.

    Examples
    --------
    >>> row = ["Opened for signature", date(2025, 10, 25), "registry", "untc-xml"]
    >>> found = verdict(2025 == 2024)
    >>> Claims(date(2026, 11, 24)).check("It opened in 2024.", found, "It was 2025.", row).verdict
    'contradicted'
    """

    def __init__(self, as_of: date) -> None:
        self.as_of = as_of
        self.checked: dict[str, Claim] = {}

    def check(
        self,
        statement: str,
        verdict: str,
        why: str,
        *rows: pd.DataFrame | list[Any],
        without_reports: str | None = None,
    ) -> Claim:
        """Return a statement with its verdict; once more in place of the same statement.

        `rows` are what decides it: frames with the columns what, value, grade and source, or
        single rows as lists of the four.
        """
        from adoption.show.results import Sources  # imports plotly, which no plan needs

        every = pd.concat(map(_frame, rows), ignore_index=True)
        Sources.of(every["source"])  # refuses a key that the table sources does not have
        number = [*dict.fromkeys([*self.checked, statement])].index(statement) + 1
        self.checked[statement] = Claim(number, statement, verdict, why, every, without_reports)
        return self.checked[statement]

    @property
    def rows(self) -> pd.DataFrame:
        """The rows of all: claim (its number), what, value, grade, source."""
        parts = [claim.rows.assign(claim=claim.number) for claim in self.checked.values()]
        return pd.concat(parts, ignore_index=True)[["claim", *HEADS]]

    def answer(self, reach: str, about: str = "") -> Answer:
        """Answer how many statements about a subject are supported, how many contradicted."""
        number = Counter(claim.verdict for claim in self.checked.values())
        statements = f"{counted(len(self.checked), 'statement')}{about}"
        supported, contradicted = (number[name] or "none" for name in (SUPPORTED, CONTRADICTED))
        text = f"The data support {supported} of {statements} and contradict {contradicted}."
        title = "Claims check: which statements the data bear out"
        key = f"{number[SUPPORTED]} of {len(self.checked)}"
        label = "statements supported"
        return Answer(title, text, key, label, long_day(self.as_of), reach)

    def table(self) -> Table:
        """Show each statement with its verdict; it leads to the reason and the rows."""
        rows = []
        for claim in self.checked.values():
            link = TableLink(f"{claim.number}. {claim.statement}", f"#claim-{claim.number}")
            rows.append((link, claim.marks()))
        caption = f"The statements and what the data say of them, as of {long_day(self.as_of)}"
        return Table(pd.DataFrame(rows, columns=["Statement", "Verdict"]), caption)
