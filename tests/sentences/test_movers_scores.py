"""What is said of the worth of the chances, and of their limits."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from adoption.forecasting.propensity.cases import Question
from adoption.sentences import movers_scores as say
from tests.movers.made import movers
from tests.sentences.test_movers import CASES
from tests.sentences.words import reads_well

QUESTIONS: tuple[Question, ...] = ("consent", "sign")


@pytest.mark.parametrize(("name", "day"), CASES)
def test_every_convention(name: str, day: date) -> None:
    found = movers(name, day)
    texts = [say.score_sentence(found, question) for question in QUESTIONS]
    assert (texts[1] == "") == (found.signing is None)
    note = say.limits_note(found)
    reads_well([*filter(None, texts), note], [say.calibration_title(found)])
    assert ("last signature stands for" in note) == (found.signing is not None)
    assert ("does not reach" in note) == found.status.beyond_reach


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
