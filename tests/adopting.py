"""Shared by the tests on adoption: the states of a convention, and the tables as plain text."""

from __future__ import annotations

import csv
from datetime import date
from functools import cache

import pandas as pd

from adoption.countries.association import Adopters
from adoption.law.conventions import load_conventions
from tests.cells import run_cells
from tests.conftest import FROZEN

NEWEST = date(2026, 11, 24)
# Every convention, on its first day by the one edition of the GCI and today by the other.
CASES = [
    case
    for name, convention in load_conventions().items()
    for case in ((name, convention.opens, 2020), (name, NEWEST, 2024))
]


@cache
def adopters(name: str, day: date = NEWEST, edition: int = 2024) -> Adopters:
    """Return the states of a convention, as the notebook merges them; not to be changed."""
    scope = run_cells(
        "05_capacity_and_adoption",
        "association",
        convention=name,
        as_of=day.isoformat(),
        edition=edition,
    )
    found: Adopters = scope["association"].analysis
    return found


def measured(name: str, day: date = NEWEST, edition: int = 2024) -> pd.DataFrame:
    """Return the shares of these states; not to be changed."""
    return adopters(name, day, edition).shares


@cache
def rows(name: str) -> list[dict[str, str]]:
    """Return a processed table as plain text, read without pandas; not to be changed."""
    with (FROZEN / "data" / "processed" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
