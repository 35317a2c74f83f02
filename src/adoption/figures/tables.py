"""Tables for people: a caption, real heads, aligned numbers, the same marks as the figures."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from datetime import date
from html import escape

import pandas as pd

from adoption.countries.groups import slug
from adoption.figures.theme import INK, RINGED, STATUS_COLOURS
from adoption.words import short_day

NOT_KNOWN = "not known"
LONG = 60  # letters: a table with such a cell is stacked on a small screen
# JupyterLab sets every cell to the right; only numbers belong there.
LEFT = "<style>.adoption-table :is(th,td):not(.number){text-align:left}</style>"
ROWS_IN_TEXT = 20  # of the plain text, which stands in a notebook beside the whole table
FEW_ROWS, MANY_COLUMNS = 12, 4  # such a table is stacked as well: no column is out of sight
CROWDED = 42  # letters of the longest words together: such columns do not fit on a small screen
SLIM = 80  # letters of the longest cells together: two such tables stand side by side in print


@dataclass(frozen=True)
class Link:
    """A cell with an address behind it."""

    text: str
    href: str

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True)
class Cells:
    """Several links or words in one cell."""

    parts: tuple[Link | Badge | str, ...]

    def __str__(self) -> str:
        return ", ".join(map(str, self.parts))


@dataclass(frozen=True)
class Badge:
    """A cell that shows a status class: its mark and its name.

    Attributes
    ----------
    name : str
        A key of `adoption.figures.theme.STATUS_COLOURS`.
    """

    name: str

    def __str__(self) -> str:
        return self.name

    def html(self) -> str:
        """Return the mark, a square or for a reported act a ring, and the name."""
        shape = (
            f"border-radius:50%;box-shadow:0 0 0 1.5px {INK}"
            if self.name in RINGED
            else "border-radius:2px"
        )
        first, _, rest = escape(self.name).partition(" ")
        return (
            '<span style="white-space:nowrap">'  # the mark never stands on a line of its own
            f'<span class="badge {slug(self.name)}" style="display:inline-block;'
            f"width:.7em;height:.7em;margin-right:.45em;"
            f'background:{STATUS_COLOURS[self.name]};{shape}" aria-hidden="true"></span>'
            f"{first}</span>{' ' + rest if rest else ''}"
        )


@dataclass(frozen=True)
class Table:
    """A table as notebooks and pages show it.

    Attributes
    ----------
    frame : DataFrame
        One row a line; its column names are the heads. The first column heads the row.
    caption : str
        What the table shows.
    decimals : int
        Of numbers with a fraction.
    """

    frame: pd.DataFrame
    caption: str
    decimals: int = 2

    def _repr_html_(self) -> str:
        columns = list(self.frame.columns)
        numbers = [_number(pd.api.types.is_numeric_dtype(self.frame[c])) for c in columns]
        heads = "".join(
            f'<th scope="col"{number}>{escape(str(column))}</th>'
            for column, number in zip(columns, numbers, strict=True)
        )
        lines = list(self.frame.itertuples(index=False, name=None))
        plain = [[self._plain(value) for value in line] for line in lines]
        lengths = [[len(text) for text in line] for line in plain]
        small = len(lines) <= FEW_ROWS and len(columns) >= MANY_COLUMNS
        words = [_longest_words(columns), *map(_longest_words, plain)]
        crowded = sum(map(max, zip(*words, strict=True))) > CROWDED
        wordy = small or crowded or any(length > LONG for line in lengths for length in line)
        slim = bool(lines) and sum(map(max, zip(*lengths, strict=True))) <= SLIM
        labels = [f"<td{n}{_label(c, wordy)}>" for c, n in zip(columns, numbers, strict=True)]
        rows = []
        for line in lines:
            cells = [f'<th scope="row">{self._cell(line[0])}</th>']
            cells += [
                f"{label}{self._cell(value)}</td>"
                for label, value in zip(labels[1:], line[1:], strict=True)
            ]
            rows.append(f"<tr>{''.join(cells)}</tr>")
        if not rows:
            rows = [f'<tr><td colspan="{len(columns)}">none</td></tr>']
        body = "\n".join(rows)
        kind = f"adoption-table{' wordy' * wordy}{' slim' * slim}"
        return (
            f'{LEFT}<table class="{kind}"><caption style="text-align:left">'
            f"{escape(self.caption)}</caption>\n<thead><tr>{heads}</tr></thead>\n"
            f"<tbody>\n{body}\n</tbody></table>"
        )

    def __repr__(self) -> str:
        shown = self.frame.head(ROWS_IN_TEXT).map(self._short)
        left = len(self.frame) - ROWS_IN_TEXT
        more = f"\n... and {left} more rows" if left > 0 else ""
        return f"{self.caption}\n{shown.to_string(index=False)}{more}"

    def _short(self, value: object) -> str:
        plain = self._plain(value)
        return plain if len(plain) <= LONG else f"{plain[: LONG - 3]}..."

    def _cell(self, value: object) -> str:
        if isinstance(value, Badge):
            return value.html()
        if isinstance(value, Cells):
            return ", ".join(self._cell(part) for part in value.parts)
        if isinstance(value, Link):
            return f'<a href="{escape(value.href)}">{escape(value.text)}</a>'
        return escape(self._plain(value))

    def _plain(self, value: object) -> str:
        if isinstance(value, (Badge, Cells, Link)):
            return str(value)
        if value is None or value is pd.NA or value is pd.NaT or value != value:
            return NOT_KNOWN
        if isinstance(value, date):
            return short_day(value)
        if isinstance(value, float):
            # First to nine decimals: a half is a half whatever a machine's last digit is.
            return f"{round(value, 9):,.{self.decimals}f}"
        if isinstance(value, int):
            return f"{value:,}"
        return str(value)


def _longest_words(texts: Iterable[object]) -> list[int]:
    """Return the letters of the longest word of each text."""
    return [max(map(len, str(text).split()), default=0) for text in texts]


def _label(column: Hashable, wordy: bool) -> str:
    """Return what a small screen shows before a cell when it stacks the rows of a table."""
    return f' data-label="{escape(str(column))}"' if wordy else ""


def _number(is_number: Hashable) -> str:
    return ' class="number" style="text-align:right"' if is_number else ""
