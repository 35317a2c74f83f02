"""Days: one is a `datetime.date`, a column of them is `datetime64`; here the two meet."""

from __future__ import annotations

from datetime import date
from typing import Any, TypeVar

import numpy as np
import pandas as pd

Column = TypeVar("Column", "pd.Series[Any]", "np.ndarray[Any, Any]")


def on_or_before(days: Column, day: date) -> Column:
    """Return which days of a column are a day or come before it; one that is missing does not.

    Examples
    --------
    >>> days = pd.Series(pd.to_datetime(["2026-03-03", "2026-03-04", None]))
    >>> on_or_before(days, date(2026, 3, 3)).tolist()
    [True, False, False]
    """
    flags: Column = days <= np.datetime64(day)
    return flags


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
