"""Claims about facts: an event, a first of its kind, a body's act, a rule, a participant's act."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Annotated, Literal, Self

import pandas as pd
from pydantic import Field, model_validator

from adoption import tables
from adoption.claims.model import (
    Claim,
    ClaimData,
    Country,
    Dated,
    Day,
    OneConvention,
    OtherConventions,
    Whole,
    Words,
)
from adoption.claims.verdict import (
    CONTRADICTED,
    NOT_MEASURABLE,
    SUPPORTED,
    DayComparison,
    all_hold,
    verdict_if_unseen,
    verdict_of,
)
from adoption.core.vocabulary import CONSENTS, SIGNATURES, SIGNING_ACTS, WITHDRAWAL
from adoption.law.conventions import Convention
from adoption.law.placement import base_treaty
from adoption.law.rules import Window, add_months
from adoption.law.status import Row

SYMBOL = "A/RES/"  # how the symbol of a resolution of the General Assembly begins
Years = Annotated[float, Field(ge=0, le=1000)]  # days of the calendar end with the year 9999
KINDS_OF = {"signature": SIGNATURES, "consent": CONSENTS, "withdrawal": (WITHDRAWAL,)}
# "Hanoi, 25 and 26 October 2025, then New York", or a place alone; prose is no place.
OPENED_AT = re.compile(
    r"(?P<place>[^,;]+)(, (?P<first>\d+)( (and|to) (?P<last>\d+))? (?P<month>[A-Z]\w+ \d{4}),.*)?"
)


class EventClaim(Dated):
    """A convention was adopted, opened, closed or in force on a day, before or after it."""

    convention: OneConvention
    event: Literal["adopted", "opens", "closes", "entered into force"]
    comparison: DayComparison
    value: Day

    def verdict(self, data: ClaimData) -> str:
        """Compare the day of the event with the one that is claimed.

        Too early while an event that has not happened may still happen when it is said to; not
        measurable where the day, or whether it happened, is not known.
        """
        if window := self.window(data):
            return verdict_of(self.holds(window))
        if self.event != "entered into force":
            return NOT_MEASURABLE
        return verdict_if_unseen(self.last_day, data.as_of, self.convention.complete_to)

    def window(self, data: ClaimData) -> Window | None:
        """Return when the event was or will be, as far as is known on the day asked about."""
        day = getattr(self.convention, self.event.replace(" ", "_"))
        if self.event == "entered into force" and (day is None or day > data.as_of):
            return data.status(self.convention, data.as_of).entry_into_force
        return Window(day, day) if day else None


class FirstClaim(Claim):
    """A convention was the first of its kind for a number of years.

    Attributes
    ----------
    convention : Convention
        The one that is said to be the first.
    against : tuple of Convention
        The kind: the conventions that it is compared with.
    comparison, value
        For more than how many years.
    """

    convention: OneConvention
    against: OtherConventions
    comparison: Literal["more than"]
    value: Years

    def verdict(self, data: ClaimData) -> str:  # noqa: ARG002  all kinds alike
        """Count the years since the last convention of the set was adopted.

        Not measurable where a day of adoption is not known.
        """
        adopted = self.convention.adopted
        if adopted is None or not all(c.adopted for c in self.against):
            return NOT_MEASURABLE
        last = self.last()
        if last is None:
            return SUPPORTED
        return verdict_of(adopted > add_months(last[0], round(12 * self.value)))

    def last(self) -> tuple[date, Convention] | None:
        """Return which of those compared was adopted last before it, with the day."""
        adopted = self.convention.adopted or date.min
        before = [(c.adopted, c) for c in self.against if c.adopted and c.adopted < adopted]
        return max(before, key=lambda item: item[0], default=None)

    def left_out(self, base: pd.DataFrame, last: date) -> pd.DataFrame:
        """Return the treaties of the same chapter of the depositary's list since the last day."""
        compared = [base_treaty(c) for c in (self.convention, *self.against)]
        ends = pd.Timestamp(last), pd.Timestamp(self.convention.adopted or last)
        inside = base["concluded"].between(*ends, inclusive="neither")
        same = (base["chapter"] == compared[0].split("-")[0]) & ~base["treaty"].isin(compared)
        return base[inside & same].sort_values("concluded")


