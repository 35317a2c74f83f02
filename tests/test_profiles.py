"""One state: its acts, and its pillars beside its region."""

from __future__ import annotations

import csv
from datetime import date
from statistics import median

import pandas as pd
import pytest

from adoption import tables
from adoption.api import capacity
from adoption.countries.capacity import PILLARS
from adoption.countries.profiles import acts_of, open_to, pillar_profile
from adoption.law.conventions import load_conventions
from adoption.law.status import load_status
from adoption.paths import processed_folder
from adoption.show.state import brief_answer

REGISTRY = list(load_conventions().values())
NEWEST = date(2026, 11, 24)
EDITION = 2024
NAMES = ("acts", "states", "capacity", "memberships")


@pytest.fixture(scope="module")
def read() -> dict[str, pd.DataFrame]:
    return {name: tables.read(name) for name in NAMES}


def lines(name: str) -> list[dict[str, str]]:
    with (processed_folder() / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


# Acts


def test_the_acts_of_qatar_are_those_of_the_table(read: dict[str, pd.DataFrame]) -> None:
    found = acts_of("QAT", REGISTRY, read["acts"], NEWEST)
    shown = {
        (row["convention"], row["act"], f"{row['earliest']:%F}", f"{row['latest']:%F}")
        for row in found.dropna(subset=["act"]).to_dict("records")
    }
    assert shown == {
        (row["convention"], row["act"], row["earliest"], row["latest"])
        for row in lines("acts")
        if row["iso3"] == "QAT"
    }
    without = found.loc[found["act"].isna(), "convention"]
    assert without.tolist() == ["budapest", "budapest-2ap", "malabo", "nagoya-kuala-lumpur"]
    assert found["convention"].drop_duplicates().tolist() == list(load_conventions())
    hanoi = found[found["convention"] == "hanoi"]
    assert hanoi[["act", "grade"]].to_numpy().tolist() == [
        ["signature", "confirmed"],
        ["ratification", "reported"],
    ]


# Conventions open to a state


@pytest.mark.parametrize(
    ("iso3", "left_out"), [("QAT", {"malabo"}), ("EGY", set()), ("VNM", {"malabo", "arab-2010"})]
)
def test_a_convention_made_for_members_is_left_out_for_others(
    read: dict[str, pd.DataFrame], iso3: str, left_out: set[str]
) -> None:
    joinable = open_to(iso3, REGISTRY, read["memberships"], read["acts"])
    assert set(load_conventions()) - {c.convention for c in joinable} == left_out
    assert [c for c in REGISTRY if c in joinable] == joinable


def test_an_organisation_is_set_beside_what_provides_for_it(read: dict[str, pd.DataFrame]) -> None:
    found = open_to("EUE", REGISTRY, read["memberships"], read["acts"], is_state=False)
    assert [c.convention for c in found] == [
        "hanoi", "untoc", "uncac", "rotterdam", "nagoya-kuala-lumpur",
    ]  # fmt: skip
    statuses = [load_status(c.convention, NEWEST) for c in found]
    answer = brief_answer("EUE", statuses[0], statuses[1:])
    assert answer.key_figure == f"{len(statuses) - 1} of {len(statuses) - 1}"
    assert answer.reach == statuses[0].convention.reach, "no other list leaves anything open"
    of_state = brief_answer("QAT", statuses[0], [load_status("budapest", NEWEST)])
    assert of_state.reach.endswith("For the other lists see What is missing.")


# Pillars


def beside() -> pd.DataFrame:
    return tables.read("states").merge(capacity("GCI", EDITION), on="iso3", how="left")


@pytest.mark.parametrize(("iso3", "region"), [("QAT", "Asia"), ("FJI", "Oceania")])
def test_pillars_are_set_beside_the_rest_of_the_region(iso3: str, region: str) -> None:
    there = {row["iso3"] for row in lines("states") if row["region"] == region}
    profile = pillar_profile(iso3, beside())
    assert profile["label"].tolist() == list(PILLARS.values())
    for row in profile.to_dict("records"):
        values = {
            line["iso3"]: float(line["value"])
            for line in lines("gci")
            if (line["index"], line["edition"], line["component"])
            == ("GCI", str(EDITION), row["component"])
        }
        others = [value for code, value in values.items() if code in there and code != iso3]
        assert len(others) > 10
        assert row["value"] == values[iso3]
        assert row["median"] == pytest.approx(median(others))
        assert (row["low"], row["high"]) == (min(others), max(others))
        assert row["states"] == len(others)
