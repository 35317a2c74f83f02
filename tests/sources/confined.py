"""Reads files in a process that may not take much memory and may not do anything else.

    python -m tests.sources.confined damaged|bombs

prints for each file one line of JSON: its name, the mebibytes that the process has taken at most
above what it had at its start, and the error, or null if it was read. What a reader does besides,
such as to open a file, is an error too.
"""

from __future__ import annotations

import json
import resource
import sys
from typing import Any

import pandas as pd

from adoption.data.readers.text import UnreadableError
from tests.sources.bombs import BOMBS
from tests.sources.damage import READERS, SOUND, content, damaged

MEMORY = 1_500_000_000  # bytes above what the process has at its start: the end, not the bound
PROCESSOR = 500  # seconds for all files
# What a reader has no business with, as Python announces it.
FORBIDDEN = ("open", "os.", "shutil.", "socket.", "subprocess.", "tempfile.", "urllib.")


class ForbiddenError(Exception):
    """A reader did something else than to read what it was given."""


watching = False


def watch(event: str, arguments: tuple[Any, ...]) -> None:
    """Raise for what a reader has no business with."""
    if watching and event.startswith(FORBIDDEN):
        raise ForbiddenError(f"{event} {arguments!r:.200}")


def now_mebibytes() -> int:
    """Return the most memory that the process has had."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def read(name: str, data: bytes) -> dict[str, Any]:
    """Read one file; return what happened."""
    global watching
    reader = READERS[name.split("/")[0].split(":")[0]]
    error = None
    watching = True
    try:
        reader(data, name)
    except UnreadableError as caught:
        error = str(caught)
    finally:
        watching = False
    return {"name": name, "error": error}


def main(kind: str) -> None:
    """Read all files of a kind."""
    sys.addaudithook(watch)
    for name, data in SOUND.items():  # loads what pandas and lxml load when they are used
        READERS[name](data, name)
    pd.Series(["a", None]).str.fullmatch("a")
    names = damaged() if kind == "damaged" else list(BOMBS)
    files = {name: content(name) for name in names} if kind == "damaged" else {}
    with open("/proc/self/statm", encoding="ascii") as statm:  # noqa: PTH123
        size = int(statm.read().split()[0]) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_AS, (size + MEMORY, size + MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (PROCESSOR, PROCESSOR))
    before = now_mebibytes()
    for name in names:
        found = read(name, files[name] if files else BOMBS[name]())
        print(json.dumps(found | {"mebibytes": now_mebibytes() - before}), flush=True)


if __name__ == "__main__":
    main(sys.argv[1])
