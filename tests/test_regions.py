"""Counts by region: sums that must agree, and one region counted by hand."""

from __future__ import annotations

from datetime import date

import pytest

from adoption.law.conventions import load_conventions
from adoption.law.regions import by_group
from adoption.law.status import load_status, status_on
from tests.conftest import acts_of, bound, made_up, states_of

NEWEST = date(2026, 11, 24)
COUNTED = ["signed", "bound_confirmed", "bound_reported", "no_act"]


@pytest.mark.parametrize("column", ["region", "un_group"])
@pytest.mark.parametrize("name", load_conventions())
def test_every_member_is_in_one_group_and_one_class(name: str, column: str) -> None:
    status = load_status(name, NEWEST)
    table = by_group(status, column)
    groups, everyone = table.iloc[:-1], table.iloc[-1]
    assert everyone["group"] == "All"
    assert everyone["members"] == 193
    assert len(groups) == 5
    assert groups["members"].is_monotonic_decreasing
    assert (groups.drop(columns=["group", "acted_share"]).sum() == everyone[groups.columns[1:-1]]
            ).all()  # fmt: skip
    assert (table[COUNTED].sum(axis=1) == table["members"]).all()
    assert (table["acted_share"] == table["acted"] / table["members"]).all()
    members = status.participants[status.participants["kind"] == "member"]
    assert everyone["no_act"] == (members["status"] == "no act known").sum()
    reported = members["grade"] == "reported"
    bound_by = members["status"].isin(["party", "in force for it"])
    assert everyone["bound_reported"] == (bound_by & reported).sum()


def test_oceania_on_the_second_day_in_hanoi() -> None:
    # Australia, Nauru, Palau and Papua New Guinea, of fourteen members; Cook Islands and Niue
    # are no members, and nobody is bound.
    table = by_group(load_status("hanoi", date(2025, 10, 26))).set_index("group")
    oceania = table.loc["Oceania"]
    assert list(oceania[["members", "acted", *COUNTED]]) == [14, 4, 4, 0, 0, 10]
    assert oceania["acted_share"] == pytest.approx(4 / 14)


def test_the_three_reported_ratifications_are_never_counted_as_confirmed() -> None:
    by_region = by_group(load_status("hanoi", NEWEST)).set_index("group")
    assert by_region.at["Asia", "bound_reported"] == 3
    assert by_region["bound_confirmed"].sum() == 0


def test_a_made_up_region_by_hand() -> None:
    regions = dict.fromkeys(("AAA", "BBB", "CCC", "DDD"), "North")
    regions |= dict.fromkeys(("EEE", "FFF"), "South")
    states = states_of([*regions, "EUE"])
    states["region"] = states["iso3"].map(regions)
    acts = acts_of(
        [
            ("AAA", "signature", "2001-01-02", "", "reported"),
            bound("BBB", "2001-01-03"),
            ("CCC", "accession", "2001-01-03", "", "reported"),
            ("EEE", "accession", "2001-01-03", "", "inferred"),
            bound("FFF", "2001-01-04"),
            ("FFF", "withdrawal", "2002-01-01", "", "confirmed"),
            bound("EUE", "2001-01-05"),
        ]
    )
    table = by_group(status_on(made_up(), date(2003, 1, 1), acts, states)).set_index("group")
    columns = ["members", "acted", *COUNTED[:3], "no_act"]
    assert list(table.loc["North", columns]) == [4, 3, 1, 1, 1, 1]
    assert list(table.loc["South", columns]) == [2, 2, 0, 1, 0, 0]
    assert list(table.loc["All", columns]) == [6, 5, 1, 2, 1, 1]
    assert table.index.tolist() == ["North", "South", "All"]
