"""Using what a guard refused, because a person says so and why."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

from adoption.data.readers.publishers import Source
from adoption.errors import AdoptionError, did_you_mean
from adoption.fetching.reasons import first_reason, in_lines, reason_of
from adoption.fetching.sidecars import day_of
from adoption.fetching.stamps import REASON
from adoption.files import write_whole
from adoption.refresh.acceptance import ACCEPTED, EXCEPTIONS, not_listed, read_record, reason_given
from adoption.refresh.decision import Decision, begin, finish
from adoption.refresh.exceptions_left import taken_out
from adoption.refresh.judging import MOST_TOLD, Verdict, judge_aside, told
from adoption.refresh.outcome import Result
from adoption.refresh.place import Place
from adoption.refresh.telling import remember
from adoption.refresh.unchanged import reach
from adoption.refresh.wishes import Wishes
from adoption.words import counted, listed

MOST_RECORDED = 20  # violations; exceptions.csv has them all


def accept_refused(sources: Sequence[Source], place: Place, wishes: Wishes) -> Iterator[Result]:
    """Use the snapshot that was put aside of each source that has one.

    What the guards say of it is listed as exceptions with the reason, and who accepted what
    and why is written down. What cannot be read, or names an unknown participant, cannot be
    accepted: there is nothing that could be used. Nor can a withdrawal whose day is not known,
    or a snapshot since which its publisher was found to have what is in use.
    """
    who = wishes.who  # or refuse before anything changes
    read_record(place.reference / ACCEPTED)
    waiting = {source.source: _waiting(place, source.source) for source in sources}
    waiting = {name: folders for name, folders in waiting.items() if folders}
    if not waiting:
        raise AdoptionError(
            "--accept: nothing was put aside since the snapshots in use, or since their "
            "publishers were found to have them still"
        )
    if len(waiting) > 1 and not wishes.sources:
        raise AdoptionError(
            f"--accept: {len(waiting)} sources wait: {listed(list(waiting))}; name those that "
            "the reason is for with --source"
        )
    chosen = {name: _chosen(name, folders, place, wishes) for name, folders in waiting.items()}
    for name, folder in chosen.items():
        yield _accept(name, folder, place, wishes, who)


def _waiting(place: Place, source: str) -> list[Path]:
    """Return what was put aside that is not older than what the publisher was found to have."""
    until = reach(source, place) or date.min
    return [folder for folder in place.store.waiting(source) if day_of(folder) >= until]


def _chosen(source: str, folders: Sequence[Path], place: Place, wishes: Wishes) -> Path:
    """Return the snapshot that is meant: the one that is named, or the only one there was."""
    names = [folder.name for folder in folders]
    if wishes.snapshot is None:
        put_aside = len(place.store.waiting(source))
        if put_aside > 1:
            told_of = [f"{folder.name} ({first_reason(folder)})" for folder in folders]
            raise AdoptionError(
                f"--accept: {put_aside} snapshots of {source} were put aside, of which "
                f"{listed(told_of)} {'wait' if len(names) > 1 else 'waits'}; name the one that "
                "you have looked at with --snapshot"
            )
        return folders[0]
    if wishes.snapshot not in names:
        near = did_you_mean(wishes.snapshot, names)
        raise AdoptionError(f"--snapshot: {wishes.snapshot!r} of {source} does not wait; {near}")
    return folders[names.index(wishes.snapshot)]


def _unseen(aside: Path, verdict: Verdict) -> str:
    """Say what the guards say now and did not when it was put aside; nothing for nothing.

    It is written down there, so that whoever accepts it again can have looked at it.
    """
    told_then = reason_of(aside).splitlines()
    new = [line for line in verdict.lines if in_lines(line).strip() not in told_then]
    if not new:
        return ""
    write_whole(aside / REASON, in_lines(verdict.whole_reason).encode())
    more = f"; and {len(new) - MOST_TOLD:,} more" if len(new) > MOST_TOLD else ""
    return (
        f"cannot be accepted unseen: {'; '.join(new[:MOST_TOLD])}{more}; look, and accept it again"
    )


def _accept(source: str, aside: Path, place: Place, wishes: Wishes, who: str) -> Result:
    verdict = judge_aside(place, aside)
    if verdict.is_never_accepted:
        where = f"data/aside/{source}/{aside.name}"
        why = verdict.problem or told(verdict.never, MOST_RECORDED)
        return Result(source, "refused", f"cannot be accepted: {why}", where, verdict=verdict)
    if unseen := _unseen(aside, verdict):
        return Result(
            source, "refused", unseen, f"data/aside/{source}/{aside.name}", verdict=verdict
        )
    day = wishes.moment.date().isoformat()
    used = f"data/raw/{source}/{aside.name}"
    why = reason_given(wishes.accept, who, day)
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
    number = f"{counted(len(new), 'exception')} listed" if new else ""
    why = "; ".join(filter(None, [wishes.accept, number, taken_out(len(verdict.outdated))]))
    return Result(source, "accepted", why, used, verdict=verdict)
