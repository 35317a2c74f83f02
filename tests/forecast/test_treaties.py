"""From a table of acts to days: windows, organisations, what was known, and who is kin."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pandas as pd
import pytest

from adoption.core.errors import AdoptionError
from adoption.forecasting.treaties import (
    base_treaties,
    known_on,
    related,
    same_treaty,
    state_codes,
    treaties_from,
    treaty_of,
)
from tests.adopting import rows
from tests.forecast.made import OPENED, frame_of, on_days, real, real_acts, treaty

UNTOC = "XVIII-12"


def test_what_was_done_by_the_day() -> None:
    acts = frame_of(
        [
            ("FRA", "signature", -3),
            ("PER", "definitive signature", 5),
            ("PER", "ratification", 9),
            ("EUE", "approval", 6),
            ("OMN", "accession", 11),
            ("QAT", "ratification", 10),
        ]
    )
    found = treaty_of(acts, OPENED, OPENED + timedelta(days=10))
    assert (found.signed.iso3, found.signed.day.tolist()) == (("FRA", "PER"), [0, 5])
    assert (found.consented.iso3, found.consented.day.tolist()) == (("PER", "QAT"), [5, 10])
    with pytest.raises(AdoptionError, match="as_of: 2000-12-31 is before the opening"):
        treaty_of(acts, OPENED, date(2000, 12, 31))


def test_an_act_without_a_day_counts_once_its_window_is_over() -> None:
    acts = frame_of([("FRA", "ratification", 0)]).assign(
        date=pd.Series([pd.NaT], dtype="datetime64[us]"),
        earliest=pd.Timestamp("2001-02-01"),
        latest=pd.Timestamp("2001-03-01"),
    )
    assert treaty_of(acts, OPENED, date(2001, 2, 28)).consented.iso3 == ()
    consented = treaty_of(acts, OPENED, date(2001, 3, 1)).consented
    assert (consented.earliest.tolist(), consented.day.tolist()) == ([31], [59])
    # It may have been done on its first day, 28 days before.
    assert consented.recent(20, np.array([58.0, 59.0])) == pytest.approx([0, 2 ** (-1.4 * 1.4)])


def test_the_base_set_by_a_plain_count() -> None:
    people = {row["iso3"] for row in rows("states") if row["kind"] != "organization"}
    assert set(state_codes()) == people
    days = [
        date.fromisoformat(row["date"])
        for row in rows("base_acts")
        if row["treaty"] == UNTOC and row["iso3"] in people and row["act"] != "signature"
    ]
    untoc = real(UNTOC)
    assert untoc.opened == date(2000, 12, 12)
    assert untoc.consented.nth(40) == (sorted(days)[39] - untoc.opened).days == 931
    assert untoc.seen == (date(2014, 1, 27) - untoc.opened).days
    assert len(base_treaties()) == 180
    nobody = [one.treaty for one in base_treaties() if not len(one.consented.day)]
    assert nobody == ["X-20", "XII-2"]  # slow ones stay in


def test_a_pool_is_cut_at_a_day() -> None:
    day = date(2001, 12, 12)
    then = {one.treaty: one for one in known_on(base_treaties(), day)}
    assert "XVIII-14" not in then  # the Convention against Corruption opened in 2003
    untoc = then[UNTOC]
    assert untoc.seen == 365
    assert len(untoc.consented.day) == int(real(UNTOC).consented.by(365)) == 6
    for one in then.values():
        assert one.opened + timedelta(days=one.seen) <= day
        assert max(*one.signed.day, *one.consented.day) <= one.seen
    acts = real_acts(UNTOC)
    given = treaties_from(acts[acts["date"] <= pd.Timestamp(day)])
    assert given[0].seen <= 365  # nothing is known after the newest act that is given


def test_a_convention_and_its_protocols_are_one_package() -> None:
    kin = {one.treaty for one in base_treaties() if related(one, real(UNTOC))}
    assert {UNTOC, "XVIII-12-a", "XVIII-12-b", "XVIII-12-c"} <= kin
    assert "XVIII-14" not in kin
    day = date(2000, 1, 1)
    near, far = (treaty("V-1", opened=day + timedelta(days=days)) for days in (30, 31))
    assert related(treaty("IV-1", opened=day), near)
    assert not related(treaty("IV-1", opened=day), far)
    assert not related(treaty("IV-11", opened=day), treaty("IV-1", opened=date(1970, 1, 1)))


def test_a_treaty_is_known_again_by_its_acts_as_far_as_they_are_seen() -> None:
    untoc = real(UNTOC)
    assert same_treaty(untoc.known_at(400), untoc)
    assert not same_treaty(real("XVIII-12-a").known_at(400), untoc)
    assert not same_treaty(treaty(opened=untoc.opened, consented=on_days(1, 2, 3)), untoc)
