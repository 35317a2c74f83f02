"""What a list says otherwise than our own record of the same convention.

A consent in brackets needs a row in `data/reference/acts.csv`: the withdrawal that ended it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

import pandas as pd

from adoption.data.exceptions import Violation
from adoption.data.list_rules import (
    NO_WITHDRAWAL,
    NOT_IN_LIST,
    OTHER_DAY,
    STILL_LISTED,
    SUPERSEDED,
    TO_ACTS,
    act_violation,
)  # fmt: skip
from adoption.data.lists import CONSENT, PublishedList
from adoption.data.standing import by_key, divided, parted, partings, withdrawals_of
from adoption.data.dictionary import WITHDRAWAL


def against_record(
    acts: pd.DataFrame,
    one: PublishedList,
    own: Collection[str],
    before: PublishedList | None = None,
) -> Iterator[Violation]:
    """Find confirmed acts of our record that a list does not have, or on another day.

    Another day guards only where the depositary itself had published ours: that of anybody else
    is a conflict.

    Each act of the record is judged by the first list that reaches beyond its day: later ones
    are compared with that one. Reports and undated acts are no guard: what the list says of them
    is a conflict at most. Nor is an earlier term, where a list has only a later one. What is
    found names the day of the list, not the one to which it reaches: that moves each time it is
    found unchanged.
    """
    record, listed = by_key(acts), by_key(one.acts)
    until = pd.Timestamp(one.complete_to)
    sure = acts[(acts["grade"] == "confirmed") & (acts["act"] != WITHDRAWAL)]
    sure = sure[sure["date"] < until]
    if before is not None:
        sure = sure[sure["date"] >= pd.Timestamp(before.complete_to)]
    for key, rows in by_key(sure).items():
        there = listed.get(key, [])
        done, _ = divided(there, withdrawals_of(key[0], record, listed))
        between_terms = partings(key, record, listed)
        for row in rows:
            ours = f"{row['date']:%Y-%m-%d}"
            if any(act["date"] == row["date"] for act in done):
                continue
            earlier = [act for act in done if not parted(row, act, between_terms)]
            meant = [act for act in earlier if not parted(act, row, between_terms)]
            if done and not earlier:
                continue  # the list has the later term only
            if meant and set(own).isdisjoint(row["source"].split(";")):
                continue
            if meant:
                _, nearest = min((abs(act["date"] - row["date"]), act["date"]) for act in meant)
                found = f"{ours}, in the list {nearest:%Y-%m-%d}"
                yield act_violation(OTHER_DAY, one, row, found)
            elif any(act["date"] == row["date"] for act in there):
                found = f"{ours}, in brackets in the list of {one.day}"
                yield act_violation(SUPERSEDED, one, row, found)
            else:
                yield act_violation(NOT_IN_LIST, one, row, f"{ours}, not in the list of {one.day}")


def without_withdrawal(acts: pd.DataFrame, last: PublishedList) -> Iterator[Violation]:
    """Find participants whose consent is in brackets and whose withdrawal has no day here.

    A consent that was taken back looks like that too, and only a person can tell.
    """
    record, listed = by_key(acts), by_key(last.acts)
    for (iso3, kind), rows in listed.items():
        if kind == CONSENT:
            done, _ = divided(rows, withdrawals_of(iso3, record, listed))
            if not any(row is rows[-1] or not row["superseded"] for row in done):
                found = f"{rows[-1]['date']:%Y-%m-%d} in brackets; its day {TO_ACTS}"
                yield act_violation(NO_WITHDRAWAL, last, rows[-1], found)


def still_listed(acts: pd.DataFrame, last: PublishedList) -> Iterator[Violation]:
    """Find participants who have withdrawn by our record, and stand in the list as before."""
    record, listed = by_key(acts), by_key(last.acts)
    for (iso3, kind), rows in listed.items():
        firm = [row["date"] for row in rows if not row["superseded"]]
        if kind != CONSENT or not firm:
            continue
        since = max(firm)
        if any(since <= latest for _, latest in withdrawals_of(iso3, listed)):
            continue  # the list has the withdrawal itself
        for _, left in withdrawals_of(iso3, record):
            if since < left < pd.Timestamp(last.complete_to):
                row = next(row for row in rows if row["date"] == since)
                found = f"withdrew {left:%Y-%m-%d}, in the list since {since:%Y-%m-%d}"
                yield act_violation(STILL_LISTED, last, row, found)
