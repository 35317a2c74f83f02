"""How many participants, with what is not known."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

import pandas as pd

from adoption.data.dictionary import GRADES, SIGNATURES
from adoption.law.instruments import certainly_bound, first_acts, possibly_bound, terms


@dataclass(frozen=True)
class Count:
    """How many participants, with what is not known.

    Attributes
    ----------
    lower : int
        Those whose act certainly happened by the day (`latest` on or before it).
    upper : int
        Those whose act may have happened by then (`earliest` on or before it).
    by_grade : dict of str to int
        The lower count split by grade.
    upper_by_grade : dict of str to int
        The upper count split by grade.
    """

    lower: int
    upper: int
    by_grade: dict[str, int]
    upper_by_grade: dict[str, int]
    acts: pd.DataFrame = field(default_factory=pd.DataFrame, repr=False, compare=False)

    def rows(self) -> pd.DataFrame:
        """Return the acts behind the number, one row a participant, with grade and source.

        Those with `certain` False may have happened by the day: they are in `upper` alone.

        Examples
        --------
        >>> from adoption.law.status import load_status
        >>> rows = load_status("hanoi", "2025-10-25").signatories.rows()
        >>> int(rows["certain"].sum())
        69
        """
        return self.acts.copy()

    @property
    def confirmed(self) -> int:
        """How many of the lower count are confirmed."""
        return self.by_grade["confirmed"]


def count(certain: pd.DataFrame, possible: pd.DataFrame) -> Count:
    """Count rows of acts, one a participant: certain by the day, and possible."""
    acts = possible.assign(certain=possible.index.isin(certain.index))
    acts = acts if "iso3" in acts else acts.reset_index()
    return Count(len(certain), len(possible), _by_grade(certain), _by_grade(possible), acts)


def totals_on(acts: pd.DataFrame, day: date) -> dict[str, Count]:
    """Count the signatories and the parties on a day, as `adoption.law.status` does."""
    known = acts[acts["earliest"] <= pd.Timestamp(day)]
    signatures, periods = first_acts(known, SIGNATURES), terms(known)
    return {
        "signatories": count(signatures[signatures["latest"] <= pd.Timestamp(day)], signatures),
        "parties": count(certainly_bound(periods, day), possibly_bound(periods, day)),
    }


def _by_grade(rows: pd.DataFrame) -> dict[str, int]:
    return {grade: int((rows["grade"] == grade).sum()) for grade in GRADES}
