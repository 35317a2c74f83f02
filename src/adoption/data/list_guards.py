"""What a list says otherwise than the one before it or than our own record.

A depositary takes nothing back. So an act that is gone, a day that has changed or a day that has
come into brackets is either an error of the file or something that a person must look at. Such a
change stops the build, and with it a refresh, until it is listed in
`data/reference/exceptions.csv`. A consent in brackets is explained by a withdrawal in
`data/reference/acts.csv`, and needs no exception then. A participant that is bound again after a
withdrawal has not been seen in a list, and is refused.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date
from itertools import pairwise

import pandas as pd

from adoption.data.checks import NOTICE
from adoption.data.exceptions import BOUND_AGAIN, NO_WITHDRAWAL, Violation
from adoption.data.headers import IN_FORCE, recount_differs, totals_gone
from adoption.data.lists import CONSENT, PublishedList, by_key, is_done, withdrawals_of
from adoption.data.dictionary import WITHDRAWAL
from adoption.law.status import Row

VANISHED, CHANGED, RENAMED = "act-vanished", "act-day-changed", "act-renamed"
SUPERSEDED = "act-superseded"
NOT_IN_LIST, OTHER_DAY = "act-not-in-list", "act-day-differs"
OLDER = "list-older"
FUTURE = "act-after-list"
STILL_LISTED = "withdrawn-but-listed"
TO_ACTS = "goes into data/reference/acts.csv"


def list_violations(
    every: Iterable[Sequence[PublishedList]], acts: pd.DataFrame, own: Collection[str]
) -> Iterator[Violation]:
    """Find where lists do not agree with themselves, with the one before or with our record."""
    seen = set()
    for lists in every:
        known = acts[acts["convention"] == lists[0].convention]
        for violation in _of_source(lists, known, own):
            if violation[:3] not in seen:  # two lists of a day can say the same of a third
                seen.add(violation[:3])
                yield violation


def _of_source(
    lists: Sequence[PublishedList], acts: pd.DataFrame, own: Collection[str]
) -> Iterator[Violation]:
    for one in lists:
        yield from recount_differs(one)
        yield from after_list(one)
    for earlier, one in zip([None, *lists[:-1]], lists, strict=True):
        yield from against_record(acts, one, own, earlier)
    for before, after in pairwise(lists):
        yield from between(before, after, acts)
        yield from entries_between(before, after)
        yield from in_force_between(before, after)
        yield from older(before, after)
        yield from totals_gone(before, after)
    yield from withdrawals_differ(acts, lists[-1])


def _act_violation(rule: str, one: PublishedList, row: Row, found: str) -> Violation:
    subject = f"{one.convention} {row['iso3']} {row['act']}"
    return Violation(rule, subject, found, f"{one.place}: ")


def after_list(one: PublishedList) -> Iterator[Violation]:
    """Find acts in the future: after the day of the list.

    A withdrawal is listed when it is notified, and takes effect later.
    """
    limit = (
        one.acts["act"]
        .eq(WITHDRAWAL)
        .map({True: pd.Timestamp(one.day) + NOTICE, False: pd.Timestamp(one.day)})
    )
    for row in one.acts[one.acts["date"] > limit].to_dict("records"):
        yield _act_violation(FUTURE, one, row, f"{row['date']:%Y-%m-%d}")


def between(before: PublishedList, after: PublishedList, acts: pd.DataFrame) -> Iterator[Violation]:
    """Find what of a list its follower does not say, or says otherwise."""
    record, new = by_key(acts), by_key(after.acts)
    for key, rows in by_key(before.acts).items():
        withdrawals = withdrawals_of(key[0], record, new)
        known = {(row["act"], row["date"]) for row in rows}
        for row in rows:
            if found := _otherwise(row, new.get(key, []), known, withdrawals):
                told = f"{row['date']:%Y-%m-%d}, {found[1]} in the list of {after.day}"
                yield _act_violation(found[0], after, row, told)


def _otherwise(
    row: Row,
    new: Sequence[Row],
    known: Collection[tuple[str, pd.Timestamp]],
    withdrawals: Sequence[tuple[pd.Timestamp, pd.Timestamp]],
) -> tuple[str, str] | None:
    """Return the rule that an act breaks in a later list, and what the list says."""
    same = next((n for n in new if (n["act"], n["date"]) == (row["act"], row["date"])), None)
    if same is not None:
        if same["superseded"] == row["superseded"]:
            return None
        if row["superseded"]:
            return SUPERSEDED, "in brackets before, not"
        return None if is_done(same, withdrawals) else (SUPERSEDED, "in brackets")
    come = [n for n in new if not n["superseded"] and (n["act"], n["date"]) not in known]
    for other in come:
        if other["act"] == row["act"]:
            return CHANGED, f"but {other['date']:%Y-%m-%d}"
    for other in come:
        if other["date"] == row["date"]:
            return RENAMED, f"but {other['act']}"
    return VANISHED, "not"


def entries_between(before: PublishedList, after: PublishedList) -> Iterator[Violation]:
    """Find days of entry into force for single states that a list's follower does not repeat."""
    codes = dict(zip(before.acts["participant"], before.acts["iso3"], strict=True))
    new = dict(zip(after.acts["participant"], after.acts["iso3"], strict=True))
    days = {new[who]: day for who, day in after.treaty.entry_into_force.items()}
    for who, was in before.treaty.entry_into_force.items():
        now = days.get(codes[who])
        if now != was:
            subject = f"{after.convention} {codes[who]} {IN_FORCE}"
            found = f"{was}, {_now(now, after)}"
            yield Violation(CHANGED if now else VANISHED, subject, found, f"{after.place}: ")


