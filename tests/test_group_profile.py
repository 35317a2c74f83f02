"""A group's acts by convention, and its members."""

from __future__ import annotations

import csv
from datetime import date

import pandas as pd
import pytest

from adoption import tables
from adoption.countries.group_profile import acts_by_convention, conventions_of, members_of
from adoption.countries.groups import Group, all_groups
from adoption.law.conventions import load_conventions
from adoption.law.network import network
from adoption.law.status import load_status
from adoption.law.webs import Web
from tests.conftest import FROZEN, Act, bound, made, made_up
from tests.test_standing import gci

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


def test_the_arab_league_on_the_convention_against_the_table_of_acts() -> None:
    group = GROUPS["league-of-arab-states"]
    with (FROZEN / "data/processed/acts.csv").open(encoding="utf-8", newline="") as file:
        acts = [r for r in csv.DictReader(file) if r["convention"] == "hanoi"]
    acts = [row for row in acts if row["iso3"] in group.members]
    bound_by_report = {r["iso3"] for r in acts if r["act"] == "ratification"}
    signed = {r["iso3"]: r["grade"] for r in acts if r["act"] == "signature"}
    only = {iso3: grade for iso3, grade in signed.items() if iso3 not in bound_by_report}
    row = acts_by_convention(group, [load_status("hanoi", NEWEST)], MEMBERSHIPS).to_dict("records")
    assert row[0]["bound_reported"] == len(bound_by_report) == 1
    assert row[0]["signed_reported"] == sum(grade == "reported" for grade in only.values()) == 2
    assert row[0]["signed"] == sum(grade != "reported" for grade in only.values()) == 6
    assert row[0]["no_act"] == 22 - len(signed)


@pytest.mark.parametrize("name", ["arab-league", "eu", "oceania", "african-union"])
def test_classes_add_up(name: str) -> None:
    group = GROUPS.get(name, GROUPS["league-of-arab-states"])
    statuses = [load_status(c, NEWEST) for c in load_conventions()]
    frame = acts_by_convention(group, statuses, MEMBERSHIPS)
    assert (frame[COUNTS].sum(axis=1) == frame["members"]).all()


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


def test_members_by_hand() -> None:
    capacity = gci(2024, AAA=(20,) * 5, BBB=(10,) * 5, CCC=(20,) * 5, EUE=(20,) * 5)
    status = made("2001-06-01", ("AAA", "signature", "2001-01-01", "", "confirmed"))
    reported: Act = ("BBB", "ratification", "2001-02-01", "", "reported")
    other = made("2001-06-01", bound("AAA", "2001-02-01"), reported)
    web = Web(made_up(), frozenset("A"), frozenset("A"), partial=False, ceiling=True)
    joined = network([web], ("AAA", "BBB", "CCC"))
    rows = members_of(SEA, status, [other], capacity, 2024, joined).set_index("iso3")
    assert rows["overall"].dropna().to_dict() == {"AAA": 100.0, "BBB": 50.0, "CCC": 100.0}
    assert rows["place"].dropna().to_dict() == {"AAA": 1, "BBB": 3, "CCC": 1}
    assert rows["bound_by"].to_dict() == {"AAA": 1, "BBB": 0, "CCC": 0, "DDD": 0}
    assert rows["partners"].dropna().to_dict() == {"AAA": 0, "BBB": 0, "CCC": 0}
    assert rows["status"].to_dict()["AAA"] == "signed"
