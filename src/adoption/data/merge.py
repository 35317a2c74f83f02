"""One table of acts from several sources: the depositary's list goes before any other.

What another source says otherwise is kept beside it, as a conflict.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import pandas as pd

from adoption.data.csvfile import AT
from adoption.data.lists import PublishedList, kind_of
from adoption.data.standing import Span, by_key, divided, parted, partings, withdrawals_of
from adoption.data.dictionary import WITHDRAWAL

if TYPE_CHECKING:
    from adoption.law.status import Row

CONFLICT_KEY = ["convention", "iso3", "kind", "about", "other", "other_source"]
CONFLICT_COLUMNS = (
    "convention", "iso3", "kind", "about", "kept", "kept_source", "other", "other_source",
    "other_grade",
)  # fmt: skip
DAY, ACT, LISTED, TOTAL = "day", "act", "listed", "total"  # what a conflict is about
NOT_LISTED = "not listed"


def merge_lists(
    acts: pd.DataFrame, lists: Sequence[PublishedList]
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Put the depositaries' lists into the table of acts.

    An act that a list names has the list's day and name, is confirmed and its window closed;
    its note says who else has it. One of another source that a complete list does not name,
    though it would have been done by then, is taken out; one that may have been done since
    stays, not before the day to which the list reaches. Withdrawals stay: a list seldom gives
    their day. So does a confirmed consent that a known withdrawal ended, where the list has only
    a later one. What stands in brackets is no act, unless it is a consent that a known
    withdrawal ended.
    """
    conflicts: list[Row] = []
    for one in lists:
        own = acts["convention"] == one.convention
        rows: list[Row] = []
        for kept, found in _with_list(acts[own], one):
            rows += kept
            conflicts += found
        merged = pd.DataFrame(rows, columns=acts.columns).astype(dict(acts.dtypes))
        acts = pd.concat([acts[~own], merged], ignore_index=True)
    frame = pd.DataFrame(conflicts, columns=list(CONFLICT_COLUMNS))
    return acts, frame.drop_duplicates(CONFLICT_KEY, ignore_index=True)


def _with_list(acts: pd.DataFrame, one: PublishedList) -> Iterator[tuple[list[Row], list[Row]]]:
    """Yield which acts are kept, and the conflicts about them."""
    ours, listed = by_key(acts), by_key(one.acts)
    for key in dict.fromkeys([*listed, *ours]):
        done, brackets = divided(listed.get(key, []), withdrawals_of(key[0], ours, listed))
        between = partings(key, ours, listed)
        answers, unlisted = _answers(done, ours.get(key, []), between, one)
        for act, others in zip(done, answers, strict=True):
            found = [conflict for row in others for conflict in _conflicts(act, row, one)]
            yield [_kept(act, others, brackets, one)], found
        for row in unlisted:
            if row["grade"] == "confirmed" and _is_earlier(row, done, between):
                yield [row], []
            else:
                yield _without_list(row, brackets, one)


def _answers(
    done: Sequence[Row], ours: Sequence[Row], between: Sequence[Span], one: PublishedList
) -> tuple[list[list[Row]], list[Row]]:
    """Return for each listed act what other sources say of it, and what is left of theirs.

    That is the act of the same name. Where none has that name, it is one of another name;
    what can only have been done after the day to which the list reaches is never meant, nor
    what was done in another term than the listed one.
    """
    found: list[list[Row]] = [[] for _ in done]
    others: list[tuple[Row, list[int]]] = []
    for row in ours:
        can_be = [place for place, act in enumerate(done) if not _apart(act, row, between)]
        named = [place for place in can_be if one.may_be(done[place]["act"], row["act"])]
        named.sort(key=lambda place: _distance(done[place], row))  # it may have been done again
        if named:
            found[named[0]].append(row)
        else:
            others.append((row, can_be))
    free = [place for place, rows in enumerate(found) if not rows]
    unlisted = []
    for row, can_be in others:
        places = [place for place in can_be if place in free]
        same_day = [place for place in places if done[place]["date"] == row["date"]]
        if not places or row["earliest"] >= pd.Timestamp(one.complete_to):
            unlisted.append(row)
        else:
            found[(same_day or places)[0]].append(row)
    return found, unlisted


