"""The two regressions, by other ways, and that more consents never make a forecast later."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pytest
from scipy.stats import nbinom

from adoption.forecasting.forecast import model_of
from adoption.forecasting.model import (
    COUNTED,
    SCALED_BY,
    SPREAD_BY,
    count_design,
    fit,
    regression,
    wait_design,
    wait_table,
)
from adoption.forecasting.treaties import base_treaties, known_on, states
from tests.forecast.made import acted, real, treaty

THEN = known_on(base_treaties(), date(1975, 1, 1))
DAYS = np.exp(np.linspace(2, 9, 60))
TOLERANCE = 0.1  # of the wait


def test_the_chances_are_the_mean_of_two_distributions() -> None:
    """By the log-logistic and scipy's negative binomial distribution."""
    model, subject = fit(THEN), real("XVIII-12").known_at(365)
    known, needed = model.situation(subject, 365), np.array([1.0, 7.0, 30.0])
    cut = np.clip(known.features[:, :-1], model.waits.lowest, model.waits.highest)
    place, scale = model.waits.at(wait_design(wait_table(needed, cut)), SCALED_BY)
    odds = (DAYS / np.exp(place)[:, None]) ** (1 / scale[:, None])
    cut = np.clip(known.features[:, COUNTED], model.counts.lowest, model.counts.highest)
    log_mean, size = model.counts.at(count_design(cut.repeat(60, axis=0), DAYS), SPREAD_BY)
    counts = nbinom.sf(needed[:, None] - 1, size, size / (size + np.exp(log_mean)))
    by_waits = model.by_waits(known, needed, DAYS)
    assert (by_waits <= odds / (1 + odds) + 1e-9).all()
    assert by_waits[0] == pytest.approx((odds / (1 + odds))[0])  # of the first it is all of it
    assert model.by_counts(known, needed, DAYS) == pytest.approx(
        np.maximum.accumulate(counts, axis=1)
    )
    every = model.chances(known, needed, DAYS)
    assert every == pytest.approx((by_waits + model.by_counts(known, needed, DAYS)) / 2)
    assert (np.diff(every, axis=0) <= 0).all(), "of more never above those of fewer"
    assert (np.diff(every, axis=1) >= 0).all()


def test_a_regression_finds_what_made_the_data() -> None:
    random = np.random.default_rng(0)
    design = random.normal(size=(20_000, 2))
    value = 1 + design @ [0.5, -0.3] + np.exp(-1 + 0.4 * design[:, 0]) * random.normal(size=20_000)

    def normal(place: np.ndarray, log_scale: np.ndarray) -> tuple[float, np.ndarray, np.ndarray]:
        z = (value - place) / np.exp(log_scale)
        return float(-(z**2 / 2 + log_scale).sum()), z / np.exp(log_scale), z**2 - 1

    found = regression(design, design, (0,), (0.0, 0.0), normal)
    place, scale = found.at(np.array([[0.0, 0.0], [1.0, 0.0], [0.0, 1.0]]), (0,))
    assert place == pytest.approx([1, 1.5, 0.7], abs=0.02)
    assert np.log(scale) == pytest.approx([-1, -0.6, -1], abs=0.02)


def test_one_more_consent_seldom_moves_the_median_later_and_never_far() -> None:
    changes = np.array([change for number in range(40) for change in one_more_consent(number)])
    assert len(changes) > 60
    assert (changes > TOLERANCE).mean() < 0.05
    assert changes.max() <= 2.5 * TOLERANCE
    assert np.median(changes) < -0.04


def one_more_consent(number: int) -> list[float]:
    """Return by what share the median wait of a made-up treaty changes with one more consent."""
    random = np.random.default_rng(number)
    who = random.permutation(states())
    age, target = int(np.exp(random.uniform(2.3, 8))), int(random.choice([20, 30, 40, 50]))
    opened = date(1965, 1, 1) + timedelta(days=int(random.integers(18_000)))
    signing = zip(who, random.exponential(60, random.integers(1, 140)), strict=False)
    signed = acted({iso3: float(min(int(day), age)) for iso3, day in signing})
    parties = {iso3: float(random.integers(0, age + 1)) for iso3 in who[: random.integers(19)]}
    free = next(iso3 for iso3 in who if iso3 not in parties)
    model, days = model_of(base_treaties()), np.arange(1.0, 40_000.0, 3.0)

    def median(consents: dict[str, float]) -> float:
        one = treaty(opened=opened, consented=consents)
        own = type(one)(one.treaty, one.opened, one.seen, signed, one.consented)
        known = model.situation(own, age)
        chance = model.chances(known, np.array([target - known.consents[0]]), days)[0]
        return float(days[min(int(np.searchsorted(chance, 0.5)), len(days) - 1)])

    before = median(parties)
    days_more = (float(age), float(random.integers(0, age + 1)))
    return [median(parties | {free: day}) / before - 1 for day in days_more]
