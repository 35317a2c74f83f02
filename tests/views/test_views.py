"""Views: what the tables of the notebooks say, row by row."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from adoption import tables
from adoption.figures.tables import Cells, Link, Table
from adoption.law.curves import compare_at_age
from adoption.law.regions import by_group
from adoption.law.status import load_status, named_acts, status_on
from adoption.views.pace import ages_view
from adoption.views.sources import source_links, sources_view, when
from adoption.views.status import doubtful_view, named_view, region_view
from tests.conftest import Act, acts_of, bound, made_up, states_of

NEWEST = tables.data_day()
EDITION = 2024
SOURCES = pd.DataFrame(
    {
        "source": ["one", "two", "three"],
        "title": ["First", "Second", "Third"],
        "publisher": ["P1", "P2", "P3"],
        "url": ["https://example.org/1", "ftp://example.org/2", "https://example.org/3 (copy)"],
        "accessed": ["2026-01-02 (github a/b @1234567)", None, "2026-01-03"],
        "licence": ["CC BY 4.0", None, "MIT"],
    }
)


def cells(table: Table, column: str) -> list[str]:
    return [str(value) for value in table.frame[column]]


def row_of(table: Table, head: str) -> dict[str, str]:
    first = table.frame.columns[0]
    (found,) = table.frame[table.frame[first] == head].to_dict("records")
    return {str(key): str(value) for key, value in found.items()}


def test_the_regions_are_those_counted() -> None:
    status = load_status("hanoi", NEWEST)
    view = region_view(by_group(status), status)
    assert row_of(view, "Oceania") == {
        "Region": "Oceania",
        "UN members": "14",
        "Signed only": "4",
        "Bound": "0",
        "Reported bound": "0",
        "No act known": "10",
        "Share with an act": "29%",
    }
    assert row_of(view, "Asia")["Reported bound"] == "3"
    assert "24 November 2026" in view.caption


def test_every_act_is_named_and_its_grade_marked_where_it_is_not_confirmed() -> None:
    status = load_status("hanoi", NEWEST)
    named = named_acts(status, tables.read("acts"))
    view = named_view(named[named["latest"].dt.date <= NEWEST], status)
    rows = view.frame.to_numpy().tolist()
    assert ["Algeria", "signature", "25 Oct 2025", "Africa"] in rows
    assert ["Qatar", "signature", "25 Oct 2025", "Asia"] in rows
    assert ["Qatar", "ratification, reported", "Feb 2026", "Asia"] in rows
    assert ["European Union", "signature", "25 Oct 2025", "organisation"] in rows
    assert view.caption.startswith("Acts known by 24 November 2026, by name")


def test_doubtful_acts_are_all_of_them_and_no_others() -> None:
    status = load_status("hanoi", NEWEST)
    view = doubtful_view(status)
    people = status.participants
    sure = (people["grade"] == "confirmed") | people["grade"].isna()
    assert sorted(cells(view, "Participant")) == sorted(people.loc[~sure, "name"])
    assert row_of(view, "Qatar") | {"Why": ""} == {
        "Participant": "Qatar",
        "Shown as": "reported bound",
        "Act": "ratification",
        "Day": "Feb 2026",
        "Grade": "reported",
        "Why": "",
    }
    assert row_of(view, "Canada")["Shown as"] == "signature reported"
    assert set(cells(view, "Grade")) == {"reported", "inferred"}


@pytest.mark.parametrize(
    ("earliest", "latest", "expected"),
    [("2025-10-25", "2025-10-25", "25 Oct 2025"), ("2026-02-01", "2026-02-28", "Feb 2026"),
     ("2026-01-28", "2026-04-10", "28 Jan to 10 Apr 2026"), ("NaT", "NaT", "not known")],
)  # fmt: skip
def test_when(earliest: str, latest: str, expected: str) -> None:
    days = {"earliest": pd.Timestamp(earliest), "latest": pd.Timestamp(latest)}
    assert when(days | {"open_ended": False}) == expected


def test_conventions_at_the_same_age() -> None:
    there: list[Act] = [
        bound("AAA", "2001-01-02"),
        bound("BBB", "2001-01-03", "2001-03-01"),
        ("CCC", "accession", "2001-01-02", "", "reported"),
        ("AAA", "signature", "2001-01-02", "", "confirmed"),
    ]
    conventions = [
        made_up(short_title="Atlantis", entered_into_force=date(2004, 1, 1)),
        made_up(short_title="Unlisted", signatories_listed=False, complete_to=None),
        made_up(short_title="Young", convention="young", opens=date(2001, 2, 1)),
        made_up(short_title="Idle", convention="idle"),
    ]
    view = ages_view(compare_at_age(conventions, acts_of(there), 20, date(2001, 2, 1)), 20)
    assert list(row_of(view, "Atlantis").values()) == [
        "Atlantis", "1 Jan 2001", "1", "2 to 3 (by report)", "3", "1,095", "yes",
    ]  # fmt: skip
    unlisted = row_of(view, "Unlisted")
    assert (unlisted["Signatories"], unlisted["List complete to this age"]) == ("not known", "no")
    assert row_of(view, "Young")["Parties"] == "not yet that old"
    assert row_of(view, "Idle")["Parties"] == "0"


# Sources


def test_each_source_named_stands_once_with_what_is_known_of_it() -> None:
    view = sources_view(["one;two", "two", None, float("nan"), "four"], SOURCES)
    assert cells(view, "Source") == ["First", "Second"]
    link, plain = view.frame["Source"]
    assert link == Link("First", "https://example.org/1")
    assert plain == "Second"
    assert cells(view, "Seen") == ["2026-01-02", "day not noted"]
    assert cells(view, "Licence") == ["CC BY 4.0", "none stated"]


def test_only_an_address_becomes_a_link() -> None:
    links = source_links(SOURCES)
    one = Link("one", "https://example.org/1")
    expected = [Cells((one,)), Cells((one, "two")), Cells(("three",)), Cells(())]
    assert [*map(links, ["one", "one;two", "three", None])] == expected


# The table by region adds up, also after a withdrawal; without one it is as it was.


REGIONS = {"AAA": "North", "BBB": "North", "CCC": "North", "DDD": "South"}
ROWS: list[Act] = [
    ("AAA", "signature", "2001-01-02", "", "confirmed"),
    bound("AAA", "2002-01-01"),
    ("BBB", "accession", "2002-01-02", "", "reported"),
    bound("DDD", "2002-01-03"),
]
LEFT: Act = ("AAA", "withdrawal", "2003-01-01", "", "confirmed")
BEFORE = ["Region", "UN members", "Signed only", "Bound", "Reported bound", "No act known",
          "Share with an act"]  # fmt: skip


def view(*more: Act) -> Table:
    states = states_of([*REGIONS, "EUE"])
    states["region"] = states["iso3"].map(REGIONS)
    status = status_on(made_up(), date(2004, 1, 1), acts_of([*ROWS, *more]), states)
    return region_view(by_group(status), status)


def test_one_that_has_withdrawn_has_a_column_and_the_rows_add_up() -> None:
    table = view(LEFT)
    assert list(table.frame) == [*BEFORE[:5], "Withdrawn", *BEFORE[5:]]
    frame = table.frame.set_index("Region")
    assert frame["Withdrawn"].to_dict() == {"North": 1, "South": 0, "All": 1}
    assert (frame.iloc[:, 1:6].sum(axis=1) == frame["UN members"]).all()
    assert frame["Share with an act"].to_dict() == {"North": "67%", "South": "100%", "All": "75%"}
    assert table.caption == (
        "Members of the United Nations by M49 region, 1 January 2004; one that has withdrawn has "
        "acted, and is in the share"
    )
