"""What Explore shows of a selection, against the tables and the plain functions."""

from __future__ import annotations

from datetime import date

from adoption import tables
from adoption.countries.capacity import Indicator
from adoption.countries.groups import Group
from adoption.explore import members_of
from adoption.law.status import load_status


def test_a_value_that_is_not_known_is_missing_and_a_member_without_it_stays() -> None:
    status = load_status("hanoi", date(2025, 10, 26))
    group = Group("two", "Two", "organisation", frozenset({"COK", "SAU"}))
    members = members_of(status, group, tables.read("capacity"), Indicator("EGDI", 2018, "overall"))
    assert list(members["name"]) == ["Cook Islands", "Saudi Arabia"]
    assert members["value"].isna().tolist() == [True, False]
    assert members["value_grade"].isna().all()
