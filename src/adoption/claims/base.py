"""What every kind of claim has, and the types of the fields they share."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Self

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationInfo,
    model_validator,
)

from adoption import tables
from adoption.choices import country_code, one_of
from adoption.claims.verdicts import Comparison, DayComparison
from adoption.countries.groups import Group, find_group, load_groups
from adoption.countries.profiles import PILLARS
from adoption.errors import AdoptionError
from adoption.law.conventions import Convention, find_convention
from adoption.words import long_day


def text_of(value: object) -> str:
    """Return a value that must be text."""
    if not isinstance(value, str):
        raise ValueError(f"{value!r} is not text")
    return value


def _convention(value: object) -> Convention:
    return value if isinstance(value, Convention) else find_convention(text_of(value), "convention")


def _conventions(value: object, info: ValidationInfo) -> tuple[Convention, ...]:
    if not isinstance(value, (list, tuple)) or not value:
        raise ValueError(f'{value!r} is not a list of conventions, such as ["untoc", "uncac"]')
    field = str(info.field_name)
    return tuple(
        name if isinstance(name, Convention) else find_convention(text_of(name), field)
        for name in value
    )


def _group(value: object, info: ValidationInfo) -> Group:
    if isinstance(value, Group):
        return value
    groups = load_groups()
    return find_group(text_of(value), groups, str(info.field_name))


def _country(value: object) -> str:
    return country_code(text_of(value))


def check_edition(index: str, component: str, edition: int | None) -> None:
    """Check that an index has a component, in an edition if one is named."""
    capacity = tables.read("capacity")
    capacity = capacity[capacity["index"] == index]
    one_of("component", component, sorted(capacity["component"].unique()))
    editions = sorted(capacity.loc[capacity["component"] == component, "edition"].unique())
    if edition is not None and edition not in editions:
        raise AdoptionError(
            f"edition: there is no {edition} with the {component} of the {index} "
            f"(all: {', '.join(map(str, editions))})"
        )


def _pillar(value: object) -> str:
    return one_of("pillar", text_of(value), PILLARS)


def _whole(value: float) -> float:
    if value != int(value):
        raise ValueError(f"{value!r} is not a whole number")
    return value


def check_others(field: str, convention: Convention, others: tuple[Convention, ...]) -> None:
    """Check that a convention is not compared with itself."""
    if convention.convention in {other.convention for other in others}:
        raise ValueError(f"{field}: {convention.convention!r} is the convention of the claim")


OneConvention = Annotated[Convention, BeforeValidator(_convention)]
SomeConventions = Annotated[tuple[Convention, ...], BeforeValidator(_conventions)]
OneGroup = Annotated[Group, BeforeValidator(_group)]
Country = Annotated[str, BeforeValidator(_country)]
Pillar = Annotated[str, BeforeValidator(_pillar)]
Words = Annotated[str, Field(min_length=1)]
Number = Annotated[float, Field(ge=0, allow_inf_nan=False)]
WholeNumber = Annotated[Number, AfterValidator(_whole)]
Whole = Annotated[int, Field(ge=0)]
Share = Annotated[float, Field(ge=0, le=1)]


class Claim(BaseModel):
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
        A key of `adoption.claims.kinds.KINDS`.
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
    value: date | None = None
    until: date | None = None

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
    def in_words(self) -> str:
        """The day that is claimed, for a sentence."""
        if self.value is None:
            return "no day"
        if self.until is not None:
            return f"between {long_day(self.value)} and {long_day(self.until)}"
        return f"{self.comparison} {long_day(self.value)}"


class Measured(Claim):
    """A claim about a number, or one whose words no number decides.

    Attributes
    ----------
    comparison : str, optional
        How the number is compared.
    value : float, optional
        With what.
    judgement : str, optional
        Instead of the two: the words of the statement that are a judgement or a demand, so
        that the number is shown and decides nothing.
    """

    comparison: Comparison | None = None
    value: Number | None = None
    judgement: Words | None = None

    @model_validator(mode="after")
    def _yardstick_or_judgement(self) -> Self:
        given: tuple[Any, ...] = (self.comparison, self.value)
        if sum(part is not None for part in given) == 1:
            raise ValueError("comparison and value go together")
        if (self.judgement is None) == (self.value is None):
            raise ValueError("needs either comparison and value or a judgement")
        return self

    @property
    def opening(self) -> str:
        """What is said before the numbers of a judgement."""
        return opening_of(self.judgement)


def opening_of(judgement: str | None) -> str:
    """Return what is said before numbers that decide nothing; nothing before those that do."""
    if judgement is None:
        return ""
    return f"No row of data decides “{judgement}”; what can be measured is this. "
