"""Pairs of states on days: which treaties are in force between them, and since when."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from adoption.countries.network import Joining, joining
from adoption.law.panel import members_for
from adoption.law.rules import ENDS
from adoption.law.spells import Flags, History, numbers_of

NO_DAY = np.datetime64("NaT", "us")

Indices = np.ndarray[tuple[int], np.dtype[np.intp]]


@dataclass(frozen=True)
class _Pairs:
    """The first and the second state of each pair, as positions in a list of states."""

    first: Indices
    second: Indices

    @classmethod
    def among(cls, states: Indices, *, directed: bool) -> _Pairs:
        """Return every pair of some states: each once, or from either of both."""
        size = (len(states), len(states))
        pairs = ~np.eye(*size, dtype=bool) if directed else np.triu(np.ones(size, bool), k=1)
        first, second = np.nonzero(pairs)
        return cls(states[first], states[second])

    def both(self, states: Flags) -> Flags:
        """Return whether a flag of the states holds for both of each pair."""
        inside: Flags = states[self.first] & states[self.second]
        return inside

    def later(self, days: np.ndarray) -> np.ndarray:
        """Return the later of the days of both; none where either has none."""
        later: np.ndarray = np.maximum(days[self.first], days[self.second])
        return later


def dyads(
    histories: Sequence[History],
    participants: pd.DataFrame,
    among: Collection[str],
    days: pd.DatetimeIndex,
    memberships: pd.DataFrame,
    *,
    directed: bool,
) -> pd.DataFrame:
    """Return the pairs of states on days; `adoption.dyads` says which columns.

    Parameters
    ----------
    histories : sequence of History
        The treaties with their spells.
    participants : DataFrame
        state_since and first_act of each, as the table `states` has them; by ISO3 code.
    among : collection of str
        The states whose pairs they are. One that was not yet a state on a day, or is not known to
        have been one, has no pair on it.
    days : DatetimeIndex
        The days.
    memberships : DataFrame
        The table of that name.
    directed : bool
        Whether each pair has a row from either of its states.
    """
    joins = [
        joining(
            history,
            participants,
            numbers_of(days),
            members_for(history.convention, memberships),
        )
        for history in histories
    ]
    since = participants["state_since"].fillna(participants["first_act"])
    is_asked, parts = participants.index.isin([*among]), []
    for number, day in enumerate(days):
        pairs = _Pairs.among(np.flatnonzero(is_asked & ~(since > day)), directed=directed)
        rows = _on_a_day(histories, joins, participants.index, pairs, number)
        parts.append(rows.assign(day=day))
    frame = pd.concat(parts, ignore_index=True)
    names = ["iso3", "partner", "day", "in_force", "lower", "upper", "instruments"]
    return frame[[*names, *(f"since_{end}" for end in ENDS)]].astype({"day": "datetime64[us]"})


def _on_a_day(
    histories: Sequence[History],
    joins: Sequence[Joining],
    states: pd.Index[str],
    pairs: _Pairs,
    number: int,
) -> pd.DataFrame:
    """Return what is in force between pairs of states on the day at a position of the days."""
    count = len(pairs.first)
    lower = np.zeros(count, dtype="int64")
    upper = np.zeros(count, dtype="int64")
    instruments = np.full(count, "", dtype=object)
    since = {end: np.full(count, NO_DAY) for end in ENDS}
    for history, joined in zip(histories, joins, strict=True):
        certain = pairs.both(joined.certain[:, number])
        lower += certain
        upper += pairs.both(joined.possible[:, number])
        instruments[certain] += f" + {history.convention.label}"
        for end in ENDS:
            in_force = _taken(history.spells[f"in_force_{end}"], joined.spell[:, number])
            # Of several treaties the day is that of the first; `fmin` passes over none.
            since[end] = np.fmin(since[end], np.where(certain, pairs.later(in_force), NO_DAY))
    codes = states.to_numpy(dtype=object)
    frame = pd.DataFrame({"iso3": codes[pairs.first], "partner": codes[pairs.second]}, dtype="str")
    flags = pd.array(lower > 0, dtype="boolean")
    flags[(lower == 0) & (upper > 0)] = pd.NA
    texts = pd.Series(instruments, dtype="str").str.removeprefix(" + ")
    return frame.assign(
        in_force=flags,
        lower=lower,
        upper=upper,
        instruments=texts.mask(texts == ""),
        **{f"since_{end}": since[end] for end in ENDS},
    )


def _taken(days: pd.Series[pd.Timestamp], at: np.ndarray) -> np.ndarray:
    """Return the days at some places; none at -1."""
    taken: np.ndarray = days.array.take(at, allow_fill=True).to_numpy(dtype="datetime64[us]")
    return taken
