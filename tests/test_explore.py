"""What Explore shows of a selection, against the tables and the plain functions."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from adoption import tables
from adoption.countries.groups import Group
from adoption.countries.indices import Indicator
from adoption.explore import look_up, members_of, read_library, remembering
from adoption.law.conventions import load_conventions
from adoption.law.status import load_status
from adoption.selection import Selection
from adoption.statusjson import plain

LIBRARY = read_library()
GROUPS = {group.group: group for group in LIBRARY.groups()}
GCI = Indicator("GCI", 2024, "overall")


def test_groups_stand_by_kind_and_by_name() -> None:
    kinds = [group.kind for group in LIBRARY.groups()]
    assert list(dict.fromkeys(kinds)) == [
        "M49 region", "M49 sub-region", "UN regional group", "organisation",
    ]  # fmt: skip
    assert kinds == sorted(kinds, key=list(dict.fromkeys(kinds)).index)
    organisations = [group.name for group in LIBRARY.groups() if group.kind == "organisation"]
    assert organisations == sorted(organisations)


@pytest.mark.parametrize(
    ("name", "day"),
    [("hanoi", "2026-02-15"), ("untoc", "2003-07-15"), ("budapest", "2004-03-18"),
     ("arab-2010", "2013-01-01"), ("malabo", "2014-06-27"), ("rotterdam", "2026-11-24")],
)  # fmt: skip
def test_a_remembered_status_is_the_plain_one(name: str, day: str) -> None:
    convention, as_of = load_conventions()[name], date.fromisoformat(day)
    status_of, anew = remembering(LIBRARY), load_status(name, as_of)
    found = status_of(convention, as_of)
    assert plain(found) == plain(anew)
    pd.testing.assert_frame_equal(found.participants, anew.participants)
    assert status_of(convention, as_of) is found


def test_the_gulf_states_with_their_values() -> None:
    status = load_status("hanoi", date(2025, 10, 26))
    members = members_of(status, GROUPS["gcc"], LIBRARY.capacity, GCI)
    assert list(members["name"]) == [
        "Bahrain", "Kuwait", "Oman", "Qatar", "Saudi Arabia", "United Arab Emirates",
    ]  # fmt: skip
    # As the table capacity has them; the press has Bahrain in tier 1 and Qatar with all points.
    assert list(members["value"]) == [97.94, 60.73, 97.00, 100.0, 100.0, 100.0]
    assert set(members["value_grade"]) == {"high", "medium"}
    capacity = tables.read("capacity")
    cited = set(capacity.loc[capacity["index"] == "GCI", "source"])
    assert set(members["value_source"]) <= cited


def test_a_value_that_is_not_known_is_missing_and_a_member_without_it_stays() -> None:
    status = load_status("hanoi", date(2025, 10, 26))
    group = Group("two", "Two", "organisation", frozenset({"COK", "SAU"}))
    members = members_of(status, group, LIBRARY.capacity, Indicator("EGDI", 2018, "overall"))
    assert list(members["name"]) == ["Cook Islands", "Saudi Arabia"]
    assert members["value"].isna().tolist() == [True, False]
    assert members["value_grade"].isna().all()


def test_look_up_has_every_member_once() -> None:
    status_of = remembering(LIBRARY)
    hanoi = load_conventions()["hanoi"]
    for group in GROUPS.values():
        shown = look_up(Selection(hanoi, LIBRARY.newest, group, GCI), LIBRARY, status_of)
        assert set(shown.members["iso3"]) == group.members
        assert len(shown.members) == len(group.members)
