"""The World Bank's API: values and areas, and what it says when it fails."""

from __future__ import annotations

import pandas as pd
import pytest

from adoption.core.decode import UnreadableError
from adoption.ingest.readers.worldbank import only_countries, read_countries, read_indicator
from tests.sources.figures import countries, indicator

POPULATION = "SP.POP.TOTL"
VALUES = [
    ("NAM", "NA", "Namibia", 2024, 3030131),
    ("QAT", "QA", "Qatar", 2024, 2857822.0),
    ("QAT", "QA", "Qatar", 2023, None),
    ("WLD", "1W", "World", 2024, 8142056446),
    ("", "XX", "Some sum", 2024, 7),
]
AREAS = [
    ("NAM", "NA", "Namibia", "Sub-Saharan Africa", "Upper middle income"),
    ("QAT", "QA", "Qatar", "Middle East", "High income"),
    ("WLD", "1W", "World", "Aggregates", "Aggregates"),
    ("SUM", "XX", "Some sum", "Aggregates", "Aggregates"),
]


def population() -> pd.DataFrame:
    return read_indicator(indicator(POPULATION, VALUES), "pop.json", POPULATION)


def test_values_that_are_there_are_rows() -> None:
    frame = population()
    assert list(frame.columns) == ["iso3", "iso2", "participant", "indicator", "year", "value"]
    assert [str(dtype) for dtype in frame.dtypes] == ["str"] * 4 + ["int64", "float64"]
    assert frame.iloc[0].tolist() == ["NAM", "NA", "Namibia", POPULATION, 2024, 3030131.0]
    assert frame["iso3"].tolist() == ["NAM", "QAT", "WLD", ""]


def test_areas_have_their_income_group_and_aggregates_are_told_apart() -> None:
    frame = read_countries(countries(AREAS), "countries.json")
    assert frame["iso2"].tolist() == ["NA", "QA", "1W", "XX"]
    assert frame["aggregate"].tolist() == [False, False, True, True]
    assert frame.iloc[1].tolist() == ["QAT", "QA", "Qatar", "Middle East", "High income", False]


def test_aggregates_are_taken_out_by_the_publishers_own_list() -> None:
    areas = read_countries(countries(AREAS), "countries.json")
    assert only_countries(population(), areas, "pop.json")["iso3"].tolist() == ["NAM", "QAT"]
    with pytest.raises(UnreadableError, match=r"^pop\.json: 'XX' is not among the areas"):
        only_countries(population(), areas[:3], "pop.json")
