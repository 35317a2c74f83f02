"""What is said of the readiness gap: none, one, many, and of whom nothing is known."""

from __future__ import annotations

from dataclasses import replace

import pytest

from adoption.countries.association import Readiness, readiness
from adoption.sentences.association import readiness_sentence
from tests.adopting import adopters

START = "Of the {} known to have signed and with pillar values in the GCI 2024, "
END = " less than half of the points in the legal, technical or cooperation pillar"
VALUES, ONE = "others with values", "other state with values"


def ready(**changes: object) -> Readiness:
    return replace(readiness(adopters("hanoi")), **changes)  # type: ignore[arg-type]


def test_the_real_gap() -> None:
    text = readiness_sentence(ready(), adopters("hanoi"))
    assert (
        text == f"{START.format('72 states')}21 (29%) have{END}; of the 120 {VALUES}, 66 (55%) do."
    )


@pytest.mark.parametrize(
    ("rows", "assessed", "others", "expected"),
    [
        (0, 9, (4, 8), f"{START.format('9 states')}none have{END}; of the 8 {VALUES}, 4 (50%) do."),
        (1, 4, (0, 8), f"{START.format('4 states')}1 (25%) has{END}; of the 8 {VALUES}, none do."),
        (1, 1, (1, 1), f"{START.format('1 state')}1 (100%) has{END}; the one {ONE} does."),
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
