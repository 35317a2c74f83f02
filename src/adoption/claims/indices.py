"""The kind `index`: a state's value, rank or tier in an index of cyber or digital capacity."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Self

import pandas as pd
from pydantic import BeforeValidator, model_validator

from adoption.choices import one_of
from adoption.claims.base import Claim, Country, Number, Words, check_edition, opening_of, text_of
from adoption.claims.phrases import figure
from adoption.claims.verdicts import (
    NOT_MEASURABLE,
    Bounds,
    Comparison,
    Fact,
    Verdict,
    as_rows,
    judge,
)
from adoption.data.dictionary import table
from adoption.law.status import Row
from adoption.words import capitalised

if TYPE_CHECKING:
    from adoption.claims.data import ClaimData

OVERALL, TIER, MEDIAN = "overall", "tier", "median"
COLUMNS = {column.name: column for column in table("capacity").columns}
COMPONENTS = [*COLUMNS["component"].allowed, TIER]
TIERS = ["T1", "T2", "T3", "T4", "T5"]


def _index(value: object) -> str:
    return one_of("index", text_of(value), list(COLUMNS["index"].allowed))


def _component(value: object) -> str:
    return one_of("component", text_of(value), COMPONENTS)


class IndexClaim(Claim):
    """What an index says of a state.

    Attributes
    ----------
    country : str
        ISO3 code.
    index, component : str
        GCI or EGDI; overall, a part, rank (1 is best) or tier.
    edition : int, optional
        The newest of the time when it was said, where there is none.
    comparison, value
        The value may be `median`: that of all states with a value. A tier is equal or not.
    judgement : str, optional
        Instead of the two: words of the statement that no value decides.
    """

    country: Country
    index: Annotated[str, BeforeValidator(_index)]
    component: Annotated[str, BeforeValidator(_component)]
    edition: int | None = None
    comparison: Comparison | None = None
    value: Number | str | None = None
    judgement: Words | None = None

    @model_validator(mode="after")
    def _value_of_its_kind(self) -> Self:
        part = OVERALL if self.component == TIER else self.component
        check_edition(self.index, part, self.edition)
        if (self.comparison is None) != (self.value is None):
            raise ValueError("comparison and value go together")
        if (self.judgement is None) == (self.value is None):
            raise ValueError("needs either comparison and value or a judgement")
        if self.component == TIER and self.value is not None:
            if self.value not in TIERS:
                raise ValueError(f"value of a tier is one of {', '.join(TIERS)}")
            if self.comparison not in ("equals", "differs from"):
                raise ValueError("comparison of a tier is equals or differs from")
        elif isinstance(self.value, str) and self.value != MEDIAN:
            raise ValueError(f"value {self.value!r} is neither a number nor 'median'")
        elif isinstance(self.value, float):
            self._within_the_scale(self.value)
        return self

    def _within_the_scale(self, value: float) -> None:
        if self.component == "rank":
            if value < 1 or value != int(value):
                raise ValueError(f"value: a rank is a whole number from 1, not {value!r}")
        elif value > float(most := _highest(self.index, self.component)):
            raise ValueError(f"value: at most {most} in the {self.index}, not {value!r}")


def decide(claim: IndexClaim, data: ClaimData) -> Verdict:
    """Compare a value with what is said of it, in the edition of the day and in the newest.

    supported, contradicted or, where a newer edition says otherwise, outdated; not measurable
    without a value or where the words are a judgement.
    """
    days = (data.said(claim), data.as_of)
    editions = [claim.edition or _newest(claim, data.capacity, day.year) for day in days]
    then, today = (_value(claim, data.capacity, edition) for edition in editions)
    name = capitalised(data.name(claim.country))
    what = _what(claim)
    facts = [
        Fact(f"{name}: {what} {row['edition']}", _shown(claim, row), _grade(row), row["source"])
        for row in _history(claim, data.capacity).to_dict("records")
    ]
    if then is None or today is None:
        missing = editions[0] if then is None else editions[1]
        why = f"{name} has no value in the data for the {what}{f' {missing}' if missing else ''}."
        return Verdict(NOT_MEASURABLE, why, as_rows(facts))
    why = _told(claim, data.capacity, name, what, today)
    if claim.comparison is None or claim.value is None:
        why = f"{opening_of(claim.judgement)}{why}"
        return Verdict(NOT_MEASURABLE, why, as_rows(facts))
    said, now = (_compared(claim, data.capacity, row) for row in (then, today))
    verdict = judge(claim.comparison, 0, said, now)
    if then["edition"] != today["edition"]:
        why += f" When it was said, the edition was that of {then['edition']}: "
        why += f"{_shown(claim, then)}."
    return Verdict(verdict, why, as_rows(facts), _taken_as(claim))


def _history(claim: IndexClaim, capacity: pd.DataFrame) -> pd.DataFrame:
    component = OVERALL if claim.component == TIER else claim.component
    own = capacity[
        (capacity["iso3"] == claim.country)
        & (capacity["index"] == claim.index)
        & (capacity["component"] == component)
    ]
    own = own[own["tier"].notna()] if claim.component == TIER else own
    return own.sort_values("edition")


def _newest(claim: IndexClaim, capacity: pd.DataFrame, year: int) -> int | None:
    editions = _history(claim, capacity)["edition"]
    editions = editions[editions <= year]
    return None if editions.empty else int(editions.max())


def _value(claim: IndexClaim, capacity: pd.DataFrame, edition: int | None) -> Row | None:
    rows = _history(claim, capacity)
    found = rows[rows["edition"] == (edition or 0)].to_dict("records")
    return found[0] if found else None


def _median(claim: IndexClaim, capacity: pd.DataFrame, edition: int) -> tuple[float, int]:
    values = capacity[
        (capacity["index"] == claim.index)
        & (capacity["component"] == claim.component)
        & (capacity["edition"] == edition)
    ]["value"].dropna()
    return float(values.median()), len(values)


def _compared(claim: IndexClaim, capacity: pd.DataFrame, row: Row) -> Bounds:
    """Return how far a value lies above what it is compared with; 0 for the tier asked for."""
    if claim.component == TIER:
        return Bounds(row["tier"] != claim.value, row["tier"] != claim.value)
    yardstick = claim.value
    if yardstick == MEDIAN:
        yardstick = _median(claim, capacity, row["edition"])[0]
    difference = round(row["value"] - float(yardstick or 0), 6)
    return Bounds(difference, difference)


def _told(claim: IndexClaim, capacity: pd.DataFrame, name: str, what: str, row: Row) -> str:
    text = f"{name} has {_shown(claim, row)} in the {what} {row['edition']}"
    if claim.component == TIER:
        return f"{text}."
    median, states = _median(claim, capacity, row["edition"])
    text += f"; the median of the {states} states with a value is {_digits(claim, median)}"
    return f"{text}."


def _taken_as(claim: IndexClaim) -> str:
    if claim.value is None:
        return ""
    value = "the median" if claim.value == MEDIAN else claim.value
    return f"Taken as: {claim.comparison} {figure(value) if isinstance(value, float) else value}."


def _digits(claim: IndexClaim, value: float) -> str:
    if claim.component == "rank":
        return figure(value)
    return f"{value:.4f}" if claim.index == "EGDI" else f"{value:.2f}"


def _shown(claim: IndexClaim, row: Row) -> str:
    if claim.component == TIER:
        return f"tier {row['tier']}"
    value = _digits(claim, row["value"])
    if claim.component == "rank":
        return f"rank {value}"
    return f"{value} of {_highest(claim.index, claim.component)}"


def _highest(index: str, component: str) -> str:
    """Return the highest value there can be, for a sentence."""
    return {"EGDI": "1", "GCI": "100" if component == OVERALL else "20"}[index]


def _what(claim: IndexClaim) -> str:
    """Return what is looked at, for a sentence."""
    part = claim.component.replace("_", " ")
    if claim.component in (TIER, "rank"):
        return claim.index
    if claim.component == OVERALL:
        return f"overall score of the {claim.index}"
    return f"{part} {'pillar' if claim.index == 'GCI' else 'part'} of the {claim.index}"


def _grade(row: Row) -> str:
    return row["grade"] if isinstance(row["grade"], str) else "not assessed"
