"""What Explore shows of a selection, against the tables and the plain functions."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from adoption.countries.capacity import Indicator
from adoption.countries.groups import Group
from adoption.explore import members_of, read_library, remembering
from adoption.law.conventions import load_conventions
from adoption.law.status import load_status
from adoption.statustext import plain

LIBRARY = read_library()


@pytest.mark.parametrize(
    ("name", "day"),
    [("hanoi", "2026-02-15"), ("budapest", "2004-03-18"),
     ("arab-2010", "2013-01-01"), ],
)  # fmt: skip
def test_a_remembered_status_is_the_plain_one(name: str, day: str) -> None:
    convention, as_of = load_conventions()[name], date.fromisoformat(day)
    status_of, anew = remembering(LIBRARY), load_status(name, as_of)
    found = status_of(convention, as_of)
    assert plain(found) == plain(anew)
    pd.testing.assert_frame_equal(found.participants, anew.participants)
    assert status_of(convention, as_of) is found


def test_a_value_that_is_not_known_is_missing_and_a_member_without_it_stays() -> None:
    status = load_status("hanoi", date(2025, 10, 26))
    group = Group("two", "Two", "organisation", frozenset({"COK", "SAU"}))
    members = members_of(status, group, LIBRARY.capacity, Indicator("EGDI", 2018, "overall"))
    assert list(members["name"]) == ["Cook Islands", "Saudi Arabia"]
    assert members["value"].isna().tolist() == [True, False]
    assert members["value_grade"].isna().all()