def in_force_between(before: PublishedList, after: PublishedList) -> Iterator[Violation]:
    """Find an entry into force of the treaty itself that a list's follower does not repeat."""
    was, now = before.treaty.in_force_on, after.treaty.in_force_on
    if was and now != was:
        found = f"{was}, {_now(now, after)}"
        subject = f"{after.convention} {IN_FORCE}"
        yield Violation(CHANGED if now else VANISHED, subject, found, f"{after.place}: ")


def _now(day: date | None, one: PublishedList) -> str:
    where = f"in the list of {one.day}"
    return f"but {day} {where}" if day else f"not {where}"


def older(before: PublishedList, after: PublishedList) -> Iterator[Violation]:
    """Find a list that is of an earlier day than the one before it."""
    if after.day < before.day:
        found = f"of {after.day}, after one of {before.day}"
        yield Violation(OLDER, f"{after.convention} list", found, f"{after.place}: ")


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
    is a conflict at most. What is found names the day of the list, not the one to which it
    reaches: that moves each time it is found unchanged.
    """
    record, listed = by_key(acts), by_key(one.acts)
    until = pd.Timestamp(one.complete_to)
    sure = acts[(acts["grade"] == "confirmed") & (acts["act"] != WITHDRAWAL)]
    sure = sure[sure["date"] < until]
    if before is not None:
        sure = sure[sure["date"] >= pd.Timestamp(before.complete_to)]
    for key, rows in by_key(sure).items():
        there = listed.get(key, [])
        withdrawals = withdrawals_of(key[0], record, listed)
        done = [act for act in there if is_done(act, withdrawals)]
        for row in rows:
            ours = f"{row['date']:%Y-%m-%d}"
            if any(act["date"] == row["date"] for act in done):
                continue
            if done and set(own).isdisjoint(row["source"].split(";")):
                continue
            if done:
                _, nearest = min((abs(act["date"] - row["date"]), act["date"]) for act in done)
                found = f"{ours}, in the list {nearest:%Y-%m-%d}"
                yield _act_violation(OTHER_DAY, one, row, found)
            elif any(act["date"] == row["date"] for act in there):
                found = f"{ours}, in brackets in the list of {one.day}"
                yield _act_violation(SUPERSEDED, one, row, found)
            else:
                yield _act_violation(NOT_IN_LIST, one, row, f"{ours}, not in the list of {one.day}")


def withdrawals_differ(acts: pd.DataFrame, last: PublishedList) -> Iterator[Violation]:
    """Find participants of whom a list and our record do not agree that they have withdrawn.

    A consent in brackets needs the day of a withdrawal: one that was taken back looks like that
    too, and only a person can tell. A participant who has withdrawn by our record stands in the
    list in brackets, or with its withdrawal. One that is bound again has two terms, of which a
    list can have one: neither can be read from it.
    """
    record, listed = by_key(acts), by_key(last.acts)
    for (iso3, kind), rows in listed.items():
        if kind != CONSENT:
            continue
        withdrawals = withdrawals_of(iso3, record, listed)
        days = [(row["date"], row) for row in rows]
        days += [(row["earliest"], row) for row in record.get((iso3, CONSENT), [])]
        for since, row in days:
            left = [latest for _, latest in withdrawals if latest < since]
            if left:
                found = f"withdrew {max(left):%Y-%m-%d}, bound again {since:%Y-%m-%d}"
                yield _act_violation(BOUND_AGAIN, last, row, found)
        for row in rows:
            if not is_done(row, withdrawals):
                found = f"{row['date']:%Y-%m-%d} in brackets; its day {TO_ACTS}"
                yield _act_violation(NO_WITHDRAWAL, last, row, found)
            elif not row["superseded"] and (iso3, WITHDRAWAL) not in listed:
                for _, left_on in withdrawals:
                    if row["date"] <= left_on < pd.Timestamp(last.complete_to):
                        told = f"withdrew {left_on:%Y-%m-%d}"
                        found = f"{told}, in the list since {row['date']:%Y-%m-%d}"
                        yield _act_violation(STILL_LISTED, last, row, found)
