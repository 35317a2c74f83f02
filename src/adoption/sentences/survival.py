"""Sentences on how long states take from opening to signature, and from there to consent."""

from __future__ import annotations

from collections.abc import Sequence
from math import isfinite
from typing import TYPE_CHECKING

from adoption.answers import Answer
from adoption.sentences.durations import duration, span
from adoption.words import capitalised, is_are, long_day, numeral, percent, some

if TYPE_CHECKING:
    from adoption.forecasting.survival import Estimate, Waiting

LEAST_STATES = 10  # in a group, before it may carry a finding


def signing_title(subject: Waiting) -> str:
    """Return the finding on signatures: how many on the first day, how many by the end."""
    main, known = subject.main, subject.least_known
    if not main.states:
        return _not_estimated(subject)
    first = (
        f"{main.first_day} of {main.states} states signed on the first day"
        if main.first_day
        else f"None of {main.states} states is known to have signed on the first day"
    )
    later = f", {_share(main)} by {_day(subject)}" if main.observed else ""
    if subject.beyond and known.acted > main.acted:
        later += f", at least {_share(known)} since"
    return f"{first}{later}"


def signing_sentence(subject: Waiting) -> str:
    """Say how many states signed on the first day and since."""
    main, known, convention = subject.main, subject.least_known, subject.convention
    if not main.states:
        return f"{_not_estimated(subject)}."
    reported = main.first_day - subject.complete["least"].first_day
    by_report = f" ({numeral(reported)} of them by report only)" if reported else ""
    parts = [
        f"{capitalised(some(main.first_day))} of the {main.states} states that could sign the "
        f"{convention.short_title} did so on the first day{by_report}"
    ]
    if main.observed:
        parts.append(f"{main.acted} had by {_day(subject)}")
    text = f"{'; '.join(parts)}."
    if not subject.beyond:
        return text
    more = known.acted - main.acted
    later = f": {some(more)} more {is_are(more)} known, which makes at least {_share(known)}"
    return f"{text} After that the list is not complete{later if more else ''}."


def consent_title(waits: Sequence[Waiting]) -> str:
    """Return the finding on consents: the subject's, then the others'."""
    subject, others = waits[0], _medians(waits[1:])
    beside = f"; elsewhere half took {span(min(others), max(others))}" if others else ""
    if not subject.main.states:
        return f"{_not_estimated(subject)}{beside}"
    least, most = (subject.complete[reading].median() for reading in ("least", "most"))
    if isfinite(least.value):
        return f"Half of the signatories consented within {span(most.value, least.value)}{beside}"
    known, reported = subject.least_known, _reported(subject)
    if not known.acted:
        by_report = f", {numeral(reported)} {is_are(reported)} reported" if reported else ""
        return f"No consent of a signatory is confirmed{by_report}{beside}"
    least_word = "At least " if subject.beyond else ""
    have = "has" if known.acted == 1 else "have"
    consented = f"{known.acted} of {known.states} signatories {have} consented"
    return f"{least_word}{consented}{beside}"


def consent_sentence(subject: Waiting) -> str:
    """Say how long the signatories of a convention took to consent."""
    main, known = subject.main, subject.least_known
    if not main.states:
        return f"{_not_estimated(subject)}."
    least, most = (subject.complete[reading].median() for reading in ("least", "most"))
    if isfinite(least.value):
        apart = "After the day of signing, half" if main.first_day else "Half"
        return (
            f"{apart} of its {main.states} signatories consented within "
            f"{span(most.value, least.value)} of their own signature (95% interval "
            f"{span(subject.half.low, subject.half.high)})."
        )
    reported = _reported(subject)
    by_report = f"; {numeral(reported)} {is_are(reported)} reported" if reported else ""
    if not known.acted:
        return (
            f"Of its {numeral(known.states)} known signatories none is confirmed to have "
            f"consented{by_report}."
        )
    least_word = "at least " if subject.beyond else ""
    have = "has" if known.acted == 1 else "have"
    return (
        f"Of its {numeral(known.states)} known signatories {least_word}{numeral(known.acted)} "
        f"{have} consented{by_report}; when half will have is not observed."
    )


