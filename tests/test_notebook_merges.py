"""What notebooks merge has an effect: change the frame, and the finding changes."""

from __future__ import annotations

import pandas as pd

from tests.cells import Scope, run_cells


def test_who_signed_by_name_and_region_follows_from_the_merge() -> None:
    def without_the_union_and_palau_in_asia(scope: Scope) -> None:
        scope["acts"] = scope["acts"][scope["acts"]["iso3"] != "EUE"]
        scope["states"].loc[scope["states"]["iso3"] == "PLW", "region"] = "Asia"

    name, day = "01_status_map", "2025-10-26"
    found = run_cells(name, "named", as_of=day)["named"].set_index("name")
    assert len(found) == 72
    assert found.at["European Union", "region"] == "organisation"
    assert found.at["Palau", "act"] == "signature, reported"
    other = run_cells(name, "named", without_the_union_and_palau_in_asia, as_of=day)["named"]
    assert len(other) == 71
    assert other.set_index("name").at["Palau", "region"] == "Asia"


def test_the_regions_follow_from_the_frame_of_the_status() -> None:
    def palau_left_and_fiji_moved(scope: Scope) -> None:
        members, classes = scope["members"], scope["classes"]
        classes["Withdrawn"] = members["iso3"] == "PLW"
        classes["Signed only"] &= ~classes["Withdrawn"]
        scope["members"] = members.assign(
            region=members["region"].mask(members["iso3"] == "FJI", "Asia")
        )

    name, day = "01_status_map", "2025-10-26"
    # Australia, Nauru, Palau and Papua New Guinea, of fourteen members; nobody is bound.
    found = run_cells(name, "regions", as_of=day)["regions"]
    assert found.loc["Oceania"].tolist() == [14, 4, 0, 0, 10, "29%"]
    assert found.index[-1] == "All"
    counts = found.columns[1:5]
    assert (found[counts].sum(axis=1) == found["UN members"]).all()
    other = run_cells(name, "regions", palau_left_and_fiji_moved, as_of=day)["regions"]
    assert other.columns[4] == "Withdrawn"
    assert other.loc["Oceania"].tolist() == [13, 3, 0, 0, 1, 9, "31%"]
    assert (other[other.columns[1:6]].sum(axis=1) == other["UN members"]).all()


def test_reported_ratifications_are_not_counted_as_confirmed() -> None:
    found = run_cells("01_status_map", "regions", as_of="2026-11-24")["regions"]
    assert found.loc["All", ["Bound", "Reported bound"]].tolist() == [0, 3]


def test_a_count_has_an_upper_bound_only_where_the_merged_list_is_complete() -> None:
    def a_shorter_list(scope: Scope) -> None:
        rules = scope["rules"]
        rules.loc[rules["convention"] == "untoc", "complete_to"] = pd.Timestamp("2001-01-01")

    name, given = "02_timeline", {"as_of": "2026-11-24", "compare": "untoc"}
    found = run_cells(name, "merged", **given)["merged"].set_index("convention")  # type: ignore[arg-type]
    assert found["parties_upper"].isna().to_dict() == {"hanoi": True, "untoc": False}
    other = run_cells(name, "merged", a_shorter_list, **given)["merged"]
    assert other.set_index("convention")["parties_upper"].isna().all()


def test_what_a_convention_needs_follows_from_the_merged_rules() -> None:
    def half(scope: Scope) -> None:
        scope["rules"]["threshold"] = scope["rules"]["threshold"] // 2

    name, given = "08_conventions_compared", {"conventions": "hanoi, untoc", "horizon": 2}
    found = run_cells(name, "merged", **given)["merged"]  # type: ignore[arg-type]
    other = run_cells(name, "merged", half, **given)["merged"]
    assert (other["needed"] == found["needed"] / 2).all()
    assert found["had"].round(1).tolist() == [0, 3.1]
