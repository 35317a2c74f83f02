"""Tables of the evidence: every act once, sources as links, conflicts as the data have them."""

from __future__ import annotations

import hashlib
from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from adoption.changes import compare
from adoption.figures.tables import Cells, Link
from adoption.law.conventions import load_conventions
from adoption.law.evidence import (
    CONFLICT,
    CORRECTION,
    also_named,
    covered,
    force_compared,
    gaps,
    known_acts,
    load_tables,
    reach,
    totals_compared,
)
from adoption.tables import data_day
from adoption.views import coverage as listed
from adoption.views import evidence as show
from adoption.views.statements import LONGEST_NAME, MOST_BYTES, no_statements, statements_view
from tests.conftest import bound, made, made_up
from tests.views.test_views import cells, row_of

TABLES = load_tables()
SOURCES = TABLES["sources"]
NEWEST = data_day()


def known_of(name: str, day: date | None = None) -> pd.DataFrame:
    convention = load_conventions()[name]
    return known_acts(convention, TABLES["acts"], TABLES["states"], day or NEWEST)


@pytest.mark.parametrize("name", ["hanoi", "untoc", "arab-2010"])
def test_every_act_stands_in_one_of_the_two_tables(name: str) -> None:
    known = known_of(name)
    also = also_named(known, SOURCES["source"])
    opened = show.open_acts_view(known, SOURCES)
    settled = show.settled_acts_view(known, also, SOURCES)
    in_settled = sum(acts.count(";") + 1 for acts in settled.frame.get("Acts", pd.Series()))
    assert len(opened.frame) + in_settled == len(known)
    for view in (opened, settled):
        assert not pd.Series(repr(view)).str.contains(r"\bnan\b|NaT|<NA>|None").any()
        assert len(view._repr_html_()) < 60_000


def test_an_open_act_has_its_grade_source_and_note() -> None:
    view = show.open_acts_view(known_of("hanoi"), SOURCES)
    assert len(view.frame) == 13
    qatar = row_of(view, "Qatar")
    assert (qatar["Act"], qatar["Day"], qatar["Grade"]) == ("ratification", "Feb 2026", "reported")
    assert "Wikipedia is the root source" in qatar["Note"]
    (source,) = view.frame.loc[view.frame["Participant"] == "Qatar", "Source"]
    assert isinstance(source, Cells)
    assert isinstance(source.parts[0], Link)
    early = show.open_acts_view(known_of("hanoi", date(2026, 2, 10)), SOURCES)
    assert row_of(early, "Qatar")["Act"] == "ratification, possibly by then"


def test_what_further_sources_give() -> None:
    known = known_of("hanoi")
    also = also_named(known, SOURCES["source"])
    further = show.further_sources_view(also, SOURCES)
    assert set(cells(further, "Source")) == {k for keys in also for k in keys.split(";") if k}
    gives = dict(zip(cells(further, "Source"), cells(further, "Gives"), strict=True))
    assert gives["vgp-0128"] == "Viet Nam had not yet ratified on 28 Jan 2026"


def test_totals_side_by_side() -> None:
    compared = totals_compared(load_conventions()["budapest"], TABLES, NEWEST)
    view = show.totals_view(compared, SOURCES)
    (row,) = view.frame[view.frame["Result"] == "differs"].astype(str).to_dict("records")
    assert row == {
        "Day": "29 Sep 2006",
        "Measure": "parties",
        "Published": "15",
        "Our count": "16",
        "Difference": "-1",
        "Result": "differs",
        "Source": "ccrc-2006",
    }
    assert cells(view, "Day")[-1] == "no day given"
    assert cells(view, "Our count")[-1] == "not known"
    malabo = totals_compared(load_conventions()["malabo"], TABLES, NEWEST)
    assert "no source names the signatories" in cells(show.totals_view(malabo, SOURCES), "Result")


def test_entry_into_force_published_and_computed() -> None:
    three = [bound(code, "2001-02-01") for code in ("AAA", "BBB", "CCC")]
    day = date(2001, 5, 2)
    for acts, published, expected in (
        (three, day, ["2 May 2001", "2 May 2001", "agrees"]),
        (three, date(2001, 5, 1), ["1 May 2001", "2 May 2001", "differs"]),
        ([], day, ["2 May 2001", "none follows", "cannot be computed"]),
        (three, None, ["none", "2 May 2001", ""]),
    ):
        compared = force_compared(made("2001-12-31", *acts, entered_into_force=published))
        assert show.force_view(compared).frame.to_numpy().tolist() == [expected]


@pytest.mark.parametrize(("rule", "title"), [(CORRECTION, ""), (CONFLICT, ", and conflicts")])
def test_a_table_with_conflicts_says_so(rule: str, title: str) -> None:
    oddities = pd.DataFrame(
        [{"rule": rule, "subject": "atlantis AAA consent", "found": "this, that", "why": "So"}]
    )
    view = show.oddities_view(oddities, made_up(short_title="Atlantis"))
    assert view.caption == f"Reviewed exceptions and corrections{title}: Atlantis"
    (row,) = view.frame.to_dict("records")
    assert row == {
        "What": show.RULES[rule], "Where": "AAA consent", "Found": "this, that",
        "Why it stands": "So",
    }  # fmt: skip


# Declarations and other texts on the page of evidence.


