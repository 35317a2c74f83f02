"""The summary: one line that fits the subject of a commit."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings

from adoption.news.kinds import (
    ActChange,
    Consequence,
    Differences,
    Named,
    RowChange,
    SchemaChange,
    Total,
    TotalChange,
    ValueChange,
)
from adoption.news.others import table_change
from adoption.news.summary import LONGEST, summary_line
from tests.news.made_up import act, between, build, changed, undated
from tests.news.test_differences import builds

HANOI = Named("UN Convention against Cybercrime", "Hanoi", 40)
FORCE = Consequence("atlantis", "entry_into_force", "", None, "2020-07-30")
IN_FORCE = Consequence("atlantis", "in_force", "", False, True)


def values(number: int, index: str) -> tuple[ValueChange, ...]:
    return tuple(
        ValueChange(f"A{n:02}", index, "2024", "overall", "value", None, 1.0) for n in range(number)
    )


def added(convention: str, *kinds: str) -> tuple[ActChange, ...]:
    made = (act(f"A{n:02}", kind, convention=convention) for n, kind in enumerate(kinds))
    return tuple(ActChange(None, one) for one in made)


def test_the_example_of_the_handbook() -> None:
    acts = added("hanoi", "signature", "ratification", "signature")
    found = Differences(acts=acts, indicators=values(12, "GCI"), conventions={"hanoi": HANOI})
    assert summary_line(found) == "2 signatures and 1 ratification of Hanoi; 12 GCI values"


@pytest.mark.parametrize(
    ("change", "line"),
    [
        (ActChange(undated("AAA"), act("AAA", "ratification")),
         "1 ratification of Atlantis confirmed"),
        (ActChange(act("AAA"), act("AAA", grade="reported")), "1 signature of Atlantis corrected"),
        (ActChange(act("AAA", day="2020-02-11"), act("AAA")), "1 signature of Atlantis corrected"),
        (ActChange(act("AAA"), None), "1 signature of Atlantis removed"),
        (ActChange(act("AAA"), act("AAA", note="seen")), "1 act with another source or note"),
    ],
)  # fmt: skip
def test_what_became_of_an_act(change: ActChange, line: str) -> None:
    assert summary_line(changed(change)) == line


def test_a_convention_is_named_once() -> None:
    found = changed(
        ActChange(None, act("AAA")),
        ActChange(undated("BBB"), act("BBB", "ratification")),
        ActChange(act("CCC"), None),
    )
    assert summary_line(found) == (
        "1 signature of Atlantis, 1 ratification confirmed, 1 signature removed"
    )


@pytest.mark.parametrize(
    ("consequences", "line"),
    [
        ((FORCE,), "Atlantis enters into force on 30 July 2020"),
        ((replace(FORCE, new="2020-07-30..2020-08-01"),), "Atlantis enters into force"),
        ((replace(FORCE, old="2020-07-01"),), "Atlantis now enters into force on 30 July 2020"),
        ((replace(FORCE, old="2020-07-01", new=None),),
         "entry into force of Atlantis no longer known"),
        ((IN_FORCE,), "Atlantis now in force"),
        ((FORCE, IN_FORCE), "Atlantis now in force on 30 July 2020"),
        ((replace(IN_FORCE, old=True, new=False),), "Atlantis not in force"),
        ((Consequence("atlantis", "parties", "", 1, 2),), "the status of 1 convention"),
    ],
)  # fmt: skip
def test_entry_into_force_goes_first(consequences: tuple[Consequence, ...], line: str) -> None:
    assert summary_line(replace(changed(), consequences=consequences)) == line
    both = replace(changed(ActChange(None, act("AAA"))), consequences=consequences)
    expected = "1 signature of Atlantis"
    if not line.startswith("the status"):
        expected = f"{line}; {expected}"
    assert summary_line(both) == expected


def test_what_does_not_fit_is_said_more_shortly() -> None:
    kinds = ("signature", "succession to signature", "ratification", "accession")
    found = changed(*added("atlantis", *kinds), *added("lemuria", *kinds))
    assert summary_line(found) == "4 acts of Atlantis; 4 acts of lemuria"
    found = replace(found, indicators=(*values(12, "GCI"), *values(193, "population")))
    assert summary_line(found) == "4 acts of Atlantis; 4 acts of lemuria; 205 values"
    many = [one for n in range(9) for one in added(f"convention-{n}", "signature")]
    found = replace(found, acts=tuple(many))
    assert summary_line(found) == "9 acts of 9 conventions; 205 values"


def test_what_is_left_over_is_more() -> None:
    consequences = tuple(replace(FORCE, convention=f"convention-{n}") for n in range(5))
    found = replace(changed(*added("atlantis", "signature")), consequences=consequences)
    assert summary_line(found) == "convention-0 enters into force on 30 July 2020; more"


def test_the_rest() -> None:
    total = TotalChange("atlantis", date(2020, 3, 1), "us", None, Total(3, None))
    votes = table_change("votes", [RowChange(("AAA",), "added"), RowChange(("BBB",), "removed")])
    snapshots = table_change("snapshots", [RowChange(("a.csv",), "added")])
    assert summary_line(Differences(totals=(total,), tables=(votes, snapshots))) == (
        "1 total; 2 rows of votes"
    )
    regimes = table_change("regimes", [RowChange(("AAA",), "added")])
    assert summary_line(Differences(tables=(votes, regimes))) == "3 other rows"
    assert summary_line(Differences(tables=(snapshots,))) == "only snapshots"
    schema = (SchemaChange("votes", "", "new"),)
    assert summary_line(Differences(schema=schema)) == "tables of another structure"


def test_a_value_and_its_year_are_one() -> None:
    value = ValueChange("AAA", "population", "2024", "", "value", 1, 2)
    found = Differences(indicators=(value, replace(value, column="year")))
    assert summary_line(found) == "1 indicator value"


@given(builds(), builds())
@settings(max_examples=10)
def test_it_always_fits_and_says_something(old: dict[str, object], new: dict[str, object]) -> None:
    line = summary_line(between(old, new))  # type: ignore[arg-type]
    assert 0 < len(line) <= LONGEST
    assert line == " ".join(line.split())


def test_nothing() -> None:
    assert summary_line(between(build(), build())) == "nothing has changed"


UNSURE = replace(FORCE, is_unsure=True)


@pytest.mark.parametrize(
    ("consequences", "line"),
    [
        ((UNSURE,), "Atlantis enters into force, not confirmed"),
        ((replace(UNSURE, old="2020-07-01"),),
         "Atlantis now enters into force on another day, not confirmed"),
        ((replace(UNSURE, old="2020-07-01", new=None),),
         "entry into force of Atlantis no longer known"),
        ((replace(IN_FORCE, new="reported", is_unsure=True),),
         "Atlantis now in force, not confirmed"),
        ((UNSURE, replace(IN_FORCE, new="reported", is_unsure=True)),
         "Atlantis now in force, not confirmed"),
    ],
)  # fmt: skip
def test_an_entry_into_force_that_rests_on_reports_says_so(
    consequences: tuple[Consequence, ...], line: str
) -> None:
    assert summary_line(replace(changed(), consequences=consequences)) == line


def test_a_day_that_moves_and_is_only_reported_before_and_after() -> None:
    sure = [act(iso3, "ratification", "2020-02-03") for iso3 in ("AAA", "BBB")]
    days = ("2020-04-01", "2020-05-01")
    old, new = (build(*sure, act("CCC", "ratification", day, grade="reported")) for day in days)
    found = between(old, new)
    assert "nth_grade" not in {consequence.measure for consequence in found.consequences}
    line = "Atlantis now enters into force, not confirmed; 1 act of Atlantis"
    assert summary_line(found) == line
    alone = "Atlantis now enters into force on another day, not confirmed"
    assert summary_line(replace(found, acts=())) == alone


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ("", "2020-07-30", "published entry into force of Atlantis: 30 July 2020"),
        ("2020-07-01", "2020-07-30",
         "published entry into force of Atlantis corrected to 30 July 2020"),
        ("2020-07-30", "", "entry into force of Atlantis no longer published"),
    ],
)  # fmt: skip
@pytest.mark.parametrize(
    ("table", "column"), [("conventions", "entered_into_force"), ("header", "in_force_on")]
)
def test_an_entry_into_force_that_is_published_without_an_act(
    table: str, column: str, old: str, new: str, line: str
) -> None:
    row = RowChange(("atlantis",), "changed", column, old, new)
    found = replace(changed(), tables=(table_change(table, [row]),))
    assert summary_line(found) == line
    assert "published" not in summary_line(replace(found, consequences=(FORCE,)))


PARTIES = Consequence("atlantis", "parties", "", 1, 2)


@pytest.mark.parametrize(
    ("given", "line"),
    [
        ({"tables": ("snapshots",)}, "only snapshots"),
        ({"tables": ("snapshots",), "consequences": (PARTIES,)},
         "only the status of 1 convention and the table snapshots"),
        ({"tables": ("sources", "snapshots"), "consequences": (PARTIES,)},
         "only the status of 1 convention and the tables sources and snapshots"),
        ({"tables": ("sources", "snapshots"),
          "acts": (ActChange(act("AAA"), act("AAA", note="seen")),)},
         "only 1 act with another source or note and 2 tables"),
        ({"tables": ("snapshots",), "schema": (SchemaChange("votes", "", "new"),)},
         "only tables of another structure and the table snapshots"),
        ({"tables": ("sources", "snapshots"), "consequences": (PARTIES,),
          "acts": (ActChange(act("AAA"), act("AAA", note="seen")),),
          "schema": (SchemaChange("votes", "", "new"),)},
         "only what stands beside acts and values"),
        ({"tables": ("header",)}, "the header of the list of Atlantis"),
        ({"tables": ("header", "statements")},
         "only the header of the list of Atlantis and the table statements"),
    ],
)  # fmt: skip
def test_what_is_no_news_is_one_sentence(given: dict[str, Any], line: str) -> None:
    row = RowChange(("atlantis", "end note", "", "11ff"), "changed", "title", "a", "b")
    tables = tuple(table_change(name, [row]) for name in given.get("tables", ()))
    assert summary_line(replace(changed(), **(given | {"tables": tables}))) == line
