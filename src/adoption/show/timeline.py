"""Conventions side by side, each counted from its own day of opening."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from math import inf
from typing import TYPE_CHECKING

import pandas as pd
import plotly.graph_objects as go

from adoption.core.days import on_or_before
from adoption.core.observation import Observation
from adoption.core.text import (
    DAYS_A_YEAR,
    age_in_words,
    capitalised,
    in_sentence,
    is_are,
    lower_bound,
    messages,
    numeral,
    share,
    span,
)
from adoption.figures.figure import Figure
from adoption.figures.finishing import finish
from adoption.figures.shapes import (
    LINE_HEIGHT,
    EndLabel,
    Style,
    line,
    steps,
    write_labels,
    write_words,
)
from adoption.figures.theme import (
    CONTEXT,
    MARGINS,
    MUTED,
    SUBJECT,
)
from adoption.law.curves import COUNT_KINDS, MEASURED, Measure, counts_by_day, spells_of
from adoption.law.held import limits_in_words
from adoption.press.figures import text_width
from adoption.show.answers import Answer, count_headline
from adoption.show.classes import BOUND_REPORTED, STATUS_COLOURS
from adoption.show.curve import undated_in_words
from adoption.show.status import count_figure, names_by_report, parties_label

if TYPE_CHECKING:
    from adoption.law.spells import History
    from adoption.law.status import Status
    from adoption.law.treaties import Treaty

HEIGHT = 460
SHORTEST_AXIS = 5  # years
VERB_OF_MEASURE = {"signatories": "signed", "parties": "consented to be bound"}
# The colour of a curve with reports: orange is a ratification by report, here as everywhere.
REPORTS_OF_MEASURE = {"signatories": SUBJECT, "parties": STATUS_COLOURS[BOUND_REPORTED]}
LETTER_WIDTH = 7.4  # pixels, of the labels at the ends
END_LETTERS, BESIDE_LINE = (
    9,
    10,
)  # of a label's letters, which are narrower than most, and from an end to its label
PLOT_WIDTH = 700  # pixels of a plot in which words at an end inside of it keep off lines
ASIDE = 0.03  # of the axis: from an end to its words, where these stand off it
OFF_LINE = 2  # pixels between such words and a line
INSIDE = 0.5  # of the axis: a label that begins before it has room within the plot
MIN_TOP = 10  # so that a line at zero has a scale
AXIS_BELOW_ZERO = 0.03  # of the axis below zero, so that a line at zero is whole
FINEST = 200  # of the axis: steps closer than that are one, four pixels at most
FEWER_CAN_JOIN = "Fewer states can join it than the treaties compared here."
TOP = 104  # per cent, so that the highest line is whole


def pace_title(observations: Sequence[Observation], days: int) -> str:
    """Return how many had acted on a convention at an age."""
    (first, *further), when = observations, age_in_words(days)
    if further or not first.known or first.lead or not first.reported:
        return count_headline(*observations, verb="had", when=when)
    many = first.reported > 1
    noun = messages()[first.measure]["many" if many else "one"]
    count = f"{numeral(first.reported)} {noun}"
    number = f"{capitalised(when)} {count} of {first.subject}"
    return f"{number} {is_are(first.reported)} reported"


def reported_sentence(status: Status, further: Sequence[Status], days: int) -> str:
    """Say who is reported to have ratified at an age, where no ratification is better known."""
    names = names_by_report(status)
    if len(names) != 1:
        return f"{pace_title([status.parties], days)}. {others_sentence(further)}"
    person = status.participants.set_index("name").loc[names[0]]
    name = in_sentence(names[0], person["article"])
    when = age_in_words(days)
    noun = "participant" if person["kind"] == "organization" else "state"
    begins = f"{capitalised(when)} one {noun}, {name}, is reported to have ratified"
    return f"{begins} {status.parties.subject}. {others_sentence(further, earlier=True)}"


def others_sentence(statuses: Sequence[Status], *, earlier: bool = False) -> str:
    """Say how many had consented to the other conventions compared, at the same age.

    As earlier ones they are counted, which all are that have been as old.
    """
    counts = [status.parties for status in statuses]
    if len(counts) == 1:
        return f"{count_headline(*counts, verb='had', when='at that age')}."
    number = _range_of(counts, "consents")  # of which the convention may not be in force yet
    if earlier and counts:
        return f"Earlier treaties compared here had {number} by then."
    return f"The treaties compared here had {number} at that age."


def _range_of(counts: Sequence[Observation], noun: str) -> str:
    """Return the range of several counts: of one that is not complete, its lower bound."""
    least = min(counts, key=lambda count: (count.lead, count.complete))
    most = max(count.lead if count.upper is None else count.upper for count in counts)
    if all(count.complete for count in counts):
        return f"{span(least.lead, most) if most else 'no'} {noun}"
    if not most:
        return f"no known {noun}"
    if least.complete:
        return f"{least.lead:,} to {lower_bound(most)} {noun}"
    if least.lead == most:
        return f"{lower_bound(most)} {noun}"
    if not least.lead:
        return f"none known to {lower_bound(most)} {noun}"
    return f"{lower_bound(least.lead)} {noun} each"


def pace_answer(status: Status, at_age: Sequence[Status], days: int) -> Answer:
    """Answer how fast states are joining, next to conventions that have been as old.

    Parameters
    ----------
    status : Status
        The subject on the day.
    at_age : sequence of Status
        The subject at the age, and the others that have reached it.
    days : int
        The age.
    """
    convention, (subject, *further) = status.convention, at_age
    text = f"{pace_title([subject.signatories, subject.parties], days)}."
    if further:
        by_report = not subject.parties.lead and subject.parties.reported
        beside = FEWER_CAN_JOIN if _is_narrower(subject, further) else others_sentence(further)
        text = f"{pace_title([subject.parties], days)}. {beside}"
        text = reported_sentence(subject, further, days) if by_report else text
    were = "were" if status.nth_instrument else "are"
    label = parties_label(status)
    if convention.threshold is not None:
        label += f"; {convention.threshold} {were} needed for entry into force"
    what, key = "how fast states are joining", count_figure(status.parties)
    return Answer.of(convention, what, status.as_of, text, key, label)


def _is_narrower(subject: Status, others: Sequence[Status]) -> bool:
    """Return whether a convention is for some states alone, and none of the others is."""
    limited = [bool(limits_in_words(status.convention)) for status in (subject, *others)]
    return limited[0] and not any(limited[1:])


def _is_drawn(convention: Treaty, measure: str, as_of: date) -> bool:
    is_listed = measure == "parties" or convention.signatories_listed
    return convention.opening.latest <= as_of and is_listed


def curves_by_age(
    histories: Sequence[History],
    as_of: date,
    measure: Measure,
    title: str,
    years: float | None = None,
    who: Callable[[History], pd.DataFrame] | None = None,
) -> go.Figure:
    """Draw conventions by age, with bounds: who acted, or the share of those that could.

    Parameters
    ----------
    histories : sequence of History
        The first is that of the subject, drawn strong and to the day; the others end where their
        list is no longer complete.
    as_of : date
        Last day of the curves.
    measure : {"signatories", "parties"}
        What is counted; a convention whose signatories no source names is not drawn.
    title : str
        The finding.
    years : float, optional
        Length of the axis; as long as the subject, and five years or more, where not given.
    who : function, optional
        Returns the states that could join, from `adoption.law.curves.eligible_states`: the curves
        are then shares of them.
    """
    subject = histories[0].convention
    figure = Figure()
    labels = list[EndLabel]()
    rows_drawn = list[pd.DataFrame]()
    years = years or max(SHORTEST_AXIS, (as_of - subject.opening.latest).days / DAYS_A_YEAR)
    drawn = [
        history
        for history in (*histories[1:], histories[0])
        if _is_drawn(history.convention, measure, as_of)
    ]
    unit = "%" if who else ""
    top = float(MIN_TOP)
    left = False
    for history in drawn:
        convention = history.convention
        is_subject = convention is subject
        able = who(history) if who else None
        until, reach, is_whole = _ends(convention, measure, as_of, years, is_subject)
        counts = counts_by_day(history, able, measure, until)
        line_counts = counts_by_day(history, able, measure, until, by_dated=True)
        curve = _drawn(line_counts, reach, years)
        rows = spells_of(history, measure)
        if able is not None:
            rows = rows[rows["iso3"].isin(able["iso3"])]
        left = left or bool(on_or_before(rows["ends_earliest"], until).any())
        of_reports = REPORTS_OF_MEASURE[measure]
        figure.add_traces(_curve(convention, curve, is_subject, unit, of_reports))
        rows_drawn.append(_rows(convention, curve))
        ends_of = _labels(convention, counts, line_counts, curve, is_whole, is_subject, of_reports)
        labels += ends_of
        top = max(top, curve["upper"].max())
    if not drawn:
        write_words(figure, years / 2, top / 2, "No source names who signed", None)
    top = min(top * 1.08, TOP if who else inf)
    plot = (HEIGHT - MARGINS) / (1 + AXIS_BELOW_ZERO)
    if drawn and float(ends_of[0].x) <= INSIDE * years:  # of the one drawn last
        labels[-len(ends_of) :] = _off_lines(figure, ends_of, rows_drawn[:-1], top / plot, years)
    write_labels(figure, labels, top, plot)
    ends = [-0.01 * years, round(years + 0.0005, 3)]  # as long as its curves, which are rounded
    figure.update_xaxes(range=ends, title="years since opening for signature")
    what = "share of states" if who else MEASURED[measure]
    figure.update_yaxes(range=[-AXIS_BELOW_ZERO * top, top], title=what, ticksuffix=unit)
    text = "; ".join(f"{label.text} at {label.x:.1f} years" for label in labels)
    people, of_those, per_cent = "Participants", "", ""
    if who:
        people, of_those, per_cent = "States", ", of those that could", ", in per cent of states"
    stayed = " and did not withdraw" if left else ""
    outside = [len(label.text) for label in labels if float(label.x) > INSIDE * years]
    subtitle = (
        f"{people} that {VERB_OF_MEASURE[measure]}{stayed}{of_those}; band: days not "
        "known or by report only; dotted: acts may be missing"
    )
    alternative = f"Step curves by age of the convention{per_cent}. {text or 'No line is drawn'}."
    all_rows = pd.concat(rows_drawn, ignore_index=True) if rows_drawn else None
    figure = finish(
        figure,
        rows=all_rows,
        title=title,
        subtitle=subtitle,
        alternative=alternative,
        height=HEIGHT,
    )
    beyond = LETTER_WIDTH * max(outside, default=0)
    return figure.update_layout(margin={"r": 14 + round(beyond)})


def _off_lines(
    figure: go.Figure,
    labels: Sequence[EndLabel],
    others: Sequence[pd.DataFrame],
    unit: float,
    years: float,
) -> list[EndLabel]:
    """Return words at an end inside of the plot where no other line passes, with a line to them.

    `unit` is what one pixel is of the counts.
    """
    x = float(labels[0].x)
    room = LINE_HEIGHT * len(labels) * unit
    texts = [f"<b>{label.text}</b>" if label.bold else label.text for label in labels]
    wide = max(text_width(text, END_LETTERS) for text in texts) + BESIDE_LINE
    aside, width = x + ASIDE * years, wide / PLOT_WIDTH * years
    wanted = sum(label.y for label in labels) / len(labels) - room / 2
    if _is_free(wanted, room, _passing(others, x, x + width, unit)):
        return [*labels]
    passing = _passing(others, aside, aside + width, unit)
    starts = [high for _, high in passing] + [low - room for low, _ in passing if low >= room]
    free = [start for start in starts if _is_free(start, room, passing)]
    start = min(free, key=lambda start: abs(start - wanted))  # above the highest at least
    # Aslant, since what rises straight is a step of a curve.
    end = start if start > wanted else start + room
    figure.add_trace(
        line([x, aside], [labels[0].y, end], MUTED, 1, name="to its words", hoverinfo="skip")
    )
    ordered = sorted(labels, key=lambda label: label.y)
    middles = [start + (number + 0.5) * LINE_HEIGHT * unit for number in range(len(labels))]
    return [replace(label, x=aside, y=y) for label, y in zip(ordered, middles, strict=True)]


def _passing(
    curves: Sequence[pd.DataFrame], first: float, last: float, unit: float
) -> list[tuple[float, float]]:
    """Return between which counts each curve passes from one age to another."""
    passing = list[tuple[float, float]]()
    for rows in curves:
        if rows["years"].max() > first:
            before = rows[rows["years"] <= first].tail(1)
            near = pd.concat([before, rows[rows["years"].between(first, last)]])
            ends = near["lower"].min() - OFF_LINE * unit, near["upper"].max() + OFF_LINE * unit
            passing.append(ends)
    return passing


def _is_free(start: float, room: float, passing: Sequence[tuple[float, float]]) -> bool:
    return all(start + room <= low or start >= high for low, high in passing)


def _ends(
    convention: Treaty, measure: Measure, as_of: date, years: float, is_subject: bool
) -> tuple[date, date, bool]:
    """Return the last day to draw, that of the complete list, and if it lasts for the axis."""
    opens = convention.opening.latest
    horizon = opens + pd.Timedelta(days=round(years * DAYS_A_YEAR)).to_pytimedelta()
    until = min(as_of, horizon)
    complete = convention.complete_until(measure)
    is_whole = convention.is_complete(measure, until)
    if not is_subject:
        until = min(until, complete or convention.partial_to or until)
    return max(until, opens), complete or opens, is_whole


def _drawn(curve: pd.DataFrame, reach: date, years: float) -> pd.DataFrame:
    """Return a curve of `counts_by_day` by years, and whether the list is complete.

    Of steps that nobody could tell apart the last one stands for all.
    """
    age = curve["age"].clip(lower=0) / DAYS_A_YEAR
    eligible = curve["states"] / 100 if "states" in curve else pd.Series(1, curve.index)
    counts = curve[["lower", "with_reports", "upper"]].div(eligible, axis=0)
    is_complete = on_or_before(curve["day"], reach)
    first_day = curve["age"].clip(-1, 1)  # before, on and after the first day
    position = (age * FINEST / years).astype(int)
    frame = counts.round(1).assign(
        age=age.round(3), complete=is_complete, opened=first_day, place=position
    )
    return frame.drop_duplicates(["place", "complete", "opened"], keep="last", ignore_index=True)


def _rows(convention: Treaty, curve: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of a curve as they are drawn."""
    columns = {"convention": "convention", "age": "years", "lower": "lower", "upper": "upper"}
    columns |= {"with_reports": "with reports", "complete": "list complete"}
    return curve.assign(convention=convention.label)[[*columns]].rename(columns=columns)


