"""What a snapshot says otherwise than before of the same value: it is gone, or it jumped.

Publishers revise values a little and add new ones by the thousand, which is no fault. A value
that is gone or far from what it was is one of a damaged file, or something that a person must
look at, until it is listed in `data/reference/exceptions.csv`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

import pandas as pd

from adoption.data.exceptions import Violation
from adoption.data.published import KEY, PublishedValues

VANISHED, JUMPED = "value-vanished", "value-jumped"  # between two snapshots
NOT_PUBLISHED, DIFFERS = "value-not-published", "value-differs"  # from our compiled values
ROUNDING = 1e-9  # of sums and differences of decimal numbers


class Bound(NamedTuple):
    """How far a value may move.

    Attributes
    ----------
    most : float
        The largest difference, or how many times as much or as little it may become.
    factor : bool
        Which of the two.
    """

    most: float
    factor: bool = False

    def broken(self, was: pd.Series[float], now: pd.Series[float]) -> pd.Series[bool]:
        """Return where a value moved further; what was zero has no multiple but zero."""
        if self.factor:
            times = now / was
            return (times > self.most + ROUNDING) | (times * self.most < 1 - ROUNDING)
        return (now - was).abs() > self.most + ROUNDING


def number(value: Any) -> str:
    """Return a value as a violation tells it.

    Examples
    --------
    >>> number(42647492), number(5.2), number(0.82438)
    ('42647492', '5.2', '0.82438')
    """
    return f"{value:.12g}"


def jumped(
    was: pd.DataFrame, now: PublishedValues, bounds: Mapping[str, Bound], rule: str
) -> Iterator[Violation]:
    """Find values of the same measure, state and year that moved beyond a bound."""
    both = was[[*KEY, "value"]].merge(now.table[[*KEY, "value"]], on=KEY, suffixes=("_was", ""))
    for measure, rows in both.sort_values(KEY).groupby("measure"):
        broken = bounds[str(measure)].broken(rows["value_was"], rows["value"])
        for row in rows[broken].itertuples():
            found = f"{number(row.value_was)}, but {number(row.value)} in the file of {now.day}"
            subject = f"{row.measure} {row.year} {row.iso3}"
            yield Violation(rule, subject, found, f"{now.place}: ")


def vanished(was: pd.DataFrame, now: PublishedValues, rule: str) -> Iterator[Violation]:
    """Find values that have no successor of the same measure, state and year."""
    both = was[[*KEY, "value"]].merge(now.table[KEY], on=KEY, how="left", indicator=True)
    yield from gone(both[both["_merge"] == "left_only"], now, rule)


def gone(was: pd.DataFrame, now: PublishedValues, rule: str) -> Iterator[Violation]:
    """Return one violation for each of some values that a later snapshot does not have."""
    for row in was.sort_values(KEY).itertuples():
        found = f"{number(row.value)}, not in the file of {now.day}"
        yield Violation(rule, f"{row.measure} {row.year} {row.iso3}", found, f"{now.place}: ")
