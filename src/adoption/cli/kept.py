"""A cache of commands' output, valid while nothing changes that decides the output.

Each project has one file in the user's cache, with an output for each command line.
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
    """Return the cached output of a command line; None without one."""
    return _texts().get(json.dumps(words))


@contextmanager
def keeping(words: Sequence[str]) -> Iterator[None]:
    """Cache the output of a command line, if the command ends without an error."""
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
        # There may be no home folder, or no permission to write to it.
        with suppress(OSError, RuntimeError):
            file = _file()
            file.parent.mkdir(parents=True, exist_ok=True)
            coming = file.with_name(f"{file.name}{os.getpid()}")
            coming.write_text(json.dumps({"stamps": _digest(), "texts": texts}), encoding="utf-8")
            coming.replace(file)


def _texts() -> dict[str, str]:
    """Return the valid cached outputs of the project, by command line in JSON."""
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
    # A status depends on the current date, because it says whether signature has closed.
    today = f"{datetime.now(UTC).date()}"
    stamps = [sys.version, today, sorted(stamps_of(project_root(), PROJECT).items())]
    return hashlib.sha256(json.dumps(stamps).encode()).hexdigest()
