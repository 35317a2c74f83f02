"""Claims about measures: a count, a share, a spread, a value of an index, pairs of states."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Annotated, Any, ClassVar, Literal, Self

import pandas as pd
from pydantic import Field, model_validator

from adoption import tables
from adoption.claims.model import (
    Claim,
    ClaimData,
    Country,
    Decision,
    Measured,
    Number,
    OneConvention,
    OneGroup,
    OtherConventions,
    WholeNumber,
    named,
)
from adoption.claims.verdict import (
    NOT_MEASURABLE,
    SUPPORTED,
    TOO_EARLY,
    Bounds,
    Comparison,
    holds,
    judge,
)
from adoption.core.errors import AdoptionError, did_you_mean
from adoption.countries.capacity import (
    OVERALL,
    PILLAR_MAXIMUM,
    PILLARS,
    TIERS,
    Indicator,
    indices,
    parts_of,
)
from adoption.countries.groups import Group, find_group, load_groups
from adoption.countries.inequality import dispersion, pillar_values
from adoption.countries.network import (
    Clique,
    Network,
    clique_of,
    network,
    newly_joined,
    signed_or_consented,
)
from adoption.law.conventions import Convention
from adoption.law.curves import cumulative, spells_of
from adoption.law.status import Row, Status
from adoption.tables.choices import one_of

SIGNATORIES, UN_MEMBERS = "signatories", "un-members"
TIER, RANK, MEDIAN = "tier", "rank", "median"


class Counted(Claim):
    """A claim about who has acted on a convention.

    `on` is the day for which it is said, where the statement names one. Without, it is the day
    on which the statement was made, and the number may be superseded.
    """

    convention: OneConvention
    on: date | None = None

    def without_a_number(self, data: ClaimData, *, of_signatures: bool) -> Decision | None:
        """Return the decision where the data have no number at all."""
        if of_signatures and not self.convention.signatories_listed:
            return Decision(self, NOT_MEASURABLE)
        if self.on is not None and self.on > data.as_of:
            return Decision(self, TOO_EARLY)
        return None

    def statuses(self, data: ClaimData) -> tuple[Status, Status]:
        """Return the convention on the day for which it is said, and now if none is named."""
        said = data.status(self.convention, self.on or data.said(self))
        return said, said if self.on else data.status(self.convention, data.as_of)


@dataclass(frozen=True)
class CountDecision(Decision):
    """The convention then and now, and the step of its curve at which the count was passed."""

    claim: CountClaim
    said: Status
    now: Status
    passed: tuple[Row, Row] | None


class CountClaim(Counted):
    """A number of signatories or parties."""

    measure: Literal["signatories", "parties"]
    comparison: Comparison
    value: WholeNumber

    def decide(self, data: ClaimData) -> Decision:
        """Compare the count with that of the data, on the day it was said and now.

        A count of the present that has been passed is outdated; one for a day that is named
        stays true.
        """
        of_signatures = self.measure == "signatories"
        if without := self.without_a_number(data, of_signatures=of_signatures):
            return without
        said, now = self.statuses(data)
        counts = [getattr(status, self.measure) for status in (said, now)]
        bounds = [Bounds(count.lower, count.upper) for count in counts]
        verdict = judge(self.comparison, self.value, bounds[:1], bounds[1:], grows=True)
        passed = None
        if self.comparison == "equals" and self.value < counts[0].lower:
            passed = self._when_passed(data, said.as_of)
        return CountDecision(self, verdict, said, now, passed)

    def _when_passed(self, data: ClaimData, day: date) -> tuple[Row, Row] | None:
        """Return the step of the curve with the count as it is said, or that which passed it."""
        rows = spells_of(data.history(self.convention), self.measure)
        curve = cumulative(rows, self.convention.opens, day).to_dict("records")
        for row, following in pairwise(curve):
            is_so = row["lower"] == row["upper"] == self.value
            if is_so or row["upper"] < self.value < following["lower"]:
                return row, following
        return None


def _whom(text: str, field: str) -> Group | str:
    if text in (SIGNATORIES, UN_MEMBERS):
        return text
    groups = load_groups()
    try:
        return find_group(text, groups, field)
    except AdoptionError:
        nearest = did_you_mean(text, [SIGNATORIES, UN_MEMBERS, *groups], 1)
        raise AdoptionError(
            f"{field}: there is no {text!r}; it is {SIGNATORIES}, {UN_MEMBERS} or a group; "
            f"{nearest}"
        ) from None


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


@dataclass(frozen=True)
class ShareDecision(Decision):
    """The convention then and now, and its parts on both days."""

    claim: ShareClaim
    said: Status
    now: Status
    before: list[StatesActed]
    after: list[StatesActed]


class ShareClaim(Counted, Measured):
    """A share of some states, from 0 to 1.

    Attributes
    ----------
    of : str or Group
        `signatories` (of the convention), `un-members` or a group of states.
    acted : {"signed", "bound"}
        What the share has done.
    each : {"region"}, optional
        The comparison must be true in each region.
    """

    of: Annotated[Group | str, named(_whom, Group)]
    acted: Literal["signed", "bound"]
    each: Literal["region"] | None = None
    value: Annotated[float, Field(ge=0, le=1)] | None = None

    def decide(self, data: ClaimData) -> Decision:
        """Count the share on the day it was said and now: beyond a list all may have acted."""
        if without := self.without_a_number(data, of_signatures=self.acted == "signed"):
            return without
        said, now = self.statuses(data)
        before, after = self.parts(said), self.parts(now)
        verdict = NOT_MEASURABLE
        if self.comparison is not None:
            shares = [[part.share for part in parts] or [Bounds(0, 1)] for parts in (before, after)]
            # A share of those who signed falls when others sign.
            grows = self.of != SIGNATORIES or self.comparison != "equals"
            verdict = judge(self.comparison, self.value or 0.0, *shares, grows=grows)
        return ShareDecision(self, verdict, said, now, before, after)

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
        if self.each is None:
            return [self._part(status, "", frame)]
        parts = [self._part(status, str(name), area) for name, area in frame.groupby(self.each)]
        return sorted(parts, key=lambda part: (-part.states, part.name))

    def _part(self, status: Status, name: str, frame: pd.DataFrame) -> StatesActed:
        count, is_open = status.parties, status.beyond_reach
        if self.acted == "signed":
            count, is_open = status.signatories, status.signatures_may_be_missing
        rows = count.rows()
        acted = frame.loc[frame["iso3"].isin(rows.query("certain")["iso3"]), "iso3"]
        possible = len(frame) if is_open else int(frame["iso3"].isin(rows["iso3"]).sum())
        return StatesActed(name, len(frame), tuple(acted), possible)


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


@dataclass(frozen=True)
class SpreadDecision(Decision):
    """The members with their values, and the dispersion of the group and of the inner one."""

    claim: SpreadClaim
    edition: int
    members: pd.DataFrame
    spread: Row
    inner: Row | None


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
    edition : int, optional
        Of the GCI; the newest with its pillars where there is none.
    """

    group: OneGroup
    inner: OneGroup | None = None
    pillar: Annotated[str, named(lambda text, field: one_of(field, text, PILLARS))]
    measure: Literal["range"]
    edition: int | None = None

    @model_validator(mode="after")
    def _an_edition_with_the_pillar(self) -> Self:
        check_edition("GCI", self.pillar, self.edition)
        if self.value is not None and self.value > PILLAR_MAXIMUM:
            raise ValueError(f"value: a range is at most {PILLAR_MAXIMUM}, not {self.value!r}")
        return self

    def decide(self, data: ClaimData) -> SpreadDecision:
        """Measure the spread; not measurable with fewer than two values."""
        pillar = tables.of_index(data.capacity, "GCI", component=self.pillar)
        edition = self.edition or int(pillar["edition"].max())
        members = tables.of_index(pillar, "GCI", edition)
        members = members[members["iso3"].isin(self.group.members)]
        members = members.sort_values(["value", "iso3"], ascending=[False, True])
        values = pillar_values(data.capacity, edition)
        spread = self._dispersion(values, self.group)
        inner = self._dispersion(values, self.inner) if self.inner else None
        verdict = NOT_MEASURABLE
        if spread["states"] >= 2 and self.comparison is not None and self.value is not None:
            width = round(spread["highest"] - spread["lowest"], 6)
            point = [Bounds(width, width)]
            verdict = judge(self.comparison, self.value, point, point)
        return SpreadDecision(self, verdict, edition, members, spread, inner)

    def _dispersion(self, values: pd.DataFrame, group: Group) -> Row:
        return dispersion(values, group.members).set_index("component").loc[self.pillar].to_dict()


