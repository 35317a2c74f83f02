"""Codes of states in other lists: on which days each is valid, and which state one stands for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from adoption import tables
from adoption.core.errors import AdoptionError
from adoption.core.reading import remembered
from adoption.core.vocabulary import CODE_SYSTEMS
from adoption.tables.choices import check_choice, names_of


def codes_on(rows: pd.DataFrame, systems: str | Sequence[str]) -> pd.DataFrame:
    """Return the codes of states on days, as text; missing where a list has none on the day.

    Parameters
    ----------
    rows : DataFrame
        iso3 and day.
    systems : str or sequence of str
        Of `CODE_SYSTEMS`.

    Returns
    -------
    DataFrame
        One column a system, with the index of the rows.

    Examples
    --------
    >>> days = pd.to_datetime(["1989-12-31", "2020-12-31"])
    >>> codes_on(pd.DataFrame({"iso3": "DEU", "day": days}), ["cow", "gw"]).to_numpy().tolist()
    [['260', '260'], ['255', '260']]
    """
    systems = names_of("codes", systems)
    if len(set(systems)) < len(systems):
        raise AdoptionError(f"codes: one of {', '.join(systems)} is named twice")
    state_since = tables.read("states").set_index("iso3")["state_since"]
    code_rows = tables.read("codes").fillna({"since": pd.Timestamp("1800-01-01")})
    keys = rows[["iso3", "day"]].astype({"iso3": "str", "day": "datetime64[us]"})
    asked = keys.drop_duplicates().sort_values("day")
    for system in systems:
        check_choice("codes", system, CODE_SYSTEMS)
        valid = code_rows[code_rows["system"] == system].sort_values("since")
        valid = valid[["iso3", "since", "until", "code"]].rename(columns={"since": "day"})
        asked = pd.merge_asof(asked, valid, on="day", by="iso3")
        ended = asked["until"] < asked["day"]
        codes = asked["code"].mask(ended)
        asked = asked.assign(**{system: codes}).drop(columns=["until", "code"])
    before = asked["day"] < asked["iso3"].map(state_since)
    asked[systems] = asked[systems].mask(before)
    return keys.merge(asked, on=["iso3", "day"], how="left")[systems].set_index(rows.index)


def state_of_code(text: str) -> str | None:
    """Return the state of a code, with its system before it or alone; None if it is no code.

    Examples
    --------
    >>> state_of_code("cow:345"), state_of_code("gw:2"), state_of_code("qa")
    ('SRB', 'USA', 'QAT')
    """
    prefix, colon, code = text.casefold().rpartition(":")
    system = prefix.strip()
    named = _states_by_code().get(code.strip().lstrip("0"), {})
    states = {named[system]} if system in named else set(named.values())
    if colon and system not in named:
        return None
    if len(states) > 1:
        meant = ", ".join(f"{name}:{text} is {iso3}" for name, iso3 in named.items())
        raise AdoptionError(f"{text!r} is the code of several states: {meant}")
    return next(iter(states), None)


@remembered
def _states_by_code() -> dict[str, dict[str, str]]:
    """Return the state of each code by system, by code in lower case without leading zeros."""
    by_code: dict[str, dict[str, str]] = {}
    columns = ["system", "code", "iso3"]
    for system, code, iso3 in tables.read("codes")[columns].itertuples(index=False):
        by_code.setdefault(code.casefold().lstrip("0"), {})[system] = iso3
    return by_code


def states_of_codes(values: pd.Series[Any], system: str, days: pd.Series[Any]) -> pd.Series[str]:
    """Return the states of the codes of one list, each as it is valid on its day.

    Parameters
    ----------
    values : Series
        Codes as text or numbers; the zeros in front of them do not count.
    system : str
        One of `CODE_SYSTEMS`.
    days : Series of Timestamp
        The day of each; where it is missing a code stands for the state that had it last.

    Returns
    -------
    Series of str
        ISO3 codes with the index of the values; missing for a code that is none on the day.

    Examples
    --------
    >>> values = pd.Series([260, 260, 255])
    >>> days = pd.to_datetime(pd.Series(["1989-12-31", "2020-12-31", "2020-12-31"]))
    >>> states_of_codes(values, "cow", days).tolist()
    ['DEU', nan, 'DEU']
    """
    table = tables.read("codes")
    listed = table[table["system"] == check_choice("system", system, CODE_SYSTEMS)]
    listed = listed.assign(key=listed["code"].map(_plain_code))
    asked = pd.DataFrame({"key": values.map(_plain_code), "asked": days}).reset_index(drop=True)
    asked["place"] = asked.index
    pairs = asked.merge(listed[["key", "iso3", "since", "until"]], on="key")
    undated = pairs["asked"].isna()
    begun = pairs["since"].isna() | (pairs["since"] <= pairs["asked"])
    ended = pairs["until"] < pairs["asked"]
    valid = pairs[undated | (begun & ~ended)].sort_values("since", na_position="first")
    last = valid.drop_duplicates("place", keep="last").set_index("place")["iso3"]
    return last.reindex(asked.index).set_axis(values.index).astype("str")


def _plain_code(value: object) -> str:
    """Return a code as text without zeros in front; of the number 2.0 it is 2."""
    if isinstance(value, float | np.floating) and float(value).is_integer():
        value = int(value)
    return str(value).strip().casefold().lstrip("0")
