"""Claims about facts: an event, a first of its kind, a body's act, a rule, a participant's act."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Literal, Self

import pandas as pd
from pydantic import Field, model_validator

from adoption import tables
from adoption.claims.model import (
    Claim,
    ClaimData,
    Country,
    Dated,
    Decision,
    OneConvention,
    OtherConventions,
    Words,
)
from adoption.claims.verdict import (
    CONTRADICTED,
    NOT_MEASURABLE,
    SUPPORTED,
    TOO_EARLY,
    Bounds,
    DayComparison,
    all_hold,
    judge,
    verdict_of,
)
from adoption.core.text import MONTHS
from adoption.core.vocabulary import CONSENTS, SIGNATURES, WITHDRAWAL
from adoption.law.conventions import Convention
from adoption.law.placement import base_treaty
from adoption.law.rules import Window, add_months
from adoption.law.status import Row, Status

SYMBOLS = {"General Assembly": "A/RES/"}  # how the symbol of a body's document begins
REGISTERED = ("adopted", "closes")  # events of which the registry has the day, or nobody
Years = Annotated[float, Field(ge=0, le=1000)]  # days of the calendar end with the year 9999
Whole = Annotated[int, Field(ge=0)]
KINDS_OF = {"signature": SIGNATURES, "consent": CONSENTS, "withdrawal": (WITHDRAWAL,)}
# "Hanoi, 25 and 26 October 2025, then New York", or a place alone; prose is no place.
OPENED_AT = re.compile(
    r"(?P<place>[^,;]+)"
    r"(, (?P<first>\d+)( (and|to) (?P<last>\d+))? (?P<month>[A-Z][a-z]+) (?P<year>\d{4})(,.*)?)?"
)
# Where an act was done, beside the place that is claimed: what the registry can say of it.
Whereabouts = Literal[
    "there", "elsewhere", "no signature", "place not written", "not at the opening"
]
AT_PLACE: dict[Whereabouts, bool] = {"there": True, "elsewhere": False}  # else not known


@dataclass(frozen=True)
class EventDecision(Decision):
    """The convention on the day asked about, and when the event was, if that is known."""

    claim: EventClaim
    status: Status
    window: Window | None


class EventClaim(Dated):
    """A convention was adopted, opened, closed or in force on a day, before or after it."""

    convention: OneConvention
    event: Literal["adopted", "opens", "closes", "entered into force", "threshold reached"]
    comparison: DayComparison
    value: date

    def decide(self, data: ClaimData) -> EventDecision:
        """Compare the day of the event with the one that is claimed.

        Too early while an event that has not happened may still happen when it is said to; not
        measurable where the day, or whether it happened, is not known.
        """
        status = data.status(self.convention, data.as_of)
        window, last = self._window(status), self.last_day
        if window is not None:
            verdict = verdict_of(self.holds(window))
        elif self.event in REGISTERED:
            verdict = NOT_MEASURABLE
        elif last is None or last > data.as_of:
            verdict = TOO_EARLY
        else:
            complete_to = self.convention.complete_to
            verdict = CONTRADICTED if complete_to and last <= complete_to else NOT_MEASURABLE
        return EventDecision(self, verdict, status, window)

    def _window(self, status: Status) -> Window | None:
        if self.event == "threshold reached":
            return status.nth_instrument
        if self.event == "entered into force":
            day = self.convention.entered_into_force
            if day is None or day > status.as_of:
                return status.entry_into_force
        else:
            day = getattr(self.convention, self.event)
        return Window(day, day) if day else None


@dataclass(frozen=True)
class FirstDecision(Decision):
    """Which of those compared was adopted last before it, and what lies in between."""

    claim: FirstClaim
    last: Convention | None = None
    left_out: pd.DataFrame | None = None


class FirstClaim(Claim):
    """A convention was the first of its kind for a number of years.

    Attributes
    ----------
    convention : Convention
        The one that is said to be the first.
    against : tuple of Convention
        The kind: the conventions that it is compared with.
    comparison, value
        For more than, or at least, how many years.
    """

    convention: OneConvention
    against: OtherConventions
    comparison: Literal["more than", "at least"]
    value: Years

    def decide(self, data: ClaimData) -> FirstDecision:
        """Count the years since the last convention of the set was adopted.

        Not measurable where a day of adoption is not known.
        """
        adopted = self.convention.adopted
        days = {c: c.adopted for c in self.against if c.adopted is not None}
        if adopted is None or len(days) < len(self.against):
            return FirstDecision(self, NOT_MEASURABLE)
        before = {c: day for c, day in days.items() if day < adopted}
        if not before:
            return FirstDecision(self, SUPPORTED)
        last, day = max(before.items(), key=lambda item: item[1])
        needed = add_months(day, round(12 * self.value))
        truth = adopted > needed if self.comparison == "more than" else adopted >= needed
        left_out = self._left_out(data.base_treaties, day, adopted)
        return FirstDecision(self, verdict_of(truth), last, left_out)

    def _left_out(self, base: pd.DataFrame, last: date, adopted: date) -> pd.DataFrame:
        """Return the treaties of the same chapter of the depositary's list that lie in between."""
        compared = [base_treaty(c) for c in (self.convention, *self.against)]
        chapter = base_treaty(self.convention).split("-")[0]
        inside = base["concluded"].between(
            pd.Timestamp(last), pd.Timestamp(adopted), inclusive="neither"
        )
        same = (base["chapter"] == chapter) & ~base["treaty"].isin(compared)
        return base[inside & same].sort_values("concluded")


