"""The cases: a situation and its features by hand, and what is learnt from a treaty."""

from __future__ import annotations

from datetime import date
from math import log

import numpy as np
import pytest

from adoption.forecasting.cases import (
    FEATURES,
    LEARNT_AGES,
    LEARNT_TARGETS,
    LINEAR,
    NEEDED,
    SIGNS,
    UN_GROUPS,
    cases_of,
    features,
    learning_cases,
    situation,
    year_of,
)
from tests.forecast.made import acted, consents_on, treaty

AFRICA, ASIA, _, LATIN, _ = UN_GROUPS
GROUPS = {"AAA": AFRICA, "BBB": AFRICA, "CCC": ASIA, "DDD": LATIN, "EEE": ""}
SMALL = treaty(
    opened=date(2010, 1, 1),
    signed={"AAA": 0, "BBB": 10, "CCC": 11, "EEE": 250},
    consented={"AAA": 30, "DDD": 210, "CCC": 390},
    seen=1000,
)


def test_the_situation_of_a_small_treaty() -> None:
    now = situation(SMALL.signed, SMALL.consented, SMALL.opened, 400.0, GROUPS)
    assert (now.age, now.opened) == (400, 2010)
    # Half a year is from day 217 on, a year from day 35 on.
    assert (now.consents, now.consents_half_year, now.consents_year) == (3, 1, 2)
    assert (now.signatories, now.signatures_half_year, now.signatories_first_days) == (4, 1, 2)
    assert now.waiting == 2  # BBB and EEE
    assert now.groups == (2, 1, 0, 0, 0, 1)


def test_later_acts_are_not_looked_at() -> None:
    now = situation(SMALL.signed, SMALL.consented, SMALL.opened, 10.0, GROUPS)
    assert (now.consents, now.signatories, now.signatories_first_days, now.waiting) == (0, 2, 2, 2)
    first = situation(SMALL.signed, SMALL.consented, SMALL.opened, 0.0, GROUPS)
    assert (first.signatories, first.signatures_half_year) == (1, 1)
    assert first.signatories_first_days == 1


def test_a_signatory_that_nobody_has_put_in_a_group_is_of_none() -> None:
    now = situation(SMALL.signed, SMALL.consented, SMALL.opened, 400.0, {})
    assert now.groups == (0, 0, 0, 0, 0, 4)


def test_years_have_fractions() -> None:
    assert year_of(date(2001, 1, 1)) == 2001
    assert year_of(date(2001, 12, 31)) == pytest.approx(2001 + 364 / 365.25)


def test_the_features_of_a_small_treaty() -> None:
    now = situation(SMALL.signed, SMALL.consented, SMALL.opened, 400.0, GROUPS)
    one, other = features(now, [4, 23])
    by_name = dict(zip(FEATURES, one, strict=True))
    assert by_name == pytest.approx(
        {
            "consents in half a year": log(1.5),
            "consents needed": log(1),
            "age": log(400),
            "signatories": log(5),
            "signatories in the first days": log(3),
            "signatures in half a year": log(1.5),
            "decade of opening": 201.0,
            f"share of signatories: {AFRICA}": 2.5 / 7,
            f"share of signatories: {ASIA}": 1.5 / 7,
            f"share of signatories: {UN_GROUPS[2]}": 0.5 / 7,
            f"share of signatories: {LATIN}": 0.5 / 7,
            f"share of signatories: {UN_GROUPS[4]}": 0.5 / 7,
        }
    )
    changed = {FEATURES[i] for i in np.flatnonzero(one != other)}
    assert changed == {"consents needed"}
    assert other[NEEDED] == pytest.approx(log(20))
    assert FEATURES[: len(LINEAR)] == LINEAR


def test_the_first_day_counts_as_one() -> None:
    now = situation(SMALL.signed, SMALL.consented, SMALL.opened, 0.0, {})
    assert features(now, [1])[0, FEATURES.index("age")] == 0


def test_one_more_consent_only_lowers_what_is_needed_and_raises_the_pace() -> None:
    """So that it can move a forecast in one direction only, but for which cases are alike."""
    before = situation(SMALL.signed, acted({"AAA": 30}), SMALL.opened, 400.0, GROUPS)
    after = situation(SMALL.signed, acted({"AAA": 30, "BBB": 300}), SMALL.opened, 400.0, GROUPS)
    (one,), (other,) = features(before, [5]), features(after, [5])
    changes = {FEATURES[i]: np.sign(other[i] - one[i]) for i in np.flatnonzero(one != other)}
    assert changes == {"consents needed": -1, "consents in half a year": 1}
    assert SIGNS == {"consents needed": 1, "consents in half a year": -1}


def test_the_cases_of_a_treaty() -> None:
    # Five consents by day 100, a sixth to tenth by day 600; watched to day 1000.
    small = consents_on(0, 0, 50, 80, 100, 150, 200, 300, 400, 600, seen=1000)
    found: dict[int, list[tuple[int, bool]]] = {}
    for row, log_wait, reached in cases_of(small, {}):
        age, wait = (round(float(np.exp(log))) for log in (row[FEATURES.index("age")], log_wait))
        found.setdefault(age, []).append((wait, reached))
    # The ages at which it was still to be watched for 180 days: up to 692, for 820 is the last.
    assert list(found) == [age for age in LEARNT_AGES if age <= 820] == list(LEARNT_AGES[:9])
    assert found[30][:3] == [(70, True), (570, True), (970, False)]
    assert len(found[30]) == len(LEARNT_TARGETS)
    # From day 100 on the target 5 is reached, from day 600 on the target 10.
    assert found[137][0] == (463, True)
    assert found[692] == [(308, False)] * (len(LEARNT_TARGETS) - 2)


def test_a_treaty_that_was_not_watched_for_long_teaches_nothing() -> None:
    assert not list(cases_of(consents_on(0, seen=186), {}))
    assert len(list(cases_of(consents_on(0, seen=187), {}))) == len(LEARNT_TARGETS)


def test_the_cases_of_a_pool() -> None:
    pool = [consents_on(0, seen=100), consents_on(0, seen=187), consents_on(0, 1, seen=230)]
    cases = learning_cases(pool, {})
    assert cases.features.shape == (27, len(FEATURES))
    assert cases.treaty.tolist() == [1] * 9 + [2] * 18
    # One over the root of the number: 9 cases of the second treaty, 18 of the third.
    assert cases.weight[[0, -1]] == pytest.approx([1 / 3, 1 / np.sqrt(18)])
    assert np.exp(cases.log_wait) == pytest.approx([180.0] * 9 + [223.0] * 9 + [200.0] * 9)
    assert not cases.reached.any()


def test_an_empty_pool_has_no_cases() -> None:
    cases = learning_cases([], {})
    assert cases.features.shape == (0, len(FEATURES))
    assert len(cases.weight) == len(cases.log_wait) == len(cases.treaty) == 0
