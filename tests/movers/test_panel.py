"""The panel: acts in place, closing days, and which treaties are recalled and learnt from."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pytest

from adoption.forecasting.propensity.record import HALF_LIFE, others, shares, weights
from adoption.forecasting.propensity.subject import subject_of, why_no_signing
from adoption.law.conventions import load_conventions
from adoption.law.status import status_on
from tests.conftest import Act, acts_of, bound, made_up, states_of
from tests.movers.made import NEWEST, panel, treaty

SUBJECT = treaty("S", date(2020, 1, 1), {}, {}, seen=10)
EVERY = {"AAA": 0, "CCC": 100}


def test_acts_stand_in_place_and_others_are_infinite() -> None:
    made = panel(treaty("T", date(1990, 1, 1), {"BBB": 3, "EUE": 1}, {"AAA": 5}), SUBJECT)
    assert made.states == ("AAA", "BBB", "CCC", "DDD")
    assert made.signed[0].tolist() == [np.inf, 3, np.inf, np.inf]
    assert made.consented[0].tolist() == [5, np.inf, np.inf, np.inf]


def test_a_treaty_is_recalled_once_every_group_has_acted() -> None:
    made = panel(
        treaty("one group", date(1990, 1, 1), {"AAA": 0, "BBB": 9}, {}),
        treaty("both", date(1990, 1, 1), {"AAA": 0}, {"DDD": 9}),
        SUBJECT,
    )
    assert made.recalled.tolist() == [False, True, False]
    assert not made.learns.any()  # neither has twenty parties


def test_the_last_signature_stands_for_the_closing_where_it_is_not_known() -> None:
    made = panel(
        treaty("bound", date(1990, 1, 1), EVERY, {}),
        treaty("known", date(1990, 1, 1), EVERY, {}),
        treaty("stays open", date(1990, 1, 1), {"AAA": 0, "CCC": 4000}, {}),
        treaty("one day", date(1990, 1, 1), {"AAA": 0, "CCC": 0}, {}),
        SUBJECT,
        closings={"known": date(1990, 6, 30), "S": date(2020, 12, 31)},
    )
    assert made.length.tolist() == [100, 180, 0, 0, 365]


def test_who_could_act() -> None:
    made = panel(treaty("T", date(1999, 1, 1), EVERY, {}), SUBJECT)
    assert made.able(np.array([0.0, 0.0])).tolist() == [[True, True, True, False], [True] * 4]
    # DDD is a member from about the first day of 2000, 365 days later.
    assert made.able(np.array([367.0, 0.0]))[0].tolist() == [True] * 4


# The record of states: weights and shares by hand.


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


# The subject: acts that are certain, reported or of no known day.


ROWS: list[Act] = [
    ("AAA", "signature", "2001-01-03", "", "reported"),
    bound("AAA", "2001-02-01", "2001-02-28"),
    ("BBB", "accession", "2001-02-10", "", "reported"),
    bound("CCC", "2001-02-10", "2001-06-30"),
    ("DDD", "definitive signature", "2000-12-01", "", "confirmed"),
]


def made(*, count_reports: bool, day: date = date(2001, 3, 1)) -> dict[str, dict[str, float]]:
    acts = acts_of(ROWS)
    status = status_on(made_up(), day, acts, states_of(["AAA", "BBB", "CCC", "DDD"]))
    treaty = subject_of(status, acts, count_reports=count_reports)
    assert treaty.seen == (day - date(2001, 1, 1)).days
    return {
        kind: dict(zip(found.iso3, found.day.tolist(), strict=True))
        for kind, found in (("signed", treaty.signed), ("consented", treaty.consented))
    }


def test_what_is_certain_counts_from_the_beginning_of_its_window() -> None:
    firm = made(count_reports=False)
    assert firm["signed"] == {"AAA": 2, "DDD": 0}  # before the opening: from day zero
    assert firm["consented"] == {"AAA": 31, "DDD": 0}


def test_a_reported_consent_counts_on_the_other_reading() -> None:
    assert made(count_reports=True)["consented"] == {"AAA": 31, "BBB": 40, "DDD": 0}


def test_a_window_that_is_not_over_does_not_count_yet() -> None:
    assert "CCC" in made(count_reports=False, day=date(2001, 6, 30))["consented"]


@pytest.mark.parametrize(
    ("name", "day", "expected"),
    [
        ("hanoi", NEWEST, None),
        ("untoc", date(2002, 12, 11), None),
        ("untoc", date(2002, 12, 12), "closed"),
        ("budapest", NEWEST, "no closing day"),
        ("malabo", NEWEST, "signatories not named"),
    ],
)
def test_why_nothing_is_said_of_signing(name: str, day: date, expected: str | None) -> None:
    assert why_no_signing(load_conventions()[name], day) == expected
