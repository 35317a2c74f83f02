"""Claims about facts: an event, a first of its kind, a body's act, a rule, a participant's act."""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, Literal, Self

import pandas as pd
from pydantic import Field, model_validator

from adoption import tables
from adoption.claims.model import (
    Claim,
    ClaimData,
    Country,
    Dated,
    OneConvention,
    OtherConventions,
    Words,
)
from adoption.claims.verdict import (
    CONTRADICTED,
    NOT_MEASURABLE,
    SUPPORTED,
    TOO_EARLY,
    Bounds,
    DayComparison,
    Fact,
    Verdict,
    all_hold,
    figure,
    graded,
    judge,
    law_fact,
    reach_in_words,
    treaty,
    verdict_of,
)
from adoption.data.dictionary import CONSENTS, SIGNATURES, WITHDRAWAL
from adoption.law.conventions import Convention
from adoption.law.placement import base_treaty
from adoption.law.rules import Window, add_months, ordinal
from adoption.law.status import Row, Status
from adoption.words import (
    MONTHS,
    capitalised,
    counted,
    listed,
    long_day,
    short_day,
    when_long,
    when_short,
)

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
SYMBOLS = {"General Assembly": "A/RES/"}  # how the symbol of a body's document begins
LISTED = "listed"  # the grade of a row of the depositary's own list
Years = Annotated[float, Field(ge=0, le=1000)]  # days of the calendar end with the year 9999
Whole = Annotated[int, Field(ge=0)]
KINDS_OF = {"signature": SIGNATURES, "consent": CONSENTS, "withdrawal": (WITHDRAWAL,)}
# "Hanoi, 25 and 26 October 2025, then New York", or a place alone; prose is no place.
OPENED_AT = re.compile(
    r"(?P<place>[^,;]+)"
    r"(, (?P<first>\d+)( (and|to) (?P<last>\d+))? (?P<month>[A-Z][a-z]+) (?P<year>\d{4})(,.*)?)?"
)


