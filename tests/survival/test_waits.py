"""Waits: whose clock runs, from when, to when, and what a window or a report makes of it."""

from __future__ import annotations

from datetime import date
from typing import Any

import pandas as pd
import pytest

import adoption as ad
from adoption.forecasting import survival
from adoption.forecasting.survival import READINGS, Reading, Step, followed_to, waits_of
from adoption.law.conventions import load_conventions
from tests.conftest import Act, acts_of, bound, history_of, made_up, states_of
from tests.survival.made import NEWEST, STEPS, real

CODES = ["AAA", "BBB", "CCC", "EUE"]
LAST = date(2001, 12, 31)  # day 364
MEMBERSHIPS = pd.DataFrame(columns=["iso3", "organisation", "since", "source", "note"], dtype="str")


def signed(iso3: str, day: str, latest: str = "", grade: str = "confirmed") -> Act:
    return iso3, "signature", day, latest, grade


def found(
    *acts: Act,
    step: Step = "signature",
    reading: Reading = "lower",
    closes: date | None = None,
    states: pd.DataFrame | None = None,
) -> dict[str, Any]:
    """Return entry, days gone by and whether it acted, by state."""
    states = states_of(CODES) if states is None else states
    history = history_of(made_up(closes=closes), acts_of(acts), states)
    data = {"states": states, "memberships": MEMBERSHIPS}
    frame = waits_of(history, data, LAST, step, reading)
    columns = frame[["iso3", "entry", "time", "acted"]].itertuples(index=False)
    return {iso3: (entry, time - 1, acted) for iso3, entry, time, acted in columns}


def test_every_state_waits_from_the_opening_and_organisations_do_not() -> None:
    acts = signed("AAA", "2001-01-01"), signed("BBB", "2001-01-11"), signed("EUE", "2001-01-01")
    expected = {"AAA": (0, 0, True), "BBB": (0, 10, True), "CCC": (0, 364, False)}
    assert found(*acts) == expected


def test_a_window_makes_two_waits_and_ends_with_the_close() -> None:
    act = signed("AAA", "2001-02-01", "2003-01-01")
    assert found(act)["AAA"] == (0, 364, False)  # as late as possible is not at all
    assert found(act, reading="upper")["AAA"] == (0, 31, True)
    assert found(act, closes=date(2001, 3, 1))["AAA"] == (0, 59, True)


def test_a_report_is_read_both_ways() -> None:
    by = {r: found(signed("AAA", "2001-02-01", grade="reported"), reading=r) for r in READINGS}
    assert by["lower"]["AAA"] == (0, 364, False)
    assert by["with_reports"]["AAA"] == by["upper"]["AAA"] == (0, 31, True)


def test_a_later_state_waits_from_its_first_day() -> None:
    states = states_of(CODES)
    states["state_since"] = pd.to_datetime(["1945-01-01", "2001-07-01", "2002-01-01", ""])
    assert found(signed("AAA", "2001-02-01"), states=states) == {
        "AAA": (0, 31, True),
        "BBB": (181, 364, False),
    }
    # Signed for it before: its own from its first day.
    assert found(signed("BBB", "2001-02-01"), states=states)["BBB"] == (181, 181, True)


def test_who_has_no_first_day_waits_from_its_first_act_on_any_treaty() -> None:
    states = states_of(CODES)
    states["first_act"] = states["iso3"].map({"BBB": pd.Timestamp("2001-01-11")})
    states["un_member"] = states["iso3"] != "BBB"
    assert "BBB" not in found(states=states)  # that it could join is not known
    assert found(signed("BBB", "2001-02-01"), states=states)["BBB"] == (11, 31, True)
    assert "BBB" not in found(signed("BBB", "2001-01-11"), states=states)  # it is known by this act


