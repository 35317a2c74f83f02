"""The depositaries' lists merged into the tables, where they override every other source.

Differing values of another source are stored as conflicts. An act that a list lacks remains as a
report.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import asdict

import pandas as pd

from adoption.core.acts import UNLISTED, kind_of_act
from adoption.core.text import long_day
from adoption.ingest.acts import same_code
from adoption.ingest.lists import Conventions, PublishedList, by_key, is_done, withdrawals_of
from adoption.ingest.snapshots import SnapshotStore
from adoption.law.conventions import Convention
from adoption.law.status import Row
from adoption.tables.csvfile import dates
from adoption.tables.dictionary import table_description
from adoption.tables.names import Participants, tidy

DAY, ACT, LISTED, TOTAL = "day", "act", "listed", "total"  # subjects of a conflict
NOT_LISTED = "not listed"


def merge_lists(
    acts: pd.DataFrame, lists: Sequence[PublishedList], vanished: Collection[str] = ()
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the acts merged with the depositaries' lists, and the conflicts.

    A listed act has the list's day and name, is confirmed, and its window is closed. Its note names
    the other sources. An act of another source that a complete list lacks becomes a report if it
    would have been done by the list's day. If it may have been done since, it remains, but not
    before the end of the list's coverage. Withdrawals remain because lists seldom give their day.
    Bracketed entries are no acts, except a consent that a known withdrawal ended. The same applies
    to acts that vanished from a list, if a person accepted that. Domestic approvals are never
    listed by a depositary.
    """
    conflicts: list[Row] = []
    for published in lists:
        is_own = acts["convention"] == published.convention
        rows: list[Row] = []
        for kept, about in _merge_with_list(acts[is_own], published, vanished):
            rows += kept
            conflicts += about
        merged = pd.DataFrame(rows, columns=acts.columns).astype(dict(acts.dtypes))
        acts = pd.concat([acts[~is_own], merged], ignore_index=True)
    entry = table_description("conflicts")
    frame = pd.DataFrame(conflicts, columns=entry.names)
    return acts, frame.drop_duplicates(list(entry.key), ignore_index=True)


def _merge_with_list(
    acts: pd.DataFrame, published: PublishedList, vanished: Collection[str]
) -> Iterator[tuple[list[Row], list[Row]]]:
    """Yield the retained acts and the conflicts about them, one participant and kind at a time."""
    ours, listed = by_key(acts), by_key(published.acts)
    for key in dict.fromkeys([*listed, *ours]):
        withdrawals = withdrawals_of(key[0], ours)
        done = [act for act in listed.get(key, []) if is_done(act, withdrawals)]
        brackets = [act for act in listed.get(key, []) if not is_done(act, withdrawals)]
        answers, unlisted = _answers(done, ours.get(key, []), published)
        for act, answer in zip(done, answers, strict=True):
            # An act accepted alone from this list counts only until the list is used.
            further = [row for row in answer if row["source"] != published.source]
            about = [conflict for row in further for conflict in _conflicts(act, row, published)]
            yield [_kept(act, further, published)], about
        for row in unlisted:
            subject = f"{published.convention} {row['iso3']} {row['act']}"
            has_vanished = subject in vanished
            yield _unlisted_act(row, brackets, published, has_vanished=has_vanished)


def _answers(
    done: Sequence[Row], ours: Sequence[Row], published: PublishedList
) -> tuple[list[list[Row]], list[Row]]:
    """Return each listed act's rows in other sources, and the remaining rows.

    A row belongs to the listed act of the same name, or otherwise to an unanswered act of another
    name. A row that can only date from after the list's coverage belongs to no listed act.
    """
    names = [act["act"] for act in done]
    answers = [[row for row in ours if row["act"] == name] for name in names]
    of_other_acts = [row for row in ours if row["act"] not in names]
    unanswered = next((rows for rows in answers if not rows), None)
    if unanswered is None:
        return answers, of_other_acts
    day = pd.Timestamp(published.complete_to)
    unanswered += [row for row in of_other_acts if row["earliest"] < day]
    return answers, [row for row in of_other_acts if row["earliest"] >= day]


def _kept(listed: Row, further: Sequence[Row], published: PublishedList) -> Row:
    notes = [_note(listed, row, published) for row in further]
    note = "; ".join(dict.fromkeys(filter(None, notes)))
    return {
        **listed,
        "convention": published.convention,
        "grade": "confirmed",
        "earliest": listed["date"],
        "latest": listed["date"],
        "open_ended": False,
        "source": published.source,
        "note": note,
    }


def _note(listed: Row, row: Row, published: PublishedList) -> str:
    """Return the part of an act's note that preserves another source."""
    note = row["note"] if isinstance(row["note"], str) else ""
    keys = (key for key in row["source"].split(";") if key != published.source)
    sources = ", ".join(keys)
    agrees = row["grade"] == "confirmed" and not list(_conflicts(listed, row, published))
    text = f"also in {sources}" if agrees else f"{row['grade']} before by {sources}"
    return f"{text}: {note}" if note else text


