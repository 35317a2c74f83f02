"""The rows of a frame as plain values: for one after another, and for files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd


@dataclass(frozen=True)
class Rows:
    """The rows of a frame as lists, where one after another is asked for by its place.

    Attributes
    ----------
    names : sequence of str
        The columns.
    cells : sequence of sequence
        Those of each row, in the order of the columns.

    Examples
    --------
    >>> Rows.of(pd.DataFrame({"state": ["QAT", "OMN"], "value": [100.0, 97.0]})).at(1)
    {'state': 'OMN', 'value': 97.0}
    """

    names: Sequence[str]
    cells: Sequence[Sequence[Any]]

    @classmethod
    def of(cls, frame: pd.DataFrame) -> Rows:
        """Return the rows of a frame; all columns at once take a quarter of `to_dict`."""
        cells = frame.to_numpy(dtype=object, copy=True)
        for place, dtype in enumerate(frame.dtypes):
            if getattr(dtype, "na_value", None) is pd.NA:  # which no `if` can ask
                column = cells[:, place]
                column[[value is pd.NA for value in column]] = None
        return cls([*map(str, frame.columns)], cells.tolist())

    def at(self, place: int) -> dict[Any, Any]:
        """Return a row, as `to_dict("records")` of the frame has it."""
        return dict(zip(self.names, self.cells[place], strict=True))


def records(frame: pd.DataFrame) -> list[dict[Any, Any]]:
    """Return what `to_dict("records")` of a frame gives, in less time.

    Examples
    --------
    >>> records(pd.DataFrame({"state": ["QAT"], "day": [pd.Timestamp("2026-12-01")]}))
    [{'state': 'QAT', 'day': Timestamp('2026-12-01 00:00:00')}]
    """
    rows = Rows.of(frame)
    return [dict(zip(rows.names, values, strict=True)) for values in rows.cells]


def in_file(frame: pd.DataFrame) -> list[Sequence[Any]]:
    """Return the rows of a frame for a file: a day in ISO 8601, no text for what is missing.

    Examples
    --------
    >>> in_file(pd.DataFrame({"state": ["QAT", None], "value": [100.0, None]}))
    [['QAT', 100.0], ['', '']]
    """
    return [[*map(_in_file, values)] for values in Rows.of(frame).cells]


def _in_file(value: Any) -> Any:
    if pd.isna(value):
        return ""
    return value.date().isoformat() if isinstance(value, pd.Timestamp) else value


def with_dtypes(frame: pd.DataFrame, dtypes: Mapping[str, Any]) -> pd.DataFrame:
    """Return a new frame with other types of some columns: `astype` would copy all of them.

    Examples
    --------
    >>> days = pd.DataFrame({"day": ["2026-12-01"], "n": [1]})
    >>> with_dtypes(days, {"day": "datetime64[us]"}).dtypes.day
    dtype('<M8[us]')
    """
    return frame.assign(**{name: frame[name].astype(dtype) for name, dtype in dtypes.items()})
