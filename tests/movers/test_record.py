"""The record of states: weights and shares by hand."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pytest

from adoption.forecasting.propensity.record import HALF_LIFE, others, shares, weights
from tests.movers.made import panel, treaty

BOTH = {"AAA": 0, "CCC": 0}
FIRST = date(1980, 1, 1)
LATER = FIRST + timedelta(days=round(HALF_LIFE))


def test_weights_halve_in_ten_years_and_never_look_ahead() -> None:
    made = panel(
        treaty("old", FIRST, BOTH, {}),
        treaty("new", LATER, BOTH, {}),
        treaty("S", LATER + timedelta(days=400), {}, {}),
    )
    starts = made.opened
    found = weights(made, np.array([True, True, True]), starts, starts)
    assert found[0].tolist() == [0, 0, 0]  # nothing came before, and it is not its own record
    assert found[1].tolist() == [1, 0, 0]
    assert found[2] == pytest.approx([0.5, 1, 0], abs=1e-4)
    late = weights(made, np.array([True, True, True]), starts, starts + 401)
    assert late[2, 1] == 0  # its outcome was known a day too late
    assert weights(made, np.array([False, True, True]), starts, starts)[2, 0] == 0


def test_a_share_begins_at_the_average() -> None:
    done = np.array([[True, False], [True, False], [False, False]])
    could = np.array([[True, True], [True, False], [True, True]])
    weight = np.array([[0.0, 0, 0], [0, 0, 0], [0.5, 1, 0]])
    own, average = shares(done, could, weight)
    # Acts 0.5 + 1 of 0.5 + 0.5 + 1 that could be: (1.5 + 1) / (2 + 10).
    assert average[2, 0] == pytest.approx(2.5 / 12)
    assert own[2] == pytest.approx([(1.5 + 5 * 2.5 / 12) / 6.5, (0 + 5 * 2.5 / 12) / 5.5])
    assert own[0] == pytest.approx([0.1, 0.1])  # no record: one in ten


def test_the_others_of_a_group_leave_the_state_itself_out() -> None:
    acted = np.array([[True, True, False, True]])
    able = np.array([[True, True, True, False]])
    group = np.array([0, 0, 0, 1])
    assert others(acted, able, group)[0].tolist() == [0.5, 0.5, 1.0, 0.0]
