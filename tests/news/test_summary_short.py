"""The summary where there is little room: it fits, and hides no removal."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from adoption.law.conventions import load_conventions
from adoption.news.kinds import ActChange, Differences, Named, RowChange, Total, TotalChange
from adoption.news.others import table_change
from adoption.news.summary import LONGEST, summary_line
from tests.news.made_up import act, changed, undated
from tests.news.test_summary import FORCE, added, values

GONE = tuple(ActChange(act(f"A{n:02}", convention="untoc"), None) for n in range(11))
CONFIRMED = ActChange(undated("BBB"), act("BBB", "ratification"))


def test_a_removal_is_not_hidden_where_there_is_little_room() -> None:
    kinds = ("signature", "succession to signature", "ratification")
    of_untoc = (*GONE, *added("untoc", *kinds))
    assert summary_line(changed(*of_untoc, CONFIRMED)) == (
        "11 acts of untoc removed, 3 added; 1 act of Atlantis confirmed"
    )
    found = replace(changed(*of_untoc, CONFIRMED), indicators=values(12, "GCI"))
    assert summary_line(found) == (
        "11 acts of untoc removed, 3 others; 1 act of Atlantis; 12 values"
    )
    many = tuple(one for n in range(9) for one in added(f"convention-{n}", "signature"))
    assert summary_line(replace(found, acts=(*of_untoc, *many, CONFIRMED))) == (
        "11 acts removed, 12 added, 1 confirmed, of 11 conventions; 12 values"
    )
    total = TotalChange("atlantis", date(2020, 3, 1), "us", None, Total(3, None))
    found = replace(found, acts=(*of_untoc, *many, CONFIRMED), totals=(total,))
    assert summary_line(found) == (
        "11 acts removed, 13 others, of 11 conventions; 12 values; 1 total"
    )


def test_a_removal_is_the_last_that_is_cut() -> None:
    consequences = tuple(replace(FORCE, convention=f"convention-{n}") for n in range(5))
    found = replace(changed(*GONE), consequences=consequences)
    assert summary_line(found) == "11 acts of untoc removed; more"
    few = replace(found, consequences=consequences[:2])
    assert summary_line(few) == summary_line(found)


LABELS = {name: convention.label for name, convention in load_conventions().items()}


@pytest.mark.parametrize("name", LABELS)
def test_of_every_convention_the_line_fits_with_more(name: str) -> None:
    force = replace(FORCE, convention=name, old="2027-11-01", new="2027-12-29")
    total = TotalChange(name, date(2020, 3, 1), "us", None, Total(3, None))
    votes = table_change("votes", [RowChange((f"{n}",), "added") for n in range(999)])
    gone = tuple(ActChange(act(f"A{n}", convention=name), None) for n in range(1234))
    named = {name: Named(LABELS[name], LABELS[name], 40)}
    given: tuple[dict[str, Any], ...] = (
        *({"consequences": (one,)} for one in (force, replace(force, is_unsure=True))),
        *(
            {"tables": (table_change(
                "header", [RowChange((name,), "changed", "in_force_on", old, new)]
            ),)}
            for old, new in (("", "2027-12-29"), ("2027-12-29", "2027-11-01"), ("2027-12-29", ""))
        ),
    )  # fmt: skip
    for one in given:
        alone = Differences(conventions=named, **one)
        assert 0 < len(summary_line(alone)) <= LONGEST
        crowded = replace(
            alone, totals=(total,) * 99, indicators=values(99, "GCI"),
            tables=(*alone.tables, votes),
        )  # fmt: skip
        assert LABELS[name] in summary_line(crowded)
        assert len(summary_line(crowded)) <= LONGEST
        line = summary_line(replace(crowded, acts=(*gone, *added(name, "accession"))))
        assert line.startswith(f"1,234 acts of {LABELS[name]} removed, 1 other; ")
        assert len(line) <= LONGEST


def said(change: str, number: int, kind: str = "declaration", of: str = "atlantis") -> list[Any]:
    return [RowChange((of, kind, f"{change} {n}", f"{n:064}"), change) for n in range(number)]


def with_statements(*rows: list[Any]) -> tuple[Any, ...]:
    return (table_change("statements", [row for some in rows for row in some]),)


@pytest.mark.parametrize(
    ("rows", "line"),
    [
        (said("removed", 1), "1 declaration of Atlantis removed"),
        (said("added", 3, "objection"), "3 objections of Atlantis"),
        ([*said("removed", 1, "end note"), *said("added", 2)],
         "2 declarations of Atlantis, 1 end note removed"),
    ],
)  # fmt: skip
def test_statements_are_told(rows: list[Any], line: str) -> None:
    found = replace(changed(), tables=with_statements(rows))
    assert summary_line(found) == line
    snapshots = table_change("snapshots", [RowChange(("a",), "added")])
    beside = replace(found, acts=added("atlantis", "signature"))
    beside = replace(beside, tables=(*found.tables, snapshots))
    assert summary_line(beside) == f"1 signature of Atlantis; {line}"


def test_a_changed_statement_is_changed() -> None:
    rows = [RowChange(("atlantis", "declaration", f"{n // 2}", f"{n:064}"), fate)
            for n, fate in enumerate(("added", "removed") * 2)]  # fmt: skip
    found = replace(changed(), tables=with_statements(rows))
    assert summary_line(found) == "2 declarations of Atlantis changed"


def test_removed_statements_are_told_where_there_is_little_room() -> None:
    rows = with_statements(said("removed", 9), said("added", 3, "objection"))
    kinds = ("signature", "succession to signature", "ratification")
    found = replace(changed(*added("atlantis", *kinds)), tables=rows)
    assert summary_line(found) == "3 acts of Atlantis; 9 statements of Atlantis removed, 3 added"
    found = replace(found, indicators=values(12, "GCI"))
    assert summary_line(found) == (
        "3 acts of Atlantis; 9 statements of Atlantis removed, 3 added; 12 values"
    )
    consequences = tuple(replace(FORCE, convention=f"convention-{n}") for n in range(5))
    crowded = replace(found, consequences=consequences)
    assert summary_line(crowded) == "9 statements of Atlantis removed, 3 others; more"
    both = replace(crowded, acts=GONE)
    assert summary_line(both) == "11 acts and 9 statements removed; more"


@pytest.mark.parametrize("name", LABELS)
def test_removed_acts_and_statements_both_stay(name: str) -> None:
    gone = tuple(ActChange(act(f"A{n}", convention=name), None) for n in range(1234))
    rows = with_statements(said("removed", 1234, of=name), said("added", 3, of=name))
    named = {name: Named(LABELS[name], LABELS[name], 40)}
    found = replace(changed(*gone), tables=rows, indicators=values(99, "GCI"), conventions=named)
    line = "1,234 acts and 1,234 statements removed; 99 values; more"
    assert summary_line(found) == line


ORIGINS = [RowChange((f"{n}", "EGDI", "2024", "overall"), "changed", "source") for n in range(772)]


def test_rows_of_which_only_the_source_changed_are_no_news_beside_others() -> None:
    capacity = table_change("capacity", ORIGINS)
    found = replace(changed(), tables=(capacity,), indicators=values(2, "EGDI"))
    assert summary_line(found) == "2 EGDI values"
    alone = replace(found, indicators=())
    assert summary_line(alone) == "772 rows of capacity with another source or note"
    graded = RowChange(ORIGINS[0].key, "changed", "grade")
    more = replace(found, tables=(table_change("capacity", [*ORIGINS, graded]),))
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
