"""Pairs of states on days: which treaties are in force between them, and since when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd

from adoption.countries.network import Clique, load_cliques
from adoption.law.spells import load_history, standing_on
from adoption.law.treaties import Treaty

ENDS = ("earliest", "latest")
NEVER = np.datetime64("NaT", "us")


@dataclass(frozen=True)
class _Ends:
    """The first and the second state of each pair, as places in a list of states."""

    first: np.ndarray[tuple[int], np.dtype[np.intp]]
    second: np.ndarray[tuple[int], np.dtype[np.intp]]

    def both(self, states: np.ndarray) -> np.ndarray:
        """Return whether a flag of the states holds for both of each pair."""
        inside: np.ndarray = states[self.first] & states[self.second]
        return inside

    def later(self, days: np.ndarray) -> np.ndarray:
        """Return the later of the days of both; none where either has none."""
        later: np.ndarray = np.maximum(days[self.first], days[self.second])
        return later


def dyads_on(
    conventions: Sequence[Treaty], states: Sequence[str], day: date, *, directed: bool
) -> pd.DataFrame:
    """Return the pairs of some states on a day; `adoption.dyads` says which columns."""
    count = len(states)
    pairs = np.argwhere(~np.eye(count, dtype=bool)) if directed else np.argwhere(_upper(count))
    ends = _Ends(pairs[:, 0], pairs[:, 1])
    lower, possible = (np.zeros(len(pairs), dtype="int64") for _ in range(2))
    instruments = np.full(len(pairs), "", dtype=object)
    since = {end: np.full(len(pairs), NEVER) for end in ENDS}
    cliques = load_cliques(conventions, day)
    for clique in cliques:
        joined, may_join = (
            ends.both(np.isin(states, list(members)))
            for members in (clique.certain, clique.possible)
        )
        lower += joined
        possible += may_join
        instruments[joined] += f" + {clique.convention.label}"
        for end, days in _in_force_since(clique, states, day).items():
            # Of several treaties the day is that of the first; `fmin` passes over none.
            since[end] = np.fmin(since[end], np.where(joined, ends.later(days), NEVER))
    is_bounded = all(clique.ceiling for clique in cliques)
    names = np.array(states, dtype=object)
    frame = pd.DataFrame({"iso3": names[ends.first], "partner": names[ends.second]}, dtype="str")
    frame["day"] = pd.Timestamp(day).as_unit("us")
    flags = pd.Series(lower > 0, dtype="boolean")
    unknown = flags.eq(other=False) & ((possible > 0) | (not is_bounded))
    frame["in_force"] = flags.mask(unknown)
    frame["lower"] = lower
    frame["upper"] = pd.Series(possible, dtype="Int64") if is_bounded else pd.NA
    frame["upper"] = frame["upper"].astype("Int64")
    texts = pd.Series(instruments, dtype="str").str.removeprefix(" + ")
    frame["instruments"] = texts.mask(texts == "")
    return frame.assign(**{f"since_{end}": since[end] for end in ENDS})


def _upper(count: int) -> np.ndarray[tuple[int, int], np.dtype[np.bool_]]:
    """Return which cells of a matrix are above its diagonal: each pair once."""
    return np.triu(np.ones((count, count), dtype=bool), k=1)


def _in_force_since(clique: Clique, states: Sequence[str], day: date) -> dict[str, np.ndarray]:
    """Return by end of the window since when the convention is in force for each state.

    Of several spells that stand it is the first; none for a state for which it is not certain.
    """
    history = load_history(clique.convention.convention)
    spells = history.consents[history.consents["iso3"].isin(clique.certain)]
    stands, _ = standing_on(spells, day)
    sure = stands & (spells["in_force_latest"] <= pd.Timestamp(day))
    rows = spells[sure & (spells["grade"] != "reported")].groupby("iso3")
    return {
        end: rows[f"in_force_{end}"].min().reindex([*states]).to_numpy("datetime64[us]")
        for end in ENDS
    }
