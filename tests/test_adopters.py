"""Who is counted, what each state has done, and what is known of it."""

from __future__ import annotations

from datetime import date
from typing import Any

import pandas as pd
import pytest

from adoption import tables
from adoption.countries.adopters import CONSENTED, NO_CONSENT, RESOLUTION, Adopters, load_adopters
from adoption.law.status import load_status
from tests.adopting import CASES, NEWEST, adopters, of_acts, rows
from tests.conftest import bound


def of(found: Adopters, iso3: str, column: str) -> Any:
    return found.frame.set_index("iso3").at[iso3, column]


def test_the_states_are_the_members_of_the_united_nations() -> None:
    members = {row["iso3"] for row in rows("states") if row["kind"] == "member"}
    found = adopters("hanoi")
    assert set(found.frame["iso3"]) == members
    assert len(found.frame) == 193
    assert found.frame["name"].is_monotonic_increasing
    assert found.who == "members of the United Nations"


@pytest.mark.parametrize(
    ("name", "organisation", "states"),
    [("malabo", "African Union", 54), ("arab-2010", "League of Arab States", 21)],
)
def test_a_convention_made_for_an_organisation(name: str, organisation: str, states: int) -> None:
    found = adopters(name)
    belong = {r["iso3"] for r in rows("memberships") if r["organisation"] == organisation}
    assert set(found.frame["iso3"]) <= belong
    assert len(found.frame) == states
    assert found.who == f"members of the United Nations in the {organisation}"


def test_who_has_signed_is_a_hand_count() -> None:
    members = {row["iso3"] for row in rows("states") if row["kind"] == "member"}
    own = [
        row
        for row in rows("acts")
        if row["convention"] == "hanoi" and row["act"] == "signature" and row["iso3"] in members
    ]
    found = adopters("hanoi")
    frame = found.frame
    assert found.by_signature
    assert found.did == "signed"
    assert set(frame.loc[frame["acted"], "iso3"]) == {row["iso3"] for row in own}
    by_report = {row["iso3"] for row in own if row["grade"] == "reported"}
    assert set(frame.loc[frame["by_report"], "iso3"]) == by_report
    assert "QAT" not in by_report  # its ratification is reported, its signature is not
    assert of(found, "QAT", "grade") == "reported"


def test_an_accession_without_a_signature_counts_as_an_act() -> None:
    found = adopters("untoc")
    assert not found.by_signature
    assert found.did == "acted"
    assert found.acted == 188 > found.frame["signed"].sum()
    assert adopters("untoc", date(2000, 12, 12)).by_signature


def test_where_signatories_are_not_named_consent_is_what_counts() -> None:
    assert adopters("malabo").did == "acted"
    before = adopters("malabo", date(2014, 6, 27))
    assert before.acted == 0
    assert before.did == "acted"
    assert before.frame["possible"].sum() == 2


def test_the_values_of_a_state() -> None:
    found = adopters("hanoi")
    (tier,) = (
        row["tier"]
        for row in rows("capacity")
        if (row["iso3"], row["index"], row["edition"], row["component"])
        == ("VNM", "GCI", "2024", "overall")
    )
    on_it = {row["iso3"]: row["vote"] for row in rows("votes") if row["resolution"] == RESOLUTION}
    assert of(found, "VNM", "tier") == tier
    assert of(found, "VNM", "vote") == on_it["VNM"]
    assert of(found, "FRA", "eu")
    assert not of(found, "CHE", "eu")
    assert of(found, "FRA", "budapest") == CONSENTED
    assert pd.isna(of(found, "PLW", "overall"))
    assert pd.isna(of(found, "PRK", "gdp_per_capita"))


def test_a_vote_that_no_record_shows_is_named_so() -> None:
    inferred = {
        row["iso3"]
        for row in rows("votes")
        if row["resolution"] == RESOLUTION and row["grade"] == "inferred"
    }
    frame = adopters("hanoi").frame
    assert set(frame.loc[frame["vote"] == "absent (inferred)", "iso3"]) == inferred
    assert len(inferred) == 21


def test_budapest_is_that_of_the_day() -> None:
    assert of(adopters("hanoi"), "JPN", "budapest") == CONSENTED
    assert of(adopters("untoc", date(2005, 1, 1)), "JPN", "budapest") == NO_CONSENT
    assert adopters("hanoi").budapest_known
    assert not adopters("budapest").budapest_known
    assert not adopters("untoc", date(2001, 11, 22)).budapest_known
    assert adopters("untoc", date(2001, 11, 23)).budapest_known


@pytest.mark.parametrize(("name", "day", "edition"), CASES)
def test_every_convention(name: str, day: date, edition: int) -> None:
    found = adopters(name, day, edition)
    frame = found.frame
    assert frame["iso3"].is_unique
    assert not (frame["possible"] & frame["acted"]).any()
    assert not (frame["by_report"] & ~frame["acted"]).any()
    assert (frame["acted"] | ~frame["signed"]).all()
    assert frame["tier"].notna().any() == (edition == 2024)
    known = set(tables.read("sources")["source"])
    assert {key for keys in found.sources for key in keys.split(";")} <= known
    assert len(found.sources) == len(set(found.sources))


def test_an_act_on_a_window_is_possible_and_only_reported_acts_are_a_report() -> None:
    frame = of_acts(
        bound("AFG", "2001-02-01", "2001-06-30"),
        ("AGO", "signature", "2001-01-02", "", "confirmed"),
        ("AGO", "ratification", "2001-02-02", "", "reported"),
        ("ALB", "signature", "2001-01-02", "", "reported"),
        ("ALB", "ratification", "2001-05-05", "", "confirmed"),  # after the day
    ).frame.set_index("iso3")
    assert frame.index[frame["possible"]].tolist() == ["AFG"]
    assert frame.index[frame["acted"]].tolist() == ["ALB", "AGO"]  # by name: Albania, Angola
    assert frame.index[frame["by_report"]].tolist() == ["ALB"]


def test_nobody_has_acted() -> None:
    found = of_acts()
    assert found.acted == 0
    assert found.did == "signed"
    assert len(found.frame) == 193


def test_who_acts_on_a_convention_made_for_others_is_not_counted() -> None:
    acts = [bound("QAT", "2001-02-01"), bound("FRA", "2001-02-01")]
    found = of_acts(*acts, made_for="League of Arab States")
    frame = found.frame
    assert frame.loc[frame["acted"], "iso3"].tolist() == ["QAT"]
    assert len(frame) == 21


def test_it_is_joined_from_the_processed_tables() -> None:
    found = load_adopters(load_status("hanoi", NEWEST), 2024)
    pd.testing.assert_frame_equal(found.frame, adopters("hanoi").frame)
    assert found.sources == adopters("hanoi").sources
