"""What decides a page: notebook, parameters, files read, package, lock file and Python."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Annotated

from pydantic import ConfigDict, Field
from pydantic.dataclasses import dataclass

from adoption.reports.published.digests import LOCK, MISSING, Digests

Digest = Annotated[str, Field(pattern=r"^([0-9a-f]{64})?$")]
Value = str | int | float | bool


@dataclass(frozen=True, config=ConfigDict(extra="forbid", strict=True))
class Inputs:
    """Everything that decides a page; the same inputs give the same page.

    Attributes
    ----------
    notebook : str
        SHA-256 of the notebook's source; see `adoption.reports.published.digests`.
    parameters : dict
        Every parameter with the value it has.
    package : str
        SHA-256 of the package's source.
    lock : str
        SHA-256 of requirements.lock; no text where there is none.
    python : str
        Version of Python.
    files : dict of str to str
        SHA-256 of each file that is read, no text for a missing one, by its path in the
        project. A name that ends in a slash is a folder that counts with all it holds: it
        has the SHA-256 of the names in it, and its files have entries of their own.
    """

    notebook: Digest
    parameters: dict[str, Value]
    package: Digest
    lock: Digest
    python: str
    files: dict[str, Digest]


def inputs_of(
    notebook: str, values: Mapping[str, Value], reads: Iterable[str] | None, digests: Digests
) -> Inputs:
    """Return what decides a page."""
    return Inputs(
        notebook=digests.notebook(notebook),
        parameters=dict(values),
        package=digests.package,
        lock=digests.lock,
        python=digests.python,
        files=digests.files(reads),
    )


def differences(before: Inputs | None, now: Inputs, *, failed: bool = False) -> list[str]:
    """Say why a page is to be made anew; nothing if it is current.

    Examples
    --------
    >>> before = Inputs("", {"country": "QAT"}, "", "", "3.11.9", {})
    >>> differences(before, Inputs("", {"country": "OMN"}, "", "", "3.12.1", {}))
    ["parameter country: 'QAT' became 'OMN'", 'Python 3.11.9 became 3.12.1']
    """
    if before is None:
        return ["never made before"]
    found = ["its last run failed"] if failed else []
    if before.notebook != now.notebook:
        found.append("the notebook's source changed")
    found += _parameter_differences(before.parameters, now.parameters)
    if before.package != now.package:
        found.append("the package's source changed")
    if before.lock != now.lock:
        found.append(f"{LOCK} changed")
    if before.python != now.python:
        found.append(f"Python {before.python} became {now.python}")
    return found + _file_differences(before.files, now.files)


def _parameter_differences(before: Mapping[str, Value], now: Mapping[str, Value]) -> list[str]:
    found = [f"parameter {name}: {before[name]!r} is gone" for name in before if name not in now]
    for name, value in now.items():
        if name not in before:
            found.append(f"parameter {name}: {value!r} is new")
        elif repr(before[name]) != repr(value):  # 1 is neither 1.0 nor True to a notebook
            found.append(f"parameter {name}: {before[name]!r} became {value!r}")
    return found


def _file_differences(before: Mapping[str, str], now: Mapping[str, str]) -> list[str]:
    found = []
    for name in sorted({*before, *now}):
        was, is_now = before.get(name), now.get(name)
        if was == is_now or name.endswith("/"):  # of a folder, the files in it are told
            continue
        if is_now is None:
            found.append(f"{name} is no longer read")
        elif is_now == MISSING:
            found.append(f"{name} is missing")
        else:
            found.append(f"{name} {'changed' if was else 'is new'}")
    return found
