"""Tables of the evidence: every act once, sources as links, conflicts as the data have them."""

from __future__ import annotations

import inspect
import re
from datetime import date

import pandas as pd
import pytest
from IPython.display import Markdown

from adoption.data import checks, headers, list_rules
from adoption.figures.tables import Cells, Link, Table
from adoption.law.conflicts import CONFLICT, CORRECTION, load_oddities, totals_compared
from adoption.law.conventions import load_conventions
from adoption.law.coverage import load_tables
from adoption.law.evidence import also_named, by_source, known_acts
from adoption.tables import data_day
from adoption.views import evidence as show
from tests.conftest import acts_of, bound, made_up, states_of
from tests.views.test_views import cells, row_of

TABLES = load_tables()
SOURCES = TABLES["sources"]
NEWEST = data_day()


def known_of(name: str, day: date | None = None) -> pd.DataFrame:
    convention = load_conventions()[name]
    return known_acts(convention, TABLES["acts"], TABLES["states"], day or NEWEST)


@pytest.mark.parametrize("name", load_conventions())
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


def test_a_confirmed_act_has_its_source_and_the_further_ones() -> None:
    known = known_of("hanoi")
    view = show.settled_acts_view(known, also_named(known, SOURCES["source"]), SOURCES)
    assert len(view.frame) == 65
    assert row_of(view, "Algeria") == {
        "Participant": "Algeria",
        "Acts": "signature 25 Oct 2025",
        "Source": "untc-xml",
        "Also named in the note": "nl-verdragen",
    }
    assert all(isinstance(source, Cells) for source in view.frame["Source"])
    plain = known_of("rotterdam")
    view = show.settled_acts_view(plain, also_named(plain, SOURCES["source"]), SOURCES)
    assert list(view.frame.columns) == ["Participant", "Acts", "Source"]
    assert len(view.frame) > show.MOST_LINKED
    assert set(view.frame["Source"]) == {"untc-mtdsg-2018"}


def test_acts_of_one_participant_stand_in_the_order_of_their_days() -> None:
    acts = acts_of(
        [bound("AAA", "2001-03-01"), ("AAA", "signature", "2001-02-01", "", "confirmed")]
    )
    known = known_acts(made_up(), acts, states_of(["AAA"]), date(2001, 12, 31))
    view = show.settled_acts_view(known, also_named(known, ["us"]), SOURCES.assign(source="us"))
    assert cells(view, "Acts") == ["signature 1 Feb 2001; ratification 1 Mar 2001"]


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


@pytest.mark.parametrize("name", load_conventions())
def test_oddities_in_words(name: str) -> None:
    convention = load_conventions()[name]
    oddities = load_oddities(convention)
    view = show.oddities_view(oddities, convention)
    assert len(view.frame) == len(oddities)
    assert set(cells(view, "What")) <= set(show.RULES.values())
    assert all(not where.startswith(name) for where in cells(view, "Where"))


def test_every_rule_of_the_checks_has_its_words() -> None:
    rules = set(re.findall(r'Violation\(\s*"([a-z-]+)"', inspect.getsource(checks)))
    assert len(rules) == 10
    named = [*vars(list_rules).values(), *vars(headers).values()]
    of_lists = {name for name in named if isinstance(name, str)}
    of_lists = {name for name in of_lists if re.fullmatch(r"[a-z]+(-[a-z]+)+", name)}
    assert len(of_lists) == 14
    assert show.RULES.keys() == rules | of_lists | {CORRECTION, CONFLICT}


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


def test_an_empty_table_is_said_in_words() -> None:
    empty = show.open_acts_view(known_of("rotterdam"), SOURCES)
    words = show.table_or_words(empty, "Nothing.")
    assert isinstance(words, Markdown)
    assert words.data == "Nothing."
    full = show.open_acts_view(known_of("hanoi"), SOURCES)
    assert isinstance(show.table_or_words(full, "Nothing."), Table)
