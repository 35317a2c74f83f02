"""All that is asked of an entry into force, put together."""

from __future__ import annotations

from adoption.forecasting.chances import by_year
from adoption.forecasting.fan import fans
from adoption.forecasting.history import SHOWN, SHOWN_AGES
from adoption.law.status import load_status
from tests.forecast.entries import NEWEST, entry


def test_the_parts_are_of_one_day_and_convention() -> None:
    untoc = entry("untoc")
    assert untoc.status.nth_instrument == load_status("untoc", NEWEST).nth_instrument
    assert untoc.found.as_of == untoc.status.as_of == NEWEST
    assert untoc.drawn is not None
    assert untoc.drawn.convention is untoc.found.convention
    assert untoc.chances().equals(by_year(untoc.found))
    assert untoc.fans().keys() == fans(untoc.drawn).keys()


def test_the_others_are_the_treaties_shown_without_the_convention_itself() -> None:
    told = entry("untoc").others()
    assert {past.treaty for past in told} == set(SHOWN) - {"XVIII-12"}
    assert {past.age for past in told} == set(SHOWN_AGES)
    assert all(past.forecast.threshold == SHOWN[past.treaty] for past in told)
    # By the depositary's lists: 23 April 2001, 11 April 2002 and 15 September 2005.
    happened = {past.treaty: str(past.happened) for past in told}
    assert happened == {
        "XVIII-9": "2001-04-23",
        "XVIII-10": "2002-04-11",
        "XVIII-14": "2005-09-15",
    }
