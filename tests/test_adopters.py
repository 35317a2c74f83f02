"""Who the notebook counts, what each state has done, and what is merged of it."""

from __future__ import annotations

from datetime import date
from typing import Any

import pandas as pd
import pytest

import adoption as ad
from adoption.countries.association import CONSENTED, NO_CONSENT, RESOLUTION, Adopters
from adoption.errors import AdoptionError
from tests.adopting import adopters, rows


def of(found: Adopters, iso3: str, column: str) -> Any:
    return found.frame.set_index("iso3").at[iso3, column]


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


def test_the_values_of_a_state() -> None:
    found = adopters("hanoi")
    (tier,) = (
        row["tier"]
        for row in rows("gci")
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


def test_budapest_is_that_of_the_day() -> None:
    assert of(adopters("hanoi"), "JPN", "budapest") == CONSENTED
    assert of(adopters("untoc", date(2005, 1, 1)), "JPN", "budapest") == NO_CONSENT
    assert "budapest" in adopters("hanoi").frame
    assert "budapest" not in adopters("budapest").frame
    assert "budapest" not in adopters("untoc", date(2001, 11, 22)).frame
    assert "budapest" in adopters("untoc", date(2001, 11, 23)).frame


def test_what_a_frame_must_have() -> None:
    frame = adopters("hanoi").frame
    for wrong, says in (
        (frame.drop(columns="status"), "no column 'status'; merge with status.frame"),
        (pd.concat([frame, frame.head(1)]), "Afghanistan|AFG has two rows"),
        (frame.assign(as_of=pd.date_range("2026-01-01", periods=len(frame))), "one convention on"),
        (frame.head(0), "one convention on one day"),
        (frame[["iso3", "name", "kind", "status", "grade", "signed", "convention", "as_of"]],
         "none of the columns tier, overall"),
    ):  # fmt: skip
        with pytest.raises(AdoptionError, match=says):
            Adopters.of(wrong)
    few = ad.association(frame.drop(columns=["eu", "legal"]))
    for name, column in (("model", "eu"), ("readiness", "legal")):
        with pytest.raises(AdoptionError, match=f"no column '{column}'"):
            getattr(few, name)


def test_without_a_column_for_it_a_signature_is_the_act_and_its_grade_the_report() -> None:
    frame = adopters("hanoi").frame.drop(columns=["acted", "by_report"])
    assert Adopters.of(frame).acted == frame["signed"].sum()
    assert Adopters.of(frame).frame["by_report"].sum() == (frame["grade"] == "reported").sum()
