"""Writing the processed tables and their Frictionless `datapackage.json`: all of them or none."""

from __future__ import annotations

import io
import json
import re
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np
import pandas as pd
import pyarrow as pa

from adoption.core.errors import AdoptionError, did_you_mean
from adoption.core.files import sha256
from adoption.core.paths import previous
from adoption.tables.csvfile import AT, RawTable, unique
from adoption.tables.dictionary import (
    PART_FILES,
    TABLES,
    ColumnDescription,
    TableDescription,
    files_of,
    table_description,
)
from adoption.tables.rows import with_dtypes

FIELD_TYPES = {"text": "string", "day": "date"}  # others are called as in the dictionary
# Of what stands apart, in the words of its sidecar.
OTHER_TERMS = "Each source's own terms; see the tables sources and snapshots"
ITU = "ITU: non-commercial and educational use with attribution"
PACKAGE_TITLE = "How states adopt the UN Convention against Cybercrime, and conventions like it"
ARROW_TEXT = pd.StringDtype("pyarrow", na_value=np.nan)
FORMULA_CELL = r"^(?=[=+\-@\t])"  # a spreadsheet reads a text that begins so as a formula
Tables: TypeAlias = Mapping[str, pd.DataFrame]  # by name
LICENCES = {"gci": {"name": "ITU-non-commercial", "title": ITU}}


def encode(tables: Tables) -> dict[str, bytes]:
    """Return the files of the processed folder by name."""
    files = {}
    parts = dict[str, pd.DataFrame]()
    for name, frame in tables.items():
        parts |= _parts(name, frame)
    for name, frame in parts.items():
        files[f"{name}.csv"] = to_csv(without_formulas(frame))
        files[f"{name}.parquet"] = to_parquet(frame)
    files["datapackage.json"] = data_package(parts, files)
    files["README.md"] = Path(__file__).with_name("processed.md").read_bytes()
    return files


