"""What is said of the readiness gap: none, one, many, and of whom nothing is known."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pytest

from adoption.countries.readiness import Readiness, readiness
from adoption.sentences.readiness import readiness_note, readiness_sentence
from tests.adopting import CASES, adopters

FAULTS = r"\bnan\b|None|NaT|  |\.\.|\bno in\b|\bthe the\b|\b1 (are|have|states)\b"
START = "Of the {} known to have signed and with pillar values in the GCI 2024, "
END = " less than half of the points in the legal, technical or cooperation pillar"
VALUES, ONE = "others with values", "other state with values"


def ready(**changes: object) -> Readiness:
    return replace(readiness(adopters("hanoi")), **changes)  # type: ignore[arg-type]


@pytest.mark.parametrize(("name", "day", "edition"), CASES)
def test_every_convention(name: str, day: date, edition: int) -> None:
    found = adopters(name, day, edition)
    for text in (
        readiness_sentence(readiness(found), found),
        readiness_note(readiness(found), found),
    ):
        assert not re.search(FAULTS, text), text
        assert text.endswith(".")


def test_the_real_gap() -> None:
    text = readiness_sentence(ready(), adopters("hanoi"))
    assert (
        text == f"{START.format('72 states')}21 (29%) have{END}; of the 120 {VALUES}, 66 (55%) do."
    )
    note = readiness_note(ready(), adopters("hanoi"))
    assert note.startswith("Of them, 4 in the legal, 19 in the technical and 14 in the cooperation")
    # Newcombe's formula by hand for 21 of 72: (0.2917 + 0.0267 ± 0.1049 ...) gives 20% to 41%.
    assert "is 20% to 41%; of the others, 46% to 64%." in note
    assert "Palau has signed without a value" in note
    assert "how ready it is is not known" in note


@pytest.mark.parametrize(
    ("rows", "assessed", "others", "expected"),
    [
        (0, 9, (4, 8), f"{START.format('9 states')}none have{END}; of the 8 {VALUES}, 4 (50%) do."),
        (1, 4, (0, 8), f"{START.format('4 states')}1 (25%) has{END}; of the 8 {VALUES}, none do."),
        (1, 1, (1, 1), f"{START.format('1 state')}1 (100%) has{END}; the one {ONE} does."),
        (2, 4, (0, 1), f"{START.format('4 states')}2 (50%) have{END}; the one {ONE} does not."),
        (2, 4, (0, 0), f"{START.format('4 states')}2 (50%) have{END}."),
    ],
)  # fmt: skip
def test_none_one_and_many(
    rows: int, assessed: int, others: tuple[int, int], expected: str
) -> None:
    found = ready(
        short=ready().short.head(rows),
        assessed=assessed,
        others_short=others[0],
        others_assessed=others[1],
    )
    assert readiness_sentence(found, adopters("hanoi")) == expected


def test_nobody_assessed() -> None:
    found = ready(short=ready().short.head(0), assessed=0, unknown=("Palau", "Yemen"))
    assert readiness_sentence(found, adopters("hanoi")) == (
        "No state with pillar values in the GCI 2024 is known to have signed."
    )
    note = readiness_note(found, adopters("hanoi"))
    assert "Palau and Yemen have signed without a value" in note
    assert "how ready they are is not known" in note
    assert "Wilson" not in note
