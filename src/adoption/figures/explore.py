"""Figures of Explore: a day marked on the curve, and figures that change where they stand."""

from __future__ import annotations

from datetime import date
from typing import Any

import plotly.graph_objects as go

from adoption.figures.theme import INK
from adoption.words import long_day, short_day

# The words of a live figure are text beside it, so its margins shrink; and two such figures
# stand side by side, so that one screen holds them and the controls.
LIVE_MARGIN = {"t": 12, "b": 40}
LIVE_HEIGHT = 420
# What a figure says and marks; where the reader has turned or enlarged it stays as it is.
FOLLOWED = ("title", "meta", "annotations", "shapes", "xaxis", "yaxis", "height", "margin")
Slot = tuple[str, str, bool]


def marked_curve(curve: go.Figure, day: date, title: str) -> go.Figure:
    """Mark a day on the curve of a convention."""
    figure = go.Figure(curve)
    figure.add_vline(x=day.isoformat(), line={"color": INK, "width": 1.5})
    figure.add_annotation(
        name="day",
        x=day.isoformat(),
        y=0.02,  # below the label of the closing, which stands at half height
        yref="paper",
        yanchor="bottom",
        text=f"<b>{short_day(day)}</b>",
        textangle=-90,
        showarrow=False,
        xanchor="left",  # the ends of the curves have their labels on the other side
        xshift=2,
        bgcolor="rgba(255,255,255,0.8)",
        font={"size": 12, "color": INK},
    )
    words = f"{figure.layout.title.subtitle.text}. The line marks {long_day(day)}"
    figure.update_layout(
        title={"text": f"<b>{title}</b>", "subtitle": {"text": words}},
        meta={**figure.layout.meta, "title": title, "subtitle": words},
    )
    return figure


def without_words(figure: go.Figure) -> go.Figure:
    """Return a figure without the title and the source line, which stand beside it.

    They stay in `layout.meta`.
    """
    bare = go.Figure(figure)
    kept = [note for note in bare.layout.annotations if note.name != "source"]
    bare.layout.annotations = kept
    bare.layout.title = None
    bare.update_layout(margin=LIVE_MARGIN, height=LIVE_HEIGHT)
    return bare


def slot(trace: Any) -> Slot:
    """Return what tells a trace from the others of its figure."""
    return trace.type, trace.name or "", trace.showlegend is not False


def bring(shown: go.Figure, wanted: go.Figure) -> None:
    """Make a figure that is shown the same as another, changing as little as possible.

    Where both have the same traces in the same order only what differs in them is set,
    in one update; else the traces are replaced. How a reader has turned or enlarged a
    map is left alone.
    """
    same = [slot(trace) for trace in shown.data] == [slot(trace) for trace in wanted.data]
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
