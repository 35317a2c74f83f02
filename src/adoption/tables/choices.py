"""Checks of what a person chooses, with one line that says what is allowed."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from contextlib import suppress
from datetime import date, datetime
from types import MappingProxyType
from typing import Any

import numpy as np
import pandas as pd
from pandas.api.types import is_datetime64_dtype, is_list_like

from adoption import tables
from adoption.core.acts import ACTS, SIGNATURES
from adoption.core.errors import AdoptionError, did_you_mean
from adoption.core.reading import remembered
from adoption.core.text import counted
from adoption.tables.names import load_participants

Day = date | np.datetime64 | str  # as a person gives it; a Timestamp is a date
LATEST = "latest"  # the day of the data
RANGE = ("01-01", "12-31")  # of the first year and of the last
MAX_VALUES = 3  # of the values of one column that are wrong
MAX_NAMED = 12  # values of a column, which a line names all
# Definitive signatures can come months before the opening.
NO_TIME, YEAR = pd.Timedelta(0), pd.Timedelta(days=366)


def to_day(value: object, field: str = "as_of") -> date:
    """Return a day: from a date, a Timestamp, text as 2025-10-25, or `latest`, that of the data.

    A time of day is left out; of one with a time zone, the day in that zone is taken.

    Examples
    --------
    >>> to_day("2025-10-26"), to_day(np.datetime64("2025-10-26T09:30"))
    (datetime.date(2025, 10, 26), datetime.date(2025, 10, 26))
    """
    if isinstance(value, np.datetime64):
        value = pd.Timestamp(value)
    if isinstance(value, str) and value == LATEST:
        return tables.data_day()
    if isinstance(value, date) and not pd.isna(value):
        return value.date() if isinstance(value, datetime) else value
    if isinstance(value, str) and len(value) == len("2025-10-25"):
        with suppress(ValueError):
            return date.fromisoformat(value)
    named = f"a {type(value).__name__}" if is_list_like(value) else repr(value)
    raise AdoptionError(
        f"{field}: {named} is neither a day of the calendar (as 2025-10-25) nor {LATEST!r}"
    )


def _check_no_years(value: object) -> None:
    """Refuse years where days are asked for, with the range that they may mean."""
    is_single = isinstance(value, str) or not isinstance(value, Iterable)
    several = [value] if is_single else list(value)  # type: ignore[call-overload]
    texts = [str(item) for item in several if isinstance(item, int | np.integer | str)]
    are_years = all(re.fullmatch(r"\d{4}(\D{1,4}\d{4})?", text) for text in texts)
    if texts and len(texts) == len(several) and are_years:
        years = re.findall(r"\b\d{4}\b", " ".join(texts))
        is_short = len(several) < 3 or isinstance(value, range)
        named = value if is_short else several[0]
        raise AdoptionError(f"days: {named!r} names years; as a range: '{years[0]}/{years[-1]}'")


def parse_days(value: object, freq: str) -> pd.DatetimeIndex:
    """Return days: those of a sequence, or of a range of years or days at a frequency.

    Examples
    --------
    >>> parse_days("2001/2003", "YE").strftime("%Y-%m-%d").tolist()
    ['2001-12-31', '2002-12-31', '2003-12-31']
    """
    if isinstance(value, str) and "/" in value:
        ends = value.split("/", 1)
        dates = [f"{e}-{day}" if len(e) == 4 else e for e, day in zip(ends, RANGE, strict=True)]
        first, last = (to_day(text, "days") for text in dates)
        days = regular_days(first, last, freq)
    else:
        _check_no_years(value)
        several = isinstance(value, Iterable) and not isinstance(value, str)
        listed_days: Iterable[object] = value if several else [value]  # type: ignore[assignment]
        days = pd.DatetimeIndex([to_day(day, "days") for day in listed_days])
    if days.empty:
        raise AdoptionError(f"days: {value!r} is an empty range")
    if (twice := days.normalize()).has_duplicates:
        raise AdoptionError(f"days: {twice[twice.duplicated()][0]:%Y-%m-%d} is named twice")
    if days.max() > (newest := pd.Timestamp(tables.data_day())):
        raise AdoptionError(
            f"days: {days.max():%Y-%m-%d} is after {newest:%Y-%m-%d} (the day of the data)"
        )
    return days


def regular_days(first: date, last: date, freq: str, field: str = "freq") -> pd.DatetimeIndex:
    """Return the days from one to another at a frequency of pandas.

    Examples
    --------
    >>> regular_days(date(2001, 1, 1), date(2002, 12, 31), "YE").strftime("%Y-%m-%d").tolist()
    ['2001-12-31', '2002-12-31']
    """
    try:
        return pd.date_range(first, last, freq=freq)
    except (ValueError, TypeError):
        raise AdoptionError(
            f"{field}: {freq!r} is not a frequency of pandas (such as YE, QE, MS or W)"
        ) from None


def years_of(value: object) -> list[int]:
    """Return years: those of a range as "2001/2025", of a sequence, or one.

    Examples
    --------
    >>> years_of("2018/2020"), years_of([2024]), years_of(2024)
    ([2018, 2019, 2020], [2024], [2024])
    """
    years: list[object] = [value]
    if isinstance(value, str) and re.fullmatch(r"\d{4}/\d{4}", value):
        first, last = map(int, value.split("/"))
        years = [*range(first, last + 1)]
    elif isinstance(value, Iterable) and not isinstance(value, str):
        years = [*value]
    if not years or not all(isinstance(year, int | np.integer) for year in years):
        raise AdoptionError(f"years: {value!r} is neither years nor a range as '2001/2025'")
    return sorted({int(str(year)) for year in years})


def check_acts(acts: pd.DataFrame, field: str = "acts", opened: date | None = None) -> None:
    """Refuse a frame of acts with a wrong code, act or day, and name each.

    Parameters
    ----------
    acts : DataFrame
        A user's own or one of the tables: iso3 (missing only where `participant` is one that has
        no code), act, date (datetime64); earliest and latest where a day is not known.
    field : str
        What the line calls it.
    opened : date, optional
        The opening of the one treaty that they are of: no signature is before it, no act more
        than a year.

    Raises
    ------
    AdoptionError
        With every value that is not allowed, and the nearest that is.

    Examples
    --------
    >>> check_acts(tables.read("acts"))
    """
    uncoded = [name for name, iso3 in load_participants().codes.items() if not iso3]
    wrong = missing_columns(field, acts, ("iso3", "act", "date"))
    wrong += _several_treaties(acts) if opened else []
    wrong += unknown_values(acts, {"act": ACTS, "iso3": load_participants().areas})
    lacking = {name: acts[name].isna() for name in ("act", "iso3") if name in acts}
    if "iso3" in lacking and "participant" in acts:
        lacking["iso3"] &= ~acts["participant"].isin(uncoded)
    for name, rows in lacking.items():
        wrong += faulty_rows(rows, f"without {name}")
    ends = [name for name in ("date", "earliest", "latest") if name in acts]
    text = [name for name in ends if not is_datetime64_dtype(acts[name])]
    wrong += [f"the column {n!r} does not hold days (datetime64, no time zone)" for n in text]
    if "date" in ends and not text:
        day = acts["date"]
        first = day.fillna(acts["earliest"]) if "earliest" in acts else day
        last = day.fillna(acts["latest"]) if "latest" in acts else day
        without_a_day = "without a day, or without both of its ends"
        wrong += faulty_rows(first.isna() | last.isna(), without_a_day)
        low = acts.get("earliest", first)
        high = acts.get("latest", last)
        outside = (low > high) | (first < low) | (last > high)
        wrong += faulty_rows(outside, "whose days are out of order")
        if opened:
            before = last < pd.Timestamp(opened) - NO_TIME
            early = last < pd.Timestamp(opened) - YEAR
            signed = before & acts.get("act", before).eq(SIGNATURES[0])
            wrong += faulty_rows(early, f"more than a year before the opening on {opened}")
            wrong += faulty_rows(signed, f"of a signature before the opening on {opened}")
    if wrong:
        raise AdoptionError(f"{field}: {'; '.join(wrong)}")


def _several_treaties(acts: pd.DataFrame) -> list[str]:
    counts = {name: acts[name].nunique() for name in ("treaty", "convention") if name in acts}
    number = "they are of {} different values of {!r}; one is allowed"
    return [number.format(count, name) for name, count in counts.items() if count > 1]


def missing_columns(field: str, frame: object, columns: Collection[str]) -> list[str]:
    """Name the columns that a frame lacks, as parts of an error; refuse what is not a frame."""
    if not isinstance(frame, pd.DataFrame):
        library = type(frame).__module__.partition(".")[0]
        name = type(frame).__name__
        type_name = name if library == "builtins" else f"{library}.{name}"
        raise AdoptionError(f"{field}: {type_name} is not a DataFrame of pandas")
    missing = [name for name in columns if name not in frame]
    return [f"there is no column {', '.join(map(repr, missing))}"] if missing else []


def unknown_values(frame: pd.DataFrame, allowed: Mapping[str, Collection[object]]) -> list[str]:
    """Name the values of each column that are not allowed, with the nearest that are."""
    texts = []
    for column in (name for name in allowed if name in frame):
        values = frame[column].unique()
        unknown = set(values[pd.notna(values)].tolist()) - set(allowed[column])
        in_order = sorted(unknown, key=str)
        words = [*map(str, allowed[column])]
        near = [f"{value!r} ({did_you_mean(value, words, 1)})" for value in in_order[:MAX_VALUES]]
        left_out = len(in_order) - MAX_VALUES
        more = f" and {left_out} more" if left_out > 0 else ""
        if len(allowed[column]) <= MAX_NAMED:
            more += f" (all: {', '.join(map(str, allowed[column]))})"
        texts += [f"{column} {', '.join(near)}{more}"] if near else []
    return texts


def faulty_rows(wrong: pd.Series[bool], problem: str) -> list[str]:
    """Count rows with a fault, and name the first."""
    number = int(wrong.sum())
    if not number:
        return []
    return [f"{counted(number, 'row')} {problem} (row {wrong.idxmax()})"]


def check_range(field: str, value: Any, low: float, high: float) -> float:
    """Return a number that must lie within bounds.

    Examples
    --------
    >>> check_range("reports_true", 0.8, 0, 1)
    0.8
    """
    is_number = isinstance(value, int | float | np.number) and not isinstance(value, bool)
    if is_number and low <= value <= high:
        return float(value)
    raise AdoptionError(f"{field}: {value!r} is not a number from {low:g} to {high:g}")


def whole_number(field: str, value: Any, low: int, high: int) -> int:
    """Return a whole number that must lie within bounds.

    Examples
    --------
    >>> whole_number("carry", 2, 0, 10)
    2
    """
    number = check_range(field, value, low, high)
    if not number.is_integer():
        raise AdoptionError(f"{field}: {value!r} is not a whole number from {low} to {high}")
    return int(number)


def flag(field: str, value: object) -> bool:
    """Return a value that must be True or False.

    Examples
    --------
    >>> flag("directed", True)
    True
    """
    if not isinstance(value, bool | np.bool_):
        raise AdoptionError(f"{field}: {value!r} is neither True nor False")
    return bool(value)


def check_choice(field: str, text: str, allowed: Collection[str], of: str = "") -> str:
    """Return a word that must be one of some.

    Examples
    --------
    >>> check_choice("index", "GCI", ["GCI", "EGDI"])
    'GCI'
    """
    if not isinstance(text, str) or text not in allowed:
        suffix = f" {of}" if of else ""
        hint = did_you_mean(str(text), allowed, 1)
        raise AdoptionError(
            f"{field}: there is no {text!r}{suffix}; {hint} (all: {', '.join(allowed)})"
        )
    return text


def names_of(field: str, value: object) -> list[str]:
    """Return names: a single one as a list, several as they are.

    Examples
    --------
    >>> names_of("names", "GCI"), names_of("names", ("GCI", "EGDI"))
    (['GCI'], ['GCI', 'EGDI'])
    """
    if isinstance(value, str):
        return [value]
    if not isinstance(value, Iterable):
        raise AdoptionError(f"{field}: {value!r} is neither a name nor a list of names")
    return list(value)


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
