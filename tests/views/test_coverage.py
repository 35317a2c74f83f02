"""Tables of coverage: names where they are few, missing in words, changes cut where many."""

from __future__ import annotations

import pandas as pd

from adoption.changes import compare
from adoption.conventions import load_conventions
from adoption.coverage import by_licence, covered, gaps, load_tables, reach
from adoption.tables import data_day
from adoption.views import coverage as view
from tests.views.test_views import cells, row_of

TABLES = load_tables()
NEWEST = data_day()


def test_reach() -> None:
    reached = reach(load_conventions().values(), TABLES["snapshots"], NEWEST, NEWEST)
    shown = view.reach_view(reached, NEWEST)
    row = [value.replace("\N{NO-BREAK SPACE}", " ") for value in row_of(shown, "Hanoi").values()]
    assert row == [
        "Hanoi", "25 Oct 2025", "26 Oct 2025", "10 Feb 2026", "2 Aug 2026", "394", "24 Nov 2026",
        "0",
    ]  # fmt: skip
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
