"""Guards of the indices: a new edition is silent, a swapped column or a lost state is not."""

from __future__ import annotations

import re
from datetime import date

import numpy as np
import pandas as pd
import pytest

from adoption.countries.capacity import PARTS
from adoption.data.capacity_guards import (
    EGDI_STATES,
    capacity_violations,
    mean_differs,
    states_missing,
    unlike_before,
)
from adoption.data.fetched_capacity import with_capacity
from adoption.data.published import PublishedValues

PLACE = "data/raw/us/2027-01-05"
STATES = [f"{a}{b}{c}" for a in "AB" for b in "ABCDEFGHIJ" for c in "ABCDEFGHIJ"][:EGDI_STATES]
MOST = {"GCI": 20.0, "EGDI": 1.0}
SMALL = {"GCI": 0.1, "EGDI": 0.0001}  # a revision


def edition(index: str, year: int, seed: int = 1, noise: float = 0.1) -> pd.DataFrame:
    """Return made-up values of an edition: parts that keep to themselves, and the whole."""
    own = np.random.default_rng(1)
    less = np.random.default_rng(seed + year)
    wide = pd.DataFrame({"iso3": STATES})
    for part in PARTS[index]:
        level = own.uniform(0, 1 - noise, len(STATES)) + less.uniform(0, noise, len(STATES))
        wide[part] = (level * MOST[index]).round(4)
    parts = wide[list(PARTS[index])]
    wide["overall"] = (parts.sum(axis=1) if index == "GCI" else parts.mean(axis=1)).round(4)
    long = wide.melt("iso3", var_name="component", value_name="value")
    return long.assign(index=index, year=year, measure=f"{index} " + long["component"], at=PLACE)


def published(*tables: pd.DataFrame, day: date = date(2027, 1, 5)) -> PublishedValues:
    return PublishedValues("us", day, PLACE, pd.concat(tables, ignore_index=True))


def compiled(*tables: pd.DataFrame) -> pd.DataFrame:
    """Return the same values as the table `capacity`."""
    frame = pd.concat(tables, ignore_index=True).rename(columns={"year": "edition"})
    frame = frame.astype({"edition": "Int64"}).drop(columns="measure")
    return frame.assign(tier=None, grade=None, note=None, source="us")


def found(record: pd.DataFrame, *snapshots: PublishedValues) -> dict[str, int]:
    """Return how many violations of each rule there are."""
    capacity = with_capacity(record, [snapshots[-1]])
    rules = [v.rule for v in capacity_violations(record, capacity, [snapshots])]
    return {rule: rules.count(rule) for rule in dict.fromkeys(rules)}


def swap(table: pd.DataFrame, one: str, other: str, year: int) -> pd.DataFrame:
    """Return a table with two parts of an edition in each other's column."""
    names = {one: other, other: one}
    component = table["component"].where(table["year"] != year, table["component"].replace(names))
    return table.assign(component=component, measure=table["index"] + " " + component)


def move(table: pd.DataFrame, year: int) -> pd.DataFrame:
    """Return a table in which each value of an edition stands beside the next state."""
    values = table.groupby(["component", "year"])["value"].transform(np.roll, 1)
    return table.assign(value=table["value"].where(table["year"] != year, values))


@pytest.mark.parametrize("index", ["GCI", "EGDI"])
def test_revisions_and_whole_new_editions_are_silent(index: str) -> None:
    old, first = edition(index, 2020), edition(index, 2024)
    revised = first.assign(value=first["value"] - SMALL[index] * (first["component"] == "overall"))
    later = pd.concat([revised, edition(index, 2028)])
    record = compiled(old, first)
    assert found(record, published(first), published(revised), published(later)) == {}
    assert found(record, published(edition(index, 2028), first)) == {}


@pytest.mark.parametrize(
    ("index", "parts", "year", "rules"),
    [
        ("EGDI", ("online_services", "human_capital"), 2028, {"parts-swapped"}),
        ("EGDI", ("overall", "human_capital"), 2028, {"parts-differ-from-overall"}),
        ("GCI", ("legal", "technical"), 2028, {"parts-swapped", "edition-unlike-before"}),
    ],
)  # fmt: skip
def test_a_swapped_column_speaks(
    index: str, parts: tuple[str, str], year: int, rules: set[str]
) -> None:
    table = pd.concat([edition(index, 2024), edition(index, 2028)])
    record = compiled(edition(index, 2020), edition(index, 2024))
    spoken = found(record, published(swap(table, *parts, year)))
    assert spoken.keys() >= rules


def test_values_beside_the_wrong_states_speak_though_they_add_up() -> None:
    table = move(pd.concat([edition("EGDI", 2024), edition("EGDI", 2028)]), 2028)
    record = compiled(edition("EGDI", 2024))
    spoken = found(record, published(table))
    assert spoken == {"edition-unlike-before": 4}
    capacity = with_capacity(record, [published(table)])
    first = next(unlike_before(capacity, "EGDI", 2028, published(table)))
    assert first[:2] == ("edition-unlike-before", "EGDI overall 2028")
    assert re.fullmatch(r"rank correlation with 2024 .*, at least 0\.6", first.found)


def test_what_is_gone_or_jumps_speaks_once_for_each() -> None:
    first = edition("GCI", 2024)
    gone = first.drop(index=first.index[[0, 7]])
    jump = first.assign(value=first["value"] + (first.index == 3) * 0.6)
    assert found(compiled(first), published(gone)) == {"value-not-published": 2}
    assert found(compiled(first), published(jump)) == {"value-differs": 1}
    assert found(compiled(first), published(first), published(gone)) == {"value-vanished": 2}
    assert found(compiled(first), published(first), published(jump)) == {"value-jumped": 1}


def test_a_whole_edition_of_the_series_that_is_gone_speaks() -> None:
    first, second = edition("GCI", 2024), edition("GCI", 2028)
    assert found(compiled(first), published(second)) == {"value-not-published": len(first)}
    survey = edition("EGDI", 2028)
    assert found(compiled(edition("EGDI", 2024)), published(survey)) == {}


@pytest.mark.parametrize(
    ("index", "states", "told"),
    [
        ("GCI", 150, None),
        ("GCI", 149, "149, at least 150 expected"),
        ("EGDI", 193, None),
        ("EGDI", 192, "192, 193 expected"),
    ],
)
def test_too_few_states_speak(index: str, states: int, told: str | None) -> None:
    table = edition(index, 2024)
    table = table[(table["component"] == "overall") & table["iso3"].isin(STATES[:states])]
    violations = [v[:3] for v in states_missing(published(table))]
    expected = [("number-of-states", f"{index} overall 2024", told)] if told else []
    assert violations == expected


def test_an_overall_value_that_is_not_the_mean_speaks() -> None:
    table = edition("EGDI", 2024)
    own = (table["iso3"] == "AAA") & (table["component"] == "overall")
    assert list(mean_differs(published(table))) == []
    wrong = table.assign(value=table["value"].mask(own, 0.01))
    (violation,) = mean_differs(published(wrong))
    mean = table.loc[(table["iso3"] == "AAA") & (table["component"] != "overall"), "value"].mean()
    assert violation[:3] == (
        "parts-differ-from-overall",
        "EGDI 2024 AAA",
        f"mean of the parts {mean:.5f}, overall 0.01000",
    )
