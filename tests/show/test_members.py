"""The tiles of a group, and the names on a map: each member once, no line across another."""

from __future__ import annotations

from datetime import date
from itertools import combinations
from typing import Any

import numpy as np
import pandas as pd
import pytest

from adoption import tables
from adoption.countries import groups
from adoption.countries.groups import GroupNotes, find_group, load_groups
from adoption.countries.profiles import acts_by_convention, reports_not_counted
from adoption.law.conventions import load_conventions
from adoption.law.status import load_status
from adoption.show.groups import group_answer, group_title
from adoption.show.members import members_view
from adoption.show.state import brief_answer
from adoption.show.world import world_map

DAY = date(2026, 11, 24)
NONE = reports_not_counted(load_status("hanoi", DAY))


def drawn(name: str, convention: str = "hanoi", day: date = DAY) -> dict[str, Any]:
    status, group = load_status(convention, day), find_group(name)
    rows = status.participants[status.participants["iso3"].isin(group.members)]
    return members_view(rows, status, group, NONE).data


@pytest.mark.parametrize(
    "name", ["gcc", "eu", "northern-america", "league-of-arab-states", "oceania"]
)
@pytest.mark.parametrize("convention", ["hanoi", "budapest"])
def test_each_member_has_one_tile_below_its_class(name: str, convention: str) -> None:
    data = drawn(name, convention)
    tiles = [tile["iso3"] for part in data["parts"] for tile in part["tiles"]]
    assert sorted(tiles) == sorted(find_group(name).members)
    assert all(part["number"] == len(part["tiles"]) for part in data["parts"])
    able = [part for part in data["parts"] if part["class"] != "cannot join"]
    assert sum(bar["number"] for bar in data["bar"]) == sum(part["number"] for part in able)


def test_those_without_an_act_come_first_with_what_they_can_do_until_when() -> None:
    data = drawn("eu")
    assert data["parts"][0]["heading"] == "No act known"
    (due, itself) = data["due"]
    assert due["until"] == "2026-12-31"
    signed = "The European Union signed the UN Convention against Cybercrime on 25 October 2025."
    assert itself["text"] == signed, "the lead says that no ratification is known"
    assert drawn("gcc")["due"][0]["after"] == "; after that they can only accede."
    (closed,) = drawn("gcc", "untoc", date(2003, 1, 1))["due"]
    assert closed["text"].endswith("signature closed on 12 December 2002.")


def test_who_signed_and_is_reported_to_have_ratified_stands_below_both() -> None:
    """So that the numbers of the headings are those of the lead."""
    numbers = {part["heading"]: part["number"] for part in drawn("gcc")["parts"]}
    assert {"No act known", "Signed only", "Signed, ratification reported"} <= {*numbers}
    assert numbers["Signed only"] == numbers["Signed, ratification reported"] == 1
    assert "Signed" in {part["heading"] for part in drawn("eu")["parts"]}


def test_what_is_only_reported_says_so_on_its_tile() -> None:
    tiles = {tile["iso3"]: tile for part in drawn("gcc")["parts"] for tile in part["tiles"]}
    assert "by report" in tiles["QAT"]["known"]
    assert "signed 25 Oct 2025" in tiles["QAT"]["known"]
    assert tiles["KWT"]["known"] == ""


@pytest.mark.parametrize("group", load_groups())
def test_a_tile_tells_a_report_that_is_not_counted_where_the_brief_does(group: str) -> None:
    """One on every third member without a known act, as the newest data have of one state."""
    status, members = load_status("hanoi", DAY), find_group(group).members
    people = status.participants
    silent = sorted(people.loc[people["status"] == "no act known", "iso3"])[::3]
    report = {"kind": "signature", "other": "a signature of 2026", "other_source": "trend-0210"}
    report |= {"kept": "no signature by 29 December 2025", "kept_source": "newshour"}
    reports = pd.DataFrame([report] * len(silent), index=pd.Index(silent, name="iso3"))
    rows = people[people["iso3"].isin(members)]
    parts = members_view(rows, status, find_group(group), reports).data["parts"]
    on_tiles = {
        tile["iso3"] for part in parts for tile in part["tiles"] if "not counted" in tile["known"]
    }
    acts = tables.read("acts")[:0]
    on_briefs = {
        iso3
        for iso3 in members & {*people["iso3"]}
        if "is not counted" in brief_answer(iso3, status, [], reports, acts).text
    }
    assert on_tiles == on_briefs == members & {*silent}


