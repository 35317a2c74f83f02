"""The processed tables of a build, whatever wrote them and when, and as text to compare."""

from __future__ import annotations

import io
from collections.abc import Iterable
from pathlib import Path

import pandas as pd
from pyarrow import ArrowException

from adoption.data.dictionary import TABLES, files_of, table_of
from adoption.data.write import join, to_csv
from adoption.errors import AdoptionError
from adoption.reading import note

KEYS = {table.name: table.key for table in TABLES}
KINDS = {table.name: {c.name: c.kind for c in table.columns} for table in TABLES}


def read_build(folder: Path) -> dict[str, pd.DataFrame]:
    """Read every table of a folder, with its types."""
    if not folder.is_dir():
        raise AdoptionError(f"{folder}: there is no such folder")
    note(folder)
    paths = {path.stem: path for path in folder.glob("*.parquet")}
    if not paths:
        raise AdoptionError(f"{folder}: holds no table of a build (name.parquet)")
    return {
        name: join(name, [_read(paths[f]) for f in files_of(name) if f in paths])
        for name in in_order(map(table_of, paths))
    }


def key_columns(name: str, frame: pd.DataFrame) -> list[str]:
    """Return the columns of a table's key that a frame has, or all of them where it has none."""
    return [column for column in KEYS.get(name, ()) if column in frame.columns] or list(
        frame.columns
    )


def in_order(names: Iterable[str]) -> list[str]:
    """Return names of tables in the order of the data dictionary, unknown ones at the end."""
    known = list(KEYS)
    return sorted(set(names), key=lambda n: (known.index(n) if n in known else len(known), n))


def _read(path: Path) -> pd.DataFrame:
    note(path)
    try:
        return pd.read_parquet(path)
    except (ArrowException, OSError, KeyError, ValueError):  # no columns is a ValueError too
        name = f"{path.parent.name}/{path.name}"
        raise AdoptionError(f"{name}: damaged: it cannot be read as a table") from None


def as_text(name: str, frame: pd.DataFrame) -> pd.DataFrame:
    """Return a table as text, missing as empty, each number written one way, in 15 digits."""
    text = frame
    if not all(dtype == "str" for dtype in frame.dtypes) or frame.isna().to_numpy().any():
        text = pd.read_csv(io.BytesIO(to_csv(frame)), dtype="str", keep_default_na=False)
    for column, kind in KINDS.get(name, {}).items():
        if column in text.columns and kind in ("integer", "number"):
            number = pd.to_numeric(text[column], errors="coerce")
            text[column] = text[column].mask(number.notna(), number.map("{:.15g}".format))
    return text
