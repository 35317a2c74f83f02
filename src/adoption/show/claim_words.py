"""Why a claim has its verdict, in words, and the facts that decide it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import singledispatch
from typing import Any, NamedTuple

import pandas as pd

from adoption import tables
from adoption.claims.facts import (
    ActClaim,
    BodyClaim,
    EventClaim,
    FirstClaim,
    RuleClaim,
    is_there,
    window_of,
)
from adoption.claims.measures import (
    MEDIAN,
    SIGNATORIES,
    CountClaim,
    IndexClaim,
    PairsClaim,
    ShareClaim,
    SpreadClaim,
    StatesActed,
)
from adoption.claims.model import Claim, ClaimData, Dated, Measured
from adoption.claims.verdict import (
    NOT_MEASURABLE,
    SUPPORTED,
    TOO_EARLY,
    Bounds,
    figure,
)
from adoption.core.text import (
    capitalised,
    counted,
    fixed,
    format_grades,
    has_have,
    is_are,
    listed,
    long_day,
    percent,
    region_in_sentence,
    short_day,
    when_long,
    when_short,
)
from adoption.core.vocabulary import CONSENTS, SIGNATURES
from adoption.countries.capacity import PILLAR_MAXIMUM, PILLARS
from adoption.countries.groups import Group
from adoption.countries.network import Network, newly_joined, signed_or_consented
from adoption.law.conventions import Convention
from adoption.law.rules import ordinal
from adoption.law.status import Row, Status

MAX_ACTS = 12  # that a claim shows one by one
MAX_NAMES = 5  # that a sentence can carry
EVENTS = {  # as a noun, of what is past, and of what is to come
    "adopted": ("Adopted", "was adopted", "is adopted"),
    "opens": ("Opened for signature", "was opened for signature", "opens for signature"),
    "closes": (
        "Last day for signature", "had its last day for signature", "has its last day for signature"
    ),
    "entered into force": ("Entry into force", "entered into force", "enters into force"),
}  # fmt: skip
VERBS = {"signatories": "signed", "parties": "consented to be bound by"}
# The grades of a fact: a reviewed entry of the registry, a row of the depositary's own list, a
# number of pairs.
REGISTRY, LISTED, COMPUTED = "registry", "listed", "computed"


class Fact(NamedTuple):
    """One row that decides a verdict.

    `grade` is `registry` for a reviewed entry of the registry; `source` holds keys of the table
    `sources` with `;` between them, and is empty where none is named.
    """

    what: str
    value: str
    grade: str
    source: str


@dataclass(frozen=True)
class Explanation:
    """Why a claim has its verdict.

    Attributes
    ----------
    why : str
        The reason, in a sentence or two.
    facts : sequence of Fact
        What decides it.
    more : str
        What else a reader should know: how far the data reach, what lies beside.
    """

    why: str
    facts: Sequence[Fact]
    more: str = ""


@singledispatch
def explain(claim: Claim, verdict: str, data: ClaimData) -> Explanation:
    """Say why a claim has its verdict."""
    raise TypeError(f"{type(claim).__name__}: no words for it, {verdict} on {data.as_of}")


# Facts


@explain.register
def _event(claim: EventClaim, verdict: str, data: ClaimData) -> Explanation:
    convention, title = claim.convention, treaty(claim.convention)
    noun, past, future = EVENTS[claim.event]
    if window := claim.window(data):
        facts = [law_fact(convention, noun, when_short(window.earliest, window.latest))]
        says = f"; the statement says {day_claimed(claim)}"
        if verdict == SUPPORTED:
            says = f", as the statement says ({day_claimed(claim)})"
        why = (
            f"{capitalised(title)} {future if window.latest > data.as_of else past} "
            f"{when_long(window.earliest, window.latest)}{says}."
        )
        if claim.event != "opens":
            return Explanation(why, facts)
        # A statement may mean by it that states signed on that day.
        acts = tables.certain_by(data.acts_of(convention), min(convention.opens, data.as_of))
        acts = acts[acts["act"].isin((*SIGNATURES, *CONSENTS))]
        more = f"Place and time: {convention.opens_at}."
        if len(acts):
            number = f"{counted(len(acts), 'act')} of that day {is_are(len(acts))} known"
            more += f" {number}{graded(tables.count_by_grade(acts))}."
        return Explanation(why, [*facts, *act_facts(acts, data)], more)
    if claim.event != "entered into force":
        why = f"The registry holds no such day for {title}."
        return Explanation(why, [law_fact(convention, noun, "not in the registry")])
    status = data.status(convention, data.as_of)
    by_day, known = long_day(status.as_of), status.counted
    why = (
        f"By {by_day} {known.with_reports} of the {convention.threshold} instruments are "
        f"known{graded(known.by_grade)}, and {title} {convention.rule_in_words()}."
    )
    nth = f"the {ordinal(convention.threshold)} instrument"
    facts = [law_fact(convention, noun, f"not by {by_day}: {nth} is not known")]
    return Explanation(why, facts, "" if verdict == TOO_EARLY else reach_in_words(status))


@explain.register
def _first(claim: FirstClaim, verdict: str, data: ClaimData) -> Explanation:
    convention, title = claim.convention, treaty(claim.convention)
    compared = (convention, *claim.against)
    facts = [
        law_fact(c, c.title, f"adopted {short_day(c.adopted)}" if c.adopted else "day not known")
        for c in compared
    ]
    if verdict == NOT_MEASURABLE:
        unknown = listed([treaty(c) for c in compared if c.adopted is None])
        return Explanation(f"The day of adoption of {unknown} is not in the data.", facts)
    adopted, last = convention.adopted, claim.last()
    if adopted is None or last is None:
        return Explanation(f"None of the conventions compared was adopted before {title}.", facts)
    day, other = last
    months = 12 * (adopted.year - day.year) + adopted.month - day.month - (adopted.day < day.day)
    numbers = ((months // 12, "year"), (months % 12, "month"))
    years = [counted(number, noun) for number, noun in numbers if number]
    why = (
        f"{capitalised(title)} was adopted on {long_day(adopted)}, "
        f"{listed(years)} after {treaty(other)} ({long_day(day)}), the last of those compared; "
        f"the statement says {claim.comparison} {figure(claim.value)} years."
    )
    left_out, more = claim.left_out(data.base_treaties, day), ""
    for row in left_out.to_dict("records"):
        what = f"Same chapter, not compared: {row['title']}"
        concluded = f"concluded {short_day(row['concluded'].date())}"
        facts.append(Fact(what, concluded, LISTED, row["source"]))
    if verdict == SUPPORTED and len(left_out):
        number = counted(len(left_out), "treaty", "treaties")
        more = f"Not compared: {number} of the same chapter concluded in between; see the rows."
    return Explanation(why, facts, more)


@explain.register
def _body(claim: BodyClaim, verdict: str, data: ClaimData) -> Explanation:
    convention, title = claim.convention, treaty(claim.convention)
    symbol, adopted = convention.adopted_by, convention.adopted
    day = short_day(adopted) if adopted else "day not known"
    facts = [law_fact(convention, "Adopted", f"{day}, by {symbol or 'whom is not known'}")]
    why = f"Whether the {claim.body} adopted {title} is not in the registry."
    if claim.by_it and adopted:
        why = f"The {claim.body} adopted {title} ({symbol}) on {long_day(adopted)}."
        if claim.act == "adoption" and verdict != SUPPORTED:
            why += f" The statement says {day_claimed(claim)}."
    elif symbol:
        why = f"{capitalised(title)} was adopted by {symbol}."
    if claim.act != "adoption":
        acts = data.acts_of(convention)
        organizations = data.states.loc[data.states["kind"] == "organization", "iso3"]
        others = int(acts["iso3"].isin(organizations).sum())
        number = f"{len(acts)}: {len(acts) - others} of states, {others} of organizations"
        article = "An" if claim.act[0] in "aeiou" else "A"
        why += (
            f" {article} {claim.act} is given by a state, or by an organization that takes "
            f"part; the {claim.body} is not among the participants of the acts listed."
        )
        facts.append(Fact("Acts known", number, "as listed", convention.source))
    return Explanation(why, facts)


@explain.register
def _rule(claim: RuleClaim, verdict: str, data: ClaimData) -> Explanation:  # noqa: ARG001  all alike
    convention, delay = claim.convention, claim.convention.delay
    why = f"{capitalised(treaty(convention))} {convention.rule_in_words()}."
    needed = counted(convention.threshold, "instrument")
    wait = counted(delay.days, "day") if delay.days else counted(delay.months or 0, "month")
    right = [counted(said, noun) for noun, said, true in claim.parts if said == true]
    wrong = [
        f"it says {counted(said, noun)} where the rule says "
        f"{needed if noun == 'instrument' else wait}"
        for noun, said, true in claim.parts
        if said != true
    ]
    if wrong:
        agrees = f"The statement agrees on {listed(right)}; " if right else ""
        why += f" {capitalised(agrees + listed(wrong))}."
    more = ""
    if claim.instruments is not None:
        more = "An acceptance, an approval and an accession count as a ratification does."
        if convention.excludes_reio:
            more += (
                " The instrument of a regional economic integration organization, such as the "
                "European Union, does not add."
            )
    after = f"{ordinal(delay.days)} day" if delay.days else f"{delay.months} months, then the 1st"
    number = f"{convention.threshold} ({convention.threshold_article})"
    facts = [
        law_fact(convention, "Instruments needed", number),
        law_fact(convention, "From the decisive deposit to entry into force", after),
    ]
    return Explanation(why, facts, more)


@explain.register
def _act(claim: ActClaim, verdict: str, data: ClaimData) -> Explanation:
    convention, name, act = claim.convention, data.name(claim.country), claim.first_act(data)
    said = f"The statement is of {long_day(claim.said_on)}." if claim.comparison is None else ""
    if act is None:
        what = f"{capitalised(name)}: {claim.act}"
        fact = Fact(what, "no act known", "as listed", convention.source)
        why = (
            f"No {_act_on(claim.act)} {treaty(convention)} is known of {name} by "
            f"{long_day(data.as_of)}."
        )
        if verdict == NOT_MEASURABLE:
            reach = reach_in_words(data.status(convention, data.as_of))
            said = " ".join(filter(None, ("The data may lack an act.", reach, said)))
        return Explanation(why, [fact], said)
    facts = act_facts(pd.DataFrame([act]), data)
    when = when_long(act["earliest"], act["latest"], act["open_ended"])
    grade = "by report only" if act["grade"] == "reported" else act["grade"]
    why = f"{capitalised(name)}: {_act_on(act['act'])} {treaty(convention)} {when} ({grade})"
    truth = claim.holds(window_of(act))
    why += "." if truth else f"; the statement says {day_claimed(claim)}."
    if claim.place:
        facts.append(law_fact(convention, "Opened for signature", convention.opens_at))
        if truth is not False:
            why += f" {_where(act, convention, claim.place.strip())}"
    return Explanation(why, facts, said)


def _act_on(act: str) -> str:
    """Return an act with the word that leads to its convention.

    Examples
    --------
    >>> _act_on("signature"), _act_on("accession"), _act_on("consent")
    ('signature of', 'accession to', 'consent to be bound by')
    """
    if act in ("consent", "consent to be bound"):
        return "consent to be bound by"
    return f"{act} {'to' if act == 'accession' else 'of'}"


def _where(act: Row, convention: Convention, place: str) -> str:
    """Say where an act was done, as far as the registry says."""
    there, opened = is_there(act, convention, place), convention.opens_at
    if there is None:
        return f"Where is not in the data, which say of the opening for signature: {opened}."
    on_the_day = act["earliest"] == act["latest"] == pd.Timestamp(convention.opens)
    when = "the day of opening" if on_the_day else "during the opening"
    return f"That was {when}: {opened}." + ("" if there else f" The statement says {place}.")


# Measures


@explain.register
def _count(claim: CountClaim, verdict: str, data: ClaimData) -> Explanation:
    if verdict == TOO_EARLY:
        return _ahead(claim.on, data)
    said, now = claim.statuses(data)
    count = getattr(now, claim.measure)
    claimed = figure(claim.value)
    claimed = claimed if claim.comparison == "equals" else f"{claim.comparison} {claimed}"
    why = f"{_had(claim, said, treaty(claim.convention))}; the statement says {claimed}."
    later = f"{_had(claim, now, 'it')}." if now.as_of != said.as_of else ""
    passed = _passed(claim, data)
    people = now.participants
    acted = people["iso3"].isin(count.rows().query("certain")["iso3"])
    # An organization is counted as well, where a reader may think of states alone.
    names = people.loc[acted & (people["kind"] == "organization"), "name"].tolist()
    organizations = f"The {listed(names)} is one of them." if names else ""
    reach = reach_in_words(now) if count.upper is None else ""
    what = f"{capitalised(claim.measure)} by {short_day(now.as_of)}"
    total = Fact(what, str(claim.bounds(now)), "by grade below", "")
    return Explanation(
        f"{why} {passed or later}".strip(),
        [total, *act_facts(count.rows(), data)],
        " ".join(filter(None, (passed and later, organizations, reach))),
    )


def _ahead(day: date | None, data: ClaimData) -> Explanation:
    why = f"{long_day(day or data.as_of)} lies after {long_day(data.as_of)}, the day asked about."
    return Explanation(why, [])


def _had(claim: CountClaim, status: Status, title: str) -> str:
    """Say how many had acted by a day, with grades."""
    bounds = claim.bounds(status)
    number = f"{bounds} {'participant' if bounds == Bounds(1, 1) else 'participants'} had"
    if bounds.upper is None and not bounds.lower:
        number = "no participant is known to have"
    grades = graded(getattr(status, claim.measure).by_grade)
    return f"By {long_day(status.as_of)} {number} {VERBS[claim.measure]} {title}{grades}"


def _passed(claim: CountClaim, data: ClaimData) -> str:
    """Say until when the count was as it is said to be, or that it was passed within a day."""
    if (step := claim.passed(data)) is None:
        return ""
    row, following = step
    next_day = following["day"].date()
    if row["upper"] == claim.value:
        return f"It was so until {long_day(next_day - timedelta(days=1))}."
    before = figure(row["lower"]) if row["lower"] else "none"
    passed = f"The count passed {figure(claim.value)} within {long_day(next_day)}: "
    return f"{passed}{before} the day before, {figure(following['lower'])} at its end."


@explain.register
def _share(claim: ShareClaim, verdict: str, data: ClaimData) -> Explanation:
    if verdict == TOO_EARLY:
        return _ahead(claim.on, data)
    said, now = claim.statuses(data)
    why = opening(claim) + _acted_by(claim, said, data, treaty(claim.convention))
    if now.as_of != said.as_of:
        why += f" {_acted_by(claim, now, data, 'it')}"
    parts, more = claim.parts(now), []
    if claim.per is not None:
        shares = [
            f"{len(part.acted)} of {part.states} in {region_in_sentence(part.name)} "
            f"({percent(len(part.acted), part.states)})"
            for part in parts
        ]
        more.append(f"{capitalised(listed(shares))}.")
    if any(part.possible == part.states for part in parts):
        more.append(reach_in_words(now))
    if claim.comparison is not None:
        in_each = " in each region" if claim.per else ""
        more.append(f"Taken as: {claim.comparison} {percent(claim.value or 0.0, 1)}{in_each}.")
    facts = _share_facts(claim, parts, now, data)
    return Explanation(why, facts, " ".join(filter(None, more)))


def _whole(claim: ShareClaim, number: int) -> str:
    if claim.of == SIGNATORIES:
        return "the one signatory" if number == 1 else f"{number} signatories"
    group = claim.of.in_sentence if isinstance(claim.of, Group) else "the United Nations"
    return f"{number} members of {group}"


def _acted_by(claim: ShareClaim, status: Status, data: ClaimData, title: str) -> str:
    """Say which share has acted by a day, with names where they are few."""
    parts = claim.parts(status)
    states = sum(part.states for part in parts)
    acted = [iso3 for part in parts for iso3 in part.acted]
    grades = status.participants.set_index("iso3")["grade"].reindex(acted)
    reported = int(grades.eq("reported").sum()) if claim.acted == "bound" else 0
    all_reported = bool(reported) and reported == len(acted)
    verb = "to have signed" if claim.acted == "signed" else "to have consented to be bound by"
    text = (
        f"By {long_day(status.as_of)}, {len(acted) or 'none'} of {_whole(claim, states)} "
        f"{is_are(max(len(acted), 1))} {'reported' if all_reported else 'known'} {verb} {title}"
    )
    if reported:
        text += ", none is confirmed" if all_reported else f", {reported} by report only"
    if 0 < len(acted) <= MAX_NAMES:
        names = sorted(map(data.name, acted), key=lambda name: name.removeprefix("the "))
        text += f" ({listed(names)})"
    return f"{text}."


def _share_facts(
    claim: ShareClaim, parts: Sequence[StatesActed], now: Status, data: ClaimData
) -> list[Fact]:
    kinds = SIGNATURES if claim.acted == "signed" else CONSENTS
    best = tables.best_supported(data.acts_of(claim.convention), kinds, now.as_of)
    facts, codes = list[Fact](), list[str]()
    for part in parts:
        rows = best.loc[list(part.acted)]
        grades = format_grades(tables.count_by_grade(rows)) or "no act known"
        is_open = len(part.acted) < part.possible == part.states
        bounds = Bounds(len(part.acted), None if is_open else part.possible)
        what = part.name or capitalised(_whole(claim, part.states))
        source = sources_of(rows) or claim.convention.source
        facts.append(Fact(what, f"{bounds} of {figure(part.states)}", grades, source))
        codes += part.acted
    if not claim.per and 0 < len(codes) <= MAX_ACTS:
        facts += act_facts(best.loc[codes].reset_index(), data)
    return facts


@explain.register
def _spread(claim: SpreadClaim, verdict: str, data: ClaimData) -> Explanation:  # noqa: ARG001  alike
    pillar = tables.of_index(data.capacity, "GCI", claim.edition, claim.pillar)
    pillar = pillar[pillar["iso3"].isin(claim.group.members)]
    facts = []
    for row in pillar.sort_values(["value", "iso3"], ascending=[False, True]).to_dict("records"):
        name, value = capitalised(data.name(row["iso3"])), f"{row['value']:.2f}"
        facts.append(Fact(name, f"{value} of {PILLAR_MAXIMUM}", _assessed(row), row["source"]))
    spread = claim.spread(data, claim.group)
    members = _members(spread, claim.group)
    if spread["states"] < 2:
        have = has_have(spread["states"])
        why = f"{members} {have} a value in the GCI {claim.edition}: too few to compare."
        return Explanation(why, facts)
    low, high = spread["lowest"], spread["highest"]
    why = (
        f"{opening(claim)}In the {PILLARS[claim.pillar].lower()} pillar of the GCI "
        f"{claim.edition}, the scores of {members} run from {low:.2f} to {high:.2f} of "
        f"{PILLAR_MAXIMUM} points: a range of {high - low:.2f}."
    )
    more = (
        f"Interquartile range {spread['iqr']:.2f}; Gini {spread['gini']:.2f}, beside "
        f"{spread['others_gini']:.2f} among the other {spread['others']} states."
    )
    if claim.inner:
        inner = claim.spread(data, claim.inner)
        ends = f"{inner['lowest']:.2f} to {inner['highest']:.2f}"
        more += f" Those of {_members(inner, claim.inner)} run from {ends}."
    if claim.value is not None:
        more += f" Taken as: a range of {claim.comparison} {figure(claim.value)}."
    return Explanation(why, facts, more)


def _members(spread: Row, group: Group) -> str:
    return f"{counted(spread['states'], 'member')} of {group.in_sentence}"


def _assessed(row: Row) -> str:
    return row["grade"] if isinstance(row["grade"], str) else "not assessed"


@explain.register
def _index(claim: IndexClaim, verdict: str, data: ClaimData) -> Explanation:  # noqa: ARG001  alike
    name, what = capitalised(data.name(claim.country)), claim.index
    if claim.component != "rank":
        what = f"{claim.indicator.part or 'overall score'} of the {claim.index}"
    values = claim.values(data)
    rows = values[values["iso3"] == claim.country].to_dict("records")
    texts = {row["edition"]: _value(claim, row["value"]) for row in rows}
    facts = [
        Fact(f"{name}: {what} {edition}", texts[edition], _assessed(row), row["source"])
        for row in rows
        for edition in [row["edition"]]
    ]
    then, now = claim.editions(data)
    if not {then, now} <= texts.keys():
        return Explanation(f"{name} has no value in the data for the {what}.", facts)
    of_all = values.loc[values["edition"] == now, "value"]
    why = (
        f"{opening(claim)}{name} has {texts[now]} in the {what} {now}; the median of the "
        f"{of_all.count()} states with a value is "
        f"{fixed(of_all.median(), claim.indicator.decimals)}"
    )
    if claim.value is None:
        return Explanation(f"{why}.", facts)
    if then != now:
        why += f". When it was said, the edition was that of {then}: {texts[then]}"
    value = "the median" if claim.value == MEDIAN else figure(float(claim.value))
    return Explanation(f"{why}.", facts, f"Taken as: {claim.comparison} {value}.")


def _value(claim: IndexClaim, value: float) -> str:
    if claim.component == "rank":
        return f"rank {figure(value)}"
    return f"{value:.{claim.indicator.decimals}f} of {claim.indicator.maximum}"


@explain.register
def _pairs(claim: PairsClaim, verdict: str, data: ClaimData) -> Explanation:  # noqa: ARG001  alike
    convention, now = claim.convention, data.status(claim.convention, data.as_of)
    joined = claim.joined(data, data.as_of)
    partial = any(clique.partial for clique in joined.cliques)
    share = percent(joined.lower, joined.total_pairs)
    more = (
        f"Without {treaty(convention)}, {'at least ' if partial else ''}{joined.lower:,} "
        f"of {counted(joined.total_pairs, 'pair')} of states ({share}) "
        f"{is_are(joined.lower)} joined on {long_day(now.as_of)}"
    )
    if joined.upper > joined.lower:
        more += f", {joined.upper:,} at most as far as the lists go"
    more += "."
    signed = [iso3 for iso3 in joined.states if iso3 in signed_or_consented(now)]
    would_join = pairs_in_words(Bounds(*newly_joined(joined, signed)))
    why = f"{opening(claim)}{capitalised(treaty(convention))} is "
    if now.in_force:
        why += f"in force. It alone joins {pairs_in_words(claim.anew(data, data.as_of))}."
    else:
        why += f"not known to be in force, so joins none. {_signed(claim, now, joined, signed)}"
        if len(signed) > 1:
            share = percent(len(signed), len(joined.states))
            why += f" ({share}); if all of those became parties, it alone would join {would_join}"
        why += "."
    if claim.value is not None:
        more += f" Taken as: {claim.comparison} {figure(claim.value)}."
        more += "" if now.in_force else f" {reach_in_words(now)}"
    facts = []
    for clique in joined.cliques:
        numbers = f"{len(clique.certain)} for certain, {len(clique.possible)} possible"
        source = sources_of(data.acts_of(clique.convention)) or clique.convention.source
        what = f"{clique.convention.short_title}: states joined by it"
        reach = "list partial" if clique.partial else "list complete"
        facts.append(Fact(what, numbers, reach, source))
    acts, kinds = data.acts_of(convention), (*SIGNATURES, *CONSENTS)
    rows = tables.best_supported(acts, kinds, data.as_of).loc[signed]
    grades = format_grades(tables.count_by_grade(rows)) or "no act known"
    without = f"{pairs_in_words(Bounds(joined.lower, joined.upper))} of {joined.total_pairs:,}"
    number = f"{len(signed)} of {len(joined.states)}"
    facts += [
        Fact("Pairs joined without it", without, COMPUTED, ""),
        Fact(f"{convention.short_title}: signed or consented", number, grades, sources_of(rows)),
        Fact("Pairs that those would add", would_join, COMPUTED, ""),
    ]
    return Explanation(why, facts, more.strip())


def _signed(claim: PairsClaim, now: Status, joined: Network, signed: Sequence[str]) -> str:
    """Say how many of the states are known to have signed, or consented."""
    people, group = (
        now.participants,
        claim.group.in_sentence if claim.group else "the United Nations",
    )
    unsigned = people["iso3"].isin(signed) & ~people["signed"].fillna(False)
    who = f"{len(signed) or 'None'} of {len(joined.states)} members of {group}"
    did = f"known to have signed it{' or consented to it' if unsigned.any() else ''}"
    return f"{who} {is_are(max(len(signed), 1))} {did}"


def pairs_in_words(number: Bounds) -> str:
    """Return a number of pairs within its bounds.

    Examples
    --------
    >>> pairs_in_words(Bounds(0, 33)), pairs_in_words(Bounds(1, 1))
    ('up to 33 pairs', '1 pair')
    """
    return f"{number} {'pair' if number.upper == 1 else 'pairs'}"


# Parts of sentences


def opening(claim: Measured) -> str:
    """Say before the numbers of a judgement that they do not decide it; else nothing."""
    if claim.judgement is None:
        return ""
    return f"No row of data decides “{claim.judgement}”; what can be measured is this. "


def day_claimed(claim: Dated) -> str:
    """Return the day that is claimed, for a sentence."""
    if claim.value is None:
        return "no day"
    if claim.until is not None:
        return f"between {long_day(claim.value)} and {long_day(claim.until)}"
    return f"{claim.comparison} {long_day(claim.value)}"


def treaty(convention: Convention) -> str:
    """Return a convention as it stands in a sentence."""
    return f"the {convention.short_title}"


def graded(grades: dict[str, int]) -> str:
    """Return counts by grade in brackets after a space; nothing where there are none.

    Examples
    --------
    >>> graded({"confirmed": 62, "reported": 4}), graded({"confirmed": 0})
    (' (62 confirmed, 4 reported)', '')
    """
    text = format_grades(grades)
    return f" ({text})" if text else ""


def reach_in_words(status: Status) -> str:
    """Return how far a convention's list goes, where the day lies beyond; otherwise nothing."""
    if not status.beyond_reach:
        return ""
    complete_to = status.convention.complete_to
    if complete_to is None:
        return "The list of acts is nowhere known to be complete."
    return f"The list of acts is complete only to {long_day(complete_to)}."


