"""How long it took to the nth instrument and to entry into force, as far as is known."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import pandas as pd

from adoption.law.entry_into_force import first_gap
from adoption.law.rules import Threshold
from adoption.law.spells import History
from adoption.law.treaties import Treaty
from adoption.tables import only_states, without_reports

INSTRUMENTS = (10, 20, 40, 60)
ENTRY = 0  # stands for entry into force in the column `instrument`

REACHED = "reached"
NOT_REACHED = "not reached"
LIST_INCOMPLETE = "list incomplete"
UNDATED = "acts undated"


@dataclass(frozen=True)
class ThresholdDates:
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


def threshold_dates(
    threshold: Threshold, consents: pd.DataFrame, gap: date, as_of: date
) -> ThresholdDates:
    """Return when enough instruments stood, as far as is known on a day.

    The earliest day takes every consent at the start of its window; where the list is not
    complete it is no later than the first day on which acts may be missing. The latest day
    takes every consent at the end: what is missing could only make it earlier.

    Examples
    --------
    >>> second, ninth = date(2030, 1, 2), date(2030, 1, 9)
    >>> consent = pd.DataFrame({"begins_earliest": [pd.Timestamp(second)],
    ...     "begins_latest": pd.Timestamp(ninth), "ends_earliest": pd.NaT, "ends_latest": pd.NaT})
    >>> threshold_dates(Threshold(1), consent, date(2031, 1, 1), ninth).earliest
    datetime.date(2030, 1, 2)
    >>> threshold_dates(Threshold(2), consent, date(2031, 1, 1), ninth).state
    'not reached'
    >>> threshold_dates(Threshold(2), consent, second, ninth).state
    'list incomplete'
    """
    soonest, surest = threshold.ends(consents)
    enough = soonest is not None and soonest <= as_of
    possible = [day for day in (soonest, gap) if day is not None and day <= as_of]
    certain = surest if surest is not None and surest <= as_of else None
    return ThresholdDates(min(possible, default=None), certain, enough)


def force_dates(convention: Treaty, consents: pd.DataFrame, as_of: date) -> ThresholdDates:
    """Return when a convention entered into force, as far as is known on a day.

    The published day takes precedence; without one it follows from the convention's own
    threshold.
    """
    published = convention.entered_into_force
    if published is not None:
        day = published if published <= as_of else None
        return ThresholdDates(day, day)
    rule, delay, gap = convention.threshold_rule(), convention.delay, first_gap(convention)
    if rule is None or delay is None:  # not in force as far as the list reaches
        return ThresholdDates(gap if gap <= as_of else None, None, by_known_acts=False)
    nth = threshold_dates(rule, consents, gap, as_of)
    ends = [delay.after(day) if day else None for day in (nth.earliest, nth.latest)]
    earliest, latest = (day if day and day <= as_of else None for day in ends)
    return ThresholdDates(earliest, latest, nth.by_known_acts)


def milestones(
    histories: Sequence[History],
    states: pd.DataFrame,
    as_of: date,
    numbers: Sequence[int] = INSTRUMENTS,
) -> pd.DataFrame:
    """Return how long conventions took to the nth instrument and to entry into force.

    The nth instrument is that of the nth state bound at the same time: a state that
    withdrew and came back counts once, an organisation such as the EU never.

    Parameters
    ----------
    histories : sequence of History
        The conventions with their spells, in the order of the rows.
    states : DataFrame
        The table `states`.
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
    for history in histories:
        convention, gap, readings = history.convention, first_gap(history.convention), []
        listed = history.listed_consents
        for consents in (listed, without_reports(listed)):
            by_states = consents[~consents["iso3"].isin(organizations)]
            of_each = {n: threshold_dates(Threshold(n), by_states, gap, as_of) for n in numbers}
            of_each[ENTRY] = force_dates(convention, consents[consents["counts"]], as_of)
            readings.append(of_each)
        with_reports, firm = readings
        for number, dates in with_reports.items():
            ages = dict[str, object]()
            for end, day in (("earliest", dates.earliest), ("latest", dates.latest)):
                ages[end] = (day - convention.opening.latest).days if day else None
            row = {**convention.names, "instrument": number, "state": dates.state, **ages}
            records.append(row | {"by_report": dates.latest != firm[number].latest})
    return pd.DataFrame(records).astype({"earliest": "Int64", "latest": "Int64"})
