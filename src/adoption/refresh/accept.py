"""Acceptance of snapshots, automatically or by a person with a reason.

Renaming a snapshot's folder from the quarantine to `data/raw` is the commit point. The folder
contains the pending changes of `data/reference` until they are done, and the next command
completes them from there.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import date, datetime
from functools import partial
from pathlib import Path
from textwrap import shorten
from typing import TypeAlias

import pandas as pd

from adoption.core.errors import AdoptionError, did_you_mean
from adoption.core.files import TEMP_SUFFIX as HALF_WRITTEN
from adoption.core.files import read_if_there, write_whole
from adoption.core.paths import SUPERSEDED
from adoption.core.text import counted, listed
from adoption.ingest.acts import ACT_COLUMNS
from adoption.ingest.checks import AHEAD
from adoption.ingest.list_guards import CHANGED, FUTURE, VANISHED
from adoption.ingest.readers.publishers import Source
from adoption.ingest.snapshots import (
    BEFORE,
    CLOCKS_DIFFER,
    DECISION,
    REASON,
    TEMP_PREFIX,
    UNDONE_FILE,
    Files,
    moment_of,
    move,
    read_unchanged,
    snapshot_files,
    snapshots_in,
    write_synced,
    write_unchanged,
)
from adoption.refresh.outcome import RefreshOptions, SourceResult, exceptions_removed_text
from adoption.refresh.project import DataFolders
from adoption.refresh.validate import (
    MAX_VIOLATIONS,
    Verdict,
    validate,
    verdict_of_build,
    violations_in_words,
)
from adoption.tables.csvfile import read_csv
from adoption.tables.exceptions import (
    BOUND_AGAIN,
    EXCEPTION_COLUMNS,
    EXCEPTION_KEY,
    NO_WITHDRAWAL,
    ExceptionKey,
    acceptance,
    accepted_on,
)
from adoption.tables.write import recover, to_csv

EXCEPTIONS = "exceptions.csv"
Rows: TypeAlias = Sequence[Sequence[str]]
KEPT_SNAPSHOTS = 4  # number of older snapshots to retain, as many as reports
OF_ROWS = (VANISHED, CHANGED, FUTURE, NO_WITHDRAWAL, BOUND_AGAIN)  # rules about single acts


def use(
    project: DataFolders,
    folder: Path,
    outdated: Sequence[ExceptionKey],
    new: Rows = (),
    because: str = "",
) -> Path:
    """Move a snapshot from the quarantine into use, with its changes of exceptions."""
    decision = {"outdated": list(outdated), "exceptions": list(new)}
    for name in (DECISION, BEFORE, UNDONE_FILE):
        (folder / name).unlink(missing_ok=True)
    if any(decision.values()):
        write_synced(folder / DECISION, json.dumps(decision).encode())
    source, store = folder.parent.name, project.store
    newest = store.newest(source)
    # Accepted exceptions are removed once no violation shows them.
    kept = [row for row in _rows(project) if tuple(row[:-1]) in outdated or accepted_on(row[-1])]
    until = store.unchanged.get(f"{source}/{newest.name}", "") if newest else ""
    before = {
        "exceptions": kept,
        "accepted": [row[: len(EXCEPTION_KEY)] for row in new],
        "until": f"{until}",
        "because": because,
    }
    write_synced(folder / BEFORE, json.dumps(before).encode())
    target = project.raw / source / folder.name
    move(folder, target)
    return target


def complete(project: DataFolders) -> None:
    """Complete earlier acceptances, and remove the temporary files of interrupted commands."""
    recover(project.processed)
    for folder in (project.data, project.reference, project.quarantine, *project.raw.iterdir()):
        unfinished = [*folder.glob(f".*{HALF_WRITTEN}"), *folder.glob(f"{TEMP_PREFIX}*")]
        for left in unfinished:
            shutil.rmtree(left) if left.is_dir() else left.unlink()
    places = (project.raw, project.quarantine)
    decisions = [path for folder in places for path in folder.glob(f"*/*/{DECISION}")]
    for path in sorted(decisions):
        decision = json.loads(path.read_bytes())
        if "because" in decision:
            _take_back(project, path.parent, decision)
        elif path.is_relative_to(project.raw):
            _exchange_exceptions(project, decision["exceptions"], decision["outdated"])
            path.unlink()


def _exchange_exceptions(project: DataFolders, new: Rows, old: Iterable[Sequence[str]]) -> int:
    """Add and remove exceptions; return the number removed."""
    rows = _rows(project)
    gone = set(map(tuple, old))
    there = {tuple(row[: len(EXCEPTION_KEY)]) for row in rows}
    kept = [row for row in rows if tuple(row[: len(EXCEPTION_KEY)]) not in gone]
    added = [list(row) for row in new if tuple(row[: len(EXCEPTION_KEY)]) not in there]
    after = [*kept, *added]
    if after != rows:
        content = to_csv(pd.DataFrame(after, columns=list(EXCEPTION_COLUMNS)))
        write_whole(project.reference / EXCEPTIONS, content)
    return len(rows) - len(kept)


def undo(
    sources: Mapping[str, Source], project: DataFolders, options: RefreshOptions
) -> SourceResult:
    """Take a source's newest snapshot out of use, or remove days recorded under a wrong clock.

    The decision is written into the snapshot's folder before the move, so that `complete` can
    finish from there.
    """
    store = project.store
    today = options.moment.date()
    snapshot = options.undo
    names = [f"{s}/{newest.name}" for s in sources if (newest := store.newest(s))]
    source = snapshot.partition("/")[0]
    if source in sources and (project.quarantine / snapshot / UNDONE_FILE).exists():
        return SourceResult(source, "undone", "it was taken back already")
    if snapshot not in names:
        raise AdoptionError(
            f"--undo: {snapshot!r} is not the newest snapshot of a source that is fetched; "
            f"{did_you_mean(snapshot, names)}"
        )
    decision = {
        "because": options.because,
        "by": options.who,
        "day": f"{today}",
        "convention": sources[source].convention or "",
    }
    folder = project.raw / snapshot
    until = store.unchanged.get(snapshot)
    goes = not until or until <= today + CLOCKS_DIFFER
    if goes and snapshots_in(project.raw / source) == [folder]:
        acts = _acts(project)
        of_source = acts[acts["source"] == source]
        if rows := [f"{row.iso3} {row.act}" for row in of_source.itertuples()]:
            raise AdoptionError(
                f"--undo: no other list of {source} is in use, and data/reference/acts.csv has "
                f"rows of it: {listed(rows)}; take them out first"
            )
    (folder / DECISION).unlink(missing_ok=True)
    write_synced(folder / DECISION, json.dumps(decision).encode())
    if goes:
        move(folder, project.quarantine / snapshot)
    return SourceResult(source, "undone", options.because)


def _take_back(project: DataFolders, folder: Path, decision: dict[str, str]) -> None:
    """Restore the values that the use of a snapshot replaced, and record the undoing.

    A snapshot named after a future day is deleted, because its files will be fetched again.
    """
    from adoption.refresh.events import record_undone  # imported here because it is slow

    source = folder.parent.name
    day = date.fromisoformat(decision["day"])
    unchanged = read_unchanged(project.reference)
    newest = project.store.newest(source)
    unchanged.pop(f"{source}/{folder.name}", None)
    if newest != folder:
        before = json.loads(read_if_there(folder / BEFORE) or b"{}")
        _exchange_exceptions(project, before.get("exceptions", []), before.get("accepted", []))
        if newest is None:
            with suppress(OSError):  # an occupied or absent folder is harmless
                (project.raw / source).rmdir()
        elif before.get("until"):
            unchanged[f"{source}/{newest.name}"] = date.fromisoformat(before["until"])
    write_unchanged(project.reference, unchanged)
    reason = f"taken back by {decision['by']}: {decision['because']}"
    record_undone(project.data, decision["convention"], f"{source} {folder.name}", day, reason)
    if newest == folder:
        (folder / DECISION).unlink()
    elif moment_of(folder.name).date() > day + CLOCKS_DIFFER:
        shutil.rmtree(folder)
    else:
        write_whole(folder / REASON, f"{reason}\n".encode())
        (folder / DECISION).rename(folder / UNDONE_FILE)


def find_undone_snapshot(project: DataFolders, source: str, files: Files) -> SourceResult | None:
    """Return the reason if identical files were taken back earlier; None otherwise."""
    for folder in snapshots_in(project.quarantine / source):
        if (folder / UNDONE_FILE).exists() and snapshot_files(folder) == files:
            return SourceResult(source, "refused", _reason(folder).strip(), project.place(folder))
    return None


def tidy_exceptions(project: DataFolders, unused: Sequence[ExceptionKey]) -> Iterator[str]:
    """Remove accepted exceptions that no violation shows.

    Yield a line on the removals and on each exception that a person wrote by hand.
    """
    accepted = {(a, b, c) for a, b, c, why in _rows(project) if accepted_on(why)}
    if removed := _exchange_exceptions(project, [], accepted.intersection(unused)):
        yield exceptions_removed_text(removed)
    for key in unused:
        if key not in accepted:
            where = f"data/reference/{EXCEPTIONS}: {' / '.join(key)}"
            yield f"{where}: nothing shows it; `adoption build` wants it taken out"


def refuse(folder: Path, verdict: Verdict) -> None:
    """Write the reason for a rejection next to a snapshot, followed by every violation."""
    more = verdict.lines if len(verdict.violations) > 1 else ()
    lines = (" ".join(line.split()) for line in (verdict.reason, *more))
    text = "".join(f"{line}\n" for line in lines)
    write_whole(folder / REASON, text.encode())


def accept_refused(
    sources: Sequence[Source], project: DataFolders, options: RefreshOptions
) -> Iterator[SourceResult]:
    """Accept the quarantined snapshot of each source that has one, for a person's reason.

    The violations become exceptions with this reason. A snapshot cannot be accepted if it is
    unreadable, names an unknown participant or lacks the day of a withdrawal.
    """
    person = options.who  # raises an error before anything changes
    names = [source.source for source in sources]
    waiting = {name: folders for name in names if (folders := _waiting(project, name))}
    if not waiting and (used := _used_before(project, names, options.accept)):
        yield from used
        return
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
    snapshots = [_chosen(name, folders, options) for name, folders in waiting.items()]
    accept = _accept_rows if options.rows else _accept
    for folder in snapshots:
        yield accept(folder, project, options, person)


def _waiting(project: DataFolders, source: str) -> list[Path]:
    """Return the quarantined snapshots newer than the source's data in use."""
    store = project.store
    newest, reach = store.newest(source), store.reach(source)
    folders = snapshots_in(project.quarantine / source)
    if newest is not None:
        used = max(newest.name, f"{reach}")
        folders = [folder for folder in folders if folder.name > used]
    return [folder for folder in folders if not (folder / SUPERSEDED).exists()]


