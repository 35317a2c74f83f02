"""What a table and a column of the data dictionary are, and the words that columns may hold."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

CONSENTS = (
    "ratification", "acceptance", "approval", "formal confirmation", "accession", "succession",
    "definitive signature", "consent to be bound",
)  # fmt: skip
SIGNATURES = ("signature", "succession to signature", "confirmation of signature")
# What makes a state one that has signed. A definitive signature is both a signature and a
# consent; a depositary counts it among the parties, not among the signatories.
SIGNING_ACTS = (*SIGNATURES, "definitive signature")
WITHDRAWAL = "withdrawal"
ACTS = (*SIGNATURES, *CONSENTS, WITHDRAWAL)
GRADES = ("confirmed", "inferred", "reported")  # the best supported first
STATE_KINDS = ("member", "observer", "other state", "organization")
STATEMENTS = (
    "declaration", "objection", "notification", "territorial application", "end note",
    "other text",
)  # fmt: skip

Kind = Literal["text", "integer", "number", "day", "boolean"]

DTYPES: dict[Kind, str] = {
    "text": "str",
    "integer": "Int64",
    "number": "float64",
    "day": "datetime64[us]",
    "boolean": "bool",
}


@dataclass(frozen=True)
class Column:
    """A column of a processed table.

    Attributes
    ----------
    name : str
        Its name.
    kind : Kind
        What it holds; `DTYPES` gives the pandas dtype.
    means : str
        What a value says, with its unit.
    missing : bool
        Whether a value may be empty, which always means "not known".
    allowed : tuple of str
        The only words allowed; empty where any are.
    refers : str
        `table.column` that must hold each value; several keys stand with `;` between them.
    """

    name: str
    kind: Kind
    means: str
    missing: bool = False
    allowed: tuple[str, ...] = ()
    refers: str = ""


@dataclass(frozen=True)
class Table:
    """A processed table.

    Attributes
    ----------
    name : str
        Its name; the files are `name.csv` and `name.parquet`.
    row : str
        What one row is.
    key : tuple of str
        The columns that together say what a row is about.
    columns : tuple of Column
        In order.
    apart : tuple of str
        The columns by which rows of one key differ, where there may be several.
    """

    name: str
    row: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]
    apart: tuple[str, ...] = ()

    @property
    def unique(self) -> tuple[str, ...]:
        """The columns of which no two rows have the same."""
        return (*self.key, *self.apart)

    def dtypes(self) -> dict[str, str]:
        """Return the pandas dtype of each column."""
        return {column.name: DTYPES[column.kind] for column in self.columns}


def iso3_column(missing: bool = False) -> Column:
    """Return the column that says who: a state or the European Union."""
    return Column(
        "iso3", "text", "ISO 3166-1 alpha-3 code; EUE is the European Union", missing,
        refers="states.iso3",
    )  # fmt: skip


def source_column(means: str = "Key of the source", name: str = "source") -> Column:
    """Return the column that says which source a row rests on."""
    return Column(name, "text", means, refers="sources.source")
