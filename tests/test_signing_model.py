"""The logit: against closed forms and the formula interface, and where there can be none."""

from __future__ import annotations

from datetime import date
from functools import cache

import numpy as np
import pytest
import statsmodels.formula.api as smf

from adoption.countries.signing_model import (
    COVARIATES,
    YES_OR_NO,
    Model,
    NoModel,
    cases,
    fit,
    separating,
)
from tests.adopting import NEWEST, adopters


@cache
def model(name: str = "hanoi") -> Model:
    fitted = fit(cases(adopters(name)))
    assert isinstance(fitted, Model)
    return fitted


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


# The fit


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
    told = cases(adopters("budapest"))
    assert told.outcome[told.covariates["eu"] == 1].eq(1).all()
    fitted = fit(told)
    assert isinstance(fitted, NoModel)
    assert (fitted.reason, fitted.covariates) == ("separated", ("eu",))


@pytest.mark.parametrize(
    ("name", "day"),
    [("untoc", NEWEST),
     ("malabo", date(2014, 6, 27))],
)  # fmt: skip
def test_too_few_states_of_one_outcome(name: str, day: date) -> None:
    fitted = fit(cases(adopters(name, day)))
    assert isinstance(fitted, NoModel)
    assert fitted.reason == "few"
    assert fitted.cases.events < fitted.cases.events_needed
