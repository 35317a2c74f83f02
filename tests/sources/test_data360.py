"""The Global Cybersecurity Index of Data360."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adoption.data.dictionary import table
from adoption.data.readers.data360 import COMPONENTS, read_gci
from adoption.data.readers.decoding import UnreadableError
from tests.sources.figures import gci

OVERALL = "ITU_GCI_GCI_OVRL_SCRE"
ROWS = [
    ("NAM", "Namibia", 2020, "11.47"),
    ("BHS", "Bahamas, The", 2024, "13.366881322674624"),
    ("QAT", "Qatar", 2024, "100.0"),
    ("YEM", "Yemen, Rep.", 2024, ""),
]


def test_a_file_is_one_component() -> None:
    frame = read_gci(gci(OVERALL, ROWS), "x.csv")
    assert list(frame.columns) == ["iso3", "participant", "index", "edition", "component", "value"]
    assert frame.iloc[1].tolist() == [
        "BHS", "Bahamas, The", "GCI", 2024, "overall", 13.366881322674624,
    ]  # fmt: skip
    assert frame["iso3"].tolist() == ["NAM", "BHS", "QAT"]
    assert (str(frame["edition"].dtype), str(frame["value"].dtype)) == ("int64", "float64")


@pytest.mark.parametrize(("code", "component"), [(k, v[0]) for k, v in COMPONENTS.items()])
def test_every_indicator_has_its_component(code: str, component: str) -> None:
    frame = read_gci(gci(code, [("QAT", "Qatar", 2024, "20")]), "x.csv")
    assert frame["component"].tolist() == [component]


def test_the_components_are_those_of_the_table_capacity() -> None:
    column = next(column for column in table("capacity").columns if column.name == "component")
    assert {component for component, _ in COMPONENTS.values()} <= set(column.allowed)


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (gci(OVERALL, ROWS, SEX="F"), "row 2, column SEX: 'F' is not one of _T, _Z"),
        (gci(OVERALL, ROWS, COMP_BREAKDOWN_2="A"), "column COMP_BREAKDOWN_2: 'A' is not one of"),
        (gci(OVERALL, ROWS, OBS_STATUS="E"), "column OBS_STATUS: 'E' is not one of A"),
        (gci(OVERALL, ROWS, UNIT_MULT="3"), "column UNIT_MULT: '3' is not one of 0"),
        (gci(OVERALL, ROWS, UNIT_MEASURE="0_TO_20"), "column UNIT_MEASURE: '0_TO_20' is not one"),
        (gci(OVERALL, ROWS, DATABASE_ID="UN_EGDI"), "'UN_EGDI' is not one of ITU_GCI"),
        (gci(OVERALL, ROWS, INDICATOR="ITU_GCI"), "'ITU_GCI' is not one of ITU_GCI_GCI_OVRL_SCRE"),
        (gci(OVERALL, [*ROWS, ROWS[0]]), "row 6, column REF_AREA: 'NAM' stands twice"),
        (gci(OVERALL, [("QAT", "Qatar", 2024, "100.1")]), "'100.1' is not from 0 to 100"),
        (gci("ITU_GCI_LEGL_SCRE", [("QAT", "Qatar", 2024, "20.5")]), "'20.5' is not from 0 to 20"),
        (gci(OVERALL, [("QAT", "Qatar", 2024, "NaN")]), "'NaN' is not a number"),
        (gci(OVERALL, [("QAT", "Qatar", 24, "1")]), "column TIME_PERIOD: '24' is not a year"),
        (gci(OVERALL, [("QA", "Qatar", 2024, "1")]), "'QA' is not a code of three letters"),
        (gci(OVERALL, [("QAT", "Qatar", 2024, "")]), "x.csv: no values"),
        (gci(OVERALL, []), "no rows below the headings"),
        (gci(OVERALL, ROWS).replace(b"OBS_VALUE", b"OBS_VAL"), "no column OBS_VALUE; did you mean"),
        (gci(OVERALL, ROWS).replace(OVERALL.encode(), b"ITU_GCI_ORG_SCORE", 1), "2 indicators"),
    ],
    ids=range(17),
)  # fmt: skip
def test_another_file_is_refused(content: bytes, problem: str) -> None:
    with pytest.raises(UnreadableError) as caught:
        read_gci(content, "x.csv")
    assert str(caught.value).startswith("x.csv: ")
    assert problem in str(caught.value)


@settings(max_examples=50, deadline=None)
@given(
    st.dictionaries(
        st.tuples(st.from_regex("[A-Z]{3}", fullmatch=True), st.integers(2017, 2030)),
        st.floats(0, 20).map(lambda value: round(value, 15)),
        min_size=1,
    )
)
def test_any_values_are_read_back(found: dict[tuple[str, int], float]) -> None:
    rows = [(iso3, "a name", year, f"{value:.15f}") for (iso3, year), value in found.items()]
    frame = read_gci(gci("ITU_GCI_ORG_SCORE", rows), "x.csv")
    keys = zip(frame["iso3"], frame["edition"], strict=True)
    read = dict(zip(keys, frame["value"], strict=True))
    assert read.keys() == found.keys()
    assert all(abs(read[key] - found[key]) < 1e-12 for key in found)
