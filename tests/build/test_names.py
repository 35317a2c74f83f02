"""Names of participants: every known spelling, and never a guess."""

from __future__ import annotations

import pytest

from adoption.data.names import Participants, read_participants, tidy
from adoption.errors import AdoptionError
from adoption.paths import reference_folder
from tests.conftest import DataTree, people, raw_table

ACTS = "raw/acts-cybercrime/acts.csv"
ALIASES = "reference/aliases.csv"


@pytest.fixture(scope="module")
def known() -> Participants:
    return read_participants(reference_folder())


@pytest.mark.parametrize(
    ("spelled", "code"),
    [
        ("Qatar", "QAT"),
        ("Czech Republic", "CZE"),
        ("Czechia", "CZE"),
        ("Türkiye", "TUR"),
        ("Turkey", "TUR"),
        ("Côte d'Ivoire", "CIV"),
        ("Côte d\N{RIGHT SINGLE QUOTATION MARK}Ivoire", "CIV"),
        ("Democratic People\N{RIGHT SINGLE QUOTATION MARK}s Republic of Korea", "PRK"),
        ("Naoero", "NRU"),
        ("European Union", "EUE"),
        ("State of Palestine", "PSE"),
        ("Netherlands (Kingdom of the)", "NLD"),
        ("Congo", "COG"),
        ("Democratic Republic of the Congo", "COD"),
        ("Niger", "NER"),
        ("Nigeria", "NGA"),
        ("Hong Kong", "HKG"),
        ("United Nations", ""),
        ("  Viet \t Nam ", "VNM"),
    ],
)
def test_spellings(known: Participants, spelled: str, code: str) -> None:
    assert known.resolve(raw_table("participant", spelled)).tolist() == [code]


@pytest.mark.parametrize("spelled", ["Quatar", "qatar", "QAT", "", "Korea", "Guinea Ecuatorial"])
def test_an_unknown_name_is_never_guessed(known: Participants, spelled: str) -> None:
    table = raw_table("participant,iso3", "Qatar,QAT", f"{spelled},QAT")
    with pytest.raises(AdoptionError) as caught:
        known.resolve(table)
    line = str(caught.value)
    assert line.startswith(
        f"data/raw/x.csv: row 3, column participant: unknown participant {spelled!r}; nearest: "
    )
    near = line.split("nearest: ")[1].split(" (a new spelling")[0].split(", ")
    assert len(near) >= 3
    assert "data/reference/aliases.csv" in line


def test_the_reviewed_tables_hold_every_member(known: Participants) -> None:
    kinds = known.countries.frame["kind"].value_counts().to_dict()
    assert kinds["member"] == 193
    assert kinds["organization"] == 1
    assert known.names["EUE"] == "European Union"
    assert set(known.codes.values()) == {*known.names, *known.others, ""}
    assert not known.others & known.names.keys()


def test_codes_follow_the_reviewed_spelling_only() -> None:
    codes = people().resolve(raw_table("participant", "Sultanate of Oman", "Qatar"))
    assert codes.to_dict() == {2: "OMN", 3: "QAT"}


@pytest.mark.parametrize(
    ("name", "tidied"),
    [(" a  b\t", "a b"), ("d\N{RIGHT SINGLE QUOTATION MARK}I", "d'I"), ("a\n b", "a b"), ("", "")],
)
def test_tidy(name: str, tidied: str) -> None:
    assert tidy(name) == tidied


@pytest.mark.parametrize(
    ("file", "line", "column", "problem"),
    [
        (ALIASES, "Qatar,OMN,nowhere", "spelling", "'Qatar' already means QAT"),
        (ALIASES, "Atlantis,ATL,nowhere", "iso3", "'ATL' is not in countries.csv"),
        ("reference/other-participants.csv", "Oman,area,XXO", "name", "'Oman' already means OMN"),
    ],
)
def test_reviewed_tables_must_not_contradict_each_other(
    tree: DataTree, file: str, line: str, column: str, problem: str
) -> None:
    row = tree.append(file, line)
    assert tree.refusal() == f"{tree.shown(file)}: row {row}, column {column}: {problem}"


def test_an_unknown_participant_stops_the_build(tree: DataTree) -> None:
    row = tree.replace(ACTS, "hanoi,QAT,Qatar,signature", "hanoi,QAT,Quatar,signature")
    assert tree.refusal() == (
        f"{tree.shown(ACTS)}: row {row}, column participant: unknown participant 'Quatar'; "
        "nearest: Qatar, Malta, Guatemala (a new spelling goes into data/reference/aliases.csv)"
    )
