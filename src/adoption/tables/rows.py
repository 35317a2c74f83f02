"""The rows of a frame as plain values: for one after another, and for files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd


@dataclass(frozen=True)
class Rows:
    """The rows of a frame by lists: one is had in a tenth of the time that `iloc` takes.

    Attributes
    ----------
    columns : mapping of str to list
        The values by column.

    Examples
    --------
    >>> Rows.of(pd.DataFrame({"state": ["QAT", "OMN"], "value": [100.0, 97.0]})).at(1)
    {'state': 'OMN', 'value': 97.0}
    """

    columns: Mapping[str, list[Any]]

    @classmethod
    def of(cls, frame: pd.DataFrame) -> Rows:
        """Return the rows of a frame."""
        return cls({str(name): column.tolist() for name, column in frame.items()})

    def at(self, place: int) -> dict[Any, Any]:
        """Return a row, as `to_dict("records")` of the frame has it."""
        return {name: values[place] for name, values in self.columns.items()}


def records(frame: pd.DataFrame) -> list[dict[Any, Any]]:
    """Return what `to_dict("records")` of a frame gives, in a third of the time.

    Examples
    --------
    >>> records(pd.DataFrame({"state": ["QAT"], "day": [pd.Timestamp("2026-12-01")]}))
    [{'state': 'QAT', 'day': Timestamp('2026-12-01 00:00:00')}]
    """
    columns = Rows.of(frame).columns
    return [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]


def in_file(frame: pd.DataFrame) -> list[Sequence[Any]]:
    """Return the rows of a frame for a file: a day in ISO 8601, no text for what is missing.

    Examples
    --------
    >>> in_file(pd.DataFrame({"state": ["QAT", None], "value": [100.0, None]}))
    [['QAT', 100.0], ['', '']]
    """
    return [[*map(_in_file, row)] for row in zip(*Rows.of(frame).columns.values(), strict=True)]


def _in_file(value: Any) -> Any:
    if pd.isna(value):
        return ""
    return value.date().isoformat() if isinstance(value, pd.Timestamp) else value
