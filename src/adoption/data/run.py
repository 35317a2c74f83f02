"""`adoption build`: from data/raw and data/reference to data/processed."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pandas as pd

from adoption.data import bibliography, checks
from adoption.data.acts import (
    base_treaty_acts,
    check_repeated,
    correct,
    read_acts,
    read_added,
    read_backtest,
    read_base_acts,
    read_base_treaties,
    read_totals,
)
from adoption.data.csvfile import AT
from adoption.data.dictionary import TABLES
from adoption.data.exceptions import Violation, compare_with_exceptions
from adoption.data.fetched import put_over, read_fetched
from adoption.data.guards import value_violations
from adoption.data.headers import still_not_in_force, titles_differ
from adoption.data.list_guards import list_violations
from adoption.data.lists import all_lists
from adoption.data.merge import (
    merge_entries,
    merge_lists,
    read_entries_into_force,
    statements_table,
    with_lists,
)
from adoption.data.names import read_participants
from adoption.data.readers.publishers import read_publishers
from adoption.data.schemas import check_references, conform
from adoption.data.snapshots import SnapshotStore, read_unchanged
from adoption.data.states import (
    read_capacity,
    read_memberships,
    read_names,
    read_regimes,
    read_states,
    read_votes,
)
from adoption.data.write import differences, encode
from adoption.law.conventions import read_conventions


def build_tables(raw: Path, reference: Path) -> dict[str, pd.DataFrame]:
    """Make every processed table and check it; writes nothing."""
    tables, found = make_tables(raw, reference)
    compare_with_exceptions(found, reference / "exceptions.csv")
    return tables


def make_tables(
    raw: Path, reference: Path, candidate: Path | None = None, day: date | None = None
) -> tuple[dict[str, pd.DataFrame], list[Violation]]:
    """Make every processed table, and find where they do not agree; writes nothing."""
    store = SnapshotStore(raw, read_unchanged(reference), candidate)
    written = read_conventions(reference / "conventions.toml")
    participants = read_participants(reference)
    registry = read_publishers(reference / "publishers.toml", written)
    every = all_lists(registry, store, participants, written)
    newest = [lists[-1] for lists in every]
    conventions = with_lists(written, newest)
    base_acts = read_base_acts(store, participants)
    record = pd.concat(
        [
            correct(read_acts(store, written, participants), reference / "corrections.csv"),
            base_treaty_acts(base_acts, conventions),
            read_added(reference / "acts.csv", conventions, participants),
        ]
    )
    record = conform("acts", record)
    check_repeated(record)  # what stands twice could be one after the lists
    acts, conflicts = merge_lists(record, newest)
    sources = pd.concat(
        [
            bibliography.read_sources(store, reference),
            bibliography.fetched_sources(registry, store),
        ]
    )
    own = bibliography.own_sources(sources, registry)
    totals = conform("totals", read_totals(store, conventions))
    # Beside a list only the totals of its own header count against it.
    listed = totals["convention"].isin([one.convention for one in newest])
    outside = [
        *checks.totals_outside(totals[~listed], acts, conventions, own),
        *checks.totals_outside(totals[listed], acts, conventions, ()),
    ]
    other_totals = checks.conflicting_totals(outside, conventions)
    entries, other_entries = merge_entries(read_entries_into_force(store, participants), newest)
    compiled = {
        "states": read_states(store, participants, reference / "geometry" / "labels.csv"),
        "capacity": read_capacity(store, participants),
        "votes": read_votes(store, participants),
    }
    fetched = read_fetched(registry, store, participants, reference)
    values = put_over(compiled, fetched)
    parts = {
        "conventions": bibliography.conventions_table(conventions),
        "acts": acts,
        "conflicts": pd.concat([conflicts, other_entries, other_totals]),
        "states": values["states"],
        "memberships": read_memberships(store, participants),
        **read_names(store, participants, conventions),
        "capacity": values["capacity"],
        "votes": values["votes"],
        "regimes": read_regimes(store, participants),
        "statements": statements_table(newest, participants),
        "totals": totals,
        "entries_into_force": entries,
        "base_treaties": read_base_treaties(store),
        "base_acts": base_acts,
        "backtest": read_backtest(reference),
        "snapshots": bibliography.read_snapshots(store),
    }
    tables = {name: conform(name, frame) for name, frame in parts.items()}
    check_repeated(tables["acts"])
    sources = bibliography.count_citations(sources, tables.values())
    tables["sources"] = conform("sources", sources)
    tables = {entry.name: tables[entry.name] for entry in TABLES}
    check_references(tables)
    found = checks.violations(tables, conventions, base_acts, outside, day)
    found += list_violations(every, record)
    found += still_not_in_force(newest, tables, conventions)
    found += titles_differ(newest, conventions)
    found += value_violations(compiled, tables, fetched)
    made = {name: frame.drop(columns=AT, errors="ignore") for name, frame in tables.items()}
    return made, found


def check(raw: Path, reference: Path, processed: Path) -> list[str]:
    """Return how the processed folder differs from what the raw data give; empty if not."""
    return differences(processed, encode(build_tables(raw, reference)))
