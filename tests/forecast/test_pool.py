"""The pool of treaties: who is in it, how acts become days, and what was known on a day."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd
import pytest

from adoption import tables
from adoption.forecasting.learnt import base_pool, states
from adoption.forecasting.pool import Acts, acts_since, first_acts_of, known_on, pool_of
from tests.forecast.made import OPENED, acted, frame_of, real, treaty

STATES = ("AAA", "BBB", "CCC")
SEEN = {"I-1": pd.Timestamp("2011-01-01")}


def base(**treaties: pd.DataFrame) -> pd.DataFrame:
    """Return acts on treaties, whose numbers are written with _ for -."""
    numbered = [acts.assign(treaty=name.replace("_", "-")) for name, acts in treaties.items()]
    return pd.concat(numbered, ignore_index=True)


def test_acts_are_counted_and_named_by_age() -> None:
    acts = acted({"AAA": 0, "BBB": 10, "CCC": 10, "DDD": 400})
    assert [acts.by(age) for age in (-1, 0, 9.5, 10, 399, 400)] == [0, 1, 1, 3, 3, 4]
    assert acts.who(10) == {"AAA", "BBB", "CCC"}
    assert [acts.nth(n) for n in (1, 2, 3, 4, 5)] == [0, 10, 10, 400, np.inf]
    assert acts.between(0, 10) == 2  # not the one on day 0
    assert acts.between(-1, 400) == 4


def test_an_act_with_a_window_is_recent_only_if_all_of_it_is() -> None:
    acts = Acts(("AAA", "BBB"), np.array([100.0, 120.0]), np.array([100.0, 40.0]))
    assert (acts.by(120), acts.between(50, 120), acts.between(30, 120)) == (2, 1, 2)


def test_the_first_act_of_each_state_counts() -> None:
    acts = frame_of(
        [("AAA", "ratification", 9), ("AAA", "accession", 3), ("BBB", "signature", 1),
         ("CCC", "withdrawal", 1)]
    )  # fmt: skip
    acts = pd.concat([acts, frame_of([("DDD", "ratification", 1)])], ignore_index=True)
    acts["date"] = acts["date"].where(acts["iso3"] != "DDD")  # not known
    first = first_acts_of(acts, ["ratification", "accession"])
    assert first[["iso3", "act"]].to_numpy().tolist() == [["AAA", "accession"]]


def test_what_came_before_the_opening_counts_from_day_zero() -> None:
    acts = acts_since(OPENED, frame_of([("AAA", "ratification", -30), ("BBB", "ratification", 2)]))
    assert (acts.iso3, acts.day.tolist()) == (("AAA", "BBB"), [0, 2])


def test_a_treaty_of_the_pool() -> None:
    acts = frame_of(
        [("AAA", "signature", 0), ("BBB", "definitive signature", 5), ("AAA", "ratification", 40),
         ("EUE", "approval", 6), ("CCC", "accession", -3), ("CCC", "succession", 90)]
    )  # fmt: skip
    (made,) = pool_of(base(I_1=acts), STATES, SEEN)
    assert (made.treaty, made.opened, made.seen) == ("I-1", OPENED, 3652)
    assert (made.signed.iso3, made.signed.day.tolist()) == (("AAA", "BBB"), [0, 5])
    assert made.consented.iso3 == ("CCC", "BBB", "AAA")
    assert made.consented.day.tolist() == [0, 5, 40]


def test_who_is_not_in_the_pool() -> None:
    both = [("AAA", "signature", 0), ("AAA", "ratification", 40)]
    acts = base(
        I_1=frame_of(both),
        I_2=frame_of(both[1:]),  # nobody signed
        I_3=frame_of(both[:1]),  # nobody consented
        I_4=frame_of(both, date(1945, 12, 31)),
        I_5=frame_of(both, date(1946, 1, 1)),
        I_6=frame_of([("EUE", "signature", 0), ("EUE", "approval", 9)]),
        I_7=frame_of([("AAA", "definitive signature", 0)]),  # the opening is a signature proper
    )
    pool = pool_of(acts, STATES, SEEN)
    assert [t.treaty for t in pool] == ["I-1", "I-5"]
    # Of a treaty that is not in the list, the newest day of all acts: 10 February 2001.
    assert pool[1].seen == (date(2001, 2, 10) - date(1946, 1, 1)).days


def test_what_was_known_on_a_day() -> None:
    whole = treaty(
        signed={"AAA": 0, "BBB": 30}, consented={"AAA": 20, "CCC": 31, "BBB": 60}, seen=100
    )
    young = treaty("I-2", opened=date(2001, 3, 1), consented={"AAA": 5})
    none_yet = treaty("I-3", signed={"AAA": 0}, consented={"AAA": 32})
    known = known_on([whole, young, none_yet], date(2001, 2, 1))  # day 31
    assert [t.treaty for t in known] == ["I-1"]
    assert known[0].seen == 31
    assert known[0].signed.iso3 == ("AAA", "BBB")
    assert (known[0].consented.iso3, known[0].consented.day.tolist()) == (("AAA", "CCC"), [20, 31])
    assert known_on([whole], date(2001, 4, 11)) == (whole,)  # day 100: all that was seen
    assert known_on([whole], date(2030, 1, 1)) == (whole,)
    assert known_on([whole], OPENED) == ()


def test_the_base_set() -> None:
    pool = base_pool()
    assert len(pool) == 178
    assert [t.treaty for t in pool] == sorted(t.treaty for t in pool)
    assert min(t.opened for t in pool) >= date(1946, 1, 1)
    of_states = set(states())
    for one in pool:
        for acts in (one.signed, one.consented):
            assert of_states.issuperset(acts.iso3)
            assert len(set(acts.iso3)) == len(acts.iso3)
            assert (np.diff(acts.day) >= 0).all()
            assert (acts.day >= 0).all()
        assert one.signed.by(0) >= 1
        assert len(one.consented.day) >= 1


def test_a_treaty_of_the_base_set_as_the_table_has_it() -> None:
    # By another way: the table of the acts, counted with a pivot.
    acts = tables.read("base_acts").query("treaty == 'XVIII-12' and iso3 != 'EUE'")
    consents = acts[acts["act"].isin(["ratification", "acceptance", "approval", "accession",
                                      "succession", "definitive signature"])]  # fmt: skip
    first = consents.groupby("iso3")["date"].min()
    days = sorted((first - pd.Timestamp("2000-12-12")).dt.days)
    assert real("XVIII-12").opened == date(2000, 12, 12)
    assert real("XVIII-12").consented.day.tolist() == pytest.approx(days)
