"""The panel: acts in place, closing days, and which treaties are recalled and learnt from."""

from __future__ import annotations

from datetime import date

import numpy as np

from tests.movers.made import panel, treaty

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
