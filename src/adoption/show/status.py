"""A convention on a day: who has signed, who has ratified, and what that means for its force."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pandas as pd

from adoption.core.acts import OTHER_ACTS
from adoption.core.reading import remembered
from adoption.core.text import (
    NOT_KNOWN,
    capitalised,
    counted,
    format_grades,
    listed,
    long_day,
    lower_bound,
    messages,
    numeral,
    short_day,
    span,
)
from adoption.core.vocabulary import RELAYED
from adoption.law.conventions import REACH_DAYS
from adoption.law.spells import History
from adoption.show.answers import Answer, actors_phrase, count_headline, count_sentence, rows_of
from adoption.show.classes import BOUND
from adoption.show.drawings import Drawing
from adoption.show.table import (
    Table,
    badge,
    besides,
    source_links,
    table_of_rows,
    when,
    with_publishers,
)

if TYPE_CHECKING:
    from adoption.core.observation import Observation
    from adoption.law.evidence import NotInForce
    from adoption.law.status import Row, Status

NOT_REPORTED = {"grade": ["confirmed", "inferred"]}  # rows that are not only reported
REACH_WORDS = ("complete", "nearly complete", "partial", "may lack acts")


def status_title(status: Status) -> str:
    """Return the finding of a map of the status: how many have signed and ratified, as it shows.

    Examples
    --------
    >>> from datetime import date
    >>> from adoption.law.status import load_status
    >>> status_title(load_status("nuclear-terrorism", date(2026, 11, 24)))
    'The Nuclear Terrorism Convention has 115 signatories and at least 118 parties'
    """
    drawn = status.listed
    return _opens(status) or count_headline(drawn.signatories, drawn.parties)


def _opens(status: Status) -> str:
    """Say when a convention opens for signature; no text once it has."""
    opens, subject = status.convention.opens, capitalised(status.parties.subject)
    if opens is None or status.as_of >= opens:
        return ""
    return f"{subject} opens for signature on {long_day(opens)}"


def status_sentence(status: Status) -> str:
    """Say who has signed, who has ratified, and since when it is in force.

    Examples
    --------
    >>> from datetime import date
    >>> from adoption.law.status import load_status
    >>> status_sentence(load_status("untoc", date(2003, 10, 15))).split(". ", 1)[1]
    '54 states are parties to it. In force since 29 September 2003.'
    """
    if early := _opens(status):
        return f"{early}."
    texts = [count_sentence(status.signatories), count_sentence(status.parties, "it")]
    if status.entry_into_force is not None:
        texts.append(force_sentence(status))
    return " ".join(texts)


def remark(status: Status) -> str:
    """Say which totals others report, where they are more than leads; no text elsewhere.

    Examples
    --------
    >>> from datetime import date
    >>> from adoption.law.status import load_status
    >>> remark(load_status("arab-2010", date(2026, 11, 24)))
    'Others report 22 signatories (by 24 November 2026, by one source).'
    """
    return " ".join(sentence for sentence, _ in _others_report(status))


def _others_report(status: Status) -> list[tuple[str, str]]:
    """Return a sentence on the totals of others for each source and day, and its source."""
    bound = ("party", "parties") if status.in_force else ("ratification", "ratifications")
    counts = (status.signatories, "signatory", "signatories"), (status.parties, *bound)
    by_origin = dict[tuple[str, str, str], list[str]]()  # by kind of source and day, often shared
    for count, *noun in counts:
        if total := count.remark:
            day = long_day(total.day) if total.day else f"by {long_day(total.latest)}"
            numbers = by_origin.setdefault((total.grade, day, total.source), [])
            numbers.append(counted(total.number, *noun))
    sentences = []
    for (grade, day, source), numbers in by_origin.items():
        reporters = "A text that a machine wrote says" if grade == RELAYED else "Others report"
        text = f"{reporters} {listed(numbers)} ({day}, {messages()['publishers'][grade]})."
        sentences.append((text, source))
    return sentences


def names_by_report(status: Status) -> list[str]:
    """Return the participants whose consent is only reported."""
    rows = status.parties.rows().query("certain and grade == 'reported'")
    people = status.participants
    return sorted(people.loc[people["iso3"].isin(rows["iso3"]), "name"])


@dataclass(frozen=True)
class Needed:
    """Of the instruments that entry into force needs: how many are sure, and reported beside."""

    number: int
    sure: int
    reported: int


def needed_for_force(status: Status) -> Needed | None:
    """Return the instruments that entry into force needs; None where no source seen says it."""
    threshold, remaining = status.convention.threshold, status.remaining
    if threshold is None or remaining is None:
        return None
    to_go = status.remaining_with_reports
    reported = 0 if to_go is None else remaining - to_go
    return Needed(threshold, threshold - remaining, reported)


def force_sentence(status: Status) -> str:
    """Say since when a convention is in force.

    Examples
    --------
    >>> from datetime import date
    >>> from adoption.law.status import load_status
    >>> force_sentence(load_status("untoc", date(2003, 7, 15)))
    'In force from 29 September 2003.'
    """
    window: Any = status.entry_into_force
    if window.day is None:
        return f"In force by {window.latest:%B %Y}."
    begins, limits = "since" if status.in_force else "from", limits_of_force(status)
    within = f" ({limits})" if limits else ""
    return f"In force {begins} {long_day(window.day)}{within}."


def limits_of_force(status: Status) -> str:
    """Say who withdrew before entry into force, and whether it rests on a report; or no text."""
    published, grade = status.convention.entered_into_force, status.nth_grade or ""
    reports = "reported" in grade and published is None
    limits = (withdrawn_before(status), "if the reports are right" if reports else "")
    return "; ".join(filter(None, limits))


def not_counting(status: Status) -> str:
    """Say which instruments the threshold leaves out; no text if it leaves out none."""
    left_out = listed([*status.parties.organizations]) if status.convention.excludes_reio else ""
    if not left_out:
        return ""
    number = status.convention.threshold
    return f"That of {left_out} does not count towards the {number} needed"


def withdrawn_before(status: Status) -> str:
    """Say who made up the threshold and withdrew before entry into force; no text elsewhere."""
    left = status.left_before_force
    if left.empty:
        return ""
    left = left.merge(status.participants[["iso3", "name"]], on="iso3")
    reported = left["ends_grade"].eq("reported").map({True: ", by report only", False: ""})
    names = listed((left["name"] + reported).tolist())
    return f"withdrawn before then: {names}"


def reach_of(history: History, as_of: date) -> Iterator[tuple[str, date, date]]:
    """Give how well the acts by a day are known, and from which day to which; see `REACH_WORDS`.

    It is said of the list alone: after its end single acts may be known, or none.
    """
    opens = history.convention.opening.latest
    days = [getattr(history.convention, name) for name in REACH_DAYS]
    start = opens - timedelta(days=1)
    for text, day in zip(REACH_WORDS, [*days, as_of], strict=True):
        if day and start < min(day, as_of):
            yield text, max(start, opens), min(day, as_of)
            start = day


def reach_strip(status: Status) -> Drawing:
    """Return how far a list of acts reaches by a day: a strip with a key, and totals of others."""
    convention, as_of = status.convention, status.as_of
    opens = convention.opening.latest
    per_day = 380 / max((as_of - opens).days, 1)
    parts = []
    for how, start, day in reach_of(status.history, as_of):
        left = (start - opens).days * per_day
        width = max((day - start).days, 3) * per_day
        words = f"{how} to {short_day(day)}"
        parts.append({"how": how, "left": left, "width": width, "words": words})
    begins = f"The list of acts from {short_day(opens)}:"
    totals = [
        {"text": sentence, "sources": source_links(source).parts()}
        for sentence, source in _others_report(status)
    ]
    words = " ".join([begins, *(str(part["words"]) for part in parts), remark(status)]).strip()
    return Drawing("reach", {"begins": begins, "parts": parts, "totals": totals}, words)


def curve_title(status: Status) -> str:
    """Return the finding of the curve by day: since when it is in force, or what it needs."""
    if status.entry_into_force is not None:
        if not status.in_force:
            force = force_sentence(status).removesuffix(".").replace("In", "in", 1)
            return f"{count_headline(status.parties)}; {force}"
        parties = count_headline(status.parties).replace("The ", "the ", 1)
        return f"{force_sentence(status).removesuffix('.')}, {parties}"
    if status.convention.threshold is None:
        return count_headline(status.parties)
    return _opens(status) or count_headline(
        status.counted, when=f"of {status.convention.threshold} needed"
    )


def count_figure(count: Observation, *, with_reports: bool = False) -> str:
    """Return the number that leads, with + where it is a lower bound; else how many are reported.

    With reports, those that are only reported stand beside it.
    """
    reported = f"{count.reported} reported" if count.reported and not count.published else ""
    if not count.lead:  # none is a number only where none is possible either
        return reported or ("0" if count.upper == 0 else "none known")
    if count.upper is None:
        number = lower_bound(count.lead, is_short=True)
    else:
        number = span(count.lead, count.upper)
    return ", ".join(filter(None, (number, reported if with_reports else "")))


def not_in_force_words(seen: NotInForce) -> str:
    """Say for which day a source has a convention not in force."""
    return f"not in force on {short_day(seen.day)}{', by report' if seen.by_report else ''}"


def count_note(count: Observation) -> str:
    """Return whose the number that leads is, and how well those are known that are named."""
    whose = f"by the depositary, {short_day(t.latest)}; named: " if (t := count.published) else ""
    more = {"more possible": count.possible - count.with_reports}
    also = "reported" if count.published or not count.lead else "more reported"  # than the number
    grades = {also if grade == "reported" else grade: n for grade, n in count.by_grade.items()}
    named = format_grades(grades | more)
    return whose + (named or ("none" if whose else ""))


def remaining_in_words(status: Status) -> str:
    """Return how many instruments are still needed, or at most, where some may not be known."""
    least, most = status.least_remaining, status.remaining
    if most is None:
        return NOT_KNOWN
    return f"at most {most}" if least is None else span(least, most)


def parties_label(status: Status) -> str:
    """Return what the count of parties counts: before entry into force, consents to be bound."""
    consents = "consent to be bound" if status.parties.lead == 1 else "consents to be bound"
    stayed = status.parties.measure != "had consented"
    return "parties" if status.in_force and stayed else consents


def participants_sentence(status: Status) -> str:
    """Say once how participants, states and members of the United Nations differ, where they do.

    They are those known to have signed; where the convention is in force, or no source names the
    signatories, the parties.
    """
    count, noun = status.parties, parties_label(status)
    if not status.in_force and status.signatories_known:
        count, noun = status.signatories, "signatories"
    rows, frame = count.rows(), status.participants
    is_sure = rows["certain"] & ~rows["grade"].eq("reported")
    frame = frame[frame["iso3"].isin(rows.loc[is_sure, "iso3"])]
    members = int((frame["kind"] == "member").sum())
    parts = []
    if count.organizations:
        parts.append(f"{count.lower:,} {noun} known, with {listed(count.organizations)}")
    if members < count.lower:
        who = (
            f"{members:,} of them" if parts else f"{members:,} of the {count.lower:,} {noun} known"
        )
        be = "is a member" if members == 1 else "are members"
        parts.append(f"{who} {be} of the United Nations")
    if count.reported:
        parts.append(f"{numeral(count.reported)} more by report")
    text = f"{capitalised('; '.join(parts))}." if parts else ""
    published = count_sentence(count) if count.published else ""
    return " ".join(filter(None, (text, published)))


def status_counts(status: Status) -> tuple[tuple[str, str], ...]:
    """Return the words of a sentence about a status that are counts, and their rows."""
    subject = f"convention:{status.convention.convention}"
    addresses = (
        rows_of(subject, act=["signature"], **NOT_REPORTED),
        rows_of(subject, status=[BOUND]),
    )
    links = []
    for count, address in zip((status.signatories, status.parties), addresses, strict=True):
        is_exact = count.upper in (None, count.lower)
        if count.lower and not count.published and is_exact:
            phrase = actors_phrase(count, with_bound=False)
            links.append((capitalised(phrase) if count.complete else phrase, address))
    return tuple(links)


def status_answer(status: Status) -> Answer:
    """Answer who has signed, and who is a party or has consented to be bound."""
    convention = status.convention
    key, label = count_figure(status.signatories), "signatories known"
    if status.in_force or not status.signatories_known:
        key = count_figure(status.parties)
        label = f"{parties_label(status)} known"
    what = f"who has signed, who {'is a party' if status.in_force else 'has ratified'}"
    text, counts = status_sentence(status), status_counts(status)
    return Answer.of(convention, what, status.as_of, text, key, label, counts)


@remembered
def load_status_answer(convention: str, as_of: date) -> Answer:
    """Return the answer of a convention of the registry on a day, from the processed tables."""
    from adoption.law.status import load_status

    return status_answer(load_status(convention, as_of))


def doubtful_table(status: Status) -> Table:
    """Show the acts that are not confirmed, or that may have happened by the day."""
    frame = status.participants
    doubtful = frame["grade"].isin(["reported", "inferred"]) | frame["possible"].notna()
    doubtful |= frame[[f"{kind.column}_on" for kind in OTHER_ACTS]].notna().any(axis=1)

    def act(row: Row) -> str:
        return "; ".join(filter(pd.notna, (row["act"], *besides(row))))

    def why(row: Row) -> str:
        return with_publishers(row["note"]) if pd.notna(row["note"]) else ""

    columns = {
        "Participant": "name",
        "Shown as": badge,
        "Act": act,
        "Day": when,
        "Grade": lambda row: row["grade"] if pd.notna(row["grade"]) else NOT_KNOWN,
        "Why": why,
    }
    rows = frame[doubtful].sort_values(["grade", "name"])
    caption = "Acts by one report, acts of an inferred day, and approvals at home"
    return table_of_rows(rows, columns, caption)
