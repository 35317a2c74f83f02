"""What a command printed, kept in the user's cache as long as nothing that decides it changes.

A project has one file there, with a text for each way in which the command was called.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, redirect_stdout, suppress
from datetime import UTC, datetime
from pathlib import Path

from adoption.core.paths import project_root
from adoption.press.current import is_old, stamps_of
from adoption.site.project import PROJECT


def kept_answer(words: Sequence[str]) -> str | None:
    """Return what was printed for the words of a command; None where that is not known."""
    return _texts().get(json.dumps(words))


@contextmanager
def keeping(words: Sequence[str]) -> Iterator[None]:
    """Keep what is printed for the words of a command, if it is printed without an error."""
    began = time.time_ns()
    before = stamps_of(project_root(), PROJECT)
    printed = io.StringIO()
    try:
        with redirect_stdout(printed):
            yield
    finally:
        sys.stdout.write(printed.getvalue())
    if is_old(before, began) and stamps_of(project_root(), PROJECT) == before:
        texts = _texts() | {json.dumps(words): printed.getvalue()}
        with suppress(OSError, RuntimeError):  # no home, or one that cannot be written in
            file = _file()
            file.parent.mkdir(parents=True, exist_ok=True)
            coming = file.with_name(f"{file.name}{os.getpid()}")
            coming.write_text(json.dumps({"stamps": _digest(), "texts": texts}), encoding="utf-8")
            coming.replace(file)


def _texts() -> dict[str, str]:
    """Return what is kept of the project as it is now, by the words in JSON."""
    with suppress(KeyError, OSError, RuntimeError, TypeError, ValueError):
        kept = json.loads(_file().read_bytes())
        if kept["stamps"] == _digest():
            return dict(kept["texts"])
    return {}


def _file() -> Path:
    cache = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    name = hashlib.sha256(str(project_root()).encode()).hexdigest()[:16]
    return Path(cache, "adoption", f"{name}.json")


def _digest() -> str:
    today = f"{datetime.now(UTC).date()}"  # a status says what has ended by the day of its reader
    stamps = [sys.version, today, sorted(stamps_of(project_root(), PROJECT).items())]
    return hashlib.sha256(json.dumps(stamps).encode()).hexdigest()
