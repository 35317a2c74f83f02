"""A state among its groups, and beside states of like capacity that act otherwise."""

from __future__ import annotations

import csv
import math
from datetime import date

import pandas as pd
import pytest

from adoption import tables
from adoption.countries.groups import Group, all_groups
from adoption.countries.standing import like_but_otherwise, overall_values, place_in_groups, ranks
from adoption.law.status import load_status
from tests.conftest import FROZEN, Act, bound, made

NEWEST = tables.data_day()
CAPACITY = tables.read("capacity")
GROUPS = all_groups(tables.read("states"), tables.read("memberships")).values()
PILLARS = ("legal", "technical", "organizational", "capacity_development", "cooperation")


def gci(year: int, **values: tuple[float, ...]) -> pd.DataFrame:
    rows = []
    for iso3, pillars in values.items():
        rows += [(iso3, "GCI", year, p, v) for p, v in zip(PILLARS, pillars, strict=True)]
        rows.append((iso3, "GCI", year, "overall", sum(pillars)))
    return pd.DataFrame(rows, columns=["iso3", "index", "edition", "component", "value"])


def sea(*members: str) -> Group:
    return Group("sea", "Sea", "organisation", frozenset(members))


def test_equal_values_share_the_better_place() -> None:
    assert ranks(pd.Series([3.0, 9.0, 9.0, 1.0])).tolist() == [3, 1, 1, 4]
    assert ranks(pd.Series({"AAA": 1.0}).iloc[:0]).empty


def test_places_worked_out_by_hand() -> None:
    status = made("2001-03-01", bound("AAA", "2001-02-01"), bound("CCC", "2001-02-01"))
    values = pd.Series({"AAA": 90.0, "BBB": 90.0, "DDD": 95.0})
    small = sea("AAA", "BBB", "CCC", "DDD")
    found = place_in_groups("AAA", [small, sea("BBB", "DDD")], status, values).to_dict("records")
    assert found == [
        {"group": "Sea", "members": 4, "with_value": 3, "place": 2, "equals": 2, "acted": 2}
    ]


def test_a_state_without_a_value_has_no_place() -> None:
    status = made("2001-03-01", bound("AAA", "2001-02-01"))
    found = place_in_groups("CCC", [sea("AAA", "CCC")], status, pd.Series({"AAA": 90.0}))
    assert found["place"].isna().all()
    assert found["equals"].isna().all()
    assert found["acted"].tolist() == [1]


def test_qatar_against_the_table_of_values() -> None:
    with (FROZEN / "data/processed/capacity.csv").open(encoding="utf-8", newline="") as file:
        values = {
            row["iso3"]: float(row["value"])
            for row in csv.DictReader(file)
            if (row["index"], row["edition"], row["component"]) == ("GCI", "2024", "overall")
        }
    status = load_status("hanoi", NEWEST)
    found = place_in_groups("QAT", GROUPS, status, overall_values(CAPACITY, 2024))
    rows = {row["group"]: row for row in found.to_dict("records")}
    assert {"Asia", "Western Asia", "Asia-Pacific Group", "GCC", "League of Arab States"} <= set(
        rows
    )
    full = sum(values.get(iso3) == 100 for iso3 in ("QAT", "SAU", "ARE", "BHR", "OMN", "KWT"))
    assert (rows["GCC"]["place"], rows["GCC"]["equals"], rows["GCC"]["with_value"]) == (1, full, 6)
    assert rows["GCC"]["acted"] == 3  # Qatar, Saudi Arabia, the United Arab Emirates
    assert found["members"].is_monotonic_decreasing


def test_the_nearest_by_hand() -> None:
    capacity = gci(2024, AAA=(10, 10, 10, 10, 10), BBB=(13, 14, 10, 10, 10), CCC=(10,) * 4 + (9,),
                   DDD=(10,) * 5)  # fmt: skip
    status = made("2001-03-01", bound("AAA", "2001-02-01"), bound("DDD", "2001-02-01"))
    found = like_but_otherwise("AAA", status, capacity, 2024)
    assert found["iso3"].tolist() == ["CCC", "BBB"]  # DDD is nearest but has acted as well
    assert found["distance"].tolist() == [1.0, 5.0]
    assert found["overall"].tolist() == [49.0, 57.0]
    reverse = like_but_otherwise("CCC", status, capacity, 2024, count=1)
    assert reverse["iso3"].tolist() == ["AAA"]  # a tie of AAA and DDD, by name


def test_without_pillars_nothing_is_near() -> None:
    capacity = gci(2024, BBB=(1, 1, 1, 1, 1))
    found = like_but_otherwise("AAA", made("2001-03-01"), capacity, 2024)
    assert found.empty
    assert {"name", "overall", "distance"} <= set(found.columns)


def test_a_possible_act_is_no_act_yet() -> None:
    open_day: Act = ("AAA", "signature", "2001-01-01", "2001-12-31", "reported")
    capacity = gci(2024, AAA=(1,) * 5, BBB=(1,) * 5)
    status = made("2001-03-01", open_day, bound("BBB", "2001-02-01"))
    assert like_but_otherwise("AAA", status, capacity, 2024)["iso3"].tolist() == ["BBB"]


@pytest.mark.parametrize("day", [date(2025, 10, 25), NEWEST])
def test_no_state_of_the_table_breaks_it(day: date) -> None:
    status = load_status("hanoi", day)
    for iso3 in ("QAT", "PLW", "VAT", "NIU", "YEM", "USA"):
        found = like_but_otherwise(iso3, status, CAPACITY, 2024)
        assert len(found) in (0, 5)
        assert all(math.isfinite(value) for value in found["distance"])
        found = place_in_groups(iso3, GROUPS, status, overall_values(CAPACITY, 2024))
        own = [group for group in GROUPS if iso3 in group.members]
        assert len(found) == len(own) > 0