@dataclass(frozen=True)
class BodyDecision(Decision):
    """Whether the registry says that it was the body which adopted the convention."""

    claim: BodyClaim
    by_it: bool


class BodyClaim(Dated):
    """A body adopted a convention, or gave its consent to be bound by it."""

    convention: OneConvention
    body: Literal["General Assembly"]
    act: Literal[
        "adoption", "signature", "ratification", "acceptance", "approval", "formal confirmation",
        "accession", "definitive signature",
    ]  # fmt: skip

    def decide(self, data: ClaimData) -> BodyDecision:  # noqa: ARG002  all kinds alike
        """Tell adoption, which a body does, from consent, which participants give.

        Contradicted where it is said to have done what only a participant can do; not measurable
        where the registry does not say who adopted it or when.
        """
        adopted, symbol = self.convention.adopted, self.convention.adopted_by or ""
        by_it = symbol.startswith(SYMBOLS[self.body])
        if self.act != "adoption":
            verdict = CONTRADICTED
        elif not symbol or (adopted is None and self.value is not None):
            verdict = NOT_MEASURABLE
        elif not by_it:
            verdict = CONTRADICTED
        else:
            verdict = verdict_of(self.holds(Window(adopted, adopted)) if adopted else True)
        return BodyDecision(self, verdict, by_it)


@dataclass(frozen=True)
class RuleDecision(Decision):
    """Each part of the rule that is claimed: its noun, what is said and what is true."""

    claim: RuleClaim
    parts: list[tuple[str, int, int | None]]


class RuleClaim(Claim):
    """How many instruments a convention needs, and how long it then waits.

    `instruments`, `delay_days` and `delay_months` are what the statement says; at least one.
    """

    convention: OneConvention
    instruments: Whole | None = None
    delay_days: Whole | None = None
    delay_months: Whole | None = None

    @model_validator(mode="after")
    def _something(self) -> Self:
        if self.instruments is self.delay_days is self.delay_months is None:
            raise ValueError("needs at least one of instruments, delay_days and delay_months")
        return self

    def decide(self, data: ClaimData) -> RuleDecision:  # noqa: ARG002  all kinds alike
        """Compare the rule with that of the registry: supported only if every part is right."""
        convention, delay = self.convention, self.convention.delay
        every = [
            ("instrument", self.instruments, convention.threshold),
            ("day", self.delay_days, delay.days),
            ("month", self.delay_months, delay.months),
        ]
        parts = [(noun, said, true) for noun, said, true in every if said is not None]
        return RuleDecision(self, verdict_of(all(said == true for _, said, true in parts)), parts)


@dataclass(frozen=True)
class ActDecision(Decision):
    """The participant's first act of the kind, if one is known; when and where it was done."""

    claim: ActClaim
    acts: pd.DataFrame
    day_is_right: bool | None
    whereabouts: Whereabouts | None


