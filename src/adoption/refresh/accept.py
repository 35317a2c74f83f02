"""Using a snapshot, by itself or because a person says so and why.

The rename of its folder from the quarantine to `data/raw` is the commit point. What it changes in
`data/reference` stands in the folder until it is done; the next command completes it from there.
"""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Collection, Iterable, Iterator, Sequence
from pathlib import Path
from textwrap import shorten

import pandas as pd

from adoption.core.errors import AdoptionError, did_you_mean
from adoption.core.files import COMING as HALF_WRITTEN
from adoption.core.files import read_if_there, write_whole
from adoption.core.text import counted, listed
from adoption.ingest.readers.publishers import Source
from adoption.ingest.snapshots import (
    COMING,
    DECISION,
    REASON,
    contents,
    move,
    snapshots_in,
    write_synced,
)
from adoption.refresh.outcome import Options, Result, exceptions_removed_text
from adoption.refresh.project import Project
from adoption.refresh.validate import MAX_VIOLATIONS, Verdict, validate
from adoption.tables.csvfile import read_csv
from adoption.tables.exceptions import COLUMNS, KEY, Key

EXCEPTIONS = "exceptions.csv"
# Ends the reason of an exception.
BY_ACCEPTANCE = re.compile(r"\(accepted by .+ on \d{4}-\d{2}-\d{2}\)$")


def use(
    project: Project,
    folder: Path,
    outdated: Iterable[Key],
    exceptions: Iterable[Sequence[str]] = (),
) -> Path:
    """Put a snapshot from the quarantine into use, with what that changes beside it."""
    decision = {"outdated": list(outdated), "exceptions": list(exceptions)}
    (folder / DECISION).unlink(missing_ok=True)
    if any(decision.values()):
        write_synced(folder / DECISION, json.dumps(decision).encode())
    target = project.raw / folder.parent.name / folder.name
    move(folder, target)
    return target


def complete(project: Project) -> None:
    """Do what is left of earlier acceptances, and remove what a stopped command left half done."""
    for place in (project.data, project.reference, project.quarantine, *project.raw.iterdir()):
        for left in [*place.glob(f".*{HALF_WRITTEN}"), *place.glob(f"{COMING}*")]:
            shutil.rmtree(left) if left.is_dir() else left.unlink()
    for source in project.store.sources():
        newest = project.store.newest(source)
        written = read_if_there(newest / DECISION) if newest else None
        if newest is None or written is None:
            continue
        decision = json.loads(written)
        rows = _rows(project)
        there = {tuple(row[: len(KEY)]) for row in rows}
        new = [row for row in decision["exceptions"] if tuple(row[: len(KEY)]) not in there]
        if new:
            _write(project, [*rows, *new])
        drop_exceptions(project, [(a, b, c) for a, b, c in decision["outdated"]])
        (newest / DECISION).unlink()


def drop_exceptions(project: Project, keys: Collection[Key]) -> int:
    """Take exceptions out of the list; return how many there were."""
    rows = _rows(project)
    kept = [row for row in rows if tuple(row[: len(KEY)]) not in keys]
    if len(kept) < len(rows):
        _write(project, kept)
    return len(rows) - len(kept)


def tidy_exceptions(project: Project, unused: Sequence[Key]) -> Iterator[str]:
    """Take out what `--accept` listed and nothing shows; tell of what a person wrote."""
    accepted = {(a, b, c) for a, b, c, why in _rows(project) if BY_ACCEPTANCE.search(why)}
    if said := exceptions_removed_text(drop_exceptions(project, accepted.intersection(unused))):
        yield said
    for key in unused:
        if key not in accepted:
            where = f"data/reference/{EXCEPTIONS}: {' / '.join(key)}"
            yield f"{where}: nothing shows it; `adoption build` wants it taken out"


def refuse(folder: Path, verdict: Verdict) -> None:
    """Write down beside a snapshot why it is not used: in one line, then every violation."""
    more = verdict.lines if len(verdict.violations) > 1 else ()
    lines = (" ".join(line.split()) for line in (verdict.reason, *more))
    write_whole(folder / REASON, "".join(f"{line}\n" for line in lines).encode())


