"""Using what a guard refused, because a person says so and why."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from adoption.errors import AdoptionError
from adoption.fetching.stamps import REASON
from adoption.refresh.acceptance import ACCEPTED, EXCEPTIONS, not_listed, read_record
from adoption.refresh.decision import Decision, begin, finish
from adoption.refresh.judging import judge, told
from adoption.refresh.outcome import Result
from adoption.refresh.telling import remember
from adoption.words import listed

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from adoption.fetching.store import FetchedStore
    from adoption.refresh.place import Place
    from adoption.refresh.wishes import Wishes
    from adoption.sources.publishers import Source

MOST_RECORDED = 20  # violations; exceptions.csv has them all


def accept_refused(sources: Sequence[Source], place: Place, wishes: Wishes) -> Iterator[Result]:
    """Use the newest snapshot that was put aside of each source that has one.

    What the guards say of it is listed as exceptions with the reason, and who accepted what
    and why is written down. What cannot be read, or names an unknown participant, cannot be
    accepted: there is nothing that could be used.

    Parameters
    ----------
    sources : sequence of Source
        Those to look for.
    place : Place
        The data.
    wishes : Wishes
        With the reason, and who gives it.

    Yields
    ------
    Result
        What has become of each source.

    Raises
    ------
    AdoptionError
        If there is nothing to accept; if several wait and none is named, because a reason for
        one is hardly one for another.
    """
    who = wishes.who  # or refuse before anything changes
    read_record(place.reference / ACCEPTED)
    waiting = {source.source: _newer(place.store, source.source) for source in sources}
    waiting = {name: folders for name, folders in waiting.items() if folders}
    if not waiting:
        raise AdoptionError("--accept: nothing was put aside since the snapshots in use")
    if len(waiting) > 1 and not wishes.sources:
        raise AdoptionError(
            f"--accept: {len(waiting)} sources wait: {listed(list(waiting))}; name those that "
            "the reason is for with --source"
        )
    for name, folders in waiting.items():
        yield _accept(name, folders[-1], place, wishes, who)


def _newer(store: FetchedStore, source: str) -> list[Path]:
    """Return the snapshots put aside since the one in use, the oldest first."""
    newest = store.newest(source)
    return [f for f in store.refused(source) if newest is None or f.name > newest.name]


def _accept(source: str, aside: Path, place: Place, wishes: Wishes, who: str) -> Result:
    def put(beside: FetchedStore) -> Path:
        copied = beside.raw / source / aside.name
        shutil.copytree(aside, copied, ignore=shutil.ignore_patterns(REASON))
        return copied

    verdict = judge(place, source, put)
    if verdict.problem:
        where = f"data/aside/{source}/{aside.name}"
        return Result(source, "refused", f"cannot be accepted: {verdict.problem}", where)
    day = wishes.moment.date().isoformat()
    used = f"data/raw/{source}/{aside.name}"
    why = f"{wishes.accept} (accepted by {who} on {day})"
    new = not_listed(place.reference / EXCEPTIONS, verdict.violations, why)
    said = told(verdict.violations, MOST_RECORDED)
    remember(place, wishes.moment)
    begin(
        place,
        Decision(
            source,
            aside.name,
            listed=tuple(new),
            outdated=verdict.outdated,
            accepted=(day, used, who, wishes.accept, said),
        ),
    )
    finish(place)
    return Result(source, "accepted", wishes.accept, used, tables=verdict.tables)
