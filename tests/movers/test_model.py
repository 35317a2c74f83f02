"""The model: the coefficients that are largest, and treaties that are truly held back."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta
from functools import cache

import numpy as np
import pytest
import statsmodels.api as sm

from adoption.errors import AdoptionError
from adoption.forecasting.propensity import model
from adoption.forecasting.propensity import panel as panels
from adoption.forecasting.propensity.cases import OF_STATE, OF_TREATY, Cases, cases_around
from adoption.forecasting.propensity.model import families, fit, held_back, learn, penalties
from adoption.forecasting.propensity.panel import Panel
from tests.movers.made import GROUPS, panel, treaty

RANDOM = np.random.default_rng(7)
X = np.column_stack([np.ones(400), RANDOM.normal(size=(400, 3))])
Y = (RANDOM.random(400) < 1 / (1 + np.exp(0.5 - X[:, 1]))).astype("float64")


def test_without_a_penalty_it_is_the_usual_logit() -> None:
    usual = sm.Logit(Y, X).fit(disp=0)
    assert fit(X, Y, np.zeros(4)) == pytest.approx(usual.params, abs=1e-6)


def test_with_one_it_is_the_maximum_that_statsmodels_finds() -> None:
    penalty = np.array([0.0, 30, 5, 1])
    found = fit(X, Y, penalty)
    chance = 1 / (1 + np.exp(-X @ found))
    assert X.T @ (Y - chance) == pytest.approx(penalty * found, abs=1e-6)
    ridge = sm.Logit(Y, X).fit_regularized(disp=0, alpha=0)  # far from it: it is drawn to 0
    assert abs(found[1]) < abs(ridge.params[1])


def test_what_takes_few_values_is_drawn_to_zero_more() -> None:
    names = (*OF_TREATY["consent"], *OF_STATE["consent"])
    strong = dict(zip(("constant", *names), penalties(names), strict=True))
    assert strong["level"] == strong["signed_by_many"] == model.RIDGE_OF_TREATY
    assert strong["record"] == strong["signed"] == model.RIDGE
    assert strong["constant"] < 1e-3


def test_protocols_belong_to_their_convention() -> None:
    day = date(1990, 1, 1)
    numbers = ["XVIII-12", "XVIII-12-a", "XI-A-16", "XI-A-15", "XXVII-8", "XXVII-8-c"]
    made = panel(*(treaty(n, day, {}, {}) for n in numbers))
    assert families(made).tolist() == [0, 0, 1, 2, 3, 3]


@cache
def made_pool() -> Panel:
    """Return forty random treaties, opened a year apart, that all may be learnt from."""
    random = np.random.default_rng(3)
    pool = []
    for number in range(40):
        signed = {iso3: float(random.integers(0, 300)) for iso3 in GROUPS}
        consented = {iso3: float(random.integers(50, 1500)) for iso3 in GROUPS}
        day = date(1970, 1, 1) + timedelta(days=366 * number)
        pool.append(treaty(f"I-{number}", day, signed, consented))
    made = panel(*pool, treaty("S", date(2020, 1, 1), {}, {}, seen=400))
    return replace(made, learns=np.arange(41) < 40)


def changed(cases: Cases, row: int) -> Cases:
    outcome = cases.outcome.copy()
    outcome[row] = ~outcome[row] & cases.open[row]
    return replace(cases, outcome=outcome)


def test_what_happened_on_a_treaty_does_not_move_its_own_chances() -> None:
    around = cases_around(made_pool(), "consent", 400)
    other = [changed(cases, 20) for cases in around]
    one, two = held_back(around, made_pool()), held_back(other, made_pool())
    own, rest = (one["treaty"] == "I-20").to_numpy(), (one["treaty"] != "I-20").to_numpy()
    for method in ("model", "alone", "rate"):
        assert one.loc[own, method].tolist() == pytest.approx(two.loc[own, method], abs=1e-6)
        assert np.abs(one.loc[rest, method] - two.loc[rest, method]).max() > 1e-4
    assert not (one.loc[own, "outcome"] == two.loc[own, "outcome"]).all()


def test_forward_learns_from_what_was_known_then() -> None:
    around = cases_around(made_pool(), "consent", 400)
    later = [changed(cases, 30) for cases in around]
    one, two = (held_back(a, made_pool(), forward=True) for a in (around, later))
    first = min(int(t.removeprefix("I-")) for t in one["treaty"])
    assert first >= model.LEAST_TREATIES
    early = one["treaty"].map(lambda t: int(re.sub(r"\D", "", t)) <= 30)
    assert one.loc[early, "model"].tolist() == pytest.approx(two.loc[early, "model"], abs=1e-6)
    assert np.abs(one.loc[~early, "model"] - two.loc[~early, "model"]).max() > 1e-4


def test_too_few_treaties_are_an_error_of_one_line() -> None:
    few = replace(made_pool(), learns=np.arange(41) < 9)
    with pytest.raises(AdoptionError, match=r"9 treaties of this age .* the model needs 10"):
        learn(cases_around(few, "consent", 400), few)


def test_the_chance_is_the_logistic_of_the_contributions() -> None:
    around = cases_around(made_pool(), "consent", 400)
    fitted, _ = learn(around, made_pool())
    added = fitted.contributions(around[0], 5).sum(axis=1) + fitted.coefficients[0]
    assert fitted.chances(around[0], 5) == pytest.approx(1 / (1 + np.exp(-added)))
    assert panels.YEAR == 365
