"""The model: Kaplan-Meier among the cases alike, one consent more, and the same each time."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pytest
from statsmodels.duration.survfunc import SurvfuncRight

from adoption.forecasting.forecast import model_of
from adoption.forecasting.model import LINEAR, cases_of, fit, situations
from adoption.forecasting.treaties import base_treaties, known_on, states
from tests.forecast.made import acted, real, treaty

THEN = known_on(base_treaties(), date(1975, 1, 1))
DAYS = np.exp(np.linspace(2, 9, 60))
TOLERANCE = 0.1  # of the wait


def test_it_is_the_kaplan_meier_estimate_of_the_cases_alike() -> None:
    """By statsmodels, with the weights by another way: tree by tree."""
    model, subject = fit(THEN), real("XVIII-12")
    known = situations(subject, np.array([365.0]))
    needed = np.array([1.0])  # of more, the chance is at most that of fewer
    cases = cases_of(THEN)
    linear = (cases.features[:, :LINEAR] - model.mean) / model.deviation
    residual = cases.log_wait - model.effects[0] - linear @ model.effects[1:]
    asked = np.clip(known.with_needed(needed), model.lowest, model.highest)
    weight = np.zeros(len(residual))
    for own, leaf in zip(
        model.forest.apply(cases.features[:, 1:]).T, model.forest.apply(asked[:, 1:])[0],
        strict=True,
    ):  # fmt: skip
        share = cases.weight * (own == leaf)
        weight += share / share.sum() / model.forest.n_estimators
    typical = (
        model.effects[0] + (asked[0, :LINEAR] - model.mean) / model.deviation @ (model.effects[1:])
    )
    there = weight > 0
    found = SurvfuncRight(residual[there], cases.reached[there].astype(int),
                          freq_weights=weight[there])  # fmt: skip
    place = np.searchsorted(found.surv_times, np.log(DAYS) - typical, side="right")
    expected = 1 - np.concatenate([[1.0], found.surv_prob])[place]
    assert model.chances(known, needed, DAYS)[0] == pytest.approx(expected, abs=1e-9)


def test_the_same_seed_gives_the_same_forecast() -> None:
    subject = situations(real("XVIII-12"), np.array([365.0]))
    one, same, other = (
        fit(THEN, seed).chances(subject, np.array([20.0]), DAYS) for seed in (7, 7, 8)
    )
    assert one.tobytes() == same.tobytes()
    assert one.tobytes() != other.tobytes()


def test_one_more_consent_does_not_move_the_median_later() -> None:
    changes = np.array([change for number in range(40) for change in one_more_consent(number)])
    assert len(changes) > 60
    assert changes.max() <= TOLERANCE
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
        known = situations(own, np.array([float(age)]))
        chance = model.chances(known, np.array([target - known.consents[0]]), days)[0]
        return float(days[min(int(np.searchsorted(chance, 0.5)), len(days) - 1)])

    before = median(parties)
    days_more = (float(age), float(random.integers(0, age + 1)))
    return [median(parties | {free: day}) / before - 1 for day in days_more]