def _parts(name: str, frame: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """Return the rows of a table by the file that holds them."""
    parts = {}
    for file in files_of(name)[1:]:
        _, column, value = PART_FILES[file]
        parts[file] = frame[frame[column] == value]
        frame = frame[frame[column] != value]
    return {name: frame, **parts}


def join(name: str, parts: Sequence[pd.DataFrame]) -> pd.DataFrame:
    """Return a table whole, of what its files hold."""
    if len(parts) == 1:
        return parts[0]
    frame = pd.concat(parts)
    key = [column for column in table_description(name).unique if column in frame]
    return frame.sort_values(key, ignore_index=True)


def without_formulas(frame: pd.DataFrame) -> pd.DataFrame:
    """Return a table for a spreadsheet: an apostrophe begins a text that it would run."""
    texts = frame.select_dtypes(["str", "object"])
    begins = re.compile(FORMULA_CELL)
    runs = [c for c in texts if any(begins.match(str(text)) for text in texts[c].unique())]
    quoted = {str(c): texts[c].replace(FORMULA_CELL, "'", regex=True) for c in runs}
    return frame.assign(**quoted)


def to_csv(frame: pd.DataFrame, float_format: str | None = None) -> bytes:
    """Return a table as CSV: UTF-8, LF, days as 2025-10-25, true and false in lower case."""
    flags = frame.select_dtypes("bool").replace({True: "true", False: "false"})
    words = frame.assign(**{str(name): flags[name] for name in flags})
    text: str = words.to_csv(
        index=False, lineterminator="\n", date_format="%Y-%m-%d", float_format=float_format
    )
    return text.encode()


def to_parquet(frame: pd.DataFrame) -> bytes:
    """Return a table as Parquet, the same however pandas keeps its text."""
    texts = frame.select_dtypes(["str"]).astype(ARROW_TEXT)
    content: bytes = frame.assign(**texts).to_parquet(index=False, compression="zstd")
    return content


def replace_folder(folder: Path, files: Mapping[str, bytes]) -> None:
    """Put files into a folder in one step; what stood there before goes only then."""
    try:
        recover(folder)
        for left in folder.parent.glob(f".{folder.name}.*"):  # by a run that was killed
            shutil.rmtree(left, ignore_errors=True)
        new = Path(tempfile.mkdtemp(prefix=f".{folder.name}.", dir=folder.parent))
        try:
            for name, data in files.items():
                (new / name).write_bytes(data)
            new.chmod(0o755)
            if folder.exists():
                folder.rename(previous(folder))
            new.rename(folder)
        finally:
            shutil.rmtree(new, ignore_errors=True)
            recover(folder)
    except OSError as error:
        raise AdoptionError(f"{folder}: cannot be written: {error.strerror}") from error


def recover(folder: Path) -> None:
    """Finish what a run that was cut off between the two renames left."""
    before = previous(folder)
    if not folder.exists() and before.exists():
        before.rename(folder)
    shutil.rmtree(before, ignore_errors=True)


def folder_differences(folder: Path, files: Mapping[str, bytes]) -> list[str]:
    """Return in words how a folder differs from the files it should hold."""
    return [f"{name} {how}" for name, how in differing_files(folder, files).items()]


def differing_files(folder: Path, files: Mapping[str, bytes]) -> dict[str, str]:
    """Return how each file of a folder that is not as it should be differs.

    A Parquet file carries the version of the library that wrote it, so one with other
    bytes and the same table is not a difference.
    """
    differing = {}
    present = {path.name for path in folder.iterdir()} if folder.is_dir() else set()
    for name, data in files.items():
        if name not in present:
            differing[name] = "is missing"
        elif (folder / name).read_bytes() != data and not _same_table(folder / name, data):
            differing[name] = "is out of date"
    return differing | dict.fromkeys(sorted(present - files.keys()), "does not belong there")


def _same_table(path: Path, data: bytes) -> bool:
    if path.suffix != ".parquet":
        return False
    try:
        return pd.read_parquet(path).equals(pd.read_parquet(io.BytesIO(data)))
    except (OSError, pa.ArrowException):
        return False


def check_files(folder: Path, only: str = "") -> None:
    """Refuse a folder of tables of which a CSV file, or only one, is not as the build wrote it."""
    file, what = "datapackage.json", "damaged"
    try:
        resources = json.loads((folder / file).read_bytes())["resources"]
        for resource in (entry for entry in resources if only in ("", entry["path"])):
            file, what = resource["path"], "edited or damaged, but its Parquet is what is read"
            if resource["hash"] != f"sha256:{sha256((folder / file).read_bytes())}":
                raise ValueError(file)
    except (FileNotFoundError, KeyError, ValueError) as error:
        what = "missing" if isinstance(error, FileNotFoundError) else what
        raise AdoptionError(f"data/processed/{file}: {what}; run `adoption build`") from None


def data_package(parts: Tables, files: Mapping[str, bytes]) -> bytes:
    """Return the data package descriptor."""
    described = [(table, file) for table in TABLES for file in files_of(table.name)]
    resources = [_resource(table, file, len(parts[file]), files) for table, file in described]
    day = parts["snapshots"]["unchanged_until"].max().date()
    package = {
        "profile": "tabular-data-package",
        "name": "adoption",
        "title": PACKAGE_TITLE,
        "version": version_of(resources, day),
        "description": (
            "Missing is empty and means not known. Every row names its source; the table "
            "sources describes them, the table snapshots the raw files. Each table is also "
            "there as Parquet."
        ),
        "licenses": [{"name": "various", "title": OTHER_TERMS}],
        "resources": resources,
    }
    return (json.dumps(package, ensure_ascii=False, indent=2) + "\n").encode()


def version_of(resources: Iterable[Mapping[str, Any]], day: date) -> str:
    """Return the version of the data: their day, and a digest of all tables as CSV.

    Examples
    --------
    >>> version_of([{"path": "acts.csv", "hash": "sha256:0"}], date(2026, 11, 29))
    '2026-11-29.c3beca98edf3'
    """
    hashes = sorted(f"{resource['path']} {resource['hash']}" for resource in resources)
    digest = sha256("\n".join(hashes).encode())
    return f"{day}.{digest[:12]}"


def _resource(
    table: TableDescription, part: str, rows: int, files: Mapping[str, bytes]
) -> dict[str, Any]:
    file = f"{part}.csv"
    terms = LICENCES.get(part)
    about = {
        "name": part.replace("_", "-"),
        "path": file,
        "profile": "tabular-data-resource",
        "description": f"One row is {table.row}.",
        **({"licenses": [terms]} if terms else {}),
    }
    contents = {
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": len(files[file]),
        "hash": f"sha256:{sha256(files[file])}",
        "rows": rows,
    }
    schema = {
        "fields": [_field(column) for column in table.columns],
        "missingValues": [""],
        "primaryKey": list(table.unique),
        "foreignKeys": [*_foreign_keys(table)],
    }
    return {**about, **contents, "schema": schema}


def _foreign_keys(table: TableDescription) -> Iterator[dict[str, Any]]:
    for column in table.columns:
        resource, dot, key = column.refers.partition(".")
        if dot and resource != "sources":
            reference = {"resource": resource.replace("_", "-"), "fields": key}
            yield {"fields": column.name, "reference": reference}


def _field(column: ColumnDescription) -> dict[str, Any]:
    constraints: dict[str, Any] = {"required": not column.missing}
    if column.allowed:
        constraints["enum"] = list(column.allowed)
    return {
        "name": column.name,
        "type": FIELD_TYPES.get(column.kind, column.kind),
        "description": f"{column.means}.",
        "constraints": constraints,
    }


def conform(name: str, frame: pd.DataFrame) -> pd.DataFrame:
    """Return a table with the dictionary's columns, dtypes and order of rows, validated.

    Empty text becomes missing. Rows are sorted by the table's key. The column `at`, where
    a row comes from, stays if it is there.
    """
    entry = table_description(name)
    places = [AT] if AT in frame.columns else []
    frame = frame.reindex(columns=[*entry.names, *places]).reset_index(drop=True)
    checked = RawTable(f"table {name}", frame)
    for column in entry.columns:
        values = frame[column.name]
        if column.kind == "text":
            frame[column.name] = values = values.replace("", pd.NA)
        if not column.missing:
            checked.refuse(column.name, values.isna(), "is missing")
        if column.allowed:
            wrong = ~values.isin(column.allowed) & values.notna()
            checked.refuse(column.name, wrong, f"is not one of {', '.join(column.allowed)}")
    unique(checked, *entry.unique)
    others = {name: dtype for name, dtype in entry.dtypes().items() if frame[name].dtype != dtype}
    return with_dtypes(frame, others).sort_values(
        list(entry.unique), kind="stable", ignore_index=True
    )


def check_references(tables: Tables) -> None:
    """Check that every key that a column refers to exists."""
    for entry in TABLES:
        checked = RawTable(f"table {entry.name}", tables[entry.name])
        for column in (column for column in entry.columns if column.refers):
            target, _, key = column.refers.partition(".")
            allowed = set(tables[target][key])
            values = checked.frame[column.name].dropna().drop_duplicates()
            for row, value in values.items():
                for part in str(value).split(";") if target == "sources" else [value]:
                    if part not in allowed:
                        near = did_you_mean(str(part), allowed, 1)
                        problem = f"{part!r} is not in {target}.{key}; {near}"
                        raise checked.error(row, column.name, problem)
