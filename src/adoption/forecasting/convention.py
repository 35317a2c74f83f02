"""The forecast for a convention of the registry: one answer, and what it is made of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any, Literal

import numpy as np
import pandas as pd

from adoption import tables
from adoption.choices import to_day, within
from adoption.data.dictionary import CONSENTS
from adoption.errors import AdoptionError
from adoption.forecasting.forecast import (
    YEARS_AHEAD,
    Forecast,
    chances,
    forecast,
    model_of,
)
from adoption.forecasting.treaties import (
    YEAR,
    Numbers,
    Treaty,
    base_treaties,
    known_on,
    states,
    treaty_of,
)
from adoption.law.conventions import Convention
from adoption.law.curves import eligible_states
from adoption.law.placement import age_on, base_treaty
from adoption.words import long_day

Reading = Literal["not counted", "counted"]

READINGS: tuple[Reading, ...] = ("not counted", "counted")
REPORTS_TRUE = 0.8  # the chance that what is only reported is true, where none is given
PERCENTILES = (10, 25, 50, 75, 90)
POINTS = 41  # days of a fan
FEWEST, BEYOND_THE_THRESHOLD = 20, 3  # parties, and times the threshold, to which a fan goes
SHORTEST, LONGEST, ROOM = 365, 365 * 30, 1.08  # days of a fan, and room after its last point
SHOWN_AGES = (1, 30, 91, 183, 365, 730, 1461, 2922, 5844)  # days
ALIKE_SINCE, ALIKE_SIGNED, ALIKE_CONSENTS = 1985, 2 / 3, 4  # of the reference class
TINY = 1e-9  # no chance is divided by less
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, eq=False)
class ConventionForecast:
    """When a convention will have its nth counted instrument, and enter into force.

    Attributes
    ----------
    convention : Convention
        Which convention.
    as_of : date
        The day asked about.
    made_on : date
        The day on which the forecast starts: `as_of`, or the last day for which the list of
        acts is complete or nearly so, if that is earlier. After it no act known is not no act.
    pool : tuple of Treaty
        What it learns from: the base set as it was known on the day, without the convention.
    treaties : dict of Reading to Treaty
        The convention as known by `as_of`; acts that are reported or have no day not counted
        and counted.
    forecasts : dict of Reading to Forecast
        The forecasts; empty where none is made.
    reports_true : float
        The chance, 0 to 1, that the acts between the two readings are true.
    published : (date, int) or None
        The last day for which a number of parties below the threshold is published, and the
        number: by then there were no more.
    why_none : str
        Why nothing is forecast, as a clause; empty where something is.
    seed : int
        Of the random draws of the trees.
    """

    convention: Convention
    as_of: date
    made_on: date
    pool: tuple[Treaty, ...]
    treaties: dict[Reading, Treaty]
    forecasts: dict[Reading, Forecast]
    reports_true: float
    published: tuple[date, int] | None = None
    why_none: str = ""
    seed: int = 0

    @property
    def firm(self) -> Forecast:
        """The forecast in which reported and undated acts do not count."""
        return self._forecast("not counted")

    @property
    def counted(self) -> Forecast:
        """The forecast in which they count."""
        return self._forecast("counted")

    def _forecast(self, reading: Reading) -> Forecast:
        if self.why_none:
            raise AdoptionError(f"forecast: none is made of {self.convention.short_title}: "
                                f"{self.why_none}")  # fmt: skip
        return self.forecasts[reading]

    @property
    def mixed(self) -> Forecast:
        """The one answer: of both readings, weighed by the chance that the reports are true."""
        firm, counted = self.firm, self.counted
        if not self.readings_differ or firm.chance is None:
            return firm
        sure = counted.chance
        if sure is None:  # the threshold is reached if the reports are true
            days = pd.date_range(firm.as_of + ONE_DAY, periods=len(firm.chance))
            sure = (days >= pd.Timestamp(counted.reached or firm.as_of)).astype("float64")
        chance = self.reports_true * sure + (1 - self.reports_true) * firm.chance
        return replace(firm, chance=chance, signatories=counted.signatories)

    def quantile(self, q: float) -> date | None:
        """Return the first day by which the deposit is there with a probability; None if beyond."""
        return self.mixed.quantile(q)

    def cdf(self, day: date | str) -> float:
        """Return the probability that the deposit is there on a day."""
        return self.mixed.cdf(to_day(day, "day"))

    def summary(self) -> dict[str, Any]:
        """Return the one answer as plain values for JSON."""
        return self.mixed.summary(self.as_of.year)

    @property
    def threshold(self) -> int:
        """The number of instruments that is asked about."""
        return self.firm.threshold if self.forecasts else self.convention.threshold

    @property
    def readings_differ(self) -> bool:
        """Whether any act is known that is reported or has no day."""
        firm, counted = (self.treaties[reading] for reading in READINGS)
        return any(
            one.iso3 != other.iso3 or not np.array_equal(one.day, other.day)
            for one, other in (
                (firm.signed, counted.signed), (firm.consented, counted.consented)
            )
        )  # fmt: skip

    @property
    def readings(self) -> tuple[Reading, ...]:
        """The readings to show: where nothing is forecast, all that is known counts."""
        if self.why_none:
            return ("counted",)
        return READINGS if self.readings_differ else READINGS[:1]

    def signatories(self, reading: Reading) -> int | None:
        """Return how many states are known to have signed; None where no source names them."""
        if not self.convention.signatories_listed:
            return None
        return len(self.treaties[reading].signed.iso3)

    def consents(self, reading: Reading) -> int:
        """Return how many states are known to have consented by the day asked about."""
        return len(self.treaties[reading].consented.iso3)

    @property
    def by_law(self) -> bool:
        """Whether the number asked about is that of the convention's own rule."""
        return self.threshold == self.convention.threshold

    def in_force(self, deposit: date | str | None) -> date | None:
        """Return the day of entry into force that follows from the nth deposit."""
        if deposit is None:
            return None
        return self.convention.delay.after(to_day(deposit, "deposit"))

    def last_deposit(self, day: date) -> date:
        """Return the last day on which the nth deposit brings it into force by a day."""
        deposit = day
        while (force := self.in_force(deposit)) is not None and force > day:
            deposit -= ONE_DAY
        return deposit

    def by_year(self) -> pd.DataFrame:
        """Return the chances by the end of the year asked about and of the next four.

        One row a year: year (int), in_force (float, 0 to 1, of the one answer), and the same of
        each reading, with its name before.
        """
        rows = []
        ways = {"": self.mixed, **{f"{name} ": self.forecasts[name] for name in self.readings}}
        for year in range(self.as_of.year, self.as_of.year + YEARS_AHEAD):
            in_time = self.last_deposit(date(year, 12, 31))
            chances = {f"{name}in_force": one.cdf(in_time) for name, one in ways.items()}
            rows.append({"year": year} | chances)
        return pd.DataFrame(rows).astype({"year": "int64"})

    def to_dict(self) -> dict[str, Any]:
        """Return the forecast as plain values for JSON."""
        values: dict[str, Any] = {
            "convention": self.convention.convention,
            "as_of": self.as_of.isoformat(),
            "made_on": self.made_on.isoformat(),
            "opened": self.convention.opens.isoformat(),
            "rule": self.convention.rule_in_words(),
            "event": f"deposit of instrument {self.threshold} by a state",
            "reach": self.convention.reach,
        }
        known = {
            reading: {
                "consents": self.consents(reading),
                "signatories": self.signatories(reading),
            }
            for reading in self.readings
        }
        if self.why_none:
            return values | {"no_forecast": self.why_none, "reported_and_undated_acts": known}
        return values | {
            "treaties_learnt_from": len(self.pool),
            "chance_that_reports_are_true": self.reports_true,
            "answer": self._plain(self.mixed),
            "reported_and_undated_acts": {
                reading: self._plain(self.forecasts[reading]) | known[reading]
                for reading in self.readings
            },
        }

    def _plain(self, one: Forecast) -> dict[str, Any]:
        force = self.in_force(one.quantile(0.5)) if self.by_law else None
        found = one.summary(self.as_of.year)
        del found["as_of"]  # that is made_on
        return found | {
            "chance_by_as_of": round(one.cdf(self.as_of), 3),
            "median_entry_into_force": None if force is None else force.isoformat(),
        }


