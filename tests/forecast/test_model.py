"""The regression by other ways, and that no day without news moves it far."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from scipy.optimize import minimize
from scipy.stats import nbinom

from adoption.forecasting.forecast import model_of
from adoption.forecasting.model import (
    BOUNDED,
    GRID,
    ON_ODDS,
    ON_SIZE,
    RIDGE,
    design_columns,
    effects_of,
    features_of,
    fit,
)
from adoption.forecasting.treaties import Numbers, base_treaties, known_on, state_codes
from tests.forecast.made import real, treaty


def test_the_chances_are_those_of_a_negative_binomial_distribution() -> None:
    then = known_on(base_treaties(), date(1975, 1, 1))
    model, subject = fit(then), real("XVIII-12").known_at(365)
    features, needed = features_of(subject, np.array([365.0])), np.array([1.0, 7.0, 30.0])
    cut = np.clip(features, model.lowest, model.highest).repeat(len(GRID), axis=0)
    on_odds, on_size = design_columns(cut, GRID)
    assert (on_odds.shape[1], on_size.shape[1]) == (len(ON_ODDS), len(ON_SIZE))
    odds = np.exp(model.odds[0] + on_odds @ model.odds[1:])
    size = np.exp(model.size[0] + on_size @ model.size[1:])
    counts = nbinom.sf(needed[:, None] - 1, size, 1 / (1 + odds))
    found = model.chances(features, needed, GRID)
    assert found == pytest.approx(np.maximum.accumulate(counts, axis=1))


def test_no_other_effects_within_the_bounds_are_likelier() -> None:
    """By a search of another kind, from the effects that were found."""
    random = np.random.default_rng(0)
    on_odds, on_size = random.normal(2, 3, (400, 5)), random.normal(1, 1, (400, 4))
    came = random.negative_binomial(2, 0.3, 400).astype("float64")
    odds, size = effects_of(on_odds, on_size, came, np.ones(400))

    def loss(effects: Numbers) -> float:
        log_odds = effects[0] + on_odds @ effects[1:6]
        log_size = effects[6] + on_size @ effects[7:]
        likelihood = nbinom.logpmf(came, np.exp(log_size), 1 / (1 + np.exp(log_odds))).sum()
        # The ridge pulls effects of standardised columns, and no constant.
        pulled = np.concatenate(
            [effects[1:6] * on_odds.std(axis=0), effects[7:] * on_size.std(axis=0)]
        )
        return float(RIDGE * (pulled**2).sum() / 2 - likelihood)

    best = np.concatenate([odds, size])
    assert (best[[*range(1, 1 + BOUNDED), *range(7, 7 + BOUNDED)]] >= 0).all()
    bounds = [(0, None) if value == 0 else (value - 0.2, value + 0.2) for value in best]
    assert loss(best) < minimize(loss, best, bounds=bounds, method="Powell").fun + 1e-3


def test_a_day_without_news_moves_the_median_by_days() -> None:
    """Of a treaty signed by seventy on its first days, with one consent: no window ends."""
    signed = {iso3: float(place // 30) for place, iso3 in enumerate(state_codes()[:70])}
    one = treaty(opened=date(2010, 1, 1), signed=signed, consented={state_codes()[0]: 100.0})
    model, days, medians = model_of(base_treaties()), np.arange(1.0, 10_000.0), []
    for age in range(101, 731):
        chance = model.chances(features_of(one, np.array([float(age)])), np.array([39.0]), days)[0]
        medians.append(age + float(np.interp(0.5, chance, days)))
    assert np.abs(np.diff(medians)).max() < 20
