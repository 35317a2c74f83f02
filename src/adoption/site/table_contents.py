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
from typing import Any, TypeAlias

import numpy as np
import pandas as pd
from pyarrow import ArrowException

from adoption.core.files import sha256
from adoption.tables import MONTH, MOVING

Hashes: TypeAlias = np.ndarray[tuple[int], np.dtype[np.uint64]]  # one a row
OF_TABLES = re.compile(r"data/processed/[^/]+\.parquet(#.*)?")


class TableContents:
    """The digests of what pages can show of the tables of a project, each worked out once."""

    def __init__(self, root: Path) -> None:
        self._frame = cache(lambda file: pd.read_parquet(root / file))
        self._hashed = cache(self._hashed_rows)

    def __call__(self, name: str) -> str | None:
        """Return the digest of a table, or of a part of it; None if it is no table.

        It is no text where the table is missing or damaged.
        """
        if not OF_TABLES.fullmatch(name):
            return None
        file, _, part = name.partition("#")
        try:
            return self._digest(file, part)
        except (ArrowException, OSError, ValueError):
            return ""

    def _digest(self, file: str, part: str) -> str:
        """Return the SHA-256 of what a page can show of a table, or of a part of it."""
        if part == MONTH:
            return sha256(f"{self._newest():%Y-%m}".encode())
        frame, table = self._frame(file), Path(file).stem
        if part and table == "snapshots":  # which files there are: the rest other tables show
            files = frame[["file"]]
            is_part = files["file"].str.startswith(f"data/raw/{part}/")
            return _digest_of([*files.columns], _hashes(files[is_part]))
        columns, hashes = self._hashed(file)
        if part:
            is_part = frame["source" if table == "sources" else "convention"] == part
            hashes = hashes[is_part.to_numpy(dtype=bool, na_value=False)]
        return _digest_of(columns, hashes)

    def _hashed_rows(self, file: str) -> tuple[list[str], Hashes]:
        """Return what columns of a table a page can show, and each row of these as a number.

        How far lists reach moves where nothing is new, and is left out; which of the table's days
        the data have reached is not: a page says what is in force.
        """
        rows = self._frame(file).drop(columns=[*MOVING.get(Path(file).stem, ())])
        has_come = (rows.select_dtypes("datetime") <= self._newest()).add_prefix("reached ")
        rows = pd.concat([rows, has_come], axis=1)
        return [*rows.columns], _hashes(rows)

    def _newest(self) -> Any:
        """Return the day that the data have reached."""
        return self._frame("data/processed/snapshots.parquet")["unchanged_until"].max()


def _hashes(rows: pd.DataFrame) -> Hashes:
    return np.asarray(pd.util.hash_pandas_object(rows, index=False), dtype=np.uint64)


def _digest_of(columns: list[str], hashes: Hashes) -> str:
    digest = hashlib.sha256(json.dumps(columns).encode())
    digest.update(hashes.tobytes())
    return digest.hexdigest()