def acts_of(convention: Convention, acts: pd.DataFrame, reading: Reading) -> pd.DataFrame:
    """Return the acts on a convention under a reading.

    A report of an act that the depositary's complete list lacks counts under neither.
    """
    own = tables.of_convention(acts, convention.convention)
    if reading == "counted":
        conflicts = tables.of_convention(tables.read("conflicts"), convention.convention)
        lacked = conflicts.loc[conflicts["about"] == "listed", ["iso3", "kind"]]
        kind = own["act"].where(~own["act"].isin(CONSENTS), "consent")
        both = pd.MultiIndex.from_arrays([own["iso3"], kind])
        return own[~both.isin(pd.MultiIndex.from_frame(lacked))]
    return own[(own["grade"] != "reported") & own["date"].notna()]


def pool_for(convention: Convention, as_of: date) -> tuple[Treaty, ...]:
    """Return what could be learnt from on a day: the base set as known, without a convention."""
    number = base_treaty(convention)
    return tuple(t for t in known_on(base_treaties(), as_of) if t.treaty != number)


def start_day(convention: Convention, as_of: date) -> date:
    """Return the last day up to a day for which the list of acts is complete, or nearly so.

    Of a list that never is, the last day on which anything is known.
    """
    reach = convention.nearly_complete_to or convention.complete_to or convention.partial_to
    return as_of if reach is None else min(as_of, max(reach, convention.opens))


