"""Maps: offline, every member of the United Nations visible, what is not known visible too."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import pandas as pd
import plotly.graph_objects as go

from adoption.core.paths import reference_folder
from adoption.core.reading import record_read
from adoption.core.text import APPROVED_AT_HOME, counted, long_day
from adoption.figures.figure import Figure
from adoption.figures.shapes import TEXT_ALONE
from adoption.figures.theme import BORDER, CONTEXT, INK, LAND, MUTED, PAPER, finish, offline
from adoption.law.panel import NO_ACT, POSSIBLY_WITHDRAWN, SIGNED, UNABLE, WITHDRAWN
from adoption.press.document import is_page, with_block
from adoption.press.geometry import NORTH, RESOLUTION, SOUTH
from adoption.show.classes import BOUND_REPORTED, RINGED, STATUS_COLOURS, status_classes
from adoption.show.table import participant_lines

if TYPE_CHECKING:
    from adoption.law.status import Status
    from adoption.show.drawings import Drawing

# Areas that the geometry draws by themselves and UN maps show within a member state.
AREA_OF_STATE = {"XGO": "SYR", "XNC": "CYP", "XSL": "SOM"}
DISCLAIMER = (
    "Boundaries and names shown do not imply official endorsement or acceptance by the "
    "United Nations. Dotted lines are borders that are disputed or not agreed."
)
NEUTRAL = "area not counted as a state here"
PLACE_COLUMNS = ["iso3", "small", "label_lon", "label_lat", "marker_lon", "marker_lat"]
THIN = {"color": CONTEXT, "width": 0.5}  # an edge; a ring says that an act is reported
AREA_OUTLINE = {"color": BORDER, "width": 0.5}  # of an area
SQUARE = {"size": 12, "symbol": "square", "line": THIN}
RING = {"size": 12, "line": {"color": INK, "width": 2}}
DIAMOND = {"size": 11, "symbol": "diamond", "color": PAPER, "line": {"color": INK, "width": 2}}
CROSS_MARKER = {"size": 11, "symbol": "x", "line": {"color": PAPER, "width": 1.5}}
STATUS_MARKS: Mapping[str, dict[str, Any]] = {
    **dict.fromkeys(RINGED, RING),
    POSSIBLY_WITHDRAWN: {"size": 12, "line": {"color": PAPER, "width": 2}},
    WITHDRAWN: CROSS_MARKER,
}
# Orange beside blue is no contrast to every eye, so its areas have a dark outline.
OUTLINES: Mapping[str, dict[str, Any]] = {
    BOUND_REPORTED: {"color": INK, "width": 1},
    **{name: {"color": MUTED, "width": 0.5} for name in UNABLE},
}
HEIGHT = 600
WORLD = {
    "resolution": RESOLUTION,
    "fitbounds": False,
    "projection_type": "natural earth",
    "projection_scale": 0.98,  # a marker at the edge is not cut
    "lataxis_range": [SOUTH, NORTH],
    **dict.fromkeys(("showframe", "showcoastlines", "showcountries", "showlakes"), False),
    "showland": True,
    "landcolor": LAND,
    "bgcolor": "rgba(0,0,0,0)",
}


class WorldMap(Figure):
    """A figure with a map, whose HTML needs no network."""

    _drawing: Callable[[], Drawing] | None = None

    def drawn_by(self, drawing: Callable[[], Drawing]) -> WorldMap:
        """Return the map, in whose place a page of a report shows a drawing."""
        self._drawing = drawing
        return self

    def forget_rows(self) -> None:
        """Forget what was drawn, and the drawing: the traces are others now."""
        super().forget_rows()
        self._drawing = None

    def _ipython_display_(self) -> None:
        if self._drawing is None or not is_page():
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


def placed(frame: pd.DataFrame, states: pd.DataFrame) -> pd.DataFrame:
    """Return rows by iso3 with the points that the table `states` has for a map."""
    return frame.merge(states[PLACE_COLUMNS], on="iso3")


def status_map(status: Status, states: pd.DataFrame, title: str) -> WorldMap:
    """Draw who has signed and who has ratified: areas, small states, marks of reports."""
    frame = placed(status.participants, states)
    frame = frame[frame["kind"] != "organization"]
    frame["class"] = status_classes(frame)
    rows = frame.to_dict("records")
    hovers = ([f"<b>{row['name']}</b>", *participant_lines(row)] for row in rows)
    frame["hover"] = ["<br>".join(lines) for lines in hovers]
    figure, numbers = class_map(frame, STATUS_COLOURS, _marks, OUTLINES)
    approved = frame[is_approved(frame)]
    if len(approved):
        figure.add_trace(small_states(f"{APPROVED_AT_HOME} (mark)", _points(approved), DIAMOND))
        figure.add_trace(legend_entry(APPROVED_AT_HOME, DIAMOND))
        numbers += f"; of the signed, {APPROVED_AT_HOME}: {counted(len(approved), 'state')}"
    texts = ["; ".join(participant_lines(row)) for row in rows]
    drawn = frame[["iso3", "name", "class"]].rename(columns={"name": "state", "class": "status"})
    subtitle = f"States by status on {long_day(status.as_of)}"
    finish(
        figure,
        rows=drawn.assign(known=texts),
        title=title,
        subtitle=subtitle,
        source=f"Source: each act's own, listed with its grade in the tables. {DISCLAIMER}",
        alternative=f"World map. {numbers}.",
        height=HEIGHT,
    )
    return figure


def is_approved(frame: pd.DataFrame) -> pd.Series[bool]:
    """Return of which states an approval at home is known, and nothing after a signature."""
    return frame["status"].isin((NO_ACT, SIGNED)) & frame["approved_at_home"].notna()


def _marks(name: str, frame: pd.DataFrame) -> list[go.Scattergeo]:
    """Return the small states of a class, the marks of one that has its own, its key."""
    colour = STATUS_COLOURS[name]
    small = small_states(name, frame, {"size": 9, "color": colour, "line": THIN})
    if name not in STATUS_MARKS:
        return [small, legend_entry(name, {**SQUARE, "color": colour})]
    mark = {"color": colour, **STATUS_MARKS[name]}
    marks = small_states(f"{name} (mark)", _points(frame), mark)
    return [small, marks, legend_entry(name, mark)]


def _points(frame: pd.DataFrame) -> pd.DataFrame:
    """Return states with a point for a mark: of a large one where its label stands."""
    lon = frame["marker_lon"].fillna(frame["label_lon"])
    lat = frame["marker_lat"].fillna(frame["label_lat"])
    return frame.assign(marker_lon=lon, marker_lat=lat)


def class_map(
    frame: pd.DataFrame,
    colours: Mapping[str, str],
    marks: Callable[[str, pd.DataFrame], Sequence[go.Scattergeo]],
    outlines: Mapping[str, dict[str, Any]],
) -> tuple[WorldMap, str]:
    """Draw states by class: the areas, the borders that are disputed, then the marks."""
    figure = WorldMap()
    groups = dict(iter(frame.groupby("class")))
    by_class = {name: groups[name] for name in colours if name in groups}
    for name, states in by_class.items():
        texts = dict(zip(states["iso3"], states["hover"], strict=True))
        figure.add_trace(area(name, texts, colours[name], outlines.get(name, AREA_OUTLINE)))
    borders = disputed_lines().values()
    figure.add_trace(lines("disputed borders", borders, {"color": INK, "width": 1, "dash": "dot"}))
    for name, states in by_class.items():
        figure.add_traces(marks(name, states))
    figure.add_trace(legend_entry(NEUTRAL, {**SQUARE, "color": LAND}))
    figure.update_geos(**WORLD)
    numbers = [f"{name}: {counted(len(states), 'state')}" for name, states in by_class.items()]
    return figure, "; ".join(numbers)


def area(name: str, texts: dict[str, str], colour: str, line: dict[str, Any]) -> go.Choropleth:
    """Return a layer of states in one colour."""
    within = {code: texts[state] for code, state in AREA_OF_STATE.items() if state in texts}
    places = texts | within
    areas = {"locations": list(places), "z": [1] * len(places), "locationmode": "ISO-3"}
    values = {"text": list(places.values()), "hovertemplate": TEXT_ALONE}
    style = {"colorscale": [[0, colour], [1, colour]], "showscale": False}
    return go.Choropleth(name=name, marker={"line": line}, **areas, **values, **style)


def small_states(name: str, frame: pd.DataFrame, marker: Mapping[str, object]) -> go.Scattergeo:
    """Return the marks of those rows of `placed` that have a point, with their hover."""
    columns = frame[frame["marker_lon"].notna()].to_dict("list")
    points = {"lon": columns["marker_lon"], "lat": columns["marker_lat"], "ids": columns["iso3"]}
    values = {"text": columns["hover"], "hovertemplate": TEXT_ALONE}
    style = {"mode": "markers", "marker": dict(marker), "showlegend": False}
    return go.Scattergeo(name=name, **points, **values, **style)


def legend_entry(name: str, marker: Mapping[str, object]) -> go.Scattergeo:
    """Return a trace without points that stands for a class in the legend."""
    style = {"mode": "markers", "marker": dict(marker), "hoverinfo": "skip"}
    return go.Scattergeo(name=name, lon=[None], lat=[None], **style)


def lines(
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
