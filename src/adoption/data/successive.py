"""What a list says otherwise than the one before it: a depositary takes nothing back.

So an act that is gone, a day that has changed or a day that has come into brackets is either
an error of the file or something that a person must look at. Such a change stops the build,
and with it a refresh, until it is listed in `data/reference/exceptions.csv`. A consent in
brackets is explained by a withdrawal in `data/reference/acts.csv`, and needs no exception then.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date
from itertools import pairwise

import pandas as pd

from adoption.data.checks import NOTICE
from adoption.data.earlier_terms import left_out
from adoption.data.exceptions import Violation
from adoption.data.headers import IN_FORCE, recount_differs, totals_gone
from adoption.data.list_rules import (
    CHANGED,
    FUTURE,
    LEFT_OUT,
    OLDER,
    RENAMED,
    SUPERSEDED,
    VANISHED,
    act_violation,
)  # fmt: skip
from adoption.data.lists import PublishedList
from adoption.data.record_guards import against_record, still_listed, without_withdrawal
from adoption.data.standing import by_key, divided, withdrawals_of
from adoption.data.dictionary import WITHDRAWAL
from adoption.law.status import Row


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
    yield from without_withdrawal(acts, lists[-1])
    yield from still_listed(acts, lists[-1])


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
        yield act_violation(FUTURE, one, row, f"{row['date']:%Y-%m-%d}")


def between(before: PublishedList, after: PublishedList, acts: pd.DataFrame) -> Iterator[Violation]:
    """Find what of a list its follower does not say, or says otherwise."""
    record, new = by_key(acts), by_key(after.acts)
    earlier = {(row["iso3"], row["act"], row["date"]) for row in left_out(before, after, acts)}
    when = f"in the list of {after.day}"
    for key, rows in by_key(before.acts).items():
        done, _ = divided(new.get(key, []), withdrawals_of(key[0], record, new))
        for row in rows:
            if (row["iso3"], row["act"], row["date"]) in earlier:
                was = f"{row['date']:%Y-%m-%d}, of an earlier term, not {when}"
                yield act_violation(LEFT_OUT, after, row, was)
            elif found := _otherwise(row, rows, new.get(key, []), done, when):
                yield act_violation(found[0], after, row, found[1])


def _otherwise(
    row: Row, olds: Sequence[Row], rows: Sequence[Row], done: Sequence[Row], when: str
) -> tuple[str, str] | None:
    """Return the rule that an act breaks in a later list, and what is found."""
    was = f"{row['date']:%Y-%m-%d}"
    known = {(old["act"], old["date"]) for old in olds}
    firm = [new for new in rows if not new["superseded"]]
    same = [new for new in rows if (new["act"], new["date"]) == (row["act"], row["date"])]
    if any(new["superseded"] <= row["superseded"] for new in same):
        return None
    if any(new is act for new in same for act in done):
        return None
    others = [new for new in firm if (new["act"], new["date"]) not in known]
    for other in sorted(others, key=lambda new: new["act"] != row["act"]):
        now = f"{other['date']:%Y-%m-%d}"
        if other["act"] == row["act"] or same:
            return CHANGED, f"{was}, but {now} {when}"
        if now == was:
            return RENAMED, f"{was}, but {other['act']} {when}"
    if same:
        return SUPERSEDED, f"{was}, in brackets {when}"
    return VANISHED, f"{was}, not {when}"


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
