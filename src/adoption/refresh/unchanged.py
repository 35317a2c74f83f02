"""Noting that publishers still have what is in use, so that it does not look older than it is."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from adoption.data.snapshots import CLOCKS_DIFFER, SnapshotStore
from adoption.data.unchanged import UNCHANGED, Unchanged, read_unchanged, written
from adoption.errors import AdoptionError
from adoption.fetching.sidecars import day_of
from adoption.fetching.stamps import moment_of
from adoption.files import write_whole
from adoption.refresh.judging import HOW_TO_MEND, MOST_TOLD, Verdict, judge_as_it_is, told
from adoption.refresh.outcome import Result
from adoption.refresh.place import Place
from adoption.words import long_day


@dataclass(frozen=True)
class Noted:
    """What has become of the sources that are unchanged.

    Attributes
    ----------
    refused : sequence of Result
        Those that cannot be so on that day, by what the data say.
    verdict : Verdict
        On the data with what was noted; without tables if nothing was.
    """

    refused: Sequence[Result] = ()
    verdict: Verdict = field(default_factory=Verdict, repr=False)


def note_unchanged(place: Place, results: Sequence[Result]) -> Noted:
    """Write down until when sources are known to be unchanged, if that is later than known.

    It is judged like a new snapshot: a list that is complete to a later day may lack what
    somebody else has confirmed. If it cannot be so of all, each is judged by itself.
    """
    known = read_unchanged(place.reference)
    store = SnapshotStore(place.raw, known)
    current = _of_newest(known, store)
    later = [result for result in results if _is_later(result, store)]
    if not later:
        return Noted()
    verdict = judge_as_it_is(place, _with(later, current, store))
    refused: list[Result] = []
    if not verdict.is_good:
        _check_without(verdict, place, current, max(r.until for r in later if r.until))
        verdict, good = Verdict(), later[:0]
        for result in later:
            tried = judge_as_it_is(place, _with([*good, result], current, store))
            if tried.is_good:
                good, verdict = [*good, result], tried
            else:
                refused.append(_refused(result, tried))
        later = good
    if later:
        write_whole(place.reference / UNCHANGED, written(_with(later, current, store)))
    return Noted(refused, verdict)


def _with(results: Sequence[Result], current: Unchanged, store: SnapshotStore) -> Unchanged:
    return current | {_newest(r.source, store): r.until for r in results if r.until}


def check_days(place: Place, today: date, fetched: Collection[str]) -> None:
    """Refuse days that have not come: some clock is wrong, or was when they were noted."""
    known = read_unchanged(place.reference)
    store = SnapshotStore(place.raw, known)
    for source in store.sources():
        newest = store.latest(source).name
        if moment_of(newest).date() > today + CLOCKS_DIFFER:
            mend = " or was another when it was fetched (then remove the folder)"
            raise AdoptionError(
                f"data/raw/{source}/{newest}: is later than now, it is {today}; is this machine's "
                f"clock wrong{mend if source in fetched else ''}?"
            )
    for snapshot, until in _of_newest(known, store).items():
        if until > today + CLOCKS_DIFFER:
            raise AdoptionError(
                f"data/reference/{UNCHANGED}: {snapshot}: {until} has not come yet, it is {today}; "
                "allowed: the last day on which it was really the same (was a clock wrong?)"
            )


def _check_without(verdict: Verdict, place: Place, current: Unchanged, day: date) -> None:
    """Refuse to go on if the same is wrong on that day without anything being noted."""
    without = judge_as_it_is(place, current, day)
    keys = {violation[:3] for violation in without.violations}
    wrong = [violation for violation in verdict.violations if violation[:3] in keys]
    if without.problem or wrong:
        what = without.problem or told(wrong, MOST_TOLD)
        raise AdoptionError(f"the data in use are not in order: {what} ({HOW_TO_MEND})")


def reach(source: str, place: Place) -> date | None:
    """Return the last day up to which what is in use of a source is known; None if nothing is."""
    newest = place.store.newest(source)
    if newest is None:
        return None
    day = day_of(newest)
    return max(day, read_unchanged(place.reference).get(f"{source}/{newest.name}", day))


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


def _refused(result: Result, verdict: Verdict) -> Result:
    assert result.until
    why = f"that it was the same on {long_day(result.until)} cannot be used: {verdict.reason}"
    return replace(result, kind="refused", told=f"{why} ({HOW_TO_MEND})", verdict=verdict)
