"""Passing what a worker has made through a folder that both machines see."""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from adoption.reports.published.remote import opened
from adoption.reports.published.runs import TIME

COMING = ".coming-"  # begins the name of a folder that lasts as long as a run
OLD = timedelta(days=1)  # after which what a killed run left there is removed
SIGN = "sign"


@dataclass(frozen=True)
class Exchange:
    """A folder for one run at an address.

    Attributes
    ----------
    address : str
        Of the folder.
    sign : str
        What the file `sign` in it says; whoever reads that sees the same folder.
    """

    address: str
    sign: str

    def leave(self, files: Mapping[str, bytes]) -> bool:
        """Leave files there, if this machine sees the folder."""
        try:
            there, path = opened(self.address)
            if there.cat_file(f"{path}/{SIGN}") != self.sign.encode():
                return False
            for name, data in files.items():
                there.pipe_file(f"{path}/{name}", data)
        except Exception:  # each driver has errors of its own
            return False
        return True

    def fetch(self, name: str) -> bytes | None:
        """Return a file that was left, and remove it; None if it is not there."""
        try:
            there, path = opened(self.address)
            data: bytes = there.cat_file(f"{path}/{name}")
        except Exception:
            return None
        with suppress(Exception):  # it goes with the folder
            there.rm_file(f"{path}/{name}")
        return data


@contextmanager
def exchange(address: str | None) -> Iterator[Exchange | None]:
    """Give a folder at an address for as long as a run lasts; None if there can be none."""
    made = _make_folder(address) if address else None
    try:
        yield made
    finally:
        if made:
            with suppress(Exception):
                there, path = opened(made.address)
                there.rm(path, recursive=True)


def _make_folder(address: str) -> Exchange | None:
    now, sign = datetime.now(UTC), secrets.token_hex(16)
    name = f"{COMING}{now:{TIME}}-{sign[:8]}"
    try:
        there, base = opened(address)
        with suppress(Exception):
            _remove_old(there, base, now - OLD)
        there.makedirs(f"{base}/{name}", exist_ok=True)
        there.pipe_file(f"{base}/{name}/{SIGN}", sign.encode())
    except Exception:  # what is published there later will say why
        return None
    return Exchange(f"{address.rstrip('/')}/{name}", sign)


def _remove_old(there: Any, base: str, before: datetime) -> None:
    """Remove the folders of runs that were killed long ago."""
    for path in there.ls(base, detail=False):
        name = str(path).rstrip("/").rpartition("/")[2]
        if name.startswith(COMING) and name < f"{COMING}{before:{TIME}}":
            there.rm(path, recursive=True)
