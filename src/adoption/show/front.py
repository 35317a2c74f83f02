"""The front page: one sentence, the counters, and the blocks beside its map."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from typing import Any

import pandas as pd

from adoption.core.text import act_in_words, capitalised, numeral, short_day, when_short
from adoption.forecasting.convention import ConventionForecast
from adoption.law.conventions import find_convention
from adoption.law.evidence import not_in_force_on
from adoption.law.status import Status
from adoption.show.answers import Answer, rows_of
from adoption.show.drawings import Drawing
from adoption.show.entry_into_force import in_short
from adoption.show.maps import WorldMap, status_map
from adoption.show.status import (
    NOT_REPORTED,
    count_figure,
    count_note,
    limits_of_force,
    names_by_report,
    reach_strip,
    remaining_in_words,
    remark,
    status_answer,
    status_title,
)
from adoption.show.theme import (
    BOUND,
    BOUND_REPORTED,
)
from adoption.show.world import world_map


@dataclass(frozen=True)
class Counter:
    """What a figure of the front page counts, the number or day, and what to know beside it.

    `rows` is the address of the rows that it counts.
    """

    label: str
    figure: str
    note: str
    rows: str = ""


def front_answer(status: Status) -> Answer:
    """Answer who has signed, who has ratified, and since when it is in force."""
    signed, what = _signed(status), "the figures of the front page"
    answer = status_answer(status)
    title = f"{status.convention.short_title}: {what}"
    return replace(answer, title=title, key_figure=signed.figure, key_label=signed.label.lower())


def counters_view(status: Status, forecast: ConventionForecast) -> Drawing:
    """Return the counters of a convention, a list of terms, and what others report.

    Parameters
    ----------
    status : Status
        The convention on a day.
    forecast : ConventionForecast
        Its forecast of the same day.
    """
    terms = counters(status, forecast)
    items = [{**asdict(term), "rows": f"rows:{term.rows}" if term.rows else ""} for term in terms]
    others = remark(status)
    words = [f"{term.label} {term.figure} {term.note}" for term in terms]
    data = {"items": items, "remark": others}
    return Drawing("counters", data, " ".join(filter(None, [*words, others])))


def counters(status: Status, forecast: ConventionForecast) -> list[Counter]:
    """Return who signed, who has ratified or is a party, and when it is in force."""
    return [_signed(status), _bound(status), _force(status, forecast)]


def front_map(status: Status, states: pd.DataFrame) -> WorldMap:
    """Return the map of who has signed and who has ratified, as the front page draws it."""
    figure = status_map(status, states, status_title(status))
    return figure.drawn_by(lambda: world_map(status, states))


def progress_view(status: Status) -> Drawing | None:
    """Return how many of the needed instruments there are, as a bar: hatched is reported."""
    threshold = find_convention(status.convention).threshold
    if status.entry_into_force is not None:
        return None
    sure, reported = status.counted.lower, status.counted.reported
    left = remaining_in_words(status)
    text = f"{sure or 'None'} confirmed, {reported} reported; {left} to go."
    data = {"threshold": threshold, "sure": sure, "reported": reported, "text": text}
    return _part("progress", f"To entry into force: {threshold} instruments", data, text)


def latest_view(status: Status, acts: pd.DataFrame, count: int = 4) -> Drawing:
    """Return the acts that were done last, each participant as a link for whoever publishes it."""
    known = acts[acts["certain"]].merge(status.participants[["iso3", "name"]], on="iso3")
    last = known.sort_values(["earliest", "latest", "name"], ascending=[False, False, True])
    rows = [
        {
            "when": when_short(row["earliest"], row["latest"], row["open_ended"]),
            "state": f"state:{row['iso3']}",
            "name": row["name"],
            "what": act_in_words(row["act"])
            + ("" if row["grade"] == "confirmed" else f", {row['grade']}"),
        }
        for row in last.head(count).to_dict("records")
    ]
    month = f"{status.as_of:%B %Y}"
    new = int((known["earliest"] >= pd.Timestamp(status.as_of.replace(day=1))).sum())
    text = f"{capitalised(numeral(new)) if new else 'None'} known of {month}."
    acts_in_words = [f"{row['when']} {row['name']} : {row['what']}" for row in rows]
    words = " ".join([text, *acts_in_words])
    return _part("latest", "Latest acts known", {"text": text, "acts": rows}, words)


def next_date_view(status: Status) -> Drawing | None:
    """Return the last day for signature, where the convention has one."""
    closes = status.convention.closes
    if closes is None:
        return None
    is_closed = status.convention.is_closed(status.as_of)
    verb, after = ("closed", "Since then") if is_closed else ("closes", "After that")
    text = f"{after}, a state that has not signed can only accede."
    data = {"verb": verb, "day": str(closes), "shown": short_day(closes), "text": text}
    return _part("next", f"Signature {verb}: {short_day(closes)}", data, text)


def reach_view(status: Status) -> Drawing:
    """Return how far the list of acts reaches, as a strip from the opening to the day."""
    strip = reach_strip(status.convention, status.as_of)
    return _part("reach", "How current is this?", strip.data, strip.words)


def _part(name: str, heading: str, data: dict[str, Any], words: str) -> Drawing:
    return Drawing(name, data, f"{heading} {words}", heading)


def _signed(status: Status) -> Counter:
    count = status.signatories
    if not status.signatories_known:
        return Counter("Signed", "not known", "No source seen names the signatories.")
    rows = rows_of(f"convention:{status.convention.convention}", act=["signature"], **NOT_REPORTED)
    return Counter("Signed", count_figure(count), capitalised(count_note(count)), rows)


def _bound(status: Status) -> Counter:
    """Count the parties; before entry into force, those that have consented to be bound."""
    count, about = status.parties, f"convention:{status.convention.convention}"
    rows = rows_of(about, status=[BOUND if count.lower else BOUND_REPORTED])
    figure, rows = count_figure(count), rows if count.with_reports else ""
    if status.entry_into_force is not None:  # reached: none is needed any more
        label = "Parties" if status.in_force else "Ratified"
        return Counter(label, figure, capitalised(count_note(count)), rows)
    names = ", ".join(names_by_report(status))
    names += " by report; " if names and count.lower else "; " if names else ""
    return Counter("Ratified", figure, f"{names}{status.convention.threshold} needed.", rows)


def _force(status: Status, forecast: ConventionForecast) -> Counter:
    """Say when the convention entered into force, or is forecast to."""
    force = status.entry_into_force
    if force is not None:
        label = "In force since" if status.in_force else "In force from"
        note = "; ".join(filter(None, ["By its own rule", limits_of_force(status)]))
        return Counter(label, when_short(force.earliest, force.latest), f"{note}.")
    if (published := status.convention.entered_into_force) and published <= status.as_of:
        return Counter("In force since", short_day(published), "As published.")
    day = not_in_force_on(status)
    known = f"Not in force (checked {short_day(day)}). " if day else ""
    if forecast.why_none:
        return Counter("In force", "no day known", f"{known}No forecast is shown.")
    low, high = (forecast.in_force(end) for end in forecast.deposit.interval(80))
    median = forecast.in_force(forecast.quantile(0.5))
    begun = low is not None and low <= forecast.as_of
    ends = "up" if begun else in_short(low, forecast)
    decisive = f"{status.convention.delay} of instrument {status.convention.threshold}"
    note = f"80% range {ends} to {in_short(high, forecast)}. It is the {decisive}. {known}"
    figure = in_short(median, forecast) if median is None else f"about {in_short(median, forecast)}"
    return Counter("In force (median forecast)", figure, note.strip())
