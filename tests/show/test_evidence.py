"""Tables of the evidence: every act once, sources as links, conflicts as the data have them."""

from __future__ import annotations

import json
from datetime import date

import pandas as pd
import pytest

from adoption import tables
from adoption.core.text import messages
from adoption.ingest import list_guards
from adoption.law.conventions import load_conventions
from adoption.law.evidence import (
    acts_by_day,
    also_named,
    disagreements,
    force_compared,
    load_tables,
    totals_compared,
)
from adoption.law.spells import load_history
from adoption.show import evidence as show
from adoption.show.evidence import (
    CONFLICT,
    CORRECTION,
    MAX_NAME_LETTERS,
    MAX_TEXT_LETTERS,
    MAX_TEXTS,
    statements_table,
)
from adoption.tables import data_day
from adoption.tables.exceptions import BOUND_AGAIN, NO_WITHDRAWAL
from tests.conftest import ROOT, bound, made, made_up
from tests.show.drawing import same_twice
from tests.show.reading import cells

TABLES = load_tables()
SOURCES = TABLES["sources"]
NEWEST = data_day()
SEPTEMBER = "29 Sep 2006".replace(" ", "\N{NO-BREAK SPACE}")


def known_of(name: str, day: date | None = None) -> pd.DataFrame:
    convention = load_conventions()[name]
    return acts_by_day(convention, TABLES["acts"], TABLES["states"], day or NEWEST)


@pytest.mark.parametrize("name", ["hanoi", "untoc", "arab-2010"])
def test_every_act_stands_in_one_of_the_two_tables(name: str) -> None:
    known = known_of(name)
    also = also_named(known, SOURCES["source"])
    opened = show.open_acts_table(known)
    assert opened is not None
    settled = show.settled_acts_table(known, also)
    in_settled = sum(acts.count(";") + 1 for acts in settled.frame.get("Acts", pd.Series()))
    assert len(opened.frame) + in_settled == len(known)
    for view in (opened, settled):
        assert not pd.Series(repr(view)).str.contains(r"\bnan\b|NaT|<NA>|None").any()
        assert len(view._repr_html_()) < 60_000


def test_totals_side_by_side() -> None:
    compared = totals_compared(load_history("budapest"), tables.read_of("totals", "budapest"))
    view = show.totals_table(compared)
    (row,) = view.frame[view.frame["Result"] == "differs"].astype(str).to_numpy().tolist()
    assert row == [SEPTEMBER, "parties", "15", "16", "-1", "differs", "reported", "ccrc-2006"]
    assert cells(view, "Day")[-1] == "no day given"
    assert cells(view, "Our count")[-1] == "not known"
    malabo = totals_compared(load_history("malabo"), tables.read_of("totals", "malabo"))
    assert "no source names the signatories" in cells(show.totals_table(malabo), "Result")


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
        (row,) = show.force_table(compared).frame.to_numpy().tolist()
        assert [cell.replace("\N{NO-BREAK SPACE}", " ") for cell in row] == expected


def test_conflicts_are_oddities() -> None:
    for name, conflicts in (("hanoi", 2), ("malabo", 0)):  # running figures of the first day
        compared = disagreements(load_conventions()[name], TABLES, NEWEST)
        reviewed = show.oddities(compared)
        assert list(reviewed["rule"]).count(CONFLICT) == conflicts
        others = len(compared["exceptions"]) + len(compared["corrections"])
        assert len(reviewed) == others + conflicts


def test_what_was_published_after_the_day_is_compared_with_nothing() -> None:
    for day in (date(2010, 1, 1), NEWEST):
        compared = disagreements(load_conventions()["budapest"], TABLES, day)
        assert compared["totals"]["as_of"].max() <= pd.Timestamp(day)
        assert compared["entries"]["published"].max() <= pd.Timestamp(day)