def _components() -> list[str]:
    """Return what a claim may look at: the whole, its rank and tier, and parts of any index."""
    parts = [part for index in indices() for part in parts_of(index)]
    return list(dict.fromkeys([OVERALL, RANK, *parts, TIER]))


@dataclass(frozen=True)
class IndexDecision(Decision):
    """The values of the state by edition, the editions then and now, and all values by edition."""

    claim: IndexClaim
    by_edition: dict[int, Row]
    then: int
    now: int
    of_all: pd.Series[float]


class IndexClaim(Measured):
    """What an index of cyber or digital capacity says of a state.

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
        The statement then names the index: a score is no fact about anything else.
    """

    country: Country
    index: Annotated[str, named(lambda text, field: one_of(field, text, indices()))]
    component: Annotated[str, named(lambda text, field: one_of(field, text, _components()))]
    edition: int | None = None
    value: Number | str | None = None  # type: ignore[assignment]

    @model_validator(mode="after")
    def _value_of_its_kind(self) -> Self:
        check_edition(self.index, self.measured, self.edition)
        if self.comparison is not None and self.index not in self.statement:
            raise ValueError(
                f"the statement does not name the {self.index}, and a score decides no other; "
                "give a judgement in place of comparison and value"
            )
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
        if self.component == RANK:
            if value < 1 or value != int(value):
                raise ValueError(f"value: a rank is a whole number from 1, not {value!r}")
        elif value > (most := self.indicator.maximum):
            raise ValueError(f"value: at most {most} in the {self.index}, not {value!r}")

    @property
    def measured(self) -> str:
        """The component with the value: a tier stands beside the overall one."""
        return OVERALL if self.component == TIER else self.component

    @property
    def indicator(self) -> Indicator:
        """What is measured."""
        return Indicator(self.index, self.edition or 0, self.component)

    def decide(self, data: ClaimData) -> IndexDecision:
        """Compare a value with what is said of it, in the edition of the day and in the newest.

        Outdated where a newer edition says otherwise; not measurable without a value.
        """
        values = tables.of_index(data.capacity, self.index, component=self.measured)
        rows = values[values["iso3"] == self.country].sort_values("edition")
        rows = rows[rows["tier"].notna()] if self.component == TIER else rows
        by_edition: dict[int, Row] = {row["edition"]: row for row in rows.to_dict("records")}
        all_values = values.set_index("edition")["value"]
        then, now = (
            self.edition or max((e for e in by_edition if e <= day.year), default=0)
            for day in (data.said(self), data.as_of)
        )
        verdict = NOT_MEASURABLE
        if self.comparison is not None and {then, now} <= by_edition.keys():
            said, today = ([self._distance(by_edition[e], all_values)] for e in (then, now))
            verdict = judge(self.comparison, 0, said, today)
        return IndexDecision(self, verdict, by_edition, then, now, all_values)

    def _distance(self, row: Row, values: pd.Series[float]) -> Bounds:
        """Return how far a value lies above what it is compared with; 0 for the tier asked for."""
        if self.component == TIER:
            return Bounds(row["tier"] != self.value, row["tier"] != self.value)
        median = self.value == MEDIAN
        yardstick = values.loc[[row["edition"]]].median() if median else float(self.value or 0)
        difference = round(row["value"] - yardstick, 6)
        return Bounds(difference, difference)