def why_none(convention: Convention, as_of: date) -> str:
    """Return why nothing can be forecast of a convention, as a clause; empty where it can.

    Examples
    --------
    >>> from adoption.law.conventions import find_convention
    >>> why_none(find_convention("malabo"), date(2020, 1, 1))
    'who has signed is not named in any source seen'
    >>> why_none(find_convention("hanoi"), date(2026, 1, 1))
    ''
    """
    force = convention.entered_into_force
    if force is not None and force <= as_of:
        return f"it has been in force since {long_day(force)}"
    if not convention.signatories_listed:
        return "who has signed is not named in any source seen"
    if convention.nearly_complete_to is None and convention.complete_to is None:
        return "its list of acts is not complete, or nearly so, to any day"
    if not convention.depositary.endswith("of the United Nations"):
        return "the method is learnt from treaties deposited with the United Nations alone"
    return ""


def forecast_convention(
    convention: Convention,
    as_of: date,
    *,
    threshold: int | None = None,
    reports_true: float = REPORTS_TRUE,
    seed: int = 0,
) -> ConventionForecast:
    """Forecast when a convention enters into force.

    Parameters
    ----------
    convention : Convention
        Of the registry.
    as_of : date
        From its opening on.
    threshold : int, optional
        Another number of instruments than the convention's.
    reports_true : float
        The chance, 0 to 1, that acts which are only reported, or have no day, are true.
    seed : int
        The same seed gives the same forecast.

    Raises
    ------
    AdoptionError
        If it had not opened by the day, the day is after that of the data, or there are not
        as many states as instruments are asked for.
    """
    age_on(convention, as_of)
    if as_of > tables.data_day():
        raise AdoptionError(f"as_of: {as_of} is after {tables.data_day()}, the day of the data")
    within("reports_true", reports_true, 0, 1)
    made_on, number = start_day(convention, as_of), threshold or convention.threshold
    _check_number(convention, number)
    acts, pool = tables.read("acts"), pool_for(convention, made_on)
    treaties = {
        reading: treaty_of(
            acts_of(convention, acts, reading), convention.opens, as_of, convention.convention
        )
        for reading in READINGS
    }
    # That it is in force says nothing of another number than its own.
    none = why_none(convention, as_of if number == convention.threshold else convention.opens)
    reached = len(treaties["not counted"].consented.iso3) >= number
    none = "" if reached else none
    below = published_below(convention, number, as_of)
    made = {} if none else {
        reading: conditioned(below, forecast(one, number, made_on, pool, seed))
        for reading, one in treaties.items()
    }  # fmt: skip
    return ConventionForecast(
        convention, as_of, made_on, pool, treaties, made, reports_true, below, none, seed
    )


def _check_number(convention: Convention, number: int) -> None:
    if convention.made_for is None:
        return
    able = eligible_states(convention, tables.read("states"), tables.read("memberships"))
    if number > len(able):
        raise AdoptionError(
            f"threshold: {number} parties can never be reached; {len(able)} states can join "
            f"{convention.short_title}"
        )


def published_below(convention: Convention, threshold: int, as_of: date) -> tuple[date, int] | None:
    """Return the last published number of parties below a threshold, and its day before it."""
    totals = tables.of_convention(tables.read("totals"), convention.convention)
    below = totals[(totals["parties"] < threshold) & (totals["as_of"] <= pd.Timestamp(as_of))]
    for row in below.sort_values("as_of", kind="stable").tail(1).to_dict("records"):
        return row["as_of"].date(), int(row["parties"])
    return None


def unreached(chance: Numbers, by_then: Numbers) -> Numbers:
    """Return chances, given that what they are of had not happened by a day.

    Examples
    --------
    >>> unreached(np.array([0.2, 0.6, 1.0]), np.array(0.2)).round(2)
    array([0. , 0.5, 1. ])
    """
    given: Numbers = np.clip((chance - by_then) / np.maximum(1 - by_then, TINY), 0.0, 1.0)
    return given


def conditioned(published: tuple[date, int] | None, made: Forecast) -> Forecast:
    """Return a forecast, given a published number of parties below its threshold."""
    if published is None or made.chance is None or published[0] <= made.as_of:
        return made
    return replace(made, chance=unreached(made.chance, np.array(made.cdf(published[0]))))


