"""Views: what the tables of the notebooks say, row by row."""

from __future__ import annotations

from datetime import date
from typing import Any

import pandas as pd
import pytest

from adoption import tables
from adoption.countries import profiles
from adoption.figures.tables import Badge, Cells, Link, Table
from adoption.figures.theme import STATUS_COLOURS
from adoption.law.conventions import load_conventions
from adoption.law.curves import compare_at_age
from adoption.law.regions import by_group
from adoption.law.status import load_status, named_acts, status_on
from adoption.views.pace import ages_view
from adoption.views.sources import sources_view, when
from adoption.views.state import acts_view, history_view, peers_view
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


def test_an_act_that_may_have_happened_is_doubtful() -> None:
    rows = [bound("AAA", "2001-02-01", "2001-06-30"), bound("BBB", "2001-02-01")]
    status = status_on(made_up(), date(2001, 3, 1), acts_of(rows), states_of(["AAA", "BBB"]))
    view = doubtful_view(status)
    assert cells(view, "Participant") == ["AAA"]
    assert "possibly" in cells(view, "Act")[0]
    assert cells(view, "Grade") == ["not known"]


def test_a_signatory_whose_consent_is_possible_is_doubtful_as_well() -> None:
    view = doubtful_view(load_status("hanoi", date(2026, 2, 10)))
    qatar = row_of(view, "Qatar")
    assert (qatar["Shown as"], qatar["Act"]) == ("signed", "signature; possibly party by then")


@pytest.mark.parametrize(
    ("earliest", "latest", "expected"),
    [
        ("2025-10-25", "2025-10-25", "25 Oct 2025"),
        ("2026-02-01", "2026-02-28", "Feb 2026"),
        ("2026-01-28", "2026-04-10", "28 Jan to 10 Apr 2026"),
        (None, None, "not known"),
    ],
)
def test_when(earliest: str | None, latest: str | None, expected: str) -> None:
    days = {"earliest": pd.Timestamp(earliest or "NaT"), "latest": pd.Timestamp(latest or "NaT")}
    row = days | {"open_ended": False}
    assert when(row) == expected


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
    compared = compare_at_age(conventions, acts_of(there), 20, date(2001, 2, 1))
    view = ages_view(compared, 20)
    assert row_of(view, "Atlantis") == {
        "Convention": "Atlantis",
        "Opened": "1 Jan 2001",
        "Signatories": "1",
        "Parties": "2 to 3 (by report)",
        "Needed": "3",
        "Days to entry into force": "1,095",
        "List complete to this age": "yes",
    }
    assert row_of(view, "Unlisted")["Signatories"] == "not known"
    assert row_of(view, "Unlisted")["List complete to this age"] == "no"
    assert row_of(view, "Young")["Parties"] == "not yet that old"
    assert row_of(view, "Idle")["Parties"] == "0"
    assert cells(view, "Days to entry into force").count("1,095") == 1


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


@pytest.mark.parametrize(
    ("keys", "expected"),
    [
        ("one", (Link("one", "https://example.org/1"),)),
        ("one;two", (Link("one", "https://example.org/1"), "two")),
        ("three", ("three",)),
        (None, ()),
        (float("nan"), ()),
    ],
)
def test_only_an_address_becomes_a_link(keys: Any, expected: tuple[Any, ...]) -> None:
    acts = pd.DataFrame(
        {"label": ["Atlantis"], "act": ["accession"], "grade": ["inferred"], "note": ["why"],
         "open_ended": [False], "source": [keys], "earliest": pd.to_datetime(["2001-01-02"]),
         "latest": pd.to_datetime(["2001-01-02"])}
    )  # fmt: skip
    view = acts_view(acts, SOURCES, "Mu")
    assert view.frame["Source"].tolist() == [Cells(expected)]
    assert cells(view, "Note") == ["why"]


def test_every_source_that_a_row_names_is_in_the_table_sources() -> None:
    acts, sources = tables.read("acts"), tables.read("sources")
    named = {key for keys in acts["source"] for key in keys.split(";")}
    assert len(sources_view(acts["source"], sources).frame) == len(named)
