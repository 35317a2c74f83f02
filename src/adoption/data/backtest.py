"""The scores of the back-test, which `adoption backtest` has worked out."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from adoption.data.csvfile import read_csv, typed
from adoption.data.dictionary import table


def read_backtest(reference: Path) -> pd.DataFrame:
    """Read the saved scores."""
    columns = table("backtest").columns
    raw = read_csv(
        reference / "backtest.csv", "data/reference/backtest.csv", [c.name for c in columns]
    )
    return typed(raw, columns)
