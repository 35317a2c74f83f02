"""Guards of published values: revisions and new years are silent, what is gone or jumps is not."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import numpy as np
import pandas as pd
import pytest

from adoption.countries.capacity import PARTS
from adoption.ingest.fetched import INCOME, INCOME_GROUPS, MEASURES, Published
from adoption.ingest.guards import BOUNDS, value_violations

PLACE = "data/raw/us/2027-01-05"
DAY = date(2027, 1, 5)
STATES = [f"{a}{b}{c}" for a in "AB" for b in "ABCDEFGHIJ" for c in "ABCDEFGHIJ"][:193]
Key = tuple[str, str, str]


def found(compiled: Mapping[str, pd.DataFrame], *snapshots: Published) -> list[Key]:
    """Return what the guards find, without the place."""
    return [violation[:3] for violation in value_violations(compiled, [snapshots])]


def edition(year: int) -> pd.DataFrame:
    """Return made-up values of an edition: parts that keep to themselves, and the whole."""
    wide = pd.DataFrame({"iso3": STATES})
    shape = len(STATES), len(PARTS["GCI"])
    own, less = np.random.default_rng(1), np.random.default_rng(1 + year)
    values = own.uniform(0, 18, shape) + less.uniform(0, 2, shape)
    wide[list(PARTS["GCI"])] = values.round(4)
    wide["overall"] = wide[list(PARTS["GCI"])].sum(axis=1).round(4)
    long = wide.melt("iso3", var_name="component", value_name="value")
    measure = "GCI " + long["component"] + f" {year}"
    return long.assign(index="GCI", edition=year, year=0, measure=measure, at=PLACE)


def published(*tables: pd.DataFrame) -> Published:
    frame = pd.concat(tables, ignore_index=True)
    return Published("us", "gci", DAY, PLACE, frame)


def capacity(*tables: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """Return the same values as the compiled table `capacity`."""
    frame = pd.concat(tables, ignore_index=True)
    frame = frame.astype({"edition": "Int64"}).drop(columns=["measure", "year"])
    return {"capacity": frame.assign(tier=None, grade=None, note=None, source="us")}


def test_revisions_and_whole_new_editions_are_silent() -> None:
    old, first = edition(2020), edition(2024)
    revised = first.assign(value=first["value"] - 0.1 * (first["component"] == "overall"))
    later = published(revised, edition(2028))
    assert found(capacity(old, first), published(first), published(revised), later) == []


def test_what_is_gone_or_jumps_is_found_once_for_each() -> None:
    first = edition(2024)
    gone = first.drop(index=first.index[[0, 7]])
    jump = first.assign(value=first["value"] + (first.index == 3) * 0.6)
    record = capacity(first)
    for other, rules in ((gone, ["value-vanished"] * 2), (jump, ["value-jumped"])):
        assert [rule for rule, *_ in found(record, published(other))] == rules
        assert [rule for rule, *_ in found(record, published(first), published(other))] == rules


def test_an_edition_with_its_columns_or_states_exchanged_is_found() -> None:
    first, later = edition(2024), edition(2028)
    record = capacity(edition(2020), first)
    names = {"legal": "technical", "technical": "legal"}
    component = later["component"].replace(names)
    swapped = later.assign(component=component, measure="GCI " + component + " 2028")
    rules = [violation[:2] for violation in found(record, published(first, swapped))]
    assert rules == [("edition-unlike-before", f"GCI {part} 2028") for part in names]
    rolled = later.assign(value=later.groupby("component")["value"].transform(np.roll, 1))
    assert len(found(record, published(first, rolled))) == len(PARTS["GCI"]) + 1


def test_a_part_or_a_state_that_is_gone_whole() -> None:
    first = edition(2024)
    without = published(first[first["component"] != "legal"])
    violations = found(capacity(first), published(first), without)
    line = ("value-vanished", "GCI legal 2024", f"all, not in the file of {DAY}")
    assert line in violations
    fewer = published(first[first["iso3"].isin(STATES[:149])])
    assert ("number-of-states", "GCI overall 2024", "149, at least 150 expected") in found(
        capacity(first), fewer
    )


# The World Bank

Values = list[tuple[str, str, int, float]]
GROUPS = {"QAT": "High income", "OMN": "High income", "ERI": "Low income"}
VALUES: Values = [
    ("population", "QAT", 2024, 2857822),
    ("gdp_per_capita", "QAT", 2023, 80000),
    ("gdp_per_capita", "QAT", 2024, 71583),
    ("gdp_per_capita_ppp", "OMN", 2022, 41664),
    ("internet_users_pct", "QAT", 2024, 99.7),
    ("internet_users_pct", "OMN", 2019, 20),
]


def bank(values: Values, groups: Mapping[str, str] = GROUPS) -> Published:
    places = [
        (INCOME, iso3, 0, float(INCOME_GROUPS.index(group)))
        for iso3, group in groups.items()
        if group
    ]
    frame = pd.DataFrame([*values, *places], columns=["measure", "iso3", "year", "value"])
    return Published("us", "indicators", DAY, PLACE, frame, frozenset(GROUPS))


def record(values: Values = VALUES) -> dict[str, pd.DataFrame]:
    """Return compiled states with the newest of some values."""
    frame = pd.DataFrame({"iso3": [*GROUPS, "VAT"]})
    frame[INCOME] = frame["iso3"].map(GROUPS).fillna("")
    for column, measure in MEASURES.items():
        own = {iso3: (year, value) for name, iso3, year, value in values if name == column}
        pairs = [own.get(iso3, (None, None)) for iso3 in frame["iso3"]]
        frame[measure.year] = pd.array([year for year, _ in pairs], dtype="Int64")
        frame[column] = pd.array([value for _, value in pairs], dtype="Float64")
    return {"states": frame.assign(source="old", gdp_per_capita_basis="")}


def changed(measure: str, *rows: tuple[str, str, int, float]) -> Values:
    return [*(row for row in VALUES if row[0] != measure), *rows]


AFTER: list[tuple[Values, Mapping[str, str], list[Key]]] = [
    (VALUES, GROUPS, []),
    (
        [(m, i, y, v * 1.05) for m, i, y, v in VALUES if m[0] != "i"]
        + [("internet_users_pct", "QAT", 2024, 94.0), ("internet_users_pct", "OMN", 2019, 25)],
        GROUPS,
        [],
    ),
    (
        [*VALUES, ("population", "QAT", 2025, 3100000), ("internet_users_pct", "OMN", 2024, 97)],
        GROUPS,
        [],
    ),
    ([row for row in VALUES if row[2] != 2023], GROUPS, []),
    (
        changed("population", ("population", "QAT", 2024, 71583)),
        GROUPS,
        [("value-jumped", "population 2024 QAT", f"2857822, but 71583 in the file of {DAY}")],
    ),
    (
        [*VALUES, ("population", "QAT", 2025, 2900)],
        GROUPS,
        [("year-leapt", "population 2025 QAT", "2857822 in 2024, 2900")],
    ),
    (
        changed("gdp_per_capita_ppp"),
        GROUPS,
        [("value-vanished", "gdp_per_capita_ppp", f"all, not in the file of {DAY}")],
    ),
    (VALUES, GROUPS | {"ERI": "Lower middle income"}, []),
    (
        VALUES,
        GROUPS | {"ERI": "Upper middle income"},
        [
            (
                "value-jumped",
                "income_group ERI",
                f"Low income, but Upper middle income in the file of {DAY}",
            )
        ],
    ),
    (
        VALUES,
        GROUPS | {"QAT": ""},
        [("value-vanished", "income_group QAT", f"High income, not in the file of {DAY}")],
    ),
]


@pytest.mark.parametrize(("values", "groups", "expected"), AFTER, ids=range(len(AFTER)))
def test_indicators_between_snapshots_and_against_the_record(
    values: Values, groups: Mapping[str, str], expected: list[Key]
) -> None:
    after = bank(values, groups)
    for snapshots in ([bank(VALUES), after], [after]):
        violations = [v for v in found(record(), *snapshots) if v[0] != "number-of-states"]
        assert violations == expected


def test_too_few_states_are_found() -> None:
    least = BOUNDS["population"].states
    for states in (least, least - 1):
        codes = [f"A{a}{b}" for a in "ABCDEFGHIJKLMN" for b in "ABCDEFGHIJKLMN"][:states]
        values = [(measure, code, 2024, 50.0) for measure in MEASURES for code in codes]
        violations = found(record([]), bank(values, dict.fromkeys(codes, "High income")))
        missing = [v for v in violations if v[0] == "number-of-states"]
        assert len(missing) == (0 if states == least else len(MEASURES) + 1)
