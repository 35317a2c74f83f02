"""Claims about measures: a count, a share, a spread, a value of an index, pairs of states."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import Annotated, ClassVar, Literal, Self

import pandas as pd
from pydantic import Field, model_validator

from adoption import tables
from adoption.choices import one_of
from adoption.claims.model import (
    MOST_ROWS,
    Claim,
    ClaimData,
    Country,
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
    Fact,
    Verdict,
    figure,
    graded,
    holds,
    judge,
    reach_in_words,
    sources_of,
    treaty,
)
from adoption.countries.capacity import (
    OVERALL,
    PILLAR_MAXIMUM,
    PILLARS,
    Indicator,
    indices,
    parts_of,
)
from adoption.countries.groups import Group, find_group, load_groups
from adoption.countries.inequality import dispersion, pillar_values
from adoption.data.dictionary import CONSENTS, SIGNATURES
from adoption.errors import AdoptionError, did_you_mean
from adoption.law.conventions import Convention
from adoption.law.curves import cumulative, spells_of
from adoption.law.network import Clique, Network, added, clique_of, network, signed_or_consented
from adoption.law.panel import BOUND, CONSENTED, POSSIBLY_WITHDRAWN, SIGNED
from adoption.law.status import Count, Row, Status
from adoption.words import (
    by_grade,
    capitalised,
    counted,
    is_are,
    listed,
    long_day,
    percent,
    region_in_sentence,
    short_day,
)

DID = {
    "signatories": "signed",
    "parties": "consented to be bound by",
}
SIGNATORIES, UN_MEMBERS = "signatories", "un-members"
FEW = 5  # names that a sentence can carry
TIER, RANK, MEDIAN = "tier", "rank", "median"
TIERS = ("T1", "T2", "T3", "T4", "T5")
COMPUTED = "computed"  # the grade of a number of pairs


class Counted(Claim):
    """A claim about who has acted on a convention.

    `on` is the day for which it is said, where the statement names one. Without, it is the day
    on which the statement was made, and the number may be superseded.
    """

    convention: OneConvention
    on: date | None = None

    def unanswerable(self, data: ClaimData, *, of_signatures: bool) -> Verdict | None:
        """Return the verdict where the data have no number at all."""
        if of_signatures and not self.convention.signatories_listed:
            why = f"The signatories of {treaty(self.convention)} are not named in any source seen."
            fact = Fact("Signatories", "not named", "as listed", self.convention.source)
            return Verdict(NOT_MEASURABLE, why, [fact])
        if self.on is not None and self.on > data.as_of:
            why = f"{long_day(self.on)} lies after {long_day(data.as_of)}, the day asked about."
            return Verdict(TOO_EARLY, why, [])
        return None

    def statuses(self, data: ClaimData) -> tuple[Status, Status]:
        """Return the convention on the day for which it is said, and now if none is named."""
        said = data.status(self.convention, self.on or data.said(self))
        return said, said if self.on else data.status(self.convention, data.as_of)


class CountClaim(Counted):
    """A number of signatories or of parties."""

    measure: Literal["signatories", "parties"]
    comparison: Comparison
    value: WholeNumber

    def decide(self, data: ClaimData) -> Verdict:
        """Compare the count with that of the data, on the day it was said and now.

        A count of the present that has been passed is outdated; one for a day that is named
        stays true.
        """
        of_signatures = self.measure == "signatories"
        if nothing := self.unanswerable(data, of_signatures=of_signatures):
            return nothing
        said, now = self.statuses(data)
        bounds = [Bounds(count.lower, count.upper) for count in map(self._count, (said, now))]
        verdict = judge(self.comparison, self.value, bounds[:1], bounds[1:], grows=True)
        claimed = figure(self.value)
        claimed = claimed if self.comparison == "equals" else f"{self.comparison} {claimed}"
        why = f"{self._had(said, treaty(self.convention))}; the statement says {claimed}."
        passed = self._when_passed(data, said) if self.comparison == "equals" else ""
        later = f" {self._had(now, 'it')}." if now.as_of != said.as_of else ""
        reach = reach_in_words(now) if bounds[1].upper is None else ""
        more = f"{later if passed else ''} {self._organizations(now)} {reach}".strip()
        count = self._count(now)
        what = f"{capitalised(self.measure)} by {short_day(now.as_of)}"
        total = Fact(what, str(bounds[1]), "by grade below", "")
        facts = [total, *data.act_facts(count.rows())]
        return Verdict(verdict, why + (passed or later), facts, more)

    def _count(self, status: Status) -> Count:
        found: Count = getattr(status, self.measure)
        return found

    def _organizations(self, status: Status) -> str:
        """Say that an organization is counted as well, where a reader may think of states alone."""
        people, count = status.participants, self._count(status)
        acted = people["iso3"].isin(count.rows().query("certain")["iso3"])
        names = people.loc[acted & (people["kind"] == "organization"), "name"].tolist()
        return f"The {listed(names)} is one of them." if names else ""

    def _had(self, status: Status, title: str) -> str:
        """Say how many had acted by a day, with grades."""
        count = self._count(status)
        bounds = Bounds(count.lower, count.upper)
        number = f"{bounds} {'participant' if bounds == Bounds(1, 1) else 'participants'} had"
        if bounds.upper is None and not bounds.lower:
            number = "no participant is known to have"
        day = long_day(status.as_of)
        return f"By {day} {number} {DID[self.measure]} {title}{graded(count.by_grade)}"

    def _when_passed(self, data: ClaimData, said: Status) -> str:
        """Say when the count was as it is said to be, or was passed within a day."""
        if self.value >= self._count(said).lower:
            return ""
        opens = self.convention.opens
        rows = spells_of(data.history(self.convention), self.measure)
        curve = cumulative(rows, opens, said.as_of).to_dict("records")
        for row, following in pairwise(curve):
            next_day = following["day"].date()
            if row["lower"] == row["upper"] == self.value:
                first, last = row["day"].date(), next_day - timedelta(days=1)
                if first < opens:
                    return f" It was so before {long_day(next_day)}."
                from_to = f"from {long_day(first)} to {long_day(last)}"
                return f" It was so {f'on {long_day(first)}' if first == last else from_to}."
            if row["upper"] < self.value < following["lower"]:
                before = figure(row["lower"]) if row["lower"] else "none"
                return (
                    f" The count passed {figure(self.value)} within {long_day(next_day)}: "
                    f"{before} the day before, {figure(following['lower'])} at its end."
                )
        return ""


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
class Part:
    """How many of some states have acted: the certain ones by ISO3, and the possible number."""

    name: str
    of: int
    acted: tuple[str, ...]
    possible: int

    @property
    def share(self) -> Bounds:
        """The share, 0 to 1; where there are no states, from 0 to 1."""
        if not self.of:
            return Bounds(0, 1)
        return Bounds(len(self.acted) / self.of, self.possible / self.of)


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

    def decide(self, data: ClaimData) -> Verdict:
        """Count the share on the day it was said and now: beyond a list all may have acted."""
        if nothing := self.unanswerable(data, of_signatures=self.acted == "signed"):
            return nothing
        said, now = self.statuses(data)
        before, after = self.parts(said), self.parts(now)
        why = self.opening + self._by_the_day(said, before, data, treaty(self.convention))
        if now.as_of != said.as_of:
            why += f" {self._by_the_day(now, after, data, 'it')}"
        reach = reach_in_words(now) if any(part.possible == part.of for part in after) else ""
        more, facts = f"{self._each(after)}{reach}", self._facts(data, now, after)
        if self.comparison is None:
            return Verdict(NOT_MEASURABLE, why, facts, more.strip())
        shares = [[part.share for part in parts] or [Bounds(0, 1)] for parts in (before, after)]
        # A share of those who signed falls when others sign.
        grows = self.of != SIGNATORIES or self.comparison != "equals"
        verdict = judge(self.comparison, self.value or 0.0, *shares, grows=grows)
        return Verdict(verdict, why, facts, f"{more}{self._taken_as()}".strip())

    def parts(self, status: Status) -> list[Part]:
        """Return the whole, or each region of it, largest first."""
        frame = status.participants
        if isinstance(self.of, Group):
            frame = frame[frame["iso3"].isin(self.of.members)]
        else:
            signed = frame["signed"].fillna(False).astype(bool)
            frame = frame[signed if self.of == SIGNATORIES else frame["kind"] == "member"]
        if self.each is None:
            return [self._part(status, "", frame)]
        found = [self._part(status, str(name), own) for name, own in frame.groupby(self.each)]
        return sorted(found, key=lambda part: (-part.of, part.name))

    def _part(self, status: Status, name: str, frame: pd.DataFrame) -> Part:
        if self.acted == "signed":
            certain = frame["signed"].fillna(False).astype(bool)
            possible, is_open = frame["possible"].eq(SIGNED), status.signatures_may_be_missing
        else:
            certain, is_open = frame["status"].isin(BOUND), status.beyond_reach
            possible = frame["possible"].eq(CONSENTED) | frame["status"].eq(POSSIBLY_WITHDRAWN)
        most = len(frame) if is_open else int((certain | possible).sum())
        return Part(name, len(frame), tuple(frame.loc[certain, "iso3"]), most)

    def _whole(self, number: int) -> str:
        if self.of == SIGNATORIES:
            return "the one signatory" if number == 1 else f"{number} signatories"
        group = self.of.in_sentence if isinstance(self.of, Group) else "the United Nations"
        return f"{number} members of {group}"

    def _by_the_day(self, status: Status, found: list[Part], data: ClaimData, title: str) -> str:
        """Say which share has acted by a day, with names where they are few."""
        of, acted = sum(part.of for part in found), [iso3 for part in found for iso3 in part.acted]
        grades = status.participants.set_index("iso3")["grade"].reindex(acted)
        reported = int(grades.eq("reported").sum()) if self.acted == "bound" else 0
        all_reported = bool(reported) and reported == len(acted)
        bound = "to be bound by" if status.in_force else "to have consented to be bound by"
        did = "to have signed" if self.acted == "signed" else bound
        text = (
            f"By {long_day(status.as_of)}, {len(acted) or 'none'} of {self._whole(of)} "
            f"{is_are(max(len(acted), 1))} {'reported' if all_reported else 'known'} {did} {title}"
        )
        if reported:
            text += ", none is confirmed" if all_reported else f", {reported} by report only"
        if 0 < len(acted) <= FEW:
            names = sorted(map(data.name, acted), key=lambda name: name.removeprefix("the "))
            text += f" ({listed(names)})"
        return f"{text}."

    def _each(self, found: list[Part]) -> str:
        """Say how many have acted in each region; nothing where there are no parts."""
        if self.each is None:
            return ""
        shares = [
            f"{len(part.acted)} of {part.of} in {region_in_sentence(part.name)} "
            f"({percent(len(part.acted), part.of)})"
            for part in found
        ]
        return f"{capitalised(listed(shares))}. "

    def _taken_as(self) -> str:
        each = " in each region" if self.each else ""
        return f" Taken as: {self.comparison} {percent(self.value or 0.0, 1)}{each}."

    def _facts(self, data: ClaimData, status: Status, found: list[Part]) -> list[Fact]:
        frame = status.participants.set_index("iso3")
        if self.acted == "signed":
            frame = tables.best_supported(data.acts_of(self.convention), SIGNATURES, status.as_of)
        facts = []
        for part in found:
            own = frame.loc[list(part.acted)]
            grades = by_grade(dict(own["grade"].value_counts())) or "no act known"
            is_open = len(part.acted) < part.possible == part.of
            bounds = Bounds(len(part.acted), None if is_open else part.possible)
            what = part.name or capitalised(self._whole(part.of))
            source = sources_of(own) or self.convention.source
            facts.append(Fact(what, f"{bounds} of {figure(part.of)}", grades, source))
        codes = [iso3 for part in found for iso3 in part.acted]
        if not self.each and 0 < len(codes) <= MOST_ROWS:
            facts += data.act_facts(frame.loc[codes].reset_index())
        return facts


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


def _assessed(row: Row) -> str:
    return row["grade"] if isinstance(row["grade"], str) else "not assessed"


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

    def decide(self, data: ClaimData) -> Verdict:
        """Measure the spread; not measurable with fewer than two values."""
        pillar = tables.of_index(data.capacity, "GCI", component=self.pillar)
        edition = self.edition or int(pillar["edition"].max())
        values = pillar_values(data.capacity, edition)
        own = tables.of_index(pillar, "GCI", edition)
        own = own[own["iso3"].isin(self.group.members)].sort_values(
            ["value", "iso3"], ascending=[False, True]
        )
        facts = []
        for one in own.to_dict("records"):
            name, value = capitalised(data.name(one["iso3"])), f"{one['value']:.2f}"
            source = one["source"]
            facts.append(Fact(name, f"{value} of {PILLAR_MAXIMUM}", _assessed(one), source))
        row, who = self._measured(values, self.group)
        low, high = row["lowest"], row["highest"]
        if row["states"] < 2:
            have = "has" if row["states"] == 1 else "have"
            why = f"{who} {have} a value in the GCI {edition}: too few to compare."
            return Verdict(NOT_MEASURABLE, why, facts)
        why = (
            f"{self.opening}In the {PILLARS[self.pillar].lower()} pillar of the GCI {edition}, the "
            f"scores of {who} run from {low:.2f} to {high:.2f} of {PILLAR_MAXIMUM} points: a range "
            f"of {high - low:.2f}."
        )
        more = f"Interquartile range {row['iqr']:.2f}."
        if not pd.isna(row["gini"] + row["others_gini"]):
            more = (
                f"Interquartile range {row['iqr']:.2f}; Gini {row['gini']:.2f}, beside "
                f"{row['others_gini']:.2f} among the other {row['others']} states."
            )
        if self.inner is not None:
            part, whose = self._measured(values, self.inner)
            if part["states"] >= 2:
                ends = f"{part['lowest']:.2f} to {part['highest']:.2f}"
                more += f" Those of {whose} run from {ends}."
        if self.comparison is None or self.value is None:
            return Verdict(NOT_MEASURABLE, why, facts, more)
        more += f" Taken as: a range of {self.comparison} {figure(self.value)}."
        point = Bounds(round(high - low, 6), round(high - low, 6))
        return Verdict(judge(self.comparison, self.value, [point], [point]), why, facts, more)

    def _measured(self, values: pd.DataFrame, group: Group) -> tuple[Row, str]:
        row = dispersion(values, group.members).set_index("component").loc[self.pillar].to_dict()
        return row, f"{counted(row['states'], 'member')} of {group.in_sentence}"


def _components() -> list[str]:
    """Return what a claim may look at: the whole, its rank and tier, and parts of any index."""
    parts = [part for index in indices() for part in parts_of(index)]
    return list(dict.fromkeys([OVERALL, RANK, *parts, TIER]))


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
        part = OVERALL if self.component == TIER else self.component
        check_edition(self.index, part, self.edition)
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
        elif value > (most := self._indicator.maximum):
            raise ValueError(f"value: at most {most} in the {self.index}, not {value!r}")

    @property
    def _indicator(self) -> Indicator:
        return Indicator(self.index, self.edition or 0, self.component)

    def decide(self, data: ClaimData) -> Verdict:
        """Compare a value with what is said of it, in the edition of the day and in the newest.

        Outdated where a newer edition says otherwise; not measurable without a value.
        """
        component = OVERALL if self.component == TIER else self.component
        values = tables.of_index(data.capacity, self.index, component=component)
        own = values[values["iso3"] == self.country].sort_values("edition")
        own = own[own["tier"].notna()] if self.component == TIER else own
        by_edition: dict[int, Row] = {row["edition"]: row for row in own.to_dict("records")}
        name, what = capitalised(data.name(self.country)), self._what()
        facts = [
            Fact(f"{name}: {what} {edition}", self._shown(row), _assessed(row), row["source"])
            for edition, row in by_edition.items()
        ]
        editions = [
            self.edition or max((e for e in by_edition if e <= day.year), default=0)
            for day in (data.said(self), data.as_of)
        ]
        then, today = map(by_edition.get, editions)
        if then is None or today is None:
            missing = editions[0] if then is None else editions[1]
            why = f"{name} has no value in the data for the {what}{f' {missing}' * (missing > 0)}."
            return Verdict(NOT_MEASURABLE, why, facts)
        why = f"{self.opening}{name} has {self._shown(today)} in the {what} {editions[1]}"
        medians = values.groupby("edition")["value"].median()
        if self.component != TIER:
            states = values.loc[values["edition"] == editions[1], "value"].count()
            median = self._digits(medians[editions[1]])
            why += f"; the median of the {states} states with a value is {median}"
        if self.comparison is None or self.value is None:
            return Verdict(NOT_MEASURABLE, f"{why}.", facts)
        said, now = ([self._compared(row, medians)] for row in (then, today))
        if then is not today:
            why += f". When it was said, the edition was that of {editions[0]}: {self._shown(then)}"
        value = figure(self.value) if isinstance(self.value, float) else self.value
        value = "the median" if value == MEDIAN else value
        taken_as = f"Taken as: {self.comparison} {value}."
        return Verdict(judge(self.comparison, 0, said, now), f"{why}.", facts, taken_as)

    def _compared(self, row: Row, medians: pd.Series[float]) -> Bounds:
        """Return how far a value lies above what it is compared with; 0 for the tier asked for."""
        if self.component == TIER:
            return Bounds(row["tier"] != self.value, row["tier"] != self.value)
        yardstick = medians[row["edition"]] if self.value == MEDIAN else float(self.value or 0)
        difference = round(row["value"] - yardstick, 6)
        return Bounds(difference, difference)

    def _digits(self, value: float) -> str:
        return figure(value) if self.component == RANK else f"{value:.{self._indicator.decimals}f}"

    def _shown(self, row: Row) -> str:
        if self.component == TIER:
            return f"tier {row['tier']}"
        value, most = self._digits(row["value"]), self._indicator.maximum
        return f"rank {value}" if self.component == RANK else f"{value} of {most}"

    def _what(self) -> str:
        """Return what is looked at, for a sentence."""
        if self.component in (TIER, RANK):
            return self.index
        return f"{self._indicator.part or 'overall score'} of the {self.index}"


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

    hangs_on_reports: ClassVar[bool] = False

    convention: OneConvention
    beside: OtherConventions
    group: OneGroup | None = None
    value: WholeNumber | None = None

    def decide(self, data: ClaimData) -> Verdict:
        """Count the pairs joined without the convention, and those that it joins anew.

        While it is not in force, supported where the comparison is true of no pair at all, and
        too early otherwise. A pair is joined when one convention is in force for both states.
        """
        said = data.status(self.convention, data.said(self))
        now = data.status(self.convention, data.as_of)
        cliques = [self._clique(convention, data, data.as_of) for convention in self.beside]
        joined = network(cliques, self._states(data))
        signed = [iso3 for iso3 in joined.states if iso3 in signed_or_consented(now)]
        why = self.opening + self._effect(joined, signed, now)
        more = self._joined(joined, any(clique.partial for clique in cliques), now)
        facts = self._facts(joined, signed, cliques, data)
        if self.comparison is None or self.value is None:
            return Verdict(NOT_MEASURABLE, why, facts, more)
        more += f" Taken as: {self.comparison} {figure(self.value)}."
        if not now.in_force:
            most = added(joined, self._clique(self.convention, data, data.as_of).possible)[1]
            so_far = holds(self.comparison, self.value, Bounds(0, most))
            more = f"{more} {reach_in_words(now)}".strip()
            return Verdict(SUPPORTED if so_far else TOO_EARLY, why, facts, more)
        then, today = (self._anew(data, status) for status in (said, now))
        why += f" It joins {_pairs(today)} anew."
        return Verdict(judge(self.comparison, self.value, [then], [today]), why, facts, more)

    def _states(self, data: ClaimData) -> list[str]:
        if self.group is not None:
            return sorted(self.group.members)
        return sorted(data.states.loc[data.states["kind"] == "member", "iso3"])

    def _clique(self, convention: Convention, data: ClaimData, day: date) -> Clique:
        """Return the states that a convention joins; that of an organisation, among its members."""
        made_for = load_groups()[convention.made_for] if convention.made_for else None
        return clique_of(data.history(convention), data.states, day, made_for)

    def _anew(self, data: ClaimData, status: Status) -> Bounds:
        """Return how many pairs it alone joins; none before it is in force."""
        if not status.in_force:
            return Bounds(0, 0)
        day = status.as_of
        beside = network([self._clique(c, data, day) for c in self.beside], self._states(data))
        own = self._clique(self.convention, data, day)
        least, most = added(beside, own.certain)[0], added(beside, own.possible)[1]
        return Bounds(least, most if own.ceiling else None)

    def _joined(self, joined: Network, partial: bool, status: Status) -> str:
        """Say how many pairs the other conventions join."""
        text = (
            f"Without {treaty(self.convention)}, {'at least ' if partial else ''}{joined.least:,} "
            f"of {counted(joined.of, 'pair')} of states ({percent(joined.least, joined.of)}) "
            f"{is_are(joined.least)} joined on {long_day(status.as_of)}"
        )
        if joined.most > joined.least:
            text += f", {joined.most:,} at most as far as the lists go"
        return f"{text}."

    def _effect(self, joined: Network, signed: list[str], status: Status) -> str:
        """Say what the convention joins, or would join if all who signed became parties."""
        title = capitalised(treaty(self.convention))
        if status.in_force:
            return f"{title} is in force."
        group = "the United Nations" if self.group is None else self.group.in_sentence
        people, of = status.participants, len(joined.states)
        unsigned = people["iso3"].isin(signed) & ~people["signed"].fillna(False)
        either = unsigned.any() or not self.convention.signatories_listed
        text = (
            f"{title} is not known to be in force, and joins nobody. {len(signed) or 'None'} of "
            f"{of} members of {group} {is_are(max(len(signed), 1))} known to have "
            f"signed it{' or consented to it' * bool(either)}"
        )
        if len(signed) < 2:
            return f"{text}."
        anew = _pairs(Bounds(*added(joined, signed)))
        part = percent(len(signed), of)
        return f"{text} ({part}); if all of those became parties, it would join {anew} anew."

    def _facts(
        self, joined: Network, signed: list[str], cliques: list[Clique], data: ClaimData
    ) -> list[Fact]:
        facts = []
        for clique in cliques:
            numbers = f"{len(clique.certain)} for certain, {len(clique.possible)} possible"
            reach = "list partial" if clique.partial else "list complete"
            source = sources_of(data.acts_of(clique.convention)) or clique.convention.source
            what = f"{clique.convention.short_title}: states joined by it"
            facts.append(Fact(what, numbers, reach, source))
        acts, kinds = data.acts_of(self.convention), (*SIGNATURES, *CONSENTS)
        rows = tables.best_supported(acts, kinds, data.as_of).loc[signed]
        grades = by_grade(tables.by_grade(rows))
        without, would_add = Bounds(joined.least, joined.most), Bounds(*added(joined, signed))
        what = f"{self.convention.short_title}: signed or bound"
        number, grades = f"{len(signed)} of {len(joined.states)}", grades or "no act known"
        return [
            *facts,
            Fact("Pairs joined without it", f"{_pairs(without)} of {joined.of:,}", COMPUTED, ""),
            Fact(what, number, grades, sources_of(rows)),
            Fact("Pairs that those would add", _pairs(would_add), COMPUTED, ""),
        ]


def _pairs(number: Bounds) -> str:
    """Return a number of pairs within its bounds.

    Examples
    --------
    >>> _pairs(Bounds(0, 33)), _pairs(Bounds(1983, 2249)), _pairs(Bounds(1, 1))
    ('up to 33 pairs', '1,983 to 2,249 pairs', '1 pair')
    """
    return f"{number} {'pair' if number.upper == 1 else 'pairs'}"
