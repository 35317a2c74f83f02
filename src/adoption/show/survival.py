"""How long states wait to sign and to consent: the answer, in a sentence."""

from __future__ import annotations

from collections.abc import Mapping
from math import isfinite

import pandas as pd
import plotly.graph_objects as go

from adoption.core.text import (
    capitalised,
    counted,
    is_are,
    long_day,
    lower_bound,
    messages,
    numeral,
)
from adoption.figures.finishing import finish
from adoption.figures.shapes import EndLabel, Style, line, words_at, write_all, write_labels
from adoption.figures.theme import (
    CONTEXT,
    INK,
    MARGINS,
    SUBJECT,
    with_alpha,
)
from adoption.forecasting.survival import NO_SIGNATORY, UNNAMED, Waiting
from adoption.forecasting.treaties import YEAR
from adoption.show.answers import Answer

FEW_DAYS = 90  # below which a time is given in days
PLOT_HEIGHT, ROW_HEIGHT = 300, 17  # pixels, of the curves, and of a row of numbers at risk
TOP = 104  # per cent, so that a line at 100 is whole
YEARS_BETWEEN_MARKS = (
    0.25,
    0.5,
    1,
    2,
    5,
    10,
)  # years between the days at which the numbers at risk stand
MAX_MARKS = 6
LABELS = 1.5  # of the axis: its end, with room for the labels


def duration(days: float) -> str:
    """Return a time in days or years, as exact as it carries.

    Examples
    --------
    >>> duration(1), duration(45), duration(1310)
    ('1 day', '45 days', '3.6 years')
    """
    if days < FEW_DAYS:
        return counted(round(days), "day")
    return f"{days / YEAR:.1f} years"


def survival_answer(waiting: Waiting) -> Answer:
    """Answer how long states take to sign a convention, or to consent after their signature."""
    half, (states, acted, reported) = waiting.median[0], waiting.known
    words = messages()["waits"][waiting.step]
    if waiting.why_none in (UNNAMED, NO_SIGNATORY):
        key, label = "not known", f"how long states took from {words['of']}"
    elif "half" in words and isfinite(half):
        key, label = duration(half), words["half"]
    else:
        key = f"{acted + reported} of {states}"
        label = f"known{' or reported' if reported else ''} to have {words['done']}"
    what = f"from {words['of']}"
    text = f"{survival_sentence(waiting)}."
    return Answer.of(waiting.convention, what, waiting.as_of, text, key, label)


def survival_sentence(waiting: Waiting) -> str:
    """Say by when half had consented, or how many are known to have acted."""
    name, (states, acted, reported) = waiting.convention.short_title, waiting.known
    if waiting.why_none == UNNAMED:
        return f"No source names who signed the {name}"
    if waiting.why_none == NO_SIGNATORY:
        return f"No signatory of the {name} is certain by then"
    waits = waiting.waits()
    words = messages()["waits"][waiting.step]
    if "reached" in words and isfinite(waiting.median[0]):
        early, late = map(duration, waiting.median_bounds)
        half = late if early == late else f"{early.removesuffix(' years')} to {late}"
        return str(words["reached"].format(number=len(waits), name=name, half=half))
    if did := words.get("did"):
        if (to := waiting.complete_to) is None:
            number = capitalised(lower_bound(acted + reported))
            return f"{number} of {states} states have {did} the {name}"
        number = f"{waits['acted'].sum()} of {len(waits)} states"
        return f"{number} {did} the {name} by {long_day(to)}"
    are_reported = f"{numeral(reported)} {is_are(reported)} reported"
    if not acted:
        known = f"is confirmed; {are_reported}" if reported else "is known"
        return f"No ratification by the {states} known signatories of the {name} {known}"
    by_report = f" and {are_reported}" if reported else ""
    number = f"{numeral(acted)} {is_are(acted)} known{by_report}"
    return f"Of {states} known signatories of the {name}, {number} to have ratified it"


