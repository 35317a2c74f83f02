"""Shared by the tests of the forecast: made-up treaties and acts, and small real pools."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from functools import cache

import numpy as np
import pandas as pd

from adoption import tables
from adoption.forecasting.learnt import base_pool
from adoption.forecasting.pool import Acts, Treaty

OPENED = date(2001, 1, 1)
Row = tuple[str, str, int]  # who, which act, how many days after the opening


def acted(days: Mapping[str, float]) -> Acts:
    """Return acts by who did them and when."""
    ordered = sorted(days.items(), key=lambda item: item[1])
    return Acts(tuple(i for i, _ in ordered), np.array([d for _, d in ordered], dtype="float64"))


def treaty(
    number: str = "I-1",
    *,
    opened: date = OPENED,
    signed: Mapping[str, float] | None = None,
    consented: Mapping[str, float] | None = None,
    seen: float = 10_000,
) -> Treaty:
    """Return a made-up treaty."""
    return Treaty(number, opened, seen, acted(signed or {}), acted(consented or {}))


def consents_on(*days: float, number: str = "I-1", seen: float = 10_000) -> Treaty:
    """Return a treaty to which states without a name consented on some days."""
    return treaty(number, consented={f"S{i:03}": d for i, d in enumerate(days)}, seen=seen)


def frame_of(rows: Iterable[Row], opened: date = OPENED) -> pd.DataFrame:
    """Return acts as a table of the acts on one treaty."""
    found = list(rows)
    days = [pd.Timestamp(opened + timedelta(days=day)) for _, _, day in found]
    return pd.DataFrame(
        {
            "iso3": pd.Series([iso3 for iso3, _, _ in found], dtype="str"),
            "act": pd.Series([act for _, act, _ in found], dtype="str"),
            "date": pd.Series(days, dtype="datetime64[us]"),
        }
    )


@cache
def real(number: str) -> Treaty:
    """Return a treaty of the base set."""
    return next(t for t in base_pool() if t.treaty == number)


def real_acts(number: str) -> pd.DataFrame:
    """Return the acts on a treaty of the base set."""
    acts = tables.read("base_acts")
    return acts[acts["treaty"] == number]


def some_base_acts() -> pd.DataFrame:
    """Return the acts on the treaties of two chapters: human rights, and penal matters."""
    acts = tables.read("base_acts")
    return acts[acts["treaty"].str.startswith(("IV-", "XVIII-"))]
