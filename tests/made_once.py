"""What is made of the same files is made once for all tests: most begin with the same data."""

from __future__ import annotations

import hashlib
from collections.abc import Hashable, Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from adoption.core.paths import SUPERSEDED
from adoption.core.reading import record_read, recorded
from adoption.ingest import run
from adoption.ingest.snapshots import BEFORE, DECISION, REASON, UNDONE_FILE

# What a command notes beside the files of a snapshot; no build reads it.
NOTES = {REASON, DECISION, BEFORE, UNDONE_FILE, SUPERSEDED}

# What was made, with the files that were read for it: their places in data, and their contents.
_tables: dict[Hashable, tuple[Any, Sequence[Path]]] = {}
_compiled: dict[Hashable, list[tuple[Any, Mapping[Path, str]]]] = {}


def digest_of(folder: Path) -> str:
    """Return a digest of what a build reads in a folder and below, with the places there."""
    digest = hashlib.sha256()
    files = (path for path in folder.rglob("*") if path.is_file() and path.name not in NOTES)
    for path in sorted(files):
        digest.update(f"{path.relative_to(folder)}\0".encode())
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def read_compiled_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let builds read what is compiled once, in whatever copies of the data it stands."""
    read = run.read_compiled

    def read_compiled(raw: Path, reference: Path, newest: tuple[Path | None, ...]) -> Any:
        earlier = _compiled.setdefault(tuple(folder and folder.name for folder in newest), [])
        for compiled, files in earlier:
            if all(_digest(raw.parent / place) == digest for place, digest in files.items()):
                return _again(compiled, raw.parent, files)
        with recorded() as paths:
            compiled = read(raw, reference, newest)
        files = {path.relative_to(raw.parent): _digest(path) for path in paths}
        earlier.append((compiled, files))
        return compiled

    monkeypatch.setattr(run, "read_compiled", read_compiled)


def make_tables_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the tables of the same files be made once, in whatever copies of the data these stand."""
    build = run.make_tables

    def make_tables(
        raw: Path, reference: Path, candidate: Path | None = None, day: date | None = None
    ) -> Any:
        beside = (candidate.parent.name, candidate.name, digest_of(candidate)) if candidate else ()
        key = (digest_of(raw), digest_of(reference), beside, day)
        if key not in _tables:
            with recorded() as paths:
                made = build(raw, reference, candidate, day)
            _tables[key] = made, [path.relative_to(raw.parent) for path in paths]
        tables, violations = _again(_tables[key][0], raw.parent, _tables[key][1])
        return {name: frame.copy(deep=False) for name, frame in tables.items()}, list(violations)

    monkeypatch.setattr(run, "make_tables", make_tables)


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else ""


def _again(made: Any, data: Path, places: Iterable[Path]) -> Any:
    """Return what was made before, having told who records it which files were read."""
    for place in places:
        record_read(data / place)
    return made
