"""`adoption build`: from data/raw and data/reference to data/processed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pandas as pd

from adoption.core.errors import AdoptionError
from adoption.core.reading import remembered_up_to
from adoption.core.vocabulary import DEPOSITARY
from adoption.countries.groups import check_group_notes
from adoption.ingest import checks
from adoption.ingest.acts import (
    BASE_FOLDERS,
    base_treaty_acts,
    check_repeated,
    read_acts,
    read_added,
    read_backtest,
    read_base_acts,
    read_base_treaties,
    read_decided,
    read_totals,
)
from adoption.ingest.additions import (
    SOURCE_FIELDS,
    Addition,
    added_memberships,
    added_values,
    additions_in,
    as_registry,
    entries_of,
    folders_of_acts,
    sources_of_additions,
    with_lists_of,
)
from adoption.ingest.fetched import overlay_fetched, read_fetched
from adoption.ingest.guards import value_violations
from adoption.ingest.list_guards import (
    VANISHED,
    list_violations,
    still_not_in_force,
    titles_differ,
)
from adoption.ingest.lists import Conventions, all_lists
from adoption.ingest.merge import (
    merge_lists,
    read_entries_into_force,
    statements_of_lists,
    with_lists,
)
from adoption.ingest.reach import with_reach
from adoption.ingest.readers.publishers import Registry, read_publishers
from adoption.ingest.snapshots import SnapshotStore, read_unchanged
from adoption.ingest.states import (
    first_acts,
    read_capacity,
    read_codes,
    read_memberships,
    read_names,
    read_regimes,
    read_states,
    read_votes,
)
from adoption.law.conventions import REACH_DAYS, Convention, added_conventions, read_conventions
from adoption.law.held import check_held_rules
from adoption.law.spells import histories_in, spells_table
from adoption.tables.csvfile import AT, read_csv
from adoption.tables.dictionary import TABLES
from adoption.tables.exceptions import Violation, compare_with_exceptions, subjects_of
from adoption.tables.names import Participants, read_participants
from adoption.tables.write import check_references, conform, encode, folder_differences

SOURCE_COLUMNS = ("source", "title", "publisher", "url", "licence", "seen_as_of", "what_it_gives")
CITING = [
    "source",
    "law_source",
    "kept_source",
    "other_source",
    "not_in_force_source",
    "state_source",
]
SOURCE_LISTS = ("cybercrime.csv", "comparison.csv", "capacity.csv")
# Folders of data/raw that are compiled by hand: no publisher is asked, so a refresh leaves them
# unchanged.
COMPILED = (
    *BASE_FOLDERS,
    "covariates",
    "itu-gci",
    "memberships",
    "names",
    "un-egdi",
    "unga-votes",
    "vdem-regimes",
)


@dataclass(frozen=True)
class BuildInputs:
    """The data, registries and participants from which the tables are made."""

    store: SnapshotStore
    added: Mapping[str, Addition]
    conventions: dict[str, Convention]
    participants: Participants
    registry: Registry
    sources: pd.DataFrame


def read_inputs(raw: Path, reference: Path, candidate: Path | None = None) -> BuildInputs:
    """Return the registries, including the additions."""
    store = SnapshotStore(raw, read_unchanged(reference), candidate)
    added = additions_in(store)
    conventions = read_conventions(reference / "conventions.toml")
    conventions |= added_conventions(entries_of(added, "convention", conventions))
    participants = read_participants(reference)
    registry = with_lists_of(added, read_publishers(reference / "publishers.toml", conventions))
    sources = [
        read_sources(store, reference),
        fetched_sources(registry, store),
        sources_of_additions(added),
    ]
    return BuildInputs(store, added, conventions, participants, registry, pd.concat(sources))


@dataclass(frozen=True)
class CompiledTables:
    """The tables of `COMPILED` and of the reference, before lists and fetched values are merged.

    `whole_tables` are the tables that no list or fetched value changes.
    """

    base_acts: pd.DataFrame
    states: pd.DataFrame
    capacity: pd.DataFrame
    memberships: pd.DataFrame
    whole_tables: dict[str, pd.DataFrame]


@remembered_up_to(2)
def read_compiled(raw: Path, reference: Path, _newest: tuple[Path | None, ...]) -> CompiledTables:
    """Return the compiled tables, which are read once per process and state of the data.

    A refresh builds the tables once per new list. `_newest` has the newest snapshots of `COMPILED`,
    so that a later snapshot is read again.
    """
    store, participants = SnapshotStore(raw), read_participants(reference)
    base_acts = read_base_acts(store, participants, reference / "withdrawals.csv")
    whole_tables = {
        "codes": read_codes(reference / "codes.csv"),
        **read_names(store, participants),
        "votes": read_votes(store),
        "regimes": read_regimes(store, participants),
        "backtest": read_backtest(reference),
        "base_treaties": read_base_treaties(store, base_acts),
        "base_acts": base_acts,
    }
    return CompiledTables(
        base_acts=base_acts,
        states=read_states(store, participants, reference / "geometry" / "labels.csv"),
        capacity=read_capacity(store, participants),
        memberships=read_memberships(store),
        whole_tables={name: conform(name, frame) for name, frame in whole_tables.items()},
    )


def build_tables(raw: Path, reference: Path) -> dict[str, pd.DataFrame]:
    """Return every processed table after checking it; write nothing."""
    tables, violations = make_tables(raw, reference)
    compare_with_exceptions(violations, reference / "exceptions.csv")
    return tables


def make_tables(
    raw: Path, reference: Path, candidate: Path | None = None, day: date | None = None
) -> tuple[dict[str, pd.DataFrame], list[Violation]]:
    """Return every processed table and the contradictions between them; write nothing."""
    inputs = read_inputs(raw, reference, candidate)
    store, added, participants = inputs.store, inputs.added, inputs.participants
    every = all_lists(inputs.registry, store, participants, inputs.conventions)
    newest = [lists[-1] for lists in every]
    conventions = with_lists(inputs.conventions, newest)
    newest_compiled = tuple(store.newest(source) for source in COMPILED)
    compiled = read_compiled(raw.absolute(), reference.absolute(), newest_compiled)
    base_acts = compiled.base_acts
    of_folders = read_acts(
        store,
        inputs.conventions,
        participants,
        reference / "corrections.csv",
        folders_of_acts(added),
    )
    of_base = base_treaty_acts(base_acts, conventions)
    of_users = read_added(reference / "acts.csv", participants)
    record = pd.concat([of_folders, of_base, of_users])
    record = conform("acts", record)
    check_repeated(record)  # the merge could hide a duplicate
    vanished = subjects_of(VANISHED, reference / "exceptions.csv")
    acts, conflicts = merge_lists(record, newest, vanished)
    conventions = with_reach(conventions)
    capacity = pd.concat([compiled.capacity, *added_values(added, store)])
    compiled_values = {"states": compiled.states, "capacity": capacity}
    fetched = read_fetched(inputs.registry, store, participants)
    values = overlay_fetched(compiled_values, fetched)
    states = values["states"]
    states = states.assign(first_act=first_acts(states, acts, base_acts))
    members = pd.concat([compiled.memberships, *added_memberships(added, store)])
    of_law = {
        "acts": acts,
        "states": states,
        "memberships": members,
        "entries_into_force": read_entries_into_force(store, participants),
        "totals": read_totals(store, conventions),
    }
    law = {name: conform(name, frame) for name, frame in of_law.items()}
    listed = [published.convention for published in newest]
    histories = histories_in(conventions.values(), law)
    outside = checks.totals_outside(law["totals"], histories)
    official = outside["grade"].eq(DEPOSITARY) & ~outside["convention"].isin(listed)
    by_hand = (store, inputs.conventions, participants)
    decided = read_decided("conflicts", *by_hand)
    # The depositary's list decides these conflicts.
    decided = decided[~decided["convention"].isin(listed)]
    other_totals = checks.conflicts_of_totals(outside[~official])
    counted = {
        "conventions": conventions_table(conventions),
        "spells": spells_table(histories.values()),
        "conflicts": pd.concat([conflicts, decided, other_totals]),
    }
    listed_statements = statements_of_lists(newest, participants)
    statements = pd.concat([listed_statements, read_decided("statements", *by_hand)])
    parts = {**counted, "statements": statements, "capacity": values["capacity"]}
    parts["snapshots"] = read_snapshots(store)
    typed = {name: conform(name, frame) for name, frame in parts.items()}
    tables = {**compiled.whole_tables, **law, **typed}
    check_repeated(tables["acts"])
    # Spells are derived from acts, so their sources are not counted twice.
    cited = (frame for name, frame in tables.items() if name != "spells")
    tables["sources"] = conform("sources", count_citations(inputs.sources, cited))
    tables = {entry.name: tables[entry.name] for entry in TABLES}
    check_references(tables)
    keys = set(tables["sources"]["source"])
    check_held_rules(reference, tables["base_treaties"], base_acts, keys)
    check_group_notes(reference, tables["memberships"], keys)
    violations = checks.violations(tables, histories, base_acts, outside[official], day)
    violations += list_violations(every, record)
    violations += still_not_in_force(newest, tables, conventions)
    violations += titles_differ(newest, conventions)
    violations += value_violations(compiled_values, fetched)
    plain = {name: frame.drop(columns=AT, errors="ignore") for name, frame in tables.items()}
    return plain, violations


def check_processed(raw: Path, reference: Path, processed: Path) -> list[str]:
    """Return the differences between the processed folder and a new build; empty if none."""
    return folder_differences(processed, encode(build_tables(raw, reference)) | as_registry(raw))


def read_sources(store: SnapshotStore, reference: Path) -> pd.DataFrame:
    """Return every list of sources as one table."""
    law, location = reference / "law-sources.csv", "data/reference/law-sources.csv"
    lists = [store.read("sources", file, SOURCE_COLUMNS) for file in SOURCE_LISTS]
    lists.append(read_csv(law, location, SOURCE_COLUMNS))
    frame = pd.concat([listed.frame for listed in lists], ignore_index=True)
    return frame.rename(columns={"seen_as_of": "accessed", "what_it_gives": "gives"})


def fetched_sources(registry: Registry, store: SnapshotStore) -> pd.DataFrame:
    """Return the fetched sources as rows of the table `sources`."""
    rows = []
    for source in registry.sources.values():
        if newest := store.newest(source.source):
            sidecar = store.sidecar(newest / next(iter(source.files)))
            named = {"source": source.source, "url": sidecar.address, "gives": sidecar.shows}
            rows.append(sidecar.model_dump(mode="json") | named | {"title": source.title})
    return pd.DataFrame(rows, columns=SOURCE_FIELDS, dtype="str")


def count_citations(sources: pd.DataFrame, tables: Iterable[pd.DataFrame]) -> pd.DataFrame:
    """Return the sources with the number of rows that cite each one."""
    counted: Counter[str] = Counter()
    for frame in tables:
        for column in frame.columns.intersection(CITING):
            for keys, rows in frame[column].value_counts().items():
                counted.update(dict.fromkeys(str(keys).split(";"), rows))
    return sources.assign(rows=sources["source"].map(lambda key: counted[key]))


def read_snapshots(store: SnapshotStore) -> pd.DataFrame:
    """Return a description of every raw file of the newest snapshots, after verifying it."""
    rows = []
    for path in store.files():
        store.verify(path)
        sidecar = store.sidecar(path)
        days = {
            "accessed": pd.Timestamp(sidecar.accessed),
            "unchanged_until": pd.Timestamp(store.unchanged_until(path)),
            "complete_to": pd.Timestamp(store.complete_to(path)),
        }
        rows.append(sidecar.model_dump() | {"file": store.name(path)} | days)
    if not rows:
        raise AdoptionError("data/raw: holds no snapshot")
    return pd.DataFrame(rows)


def conventions_table(conventions: Conventions) -> pd.DataFrame:
    """Return the registry as the table `conventions`."""
    rows = []
    for convention in conventions.values():
        row = convention.model_dump()  # the table selects its own columns from this record
        days = (
            "adopted",
            "opens",
            "closes",
            "entered_into_force",
            *REACH_DAYS,
            "not_in_force_seen",
        )
        row |= {day: pd.Timestamp(getattr(convention, day)) for day in days}
        row["threshold_rule"] = convention.rule_in_words()
        row["delay_rule"] = str(convention.delay)
        if convention.later:
            row["later_rule"] = f"{convention.later} ({convention.later_article})"
        rows.append(row)
    return pd.DataFrame(rows)
