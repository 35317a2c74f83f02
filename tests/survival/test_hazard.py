"""The pooled chance: what it rests on, its order, and where conventions lie beside it."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.special import expit

from adoption.forecasting.hazard import ENDS, Counts, effects, estimate_hazard
from adoption.law.conventions import load_conventions
from tests.survival.made import NEWEST, data, pooled

CONVENTIONS = load_conventions()
NAMES = ("hanoi", "untoc", "uncac", "terrorist-financing", "nuclear-terrorism", "budapest")


def steady(treaties: int, at_risk: float = 100, acted: float = 10) -> dict[str, Counts]:
    steps = len(ENDS["consent"])
    own = Counts(10, 1, np.full(steps, at_risk), np.full(steps, acted))
    return {f"I-{number}": own for number in range(treaties)}


def test_a_steady_chance_is_given_by_the_year() -> None:
    levels = estimate_hazard(steady(8), "consent").levels
    half, year, two = (levels.iloc[place] for place in (0, 10, 15))
    assert half["chance"] == pytest.approx(1 - 0.9**2, abs=1e-4)
    assert year["chance"] == pytest.approx(0.1, abs=1e-4)
    assert two["chance"] == pytest.approx(1 - 0.9**0.5, abs=1e-4)
    # 8 treaties, 800 at risk: the error of a logit is one over the root of n p (1 - p).
    error = (800 * 0.1 * 0.9) ** -0.5
    low, high = (expit(np.log(1 / 9) + sign * 1.959964 * error) for sign in (-1, 1))
    assert (year["low"], year["high"]) == pytest.approx((low, high), abs=0.001)


def test_the_chance_to_consent_rises_and_falls() -> None:
    chance = pooled("consent").levels["chance"].tolist()
    top = int(np.argmax(chance))
    assert 0 < top < 10
    assert chance[0] < chance[top] / 2
    assert chance[-1] < chance[top] / 5


@pytest.mark.parametrize(
    "counts",
    [{}, steady(4), steady(8, acted=0), steady(8, at_risk=10, acted=10), steady(6, 5, 0.5)],
)
def test_too_little_to_pool(counts: dict[str, Counts]) -> None:
    hazard = estimate_hazard(counts, "consent")
    assert hazard.fitted is None
    assert hazard.levels.empty
    assert hazard.acts == 0
    assert effects(hazard, [CONVENTIONS["untoc"]], data(), NEWEST).empty


def test_where_the_conventions_lie() -> None:
    hazard = pooled("consent")
    placed = effects(hazard, [CONVENTIONS[name] for name in NAMES], data(), NEWEST)
    assert placed["reading"].tolist()[:3] == ["complete", "known", "with_reports"]
    assert placed["convention"].tolist()[2:] == list(NAMES)
    strict, known, reports, untoc, *_ = placed.to_dict("records")
    assert np.isnan(strict["odds"])
    assert known["odds"] < reports["odds"]
    assert known["low"] < known["odds"] < known["high"]
    # An independent view: the odds of all its steps against those of the typical treaty,
    # drawn a little towards 1.
    own, fitted = hazard.counts["untoc"], hazard.fitted
    assert fitted is not None
    expected = (own.at_risk * expit(fitted.level)).sum()
    assert own.acted.sum() > expected
    assert untoc["acted"] == own.acted.sum()
    assert 1 < untoc["low"] < untoc["odds"] < untoc["high"] < 2
    told = [key for key, counts in hazard.counts.items() if counts.at_risk.sum() > 0]
    assert np.log(untoc["odds"]) == pytest.approx(fitted.effect[told.index("untoc")], abs=0.02)
