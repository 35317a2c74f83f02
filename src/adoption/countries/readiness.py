"""The readiness gap: states that have acted, and what they lack to carry a convention out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from adoption.countries.profiles import PILLAR_MAXIMUM

if TYPE_CHECKING:
    from adoption.countries.adopters import Adopters

# Of the GCI's pillars, those nearest to what a convention on crime asks of a state: offences in
# its law, evidence it can secure, and help it can give to others.
NEEDED = ("legal", "technical", "cooperation")
# Half of a pillar's points. A fixed mark: the lower quartile would put a quarter of all states
# below it, whatever they score.
MARK = PILLAR_MAXIMUM / 2


@dataclass(frozen=True)
class Readiness:
    """How many states fall short, of those that have acted and of the others.

    Attributes
    ----------
    short : DataFrame
        The states that have acted and lie below the mark in a pillar of `NEEDED`, most low
        pillars and then fewest points first: the rows of `Adopters.frame`, with low (int, how
        many pillars lie below the mark).
    assessed : int
        States that have acted and have a value in every pillar of `NEEDED`.
    unknown : tuple of str
        Names of those that have acted and have not.
    others_short, others_assessed : int
        The same of the states that have not acted, as far as is known.
    """

    short: pd.DataFrame
    assessed: int
    unknown: tuple[str, ...]
    others_short: int
    others_assessed: int

    def low_in(self, pillar: str) -> int:
        """Return how many states that have acted lie below the mark in a pillar."""
        return int((self.short[pillar] < MARK).sum())


def readiness(adopters: Adopters) -> Readiness:
    """Set the states that have acted beside the mark.

    Parameters
    ----------
    adopters : Adopters
        From `adoption.countries.adopters.load_adopters`.
    """
    frame = adopters.frame
    pillars = frame[list(NEEDED)]
    frame = frame.assign(low=(pillars < MARK).sum(axis=1), points=pillars.sum(axis=1))
    known = pillars.notna().all(axis=1)
    short = frame[known & (frame["low"] > 0)].sort_values(
        ["low", "points", "name"], ascending=[False, True, True]
    )
    acted = frame["acted"]
    return Readiness(
        short=short[short["acted"]].drop(columns="points").reset_index(drop=True),
        assessed=int((known & acted).sum()),
        unknown=tuple(frame.loc[acted & ~known, "name"]),
        others_short=int((~short["acted"]).sum()),
        others_assessed=int((known & ~acted).sum()),
    )
