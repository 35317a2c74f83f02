"""The kind `first`: no convention of a set was adopted for some years before."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated, Literal, Self

import pandas as pd
from pydantic import Field, model_validator

from adoption.claims.base import Claim, OneConvention, SomeConventions, check_others
from adoption.claims.phrases import figure, law_fact, treaty
from adoption.claims.verdicts import NOT_MEASURABLE, Fact, Verdict, as_rows, verdict_of
from adoption.law.conventions import Convention
from adoption.law.rules import add_months
from adoption.law.status import Row
from adoption.words import capitalised, counted, listed, long_day, short_day

if TYPE_CHECKING:
    from adoption.claims.data import ClaimData

Years = Annotated[float, Field(ge=0, le=1000)]  # days of the calendar end with the year 9999
LISTED = "listed"  # the grade of a row of the depositary's own list


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
    against: SomeConventions
    comparison: Literal["more than", "at least"]
    value: Years

    @model_validator(mode="after")
    def _not_against_itself(self) -> Self:
        check_others("against", self.convention, self.against)
        return self


def decide(claim: FirstClaim, data: ClaimData) -> Verdict:
    """Count the years since the last convention of the set was adopted.

    supported or contradicted; not measurable where a day of adoption is not known.
    """
    adopted = claim.convention.adopted
    unknown = [c for c in (claim.convention, *claim.against) if c.adopted is None]
    facts = [_fact(c) for c in (claim.convention, *claim.against)]
    if adopted is None or unknown:
        why = f"The day of adoption of {listed([treaty(c) for c in unknown])} is not in the data."
        return Verdict(NOT_MEASURABLE, why, as_rows(facts))
    before = [c for c in claim.against if c.adopted and c.adopted < adopted]
    if not before:
        why = f"None of the conventions compared was adopted before {treaty(claim.convention)}."
        return Verdict(verdict_of(truth=True), why, as_rows(facts))
    last = max(before, key=lambda c: str(c.adopted))
    assert last.adopted is not None
    needed = add_months(last.adopted, round(12 * claim.value))
    truth = adopted > needed if claim.comparison == "more than" else adopted >= needed
    why = (
        f"{capitalised(treaty(claim.convention))} was adopted on {long_day(adopted)}, "
        f"{_years(last.adopted, adopted)} after {treaty(last)} ({long_day(last.adopted)}), the "
        f"last of those compared; the statement says {claim.comparison} {figure(claim.value)} "
        "years."
    )
    between = _between(claim, data, last.adopted, adopted)
    facts += [_left_out(row) for row in between.to_dict("records")]
    more = _caveat(claim.convention, between, adopted) if truth and not between.empty else ""
    return Verdict(verdict_of(truth), why, as_rows(facts), more)


def _fact(convention: Convention) -> Fact:
    day = convention.adopted
    return law_fact(convention, convention.title, _adopted_on(day) if day else "day not known")


def _left_out(row: Row) -> Fact:
    title = f"Same chapter, not compared: {row['title']}"
    return Fact(title, f"concluded {short_day(row['concluded'].date())}", LISTED, row["source"])


def _adopted_on(day: date) -> str:
    return f"adopted {short_day(day)}"


def _years(earlier: date, later: date) -> str:
    """Return the whole years and months between two days.

    Examples
    --------
    >>> from datetime import date
    >>> _years(date(2003, 10, 31), date(2024, 12, 24))
    '21 years and 1 month'
    """
    months = (later.year - earlier.year) * 12 + later.month - earlier.month
    months -= add_months(earlier, months) > later
    years, left = divmod(months, 12)
    parts = [counted(years, "year")] * (years > 0) + [counted(left, "month")] * (left > 0)
    return listed(parts) or "less than a month"


def _between(claim: FirstClaim, data: ClaimData, last: date, adopted: date) -> pd.DataFrame:
    """Return the treaties of the same chapter of the depositary's list that lie in between."""
    number = claim.convention.reference.removeprefix("UNTC ")
    base = data.base_treaties
    compared = {c.reference.removeprefix("UNTC ") for c in (claim.convention, *claim.against)}
    if number == claim.convention.reference:
        return base.iloc[:0]
    inside = (base["concluded"] > pd.Timestamp(last)) & (base["concluded"] < pd.Timestamp(adopted))
    same = (base["chapter"] == number.split("-")[0]) & ~base["treaty"].isin(list(compared))
    return base[inside & same].sort_values("concluded")


def _caveat(convention: Convention, between: pd.DataFrame, adopted: date) -> str:
    """Say what the reading leaves out: treaties that another reading may count."""
    chapter = convention.reference.removeprefix("UNTC ").split("-")[0]
    first = between.iloc[0]
    gap = _years(first["concluded"].date(), adopted)
    seen = long_day(between["as_of"].max().date())
    many = (
        f"{counted(len(between), 'treaty', 'treaties')} concluded in between, the first of them "
        if len(between) > 1
        else ""
    )
    return (
        f"That rests on what is compared: the same chapter of the depositary's list ({chapter}, "
        f"as of {seen}) holds {many}the {first['title']}, {gap} before."
    )