class EventClaim(Dated):
    """A convention was adopted, opened, closed or in force on a day, before or after it."""

    convention: OneConvention
    event: Literal["adopted", "opens", "closes", "entered into force", "threshold reached"]
    comparison: DayComparison
    value: date

    def decide(self, data: ClaimData) -> Verdict:
        """Compare the day of the event with the one that is claimed.

        Too early while an event that has not happened may still happen when it is said to; not
        measurable where the day, or whether it happened, is not known.
        """
        status = data.status(self.convention, data.as_of)
        window = self._window(status)
        if window is None:
            return self._without_a_day(status)
        noun, past, future = EVENTS[self.event]
        truth = self.holds(window)
        facts = [law_fact(self.convention, noun, when_short(window.earliest, window.latest))]
        says = f", as the statement says ({self.in_words})" if truth else (
            f"; the statement says {self.in_words}"
        )  # fmt: skip
        why = (
            f"{capitalised(treaty(self.convention))} "
            f"{future if window.latest > data.as_of else past} "
            f"{when_long(window.earliest, window.latest)}{says}."
        )
        more, rows = self._first_acts(data) if self.event == "opens" else ("", [])
        return Verdict(verdict_of(truth), why, [*facts, *rows], more)

    def _window(self, status: Status) -> Window | None:
        if self.event == "threshold reached":
            return status.nth_instrument
        if self.event == "entered into force":
            day = self.convention.entered_into_force
            if day is None or day > status.as_of:
                return status.entry_into_force
        else:
            day = getattr(self.convention, self.event)
        return Window(day, day) if day else None

    def _without_a_day(self, status: Status) -> Verdict:
        convention, as_of, last = self.convention, status.as_of, self.last_day
        noun, known = EVENTS[self.event][0], status.counted
        if self.event in ("adopted", "closes"):
            why = f"The registry holds no such day for {treaty(convention)}."
            return Verdict(NOT_MEASURABLE, why, [law_fact(convention, noun, "not in the registry")])
        why = (
            f"By {long_day(as_of)} {known.lower} of the {convention.threshold} instruments are "
            f"known{graded(known.by_grade)}, and {treaty(convention)} {convention.rule_in_words()}."
        )
        nth = f"the {ordinal(convention.threshold)} instrument"
        facts = [law_fact(convention, noun, f"not by {long_day(as_of)}: {nth} is not known")]
        if last is None or last > as_of:
            return Verdict(TOO_EARLY, why, facts)
        within = convention.complete_to is not None and last <= convention.complete_to
        return Verdict(
            CONTRADICTED if within else NOT_MEASURABLE, why, facts, reach_in_words(status)
        )

    def _first_acts(self, data: ClaimData) -> tuple[str, list[Fact]]:
        """Say who acted on the day of opening: a statement may mean that by signing."""
        acts = data.acts_of(self.convention)
        day = pd.Timestamp(min(self.convention.opens, data.as_of))
        first = acts[acts["act"].isin((*SIGNATURES, *CONSENTS)) & (acts["latest"] <= day)]
        place = f"Place and time: {self.convention.opens_at}."
        if first.empty:
            return place, []
        known = f"{counted(len(first), 'act')} of that day {'is' if len(first) == 1 else 'are'}"
        grades = graded(tables.by_grade(first))
        return f"{place} {known} known{grades}.", data.act_facts(first)


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
    against: OtherConventions
    comparison: Literal["more than", "at least"]
    value: Years

    def decide(self, data: ClaimData) -> Verdict:
        """Count the years since the last convention of the set was adopted.

        Not measurable where a day of adoption is not known.
        """
        compared = (self.convention, *self.against)
        adopted = {c: c.adopted for c in compared if c.adopted is not None}
        known = {c: f"adopted {short_day(day)}" for c, day in adopted.items()}
        facts = [law_fact(c, c.title, known.get(c, "day not known")) for c in compared]
        if unknown := [treaty(c) for c in compared if c not in adopted]:
            why = f"The day of adoption of {listed(unknown)} is not in the data."
            return Verdict(NOT_MEASURABLE, why, facts)
        own = adopted[self.convention]
        before = {c: day for c, day in adopted.items() if day < own}
        if not before:
            why = f"None of the conventions compared was adopted before {treaty(self.convention)}."
            return Verdict(SUPPORTED, why, facts)
        last, day = max(before.items(), key=lambda item: item[1])
        needed = add_months(day, round(12 * self.value))
        truth = own > needed if self.comparison == "more than" else own >= needed
        why = (
            f"{capitalised(treaty(self.convention))} was adopted on {long_day(own)}, "
            f"{_years(day, own)} after {treaty(last)} ({long_day(day)}), the last of those "
            f"compared; the statement says {self.comparison} {figure(self.value)} years."
        )
        left_out = self._left_out(data.base_treaties, day, own)
        for row in left_out.to_dict("records"):
            what = f"Same chapter, not compared: {row['title']}"
            concluded = f"concluded {short_day(row['concluded'].date())}"
            facts.append(Fact(what, concluded, LISTED, row["source"]))
        number = counted(len(left_out), "treaty", "treaties")
        beside = f"Not compared: {number} of the same chapter concluded in between; see the rows."
        return Verdict(verdict_of(truth), why, facts, beside * bool(truth and len(left_out)))

    def _left_out(self, base: pd.DataFrame, last: date, adopted: date) -> pd.DataFrame:
        """Return the treaties of the same chapter of the depositary's list that lie in between."""
        compared = [base_treaty(c) for c in (self.convention, *self.against)]
        chapter = base_treaty(self.convention).split("-")[0]
        inside = base["concluded"].between(
            pd.Timestamp(last), pd.Timestamp(adopted), inclusive="neither"
        )
        same = (base["chapter"] == chapter) & ~base["treaty"].isin(compared)
        return base[inside & same].sort_values("concluded")


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


class BodyClaim(Dated):
    """A body adopted a convention, or gave its consent to be bound by it."""

    convention: OneConvention
    body: Literal["General Assembly"]
    act: Literal[
        "adoption", "signature", "ratification", "acceptance", "approval", "formal confirmation",
        "accession", "definitive signature",
    ]  # fmt: skip

    def decide(self, data: ClaimData) -> Verdict:
        """Tell adoption, which a body does, from consent, which participants give.

        Contradicted where it is said to have done what only a participant can do; not measurable
        where the registry does not say who adopted it or when.
        """
        convention, symbol = self.convention, self.convention.adopted_by or ""
        adopted, by_it = convention.adopted, symbol.startswith(SYMBOLS[self.body])
        day = short_day(adopted) if adopted else "day not known"
        facts = [law_fact(convention, "Adopted", f"{day}, by {symbol or 'whom is not known'}")]
        did = f"Whether the {self.body} adopted {treaty(convention)} is not in the registry."
        if by_it:
            on = f" on {long_day(adopted)}" if adopted else ""
            did = f"The {self.body} adopted {treaty(convention)} ({symbol}){on}."
        if self.act != "adoption":
            return self._not_its_act(did, facts, data)
        if not symbol or (adopted is None and self.value is not None):
            return Verdict(NOT_MEASURABLE, did, facts)
        if not by_it:
            why = f"{capitalised(treaty(convention))} was adopted by {symbol}."
            return Verdict(CONTRADICTED, why, facts)
        truth = self.holds(Window(adopted, adopted)) if adopted else True
        did += "" if truth else f" The statement says {self.in_words}."
        return Verdict(verdict_of(truth), did, facts)

    def _not_its_act(self, did: str, facts: list[Fact], data: ClaimData) -> Verdict:
        acts = data.acts_of(self.convention)
        kinds = acts["iso3"].map(data.states.set_index("iso3")["kind"])
        others = int((kinds == "organization").sum())
        number = f"{len(acts)}: {len(acts) - others} of states, {others} of organizations"
        article = "An" if self.act[0] in "aeiou" else "A"
        why = (
            f"{did} {article} {self.act} is given by a state, or by an organization that takes "
            f"part; the {self.body} is not among the participants of the acts listed."
        )
        known = Fact("Acts known", number, "as listed", self.convention.source)
        return Verdict(CONTRADICTED, why, [*facts, known])


