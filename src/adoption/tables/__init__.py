"""The processed tables, as analyses and notebooks read them."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any, Literal, TypeAlias

import numpy as np
import pandas as pd
from pyarrow import ArrowException

from adoption.core.days import on_or_before
from adoption.core.errors import AdoptionError, did_you_mean
from adoption.core.paths import processed_folder
from adoption.core.reading import record_read, remembered, unrecorded
from adoption.core.vocabulary import GRADES
from adoption.tables.dictionary import TABLES, files_of, table_description
from adoption.tables.write import check_files, join, version_of

if int(pd.__version__.split(".")[0]) < 3:  # before, `astype("str")` made a text of what is missing
    raise AdoptionError(
        f"pandas {pd.__version__}: allowed: 3 or later (pip install 'pandas>=3'; of lifelines, "
        "version 0.30.0 works with it)"
    )


ADDITIONS_FILE = (
    "added.json"  # of a snapshot what it adds, of data/processed what has been added in all
)
PACKAGE = "datapackage.json"
AdditionKind: TypeAlias = Literal["convention", "index", "group", "act"]
MONTH = "month of the data"  # the part of the table of snapshots that decides a page
# What moves where nothing is new. A page that shows it is made anew at the latest in a new month.
MOVING: Mapping[str, Sequence[str]] = {
    "conventions": ("complete_to", "nearly_complete_to", "partial_to", "reach"),
    "sources": ("accessed", "rows"),
    "snapshots": ("accessed", "complete_to", "unchanged_until"),
}


def read(name: str) -> pd.DataFrame:
    """Return a processed table with the dtypes of the data dictionary.

    Parameters
    ----------
    name : str
        Its name, such as acts or capacity; `adoption.tables.dictionary` lists them.

    Raises
    ------
    AdoptionError
        If there is no such table, or it has not been built.

    Examples
    --------
    >>> read("conventions").loc[0, "convention"]
    'arab-2010'
    """
    names = [entry.name for entry in TABLES]
    if name not in names:
        entries = [entry for entry in names if name in files_of(entry)]
        near = f"it is part of {entries[0]}" if entries else did_you_mean(name, names, 1)
        raise AdoptionError(f"no table {name!r}; {near} (all: {', '.join(names)})")
    # Each reader has a frame of its own: `to_numpy` of a shallow copy can be written through.
    return _remembered_table(name).copy()


def sources_named(keys: Iterable[str]) -> pd.DataFrame:
    """Return the rows of some sources, in the order of the table; a page depends on no others.

    Examples
    --------
    >>> sources_named(["untc-mtdsg-2018", "no such source"])["source"].tolist()
    ['untc-mtdsg-2018']
    """
    wanted = {*keys}
    for key in wanted:
        record_read(processed_folder() / "sources.parquet", key)
    with unrecorded():
        rows = _remembered_table("sources")
    return rows[rows["source"].isin(wanted)]


def snapshots_of(*folders: str) -> pd.DataFrame:
    """Return the raw files of some folders of `data/raw`; a page depends on no others.

    Examples
    --------
    >>> set(snapshots_of("acts-cybercrime")["file"].str.split("/").str[2])
    {'acts-cybercrime'}
    """
    for folder in folders:
        record_read(processed_folder() / "snapshots.parquet", folder)
    with unrecorded():
        rows = _remembered_table("snapshots")
    return rows[rows["file"].str.startswith(tuple(f"data/raw/{name}/" for name in folders))]


@remembered
def data_day() -> date:
    """Return the day of the data: the last on which a raw file was taken, or found unchanged.

    It is that of the newest of all sources; a list of acts may be older (`adoption.law.evidence`).
    """
    record_read(processed_folder() / "snapshots.parquet", MONTH)
    with unrecorded():
        newest: date = _remembered_table("snapshots")["unchanged_until"].max().date()
    return newest


@remembered
def data_version() -> str:
    """Return the version of the data: their day, and a digest of all tables.

    Examples
    --------
    >>> data_version().startswith(f"{data_day()}.")
    True
    """
    path = processed_folder() / PACKAGE
    record_read(path)
    try:
        return version_of(json.loads(path.read_bytes())["resources"], data_day())
    except (OSError, KeyError, ValueError):
        raise AdoptionError(f"data/processed/{PACKAGE}: damaged; run `adoption build`") from None


@remembered
def _remembered_table(name: str) -> pd.DataFrame:
    parts = []
    for file in files_of(name):
        path = processed_folder() / f"{file}.parquet"
        location = f"data/processed/{file}.parquet"
        part = _read_part(path, f"{location}: damaged; run `adoption build`")
        if part is None:
            raise AdoptionError(f"{location}: missing; run `adoption build`")
        _check_csv(path)
        parts.append(_typed(part, location, table_description(name).dtypes()))
    return join(name, parts)


def _check_csv(path: Path) -> None:
    """Refuse a table whose CSV file was edited: the other is read. Stamps say which to look at."""
    csv = path.with_suffix(".csv")
    if csv.is_file() and csv.stat().st_mtime_ns > path.stat().st_mtime_ns:
        check_files(path.parent, csv.name)


def _typed(part: pd.DataFrame, location: str, dtypes: Mapping[str, str]) -> pd.DataFrame:
    """Return a file of a table with the types of this version's dictionary."""
    absent = [column for column in dtypes if column not in part]
    if absent:
        problem = f"has no column {absent[0]}: another version built it"
        raise AdoptionError(f"{location}: {problem}; run `adoption build`")
    try:
        return part.astype(dtypes)
    except ValueError:
        raise AdoptionError(
            f"{location}: has other types than this version's; run `adoption build`"
        ) from None


