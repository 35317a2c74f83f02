"""What notebooks merge has an effect: change the frame, and the finding changes."""

from __future__ import annotations

import pandas as pd

from tests.cells import Scope, run_cells


def test_who_signs_follows_from_the_merged_frame() -> None:
    def all_of_the_lowest_tier(scope: Scope) -> None:
        scope["merged"]["acted"] = scope["merged"]["tier"] == "T5"

    def without_capacity(scope: Scope) -> None:
        scope["merged"].loc[scope["merged"]["iso3"] == "QAT", ["tier", "legal"]] = None

    name, day = "05_capacity_and_adoption", "2025-10-26"
    found = run_cells(name, "found", as_of=day)["found"]
    assert found.answer.text.startswith("70 of the 193 members of the United Nations (36%)")
    other = run_cells(name, "found", all_of_the_lowest_tier, as_of=day)["found"]
    assert other.answer.text.startswith("13 of the 193 members of the United Nations (7%)")
    assert "GCI tier: 100% (T5, 13 of 13 states) against 0% (T1, 0 of 46)" in other.answer.text
    less = run_cells(name, "found", without_capacity, as_of=day)["found"]
    assert (less.readiness.assessed, found.readiness.assessed) == (68, 69)
    assert less.acted == found.acted == 70


def test_what_a_ratification_adds_follows_from_the_merged_pairs() -> None:
    def all_pairs_of_djibouti_are_joined(scope: Scope) -> None:
        own = scope["crossed"].query("iso3 == 'DJI'")[["iso3", "partner"]]
        scope["both"] = pd.concat([scope["both"], own])

    name = "07_cooperation_network"
    before = run_cells(name, "gains")["gains"].set_index("name")["new"]
    after = run_cells(name, "inside", all_pairs_of_djibouti_are_joined)["gains"]
    after = after.set_index("name")["new"]
    assert (before["Djibouti"], after["Djibouti"]) == (72, 0)
    assert before.drop("Djibouti").equals(after.drop("Djibouti"))


def test_the_medians_follow_from_the_merged_values() -> None:
    def without_the_highest(scope: Scope) -> None:
        merged = scope["merged"]
        merged.loc[merged["value"] >= 85, ["value", "overall"]] = None

    name = "04_capacity"
    found = run_cells(name, "found")["found"]
    other = run_cells(name, "found", without_the_highest)["found"]
    assert (found.answer.key_figure, other.answer.key_figure) == ("70.4", "47.4")
    medians = run_cells(name, "medians", without_the_highest)["medians"].set_index("region")
    assert medians.at["All states", "known"] == 194 - 46 - 29  # without T1 and T2
    assert medians.at["All states", "overall"].round(1) == 47.4
