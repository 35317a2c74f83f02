"""Shared by the tests of skill: four made-up cases of two treaties, and the real scores."""

from __future__ import annotations

from functools import cache

import pandas as pd

from adoption import tables
from adoption.forecasting.skill import WITH_MEDIAN, YARDSTICK, skill_by_set

TREATIES = pd.DataFrame(
    {"treaty": ["A", "B"], "first_signature": pd.to_datetime(["1985-01-01", "2000-01-01"])}
)
# Of every way with a model; the others come below.
ERROR, USUAL = [0.2, 0.4, 0.6, 0.8], [0.4, 0.8, 0.4, 0.4]
PIT, MEDIAN = [0.5, 0.95, 0.05, 0.05], [200.0, 100.0, None, None]


def tried() -> pd.DataFrame:
    """Return four cases, the third not reached, of a treaty signed early and one that was not."""
    frame = pd.DataFrame(
        {
            "treaty": ["A", "A", "B", "B"],
            "age": pd.array([91, 91, 365, 365], dtype="Int64"),
            "target": pd.array([20, 30, 20, 30], dtype="Int64"),
            "signatories_first_days": pd.array([50, 50, 5, 5], dtype="Int64"),
            "wait": pd.array([100, 400, None, 10], dtype="Int64"),
        }
    )
    for way in YARDSTICK:
        frame[f"crps_{way}"] = ERROR if way in WITH_MEDIAN else USUAL
        frame[f"pit_{way}"] = PIT
    for way in WITH_MEDIAN:
        frame[f"median_{way}"] = pd.Series(MEDIAN, dtype="float64")
    return frame


def made() -> pd.DataFrame:
    """Return the scores of the made-up cases."""
    return skill_by_set(tried(), TREATIES)


@cache
def real() -> pd.DataFrame:
    """Return the scores of the real cases; not to be changed."""
    return skill_by_set(tables.read("backtest"), tables.read("base_treaties"))