def others_sentence(waits: Sequence[Waiting]) -> str:
    """Say how long the signatories of the conventions compared took."""
    known = [w for w in waits[1:] if isfinite(w.main.median().value)]
    if not known:
        return ""
    each = [w.main.median().value for w in known]
    if len(known) == 1:
        name = known[0].convention.short_title
        return f"Of the signatories of the {name} half did within {duration(each[0])}."
    return (
        f"Of the signatories of {numeral(len(known))} conventions beside it half did within "
        f"{span(min(each), max(each))}."
    )


def group_title(subject: Waiting) -> str:
    """Return the finding by regional group; groups of few states carry none."""
    large = {n: own.main for n, own in subject.groups().items() if own.main.states >= LEAST_STATES}
    if subject.step == "signature":
        rows = sorted((main.first_day / main.states, name) for name, main in large.items())
    else:
        rows = sorted((main.median().value, name) for name, main in large.items())
    reached = [row for row in rows if isfinite(row[0])]
    if len(rows) < 2 or not reached:
        what = "states" if subject.step == "signature" else "consents"
        return f"Too few {what} are known to set the regional groups apart"
    (low, first), (high, last) = reached[0], reached[-1]
    if subject.step == "consent":
        soonest = f"Half consented within {duration(low)} in the {first}"
        open_ = len(rows) - len(reached)
        if open_:
            groups = "group" if open_ == 1 else "groups"
            return f"{soonest}; in {numeral(open_)} {groups} half have not been observed to"
        return f"{soonest}, within {duration(high)} in the {last}"
    return (
        f"On the first day {percent(high, 1)} signed of the {last}, {percent(low, 1)} of the "
        f"{first}"
    )


def survival_answer(subject: Waiting, consents: Sequence[Waiting]) -> Answer:
    """Answer how long states take.

    Parameters
    ----------
    subject : Waiting
        The convention's signatures.
    consents : sequence of Waiting
        Consents of the subject, then of the others.
    """
    own, convention = consents[0], subject.convention
    median = own.main.median().value
    signing = signing_sentence(subject)
    consent = consent_sentence(own) if own.main.states or not subject.main.states else ""
    consent = "" if consent == signing else consent
    if isfinite(median):
        key = span(own.complete["most"].median().value, median)
        label = "from signature until half of the signatories consented"
    elif subject.main.states:
        key = f"{subject.main.first_day} of {subject.main.states}"
        label = "states signed on the first day"
    else:
        key, label = "not known", "how long states took: no list of its acts is complete"
    texts = (signing, consent, others_sentence(consents))
    return Answer(
        title=f"{convention.short_title}: from signature to consent",
        text=" ".join(text for text in texts if text),
        key_figure=key,
        key_label=label,
        as_of=long_day(subject.as_of),
        reach=convention.reach,
    )


def _not_estimated(subject: Waiting) -> str:
    """Say why there is no estimate, as a title."""
    convention, known = subject.convention, subject.least_known
    name = convention.short_title
    if not convention.signatories_listed:
        return f"No source names who signed the {name}"
    if not known.states:
        return f"No signatory of the {name} is certain by then"
    most = subject.known["most"].acted
    number = f"{known.acted} to {most}" if known.acted < most else f"{most}"
    number = number if known.acted else f"up to {most}" if most else "none"
    if subject.step == "signature":
        return f"Of {known.states} states {number} signed the {name}; its list is not complete"
    return f"Of {known.states} known signatories {number} consented; the list is not complete"


def _share(estimate: Estimate) -> str:
    return percent(round(estimate.overall(estimate.observed) or 0.0, 9), 1)


def _day(subject: Waiting) -> str:
    assert subject.complete_to is not None
    return long_day(subject.complete_to)


def _reported(subject: Waiting) -> int:
    return subject.known["with_reports"].acted - subject.known["least"].acted


def _medians(waits: Sequence[Waiting]) -> list[float]:
    return [m for w in waits if isfinite(m := w.main.median().value)]