def supersede(project: DataFolders, source: str, answered: datetime) -> None:
    """Mark rejected snapshots after the publisher returned to the snapshot in use."""
    for folder in _waiting(project, source):
        if moment_of(folder.name) <= answered:
            note = json.dumps({"answered": answered.isoformat()})
            write_synced(folder / SUPERSEDED, note.encode())


def prune(project: DataFolders, sources: Iterable[Source]) -> None:
    """Delete old snapshots of values, of which a build reads two, and decided rejections."""
    for source in sources:
        name = source.source
        values = [] if source.is_list else snapshots_in(project.raw / name)
        refused = set(snapshots_in(project.quarantine / name)) - {*_waiting(project, name)}
        decided = sorted(folder for folder in refused if not (folder / UNDONE_FILE).exists())
        for folder in (*values[:-KEPT_SNAPSHOTS], *decided[:-KEPT_SNAPSHOTS]):
            shutil.rmtree(folder)


def _used_before(project: DataFolders, sources: Sequence[str], reason: str) -> list[SourceResult]:
    """Return the results of an interrupted command that accepted for the same reason."""
    newest = filter(None, map(project.store.newest, sources))
    results = []
    for folder in newest:
        before = json.loads(read_if_there(folder / BEFORE) or b"{}")
        if before.get("because") == reason:
            message = f"{reason}; it is in use already"
            results.append(SourceResult(folder.parent.name, "accepted", message))
    return results


