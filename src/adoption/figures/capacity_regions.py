"""Cyber-capacity by region: every state a dot on one scale, with medians and extremes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import count

import pandas as pd
import plotly.graph_objects as go

from adoption.countries.capacity import Class, Indicator, class_names
from adoption.figures.capacity import CLASS_COLOURS, SOURCES
from adoption.figures.theme import INK, MUTED, finish
from adoption.words import counted, listed

DOT = 8  # pixels
NARROW = 310  # pixels that the scale is wide on a small screen
STEP = 10  # pixels from one lane of dots to the next, on a wide screen
HEADING, FOOT = 24, 44  # pixels above and below the dots of a region
LINE = 15  # pixels of a line of words
LETTERS = 34  # of two extremes that a small screen shows in one line
MARGIN = 0.03  # of the scale, beyond its ends
MOST_NAMES = 2  # of states that share the end of a scale


@dataclass(frozen=True)
class _Band:
    """The part of the chart that belongs to a region, in pixels from the top."""

    top: float
    bottom: float

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2


def lanes(values: Sequence[float], width: float) -> list[int]:
    """Return in which lane each value lies so that no two dots of a lane overlap.

    Lane 0 is the middle; the others are taken from it outwards, upper and lower in turn.

    Examples
    --------
    >>> lanes([0, 1, 1, 1, 5], 2)
    [0, 1, -1, 2, 0]
    """
    last: dict[int, float] = {}
    found = []
    for value in values:
        outwards = ((n + 1) // 2 * (1 if n % 2 else -1) for n in count())
        lane = next(n for n in outwards if n not in last or value - last[n] >= width)
        last[lane] = value
        found.append(lane)
    return found


def region_chart(
    values: pd.DataFrame,
    regions: pd.DataFrame,
    scale: Sequence[Class],
    indicator: Indicator,
    title: str,
) -> go.Figure:
    """Draw every state as a dot on the scale of its region, with medians and extremes.

    Parameters
    ----------
    values : DataFrame
        From `adoption.countries.capacity.values_by_state`.
    regions : DataFrame
        From `adoption.countries.capacity.by_region`; its order is that of the chart.
    scale : sequence of Class
        From `adoption.countries.capacity.classes`.
    indicator : Indicator
        What is shown.
    title : str
        The finding.
    """
    top = indicator.maximum
    known = values.dropna(subset=["value"]).sort_values(["region", "value", "name"])
    known["place"] = known["value"].rank(method="min", ascending=False).astype(int)
    lane = {
        str(region): lanes(own["value"].tolist(), DOT / NARROW * top)
        for region, own in known.groupby("region")
    }
    bands, height = _bands(regions["region"].tolist(), lane)
    known["y"] = [bands[r].middle - STEP * number for r in lane for number in lane[r]]
    known["class"] = class_names(known["value"].tolist(), scale)
    figure = go.Figure()
    for found, colour in zip(scale, CLASS_COLOURS, strict=True):
        own = known[known["class"] == found.name]
        if len(own):
            figure.add_trace(_dots(found.name, own, indicator, colour))
    figure.add_trace(_medians(regions, bands))
    figure.add_traces(_words(regions, known, bands, indicator))
    figure.update_yaxes(visible=False, range=[height, 0])
    figure.update_xaxes(range=[-MARGIN * top, (1 + MARGIN) * top], title=f"of {top}", nticks=6)
    without = values.loc[values["value"].isna(), "name"]
    not_known = f" Not known: {listed(sorted(without))}." if len(without) else ""
    said = "; ".join(
        f"{row['region']} {indicator.rounded(row['median'])}"
        for row in regions.dropna(subset=["median"]).to_dict("records")
    )
    return finish(
        figure,
        title=title,
        subtitle=f"{indicator.name}, by M49 region; a dot is a state, the line the median",
        source=f"Source: {SOURCES[indicator.index]}{not_known}",
        alternative=f"Strip of dots a region. Medians: {said}.{not_known}",
        height=round(height) + 78 + 60,
    ).update_layout(legend={"y": -0.08})


def _bands(
    regions: Sequence[str], lane: Mapping[str, Sequence[int]]
) -> tuple[dict[str, _Band], float]:
    """Return the room that the dots of each region have, and the height of all."""
    bands, down = {}, 0.0
    for region in regions:
        reach = max((abs(number) for number in lane.get(region, [])), default=0)
        top = down + HEADING
        bands[region] = _Band(top, top + STEP * (2 * reach + 1) + 8)
        down = bands[region].bottom + FOOT
    return bands, down


def _dots(name: str, own: pd.DataFrame, indicator: Indicator, colour: str) -> go.Scatter:
    return go.Scatter(
        name=name,
        x=own["value"].round(indicator.decimals).tolist(),
        y=own["y"].tolist(),
        text=own["name"].tolist(),
        customdata=own["place"].tolist(),
        mode="markers",
        marker={"size": DOT, "color": colour, "line": {"width": 0.75, "color": MUTED}},
        hovertemplate="%{text}: %{x}, place %{customdata}<extra></extra>",
    )


def _medians(regions: pd.DataFrame, bands: Mapping[str, _Band]) -> go.Scatter:
    x: list[float | None] = []
    y: list[float | None] = []
    for row in regions.dropna(subset=["median"]).to_dict("records"):
        band = bands[row["region"]]
        x += [row["median"], row["median"], None]
        y += [band.top, band.bottom, None]
    return go.Scatter(
        name="median of a region", x=x, y=y, mode="lines", line={"color": INK, "width": 2},
        hoverinfo="skip",
    )  # fmt: skip


def _words(
    regions: pd.DataFrame, known: pd.DataFrame, bands: Mapping[str, _Band], indicator: Indicator
) -> list[go.Scatter]:
    """Return a region's name and median above its dots, and its extremes below."""
    lines: dict[str, list[tuple[float, str]]] = {"left": [], "right": []}
    for row in regions.to_dict("records"):
        band, known_here, every = bands[row["region"]], row["known"], row["states"]
        of = f"{known_here} of {every} states" if known_here < every else counted(every, "state")
        median = f", median {indicator.rounded(row['median'])}" if known_here else ""
        lines["left"].append((band.top - LINE, f"<b>{row['region']}</b>, {of}{median}"))
        if known_here > 1:
            own = known[known["region"] == row["region"]]
            low, high = (_extreme(own, row[end], indicator) for end in ("lowest", "highest"))
            down = LINE if len(low) + len(high) > LETTERS else 0
            lines["left"].append((band.bottom + LINE / 2, f"lowest: {low}"))
            lines["right"].append((band.bottom + LINE / 2 + down, f"highest: {high}"))
    top = indicator.maximum
    return [
        go.Scatter(
            name="words", x=[x] * len(lines[side]), y=[y for y, _ in lines[side]],
            text=[text for _, text in lines[side]], mode="text", cliponaxis=False,
            textposition=f"middle {'right' if side == 'left' else 'left'}", hoverinfo="skip",
            showlegend=False,
        )
        for side, x in (("left", -MARGIN * top), ("right", (1 + MARGIN) * top))
    ]  # fmt: skip


def _extreme(own: pd.DataFrame, value: float, indicator: Indicator) -> str:
    """Return who has the lowest or the highest value: by name, or how many."""
    names = own.loc[own["value"] == value, "name"].tolist()
    who = listed(names) if len(names) <= MOST_NAMES else counted(len(names), "state")
    return f"{who} {indicator.rounded(value)}"
