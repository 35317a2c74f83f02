"""Tables on how good forecasts of the past were."""

from __future__ import annotations

from math import isfinite

import pandas as pd

from adoption.forecasting.skill import INTERVALS, YARDSTICK, Row, score_of
from adoption.sentences.skill import GOES_BY, NAMES
from adoption.show.table import Table
from adoption.words import counted

NONE = "none"
YARDSTICK_ITSELF = "100% (yardstick)"


def skill_view(measured: pd.DataFrame) -> Table:
    """Show what each way to forecast was worth on all cases.

    Parameters
    ----------
    measured : DataFrame
        From `adoption.forecasting.skill.skill_by_set`.
    """
    rows = [score_of(measured, method) for method in YARDSTICK]
    frame = pd.DataFrame(
        {
            "Forecast": [NAMES[row["method"]] for row in rows],
            "What it goes by": [GOES_BY[row["method"]] for row in rows],
            "Cases": [row["cases"] for row in rows],
            "Error": [row["error"] for row in rows],
            "Against climatology": [against(row) for row in rows],
            "50, 80, 95% intervals held": [
                ", ".join(_share(row[f"within_{percent}"]) for percent in INTERVALS) for row in rows
            ],
            "Sooner than 80%": [_share(row["earlier"]) for row in rows],
            "Later than 80%": [_share(row["later"]) for row in rows],
        }
    )
    treaties = counted(max(row["treaties"] for row in rows), "treaty", "treaties")
    return Table(
        frame,
        f"Forecasts of the past on {treaties}: mean error, its share of climatology's on the same "
        "cases with 95% interval, and how often the intervals held what happened",
    )


def against(row: Row) -> str:
    """Return an error as a share of climatology's, with its interval."""
    if row["method"] in YARDSTICK.values():
        return YARDSTICK_ITSELF
    if not isfinite(row["ratio"]):
        return NONE
    share = f"{row['ratio']:.0%}"
    if not isfinite(row["ratio_low"]):
        return share
    return f"{share} ({100 * row['ratio_low']:.0f} to {100 * row['ratio_high']:.0f})"


def _share(value: float) -> str:
    return f"{value:.0%}" if isfinite(value) else NONE
