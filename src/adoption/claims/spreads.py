"""The kind `spread`: how far the states of a group lie apart in a pillar of the GCI."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, Self

import pandas as pd
from pydantic import model_validator

from adoption.claims.base import Measured, OneGroup, Pillar, check_edition
from adoption.claims.phrases import figure
from adoption.claims.verdicts import NOT_MEASURABLE, Bounds, Fact, Verdict, as_rows, judge
from adoption.countries.dispersion import dispersion, pillar_values
from adoption.countries.groups import Group
from adoption.countries.profiles import PILLAR_MAXIMUM, PILLARS
from adoption.law.status import Row
from adoption.words import capitalised, counted

if TYPE_CHECKING:
    from adoption.claims.data import ClaimData

Measure = Literal["range", "interquartile range", "gini"]


class SpreadClaim(Measured):
    """How unequal a group of states is in one pillar.

    Attributes
    ----------
    group, inner : Group
        The group, and one to set beside it.
    pillar : str
        A pillar of the GCI.
    measure : {"range", "interquartile range", "gini"}
        In points of 20, or the Gini coefficient.
    edition : int, optional
        Of the GCI; the newest with its pillars where there is none.
    """

    group: OneGroup
    inner: OneGroup | None = None
    pillar: Pillar
    measure: Measure
    edition: int | None = None

    @model_validator(mode="after")
    def _an_edition_with_the_pillar(self) -> Self:
        check_edition("GCI", self.pillar, self.edition)
        most = 1 if self.measure == "gini" else PILLAR_MAXIMUM
        if self.value is not None and self.value > most:
            raise ValueError(f"value: a {self.measure} is at most {most}, not {self.value!r}")
        return self


def decide(claim: SpreadClaim, data: ClaimData) -> Verdict:
    """Measure the spread: supported or contradicted; not measurable with less than two values."""
    edition = claim.edition or _newest(data.capacity, claim.pillar)
    values = pillar_values(data.capacity, edition)
    row = _measured(values, claim.group, claim.pillar)
    facts = _facts(claim, data, edition)
    if row["states"] < 2:
        have = "has" if row["states"] == 1 else "have"
        why = f"{_of(claim.group, row)} {have} a value in the GCI {edition}: too few to compare."
        return Verdict(NOT_MEASURABLE, why, as_rows(facts))
    number = {
        "range": row["highest"] - row["lowest"],
        "interquartile range": row["iqr"],
        "gini": row["gini"],
    }[claim.measure]
    why = (
        f"In the {PILLARS[claim.pillar].lower()} pillar of the GCI {edition}, the scores of "
        f"{_of(claim.group, row)} run from {row['lowest']:.2f} to {row['highest']:.2f} of "
        f"{PILLAR_MAXIMUM} points: a range of {row['highest'] - row['lowest']:.2f}."
    )
    more = (
        f"Interquartile range {row['iqr']:.2f}; Gini {row['gini']:.2f}, beside "
        f"{row['others_gini']:.2f} among the other {row['others']} states. "
        f"{_inside(claim, values)}"
    ).strip()
    if claim.comparison is None or claim.value is None:
        return Verdict(NOT_MEASURABLE, claim.opening + why, as_rows(facts), more)
    measure = "Gini coefficient" if claim.measure == "gini" else claim.measure
    article = "an" if measure[0] in "aeiou" else "a"
    more += f" Taken as: {article} {measure} of {claim.comparison} {figure(claim.value)}."
    point = Bounds(round(number, 6), round(number, 6))
    verdict = judge(claim.comparison, claim.value, point, point)
    return Verdict(verdict, why, as_rows(facts), more.strip())


def _inside(claim: SpreadClaim, values: pd.DataFrame) -> str:
    """Say how far the members of the inner group lie apart, where there is one."""
    if claim.inner is None:
        return ""
    part = _measured(values, claim.inner, claim.pillar)
    if part["states"] < 2:
        return ""
    low, high = part["lowest"], part["highest"]
    return f"Those of {_of(claim.inner, part)} run from {low:.2f} to {high:.2f}."


def _newest(capacity: pd.DataFrame, pillar: str) -> int:
    of_pillar = (capacity["index"] == "GCI") & (capacity["component"] == pillar)
    return int(capacity.loc[of_pillar, "edition"].max())


def _measured(values: pd.DataFrame, group: Group, pillar: str) -> Row:
    measured = dispersion(values, group.members)
    row: Row = measured[measured["component"] == pillar].to_dict("records")[0]
    return row


def _of(group: Group, row: Row) -> str:
    return f"{counted(row['states'], 'member')} of {group.in_sentence}"


def _facts(claim: SpreadClaim, data: ClaimData, edition: int) -> list[Fact]:
    """Return the values of the group, highest first."""
    gci = data.capacity[
        (data.capacity["index"] == "GCI")
        & (data.capacity["edition"] == edition)
        & (data.capacity["component"] == claim.pillar)
        & data.capacity["iso3"].isin(list(claim.group.members))
    ].sort_values(["value", "iso3"], ascending=[False, True])
    return [
        Fact(
            what=capitalised(data.name(str(row["iso3"]))),
            value=f"{row['value']:.2f} of {PILLAR_MAXIMUM}",
            grade=row["grade"] if isinstance(row["grade"], str) else "not assessed",
            source=row["source"],
        )
        for row in gci.to_dict("records")
    ]
