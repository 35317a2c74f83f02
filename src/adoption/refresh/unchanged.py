"""Noting that publishers still have what is in use, so that it does not look older than it is."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from adoption.build.snapshots import SnapshotStore
from adoption.build.unchanged import UNCHANGED, read_unchanged, written
from adoption.files import write_whole
from adoption.refresh.judging import judge_as_it_is
from adoption.words import long_day

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pandas as pd

    from adoption.build.unchanged import Unchanged
    from adoption.refresh.outcome import Result
    from adoption.refresh.place import Place


@dataclass(frozen=True)
class Noted:
    """What has become of the sources that are unchanged.

    Attributes
    ----------
    refused : sequence of Result
        Those that cannot be so on that day, by what the data say.
    tables : mapping of str to DataFrame
        All tables with what was noted; empty if nothing was.
    """

    refused: Sequence[Result] = ()
    tables: Mapping[str, pd.DataFrame] = field(default_factory=dict, repr=False)


def note_unchanged(place: Place, results: Sequence[Result]) -> Noted:
    """Write down until when sources are known to be unchanged, if that is later than known.

    It is judged like a new snapshot: with a later day of the data, a convention may have entered
    into force without anybody having said so. Then nothing is noted.

    Parameters
    ----------
    place : Place
        The data.
    results : sequence of Result
        What has become of the sources that were asked.

    Raises
    ------
    AdoptionError
        If something cannot be read or written.
    """
    known = read_unchanged(place.reference)
    store = SnapshotStore(place.raw, known)
    current = _of_newest(known, store)
    later = [result for result in results if _is_later(result, store)]
    if not later:
        return Noted()
    for result in later:
        assert result.until
        current[_newest(result.source, store)] = result.until
    verdict = judge_as_it_is(place, current)
    if not verdict.is_good:
        return Noted(refused=[_refused(result, verdict.reason) for result in later])
    write_whole(place.reference / UNCHANGED, written(current))
    return Noted(tables=verdict.tables)


def _newest(source: str, store: SnapshotStore) -> str:
    return f"{source}/{store.latest(source).name}"


def _of_newest(known: Unchanged, store: SnapshotStore) -> Unchanged:
    """Leave out what was noted of snapshots that are no longer the newest of their source."""
    sources = set(store.sources())
    return {
        snapshot: until
        for snapshot, until in known.items()
        if (source := snapshot.split("/")[0]) in sources and snapshot == _newest(source, store)
    }


def _is_later(result: Result, store: SnapshotStore) -> bool:
    """Return whether a source was asked on a day that is not covered yet."""
    if result.until is None:
        return False
    files = [path for path in store.files() if path.parent == store.latest(result.source)]
    return any(store.complete_to(path) < result.until for path in files)


def _refused(result: Result, reason: str) -> Result:
    assert result.until
    told = f"that it was the same on {long_day(result.until)} cannot be used: {reason}"
    return replace(result, kind="refused", told=told)