@dataclass(frozen=True)
class PairsDecision(Decision):
    """The pairs that the other conventions join, who has signed this one, and what it adds."""

    claim: PairsClaim
    now: Status
    joined: Network
    signed: list[str]
    anew: Bounds | None


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

    depends_on_reports: ClassVar[bool] = False

    convention: OneConvention
    beside: OtherConventions
    group: OneGroup | None = None
    value: WholeNumber | None = None

    def decide(self, data: ClaimData) -> PairsDecision:
        """Count the pairs joined without the convention, and those that it joins anew.

        While it is not in force, supported where the comparison is true of no pair at all, and
        too early otherwise. A pair is joined when one convention is in force for both states.
        """
        said = data.status(self.convention, data.said(self))
        now = data.status(self.convention, data.as_of)
        joined = self._beside(data, data.as_of)
        signed = [iso3 for iso3 in joined.states if iso3 in signed_or_consented(now)]
        verdict, anew = NOT_MEASURABLE, None
        if self.comparison is not None and self.value is not None:
            if now.in_force:
                then, anew = (self._anew(data, status) for status in (said, now))
                verdict = judge(self.comparison, self.value, [then], [anew])
            else:
                may_join = self._clique(self.convention, data, data.as_of).possible
                at_most = Bounds(0, newly_joined(joined, may_join)[1])
                verdict = SUPPORTED if holds(self.comparison, self.value, at_most) else TOO_EARLY
        return PairsDecision(self, verdict, now, joined, signed, anew)

    def _beside(self, data: ClaimData, day: date) -> Network:
        """Return the pairs that the other conventions join."""
        states: Any = data.states.loc[data.states["kind"] == "member", "iso3"]
        states = states if self.group is None else self.group.members
        return network([self._clique(c, data, day) for c in self.beside], sorted(states))

    def _clique(self, convention: Convention, data: ClaimData, day: date) -> Clique:
        """Return the states that a convention joins; that of an organisation, among its members."""
        made_for = load_groups()[convention.made_for] if convention.made_for else None
        return clique_of(data.history(convention), data.states, day, made_for)

    def _anew(self, data: ClaimData, status: Status) -> Bounds:
        """Return how many pairs it alone joins; none before it is in force."""
        if not status.in_force:
            return Bounds(0, 0)
        beside = self._beside(data, status.as_of)
        clique = self._clique(self.convention, data, status.as_of)
        lower = newly_joined(beside, clique.certain)[0]
        upper = newly_joined(beside, clique.possible)[1]
        return Bounds(lower, upper if clique.ceiling else None)
