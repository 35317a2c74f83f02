"""How long it took to the nth instrument and to entry into force, as far as is known."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pandas as pd

from adoption.law.instruments import special_members, terms, to_deposits
from adoption.law.rules import Deposit, Threshold
from adoption.tables import of_convention, only_states, without_reports

if TYPE_CHECKING:
    from adoption.law.conventions import Convention


INSTRUMENTS = (10, 20, 40, 60)
ENTRY = 0  # stands for entry into force in the column `instrument`

REACHED = "reached"
NOT_REACHED = "not reached"
LIST_INCOMPLETE = "list incomplete"
UNDATED = "acts undated"


@dataclass(frozen=True)
class Reaching:
    """When something was reached, as far as is known on a day.

    Attributes
    ----------
    earliest : date, optional
        First day on which it may have been; None where it certainly was not by the day.
    latest : date, optional
        Day by which it certainly was; None where that is not certain by the day.
    by_known_acts : bool
        Whether the acts that are known may be enough.
    """

    earliest: date | None
    latest: date | None
    by_known_acts: bool = True

    @property
    def state(self) -> str:
        """Whether it was reached; else whether it was not, or why that is not known."""
        if self.latest is not None:
            return REACHED
        if self.earliest is None:
            return NOT_REACHED
        return UNDATED if self.by_known_acts else LIST_INCOMPLETE


def reaching(
    threshold: Threshold, deposits: Sequence[Deposit], first_gap: date, as_of: date
) -> Reaching:
    """Return when enough instruments stood, as far as is known on a day.

    The earliest day takes every deposit at the start of its window; where the list is not
    complete it is no later than the first day on which acts may be missing. The latest day
    takes every deposit at the end: what is missing could only make it earlier.

    Examples
    --------
    >>> from adoption.law.rules import Deposit, Window
    >>> second, ninth = date(2030, 1, 2), date(2030, 1, 9)
    >>> one = Deposit("QAT", Window(second, ninth))
    >>> reaching(Threshold(1), [one], date(2031, 1, 1), ninth).earliest
    datetime.date(2030, 1, 2)
    >>> reaching(Threshold(2), [one], date(2031, 1, 1), ninth).state
    'not reached'
    >>> reaching(Threshold(2), [one], second, ninth).state
    'list incomplete'
    """
    soonest, surest = threshold.ends(deposits)
    enough = soonest is not None and soonest <= as_of
    possible = [day for day in (soonest, first_gap) if day is not None and day <= as_of]
    certain = surest if surest is not None and surest <= as_of else None
    return Reaching(min(possible, default=None), certain, enough)


def first_gap(convention: Convention) -> date:
    """Return the first day for which a convention's list is not known to be complete."""
    complete_to = convention.complete_to
    return complete_to + timedelta(days=1) if complete_to else convention.opens


def to_force(convention: Convention, deposits: Sequence[Deposit], as_of: date) -> Reaching:
    """Return when a convention entered into force, as far as is known on a day.

    The published day goes first; without one it follows from the convention's own threshold.
    """
    published = convention.entered_into_force
    if published is not None:
        day = published if published <= as_of else None
        return Reaching(day, day)
    nth = reaching(convention.threshold_rule(), deposits, first_gap(convention), as_of)
    delay = convention.delay
    ends = [delay.after(day) if day else None for day in (nth.earliest, nth.latest)]
    earliest, latest = (day if day and day <= as_of else None for day in ends)
    return Reaching(earliest, latest, nth.by_known_acts)


def milestones(
    conventions: Sequence[Convention],
    acts: pd.DataFrame,
    states: pd.DataFrame,
    memberships: pd.DataFrame,
    as_of: date,
    numbers: Sequence[int] = INSTRUMENTS,
) -> pd.DataFrame:
    """Return how long conventions took to the nth instrument and to entry into force.

    The nth instrument is that of the nth state bound at the same time: a state that
    withdrew and came back counts once, an organisation such as the EU never.

    Parameters
    ----------
    conventions : sequence of Convention
        In the order of the rows.
    acts, states, memberships : DataFrame
        The tables of those names.
    as_of : date
        The day: what came later is not reached.
    numbers : sequence of int
        Which instruments.

    Returns
    -------
    DataFrame
        One row a convention and milestone: convention, short_title, label, instrument
        (`ENTRY` for entry into force), state (reached, not reached, list incomplete, acts
        undated), earliest and latest (days since opening, Int64; missing where there is
        no such bound by the day) and by_report, whether it was not certainly reached by
        then without acts that are only reported.
    """
    organizations = set(states["iso3"]) - set(only_states(states)["iso3"])
    records: list[dict[str, object]] = []
    for convention in conventions:
        own = of_convention(acts, convention.convention)
        special = special_members(convention, memberships)
        sides = [
            _all_of(convention, terms(rows), organizations, special, as_of, numbers)
            for rows in (own, without_reports(own))
        ]
        for number, with_reports in sides[0].items():
            records.append(
                {
                    **convention.names,
                    "instrument": number,
                    "state": with_reports.state,
                    "earliest": _age(convention, with_reports.earliest),
                    "latest": _age(convention, with_reports.latest),
                    "by_report": with_reports.latest != sides[1][number].latest,
                }
            )
    return pd.DataFrame(records).astype({"earliest": "Int64", "latest": "Int64"})


def _all_of(
    convention: Convention,
    periods: pd.DataFrame,
    organizations: Collection[str],
    special: Collection[str],
    as_of: date,
    numbers: Sequence[int],
) -> dict[int, Reaching]:
    by_states = to_deposits(periods, organizations, ())
    excluded = organizations if convention.excludes_reio else ()
    in_law = to_deposits(periods, excluded, special)
    found = {
        number: reaching(Threshold(number), by_states, first_gap(convention), as_of)
        for number in numbers
    }
    return found | {ENTRY: to_force(convention, in_law, as_of)}


def _age(convention: Convention, day: date | None) -> int | None:
    return (day - convention.opens).days if day else None
