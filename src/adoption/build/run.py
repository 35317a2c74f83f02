"""`adoption build`: from data/raw and data/reference to data/processed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from adoption.build import bibliography, checks
from adoption.build.acts import (
    base_treaty_acts,
    correct,
    read_acts,
    read_entries_into_force,
    read_totals,
)
from adoption.build.backtest import read_backtest
from adoption.build.base import read_base_acts, read_base_treaties
from adoption.build.capacity import read_capacity
from adoption.build.csvfile import AT
from adoption.build.exceptions import compare_with_exceptions
from adoption.build.names import read_participants
from adoption.build.schemas import check_references, conform
from adoption.build.snapshots import SnapshotStore
from adoption.build.states import read_memberships, read_regimes, read_states, read_votes
from adoption.build.write import differences, encode, replace_folder
from adoption.conventions import read_conventions
from adoption.dictionary import TABLES

if TYPE_CHECKING:
    from pathlib import Path


def build_tables(raw: Path, reference: Path) -> dict[str, pd.DataFrame]:
    """Make every processed table and check it; writes nothing.

    Parameters
    ----------
    raw, reference : Path
        `data/raw` and `data/reference`.

    Returns
    -------
    dict of str to DataFrame
        By name, in the order of the data dictionary, conforming to it.

    Raises
    ------
    AdoptionError
        For the first thing that is wrong, in one line.
    """
    store = SnapshotStore(raw)
    conventions = read_conventions(reference / "conventions.toml")
    participants = read_participants(reference)
    base_acts = read_base_acts(store, participants)
    acts = read_acts(store, conventions, participants)
    parts = {
        "conventions": bibliography.conventions_table(conventions),
        "acts": pd.concat(
            [
                correct(acts, reference / "corrections.csv"),
                base_treaty_acts(base_acts, conventions),
            ]
        ),
        "states": read_states(store, participants, reference / "geometry" / "labels.csv"),
        "memberships": read_memberships(store, participants),
        "capacity": read_capacity(store, participants),
        "votes": read_votes(store, participants),
        "regimes": read_regimes(store, participants),
        "totals": read_totals(store, conventions),
        "entries_into_force": read_entries_into_force(store, participants),
        "base_treaties": read_base_treaties(store),
        "base_acts": base_acts,
        "backtest": read_backtest(reference),
        "snapshots": bibliography.read_snapshots(store),
    }
    tables = {name: conform(name, frame) for name, frame in parts.items()}
    sources = bibliography.read_sources(store, reference)
    sources = bibliography.count_citations(sources, tables.values())
    tables["sources"] = conform("sources", sources)
    tables = {entry.name: tables[entry.name] for entry in TABLES}
    check_references(tables)
    found = checks.violations(tables, conventions, base_acts)
    compare_with_exceptions(found, reference / "exceptions.csv")
    return {name: frame.drop(columns=AT, errors="ignore") for name, frame in tables.items()}


def build(raw: Path, reference: Path, processed: Path) -> int:
    """Make the tables and replace the processed folder in one step.

    Returns
    -------
    int
        How many tables were written.
    """
    tables = build_tables(raw, reference)
    replace_folder(processed, encode(tables))
    return len(tables)


def check(raw: Path, reference: Path, processed: Path) -> list[str]:
    """Return how the processed folder differs from what the raw data give; empty if not."""
    return differences(processed, encode(build_tables(raw, reference)))