def test_the_clock_of_a_consent_is_the_states_own_signature() -> None:
    acts = (
        signed("AAA", "2001-01-11"),
        bound("AAA", "2001-01-31"),
        signed("BBB", "2001-02-01", "2001-03-01"),
        bound("BBB", "2001-03-11", "2001-03-21"),
        bound("CCC", "2001-05-01", act="accession"),
    )
    assert found(*acts, step="consent") == {"AAA": (0, 20, True), "BBB": (0, 48, True)}
    shortest = found(*acts, step="consent", reading="upper")
    assert shortest["BBB"] == (0, 10, True)
    assert found(signed("AAA", "2001-02-01", "2002-05-01"), step="consent") == {}, "not certain"


@pytest.mark.parametrize(
    "acts",
    [
        [bound("AAA", "2001-02-01", act="definitive signature")],
        [bound("AAA", "2001-01-15"), signed("AAA", "2001-02-01")],
        [
            signed("AAA", "2001-02-01"),
            bound("AAA", "2001-02-01"),
            ("AAA", "withdrawal", "2001-03-01", "", "confirmed"),
        ],
    ],
)
def test_a_wait_of_no_days(acts: list[Act]) -> None:
    assert found(*acts, step="consent") == {"AAA": (0, 0, True)}


@pytest.mark.parametrize(
    ("name", "step", "day", "last"),
    [
        ("hanoi", "signature", "2026-11-24", "2025-10-26"),
        ("untoc", "signature", "2026-11-24", "2002-12-12"),
        ("untoc", "consent", "2026-11-24", "2014-01-27"),
        ("arab-2010", "consent", "2026-11-24", None),
        ("malabo", "signature", "2026-11-24", None),
        ("hanoi", "consent", "2025-10-24", None),  # before it opened
    ],
)
def test_how_far_states_are_followed(name: str, step: Step, day: str, last: str | None) -> None:
    to = followed_to(load_conventions()[name], step, date.fromisoformat(day))
    assert (to.isoformat() if to else None) == last


@pytest.mark.parametrize("name", load_conventions())
def test_waits_of_every_convention_are_sound(name: str) -> None:
    for day in (load_conventions()[name].opens, NEWEST):
        for step in STEPS:
            acted = []
            for reading in READINGS:
                frame = real(name, step, day).waits(reading)
                assert frame["iso3"].is_unique
                assert (frame["time"] > frame["entry"]).all()
                acted.append(frame["acted"].sum())
            assert acted == sorted(acted)


@pytest.mark.parametrize(
    ("name", "step", "of"),
    [
        ("uncac", "signature", "signature"),
        ("budapest", "signature", "signature"),
        ("uncac", "any consent", "consent"),
        ("rotterdam", "any consent", "consent"),
    ],
)
def test_waits_count_days_as_episodes_do(name: str, step: Step, of: Any) -> None:
    columns = {"entry": "start", "time": "stop", "acted": "event"}
    waits = real(name, step).waits().set_index("iso3").rename(columns=columns)
    episodes = ad.episodes(name, of=of, split=None, as_of=NEWEST).set_index("iso3")
    expected = episodes.loc[waits.index, ["start", "stop", "event"]]
    pd.testing.assert_frame_equal(waits[list(expected)], expected, check_dtype=False)


def test_it_is_said_how_many_states_are_followed() -> None:
    waiting = real("uncac", "signature")
    followed, begun = waiting.followed
    assert followed == len(waiting.waits()) == int(waiting.curve["at_risk"].iloc[0])
    assert begun - followed == 2  # Montenegro and South Sudan came after the close
    assert waiting.known[0] == begun


def test_the_waits_of_a_step_are_found_once_under_each_reading(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    readings = list[str]()
    find_waits = survival.waits_of

    def noted(*args: Any) -> pd.DataFrame:
        readings.append(args[-1])
        return find_waits(*args)

    monkeypatch.setattr(survival, "waits_of", noted)
    result = ad.survival("uncac", of="consent")
    assert result.sentence
    for name in result.charts:
        result.chart(name)
    for name in result.tables:
        result.table(name)
    assert len(readings) == len({*readings}) <= len(READINGS)