def _read_part(path: Path, damaged: str) -> pd.DataFrame | None:
    """Return what a file of a table holds; None where there is no such file."""
    record_read(path)  # also where it is missing: a page changes when it comes
    if not path.is_file():
        return None
    try:
        return pd.read_parquet(path)
    except (ArrowException, OSError, ValueError):
        raise AdoptionError(damaged) from None


def read_build(folder: Path, names: Collection[str] | None = None) -> dict[str, pd.DataFrame]:
    """Read every table of a folder of built tables, or some, whatever version built them.

    They have the types of that version.
    """
    if not folder.is_dir():
        raise AdoptionError(f"{folder}: there is no such folder")
    parts_by_name: dict[str, list[pd.DataFrame]] = {}
    wanted = [entry.name for entry in TABLES if names is None or entry.name in names]
    files = [(name, file) for name in wanted for file in files_of(name)]
    for name, file in files:
        path = folder / f"{file}.parquet"
        part = _read_part(path, f"{path}: damaged: it cannot be read as a table")
        if part is not None:
            parts_by_name.setdefault(name, []).append(part)
    if not parts_by_name:
        raise AdoptionError(f"{folder}: holds no table of a build (name.parquet)")
    return {name: join(name, parts) for name, parts in parts_by_name.items()}


def read_of(name: str, *conventions: str) -> pd.DataFrame:
    """Return the rows of conventions of a processed table; a page depends on no others.

    Examples
    --------
    >>> set(read_of("acts", "hanoi")["convention"])
    {'hanoi'}
    """
    for convention in conventions:
        record_read(processed_folder() / f"{name}.parquet", convention)
    with unrecorded():
        rows, places = _remembered_table(name), _places(name)
    codes = sorted(set(conventions))
    parts = [rows[places.get(code, slice(0))] for code in codes]
    if len(parts) == 1:
        return parts[0].copy()
    return pd.concat([rows[:0], *parts])


def read_of_state(name: str, iso3: str) -> pd.DataFrame:
    """Return the rows of a state of a processed table, whose rows are grouped once for all states.

    Examples
    --------
    >>> read_of_state("votes", "QAT")["resolution"].is_unique
    True
    """
    rows = _remembered_table(name)
    return rows.take(_places_of_states(name).get(iso3, []))


