"""The regression by other ways, and what never makes a forecast later."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from scipy.optimize import minimize
from scipy.stats import nbinom

from adoption.forecasting.forecast import model_of
from adoption.forecasting.model import BY_ODDS, GRID, RIDGE, design_of, effects_of, fit
from adoption.forecasting.treaties import Treaty, base_treaties, known_on, states
from tests.forecast.made import acted, real, treaty

THEN = known_on(base_treaties(), date(1975, 1, 1))
DAYS = np.geomspace(2, 10_000, 60)
NEEDED = np.arange(1.0, 120.0)
DAY = st.integers(0, 3000)
ACTS = st.dictionaries(st.sampled_from(states()), DAY, max_size=120)
EXACT = 1e-9


def test_the_chances_are_those_of_a_negative_binomial_distribution() -> None:
    model, subject = fit(THEN), real("XVIII-12").known_at(365)
    known, needed = model.features(subject, 365), np.array([1.0, 7.0, 30.0])
    cut = np.clip(known, model.lowest, model.highest).repeat(len(GRID), axis=0)
    standard = (design_of(cut, GRID) - model.mean) / model.deviation
    odds = np.exp(model.odds[0] + standard[:, :BY_ODDS] @ model.odds[1:])
    size = np.exp(model.size[0] + standard[:, BY_ODDS:] @ model.size[1:])
    counts = nbinom.sf(needed[:, None] - 1, size, 1 / (1 + odds))
    found = model.chances(known, needed, GRID)
    assert found == pytest.approx(np.maximum.accumulate(counts, axis=1))


def test_no_other_effects_within_the_bounds_are_likelier() -> None:
    """By a search of another kind, from the effects that were found."""
    random = np.random.default_rng(0)
    standard = np.column_stack([np.ones(400), random.normal(size=(400, 14))])
    came = random.negative_binomial(2, 0.3, 400).astype("float64")
    odds, size = effects_of(standard, came, np.ones(400))

    def loss(effects: np.ndarray) -> float:
        log_odds = standard[:, : BY_ODDS + 1] @ effects[: BY_ODDS + 1]
        rest = np.delete(standard, range(1, BY_ODDS + 1), axis=1)
        likelihood = nbinom.logpmf(came, np.exp(rest @ effects[BY_ODDS + 1 :]),
                                   1 / (1 + np.exp(log_odds))).sum()  # fmt: skip
        pulled = np.delete(effects, [0, BY_ODDS + 1])
        return float(RIDGE * (pulled**2).sum() / 2 - likelihood)

    best = np.concatenate([odds, size])
    bounds = [(0, None) if value == 0 else (value - 0.2, value + 0.2) for value in best]
    assert loss(best) == pytest.approx(
        minimize(loss, best, bounds=bounds, method="Powell").fun, abs=1e-3
    )


def with_act(acts: Mapping[str, float], iso3: str, day: float) -> dict[str, float]:
    return {**acts, iso3: min(day, acts.get(iso3, day))}


@settings(max_examples=40, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
@given(ACTS, ACTS, st.sampled_from(states()), DAY, DAY, st.integers(0, 18_000), st.booleans())
def test_no_consent_and_no_signature_more_is_ever_later(
    signed: dict[str, float], consented: dict[str, float], who: str, day: int, more: int,
    opened: int, signs: bool,
) -> None:  # fmt: skip
    """Of any state, on any day, whatever was done before: each later day is no less likely."""
    age = max(day, more, *signed.values(), *consented.values(), 1)
    if who in (signed if signs else consented):
        return
    before = treaty(opened=date(1965, 1, 1) + timedelta(days=opened), signed=signed,
                    consented=consented, seen=age)  # fmt: skip
    if signs:
        after = replace(before, signed=acted(with_act(signed, who, day)))
    else:
        after = replace(before, consented=acted(with_act(consented, who, day)))
    model = model_of(base_treaties())

    def chances(one: Treaty) -> np.ndarray:
        needed = np.maximum(NEEDED - len(one.consented.day), 1.0)
        there = (len(one.consented.day) >= NEEDED)[:, None]
        return np.where(there, 1.0, model.chances(model.features(one, age), needed, DAYS))

    first, then = chances(before), chances(after)
    assert (then >= first - EXACT).all()
    for one in (first, then):
        assert (np.diff(one, axis=0) <= EXACT).all(), "a lower threshold is never later"
        assert (np.diff(one, axis=1) >= -EXACT).all()


def test_a_day_without_news_moves_the_median_by_days() -> None:
    """Of a treaty signed by seventy on its first days, with one consent: no window ends."""
    signed = {iso3: float(place // 30) for place, iso3 in enumerate(states()[:70])}
    one = treaty(opened=date(2010, 1, 1), signed=signed, consented={states()[0]: 100.0})
    model, days, medians = model_of(base_treaties()), np.arange(1.0, 10_000.0), []
    for age in range(101, 731):
        chance = model.chances(model.features(one, age), np.array([39.0]), days)[0]
        medians.append(age + float(np.interp(0.5, chance, days)))
    assert np.abs(np.diff(medians)).max() < 20
