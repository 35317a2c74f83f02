"""The head of the front page: one sentence, the counters, and the last day for signature."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from html import escape

from adoption.answers import Answer
from adoption.figures.theme import BOUND_REPORTED, status_classes
from adoption.figures.world import world_map as world_map
from adoption.forecasting.convention import ConventionForecast
from adoption.law.counts import Count
from adoption.law.status import Status
from adoption.sentences.entry_into_force import key_of
from adoption.sentences.forecast_words import short_month
from adoption.sentences.status import parties_figure, signatories_figure, status_title
from adoption.words import by_grade, capitalised, long_day, short_day, when_short


@dataclass(frozen=True)
class Counter:
    """One figure of the front page.

    Attributes
    ----------
    label, figure, note : str
        What it counts, the number or day, and what the reader must know beside it.
    """

    label: str
    figure: str
    note: str


def front_answer(status: Status) -> Answer:
    """Answer in one sentence who has signed and who is bound."""
    signed = _signed(status)
    return Answer(
        title=f"{status.convention.short_title}: the figures of the front page",
        text=f"{status_title(status)}.",
        key_figure=signed.figure,
        key_label=signed.label.lower(),
        as_of=long_day(status.as_of),
        reach=status.convention.reach,
    )


def counters_view(status: Status, found: ConventionForecast) -> str:
    """Return the counters of a convention as HTML: a list of terms.

    Parameters
    ----------
    status : Status
        The convention on a day.
    found : ConventionForecast
        Its forecast of the same day.
    """
    shown = "".join(
        f"<div><dt>{escape(counter.label)}</dt> <dd><strong>{escape(counter.figure)}</strong> "
        f"<small>{escape(counter.note)}</small></dd></div>\n"
        for counter in counters(status, found)
    )
    return f'<dl class="counters">\n{shown}</dl>'


def counters(status: Status, found: ConventionForecast) -> list[Counter]:
    """Return who signed, who is bound, when it is in force, and the last day for signature."""
    counted = [_signed(status), _bound(status), _force(status, found)]
    closes = status.convention.closes
    if closes is None:
        return counted
    label = "Signature closed" if closes < status.as_of else "Next legal date: signature closes"
    after = "After that day, a state that has not signed can only accede."
    return [*counted, Counter(label, short_day(closes), after)]


def _signed(status: Status) -> Counter:
    if not status.convention.signatories_listed:
        return Counter("Signed", "not known", "No source seen names the signatories.")
    return Counter("Signed", signatories_figure(status), _grades(status.signatories))


def _bound(status: Status) -> Counter:
    """Count what is sure; before entry into force, towards the number that is needed."""
    if status.entry_into_force is not None:
        return Counter("Bound", parties_figure(status), _grades(status.parties))
    more = "+" if status.beyond_reach else ""
    sure = status.counted.lower - status.counted.by_grade["reported"]
    frame = status.participants
    reported = frame.loc[[name == BOUND_REPORTED for name in status_classes(frame)], "name"]
    note = _grades(status.counted) + (f": {', '.join(sorted(reported))}" if len(reported) else "")
    return Counter(
        "Ratified", f"{sure}{more if sure else ''} of {status.convention.threshold}", note
    )


def _force(status: Status, found: ConventionForecast) -> Counter:
    """Say when the convention entered into force, or is forecast to."""
    force = status.entry_into_force
    if force is not None:
        label = "In force since" if status.in_force else "In force from"
        return Counter(label, when_short(force.earliest, force.latest), "By its own rule.")
    median = None if found.why_none else found.in_force(found.quantile(0.5))
    if found.why_none or (median is not None and median <= found.as_of):
        key, label = key_of(found)
        return Counter("In force", key, f"{capitalised(label)}.")
    low, high = found.mixed.interval(80)
    begun = low is not None and low <= found.as_of
    note = f"80% range {'up' if begun else _month(found, low)} to {_month(found, high)}"
    if found.readings_differ:
        note += f"; reports count with a chance of {found.reports_true:.0%}"
    return Counter("In force, median forecast", _month(found, found.quantile(0.5)), f"{note}.")


def _month(found: ConventionForecast, deposit: date | None) -> str:
    """Return the month of entry into force that follows from the nth deposit."""
    force = found.in_force(deposit)
    return f"after {found.firm.horizon.year}" if force is None else short_month(force)


def _grades(count: Count) -> str:
    possible = count.upper - count.lower
    more = {"more possible": possible} if possible else {}
    return by_grade(more | count.by_grade)