def law_fact(convention: Convention, what: str, value: str) -> Fact:
    """Return a fact that the registry holds of a convention's life or rules."""
    return Fact(what, value, REGISTRY, convention.law_source or convention.source)


def act_facts(acts: pd.DataFrame, data: ClaimData) -> list[Fact]:
    """Return a fact for each act; for many of them, one for each day and grade, or grade."""
    facts = []
    if len(acts) <= MAX_ACTS:
        for row in acts.sort_values(["latest", "iso3"]).to_dict("records"):
            when = when_short(row["earliest"], row["latest"], row["open_ended"])
            what = f"{capitalised(data.name(row['iso3']))}: {row['act']}"
            facts.append(Fact(what, when, row["grade"], row["source"]))
        return facts
    by_day = ["earliest", "latest", "grade"]
    keys: Any = by_day if len(acts[by_day].drop_duplicates()) <= MAX_ACTS else ["grade"]
    for _, rows in acts.groupby(keys):
        when = when_short(rows["earliest"].min(), rows["latest"].max())
        what = f"Acts ({listed(sorted(rows['act'].unique()))}), {when}"
        facts.append(Fact(what, f"{len(rows)}", str(rows["grade"].iloc[0]), sources_of(rows)))
    return facts


def sources_of(rows: pd.DataFrame) -> str:
    """Return the keys of the sources of rows, in order, with `;` between them."""
    return ";".join(sorted({key for keys in rows["source"].dropna() for key in keys.split(";")}))
