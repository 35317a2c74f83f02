"""How chances to sign and to consent change with age: sentences and charts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import exp
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from adoption.forecasting.hazard import SPREAD, Hazard
from adoption.show.charts import (
    EndLabel,
    Style,
    band,
    intervals,
    label_ends,
    line,
    odds_axis,
    odds_in_words,
    points,
    reference,
    rows_axis,
    shade,
    wrapped,
)
from adoption.show.survival import SINCE
from adoption.show.theme import (
    BOUND_REPORTED,
    CONTEXT,
    GRID,
    MARGINS,
    MUTED,
    STATUS_COLOURS,
    SUBJECT,
    faint,
    finish,
)
from adoption.words import counted, percent

if TYPE_CHECKING:
    from adoption.forecasting.survival import Step
    from adoption.law.status import Row


VERB: dict[Step, str] = {"signature": "sign", "consent": "consent"}
CLOCK: dict[Step, str] = {"signature": "opening", "consent": "signing"}
NO_MODEL = "Too few treaties had run by then to pool them"


def hazard_title(hazard: Hazard) -> str:
    """Return when the chance to act is highest, and what it comes to.

    The chance is called highest in the steps around the top one whose intervals overlap
    that of the top.
    """
    if hazard.fitted is None:
        return NO_MODEL
    rows = hazard.levels.to_dict("records")
    high = _highest(rows)
    chances = [row["chance"] for row in high]
    text = f"The chance to {VERB[hazard.step]} is highest {_between(high)} after "
    text += f"{CLOCK[hazard.step]}, {_range(min(chances), max(chances))} a year"
    last = rows[-1]
    if last in high:
        return text
    return f"{text}; after {_years(last['begin'])} it is {percent(last['chance'], 1)}"


def hazard_sentence(hazard: Hazard) -> str:
    """Say the chance to act within a year on a typical treaty, and what that rests on."""
    if hazard.fitted is None:
        return f"{NO_MODEL}."
    first, *_, last = [*hazard.levels.to_dict("records")] * 2
    top = max(hazard.levels.to_dict("records"), key=lambda row: row["chance"])
    verb, clock = VERB[hazard.step], CLOCK[hazard.step]
    most = "" if top == first else f", {_with(top)} at most,"
    return (
        f"Over {counted(hazard.treaties, 'treaty', 'treaties')} and "
        f"{counted(hazard.acts, hazard.step)}, a state that has not done so will {verb} "
        f"within a year with a chance of {_with(first)} at first{most} and "
        f"{_with(last)} {_years(last['begin'])} after {clock}."
    )


def chance_note(hazard: Hazard) -> str:
    """Say the chance to act within a year, and what the first day has come to."""
    return f"{hazard_sentence(hazard)} {first_day_sentence(hazard)}"


def first_day_sentence(hazard: Hazard) -> str:
    """Say what the first day, which is no part of the model, has come to."""
    shares = hazard.first_shares
    if not len(shares):
        return ""
    none = int((shares == 0).sum())
    low, middle, high = (percent(q, 1) for q in np.quantile(shares, [0.25, 0.5, 0.75]))
    treaties = counted(len(shares), "treaty", "treaties")
    if hazard.step == "consent":
        return (
            f"The day of signing is a step apart: on {none} of {treaties} no state consented that "
            f"day; on the quarter of them with most, at least {high} of the signatories did."
        )
    return (
        f"The first day is a step apart: on half of {treaties} at least {middle} of the states "
        f"that could sign did so that day (quartiles {low} and {high}). In the base set it is the "
        "day of the first signature, whenever that was."
    )


def effect_title(effects: pd.DataFrame, hazard: Hazard) -> str:
    """Return where the subject, the first row, lies beside a typical treaty."""
    if effects.empty:
        return NO_MODEL
    row = effects.to_dict("records")[0]
    who = f"{row['label']}, odds to {VERB[hazard.step]}"
    if pd.isna(row["odds"]):
        return f"{row['label']} cannot be placed yet: its list covers no whole step of time"
    ends = f"{row['low']:.2f} to {row['high']:.2f}"
    if row["low"] <= 1 <= row["high"]:
        return f"{who}: not to be told apart from a typical treaty's ({row['odds']:.2f}, {ends})"
    return f"{who}: {row['odds']:.2f} times a typical treaty's ({ends})"


def method_note(hazard: Hazard) -> str:
    """Say how the chance is pooled, and how far its intervals can be trusted."""
    if hazard.fitted is None:
        return f"{NO_MODEL}."
    return (
        "The chance is a logit of half-years, later of years, since the clock started, with one "
        "level a step and one effect a treaty; the effects are partially pooled by penalised "
        "likelihood (a normal distribution with mean 0, whose standard deviation, "
        f"{hazard.fitted.deviation:.2f} on the logit scale, is estimated by restricted maximum "
        "likelihood in Laplace's approximation). Intervals are the model's and not clustered any "
        "further: states that move together, such as the members of the European Union, make them "
        "somewhat too narrow. The chance falls with the years in part because the willing have "
        "gone: it is no law of any one state."
    )


def _highest(rows: Sequence[Row]) -> Sequence[Row]:
    top = max(range(len(rows)), key=lambda place: rows[place]["chance"])
    first = last = top
    while first and rows[first - 1]["high"] >= rows[top]["low"]:
        first -= 1
    while last + 1 < len(rows) and rows[last + 1]["high"] >= rows[top]["low"]:
        last += 1
    return rows[first : last + 1]


def _between(rows: Sequence[Row]) -> str:
    return f"{rows[0]['begin']:g} to {_years(rows[-1]['end'])}"


def _years(years: float) -> str:
    return f"{years:g} {'year' if years == 1 else 'years'}"


def _range(low: float, high: float) -> str:
    one, other = percent(low, 1), percent(high, 1)
    return one if one == other else f"{one} to {other}"


def _with(row: Row) -> str:
    ends = f"{percent(row['low'], 1)} to {percent(row['high'], 1)}"
    return f"{percent(row['chance'], 1)} ({ends})"


HEIGHT = 420
ROW_HEIGHT = 44
EDGE = 1.15
SOURCE = (
    "Source: United Nations Treaty Collection, depositary's lists to January 2018; conventions "
    "of the registry, each act's own source, listed at the end."
)
READING: Mapping[str, tuple[str, ...]] = {
    "complete": (),
    "known": ("known acts",),
    "with_reports": ("with reports",),
}


def hazard_chart(hazard: Hazard) -> go.Figure | None:
    """Draw the chance to act within a year by the years waited, on a typical treaty.

    None where there is no model.
    """
    if hazard.fitted is None:
        return None
    levels = hazard.levels
    x = [*levels["begin"], float(levels["end"].iloc[-1])]

    def stepped(name: str) -> list[float]:
        values = (100 * levels[name]).round(2).tolist()
        return [*values, values[-1]]

    figure = go.Figure()
    for low, high, name, opacity in (
        ("narrow", "wide", "four of five treaties", 0.16),
        ("low", "high", "95% interval of the typical treaty", 0.45),
    ):
        fill = faint(SUBJECT, opacity)
        figure.add_traces(band(x, stepped(low), stepped(high), fill, names=(name, None)))
    hover, name = "from %{x:g} years: %{y:.0f}% a year", "typical treaty"
    figure.add_trace(line(x, stepped("chance"), SUBJECT, 3, name=name, hover=hover, shape="hv"))
    top = max(stepped("wide")) * 1.08
    last = float(levels["chance"].iloc[-1])
    labels = [
        EndLabel(f"{percent(last, 1)} a year", x[-1], 100 * last, SUBJECT, bold=True),
        EndLabel("four of five", x[-1], max(stepped("wide")[-1], top * 0.12), MUTED),
    ]
    label_ends(figure, labels, top=top, plot_height=HEIGHT - MARGINS)
    figure.update_xaxes(range=[-0.02 * x[-1], x[-1]], title=SINCE[hazard.step])
    figure.update_yaxes(range=[0, top], ticksuffix="%", title="chance within a year")
    said = "; ".join(
        f"from {row['begin']:g} to {row['end']:g} years {_with(row)}"
        for row in levels.to_dict("records")
    )
    return finish(
        figure,
        title=hazard_title(hazard),
        subtitle="Chance to act within a year, of those that had not; dark band: 95% interval; "
        f"pale: four of five treaties. {counted(hazard.treaties, 'treaty', 'treaties')}, "
        f"{counted(hazard.acts, hazard.step)}",
        source=SOURCE,
        alternative=f"Step curve on a typical treaty, chance within a year: {said}.",
        height=HEIGHT,
    ).update_layout(margin={"r": 96})


def effect_chart(hazard: Hazard, effects: pd.DataFrame) -> go.Figure | None:
    """Draw where conventions lie beside a typical treaty, the subject first.

    None where no convention can be placed.
    """
    known = effects.dropna(subset=["odds"]).reset_index(drop=True).reset_index(names="place")
    if known.empty or hazard.fitted is None:
        return None
    spread = SPREAD * hazard.fitted.deviation
    figure = go.Figure(reference(1, (len(known) - 0.5, -0.5)))
    shade(figure, exp(-spread), exp(spread), faint(SUBJECT, 0.08))
    subject = str(effects["convention"].iloc[0])
    reports = known["reading"] == "with_reports"
    own = (known["convention"] == subject) & ~reports
    for rows, name, colour in (
        (known[own], "the subject", SUBJECT),
        (known[reports], "with reports", STATUS_COLOURS[BOUND_REPORTED]),
        (known[~own & ~reports], "others", CONTEXT),
    ):
        if rows.empty:
            continue
        hollow = rows["reading"].eq("known").map({True: "circle-open", False: "circle"})
        marker = {"size": 11, "color": colour, "symbol": hollow.tolist()}
        marker["line"] = {"width": 2, "color": colour}
        more: Style = {"marker": marker, "hovertemplate": "%{text}: %{x:.2f}<extra></extra>"}
        figure.add_trace(intervals(rows, colour))
        x, y, text = rows["odds"].round(3), rows["place"], _names(rows)
        figure.add_trace(points(x, y, name=name, text=text, showlegend=False, **more))
    low = min(exp(-spread), known["low"].min()) / EDGE
    high = max(exp(spread), known["high"].max()) * EDGE
    odds_axis(figure, low, high, "odds beside a typical treaty")
    names = _names(known)
    rows_axis(figure, known["place"], map(wrapped, names), gridcolor=GRID)
    said = odds_in_words(names, known[["odds", "low", "high"]])
    return finish(
        figure,
        title=effect_title(effects, hazard),
        subtitle="Odds that one who has waited acts, beside a typical treaty (1); 95% intervals; "
        "pale: four of five treaties",
        source=SOURCE,
        alternative=f"Odds ratios. {said}.",
        height=150 + ROW_HEIGHT * len(known),
    )


def _names(rows: pd.DataFrame) -> Sequence[str]:
    return [", ".join([row["label"], *READING[row["reading"]]]) for row in rows.to_dict("records")]
