"""Scores by hand, and intervals by another library."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm
from scipy.special import logit
from scipy.stats import poisson

from adoption.forecasting.propensity import backtest
from adoption.forecasting.propensity import covariates as module
from adoption.forecasting.propensity.backtest import METHODS, load_validation
from adoption.forecasting.propensity.covariates import with_covariates
from adoption.forecasting.propensity.validation import (
    covered,
    dispersion,
    interval,
    log_loss,
    score,
    tenths,
)
from adoption.law.status import Row
from tests.movers.made import movers

FRAME = pd.DataFrame(
    {
        "treaty": ["A", "A", "B", "B"],
        "iso3": ["AAA", "BBB", "AAA", "BBB"],
        "outcome": [1.0, 0.0, 1.0, 1.0],
        "model": [0.5, 0.25, 0.5, 0.75],
    }
)


def test_scores_by_hand() -> None:
    found = score(FRAME, "model")
    assert found["brier"] == pytest.approx((0.25 + 0.0625 + 0.25 + 0.0625) / 4)
    assert found["log_loss"] == pytest.approx(
        -(math.log(0.5) + math.log(0.75) + math.log(0.5) + math.log(0.75)) / 4
    )
    assert found["auc"] == 1.0
    assert found["within"] == 1.0  # of treaty A alone: B has one outcome
    assert (found["treaties"], found["cases"], found["acted"], found["expected"]) == (2, 4, 3, 2.0)


def test_one_outcome_has_no_area() -> None:
    found = score(FRAME[FRAME["treaty"] == "B"], "model")
    assert math.isnan(float(str(found["auc"])))
    assert math.isnan(float(str(found["within"])))


def test_a_certain_error_costs_much_but_not_everything() -> None:
    assert log_loss(np.array([1.0]), np.array([0.0])) == pytest.approx(-math.log(1e-4))


def test_dispersion_by_moments() -> None:
    # Expected 0.75 and 1.25, seen 1 and 2.
    seen = ((1 - 0.75) ** 2 - 0.75 + (2 - 1.25) ** 2 - 1.25) / (0.75**2 + 1.25**2)
    assert seen < 0
    assert dispersion(FRAME) == 0.0
    many = FRAME.assign(outcome=[5.0, 5.0, 0.0, 0.0])
    by_hand = ((10 - 0.75) ** 2 - 0.75 + 1.25**2 - 1.25) / (0.75**2 + 1.25**2)
    assert dispersion(many) == pytest.approx(by_hand)


@pytest.mark.parametrize("expected", [0.3, 3.0, 40.0])
def test_without_dispersion_the_interval_is_that_of_poisson(expected: float) -> None:
    low, high = poisson.ppf([0.1, 0.9], expected)
    assert interval(expected, 0.0, 1000) == (low, high)


def test_an_interval_keeps_to_the_states_there_are() -> None:
    assert interval(30.0, 2.0, 35)[1] == 35
    assert interval(0.0, 1.0, 0) == (0, 0)


def test_a_treaty_is_covered_by_the_spread_of_the_others() -> None:
    assert covered(FRAME) == 1.0
    assert covered(FRAME.assign(outcome=[50.0, 0.0, 0.0, 0.0])) == 0.5


def test_tenths_hold_every_case_once_in_order() -> None:
    random = np.random.default_rng(1)
    frame = pd.DataFrame(
        {
            "treaty": [f"T{n % 7}" for n in range(103)],
            "iso3": [f"S{n:03}" for n in range(103)],
            "outcome": (random.random(103) < 0.3).astype("float64"),
            "model": random.random(103),
        }
    )
    found = tenths(frame)
    assert found["cases"].sum() == 103
    assert found["cases"].between(10, 11).all()
    assert (found["lowest"].to_numpy()[1:] >= found["highest"].to_numpy()[:-1]).all()
    assert found["chance"].is_monotonic_increasing
    assert ((found["low"] <= found["share"]) & (found["share"] <= found["high"])).all()
    assert (found["share"] * found["cases"]).sum() == pytest.approx(frame["outcome"].sum())


# The back-test beats its baselines, and is a table of plain values.


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


# Covariates of today: standardised, and learnt from other conventions than the one scored.


def made() -> tuple[pd.DataFrame, pd.DataFrame]:
    random = np.random.default_rng(5)
    x = random.normal(size=50)
    codes = [f"S{n}" for n in range(50)]
    parts = [
        pd.DataFrame(
            {
                "treaty": number,
                "iso3": codes,
                "model": 0.3,
                "outcome": (random.random(50) < 0.2 + 0.3 * (x > 0)).astype("float64"),
            }
        )
        for number in ("A", "B", "C")
    ]
    return pd.concat(parts, ignore_index=True), pd.DataFrame({"x": x}, index=codes)


def test_a_convention_does_not_teach_its_own_chances() -> None:
    frame, told = made()
    one = with_covariates(frame, ["A", "B"], told)
    assert set(one["treaty"]) == {"A", "B"}
    turned = frame["treaty"].eq("A")
    other = with_covariates(
        frame.assign(outcome=frame["outcome"].where(~turned, 1 - frame["outcome"])),
        ["A", "B"], told,
    )  # fmt: skip
    of_a = one["treaty"] == "A"
    assert one.loc[of_a, "covariates"].tolist() == other.loc[of_a, "covariates"].tolist()
    assert one.loc[~of_a, "covariates"].tolist() != other.loc[~of_a, "covariates"].tolist()


def test_without_a_penalty_it_is_the_logit_with_an_offset(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "RIDGE", 0.0)
    frame, told = made()
    found = with_covariates(frame, ["A", "B"], told)
    b = frame[frame["treaty"] == "B"]
    x = sm.add_constant(told.reindex(b["iso3"]).to_numpy())
    offset = np.full(len(b), logit(0.3))
    usual = sm.GLM(b["outcome"], x, sm.families.Binomial(), offset=offset).fit()
    expected = usual.predict(x, offset=offset)
    assert found.loc[found["treaty"] == "A", "covariates"].to_numpy() == pytest.approx(expected)
