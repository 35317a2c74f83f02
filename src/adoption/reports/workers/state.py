"""What must be the same on another machine for it to make the same page."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from adoption.errors import AdoptionError
from adoption.paths import project_root
from adoption.reading import note, remembered
from adoption.reports.published.digests import (
    EVERYTHING,
    LOCK,
    MISSING,
    PACKAGE,
    Digests,
    package_digest,
)

PACKAGE_PART = "the package's source"


def state_of(digests: Digests, notebook: str = "") -> dict[str, str]:
    """Return what decides pages, in few words: package, lock file, Python, data, notebook."""
    state = {
        PACKAGE_PART: digests.package,
        LOCK: digests.lock,
        "Python": ".".join(digests.python.split(".")[:2]),
    }
    for folder in EVERYTHING:
        files = json.dumps(digests.files([folder])).encode()
        state[folder] = hashlib.sha256(files).hexdigest()
    if notebook:
        try:
            state[f"notebooks/{notebook}.ipynb"] = digests.notebook(notebook)
        except AdoptionError:
            state[f"notebooks/{notebook}.ipynb"] = MISSING
    return state


@remembered
def state_here(notebook: str = "") -> dict[str, str]:
    """Return the state of the project on this machine, worked out when a file has changed.

    A process that imported the package before its source was changed has the old one in
    memory, so such a package has no digest.
    """
    root = project_root()
    for folder in (PACKAGE, *(root / name for name in EVERYTHING)):
        _note_all(folder)
    for name in (LOCK, f"notebooks/{notebook}.ipynb"):
        note(root / name)
    digests = Digests(root, PACKAGE)
    if digests.package != _package_when_imported():
        digests.package = MISSING
    return state_of(digests, notebook)


def different(asked: Mapping[str, str], found: Mapping[str, str]) -> str:
    """Say in what a state is another one; nothing if it is the same.

    Examples
    --------
    >>> different({"Python": "3.11", "data": "ab"}, {"Python": "3.12", "data": "ab"})
    'it has another state of Python (3.12, not 3.11)'
    """
    parts = []
    for name, value in asked.items():
        if found.get(name) != value:
            parts.append(f"Python ({found.get(name)}, not {value})" if name == "Python" else name)
    return f"it has another state of {', '.join(parts)}" if parts else ""


@cache
def _package_when_imported() -> str:
    return package_digest(PACKAGE)


def _note_all(folder: Path) -> None:
    """Note each file in a folder and below, and the names in it."""
    note(folder)
    for path in folder.rglob("*"):
        if path.parent.name != "__pycache__":
            note(path)
