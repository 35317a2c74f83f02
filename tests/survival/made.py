"""Shared by the tests on waiting times: real conventions and made-up waits."""

from __future__ import annotations

from datetime import date
from functools import cache

import pandas as pd

from adoption import tables
from adoption.forecasting.survival import Step, Waiting
from adoption.law.spells import load_history

NEWEST = date(2026, 11, 24)
STEPS: tuple[Step, ...] = ("signature", "consent", "any consent")


@cache
def real(name: str, step: Step, day: date = NEWEST) -> Waiting:
    """Return the waits on a convention of the registry."""
    data = {name: tables.read(name) for name in ("states", "memberships")}
    return Waiting(load_history(name), step, day, data)


def waits(*rows: tuple[float, float, bool]) -> pd.DataFrame:
    """Return rows of (entry, days gone by, acted), of which the first day of the clock is 1."""
    frame = pd.DataFrame(rows, columns=["entry", "time", "acted"])
    frame["time"] += 1
    return frame.astype({"entry": "float64", "time": "float64", "acted": "bool"})