@remembered
def _places_of_states(name: str) -> Mapping[str, Sequence[int]]:
    """Return the places of the rows of each state in a table."""
    places: dict[str, list[int]] = {}
    for place, iso3 in enumerate(_remembered_table(name)["iso3"].tolist()):
        places.setdefault(iso3, []).append(place)
    return places


@remembered
def _places(name: str) -> Mapping[str, slice]:
    """Return where the rows of each convention lie in a table, which a build has in their order."""
    codes = _remembered_table(name)["convention"]
    if not codes.is_monotonic_increasing:
        raise AdoptionError(
            f"data/processed/{name}.parquet: its conventions are in no order; run `adoption build`"
        )
    first = ~codes.duplicated()
    starts = [*np.flatnonzero(first), len(first)]
    return {code: slice(*ends) for code, ends in zip(codes[first], pairwise(starts), strict=True)}


def of_convention(rows: pd.DataFrame, *conventions: str) -> pd.DataFrame:
    """Return the rows of one or several conventions, by id."""
    return rows[rows["convention"].isin(conventions)]


def known_by(acts: pd.DataFrame, day: date) -> pd.DataFrame:
    """Return the acts that can have happened by a day."""
    return acts[on_or_before(acts["earliest"], day)]


def certain_by(acts: pd.DataFrame, day: date) -> pd.DataFrame:
    """Return the acts that certainly happened by a day."""
    return acts[on_or_before(acts["latest"], day)]


def best_supported(acts: pd.DataFrame, kinds: Sequence[str], as_of: date) -> pd.DataFrame:
    """Return each participant's best supported act of some kinds by a day, indexed by iso3.

    If a state's signature is confirmed and its ratification only reported, the signature is
    returned.
    """
    done = certain_by(acts[acts["act"].isin(kinds)], as_of)
    order = done["grade"].map(GRADES.index).sort_values(kind="stable").index
    return done.loc[order].drop_duplicates("iso3").set_index("iso3")


def without_reports(acts: pd.DataFrame) -> pd.DataFrame:
    """Return the acts that are not only reported."""
    return acts[acts["grade"] != "reported"]


def count_by_grade(grades: Iterable[str]) -> dict[str, int]:
    """Count the grades of acts, the best supported first.

    Examples
    --------
    >>> count_by_grade(["reported", "confirmed", "reported"])
    {'confirmed': 1, 'inferred': 0, 'reported': 2}
    """
    counts = Counter(grades)
    return {grade: counts[grade] for grade in GRADES}


def of_index(
    capacity: pd.DataFrame, index: str, edition: int | None = None, component: str | None = None
) -> pd.DataFrame:
    """Return the rows of an index; of one edition and one component where they are named."""
    rows = capacity[capacity["index"] == index]
    if edition is not None:
        rows = rows[rows["edition"] == edition]
    return rows if component is None else rows[rows["component"] == component]


def members_of(memberships: pd.DataFrame, organisation: str) -> set[str]:
    """Return the members of an organisation by ISO3, with those that are no longer current."""
    return set(memberships.loc[memberships["organisation"] == organisation, "iso3"])


def only_states(frame: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of states and observers, without those of organizations."""
    return frame[frame["kind"] != "organization"]


@remembered
def built_additions(kind: AdditionKind) -> dict[str, dict[str, Any]]:
    """Return the rules of what was added when the tables were built, by id."""
    path = processed_folder() / ADDITIONS_FILE
    record_read(path)
    try:
        entries: dict[str, dict[str, Any]] = json.loads(path.read_bytes()).get(kind, {})
    except FileNotFoundError:
        return {}
    except ValueError:
        raise AdoptionError(
            f"data/processed/{ADDITIONS_FILE}: damaged; run `adoption build`"
        ) from None
    return entries
