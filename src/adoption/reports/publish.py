"""Publishing: a report is built apart and then switched in, in one step."""

from __future__ import annotations

import errno
import hashlib
import json
import os
import shutil
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from adoption.errors import AdoptionError

if TYPE_CHECKING:
    from collections.abc import Iterator

MANIFEST = "manifest.json"
KEPT_RUNS = 3
WRITING = (
    errno.EACCES, errno.EDQUOT, errno.EISDIR, errno.ENOSPC, errno.ENOTDIR, errno.EPERM, errno.EROFS,
)  # fmt: skip


@contextmanager
def new_run(output: Path) -> Iterator[Path]:
    """Give a folder to build a report in; it goes away if it is not published.

    Raises
    ------
    AdoptionError
        If nothing can be written there, now or while building.
    """
    folder: Path | None = None
    try:
        (output / "runs").mkdir(parents=True, exist_ok=True)
        folder = Path(tempfile.mkdtemp(prefix=".building-", dir=output / "runs"))
        folder.chmod(0o755)
        yield folder
    except OSError as error:
        what = "cannot be written: " if error.errno in WRITING else ""
        raise AdoptionError(f"{error.filename or output}: {what}{error.strerror}") from error
    finally:
        if folder is not None:
            shutil.rmtree(folder, ignore_errors=True)


def write_manifest(folder: Path, facts: dict[str, Any]) -> str:
    """Write what the report was made of, with the checksum of each file.

    Parameters
    ----------
    folder : Path
        The finished report.
    facts : dict
        Inputs, parameters, versions, failures.

    Returns
    -------
    str
        The run's name, from its content: the same pages have the same name.
    """
    files = {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
    pages = {name: digest for name, digest in files.items() if not name.endswith(".ipynb")}
    name = hashlib.sha256(json.dumps(pages, sort_keys=True).encode()).hexdigest()[:12]
    manifest = {"run": name, **facts, "files": files}
    text = json.dumps(manifest, ensure_ascii=False, indent=2, sort_keys=True)
    (folder / MANIFEST).write_text(text + "\n", encoding="utf-8")
    return name


def publish(folder: Path, output: Path, name: str) -> Path:
    """Switch a finished report in as `latest`, and keep a few earlier runs.

    Returns
    -------
    Path
        `latest` in the output folder.
    """
    run, number = output / "runs" / name, 1
    while run.exists() and not is_whole(run):
        number += 1
        run = output / "runs" / f"{name}-{number}"
    if not run.exists():  # else the same pages came before, and perhaps are being read
        folder.rename(run)
    latest = output / "latest"
    switch = output / f".latest-{os.getpid()}"
    switch.unlink(missing_ok=True)
    switch.symlink_to(Path("runs") / run.name, target_is_directory=True)
    switch.replace(latest)
    run.touch()
    _forget_old_runs(output / "runs", keep=run)
    return latest


def is_whole(run: Path) -> bool:
    """Return whether every file of a run's manifest is there."""
    try:
        files = json.loads((run / MANIFEST).read_text(encoding="utf-8"))["files"]
    except (OSError, ValueError, KeyError):
        return False
    return all((run / name).is_file() for name in files)


def _forget_old_runs(runs: Path, keep: Path) -> None:
    finished = [path for path in runs.iterdir() if path.is_dir() and path.name[0] != "."]
    newest_first = sorted(finished, key=lambda path: path.stat().st_mtime, reverse=True)
    for path in newest_first[KEPT_RUNS:]:
        if path != keep:
            shutil.rmtree(path, ignore_errors=True)
