"""Which states are likely to consent next: the sentence, bars and tables of their chances."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from adoption import tables
from adoption.core.reading import remembered
from adoption.core.text import (
    capitalised,
    chance_in_words,
    in_sentence,
    listed,
    long_day,
    short_day,
)
from adoption.forecasting.next_states import NextStates, next_states
from adoption.show.answers import Answer
from adoption.show.charts import bar, wrapped
from adoption.show.entry_into_force import month
from adoption.show.table import Table, described
from adoption.show.theme import PAPER, SUBJECT, finish

LISTED, SHOWN, NAMED = 25, 15, 3
LETTERS = 28  # of a name before a second line: the longest has two
MATTERS = 0.05  # log odds: a reason that adds less is not said
SOURCE = "Source: acts on the convention and on the treaties of the base set."


@remembered
def load_rows(convention: str, as_of: date, within: str) -> pd.DataFrame:
    """Return the states of `next_states` with their names, and the reasons of each in words."""
    outlook = next_states(convention, as_of, within)
    names = tables.read("states")[["iso3", "name"]]
    frame = names.merge(outlook.frame, on="iso3", how="right", validate="one_to_one")
    said = [*map(reasons, frame.to_dict("records"))]
    frame.insert(3, "reasons", pd.Series(said, dtype="str"))
    return frame


def reasons(row: Mapping[Any, Any]) -> str:
    """Say what is known of a state's chance, what matters most first.

    Examples
    --------
    >>> reasons({"signed_on": pd.NaT, "approved_on": pd.NaT, "speed": 2.0, "union": False,
    ...          "region_consented": 2, "region_states": 54, "by_signature": -0.4,
    ...          "by_speed": 0.6, "by_neighbours": 0.01})
    'joins other treaties 2.0 times as often as usual; has not signed'
    """
    signed = row["signed_on"]
    near = f"{row['region_consented']} of {row['region_states']} in its regional group consented"
    near = near if row["region_states"] else "in no regional group"
    if row["union"]:
        near += f", {row['union_consented']} of the European Union"
    words = {
        "by_signature": "has not signed" if pd.isna(signed) else f"signed by {short_day(signed)}",
        "by_speed": f"joins other treaties {row['speed']:.1f} times as often as usual",
        "by_neighbours": near,
    }
    said = [name for name in words if abs(row[name]) >= MATTERS]
    text = [words[name] for name in sorted(said, key=lambda name: -abs(row[name]))]
    if pd.notna(row["approved_on"]):
        text.append(f"approved at home by {short_day(row['approved_on'])}, which is not counted")
    return "; ".join(text) or "nothing sets it apart"


def next_answer(coming: NextStates, frame: pd.DataFrame, who: str) -> Answer:
    """Answer who is likely next, of the rows of a group or of all states."""
    convention, until = coming.forecast.convention, long_day(coming.until)
    top = frame.head(NAMED)
    text = f"Nothing is said of who is next: {coming.forecast.why_none or 'the number is reached'}."
    if len(coming.frame):
        text = f"No state {who} is left to consent to the {convention.short_title}."
    if len(top):
        are = "are the likeliest" if len(top) > 1 else "is the only one"
        names = listed(_in_sentence(top))
        chances = listed([*map(chance_in_words, top["chance"])])
        consent = f"to consent to the {convention.short_title} by {until}"
        text = f"{capitalised(names)} {are} {who} {consent}: {chances}."
    key = f"{frame['chance'].sum():.0f}" if len(top) else "none"
    label = f"consents expected {who} by {month(coming.until)}"
    return Answer.of(convention, "who is next", coming.forecast.as_of, text, key, label)


def _in_sentence(rows: pd.DataFrame) -> list[str]:
    articles = rows["iso3"].map(tables.read("states").set_index("iso3")["article"])
    return [*map(in_sentence, rows["name"], articles)]


def next_chart(coming: NextStates, frame: pd.DataFrame, who: str) -> go.Figure | None:
    """Draw the chances of the likeliest states as bars."""
    top = frame.head(SHOWN)
    if top.empty:
        return None
    words = [*map(chance_in_words, top["chance"])]
    chances = (100 * top["chance"]).round(1).tolist()
    names = [wrapped(name, LETTERS) for name in top["name"]]
    more: dict[str, Any] = {"marker": {"color": SUBJECT}, "customdata": top["reasons"].tolist()}
    more["hovertemplate"] = "%{y}: %{text}<br>%{customdata}<extra></extra>"
    figure = go.Figure(bar(chances, names, words, PAPER, **more))
    figure.update_yaxes(range=[len(top) - 0.5, -0.5], showgrid=False)
    figure.update_xaxes(range=[0, 115 * top["chance"].max()], ticksuffix="%")
    pairs, first = zip(top["name"], words, strict=True), capitalised(_in_sentence(top)[0])
    until = long_day(coming.until)
    return finish(
        figure,
        title=f"{first} is the likeliest to consent next, with {words[0]}",
        subtitle=f"Chance to have consented by {until}; the likeliest {len(top)} {who}",
        source=SOURCE,
        alternative=f"Bars: {'; '.join(f'{name} {chance}' for name, chance in pairs)}.",
        height=140 + 34 * len(top),
    )


def next_view(coming: NextStates, frame: pd.DataFrame, who: str) -> Table | None:
    """Show the likeliest states with their reasons; nothing where there are none."""
    if frame.empty:
        return None
    columns = {
        "State": "name",
        "Chance": lambda row: chance_in_words(row["chance"]),
        "What is known": "reasons",
    }
    top, until = frame.head(LISTED), long_day(coming.until)
    title = f"Chance to have consented by {until}: the likeliest {len(top)} {who}"
    if len(top) == 1:
        title = f"{top['name'].item()}: the chance to have consented by {until}"
    return described(top, columns, title)


def past_sentence(skill: pd.DataFrame) -> str:
    """Say how good such chances were in the past, from `skill.states_skill`."""
    by = skill.set_index("way").to_dict("index")
    now, plain = by["forecast"], by["signature"]
    return (
        f"In {now['states']:,} past cases of a state and a day, known then, a state that consented "
        f"within a year had the higher chance of two with {now['auc']:.2f}; by signature alone "
        f"with {plain['auc']:.2f}. The Brier score was {now['ratio']:.3f} ({now['low']:.3f} to "
        f"{now['high']:.3f}) of that by signature. Of the ten likeliest {now['top']:.1f} "
        f"consented, of the ten by signature {plain['top']:.1f}."
    )


def tenths_view(tenths: pd.DataFrame) -> Table:
    """Show how often states consented by tenths of their chances."""
    columns = {
        "Tenth, least likely first": lambda row: str(row["tenth"]),
        "Cases": "states",
        "Chance said": lambda row: f"{row['said']:.1%}",
        "Consented": lambda row: (
            f"{row['came']:.1%} ({100 * row['low']:.1f} to {100 * row['high']:.1f})"
        ),
    }
    return described(tenths, columns, "Chances of the past and what happened within a year")
