"""Publication of a build: data/processed, the events, the feed and CHANGES.md.

All of them derive from the raw data, so the next command writes what an interrupted one did not.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import UTC, datetime
from pathlib import Path

from adoption.core.errors import AdoptionError
from adoption.core.files import Say
from adoption.core.reading import recorded
from adoption.ingest.snapshots import SnapshotStore
from adoption.refresh.accept import complete
from adoption.refresh.project import DataFolders, exclusive
from adoption.tables.write import Tables


def publish(project: DataFolders, tables: Tables, now: datetime, say: Say) -> tuple[str, bool]:
    """Write the tables if they differ from data/processed, and record the changes.

    Return the changes in one line, and whether anything was written.
    """
    from adoption.ingest.additions import as_registry
    from adoption.refresh.diff import check_build
    from adoption.refresh.events import record, summary_line, write_news
    from adoption.tables import read_build
    from adoption.tables.dictionary import files_of
    from adoption.tables.write import differing_files, encode, replace_folder

    files = encode(tables) | as_registry(project.raw)
    differing = differing_files(project.processed, files)
    changed = bool(differing)
    stems = {Path(file).stem for file in differing}
    moved = [name for name in tables if not stems.isdisjoint(files_of(name))]
    same = {name: frame for name, frame in tables.items() if name not in moved}
    try:
        old = {**same, **read_build(project.processed, moved)} if moved else tables
        check_build(old, "data/processed")
    except AdoptionError:  # no readable tables of this version exist, so all are written
        old = None
    events = record(project.data, old, tables, now.date())
    if changed:
        replace_folder(project.processed, files)
    write_news(project.data)
    summary = summary_line(events) if events and old is not None else ""
    if summary:
        say(summary)
    return summary, changed or bool(events)


def unread(raw: Path, files: Collection[Path]) -> list[str]:
    """Return the folders of `data/raw` from which no file was read."""
    read = {path.relative_to(raw).parts[0] for path in files if path.is_relative_to(raw)}
    return [folder for folder in SnapshotStore(raw).sources() if folder not in read]


def build_and_publish(root: Path, say: Say) -> int:
    """Build and publish the tables; return their number."""
    from adoption.ingest.run import build_tables
    from adoption.law.held import partial_lists

    project = DataFolders(root)
    with exclusive(project, say):
        complete(project)
        with recorded() as files:
            tables = build_tables(project.raw, project.reference)
        for folder in unread(project.raw, files):
            say(
                f"data/raw/{folder}: is not used by any reader; "
                "`adoption add --help` says how to add data"
            )
        partial = partial_lists(project.reference, tables["base_treaties"], tables["base_acts"])
        if partial:
            say(f"data/raw/untc-base: {len(partial)} lists are partial: {', '.join(partial)}")
        publish(project, tables, datetime.now(UTC), say)
    return len(tables)
