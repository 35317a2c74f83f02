"""What the depositary's lists say beside their acts: reach, entries into force, statements."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from adoption.data.acts import same_code
from adoption.data.csvfile import AT, dates
from adoption.data.headers import IN_FORCE
from adoption.data.lists import PublishedList
from adoption.data.merge import CONFLICT_COLUMNS, DAY
from adoption.data.names import Participants, tidy
from adoption.data.snapshots import SnapshotStore
from adoption.law.conventions import Convention
from adoption.words import long_day

STATEMENT_COLUMNS = ("convention", "iso3", "participant", "kind", "text", "sha256", "source")


def with_lists(
    conventions: Mapping[str, Convention], lists: Sequence[PublishedList]
) -> dict[str, Convention]:
    """Return the registry with the reach of the lists, and the entries into force they print.

    A list is complete to its day, or to the last one on which it was found unchanged; also where
    the registry said that none ever is. Where the registry is complete to a later day, or the
    same, it holds.
    """
    found = dict(conventions)
    for one in lists:
        convention = found[one.convention]
        if convention.complete_to is None or one.complete_to > convention.complete_to:
            nearly, partly = (
                day if day and day > one.complete_to else None
                for day in (convention.nearly_complete_to, convention.partial_to)
            )
            further = f" Nearly complete to {long_day(nearly)}." if nearly else ""
            further += f" Partial to {long_day(partly)}." if partly else ""
            convention = convention.model_copy(
                update={
                    "complete_to": one.complete_to,
                    "nearly_complete_to": nearly,
                    "partial_to": partly,
                    "signatories_listed": True,
                    "reach": f"Complete to {_day_of(one)}.{further}",
                    "source": one.source,
                }
            )
        if one.treaty.in_force_on:  # whether it follows from the acts is for the checks to say
            convention = convention.model_copy(
                update={"entered_into_force": one.treaty.in_force_on}
            )
        found[one.convention] = convention
    return found


def _day_of(one: PublishedList) -> str:
    if one.complete_to == one.day:
        return f"{long_day(one.day)}, the day of the depositary's list"
    until, day = long_day(one.complete_to), long_day(one.day)
    return f"{until}, when the depositary's list was still that of {day}"


def read_entries_into_force(store: SnapshotStore, participants: Participants) -> pd.DataFrame:
    """Read the published days of entry into force for single states."""
    raw = store.read(
        "acts-comparison", "entry-into-force.csv",
        ("convention", "iso3", "participant", "date", "source"),
    )  # fmt: skip
    return raw.frame.assign(iso3=same_code(raw, participants), date=dates(raw, "date"))


def merge_entries(
    entries: pd.DataFrame, lists: Sequence[PublishedList]
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Put the days that lists print into the table of entries into force."""
    listed = pd.concat([_listed(one) for one in lists]) if lists else _table([])
    key = ["convention", "iso3"]
    both = entries.merge(listed, on=key, suffixes=("", "_listed"))
    differing = both[both["date"] != both["date_listed"]]
    conflicts = pd.DataFrame(
        {
            "convention": differing["convention"],
            "iso3": differing["iso3"],
            "kind": IN_FORCE,
            "about": DAY,
            "kept": differing["date_listed"].dt.strftime("%Y-%m-%d"),
            "kept_source": differing["source_listed"],
            "other": differing["date"].dt.strftime("%Y-%m-%d"),
            "other_source": differing["source"],
            "other_grade": "",
        },
        columns=list(CONFLICT_COLUMNS),
    )
    named = pd.MultiIndex.from_frame(entries[key]).isin(pd.MultiIndex.from_frame(listed[key]))
    return pd.concat([entries[~named], listed], ignore_index=True), conflicts


def _listed(one: PublishedList) -> pd.DataFrame:
    codes = dict(zip(one.acts["participant"], one.acts["iso3"], strict=True))
    days = one.treaty.entry_into_force
    return _table(
        [(one.convention, codes[who], day, one.source, one.place) for who, day in days.items()]
    )


def _table(rows: list[tuple[object, ...]]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=["convention", "iso3", "date", "source", AT])
    text = dict.fromkeys(("convention", "iso3", "source", AT), "str")
    return frame.astype({**text, "date": "datetime64[us]"})


def statements_table(lists: Sequence[PublishedList], participants: Participants) -> pd.DataFrame:
    """Return the statements of lists as the table `statements`.

    A statement is no act, so one by somebody whose name is unknown is kept without a code, and
    stops nothing. The same text twice by one participant is one row.
    """
    rows = [
        (
            one.convention,
            participants.codes.get(tidy(said.participant), ""),
            said.participant,
            said.kind,
            said.text,
            said.sha256,
            one.source,
        )
        for one in lists
        for said in one.treaty.statements
    ]
    frame = pd.DataFrame(rows, columns=list(STATEMENT_COLUMNS), dtype="str").drop_duplicates()
    known = frame["iso3"].isin(participants.names)  # others have no row in the table of states
    return frame.assign(iso3=frame["iso3"].where(known, ""))
