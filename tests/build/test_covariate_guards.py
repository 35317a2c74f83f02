"""Guards of the World Bank's values: revisions and new years are silent, another column is not."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import pandas as pd
import pytest

from adoption.data.covariate_guards import (
    LEAST_STATES,
    against_record,
    between,
    covariate_violations,
    states_missing,
)
from adoption.data.exceptions import Violation
from adoption.data.fetched_covariates import MEASURES, PublishedCovariates
from adoption.data.published import PublishedValues

Values = list[tuple[str, str, int, float]]
PLACE = "data/raw/us/2027-01-05"
INCOME = {"QAT": "High income", "OMN": "High income", "ERI": "Low income"}
VALUES: Values = [
    ("population", "QAT", 2024, 2857822),
    ("gdp_per_capita", "QAT", 2023, 80000),
    ("gdp_per_capita", "QAT", 2024, 71583),
    ("gdp_per_capita_ppp", "OMN", 2022, 41664),
    ("internet_users_pct", "QAT", 2024, 99.7),
    ("internet_users_pct", "OMN", 2019, 20),
]


def snapshot(
    values: Values, income: Mapping[str, str] = INCOME, day: date = date(2027, 1, 5)
) -> PublishedCovariates:
    table = pd.DataFrame(values, columns=["measure", "iso3", "year", "value"])
    return PublishedCovariates(PublishedValues("us", day, PLACE, table), dict(income))


def record(values: Values = VALUES, income: Mapping[str, str] = INCOME) -> pd.DataFrame:
    """Return compiled states with the newest of some values."""
    frame = pd.DataFrame({"iso3": [*INCOME, "VAT"]})
    frame["income_group"] = [income.get(iso3, "") for iso3 in frame["iso3"]]
    for column, measure in MEASURES.items():
        own = {iso3: (year, value) for name, iso3, year, value in values if name == column}
        found = [own.get(iso3, (None, None)) for iso3 in frame["iso3"]]
        frame[measure.year] = pd.array([year for year, _ in found], dtype="Int64")
        frame[column] = pd.array([value for _, value in found], dtype="Float64")
    return frame


def without(*measures: str) -> Values:
    return [row for row in VALUES if row[0] not in measures]


def keys(violations: list[Violation]) -> list[tuple[str, str, str]]:
    return [violation[:3] for violation in violations]


AFTER: list[tuple[str, Values, Mapping[str, str], list[tuple[str, str, str]]]] = [
    ("the same", VALUES, INCOME, []),
    (
        "revised",
        [(m, i, y, v * 1.05) for m, i, y, v in VALUES if m != "internet_users_pct"]
        + [("internet_users_pct", "QAT", 2024, 94.0), ("internet_users_pct", "OMN", 2019, 25)],
        INCOME,
        [],
    ),
    (
        "new years",
        [
            *VALUES,
            ("population", "QAT", 2025, 3100000),
            ("gdp_per_capita", "QAT", 2026, 40000),
            ("internet_users_pct", "OMN", 2024, 97),
        ],
        INCOME,
        [],
    ),
    ("a year before is gone", [row for row in VALUES if row[2] != 2023], INCOME, []),
    (
        "another column in the same year",
        [*without("population"), ("population", "QAT", 2024, 71583)],
        INCOME,
        [("JUMPED", "population 2024 QAT", "2857822, but 71583 in the file of 2027-01-05")],
    ),
    (
        "another unit in a new year",
        [*VALUES, ("population", "QAT", 2025, 2900)],
        INCOME,
        [("year-leapt", "population 2025 QAT", "2857822 in 2024, 2900")],
    ),
    (
        "points",
        [*without("internet_users_pct"), ("internet_users_pct", "QAT", 2024, 89.6),
         ("internet_users_pct", "OMN", 2019, 10)],
        INCOME,
        [("JUMPED", "internet_users_pct 2024 QAT", "99.7, but 89.6 in the file of 2027-01-05")],
    ),
    ("a group up", VALUES, INCOME | {"ERI": "Lower middle income"}, []),
    (
        "two groups up",
        VALUES,
        INCOME | {"ERI": "Upper middle income"},
        [("income-group-jumped", "ERI", "Low income, "
                                        "but Upper middle income in the file of 2027-01-05")],
    ),
    (
        "no group",
        VALUES,
        INCOME | {"QAT": ""},
        [("income-group-jumped", "QAT", "High income, but none in the file of 2027-01-05")],
    ),
]  # fmt: skip


@pytest.mark.parametrize(
    ("values", "income", "expected"), [row[1:] for row in AFTER], ids=[row[0] for row in AFTER]
)
def test_between_snapshots_and_against_the_record(
    values: Values, income: Mapping[str, str], expected: list[tuple[str, str, str]]
) -> None:
    after = snapshot(values, income)
    for jumped, found in (
        ("value-jumped", keys(list(between(snapshot(VALUES), after)))),
        ("value-differs", keys(list(against_record(record(), after)))),
    ):
        assert found == [(rule.replace("JUMPED", jumped), *rest) for rule, *rest in expected]


def test_a_newest_value_that_is_gone_between_snapshots() -> None:
    shorter = [row for row in VALUES if row[:3] != ("gdp_per_capita", "QAT", 2024)]
    assert keys(list(between(snapshot(VALUES), snapshot(shorter)))) == [
        ("value-vanished", "gdp_per_capita 2024 QAT", "71583, not in the file of 2027-01-05")
    ]
    gone = without("gdp_per_capita_ppp")
    assert keys(list(between(snapshot(VALUES), snapshot(gone)))) == [
        ("value-vanished", "gdp_per_capita_ppp 2022 OMN", "41664, not in the file of 2027-01-05")
    ]


def test_a_compiled_value_that_was_never_published() -> None:
    compiled = record([*VALUES, ("population", "VAT", 2024, 882), ("population", "ERI", 2024, 3e6)])
    older = [row for row in VALUES if row[2] != 2024] + [("population", "QAT", 2022, 2700000)]
    found = keys(list(against_record(compiled, snapshot(older))))
    assert found == [
        (
            "value-not-published",
            "internet_users_pct 2024 QAT",
            "99.7, not in the file of 2027-01-05",
        ),
        ("value-not-published", "population 2024 ERI", "3000000, not in the file of 2027-01-05"),
    ]


def test_states_that_were_not_classified_before_say_nothing() -> None:
    compiled = record(income=INCOME | {"QAT": "Not classified"})
    assert list(against_record(compiled, snapshot(VALUES, INCOME | {"QAT": ""}))) == []


def many(states: int) -> PublishedCovariates:
    codes = [f"A{a}{b}" for a in "ABCDEFGHIJKLMN" for b in "ABCDEFGHIJKLMN"][:states]
    values = [(measure, code, 2024, 50.0) for measure in MEASURES for code in codes]
    return snapshot(values, dict.fromkeys(codes, "High income"))


def test_too_few_states_speak() -> None:
    assert list(states_missing(many(LEAST_STATES))) == []
    found = keys(list(states_missing(many(LEAST_STATES - 1))))
    told = "169, at least 170 expected"
    assert found == [
        ("number-of-states", name, told) for name in (*sorted(MEASURES), "income_group")
    ]


def test_each_pair_of_snapshots_is_compared() -> None:
    empty = record([], {})
    wrong = [("population", code, 2024, 5000.0) for code in many(170).income]
    other = snapshot(
        [row for row in many(170).published.table.itertuples(index=False, name=None)
         if row[0] != "population"] + wrong,
        many(170).income,
    )  # fmt: skip
    assert list(covariate_violations(empty, [[many(170), many(170)]])) == []
    found = keys(list(covariate_violations(empty, [[many(170), other, many(170)]])))
    assert [rule for rule, *_ in found] == ["value-jumped"] * 340
