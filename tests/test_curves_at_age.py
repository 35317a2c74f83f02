"""Curves: conventions set beside each other at the same age."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from adoption.law.curves import compare_at_age
from tests.conftest import acts_of, bound, made_up
from tests.test_curves import HISTORY

COUNTS = [f"{m}_{end}" for m in ("signatories", "parties") for end in ("lower", "upper")]


def test_conventions_at_the_same_age() -> None:
    atlantis = made_up(short_title="Atlantis Convention")
    lemuria = made_up(
        convention="lemuria",
        adopted=None,
        opens=date(2000, 6, 1),
        threshold=2,
        entered_into_force=date(2000, 12, 1),
    )
    there = acts_of(
        [bound("AAA", "2000-06-05"), bound("BBB", "2000-06-04", "2000-06-20")], "lemuria"
    )
    acts = pd.concat([acts_of(HISTORY), there])
    compared = compare_at_age([atlantis, lemuria], acts, 6, date(2001, 1, 7))
    first, second = compared.to_dict("records")
    assert first["short_title"] == "Atlantis Convention"
    assert [first[count] for count in COUNTS] == [2, 2, 3, 3]
    assert first["parties_reported"] == 1
    assert pd.isna(first["days_to_force"])
    assert [second[count] for count in COUNTS] == [0, 0, 1, 2]
    assert (second["parties_reported"], second["threshold"]) == (0, 2)
    assert (second["days_to_force"], second["opens"]) == (183, pd.Timestamp("2000-06-01"))


@pytest.mark.parametrize(("as_of", "known"), [("2001-01-07", True), ("2001-01-06", False)])
def test_a_convention_that_was_younger_has_no_counts(as_of: str, known: bool) -> None:
    day = date.fromisoformat(as_of)
    compared = compare_at_age([made_up()], acts_of(HISTORY), 6, day)
    assert compared[[*COUNTS, "parties_reported"]].notna().all(axis=None) == known
    assert compared[COUNTS].isna().all(axis=None) != known


def test_signatories_that_no_source_names_are_not_counted_as_none() -> None:
    compared = compare_at_age(
        [made_up(signatories_listed=False)], acts_of(HISTORY), 6, date(2001, 1, 7)
    )
    assert compared[COUNTS[:2]].isna().all(axis=None)
    assert compared[COUNTS[2:]].to_numpy().tolist() == [[3, 3]]


@pytest.mark.parametrize(
    ("complete_to", "complete"),
    [(date(2001, 1, 7), True), (date(2001, 1, 6), False), (None, False)],
)
def test_a_list_is_complete_to_an_age_or_not(complete_to: date | None, complete: bool) -> None:
    convention = made_up(complete_to=complete_to)
    compared = compare_at_age([convention], acts_of(HISTORY), 6, date(2001, 2, 1))
    assert compared["complete"].tolist() == [complete]
