"""The pool of treaties: who is in it, how acts become days, and what was known on a day."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import numpy as np
import pandas as pd
import pytest

from adoption import tables
from adoption.errors import AdoptionError
from adoption.forecasting.history import known_in
from adoption.forecasting.learnt import base_pool, groups, pool_from, states
from adoption.forecasting.pool import Acts, acts_since, first_acts_of, known_on, pool_of
from adoption.reading import recorded
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


def test_a_treaty_of_the_base_set_as_the_table_has_it() -> None:
    # By another way: the table of the acts, counted with a pivot.
    acts = tables.read("base_acts").query("treaty == 'XVIII-12' and iso3 != 'EUE'")
    consents = acts[acts["act"].isin(["ratification", "acceptance", "approval", "accession",
                                      "succession", "definitive signature"])]  # fmt: skip
    first = consents.groupby("iso3")["date"].min()
    days = sorted((first - pd.Timestamp("2000-12-12")).dt.days)
    assert real("XVIII-12").opened == date(2000, 12, 12)
    assert real("XVIII-12").consented.day.tolist() == pytest.approx(days)


# What is learnt from: the base set or acts that are given, and each model made once.


BOTH = frame_of([("FRA", "signature", 0), ("FRA", "ratification", 40), ("EUE", "approval", 1)])


def test_who_counts() -> None:
    assert len(states()) == 197  # 193 members, two observers and two other states
    assert {"FRA", "PSE", "VAT", "COK", "NIU"} <= set(states())
    assert "EUE" not in states()


def test_the_groups_of_the_united_nations() -> None:
    found = groups()
    assert len(found) == 198
    assert found["FRA"] == "Western European and Other States Group"
    assert found["VAT"] == found["EUE"] == ""


@pytest.mark.parametrize(
    ("made", "tables_read"),
    [
        (states, ["states"]),
        (base_pool, ["base_acts", "base_treaties", "states"]),
        (lambda: known_in(1999, frozenset()), ["base_acts", "base_treaties", "states"]),
    ],
)
def test_the_tables_of_what_is_remembered_are_recorded_each_time(
    made: Callable[[], object], tables_read: list[str]
) -> None:
    for _ in range(2):
        with recorded() as found:
            made()
        assert sorted(path.stem for path in found) == tables_read


def test_the_pool_of_given_acts() -> None:
    base = BOTH.assign(treaty="I-1")
    (made,) = pool_from(base)
    assert (made.treaty, made.opened, made.consented.iso3) == ("I-1", date(2001, 1, 1), ("FRA",))
    assert made.seen == 40  # no list of it is known: to the newest act
    assert pool_from(base.copy()) is pool_from(base)  # known again by its content
    assert pool_from(base.assign(treaty="I-2")) is not pool_from(base)


def test_a_treaty_is_not_followed_beyond_its_list() -> None:
    base = tables.read("base_acts")
    (same,) = pool_from(base[base["treaty"] == "XVIII-12"])
    newest = base.loc[base["treaty"] == "XVIII-12", "date"].max()
    assert same.seen == min((newest - pd.Timestamp("2000-12-12")).days, real("XVIII-12").seen)
    young = BOTH.assign(treaty="Z-1", date=BOTH["date"] + pd.Timedelta(days=9000))  # to 2025
    later = pool_from(pd.concat([base[base["treaty"] == "XVIII-12"], young]))
    assert [one.seen for one in later] == [real("XVIII-12").seen, 40]


@pytest.mark.parametrize("column", ["treaty", "iso3", "act", "date"])
def test_a_column_that_is_not_there_is_named(column: str) -> None:
    with pytest.raises(AdoptionError, match=f"base_acts: there is no column '{column}'"):
        pool_from(BOTH.assign(treaty="I-1").drop(columns=column))
