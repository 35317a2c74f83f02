"""Names of participants: every known spelling, and never a guess."""

from __future__ import annotations

import pytest

from adoption.data.names import Participants, read_participants
from adoption.errors import AdoptionError
from adoption.paths import reference_folder
from tests.conftest import DataTree, raw_table

ACTS = "raw/acts-cybercrime/acts.csv"
ALIASES = "reference/aliases.csv"


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
)  # fmt: skip
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
    assert len(near) >= 3
    assert "data/reference/aliases.csv" in line


def test_the_reviewed_tables_hold_every_member(known: Participants) -> None:
    kinds = known.countries.frame["kind"].value_counts().to_dict()
    assert kinds["member"] == 193
    assert kinds["organization"] == 1
    assert known.names["EUE"] == "European Union"
    assert set(known.codes.values()) == {*known.names, *known.others, ""}
    assert not known.others & known.names.keys()


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