ATLANTIS = made_up(source="untc-atlantis")
NO_FILES = pd.DataFrame({"file": []}, dtype="str")
LONG = "Subject to article 3.\n" + "Word " * 200
FRAME = pd.DataFrame(
    {
        "convention": ["atlantis", "atlantis", "mu"],
        "participant": ["Aland", None, "Aland"],
        "kind": ["declaration", "end note", "objection"],
        "text": [LONG, "See volume 2.", "Never."],
        "sha256": ["2c7a13651234567890", "11ff13651234567890", "0"],
    }
)


def said(*texts: str, who: str = "Aland") -> pd.DataFrame:
    """Return the table `statements` with some declarations on one convention."""
    checksums = [hashlib.sha256(text.encode()).hexdigest() for text in texts]
    return pd.DataFrame(
        {"convention": "atlantis", "participant": who, "kind": "declaration", "text": list(texts),
         "sha256": checksums}
    )  # fmt: skip


def html(*texts: str, **given: str) -> str:
    return statements_view(said(*texts, **given), ATLANTIS, NO_FILES)._repr_html_()


def test_of_a_long_text_it_is_said_how_much_is_shown_and_where_the_rest_is() -> None:
    beginning = 'Subject to article 3.</p><p dir="auto">Word Word'
    note = "the first 396 of 1,022 letters; all of it in the table statements"
    shown = html(LONG)
    assert f'<p dir="auto">{beginning}' in shown
    assert f"Word …</p><p><small>{note}</small></p></td>" in shown
    assert f"Word … ({note})" in str(
        statements_view(said(LONG), ATLANTIS, NO_FILES).frame["Text"][0]
    )
    assert "the first 400 of 1,200 letters" in html("x" * 1200)


@pytest.mark.parametrize("number", [1, 30, 100, 1000])
@pytest.mark.parametrize("piece", ['Word & "so" <on>\n', "\u0645", "\n<", "x"])
def test_it_is_never_large_and_shows_what_it_can(number: int, piece: str) -> None:
    texts = [f"{row} " + piece * (5000 // len(piece)) for row in range(number)]
    shown = statements_view(said(*texts, who="N" * 500), ATLANTIS, NO_FILES)
    assert len(shown._repr_html_().encode()) <= MOST_BYTES
    assert len(repr(shown)) <= MOST_BYTES
    left = f"the first {len(shown.frame)} of {number:,}; all of them in the table statements"
    assert shown.frame["Participant"][0] == f"{'N' * LONGEST_NAME}…"
    assert (left in shown.caption) == (len(shown.frame) < number)
    assert len(shown.frame) >= min(number, 5)


def test_why_there_is_none() -> None:
    fetched = pd.DataFrame({"file": ["data/raw/untc-atlantis/2026-12-01T060000Z/x.xml"]})
    others = pd.DataFrame({"file": ["data/raw/untc-atlantis-2/2026-12-01T060000Z/x.xml"]})
    assert "holds no declaration" in no_statements(fetched, ATLANTIS)
    assert "has not been fetched" in no_statements(others, ATLANTIS)
    shown = statements_view(FRAME[2:], ATLANTIS, others)
    assert cells(shown, "Text") == [no_statements(others, ATLANTIS)]


# Tables of coverage: names where they are few, missing in words, changes cut where many.


def test_reach() -> None:
    reached = reach(load_conventions().values(), TABLES["snapshots"], NEWEST, NEWEST)
    shown = listed.reach_view(reached, NEWEST)
    row = [value.replace("\N{NO-BREAK SPACE}", " ") for value in row_of(shown, "Hanoi").values()]
    assert row == [
        "Hanoi", "25 Oct 2025", "26 Oct 2025", "10 Feb 2026", "2 Aug 2026", "394", "24 Nov 2026",
        "0",
    ]  # fmt: skip
    arab = row_of(shown, "Arab, 2010")
    assert (arab["Complete to"], arab["Days beyond"]) == ("no day", "all")


def test_coverage_names_at_most_ten() -> None:
    shown = listed.coverage_view(covered(TABLES))
    assert row_of(shown, "capacity, GCI 2024")["Members without a row"] == "Palau"
    assert row_of(shown, "capacity, EGDI 2024")["Members without a row"] == ""
    assert row_of(shown, "regimes")["Members without a row"] == "21 members"
    assert row_of(shown, "totals")["UN members"] == "not by state"


def test_gaps_and_raw_files() -> None:
    shown = listed.gaps_view(gaps(TABLES))
    assert row_of(shown, "acts")["Missing"] == "102"
    assert "0" not in cells(shown, "Missing")
    snapshots = listed.snapshots_view(TABLES["snapshots"])
    assert len(snapshots.frame) == len(TABLES["snapshots"])
    assert "" not in cells(snapshots, "Licence")


def test_changes() -> None:
    old = pd.DataFrame(
        {"iso3": ["QAT", "OMN"], "organisation": ["GCC", ""], "since": ["", "1981"]}, dtype="str"
    )
    new = pd.DataFrame(
        {"iso3": ["QAT", "KWT"], "organisation": ["GCC", "GCC"], "since": ["1981", ""]}, dtype="str"
    )
    changes = compare({"memberships": old}, {"memberships": new})
    shown = listed.changes_view(changes, Path("/somewhere/october"))
    assert shown.caption == (
        "Since the build in the folder october: 1 membership added, 1 changed, 1 removed."
    )
    assert shown.frame.to_numpy().tolist() == [
        ["memberships", "QAT GCC", "since", "not known", "1981"],
        ["memberships", "KWT GCC", "row added", "", ""],
        ["memberships", "OMN not known", "row removed", "", ""],
    ]
    assert cells(listed.changes_view(None, None), "Change") == [
        "not known: no earlier build is named"
    ]
