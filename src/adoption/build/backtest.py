"""The scores of the back-test, which `adoption backtest` has worked out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from adoption.build.csvfile import integers, numbers, read_csv
from adoption.dictionary import table

if TYPE_CHECKING:
    from pathlib import Path

    import pandas as pd


def read_backtest(reference: Path) -> pd.DataFrame:
    """Read the saved scores.

    Returns
    -------
    DataFrame
        The columns of the table `backtest`.
    """
    columns = table("backtest").columns
    raw = read_csv(
        reference / "backtest.csv", "data/reference/backtest.csv", [c.name for c in columns]
    )
    frame = raw.frame.copy()
    for column in columns:
        if column.kind != "text":
            read = integers if column.kind == "integer" else numbers
            frame[column.name] = read(raw, column.name)
    return frame
