"""Tables on a group, and on a state among its groups."""

from __future__ import annotations

from adoption import tables
from adoption.countries.group_profile import members_of
from adoption.countries.groups import all_groups
from adoption.countries.standing import like_but_otherwise, overall_values, place_in_groups
from adoption.law.network import network
from adoption.law.status import load_status
from adoption.views.group_profile import group_members_view, like_view, places_view

NEWEST = tables.data_day()
CAPACITY = tables.read("capacity")
GROUPS = all_groups(tables.read("states"), tables.read("memberships"))
HANOI = load_status("hanoi", NEWEST)


def test_members_with_what_is_known_of_them() -> None:
    group = GROUPS["oceania"]
    members = members_of(group, HANOI, [], CAPACITY, 2024, network([], sorted(group.members)))
    table = group_members_view(members, group, HANOI, 2024)
    rows = {row["State"]: row for row in table.frame.to_dict("records")}
    assert len(rows) == len(group.members)
    assert str(rows["Australia"]["Status"]) == "signed"
    assert rows["Australia"]["Day"] == "25 Oct 2025"
    assert rows["Tonga"]["Day"] == ""
    assert "not known" in table._repr_html_()  # Palau has no value
    assert "nan" not in table._repr_html_().lower().replace("nanc", "")


def test_places_in_words() -> None:
    places = place_in_groups("QAT", GROUPS.values(), HANOI, overall_values(CAPACITY, 2024))
    rows = {
        row["Group"]: row for row in places_view(places, "Qatar", 2024).frame.to_dict("records")
    }
    assert rows["GCC"]["Place by GCI 2024"] == "1 of 6, with 2 equal"
    assert rows["GCC"]["Known to have acted"] == 3
    palau = place_in_groups("PLW", GROUPS.values(), HANOI, overall_values(CAPACITY, 2024))
    assert set(places_view(palau, "Palau", 2024).frame["Place by GCI 2024"]) == {"no value"}


def test_the_nearest_that_acted_otherwise() -> None:
    found = like_but_otherwise("QAT", HANOI, CAPACITY, 2024)
    frame = like_view(found, "Qatar", 2024).frame
    assert {str(status) for status in frame["Status"]} == {"no act known"}
    assert frame["Distance, points"].is_monotonic_increasing
    assert set(frame["Day"]) == {""}
    oman = like_view(like_but_otherwise("OMN", HANOI, CAPACITY, 2024), "Oman", 2024)
    assert oman.caption == "Nearest to Oman in the GCI pillars with an act"
    assert "no act known" not in {str(status) for status in oman.frame["Status"]}
