"""The front page: one sentence, the counters, and the blocks beside its map."""

from __future__ import annotations

from dataclasses import dataclass, replace
from html import escape

import pandas as pd

from adoption.core.text import act_in_words, capitalised, numeral, short_day, when_short
from adoption.forecasting.convention import ConventionForecast
from adoption.law.evidence import not_in_force_on
from adoption.law.panel import NO_ACT
from adoption.law.status import Status
from adoption.show.answers import Answer, rows_link, rows_of
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
    PAPER,
    STATUS_COLOURS,
    css_colour,
)
from adoption.show.world import world_map

BAR = 380  # units of the width of a bar


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


def counters_view(status: Status, forecast: ConventionForecast) -> str:
    """Return the counters of a convention as HTML, a list of terms, and what others report.

    Parameters
    ----------
    status : Status
        The convention on a day.
    forecast : ConventionForecast
        Its forecast of the same day.
    """
    terms = ""
    for counter in counters(status, forecast):
        figure = escape(counter.figure)
        figure = rows_link(figure, counter.rows) if counter.rows else figure
        terms += (
            f"<div><dt>{escape(counter.label)}</dt> <dd><strong>{figure}</strong> "
            f"<small>{escape(counter.note)}</small></dd></div>\n"
        )
    told = f"<p>{escape(text)}</p>" if (text := remark(status)) else ""
    return f'<div class="counted"><dl class="counters">\n{terms}</dl>{told}</div>'


def counters(status: Status, forecast: ConventionForecast) -> list[Counter]:
    """Return who signed, who has ratified or is a party, and when it is in force."""
    return [_signed(status), _bound(status), _force(status, forecast)]


def front_map(status: Status, states: pd.DataFrame) -> WorldMap:
    """Return the map of who has signed and who has ratified, as the front page draws it."""
    figure = status_map(status, states, status_title(status))
    return figure.drawn_by(lambda: world_map(status, states))


def progress_view(status: Status) -> str:
    """Return how many of the needed instruments there are, as a bar: hatched is reported."""
    threshold = status.convention.threshold
    if status.entry_into_force is not None:
        return ""
    sure, reported = status.counted.lower, status.counted.reported
    left = remaining_in_words(status)
    text = f"{sure or 'None'} confirmed, {reported} reported; {left} to go."
    unit, names = BAR / threshold, (NO_ACT, BOUND, BOUND_REPORTED)
    colours = (PAPER, *(STATUS_COLOURS[name] for name in names))
    paper, no_act, confirmed, by_report = (f'fill="{css_colour(c)}"' for c in colours)
    return _section(
        "progress",
        f"To entry into force: {threshold} instruments",
        f'<svg class="bar" viewBox="0 0 {BAR} 15" width="{BAR}" height="15" '
        'preserveAspectRatio="none" role="img" '
        f'aria-label="{text}"><defs><pattern id="reported" width="6" height="6" '
        'patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
        f'<rect width="6" height="6" {paper}/><rect width="4" height="6" {by_report}/></pattern>'
        f'</defs><rect width="{BAR}" height="15" {no_act}/>'
        f'<rect width="{unit * sure:g}" height="15" {confirmed}/>'
        f'<rect x="{unit * sure:g}" width="{unit * reported:g}" height="15" fill="url(#reported)"/>'
        f"</svg>\n<p>{text}</p>",
    )


def latest_view(status: Status, acts: pd.DataFrame, count: int = 4) -> str:
    """Return the acts that were done last, each participant as a link for whoever publishes it."""
    known = acts[acts["certain"]].merge(status.participants[["iso3", "name"]], on="iso3")
    last = known.sort_values(["earliest", "latest", "name"], ascending=[False, False, True])
    rows = "".join(
        f"<li>{escape(when_short(row['earliest'], row['latest'], row['open_ended']))} "
        f'<a data-state="{row["iso3"]}">{escape(row["name"])}</a>: '
        f"{escape(act_in_words(row['act']))}"
        f"{'' if row['grade'] == 'confirmed' else ', ' + row['grade']}</li>\n"
        for row in last.head(count).to_dict("records")
    )
    month = f"{status.as_of:%B %Y}"
    new = int((known["earliest"] >= pd.Timestamp(status.as_of.replace(day=1))).sum())
    text = f"{capitalised(numeral(new)) if new else 'None'} known of {month}."
    return _section("latest", "Latest acts known", f"<p>{text}</p>\n<ul>\n{rows}</ul>")


def next_date_view(status: Status) -> str:
    """Return the last day for signature, where the convention has one."""
    closes = status.convention.closes
    if closes is None:
        return ""
    verb, after, kind = "closed", "Since then", ""
    if not status.convention.is_closed(status.as_of):
        verb, after = "closes", "After that"
        kind = ' class="until"'  # how many days are left, the page counts when it is read
    day = f'<time{kind} datetime="{closes}">{short_day(closes)}</time>'
    text = f"<p>{after}, a state that has not signed can only accede.</p>"
    return _section("next", f"Signature {verb}: {day}", text)


def reach_view(status: Status) -> str:
    """Return how far the list of acts reaches, as a strip from the opening to the day."""
    strip = reach_strip(status.convention, status.as_of)
    return f"<section>\n<h2>How current is this?</h2>\n{strip}</section>"


def _section(name: str, heading: str, html: str) -> str:
    return f'<section class="{name}">\n<h2>{heading}</h2>\n{html}</section>'


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
