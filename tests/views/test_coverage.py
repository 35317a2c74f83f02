"""Tables of coverage: names where they are few, missing in words, changes cut where many."""

from __future__ import annotations

import pandas as pd
import pytest

from adoption.changes import compare
from adoption.law.conventions import load_conventions
from adoption.law.coverage import by_licence, covered, gaps, load_tables, reach
from adoption.tables import data_day
from adoption.views import coverage as view
from tests.views.test_views import cells, row_of

TABLES = load_tables()
NEWEST = data_day()


def test_reach() -> None:
    reached = reach(load_conventions().values(), TABLES["snapshots"], NEWEST, NEWEST)
    shown = view.reach_view(reached, NEWEST)
    row = {key: value.replace("\N{NO-BREAK SPACE}", " ") for key, value in
           row_of(shown, "Hanoi").items()}  # fmt: skip
    assert row == {
        "Convention": "Hanoi",
        "Opened": "25 Oct 2025",
        "Complete to": "26 Oct 2025",
        "Nearly to": "10 Feb 2026",
        "Partial to": "2 Aug 2026",
        "Days beyond": "394",
        "Snapshot taken": "24 Nov 2026",
        "Its age, days": "0",
    }
    arab = row_of(shown, "Arab, 2010")
    assert (arab["Complete to"], arab["Days beyond"]) == ("no day", "all")


def test_coverage_names_at_most_ten() -> None:
    shown = view.coverage_view(covered(TABLES))
    assert row_of(shown, "capacity, GCI 2024")["Members without a row"] == "Palau"
    assert row_of(shown, "capacity, EGDI 2024")["Members without a row"] == ""
    assert row_of(shown, "regimes")["Members without a row"] == "21 members"
    assert row_of(shown, "totals")["UN members"] == "not by state"


def test_gaps_licences_and_raw_files() -> None:
    shown = view.gaps_view(gaps(TABLES))
    assert row_of(shown, "acts")["Missing"] == "102"
    assert "0" not in cells(shown, "Missing")
    licences = view.licences_view(by_licence(TABLES["sources"], TABLES["acts"]))
    assert row_of(licences, "none stated")["Sources"] == "98"
    snapshots = view.snapshots_view(TABLES["snapshots"])
    assert len(snapshots.frame) == len(TABLES["snapshots"])
    assert "" not in cells(snapshots, "Licence")


def test_changes() -> None:
    old = pd.DataFrame(
        {"iso3": ["QAT", "OMN"], "organisation": ["GCC", ""], "since": ["", "1981"]}, dtype="str"
    )
    new = pd.DataFrame(
        {"iso3": ["QAT", "KWT"], "organisation": ["GCC", "GCC"], "since": ["1981", ""]}, dtype="str"
    )
    shown = view.changes_view(compare({"memberships": old}, {"memberships": new}), "Said.")
    assert shown.caption == "Said."
    assert shown.frame.to_numpy().tolist() == [
        ["memberships", "QAT GCC", "since", "not known", "1981"],
        ["memberships", "KWT GCC", "row added", "", ""],
        ["memberships", "OMN not known", "row removed", "", ""],
    ]
    assert view.changes_view(None, "No earlier build.").frame.empty


@pytest.mark.parametrize(("rows", "said"), [(40, "Said."), (41, "Said. Shown: 40 of 41 lines.")])
def test_of_many_changes_the_first(rows: int, said: str) -> None:
    new = pd.DataFrame({"iso3": [f"A{n:02}" for n in range(rows)]}, dtype="str")
    shown = view.changes_view(compare({"regimes": new.iloc[:0]}, {"regimes": new}), "Said.")
    assert shown.caption == said
    assert len(shown.frame) == view.MOST_CHANGES
