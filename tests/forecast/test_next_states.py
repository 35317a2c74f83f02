"""Who is next: known by hand, adding up to the forecast, and what is refused."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

import adoption as ad
from adoption.core.errors import AdoptionError
from adoption.forecasting.hazards import days_of, speeds_of
from adoption.forecasting.next_states import end_of, next_states
from adoption.forecasting.treaties import states
from tests.forecast.made import NEWEST, on_days, treaty


def test_the_chances_of_states_add_up_to_what_the_forecast_expects() -> None:
    found = next_states("untoc", date(2002, 12, 12))
    past = found.forecast
    assert found.until == date(2003, 12, 12)
    assert found.frame["chance"].sum() == pytest.approx(found.expected, abs=0.1)
    bound = set(past.treaties["counted"].consented.iso3)
    assert len(bound) == 28
    assert not bound & set(found.frame["iso3"])
    # The likeliest did more often than the others.
    then = ad.table("base_acts").query("treaty == 'XVIII-12' and act != 'signature'")
    later = set(then[then["date"] <= "2003-12-12"]["iso3"]) - bound
    top = found.frame.head(20)["iso3"].isin(later).mean()
    assert top > 1.5 * found.frame["iso3"].isin(later).mean()


def test_a_group_a_time_and_reasons() -> None:
    world = ad.next_states("hanoi", as_of=NEWEST)
    arab = ad.next_states("hanoi", "arab-league", as_of=NEWEST)
    members = ad.group("arab-league").members
    expected = world.frame[world.frame["iso3"].isin(members)].reset_index(drop=True)
    assert arab.frame.equals(expected)
    assert "QAT" not in set(world.frame["iso3"])
    assert world.frame["chance"].is_monotonic_decreasing
    reasons = dict(zip(world.frame["iso3"], world.frame["reasons"], strict=True))
    assert reasons["USA"].count("signed") <= 1
    later = ad.next_states("hanoi", within="2 years", as_of=NEWEST)
    assert later.expected > world.expected
    assert len(world.sentence.split()) <= 40
    assert ad.next_states("malabo").frame.empty
    kenya = ad.next_states("hanoi", "Kenya", as_of=NEWEST).table("states").caption
    assert kenya.startswith("Kenya: the chance to have consented by ")
    for within in ("soon", "9 years", "3 days"):
        with pytest.raises(AdoptionError, match="within: "):
            end_of(within, NEWEST)


def test_a_speed_is_what_was_observed_over_what_was_usual() -> None:
    who = states()[:3]
    one = treaty("IV-1", consented={who[0]: 100.0, who[1]: 2000.0})
    speeds = speeds_of([one])
    year = 3  # 1 January 2004, 1095 days after the opening; only the first had consented
    place = 2001 - 1946 + year
    first, second, third = (speeds.observed[place, 0, i] for i in range(3))
    assert (first, second, third) == (1, 0, 0)
    usual = 1 / len(states())  # at the only consent by then, of all that could give it
    assert speeds.expected[place, 0, :3] == pytest.approx([usual] * 3)
    fast = speeds.on(
        np.array([date(2004, 6, 1).toordinal()]), treaty("V-9", opened=date(1950, 1, 1))
    )
    assert fast[0, 0] == pytest.approx(np.log((1 + 3) / (usual + 3)), abs=1e-6)
    assert (speeds.on(np.array([date(2004, 6, 1).toordinal()]), one) == 0).all(), "not by itself"
    assert np.isinf(days_of(treaty(signed=on_days()).signed)).all()