class RuleClaim(Claim):
    """How many instruments a convention needs, and how long it then waits.

    `instruments`, `delay_days` and `delay_months` are what the statement says; at least one.
    """

    convention: OneConvention
    instruments: Whole | None = None
    delay_days: Whole | None = None
    delay_months: Whole | None = None

    @model_validator(mode="after")
    def _something(self) -> Self:
        if self.instruments is self.delay_days is self.delay_months is None:
            raise ValueError("needs at least one of instruments, delay_days and delay_months")
        return self

    def decide(self, data: ClaimData) -> Verdict:  # noqa: ARG002  all kinds alike
        """Compare the rule with that of the registry: supported only if every part is right."""
        convention, delay = self.convention, self.convention.delay
        needed = counted(convention.threshold, "instrument")
        wait = counted(delay.days, "day") if delay.days else counted(delay.months or 0, "month")
        right, wrong = [], []
        for said, true, noun, rule in (
            (self.instruments, convention.threshold, "instrument", needed),
            (self.delay_days, delay.days, "day", wait),
            (self.delay_months, delay.months, "month", wait),
        ):
            if said is not None and said == true:
                right.append(counted(said, noun))
            elif said is not None:
                wrong.append(f"it says {counted(said, noun)} where the rule says {rule}")
        why = f"{capitalised(treaty(convention))} {convention.rule_in_words()}."
        if wrong:
            agrees = f"The statement agrees on {listed(right)}; " if right else ""
            why += f" {capitalised(agrees + listed(wrong))}."
        more = "An acceptance, an approval and an accession count as a ratification does."
        more += (
            " The instrument of a regional economic integration organization, such as the "
            "European Union, does not add."
        ) * convention.excludes_reio
        more = more if self.instruments is not None else ""
        wait = f"{delay.months} months, then the 1st"
        wait = f"{ordinal(delay.days)} day" if delay.days else wait
        number = f"{convention.threshold} ({convention.threshold_article})"
        rules = {
            "Instruments needed": number,
            "From the decisive deposit to entry into force": wait,
        }
        facts = [law_fact(convention, what, value) for what, value in rules.items()]
        return Verdict(verdict_of(not wrong), why, facts, more)


