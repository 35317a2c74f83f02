"""Codes of areas: a state, an area that is none, or an error; never a guess."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from adoption.data.area_codes import read_area_codes
from adoption.data.names import read_participants
from adoption.errors import AdoptionError
from adoption.paths import reference_folder
from tests.build import fetched


def rows(*areas: tuple[str, str]) -> pd.DataFrame:
    return pd.DataFrame(areas, columns=["iso3", "participant"])


def test_codes_mean_states_or_none() -> None:
    frame = rows(
        ("QAT", "Qatar"),
        ("OMN", "OMAN"),
        ("OMN", "Oman, Sultanate of"),
        ("HKG", "Hong Kong SAR, China"),
        ("YUG", "SERBIA"),
        ("YUG", "Yugoslavia"),
    )
    found = fetched.codes().resolve(frame, "x.csv")
    assert found.tolist() == ["QAT", "OMN", "OMN", "", "SRB", "SRB"]


@pytest.mark.parametrize(
    ("code", "name", "problem"),
    [
        (
            "QTR",
            "Qatar",
            "x.csv: unknown area 'QTR' (Qatar); did you mean QAT? (an area that is no state goes "
            "into data/reference/area-codes.csv)",
        ),
        ("", "Qatar", "x.csv: unknown area '' (Qatar); did you mean "),
        (
            "OMN",
            "qatar",
            "x.csv: the code 'OMN' is Oman, but stands beside the name 'qatar', which is 'QAT'",
        ),
        (
            "HKG",
            "Oman",
            "x.csv: the code 'HKG' is no state, but stands beside the name 'Oman', which is 'OMN'",
        ),
    ],
)
def test_an_unknown_code_or_the_name_of_another_is_an_error(
    code: str, name: str, problem: str
) -> None:
    with pytest.raises(AdoptionError) as caught:
        fetched.codes().resolve(rows(("SRB", "Serbia"), (code, name)), "x.csv")
    assert str(caught.value).startswith(problem)


def test_the_reviewed_codes() -> None:
    participants = read_participants(reference_folder())
    codes = read_area_codes(reference_folder(), participants)
    assert {codes.meant[iso3] == iso3 for iso3 in participants.names} == {True}
    found = {code: codes.meant[code] for code in ("YUG", "ABW", "XKX", "XKK", "CHI")}
    assert found == {"YUG": "SRB", "ABW": "", "XKX": "", "XKK": "", "CHI": ""}
    kosovo = codes.resolve(rows(("XKX", "Kosovo")), "x.json")
    assert kosovo.tolist() == [""]


def test_every_area_of_the_world_bank_that_is_no_state_is_known() -> None:
    """Its list of January 2023 has 194 states of ours, and these."""
    others = [
        "ABW", "ASM", "BMU", "CHI", "CUW", "CYM", "FRO", "GIB", "GRL", "GUM", "HKG", "IMN", "MAC",
        "MAF", "MNP", "NCL", "PRI", "PYF", "SXM", "TCA", "TWN", "VGB", "VIR", "XKX",
    ]  # fmt: skip
    participants = read_participants(reference_folder())
    codes = read_area_codes(reference_folder(), participants)
    assert {code: codes.meant.get(code) for code in others} == dict.fromkeys(others, "")


@pytest.mark.parametrize(
    ("line", "column", "problem"),
    [
        ("QAT,,Qatar,us", "code", "'QAT' is known already"),
        ("HKG,,Hong Kong,us", "code", "'HKG' is known already"),
        ("CSK,CZX,Czechoslovakia,us", "iso3", "'CZX' is not in countries.csv"),
        ("ABW,,Aruba,us", "code", "'ABW' stands twice"),
    ],
)
def test_a_wrong_row_of_the_reviewed_codes(
    tmp_path: Path, line: str, column: str, problem: str
) -> None:
    text = f"code,iso3,name,seen_in\nABW,,Aruba,us\n{line}\n"
    (tmp_path / "area-codes.csv").write_text(text, encoding="utf-8")
    with pytest.raises(AdoptionError) as caught:
        read_area_codes(tmp_path, fetched.participants())
    place = f"data/reference/area-codes.csv: row 3, column {column}: "
    assert str(caught.value) == f"{place}{problem}"
