"""What is said of the pooled chance."""

from __future__ import annotations

import re
from datetime import date

import numpy as np
import pytest

from adoption.forecasting.survival.hazard import Hazard, effects, estimate_hazard
from adoption.forecasting.survival.risk_sets import ENDS, Counts
from adoption.law.conventions import load_conventions
from adoption.sentences import hazard as say
from tests.survival.made import FAULTS, NEWEST, STEPS, data, pooled

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
        for said in [*texts, *titles]:
            assert said
            assert not re.search(FAULTS, said), said
        assert all(text.endswith(".") for text in texts)


def test_when_the_chance_is_highest() -> None:
    # Half-years of 5, 10 and 10 %: 1 - 0.9 squared is 19 % a year; the last two years have 1 %.
    assert say.hazard_title(made(0.05, 0.1, 0.1)) == (
        "The chance to consent is highest 0.5 to 1.5 years after signing, 19% a year; after 18 "
        "years it is under 1%"
    )


def test_steps_that_cannot_be_told_from_the_highest_are_with_it() -> None:
    title = say.hazard_title(made(0.05, 0.1, 0.105, 0.05))
    assert "highest 0.5 to 1.5 years after signing, 19% to 20% a year" in title


def test_the_real_one_rests_on_what_it_says() -> None:
    hazard = pooled("consent")
    text = say.hazard_sentence(hazard)
    assert f"Over {hazard.treaties} treaties and {hazard.acts:,} consents" in text
    none = sum(share == 0 for share in hazard.first_shares)
    assert f"on {none} of {len(hazard.first_shares)} treaties no state consented that day" in (
        say.first_day_sentence(hazard)
    )


def test_a_chance_that_only_falls_is_not_said_twice() -> None:
    text = say.hazard_sentence(pooled("signature"))
    assert "at first and 3% (2% to 4%) 2.5 years after opening." in text
    assert "at most" not in text


def test_where_a_convention_lies() -> None:
    hazard = pooled("consent")
    said = {
        name: say.effect_title(effects(hazard, [CONVENTIONS[name]], data(), NEWEST), hazard)
        for name in ("hanoi", "untoc", "budapest")
    }
    assert said["hanoi"] == "Hanoi cannot be placed yet: its list covers no whole step of time"
    assert said["untoc"].startswith("UNTOC, odds to consent: 1.39 times a typical treaty's (1.16")
    assert "not to be told apart from a typical treaty's" in said["budapest"]


def test_too_few_treaties() -> None:
    hazard = estimate_hazard({}, "consent")
    assert say.hazard_title(hazard) == say.NO_MODEL
    assert say.hazard_sentence(hazard) == say.method_note(hazard) == f"{say.NO_MODEL}."
    assert say.first_day_sentence(hazard) == ""
    assert say.effect_title(effects(hazard, [], data(), NEWEST), hazard) == say.NO_MODEL