def _is_earlier(row: Row, done: Sequence[Row], between: Sequence[Span]) -> bool:
    """Return whether an act is of a term that a list leaves out because it has a later one."""
    later = any(parted(row, act, between) for act in done)
    return later and all(_apart(act, row, between) for act in done)


def _apart(listed: Row, row: Row, between: Sequence[Span]) -> bool:
    """Return whether a listed act and one of another source are of two terms."""
    return parted(listed, row, between) or parted(row, listed, between)


def _distance(listed: Row, row: Row) -> pd.Timedelta:
    """Return how far the day of a listed act is from the window of another source."""
    day: pd.Timestamp = listed["date"]
    return pd.Timedelta(max(row["earliest"] - day, day - row["latest"], pd.Timedelta(0)))


def _kept(listed: Row, others: Sequence[Row], brackets: Sequence[Row], one: PublishedList) -> Row:
    # A list that does not tell an act from another leaves its name to those who do.
    names = [row["act"] for row in others if one.may_be(listed["act"], row["act"])]
    notes = [_note(listed, row, one) for row in others]
    notes += [f"{_bracketed(row)} in the list" for row in brackets]
    return {
        "convention": one.convention,
        "iso3": listed["iso3"],
        "participant": listed["participant"],
        "act": names[0] if names and listed["act"] not in names else listed["act"],
        "date": listed["date"],
        "earliest": listed["date"],
        "latest": listed["date"],
        "open_ended": False,
        "grade": "confirmed",
        "source": one.source,
        "note": "; ".join(dict.fromkeys(filter(None, notes))),
        AT: one.place,
    }


def _note(listed: Row, row: Row, one: PublishedList) -> str:
    """Return what the note of an act keeps of another source."""
    note = row["note"] if isinstance(row["note"], str) else ""
    sources = ", ".join(key for key in row["source"].split(";") if key != one.source)
    if not sources:
        return note
    agrees = row["grade"] == "confirmed" and not list(_conflicts(listed, row, one))
    told = f"also in {sources}" if agrees else f"{row['grade']} before by {sources}"
    return f"{told}: {note}" if note else told


def _without_list(
    row: Row, brackets: Sequence[Row], one: PublishedList
) -> tuple[list[Row], list[Row]]:
    """Return an act that the list does not have, if it is kept, or else the conflict."""
    day = pd.Timestamp(one.complete_to)
    if row["act"] == WITHDRAWAL or row["date"] >= day:  # on the day itself it may come later
        return [row], []
    if row["latest"] > day:
        return [{**row, "earliest": max(row["earliest"], day + pd.Timedelta(days=1))}], []
    kept = ", ".join(map(_bracketed, brackets)) or NOT_LISTED
    return [], [_conflict(row, one, LISTED, kept, f"{row['act']}, {_days(row)}")]


def _conflicts(listed: Row, row: Row, one: PublishedList) -> Iterator[Row]:
    """Yield what another source says otherwise of an act that is listed."""
    if not row["earliest"] <= listed["date"] <= row["latest"]:
        yield _conflict(row, one, DAY, f"{listed['date']:%Y-%m-%d}", _days(row))
    if not one.may_be(listed["act"], row["act"]):
        yield _conflict(row, one, ACT, listed["act"], row["act"])


def _conflict(row: Row, one: PublishedList, about: str, kept: str, other: str) -> Row:
    return {
        "convention": one.convention,
        "iso3": row["iso3"],
        "kind": kind_of(row["act"]),
        "about": about,
        "kept": kept,
        "kept_source": one.source,
        "other": other,
        "other_source": row["source"],
        "other_grade": row["grade"],
    }


def _days(row: Row) -> str:
    """Say when an act was done by its source."""
    if row["earliest"] == row["latest"]:
        return f"{row['earliest']:%Y-%m-%d}"
    return f"{row['earliest']:%Y-%m-%d} to {row['latest']:%Y-%m-%d}"


def _bracketed(row: Row) -> str:
    return f"{row['act']} of {row['date']:%Y-%m-%d} in brackets"
