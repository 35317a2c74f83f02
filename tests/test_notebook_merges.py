"""What notebooks merge has an effect: change the frame, and the finding changes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pandas as pd
import pytest

from adoption.law.panel import NO_ACT
from tests.cells import Scope, run_cells

Change = Callable[[pd.DataFrame], pd.DataFrame]


def changing(notebook: str, frame: str, change: Change | None = None) -> Scope:
    """Run a notebook; where it makes a frame, change that."""

    def changed(scope: Scope) -> None:
        if change:
            scope[frame] = change(scope[frame])

    return run_cells(notebook, change=changed, after=frame)


def test_who_signed_by_name_and_region_follows_from_the_merge() -> None:
    def without_the_union_and_palau_in_asia(scope: Scope) -> None:
        scope["acts"] = scope["acts"][scope["acts"]["iso3"] != "EUE"]
        scope["states"].loc[scope["states"]["iso3"] == "PLW", "region"] = "Asia"

    name, day = "01_status_map", "2025-10-26"
    found = run_cells(name, "named", as_of=day)["named"].set_index("name")
    assert len(found) == 72
    assert found.at["European Union", "region"] == "organisation"
    assert found.loc["Palau", ["act", "grade"]].tolist() == ["signature", "reported"]
    other = run_cells(name, "named", without_the_union_and_palau_in_asia, as_of=day)["named"]
    assert len(other) == 71
    assert other.set_index("name").at["Palau", "region"] == "Asia"


def test_who_is_not_known_to_have_been_able_to_join_is_not_in_the_share_with_an_act() -> None:
    found = run_cells("01_status_map", "regions", convention="budapest-2ap", as_of="2026-11-24")
    whole = found["regions"].loc["All"]
    parts = ["Signed only", "Consented to be bound", "No act known"]
    parts += ["Not known whether it could join"]
    assert whole[parts].sum() == whole["States"] == 197
    acted = whole["Signed only"] + whole["Consented to be bound"]
    assert acted < 60
    assert whole["Share that acted"] == f"at least {int(100 * acted / 197)}%"


def test_a_count_has_an_upper_bound_only_where_the_merged_list_is_complete() -> None:
    def a_shorter_list(scope: Scope) -> None:
        rules = scope["rules"]
        rules.loc[rules["convention"] == "untoc", "complete_to"] = pd.Timestamp("2001-01-01")

    name = "02_timeline"
    given: dict[str, Any] = {"as_of": "2026-11-24", "compare": "untoc"}
    found = run_cells(name, "merged", **given)["merged"].set_index("convention")
    assert found["parties_upper"].isna().to_dict() == {"hanoi": True, "untoc": False}
    other = run_cells(name, "merged", a_shorter_list, **given)["merged"]
    assert other.set_index("convention")["parties_upper"].isna().all()


def test_a_convention_that_was_younger_is_not_one_whose_counts_nobody_knows() -> None:
    given: dict[str, Any] = {"convention": "untoc", "compare": "hanoi, rotterdam"}
    found = run_cells("02_timeline", "shown", as_of="2026-11-24", **given)
    is_said = found["shown"].set_index("Convention").eq("not so old yet").sum(axis=1)
    assert is_said.tolist() == [0, 4, 0]
    assert pd.isna(found["merged"].set_index("convention").at["hanoi", "parties_lower"])


def test_what_a_convention_needs_follows_from_the_merged_rules() -> None:
    def half(scope: Scope) -> None:
        scope["rules"]["threshold"] = scope["rules"]["threshold"] // 2

    name = "08_conventions_compared"
    given: dict[str, Any] = {"conventions": "hanoi, untoc", "horizon": 2}
    found = run_cells(name, "merged", **given)["merged"]
    other = run_cells(name, "merged", half, **given)["merged"]
    assert (other["needed"] == found["needed"] / 2).all()
    assert found["had"].round(1).tolist() == [0, 3.2]


def test_how_many_treaties_had_fewer_signatures_follows_from_the_acts_in_sight() -> None:
    def without_acts_on_untoc(scope: Scope) -> None:
        scope["base_acts"] = scope["base_acts"].query("treaty != 'XVIII-12'")

    name = "08_conventions_compared"
    found = run_cells(name, "at_age")
    at_age, own = found["at_age"], found["own"]
    fewer = (at_age["signatures"] < own).mean()
    said = f"At least {int(100 * fewer)}% of {len(at_age)} comparable UN treaties"
    assert said in found["compared"].answer.text
    other = run_cells(name, "at_age", without_acts_on_untoc)["at_age"].set_index("treaty")
    assert other.at["XVIII-12", "signatures"] == 0


def test_bands_and_conflicts_in_sight_are_those_of_the_package() -> None:
    scope = run_cells("19_next_states", "merged")
    assert scope["ranked"]["band"].tolist() == scope["ranked"]["one_in"].tolist()
    scope = run_cells("11_evidence", "beyond")
    totals = scope["evidence"].frame.query("kind == 'total' and about == 'signatories'")
    differs = totals.query("found == 'differs'")["source"]
    assert sorted(scope["beyond"]["source"]) == sorted(differs)
    assert len(differs) > 1


def without_qatar(frame: pd.DataFrame) -> pd.DataFrame:
    """Qatar has not acted, and has no points in the legal pillar."""
    changed = frame.copy()
    of_qatar = changed["iso3"] == "QAT"
    changed.loc[of_qatar, ["act", "status", "legal"]] = [None, NO_ACT, 0.0]
    changed.loc[of_qatar, "overall"] = 80.0
    return changed


def test_a_brief_sets_a_state_beside_what_was_merged() -> None:
    before = changing("03_country_brief", "merged").shown
    after = changing("03_country_brief", "merged", without_qatar).shown
    found, other = (each["03-31"].data["groups"][0] for each in (before, after))
    assert (found["count"], found["rank"]) == ("2+", "rank 1, with 2")
    assert (other["count"], other["rank"]) == ("1+", "rank 5")
    qatar = [next(s for s in each["states"] if s["iso3"] == "QAT") for each in (found, other)]
    assert [state["is_above"] for state in qatar] == [True, False]
    titles = [each["03-31"].data["title"] for each in (before, after)]
    assert titles == [
        "At least two of six members of the GCC have signed, Qatar among them",
        "At least one of six members of the GCC has signed",
    ]
    titles = [each["03-09"].data["title"] for each in (before, after)]
    assert titles == [
        "Qatar has full points in all five cybersecurity pillars",
        "Qatar is above Asia's median in four of five cybersecurity pillars",
    ]
    groups = [each["03-11"].frame.set_index("Group").loc["GCC"] for each in (before, after)]
    assert [group["Have acted, at least"] for group in groups] == [2, 1]
    acted = [{row["class"] for row in each["03-14"].data["rows"]} for each in (before, after)]
    assert acted[0] == {NO_ACT}
    assert NO_ACT not in acted[1]


def test_a_group_is_counted_and_measured_from_what_was_merged() -> None:
    before = changing("09_region_brief", "members").shown
    after = changing("09_region_brief", "members", without_qatar).shown
    for found, acted in ((before, 7), (after, 6)):  # two more by report
        title = f"League of Arab States: at least {acted} of 22 have signed"
        assert found["09-04"].title.startswith(title)
    chance = next(head for head in before["09-08"].frame if head.startswith("Chance"))
    assert chance == "Chance, 10 Feb 2026 to 24 Nov 2027", "the days of the forecast, not a year"
    pairs = [found["09-13"].frame["Pairs, certain"].tolist() for found in (before, after)]
    assert pairs[0][-2] > pairs[1][-2], "one fewer would be joined by the convention"
    assert "is known" not in after["09-06"].layout.meta["title"]


def test_inequality_is_that_of_what_was_merged() -> None:
    before = changing("06_regional_inequality", "merged").shown
    after = changing("06_regional_inequality", "merged", without_qatar).shown
    for found, acted, lowest in ((before, 7, 5.29), (after, 6, 0.0)):
        assert f"At least {acted} of 22 have signed" in found["06-03"].text
        assert found["06-06"].frame["Lowest"].iloc[0] == lowest
    assert before["06-09"].frame.iloc[0, 1] == "20.00"


def test_who_signs_follows_from_the_merged_frame() -> None:
    def all_of_the_lowest_tier(scope: Scope) -> None:
        scope["merged"]["acted"] = scope["merged"]["tier"] == "T5"

    def without_capacity(scope: Scope) -> None:
        scope["merged"].loc[scope["merged"]["iso3"] == "QAT", ["tier", "legal"]] = None

    name, day = "05_capacity_and_adoption", "2025-10-26"
    before = run_cells(name, "gap", as_of=day)
    text = before["association"].answer.text
    assert text.startswith("70 of 193 UN members are known or reported to")
    other = run_cells(name, "association", all_of_the_lowest_tier, as_of=day)["association"]
    assert other.answer.text.startswith("13 of 193 UN members are known to")
    assert other.answer.text.endswith("clearly lower than others'.")
    less = run_cells(name, "gap", without_capacity, as_of=day)["gap"]
    assert (less["size"].iloc[1], before["gap"]["size"].iloc[1]) == (68, 69)


def test_what_a_ratification_adds_follows_from_the_merged_pairs() -> None:
    def all_pairs_of_djibouti_are_joined(scope: Scope) -> None:
        others = {*scope["graph"]} - {"DJI"}
        scope["graph"].add_edges_from((("DJI", other) for other in others), instruments=[])

    name = "07_cooperation_network"
    before = run_cells(name, "gains")["gains"].set_index("name")["new"]
    after = run_cells(name, "gains", all_pairs_of_djibouti_are_joined, after="graph")["gains"]
    after = after.set_index("name")["new"]
    assert (before["Djibouti"], after["Djibouti"]) == (66, 0)
    assert set((before - after).drop("Djibouti")) == {1}, "each has Djibouti as a partner now"


def test_the_medians_follow_from_the_merged_values() -> None:
    def without_the_highest(scope: Scope) -> None:
        merged = scope["merged"]
        merged.loc[merged["value"] >= 85, ["value", "overall"]] = None

    name = "04_capacity"
    found = run_cells(name, "description")["description"]
    other = run_cells(name, "description", without_the_highest)["description"]
    assert (found.answer.key_figure, other.answer.key_figure) == ("70.4", "47.4")
    medians = run_cells(name, "medians", without_the_highest)["medians"].set_index("region")
    assert medians.at["All states", "known"] == 194 - 46 - 29  # without T1 and T2
    assert medians.at["All states", "overall"].round(1) == 47.4


def test_10_publishers_follow_from_the_merged_rows() -> None:
    name = "10_claims_check"
    found = changing(name, "merged")["publishers"]
    other = changing(name, "merged", lambda rows: rows.assign(publisher="Atlantis"))["publishers"]
    assert len(found) > 10
    assert other["publisher"].tolist() == ["Atlantis"]
    assert other["Rows"].sum() == found["Rows"].sum()


def test_11_sources_and_licences_follow_from_the_merged_acts() -> None:
    name = "11_evidence"
    found = changing(name, "merged")
    other = changing(name, "merged", lambda rows: rows[rows["grade"] != "reported"])
    assert found["counts"]["acts"].sum() == 78
    assert found["counts"]["confirmed"].sum() == 65
    assert other["counts"]["acts"].sum() == 68
    column = "Acts on this page"
    assert found["licences"][column].sum() == 78
    assert other["licences"][column].sum() == 68
    none = found["licences"].set_index("Licence, as stated").loc["none stated"]
    assert none["Sources"] == 97


def test_neighbours_that_acted_follow_from_the_merged_areas() -> None:
    def without_algeria(scope: Scope) -> None:
        scope["world"].loc[scope["world"].index == "DZA", "acted"] = False

    name, day = "16_geography", "2026-11-24"
    scope = run_cells(name, as_of=day)
    pairs = {*map(tuple, scope["borders"][["left", "right"]].to_numpy())}
    assert len(pairs) == 310
    # Namibia and Zimbabwe meet in a point of the map; the Golan Heights are Syria's.
    assert ("NAM", "ZWE") not in pairs
    assert {("ISR", "SYR"), ("BRA", "FRA"), ("EGY", "SDN"), ("SDN", "SSD")} <= pairs
    sizes = scope["sizes"]
    assert sizes.index.tolist() == [*"1234567", "8 or more"]
    assert sizes.columns.tolist() == ["acted", "no act known"]
    assert sizes.to_numpy().sum() == len(scope["states"])
    assert "reports included" in scope.shown["map-3"].layout.meta["subtitle"]
    assert set(scope["tests"]["Counted"]) == {69}
    assert len(scope["joined"]) == 69
    # The border of France and Brazil is drawn where it is, and nothing from the mainland to it.
    france = scope["borders"].query("left == 'BRA' and right == 'FRA'").total_bounds
    assert france[[0, 2]].max() < -50
    # Libya, Mali, Morocco and Tunisia's other neighbours: three of Algeria's had acted.
    other = run_cells(name, "tests", without_algeria, after="world", as_of=day)
    assert other["states"]["acted"].sum() == 64
    assert set(other["tests"]["Counted"]) == {69 - 3}


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({}, "two of three tests"),
        ({"convention": "uncac"}, "cannot be said: too many"),
        ({"convention": "malabo"}, "cannot be said: too many"),
        ({"convention": "nagoya-kuala-lumpur", "as_of": "2011-03-07"}, "cannot be said: too few"),
    ],
)
def test_no_verdict_on_neighbours_where_data_carry_none(given: dict[str, Any], said: str) -> None:
    given = {"as_of": "2026-11-24"} | given
    answer = run_cells("16_geography", "what", **given).shown["answer-2"]
    assert said in answer.text
