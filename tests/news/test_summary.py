"""The summary: one line that fits the subject of a commit."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings

from adoption.data.dictionary import ACTS
from adoption.law.conventions import load_conventions
from adoption.news.act_counts import act_events
from adoption.news.acts import act_changes
from adoption.news.counts import Event, by_convention, by_kind, in_full, in_short, plural, together
from adoption.news.kinds import (
    Act,
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
from tests.news.made_up import act, changed, lists_of_acts, undated

HANOI = Named("UN Convention against Cybercrime", "Hanoi", 40)
FORCE = Consequence("atlantis", "entry_into_force", "", None, "2020-07-30")
UNSURE = replace(FORCE, is_unsure=True)
CONFIRMED = ActChange(undated("BBB"), act("BBB", "ratification"))
GONE = tuple(ActChange(act(f"A{n:02}", convention="untoc"), None) for n in range(11))
IN_FORCE = Consequence("atlantis", "in_force", "", False, True)


def values(number: int, index: str) -> tuple[ValueChange, ...]:
    return tuple(
        ValueChange(f"A{n:02}", index, "2024", "overall", "value", None, 1.0) for n in range(number)
    )


def added(convention: str, *kinds: str) -> tuple[ActChange, ...]:
    made = (act(f"A{n:02}", kind, convention=convention) for n, kind in enumerate(kinds))
    return tuple(ActChange(None, one) for one in made)


def said(change: str, number: int, kind: str = "declaration") -> list[RowChange]:
    return [
        RowChange(("atlantis", kind, f"{change} {n}", f"{n:064}"), change) for n in range(number)
    ]


def test_the_example_of_the_handbook() -> None:
    acts = added("hanoi", "signature", "ratification", "signature")
    found = Differences(acts=acts, indicators=values(12, "GCI"), conventions={"hanoi": HANOI})
    assert summary_line(found) == "2 signatures and 1 ratification of Hanoi; 12 GCI values"


def test_what_became_of_acts() -> None:
    """A convention is named once; what is only noted of an act is told where there is no more."""
    noted = ActChange(act("AAA"), act("AAA", note="seen"))
    corrected = ActChange(act("AAA", day="2020-02-11"), act("AAA"))
    found = changed(ActChange(None, act("AAA")), CONFIRMED, ActChange(act("CCC"), None), noted)
    assert summary_line(found) == (
        "1 signature of Atlantis, 1 ratification confirmed, 1 signature removed"
    )
    assert summary_line(changed(corrected)) == "1 signature of Atlantis corrected"
    assert summary_line(changed(noted)) == "1 act with another source or note"


@pytest.mark.parametrize(
    ("consequences", "line"),
    [
        ((FORCE,), "Atlantis enters into force on 30 July 2020"),
        ((replace(FORCE, new="2020-07-30..2020-08-01"),), "Atlantis enters into force"),
        ((UNSURE,), "Atlantis enters into force, not confirmed"),
        ((replace(UNSURE, old="2020-07-01"),),
         "Atlantis now enters into force on another day, not confirmed"),
        ((UNSURE, replace(IN_FORCE, new="reported", is_unsure=True)),
         "Atlantis now in force, not confirmed"),
        ((replace(FORCE, old="2020-07-01"),), "Atlantis now enters into force on 30 July 2020"),
        ((replace(FORCE, old="2020-07-01", new=None),),
         "entry into force of Atlantis no longer known"),
        ((FORCE, IN_FORCE), "Atlantis now in force on 30 July 2020"),
        ((replace(IN_FORCE, old=True, new=False),), "Atlantis not in force"),
        ((Consequence("atlantis", "parties", "", 1, 2),), "the status of 1 convention"),
    ],
)  # fmt: skip
def test_entry_into_force_goes_first(consequences: tuple[Consequence, ...], line: str) -> None:
    alone = replace(changed(), consequences=consequences)
    assert summary_line(alone) == line
    both = summary_line(replace(alone, acts=added("atlantis", "signature")))
    if line.startswith("the status"):
        assert both == "1 signature of Atlantis"
    else:
        assert both.endswith(("; 1 signature of Atlantis", "; 1 act of Atlantis"))
        assert both.startswith(line.removesuffix(" on another day, not confirmed"))


def test_a_removal_is_never_hidden() -> None:
    """What else there is is told ever more shortly, and cut before it."""
    of_untoc = (*GONE, *added("untoc", "signature", "succession to signature", "ratification"))
    assert summary_line(changed(*of_untoc, CONFIRMED)) == (
        "11 acts of untoc removed, 3 added; 1 act of Atlantis confirmed"
    )
    found = replace(changed(*of_untoc, CONFIRMED), indicators=values(12, "GCI"))
    assert summary_line(found) == (
        "11 acts of untoc removed, 3 others; 1 act of Atlantis; 12 values"
    )
    many = tuple(one for n in range(9) for one in added(f"convention-{n}", "signature"))
    total = TotalChange("atlantis", date(2020, 3, 1), "us", None, Total(3, None))
    found = replace(found, acts=(*of_untoc, *many, CONFIRMED), totals=(total,))
    assert summary_line(found) == (
        "11 acts removed, 13 others, of 11 conventions; 12 values; 1 total"
    )
    consequences = tuple(replace(FORCE, convention=f"convention-{n}") for n in range(5))
    crowded = replace(changed(*GONE), consequences=consequences)
    assert summary_line(crowded) == "11 acts of untoc removed; more"
    statements = table_change("statements", [*said("removed", 9), *said("added", 3)])
    both = replace(crowded, tables=(statements,))
    assert summary_line(both) == "11 acts and 9 statements removed; more"
    assert (
        summary_line(replace(both, acts=())) == "9 statements of Atlantis removed, 3 others; more"
    )


def test_the_line_fits_for_the_convention_of_the_longest_label() -> None:
    label = max((one.label for one in load_conventions().values()), key=len)
    votes = table_change("votes", [RowChange((f"{n}",), "added") for n in range(999)])
    days = (("", "2027-12-29"), ("2027-12-29", "2027-11-01"), ("2027-12-29", ""))
    headers = [RowChange(("atlantis",), "changed", "in_force_on", *pair) for pair in days]
    force = replace(FORCE, old="2027-11-01", new="2027-12-29")
    alone = Differences(conventions={"atlantis": Named(label, label, 40)})
    gone = tuple(ActChange(act(f"A{n}"), None) for n in range(1234))
    for one in (
        *(replace(alone, consequences=(each,)) for each in (force, replace(force, is_unsure=True))),
        *(replace(alone, tables=(table_change("header", [row]),)) for row in headers),
    ):
        crowded = replace(one, indicators=values(99, "GCI"), tables=(*one.tables, votes))
        lines = [summary_line(found) for found in (one, crowded, replace(crowded, acts=gone))]
        assert all(label in line and len(line) <= LONGEST for line in lines), lines
        assert lines[2].startswith(f"1,234 acts of {label} removed; ")


@pytest.mark.parametrize(
    ("rows", "line"),
    [
        ([*said("removed", 1, "end note"), *said("added", 2)],
         "2 declarations of Atlantis, 1 end note removed"),
        ([RowChange(("atlantis", "declaration", f"{n // 2}", f"{n:064}"), fate)
          for n, fate in enumerate(("added", "removed") * 2)],
         "2 declarations of Atlantis changed"),
    ],
)  # fmt: skip
def test_statements_are_told(rows: list[RowChange], line: str) -> None:
    found = replace(changed(), tables=(table_change("statements", rows),))
    assert summary_line(found) == line
    beside = replace(found, acts=added("atlantis", "signature"))
    assert summary_line(beside) == f"1 signature of Atlantis; {line}"


def test_rows_of_which_only_the_source_changed_are_no_news_beside_others() -> None:
    origins = [
        RowChange((f"{n}", "EGDI", "2024", "overall"), "changed", "source") for n in range(772)
    ]
    capacity = table_change("capacity", origins)
    found = replace(changed(), tables=(capacity,), indicators=values(2, "EGDI"))
    assert summary_line(found) == "2 EGDI values"
    alone = replace(found, indicators=())
    assert summary_line(alone) == "772 rows of capacity with another source or note"
    graded = RowChange(origins[0].key, "changed", "grade")
    more = replace(found, tables=(table_change("capacity", [*origins, graded]),))
    assert summary_line(more) == "2 EGDI values; 1 row of capacity"
    votes = table_change("votes", [RowChange(("AAA",), "changed", "note")])
    snapshots = table_change("snapshots", [RowChange(("a",), "added")])
    several = replace(alone, tables=(votes, capacity, snapshots))
    assert summary_line(several) == (
        "only 773 rows with another source or note and the table snapshots"
    )
    noted = (ActChange(act("AAA"), act("AAA", note="seen")),)
    assert summary_line(replace(alone, acts=noted)) == (
        "1 act and 772 rows of capacity with another source or note"
    )


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


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ("", "2020-07-30", "published entry into force of Atlantis: 30 July 2020"),
        ("2020-07-01", "2020-07-30",
         "published entry into force of Atlantis corrected to 30 July 2020"),
        ("2020-07-30", "", "entry into force of Atlantis no longer published"),
    ],
)  # fmt: skip
def test_an_entry_into_force_that_is_published_without_an_act(
    old: str, new: str, line: str
) -> None:
    for table, column in (("conventions", "entered_into_force"), ("header", "in_force_on")):
        row = RowChange(("atlantis",), "changed", column, old, new)
        found = replace(changed(), tables=(table_change(table, [row]),))
        assert summary_line(found) == line
    assert "published" not in summary_line(replace(found, consequences=(FORCE,)))


PARTIES = Consequence("atlantis", "parties", "", 1, 2)


@pytest.mark.parametrize(
    ("given", "line"),
    [
        ({"tables": ("sources", "snapshots"),
          "acts": (ActChange(act("AAA"), act("AAA", note="seen")),)},
         "only 1 act with another source or note and 2 tables"),
        ({"tables": ("sources", "snapshots"), "consequences": (PARTIES,),
          "acts": (ActChange(act("AAA"), act("AAA", note="seen")),),
          "schema": (SchemaChange("votes", "", "new"),)},
         "only what stands beside acts and values"),
        ({"tables": ("header",)}, "the header of the list of Atlantis"),
    ],
)  # fmt: skip
def test_what_is_no_news_is_one_sentence(given: dict[str, Any], line: str) -> None:
    row = RowChange(("atlantis", "end note", "", "11ff"), "changed", "title", "a", "b")
    tables = tuple(table_change(name, [row]) for name in given.get("tables", ()))
    assert summary_line(replace(changed(), **(given | {"tables": tables}))) == line


@given(lists_of_acts, lists_of_acts)
@settings(max_examples=25)
def test_removals_are_always_told(old: list[Act], new: list[Act]) -> None:
    found = changed(*act_changes(old, new))
    gone = sum(change.new is None for change in found.acts)
    assert ("removed" in summary_line(found)) is (gone > 0)
    events = act_events(found)
    of_two = [Event("act", name, "signature", "removed") for name in ("atlantis", "mu")]
    assert list(together(of_two, found, in_full)) == ["2 acts of 2 conventions removed"]
    for counts in (in_full, in_short):
        line = " ".join(by_convention(events, found, counts))
        assert not gone or line.startswith(f"{gone} act")


def test_every_act_has_a_plural() -> None:
    for word in ACTS:
        kinds = [Event("act", "atlantis", word, "added")] * 2
        assert list(by_kind(kinds, changed())) == [f"2 {plural(word)} of Atlantis"]
        assert plural(word) != word
