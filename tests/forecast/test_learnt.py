"""What is learnt from: the base set or acts that are given, and each model made once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pandas as pd
import pytest

from adoption import tables
from adoption.errors import AdoptionError
from adoption.forecasting.history import known_in
from adoption.forecasting.learnt import base_pool, groups, model_of, pool_from, states
from adoption.reading import recorded
from tests.forecast.made import consents_on, frame_of, real

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
        (groups, ["states"]),
        (base_pool, ["base_acts", "base_treaties", "states"]),
        (lambda: pool_from(BOTH.assign(treaty="I-1")), ["base_treaties", "states"]),
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


def test_acts_cut_off_on_a_day_are_followed_to_that_day() -> None:
    base, day = tables.read("base_acts"), pd.Timestamp("1999-12-31")
    for treaty in pool_from(base[base["date"] <= day]):
        assert (pd.Timestamp(treaty.opened) + pd.Timedelta(days=treaty.seen)) <= day


@pytest.mark.parametrize("column", ["treaty", "iso3", "act", "date"])
def test_a_column_that_is_not_there_is_named(column: str) -> None:
    with pytest.raises(AdoptionError, match=f"base_acts: there is no column '{column}'"):
        pool_from(BOTH.assign(treaty="I-1").drop(columns=column))


def test_a_model_is_made_once_for_a_pool_and_a_seed() -> None:
    pool = [consents_on(*range(0, 600, 30), number=f"I-{n}") for n in range(5)]
    assert model_of(pool) is model_of(list(pool))
    assert model_of(pool, 1) is not model_of(pool)
    assert model_of(pool[:4]) is not model_of(pool)
    assert [t.treaty for t in model_of(pool).pool] == [t.treaty for t in pool]
    assert base_pool() is base_pool()
