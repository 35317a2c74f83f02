"""Changed totals, figures of a status and values in plain words."""

from __future__ import annotations

from datetime import date

import pytest

from adoption.news.consequences import MEASURES
from adoption.news.figure_phrases import consequence_line, total_line, values_line
from adoption.news.kinds import Consequence, Differences, Total, TotalChange, Value, ValueChange
from tests.news.made_up import changed


@pytest.mark.parametrize(
    ("measure", "iso3", "old", "new", "line"),
    [
        ("signatories", "", 72, 73, "signatories: 73 (was 72)"),
        ("counted", "", 2, 3, "instruments that count towards the threshold: 3 of 3 (was 2)"),
        ("nth_instrument", "", "2020-02-03..2020-02-29", "2020-02-10",
         "3rd instrument deposited on 10 February 2020 (was between 3 and 29 February 2020)"),
        ("entry_into_force", "", None, "2020-07-30",
         "entry into force on 30 July 2020 (was not known)"),
        ("in_force", "", False, True, "now in force"),
        ("in_force", "", False, "reported", "now in force, as reported"),
        ("nth_grade", "", None, "reported",
         "the deposits that decide it: reported (was not known)"),
        ("in_force_on", "DDD", None, "2020-12-31",
         "Drusselstein: in force on 31 December 2020 (was not known)"),
    ],
)  # fmt: skip
def test_figures_of_a_status(measure: str, iso3: str, old: Value, new: Value, line: str) -> None:
    assert measure in MEASURES
    found = Consequence("atlantis", measure, iso3, old, new)
    assert consequence_line(found, changed()) == line


def test_a_convention_of_which_the_threshold_is_not_known() -> None:
    found = Consequence("lemuria", "nth_instrument", "", None, "2020-05-01")
    line = "decisive instrument deposited on 1 May 2020 (was not known)"
    assert consequence_line(found, Differences()) == line
    counted = Consequence("lemuria", "counted", "", 2, 3)
    line = "instruments that count towards the threshold: 3 (was 2)"
    assert consequence_line(counted, Differences()) == line


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        (None, Total(72, None), "published total as of 26 October 2025 (source us): "
         "72 signatories"),
        (Total(72, None), Total(73, None, "73 (72 states and one)"),
         "published total as of 26 October 2025 (source us): 73 (72 states and one) (was 72 "
         "signatories)"),
        (Total(None, 3), None, "published total as of 26 October 2025 (source us) no longer in the "
         "record (was 3 parties)"),
    ],
)  # fmt: skip
def test_totals(old: Total | None, new: Total | None, line: str) -> None:
    assert total_line(TotalChange("atlantis", date(2025, 10, 26), "us", old, new)) == line


def value(iso3: str, old: Value, new: Value, column: str = "value") -> ValueChange:
    return ValueChange(iso3, "GCI", "2024", "capacity_development", column, old, new)


def test_few_values_are_told_one_by_one() -> None:
    values = [value("AAA", 12.5, 13.0), value("BBB", None, 7.0), value("CCC", 3.0, None)]
    assert values_line(values, changed()) == (
        "GCI 2024, capacity development: 3 values: Aland 13 (was 12.5); Borduria 7 (was not "
        "known); Costaguana not known (was 3)"
    )


def test_many_values_are_counted() -> None:
    values = [value(f"A{number:02}", None, 1.0) for number in range(1_200)]
    head = "GCI 2024, capacity development: 1,200 values"
    assert values_line(values, changed()) == f"{head}: 1,200 added"
    values[:2] = [value("AAA", 2.0, 1.0), value("BBB", 2.0, None)]
    assert values_line(values, changed()) == f"{head}: 1,198 added, 1 changed, 1 removed"


def test_years_have_no_commas_and_numbers_of_persons_do() -> None:
    year = ValueChange("AAA", "population", "2024", "", "year", 2023, 2024)
    assert values_line([year], changed()) == (
        "population 2024, year: 1 value: Aland 2024 (was 2023)"
    )
    persons = ValueChange("AAA", "population", "2024", "", "value", 42_647_492, None)
    assert values_line([persons], changed()).endswith("Aland not known (was 42,647,492)")
