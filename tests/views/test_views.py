"""Views: what the tables of the notebooks say, row by row."""

from __future__ import annotations

import pandas as pd
import pytest

from adoption import tables
from adoption.countries import profiles
from adoption.figures.tables import Badge, Cells, Link, Table
from adoption.figures.theme import STATUS_COLOURS
from adoption.law.conventions import load_conventions
from adoption.law.status import load_status
from adoption.views.sources import sources_view, when
from adoption.views.state import acts_view, history_view, peers_view
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


def test_the_acts_of_a_state_with_grade_and_source() -> None:
    own = profiles.acts_of("QAT", list(load_conventions().values()), tables.read("acts"), NEWEST)
    view = acts_view(own, tables.read("sources"), "Qatar")
    assert len(view.frame) == len(own)
    first, second = view.frame.iloc[0], view.frame.iloc[1]
    assert (first["Act"], first["Day"], first["Grade"]) == ("signature", "25 Oct 2025", "confirmed")
    assert first["Note"] == ""
    assert (second["Day"], second["Grade"]) == ("Feb 2026", "reported")
    assert second["Note"] == own["note"].iloc[1]
    budapest = view.frame[own["convention"] == "budapest"].iloc[0]
    assert budapest["Act"] == "no act known"
    assert (budapest["Day"], budapest["Grade"], str(budapest["Source"])) == ("", "", "")
    assert "Qatar" in view.caption


def test_peers_wear_the_badge_of_their_status() -> None:
    status = load_status("hanoi", NEWEST)
    peers = profiles.peers("PLW", status, tables.read("states"), tables.read("capacity"), EDITION)
    view = peers_view(peers, "Micronesia", EDITION)
    assert all(isinstance(badge, Badge) for badge in view.frame["Status"])
    assert set(cells(view, "Status")) <= set(STATUS_COLOURS)
    palau = row_of(view, "Palau")
    assert (palau["Status"], palau["Day"]) == ("signature reported", "25 Oct 2025")
    html = view._repr_html_()
    assert "not known" in html
    assert row_of(view, "Kiribati")["Day"] == ""


def test_values_by_edition_with_the_digits_they_carry() -> None:
    history = profiles.index_history("QAT", tables.read("capacity"))
    view = history_view(history, tables.read("sources"), "Qatar")
    shown = dict(zip(zip(cells(view, "Index"), cells(view, "Edition"), strict=True),
                     cells(view, "Value"), strict=True))  # fmt: skip
    assert shown["EGDI", "2024"] == "0.8244"
    assert shown["GCI", "2020"] == "94.50"
    assert set(cells(view, "Grade")) == {"high", "not assessed"}
    assert "nan" not in view._repr_html_()


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
    keys = ["one", "one;two", "three", None]
    acts = pd.DataFrame({"label": "Atlantis", "act": "accession", "grade": "inferred",
                         "note": "why", "open_ended": False, "source": keys})  # fmt: skip
    day = pd.Timestamp("2001-01-02")
    view = acts_view(acts.assign(earliest=day, latest=day), SOURCES, "Mu")
    one = Link("one", "https://example.org/1")
    expected = [Cells((one,)), Cells((one, "two")), Cells(("three",)), Cells(())]
    assert view.frame["Source"].tolist() == expected
