"""Views: what the tables of the notebooks say, row by row."""

from __future__ import annotations

import pandas as pd
import pytest

from adoption import tables
from adoption.figures.tables import Cells, Link, Table
from adoption.law.status import load_status
from adoption.views.sources import source_links, sources_view, when
from adoption.views.status import doubtful_view

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
