"""The indices of capacity as their publishers give them, over the compiled values.

Of the Global Cybersecurity Index, the series that the World Bank's Data360 distributes is the
one that the compiled values of 2024 were taken from, so it replaces them, rounded to the same
two decimals, and adds later editions. It holds 2020 too, but there the compiled values are the
printed ones, reviewed by hand; print and series differ a little in many states and must not be
mixed, so for 2020 and before the compiled values stay.

Of the E-Government Development Index, a survey's file replaces the values of its edition.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

import pandas as pd

from adoption.countries.capacity import TIERS
from adoption.countries.indices import OVERALL, PARTS
from adoption.data.area_codes import AreaCodes
from adoption.data.checks import GCI_ROUNDING
from adoption.data.csvfile import AT, RawTable, first_row
from adoption.data.names import Participants
from adoption.data.published import PublishedValues, day_of, files_of, snapshots_of
from adoption.data.readers.data360 import read_gci
from adoption.data.readers.egovkb import read_egdi
from adoption.data.readers.publishers import Registry, Source
from adoption.data.snapshots import SnapshotStore
from adoption.errors import AdoptionError

GCI, EGDI = "GCI", "EGDI"
FIRST_EDITION = 2024  # of the GCI: before it, print and series must not be mixed
DECIMALS = 2
PART_OF_AN_INDEX = ["index", "edition", "component"]
TIER_NOTE = "Tier derived from the thresholds 95/85/55/20 of the 2024 edition."


def fetched_capacity(
    registry: Registry, store: SnapshotStore, participants: Participants, codes: AreaCodes
) -> list[list[PublishedValues]]:
    """Read every snapshot of the indices, of each source the oldest first."""
    gci = partial(_read_gci, store=store, codes=codes)
    egdi = partial(_read_egdi, store=store, participants=participants)
    return [
        *snapshots_of(registry, store, "gci", gci),
        *snapshots_of(registry, store, "egdi", egdi),
    ]


def _read_gci(
    source: Source, folder: Path, store: SnapshotStore, codes: AreaCodes
) -> PublishedValues:
    expected = {f"{component}.csv" for component in (OVERALL, *PARTS[GCI])}
    if set(source.files) != expected:
        raise AdoptionError(
            f"publishers.toml: [source.{source.source}] files: the reader gci reads "
            f"{', '.join(sorted(expected))}"
        )
    frames = []
    for file, content, name in files_of(source, folder, store):
        frame = read_gci(content, name)
        component = frame["component"].iloc[0]
        if file != f"{component}.csv":
            raise AdoptionError(f"{name}: holds the values of {component}.csv")
        frame = frame[frame["edition"] >= FIRST_EDITION]
        if frame.empty:
            raise AdoptionError(f"{name}: holds no edition of {FIRST_EDITION} or later")
        frame = frame.assign(iso3=codes.resolve(frame, name), value=frame["value"].round(DECIMALS))
        frames.append(frame[frame["iso3"] != ""].assign(**{AT: name}))
    return _published(source, folder, store, pd.concat(frames, ignore_index=True))


def _read_egdi(
    source: Source, folder: Path, store: SnapshotStore, participants: Participants
) -> PublishedValues:
    ((_, content, name),) = files_of(source, folder, store)
    frame = read_egdi(content, name)
    if frame["edition"].iloc[0] != source.edition:
        raise AdoptionError(
            f"{name}: the survey of {frame['edition'].iloc[0]}, where that of {source.edition} "
            "is due"
        )
    frame.index += 2  # as a person counts, below the headings
    named = RawTable(name, frame)
    frame = frame.assign(iso3=participants.resolve(named))
    other = ~frame["iso3"].isin(participants.names.keys())
    if other.any():
        row = first_row(other)
        raise named.error(row, "participant", f"{frame.at[row, 'participant']!r} is no state")
    return _published(source, folder, store, frame.assign(**{AT: name}))


def _published(
    source: Source, folder: Path, store: SnapshotStore, frame: pd.DataFrame
) -> PublishedValues:
    frame = frame.rename(columns={"edition": "year"})
    frame["measure"] = frame["index"] + " " + frame["component"]
    values = frame[["measure", "iso3", "year", "value", "index", "component", AT]]
    return PublishedValues(source.source, day_of(source, folder, store), store.name(folder), values)


def with_capacity(capacity: pd.DataFrame, newest: Sequence[PublishedValues]) -> pd.DataFrame:
    """Put the newest values of each source over the compiled ones."""
    for one in newest:
        capacity = _put_over(capacity, one)
    return capacity


def _put_over(capacity: pd.DataFrame, one: PublishedValues) -> pd.DataFrame:
    rows = one.table.rename(columns={"year": "edition"}).astype({"edition": "Int64"})
    parts = pd.MultiIndex.from_frame(rows[PART_OF_AN_INDEX].drop_duplicates())
    replaced = pd.MultiIndex.from_frame(capacity[PART_OF_AN_INDEX]).isin(parts)
    compiled = ["tier", "grade", "note"]
    before = capacity.loc[replaced, [*PART_OF_AN_INDEX, "iso3", "value", *compiled]]
    rows = rows.merge(before, on=[*PART_OF_AN_INDEX, "iso3", "value"], how="left", indicator=True)
    new = (rows["_merge"] == "left_only") & (rows["index"] == GCI)
    whole = new & (rows["component"] == OVERALL)
    rows["tier"] = rows["tier"].mask(whole, rows["value"].map(tier_of))
    rows["note"] = rows["note"].mask(whole, TIER_NOTE)
    rows["grade"] = rows["grade"].mask(new, _grades(rows))
    rows = rows.assign(source=one.source)[list(capacity.columns)]
    return pd.concat([capacity[~replaced], rows], ignore_index=True)


def tier_of(value: float) -> str:
    """Return the tier of an overall value of the GCI, by the thresholds of 2024.

    Examples
    --------
    >>> tier_of(95), tier_of(94.99), tier_of(0)
    ('T1', 'T2', 'T5')
    """
    return next(tier for tier, least in TIERS.items() if value >= least)


def _grades(rows: pd.DataFrame) -> pd.Series[str]:
    """Return `high` where a state's pillars add up to its overall value, else `medium`."""
    wide = rows.pivot_table(index=["edition", "iso3"], columns="component", values="value")
    wide = wide.reindex(columns=[OVERALL, *PARTS[GCI]])
    total = wide[list(PARTS[GCI])].sum(axis=1, skipna=False)
    agrees = (total - wide[OVERALL]).abs() <= GCI_ROUNDING
    state = pd.MultiIndex.from_frame(rows[["edition", "iso3"]])
    grades = agrees.map({True: "high", False: "medium"}).reindex(state)
    return grades.set_axis(rows.index)
