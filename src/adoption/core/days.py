"""Days: one is a `datetime.date`, a column of them is `datetime64`; here the two meet."""

from __future__ import annotations

from datetime import date
from typing import Any, overload

import numpy as np
import pandas as pd

Flags = np.ndarray[tuple[int, ...], np.dtype[np.bool_]]


@overload
def on_or_before(days: pd.Series[Any], day: date) -> pd.Series[bool]: ...


@overload
def on_or_before(days: np.ndarray[Any, Any], day: date) -> Flags: ...


def on_or_before(days: Any, day: date) -> Any:
    """Return which days of a column are a day or come before it; one that is missing does not.

    Examples
    --------
    >>> days = pd.Series(pd.to_datetime(["2026-03-03", "2026-03-04", None]))
    >>> on_or_before(days, date(2026, 3, 3)).tolist()
    [True, False, False]
    """
    return days <= np.datetime64(day)


def date_in(cell: Any) -> date | None:
    """Return the day that stands in a cell of a frame; None where it is missing.

    Examples
    --------
    >>> date_in(pd.Timestamp("2026-03-03")), date_in(pd.NaT)
    (datetime.date(2026, 3, 3), None)
    """
    if pd.isna(cell):
        return None
    day: date = cell.date()
    return day
