"""How well the acts on a convention are supported, and where its sources disagree."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import pandas as pd

from adoption.data.dictionary import GRADES

if TYPE_CHECKING:
    from adoption.law.conventions import Convention


@dataclass(frozen=True)
class Tally:
    """The acts on a convention that certainly happened by a day, counted.

    Attributes
    ----------
    acts : int
        How many.
    by_grade : dict of str to int
        The same by grade.
    participants, sources : int
        By how many participants, from how many sources.
    undated : int
        Those whose day is not known.
    possible : int
        Further acts that may have happened by the day; they are in no other count.
    """

    acts: int
    by_grade: dict[str, int]
    participants: int
    sources: int
    undated: int
    possible: int


def known_acts(
    convention: Convention, acts: pd.DataFrame, states: pd.DataFrame, as_of: date
) -> pd.DataFrame:
    """Return every act on a convention that can have happened by a day.

    Parameters
    ----------
    convention : Convention
        Which convention.
    acts, states : DataFrame
        The tables.
    as_of : date
        The day.

    Returns
    -------
    DataFrame
        The columns of the table `acts`, and name (official, str) and certain (bool: whether
        it certainly happened by then); in the order of names and days.
    """
    own = acts[acts["convention"] == convention.convention]
    own = own[own["earliest"] <= pd.Timestamp(as_of)]
    own = own.merge(states[["iso3", "name"]], on="iso3", how="left")
    own = own.assign(certain=own["latest"] <= pd.Timestamp(as_of))
    return own.sort_values(["name", "latest", "act"], ignore_index=True)


def tally(known: pd.DataFrame) -> Tally:
    """Count the acts of `known_acts`."""
    certain = known[known["certain"]]
    return Tally(
        acts=len(certain),
        by_grade={grade: int((certain["grade"] == grade).sum()) for grade in GRADES},
        participants=int(certain["iso3"].nunique()),
        sources=len(by_source(known)),
        undated=int(certain["date"].isna().sum()),
        possible=len(known) - len(certain),
    )


def by_source(known: pd.DataFrame) -> pd.DataFrame:
    """Count the acts of `known_acts` that certainly happened, by the source they rest on.

    Returns
    -------
    DataFrame
        source, acts, and a column a grade (int); most acts first. An act that names several
        sources counts for each.
    """
    rows = known.loc[known["certain"], ["source", "grade"]]
    rows = rows.assign(source=rows["source"].str.split(";")).explode("source")
    counts = pd.DataFrame(
        {grade: (rows["grade"] == grade).groupby(rows["source"]).sum() for grade in GRADES}
    ).astype("int64")
    counts.insert(0, "acts", counts.sum(axis=1))
    return counts.reset_index().sort_values(
        ["acts", "source"], ascending=[False, True], ignore_index=True
    )


def also_named(known: pd.DataFrame, keys: Iterable[str]) -> pd.Series[str]:
    """Return the further sources that the note of each act names.

    Parameters
    ----------
    known : DataFrame
        From `known_acts`.
    keys : iterable of str
        The keys of all sources.

    Returns
    -------
    Series of str
        Keys with `;` between them, in the order of the note; empty where there is none. It
        is not said whether they agree: the note says that.
    """
    either = "|".join(re.escape(key) for key in sorted(keys, key=len, reverse=True))
    pattern = re.compile(rf"(?<![\w-])(?:{either})(?![\w-])")

    def further(note: object, own: str) -> str:
        named = pattern.findall(note) if isinstance(note, str) else []
        return ";".join(key for key in dict.fromkeys(named) if key not in own.split(";"))

    found = [further(*row) for row in zip(known["note"], known["source"], strict=True)]
    return pd.Series(found, index=known.index, dtype="str")
