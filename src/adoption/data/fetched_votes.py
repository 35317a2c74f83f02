"""Roll calls of the General Assembly from the UN Digital Library, over the compiled ones."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from adoption.data.area_codes import AreaCodes
from adoption.data.csvfile import AT, integers
from adoption.data.names import Participants
from adoption.data.published import day_of, files_of, snapshots_of
from adoption.data.readers.rollcalls import read_rollcalls
from adoption.errors import AdoptionError

if TYPE_CHECKING:
    from adoption.data.readers.publishers import Registry, Source
    from adoption.data.snapshots import SnapshotStore

# The library prints who did not vote, not why; nobody was recorded as absent.
GRADES = {"yes": "confirmed", "no": "confirmed", "abstain": "confirmed", "absent": "inferred"}


@dataclass(frozen=True, eq=False)
class PublishedVotes:
    """Roll calls, in one snapshot of a source.

    Attributes
    ----------
    source : str
        Its name, such as undl-votes.
    day : date
        On which it was fetched.
    place : str
        The file, as a person finds it.
    votes : DataFrame
        One row a member and resolution: iso3, resolution (str), date (datetime64[us]), vote
        (str).
    totals : DataFrame
        One row a resolution: resolution, and the printed totals yes, no, abstain, absent and
        members (Int64, missing where none is printed).
    """

    source: str
    day: date
    place: str
    votes: pd.DataFrame
    totals: pd.DataFrame


def fetched_votes(
    registry: Registry, store: SnapshotStore, participants: Participants, codes: AreaCodes
) -> list[list[PublishedVotes]]:
    """Read every snapshot of the roll calls, of each source the oldest first."""
    read = partial(_read, store=store, codes=codes, since=_members_since(participants))
    return snapshots_of(registry, store, "votes", read)


def _members_since(participants: Participants) -> pd.Series[int]:
    """Return the year of admission of each member, by ISO3."""
    countries = participants.countries
    since = integers(countries, "un_member_since").set_axis(countries.frame["iso3"])
    return since.dropna()


def _read(
    source: Source, folder: Path, store: SnapshotStore, codes: AreaCodes, since: pd.Series[int]
) -> PublishedVotes:
    ((_, content, name),) = files_of(source, folder, store)
    found = read_rollcalls(content, name)
    twice = found.totals["resolution"].duplicated()
    if twice.any():
        resolution = found.totals.loc[twice, "resolution"].iloc[0]
        raise AdoptionError(f"{name}: {resolution}: has two votes; leave only the one on the whole")
    votes = found.votes.rename(columns={"iso3": "code"})
    votes["iso3"] = codes.resolve(found.votes, name)
    admitted = votes["iso3"].map(since)
    no_member = admitted.isna() | (votes["date"].dt.year < admitted)
    if no_member.any():
        row = votes[no_member].iloc[0]
        when = f" before {since[row['iso3']]}" if row["iso3"] in since.index else ""
        raise AdoptionError(
            f"{name}: {row['resolution']}: {row['code']} ({row['participant']}) stands among those "
            f"who voted on {row['date']:%Y-%m-%d}, but was no member of the United Nations{when}"
        )
    twice = votes.duplicated(["iso3", "resolution"])
    if twice.any():
        row = votes[twice].iloc[0]
        raise AdoptionError(f"{name}: {row['resolution']}: {row['iso3']} voted twice")
    return PublishedVotes(
        source.source, day_of(source, folder, store), name,
        votes[["iso3", "resolution", "date", "vote"]],
        found.totals.drop(columns=["undl_id", "date"]),
    )  # fmt: skip


def with_votes(votes: pd.DataFrame, newest: Sequence[PublishedVotes]) -> pd.DataFrame:
    """Put the newest roll calls of each source over the compiled ones."""
    for one in newest:
        rows = one.votes.assign(
            grade=one.votes["vote"].map(GRADES), source=one.source, **{AT: one.place}
        )
        kept = votes[~votes["resolution"].isin(rows["resolution"])]
        votes = pd.concat([kept, rows[list(votes.columns)]], ignore_index=True)
    return votes
