"""A group's acts by convention, and its members."""

from __future__ import annotations

from datetime import date

import pandas as pd

from adoption import tables
from adoption.countries.groups import Group, all_groups
from adoption.countries.profiles import acts_by_convention, conventions_of
from adoption.law.conventions import load_conventions
from tests.conftest import Act, bound, made

NEWEST = tables.data_day()
MEMBERSHIPS = tables.read("memberships")
GROUPS = all_groups(tables.read("states"), MEMBERSHIPS)
COUNTS = ["no_act", "signed", "signed_reported", "bound_reported", "bound", "withdrawn"]
SEA = Group("sea", "Sea", "organisation", frozenset({"AAA", "BBB", "CCC", "DDD"}))
NOBODY = pd.DataFrame({"iso3": [], "organisation": []})


def test_each_class_by_hand() -> None:
    rows: list[Act] = [
        ("AAA", "signature", "2001-01-01", "", "confirmed"),
        ("BBB", "signature", "2001-01-01", "", "reported"),
        bound("CCC", "2001-02-01"),
        ("EUE", "signature", "2001-01-01", "", "confirmed"),
    ]
    row = acts_by_convention(SEA, [made("2001-06-01", *rows)], NOBODY).to_dict("records")[0]
    assert [row[name] for name in COUNTS] == [1, 1, 1, 0, 1, 0]
    assert row["members"] == 4
    assert row["partial"] is False


def test_what_is_made_for_others_counts_its_own_members_only() -> None:
    memberships = pd.DataFrame({"iso3": ["AAA", "BBB"], "organisation": ["Deep", "Deep"]})
    status = made("2001-06-01", bound("CCC", "2001-02-01"), made_for="Deep")
    row = acts_by_convention(SEA, [status], memberships).to_dict("records")[0]
    assert (row["members"], row["no_act"], row["bound"]) == (3, 2, 1)


def test_conventions_that_a_group_can_join() -> None:
    registry = list(load_conventions().values())

    def chosen(group: str, day: date, first: str = "hanoi") -> list[str]:
        ordered = sorted(registry, key=lambda c: c.convention != first)
        found = conventions_of(GROUPS[group], ordered, MEMBERSHIPS, day)
        return [c.convention for c in found]

    assert "malabo" not in chosen("eu", NEWEST)
    assert "arab-2010" not in chosen("eu", NEWEST)
    assert {"malabo", "arab-2010"} <= set(chosen("league-of-arab-states", NEWEST))
    assert "budapest-2ap" not in chosen("eu", date(2012, 1, 1))
    assert chosen("eu", date(2012, 1, 1), "arab-2010")[0] == "arab-2010"  # the subject stays
