"""The forecast of a threshold: what holds for any acts, and what it refuses."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from datetime import date, timedelta

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from adoption import tables
from adoption.forecasting import Forecast, forecast_threshold
from adoption.forecasting.known import known_on
from adoption.forecasting.learnt import base_pool, states
from adoption.forecasting.threshold import forecast
from tests.forecast.made import OPENED, Row, frame_of, real, real_acts, some_base_acts

STATES = tuple(states()[::3])  # 65 of them, so that examples stay small
LEVELS = (0.01, 0.1, 0.25, 0.5, 0.75, 0.9, 0.99)
UNTOC = date(2000, 12, 12)
ONE_DAY = timedelta(days=1)
examples = settings(
    max_examples=10, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)  # the same ones each time: a forecast is a property of the data as well


@st.composite
def histories(draw: st.DrawFn) -> tuple[list[Row], int]:
    """Draw an age in days, who signed and who consented by then, and when."""
    age = draw(st.integers(0, 4000))
    rows: list[Row] = []
    for act, most in (("signature", len(STATES)), ("ratification", 39)):
        who = draw(st.lists(st.sampled_from(STATES), max_size=most, unique=True))
        rows += [(iso3, act, draw(st.integers(0, age))) for iso3 in who]
    return rows, age


HISTORIES = histories()


def told(rows: Sequence[Row], age: int, threshold: int = 40, opened: date = OPENED) -> Forecast:
    """Return the forecast from made-up acts at an age."""
    return forecast_threshold(
        frame_of(rows, opened), opened=opened, threshold=threshold,
        as_of=opened + timedelta(days=age),
    )  # fmt: skip


def untoc(as_of: date, threshold: int = 40) -> Forecast:
    acts = real_acts("XVIII-12")
    return forecast_threshold(acts, opened=UNTOC, threshold=threshold, as_of=as_of)


@examples
@given(HISTORIES)
def test_chances_rise_with_the_day_and_days_with_the_chance(made: tuple[list[Row], int]) -> None:
    found = told(*made)
    chances = [found.cdf(found.as_of + timedelta(days=days)) for days in range(-5, 11_500, 97)]
    assert chances[0] == 0
    assert chances == sorted(chances)
    assert chances[-1] <= 1
    days = [found.quantile(q) or date.max for q in LEVELS]
    assert days == sorted(days)
    assert all(found.as_of < day <= found.horizon or day == date.max for day in days)


@examples
@given(HISTORIES)
def test_what_is_known_to_have_come_since_only_makes_it_sooner(made: tuple[list[Row], int]) -> None:
    """And soon as it comes, not sooner than had it come by the day: never as good as reached."""
    rows, age = made
    day = OPENED + timedelta(days=age)
    free = [iso3 for iso3 in STATES if (iso3, "ratification") not in {row[:2] for row in rows}]
    needed = 40 - sum(act == "ratification" for _, act, _ in rows)
    before = forecast(known_on(frame_of(rows), OPENED, day), 40, base_pool())
    least = [before]
    for more in range(1, min(needed, 4)):
        new = [(iso3, "accession", age + 1) for iso3 in free[:more]]  # ever less likely
        frame = frame_of([*rows, *new])
        soon, late = (
            forecast(known_on(frame, OPENED, day, day + timedelta(days=n)), 40, base_pool())
            for n in (1, 900)
        )
        assert soon.summary() == late.summary()  # days without news
        assert soon.consents == before.consents + more
        on_the_day = told([*rows, *((iso3, "accession", age) for iso3 in free[:more])], age)
        least.append(on_the_day)
        for q in LEVELS:
            assert soon.quantile(q) == min(
                (one.quantile(q) or date.max for one in least), default=None
            ) or (soon.quantile(q) is None and all(one.quantile(q) is None for one in least))


@examples
@given(HISTORIES)
def test_a_quantile_is_the_first_day_with_that_chance(made: tuple[list[Row], int]) -> None:
    found = told(*made)
    for q in LEVELS:
        day = found.quantile(q)
        if day is None:
            assert found.cdf(found.horizon) < q
        else:
            assert found.cdf(day - ONE_DAY) < q <= found.cdf(day)


@examples
@given(HISTORIES, st.integers(0, 400))
def test_acts_after_the_day_change_nothing(made: tuple[list[Row], int], later: int) -> None:
    rows, age = made
    more = [(iso3, "accession", age + 1 + later + i) for i, iso3 in enumerate(STATES)]
    assert told([*rows, *more], age).summary() == told(rows, age).summary()


@examples
@given(HISTORIES, st.randoms(use_true_random=False))
def test_neither_organisations_nor_the_order_of_rows_change_anything(
    made: tuple[list[Row], int], random: object
) -> None:
    rows, age = made
    union: list[Row] = [("EUE", "signature", 0), ("EUE", "approval", age)]
    shuffled = [*rows, *union]
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert told(shuffled, age).summary() == told(rows, age).summary()


@examples
@given(HISTORIES, st.integers(1, 39))
def test_what_is_reached_is_a_point_on_its_day(made: tuple[list[Row], int], number: int) -> None:
    rows, age = made
    days = sorted(day for _, act, day in rows if act == "ratification")
    found = told(rows, age, number)
    if len(days) < number:
        assert found.reached is None
        return
    day = OPENED + timedelta(days=days[number - 1])
    assert found.reached == day
    assert {found.quantile(q) for q in LEVELS} == {day}
    assert (found.cdf(day - ONE_DAY), found.cdf(day)) == (0, 1)


def test_what_is_reached_today_is_a_point_on_this_day() -> None:
    day = date(2003, 7, 1)  # Azerbaijan's instrument was the 40th
    assert untoc(day).quantile(0.5) == untoc(day).quantile(0.01) == day
    before = untoc(day - ONE_DAY)
    assert (before.reached, before.consents) == (None, 39)
    assert before.quantile(0.01) in (day, day + ONE_DAY)  # the 40th was a day away


@pytest.mark.parametrize("age", [0, 1, 91, 3650])
@pytest.mark.parametrize("threshold", [1, 20, 40])
def test_without_any_act_there_is_a_median(age: int, threshold: int) -> None:
    found = told([], age, threshold)
    assert (found.consents, found.signatories) == (0, 0)
    median = found.quantile(0.5)
    assert median is None or found.as_of < median <= found.horizon
    assert 0 < found.cdf(found.horizon) <= 1


def test_more_parties_than_there_are_states_never_come() -> None:
    number = len(states())
    assert number == 197
    never = untoc(date(2001, 12, 12), number + 1)
    assert [never.quantile(q) for q in LEVELS] == [None] * len(LEVELS)
    assert (never.cdf(never.horizon), never.cdf(date.max)) == (0, 0)
    assert never.note == "There are 197 states, so that 198 parties can never be reached."
    later = "Learnt from acts on other treaties up to 2018-01-15, later than the forecast's day."
    assert untoc(date(2001, 12, 12), number).note == later


@pytest.mark.parametrize("number", ["XVIII-12", "XVIII-12-a"])
def test_the_treaty_itself_teaches_nothing_about_itself(number: str) -> None:
    base = some_base_acts()
    with_it, without = (
        forecast_threshold(
            real_acts(number), opened=UNTOC, threshold=40, as_of=date(2001, 12, 12),
            base_acts=acts,
        )
        for acts in (base, base[base["treaty"] != number])
    )  # fmt: skip
    assert without.summary() == with_it.summary()
    assert number not in with_it.alike
    # Its sisters, which opened on the same day, are other treaties.
    assert {"XVIII-12", "XVIII-12-a", "XVIII-12-b"} & set(with_it.alike)


def test_what_is_learnt_from_can_be_what_was_known_on_a_day() -> None:
    base, day = tables.read("base_acts"), date(1999, 12, 31)
    then = base[base["date"] <= pd.Timestamp(day)]
    found = forecast_threshold(
        frame_of([("FRA", "signature", 0)]), opened=OPENED, threshold=40, as_of=OPENED,
        base_acts=then,
    )  # fmt: skip
    assert not {"XVIII-12", "XVIII-14"} & set(found.alike)  # opened later
    assert found.summary() != told([("FRA", "signature", 0)], 0).summary()


SAME_BYTES = """
import json
from datetime import date
from adoption.forecast import forecast_threshold
from tests.forecast.made import real_acts, some_base_acts
found = forecast_threshold(
    real_acts("XVIII-12"), opened=date(2000, 12, 12), threshold=40, as_of=date(2001, 12, 12),
    base_acts=some_base_acts(), seed=7,
)
print(json.dumps([found.summary(), found.wait.at.tobytes().hex()[:4000]]))
"""


def test_the_same_seed_gives_the_same_bytes_in_another_process() -> None:
    found, other = (
        forecast_threshold(
            real_acts("XVIII-12"), opened=UNTOC, threshold=40, as_of=date(2001, 12, 12),
            base_acts=some_base_acts(), seed=seed,
        )
        for seed in (7, 8)
    )  # fmt: skip
    assert found.wait is not None
    ran = subprocess.run(
        [sys.executable, "-c", SAME_BYTES], capture_output=True, text=True, check=True,
        env=os.environ | {"PYTHONHASHSEED": "12345"},
    )  # fmt: skip
    here = json.dumps([found.summary(), found.wait.at.tobytes().hex()[:4000]])
    assert ran.stdout.strip() == here
    assert other.summary() != found.summary()


def test_moments_are_taken_for_their_days() -> None:
    found = forecast_threshold(
        real_acts("XVIII-12"), opened=pd.Timestamp(UNTOC), threshold=40,
        as_of=pd.Timestamp("2001-12-12 15:00"),
    )  # fmt: skip
    assert found.summary() == untoc(date(2001, 12, 12)).summary()


def test_the_forecast_of_a_real_treaty_says_what_was_known() -> None:
    day = UNTOC + timedelta(days=365)
    found = untoc(day)
    assert (found.consents, found.threshold, found.as_of) == (6, 40, day)
    assert found.signatories == real("XVIII-12").signed.by(365)
    assert len(found.alike) == 8
    assert 0 < sum(found.alike.values()) <= 1