class ActClaim(Dated):
    """A state, or the European Union, did something on a convention.

    Attributes
    ----------
    convention : Convention
        Which one.
    country : str
        ISO3 code; EUE is the European Union.
    act : str
        `consent` is any consent to be bound.
    place : str, optional
        Where; it is known only of a signature on the days on which the registry says where
        the convention was opened.
    done : bool
        False where the statement is that there was no such act by the day it was said.
    """

    convention: OneConvention
    country: Country
    act: Literal[
        "signature", "consent", "ratification", "acceptance", "approval", "formal confirmation",
        "accession", "succession", "definitive signature", "withdrawal",
    ]  # fmt: skip
    place: Words | None = None
    done: bool = True

    @model_validator(mode="after")
    def _no_day_of_what_was_not_done(self) -> Self:
        if not self.done and (self.comparison or self.place):
            raise ValueError("an act that was not done has neither a day nor a place")
        return self

    def decide(self, data: ClaimData) -> Verdict:
        """Look the act up, with its day and, if it was signed at the opening, its place.

        No act known is evidence only within the reach of the list: beyond it the data cannot
        tell, and before the end of the claimed time it is too early.
        """
        own = data.acts_of(self.convention)
        kinds = KINDS_OF.get(self.act, (self.act,))
        found = tables.first_acts(own[own["iso3"] == self.country], kinds).reset_index()
        facts = data.act_facts(found)
        name = capitalised(data.name(self.country))
        if found.empty:
            source = self.convention.source
            facts = [Fact(f"{name}: {self.act}", "no act known", "as listed", source)]
        elif self.place:
            opened = self.convention.opens_at
            facts += [law_fact(self.convention, "Opened for signature", opened)]
        if self.comparison is None:
            return self._by_the_day_said(data, found, facts)
        if found.empty:
            return self._nothing_known(data, facts)
        act = found.to_dict("records")[0]
        truth = self.holds(_window(act))
        why = f"{self._known(act, data)}"
        why += "." if truth else f"; the statement says {self.in_words}."
        if self.place and truth is not False:
            at_it, where = self._at_the_place(act)
            truth, why = all_hold([truth, at_it]), f"{why} {where}"
        return Verdict(verdict_of(truth), why, facts)

    def _known(self, act: Row, data: ClaimData) -> str:
        when = when_long(act["earliest"], act["latest"], act["open_ended"])
        grade = "by report only" if act["grade"] == "reported" else act["grade"]
        name = capitalised(data.name(self.country))
        return f"{name}: {_act_on(act['act'])} {treaty(self.convention)} {when} ({grade})"

    def _no_act(self, data: ClaimData) -> str:
        return (
            f"No {_act_on(self.act)} {treaty(self.convention)} is known of "
            f"{data.name(self.country)} by {long_day(data.as_of)}."
        )

    def _by_the_day_said(self, data: ClaimData, found: pd.DataFrame, facts: list[Fact]) -> Verdict:
        """Decide a claim without a day: whether there was the act when it was said."""
        now = data.status(self.convention, data.as_of)
        numbers = []
        for status in (data.status(self.convention, data.said(self)), now):
            day = pd.Timestamp(status.as_of)
            certain, possible = (found["latest"] <= day).any(), (found["earliest"] <= day).any()
            is_open = not certain and self._may_be_missing(status)
            numbers.append(Bounds(int(certain), None if is_open else int(possible)))
        comparison: Literal["at least", "at most"] = "at least" if self.done else "at most"
        verdict = judge(comparison, int(self.done), numbers[:1], numbers[1:], grows=True)
        more = f"The statement is of {long_day(self.said_on)}."
        if found.empty:
            if verdict == NOT_MEASURABLE:
                more = f"No act known is not the same as none. {reach_in_words(now)} {more}"
            return Verdict(verdict, self._no_act(data), facts, more.replace("  ", " "))
        act = found.to_dict("records")[0]
        why = f"{self._known(act, data)}."
        if self.place and verdict == SUPPORTED:
            truth, where = self._at_the_place(act)
            verdict, why = verdict_of(truth), f"{why} {where}"
        return Verdict(verdict, why, facts, more)

    def _nothing_known(self, data: ClaimData, facts: list[Fact]) -> Verdict:
        why, last, complete_to = self._no_act(data), self.last_day, self.convention.complete_to
        if last is None or last > data.as_of:
            return Verdict(TOO_EARLY, why, facts)
        if complete_to is None or self._may_be_missing(data.status(self.convention, last)):
            reach = reach_in_words(data.status(self.convention, data.as_of))
            more = f"No act known is not the same as none. {reach}".strip()
            return Verdict(NOT_MEASURABLE, why, facts, more)
        more = f"The list of acts is complete to {long_day(complete_to)}."
        return Verdict(CONTRADICTED, why, facts, more)

    def _may_be_missing(self, status: Status) -> bool:
        if self.act == "signature":
            return status.signatures_may_be_missing or not self.convention.signatories_listed
        return status.beyond_reach

    def _at_the_place(self, act: Row) -> tuple[bool | None, str]:
        if act["act"] not in ("signature", "definitive signature"):
            return None, "Where an instrument was deposited is not in the data."
        return at_the_place(self.convention, str(self.place), _window(act))


def _window(act: Row) -> Window:
    return Window(act["earliest"].date(), act["latest"].date())


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


def at_the_place(convention: Convention, place: str, window: Window) -> tuple[bool | None, str]:
    """Decide whether a signature was given at a place: the registry says where it was opened.

    Examples
    --------
    >>> from adoption.law.conventions import load_conventions
    >>> days = Window(date(2025, 10, 25), date(2025, 10, 26))
    >>> at_the_place(load_conventions()["hanoi"], "hanoi", days)[0]
    True
    """
    where, written = convention.opens_at, OPENED_AT.fullmatch(convention.opens_at)
    if written is None:
        return None, f"The place of opening is not in the data, which say: {where}."
    first = last = convention.opens
    if written["month"] in MONTHS:
        year, month = int(written["year"]), MONTHS.index(written["month"]) + 1
        ends = written["first"], written["last"] or written["first"]
        first, last = (date(year, month, int(day)) for day in ends)
    if not first <= window.earliest <= window.latest <= last:
        return None, f"Where is not in the data, which say: opened in {where}."
    when = "the day of opening" if window.day == convention.opens else "during the opening"
    same = place.strip().casefold() == written["place"].strip().casefold()
    says = "" if same else f" The statement says {place.strip()}."
    return same, f"That was {when}: {where}.{says}"