def _chosen(name: str, folders: Sequence[Path], options: RefreshOptions) -> Path:
    """Return the named snapshot, or the only one."""
    names = [folder.name for folder in folders]
    if options.snapshot in names:
        return folders[names.index(options.snapshot)]
    if options.snapshot:
        near = did_you_mean(options.snapshot, names)
        raise AdoptionError(
            f"--snapshot: {options.snapshot!r} of {name} is not in quarantine; {near}"
        )
    if len(folders) > 1:
        texts = [f"{folder.name} ({shorten(_reason(folder), 80)})" for folder in folders]
        number = f"{len(folders)} snapshots of {name} wait"
        raise AdoptionError(
            f"--accept: {number}: {listed(texts)}; "
            "name the one that you have looked at with --snapshot"
        )
    return folders[0]


def _reason(folder: Path) -> str:
    return (read_if_there(folder / REASON) or b"no reason is there").decode("utf-8", "replace")


def _accept(
    folder: Path, project: DataFolders, options: RefreshOptions, person: str
) -> SourceResult:
    source = folder.parent.name
    location = project.place(folder)
    day = options.moment.date()
    for file in snapshot_files(folder):
        project.store.verify(folder / file)
    verdict = validate(project, folder, day)
    reasons = _reason(folder).splitlines()
    refused = partial(SourceResult, source, "refused", place=location, verdict=verdict)
    if verdict.never:
        return refused(f"cannot be accepted: {verdict.never}")
    new = [
        v for v in verdict.violations if " ".join(violations_in_words([v]).split()) not in reasons
    ]
    if new:
        refuse(folder, verdict)  # the person can read the new reasons before accepting again
        message = violations_in_words(new, MAX_VIOLATIONS)
        return refused(f"cannot be accepted unseen: {message}; look, and accept it again")
    why = acceptance(options.accept, person, day)
    keys = list(dict.fromkeys(violation[:3] for violation in verdict.violations))
    listed_rows = [(*key, why) for key in keys]
    used = use(project, folder, verdict.outdated, listed_rows, options.accept)
    if any(violation.rule == VANISHED for violation in verdict.violations):
        # Accepting a vanished act changes the tables, so these are outdated.
        verdict = replace(verdict, tables={})
    listed_now = f"{counted(len(keys), 'exception')} listed" if keys else ""
    texts = (options.accept, listed_now, exceptions_removed_text(len(verdict.outdated)))
    text = "; ".join(filter(None, texts))
    return SourceResult(source, "accepted", text, project.place(used), verdict)


