"""The rows of a figure as CSV: those that its maker drew, or else what its traces hold."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import zip_longest
from typing import Any
from urllib.parse import quote

import pandas as pd

from adoption.core.text import plain_title
from adoption.press.document import FigureBlock

CLEAR = " ,:;/()!*@$=+?"  # as it is in an address
MAX_TICK_MARKS = 150  # marks without words: what a figure is not about
DEFUSED = ("=", "+", "-", "@")  # a text that begins so is a formula to a spreadsheet
DAY = re.compile(r"\d{4}-\d\d-\d\d")
SIDE_NUMBER = re.compile(
    r"(?:<br>|\s)<b>.*|(?<=</b>)<br>.*"
)  # a number beside a label, or below it
SCALE_NOTE = re.compile(", (?:root scale|logarithmic)$")  # of an axis, not of the values in a table
NAME_ON_MAP = re.compile("</b><br>|: ")  # ends it
END_OF_UNIT = re.compile(r"[,;:(]| (?:by|on|from|to) \d")  # ends what a file holds in a subtitle


def figure_csv(figure: FigureBlock) -> str:
    """Return what a figure shows as CSV; a text that a spreadsheet would run is text to it."""
    if figure.columns:
        frame = pd.DataFrame(figure.rows, columns=figure.columns, dtype=object)
    else:
        frame = rows_of_traces(figure.spec)
    return rows_csv([*frame.columns], frame.to_numpy(dtype=object).tolist())


def rows_csv(columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> str:
    """Return rows as CSV; a text that a spreadsheet would run is text to it."""
    cells = [[*map(defused, row)] for row in rows]
    plain = pd.DataFrame(cells, columns=[*map(defused, columns)], dtype=object)
    return str(plain.to_csv(index=False, lineterminator="\n"))


def csv_address(text: str) -> str:
    """Return CSV as an address that holds the file itself."""
    return f"data:text/csv;charset=utf-8,{quote(text, safe=CLEAR)}"


def subject_of_values(figure: FigureBlock) -> str:
    """Return what the values of a figure are: its unit, or what its subtitle begins with."""
    return figure.unit or END_OF_UNIT.split(figure.subtitle)[0]


def defused(value: Any) -> Any:
    """Return a cell of a CSV file; a text that a spreadsheet would run is text to it."""
    if not isinstance(value, str):
        return value
    plain = plain_title(value.replace("<br>", "; "))
    return f"'{plain}" if plain.startswith(DEFUSED) else plain


def frame_csv(frame: pd.DataFrame) -> str:
    """Return a frame as CSV, in full, with one line of heads; a text is text to a spreadsheet.

    A head of several levels has a comma between them. An index that only counts is left out.

    Examples
    --------
    >>> print(frame_csv(pd.DataFrame({("height", "low"): [1.5], ("height", "high"): [6.1]})))
    "height, low","height, high"
    1.5,6.1
    <BLANKLINE>
    """
    only_counts = frame.index.names == [None] and frame.index.equals(pd.RangeIndex(len(frame)))
    levels = range(0 if only_counts else frame.index.nlevels)
    index = [frame.index.get_level_values(level) for level in levels]
    names = [] if only_counts else ["" if name is None else name for name in frame.index.names]
    columns = [*index, *(frame.iloc[:, number] for number in range(frame.shape[1]))]
    heads = [defused(_joined_head(name)) for name in (*names, *frame.columns)]
    cells = {number: _defused_cells(column) for number, column in enumerate(columns)}
    return str(pd.DataFrame(cells).to_csv(index=False, header=heads, lineterminator="\n"))


def _joined_head(name: Any) -> str:
    levels = name if isinstance(name, tuple) else (name,)
    return ", ".join(str(level) for level in levels if level != "")


def _defused_cells(column: Any) -> Any:
    """Return the cells of a column; days and numbers as they are."""
    has_text = column.dtype == object or pd.api.types.is_string_dtype(column.dtype)
    return [defused(value) for value in column] if has_text else column.array


# What the traces hold, of a figure without rows of its own


def rows_of_traces(spec: Mapping[str, Any]) -> pd.DataFrame:
    """Return a row a mark, by trace, without what only decorates a figure.

    A trace that the legend does not name has its name in `meta`, if it is to have one here.
    """
    layout = spec.get("layout") or {}
    traces = spec["data"]
    areas = [trace for trace in traces if trace.get("type") == "choropleth"]
    named = [trace for trace in traces if {"name", "text", "meta", "z"} & {*trace}]
    rows = []
    for trace in areas or named or traces:
        name = trace.get("name") or trace.get("meta")
        marks = (m for m in _marks(trace, layout) if any(v not in (None, "") for v in m))
        rows += [(name, *mark) for mark in marks]
    frame = pd.DataFrame(rows, columns=["series", "x", "y", "low", "high", "note"], dtype=object)
    frame = frame.replace("", None).dropna(axis="columns", how="all")
    what = END_OF_UNIT.split(_meta(layout).get("subtitle", ""))[0]
    names = {head: _head(frame[head], layout, head, what) for head in {"x", "y"} & {*frame}}
    if areas:
        is_number = False
        if "note" in frame:
            is_number = bool(frame["note"].astype(str).str.fullmatch(r"[\d.]+").any())
        names = {"x": "iso3", "y": "state", "note": what if is_number else "note"}
    elif any("z" in trace for trace in traces):  # a heatmap
        names = {"x": "column", "y": "row", "note": what or "value"}
    return frame.rename(columns=names)


def _meta(layout: Mapping[str, Any]) -> Mapping[str, Any]:
    meta = layout.get("meta")
    return meta if isinstance(meta, Mapping) else {}


def _marks(trace: Mapping[str, Any], layout: Mapping[str, Any]) -> list[Sequence[Any]]:
    """Return the marks of a trace: x, y, the ends of an interval around x, and a note."""
    names = ("labels locations lon x", "values lat y", "text", "low", "high")
    columns = [next((trace[n] for n in some.split() if n in trace), None) for some in names]
    listed: list[Any] = [column if isinstance(column, list) else [] for column in columns]
    x, y, notes, low, high = listed
    bars = trace.get("error_x", {})
    kind = trace.get("type", "scatter")
    if kind == "heatmap":
        cells = [(x, y, z) for y, row in enumerate(trace["z"]) for x, z in enumerate(row)]
        x, y, notes = zip(*(cell for cell in cells if cell[2] is not None), strict=True)
    elif kind == "choropleth":
        parts = [(*NAME_ON_MAP.split(note, maxsplit=1), "") for note in notes]
        y = [part[0] for part in parts]
        notes = [part[1] for part in parts]
        notes = notes or trace.get("z", [])
    elif kind == "bar":
        notes = []  # they are the numbers again
    elif trace.get("fill") == "toself":  # its lower edge, then its upper one, backwards
        half = len(x) // 2
        notes = ["lower"] * half + ["upper"] * half
    elif trace.get("marker", {}).get("symbol") == "line-ns" and len(x) > MAX_TICK_MARKS:
        return []  # the states that the figure is not about
    elif "array" in bars:
        below = pd.Series(bars.get("arrayminus", bars["array"]))
        low = (pd.Series(x) - below).round(6)
        high = (pd.Series(x) + pd.Series(bars["array"])).round(6)
    across = _lanes(layout.get("xaxis", {}))
    upright = _lanes(layout.get("yaxis", {}))
    items = ([_item(n, across) for n in x], [_item(n, upright) for n in y])
    return [*zip_longest(*items, low, high, notes, fillvalue="")]


def _item(value: Any, lanes: Mapping[float, str]) -> Any:
    """Return a label in one line, without the number beside it; a value on no lane as it is."""
    if lanes and isinstance(value, int | float):
        value = lanes[min(lanes, key=lambda position: abs(position - value))]
    return SIDE_NUMBER.sub("", value).replace("<br>", " ") if isinstance(value, str) else value


def _head(column: pd.Series[Any], layout: Mapping[str, Any], letter: str, what: str) -> str:
    """Return the head of the values along an axis: its title, or what they are, with the unit."""
    axis = layout.get(f"{letter}axis", {})
    first = column.dropna().iloc[0]
    title = axis.get("title") or ""
    title = title.get("text") or "" if isinstance(title, Mapping) else title
    title = SCALE_NOTE.sub("", plain_title(title))
    if isinstance(first, str):
        return title or ("day" if DAY.match(first) else "item")
    return (title or what or "value") + (", %" if axis.get("ticksuffix") == "%" else "")


def _lanes(axis: Mapping[str, Any]) -> dict[float, str]:
    """Return the names of the places of an axis, below a bold one with it; none of numbers."""
    values = axis.get("tickvals") or []
    names = axis.get("ticktext") or []
    if any(str(name)[:1].isdigit() for name in names):
        return {}
    lanes, block = {}, ""
    for value, name in zip(values, names, strict=False):
        block = f"{name}: " if name.startswith("<b>") and name.endswith("</b>") else block
        lanes[value] = block + name
    return lanes
