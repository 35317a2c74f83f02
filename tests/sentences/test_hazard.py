"""What is said of the pooled chance."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from adoption.forecasting.hazard import ENDS, Counts, Hazard, effects, estimate_hazard
from adoption.law.conventions import load_conventions
from adoption.show import hazard as say
from tests.sentences.words import reads_well
from tests.survival.made import NEWEST, STEPS, data, pooled

CONVENTIONS = load_conventions()


def made(*shares: float) -> Hazard:
    """Return the chance of ten like treaties with these shares by step, then 1 % a step."""
    steps = len(ENDS["consent"])
    acted = np.array([*shares, *[0.01] * (steps - len(shares))]) * 200
    own = Counts(20, 0, np.full(steps, 200.0), acted)
    return estimate_hazard({f"I-{number}": own for number in range(10)}, "consent")


@pytest.mark.parametrize("day", [NEWEST, date(1998, 9, 11)])
def test_any_day(day: date) -> None:
    for step in STEPS:
        hazard = pooled(step, day)
        placed = effects(hazard, [CONVENTIONS["rotterdam"]], data(), day)
        texts = [say.hazard_sentence(hazard), say.first_day_sentence(hazard),
                 say.method_note(hazard)]  # fmt: skip
        titles = [say.hazard_title(hazard), say.effect_title(placed, hazard)]
        reads_well(texts, titles)


def test_when_the_chance_is_highest() -> None:
    # Half-years of 5, 10 and 10 %: 1 - 0.9 squared is 19 % a year; the last two years have 1 %.
    assert say.hazard_title(made(0.05, 0.1, 0.1)) == (
        "The chance to consent is highest 0.5 to 1.5 years after signing, 19% a year; after 18 "
        "years it is under 1%"
    )


def test_too_few_treaties() -> None:
    hazard = estimate_hazard({}, "consent")
    assert say.hazard_title(hazard) == say.NO_MODEL
    assert say.hazard_sentence(hazard) == say.method_note(hazard) == f"{say.NO_MODEL}."
    assert say.first_day_sentence(hazard) == ""
    assert say.effect_title(effects(hazard, [], data(), NEWEST), hazard) == say.NO_MODEL