def _curve(
    convention: Treaty, curve: pd.DataFrame, is_subject: bool, unit: str, of_reports: str
) -> list[go.Scatter]:
    colour, width = (SUBJECT, 3) if is_subject else (CONTEXT, 1.5)
    hover = f"%{{x:.1f}} years: %{{y:.{1 if unit else 0}f}}{unit}"
    complete = curve["complete"]
    beyond = curve[~complete | complete.shift(-1, fill_value=True).eq(False)]
    style: Style = {"width": width, "hover": hover}
    traces = steps(convention.label, curve.loc[complete, "age"], curve[complete], colour, **style)
    if not complete.all():
        traces += steps(convention.label, beyond["age"], beyond, colour, dash="dot", **style)
    reports = curve[curve["with_reports"] > curve["lower"]]
    if is_subject and len(reports):
        style = {"name": f"{convention.label}, with reports", "hover": hover, "dash": "dash"}
        y = reports["with_reports"]
        traces.append(line(reports["age"], y, of_reports, 2.5, shape="hv", **style))
    return traces


def _labels(
    convention: Treaty,
    counts: pd.DataFrame,
    dated_counts: pd.DataFrame,
    curve: pd.DataFrame,
    is_whole: bool,
    is_subject: bool,
    of_reports: str,
) -> list[EndLabel]:
    last = counts.to_dict("records")[-1]
    undated = int(last["lower"] - dated_counts["lower"].iloc[-1])
    end = curve.to_dict("records")[-1]
    lower, reported, upper = (last[name] for name in COUNT_KINDS)

    def written(least: int, most: int) -> str:
        ends = (least, most if is_whole else None)
        if "states" in last:
            return share(*ends, last["states"])
        return span(least, most) if is_whole else lower_bound(least, is_short=True)

    by_report = is_subject and reported > lower
    value = written(lower, lower if by_report and upper == reported else upper)
    if not lower and (by_report or not is_whole):
        value = "none confirmed" if by_report else "none certain"
    colour = SUBJECT if is_subject else CONTEXT
    text = f"{convention.label} {value}{undated_in_words(undated)}"
    labels = [EndLabel(text, end["age"], end["lower"], colour, bold=is_subject)]
    if by_report:
        text = f"{written(reported, reported)} with reports"
        labels.append(EndLabel(text, end["age"], end["with_reports"], of_reports))
    return labels
