"""The next movers: every convention, both readings, and no knowledge of what came later."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from adoption import tables
from adoption.countries.cross_validation import auc
from adoption.errors import AdoptionError
from adoption.forecasting.propensity.chances import REASONS, Movers, next_movers
from adoption.forecasting.propensity.subject import TABLES
from adoption.law.conventions import load_conventions
from adoption.law.curves import could_join
from adoption.law.status import load_status
from tests.conftest import Act
from tests.movers.made import NEWEST, movers, of_acts

CASES = [
    *((name, NEWEST) for name in ("hanoi", "untoc", "malabo", "budapest")),
    *((name, load_conventions()[name].opens) for name in ("hanoi", "rotterdam")),
]
MEMBERS = could_join(load_conventions()["hanoi"], tables.read("states"), tables.read("memberships"))


def check(found: Movers) -> None:
    frame = found.frame
    for question, outlook in (("consent", found.consent), ("sign", found.signing)):
        chances = frame[question].dropna()
        assert chances.between(0, 1, inclusive="neither").all()
        told = frame[[f"{question}_{part}" for part in ("record", "next", "neighbours", "reasons")]]
        assert (told.notna().all(axis=1) == frame[question].notna()).all()
        if outlook is None:
            assert chances.empty
            continue
        assert len(chances) == outlook.states
        assert chances.sum() == pytest.approx(outlook.expected)
        assert 0 <= outlook.low <= outlook.high <= outlook.states
        assert outlook.low <= outlook.expected + 1
    assert (found.signing is None) == (found.no_signing is not None)


@pytest.mark.parametrize(("name", "day"), CASES)
def test_every_convention_today_and_some_on_their_first_day(name: str, day: date) -> None:
    found = movers(name, day)
    check(found)
    assert found.pool_to <= day
    made_for = found.status.convention.made_for
    assert len(found.frame) < 60 if made_for else len(found.frame) > 180


def test_who_is_asked_on_the_hanoi_convention() -> None:
    frame = movers("hanoi").frame.set_index("iso3")
    reported = {"AZE", "QAT", "VNM"}
    assert set(frame.index[frame["by_report"]]) == reported
    assert frame["consent"].notna().all()  # no consent is confirmed
    assert set(frame.index[frame["consent_if_reports"].isna()]) == reported
    assert frame.loc[list(reported), "sign"].isna().all()
    assert (frame["sign"].isna() == frame["signed"]).all()
    assert movers("hanoi").consent.states - movers("hanoi").consent_if_reports.states == 3
    assert movers("hanoi").consent_if_reports.expected > movers("hanoi").consent.expected


def test_the_states_that_moved_had_the_higher_chance_on_the_organized_crime_convention() -> None:
    """Asked a year after its opening, of the year that followed: nothing of it was known."""
    frame = movers("untoc", date(2001, 12, 12)).frame
    acts = tables.read("acts")
    own = acts[(acts["convention"] == "untoc") & acts["act"].isin(["ratification", "accession"])]
    moved = set(own.loc[own["date"].between("2001-12-13", "2002-12-12"), "iso3"])
    asked = frame.dropna(subset=["consent"])
    did = asked["iso3"].isin(moved)
    assert did.sum() >= 15
    assert auc(did.astype("float64").to_numpy(), asked["consent"].to_numpy()) > 0.6


def test_a_past_day_knows_nothing_of_what_came_later() -> None:
    day = date(2001, 12, 12)
    status = load_status("untoc", day)
    data = {name: tables.read(name) for name in TABLES}
    base = data["base_acts"]
    cut = data | {"base_acts": base[base["date"] <= pd.Timestamp(day)]}
    cut |= {"acts": data["acts"][data["acts"]["latest"] <= pd.Timestamp(day)]}
    conventions = list(load_conventions().values())
    whole, early = next_movers(status, data, conventions), next_movers(status, cut, conventions)
    pd.testing.assert_frame_equal(whole.frame, early.frame)
    own = base[base["treaty"] != "XVIII-12"]
    without = next_movers(status, data | {"base_acts": own}, conventions)
    pd.testing.assert_frame_equal(whole.frame, without.frame)  # its own list there is not used


def test_all_have_consented() -> None:
    acts: list[Act] = [
        (iso3, "ratification", "2001-03-01", "", "confirmed") for iso3 in MEMBERS["iso3"]
    ]
    found = of_acts(*acts, closes=None)
    assert found.consent.states == 0
    assert (found.consent.expected, found.consent.low, found.consent.high) == (0, 0, 0)
    assert found.frame["consent"].isna().all()


def test_a_state_that_withdrew_is_not_asked() -> None:
    found = of_acts(
        ("FRA", "ratification", "2001-02-01", "", "confirmed"),
        ("FRA", "withdrawal", "2001-06-01", "", "confirmed"),
    )
    assert found.frame.set_index("iso3")["consent"].isna()["FRA"]


def test_a_consent_that_may_have_happened_is_asked_and_marked() -> None:
    found = of_acts(("FRA", "ratification", "2001-02-01", "2002-06-01", "confirmed"))
    row = found.frame.set_index("iso3").loc["FRA"]
    assert row["consent"] > 0
    assert row["possible"] == "party"


def test_reasons_are_in_the_order_of_their_weight_and_all_there() -> None:
    for text in movers("hanoi").frame["consent_reasons"]:
        assert sorted(reason[1:] for reason in text.split()) == sorted(REASONS)
        assert {reason[0] for reason in text.split()} <= {"+", "-"}
    spain = movers("hanoi").frame.set_index("iso3").at["ESP", "consent_reasons"]
    assert str(spain).startswith("+signed +next")


def test_before_there_was_anything_to_learn_from() -> None:
    with pytest.raises(AdoptionError, match="the model needs 10"):
        of_acts(opens=date(1955, 1, 1), day=date(1956, 1, 1), closes=None)
