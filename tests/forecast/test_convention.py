"""The forecast for conventions of the registry: two readings, the day it is made, the rule."""

from __future__ import annotations

import json
from datetime import date
from functools import cache

import pytest

from adoption import tables
from adoption.data.dictionary import CONSENTS
from adoption.errors import AdoptionError
from adoption.forecasting import forecast_threshold
from adoption.forecasting.convention import (
    READINGS,
    ConventionForecast,
    acts_of,
    forecast_convention,
    pool_for,
    start_day,
)
from adoption.law.conventions import load_conventions
from adoption.law.status import load_status

NEWEST = date(2026, 11, 24)
STARTS = date(2026, 2, 10)  # the last day for which the list of acts is nearly complete


@cache
def found(name: str, day: date = NEWEST) -> ConventionForecast:
    return forecast_convention(load_conventions()[name], day)


def test_this_convention_under_both_readings() -> None:
    hanoi = found("hanoi")
    assert (hanoi.as_of, hanoi.made_on) == (NEWEST, STARTS)
    firm, counted = hanoi.firm, hanoi.counted
    assert (firm.as_of, firm.threshold) == (STARTS, 40)
    # By another way: the status of the convention on the day asked about.
    status = load_status("hanoi", NEWEST)
    assert counted.consents == status.counted.lower
    assert hanoi.signatories("counted") == 74  # of the 75 known one is the European Union
    assert firm.consents <= status.counted.confirmed < counted.consents
    assert firm.signatories < counted.signatories
    assert hanoi.readings_differ


@pytest.mark.parametrize("name", load_conventions())
def test_acts_that_are_reported_or_have_no_day_are_one_reading(name: str) -> None:
    convention, acts = load_conventions()[name], tables.read("acts")
    counted, firm = (acts_of(convention, acts, reading) for reading in reversed(READINGS))
    assert set(counted["convention"]) == {name}
    left_out = counted.loc[counted.index.difference(firm.index)]
    assert (left_out["date"].isna() | (left_out["grade"] == "reported")).all()
    assert firm["date"].notna().all()
    assert "reported" not in set(firm["grade"])


@pytest.mark.parametrize(
    ("name", "day", "made_on"),
    [
        ("hanoi", NEWEST, STARTS),
        ("hanoi", date(2026, 1, 1), date(2026, 1, 1)),
        ("untoc", NEWEST, date(2014, 1, 27)),  # the list says nothing after it
        ("budapest", date(2003, 1, 1), date(2003, 1, 1)),
    ],
)
def test_it_starts_on_the_last_day_for_which_the_list_is_nearly_complete(
    name: str, day: date, made_on: date
) -> None:
    assert start_day(load_conventions()[name], day) == made_on


@pytest.mark.parametrize("day", [date(2026, 8, 2), NEWEST])
def test_days_without_data_move_nothing(day: date) -> None:
    """Of 2 February and the two days after it: only the eight days to 10 February are seen."""
    starts = found("hanoi", STARTS)
    for q in (0.1, 0.5, 0.9):
        assert found("hanoi", day).firm.quantile(q) == starts.firm.quantile(q)
        assert found("hanoi", day).counted.quantile(q) == found("hanoi").counted.quantile(q)
    before, after = (one.firm.quantile(0.5) for one in (found("hanoi", date(2026, 2, 2)), starts))
    assert before is not None
    assert after is not None
    assert 0 <= (after - before).days <= 31


def test_without_a_day_to_start_from_what_is_known_is_told_and_nothing_forecast() -> None:
    malabo = found("malabo").to_dict()["reported_and_undated_acts"]["counted"]
    assert (malabo["consents"], malabo["reached"]) == (15, "2023-05-09")
    early = found("malabo", date(2020, 1, 1))
    assert early.firm.wait is None
    assert early.firm.note == "who has signed is not named in any source seen"
    told = early.to_dict()["reported_and_undated_acts"]["counted"]
    assert (told["consents"], told["signatories"], told["median"]) == (2, None, None)
    assert "chance_by_end_of" not in told
    assert found("arab-2010", date(2013, 1, 1)).firm.note.startswith("its list of acts is not")


def test_it_learns_what_was_known_on_the_day_and_not_from_itself() -> None:
    untoc, day = load_conventions()["untoc"], date(2001, 12, 12)
    pool = pool_for(untoc, day)
    numbers = {treaty.treaty for treaty in pool}
    assert "XVIII-12" not in numbers
    assert "XVIII-14" not in numbers  # the Convention against Corruption opened in 2003
    assert "XVIII-10" in numbers
    for treaty in pool:
        assert treaty.opened.toordinal() + treaty.seen <= day.toordinal()
        assert treaty.consented.day.max() <= treaty.seen
    rotterdam = pool_for(load_conventions()["rotterdam"], NEWEST)
    assert "XXVII-14" not in {treaty.treaty for treaty in rotterdam}


def test_it_is_the_forecast_of_the_threshold_from_the_same_acts() -> None:
    hanoi = found("hanoi")
    own = acts_of(hanoi.convention, tables.read("acts"), "not counted")
    same = forecast_threshold(own, opened=date(2025, 10, 25), threshold=40, as_of=hanoi.made_on)
    assert same.summary() == hanoi.firm.summary()
    assert len(hanoi.pool) == 178


def test_entry_into_force_follows_by_the_rule() -> None:
    untoc = found("untoc")
    assert untoc.firm.reached == date(2003, 7, 1)
    assert untoc.in_force(untoc.firm.reached) == date(2003, 9, 29)  # on the 90th day after
    assert untoc.in_force(None) is None
    assert untoc.in_force(untoc.firm.reached) == untoc.convention.entered_into_force
    assert untoc.readings_differ  # ten states joined after 2014, on days that are not known


def test_another_threshold_and_a_pool_of_its_own() -> None:
    untoc = load_conventions()["untoc"]
    other = forecast_convention(untoc, NEWEST, threshold=60)
    acts = tables.read("acts").query("convention == 'untoc' and iso3 != 'EUE'")
    first = acts[acts["act"].isin(CONSENTS)].groupby("iso3")["date"].min().sort_values()
    assert (other.firm.threshold, other.firm.reached) == (60, first.iloc[59].date())
    small = found("hanoi").pool[:25]
    hanoi = forecast_convention(load_conventions()["hanoi"], NEWEST, pool=small, seed=3)
    assert hanoi.pool == small
    assert set(hanoi.firm.alike) <= {treaty.treaty for treaty in small}


@pytest.mark.parametrize("name", ["hanoi", "untoc", "budapest", "malabo", "arab-2010"])
def test_it_can_be_written_as_plain_values(name: str) -> None:
    told = found(name).to_dict()
    assert json.loads(json.dumps(told)) == told
    assert told["convention"] == name
    readings = ["counted"] if name in ("malabo", "arab-2010") else list(READINGS)
    assert list(told["reported_and_undated_acts"]) == readings
    for reading in told["reported_and_undated_acts"].values():
        median, force = reading["median"], reading["median_entry_into_force"]
        assert (median is None) == (force is None)
        assert median is None or median < force


def test_before_the_opening_there_is_no_forecast() -> None:
    with pytest.raises(AdoptionError, match="as_of") as caught:
        forecast_convention(load_conventions()["hanoi"], date(2025, 10, 24))
    assert len(str(caught.value).splitlines()) == 1


def test_after_the_day_of_the_data_there_is_no_forecast() -> None:
    with pytest.raises(AdoptionError, match="as_of: 2031-01-01 is after 2026-"):
        forecast_convention(load_conventions()["hanoi"], date(2031, 1, 1))
