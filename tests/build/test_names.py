"""Names of participants: every known spelling, and never a guess."""

from __future__ import annotations

import pandas as pd
import pytest

from adoption.core.errors import AdoptionError
from adoption.core.paths import reference_folder
from adoption.tables.names import Participants, read_participants
from tests.build import fetched
from tests.conftest import DataTree, raw_table, starts

ACTS = "raw/acts-cybercrime/acts.csv"
ALIASES, AREAS = "reference/aliases.csv", "reference/area-codes.csv"


@pytest.fixture(scope="module")
def known() -> Participants:
    return read_participants(reference_folder())


@pytest.mark.parametrize(
    ("spelled", "code"),
    [
        ("Czech Republic", "CZE"),
        ("Côte d'Ivoire", "CIV"),
        ("Naoero", "NRU"),
        ("European Union", "EUE"),
        ("Democratic Republic of the Congo", "COD"),
        ("Hong Kong", "HKG"),
        ("United Nations", ""),
        ("  Viet \t Nam ", "VNM"),
    ],
)
def test_spellings(known: Participants, spelled: str, code: str) -> None:
    assert known.resolve(raw_table("participant", spelled)).tolist() == [code]


@pytest.mark.parametrize("spelled", ["Quatar", "qatar", "", "Korea"])
def test_an_unknown_name_is_never_guessed(known: Participants, spelled: str) -> None:
    table = raw_table("participant,iso3", "Qatar,QAT", f"{spelled},QAT")
    with pytest.raises(AdoptionError) as caught:
        known.resolve(table)
    line = str(caught.value)
    assert line.startswith(
        f"data/raw/x.csv: row 3, column participant: unknown participant {spelled!r}; nearest: "
    )
    near = line.split("nearest: ")[1].split(" (a new spelling")[0].split(", ")
    found = {"Quatar": "Qatar", "qatar": "Qatar", "": "none", "Korea": "Republic of Korea"}
    assert found[spelled] in near
    assert "data/reference/aliases.csv" in line


@pytest.mark.parametrize(
    ("file", "line", "column", "problem"),
    [
        (ALIASES, "Qatar,OMN,nowhere", "spelling", "'Qatar' already means QAT"),
        (ALIASES, "Atlantis,ATL,nowhere", "iso3", "'ATL' is not in countries.csv"),
        ("reference/other-participants.csv", "Oman,area,XXO", "name", "'Oman' already means OMN"),
        (AREAS, "QAT,,Qatar,us", "code", "'QAT' is known already"),
        (AREAS, "CSK,CZX,Czechoslovakia,us", "iso3", "'CZX' is not in countries.csv"),
        (AREAS, "ABW,,Aruba,us", "code", "'ABW' is duplicated"),
    ],
)
def test_reviewed_tables_must_not_contradict_each_other(
    tree: DataTree, file: str, line: str, column: str, problem: str
) -> None:
    row = tree.append(file, line)
    with pytest.raises(AdoptionError) as caught:
        read_participants(tree.reference)
    assert str(caught.value) == f"{tree.shown(file)}: row {row}, column {column}: {problem}"


def test_an_unknown_participant_stops_the_build(tree: DataTree) -> None:
    row = tree.replace(ACTS, "hanoi,QAT,Qatar,signature", "hanoi,QAT,Quatar,signature")
    assert tree.refusal() == (
        f"{tree.shown(ACTS)}: row {row}, column participant: unknown participant 'Quatar'; "
        "nearest: Qatar, Equatorial Guinea (a new spelling goes into data/reference/aliases.csv)"
    )


def rows(*areas: tuple[str, str]) -> pd.DataFrame:
    return pd.DataFrame(areas, columns=["iso3", "participant"])


@pytest.mark.parametrize(
    ("code", "name", "problem"),
    [
        (
            "QTR",
            "Qatar",
            "x.csv: unknown area 'QTR' (Qatar); did you mean QAT? (an area that is no state goes "
            "into data/reference/area-codes.csv)",
        ),
        (
            "OMN",
            "qatar",
            "x.csv: the code 'OMN' is Oman, but is given for the name 'qatar', which is 'QAT'",
        ),
        (
            "HKG",
            "Oman",
            "x.csv: the code 'HKG' is no state, but is given for the name 'Oman', which is 'OMN'",
        ),
    ],
)
def test_an_unknown_code_or_anothers_name_is_an_error(code: str, name: str, problem: str) -> None:
    with pytest.raises(AdoptionError, match=starts(problem)):
        fetched.participants().resolve_areas(rows(("SRB", "Serbia"), (code, name)), "x.csv")


def test_every_area_of_the_world_bank_that_is_no_state_is_known(known: Participants) -> None:
    """Its list of January 2023 has 194 states of ours, and these."""
    others = [
        "ABW",
        "ASM",
        "BMU",
        "CHI",
        "CUW",
        "CYM",
        "FRO",
        "GIB",
        "GRL",
        "GUM",
        "HKG",
        "IMN",
        "MAC",
        "MAF",
        "MNP",
        "NCL",
        "PRI",
        "PYF",
        "SXM",
        "TCA",
        "TWN",
        "VGB",
        "VIR",
        "XKX",
    ]
    assert {code: known.areas.get(code) for code in others} == dict.fromkeys(others, "")
    assert {known.areas[iso3] == iso3 for iso3 in known.names} == {True}
    assert known.areas["YUG"] == "SRB"
