"""Explore: what a selection shows, and the command for it."""

from __future__ import annotations

import math
import shlex
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import plotly.graph_objects as go

from adoption import tables
from adoption.core.reading import remembered
from adoption.core.text import (
    capitalised,
    counted,
    fixed,
    long_day,
    lower_bound,
    numeral,
    short_day,
)
from adoption.countries.capacity import PILLARS
from adoption.countries.groups import USER_GROUP
from adoption.figures.shapes import note
from adoption.figures.theme import INK
from adoption.law.spells import load_history
from adoption.show.answers import Answer
from adoption.show.capacity import source_of
from adoption.show.curve import adoption_curve
from adoption.show.maps import status_map
from adoption.show.results import Sources
from adoption.show.status import curve_title, status_answer, status_title
from adoption.show.table import Table, badge, besides, participant_lines, table_of_rows
from adoption.show.timeline import curves_by_age, pace_title

if TYPE_CHECKING:
    from adoption.countries.capacity import Indicator
    from adoption.explore.controls import Exploration, Selection
    from adoption.law.conventions import Convention
    from adoption.law.curves import Measure
    from adoption.law.status import Row

IN_LAB = (
    "In JupyterLab (`make lab`, then *Run ▸ Run All Cells*) controls stand here, and the "
    "sentence, the map, the curve and the table follow them. Above is the selection of the "
    "parameters, without controls."
)
# The words of a live figure are text beside it, so its margins shrink; and two such figures
# stand side by side, so that one screen holds them and the controls.
LIVE_MARGIN = {"t": 12, "b": 40}
LIVE_HEIGHT = 420


def indicator_name(indicator: Indicator) -> str:
    """Return the name of an indicator.

    Examples
    --------
    >>> from adoption.countries.capacity import Indicator
    >>> indicator_name(Indicator("EGDI", 2022, "online_services"))
    'EGDI 2022, online services'
    """
    label = PILLARS.get(indicator.component, indicator.component.replace("_", " "))
    return f"{indicator.index} {indicator.edition}, {label.lower()}"


def explore_sentence(exploration: Exploration) -> str:
    """Say how many members of the group have acted, and the median of their capacity."""
    selection, members = exploration.selection, exploration.members
    status, group, number = exploration.status, selection.group, len(members)
    people = f"{group.noun}s in {group.in_sentence}"
    if group.kind == USER_GROUP:
        people = "chosen state" if number == 1 else "chosen states"
    acted = int(members["act"].notna().sum())
    reported = int(members["by_report"].sum())
    by_report = f", {numeral(reported)} by report" if reported else ""
    scores, indicator = members["value"].dropna(), selection.indicator
    value = "not known"
    if len(scores):
        middle = fixed(scores.median(), indicator.decimals)
        value = f"median {middle} ({len(scores)} known)"
    missing = status.beyond_reach or not status.convention.signatories_listed
    is_exact = not (missing and 0 < acted < number)
    count = lower_bound(acted, is_exact) if acted else "none"
    count_text = capitalised(f"{count} of {number} {people}")
    have = "is known to have" if not acted else "has" if acted == 1 else "have"
    end = f"{indicator_name(indicator)}: {value}."
    return f"{count_text} {have} acted{by_report}; {end}"


def explore_answer(exploration: Exploration) -> Answer:
    """Answer with what the selection of the parameters shows."""
    title = f"Explore the {exploration.status.convention.short_title}"
    text = explore_sentence(exploration)
    return replace(status_answer(exploration.status), title=title, text=text, counts=())


def members_table(exploration: Exploration) -> Table:
    """Show the members of the group: status and act, value, and the grade of each."""
    indicator, status = exploration.selection.indicator, exploration.status
    columns = {
        "State": "name",
        "Status": badge,
        f"{indicator.index} (of {indicator.maximum})": "value",
        "Grade of the value": _value_grade,
        "Act": _act,
    }
    caption = f"{exploration.selection.group.name}: {status.convention.short_title} on "
    caption += f"{long_day(status.as_of)}, and {indicator_name(indicator)}. "
    caption += f"Source of the values: {source_of(indicator.index)}"
    return table_of_rows(exploration.members, columns, caption, indicator.decimals)


