"""Explore: what a selection shows, how to say it again, and figures that change in place."""

from __future__ import annotations

import math
import shlex
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

import pandas as pd
import plotly.graph_objects as go

from adoption import tables
from adoption.answers import Answer
from adoption.countries.capacity import PILLARS
from adoption.countries.groups import OWN
from adoption.law.curves import compare_at_age
from adoption.law.spells import load_history
from adoption.reading import remembered
from adoption.show.capacity import source_of
from adoption.show.charts import note
from adoption.show.maps import status_map
from adoption.show.status import adoption_curve, curve_title, status_answer, status_title
from adoption.show.table import Badge, Table, described, sources_table, when
from adoption.show.theme import INK, status_classes
from adoption.show.timeline import curves_by_age, pace_title
from adoption.words import capitalised, counted, long_day, numeral, short_day

if TYPE_CHECKING:
    from adoption.countries.capacity import Indicator
    from adoption.explore import Selection, Shown
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
# What a figure says and marks; where the reader has turned or enlarged it stays as it is.
FOLLOWED = ("title", "meta", "annotations", "shapes", "xaxis", "yaxis", "height", "margin")


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


def explore_sentence(shown: Shown) -> str:
    """Say how many members of the group have acted, and the median of their capacity."""
    selection, members = shown.selection, shown.members
    group, number = selection.group, len(shown.members)
    chosen = "chosen state" if number == 1 else "chosen states"
    people = chosen if group.kind == OWN else f"members of {group.in_sentence}"
    acted, reported = int(members["act"].notna().sum()), int(members["by_report"].sum())
    by_report = f", {numeral(reported)} by report" if reported else ""
    known, indicator = members["value"].dropna(), selection.indicator
    value = f"{indicator_name(indicator)}: not known"
    if len(known):
        median = f"{known.median():.{indicator.decimals}f}"
        value = f"{indicator_name(indicator)}: median {median} ({len(known)} known)"
    missing = shown.status.beyond_reach or not shown.status.convention.signatories_listed
    least = "at least " * bool(missing and 0 < acted < number)
    who = capitalised(f"{least}{acted or 'none'} of {number} {people}")
    have = "is known to have" if not acted else "has" if acted == 1 else "have"
    return f"{who} {have} acted{by_report}; {value}."


def explore_answer(shown: Shown) -> Answer:
    """Answer with what the selection of the parameters shows."""
    title = f"Explore the {shown.status.convention.short_title}"
    text = explore_sentence(shown)
    return replace(status_answer(shown.status), title=title, text=text, counts=())


def members_table(shown: Shown) -> Table:
    """Show the members of the group: status and act, value, and the grade of each."""
    indicator, status = shown.selection.indicator, shown.status
    columns = {
        "State": "name",
        "Status": lambda row: Badge(row["status_class"]),
        f"{indicator.index} (of {indicator.maximum})": "value",
        "Grade of the value": _value_grade,
        "Act": _act,
    }
    caption = (
        f"{shown.selection.group.name}: {status.convention.short_title} on "
        f"{long_day(status.as_of)}, and {indicator_name(indicator)}. "
        f"Source of the values: {source_of(indicator.index)}"
    )
    classes = status_classes(shown.members)
    return described(
        shown.members.assign(status_class=classes), columns, caption, indicator.decimals
    )


def _act(row: Row) -> str:
    """Return the act that decides a status, its day and grade, and what else may have been."""
    act = f"{row['act']} {when(row)}, {row['grade']}" if isinstance(row["act"], str) else ""
    further = f"possibly {row['possible']} by then" if isinstance(row["possible"], str) else ""
    return "; ".join(filter(None, (act, further)))


def _value_grade(row: Row) -> str:
    """Return how sure a value is, which for some indexes nobody has assessed."""
    grade = row["value_grade"] if isinstance(row["value_grade"], str) else "not assessed"
    return "" if math.isnan(row["value"]) else grade


def shown_sources(shown: Shown, sources: pd.DataFrame) -> Table:
    """Show the sources of every act on the map and of every value in the table."""
    keys = [*shown.status.participants["source"], *shown.members["value_source"]]
    return sources_table(keys, sources)


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


def explore_figures(shown: Shown) -> tuple[go.Figure, go.Figure]:
    """Draw the map and the curve of a selection: by day, or by age beside other conventions."""
    status, selection = shown.status, shown.selection
    drawn = status_map(status, tables.read("states"), status_title(status))
    subject, others, day = selection.convention, selection.compare, selection.as_of
    if not others:
        return drawn, marked_curve(_curve(subject), day, curve_title(status))
    both = all(each.signatories_listed for each in (subject, *others))
    measure: Measure = "signatories" if both else "parties"
    age = (day - subject.opens).days
    histories = [load_history(each.convention) for each in (subject, *others)]
    compared = compare_at_age(histories, age, day)
    title = pace_title(compared, age, measure)
    return drawn, curves_by_age(histories, day, measure, title)


@remembered
def _curve(convention: Convention) -> go.Figure:
    return adoption_curve(load_history(convention.convention), tables.data_day(), "")


def marked_curve(curve: go.Figure, day: date, title: str) -> go.Figure:
    """Mark a day on the curve of a convention."""
    figure = go.Figure(curve)
    figure.add_vline(x=day.isoformat(), line={"color": INK, "width": 1.5})
    note(
        figure, x=day.isoformat(), y=0.02, text=f"<b>{short_day(day)}</b>", name="day",
        yanchor="bottom",  # below the label of the closing, which stands at half height
        textangle=-90, xshift=2, bgcolor="rgba(255,255,255,0.8)", size=12, colour=INK,
    )  # fmt: skip
    words = f"{figure.layout.title.subtitle.text}. The line marks {long_day(day)}"
    figure.update_layout(
        title={"text": f"<b>{title}</b>", "subtitle": {"text": words}},
        meta={**figure.layout.meta, "title": title, "subtitle": words},
    )
    return figure


def without_words(figure: go.Figure) -> go.Figure:
    """Return a figure without the title and the source line; they stay in `layout.meta`."""
    bare = go.Figure(figure)
    bare.layout.annotations = [each for each in bare.layout.annotations if each.name != "source"]
    bare.layout.title = None
    bare.update_layout(margin=LIVE_MARGIN, height=LIVE_HEIGHT)
    return bare


def slot(trace: Any) -> tuple[str, str, bool]:
    """Return what tells a trace from the others of its figure."""
    return trace.type, trace.name or "", trace.showlegend is not False


def bring(shown: go.Figure, wanted: go.Figure) -> None:
    """Make a figure that is shown the same as another, changing as little as possible.

    Where both have the same traces in the same order only what differs in them is set,
    in one update; else the traces are replaced. How a reader has turned or enlarged a
    map is left alone.
    """
    same = [*map(slot, shown.data)] == [*map(slot, wanted.data)]
    if not same:
        shown.data = ()
        shown.add_traces(wanted.data)
    with shown.batch_update():
        if same:
            for old, new in zip(shown.data, wanted.data, strict=True):
                _set_what_differs(old, old.to_plotly_json(), new.to_plotly_json())
        before, after = shown.layout.to_plotly_json(), wanted.layout.to_plotly_json()
        _set_what_differs(
            shown.layout,
            {key: before[key] for key in FOLLOWED if key in before},
            {key: after[key] for key in FOLLOWED if key in after},
        )


def _set_what_differs(target: Any, before: dict[str, Any], after: dict[str, Any]) -> None:
    for key in (before.keys() | after.keys()) - {"uid"}:
        if before.get(key) != after.get(key):
            target[key] = after.get(key)
