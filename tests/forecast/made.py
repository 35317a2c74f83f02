"""Shared by the tests of the forecast: made-up treaties and acts, and real ones."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from functools import cache
from pathlib import Path

import numpy as np
import pandas as pd

from adoption import tables
from adoption.forecasting.convention import ConventionForecast, forecast_convention
from adoption.forecasting.forecast import Forecast
from adoption.forecasting.treaties import Acts, TreatyRecord, base_treaties
from adoption.law.conventions import load_conventions
from tests.conftest import FROZEN

OPENED = date(2001, 1, 1)
NEWEST = date(2026, 11, 24)
Row = tuple[str, str, int]  # who, which act, how many days after the opening


def acted(days: Mapping[str, float]) -> Acts:
    """Return acts by who did them and when."""
    ordered = sorted(days.items(), key=lambda item: item[1])
    found = np.array([day for _, day in ordered], dtype="float64")
    return Acts(tuple(iso3 for iso3, _ in ordered), found, found)


def treaty(
    number: str = "I-1",
    *,
    opened: date = OPENED,
    signed: Mapping[str, float] | None = None,
    consented: Mapping[str, float] | None = None,
    seen: float = 10_000,
) -> TreatyRecord:
    """Return a made-up treaty."""
    return TreatyRecord(number, opened, seen, acted(signed or {}), acted(consented or {}))


def on_days(*days: float) -> dict[str, float]:
    """Return acts of states without a name on some days."""
    return {f"S{place:03}": day for place, day in enumerate(days)}


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
def real(number: str) -> TreatyRecord:
    """Return a treaty of the base set."""
    return next(one for one in base_treaties() if one.treaty == number)


def real_acts(number: str) -> pd.DataFrame:
    """Return the acts on a treaty of the base set."""
    acts = tables.read("base_acts")
    return acts[acts["treaty"] == number]


def some_base_acts() -> pd.DataFrame:
    """Return the acts on the treaties of two chapters: human rights, and penal matters."""
    acts = tables.read("base_acts")
    return acts[acts["treaty"].str.startswith(("IV-", "XVIII-"))]


def home_with(folder: Path, name: str, table: pd.DataFrame) -> str:
    """Make the frozen copy's data again in a folder with another table; return the folder."""
    processed = folder / "data" / "processed"
    shutil.copytree(FROZEN / "data" / "processed", processed)
    processed.with_name("reference").symlink_to(FROZEN / "data" / "reference")
    ordered = table.sort_values("convention", kind="stable", ignore_index=True)
    ordered.to_parquet(processed / f"{name}.parquet")
    return str(folder)


@cache
def found(name: str, day: date = NEWEST) -> ConventionForecast:
    """Return the forecast for a convention of the registry; not to be changed."""
    return forecast_convention(load_conventions()[name], day)


def rising(*steps: tuple[int, float], as_of: date = OPENED) -> Forecast:
    """Return a forecast whose chance is so much from so many days on."""
    made = Forecast(as_of, 3, 0, 9)
    chance = np.zeros((made.horizon - as_of).days)
    for day, height in steps:
        chance[day - 1 :] = height
    return Forecast(as_of, 3, 0, 9, None, chance)
