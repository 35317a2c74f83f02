"""The logit: closed forms, the formula interface, cross-validation, and where there can be none."""

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
    CompleteCases,
    NoSigningModel,
    SigningModel,
    complete_cases,
    cross_validate,
    fit,
    separating,
)
from tests.adopting import NEWEST, adopters


@cache
def model(name: str = "hanoi") -> SigningModel:
    fitted = fit(complete_cases(adopters(name).frame))
    assert isinstance(fitted, SigningModel)
    return fitted


def made(outcome: list[int], **covariates: Sequence[float]) -> CompleteCases:
    index = pd.Index([f"S{number:03}" for number in range(len(outcome))], name="iso3")
    return CompleteCases(
        outcome=pd.Series(outcome, index, dtype="float64"),
        covariates=pd.DataFrame(covariates, index).astype("float64"),
        cluster=pd.Series([f"C{number % 7}" for number in range(len(outcome))], index),
    )


def two_by_two(a: int, b: int, c: int, d: int) -> CompleteCases:
    """Return a who voted yes and signed, b yes and did not, c no and did, d neither."""
    return made([1] * a + [0] * b + [1] * c + [0] * d, voted_yes=[1] * (a + b) + [0] * (c + d))


# The cases


def test_the_complete_cases() -> None:
    found = complete_cases(adopters("hanoi").frame)
    names = adopters("hanoi").frame.set_index("iso3")["name"].drop(found.outcome.index)
    assert set(names) == {"Democratic People's Republic of Korea", "Palau"}
    assert len(found.outcome) == 191
    budapest = adopters("hanoi").frame["budapest"].value_counts()
    assert (budapest["party"], budapest["party by report"]) == (71, 5)
    assert found.covariates["budapest_party"].sum() == 76  # its label says that reports count
    assert list(found.covariates) == list(COVARIATES)
    assert found.covariates.index.equals(found.outcome.index)
    assert found.covariates.index.equals(found.cluster.index)
    assert found.covariates.at["QAT", "overall"] == 100
    for name in YES_OR_NO:
        assert set(found.covariates[name]) == {0, 1}
    assert found.covariates["voted_yes"].sum() == 78  # of the 79 one has no GDP: the DPRK
    assert found.covariates["eu"].sum() == 27
    assert found.events == found.outcome.sum() == 71
    assert found.events_needed == 60


# The fit


def test_the_odds_ratio_of_a_two_by_two_table() -> None:
    fitted = fit(two_by_two(30, 20, 15, 40))
    assert isinstance(fitted, SigningModel)
    (row,) = fitted.coefficients.to_dict("records")
    ratio = (30 * 40) / (20 * 15)
    assert row["step"] == pytest.approx(ratio, rel=1e-6)
    deviation = pd.Series([1] * 50 + [0] * 55).std()
    assert row["odds_ratio"] == pytest.approx(ratio**deviation, rel=1e-6)
    # HC1 of a saturated model: the textbook 1/a + 1/b + 1/c + 1/d, times n / (n - 2).
    error = deviation * ((1 / 30 + 1 / 20 + 1 / 15 + 1 / 40) * 105 / 103) ** 0.5
    assert log(row["hc1_upper"] / row["hc1_lower"]) / 2 == pytest.approx(1.959964 * error, rel=1e-5)


def test_the_real_coefficients_by_the_formula_interface() -> None:
    found = complete_cases(adopters("hanoi").frame)
    data = found.covariates.assign(acted=found.outcome, cluster=found.cluster)
    formula = "acted ~ " + " + ".join(COVARIATES)
    groups = data["cluster"].astype("category").cat.codes
    other = smf.logit(formula, data).fit(
        disp=0, cov_type="cluster", cov_kwds={"groups": groups}, use_t=True
    )
    deviation = found.covariates.std()
    for row in model().coefficients.to_dict("records"):
        name = row["covariate"]
        expected = np.exp([other.params[name], *other.conf_int().loc[name]])
        assert [row[column] for column in ("odds_ratio", "lower", "upper")] == pytest.approx(
            expected ** deviation[name], rel=1e-4
        )


