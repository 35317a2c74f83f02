"""A statement, the types of its fields, and the data that it is held against."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import dataclass, field, fields, replace
from datetime import date, timedelta
from functools import cached_property
from typing import Annotated, Any, Self

import pandas as pd
from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationInfo,
    model_validator,
)

from adoption import tables
from adoption.claims.verdict import Comparison, DayComparison, day_holds
from adoption.core.text import in_sentence
from adoption.countries.groups import Group, find_country, find_group
from adoption.law.conventions import Convention, find_convention
from adoption.law.panel import members_for
from adoption.law.rules import Window
from adoption.law.spells import History, history_in
from adoption.law.status import Status, status_on


def named(find: Callable[[Any, str], Any]) -> BeforeValidator:
    """Return a validator that looks up a name in a field."""

    def look_up(value: object, info: ValidationInfo) -> Any:
        return find(value, str(info.field_name))

    return BeforeValidator(look_up)


def group_named(value: Any, field: str) -> Group:
    """Return the group of a name; a group is returned as it is."""
    return value if isinstance(value, Group) else find_group(value, field)


def _others(value: object, info: ValidationInfo) -> tuple[Convention, ...]:
    """Return the conventions that the one of a claim, named before them, is compared with."""
    if not isinstance(value, list | tuple) or not value:
        raise ValueError(f'{value!r} is not a list of conventions, such as ["untoc", "uncac"]')
    others = tuple(find_convention(name, str(info.field_name)) for name in value)
    subject = info.data.get("convention")
    if subject in others:
        raise ValueError(f"{subject.convention!r} is the convention of the claim")
    return others


OneConvention = Annotated[Convention, named(find_convention)]
OtherConventions = Annotated[tuple[Convention, ...], BeforeValidator(_others)]
OneGroup = Annotated[Group, named(group_named)]
Country = Annotated[str, named(find_country)]
Words = Annotated[str, Field(min_length=1)]
Number = Annotated[float, Field(ge=0, allow_inf_nan=False)]
Whole = Annotated[int, Field(ge=0)]
Day = Annotated[date, Field(ge=date(1900, 1, 1))]


class Claim(BaseModel, ABC):
    """A statement, and how it is put to the data.

    Attributes
    ----------
    id, statement : str
        A short name, unique in its file, and the statement in words of one's own.
    said_by : str
        Who said it.
    said_on : date
        The day on which it was said.
    kind : str
        A key of `adoption.claims.check.KINDS`.
    reading : str, optional
        How its words were taken to be measured, where they can be taken in more than one way.
    """

    model_config = ConfigDict(
        extra="forbid", frozen=True, strict=True, arbitrary_types_allowed=True
    )
    id: Words
    statement: Words
    said_by: Words
    said_on: date
    kind: Words
    reading: Words | None = None

    @abstractmethod
    def verdict(self, data: ClaimData) -> str:
        """Return what the data say of the statement, one of `adoption.claims.verdict.VERDICTS`."""


class Dated(Claim):
    """A claim that something happened on a day, before or after it, or between two.

    Attributes
    ----------
    comparison : {"on", "before", "after", "between"}
        How the day is meant.
    value, until : date
        The day; `until` is the second one of `between`, which takes in both.
    """

    comparison: DayComparison | None = None
    value: Day | None = None
    until: Day | None = None

    @model_validator(mode="after")
    def _days_in_order(self) -> Self:
        if (self.comparison is None) != (self.value is None):
            raise ValueError("comparison and value go together")
        if (self.comparison == "between") != (self.until is not None):
            raise ValueError("until goes with the comparison 'between', and only with it")
        if self.value and self.until and self.until < self.value:
            raise ValueError("until is before value")
        return self

    @property
    def last_day(self) -> date | None:
        """The last day on which what is claimed can happen; None where it has no end."""
        if self.comparison == "after" or self.value is None:
            return None
        if self.comparison == "before":
            return self.value - timedelta(days=1)
        return self.until or self.value

    def holds(self, window: Window) -> bool | None:
        """Return whether something happened when it is said to; true where no day is claimed."""
        if self.comparison is None or self.value is None:
            return True
        return day_holds(self.comparison, self.value, self.until, window)


class Measured(Claim):
    """A claim about a number, or one whose words no number decides.

    Attributes
    ----------
    comparison : str, optional
        How the number is compared.
    value : float, optional
        With what.
    judgement : str, optional
        Instead of the two: the words of the statement that no table holds, such as a judgement,
        a demand or a programme, so that the number is shown and decides nothing.
    """

    comparison: Comparison | None = None
    value: Number | None = None
    judgement: Words | None = None

    @model_validator(mode="after")
    def _yardstick_or_judgement(self) -> Self:
        if not (self.comparison is None) == (self.value is None) != (self.judgement is None):
            raise ValueError("needs either comparison and value or a judgement")
        return self


@dataclass(frozen=True)
class ClaimData:
    """What is known on the day asked about: a statement said later is held against this day.

    The tables are the processed ones of those names; `acts_of` leaves out what is after the day.
    """

    as_of: date
    acts: pd.DataFrame
    states: pd.DataFrame
    memberships: pd.DataFrame
    capacity: pd.DataFrame
    entries_into_force: pd.DataFrame
    base_treaties: pd.DataFrame
    _histories: dict[Convention, History] = field(default_factory=dict, init=False)
    _statuses: dict[tuple[Convention, date], Status] = field(default_factory=dict, init=False)

    def said(self, claim: Claim) -> date:
        """Return the day on which a claim was said, or the day asked about if it is earlier."""
        return min(claim.said_on, self.as_of)

    def acts_of(self, convention: Convention) -> pd.DataFrame:
        """Return the acts on a convention that can have happened by the day asked about."""
        return tables.known_by(tables.of_convention(self.acts, convention.convention), self.as_of)

    def status(self, convention: Convention, day: date) -> Status:
        """Return a convention's status on a day; worked out once for all claims."""
        if (convention, day) not in self._statuses:
            members = members_for(convention, self.memberships)
            status = status_on(self.history(convention), day, self.states, members)
            self._statuses[convention, day] = status
        return self._statuses[convention, day]

    def history(self, convention: Convention) -> History:
        """Return a convention with its spells; worked out once for all claims."""
        if convention not in self._histories:
            self._histories[convention] = history_in(convention, vars(self))
        return self._histories[convention]

    def name(self, iso3: str) -> str:
        """Return a participant's name as it stands in a sentence."""
        row = self.states[self.states["iso3"] == iso3].to_dict("records")[0]
        return in_sentence(str(row["name"]), row["article"])

    @cached_property
    def without_reports(self) -> ClaimData:
        """The same without the acts that are only reported."""
        return replace(self, acts=tables.without_reports(self.acts))


def load_claim_data(as_of: date) -> ClaimData:
    """Return the processed tables and the registry for a day.

    Examples
    --------
    >>> from datetime import date
    >>> load_claim_data(date(2025, 10, 26)).name("PHL")
    'the Philippines'
    """
    names = [table.name for table in fields(ClaimData) if table.init]
    return ClaimData(as_of, *map(tables.read, names[1:]))