def fan(found: ConventionForecast) -> pd.DataFrame:
    """Return quantiles of the number of consents on days to come: day, p10 to p90.

    The probability of at least m consents by a day is that of the wait for the mth.
    """
    mixed, least = found.mixed, min(found.consents(reading) for reading in READINGS)
    last = mixed.quantile(0.9)
    far = LONGEST if last is None else max(SHORTEST, (last - found.made_on).days)
    ahead = np.unique(np.linspace(0, min(round(far * ROOM), LONGEST), POINTS).round())
    numbers = list(range(least + 1, highest(found.threshold) + 1))
    shares = (1 - found.reports_true, found.reports_true) if found.readings_differ else (1.0, 0.0)
    chance = np.zeros((len(numbers), len(ahead)))
    for share, reading in zip(shares, READINGS, strict=True):
        chance += share * _at_least(found, reading, numbers, ahead)
    frame = pd.DataFrame(
        {"day": [pd.Timestamp(found.made_on) + pd.Timedelta(days=d) for d in ahead]}
    )
    for percent in PERCENTILES:
        frame[f"p{percent}"] = least + (chance > 1 - percent / 100 + 1e-12).sum(axis=0)
    return frame


def _at_least(
    found: ConventionForecast, reading: Reading, numbers: Sequence[int], ahead: Numbers
) -> Numbers:
    """Return the chance of numbers of consents by days; of those that are known it is 1."""
    treaty = found.treaties[reading]
    known = len(treaty.consented.iso3)
    targets = [number for number in numbers if number > known]
    age = float((found.made_on - found.convention.opens).days)
    day, parties = found.published or (found.made_on, 0)
    until = max((day - found.made_on).days, 0)
    days = np.maximum([until, *ahead], 1.0)
    to_come = chances(model_of(found.pool, found.seed), treaty, age, targets, days)
    if until:
        more = np.array(targets) > parties
        to_come[more] = unreached(to_come[more], to_come[more, :1])
    to_come = to_come[:, 1:]
    to_come[:, ahead < 1] = 0.0
    return np.concatenate([np.ones((len(numbers) - len(targets), len(ahead))), to_come])


def highest(threshold: int) -> int:
    """Return the number of consents above which a fan does not tell numbers apart."""
    return min(len(states()), max(BEYOND_THE_THRESHOLD * threshold, FEWEST))


def shown_days(convention: Convention, until: date) -> list[date]:
    """Return the days up to a day for which a forecast is shown: some ages, and the list's ends."""
    days = {convention.opens + timedelta(days=age) for age in SHOWN_AGES}
    ends = {convention.complete_to, convention.nearly_complete_to, convention.partial_to}
    return sorted(day for day in {*days, *ends} if day and convention.opens < day <= until)


def history(found: ConventionForecast) -> list[ConventionForecast]:
    """Return what would have been forecast, known then, until the threshold was reached.

    The last is that of today, where it is not reached.
    """
    reached = found.firm.reached
    until = min(reached, found.made_on) - ONE_DAY if reached else found.as_of - ONE_DAY
    made = [
        forecast_convention(
            found.convention,
            day,
            threshold=found.threshold,
            reports_true=found.reports_true,
            seed=found.seed,
        )
        for day in shown_days(found.convention, until)
    ]
    signed = [one for one in made if one.forecasts]
    return signed if reached else [*signed, found]


def reference_class(found: ConventionForecast) -> pd.DataFrame:
    """Return treaties with similar signatures and consents at the same age.

    At the age at which the forecast starts: days without data make no treaty slow. Opened
    since 1985, with at least two thirds of its signatories, and consents
    that differ by at most four, or by half of its own if that is more. Acts that are only
    reported count.

    Returns
    -------
    DataFrame
        One row a treaty, the soonest first: treaty (number), opened (day), signatories,
        consents (int, at the age), years (float, from opening to the threshold; missing where
        it was not reached), seen (float, years for which it was watched).
    """
    own, age = found.treaties["counted"], float((found.made_on - found.convention.opens).days)
    signatories, consents = int(own.signed.by(age)), int(own.consented.by(age))
    apart = max(ALIKE_CONSENTS, consents / 2)
    rows = [
        {
            "treaty": one.treaty,
            "opened": pd.Timestamp(one.opened),
            "signatories": int(one.signed.by(age)),
            "consents": int(one.consented.by(age)),
            "years": one.consented.nth(found.threshold) / YEAR,
            "seen": one.seen / YEAR,
        }
        for one in found.pool
        if one.opened.year >= ALIKE_SINCE
        and one.seen > age
        and one.signed.by(age) >= ALIKE_SIGNED * signatories
        and abs(one.consented.by(age) - consents) <= apart
    ]
    columns = ("treaty", "opened", "signatories", "consents", "years", "seen")
    frame = pd.DataFrame(rows, columns=columns).replace({"years": {np.inf: np.nan}})
    return frame.sort_values(["years", "treaty"], ignore_index=True)
