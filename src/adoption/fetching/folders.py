"""Folders that appear whole or not at all, whenever the process or the machine stops."""

from __future__ import annotations

import errno
import os
import shutil
import stat
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from adoption.errors import AdoptionError

COMING = ".coming-"  # begins the name of what is not whole yet, or no longer
TAKEN = (errno.EEXIST, errno.ENOTEMPTY)
READ_ONLY = 0o444


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Write in a folder while no other process or thread does so; others wait.

    What one that was killed has left half done is removed. The system lets go of the lock
    when a process ends, however it ends. Where there are no such locks nobody waits, and
    nothing is removed.
    """
    with in_one_line(folder):
        folder.mkdir(parents=True, exist_ok=True)
        with _locked(folder) as held:
            if held:
                for left in folder.glob(f"{COMING}*"):
                    shutil.rmtree(left)
            yield


@contextmanager
def in_one_line(folder: Path) -> Iterator[None]:
    """Say in one line what in a folder could not be read or written."""
    try:
        yield
    except OSError as error:
        where = error.filename2 or error.filename or folder
        raise AdoptionError(f"{where}: cannot be read or written: {error.strerror}") from error


def put_folder(root: Path, group: str, name: str, files: Mapping[str, bytes]) -> Path:
    """Put a folder of files in its place in one step.

    What is there afterwards is on the disk, not only on its way there, and its files may only
    be read.
    """
    coming = Path(tempfile.mkdtemp(prefix=COMING, dir=root))
    try:
        new = coming / name
        new.mkdir()
        for file, data in files.items():
            _write(new / file, data)
        for folder in (new, coming):
            folder.chmod(0o755)
            _sync(folder)
        _move_in(coming, name, root / group)
    finally:
        shutil.rmtree(coming, ignore_errors=True)
    _sync(root / group)
    _sync(root)
    return root / group / name


def remove_folder(root: Path, folder: Path) -> None:
    """Remove a folder somewhere in `root`, in one step for those who look."""
    going = Path(tempfile.mkdtemp(prefix=COMING, dir=root))
    folder.rename(going / folder.name)
    for path in (going / folder.name).iterdir():
        path.chmod(stat.S_IWRITE)  # some systems remove nothing that may only be read
    shutil.rmtree(going)
    with suppress(OSError):  # others are in it
        folder.parent.rmdir()


def _move_in(coming: Path, name: str, group: Path) -> None:
    """Move a folder and its only entry to their place, or the entry where the folder is there.

    So there is never an empty group, which would be a source without a snapshot.
    """
    try:
        coming.rename(group)
    except OSError as error:
        if error.errno not in TAKEN:
            raise
        if (group / name).exists():
            raise FileExistsError(errno.EEXIST, "is there already", str(group / name)) from None
        (coming / name).rename(group / name)


def _write(path: Path, data: bytes) -> None:
    with path.open("xb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    path.chmod(READ_ONLY)


def _sync(folder: Path) -> None:
    """Have the names in a folder written to the disk, where a system can do that."""
    try:
        opened = os.open(folder, os.O_RDONLY)
    except PermissionError:  # Windows opens no folder
        return
    try:
        os.fsync(opened)
    finally:
        os.close(opened)


@contextmanager
def _locked(folder: Path) -> Iterator[bool]:
    try:
        import fcntl
    except ImportError:  # Windows
        yield False
        return
    opened = os.open(folder, os.O_RDONLY)
    try:
        try:
            fcntl.flock(opened, fcntl.LOCK_EX)
        except OSError:  # a file system without locks
            yield False
            return
        yield True
    finally:
        os.close(opened)
