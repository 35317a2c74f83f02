"""Who is next: known by hand, adding up to the forecast, and what is refused."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import adoption as ad
from adoption.core.errors import AdoptionError
from adoption.core.text import short_day
from adoption.forecasting.hazards import days_by_state, speeds_of
from adoption.forecasting.next_states import next_states
from adoption.forecasting.treaties import state_codes
from adoption.law.rules import end_of
from adoption.show.answers import Answer
from tests.forecast.made import NEWEST, home_with, on_days, treaty


def test_the_likelier_half_consented_more_often() -> None:
    found = next_states("untoc", date(2002, 12, 12))
    assert found.until == date(2003, 12, 12)
    bound = set(found.forecast.treaty.consented.iso3)
    assert len(bound) == 28
    assert not bound & set(found.frame["iso3"])
    then = ad.table("base_acts").query("treaty == 'XVIII-12' and act != 'signature'")
    later = found.frame["iso3"].isin(set(then[then["date"] <= "2003-12-12"]["iso3"]) - bound)
    assert later[: len(later) // 2].sum() > 1.5 * later[len(later) // 2 :].sum()


def test_who_is_set_apart_stands_first_and_the_others_in_bands(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    acts = ad.table("acts")
    at_home = acts["iso3"].isin(["AZE", "VNM"]) & (acts["act"] == "ratification")
    at_home &= acts["convention"] == "hanoi"
    acts["act"] = acts["act"].mask(at_home, "domestic approval")
    acts["latest"] = acts["latest"].mask(at_home, pd.Timestamp("2026-04-09"))
    monkeypatch.setenv("ADOPTION_HOME", home_with(tmp_path, "acts", acts))
    world = ad.next_states("hanoi", as_of=NEWEST)
    frame = world.frame.set_index("iso3")
    apart = frame[frame["chance"].isna()]
    assert apart.index.tolist() == frame.index[:3].tolist() == ["AZE", "QAT", "VNM"]
    assert apart["reported_on"].notna().tolist() == [False, True, False]
    assert world.sentence.endswith(" Azerbaijan and Viet Nam reportedly gave domestic approval.")
    by_report = frame.index[frame["grade"] == "reported"]
    assert {"AZE", "CAN", "QAT", "VNM"} < {*by_report}
    assert frame.index[frame["reasons"].str.startswith("reported to have ")].equals(by_report)
    # The number beside the sentence is that of the forecast: of all states, these included.
    assert isinstance(world.answer, Answer)
    assert world.answer.key_figure == f"{world.expected:.0f}"
    ranked = frame.drop(apart.index)
    of_others = world.chances.drop(["AZE", "VNM"])
    assert of_others.sum() == pytest.approx(ranked["chance"].sum(), abs=0.01)
    assert ranked["chance"].is_monotonic_decreasing
    assert ranked["one_in"].is_monotonic_increasing
    assert not [name for name in ranked["name"] if name in world.sentence], "none is likeliest"
    shown = world.table("states").frame
    why = dict(zip(shown["State"], shown["Chance"], strict=True))
    assert [*why][:3] == ["Azerbaijan", "Qatar", "Viet Nam"]
    assert why["Viet Nam"] == "not given: approved at home"
    assert why["Qatar"] == "assumed 80% that it has"  # a judgement, and no chance of the model
    drawn = world.chart()
    bars = drawn.rows.groupby(["chance", "status"])["states"].sum()
    assert bars.sum() == len(world.chances), "every state of the number in the title has a bar"
    assert f" of {bars.sum()} states " in drawn.layout.meta["title"]
    assert bars["not given: approved at home"].sum() == 2
    canada = bars.xs("signature reported", level="status").sum()
    assert canada == by_report.isin(ranked.index[ranked["signed_on"].notna()]).sum() > 0
    assert all(bar.marker.pattern.shape for bar in drawn.data if bar.name == "signature reported")
    for _, band in shown[3:].groupby("Chance"):
        assert band["State"].is_monotonic_increasing, "the states of a band are not ranked"
    assert f"{short_day(world.forecast.made_on)} to 24 Nov 2027" in world.table("states").caption


def test_a_group_and_a_time() -> None:
    world, arab = (ad.next_states("hanoi", who, as_of=NEWEST) for who in (None, "arab-league"))
    members = ad.group("arab-league").members
    assert arab.frame.equals(world.frame[world.frame["iso3"].isin(members)].reset_index(drop=True))
    later = ad.next_states("hanoi", within="2 years", as_of=NEWEST)
    assert later.expected > world.expected
    assert ad.next_states("hanoi", "Kenya", as_of=NEWEST).sentence.startswith("Kenya has about a ")
    for within in ("soon", "9 years", "3 days"):
        with pytest.raises(AdoptionError, match="within: "):
            end_of(within, NEWEST)


def test_where_nothing_is_forecast_nothing_is_shown() -> None:
    none = ad.next_states("malabo")
    assert none.frame.empty
    assert [none.chart(), none.table("states"), none.table("tenths")] == [None] * 3
    assert none.notes["past"]() == ""


def test_a_speed_is_what_was_observed_over_what_was_usual() -> None:
    who = state_codes()[:3]
    one = treaty("IV-1", consented={who[0]: 100.0, who[1]: 2000.0})
    speeds = speeds_of([one])
    year = 3  # 1 January 2004, 1095 days after the opening; only the first had consented
    place = 2001 - 1946 + year
    first, second, third = (speeds.observed[place, 0, i] for i in range(3))
    assert (first, second, third) == (1, 0, 0)
    usual = 1 / len(state_codes())  # at the only consent by then, of all that could give it
    assert speeds.expected[place, 0, :3] == pytest.approx([usual] * 3)
    fast = speeds.on(
        np.array([date(2004, 6, 1).toordinal()]), treaty("V-9", opened=date(1950, 1, 1))
    )
    assert fast[0, 0] == pytest.approx(np.log((1 + 3) / (usual + 3)), abs=1e-6)
    assert (speeds.on(np.array([date(2004, 6, 1).toordinal()]), one) == 0).all(), "not by itself"
    assert np.isinf(days_by_state(treaty(signed=on_days()).signed)).all()
