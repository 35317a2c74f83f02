"""What an analysis has counted, with its bounds: sentences, figures and tables start from it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property

import pandas as pd

from adoption.core.vocabulary import DEPOSITARY


@dataclass(frozen=True)
class PublishedTotal:
    """A number of signatories or parties that somebody has published.

    Attributes
    ----------
    number : int
        How many there are by its source.
    day : date, optional
        The day of the count; None where its source gives none.
    latest : date
        The last day on which it can have been counted.
    grade : str
        Who published it: depositary, reported, or relayed by a text that a machine wrote.
    source : str
        Key of the source.
    """

    number: int
    day: date | None
    latest: date
    grade: str
    source: str


@dataclass(frozen=True)
class Observation:
    """How many participants have acted, with what is not known, and which number leads.

    Attributes
    ----------
    measure : str
        What is counted: a measure of messages.toml.
    lower : int
        How many are certain, those that are only reported left out.
    with_reports : int
        How many are certain if the reports are right.
    possible : int
        How many there may be, by the acts that are known.
    complete : bool
        Whether nobody can be missing: the list of acts, or a total of the depositary's own,
        reaches the day, or the last day for signature.
    subject : str
        Of what, as it stands in a sentence.
    known : bool
        Whether any source names or counts them.
    total : int, optional
        Of how many.
    organizations : tuple of str
        Those among the certain that are no states.
    totals : tuple of PublishedTotal
        What has been published of it by the day, the newest first; of others than the depositary
        only what is of a day to which the list is not complete.
    by_grade : dict
        The count with reports split by grade.
    acts : callable, optional
        Returns the acts behind the number; see `rows`. They are put together where asked for.
    """

    measure: str
    lower: int
    with_reports: int
    possible: int
    complete: bool = True
    subject: str = ""
    known: bool = True
    total: int | None = None
    organizations: tuple[str, ...] = ()
    totals: tuple[PublishedTotal, ...] = field(default=(), repr=False)
    by_grade: dict[str, int] = field(default_factory=dict, repr=False, compare=False)
    acts: Callable[[], pd.DataFrame] | None = field(default=None, repr=False, compare=False)

    @property
    def reported(self) -> int:
        """How many are counted by report only."""
        return self.with_reports - self.lower

    @property
    def listed(self) -> Observation:
        """The same count by the acts that are listed alone, as a figure draws them."""
        return replace(self, totals=())

    @property
    def published(self) -> PublishedTotal | None:
        """The depositary's newest total that has a day, where it is more than are named."""
        of_depositary = (total for total in self.totals if total.grade == DEPOSITARY and total.day)
        newest = next(of_depositary, None)
        return newest if newest and newest.number > self.lower else None

    @property
    def lead(self) -> int:
        """The number to state first: the depositary's own total, else how many are named."""
        return self.published.number if self.published else self.lower

    @property
    def upper(self) -> int | None:
        """How many there can be at most; None after the last day of a complete list."""
        return max(self.possible, self.lead) if self.complete else None

    @property
    def remark(self) -> PublishedTotal | None:
        """The newest total of others that is more than leads and than may be counted here."""
        most = max(self.lead, self.possible)
        newest = next((total for total in self.totals if total.number > most), None)
        led_by = self.published
        return newest if newest and (not led_by or newest.latest > led_by.latest) else None

    def rows(self) -> pd.DataFrame:
        """Return the acts behind the number, one row a participant, with grade and source.

        Those with `certain` False may have happened by the day: they are in `possible` alone.

        Examples
        --------
        >>> from adoption.law.status import load_status
        >>> rows = load_status("hanoi", "2025-10-25").signatories.rows()
        >>> int(rows["certain"].sum())
        69
        """
        return self._rows.copy()  # to each their own

    @cached_property
    def _rows(self) -> pd.DataFrame:
        """The acts behind the number, put together when they are first asked for."""
        return pd.DataFrame() if self.acts is None else self.acts()
