"""Readings of waits: each reading of a doubtful act, and the real first days."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from adoption.forecasting.survival import COLUMNS, READINGS, Reach, waits_of
from adoption.law.spells import load_history
from tests.adopting import rows
from tests.conftest import acts_of, history_of, made_up, states_of
from tests.survival.made import CASES, STEPS, data, no_members, signed

CODES = ["AAA", "BBB", "CCC", "EUE"]
DAY = date(2001, 12, 31)
REACHES: tuple[Reach, Reach] = ("complete", "known")


def by_reading(*acts: tuple[str, str, str, str, str]) -> dict[str, dict[str, Any]]:
    states = states_of(CODES)
    history = history_of(made_up(closes=None), acts_of(acts), states)
    own = {"states": states, "memberships": no_members()}
    frame = waits_of(history, own, DAY, "signature", "complete")
    return {
        reading: {row["iso3"]: (row["time"], row["acted"])
                  for row in frame[frame["reading"] == reading].to_dict("records")}
        for reading in READINGS
    }  # fmt: skip


def test_an_act_without_a_day_makes_two_curves_and_never_a_day() -> None:
    found = by_reading(signed("AAA", "2001-02-01", "2001-03-01"),
                       signed("BBB", "2001-02-01", "2002-03-01"))  # fmt: skip
    assert found["lower"]["AAA"] == found["with_reports"]["AAA"] == (59, True)
    assert found["upper"]["AAA"] == (31, True)
    assert found["lower"]["BBB"] == (364, False)  # as late as possible is not at all
    assert found["upper"]["BBB"] == (31, True)
    assert found["lower"]["CCC"] == found["upper"]["CCC"] == (364, False)


def test_a_report_is_read_both_ways() -> None:
    found = by_reading(signed("AAA", "2001-02-01", grade="reported"))
    assert found["lower"]["AAA"] == (364, False)
    assert found["with_reports"]["AAA"] == found["upper"]["AAA"] == (31, True)


def test_the_first_day_of_this_convention_by_a_plain_count() -> None:
    states = {row["iso3"] for row in rows("states") if row["kind"] != "organization"}
    plain = {
        row["iso3"] for row in rows("acts")
        if row["convention"] == "hanoi" and row["date"] == "2025-10-25"
    }  # fmt: skip
    assert len(plain) == 69  # the European Union with them
    tables = data()
    day = date(2026, 11, 24)
    frame = waits_of(load_history("hanoi"), tables, day, "signature", "complete")
    own = frame[(frame["reading"] == "with_reports") & frame["acted"] & frame["time"].eq(0)]
    assert set(own["iso3"]) == plain & states
    assert len(own) == 68


@pytest.mark.parametrize(("name", "day"), CASES[::3])
def test_waits_of_every_convention_are_sound(name: str, day: date) -> None:
    history, tables = load_history(name), data()
    for reach in REACHES:
        for step in STEPS:
            frame = waits_of(history, tables, day, step, reach)
            assert list(frame.columns) == list(COLUMNS)
            assert not frame.duplicated(["reading", "iso3"]).any()
            assert (frame["time"] >= frame["entry"]).all()
            acted = frame.groupby("reading")["acted"].sum()
            if len(frame):
                assert acted["lower"] <= acted["with_reports"] <= acted["upper"]
