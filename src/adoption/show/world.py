"""The world as SVG: one path a state, readable without a script, a network or a style sheet."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from adoption import tables
from adoption.core.acts import ACT_KINDS, OTHER_ACTS
from adoption.core.text import (
    counted,
    listed,
    lower_bound,
    numeral,
    short_day,
    slug,
)
from adoption.figures.worldmap import DISCLAIMER, NEUTRAL, WorldMap, label_points
from adoption.law.curves import COUNT_KINDS, Measure, counts_by_day
from adoption.law.panel import (
    NO_ACT,
    NOT_KNOWN,
    NOT_YET,
    POSSIBLY_WITHDRAWN,
    SIGNED,
    UNABLE,
    WITHDRAWN,
    ability_changes,
    changes,
)
from adoption.press.geometry import project
from adoption.show.answers import rows_of
from adoption.show.classes import RINGED, STATUS_COLOURS, STRIPED, status_class, status_classes
from adoption.show.drawings import Drawing
from adoption.show.maps import STATUS_MARKS, marked_acts
from adoption.show.status import participants_sentence, status_title
from adoption.show.table import participant_lines, when

if TYPE_CHECKING:
    from adoption.law.status import Row, Status


NOUNS_OF_KINDS = {"member": "member", "organization": "organisation"}  # any other is a state


# Degrees, and letters of a line: around each three lines have open sea, and one above the Arctic.
OPEN_SEA = (
    (-150, 42, 21),
    (-128, 6, 21),
    (-112, -38, 21),
    (-42, 19, 21),
    (-13, -16, 21),
    (-18, -40, 21),
    (72, -36, 21),
    (82, -13, 21),
    (152, 24, 21),
    (170, 42, 21),
    (48, 87, 60),
)
WHOLE = 40  # letters of a line: in a longer one stands all that is said
MOST_NAMED = 8  # states on a map: more would hide it
LETTER, LINE = 7.2, 17  # units of the drawing: the width of a letter, the height of a line
LEADER_GAP = 8  # units from a mark to the line that leads to its name


def world_map(
    status: Status,
    states: pd.DataFrame,
    *,
    days: bool = False,
    title: str = "",
    subtitle: str = "",
) -> Drawing:
    """Draw who has signed and who has consented to be bound as a picture, with its legend in words.

    States of which more is reported than is confirmed are named where they are few.

    Parameters
    ----------
    status : Status
        The convention on a day.
    states : DataFrame
        The table `states`, for the points on the map.
    days : bool
        Whether the picture has a control of the day, which works where a page has the script
        for it.
    title, subtitle : str
        What stands above it, where a page has no such words.

    Returns
    -------
    Drawing
        What is drawn of a state is a link to it: whoever publishes the map knows where a state has
        a page.
    """
    known = states[["iso3", "state_since", "first_act"]]
    people = status.participants.merge(known, validate="one_to_one")
    frame = people.join(label_points(), on="iso3")
    frame["class"] = status_classes(frame)
    moves = _moves(status, frame) if days else {}
    ever = {state: {name for _, name, _ in days_of} for state, days_of in moves.items()}
    drawn = frame[frame["kind"] != "organization"].copy()
    numbers = drawn["class"].value_counts()
    ever_drawn = set(numbers.index).union(*ever.values())
    opens = pd.Timestamp(status.convention.opening.latest)
    for name, first in ((NOT_YET, "state_since"), (NOT_KNOWN, "first_act")):
        if moves and (drawn[first] > opens).any():
            ever_drawn.add(name)
    drawn["mark"] = marked_acts(drawn)
    drawn["small"] = drawn["marker_lon"].notna()
    rows = drawn.to_dict("records")
    text = "; ".join(f"{name}: {counted(int(numbers[name]), 'state')}" for name in numbers.index)
    organizations = frame.loc[frame["kind"].eq("organization") & frame["class"].ne(NO_ACT), "name"]
    not_drawn = f", and not the {listed(organizations.tolist())}" if len(organizations) else ""
    subject = f"convention:{status.convention.convention}"
    names = [name for name in STATUS_COLOURS if name in ever_drawn]
    states_drawn = [_state(row, ever.get(row["iso3"], set())) for row in rows]
    keys = [_key(name, int(numbers.get(name, 0)), subject) for name in names]
    marks = [kind for kind in OTHER_ACTS if drawn["mark"].eq(kind.noun).any()]
    control = _control(status, frame, moves) if moves else None
    data = {
        "label": f"World map. {text}.",
        "subtitle": subtitle,
        "states": states_drawn,
        "callouts": callouts(rows),
        "keys": keys,
        "marks": [{"name": kind.noun, "symbol": kind.mark} for kind in marks],
        "neutral": NEUTRAL,
        "people": participants_sentence(status),
        "source": f"{_striped(names)}The map shows states{not_drawn}. {DISCLAIMER}",
        "control": control,
    }
    words = status_title(status)
    return Drawing("world", data, words=words, heading=title, is_figure=True)


def with_days(figure: WorldMap, status: Status) -> WorldMap:
    """Give the map of a status the control of the day on a report page, and return it.

    A map of other states or in other colours than `STATUS_COLOURS` is shown as it is.
    """
    states = tables.read("states")
    people = status.participants
    every_state = set(people.loc[people["kind"] != "organization", "iso3"])
    areas = [trace for trace in figure.data if trace.type == "choropleth"]
    colours = {trace.name: trace.colorscale[0][1] for trace in areas}
    is_usual = colours.items() <= STATUS_COLOURS.items()
    if not is_usual or figure.rows is None or set(figure.rows["iso3"]) != every_state:
        return figure
    return figure.drawn_by(lambda: world_map(status, states, days=True))


def _striped(names: Sequence[str]) -> str:
    """Say what stripes mean, on a map that has some on any of its days."""
    return "Striped: reported, not confirmed. " if STRIPED & set(names) else ""


def callouts(rows: Sequence[Row]) -> list[dict[str, Any]]:
    """Return the names of states with a report or an approval at home, and where they stand.

    Each gets a place in the open sea, so that the lines to them are as short together as can be:
    then no two of them cross. No state is named where there are too many.

    Parameters
    ----------
    rows : sequence of mapping
        States as `world_map` has them: name, class, mark, small, and their points in degrees.

    Returns
    -------
    list of dict
        x and y of the first words' middle; name and told (lines), and whether they are one; line (x
        and y of its two ends); box (left, top, width and height), in which the words stand.
    """
    from scipy.optimize import linear_sum_assignment  # slow to import

    named = [row for row in rows if row["class"] in RINGED or row["mark"]]
    if not named or len(named) > MOST_NAMED:
        return []
    marks = np.array([_point(row) for row in named])
    places = project(np.array(OPEN_SEA, dtype=float)[:, :2])
    distances = np.linalg.norm(marks[:, None] - places[None], axis=2)
    chosen = linear_sum_assignment(distances)[1]
    return [
        _callout(row, mark, places[number], OPEN_SEA[number][2])
        for row, mark, number in zip(named, marks, chosen, strict=True)
    ]


def _callout(
    row: Row, mark: npt.NDArray[np.int_], place: npt.NDArray[np.int_], letters: int
) -> dict[str, Any]:
    """Return words around a place, with the line from a mark to their nearest edge."""
    label_text = row["mark"] or f"{row['class']}, {when(row)}"
    name, text_lines = (textwrap.wrap(words, letters) for words in (row["name"], label_text))
    is_line = letters > WHOLE
    lines = [" ".join([*name, *text_lines])] if is_line else [*name, *text_lines]
    half = np.array([max(map(len, lines)) * LETTER, len(lines) * LINE]) / 2
    end = np.clip(mark, place - half, place + half)
    way = end - mark
    start = mark + way * min(1.0, LEADER_GAP / max(float(np.linalg.norm(way)), 1.0))
    ends = [*start.round().astype(int).tolist(), *end.round().astype(int).tolist()]
    top = int(place[1] - half[1] + LINE * 0.75)
    box = [*(place - half).astype(int).tolist(), *(2 * half).astype(int).tolist()]
    return {
        "x": int(place[0]),
        "y": top,
        "name": name,
        "told": text_lines,
        "is_line": is_line,
        "line": ends,
        "box": box,
    }


def _point(row: Row) -> list[int]:
    """Return where the mark of a state is: of a large one where its label stands."""
    kind = "marker" if row["small"] else "label"
    (point,) = project(np.array([[row[f"{kind}_lon"], row[f"{kind}_lat"]]])).tolist()
    return list(point)


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
    kinds = status.participants.set_index("iso3")["kind"].map(NOUNS_OF_KINDS).fillna("state")
    deciding = {}
    for iso3, changed in class_changes(status).items():
        last = changed[-1][1]
        deciding[iso3] = next(act for _, name, act in changed if name == last), slug(last)
    marks = []
    for iso3, act, latest in zip(acts["iso3"], acts["act"], acts["latest"], strict=True):
        mark = {"kind": str(kinds.get(iso3, "organisation")), "latest": f"{latest:%Y-%m-%d}"}
        if iso3 in deciding and deciding[iso3][0] == act:
            mark["status"] = deciding.pop(iso3)[1]  # once a state: a second accession decides none
        family = ACT_KINDS[act].family
        if family in ("signature", "consent") and family != act:
            mark["act"] = family
        marks.append(mark)
    return marks


def _moves(status: Status, frame: pd.DataFrame) -> dict[str, list[tuple[str, str, str]]]:
    """Return `class_changes`, and before them since when a state could, or could not, join."""
    people = frame.set_index("iso3")[["state_since", "first_act"]]
    moves: dict[str, list[tuple[str, str, str]]] = {}
    for iso3, day, name in ability_changes(status.history, people, status.as_of):
        moves.setdefault(iso3, []).append((f"{day:%Y-%m-%d}", name, ""))
    for iso3, changed in class_changes(status).items():
        moves.setdefault(iso3, []).extend(changed)
    return moves


def _control(
    status: Status, frame: pd.DataFrame, moves: Mapping[str, list[tuple[str, str, str]]]
) -> dict[str, Any]:
    """Return the ends of the control of the day, and what each participant was when."""
    names = dict(zip(frame["iso3"], frame["name"], strict=True))
    values = {
        state: [names[state], [[day, slug(name), act] for day, name, act in moves[state]]]
        for state in sorted(moves.keys() & names)
    }
    first = min([f"{status.convention.opens}", *(changed[0][0] for changed in moves.values())])
    since, first_day = {}, pd.Timestamp(first)
    for name, column in ((NOT_YET, "state_since"), (NOT_KNOWN, "first_act")):
        for iso3, day in frame.set_index("iso3")[column].items():
            if day > first_day:
                since[iso3] = [f"{day:%Y-%m-%d}", slug(name)]
    data = {
        "states": values,
        "since": since,
        "counts": counts_in_words(status),
        "treaty": status.convention.short_title,  # of a day in the title of its picture
    }
    return {"first": first, "last": str(status.as_of), "known": data}


def counts_in_words(status: Status) -> list[tuple[str, str]]:
    """Return how many had signed and consented from each day on which that changed, in words."""
    convention, history = status.convention, status.history
    measures: dict[str, Measure] = {"signed": "signatories", "consented to be bound": "parties"}
    if not convention.signatories_listed:
        del measures["signed"]
    counts = {
        what: counts_by_day(history, None, measure, status.as_of).set_index("day")[[*COUNT_KINDS]]
        for what, measure in measures.items()
    }
    after = pd.Timestamp(convention.complete_to or convention.opening.latest) + pd.Timedelta(days=1)
    by_day = pd.concat(counts, axis=1, sort=True)
    by_day = by_day.reindex(by_day.index.union([after])).ffill().fillna(0).astype(int)
    texts: dict[str, str] = {}
    for day, numbers in zip(by_day.index, by_day.to_dict("records"), strict=True):
        words = []
        for what, measure in measures.items():
            lower, with_reports, upper = (numbers[what, name] for name in COUNT_KINDS)
            exact = with_reports == upper and convention.is_complete(measure, day.date())
            number = lower_bound(numeral(lower), exact) if lower else "none"
            reported = with_reports - lower
            by_report = f", {numeral(reported)} by report" if reported else ""
            words.append(f"{number} known to have {what}{by_report}")
        if "; ".join(words) not in [*texts.values()][-1:]:
            texts[f"{day:%Y-%m-%d}"] = "; ".join(words)
    return [*texts.items()]


def acts_in_line(row: Row) -> str:
    """Return what is known of a state in one line: its acts, their days and grade."""
    texts, signed = participant_lines(row), row["signed_on"]
    acted_since = isinstance(row["act"], str) and row["status"] != SIGNED
    if acted_since and isinstance(signed, pd.Timestamp):
        texts.insert(0, f"signed {short_day(signed)}")
    return "; ".join(texts)


def _state(row: Row, ever: set[str]) -> dict[str, Any]:
    """Return a state: where its marks are, and which it has now (shown) or ever (hidden)."""
    name = row["class"]
    x, y = _point(row)
    circle = cross = ""
    if row["small"] or POSSIBLY_WITHDRAWN in ever | {name}:
        circle = "shown" if row["small"] or name == POSSIBLY_WITHDRAWN else "hidden"
    if WITHDRAWN in ever | {name}:
        cross = "shown" if name == WITHDRAWN else "hidden"
    return {
        "iso3": row["iso3"],
        "class": name,
        "title": f"{row['name']}: {acts_in_line(row)}",
        "x": x,
        "y": y,
        "small": bool(row["small"]),
        "circle": circle,
        "cross": cross,
        "mark": STATUS_MARKS.get(row["mark"], ""),
    }


def _key(name: str, number: int, about: str) -> dict[str, Any]:
    """Return a class of the legend with its number, and its rows: of some no row is listed."""
    listed_rows = name not in (NO_ACT, *UNABLE)
    rows = rows_of(about, status=[name], kind=["member", "state"]) if listed_rows else ""
    return {"name": name, "number": number, "rows": f"rows:{rows}" if rows else ""}
