"""The index of the conventions: one table with a row each, and curves on one scale."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from math import ceil
from typing import Any

import pandas as pd

from adoption.core.days import on_or_before
from adoption.core.text import NOT_KNOWN, capitalised, numeral, short_day, when_by
from adoption.figures.shapes import spread
from adoption.law.curves import Measure, counts_by_day
from adoption.law.evidence import last_not_in_force
from adoption.law.held import find_treaty
from adoption.law.status import Status, load_status
from adoption.law.treaties import Treaty
from adoption.press.html import text
from adoption.show.status import count_figure, not_in_force_words
from adoption.site.links import LISTS_ACTS
from adoption.site.lists import Entry, IndexSection, Part

FORECASTS = "12_entry_into_force"
WIDTH, HEIGHT = 170, 44  # pixels of the curves of a convention
LINE = 14  # pixels from the words of a curve to those of the next
GROUPS = ("first", "alike", "compared")  # of the index, and their messages
ROUND = 50  # to which the scale of the counts is rounded up


@dataclass(frozen=True)
class Curve:
    """How many had signed, or are bound, from the opening to the day.

    Attributes
    ----------
    kind : str
        signed or bound, as the style sheet has them.
    sure, beyond : str
        Paths: while its list is complete, and after that.
    last : float
        How high its end is.
    """

    kind: str
    sure: str
    beyond: str
    last: float


@dataclass(frozen=True)
class Row:
    """A convention in the index.

    Attributes
    ----------
    title, page : str
        Its short title, and the address of its map, or of its first page.
    opened, signed, bound, needed, force : str
        What its columns say.
    forecast : Entry or None
        The page with the forecast, where it is not known to be in force.
    others : tuple of (str, str)
        Its other pages: the words of each link and its address.
    curves : tuple of Curve
        Who signed, where a source names them, and who is bound.
    threshold : float or None
        How high the line of what is needed is; None where it is not known.
    words : tuple of (float, str, str)
        What is said beside the curves: its height, its kind and its words. One row has some, which
        are the key of all.
    """

    title: str
    page: str
    opened: str
    signed: str
    bound: str
    needed: str
    force: str
    forecast: Entry | None
    others: tuple[tuple[str, str], ...]
    curves: tuple[Curve, ...]
    threshold: float | None
    words: tuple[tuple[float, str, str], ...] = ()


def lists_conventions(section: IndexSection) -> bool:
    """Return whether each part of a section is a convention with its pages."""
    return section.by_subject and all(_convention_of(part) for part in section.parts)


def index_of(section: IndexSection, about: Treaty, day: date) -> dict[str, Any]:
    """Return what the page of the conventions shows: rows by group, and the scale of the curves.

    The one that the report is about stands alone; others on its subject follow.
    """
    treaties = [find_treaty(_convention_of(part)) for part in section.parts]
    statuses = [load_status(treaty, day) for treaty in treaties]
    counts = [_counts(status) for status in statuses]
    highest = max(curve["lower"].max() for curves in counts for curve in curves.values())
    most = ceil(highest / ROUND) * ROUND
    heads = {name: str(text(f"conventions_{name}", subject=about.topic)) for name in GROUPS}
    groups: dict[str, list[Row]] = {head: [] for head in heads.values()}
    for treaty, part, status, curves in zip(treaties, section.parts, statuses, counts, strict=True):
        row = _row(part, status, curves, HEIGHT / most)
        groups[heads[_group(treaty, about)]].append(row)
    rows_by_group = {name: rows for name, rows in groups.items() if rows}
    first, *following = next(iter(rows_by_group.values()))
    rows_by_group[next(iter(rows_by_group))] = [_with_words(first), *following]
    number, everything = numeral(sum(map(_is_in_force, statuses))), numeral(len(statuses))
    finding = text("conventions_finding", number=capitalised(number), all=everything)
    scale = {"most": most, "width": WIDTH, "height": HEIGHT}
    return {"groups": rows_by_group, "scale": scale, "finding": finding}


def _convention_of(part: Part) -> str:
    return str(part.items[0].entry.parameters.get("convention", ""))


def _group(treaty: Treaty, about: Treaty) -> str:
    if treaty.convention == about.convention:
        return "first"
    is_alike = about.topic is not None and treaty.topic == about.topic
    return "alike" if is_alike else "compared"


def _counts(status: Status) -> dict[str, pd.DataFrame]:
    """Return how many had signed and were bound by each day: age, lower, complete (bool)."""
    measures: dict[str, Measure] = {"signed": "signatories", "bound": "parties"}
    counts = {}
    for kind, measure in measures.items():
        if measure == "signatories" and not status.convention.signatories_listed:
            continue
        curve = counts_by_day(status.history, None, measure, status.as_of, by_dated=True)
        until = status.convention.complete_until(measure) or status.convention.opening.latest
        if status.convention.is_complete(measure, status.as_of):
            until = status.as_of
        counts[kind] = curve.assign(complete=on_or_before(curve["day"], until))
    return counts


def _row(part: Part, status: Status, counts: dict[str, pd.DataFrame], unit: float) -> Row:
    """Return a convention, with its curves in pixels: `unit` is those of one participant."""
    treaty, entries = status.convention, [item.entry for item in part.items]
    pages = sorted(entries, key=lambda entry: entry.notebook != LISTS_ACTS)
    forecasts = [entry for entry in entries if entry.notebook == FORECASTS and entry.answer]
    is_open = status.entry_into_force is None and not treaty.entered_into_force
    signed = count_figure(status.signatories) if status.signatories_known else NOT_KNOWN
    other_pages = tuple((entry.kicker, f"{entry.slug}.html") for entry in pages[1:])
    line = treaty.threshold and round(HEIGHT - treaty.threshold * unit, 1)
    forecast = forecasts[0] if forecasts and is_open else None
    curves = tuple(_curve(kind, curve, unit) for kind, curve in counts.items())
    bound = count_figure(status.parties, with_reports=True)
    needed = str(treaty.threshold or NOT_KNOWN)
    return Row(
        title=part.title,
        page=f"{pages[0].slug}.html",
        opened=short_day(treaty.opening.latest),
        signed=signed,
        bound=bound,
        needed=needed,
        force=_force(status),
        forecast=forecast,
        others=other_pages,
        curves=curves,
        threshold=line,
    )


def _with_words(row: Row) -> Row:
    """Return a row that says beside its curves what they are, which is the key of all."""
    values = {"signed": row.signed, "bound": row.bound.split(", ")[0]}
    words = {kind: f"{number} {kind}" for kind, number in values.items()}
    said = [(curve.last, curve.kind, words[curve.kind]) for curve in row.curves]
    if row.threshold is not None:
        said.append((row.threshold, "needed", f"{row.needed} needed"))
    said.sort()
    heights = spread([height for height, _, _ in said], LINE)
    placed = zip(heights, said, strict=True)
    return replace(row, words=tuple((height, kind, phrase) for height, (_, kind, phrase) in placed))


def _is_in_force(status: Status) -> bool:
    published = status.convention.entered_into_force
    return bool(status.in_force) or (published is not None and published <= status.as_of)


def _force(status: Status) -> str:
    """Say since when a convention is in force, or on which day a source says that it was not."""
    if (force := status.entry_into_force) is not None:
        return when_by(force.earliest, force.latest)
    if (published := status.convention.entered_into_force) and published <= status.as_of:
        return short_day(published)
    seen = last_not_in_force(status)
    return not_in_force_words(seen) if seen else NOT_KNOWN


def _curve(kind: str, counts: pd.DataFrame, unit: float) -> Curve:
    """Return a curve from the opening, on the left, to the day, on the right."""
    days = max(int(counts["age"].iloc[-1]), 1)
    x = (counts["age"].clip(lower=0) * WIDTH / days).round(1)
    points = counts.assign(x=x, y=(HEIGHT - counts["lower"] * unit).round(1))
    beyond = points[~points["complete"] | ~points["complete"].shift(-1, fill_value=True)]
    sure = _path(points[points["complete"]])
    return Curve(kind, sure, _path(beyond), float(points["y"].iloc[-1]))


def _path(curve: pd.DataFrame) -> str:
    """Return steps as a path."""
    points = [*zip(curve["x"], curve["y"], strict=True)]
    if not points:
        return ""
    return "M{:g} {:g}".format(*points[0]) + "".join(f"H{x:g}V{y:g}" for x, y in points[1:])