def accept_refused(
    sources: Sequence[Source], project: Project, options: Options
) -> Iterator[Result]:
    """Use the quarantined snapshot of each source that has one, because a person says so.

    What the guards say of it becomes exceptions with the reason. What cannot be read, names
    an unknown participant or lacks the day of a withdrawal cannot be accepted.
    """
    who = options.who  # or refuse before anything changes
    waiting = {source.source: _waiting(project, source.source) for source in sources}
    waiting = {name: folders for name, folders in waiting.items() if folders}
    if not waiting:
        raise AdoptionError(
            "--accept: nothing was put into quarantine since the snapshots in use, or since their "
            "publishers were found to have them still"
        )
    if len(waiting) > 1 and not options.sources:
        raise AdoptionError(
            f"--accept: {len(waiting)} sources wait: {listed(list(waiting))}; name those that "
            "the reason is for with --source"
        )
    chosen = [_chosen(name, folders, options) for name, folders in waiting.items()]
    for folder in chosen:
        yield _accept(folder, project, options, who)


def _waiting(project: Project, source: str) -> list[Path]:
    """Return what was quarantined since what is in use was last found to be the newest."""
    newest, reach = project.store.newest(source), project.store.reach(source)
    return [
        folder
        for folder in snapshots_in(project.quarantine / source)
        if newest is None or folder.name > max(newest.name, f"{reach}")
    ]


def _chosen(name: str, folders: Sequence[Path], options: Options) -> Path:
    """Return the snapshot that is meant: the one that is named, or the only one."""
    names = [folder.name for folder in folders]
    if options.snapshot in names:
        return folders[names.index(options.snapshot)]
    if options.snapshot:
        near = did_you_mean(options.snapshot, names)
        raise AdoptionError(f"--snapshot: {options.snapshot!r} of {name} does not wait; {near}")
    if len(folders) > 1:
        texts = [f"{folder.name} ({shorten(_reason(folder), 80)})" for folder in folders]
        raise AdoptionError(
            f"--accept: {len(folders)} snapshots of {name} wait: {listed(texts)}; name the one "
            "that you have looked at with --snapshot"
        )
    return folders[0]


def _reason(folder: Path) -> str:
    return (read_if_there(folder / REASON) or b"no reason is there").decode("utf-8", "replace")


def _accept(folder: Path, project: Project, options: Options, who: str) -> Result:
    source, place, day = folder.parent.name, project.place(folder), options.moment.date()
    for file in contents(folder):
        project.store.verify(folder / file)
    verdict, known = validate(project, folder, day), _reason(folder).splitlines()
    if verdict.never:
        return Result(source, "refused", f"cannot be accepted: {verdict.never}", place, verdict)
    new = [line for line in verdict.lines if " ".join(line.split()) not in known]
    if new:
        refuse(folder, verdict)  # so that whoever accepts it again can have looked at it
        more = f"; and {len(new) - MAX_VIOLATIONS:,} more" if len(new) > MAX_VIOLATIONS else ""
        message = f"{'; '.join(new[:MAX_VIOLATIONS])}{more}"
        text = f"cannot be accepted unseen: {message}; look, and accept it again"
        return Result(source, "refused", text, place, verdict)
    why = f"{options.accept} (accepted by {who} on {day})"
    keys = list(dict.fromkeys(violation[:3] for violation in verdict.violations))
    snapshot = f"data/raw/{source}/{folder.name}"
    use(project, folder, verdict.outdated, [(*key, why) for key in keys])
    listed_now = f"{counted(len(keys), 'exception')} listed" if keys else ""
    text = "; ".join(
        filter(None, [options.accept, listed_now, exceptions_removed_text(len(verdict.outdated))])
    )
    return Result(source, "accepted", text, snapshot, verdict)


def _rows(project: Project) -> list[list[str]]:
    """Return the exceptions, in whatever order a person has put the columns of their file."""
    path = project.reference / EXCEPTIONS
    frame = read_csv(path, f"data/reference/{EXCEPTIONS}", COLUMNS).frame
    rows: list[list[str]] = frame[list(COLUMNS)].to_numpy().tolist()
    return rows


def _write(project: Project, rows: Sequence[Sequence[str]]) -> None:
    frame = pd.DataFrame(rows, columns=list(COLUMNS))
    content = frame.to_csv(index=False, lineterminator="\n").encode()
    write_whole(project.reference / EXCEPTIONS, content)
