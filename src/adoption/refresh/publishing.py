"""Making data/processed what the raw data give, and telling what changed by that."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd
from pyarrow import ArrowException

from adoption.build.snapshots import SnapshotStore
from adoption.build.unchanged import read_unchanged
from adoption.build.write import encode, replace_folder
from adoption.builds import read_build
from adoption.errors import AdoptionError
from adoption.refresh.acceptance import ACCEPTED, EXCEPTIONS
from adoption.refresh.decision import FILE, begun, finish
from adoption.refresh.judging import judge_as_it_is
from adoption.refresh.telling import FEED, JOURNAL, remember, remembered, tell

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

    from adoption.refresh.place import Place


@dataclass(frozen=True)
class Published:
    """What has become of the processed tables.

    Attributes
    ----------
    summary : str
        What changed in them, in one line; empty if nothing did, or it cannot be told.
    changed : bool
        Whether they were made anew, or something was told that had not been.
    """

    summary: str = ""
    changed: bool = False


def publish(
    place: Place,
    tables: Mapping[str, pd.DataFrame] | None,
    now: datetime,
    say: Callable[[str], object],
) -> Published:
    """Make the processed tables if they are not those of the raw data; tell what changed.

    Parameters
    ----------
    place : Place
        The data.
    tables : mapping of str to DataFrame or None
        What the raw data give, if something new is in use and they were made already.
    now : datetime
        When what changes now became known.
    say : callable
        Is given a line for the person who waits.

    Raises
    ------
    AdoptionError
        If the data are not in order, or something cannot be written; a later call does it.
    """
    if not tables and is_built(place):
        if not remembered(place):
            return Published()
        summary = tell(place, read_build(place.processed), say)
        return Published(summary, changed=bool(summary))
    remember(place, now)
    tables = tables or _made(place)
    replace_folder(place.processed, encode(tables))
    return Published(tell(place, tables, say), changed=True)


def finish_earlier(place: Place, now: datetime, say: Callable[[str], object]) -> Published:
    """Finish what a refresh has begun that was stopped; the parameters are those of `publish`."""
    if begun(place) is None and remembered(place) is None:
        return Published()
    say("an earlier refresh was stopped: what it began is finished first")
    _sweep(place)
    finish(place)
    return publish(place, None, now, say)


def _sweep(place: Place) -> None:
    """Remove what was half written when the earlier refresh was stopped."""
    for folder, name in (
        (place.begun, FILE),
        (place.reference, EXCEPTIONS),
        (place.reference, ACCEPTED),
        (place.data, JOURNAL),
        (place.data, FEED),
    ):
        for left in folder.glob(f".{name}.*"):
            left.unlink()


def is_built(place: Place) -> bool:
    """Return whether the processed tables were made of what there is now: snapshots, checks."""
    store = SnapshotStore(place.raw, read_unchanged(place.reference))
    built = _snapshots(place)
    if built is None:
        return False
    days = zip(built["file"], built["unchanged_until"].dt.date, strict=True)
    return set(days) == {(store.name(path), store.unchanged_until(path)) for path in store.files()}


def data_day(place: Place) -> str:
    """Return the day of the processed tables, as 2026-11-24; empty if it cannot be read."""
    built = _snapshots(place)
    return "" if built is None or built.empty else f"{built['unchanged_until'].max():%Y-%m-%d}"


def _snapshots(place: Place) -> pd.DataFrame | None:
    """Return the table of snapshots; None if it cannot be read."""
    path = place.processed / "snapshots.parquet"
    try:
        return pd.read_parquet(path, columns=["file", "unchanged_until"])
    except (ArrowException, OSError, KeyError, ValueError):
        return None


def _made(place: Place) -> Mapping[str, pd.DataFrame]:
    found = judge_as_it_is(place)
    if not found.is_good:
        raise AdoptionError(f"the data are not in order: {found.reason}")
    return found.tables
