"""Grades and sources of acts, against counts by hand from the CSV file."""

from __future__ import annotations

import csv
from collections import Counter
from datetime import date

import pytest

from adoption import tables
from adoption.law.conventions import load_conventions
from adoption.law.evidence import also_named, by_source, known_acts, tally
from adoption.paths import processed_folder
from tests.conftest import Act, acts_of, bound, made_up, states_of

NEWEST = tables.data_day()


def rows_of(convention: str) -> list[dict[str, str]]:
    with (processed_folder() / "acts.csv").open(encoding="utf-8", newline="") as file:
        return [row for row in csv.DictReader(file) if row["convention"] == convention]


@pytest.mark.parametrize("name", load_conventions())
@pytest.mark.parametrize("opening", [True, False])
def test_every_tally_is_a_count_of_the_file(name: str, opening: bool) -> None:
    convention = load_conventions()[name]
    day = convention.opens if opening else NEWEST
    counted = tally(known_acts(convention, tables.read("acts"), tables.read("states"), day))
    rows = rows_of(name)
    certain = [row for row in rows if row["latest"] <= day.isoformat()]
    grades = Counter(row["grade"] for row in certain)
    assert {grade: n for grade, n in counted.by_grade.items() if n} == dict(grades)
    assert counted.acts == len(certain) == sum(counted.by_grade.values())
    assert counted.participants == len({row["iso3"] for row in certain})
    assert counted.undated == sum(row["date"] == "" for row in certain)
    assert counted.sources == len({k for row in certain for k in row["source"].split(";")})
    possible = [row for row in rows if row["earliest"] <= day.isoformat() < row["latest"]]
    assert counted.possible == len(possible)


def test_the_hanoi_convention_by_hand() -> None:
    acts, states = tables.read("acts"), tables.read("states")
    known = known_acts(load_conventions()["hanoi"], acts, states, NEWEST)
    counted = tally(known)
    assert counted.by_grade == {"confirmed": 65, "reported": 10, "inferred": 3}
    assert (counted.acts, counted.participants, counted.undated) == (78, 75, 5)
    first = by_source(known).iloc[0]
    assert (first["source"], first["acts"]) == ("nl-verdragen", 34)
    assert known["name"].is_monotonic_increasing


def made(day: date, *rows: Act) -> tuple[int, int, int]:
    known = known_acts(made_up(), acts_of(rows), states_of(["AAA", "BBB"]), day)
    counted = tally(known)
    return counted.acts, counted.undated, counted.possible


def test_an_act_counts_only_when_it_certainly_happened() -> None:
    rows = [bound("AAA", "2001-02-01", "2001-03-31"), bound("BBB", "2001-05-01")]
    assert made(date(2001, 1, 31), *rows) == (0, 0, 0)
    assert made(date(2001, 2, 1), *rows) == (0, 0, 1)
    assert made(date(2001, 3, 30), *rows) == (0, 0, 1)
    assert made(date(2001, 3, 31), *rows) == (1, 1, 0)
    assert made(date(2001, 5, 1), *rows) == (2, 1, 0)


def test_an_act_of_two_sources_counts_for_each() -> None:
    acts = acts_of([bound("AAA", "2001-02-01"), ("BBB", "accession", "2001-02-01", "", "reported")])
    known = known_acts(made_up(), acts, states_of(["AAA", "BBB"]), date(2001, 3, 1))
    known.loc[0, "source"] = "us;them"
    assert by_source(known).to_dict("records") == [
        {"source": "us", "acts": 2, "confirmed": 1, "reported": 1, "inferred": 0},
        {"source": "them", "acts": 1, "confirmed": 1, "reported": 0, "inferred": 0},
    ]
    nobody = known_acts(made_up(), acts, states_of(["AAA"]), date(2001, 1, 31))
    assert by_source(nobody).empty
    assert list(also_named(nobody, ["us"])) == []


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


def test_the_notes_of_the_hanoi_convention() -> None:
    acts, states = tables.read("acts"), tables.read("states")
    known = known_acts(load_conventions()["hanoi"], acts, states, NEWEST)
    also = also_named(known, tables.read("sources")["source"])
    by_state = dict(zip(zip(known["iso3"], known["act"], strict=True), also, strict=True))
    assert by_state["DZA", "signature"] == "nl-verdragen"
    assert by_state["AZE", "ratification"] == "trend-0210;trend-0223"
    assert by_state["PLW", "signature"] == ""
