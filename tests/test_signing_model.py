"""The logit: against closed forms and the formula interface, and where there can be none."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import cache
from math import log

import numpy as np
import pandas as pd
import pytest
import statsmodels.formula.api as smf

from adoption.countries.signing_model import (
    COVARIATES,
    YES_OR_NO,
    Cases,
    Model,
    NoModel,
    cases,
    fit,
    predict,
    separating,
)
from tests.adopting import NEWEST, adopters


@cache
def model(name: str = "hanoi") -> Model:
    fitted = fit(cases(adopters(name)))
    assert isinstance(fitted, Model)
    return fitted


def made(outcome: list[int], **covariates: Sequence[float]) -> Cases:
    index = pd.Index([f"S{number:03}" for number in range(len(outcome))], name="iso3")
    return Cases(
        outcome=pd.Series(outcome, index, dtype="float64"),
        covariates=pd.DataFrame(covariates, index).astype("float64"),
        cluster=pd.Series([f"C{number % 7}" for number in range(len(outcome))], index),
    )


def two_by_two(a: int, b: int, c: int, d: int) -> Cases:
    """Return a who voted yes and signed, b yes and did not, c no and did, d neither."""
    return made([1] * a + [0] * b + [1] * c + [0] * d, voted_yes=[1] * (a + b) + [0] * (c + d))


# The cases


def test_the_complete_cases() -> None:
    told = cases(adopters("hanoi"))
    names = adopters("hanoi").frame.set_index("iso3")["name"].drop(told.outcome.index)
    assert set(names) == {"Democratic People's Republic of Korea", "Palau"}
    assert len(told.outcome) == 191
    budapest = adopters("hanoi").frame["budapest"].value_counts()
    assert (budapest["party"], budapest["party by report"]) == (71, 5)
    assert told.covariates["budapest_party"].sum() == 76  # its label says that reports count
    assert list(told.covariates) == list(COVARIATES)
    assert told.covariates.index.equals(told.outcome.index)
    assert told.covariates.index.equals(told.cluster.index)
    assert told.covariates.at["QAT", "overall"] == 100
    for name in YES_OR_NO:
        assert set(told.covariates[name]) == {0, 1}
    assert told.covariates["voted_yes"].sum() == 78  # of the 79 one has no GDP: the DPRK
    assert told.covariates["eu"].sum() == 27
    assert told.events == told.outcome.sum() == 71
    assert told.events_needed == 60


def test_standardised_covariates() -> None:
    standard = cases(adopters("hanoi")).standardised()
    assert standard.mean().to_numpy() == pytest.approx(0, abs=1e-12)
    assert standard.std().to_numpy() == pytest.approx(1)


def test_what_does_not_vary_or_does_not_apply_is_no_covariate() -> None:
    assert "budapest_party" not in cases(adopters("budapest")).covariates
    assert "eu" not in cases(adopters("malabo")).covariates


# The fit


def test_the_odds_ratio_of_a_two_by_two_table() -> None:
    fitted = fit(two_by_two(30, 20, 15, 40))
    assert isinstance(fitted, Model)
    (row,) = fitted.coefficients.to_dict("records")
    ratio = (30 * 40) / (20 * 15)
    assert row["step"] == pytest.approx(ratio, rel=1e-6)
    deviation = pd.Series([1] * 50 + [0] * 55).std()
    assert row["odds_ratio"] == pytest.approx(ratio**deviation, rel=1e-6)
    # HC1 of a saturated model: the textbook 1/a + 1/b + 1/c + 1/d, times n / (n - 2).
    error = deviation * ((1 / 30 + 1 / 20 + 1 / 15 + 1 / 40) * 105 / 103) ** 0.5
    assert log(row["hc1_high"] / row["hc1_low"]) / 2 == pytest.approx(1.959964 * error, rel=1e-5)


def test_the_real_coefficients_by_the_formula_interface() -> None:
    told = cases(adopters("hanoi"))
    data = told.covariates.assign(acted=told.outcome, cluster=told.cluster)
    formula = "acted ~ " + " + ".join(COVARIATES)
    groups = data["cluster"].astype("category").cat.codes
    other = smf.logit(formula, data).fit(
        disp=0, cov_type="cluster", cov_kwds={"groups": groups}, use_t=True
    )
    deviation = told.covariates.std()
    for row in model().coefficients.to_dict("records"):
        name = row["covariate"]
        expected = np.exp([other.params[name], *other.conf_int().loc[name]])
        assert [row[column] for column in ("odds_ratio", "low", "high")] == pytest.approx(
            expected ** deviation[name], rel=1e-4
        )


def sandwich(told: Cases, groups: list[str]) -> np.ndarray:
    """Return the standard errors of the real logit, worked out as the textbooks write them."""
    x = np.column_stack([np.ones(len(told.outcome)), told.standardised().to_numpy()])
    y, beta = told.outcome.to_numpy(), np.zeros(x.shape[1])
    for _ in range(25):  # Newton's steps
        p = 1 / (1 + np.exp(-x @ beta))
        bread = np.linalg.inv(x.T @ (x * (p * (1 - p))[:, None]))
        beta += bread @ x.T @ (y - p)
    scores = pd.DataFrame(x * (y - p)[:, None]).groupby(groups).sum().to_numpy()
    variance: np.ndarray = np.diag(bread @ scores.T @ scores @ bread)
    errors: np.ndarray = np.sqrt(variance[1:])
    return errors


def test_the_errors_are_those_of_the_textbook() -> None:
    told, found = model().cases, model().coefficients
    n, k, clusters = len(told.outcome), 7, told.cluster.nunique()
    hc1 = sandwich(told, list(told.outcome.index)) * (n / (n - k)) ** 0.5
    width = np.log((found["hc1_high"] / found["hc1_low"]).to_numpy()) / 2
    assert width == pytest.approx(1.959964 * hc1, rel=1e-5)
    factor = clusters / (clusters - 1) * (n - 1) / (n - k)  # of Stata and statsmodels
    clustered = sandwich(told, told.cluster.tolist()) * factor**0.5
    width = np.log((found["high"] / found["low"]).to_numpy()) / 2
    assert clusters == 17
    assert width == pytest.approx(2.119905 * clustered, rel=1e-5)  # t of 16 degrees


def test_only_a_yes_or_no_has_a_step() -> None:
    found = model().coefficients.set_index("covariate")["step"]
    assert set(found.dropna().index) == YES_OR_NO


def test_the_same_on_every_run() -> None:
    again = fit(cases(adopters("hanoi")))
    assert isinstance(again, Model)
    assert again.validation == model().validation
    pd.testing.assert_frame_equal(again.coefficients, model().coefficients)


def test_the_validation_is_better_than_the_base_rate_and_worse_than_the_fit() -> None:
    told, validation = model().cases, model().validation
    outcome, covariates = told.outcome.to_numpy(), told.standardised().to_numpy()
    inside = predict(outcome, covariates, covariates)
    assert validation.auc_lowest <= validation.auc <= validation.auc_highest
    assert ((inside - outcome) ** 2).mean() < validation.brier < validation.base_brier
    share = outcome.mean()
    assert validation.base_brier == pytest.approx(share * (1 - share), rel=0.01)


def test_the_probabilities_are_those_of_the_formula_interface() -> None:
    told = cases(adopters("hanoi"))
    data = told.covariates.assign(acted=told.outcome)
    other = smf.logit("acted ~ " + " + ".join(COVARIATES), data).fit(disp=0)
    covariates = told.standardised().to_numpy()
    mine = predict(told.outcome.to_numpy(), covariates, covariates[:10])
    assert mine == pytest.approx(other.predict(data).to_numpy()[:10], abs=1e-5)


# Where there can be none


@pytest.mark.parametrize(
    ("outcome", "covariates", "expected"),
    [
        ([0, 0, 1, 1], [[1], [2], [3], [4]], [0]),  # complete
        ([0, 0, 1, 1], [[1], [2], [2], [4]], [0]),  # almost: one value has both outcomes
        ([0, 1, 0, 1], [[1], [2], [3], [4]], []),
        ([0, 1, 1, 1], [[0], [0], [1], [1]], [0]),  # all of one kind have acted
        # Neither by itself, but the sum of the two does it.
        ([0, 0, 1, 1], [[0, 0], [-2, 1], [2, -1], [1, 1]], [0, 1]),
        ([0, 1, 0, 1, 1, 0], [[0, 1], [0, 2], [1, 3], [1, 1], [0, 3], [1, 2]], []),
    ],
)
def test_separation(outcome: list[int], covariates: list[list[int]], expected: list[int]) -> None:
    found = separating(np.array(outcome, dtype=float), np.array(covariates, dtype=float))
    assert found == expected


def test_no_garbage_is_shown_where_a_kind_of_state_has_acted_to_a_state() -> None:
    fitted = fit(two_by_two(20, 0, 15, 40))
    assert isinstance(fitted, NoModel)
    assert (fitted.reason, fitted.covariates) == ("separated", ("voted_yes",))


def test_members_of_the_european_union_and_the_budapest_convention() -> None:
    told = cases(adopters("budapest"))
    assert told.outcome[told.covariates["eu"] == 1].eq(1).all()
    fitted = fit(told)
    assert isinstance(fitted, NoModel)
    assert (fitted.reason, fitted.covariates) == ("separated", ("eu",))


@pytest.mark.parametrize(
    ("name", "day"),
    [("untoc", NEWEST), ("uncac", date(2003, 12, 9)), ("malabo", NEWEST), ("arab-2010", NEWEST),
     ("malabo", date(2014, 6, 27))],
)  # fmt: skip
def test_too_few_states_of_one_outcome(name: str, day: date) -> None:
    fitted = fit(cases(adopters(name, day)))
    assert isinstance(fitted, NoModel)
    assert fitted.reason == "few"
    assert fitted.cases.events < fitted.cases.events_needed


def test_ten_of_the_rarer_outcome_for_each_covariate_are_enough() -> None:
    assert isinstance(fit(two_by_two(4, 30, 6, 20)), Model)
    few = fit(two_by_two(4, 30, 5, 20))
    assert isinstance(few, NoModel)
    assert few.reason == "few"


def test_a_covariate_that_follows_from_another() -> None:
    told = two_by_two(20, 20, 15, 40)
    doubled = made(
        told.outcome.astype(int).tolist(),
        voted_yes=told.covariates["voted_yes"].tolist(),
        voted_no=(1 - told.covariates["voted_yes"]).tolist(),
    )
    fitted = fit(doubled)
    assert isinstance(fitted, NoModel)
    assert fitted.reason == "dependent"
