"""The declarations and other texts that stand beside the acts in a depositary's list."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from itertools import product
from typing import TYPE_CHECKING

import pandas as pd

from adoption.figures.tables import Table

if TYPE_CHECKING:
    from adoption.law.conventions import Convention

# A notebook stays below 150 kB with all its figures and tables; the texts of a list may have
# more than that. So first less is shown of each long text, and then fewer of them.
MOST_BYTES = 24_000  # of this table as HTML
SHOWN = (400, 200, 100)  # letters of a text
ROWS = (100, 70, 50, 40, 30, 20, 10, 5, 2, 1)
LONGEST_NAME = 100  # letters; the longest name of a participant has 60
WHOLE_WORD = 30  # letters; a longer piece without a blank is cut where it is


@dataclass(frozen=True)
class Passage:
    """A text in a cell, in paragraphs that read in the direction of their script.

    Attributes
    ----------
    text : str
        All of it, one paragraph a line.
    shown : int
        How many letters are shown at most; what is left out is said.
    """

    text: str
    shown: int

    @property
    def beginning(self) -> str:
        """What is shown of the text."""
        if len(self.text) <= self.shown:
            return self.text
        begun = self.text[: self.shown]
        blank = max(begun.rfind(" "), begun.rfind("\n"))
        return begun[:blank] if len(begun) - blank <= WHOLE_WORD else begun

    @property
    def left_out(self) -> str:
        """Say how much is shown, and where the rest is; empty where all of it is."""
        shown, whole = len(self.beginning), len(self.text)
        if shown == whole:
            return ""
        return f"the first {shown:,} of {whole:,} letters; all of it in the table statements"

    def html(self) -> str:
        """Return the paragraphs."""
        paragraphs = [escape(line) for line in self.beginning.split("\n")]
        written = "".join(f'<p dir="auto">{line}</p>' for line in paragraphs)
        if not self.left_out:
            return written
        return f"{written.removesuffix('</p>')} …</p><p><small>{self.left_out}</small></p>"

    def __str__(self) -> str:
        note = f" … ({self.left_out})" if self.left_out else ""
        return self.beginning.replace("\n", " ") + note


@dataclass(frozen=True)
class Checksum:
    """A SHA-256 in a cell: all of it, in lines of sixteen where the column is narrow."""

    digits: str

    def html(self) -> str:
        """Return the digits with places where a line may end, which are not copied."""
        parts = [self.digits[start : start + 16] for start in range(0, len(self.digits), 16)]
        return f"<code>{'<wbr>'.join(map(escape, parts))}</code>"

    def __str__(self) -> str:
        return self.digits


class Statements(Table):
    """A table with passages and checksums in it."""

    def _cell(self, value: object) -> str:
        return value.html() if isinstance(value, Passage | Checksum) else super()._cell(value)


def statements_view(statements: pd.DataFrame, convention: Convention) -> Table:
    """Show the texts on a convention, with the beginning of long ones.

    Parameters
    ----------
    statements : DataFrame
        The table `statements`.
    convention : Convention
        Which convention.
    """
    own = statements[statements["convention"] == convention.convention]
    for rows, letters in product(ROWS, SHOWN):
        table = _table(own, rows, letters)
        if len(table._repr_html_().encode()) <= MOST_BYTES:
            break
    return table


def _table(own: pd.DataFrame, rows: int, letters: int) -> Table:
    first = own.head(rows)
    names = first["participant"].fillna("none named")
    frame = pd.DataFrame(
        {
            "Participant": names.where(
                names.str.len() <= LONGEST_NAME, names.str[:LONGEST_NAME] + "…"
            ),
            "Kind": first["kind"],
            "Text": [Passage(text, letters) for text in first["text"]],
            "SHA-256": [Checksum(digits) for digits in first["sha256"]],
        }
    )
    caption = (
        "Texts that stand beside the acts in the depositary's list, undated, each with the "
        "checksum of all of it"
    )
    if len(own) > rows:
        caption += f": the first {rows} of {len(own):,}; all of them in the table statements"
    return Statements(frame, caption)


def no_statements(snapshots: pd.DataFrame, convention: Convention) -> str:
    """Say why there is none: nothing was fetched, or nothing stands in what was.

    Parameters
    ----------
    snapshots : DataFrame
        The table `snapshots`.
    convention : Convention
        Which convention.
    """
    if snapshots["file"].str.startswith(f"data/raw/{convention.source}/").any():
        return "What was fetched of the depositary's list holds no declaration or other text."
    return (
        "Declarations and objections are not known: the depositary's list, which has them, has "
        "not been fetched."
    )
