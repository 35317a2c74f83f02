"""The World Bank's API: values and areas, and what it says when it fails."""

from __future__ import annotations

import json
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adoption.data.readers.decoding import UnreadableError
from adoption.data.readers.worldbank import only_countries, read_countries, read_indicator
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
    gci = population()[["iso3", "value"]].iloc[:3]
    assert only_countries(gci, areas, "x")["iso3"].tolist() == ["NAM", "QAT"]


def test_an_area_that_is_not_in_the_list_is_refused() -> None:
    areas = read_countries(countries(AREAS[1:]), "countries.json")
    with pytest.raises(UnreadableError, match=r"^pop\.json: 'NAM' is not among the areas; did you"):
        only_countries(population(), areas, "pop.json")
    areas = read_countries(countries(AREAS[:3]), "countries.json")
    with pytest.raises(UnreadableError, match="'XX' is not among the areas"):
        only_countries(population(), areas, "pop.json")


def test_a_number_of_the_paging_may_be_text() -> None:
    content = indicator(POPULATION, VALUES, pages="1", total="5")
    assert len(read_indicator(content, "x", POPULATION)) == 4


def changed(**fields: Any) -> bytes:
    """Return the answer with fields of its first row changed."""
    answer = json.loads(indicator(POPULATION, VALUES))
    answer[1][0] |= fields
    return json.dumps(answer).encode()


MESSAGE = b'[{"message":[{"id":"120","key":"Invalid value","value":"The provided parameter"}]}%s]'


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (MESSAGE % b"", "the World Bank answers: 'Invalid value', 'The provided parameter'"),
        (MESSAGE % b",null", "the World Bank answers: 'Invalid value', 'The provided parameter'"),
        (b'[{"message": "Endpoint not found"}]', "the World Bank answers: 'Endpoint not found'"),
        (b'[{"message": []}]', "the World Bank answers: a list"),
        (b"<html>Service unavailable", "an HTML page, in place of the JSON"),
        (b"[]", "not an array of paging and rows"),
        (b"{}", "not an array of paging and rows"),
        (b'[{"page":1,"pages":1,"total":0}, null]', "no rows were found"),
        (b'[{"page":1,"pages":1,"total":0}, []]', "no values of SP.POP.TOTL"),
        (b'[{"page":1,"pages":1,"total":1}, [7]]', "row 1: not an object"),
        (indicator(POPULATION, VALUES, pages=2), "5 rows of 5 on 2 pages; the whole is expected"),
        (indicator(POPULATION, VALUES, total=6), "5 rows of 6 on 1 pages"),
        (indicator(POPULATION, VALUES, pages=[1]), "5 rows of 5 on a list pages"),
        (indicator("NY.GDP.PCAP.CD", VALUES), "row 1: not the indicator SP.POP.TOTL"),
        (indicator(POPULATION, VALUES[:1] * 2), "'NA 2024' stands twice"),
        (changed(date="2024Q1"), "row 1: date '2024Q1' is not a year"),
        (changed(date=2024), "row 1: date is not a text"),
        (changed(value="3030131"), "row 1: value '3030131' is not a number"),
        (changed(value=True), "row 1: value true is not a number"),
        (changed(value=-1), "row 1: -1 is not from 0 to 1e+11"),
        (changed(value=10**400), "is not from 0 to 1e+11"),
        (changed(value=1).replace(b'"value": 1,', b'"value": 1e999,'), "inf is not from 0 to"),
        (changed(value=1).replace(b'"value": 1,', b'"value": NaN,'), "NaN is not a number"),
        (changed(value=1).replace(b'"value": 1, ', b""), "row 1: value 'missing' is not a number"),
        (changed(country="Namibia"), "row 1: country.id is not a text"),
        (changed(countryiso3code=None), "row 1: countryiso3code is not a text"),
        (changed(country={"id": "NA", "value": "x" * 121}), "country.value is not a text"),
    ],
    ids=range(27),
)  # fmt: skip
def test_another_answer_is_refused(content: bytes, problem: str) -> None:
    with pytest.raises(UnreadableError) as caught:
        read_indicator(content, "pop.json", POPULATION)
    assert str(caught.value).startswith("pop.json: ")
    assert problem in str(caught.value)


def test_an_unknown_indicator_names_the_nearest() -> None:
    with pytest.raises(
        UnreadableError, match=r"unknown indicator 'SP\.POP\.TOT'; did you mean SP\.P"
    ):
        read_indicator(b"[]", "x", "SP.POP.TOT")


def test_per_cent_has_its_own_bounds() -> None:
    users = "IT.NET.USER.ZS"
    with pytest.raises(UnreadableError, match=r"100\.5 is not from 0 to 100"):
        read_indicator(indicator(users, [("QAT", "QA", "Qatar", 2024, 100.5)]), "x", users)


@pytest.mark.parametrize(
    ("rows", "problem"),
    [
        (AREAS[:2], "0 aggregates among 2 areas; some of both are expected"),
        (AREAS[2:], "2 aggregates among 2 areas"),
        ([], "0 aggregates among 0 areas"),
        ([*AREAS, AREAS[0]], "'NAM' stands twice"),
        (
            [("NA", "NA", "Namibia", "Africa", "x"), *AREAS],
            "id 'NA' is not a code of three letters",
        ),
    ],
)
def test_another_list_of_areas_is_refused(
    rows: list[tuple[str, str, str, str, str]], problem: str
) -> None:
    with pytest.raises(UnreadableError) as caught:
        read_countries(countries(rows), "countries.json")
    assert problem in str(caught.value)


@settings(max_examples=50, deadline=None)
@given(
    st.dictionaries(
        st.tuples(st.sampled_from(["NA", "QA", "OM", "1W"]), st.integers(1960, 2030)),
        st.none() | st.floats(0, 1e11) | st.integers(0, 10**11),
        min_size=1,
    )
)
def test_any_values_are_read_back(found: dict[tuple[str, int], float | None]) -> None:
    rows = [(f"{iso2}X"[-3:], iso2, iso2, year, value) for (iso2, year), value in found.items()]
    there = {key: float(value) for key, value in found.items() if value is not None}
    if not there:
        with pytest.raises(UnreadableError, match="no values"):
            read_indicator(indicator(POPULATION, rows), "x", POPULATION)
        return
    frame = read_indicator(indicator(POPULATION, rows), "x", POPULATION)
    assert dict(zip(zip(frame["iso2"], frame["year"], strict=True), frame["value"], strict=True)) \
        == there  # fmt: skip
