"""What a person may choose, and the line that says so where the choice is none of it."""

from __future__ import annotations

import csv
from collections.abc import Callable, Collection, Mapping
from contextlib import suppress
from datetime import date, datetime
from pathlib import Path
from types import MappingProxyType

import pandas as pd

from adoption import tables
from adoption.data.dictionary import ACTS
from adoption.errors import AdoptionError, did_you_mean, nearest
from adoption.paths import reference_folder
from adoption.reading import note, remembered

LATEST = "latest"  # the day of the data


def to_day(value: object, field: str = "as_of") -> date:
    """Return a day: from a date, a Timestamp, text as 2025-10-25, or `latest`, that of the data.

    Examples
    --------
    >>> to_day("2025-10-26"), to_day(pd.Timestamp("2025-10-26 09:30"))
    (datetime.date(2025, 10, 26), datetime.date(2025, 10, 26))
    """
    if value == LATEST:
        return tables.data_day()
    if isinstance(value, datetime) and not pd.isna(value):
        return value.date()
    if isinstance(value, date) and not pd.isna(value):
        return value
    if isinstance(value, str) and len(value) == len("2025-10-25"):
        with suppress(ValueError):
            return date.fromisoformat(value)
    raise AdoptionError(
        f"{field}: {value!r} is neither a day of the calendar (as 2025-10-25) nor {LATEST!r}"
    )


def check_acts(acts: pd.DataFrame) -> None:
    """Refuse a frame of acts in which a code, an act or a day is none, naming each.

    Parameters
    ----------
    acts : DataFrame
        A user's own or one of the tables: iso3 (text, may be missing), act, date (datetime64).

    Raises
    ------
    AdoptionError
        With every value that is not allowed, and the nearest that is.

    Examples
    --------
    >>> wrong = pd.DataFrame({"iso3": ["qat"], "act": ["Ratification"], "date": [pd.NaT]})
    >>> check_acts(wrong)  # doctest: +ELLIPSIS
    Traceback (most recent call last):
        ...
    adoption.errors.AdoptionError: acts: act 'Ratification' (did you mean ratification?)...
    """
    for column in ("iso3", "act", "date"):
        if column not in acts:
            raise AdoptionError(f"acts: there is no column {column!r}")
    if not pd.api.types.is_datetime64_dtype(acts["date"]):
        raise AdoptionError("acts: the column 'date' does not hold days (datetime64, no time zone)")
    allowed = {"act": set(ACTS), "iso3": {*state_kinds(), *_areas()}}
    wrong = [
        f"{column} {value!r} ({did_you_mean(str(value), allowed[column], 1)})"
        for column in allowed
        for value in sorted(set(acts[column].dropna()) - allowed[column], key=str)
    ]
    if wrong:
        raise AdoptionError(f"acts: {'; '.join(wrong)}")


def one_of(field: str, text: str, allowed: Collection[str], of: str = "") -> str:
    """Return a word that must be one of some.

    Examples
    --------
    >>> one_of("index", "GCI", ["GCI", "EGDI"])
    'GCI'
    """
    if not isinstance(text, str) or text not in allowed:
        raise AdoptionError(
            f"{field}: there is no {text!r}{f' {of}' if of else ''}; "
            f"{did_you_mean(str(text), allowed, 1)} (all: {', '.join(allowed)})"
        )
    return text


def country_code(text: str) -> str:
    """Return an ISO3 code that must be one of the table `states`.

    Examples
    --------
    >>> country_code("QAT")
    'QAT'
    """
    if text in state_kinds():
        return text
    states = tables.read("states")
    named = nearest(text, [*states["iso3"], *states["name"]], 1)[0]
    code = states.set_index("name")["iso3"].get(named, named)
    name = states.set_index("iso3")["name"].get(code)
    raise AdoptionError(
        f"country: {text!r} is not an ISO3 code of the table states; did you mean {code} ({name})?"
    )


@remembered
def state_kinds() -> Mapping[str, str]:
    """Return the kind of each state of the table `states`, such as member, by its ISO3 code.

    Examples
    --------
    >>> state_kinds()["QAT"]
    'member'
    """
    states = tables.read("states")
    return MappingProxyType(dict(zip(states["iso3"], states["kind"], strict=True)))


@remembered
def _areas() -> frozenset[str]:
    """Return the codes of places that are no state of the table but stand in lists of acts."""
    found = set()
    for name, column in (("area-codes.csv", "code"), ("other-participants.csv", "iso3")):
        path = reference_folder() / name
        note(path)
        with path.open(encoding="utf-8", newline="") as file:
            found |= {row[column] for row in csv.DictReader(file)}
    return frozenset(found - {""})


def first_there(
    text: str, folders: Collection[Path], is_there: Callable[[Path], bool]
) -> Path | None:
    """Return the first of some places at which there is a file or folder, if there is one.

    A path that cannot be, such as one too long, is none.
    """
    for folder in folders:
        try:
            if is_there(folder / text):
                return (folder / text).resolve()
        except (OSError, ValueError):
            continue
    return None
