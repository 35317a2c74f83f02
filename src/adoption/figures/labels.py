"""Labels at the ends of lines, moved apart where they would overlap."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import plotly.graph_objects as go

LINE_HEIGHT = 16  # pixels between two labels

# Darker forms of the light colours, so that words in them can be read on white.
READABLE = {"#E8A33D": "#8A5600", "#9AA4AF": "#56616D"}


@dataclass(frozen=True)
class EndLabel:
    """The words at the end of a line.

    Attributes
    ----------
    text : str
        The words.
    x : float or str
        Where the line ends.
    y : float
        Its last value.
    colour : str
        The line's colour.
    bold : bool
        Whether it is the subject's.
    """

    text: str
    x: float | str
    y: float
    colour: str
    bold: bool = False


def spread(positions: Sequence[float], gap: float, floor: float = 0) -> list[float]:
    """Move positions apart until each is at least a gap from the next.

    Positions that are too close are spread evenly around their common middle, so that
    no label moves further than it must and their order stays.

    Examples
    --------
    >>> spread([10.0, 10.0, 50.0], 4)
    [8.0, 12.0, 50.0]
    """
    order = sorted(range(len(positions)), key=lambda i: positions[i])
    groups: list[list[float]] = []  # each holds a middle and a count
    for index in order:
        groups.append([positions[index], 1])
        while len(groups) > 1:
            (low, n), (high, m) = groups[-2], groups[-1]
            if high - low >= gap * (n + m) / 2:
                break
            groups[-2:] = [[(low * n + high * m) / (n + m), n + m]]
    moved = [
        middle + gap * (i - (count - 1) / 2) for middle, count in groups for i in range(int(count))
    ]
    for place, lowest in enumerate(floor + gap * i for i in range(len(moved))):
        moved[place] = max(moved[place], lowest)
    result = [0.0] * len(positions)
    for place, index in enumerate(order):
        result[index] = moved[place]
    return result


def label_ends(
    figure: go.Figure,
    labels: Sequence[EndLabel],
    *,
    top: float,
    plot_height: float,
    anchor: str = "left",
) -> None:
    """Write labels at the ends of lines."""
    scale = plot_height / top
    wanted = [label.y * scale for label in labels]
    for label, pixel, place in zip(labels, wanted, spread(wanted, LINE_HEIGHT), strict=True):
        figure.add_annotation(
            name="end-label",
            x=label.x,
            y=label.y,
            yshift=round(place - pixel, 1) + (0 if anchor == "left" else 1),
            xshift=6 if anchor == "left" else -2,
            text=f"<b>{label.text}</b>" if label.bold else label.text,
            showarrow=False,
            xanchor=anchor,
            yanchor="middle" if anchor == "left" else "bottom",
            font={"size": 12, "color": READABLE.get(label.colour, label.colour)},
        )
