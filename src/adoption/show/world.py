"""The world as SVG: one path a state, readable without a script, a network or a style sheet."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from functools import cache
from html import escape
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from adoption.core.paths import reference_folder
from adoption.core.reading import record_read
from adoption.core.text import APPROVED_AT_HOME, counted, listed, numeral, short_day, slug
from adoption.core.vocabulary import CONSENTS, SIGNATURES
from adoption.law.curves import COUNTS, Measure, counts_by_day
from adoption.law.panel import NO_ACT, NOT_KNOWN, NOT_YET, SIGNED, UNABLE, WITHDRAWN, changes
from adoption.show.answers import rows_link, rows_of
from adoption.show.maps import (
    DISCLAIMER,
    DRAWN_WITHIN,
    MARKS,
    NEUTRAL,
    OUTLINES,
    disputed_lines,
    is_approved,
    placed,
)
from adoption.show.status import participants_sentence
from adoption.show.table import known_acts
from adoption.show.theme import (
    BORDER,
    CONTEXT,
    INK,
    LAND,
    PAPER,
    RINGED,
    STATUS_COLOURS,
    css_colour,
    status_class,
    status_classes,
)

if TYPE_CHECKING:
    from adoption.law.status import Row, Status


Points = npt.NDArray[np.float64]

KINDS = {"member": "member", "organization": "organisation"}  # any other is a state
WIDTH = 1200  # units of the drawing: about a pixel of a wide screen
SOUTH, NORTH = -57, 84  # Antarctica has no status
SCALE = WIDTH / (2 * np.pi * 0.8707)
RADIUS = 5.5  # of the circle of a small state, and of the mark of a class
BORDERED = {"color": BORDER, "width": 0.7}
OUTLINED = {"color": CONTEXT, "width": 0.7}
CROSS = "M-5-2l3-3 2 2 2-2 3 3-2 2 2 2-3 3-2-2-2 2-3-3 2-2z"  # around its middle


def world_map(status: Status, states: pd.DataFrame, *, days: bool = False) -> str:
    """Draw who has signed and who has consented to be bound as a picture, with its legend in words.

    Parameters
    ----------
    status : Status
        The convention on a day.
    states : DataFrame
        The table `states`, for the points on the map.
    days : bool
        Whether the picture has a control of the day, which works where a page has the script
        for it.

    Returns
    -------
    str
        HTML: a figure. What is drawn of a state is in an `<a>` with its ISO3 code in
        `data-state` and its class: whoever publishes the map knows where a state has a page.
    """
    frame = placed(status.participants.merge(states[["iso3", "state_since", "first_act"]]), states)
    frame["class"] = status_classes(frame)
    moves = class_changes(status) if days else {}
    ever = {state: {name for _, name, _ in days_of} for state, days_of in moves.items()}
    drawn = frame[frame["kind"] != "organization"].copy()
    numbers = drawn["class"].value_counts()
    ever_drawn = set(numbers.index).union(*ever.values())
    opens = pd.Timestamp(status.convention.opening.latest)
    for name, first in ((NOT_YET, "state_since"), (NOT_KNOWN, "first_act")):
        if moves and (drawn[first] > opens).any():
            ever_drawn.add(name)
    shapes = areas()
    within = {state: place for place, state in DRAWN_WITHIN.items()}
    drawn["path"] = [shapes.pop(i, "") + shapes.pop(within.get(i, ""), "") for i in drawn["iso3"]]
    drawn["small"] = drawn["marker_lon"].notna()
    drawn["approved"] = is_approved(drawn)
    drawn["html"] = [_state(row, ever.get(row["iso3"], set())) for row in drawn.to_dict("records")]
    large, small = ("".join(drawn.loc[drawn["small"] == is_small, "html"]) for is_small in (0, 1))
    lines = "".join(path_of(project(np.array(line))) for line in disputed_lines().values())
    top, height = extent()
    text = "; ".join(f"{name}: {counted(int(numbers[name]), 'state')}" for name in numbers.index)
    others = frame.loc[frame["kind"].eq("organization") & frame["class"].ne(NO_ACT), "name"]
    not_drawn = f", and not the {escape(listed(others.tolist()))}" if len(others) else ""
    people = escape(participants_sentence(status))
    source = (
        f'<span class="today">{people}</span> The map shows states{not_drawn}. {escape(DISCLAIMER)}'
    )
    about = f"convention:{status.convention.convention}"
    names = [name for name in STATUS_COLOURS if name in ever_drawn]
    keys = "".join(_key(name, int(numbers.get(name, 0)), about) for name in names)
    if drawn["approved"].any():  # a mark on some of them, no class beside the others
        named = f"mark: {APPROVED_AT_HOME}"
        keys += f'<li class="approval">{_picture(_diamond(7, 7))} {named}</li>\n'
    keys += f"<li>{_picture(_circle(7, 7, ''), f' {_fill(LAND)}')} {NEUTRAL}</li>\n"
    return (
        f'<figure class="world" id="map">\n<svg viewBox="-8 {top} {WIDTH + 16} {height}" '
        f'role="group" aria-label="World map. {escape(text)}.">\n'
        f'<path class="land" {_fill(LAND)} {_line(OUTLINED)} '
        f'd="{"".join(shapes.values())}"/>\n{large}'
        f'<path class="disputed" fill="none" stroke="{css_colour(INK)}" stroke-width="1" '
        f'stroke-dasharray="1 2" d="{lines}"/>\n{small}</svg>\n'
        f"{_control(status, frame, moves) if moves else ''}"
        f'<figcaption>\n<ul class="legend">{keys}</ul>\n'
        f'<p class="source">{source}</p>\n</figcaption>\n</figure>'
    )


def class_changes(status: Status) -> dict[str, list[tuple[str, str, str]]]:
    """Return what each participant's certain acts made of it: day, class, act; by ISO3 code.

    The day is the last on which an act can have been done: the status counts it from then on.
    """
    moves: dict[str, list[tuple[str, str, str]]] = {}
    for row in changes(status.history, status.as_of).to_dict("records"):
        name = status_class(row["status"], row["grade"])
        moves.setdefault(row["iso3"], []).append((f"{row['day']:%Y-%m-%d}", name, row["act"]))
    return moves


def act_marks(acts: pd.DataFrame, status: Status) -> list[dict[str, str]]:
    """Return what the address of a count asks of each act, as marks of a table's lines.

    Parameters
    ----------
    acts : DataFrame
        Certain acts of one convention: iso3, act, latest.
    status : Status
        The convention on the day.

    Returns
    -------
    list of dict
        kind (of the participant: member, state or organisation), latest (the day from which the
        act is certain), act (signature or consent) and, of the act that decides it, status (a
        class).
    """
    kinds = status.participants.set_index("iso3")["kind"].map(KINDS).fillna("state")
    of_kind = dict.fromkeys(SIGNATURES[1:], "signature") | dict.fromkeys(CONSENTS, "consent")
    deciding = {}
    for iso3, changed in class_changes(status).items():
        last = changed[-1][1]
        deciding[iso3] = next(act for _, name, act in changed if name == last), slug(last)
    marks = []
    for iso3, act, latest in zip(acts["iso3"], acts["act"], acts["latest"], strict=True):
        mark = {"kind": str(kinds.get(iso3, "organisation")), "latest": f"{latest:%Y-%m-%d}"}
        if iso3 in deciding and deciding[iso3][0] == act:
            mark["status"] = deciding.pop(iso3)[1]  # once a state: a second accession decides none
        marks.append(mark | ({"act": of_kind[act]} if act in of_kind else {}))
    return marks


def _control(
    status: Status, frame: pd.DataFrame, moves: Mapping[str, list[tuple[str, str, str]]]
) -> str:
    """Return the control of the day, and for its script what each participant was when."""
    names = dict(zip(frame["iso3"], frame["name"], strict=True))
    values = {
        state: [names[state], [[day, slug(name), act] for day, name, act in moves[state]]]
        for state in sorted(moves.keys() & names)
    }
    first = min([f"{status.convention.opens}", *(changed[0][0] for changed in moves.values())])
    since = {
        iso3: [f"{day:%Y-%m-%d}", slug(name)]
        for name, column in ((NOT_YET, "state_since"), (NOT_KNOWN, "first_act"))
        for iso3, day in frame.set_index("iso3")[column].items()
        if day > pd.Timestamp(first)
    }
    known = {"states": values, "since": since, "counts": counts_in_words(status)}
    known["treaty"] = status.convention.short_title  # of a day in the title of its picture
    data = json.dumps(known, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
    return (
        f'<div class="day-control" hidden data-first="{first}" data-last="{status.as_of}">'
        '<label for="day">Day</label> <input id="day" type="range" min="0" value="0">'
        f' <output for="day"></output></div>\n<script type="application/json">{data}</script>\n'
    )


def counts_in_words(status: Status) -> list[tuple[str, str]]:
    """Return how many had signed and consented from each day on which that changed, in words."""
    convention, history = status.convention, status.history
    measures: dict[str, Measure] = {"signed": "signatories", "consented to be bound": "parties"}
    if not convention.signatories_listed:
        del measures["signed"]
    counts = {
        what: counts_by_day(history, None, measure, status.as_of).set_index("day")[[*COUNTS]]
        for what, measure in measures.items()
    }
    after = pd.Timestamp(convention.complete_to or convention.opening.latest) + pd.Timedelta(days=1)
    by_day = pd.concat(counts, axis=1, sort=True)
    by_day = by_day.reindex(by_day.index.union([after])).ffill().fillna(0).astype(int)
    texts: dict[str, str] = {}
    for day, numbers in zip(by_day.index, by_day.to_dict("records"), strict=True):
        words = []
        for what, measure in measures.items():
            lower, with_reports, upper = (numbers[what, name] for name in COUNTS)
            exact = with_reports == upper and convention.is_complete(measure, day.date())
            number = f"{'' if exact else 'at least '}{numeral(lower)}" if lower else "none"
            reported = with_reports - lower
            by_report = f", {numeral(reported)} by report" if reported else ""
            words.append(f"{number} known to have {what}{by_report}")
        if "; ".join(words) not in [*texts.values()][-1:]:
            texts[f"{day:%Y-%m-%d}"] = "; ".join(words)
    return [*texts.items()]


def acts_in_line(row: Row) -> str:
    """Return what is known of a state in one line: its acts, their days and grade."""
    texts, signed = known_acts(row), row["signed_on"]
    acted_since = isinstance(row["act"], str) and row["status"] != SIGNED
    if acted_since and isinstance(signed, pd.Timestamp):
        texts.insert(0, f"signed {short_day(signed)}")
    return "; ".join(texts)


def _state(row: Row, ever: set[str]) -> str:
    """Return a state: its area, the dot of a small one, and the marks that it ever has."""
    name = row["class"]
    drawn = f'<path d="{row["path"]}"/>' if row["path"] else ""
    kind = "marker" if row["small"] else "label"
    ((x, y),) = project(np.array([[row[f"{kind}_lon"], row[f"{kind}_lat"]]]))
    if row["small"] or RINGED & (ever | {name}):
        hidden = "" if row["small"] or name in RINGED else ' display="none"'
        drawn += _circle(x, y, name, "" if row["small"] else f' class="mark"{hidden}')
    if WITHDRAWN in ever | {name}:
        hidden = "" if name == WITHDRAWN else ' display="none"'
        drawn += _cross(x, y, f' class="cross"{hidden}')
    if row["approved"]:
        drawn += _diamond(x, y)
    return (
        f'<a data-state="{row["iso3"]}" class="{slug(name)}" {_fill(STATUS_COLOURS[name])} '
        f"{_line(OUTLINES.get(name, BORDERED))}>"
        f"<title>{escape(row['name'])}: {escape(acts_in_line(row))}</title>{drawn}</a>\n"
    )


def _circle(x: int, y: int, name: str, more: str = "") -> str:
    line = MARKS[name]["line"] if name in RINGED else OUTLINED
    return f'<circle{more} cx="{x}" cy="{y}" r="{RADIUS}" {_line(line)}/>'


def _cross(x: int, y: int, more: str = "") -> str:
    line = _line({"color": PAPER, "width": 1.5})
    return f'<path{more} transform="translate({x} {y})" {line} d="{CROSS}"/>'


def _diamond(x: int, y: int) -> str:
    line = _line({"color": INK, "width": 2})
    return f'<path class="approval" {_fill(PAPER)} {line} d="M{x} {y - 6}l6 6-6 6-6-6z"/>'


def _line(line: Mapping[str, Any]) -> str:
    return f'stroke="{css_colour(line["color"])}" stroke-width="{line["width"]}"'


def _fill(colour: str) -> str:
    return f'fill="{css_colour(colour)}"'


def class_mark(name: str) -> str:
    """Return the mark of a status class as a picture of the size of a letter."""
    mark = _circle(7, 7, name)
    if name == WITHDRAWN:
        mark += _cross(7, 7)
    return _picture(mark, f" {_fill(STATUS_COLOURS[name])}")


def _picture(mark: str, fill: str = "") -> str:
    return f'<svg viewBox="0 0 14 14" width="16" height="16"{fill} aria-hidden="true">{mark}</svg>'


def _key(name: str, number: int, about: str) -> str:
    key = f'{name} <span class="count">{number or ""}</span>'  # a page hides one without a number
    if name not in (NO_ACT, *UNABLE):  # of them no row is listed
        key = rows_link(key, rows_of(about, status=[name], kind=["member", "state"]))
    return f'<li data-class="{slug(name)}">{class_mark(name)} {key}</li>\n'


def areas() -> dict[str, str]:
    """Return the path of every area that has a status or is neutral land, by its id."""
    path = reference_folder() / "geometry" / "world_50m.json"
    record_read(path)
    return {**_areas(path.read_text(encoding="utf-8"))}


@cache
def _areas(text: str) -> Mapping[str, str]:
    topology = json.loads(text)
    scale, shift = (np.array(topology["transform"][name]) for name in ("scale", "translate"))
    arcs = [np.cumsum(arc, axis=0) * scale + shift for arc in topology["arcs"]]

    def ring(numbers: Iterable[int]) -> Points:
        parts = [arcs[n] if n >= 0 else arcs[~n][::-1] for n in numbers]
        return np.concatenate([parts[0], *(part[1:] for part in parts[1:])])

    return {
        area["id"]: "".join(_ring(ring(numbers)) for polygon in area["arcs"] for numbers in polygon)
        for area in topology["objects"]["countries"]["geometries"]
    }


def _ring(points: Points) -> str:
    """Return a closed line; where it crosses the antimeridian, once for each side of the map."""
    lon, lat = np.unwrap(points[:, 0], period=360), points[:, 1]
    if lat.max() < SOUTH:
        return ""
    turns = [0, *([-360] if lon.max() > 180 else []), *([360] if lon.min() < -180 else [])]
    return "".join(path_of(project(_cut(lon + turn, lat)), "z") for turn in turns)


def _cut(lon: npt.NDArray[np.float64], lat: npt.NDArray[np.float64]) -> Points:
    """Return a closed line; what runs beyond the edge of the map runs along it instead."""
    beyond = np.abs(lon) > 180
    between = beyond & np.roll(beyond, 1) & np.roll(beyond, -1)
    return np.column_stack([np.clip(lon, -180, 180), lat])[~between]


def project(points: Points) -> npt.NDArray[np.int_]:
    """Return points of the drawing: Natural Earth, the projection of every map here."""
    lon, lat = np.radians(points).T
    b, d = lat**2, lat**4
    x = lon * (0.8707 - 0.131979 * b + d * (-0.013791 + d * (0.003971 * b - 0.001529 * d)))
    y = lat * (1.007226 + b * (0.015085 + d * (-0.044475 + 0.028874 * b - 0.005916 * d)))
    drawn: Points = np.column_stack([WIDTH / 2 + SCALE * x, -SCALE * y])
    return np.rint(drawn).astype(int)


def extent() -> tuple[int, int]:
    """Return the upper edge of the drawing, and its height."""
    (_, top), (_, bottom) = project(np.array([[0, NORTH], [0, SOUTH]])).tolist()
    return top, bottom - top


def path_of(points: npt.NDArray[np.int_], end: str = "") -> str:
    """Return a line as steps on the grid of the drawing, points that fall together left out."""
    steps = np.diff(points, axis=0)
    steps = steps[steps.any(axis=1)]
    if len(steps) < (2 if end else 1):
        return ""
    written = " ".join(f"{x} {y}" for x, y in steps.tolist()).replace(" -", "-")
    return f"M{points[0, 0]} {points[0, 1]}l{written}{end}"
