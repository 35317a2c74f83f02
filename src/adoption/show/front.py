"""The front page: the facts, its map, one mark a state, the latest acts and who is likeliest."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from adoption.core.acts import ACT_KINDS, act_in_words
from adoption.core.text import (
    capitalised,
    listed,
    long_day,
    lower_bound,
    numeral,
    share_figure,
    short_day,
    slug,
    when_by,
    when_short,
)
from adoption.figures.theme import MARGINS
from adoption.figures.worldmap import WorldMap
from adoption.forecasting.convention import REPORTS_TRUE, ConventionForecast
from adoption.forecasting.next_states import NextStates
from adoption.law.conventions import find_convention
from adoption.law.evidence import last_not_in_force
from adoption.law.panel import NO_ACT, SIGNED, UNABLE, WITHDRAWN
from adoption.law.status import Status
from adoption.show.answers import Answer, rows_of
from adoption.show.classes import (
    BOUND,
    BOUND_REPORTED,
    SIGNATURE_REPORTED,
    STATUS_COLOURS,
    status_classes,
)
from adoption.show.curve import adoption_curve, first_days_title
from adoption.show.drawings import Drawing
from adoption.show.entry_into_force import fan_chart, in_short, odds_title, unseen_sentence
from adoption.show.maps import status_map
from adoption.show.next_states import band_cell, likeliest
from adoption.show.status import (
    NOT_REPORTED,
    Needed,
    count_figure,
    count_note,
    curve_title,
    limits_of_force,
    names_by_report,
    needed_for_force,
    not_counting,
    not_in_force_words,
    reach_strip,
    status_answer,
)
from adoption.show.world import world_map

LOWER = 350  # pixels: the height of a figure beside another
CURVE_SOURCE = "Source: each act's own, with its grade. The bar below the axis is the list of acts."
# The classes that an act alone makes of a state, if it is confirmed and if it is reported only.
CLASSES_OF_FAMILY = {
    "signature": (SIGNED, SIGNATURE_REPORTED),
    "consent": (BOUND, BOUND_REPORTED),
    "withdrawal": (WITHDRAWN, WITHDRAWN),
    "other": ("", ""),
}


@dataclass(frozen=True)
class Fact:
    """What a figure of the front page says, the number or day, and what to know beside it.

    `rows` is the address of the rows that it counts, `until` the day that a figure is, and `height`
    what weighs less than the note.
    """

    label: str
    figure: str
    note: str
    beside: str = ""
    rows: str = ""
    until: str = ""
    needed: Needed | None = None


def front_answer(status: Status) -> Answer:
    """Answer who has signed, who has ratified, and since when it is in force."""
    signed, what = _signed(status), "the figures of the front page"
    answer = status_answer(status)
    title = f"{status.convention.short_title}: {what}"
    return replace(answer, title=title, key_figure=signed.figure, key_label=signed.label.lower())


def facts_view(status: Status, forecast: ConventionForecast) -> Drawing:
    """Return the facts of a convention, a list of terms.

    Parameters
    ----------
    status : Status
        The convention on a day.
    forecast : ConventionForecast
        Its forecast of the same day.
    """
    terms = front_facts(status, forecast)
    items = [{**asdict(term), "rows": f"rows:{term.rows}" if term.rows else ""} for term in terms]
    words = [f"{term.label} {term.figure} {term.note} {term.beside}".strip() for term in terms]
    return Drawing("facts", {"items": items}, " ".join(words))


def front_facts(status: Status, forecast: ConventionForecast) -> list[Fact]:
    """Return who signed, who has ratified, until when it can be signed, when it is in force."""
    facts = [_signed(status), _bound(status), _closing(status), _force(status, forecast)]
    return [fact for fact in facts if fact is not None]


def front_map(status: Status, states: pd.DataFrame) -> WorldMap:
    """Return the map of who has signed and who has ratified, as the front page draws it."""
    title = map_title(status)
    figure = status_map(status, title)
    day = long_day(status.as_of)
    subtitle = f"Status of each state, {day}; select a state for its brief"
    return figure.drawn_by(lambda: world_map(status, states, title=title, subtitle=subtitle))


def map_title(status: Status) -> str:
    """Return the finding of the map: in how many regions states acted, of how many none is known.

    Examples
    --------
    >>> from adoption.law.status import load_status
    >>> map_title(load_status("untoc", "2003-10-15"))
    'States of every region have signed or joined; no act is known of 45 of 194'
    """
    states = able_states(status)
    none = states["status"] == NO_ACT
    regions, with_acts = states["region"].nunique(), states.loc[~none, "region"].nunique()
    where = "every region" if with_acts == regions else f"{numeral(with_acts)} of {regions} regions"
    did = "signed or joined" if status.parties.lead else "signed"
    if not with_acts:
        return f"No act of any of {len(states)} states is known"
    if not none.any():
        return f"All of {len(states)} states have {did}"
    return f"States of {where} have {did}; no act is known of {none.sum()} of {len(states)}"


def able_states(status: Status) -> pd.DataFrame:
    """Return the participants that are states and can act: without the European Union."""
    frame = status.participants
    return frame[(frame["kind"] != "organization") & ~frame["status"].isin(UNABLE)].copy()


def regions_view(status: Status, by_region: pd.DataFrame) -> Drawing:
    """Return one mark a state, by region, with how many of each have acted.

    Parameters
    ----------
    status : Status
        The convention on a day.
    by_region : DataFrame
        Index: the region. Columns acted and reported (int: who is known to have acted, who is so
        by report alone) and states (int).
    """
    states = able_states(status)
    states["class"] = status_classes(states)
    order = [name for name in STATUS_COLOURS if name != NO_ACT] + [NO_ACT]
    states["order"] = states["class"].map(order.index)
    states = states.sort_values(["order", "name"])
    is_exact = status.signatories.complete
    rows = []
    for region, row in by_region.to_dict("index").items():
        inside = states[states["region"] == region]
        marks = [[name, label] for name, label in zip(inside["class"], inside["name"], strict=True)]
        acted = lower_bound(row["acted"], is_exact, is_short=True)
        figure = f"{acted} of {row['states']}"
        reported = f"{row['reported']} by report" if row["reported"] else ""
        group = f"group:{slug(str(region))}"
        rows.append(
            {"name": region, "to": group, "marks": marks, "figure": figure, "beside": reported}
        )
    keys = [name for name in STATUS_COLOURS if name in set(states["class"])]
    data = {"day": long_day(status.as_of), "keys": keys, "rows": rows}
    texts = [f"{row['name']}: {row['figure']}" for row in rows]
    return _part("regions", regions_title(status, by_region), data, f"{'; '.join(texts)}.")


def regions_title(status: Status, by_region: pd.DataFrame) -> str:
    """Return the finding of the marks by region: the lowest share, and the highest."""
    is_exact = status.signatories.complete
    shares = (by_region["acted"] / by_region["states"]).sort_values()
    ends = by_region.loc[[shares.index[0], shares.index[-1]]]
    pairs = zip(ends["acted"], ends["states"], strict=True)
    lowest, highest = (share_figure(acted, states, is_exact) for acted, states in pairs)
    least = lower_bound(lowest, is_exact)
    did = "signed" if status.signatories_known else "ratified or joined"
    if lowest == highest:
        return capitalised(f"{least} of the states of every region have {did}")
    low = f"{least} of the states of every region have {did}"
    return capitalised(f"{low}, {highest} in {shares.index[-1]}")


def front_curve(status: Status) -> go.Figure:
    """Return the curve by day as the front page draws it: lower, since another stands beside it."""
    early = "" if status.entry_into_force else first_days_title(status)
    title = early or curve_title(status)
    return adoption_curve(
        status.history, status.as_of, title, height=LOWER, source=CURVE_SOURCE, is_half=True
    )


def front_fan(forecast: ConventionForecast, status: Status) -> go.Figure:
    """Return the forecast as the front page draws it, beside the curve."""
    return _lower(fan_chart(forecast, status, odds_title(forecast)))


def _lower(figure: go.Figure) -> go.Figure:
    """Return a figure that stands beside another as a lower one."""
    layout, meta = figure.layout, figure.layout.meta
    before, height = meta["height"] - MARGINS, LOWER - MARGINS
    layout.meta, layout.height = {**meta, "height": LOWER}, layout.height + height - before
    if layout.legend.y is not None:  # as far below the plot as it was
        layout.legend.y *= before / height
    return figure


def latest_view(status: Status, acts: pd.DataFrame, count: int = 4) -> Drawing:
    """Return the acts that were done last, each participant as a link for whoever publishes it."""
    certain = acts[acts["certain"]].merge(status.participants[["iso3", "name"]], on="iso3")
    last = certain.sort_values(["earliest", "latest", "name"], ascending=[False, False, True])
    last = last.head(count)
    by_report = last["grade"].eq("reported")
    rows = []
    for row in last.to_dict("records"):
        is_plain = row["grade"] == "confirmed" or by_report.all()
        day = when_short(row["earliest"], row["latest"], row["open_ended"])
        act = {
            "what": act_in_words(row["act"]),
            "beside": "" if is_plain else row["grade"],
            "class": _class_of_act(row["act"], row["grade"]),
            "symbol": ACT_KINDS[row["act"]].mark,
        }
        rows.append({"when": day, "state": f"state:{row['iso3']}", "name": row["name"], **act})
    month = f"{status.as_of:%B %Y}"
    new = int((certain["earliest"] >= pd.Timestamp(status.as_of.replace(day=1))).sum())
    text = f"{capitalised(numeral(new)) if new else 'None'} known of {month}."
    text += " These are reported, not confirmed." if len(last) and by_report.all() else ""
    acts_in_words = [
        ", ".join(filter(None, (f"{row['when']} {row['name']}: {row['what']}", row["beside"])))
        for row in rows
    ]
    words = " ".join([text, *acts_in_words])
    return _part("latest", "Latest acts known", {"text": text, "acts": rows}, words)


def likely_view(coming: NextStates, frame: pd.DataFrame) -> Drawing | None:
    """Return the states that are likeliest to consent next, by name; None where none is forecast.

    Parameters
    ----------
    coming : NextStates
        The chances of all states.
    frame : DataFrame
        The same with names and bands, as `adoption.next_states` gives them.
    """
    ranked = frame.dropna(subset="chance")
    if ranked.empty:
        return None
    rows = likeliest(ranked).sort_values("name")
    one_in, number = rows["one_in"].max(), len(rows)
    better = " or better" if (rows["one_in"] < one_in).any() else ""
    subject = f"{number} states are" if number > 1 else "One state is"
    heading = (
        f"{subject} likeliest to consent next, {'each ' * (number > 1)}{band_cell(one_in)}{better}"
    )
    begins, until = long_day(coming.forecast.made_on), long_day(coming.until)
    text = f"From {begins} to {until}; too near to be ranked, so by name."
    states = [
        {"state": f"state:{iso3}", "name": name}
        for iso3, name in zip(rows["iso3"], rows["name"], strict=True)
    ]
    beside = _set_apart(frame)
    words = " ".join(filter(None, (text, f"{listed([*rows['name']])}.", beside)))
    data = {"text": text, "states": states, "beside": beside}
    return _part("likely", heading, data, words)


def reach_view(status: Status) -> Drawing:
    """Return how far the list of acts reaches, and what others report beyond it."""
    return reach_strip(status)


def _part(name: str, heading: str, data: dict[str, Any], words: str) -> Drawing:
    return Drawing(name, data, f"{heading} {words}", heading)


def _class_of_act(act: str, grade: str) -> str:
    """Return the class that an act alone makes of a state; no text if it has no effect."""
    confirmed, reported = CLASSES_OF_FAMILY[ACT_KINDS[act].family]
    return reported if grade == "reported" else confirmed


def _set_apart(frame: pd.DataFrame) -> str:
    """Say who is given no chance, since it is reported to have consented or approved at home."""
    reported = frame["reported_on"].notna()
    approved = frame["approved_on"].notna() & ~reported
    chance = f"assumed {REPORTS_TRUE:.0%} that it has"
    texts = [f"{name}: {chance}." for name in frame.loc[reported, "name"]]
    if approved.any():
        names = listed(sorted(frame.loc[approved, "name"]))
        many = "are" if approved.sum() > 1 else "is"
        texts.append(f"{names}, approved at home, {many} given no figure.")
    return " ".join(texts)


def _signed(status: Status) -> Fact:
    count = status.signatories
    if not status.signatories_known:
        return Fact("Signed", "not known", "No source seen names the signatories.")
    rows = rows_of(f"convention:{status.convention.convention}", act=["signature"], **NOT_REPORTED)
    note = f"{capitalised(count_note(count))}."
    return Fact("Signed", count_figure(count), note, rows=rows)


def _bound(status: Status) -> Fact:
    """Count the parties; before entry into force, those that have consented to be bound."""
    count, about_it = status.parties, f"convention:{status.convention.convention}"
    rows = rows_of(about_it, status=[BOUND if count.lower else BOUND_REPORTED])
    rows = rows if count.with_reports else ""
    if status.entry_into_force is not None:  # reached: none is needed any more
        label = "Parties" if status.in_force else "Consented to be bound"
        notes = [count_note(count), "" if status.in_force else not_counting(status)]
        text = " ".join(f"{capitalised(note)}." for note in notes if note)
        return Fact(label, count_figure(count), text, rows=rows)
    label, threshold = "Consented to be bound", find_convention(status.convention).threshold
    counts = status.counted
    figure = count_figure(counts)
    if not counts.lower:
        figure = "0 confirmed" if counts.reported else "none known"
    needed = needed_for_force(status)
    return Fact(label, f"{figure} of {threshold}", _left(status), rows=rows, needed=needed)


def _left(status: Status) -> str:
    """Say how many instruments are left, with those by report and without."""
    left, names = status.remaining, listed(names_by_report(status))
    if left is None:
        return ""
    least = "" if status.counted.upper is not None else "at most "
    if not names:
        return f"{capitalised(least)}{left} to go."
    with_reports = left - status.counted.reported
    return f"{names}, by report: {least}{with_reports} to go if that is right, {left} if not."


def _closing(status: Status) -> Fact | None:
    """Return the last day for signature, where the convention has one."""
    closes = status.convention.closes
    if closes is None:
        return None
    is_closed = status.convention.is_closed(status.as_of)
    none = int((able_states(status)["status"] == NO_ACT).sum())
    of_whom = f"No act is known of {none} states." if none else ""
    if is_closed:
        text = "Since then, a state that has not signed can only accede."
        return Fact("Signature closed", short_day(closes), text, of_whom)
    text = "After that, a state that has not signed can only accede."
    return Fact("Signature closes", short_day(closes), text, of_whom, until=str(closes))


def _force(status: Status, forecast: ConventionForecast) -> Fact:
    """Say when the convention entered into force, or is forecast to."""
    force = status.entry_into_force
    if force is not None:
        label = "In force since" if status.in_force else "In force from"
        label = label if force.earliest == force.latest else "In force"
        note = "; ".join(filter(None, ["By its own rule", limits_of_force(status)]))
        return Fact(label, when_by(force.earliest, force.latest), f"{note}.")
    if (published := status.convention.entered_into_force) and published <= status.as_of:
        return Fact("In force since", short_day(published), "As published.")
    seen = last_not_in_force(status)
    checked = f"{capitalised(not_in_force_words(seen))}." if seen else ""
    if forecast.why_none:
        return Fact("In force", "no day known", "No forecast is shown.", checked)
    low, high = (forecast.in_force(end) for end in forecast.deposit.interval(80))
    median = forecast.in_force(forecast.quantile(0.5))
    begun = low is not None and low <= forecast.as_of
    ends = "up" if begun else in_short(low, forecast)
    range_ = f"Median; 80% range {ends} to {in_short(high, forecast)}."
    note = " ".join(filter(None, (range_, unseen_sentence(forecast))))
    figure = in_short(median, forecast) if median is None else f"about {in_short(median, forecast)}"
    return Fact("In force, forecast", figure, note, checked)
