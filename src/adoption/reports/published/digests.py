"""The SHA-256 of what decides pages: files, notebooks and the package."""

from __future__ import annotations

import hashlib
import json
import platform
from collections.abc import Iterable, Iterator
from contextlib import suppress
from functools import cache
from pathlib import Path

import adoption
from adoption.errors import AdoptionError

PACKAGE = Path(adoption.__file__).parent
LOCK = "requirements.lock"
# What a page may have read of which that is not known; a name of a folder ends in a slash.
EVERYTHING = ("data/processed/", "data/reference/")
MISSING = ""


class Digests:
    """The SHA-256 of each file of a project, worked out once a run.

    What most pages read is read at once, so that a file which changes while notebooks run
    has the digest of what it was before: the pages that may have seen either are made anew
    by the next run.
    """

    def __init__(self, root: Path, package: Path = PACKAGE) -> None:
        self.root = root
        self.package = package_digest(package)
        self.python = platform.python_version()
        self.notebook = cache(lambda name: notebook_digest(root / "notebooks" / f"{name}.ipynb"))
        self._file = cache(lambda name: file_digest(root / name))
        self._names = cache(self._names_in)
        self.lock = self._file(LOCK)
        self.files(None)

    def files(self, reads: Iterable[str] | None) -> dict[str, str]:
        """Return the digest of each file by name."""
        found: dict[str, str] = {}
        for name in EVERYTHING if reads is None else reads:
            names = self._names(name)
            if names is None:
                found[name] = self._file(name)
            else:
                found[f"{name.rstrip('/')}/"] = _digest_of(names)
                found |= {inside: self._file(inside) for inside in names}
        return dict(sorted(found.items()))

    def _names_in(self, name: str) -> list[str] | None:
        """Return the files in a folder and below, sorted; None if it is no folder."""
        folder = self.root / name
        with suppress(OSError):  # one that cannot be read holds nothing
            if folder.is_dir():
                return sorted(f"{name.rstrip('/')}/{inside}" for inside, _ in _files_below(folder))
        return [] if name.endswith("/") else None


def sha256_of(path: Path) -> str:
    """Return the SHA-256 of a file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def file_digest(path: Path) -> str:
    """Return the SHA-256 of a file; no text if there is none that can be read."""
    try:
        return sha256_of(path)
    except (OSError, ValueError):  # a damaged manifest may name what can be no file
        return MISSING


def notebook_digest(path: Path) -> str:
    """Return the SHA-256 of a notebook's cells: kinds, sources, tags and pictures; no outputs."""
    try:
        cells = json.loads(path.read_bytes())["cells"]
        return _digest_of(
            (
                cell["cell_type"],
                "".join(cell["source"]),
                cell["metadata"].get("tags", []),
                cell.get("attachments", {}),
            )
            for cell in cells
        )
    except OSError as error:
        raise AdoptionError(f"{path.name}: cannot be read: {error.strerror}") from None
    except (AttributeError, KeyError, TypeError, ValueError):
        raise AdoptionError(f"{path.name}: is not a notebook") from None


def package_digest(package: Path) -> str:
    """Return the SHA-256 of a package's files, of their names and bytes; caches do not count."""
    return _digest_of([name, file_digest(path)] for name, path in sorted(_files_below(package)))


def _files_below(folder: Path) -> Iterator[tuple[str, Path]]:
    """Give each file in a folder and below with its name from there, but no hidden ones."""
    for path in folder.iterdir():
        if path.name.startswith(".") or path.name == "__pycache__" or path.name.endswith("~"):
            continue
        if path.is_dir():
            yield from ((f"{path.name}/{name}", inside) for name, inside in _files_below(path))
        else:
            yield path.name, path


def _digest_of(values: Iterable[object]) -> str:
    return hashlib.sha256(json.dumps(list(values)).encode()).hexdigest()
