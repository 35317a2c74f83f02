"""Grades and sources of acts, against counts by hand from the CSV file."""

from __future__ import annotations

import csv
from collections import Counter
from datetime import date

import pytest

from adoption import tables
from adoption.law.conventions import load_conventions
from adoption.law.evidence import also_named, known_acts
from adoption.paths import processed_folder
from tests.conftest import acts_of, bound, made_up, states_of

NEWEST = tables.data_day()


@pytest.mark.parametrize(
    ("name", "opening"), [("hanoi", True), ("hanoi", False), ("arab-2010", False)]
)
def test_the_acts_known_are_those_of_the_file(name: str, opening: bool) -> None:
    convention = load_conventions()[name]
    day = convention.opens if opening else NEWEST
    known = known_acts(convention, tables.read("acts"), tables.read("states"), day)
    with (processed_folder() / "acts.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["convention"] == name]
    certain = [row for row in rows if row["latest"] <= day.isoformat()]
    assert Counter(known.query("certain")["grade"]) == Counter(row["grade"] for row in certain)
    possible = [row for row in rows if row["earliest"] <= day.isoformat() < row["latest"]]
    assert len(known.query("not certain")) == len(possible)


@pytest.mark.parametrize(
    ("note", "expected"),
    [
        ("also in one-b, then in two and one", "one-b;two"),  # `one` is the row's own
        ("two; two again", "two"),
        ("twofold, not-two, two-", ""),
        ("", ""),
    ],
)
def test_sources_named_in_a_note(note: str, expected: str) -> None:
    acts = acts_of([bound("AAA", "2001-02-01")]).assign(source="one", note=note or None)
    known = known_acts(made_up(), acts, states_of(["AAA"]), date(2001, 3, 1))
    assert list(also_named(known, ["one", "two", "one-b", "three"])) == [expected]
