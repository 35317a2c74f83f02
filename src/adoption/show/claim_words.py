"""Why a claim has its verdict, in words, and the facts that decide it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import singledispatch
from typing import Any

import pandas as pd

from adoption import tables
from adoption.claims.facts import (
    REGISTERED,
    ActDecision,
    BodyDecision,
    EventDecision,
    FirstDecision,
    RuleDecision,
    Whereabouts,
)
from adoption.claims.measures import (
    MEDIAN,
    RANK,
    SIGNATORIES,
    TIER,
    CountDecision,
    Counted,
    IndexClaim,
    IndexDecision,
    PairsDecision,
    ShareClaim,
    ShareDecision,
    SpreadDecision,
    StatesActed,
)
from adoption.claims.model import ClaimData, Dated, Decision, Measured
from adoption.claims.verdict import (
    CONTRADICTED,
    NOT_MEASURABLE,
    SUPPORTED,
    TOO_EARLY,
    Bounds,
    figure,
)
from adoption.core.text import (
    capitalised,
    counted,
    format_grades,
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
from adoption.countries.network import newly_joined
from adoption.law.conventions import Convention
from adoption.law.rules import add_months, ordinal
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
    "threshold reached": (
        "Threshold reached", "had the instruments it needs", "has the instruments it needs"
    ),
}  # fmt: skip
VERBS = {"signatories": "signed", "parties": "consented to be bound by"}
# The grades of a fact: a reviewed entry of the registry, a row of the depositary's own list, a
# number of pairs.
REGISTRY, LISTED, COMPUTED = "registry", "listed", "computed"
NOT_NONE = "The data may lack an act."


@dataclass(frozen=True)
class Fact:
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
def explain(decision: Decision, data: ClaimData) -> Explanation:
    """Say why a claim has its verdict; of a decision of no kind, why the data have no number."""
    claim = decision.claim
    if not isinstance(claim, Counted):
        raise TypeError(f"{type(decision).__name__} of a {type(claim).__name__}")
    if decision.verdict == TOO_EARLY and claim.on:
        day = long_day(claim.on)
        return Explanation(f"{day} lies after {long_day(data.as_of)}, the day asked about.", [])
    why = f"The signatories of {treaty(claim.convention)} are not named in any source seen."
    fact = Fact("Signatories", "not named", "as listed", claim.convention.source)
    return Explanation(why, [fact])


# Facts


@explain.register
def _event(decision: EventDecision, data: ClaimData) -> Explanation:
    claim, status, window = decision.claim, decision.status, decision.window
    convention, title = claim.convention, treaty(claim.convention)
    noun, past, future = EVENTS[claim.event]
    if window is not None:
        facts = [law_fact(convention, noun, when_short(window.earliest, window.latest))]
        says = f"; the statement says {day_claimed(claim)}"
        if decision.verdict == SUPPORTED:
            says = f", as the statement says ({day_claimed(claim)})"
        why = (
            f"{capitalised(title)} {future if window.latest > data.as_of else past} "
            f"{when_long(window.earliest, window.latest)}{says}."
        )
        more, rows = _first_acts(convention, data) if claim.event == "opens" else ("", [])
        return Explanation(why, [*facts, *rows], more)
    if claim.event in REGISTERED:
        why = f"The registry holds no such day for {title}."
        return Explanation(why, [law_fact(convention, noun, "not in the registry")])
    by_day, known = long_day(status.as_of), status.counted
    why = (
        f"By {by_day} {known.lower} of the {convention.threshold} instruments are "
        f"known{graded(known.by_grade)}, and {title} {convention.rule_in_words()}."
    )
    nth = f"the {ordinal(convention.threshold)} instrument"
    facts = [law_fact(convention, noun, f"not by {by_day}: {nth} is not known")]
    return Explanation(why, facts, "" if decision.verdict == TOO_EARLY else reach_in_words(status))


def _first_acts(convention: Convention, data: ClaimData) -> tuple[str, list[Fact]]:
    """Say who acted on the day of opening: a statement may mean that by signing."""
    acts = data.acts_of(convention)
    acts = tables.certain_by(acts, min(convention.opens, data.as_of))
    first = acts[acts["act"].isin((*SIGNATURES, *CONSENTS))]
    place = f"Place and time: {convention.opens_at}."
    if first.empty:
        return place, []
    known = f"{counted(len(first), 'act')} of that day {is_are(len(first))}"
    return f"{place} {known} known{graded(tables.count_by_grade(first))}.", act_facts(first, data)


@explain.register
def _first(decision: FirstDecision, data: ClaimData) -> Explanation:  # noqa: ARG001  all alike
    claim, last, left_out = decision.claim, decision.last, decision.left_out
    compared = (claim.convention, *claim.against)
    facts = []
    for c in compared:
        known = f"adopted {short_day(c.adopted)}" if c.adopted else "day not known"
        facts.append(law_fact(c, c.title, known))
    if unknown := [treaty(c) for c in compared if c.adopted is None]:
        return Explanation(f"The day of adoption of {listed(unknown)} is not in the data.", facts)
    adopted, title = claim.convention.adopted, treaty(claim.convention)
    if adopted is None or last is None or last.adopted is None or left_out is None:
        return Explanation(f"None of the conventions compared was adopted before {title}.", facts)
    why = (
        f"{capitalised(title)} was adopted on {long_day(adopted)}, "
        f"{_years(last.adopted, adopted)} after {treaty(last)} ({long_day(last.adopted)}), the "
        f"last of those compared; the statement says {claim.comparison} {figure(claim.value)} "
        "years."
    )
    for row in left_out.to_dict("records"):
        what = f"Same chapter, not compared: {row['title']}"
        concluded = f"concluded {short_day(row['concluded'].date())}"
        facts.append(Fact(what, concluded, LISTED, row["source"]))
    more = ""
    if decision.verdict == SUPPORTED and len(left_out):
        number = counted(len(left_out), "treaty", "treaties")
        more = f"Not compared: {number} of the same chapter concluded in between; see the rows."
    return Explanation(why, facts, more)


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
    numbers = zip(divmod(months, 12), ("year", "month"), strict=True)
    return listed([counted(n, noun) for n, noun in numbers if n > 0]) or "less than a month"


@explain.register
def _body(decision: BodyDecision, data: ClaimData) -> Explanation:
    claim, convention = decision.claim, decision.claim.convention
    title, symbol, adopted = treaty(convention), convention.adopted_by, convention.adopted
    day = short_day(adopted) if adopted else "day not known"
    facts = [law_fact(convention, "Adopted", f"{day}, by {symbol or 'whom is not known'}")]
    why = f"Whether the {claim.body} adopted {title} is not in the registry."
    if decision.by_it:
        on = f" on {long_day(adopted)}" if adopted else ""
        why = f"The {claim.body} adopted {title} ({symbol}){on}."
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
        fact = Fact("Acts known", number, "as listed", convention.source)
        return Explanation(why, [*facts, fact])
    if decision.verdict == CONTRADICTED and not decision.by_it:
        why = f"{capitalised(title)} was adopted by {symbol}."
    elif decision.verdict != SUPPORTED and decision.by_it and adopted:
        why += f" The statement says {day_claimed(claim)}."
    return Explanation(why, facts)


@explain.register
def _rule(decision: RuleDecision, data: ClaimData) -> Explanation:  # noqa: ARG001  all alike
    claim, convention = decision.claim, decision.claim.convention
    delay, needed = convention.delay, counted(convention.threshold, "instrument")
    why = f"{capitalised(treaty(convention))} {convention.rule_in_words()}."
    wait = counted(delay.days, "day") if delay.days else counted(delay.months or 0, "month")
    right = [counted(said, noun) for noun, said, true in decision.parts if said == true]
    wrong = [
        f"it says {counted(said, noun)} where the rule says "
        f"{needed if noun == 'instrument' else wait}"
        for noun, said, true in decision.parts
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
def _act(decision: ActDecision, data: ClaimData) -> Explanation:
    claim, convention, verdict = decision.claim, decision.claim.convention, decision.verdict
    name, reach = data.name(claim.country), reach_in_words(data.status(convention, data.as_of))
    said = f"The statement is of {long_day(claim.said_on)}." if claim.comparison is None else ""
    if decision.acts.empty:
        what = f"{capitalised(name)}: {claim.act}"
        facts = [Fact(what, "no act known", "as listed", convention.source)]
        why = (
            f"No {_act_on(claim.act)} {treaty(convention)} is known of {name} by "
            f"{long_day(data.as_of)}."
        )
        more = [said]
        if verdict == NOT_MEASURABLE:
            more = [NOT_NONE, reach, said]
        elif verdict == CONTRADICTED and not said and convention.complete_to:
            more = [f"The list of acts is complete to {long_day(convention.complete_to)}."]
        return Explanation(why, facts, " ".join(filter(None, more)))
    facts = act_facts(decision.acts, data)
    if claim.place:
        facts.append(law_fact(convention, "Opened for signature", convention.opens_at))
    act = decision.acts.iloc[0]
    when = when_long(act["earliest"], act["latest"], act["open_ended"])
    grade = "by report only" if act["grade"] == "reported" else act["grade"]
    why = f"{capitalised(name)}: {_act_on(act['act'])} {treaty(convention)} {when} ({grade})"
    why += "." if said or decision.day_is_right else f"; the statement says {day_claimed(claim)}."
    if decision.whereabouts:
        why += f" {_where(decision.whereabouts, decision)}"
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


def _where(whereabouts: Whereabouts, decision: ActDecision) -> str:
    """Say where an act was done, as far as the registry says."""
    convention, place = decision.claim.convention, str(decision.claim.place).strip()
    opened = convention.opens_at
    if whereabouts == "no signature":
        return "Where an instrument was deposited is not in the data."
    if whereabouts == "place not written":
        return f"The place of opening is not in the data, which say: {opened}."
    if whereabouts == "not at the opening":
        return f"Where is not in the data, which say: opened in {opened}."
    act = decision.acts.iloc[0]
    on_the_day = act["earliest"] == act["latest"] == pd.Timestamp(convention.opens)
    when = "the day of opening" if on_the_day else "during the opening"
    says = "" if whereabouts == "there" else f" The statement says {place}."
    return f"That was {when}: {opened}.{says}"


# Measures


@explain.register
def _count(decision: CountDecision, data: ClaimData) -> Explanation:
    claim, said, now = decision.claim, decision.said, decision.now
    count = getattr(now, claim.measure)
    claimed = figure(claim.value)
    claimed = claimed if claim.comparison == "equals" else f"{claim.comparison} {claimed}"
    why = f"{_had(decision, said, treaty(claim.convention))}; the statement says {claimed}."
    later = f"{_had(decision, now, 'it')}." if now.as_of != said.as_of else ""
    passed = _passed(decision)
    people = now.participants
    acted = people["iso3"].isin(count.rows().query("certain")["iso3"])
    # An organization is counted as well, where a reader may think of states alone.
    names = people.loc[acted & (people["kind"] == "organization"), "name"].tolist()
    organizations = f"The {listed(names)} is one of them." if names else ""
    reach = reach_in_words(now) if count.upper is None else ""
    what = f"{capitalised(claim.measure)} by {short_day(now.as_of)}"
    total = Fact(what, str(Bounds(count.lower, count.upper)), "by grade below", "")
    return Explanation(
        f"{why} {passed or later}".strip(),
        [total, *act_facts(count.rows(), data)],
        " ".join(filter(None, (passed and later, organizations, reach))),
    )


def _had(decision: CountDecision, status: Status, title: str) -> str:
    """Say how many had acted by a day, with grades."""
    count = getattr(status, decision.claim.measure)
    bounds = Bounds(count.lower, count.upper)
    number = f"{bounds} {'participant' if bounds == Bounds(1, 1) else 'participants'} had"
    if bounds.upper is None and not bounds.lower:
        number = "no participant is known to have"
    verb, grades = VERBS[decision.claim.measure], graded(count.by_grade)
    return f"By {long_day(status.as_of)} {number} {verb} {title}{grades}"


def _passed(decision: CountDecision) -> str:
    """Say when the count was as it is said to be, or was passed within a day."""
    if decision.passed is None:
        return ""
    (row, following), claim = decision.passed, decision.claim
    next_day = following["day"].date()
    if row["upper"] != claim.value:
        before = figure(row["lower"]) if row["lower"] else "none"
        return (
            f"The count passed {figure(claim.value)} within {long_day(next_day)}: "
            f"{before} the day before, {figure(following['lower'])} at its end."
        )
    first, last = row["day"].date(), next_day - timedelta(days=1)
    if first < claim.convention.opens:
        return f"It was so before {long_day(next_day)}."
    if first == last:
        return f"It was so on {long_day(first)}."
    return f"It was so from {long_day(first)} to {long_day(last)}."


@explain.register
def _share(decision: ShareDecision, data: ClaimData) -> Explanation:
    claim, said, now, after = decision.claim, decision.said, decision.now, decision.after
    title = treaty(claim.convention)
    why = opening(claim) + _acted_by(claim, said, decision.before, data, title)
    if now.as_of != said.as_of:
        why += f" {_acted_by(claim, now, after, data, 'it')}"
    more = []
    if claim.each is not None:
        shares = [
            f"{len(part.acted)} of {part.states} in {region_in_sentence(part.name)} "
            f"({percent(len(part.acted), part.states)})"
            for part in after
        ]
        more.append(f"{capitalised(listed(shares))}.")
    if any(part.possible == part.states for part in after):
        more.append(reach_in_words(now))
    if claim.comparison is not None:
        in_each = " in each region" if claim.each else ""
        more.append(f"Taken as: {claim.comparison} {percent(claim.value or 0.0, 1)}{in_each}.")
    return Explanation(why, _share_facts(decision, data), " ".join(filter(None, more)))


def _whole(claim: ShareClaim, number: int) -> str:
    if claim.of == SIGNATORIES:
        return "the one signatory" if number == 1 else f"{number} signatories"
    group = claim.of.in_sentence if isinstance(claim.of, Group) else "the United Nations"
    return f"{number} members of {group}"


def _acted_by(
    claim: ShareClaim, status: Status, parts: list[StatesActed], data: ClaimData, title: str
) -> str:
    """Say which share has acted by a day, with names where they are few."""
    states = sum(part.states for part in parts)
    acted = [iso3 for part in parts for iso3 in part.acted]
    grades = status.participants.set_index("iso3")["grade"].reindex(acted)
    reported = int(grades.eq("reported").sum()) if claim.acted == "bound" else 0
    all_reported = bool(reported) and reported == len(acted)
    bound = "to be bound by" if status.in_force else "to have consented to be bound by"
    verb = "to have signed" if claim.acted == "signed" else bound
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


def _share_facts(decision: ShareDecision, data: ClaimData) -> list[Fact]:
    claim, now = decision.claim, decision.now
    frame = now.participants.set_index("iso3")
    if claim.acted == "signed":
        frame = tables.best_supported(data.acts_of(claim.convention), SIGNATURES, now.as_of)
    facts: list[Fact] = []
    codes: list[str] = []
    for part in decision.after:
        rows = frame.loc[list(part.acted)]
        grades = format_grades(dict(rows["grade"].value_counts())) or "no act known"
        is_open = len(part.acted) < part.possible == part.states
        bounds = Bounds(len(part.acted), None if is_open else part.possible)
        what = part.name or capitalised(_whole(claim, part.states))
        source = sources_of(rows) or claim.convention.source
        facts.append(Fact(what, f"{bounds} of {figure(part.states)}", grades, source))
        codes += part.acted
    if not claim.each and 0 < len(codes) <= MAX_ACTS:
        facts += act_facts(frame.loc[codes].reset_index(), data)
    return facts


@explain.register
def _spread(decision: SpreadDecision, data: ClaimData) -> Explanation:
    claim, edition, spread = decision.claim, decision.edition, decision.spread
    facts = []
    for row in decision.members.to_dict("records"):
        name, value = capitalised(data.name(row["iso3"])), f"{row['value']:.2f}"
        fact = Fact(name, f"{value} of {PILLAR_MAXIMUM}", _assessed(row), row["source"])
        facts.append(fact)
    members = _members(spread, claim.group)
    if spread["states"] < 2:
        have = "has" if spread["states"] == 1 else "have"
        why = f"{members} {have} a value in the GCI {edition}: too few to compare."
        return Explanation(why, facts)
    low, high = spread["lowest"], spread["highest"]
    why = (
        f"{opening(claim)}In the {PILLARS[claim.pillar].lower()} pillar of the GCI {edition}, the "
        f"scores of {members} run from {low:.2f} to {high:.2f} of {PILLAR_MAXIMUM} points: a "
        f"range of {high - low:.2f}."
    )
    more = f"Interquartile range {spread['iqr']:.2f}"
    if not pd.isna(spread["gini"] + spread["others_gini"]):
        more += (
            f"; Gini {spread['gini']:.2f}, beside {spread['others_gini']:.2f} among the other "
            f"{spread['others']} states"
        )
    more += "."
    if decision.inner is not None and claim.inner and decision.inner["states"] >= 2:
        ends = f"{decision.inner['lowest']:.2f} to {decision.inner['highest']:.2f}"
        more += f" Those of {_members(decision.inner, claim.inner)} run from {ends}."
    if claim.value is not None:
        more += f" Taken as: a range of {claim.comparison} {figure(claim.value)}."
    return Explanation(why, facts, more)


def _members(spread: Row, group: Group) -> str:
    return f"{counted(spread['states'], 'member')} of {group.in_sentence}"


def _assessed(row: Row) -> str:
    return row["grade"] if isinstance(row["grade"], str) else "not assessed"


@explain.register
def _index(decision: IndexDecision, data: ClaimData) -> Explanation:
    claim, then, now = decision.claim, decision.then, decision.now
    name, what = capitalised(data.name(claim.country)), claim.index
    if claim.component not in (TIER, RANK):
        what = f"{claim.indicator.part or 'overall score'} of the {claim.index}"
    facts = [
        Fact(f"{name}: {what} {edition}", _value(claim, row), _assessed(row), row["source"])
        for edition, row in decision.by_edition.items()
    ]
    for edition in (then, now):
        if edition not in decision.by_edition:
            in_edition = f" {edition}" if edition else ""
            why = f"{name} has no value in the data for the {what}{in_edition}."
            return Explanation(why, facts)
    values = decision.by_edition
    why = f"{opening(claim)}{name} has {_value(claim, values[now])} in the {what} {now}"
    if claim.component != TIER:
        of_all = decision.of_all.loc[[now]]
        why += (
            f"; the median of the {of_all.count()} states with a value is "
            f"{_digits(claim, of_all.median())}"
        )
    if claim.value is None:
        return Explanation(f"{why}.", facts)
    if then != now:
        why += f". When it was said, the edition was that of {then}: {_value(claim, values[then])}"
    value = figure(claim.value) if isinstance(claim.value, float) else claim.value
    value = "the median" if value == MEDIAN else value
    return Explanation(f"{why}.", facts, f"Taken as: {claim.comparison} {value}.")


def _digits(claim: IndexClaim, value: float) -> str:
    return figure(value) if claim.component == RANK else f"{value:.{claim.indicator.decimals}f}"


def _value(claim: IndexClaim, row: Row) -> str:
    if claim.component == TIER:
        return f"tier {row['tier']}"
    value = _digits(claim, row["value"])
    return f"rank {value}" if claim.component == RANK else f"{value} of {claim.indicator.maximum}"


@explain.register
def _pairs(decision: PairsDecision, data: ClaimData) -> Explanation:
    claim, joined, now = decision.claim, decision.joined, decision.now
    partial = any(clique.partial for clique in joined.cliques)
    share = percent(joined.lower, joined.total_pairs)
    more = (
        f"Without {treaty(claim.convention)}, {'at least ' if partial else ''}{joined.lower:,} "
        f"of {counted(joined.total_pairs, 'pair')} of states ({share}) "
        f"{is_are(joined.lower)} joined on {long_day(now.as_of)}"
    )
    if joined.upper > joined.lower:
        more += f", {joined.upper:,} at most as far as the lists go"
    more += "."
    why = opening(claim) + _effect(decision)
    if claim.value is not None:
        more += f" Taken as: {claim.comparison} {figure(claim.value)}."
        more += "" if now.in_force else f" {reach_in_words(now)}"
    if decision.anew is not None:
        why += f" It joins {pairs_in_words(decision.anew)} anew."
    return Explanation(why, _pairs_facts(decision, data), more.strip())


def _effect(decision: PairsDecision) -> str:
    """Say what the convention joins, or would join if all who signed became parties."""
    claim, joined, signed = decision.claim, decision.joined, decision.signed
    title = capitalised(treaty(claim.convention))
    if decision.now.in_force:
        return f"{title} is in force."
    group = "the United Nations" if claim.group is None else claim.group.in_sentence
    people, states = decision.now.participants, len(joined.states)
    unsigned = people["iso3"].isin(signed) & ~people["signed"].fillna(False)
    either = unsigned.any() or not claim.convention.signatories_listed
    text = (
        f"{title} is not known to be in force, and joins nobody. {len(signed) or 'None'} of "
        f"{states} members of {group} {is_are(max(len(signed), 1))} known to have "
        f"signed it{' or consented to it' if either else ''}"
    )
    if len(signed) < 2:
        return f"{text}."
    anew = pairs_in_words(Bounds(*newly_joined(joined, signed)))
    share = percent(len(signed), states)
    return f"{text} ({share}); if all of those became parties, it would join {anew} anew."


def _pairs_facts(decision: PairsDecision, data: ClaimData) -> list[Fact]:
    joined, signed, convention = decision.joined, decision.signed, decision.claim.convention
    facts = []
    for clique in joined.cliques:
        numbers = f"{len(clique.certain)} for certain, {len(clique.possible)} possible"
        reach = "list partial" if clique.partial else "list complete"
        source = sources_of(data.acts_of(clique.convention)) or clique.convention.source
        what = f"{clique.convention.short_title}: states joined by it"
        facts.append(Fact(what, numbers, reach, source))
    kinds = (*SIGNATURES, *CONSENTS)
    rows = tables.best_supported(data.acts_of(convention), kinds, data.as_of).loc[signed]
    grades = format_grades(tables.count_by_grade(rows)) or "no act known"
    without = pairs_in_words(Bounds(joined.lower, joined.upper))
    would_add = pairs_in_words(Bounds(*newly_joined(joined, signed)))
    what = f"{convention.short_title}: signed or bound"
    return [
        *facts,
        Fact("Pairs joined without it", f"{without} of {joined.total_pairs:,}", COMPUTED, ""),
        Fact(what, f"{len(signed)} of {len(joined.states)}", grades, sources_of(rows)),
        Fact("Pairs that those would add", would_add, COMPUTED, ""),
    ]


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