class ActClaim(Dated):
    """A state, or the European Union, did something on a convention.

    Attributes
    ----------
    convention : Convention
        Which one.
    country : str
        ISO3 code; EUE is the European Union.
    act : str
        `consent` is any consent to be bound.
    place : str, optional
        Where; it is known only of a signature on the days on which the registry says where
        the convention was opened.
    done : bool
        False where the statement is that there was no such act by the day it was said.
    """

    convention: OneConvention
    country: Country
    act: Literal[
        "signature", "consent", "ratification", "acceptance", "approval", "formal confirmation",
        "accession", "succession", "definitive signature", "withdrawal",
    ]  # fmt: skip
    place: Words | None = None
    done: bool = True

    @model_validator(mode="after")
    def _no_day_of_what_was_not_done(self) -> Self:
        if not self.done and (self.comparison or self.place):
            raise ValueError("an act that was not done has neither a day nor a place")
        return self

    def decide(self, data: ClaimData) -> ActDecision:
        """Look the act up, with its day and, if it was signed at the opening, its place.

        The absence of an act is evidence only within the reach of the list; beyond it the data
        cannot tell, and before the end of the claimed time it is too early.
        """
        listed = data.acts_of(self.convention)
        kinds = KINDS_OF.get(self.act, (self.act,))
        acts = tables.first_acts(listed[listed["iso3"] == self.country], kinds).reset_index()
        if self.comparison is None:
            verdict = self._by_the_day_said(data, acts)
        elif acts.empty:
            verdict = self._nothing_known(data)
        else:
            return self._on_a_day(acts)
        if acts.empty or not self.place or verdict != SUPPORTED:
            return ActDecision(self, verdict, acts, None, None)
        whereabouts = whereabouts_of(acts.iloc[0], self.convention, self.place)
        return ActDecision(self, verdict_of(AT_PLACE.get(whereabouts)), acts, None, whereabouts)

    def _on_a_day(self, acts: pd.DataFrame) -> ActDecision:
        """Decide a claim with a day of an act that is known."""
        truth = self.holds(window_of(acts.iloc[0]))
        if not self.place or truth is False:
            return ActDecision(self, verdict_of(truth), acts, truth, None)
        whereabouts = whereabouts_of(acts.iloc[0], self.convention, self.place)
        verdict = verdict_of(all_hold([truth, AT_PLACE.get(whereabouts)]))
        return ActDecision(self, verdict, acts, truth, whereabouts)

    def _by_the_day_said(self, data: ClaimData, acts: pd.DataFrame) -> str:
        """Decide a claim without a day: whether there was the act when it was said."""
        numbers = []
        for day in (data.said(self), data.as_of):
            ends = (acts[end] <= pd.Timestamp(day) for end in ("latest", "earliest"))
            certain, possible = (int(end.any()) for end in ends)
            is_open = not certain and self._may_be_missing(data.status(self.convention, day))
            numbers.append(Bounds(certain, None if is_open else possible))
        comparison: Literal["at least", "at most"] = "at least" if self.done else "at most"
        return judge(comparison, int(self.done), numbers[:1], numbers[1:], grows=True)

    def _nothing_known(self, data: ClaimData) -> str:
        last = self.last_day
        if last is None or last > data.as_of:
            return TOO_EARLY
        if self.convention.complete_to is None:
            return NOT_MEASURABLE
        missing = self._may_be_missing(data.status(self.convention, last))
        return NOT_MEASURABLE if missing else CONTRADICTED

    def _may_be_missing(self, status: Status) -> bool:
        if self.act == "signature":
            return status.signatures_may_be_missing or not self.convention.signatories_listed
        return status.beyond_reach


def window_of(act: pd.Series | Row) -> Window:
    """Return the days on which an act may have been done."""
    return Window(act["earliest"].date(), act["latest"].date())


def whereabouts_of(act: pd.Series | Row, convention: Convention, place: str) -> Whereabouts:
    """Return whether a signature was given at a place: the registry says where it was opened.

    Examples
    --------
    >>> from adoption.law.conventions import load_conventions
    >>> day = pd.Timestamp("2025-10-25")
    >>> signature = {"act": "signature", "earliest": day, "latest": day}
    >>> whereabouts_of(signature, load_conventions()["hanoi"], "hanoi")
    'there'
    """
    if act["act"] not in ("signature", "definitive signature"):
        return "no signature"
    written = OPENED_AT.fullmatch(convention.opens_at)
    if written is None:
        return "place not written"
    first = last = convention.opens
    if written["month"] in MONTHS:
        year, month = int(written["year"]), MONTHS.index(written["month"]) + 1
        ends = written["first"], written["last"] or written["first"]
        first, last = (date(year, month, int(day)) for day in ends)
    window = window_of(act)
    if not first <= window.earliest <= window.latest <= last:
        return "not at the opening"
    same = place.strip().casefold() == written["place"].strip().casefold()
    return "there" if same else "elsewhere"