class BodyClaim(Dated):
    """A body adopted a convention, or gave its consent to be bound by it."""

    convention: OneConvention
    body: Literal["General Assembly"]
    act: Literal["adoption", "signature", "ratification", "acceptance", "approval", "accession"]

    @property
    def by_it(self) -> bool:
        """Whether the registry says that it was the body which adopted the convention."""
        return (self.convention.adopted_by or "").startswith(SYMBOL)

    def verdict(self, data: ClaimData) -> str:  # noqa: ARG002  all kinds alike
        """Tell adoption, which a body does, from consent, which participants give.

        Contradicted where it is said to have done what only a participant can do; not measurable
        where the registry does not say who adopted it or when.
        """
        adopted = self.convention.adopted
        if self.act != "adoption":
            return CONTRADICTED
        if not self.convention.adopted_by or adopted is None:
            return NOT_MEASURABLE
        return verdict_of(self.by_it and self.holds(Window(adopted, adopted)))


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
        if not self.parts:
            raise ValueError("needs at least one of instruments, delay_days and delay_months")
        return self

    @property
    def parts(self) -> list[tuple[str, int, int | None]]:
        """Each part of the rule that is claimed: its noun, what is said and what is true."""
        delay = self.convention.delay
        every = [
            ("instrument", self.instruments, self.convention.threshold),
            ("day", self.delay_days, delay.days),
            ("month", self.delay_months, delay.months),
        ]
        return [(noun, said, true) for noun, said, true in every if said is not None]

    def verdict(self, data: ClaimData) -> str:  # noqa: ARG002  all kinds alike
        """Compare the rule with that of the registry: supported only if every part is right."""
        return verdict_of(all(said == true for _, said, true in self.parts))


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
    comparison, value, until
        When; without them, by the day on which it was said.
    place : str, optional
        Where; it is known only of a signature on the days on which the registry says where
        the convention was opened.
    """

    convention: OneConvention
    country: Country
    act: Literal[
        "signature", "consent", "ratification", "acceptance", "approval", "formal confirmation",
        "accession", "succession", "definitive signature", "withdrawal",
    ]  # fmt: skip
    place: Words | None = None

    def verdict(self, data: ClaimData) -> str:
        """Look the act up, with its day and, if it was signed at the opening, its place.

        The absence of an act is evidence only within the reach of the list; beyond it the data
        cannot tell, and before the end of the claimed time it is too early.
        """
        by_then = {"comparison": "before", "value": data.said(self) + timedelta(days=1)}
        dated = self if self.comparison else self.model_copy(update=by_then)
        act = self.first_act(data)
        if act is None:
            complete_to = self.convention.complete_until("parties")
            if self.act == "signature":
                listed = self.convention.signatories_listed
                complete_to = self.convention.complete_until("signatories") if listed else None
            return verdict_if_unseen(dated.last_day, data.as_of, complete_to)
        truths = [dated.holds(window_of(act))]
        if self.place:
            truths.append(is_there(act, self.convention, self.place))
        return verdict_of(all_hold(truths))

    def first_act(self, data: ClaimData) -> Row | None:
        """Return the participant's first act of the kind, if one is known."""
        acts = data.acts_of(self.convention)
        acts = acts[acts["iso3"] == self.country]
        rows = tables.first_acts(acts, KINDS_OF.get(self.act, (self.act,))).reset_index()
        return next(iter(rows.to_dict("records")), None)


def window_of(act: Row) -> Window:
    """Return the days on which an act may have been done."""
    return Window(act["earliest"].date(), act["latest"].date())


def is_there(act: Row, convention: Convention, place: str) -> bool | None:
    """Return whether a signature was given at a place; None where the registry does not say.

    Examples
    --------
    >>> from adoption.law.conventions import load_conventions
    >>> day = pd.Timestamp("2025-10-25")
    >>> signature = {"act": "signature", "earliest": day, "latest": day}
    >>> is_there(signature, load_conventions()["hanoi"], "hanoi")
    True
    """
    written = OPENED_AT.fullmatch(convention.opens_at)
    if written is None or act["act"] not in SIGNING_ACTS:
        return None
    first = last = pd.Timestamp(convention.opens)
    if written["month"]:
        days = written["first"], written["last"] or written["first"]
        first, last = (pd.Timestamp(f"{day} {written['month']}") for day in days)
    if not first <= act["earliest"] <= act["latest"] <= last:
        return None
    return place.strip().casefold() == written["place"].strip().casefold()
