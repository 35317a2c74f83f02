"""What is said of the worth of the chances, and of their limits."""

from __future__ import annotations

import re
from datetime import date

import pandas as pd
import pytest

from adoption.forecasting.propensity.cases import Question
from adoption.sentences import movers_scores as say
from tests.movers.made import NEWEST, movers
from tests.sentences.test_movers import CASES, FAULTS

QUESTIONS: tuple[Question, ...] = ("consent", "sign")


@pytest.mark.parametrize(("name", "day"), CASES)
def test_every_convention(name: str, day: date) -> None:
    found = movers(name, day)
    texts = [say.score_sentence(found, question) for question in QUESTIONS]
    assert (texts[1] == "") == (found.signing is None)
    note = say.limits_note(found)
    for text in (*filter(None, texts), note):
        assert not re.search(FAULTS, text), text
        assert text.endswith(".")
    assert note.startswith("This is a model")
    assert ("last signature stands for" in note) == (found.signing is not None)
    assert ("does not reach" in note) == found.status.beyond_reach
    assert not re.search(FAULTS, say.calibration_title(found))


def test_the_scores_are_those_measured() -> None:
    found = movers("hanoi")
    scores = found.consent.scores.set_index("method")
    text = say.score_sentence(found, "consent")
    assert f"Tried on {scores['treaties'].iloc[0]} treaties at the same age" in text
    for method in ("model", "alone", "rate"):
        assert f"{scores['brier'][method]:.3f}" in text
    last = found.consent.tenths.iloc[-1]
    assert f"{last['share']:.0%} consented" in say.calibration_title(found)


def test_a_regional_convention_and_one_without_signatories() -> None:
    note = say.limits_note(movers("malabo", NEWEST))
    assert "Only members of the African Union could join" in note
    assert "Signatures are left out" in note
    note = say.limits_note(movers("hanoi"))
    assert "Only members" not in note
    assert (
        "The model counts the days after 10 February 2026, to which it is nearly complete, as days "
        "without further acts."
    ) in note


@pytest.mark.parametrize(("told", "verdict"), [(0.3, "no better"), (0.1, "better")])
def test_the_registry_and_what_covariates_add(told: float, verdict: str) -> None:
    scores = pd.DataFrame(
        {
            "question": "consent",
            "moment": pd.array([None, None, 365], dtype="Int64"),
            "method": ["registry", "covariates", "covariates"],
            "treaties": 6,
            "acted": 1411,
            "expected": 1390.6,
            "log_loss": [0.2, told, 9.0],
        }
    )
    text = say.registry_sentence(scores, "consent")
    assert f"make the chances to consent to be bound {verdict} (log loss {told:.3f} with" in text
    assert text.startswith("On the six conventions of the registry")
    assert "the model expected 1,391 acts and 1,411 came" in text
