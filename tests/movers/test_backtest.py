"""The back-test beats its baselines, and is a table of plain values."""

from __future__ import annotations

import pandas as pd
import pytest

from adoption.forecasting.propensity import backtest
from adoption.forecasting.propensity.backtest import METHODS, load_validation
from adoption.law.status import Row
from tests.movers.made import movers


@pytest.fixture(scope="module")
def validation() -> pd.DataFrame:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(backtest, "MOMENTS", {"consent": (365,), "sign": (37,)})
        return load_validation()


def methods(validation: pd.DataFrame, question: str) -> dict[str, Row]:
    own = validation[validation["question"] == question]
    whole = own[own["moment"].isna()].to_dict("records")
    return {row["method"]: row for row in whole}


@pytest.mark.parametrize("question", ["consent", "sign"])
def test_the_model_beats_every_baseline(validation: pd.DataFrame, question: str) -> None:
    by = methods(validation, question)
    assert set(by) == set(METHODS)
    for baseline in ("alone", "pace", "share", "rate"):
        assert by["model"]["brier"] < by[baseline]["brier"]
        assert by["model"]["log_loss"] < by[baseline]["log_loss"]
    assert by["model"]["within"] > 0.7
    assert by["alone"]["within"] == pytest.approx(0.5)  # it cannot tell states apart
    assert by["model"]["expected"] == pytest.approx(by["model"]["acted"], rel=0.1)
    assert by["forward"]["cases"] < by["model"]["cases"]
    assert by["registry"]["treaties"] == by["covariates"]["treaties"] == 6


def test_the_covariates_of_today_are_left_out_for_a_reason(validation: pd.DataFrame) -> None:
    by = methods(validation, "consent")
    assert by["covariates"]["log_loss"] > by["registry"]["log_loss"]


def test_chances_are_calibrated() -> None:
    found = movers("hanoi")
    assert found.signing is not None
    for outlook in (found.consent, found.signing):
        own = outlook.tenths
        assert own["tenth"].tolist() == list(range(1, 11))
        assert own["share"].iloc[-1] > 4 * own["share"].iloc[:5].mean()
        assert (own["chance"] - own["share"]).abs().mean() < 0.015


def test_each_row_is_a_question_moment_and_method(validation: pd.DataFrame) -> None:
    assert not validation.duplicated(["question", "moment", "method"]).any()
    plain = validation.select_dtypes(["number", "str", "object"])
    assert list(plain) == list(validation)
