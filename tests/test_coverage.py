"""Coverage, gaps, reach and licences, against plain counts of the files."""

from __future__ import annotations

import csv
from collections import Counter
from datetime import date

import pandas as pd

from adoption.data.dictionary import TABLES, files_of, table
from adoption.law.conventions import load_conventions
from adoption.law.evidence import (
    BESIDE,
    GAPS,
    covered,
    gaps,
    load_tables,
    reach,
)
from adoption.paths import processed_folder
from adoption.tables import data_day

READ = load_tables()
COVERED = {(row["table"], row["part"]): row for row in covered(READ).to_dict("records")}
NEWEST = data_day()


def lines(name: str) -> list[dict[str, str]]:
    found: list[dict[str, str]] = []
    for own in files_of(name):
        with (processed_folder() / f"{own}.csv").open(encoding="utf-8", newline="") as file:
            found += csv.DictReader(file)
    return found


def test_every_row_of_every_table_is_counted_once() -> None:
    counted = Counter[str]()
    for (name, _), row in COVERED.items():
        counted[name] += row["rows"]
    names = [entry.name for entry in TABLES if entry.name not in BESIDE]
    assert counted == {name: len(lines(name)) for name in names}
    assert set(BESIDE) <= READ.keys(), "what is said beside the acts covers nobody"


def test_gaps_are_the_empty_cells_of_the_files() -> None:
    found = {(row["table"], row["column"]): row for row in gaps(READ).to_dict("records")}
    for name, columns in GAPS.items():
        rows = lines(name)
        known = {column.name for column in table(name).columns if column.missing}
        assert set(columns) <= known
        for column in columns:
            empty = sum(row[column] == "" for row in rows)
            assert (found[name, column]["missing"] if empty else 0) == empty
            assert ((name, column) in found) == (empty > 0)
    assert found["acts", "date"]["missing"] == 102


def test_reach_of_the_registry() -> None:
    frame = reach(load_conventions().values(), READ["snapshots"], NEWEST, NEWEST)
    assert len(frame) == len(load_conventions())
    rows = {row["convention"]: row for row in frame.to_dict("records")}
    assert rows["hanoi"]["beyond"] == (NEWEST - date(2025, 10, 26)).days == 394
    assert rows["hanoi"]["nearly_complete_to"] == pd.Timestamp(2026, 2, 10)
    assert rows["hanoi"]["partial_to"] == pd.Timestamp(2026, 8, 2)
    assert rows["untoc"]["partial_to"] == rows["untoc"]["complete_to"] == pd.Timestamp(2014, 1, 27)
    assert pd.isna(rows["arab-2010"]["complete_to"])
    assert pd.isna(rows["arab-2010"]["beyond"])
    assert frame["taken"].notna().all()
    assert (frame["age"] >= 0).all()
    assert frame["opens"].is_monotonic_increasing
