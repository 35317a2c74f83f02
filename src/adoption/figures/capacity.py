"""Cyber-capacity on a map: the class of every state, and who has no value."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import plotly.graph_objects as go

from adoption.countries.capacity import Class, Indicator, class_names
from adoption.figures.basemap import (
    DISCLAIMER,
    HEIGHT,
    SQUARE,
    class_map,
    legend_entry,
    placed,
    small_states,
)
from adoption.figures.tables import NOT_KNOWN
from adoption.figures.theme import INK, MISSING, MUTED, TIERS, finish
from adoption.sentences.capacity import class_noun

# From the highest class to the lowest, dark to light; what is not known is no step of it.
CLASS_COLOURS = TIERS[::-1]
OUTLINE = {"color": MUTED, "width": 1}  # of what is not known
SOURCES = {
    "GCI": "ITU, Global Cybersecurity Index; non-commercial use with attribution.",
    "EGDI": "UN DESA, E-Government Knowledgebase; cite UN DESA.",
}


def value_map(
    values: pd.DataFrame,
    scale: Sequence[Class],
    indicator: Indicator,
    states: pd.DataFrame,
    title: str,
) -> go.Figure:
    """Draw the class of every state; one without a value is outlined in a grey of its own.

    Parameters
    ----------
    values : DataFrame
        From `adoption.countries.capacity.values_by_state`.
    scale : sequence of Class
        From `adoption.countries.capacity.classes`, five of them.
    indicator : Indicator
        What is shown.
    states : DataFrame
        The table `states`, for the points on the map.
    title : str
        The finding.

    Returns
    -------
    Figure
        One layer of areas and one of marks a class that occurs, and one for what is not known.
    """
    frame = placed(values, states)
    frame["class"] = class_names(frame["value"].tolist(), scale)
    frame["class"] = frame["class"].fillna(NOT_KNOWN)
    frame["hover"] = [
        f"{row['name']}: "
        + (NOT_KNOWN if row["class"] == NOT_KNOWN else f"{row['value']:.{indicator.decimals}f}")
        for row in frame.to_dict("records")
    ]
    colours = dict(zip([c.name for c in scale], CLASS_COLOURS, strict=True)) | {NOT_KNOWN: MISSING}

    def marks(name: str, own: pd.DataFrame) -> list[go.Scattergeo]:
        small = small_states(name, own, colours[name])
        key = {"size": 12, "color": colours[name], **SQUARE}
        if name == NOT_KNOWN:  # another kind of mark, not only another colour
            small.update(marker={"symbol": "square", "line": {"color": INK, "width": 1.5}})
            key |= {"line": {"color": INK, "width": 1.5}}
        return [small, legend_entry(name, key)]

    figure, said = class_map(frame, colours, marks, {NOT_KNOWN: OUTLINE})
    return finish(
        figure,
        title=title,
        subtitle=f"{indicator.name}, 0 to {indicator.maximum}, by {class_noun(scale)}; grey with "
        "an outline: no value known",
        source=f"Source: {SOURCES[indicator.index]} {DISCLAIMER}",
        alternative=f"World map. {said}.",
        height=HEIGHT,
    )