# Acceptance of single rows


def sound_rows(project: DataFolders, verdict: Verdict, source: str) -> pd.DataFrame:
    """Return the new acts of a rejected list that violate no rule.

    The result is empty if a violation concerns more than single rows, because any row may be
    damaged.
    """
    if not verdict.tables or not (project.processed / "acts.parquet").exists():
        return pd.DataFrame(columns=["row"])

    def with_key(acts: pd.DataFrame) -> pd.DataFrame:
        key = acts["convention"] + " " + acts["iso3"] + " " + acts["act"]
        return acts.assign(key=key)

    in_use = with_key(pd.read_parquet(project.processed / "acts.parquet"))
    acts = with_key(verdict.tables["acts"])
    of_rows = all(violation.rule in OF_ROWS for violation in verdict.violations)
    wrong = {violation.subject for violation in verdict.violations}
    seen_or_wrong = {*in_use["key"], *wrong}
    is_new = (acts["source"] == source) & ~acts["key"].isin(seen_or_wrong)
    new = acts[is_new & of_rows]
    return new.assign(row=new["iso3"] + " " + new["act"])


def _accept_rows(
    folder: Path, project: DataFolders, options: RefreshOptions, person: str
) -> SourceResult:
    """Add single acts of a rejected list to acts.csv.

    Later lists with these acts override them.
    """
    source = folder.parent.name
    location = project.place(folder)
    day = options.moment.date()
    if project.store.newest(source) is None:
        raise AdoptionError(f"--row: no list of {source} is in use; allowed: --accept of all of it")
    verdict = validate(project, folder, day)
    refused = partial(SourceResult, source, "refused", place=location)
    if verdict.problem:
        return refused(f"cannot be accepted: {verdict.problem}", verdict=verdict)
    path, before = project.reference / "acts.csv", _acts(project)
    is_same = before["note"].str.startswith(f"{options.accept} (accepted by ")
    # Rows written by an interrupted command.
    done = set((before["iso3"] + " " + before["act"])[is_same])
    rows = sound_rows(project, verdict, source)
    rows = rows[~rows["row"].isin(done)]
    for row in set(options.rows) - {*rows["row"], *done}:
        raise AdoptionError(
            f"--row: {row!r} is not in quarantine; {did_you_mean(row, [*rows['row']])}"
        )
    accepted = rows[rows["row"].isin(options.rows)]
    days = accepted["date"].dt.strftime("%Y-%m-%d")
    reason = acceptance(options.accept, person, day)
    accepted = accepted.assign(date=days, earliest="", latest="", note=reason)
    # An act later than all files in use is no error here, because the rejected list covers its day.
    newest = pd.read_parquet(project.processed / "snapshots.parquet")["unchanged_until"].max()
    later = accepted[pd.to_datetime(accepted["date"]) > newest]
    keys = [(AHEAD, f"{row.convention} {row.row}", row.date) for row in later.itertuples()]
    _exchange_exceptions(project, [(*key, reason) for key in keys], [])
    after = pd.concat([before, accepted[list(ACT_COLUMNS)]])
    previous = path.read_bytes()
    write_whole(path, to_csv(after))
    rebuilt = verdict_of_build(project)
    if not rebuilt.is_good:
        write_whole(path, previous)
        _exchange_exceptions(project, [], keys)
        return refused(f"cannot be accepted: {rebuilt.reason}", verdict=rebuilt)
    text = f"{options.accept}; {listed(sorted(options.rows))} listed in data/reference/acts.csv"
    return SourceResult(source, "accepted", text, location, rebuilt)


def _acts(project: DataFolders) -> pd.DataFrame:
    path = project.reference / "acts.csv"
    return read_csv(path, f"data/reference/{path.name}", ACT_COLUMNS).frame[list(ACT_COLUMNS)]


def _rows(project: DataFolders) -> list[list[str]]:
    """Return the exceptions with the columns in standard order."""
    listed = read_csv(
        project.reference / EXCEPTIONS, f"data/reference/{EXCEPTIONS}", EXCEPTION_COLUMNS
    )
    rows: list[list[str]] = listed.frame[list(EXCEPTION_COLUMNS)].to_numpy().tolist()
    return rows
