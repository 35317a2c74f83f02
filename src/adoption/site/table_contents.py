"""What a page can show of a table: the kinds of input of which not every byte decides a page.

Of a table they are its rows, or those of a convention, of a source or of a folder of raw files, and
which of its days have come; of `MONTH` it is the month that the data have reached.
"""

from __future__ import annotations

import hashlib
import json
import re
from functools import cache
from pathlib import Path

import pandas as pd
from pyarrow import ArrowException

from adoption.core.files import sha256
from adoption.tables import MONTH, MOVING

OF_TABLES = re.compile(r"data/processed/[^/]+\.parquet(#.*)?")


class TableContents:
    """The digests of what pages can show of the tables of a project, each worked out once."""

    def __init__(self, root: Path) -> None:
        self._frame = cache(lambda name: pd.read_parquet(root / name))

    def __call__(self, name: str) -> str | None:
        """Return the digest of a table, or of a part of it; None if it is no table.

        It is no text where the table is missing or damaged.
        """
        if not OF_TABLES.fullmatch(name):
            return None
        file, _, part = name.partition("#")
        try:
            newest = self._frame("data/processed/snapshots.parquet")["unchanged_until"].max()
            return content_digest(self._frame(file), Path(file).stem, part, newest)
        except (ArrowException, OSError, ValueError):
            return ""


def content_digest(frame: pd.DataFrame, name: str, part: str, newest: pd.Timestamp) -> str:
    """Return the SHA-256 of what a page can show of a table, or of a part of it.

    How far lists reach moves where nothing is new, and is left out; which of the table's days the
    data have reached is not: a page says what is in force.
    """
    if part == MONTH:
        return sha256(f"{newest:%Y-%m}".encode())
    rows = frame.drop(columns=[*MOVING.get(name, ())])
    rows = _part_of(rows, name, part) if part else rows
    days = rows.select_dtypes("datetime")
    rows = pd.concat([rows, (days <= newest).add_prefix("reached ")], axis=1)
    digest = hashlib.sha256(json.dumps([*rows.columns]).encode())
    digest.update(pd.util.hash_pandas_object(rows, index=False).to_numpy().tobytes())
    return digest.hexdigest()


def _part_of(rows: pd.DataFrame, name: str, part: str) -> pd.DataFrame:
    """Return the rows of a part: whose they are is what that table has them by."""
    if name == "snapshots":  # which files there are decides; what is in them shows in other tables
        return rows.loc[rows["file"].str.startswith(f"data/raw/{part}/"), ["file"]]
    return rows[rows["source" if name == "sources" else "convention"] == part]
