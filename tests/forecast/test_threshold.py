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
from adoption.forecasting.forecast import ObservedTreaty, chances, forecast, model_of
from adoption.forecasting.model import features_of
from adoption.forecasting.treaties import Acts, TreatyRecord, base_treaties, state_codes
from tests.forecast.made import (
    OPENED,
    Row,
    acted,
    frame_of,
    real,
    real_acts,
    rising,
    some_base_acts,
)

STATES = tuple(state_codes()[::3])  # 65 of them, so that examples stay small
LEVELS = (0.01, 0.1, 0.25, 0.5, 0.75, 0.9, 0.99)
UNTOC = date(2000, 12, 12)
ONE_DAY = timedelta(days=1)
EXACT = 2e-6  # of a chance, which is rounded
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


CHANGES = ("consent", "signature", "report", "total", "threshold", "less to be seen")
SUBJECTS = [one for one in base_treaties() if one.seen > 4000 and one.signed.by(90) > 9]


@settings(max_examples=100, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.sampled_from(SUBJECTS),
    st.sampled_from(CHANGES),
    st.sampled_from(state_codes()),
    st.integers(30, 3000),
    st.integers(1, 200),
    st.integers(1, 200),
    st.integers(0, 3),
    st.integers(2, 60),
    st.floats(0, 1),
    st.floats(0.2, 0.9),
)
def test_what_is_more_is_never_later_whatever_a_treaty_did(
    one: TreatyRecord,
    change: str,
    who: str,
    age: int,
    to_total: int,
    to_report: int,
    unnamed: int,
    needed: int,
    when: float,
    seen: float,
) -> None:
    """A real treaty, its list cut at an age: then a total that may be wrong, and reports."""
    total_on, until = age + to_total, age + to_total + to_report
    total = int(one.consented.by(total_on)) + unnamed
    target = max(total, int(one.consented.by(until))) + needed
    acted_already = one.signed if change == "signature" else one.consented
    if target > 190 or who in acted_already.iso3:
        return

    def told(change: str) -> np.ndarray:
        day = {"report": total_on + 1 + when * (to_report - 1)}.get(change, when * age)
        signed, consented = (
            acted(dict(zip(acts.iso3, acts.day, strict=True)) | ({who: day} if adds else {}))
            for acts, adds in (
                (one.signed, change == "signature"),
                (one.consented, change in ("consent", "report")),
            )
        )
        whole = replace(one, signed=signed, consented=consented)
        listed, late = whole.known_at(age), whole.known_at(until)
        known = [
            replace(ObservedTreaty.listed(listed, age), reports_to=until),
            ObservedTreaty(
                late, age, total_on, total + (change in ("consent", "total")), until, chance=0.8
            ),
        ]
        found = forecast(
            listed,
            target - (change == "threshold"),
            one.opened + timedelta(days=total_on),
            base_treaties(),
            known,
            seen / (1 + (change == "less to be seen")),
        )
        assert found.chance is not None
        assert (np.diff(found.chance) >= 0).all()
        return found.chance

    assert (told(change) >= told("") - EXACT).all()


def test_what_came_unseen_is_weighed_by_bayes_rule() -> None:
    """By simulation: numbers drawn from the model, reports drawn of them, kept where they fit."""
    untoc, age, gap, reports, seen = real("XVIII-12"), 365.0, 200.0, 3, 0.5
    start = untoc.known_at(age)
    model = model_of(learnt_from(base_treaties(), untoc, 365))
    consents = len(start.consented.day)
    numbers = np.arange(1.0, 60.0)
    ahead = model.chances(features_of(start, np.array([age])), numbers, np.array([gap]))[:, 0]
    random = np.random.default_rng(0)
    came = (random.random(400_000)[:, None] < ahead).sum(axis=1)
    came = came[random.binomial(came, seen) == reports]
    days = age + np.arange(1.0, reports + 1)
    who = tuple(iso3 for iso3 in state_codes() if iso3 not in start.consented.iso3)[:reports]
    parts = (start.consented.day, days)
    acts = Acts((*start.consented.iso3, *who), np.concatenate(parts), np.concatenate(parts))
    known = replace(start, consented=acts)
    targets = [consents + more for more in (3, 5, 8, 12)]
    watched = ObservedTreaty(known, age, age, consents, age + gap)
    found = chances(model, [watched], targets, np.array([age + gap]), seen)[:, 0]
    assert found == pytest.approx([(came >= t - consents).mean() for t in targets], abs=0.01)


@examples
@given(HISTORIES, st.integers(0, 400), st.randoms(use_true_random=False))
def test_neither_later_acts_nor_organisations_nor_the_order_change_anything(
    made: tuple[list[Row], int], later: int, random: object
) -> None:
    rows, age = made
    more: list[Row] = [
        *[(iso3, "accession", age + 1 + later + i) for i, iso3 in enumerate(STATES)],
        ("EUE", "signature", 0),
        ("EUE", "approval", age),
        *rows,
    ]
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
            real_acts("XVIII-12"),
            opened=UNTOC,
            threshold=40,
            as_of=date(2001, 12, 12),
            base_acts=acts,
        )
        for acts in (base, base[base["treaty"] != "XVIII-12"])
    )
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
            "0 treaties were not watched long enough to learn from",
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


def test_the_odd_cases_of_a_user() -> None:
    """The opening day, one consent needed, 39 of 40 on the first day, and nobody signs."""
    signed = [(iso3, "signature", 0) for iso3 in STATES]
    opening, first = told(signed, 0), told(signed, 30, threshold=1)
    assert opening.quantile(0.5) is not None
    assert opening.cdf(OPENED) == 0 < opening.cdf(opening.horizon)
    middle = first.quantile(0.5)
    assert middle is not None
    assert OPENED + timedelta(days=31) <= middle < OPENED + timedelta(days=730)
    nearly = [*signed, *((iso3, "ratification", 0) for iso3 in STATES[:39])]
    for age, most in ((1, 30), (365, 365)):
        last = told(nearly, age)
        assert last.consents == 39
        assert last.quantile(0.9) <= last.as_of + timedelta(days=most)  # type: ignore[operator]
    with pytest.raises(AdoptionError, match="no signatory is known by 2001-01-31"):
        told([("FRA", "accession", 9)], 30)