@pytest.mark.parametrize(("rule", "title"), [(CORRECTION, ""), (CONFLICT, ", and conflicts")])
def test_a_table_with_conflicts_says_so(rule: str, title: str) -> None:
    oddities = pd.DataFrame(
        [{"rule": rule, "subject": "atlantis AAA consent", "found": "this, that", "why": "So"}]
    )
    view = show.oddities_table(oddities, made_up(short_title="Atlantis"))
    assert view.caption == f"Reviewed exceptions and corrections{title}: Atlantis"
    (row,) = view.frame.to_dict("records")
    assert row == {
        "What": messages()["rules"][rule],
        "Where": "AAA consent",
        "Found": "this, that",
        "Why it stands": "So",
    }


def test_what_is_found_wrong_is_said_in_words() -> None:
    rules = {
        list_guards.VANISHED,
        list_guards.CHANGED,
        list_guards.OLDER,
        list_guards.FUTURE,
        list_guards.ABSENT,
        list_guards.RECOUNT,
        list_guards.BY_RULE_ONLY,
        list_guards.TITLE_DIFFERS,
        NO_WITHDRAWAL,
        BOUND_AGAIN,
    }
    listed = pd.read_csv(ROOT / "data" / "reference" / "exceptions.csv")
    assert rules | set(listed["rule"]) <= messages()["rules"].keys()


# Declarations and other texts on the page of evidence.


ATLANTIS = made_up(source="untc-atlantis")
NO_FILES = pd.DataFrame({"file": []}, dtype="str")


def said(number: int, text: str) -> pd.DataFrame:
    """Return the table `statements` with some declarations on one convention."""
    row = {"convention": "atlantis", "participant": "N" * 500, "kind": "declaration"}
    row |= {"text": text, "sha256": "2c7a1365" * 8}
    return pd.DataFrame([row] * number, columns=[*row])


def test_of_many_long_texts_the_first_are_shown_and_where_the_rest_is() -> None:
    shown = statements_table(said(1000, "<" * 5000), ATLANTIS, NO_FILES)
    assert len(shown._repr_html_().encode()) < 80_000
    assert len(shown.frame) == MAX_TEXTS
    assert "; the first 40 of 1,000; " in shown.caption
    first = shown.frame.iloc[0]
    assert first["Participant"] == f"{'N' * MAX_NAME_LETTERS}…"
    assert first["Text"] == f"{'<' * MAX_TEXT_LETTERS}…"
    whole = statements_table(said(1, "See volume 2."), ATLANTIS, NO_FILES)
    assert cells(whole, "Text") == ["See volume 2."]


def test_why_there_is_none() -> None:
    fetched = pd.DataFrame({"file": ["data/raw/untc-atlantis/2026-12-01T060000Z/x.xml"]})
    others = pd.DataFrame({"file": ["data/raw/untc-atlantis-2/2026-12-01T060000Z/x.xml"]})
    for files, why in ((fetched, "that was fetched holds none."), (others, "they are not known.")):
        (text,) = cells(statements_table(said(0, ""), ATLANTIS, files), "Text")
        assert text.endswith(why)


# Tables of coverage: names where they are few, missing in words, changes cut where many.


# The chart of acts by source: each act once for every source that it names.


@pytest.mark.parametrize("name", ["hanoi", "untoc"])
def test_an_act_is_in_a_bar_of_each_of_its_sources(name: str) -> None:
    known, convention = known_of(name), load_conventions()[name]
    figure = same_twice(
        lambda: show.grades_by_source(known, convention, NEWEST), least=1_500, most=25_000
    )
    heights = {trace["name"]: sum(trace["x"]) for trace in figure["data"]}
    certain = known[known["certain"]]
    named = certain.assign(source=certain["source"].str.split(";")).explode("source")
    largest = named["source"].value_counts(sort=True).nlargest(show.MAX_SOURCES)
    assert sum(heights.values()) == largest.sum()
    assert heights["confirmed"] <= (named["grade"] == "confirmed").sum()
    assert show.grades_by_source(known.head(0), convention, NEWEST) is None
    assert "text kept" not in json.dumps(figure["layout"]["yaxis"])
    left = named["source"].nunique() - show.MAX_SOURCES
    said = "with no more acts" in json.dumps(figure["layout"])
    assert said == (left > 0), "some have as many as the last that is drawn"
