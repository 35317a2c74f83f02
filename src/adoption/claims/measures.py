"""Claims about measures: a count, a share, a spread, a value of an index, pairs of states."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Annotated, Any, Literal, Self

import pandas as pd
from pydantic import Field, model_validator

from adoption import tables
from adoption.claims.model import (
    Claim,
    ClaimData,
    Country,
    Measured,
    Number,
    OneConvention,
    OneGroup,
    OtherConventions,
    Whole,
    group_named,
    named,
)
from adoption.claims.verdict import NOT_MEASURABLE, TOO_EARLY, Bounds, Comparison, judge
from adoption.core.errors import AdoptionError
from adoption.countries.capacity import PILLAR_MAXIMUM, PILLARS, Indicator, indices
from adoption.countries.groups import Group, load_groups
from adoption.countries.inequality import dispersion, pillar_values
from adoption.countries.network import Clique, Network, clique_of, network, newly_joined
from adoption.law.conventions import Convention
from adoption.law.curves import cumulative, spells_of
from adoption.law.status import Row, Status
from adoption.tables.choices import one_of

SIGNATORIES, UN_MEMBERS = "signatories", "un-members"
RANK, MEDIAN = "rank", "median"


class Counted(Claim):
    """A claim about who has acted on a convention.

    `on` is the day for which it is said, where the statement names one. Without, it is the day
    on which the statement was made, and the number may be superseded.
    """

    convention: OneConvention
    on: date | None = None

    def undecided(self, data: ClaimData, *, of_signatures: bool) -> str | None:
        """Return the verdict where no source names who signed, or its day has not come."""
        if of_signatures and not self.convention.signatories_listed:
            return NOT_MEASURABLE
        return TOO_EARLY if self.on and self.on > data.as_of else None

    def statuses(self, data: ClaimData) -> tuple[Status, Status]:
        """Return the convention on the day for which it is said, and now if none is named."""
        said = data.status(self.convention, self.on or data.said(self))
        return said, said if self.on else data.status(self.convention, data.as_of)


class CountClaim(Counted):
    """A number of signatories or parties."""

    measure: Literal["signatories", "parties"]
    comparison: Comparison
    value: Whole

    def verdict(self, data: ClaimData) -> str:
        """Compare the count with that of the data, on the day it was said and now.

        A count of the present that has been passed is outdated; one for a day that is named
        stays true.
        """
        if undecided := self.undecided(data, of_signatures=self.measure == "signatories"):
            return undecided
        said, now = ([self.bounds(status)] for status in self.statuses(data))
        return judge(self.comparison, self.value, said, now, grows=True)

    def bounds(self, status: Status) -> Bounds:
        """Return the count on a day."""
        count = getattr(status, self.measure)
        return Bounds(count.with_reports, count.upper)

    def passed(self, data: ClaimData) -> tuple[Row, Row] | None:
        """Return the step of the curve with the count as it is said, or that which passed it."""
        said, _ = self.statuses(data)
        if self.comparison != "equals" or self.value >= self.bounds(said).lower:
            return None
        rows = spells_of(data.history(self.convention), self.measure)
        curve = cumulative(rows, self.convention.opens, said.as_of).to_dict("records")
        for row, following in pairwise(curve):
            is_so = row["lower"] == row["upper"] == self.value
            if is_so or row["upper"] < self.value < following["lower"]:
                return row, following
        return None


def _whom(value: Any, field: str) -> Group | str:
    return value if value in (SIGNATORIES, UN_MEMBERS) else group_named(value, field)


@dataclass(frozen=True)
class StatesActed:
    """How many of some states have acted: the certain ones by ISO3, and the possible number."""

    name: str
    states: int
    acted: tuple[str, ...]
    possible: int

    @property
    def share(self) -> Bounds:
        """The share, 0 to 1; where there are no states, from 0 to 1."""
        if not self.states:
            return Bounds(0, 1)
        return Bounds(len(self.acted) / self.states, self.possible / self.states)


class ShareClaim(Counted, Measured):
    """A share of some states, from 0 to 1.

    Attributes
    ----------
    of : str or Group
        `signatories` (of the convention), `un-members` or a group of states.
    acted : {"signed", "bound"}
        What the share has done.
    per : {"region"}, optional
        The comparison must be true in each region.
    """

    of: Annotated[Group | str, named(_whom)]
    acted: Literal["signed", "bound"]
    per: Literal["region"] | None = None
    value: Annotated[float, Field(ge=0, le=1)] | None = None

    def verdict(self, data: ClaimData) -> str:
        """Count the share on the day it was said and now: beyond a list all may have acted."""
        if undecided := self.undecided(data, of_signatures=self.acted == "signed"):
            return undecided
        shares = [
            [part.share for part in self.parts(status)] or [Bounds(0, 1)]
            for status in self.statuses(data)
        ]
        # A share of those who signed falls when others sign.
        grows = self.of != SIGNATORIES or self.comparison != "equals"
        return judge(self.comparison, self.value, *shares, grows=grows)

    def parts(self, status: Status) -> list[StatesActed]:
        """Return the whole, or each region of it, largest first."""
        frame = status.participants
        if isinstance(self.of, Group):
            frame = frame[frame["iso3"].isin(self.of.members)]
        elif self.of == SIGNATORIES:
            signatories = status.signatories.rows().query("certain")["iso3"]
            frame = frame[frame["iso3"].isin(signatories)]
        else:
            frame = frame[frame["kind"] == "member"]
        count = status.signatories if self.acted == "signed" else status.parties
        rows = count.rows()
        certain = rows.loc[rows["certain"], "iso3"]
        parts = []
        for name, area in frame.groupby(self.per) if self.per else [("", frame)]:
            acted = tuple(area.loc[area["iso3"].isin(certain), "iso3"])
            possible = int(area["iso3"].isin(rows["iso3"]).sum())
            most = len(area) if count.upper is None else possible
            parts.append(StatesActed(str(name), len(area), acted, most))
        return sorted(parts, key=lambda part: (-part.states, part.name))


def check_edition(index: str, component: str, edition: int | None) -> None:
    """Check that an index has a component, in an edition if one is named."""
    capacity = tables.of_index(tables.read("capacity"), index)
    one_of("component", component, sorted(capacity["component"].unique()))
    editions = sorted(capacity.loc[capacity["component"] == component, "edition"].unique())
    if edition is not None and edition not in editions:
        raise AdoptionError(
            f"edition: there is no {edition} with the {component} of the {index} "
            f"(all: {', '.join(map(str, editions))})"
        )


class SpreadClaim(Measured):
    """How unequal a group of states is in one pillar of the GCI.

    Attributes
    ----------
    group, inner : Group
        The group, and one to set beside it.
    pillar : str
        A pillar of the GCI.
    measure : {"range"}
        Between its lowest and its highest member, in points of 20.
    edition : int
        Of the GCI.
    """

    group: OneGroup
    inner: OneGroup | None = None
    pillar: Annotated[str, named(lambda text, field: one_of(field, text, PILLARS))]
    measure: Literal["range"]
    edition: int

    @model_validator(mode="after")
    def _an_edition_with_the_pillar(self) -> Self:
        check_edition("GCI", self.pillar, self.edition)
        if self.value is not None and self.value > PILLAR_MAXIMUM:
            raise ValueError(f"value: a range is at most {PILLAR_MAXIMUM}, not {self.value!r}")
        return self

    def verdict(self, data: ClaimData) -> str:
        """Measure the spread; not measurable with fewer than two values."""
        spread = self.spread(data, self.group)
        if spread["states"] < 2:
            return NOT_MEASURABLE
        width = round(spread["highest"] - spread["lowest"], 6)
        point = [Bounds(width, width)]
        return judge(self.comparison, self.value, point, point)

    def spread(self, data: ClaimData, group: Group) -> Row:
        """Return the dispersion of the pillar among the members of a group."""
        values = pillar_values(data.capacity, self.edition)
        return dispersion(values, group.members).set_index("component").loc[self.pillar].to_dict()


class IndexClaim(Measured):
    """What an index of cyber or digital capacity says of a state.

    Attributes
    ----------
    country : str
        ISO3 code.
    index, component : str
        GCI, EGDI or one that was added; overall, a part, or rank (1 is best).
    edition : int, optional
        The newest of the time when it was said, where there is none.
    comparison, value
        The value may be `median`: that of all states with a value. The statement then names the
        index: a score is no fact about anything else.
    """

    country: Country
    index: Annotated[str, named(lambda text, field: one_of(field, text, indices()))]
    component: str
    edition: int | None = None
    value: Number | Literal["median"] | None = None  # type: ignore[assignment]

    @model_validator(mode="after")
    def _value_of_its_kind(self) -> Self:
        check_edition(self.index, self.component, self.edition)
        if self.comparison is not None and self.index not in self.statement:
            raise ValueError(
                f"the statement does not name the {self.index}, and a score decides no other; "
                "give a judgement in place of comparison and value"
            )
        if isinstance(self.value, float):
            if self.component == RANK and (self.value < 1 or self.value != int(self.value)):
                raise ValueError(f"value: a rank is a whole number from 1, not {self.value!r}")
            if self.component != RANK and self.value > (most := self.indicator.maximum):
                raise ValueError(f"value: at most {most} in the {self.index}, not {self.value!r}")
        return self

    @property
    def indicator(self) -> Indicator:
        """What is measured."""
        return Indicator(self.index, self.edition or 0, self.component)

    def values(self, data: ClaimData) -> pd.DataFrame:
        """Return the rows of all states, in order of editions."""
        rows = tables.of_index(data.capacity, self.index, component=self.component)
        return rows.sort_values("edition")

    def editions(self, data: ClaimData) -> tuple[int, int]:
        """Return the edition of the time when it was said, and of the day asked about."""
        rows = self.values(data)
        editions = rows.loc[rows["iso3"] == self.country, "edition"].tolist()
        then, now = (
            self.edition or max((e for e in editions if e <= day.year), default=0)
            for day in (data.said(self), data.as_of)
        )
        return then, now

    def verdict(self, data: ClaimData) -> str:
        """Compare a value with what is said of it, in the edition of the day and in the newest.

        Outdated where a newer edition says otherwise; not measurable without a value.
        """
        bounds = []
        for edition in self.editions(data):
            values = self.values(data)
            of_all = values[values["edition"] == edition].set_index("iso3")["value"]
            if self.country not in of_all.index:
                return NOT_MEASURABLE
            yardstick = of_all.median() if self.value == MEDIAN else float(self.value or 0)
            above = round(of_all[self.country] - yardstick, 6)
            bounds.append([Bounds(above, above)])
        return judge(self.comparison, 0, *bounds)


class PairsClaim(Measured):
    """A number of pairs of states that a convention joins and no other does.

    Attributes
    ----------
    convention : Convention
        The one that is said to join states.
    beside : tuple of Convention
        Those that may join them already.
    group : Group, optional
        The states; the members of the United Nations where there is none.
    """

    convention: OneConvention
    beside: OtherConventions
    group: OneGroup | None = None
    value: Whole | None = None

    def verdict(self, data: ClaimData) -> str:
        """Count the pairs that the convention alone joins; too early while it is not in force."""
        in_force = data.status(self.convention, data.as_of).in_force
        if self.comparison is not None and not in_force:
            return TOO_EARLY
        then, now = ([self.anew(data, day)] for day in (data.said(self), data.as_of))
        return judge(self.comparison, self.value, then, now)

    def joined(self, data: ClaimData, day: date) -> Network:
        """Return the pairs that the other conventions join on a day."""
        members = data.states.loc[data.states["kind"] == "member", "iso3"]
        states: Collection[str] = self.group.members if self.group else members.tolist()
        return network([_clique(c, data, day) for c in self.beside], sorted(states))

    def anew(self, data: ClaimData, day: date) -> Bounds:
        """Return how many pairs it alone joins on a day; none before it is in force."""
        if not data.status(self.convention, day).in_force:
            return Bounds(0, 0)
        joined, clique = self.joined(data, day), _clique(self.convention, data, day)
        lower, upper = (newly_joined(joined, who) for who in (clique.certain, clique.possible))
        return Bounds(lower[0], upper[1] if clique.ceiling else None)


def _clique(convention: Convention, data: ClaimData, day: date) -> Clique:
    """Return the states that a convention joins; that of an organisation, among its members."""
    made_for = load_groups()[convention.made_for] if convention.made_for else None
    return clique_of(data.history(convention), data.states, day, made_for)
