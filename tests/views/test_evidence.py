"""Tables of the evidence: every act once, sources as links, conflicts as the data have them."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from adoption.conflicts import CONFLICT, CORRECTION, totals_compared
from adoption.conventions import load_conventions
from adoption.coverage import load_tables
from adoption.evidence import also_named, by_source, known_acts
from adoption.figures.tables import Cells, Link
from adoption.tables import data_day
from adoption.views import evidence as show
from tests.conftest import made_up
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


def test_sources_by_acts_and_what_further_ones_give() -> None:
    known = known_of("hanoi")
    view = show.by_source_view(by_source(known), SOURCES)
    assert cells(view, "Source")[:2] == ["nl-verdragen", "untc-xml"]
    assert view.frame["Acts"].sum() == 78
    assert view.frame[["Confirmed", "Reported", "Inferred"]].to_numpy().sum() == 78
    also = also_named(known, SOURCES["source"])
    further = show.further_sources_view(also, SOURCES)
    assert set(cells(further, "Source")) == {k for keys in also for k in keys.split(";") if k}
    gives = dict(zip(cells(further, "Source"), cells(further, "Gives"), strict=True))
    assert gives["vgp-0128"] == "Viet Nam had not yet ratified on 28 Jan 2026"


def test_totals_side_by_side() -> None:
    compared = totals_compared(load_conventions()["budapest"], TABLES, NEWEST)
    view = show.totals_view(compared, SOURCES, "What is said")
    assert view.caption == "What is said"
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
    assert "no source names the signatories" in cells(
        show.totals_view(malabo, SOURCES, ""), "Result"
    )


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
