"""Which files a computation reads, results remembered while those are the same, TOML files."""

from __future__ import annotations

import os
import tomllib
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from contextvars import ContextVar
from functools import cache, wraps
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

from adoption.core.errors import AdoptionError
from adoption.core.paths import project_root

MAX_VALUES = 1024  # of a function that are kept, such as one for each day asked about
MAX_TREATIES = 16_384  # of a function of a treaty alone: a pass over all must not drop the first
Arguments = ParamSpec("Arguments")
Value = TypeVar("Value")
Stamp = tuple[int, int, int] | None  # time of the last change, size, inode; None: no such file

# What is called for each file that is read, and of its stamp before it was.
_listeners: ContextVar[tuple[Callable[[Path, Stamp], object], ...]] = ContextVar(
    "listeners", default=()
)


def record_read(path: Path, part: str = "") -> None:
    """Tell every open record that a file is about to be read.

    It is called before the file is opened, and also where a file may be missing. Of a table it can
    be a part, such as a convention; it is told as `acts.parquet#hanoi`.
    """
    listeners = _listeners.get()
    if listeners:
        path = path.absolute()
        path = path.with_name(f"{path.name}#{part}") if part else path
        stamp = stamp_of(path)
        for notify in listeners:
            notify(path, stamp)


def unrecorded() -> AbstractContextManager[None]:
    """Tell no record of what is read: whoever reads it says itself which part that is."""
    return _listening()


@contextmanager
def recorded() -> Iterator[set[Path]]:
    """Record which files are read, also by values that were remembered before.

    Tasks of an event loop that starts inside are heard; a thread only if it runs in a copy
    of the context.

    Examples
    --------
    >>> from adoption import tables
    >>> with recorded() as files:
    ...     acts = tables.read("acts")
    >>> [path.name for path in files]
    ['acts.parquet']
    """
    paths: set[Path] = set()
    with _listening(*_listeners.get(), lambda path, _: paths.add(path)):
        yield paths


def remembered(function: Callable[Arguments, Value]) -> Callable[Arguments, Value]:
    """Remember what a function returned, as long as the files that it read are the same.

    Like `functools.lru_cache` with room for `MAX_VALUES` values, but a value is made anew when a
    file that was read for it has changed, has gone or has come, or when the project's folder is
    another one. The files of a remembered value are noted again each time, so a record knows
    them. Remembered functions may call each other, and threads may call them. An exception is
    not remembered.

    Examples
    --------
    >>> @remembered
    ... def square(number):
    ...     print("computed")
    ...     return number**2
    >>> square(3), square(3)
    computed
    (9, 9)
    """
    return remembered_up_to(MAX_VALUES)(function)


def remembered_up_to(
    most: int,
) -> Callable[[Callable[Arguments, Value]], Callable[Arguments, Value]]:
    """Remember like `remembered`, with room for another number of values."""

    def remember(function: Callable[Arguments, Value]) -> Callable[Arguments, Value]:
        # Each value with the files that were read to make it, as they were; the oldest first.
        kept: OrderedDict[Hashable, tuple[Value, dict[Path, Stamp]]] = OrderedDict()

        @wraps(function)
        def remembering(*args: Arguments.args, **kwargs: Arguments.kwargs) -> Value:
            key = (project_root(), args, tuple(sorted(kwargs.items())))
            entry = kept.get(key)
            if entry is None or any(stamp_of(path) != stamp for path, stamp in entry[1].items()):
                files: dict[Path, Stamp] = {}
                # A file read twice keeps the first stamp.
                with _listening(*_listeners.get(), files.setdefault):
                    entry = function(*args, **kwargs), files
                kept[key] = entry
                if len(kept) > most:
                    kept.popitem(last=False)
            with suppress(KeyError):  # another thread has just dropped it
                kept.move_to_end(key)
            for notify in _listeners.get():
                for path, stamp in entry[1].items():
                    notify(path, stamp)
            return entry[0]

        return remembering

    return remember


@contextmanager
def _listening(*listeners: Callable[[Path, Stamp], object]) -> Iterator[None]:
    token = _listeners.set(listeners)
    try:
        yield
    finally:
        _listeners.reset(token)


def stamp_of(path: Path) -> Stamp:
    """Return by what a file is known to be the same; None where there is none."""
    try:
        status = os.stat(_file_of(path))  # noqa: PTH116  hundreds of times a page
    except OSError:
        return None
    return status.st_mtime_ns, status.st_size, status.st_ino


@cache
def _file_of(path: Path) -> str:
    """Return the file that a path names, which may name a part of it."""
    file, is_part, _ = str(path).partition(".parquet#")
    return f"{file}.parquet" if is_part else file


def read_toml(path: Path) -> dict[str, Any]:
    """Return what a TOML file holds."""
    record_read(path)
    try:
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        raise AdoptionError(f"{path.name}: missing") from None
    except UnicodeDecodeError as error:
        raise AdoptionError(f"{path.name}: not UTF-8 at byte {error.start}") from None
    except tomllib.TOMLDecodeError as error:
        raise AdoptionError(f"{path.name}: not valid TOML: {error}") from None
    except RecursionError:
        raise AdoptionError(f"{path.name}: not valid TOML: brackets in too many brackets") from None
