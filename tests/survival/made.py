"""Shared by the tests on waiting times: real conventions and made-up waits."""

from __future__ import annotations

from datetime import date
from functools import cache

import pandas as pd

from adoption import tables
from adoption.forecasting.survival import Step, Waiting, waiting
from adoption.law.conventions import load_conventions
from adoption.law.spells import load_history
from tests.conftest import Act

NEWEST = date(2026, 11, 24)
STEPS: tuple[Step, Step] = ("signature", "consent")
# Every convention, on its first day and today.
CASES = [
    (name, day)
    for name, convention in load_conventions().items()
    for day in (convention.opens, NEWEST)
]


@cache
def data() -> dict[str, pd.DataFrame]:
    """Return the processed tables that are needed; not to be changed."""
    return {name: tables.read(name) for name in ("states", "memberships")}


@cache
def real(name: str, step: Step, day: date = NEWEST) -> Waiting:
    """Return the waits on a convention of the registry."""
    return waiting(load_history(name), data(), day, step)


def no_members() -> pd.DataFrame:
    columns = ["iso3", "organisation", "since", "source", "note"]
    return pd.DataFrame({name: pd.Series(dtype="str") for name in columns})


def signed(iso3: str, day: str, latest: str = "", grade: str = "confirmed") -> Act:
    return iso3, "signature", day, latest, grade


def spells(*rows: tuple[float, float, bool]) -> pd.DataFrame:
    """Return rows of (entry, time, acted)."""
    frame = pd.DataFrame(rows, columns=["entry", "time", "acted"])
    return frame.astype({"entry": "float64", "time": "float64", "acted": "bool"})
