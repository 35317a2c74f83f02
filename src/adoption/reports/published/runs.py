"""The runs of an output folder: how they are called, which was the last, which may go."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from adoption.reports.published.digests import sha256_of
from adoption.reports.published.manifest import PageRecord, notebook_file, page_file, read_manifest

RUNS = "runs"
LATEST = "latest"
# Begin the names of what a run that is killed may leave; the next one removes it.
BUILDING, OLD, SWITCH = ".building-", ".old-", ".latest-"
TIME = "%Y%m%dT%H%M%SZ"
NAME = re.compile(r"(\d{8}T\d{6}Z)-[0-9a-f]{8}")

Stamp = tuple[int, int, int]


@dataclass(frozen=True)
class LastRun:
    """The run that was published last.

    Attributes
    ----------
    folder : Path
        Where it is.
    pages : mapping of str to PageRecord
        Its pages by slug.
    files : mapping of str to str
        SHA-256 of each file by its path in the folder.
    site : str
        SHA-256 of what decided the parts that all pages share.
    """

    folder: Path
    pages: Mapping[str, PageRecord]
    files: Mapping[str, str]
    site: str = ""
    _held: dict[str, Stamp] = field(default_factory=dict, init=False, repr=False, compare=False)

    def files_of(self, slug: str) -> list[str]:
        """Return the names of the files of a page; none if it is not there or lacks one."""
        if slug not in self.pages:
            return []
        names = [page_file(slug), notebook_file(slug)]
        if self.pages[slug].error is None:
            return names if self.files.keys() >= set(names) else []
        names += [page_file(slug, failed=True), notebook_file(slug, failed=True)]
        there = [name for name in names if name in self.files]
        return there if page_file(slug) in there else []

    def good_notebook(self, slug: str) -> str | None:
        """Return the name of the notebook of the good page that is shown; None without one."""
        names = self.files_of(slug)
        good = page_file(slug, failed=True) in names or (
            slug in self.pages and self.pages[slug].error is None
        )
        return notebook_file(slug) if good and notebook_file(slug) in names else None

    def holds(self, name: str) -> bool:
        """Return whether a file is there and what the manifest says that it is.

        A file is hashed once, and again only if it has been written since.
        """
        path = self.folder / name
        try:
            stamp = stamp_of(path)
            if self._held.get(name) == stamp:
                return True
            if path.is_symlink() or sha256_of(path) != self.files.get(name):
                return False
        except (OSError, ValueError):
            return False
        self._held[name] = stamp
        return True

    def damaged(self) -> list[str]:
        """Return the names of files that are missing or not what the manifest says."""
        return [name for name in self.files if not self.holds(name)]


def read_last(output: Path) -> LastRun | None:
    """Return the run that `latest` leads to, or else the newest whose manifest is sound."""
    for folder in (latest_run(output), *finished_runs(output)):
        manifest = read_manifest(folder) if folder else None
        if folder and manifest:
            return LastRun(folder, manifest.pages, manifest.files, manifest.site)
    return None


def latest_run(output: Path) -> Path | None:
    """Return the folder that `latest` leads to; None if it leads nowhere."""
    try:
        return (output / LATEST).resolve(strict=True)
    except (OSError, RuntimeError):  # RuntimeError: to itself
        return None


def finished_runs(output: Path) -> list[Path]:
    """Return the folders of the finished runs, newest first."""
    try:
        found = [path for path in (output / RUNS).iterdir() if _time_of(path) is not None]
    except OSError:
        return []
    return sorted(found, reverse=True)


def run_name(files: Mapping[str, str], moment: datetime, runs: Sequence[Path]) -> str:
    """Return a name for a run: its time and eight digits of its content.

    Runs with the same pages have the same digits: executed notebooks, which hold times, do
    not count. A name sorts after those of all earlier runs, even if the clock was put back.

    Examples
    --------
    >>> run_name({"index.html": "00"}, datetime(2026, 11, 25, 9, 33, 50, tzinfo=UTC), [])
    '20261125T093350Z-8b019e20'
    """
    newest = _time_of(runs[0]) if runs else None
    if newest is not None:
        moment = max(moment, newest + timedelta(seconds=1))
    pages = sorted(item for item in files.items() if not item[0].endswith(".ipynb"))
    content = hashlib.sha256(json.dumps(pages).encode()).hexdigest()
    return f"{moment:{TIME}}-{content[:8]}"


def remove_leftovers(output: Path) -> None:
    """Remove what killed runs left; it harms nobody, so what resists stays."""
    for prefix in (BUILDING, OLD):
        for path in (output / RUNS).glob(f"{prefix}*"):
            shutil.rmtree(path, ignore_errors=True)
    for path in output.glob(f"{SWITCH}*"):
        with suppress(OSError):
            path.unlink()


def remove_runs(runs: Sequence[Path]) -> None:
    """Remove runs, each renamed before: a kill leaves no half of one under its name."""
    for run in runs:
        old = run.with_name(f"{OLD}{run.name}")
        with suppress(OSError):
            run.rename(old)
            shutil.rmtree(old, ignore_errors=True)


def stamp_of(path: Path) -> Stamp:
    """Return what changes when a file is written or another put in its place."""
    found = path.lstat()
    return found.st_ino, found.st_size, found.st_mtime_ns


def _time_of(run: Path) -> datetime | None:
    """Return the time in the name of a run; None if it is no such name."""
    matched = NAME.fullmatch(run.name)
    try:
        return datetime.strptime(matched[1], TIME).replace(tzinfo=UTC) if matched else None
    except ValueError:  # no day of the calendar
        return None
