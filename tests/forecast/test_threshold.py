"""The forecast of a threshold: what holds for any acts, and what it refuses."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from adoption.core.errors import AdoptionError
from adoption.forecasting import Forecast, forecast_threshold
from adoption.forecasting.backtest import learnt_from
from adoption.forecasting.forecast import Watched, chances, forecast, model_of
from adoption.forecasting.treaties import Acts, base_treaties, states, treaty_of
from tests.forecast.made import OPENED, Row, frame_of, real, real_acts, rising, some_base_acts

STATES = tuple(states()[::3])  # 65 of them, so that examples stay small
LEVELS = (0.01, 0.1, 0.25, 0.5, 0.75, 0.9, 0.99)
UNTOC = date(2000, 12, 12)
ONE_DAY = timedelta(days=1)
TOLERANCE = 0.02  # of a chance
FRANCE: Row = ("FRA", "signature", 0)
examples = settings(max_examples=8, derandomize=True, suppress_health_check=[HealthCheck.too_slow])


@st.composite
def histories(draw: st.DrawFn) -> tuple[list[Row], int]:
    """Draw an age in days, who signed and who consented by then, and when."""
    age = draw(st.integers(0, 4000))
    rows: list[Row] = []
    for act, least, most in (("signature", 1, len(STATES)), ("ratification", 0, 39)):
        who = draw(st.lists(st.sampled_from(STATES), min_size=least, max_size=most, unique=True))
        rows += [(iso3, act, draw(st.integers(0, age))) for iso3 in who]
    return rows, age


HISTORIES = histories()


def told(rows: Sequence[Row], age: int, threshold: int = 40) -> Forecast:
    """Return the forecast from made-up acts at an age."""
    return forecast_threshold(
        frame_of(rows), opened=OPENED, threshold=threshold, as_of=OPENED + timedelta(days=age)
    )


def untoc(as_of: date, threshold: int = 40) -> Forecast:
    acts = real_acts("XVIII-12")
    return forecast_threshold(acts, opened=UNTOC, threshold=threshold, as_of=as_of)


@examples
@given(HISTORIES)
def test_chances_rise_and_a_quantile_is_the_first_day_with_its_chance(
    made: tuple[list[Row], int],
) -> None:
    found = told(*made)
    chances = [found.cdf(found.as_of + timedelta(days=days)) for days in range(-5, 11_500, 97)]
    assert chances[0] == 0
    assert chances == sorted(chances)
    assert chances[-1] <= 1
    for q in LEVELS:
        day = found.quantile(q)
        if day is None:
            assert found.cdf(found.horizon) < q
        else:
            assert found.as_of < day <= found.horizon
            assert found.cdf(day - ONE_DAY) < q <= found.cdf(day)


@examples
@given(HISTORIES)
def test_a_report_more_makes_it_sooner_and_silence_later(made: tuple[list[Row], int]) -> None:
    rows, age = made
    start, pool = OPENED + timedelta(days=age), base_treaties()
    free = [iso3 for iso3 in STATES if (iso3, "ratification") not in {row[:2] for row in rows}]
    subject = treaty_of(frame_of(rows), OPENED, start)
    consents = len(subject.consented.day)
    if consents > 36:
        return
    watched = Watched(age, age, consents, age + 200)

    def after(number: int, seen: float) -> Forecast:
        more = [(iso3, "accession", age + 1 + day) for day, iso3 in enumerate(free[:number])]
        known = treaty_of(frame_of([*rows, *more]), OPENED, start + timedelta(days=200))
        return forecast(known, 40, start, pool, watched, seen)

    silent, one, three = (after(number, 0.5) for number in (0, 1, 3))
    unwatched, watching = (after(0, seen) for seen in (1e-9, 0.9))
    for day in (start + timedelta(days=days) for days in (250, 700, 2000)):
        assert watching.cdf(day) <= silent.cdf(day) + TOLERANCE
        assert silent.cdf(day) <= unwatched.cdf(day) + TOLERANCE
        assert silent.cdf(day) <= one.cdf(day) + TOLERANCE
        assert one.cdf(day) <= three.cdf(day) + TOLERANCE


def test_what_came_unseen_is_weighed_by_bayes_rule() -> None:
    """By simulation: numbers drawn from the model, reports drawn of them, kept where they fit."""
    untoc, age, gap, reports, seen = real("XVIII-12"), 365.0, 200.0, 3, 0.5
    start = untoc.known_at(age)
    model = model_of(learnt_from(base_treaties(), untoc, 365))
    consents = len(start.consented.day)
    numbers = np.arange(1.0, 60.0)
    ahead = model.chances(model.features(start, age), numbers, np.array([gap]))[:, 0]
    random = np.random.default_rng(0)
    came = (random.random(400_000)[:, None] < ahead).sum(axis=1)
    came = came[random.binomial(came, seen) == reports]
    days = age + np.arange(1.0, reports + 1)
    who = tuple(iso3 for iso3 in states() if iso3 not in start.consented.iso3)[:reports]
    parts = (start.consented.day, days)
    acts = Acts((*start.consented.iso3, *who), np.concatenate(parts), np.concatenate(parts))
    known = replace(start, consented=acts)
    targets = [consents + more for more in (3, 5, 8, 12)]
    watched = Watched(age, age, consents, age + gap)
    found = chances(model, known, watched, targets, np.array([gap]), seen)[:, 0]
    assert found == pytest.approx([(came >= t - consents).mean() for t in targets], abs=0.01)


@examples
@given(HISTORIES, st.integers(0, 400), st.randoms(use_true_random=False))
def test_neither_later_acts_nor_organisations_nor_the_order_change_anything(
    made: tuple[list[Row], int], later: int, random: object
) -> None:
    rows, age = made
    more: list[Row] = [
        *[(iso3, "accession", age + 1 + later + i) for i, iso3 in enumerate(STATES)],
        ("EUE", "signature", 0), ("EUE", "approval", age), *rows,
    ]  # fmt: skip
    random.shuffle(more)  # type: ignore[attr-defined]
    assert told(more, age).summary() == told(rows, age).summary()


def test_what_is_reached_is_a_point_on_its_day() -> None:
    day = date(2003, 7, 1)  # Azerbaijan's instrument was the 40th
    there = untoc(day)
    assert {there.quantile(q) for q in LEVELS} == {there.reached} == {day}
    assert (there.cdf(day - ONE_DAY), there.cdf(day)) == (0, 1)
    before = untoc(day - ONE_DAY)
    assert (before.reached, before.consents) == (None, 39)


def test_beyond_what_is_known_there_is_no_day() -> None:
    found = rising((1, 0.2), (101, 0.5), (400, 0.9))
    days = {0.2: 1, 0.21: 101, 0.5: 101, 0.9: 400}
    assert {q: (found.quantile(q) - OPENED).days for q in days} == days  # type: ignore[operator]
    assert found.quantile(0.91) is None
    assert found.interval(80) == (OPENED + ONE_DAY, OPENED + timedelta(days=400))
    assert found.horizon == date(2031, 1, 1)
    assert found.cdf(date(2090, 1, 1)) == 0.9
    summary = found.summary()
    assert json.loads(json.dumps(summary)) == summary
    assert summary["chance_by_end_of"]["2001"] == 0.5
    assert (summary["median"], summary["chance_beyond_horizon"]) == ("2001-04-12", 0.1)


def test_the_treaty_itself_teaches_nothing_about_itself() -> None:
    base = some_base_acts()
    with_it, without = (
        forecast_threshold(
            real_acts("XVIII-12"), opened=UNTOC, threshold=40, as_of=date(2001, 12, 12),
            base_acts=acts,
        )
        for acts in (base, base[base["treaty"] != "XVIII-12"])
    )  # fmt: skip
    assert without.summary() == with_it.summary()
    assert "later than the forecast" in with_it.note


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"threshold": 0}, "threshold: 0 is not a number of consents, 1 or more"),
        ({"threshold": True}, "threshold: True is not"),
        ({"threshold": "forty"}, "threshold: 'forty' is not"),
        ({"threshold": 198}, "198 consents can never be reached; there are 197 states"),
        ({"acts": frame_of([])}, "no signatory is known by 2001-01-01"),
        ({"acts": frame_of([("OMN", "accession", 0)])}, "no signatory is known"),
        ({"as_of": date(2000, 12, 31)}, "as_of: 2000-12-31 is before the opening on 2001-01-01"),
        ({"as_of": "01/06/2001"}, "as_of: '01/06/2001' is neither a day of the calendar"),
        ({"acts": frame_of([]).drop(columns="date")}, "acts: there is no column 'date'"),
        ({"base_acts": frame_of([])}, "base_acts: there is no column 'treaty'"),
        (
            {"base_acts": frame_of([]).assign(treaty="I-1")},
            "none of 0 treaties was watched long enough",
        ),
    ],
)
def test_what_is_wrong_is_one_line(wrong: dict[str, object], said: str) -> None:
    given_ = {"acts": frame_of([FRANCE]), "opened": OPENED, "threshold": 40, "as_of": OPENED}
    given_ |= wrong
    acts = given_.pop("acts")
    with pytest.raises(AdoptionError) as caught:
        forecast_threshold(acts, **given_)  # type: ignore[arg-type]
    assert said in str(caught.value)
    assert len(str(caught.value).splitlines()) == 1
