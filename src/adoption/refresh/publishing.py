"""Making data/processed what the raw data give, and telling what changed by that."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

import pandas as pd
from pyarrow import ArrowException

from adoption.data.unchanged import UNCHANGED
from adoption.data.write import differences, encode, replace_folder
from adoption.errors import AdoptionError
from adoption.files import COMING
from adoption.refresh.acceptance import ACCEPTED, EXCEPTIONS
from adoption.refresh.decision import FILE, begun, finish
from adoption.refresh.judging import Verdict, judge_as_it_is
from adoption.refresh.place import Place
from adoption.refresh.telling import FEED, JOURNAL, remember, remembered, tell


class NotInOrderError(AdoptionError):
    """The data as they are give no tables that could be used."""


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
    """Make the processed tables if they are not those of the raw data; tell what changed."""
    tables = tables or made(place).tables
    files = encode(tables)
    changed = bool(differences(place.processed, files))
    if changed:
        remember(place, now)
        replace_folder(place.processed, files)
    elif not remembered(place):
        return Published()
    summary = tell(place, tables, say)
    return Published(summary, changed=changed or bool(summary))


def finish_earlier(place: Place, now: datetime, say: Callable[[str], object]) -> Published:
    """Finish what a refresh has begun that was stopped; the parameters are those of `publish`."""
    _sweep(place)
    if begun(place) is None and remembered(place) is None:
        return Published()
    say("an earlier refresh was stopped: what it began is finished first")
    finish(place)
    return publish(place, None, now, say)


def _sweep(place: Place) -> None:
    """Remove what was half written when the earlier refresh was stopped."""
    for folder, name in (
        (place.begun, FILE),
        (place.reference, EXCEPTIONS),
        (place.reference, ACCEPTED),
        (place.reference, UNCHANGED),
        (place.data, JOURNAL),
        (place.data, FEED),
    ):
        for left in folder.glob(f".{name}.*{COMING}"):
            left.unlink()


def data_day(place: Place) -> str:
    """Return the day of the processed tables, as 2026-11-24; empty if it cannot be read."""
    built = _snapshots(place)
    return "" if built is None or built.empty else f"{built['unchanged_until'].max():%Y-%m-%d}"


def _snapshots(place: Place) -> pd.DataFrame | None:
    """Return the table of snapshots; None if it cannot be read."""
    path = place.processed / "snapshots.parquet"
    try:
        return pd.read_parquet(path, columns=["unchanged_until"])
    except (ArrowException, OSError, KeyError, ValueError):
        return None


def made(place: Place) -> Verdict:
    """Return the tables that the data give, with what is to be said of them."""
    found = judge_as_it_is(place)
    if not found.is_good:
        raise NotInOrderError(f"the data are not in order: {found.reason}")
    return found
