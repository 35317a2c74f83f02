"""Two lists of one treaty as its publisher prints them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from adoption.data.readers.listed import ListedAct, ListedTreaty, statement
from adoption.news.kinds import RowChange, Total, TotalChange
from adoption.news.lists import Listing, listed_differences
from adoption.news.markdown import as_markdown
from adoption.news.text import as_text

LISTING = Listing("untc-atlantis", "atlantis", {"Aland": "AAA", "The Alands": "AAA"})
FIRST, SECOND = date(2020, 2, 10), date(2020, 3, 10)
SIGNED = ListedAct("Aland", "signature", FIRST)
NOTHING = ListedTreaty("On Atlantis", (), None, None, {}, ())


def listed(*acts: ListedAct, **fields: object) -> ListedTreaty:
    return replace(NOTHING, acts=acts, **fields)  # type: ignore[arg-type]


def told(old: ListedTreaty, new: ListedTreaty) -> list[tuple[object, ...]]:
    found = listed_differences(old, new, LISTING)
    return [(c.act.iso3 or c.act.participant, c.act.act, c.change, c.fields) for c in found.acts]


def test_acts_added_changed_and_removed() -> None:
    old = listed(SIGNED, ListedAct("Borduria", "accession", FIRST))
    new = listed(replace(SIGNED, day=SECOND), ListedAct("Aland", "ratification", SECOND))
    assert told(old, new) == [
        ("AAA", "ratification", "added", ()),
        ("AAA", "signature", "changed", ("date", "earliest", "latest")),
        ("Borduria", "accession", "removed", ()),
    ]


def test_another_spelling_is_the_same_participant() -> None:
    new = listed(replace(SIGNED, participant="The  Alands"))
    assert told(listed(SIGNED), new) == [("AAA", "signature", "changed", ("participant",))]


def test_totals_of_the_header() -> None:
    found = listed_differences(
        listed(SIGNED, signatories=1), listed(SIGNED, signatories=2, parties=1), LISTING
    )
    assert found.totals == (
        TotalChange("atlantis", None, "untc-atlantis", Total(1, None), Total(2, 1)),
    )
    assert not found.acts


def test_days_of_entry_into_force_and_statements() -> None:
    reservation = statement("declaration", "Aland", "Subject to article 3.")
    note = statement("end note", "", "A note.")
    old = listed(entry_into_force={"Aland": FIRST, "Borduria": FIRST}, statements=(note,))
    new = listed(
        entry_into_force={"Aland": SECOND, "Costaguana": SECOND}, statements=(reservation,)
    )
    entries, statements = listed_differences(old, new, LISTING).tables
    assert entries.rows == (
        RowChange(("Aland",), "changed", "date", "2020-02-10", "2020-03-10"),
        RowChange(("Borduria", "2020-02-10"), "removed"),
        RowChange(("Costaguana", "2020-03-10"), "added"),
    )
    assert statements.rows == (
        RowChange(("atlantis", "declaration", "Aland", reservation.sha256), "added"),
        RowChange(("atlantis", "end note", "", note.sha256), "removed"),
    )


@pytest.mark.parametrize(
    ("old", "new", "row", "words"),
    [
        ({"title": "Of Atlantis"}, {}, ("title", "Of Atlantis", "On Atlantis"),
         "the title in the header is On Atlantis (was Of Atlantis)"),
        ({"not_in_force": True}, {}, ("not_in_force", "true", "false"),
         "the header no longer says that the treaty is not yet in force"),
        ({"as_of": FIRST}, {"as_of": SECOND}, ("as_of", "2020-02-10", "2020-03-10"),
         "the day of the list is 10 March 2020 (was 10 February 2020)"),
        ({}, {"in_force_on": SECOND}, ("in_force_on", "", "2020-03-10"),
         "the published entry into force is 10 March 2020 (was no day)"),
    ],
)  # fmt: skip
def test_whatever_else_the_header_prints(
    old: dict[str, object], new: dict[str, object], row: tuple[str, str, str], words: str
) -> None:
    found = listed_differences(listed(SIGNED, **old), listed(SIGNED, **new), LISTING)
    (table,) = found.tables
    assert (table.table, table.rows) == ("header", (RowChange(("atlantis",), "changed", *row),))
    assert as_text(found).splitlines()[-1] == f"  ~ {words}"
    assert f"\n- {words}\n" in as_markdown(found)