def _act(row: Row) -> str:
    """Return the act that decides a status, its day and grade, and what else is known."""
    return "; ".join(participant_lines(row) if isinstance(row["act"], str) else besides(row))


def _value_grade(row: Row) -> str:
    """Return how sure a value is, which for some indexes nobody has assessed."""
    grade = row["value_grade"] if isinstance(row["value_grade"], str) else "not assessed"
    return "" if math.isnan(row["value"]) else grade


def shown_sources(exploration: Exploration) -> Table:
    """Show the sources of every act on the map and of every value in the table."""
    keys = [*exploration.status.participants["source"], *exploration.members["value_source"]]
    return Sources.of(keys).table()


def age_words(selection: Selection) -> str:
    """Return the day of a selection with the convention's age."""
    days = (selection.as_of - selection.convention.opens).days
    age = f"{counted(days, 'day')} after the opening" if days else "the day of the opening"
    return f"{long_day(selection.as_of)}, {age}"


def as_command(values: Mapping[str, str | int]) -> str:
    """Return parameters as a command that runs Explore with them.

    Examples
    --------
    >>> as_command({"convention": "hanoi", "as_of": "2025-10-26"})
    'papermill notebooks/00_explore.ipynb out.ipynb -p convention hanoi -p as_of 2025-10-26'
    """
    words = ["papermill", "notebooks/00_explore.ipynb", "out.ipynb"]
    for name, value in values.items():
        words += ["-p", name, str(value)]
    return shlex.join(words)


def explore_figures(exploration: Exploration) -> tuple[go.Figure, go.Figure]:
    """Draw the map and the curve of a selection: by day, or by age beside other conventions."""
    status, selection = exploration.status, exploration.selection
    drawn = status_map(status, status_title(status))
    subject, compared, day = selection.convention, selection.compare, selection.as_of
    if not compared:
        return drawn, marked_curve(_curve(subject), day, curve_title(status))
    both = all(c.signatories_listed for c in (subject, *compared))
    measure: Measure = "signatories" if both else "parties"
    age = (day - subject.opens).days
    histories = [load_history(c.convention) for c in (subject, *compared)]
    title = pace_title([getattr(status, measure).listed], age)
    return drawn, curves_by_age(histories, day, measure, title)


@remembered
def _curve(convention: Convention) -> go.Figure:
    return adoption_curve(load_history(convention.convention), tables.data_day(), "")


def marked_curve(curve: go.Figure, day: date, title: str) -> go.Figure:
    """Mark a day on the curve of a convention."""
    figure = go.Figure(curve)
    figure.add_vline(x=day.isoformat(), line={"color": INK, "width": 1.5})
    note(
        figure,
        x=day.isoformat(),
        y=0.02,
        text=f"<b>{short_day(day)}</b>",
        name="day",
        yanchor="bottom",  # below the label of the closing, which stands at half height
        textangle=-90,
        xshift=2,
        bgcolor="rgba(255,255,255,0.8)",
        size=12,
        colour=INK,
    )
    words = f"{figure.layout.title.subtitle.text}. The line marks {long_day(day)}"
    figure.update_layout(
        title={"text": f"<b>{title}</b>", "subtitle": {"text": words}},
        meta={**figure.layout.meta, "title": title, "subtitle": words},
    )
    return figure


def without_words(figure: go.Figure) -> go.Figure:
    """Return a figure without the title and the source line; they stay in `layout.meta`."""
    bare = go.Figure(figure)
    bare.layout.annotations = [a for a in bare.layout.annotations if a.name != "source"]
    bare.layout.title = None
    bare.update_layout(margin=LIVE_MARGIN, height=LIVE_HEIGHT, legend={"y": -0.1})
    return bare
