"""Whether the last report is current, told as git's index does: by time, size and inode of files.

Nothing slow to import is needed for that. Where a stamp differs, digests decide (`press.run`).
What leaves all stamps as they were is not noticed, such as a library that is edited in place.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from adoption.core.reading import Stamp, stamp_of
from adoption.press.project import Project

LATEST, RUNS = "latest", "runs"
BUILDING = ".building-"  # begins the name of a run that is being built, or that a kill left
KEPT_RUNS = 3
NOTE = ".current"  # in the folder of reports
SETTLE_SECONDS = 2  # a file that is younger can change again without a change of its time
Stamps = Mapping[str, Stamp]


def is_report_current(root: Path, project: Project, output: Path) -> bool:
    """Return whether nothing has changed since a report of all pages was found current.

    What a killed report left is to be swept: then it is not.
    """
    try:
        if any((output / RUNS).glob(f"{BUILDING}*")):
            return False
        note = json.loads((output / NOTE).read_bytes())
        return bool(note == _note(output, stamps_of(root, project, note["reads"]), note["reads"]))
    except (KeyError, OSError, TypeError, ValueError):  # there is none, or it is damaged
        return False


def stamps_of(root: Path, project: Project, reads: Iterable[str] = ()) -> Stamps:
    """Return the stamp of each file that decides a report."""
    names = ("notebooks", *project.shared_folders, *project.inputs)
    folders = [project.package, *(root / name for name in names)]
    paths = [root / name for name in ("reports.toml", *project.shared_files, *reads)]
    below = [path for folder in folders for _, path in files_below(folder)]
    return _stamps([*paths, *below])


def make_current_marker(root: Path, project: Project) -> Callable[[Path, Iterable[str]], None]:
    """Return what notes that a report is current, once its pages are, if nothing changed meanwhile.

    It gets the folder of reports, and the files that the pages read by their place in the project.
    """
    began = time.time_ns()
    before = stamps_of(root, project)
    libraries = _libraries()

    def note(output: Path, reads: Iterable[str]) -> None:
        names = sorted({name.partition("#")[0] for name in reads})
        with suppress(OSError):  # without a note the next report finds out for itself
            now = stamps_of(root, project, names)
            stable = stamps_of(root, project) == before
            if stable and libraries == _libraries() and is_old(now, began):
                coming = output / f"{NOTE}-{os.getpid()}"
                coming.write_text(json.dumps(_note(output, now, names)), encoding="utf-8")
                coming.replace(output / NOTE)

    return note


def is_old(stamps: Stamps, moment: int) -> bool:
    """Return whether no file is so young that it could change again with the same stamp."""
    old = moment - SETTLE_SECONDS * 10**9
    return all(stamp is None or stamp[0] < old for stamp in stamps.values())


def files_below(folder: Path) -> Iterator[tuple[str, Path]]:
    """Give each file in a folder and below with its name from there, but no hidden ones."""
    for path in folder.iterdir() if folder.is_dir() else ():
        if path.name.startswith(".") or path.name == "__pycache__" or path.name.endswith("~"):
            continue
        if path.is_dir():
            yield from ((f"{path.name}/{name}", inside) for name, inside in files_below(path))
        else:
            yield path.name, path


def _libraries() -> list[str]:
    """Return what is installed, each with its version, without looking into it."""
    folders = (Path(folder) for folder in sys.path[1:])  # the first is that of the command
    inside = (path for folder in folders if folder.is_dir() for path in folder.iterdir())
    return sorted(path.name for path in inside if path.suffix in {".dist-info", ".pth"})


def _note(output: Path, inputs: Stamps, reads: Iterable[str]) -> dict[str, Any]:
    latest = output / LATEST
    run = _stamps(path for _, path in files_below(latest))
    stamps = [
        sys.version,
        _libraries(),
        sorted(inputs.items()),
        str(latest.readlink()),
        sorted(run.items()),
    ]
    digest = hashlib.sha256(json.dumps(stamps).encode())
    return {"reads": [*reads], "stamps": digest.hexdigest()}


def _stamps(paths: Iterable[Path]) -> Stamps:
    return {str(path): stamp_of(path) for path in paths}