@pytest.mark.parametrize(
    ("name", "row", "title"),
    [
        ("gcc", {"no_act": 4}, "GCC: at least 2 of 6 have signed"),
        (
            "gcc",
            {"no_act": 4, "by_report": 1},
            "GCC: at least 1 of 6 have signed, one more by report",
        ),
        ("gcc", {"no_act": 5, "by_report": 1}, "GCC: no signature is confirmed, one reported"),
        ("gcc", {"no_act": 6}, "GCC: no member is known to have signed"),
        ("gcc", {"bound": 6}, "GCC: all 6 have signed or joined"),
        ("gcc", {"members": 0}, "GCC: no member is known to be able to join"),
    ],
)
def test_the_title_of_a_group_is_its_finding(name: str, row: dict[str, int], title: str) -> None:
    none = {"members": 6, "no_act": 0, "by_report": 0, "bound": 0, "withdrawn": 0, "partial": True}
    assert group_title(none | row, find_group(name)) == title


@pytest.mark.parametrize("convention", load_conventions())
@pytest.mark.parametrize("day", [date(2006, 1, 1), DAY])
def test_no_title_of_a_group_is_too_long_and_each_has_its_name(convention: str, day: date) -> None:
    status = load_status(convention, day)
    for group in load_groups().values():
        answer = group_answer(acts_by_convention(group, [status]), status, group, 2024)
        assert answer.title.startswith(f"{group.name}: ")
        assert len(answer.title.split()) <= 12
        assert len(answer.text.split()) <= 25


def test_a_bar_has_its_words_and_the_letters_of_a_group_what_they_stand_for() -> None:
    status, group = load_status("hanoi", DAY), find_group("gcc")
    rows = status.participants[status.participants["iso3"].isin(group.members)]
    html = members_view(rows, status, group, NONE)._repr_html_()
    assert "Cooperation Council for the Arab States of the Gulf" in html
    assert "signed <b>1</b>" in html


def test_a_member_that_is_no_participant_is_named_with_who_is_counted(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert drawn("gcc")["counted"] == {}
    note = GroupNotes(left_out="the African Union", left_out_source="ccdcoe-au")
    monkeypatch.setattr(groups, "load_group_notes", lambda: {"BRICS": note})
    counted = drawn("brics")["counted"]
    states = len(find_group("brics").members)
    assert counted["text"].startswith(f"Counted: {states} states. Members too, but in no table")
    assert counted["text"].endswith("not counted: the African Union.")
    assert counted["source"].startswith("https://")


def crosses(one: list[int], other: list[int]) -> bool:
    """Return whether two lines, each by the x and y of its ends, have a point in common."""
    (a, b), (c, d) = (np.array(line, dtype=float).reshape(2, 2) for line in (one, other))

    def side(p: Any, q: Any, r: Any) -> float:
        return float((q[0] - p[0]) * (r[1] - p[1]) - (q[1] - p[1]) * (r[0] - p[0]))

    return side(a, b, c) * side(a, b, d) < 0 and side(c, d, a) * side(c, d, b) < 0


@pytest.mark.parametrize("name", load_conventions())
def test_no_line_to_a_name_crosses_another(name: str) -> None:
    callouts = world_map(load_status(name, DAY), tables.read("states")).data["callouts"]
    assert [pair for pair in combinations([c["line"] for c in callouts], 2) if crosses(*pair)] == []


def test_a_map_names_those_that_are_reported_where_they_are_few() -> None:
    """On the last day of the ceremony four were; a year later ten states are too many."""
    states = tables.read("states")
    few, many = (
        world_map(load_status("hanoi", day), states).data["callouts"]
        for day in (date(2025, 10, 26), DAY)
    )
    assert len(few) == 4
    assert many == []
    assert all(callout["told"][0].startswith("signature") for callout in few)
