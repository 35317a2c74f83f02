"""World maps of any classes or values of states, drawn offline, with small states and borders."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd
import plotly.graph_objects as go
from pandas.api.types import is_bool_dtype, is_numeric_dtype

from adoption.core.errors import AdoptionError
from adoption.core.paths import reference_folder
from adoption.core.reading import record_read
from adoption.core.text import counted
from adoption.figures.figure import Figure
from adoption.figures.shapes import TEXT_ALONE
from adoption.figures.theme import (
    BORDER,
    CONTEXT,
    INK,
    LAND,
    MISSING,
    MUTED,
    PAPER,
    TIER_COLOURS,
    offline,
)
from adoption.press.document import is_page, with_block
from adoption.press.geometry import NORTH, PROJECTION, RESOLUTION, SOUTH

Marker = dict[str, Any]  # options of plotly for a mark
DISCLAIMER = (
    "Boundaries and names shown do not imply official endorsement or acceptance by the "
    "United Nations. Dotted lines are borders that are disputed or not agreed."
)
NEUTRAL = "area not counted as a state here"
UNKNOWN = "not known"  # the class of a state without a value
THIN = {"color": CONTEXT, "width": 0.5}  # an edge; a ring marks a second fact
SQUARE = {"size": 12, "symbol": "square", "line": THIN}
DARK_LINE = {"color": INK, "width": 2}
WHITE_LINE = {"color": PAPER, "width": 2}
MARKERS: Mapping[str, Marker] = {
    "ring": {"size": 12, "line": DARK_LINE},
    "white ring": {"size": 12, "line": WHITE_LINE},
    "cross": {"size": 11, "symbol": "x", "line": {"color": PAPER, "width": 1.5}},
    "diamond": {"size": 11, "symbol": "diamond", "color": PAPER, "line": DARK_LINE},
    "square": {"size": 9, "symbol": "square", "color": PAPER, "line": DARK_LINE},
}
# What is not known has another kind of mark, not only another colour.
UNKNOWN_MARKER = {"symbol": "square", "line": {"color": INK, "width": 1.5}}
BORDERED = {"color": BORDER, "width": 0.5}  # of an area
OUTLINED = {"color": MUTED, "width": 1}  # of an area whose colour is that of other land
HEIGHT = 600
ATLAS = {
    "resolution": RESOLUTION,
    "fitbounds": False,
    "projection_type": PROJECTION,
    "projection_scale": 0.98,  # a marker at the edge is not cut
    "lataxis_range": [SOUTH, NORTH],
    **dict.fromkeys(("showframe", "showcoastlines", "showcountries", "showlakes"), False),
    "showland": True,
    "landcolor": LAND,
    "bgcolor": "rgba(0,0,0,0)",
}


class WorldMap(Figure):
    """A figure with a map, whose HTML needs no network."""

    _drawing: Callable[[], Any] | None = None

    def drawn_by(self, drawing: Callable[[], Any]) -> WorldMap:
        """Return the map, in whose place a page of a report shows a drawing."""
        self._drawing = drawing
        return self

    def forget_rows(self) -> None:
        """Forget what was drawn, and the drawing: the traces are others now."""
        super().forget_rows()
        self._drawing = None

    def _ipython_display_(self) -> None:
        is_whole = self.layout.geo.lonaxis.range is None  # the drawing is of the whole world
        if self._drawing is None or not (is_whole and is_page()):
            return super()._ipython_display_()
        from IPython.display import display  # a notebook has imported it

        drawing = self._drawing()
        words = {"text/plain": self.layout.meta["alternative"], "text/html": drawing._repr_html_()}
        return display(with_block(words, drawing), raw=True)  # type: ignore

    def to_html(self, *args: Any, config: Mapping[str, Any] | None = None, **more: Any) -> str:
        """Return the figure as HTML, as plotly does."""
        settings = offline() | dict(config or {})
        return str(super().to_html(*args, config=settings, **more))

    def write_html(self, *args: Any, config: Mapping[str, Any] | None = None, **more: Any) -> None:
        """Write the figure as HTML, as plotly does."""
        settings = offline() | dict(config or {})
        super().write_html(*args, config=settings, **more)


def world(
    frame: pd.DataFrame,
    color: str,
    *,
    colors: Mapping[str, str] | None = None,
    marks: Mapping[str, str] | None = None,
    mark: str = "mark",
    label: str = "label",
) -> WorldMap:
    """Draw a map of states, coloured by the classes or numbers of a column.

    A state too small to be seen has a dot. Land that is in no row is neutral. Borders that are
    disputed or not agreed are dotted.

    Parameters
    ----------
    frame : DataFrame
        One row for each state: iso3 (its ISO 3166 code), the column to draw, and name, if there is
        one. Any frame of `adoption.world` or `adoption.states` will do, or a part of it.
    color : str
        The column to draw. Numbers become five classes of about as many states each. A missing
        value becomes the class "not known".
    colors : mapping, optional
        The colour of each class, in the order of the legend. By default shades from light to dark,
        in the order of a categorical column or else of the alphabet.
    marks : mapping, optional
        The classes that have a mark as well as a colour, and the values of the column `mark`, each
        with the kind of its mark: ring, white ring, cross, diamond or square.
    mark : str
        A column with a second fact about some states; missing or empty for the others.
    label : str
        A column with the text under the pointer. Without it the text is the class.

    Returns
    -------
    WorldMap
        A plotly figure, which `update_traces`, `update_geos` and `update_layout` change. Its
        attribute `rows` is what it draws.

    Raises
    ------
    AdoptionError
        If a column is missing, a state has two rows, or a class or a mark is not explained.

    Examples
    --------
    >>> import adoption as ad
    >>> states = ad.world("hanoi", "2025-10-26")
    >>> figure = ad.figures.world(states, "class", colors=ad.STATUS_COLOURS, marks=ad.STATUS_MARKS)
    >>> figure.rows.columns.tolist()
    ['iso3', 'name', 'class', 'label']
    """
    states = _prepared(frame, color, mark, label)
    kinds = _kinds(states, color, marks or {})
    colours = _colours(frame[color], states[color], colors)
    groups = dict(iter(states.groupby(color)))
    by_class = {name: groups[name] for name in colours if name in groups}
    figure = WorldMap()
    for name, rows in by_class.items():
        figure.add_trace(_areas(name, rows, colours[name], kinds.get(name, "")))
    dotted = {"color": INK, "width": 1, "dash": "dot"}
    figure.add_trace(_lines("disputed borders", disputed_lines().values(), dotted))
    for name, rows in by_class.items():
        figure.add_traces(_small_states_and_key(name, rows, colours[name], kinds.get(name, "")))
    marked = {name: states[states["mark"] == name] for name in kinds if name not in colours}
    for name, rows in marked.items():
        figure.add_trace(_marks(name, rows, MARKERS[kinds[name]]))
        figure.add_trace(_key(name, MARKERS[kinds[name]]))
    figure.add_trace(_key(NEUTRAL, SQUARE | {"color": LAND}))
    figure.update_geos(**ATLAS)
    counts = (
        f"{name}: {counted(len(rows), 'state')}" for name, rows in (by_class | marked).items()
    )
    alternative = f"World map. {'; '.join(counts)}."
    figure.update_layout(height=HEIGHT, meta={"alternative": alternative, "notice": DISCLAIMER})
    drawn = [name for name in ("iso3", "name", color, "label") if name in frame or name == "label"]
    figure.draws(pd.DataFrame(states[drawn]).reset_index(drop=True))
    return figure


def zoom(figure: go.Figure, frame: pd.DataFrame, margin: float = 10) -> go.Figure:
    """Show the part of a map in which the states of a frame lie.

    Parameters
    ----------
    figure : Figure
        From `world`.
    frame : DataFrame
        The states to be seen: iso3.
    margin : float
        Degrees around the middles of their areas.

    Returns
    -------
    Figure
        The same figure.

    Examples
    --------
    >>> import adoption as ad
    >>> asia = ad.states().query("region == 'Asia'")
    >>> figure = ad.figures.zoom(ad.figures.world(asia, "subregion"), asia)
    >>> [round(degree) for degree in figure.layout.geo.lonaxis.range]
    [23, 150]
    """
    points = label_points().loc[frame["iso3"], ["label_lon", "label_lat"]]
    (west, south), (east, north) = points.min() - margin, points.max() + margin
    lon, lat = [max(west, -180), min(east, 180)], [max(south, SOUTH), min(north, NORTH)]
    figure.update_geos(lonaxis_range=lon, lataxis_range=lat, projection_scale=1)
    return figure


def quantiles(values: pd.Series[Any], number: int = 5) -> pd.Series[Any]:
    """Return the class of each number: classes of about as many rows each, named by their ends.

    Parameters
    ----------
    values : Series of numbers
        Missing ones stay missing.
    number : int
        Of classes; equal numbers are in one class, so that there may be fewer.

    Returns
    -------
    Series
        An ordered categorical from low to high, such as "20 to 47".

    Examples
    --------
    >>> quantiles(pd.Series([1.0, 2, 3, 4, None]), 2).tolist()
    ['1 to 2', '1 to 2', '3 to 4', '3 to 4', nan]
    """
    cut = pd.qcut(values, number, duplicates="drop")
    known = values.groupby(cut, observed=True)
    ends = known.agg(["min", "max"])
    names = [f"{low:g} to {high:g}" for low, high in ends.round(1).itertuples(index=False)]
    return cut.cat.remove_unused_categories().cat.rename_categories(names)


def label_points() -> pd.DataFrame:
    """Return the points of each state by its code: of its label, and of the dot of a small one."""
    path = reference_folder() / "geometry" / "labels.csv"
    record_read(path)
    return pd.read_csv(path, index_col="iso3").drop(columns="m49")


def _prepared(frame: pd.DataFrame, color: str, mark: str, label: str) -> pd.DataFrame:
    """Return the states with their class as text, mark, label, hover text and points."""
    for column in ("iso3", color):
        if column not in frame:
            raise AdoptionError(f"a map needs the column {column}: add it to the frame")
    codes = frame["iso3"].astype(str)
    if codes.duplicated().any():
        twice = codes[codes.duplicated()].iloc[0]
        raise AdoptionError(f"a map needs one row for each state: {twice} has several")
    points = label_points()
    on_map = pd.DataFrame(frame)[codes.isin(points.index).to_numpy()]
    states = on_map.drop(columns=points.columns, errors="ignore").join(points, on="iso3")
    states[color] = _classes(frame[color]).loc[states.index]
    names = states["name"] if "name" in states else states["iso3"]
    states["label"] = states[label] if label in states else states[color]
    states["hover"] = "<b>" + names + "</b><br>" + states["label"].str.replace("; ", "<br>")
    states["mark"] = states[mark].fillna("") if mark in states else ""
    return states


def _kinds(states: pd.DataFrame, color: str, marks: Mapping[str, str]) -> dict[str, str]:
    """Return the kind of each mark that is drawn."""
    unknown = sorted(set(marks.values()) - MARKERS.keys())
    if unknown:
        raise AdoptionError(f"no such mark: {unknown[0]}; there are {', '.join(MARKERS)}")
    used = {*states[color], *states["mark"]}
    return {name: kind for name, kind in marks.items() if name in used}


def _classes(values: pd.Series[Any]) -> pd.Series[Any]:
    """Return the class of each value as text."""
    ordered = quantiles(values) if _is_number(values) else values
    return ordered.astype(object).where(ordered.notna(), UNKNOWN).astype(str)


def _is_number(values: pd.Series[Any]) -> bool:
    return is_numeric_dtype(values.dtype) and not is_bool_dtype(values.dtype)


def _colours(
    values: pd.Series[Any], classes: pd.Series[Any], colors: Mapping[str, str] | None
) -> dict[str, str]:
    """Return the colour of each class, in the order of the legend."""
    used = set(classes)
    if colors is None:
        ordered = quantiles(values) if _is_number(values) else values
        has_order = isinstance(ordered.dtype, pd.CategoricalDtype)
        in_order = map(str, ordered.cat.categories) if has_order else sorted(used)
        names = [name for name in in_order if name in used - {UNKNOWN}]
        if len(names) > len(TIER_COLOURS):
            raise AdoptionError(f"{values.name} has {len(names)} classes: give colors for each")
        steps = np.linspace(0, len(TIER_COLOURS) - 1, len(names)).round().astype(int)
        colors = {name: TIER_COLOURS[step] for name, step in zip(names, steps, strict=True)}
    colours = {**colors, UNKNOWN: colors.get(UNKNOWN, MISSING)}
    without = sorted(used - colours.keys())
    if without:
        raise AdoptionError(f"no color for the class {without[0]!r}: add it to colors")
    return colours


def _areas(name: str, rows: pd.DataFrame, colour: str, kind: str) -> go.Choropleth:
    """Return the areas of a class; one that is marked has the outline of its mark."""
    outline = {**MARKERS[kind]["line"], "width": 1} if kind else BORDERED
    if colour == LAND or name == UNKNOWN:
        outline = OUTLINED
    codes = rows["iso3"].tolist()
    areas = {"locations": codes, "z": [1] * len(codes), "locationmode": "ISO-3"}
    hover = {"text": rows["hover"].tolist(), "hovertemplate": TEXT_ALONE}
    style = {"colorscale": [[0, colour], [1, colour]], "showscale": False}
    return go.Choropleth(name=name, marker={"line": outline}, **areas, **hover, **style)


def _small_states_and_key(
    name: str, rows: pd.DataFrame, colour: str, kind: str
) -> list[go.Scattergeo]:
    """Return the small states of a class, the marks of one that has its own, and its key."""
    fill: Marker = {"color": colour}
    if name == UNKNOWN:
        fill |= UNKNOWN_MARKER
    small = _dots(name, rows, {"size": 9, "line": THIN} | fill)
    if not kind:
        return [small, _key(name, SQUARE | fill)]
    marker = fill | MARKERS[kind]
    return [small, _marks(name, rows, marker), _key(name, marker)]


def _dots(name: str, rows: pd.DataFrame, marker: Marker) -> go.Scattergeo:
    """Return a mark for each row that has a point."""
    columns = rows[rows["marker_lon"].notna()].to_dict("list")
    points = {"lon": columns["marker_lon"], "lat": columns["marker_lat"], "ids": columns["iso3"]}
    hover = {"text": columns["hover"], "hovertemplate": TEXT_ALONE}
    style = {"mode": "markers", "marker": marker, "showlegend": False}
    return go.Scattergeo(name=name, **points, **hover, **style)


def _marks(name: str, rows: pd.DataFrame, marker: Marker) -> go.Scattergeo:
    """Return a mark for each row: on the dot of a small state, else at the label."""
    lon = rows["marker_lon"].fillna(rows["label_lon"])
    lat = rows["marker_lat"].fillna(rows["label_lat"])
    return _dots(f"{name} (mark)", rows.assign(marker_lon=lon, marker_lat=lat), marker)


def _key(name: str, marker: Mapping[str, object]) -> go.Scattergeo:
    """Return a trace without points that stands for a class in the legend."""
    style = {"mode": "markers", "marker": dict(marker), "hoverinfo": "skip"}
    return go.Scattergeo(name=name, lon=[None], lat=[None], **style)


def _lines(
    name: str, runs: Iterable[Sequence[Sequence[float]]], style: Mapping[str, object]
) -> go.Scattergeo:
    """Return lines on a map, each through its points in degrees."""
    points = [point for run in runs for point in (*run, (None, None))]
    lon, lat = ([point[axis] for point in points] for axis in (0, 1))
    more = {"mode": "lines", "line": dict(style), "hoverinfo": "skip", "showlegend": False}
    return go.Scattergeo(name=name, lon=lon, lat=lat, **more)


def disputed_lines() -> dict[Hashable, list[list[float]]]:
    """Return the borders that are disputed or not agreed: the points of each line."""
    path = reference_folder() / "geometry" / "disputed.csv"
    record_read(path)
    by_line = pd.read_csv(path).groupby("line", sort=False)[["lon", "lat"]]
    return {line: points.to_numpy().tolist() for line, points in by_line}