# Where there can be none


@pytest.mark.parametrize(
    ("outcome", "covariates", "expected"),
    [
        ([0, 0, 1, 1], [[1], [2], [3], [4]], [0]),  # complete
        ([0, 0, 1, 1], [[1], [2], [2], [4]], [0]),  # almost: one value has both outcomes
        ([0, 1, 0, 1], [[1], [2], [3], [4]], []),
        # Neither by itself, but the sum of the two does it.
        ([0, 0, 1, 1], [[0, 0], [-2, 1], [2, -1], [1, 1]], [0, 1]),
    ],
)
def test_separation(outcome: list[int], covariates: list[list[int]], expected: list[int]) -> None:
    found = separating(np.array(outcome, dtype=float), np.array(covariates, dtype=float))
    assert found == expected


def test_members_of_the_european_union_and_the_budapest_convention() -> None:
    found = complete_cases(adopters("budapest").frame)
    assert found.outcome[found.covariates["eu"] == 1].eq(1).all()
    fitted = fit(found)
    assert isinstance(fitted, NoSigningModel)
    assert (fitted.reason, fitted.covariates) == ("separated", ("eu",))


@pytest.mark.parametrize(
    ("name", "day"),
    [("untoc", NEWEST),
     ("malabo", date(2014, 6, 27))],
)  # fmt: skip
def test_too_few_states_of_one_outcome(name: str, day: date) -> None:
    fitted = fit(complete_cases(adopters(name, day).frame))
    assert isinstance(fitted, NoSigningModel)
    assert fitted.reason == "few"
    assert fitted.cases.events < fitted.cases.events_needed


def by_first(outcome: object, covariates: object, others: np.ndarray) -> np.ndarray:
    """Give each state its first covariate as probability, whatever there is to learn."""
    del outcome, covariates
    first: np.ndarray = others[:, 0]
    return first


def test_a_model_that_knows_and_one_that_does_not() -> None:
    outcome = np.array([1.0, 0.0] * 20)
    regions = np.repeat(["a", "b", "c", "d"], 10)
    knows = cross_validate(outcome, outcome[:, None], regions, by_first)
    assert (knows.auc, knows.auc_lowest, knows.auc_highest, knows.brier) == (1, 1, 1, 0)
    blind = cross_validate(outcome, np.full((40, 1), 0.5), regions, by_first)
    assert (blind.auc, blind.brier) == (0.5, 0.25)
    assert (knows.auc_regions, blind.auc_regions) == (1, 0.5)
    # In each part 16 of the 32 others have acted, so that the base rate is one half.
    assert knows.base_brier == blind.base_brier == 0.25


def test_the_same_seed_gives_the_same_result_and_another_does_not() -> None:
    random = np.random.default_rng(1)
    outcome = np.array([1.0] * 20 + [0.0] * 30)
    covariates = random.random((50, 1))
    args = (outcome, covariates, np.arange(50) % 5, by_first)
    first, second = (cross_validate(*args) for _ in range(2))
    assert first == second
    assert cross_validate(*args, seed=1) != first


def test_a_sub_region_left_out_is_not_learnt_from() -> None:
    def mean_of_own(outcome: np.ndarray, covariates: np.ndarray, others: np.ndarray) -> np.ndarray:
        same = [outcome[covariates[:, 0] == region] for region in others[:, 0]]
        return np.array([own.mean() if len(own) else outcome.mean() for own in same])

    outcome, regions = np.repeat([1.0, 0.0], 20), np.repeat([0, 1], 20)
    found = cross_validate(outcome, regions[:, None], regions, mean_of_own)
    assert (found.auc, found.auc_regions) == (1, 0)  # each half knows the other half alone


def test_an_outcome_rarer_than_the_folds() -> None:
    outcome = np.array([1.0] * 4 + [0.0] * 10)
    with pytest.raises(ValueError, match="each outcome"):
        cross_validate(outcome, outcome[:, None], np.arange(14), by_first)
