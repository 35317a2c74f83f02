"""The waits on a convention: by group, to which day, and what is only known at least."""

from __future__ import annotations

from datetime import date

import pytest

from adoption.forecasting.survival import waitings
from adoption.law.spells import load_history
from tests.survival.made import CASES, NEWEST, STEPS, data, real


def test_this_convention() -> None:
    signing, consent = (real("hanoi", step) for step in STEPS)
    assert (signing.main.states, signing.main.acted_first, signing.main.acted) == (194, 71, 71)
    assert signing.main.first_days == 2  # of ten: the list is complete to the second
    assert signing.complete["lower"].acted_first == 67  # four are only reported
    assert (signing.complete_to, signing.beyond) == (date(2025, 10, 26), True)
    assert signing.least_known.acted == 74
    assert (consent.main.states, consent.main.acted) == (71, 0)
    assert [consent.known[r].acted for r in ("lower", "with_reports", "upper")] == [0, 3, 3]


def test_after_the_close_nothing_is_beyond_the_list_of_signatures() -> None:
    signing, consent = (real("untoc", step) for step in STEPS)
    assert (signing.complete_to, signing.beyond) == (date(2002, 12, 12), False)
    assert (consent.complete_to, consent.beyond) == (date(2014, 1, 27), True)
    assert signing.years_observed == pytest.approx(2, abs=0.01)


def test_the_groups_are_all_states_that_belong_to_one() -> None:
    signing = real("hanoi", "signature")
    groups = signing.groups()
    assert len(groups) == 5
    assert sum(own.main.states for own in groups.values()) == 193  # without Palestine
    assert sum(own.main.acted_first for own in groups.values()) == 70
    assert all(own.convention is signing.convention for own in groups.values())


@pytest.mark.parametrize(("name", "day"), CASES[::3])
def test_what_is_known_at_least_never_falls_short_of_the_complete_list(
    name: str, day: date
) -> None:
    for step in STEPS:
        own = real(name, step, day)
        for reading, estimate in own.complete.items():
            assert estimate.acted <= own.known[reading].acted
        assert own.main.acted <= own.least_known.acted
        assert own.beyond or own.main.acted == own.least_known.acted


def test_a_convention_that_had_not_opened_is_left_out() -> None:
    chosen = [load_history(name) for name in ("untoc", "hanoi")]
    found = waitings(chosen, data(), date(2003, 1, 1), "signature")
    assert [own.convention.convention for own in found] == ["untoc"]
    assert len(waitings(chosen, data(), NEWEST, "signature")) == 2