def _unlisted_act(
    row: Row, brackets: Sequence[Row], published: PublishedList, *, has_vanished: bool
) -> tuple[list[Row], list[Row]]:
    """Return the retained form of an act that the list lacks, and the conflict about it.

    `brackets` are the list's bracketed acts of the same kind. `has_vanished` is true if the list
    once had the act and a person accepted that it vanished.
    """
    day = pd.Timestamp(published.complete_to)
    never_listed = row["act"] in UNLISTED
    # An act on the list's own day may have come after the list.
    if never_listed or row["date"] >= day:
        return [row], []
    if row["latest"] > day:
        earliest = max(row["earliest"], day + pd.Timedelta(days=1))
        return [{**row, "earliest": earliest}], []
    bracketed = (f"{act['act']} of {act['date']:%Y-%m-%d} in brackets" for act in brackets)
    kept = ", ".join(bracketed) or NOT_LISTED
    other = f"{row['act']}, {_days(row)}"
    conflict = _conflict(row, published, LISTED, kept, other)
    if brackets or has_vanished:
        return [], [conflict]
    before = "" if row["grade"] == "reported" else f"{row['grade']} before; "
    is_later = row["source"] == published.source  # accepted alone, from a list that is not in use
    note = before + ("not in the list in use" if is_later else "not in the depositary's list")
    has_note = isinstance(row["note"], str) and row["note"]
    note = f"{note}: {row['note']}" if has_note else note
    conflicts = [] if is_later else [conflict]
    return [{**row, "grade": "reported", "note": note}], conflicts


def _conflicts(listed: Row, row: Row, published: PublishedList) -> Iterator[Row]:
    """Yield the contradictions between another source and a listed act."""
    if not row["earliest"] <= listed["date"] <= row["latest"]:
        yield _conflict(row, published, DAY, f"{listed['date']:%Y-%m-%d}", _days(row))
    if listed["act"] != row["act"]:
        yield _conflict(row, published, ACT, listed["act"], row["act"])


def _conflict(row: Row, published: PublishedList, about: str, kept: str, other: str) -> Row:
    return {
        "convention": published.convention,
        "iso3": row["iso3"],
        "kind": kind_of_act(row["act"]),
        "about": about,
        "kept": kept,
        "kept_source": published.source,
        "other": other,
        "other_source": row["source"],
        "other_grade": row["grade"],
    }


def _days(row: Row) -> str:
    """Return the day or window of an act by its source."""
    if row["earliest"] == row["latest"]:
        return f"{row['earliest']:%Y-%m-%d}"
    return f"{row['earliest']:%Y-%m-%d} to {row['latest']:%Y-%m-%d}"


def with_lists(conventions: Conventions, lists: Sequence[PublishedList]) -> dict[str, Convention]:
    """Return the registry with the coverage and the entries into force of the lists.

    A list is complete to its day or to the last day on which it was found unchanged, even if the
    registry says that no list is ever complete. If the registry is complete to the same day or a
    later one, the registry's coverage remains.
    """
    registry = dict(conventions)
    for published in lists:
        convention = registry[published.convention]
        if convention.complete_to is None or published.complete_to > convention.complete_to:
            nearly = convention.nearly_complete_to
            if nearly and nearly <= published.complete_to:
                nearly = None
            partly = convention.partial_to
            if partly and partly <= published.complete_to:
                partly = None
            further = f" Nearly complete to {long_day(nearly)}." if nearly else ""
            further += f" Partial to {long_day(partly)}." if partly else ""
            what = "the day of the depositary's list"
            if published.complete_to != published.day:
                what = f"when the depositary's list was still that of {long_day(published.day)}"
            reach = f"Complete to {long_day(published.complete_to)}, {what}.{further}"
            reaching = {
                "complete_to": published.complete_to,
                "nearly_complete_to": nearly,
                "partial_to": partly,
                "signatories_listed": True,
                "source": published.source,
                "reach": reach,
            }
            convention = convention.model_copy(update=reaching)
        # `adoption.ingest.checks` compares this day with the acts.
        if day := published.treaty.in_force_on:
            convention = convention.model_copy(update={"entered_into_force": day})
        registry[published.convention] = convention
    return registry


def read_entries_into_force(store: SnapshotStore, participants: Participants) -> pd.DataFrame:
    """Return the published days of entry into force for individual states."""
    columns = ("convention", "iso3", "participant", "date", "source")
    raw = store.read("acts-comparison", "entry-into-force.csv", columns)
    return raw.frame.assign(iso3=same_code(raw, participants), date=dates(raw, "date"))


def statements_of_lists(lists: Sequence[PublishedList], participants: Participants) -> pd.DataFrame:
    """Return the statements of lists as the table `statements`.

    A statement is no act, so a statement by an unknown name is stored without a code and stops
    nothing. A participant's identical statements are one row.
    """
    rows = []
    for published in lists:
        of_list = {"convention": published.convention, "source": published.source}
        for text in published.treaty.statements:
            iso3 = participants.codes.get(tidy(text.participant), "")
            rows.append(asdict(text) | of_list | {"iso3": iso3})
    frame = pd.DataFrame(
        rows, columns=table_description("statements").names, dtype="str"
    ).drop_duplicates()
    # Areas that are no states have no row in the table of states.
    is_state = frame["iso3"].isin(participants.names)
    return frame.assign(iso3=frame["iso3"].where(is_state, ""))