def survival_chart(
    waiting: Waiting, curves: Mapping[str, pd.DataFrame], population: str
) -> go.Figure | None:
    """Draw the share that had acted as steps, a line a class, with how many are at risk below.

    The class with the highest share at the end is strong, and the one with the lowest is strong
    and dotted; one curve alone has its band. None where nobody is followed.

    Parameters
    ----------
    waiting : Waiting
        The waits that the curves are made of.
    curves : mapping of str to DataFrame
        From `adoption.forecasting.survival.survival_curve`, by class.
    population : str
        By what the states are classed; no text for one curve of all.
    """
    curves = {name: rows for name, rows in curves.items() if len(rows)}
    if not curves:
        return None
    words = messages()["waits"][waiting.step]
    ends = {name: float(rows["share"].iloc[-1]) for name, rows in curves.items()}
    first = max(ends, key=lambda name: ends[name])
    last = min(ends, key=lambda name: ends[name])
    figure, labels = go.Figure(), list[EndLabel]()
    for name, rows in curves.items():
        years = (rows["day"] / YEAR).round(3).tolist()
        shares = _percent(rows["share"])
        if len(curves) == 1:
            figure.add_traces(_band(rows, years))
        strong = name in (first, last)
        colour = SUBJECT if strong else CONTEXT
        dash = "dot" if name == last != first else ""
        style = {"shape": "hv", "dash": dash, "hover": "%{x:.1f} years: %{y}%"}
        figure.add_trace(line(years, shares, colour, 2.5 if strong else 1.5, name=name, **style))
        label = f"{name} {shares[-1]:.0f}%"
        labels.append(EndLabel(label, years[-1], shares[-1], colour, bold=strong))
    longest = max(label.x for label in labels if isinstance(label.x, float))
    write_labels(figure, labels, TOP, PLOT_HEIGHT)
    marks = _marks(longest)
    _numbers_at_risk(figure, curves, marks)
    figure.update_yaxes(range=[0, TOP], ticksuffix="%", title=f"had {words['done']}")
    figure.update_xaxes(range=[0, LABELS * longest], tickvals=marks, title="years")
    name, done = waiting.convention.short_title, words["done"]
    last_days = (float(rows["day"].max()) for rows in curves.values())
    time = duration(max(1.0, *last_days))
    title = f"{ends[first]:.0%} of the states followed had {done} within {time}"
    if not ends[first]:
        title = f"None of the states followed had {done} within {time}"
    if len(curves) > 1:
        least = f"{last} {ends[last]:.0%}"
        title = f"{capitalised(done)}: {first} {ends[first]:.0%}, {least}"
    lines = [f"{name} {end:.0%} of {_at_risk(curves[name], 0)}" for name, end in ends.items()]
    classes = f", by {population.replace('_', ' ')}" if population else ""
    figure = finish(
        figure,
        title=title,
        subtitle=f"{name}, from {words['of']}{classes}",
        source="Kaplan and Meier's estimator, to the last day of a complete list. "
        f"Acts: {waiting.convention.reach}",
        alternative=f"Rising steps. {'; '.join(lines)}.",
        height=MARGINS + PLOT_HEIGHT,
    )
    below = ROW_HEIGHT * (2 * len(curves) + 1)
    figure.layout.margin.b += below
    figure.layout.height += below
    for annotation in figure.layout.annotations:
        if annotation.name == "source":
            annotation.yshift -= below
    return figure


def _percent(shares: pd.Series[float]) -> list[float]:
    return (100 * shares).round(2).tolist()


def _band(rows: pd.DataFrame, years: list[float]) -> list[go.Scatter]:
    """Return the band of 95 %; it is missing while nobody had acted."""
    low = _percent(rows["lower"].fillna(rows["share"]))
    high = _percent(rows["upper"].fillna(rows["share"]))
    edge: Style = {"mode": "lines", "line": {"shape": "hv", "width": 0}, "hoverinfo": "skip"}
    edge |= {"x": years, "showlegend": False}
    fill = {"fill": "tonexty", "fillcolor": with_alpha(SUBJECT, 0.15)}
    return [go.Scatter(y=high, **edge), go.Scatter(y=low, **edge, **fill)]


def _numbers_at_risk(
    figure: go.Figure, curves: Mapping[str, pd.DataFrame], marks: list[float]
) -> None:
    """Write below the axis how many of each class are at risk at each mark."""
    shift = -42
    words = list[Style]()
    style = {"yref": "paper", "yanchor": "top", "xanchor": "left"}
    for name, rows in curves.items():
        what = f"{name}: not yet, and followed"
        words.append(words_at(0, 0, what, 11, INK, yshift=shift, **style))
        for mark in marks:
            number = str(_at_risk(rows, mark * YEAR))
            centred = style | {"xanchor": "center"}
            words.append(words_at(mark, 0, number, 11, yshift=shift - ROW_HEIGHT, **centred))
        shift -= 2 * ROW_HEIGHT
    write_all(figure, words)


def _marks(longest: float) -> list[float]:
    """Return round years up to the longest; the ends alone where it is shorter than a step."""
    step = next(
        (step for step in YEARS_BETWEEN_MARKS if longest / step < MAX_MARKS),
        YEARS_BETWEEN_MARKS[-1],
    )
    number = int(longest // step)
    return [step * part for part in range(number + 1)] if number else [0.0, longest]


def _at_risk(rows: pd.DataFrame, day: float) -> int:
    """Return how many had not acted, and were followed, at the beginning of a day."""
    later = rows.loc[rows["day"] >= day - 0.5, "at_risk"]  # years are rounded
    return int(later.iloc[0]) if len(later) else 0
