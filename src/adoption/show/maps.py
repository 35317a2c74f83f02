"""The map of who has signed a convention and who has consented to be bound."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import pandas as pd

from adoption.core.acts import OTHER_ACTS
from adoption.core.text import long_day
from adoption.figures.finishing import finish
from adoption.figures.theme import INK, MUTED
from adoption.figures.worldmap import WorldMap, world
from adoption.law.panel import NO_ACT, POSSIBLY_WITHDRAWN, SIGNED, UNABLE, WITHDRAWN
from adoption.show.classes import BOUND_REPORTED, RINGED, STATUS_COLOURS, status_classes
from adoption.show.table import participant_lines

if TYPE_CHECKING:
    from adoption.law.status import Status

# The classes that have a mark as well as a colour, and the fact that is marked beside them.
STATUS_MARKS: Mapping[str, str] = {
    **dict.fromkeys(RINGED, "ring"),
    POSSIBLY_WITHDRAWN: "white ring",
    WITHDRAWN: "cross",
    **{kind.noun: kind.mark for kind in OTHER_ACTS if kind.mark},
}
# Orange beside blue is no contrast to every eye, so its areas have a dark outline.
OUTLINES: Mapping[str, dict[str, Any]] = {
    BOUND_REPORTED: {"color": INK, "width": 1},
    **{name: {"color": MUTED, "width": 0.5} for name in UNABLE},
}
STATED_BELOW = "Source: each act's own, listed with its grade in the tables."


def status_map(status: Status, title: str) -> WorldMap:
    """Draw who has signed and who has ratified: areas, small states, marks of reports."""
    states = states_on_map(status)
    figure = world(states, "class", colors=STATUS_COLOURS, marks=STATUS_MARKS)
    subtitle = f"States by status on {long_day(status.as_of)}"
    finish(figure, title=title, subtitle=subtitle, source=STATED_BELOW)
    return figure


def states_on_map(status: Status) -> pd.DataFrame:
    """Return one row for each state, with its class, the fact to mark, and a text for its label."""
    states = status.participants[status.participants["kind"] != "organization"].copy()
    states["class"] = status_classes(states)
    states["mark"] = marked_acts(states)
    states["label"] = ["; ".join(participant_lines(row)) for row in states.to_dict("records")]
    return states


def marked_acts(states: pd.DataFrame) -> pd.Series[str]:
    """Return the act of each state that the map marks beside its status, in words; or no text."""
    marks = pd.Series("", states.index, dtype="str")
    has_consented = ~states["status"].isin((NO_ACT, SIGNED))
    for kind in OTHER_ACTS:
        is_marked = states[f"{kind.column}_on"].notna()
        if kind.shown_until == "consent":
            is_marked &= ~has_consented
        marks[is_marked] = kind.noun
    return marks
