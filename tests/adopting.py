"""Shared by the tests on adoption: the states of a convention, and the tables as plain text."""

from __future__ import annotations

import csv
from datetime import date
from functools import cache

import pandas as pd

from adoption import tables
from adoption.countries.adopters import TABLES, Adopters, join
from adoption.countries.association import shares
from adoption.law.conventions import load_conventions
from adoption.law.status import Status, load_status, status_on
from tests.conftest import FROZEN, Act, acts_of, made_up

NEWEST = date(2026, 11, 24)
# Every convention, on its first day by the one edition of the GCI and today by the other.
CASES = [
    case
    for name, convention in load_conventions().items()
    for case in ((name, convention.opens, 2020), (name, NEWEST, 2024))
]


@cache
def adopters(name: str, day: date = NEWEST, edition: int = 2024) -> Adopters:
    """Return the real states of a convention; not to be changed."""
    data = {table: tables.read(table) for table in TABLES}
    return join(_status(name, day), _status("budapest", day), data, edition)


@cache
def measured(name: str, day: date = NEWEST, edition: int = 2024) -> pd.DataFrame:
    """Return the shares of these states; not to be changed."""
    return shares(adopters(name, day, edition))


@cache
def _status(name: str, day: date) -> Status:
    return load_status(name, day)


def of_acts(*acts: Act, day: date = date(2001, 3, 1), **rules: object) -> Adopters:
    """Return the real states of a made-up convention, with made-up acts."""
    made = acts_of(acts)
    data = {name: tables.read(name) for name in TABLES} | {"acts": made}
    status = status_on(made_up(**rules), day, made, data["states"])
    return join(status, _status("budapest", day), data, 2024)


@cache
def rows(name: str) -> list[dict[str, str]]:
    """Return a processed table as plain text, read without pandas; not to be changed."""
    with (FROZEN / "data" / "processed" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
