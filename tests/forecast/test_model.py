"""The model: how its parts are put together, and a world so regular that it must be right."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from adoption.errors import AdoptionError
from adoption.forecasting.cases import FEATURES, LINEAR, NEEDED, features, situation
from adoption.forecasting.learnt import base_pool, groups
from adoption.forecasting.model import Model, alike, fit
from adoption.forecasting.waiting import kaplan_meier
from tests.forecast.made import consents_on, real, treaty


@pytest.fixture(scope="module")
def model() -> Model:
    """Learnt from thirty treaties of the base set."""
    return fit(base_pool()[:30], groups())


def test_a_wait_is_the_typical_one_and_the_residuals_of_the_cases_alike(model: Model) -> None:
    subject = real("XVIII-12")
    now = situation(subject.signed, subject.consented, subject.opened, 365.0, groups())
    table = model.within(features(now, [40]))
    (wait,) = model.waits(now, [40])
    weight = model.likeness.weights(alike(table))[0]
    by_hand = kaplan_meier(model.residual, model.cases.reached, weight)
    assert wait.at - by_hand.at == pytest.approx(model.location.of(table[:, : len(LINEAR)])[0])
    assert wait.height.tolist() == by_hand.height.tolist()
    linear = model.cases.features[:, : len(LINEAR)]
    assert model.residual + model.location.of(linear) == pytest.approx(model.cases.log_wait)


def test_each_target_has_its_wait(model: Model) -> None:
    subject = real("XVIII-12")
    now = situation(subject.signed, subject.consented, subject.opened, 365.0, groups())
    together = model.waits(now, [20, 40, 60])
    assert len(together) == 3
    for target, wait in zip([20, 40, 60], together, strict=True):
        (alone,) = model.waits(now, [target])
        assert alone.at == pytest.approx(wait.at)
        assert alone.height.tolist() == wait.height.tolist()
    medians = [wait.quantile(0.5) for wait in together]
    assert medians == sorted(medians)


def test_what_was_never_seen_counts_as_the_most_that_was(model: Model) -> None:
    table = np.vstack([model.lowest - 1, model.highest + 1])
    cut = model.within(table)
    others = [i for i in range(len(FEATURES)) if i != NEEDED]
    assert cut[0, others].tolist() == model.lowest[others].tolist()
    assert cut[1, others].tolist() == model.highest[others].tolist()
    assert cut[:, NEEDED].tolist() == table[:, NEEDED].tolist()


def test_a_treaty_opened_after_all_of_the_pool_counts_as_its_newest(model: Model) -> None:
    newest = max(one.opened for one in model.pool)
    one, other = (
        model.waits(situation(t.signed, t.consented, t.opened, 50.0, {}), [20])[0]
        for day in (newest, date(2060, 1, 1))
        for t in [treaty(opened=day, signed={"AAA": 0}, consented={"AAA": 9})]
    )
    assert one.at.tolist() == pytest.approx(other.at.tolist())
    assert one.height.tolist() == other.height.tolist()


def test_the_treaties_most_alike(model: Model) -> None:
    subject = real("XVIII-12")
    now = situation(subject.signed, subject.consented, subject.opened, 365.0, groups())
    found = model.most_alike(now, 40)
    weight = model.likeness.weights(alike(model.within(features(now, [40]))))[0]
    assert sum(found.values()) == pytest.approx(1)
    assert list(found.values()) == sorted(found.values(), reverse=True)
    first = next(iter(found))
    own = [model.pool[place].treaty == first for place in model.cases.treaty]
    assert found[first] == pytest.approx(weight[own].sum())


def test_the_same_seed_gives_the_same_model(model: Model) -> None:
    subject = real("XVIII-12")
    now = situation(subject.signed, subject.consented, subject.opened, 365.0, groups())
    again, other = (fit(base_pool()[:30], groups(), seed) for seed in (0, 1))
    one, same, different = (m.waits(now, [40])[0] for m in (model, again, other))
    assert one.height.tobytes() == same.height.tobytes()
    assert one.at.tobytes() == same.at.tobytes()
    assert not np.array_equal(one.height, different.height)


def test_where_all_treaties_are_the_same_the_next_is_too() -> None:
    # A consent each twenty days: the nth comes on day 20 n.
    clones = [consents_on(*range(20, 3001, 20), number=f"I-{n}") for n in range(20)]
    learnt, subject = fit(clones, {}), clones[0]
    for age, target in ((91, 20), (205, 30), (461, 40), (300, 25)):
        now = situation(subject.signed, subject.consented, subject.opened, float(age), {})
        (wait,) = learnt.waits(now, [target])
        assert np.exp(wait.quantile(0.5)) == pytest.approx(20 * target - age, rel=0.15)


def test_a_pool_that_is_too_small_is_told() -> None:
    with pytest.raises(AdoptionError, match="9 cases of 1 treaties are too few to learn"):
        fit([consents_on(0, seen=187)], {})
    with pytest.raises(AdoptionError, match="0 cases of 0 treaties"):
        fit([], {})
    assert fit([consents_on(0, seen=187)] * 3, {}).cases.features.shape == (27, len(FEATURES))
