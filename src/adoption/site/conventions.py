"""The index of the conventions: one table with a row each, and curves on one scale."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from math import ceil
from typing import Any

import pandas as pd

from adoption.core.days import on_or_before
from adoption.core.text import DAYS_A_YEAR, NOT_KNOWN, short_day, when_short
from adoption.law.curves import counts_by_day
from adoption.law.evidence import not_in_force_on
from adoption.law.held import find_treaty
from adoption.law.status import Status, load_status
from adoption.law.treaties import Treaty
from adoption.press.html import text
from adoption.show.status import count_figure
from adoption.site.links import LISTS_ACTS
from adoption.site.lists import Entry, IndexSection, Part

FORECASTS = "12_entry_into_force"
WIDTH, HEIGHT = 150, 30  # pixels of a curve
GROUPS = ("first", "alike", "compared")  # of the index, and their messages
ROUND = 50  # to which the scale of the counts is rounded up


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
    sure, beyond : str
        Paths of its curve: while its list is complete, and after that.
    threshold : float or None
        How high the line of what is needed is; None where it is not known.
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
    sure: str
    beyond: str
    threshold: float | None


def lists_conventions(section: IndexSection) -> bool:
    """Return whether each part of a section is a convention with its pages."""
    return section.by_subject and all(_convention_of(part) for part in section.parts)


def index_of(section: IndexSection, about: Treaty, day: date) -> dict[str, Any]:
    """Return what the page of the conventions shows: rows by group, and the scale of the curves.

    The one that the report is about stands alone; others on its subject follow.
    """
    treaties = [find_treaty(_convention_of(part)) for part in section.parts]
    statuses = [load_status(treaty, day) for treaty in treaties]
    curves = [_curve(status) for status in statuses]
    years = ceil(max(curve["years"].iloc[-1] for curve in curves))
    most = ceil(max(curve["lower"].max() for curve in curves) / ROUND) * ROUND
    heads = {name: str(text(f"conventions_{name}", subject=about.topic)) for name in GROUPS}
    groups: dict[str, list[Row]] = {head: [] for head in heads.values()}
    for treaty, part, status, curve in zip(treaties, section.parts, statuses, curves, strict=True):
        row = _row(part, status, curve, WIDTH / years, HEIGHT / most)
        groups[heads[_group(treaty, about)]].append(row)
    scale = {"years": years, "most": most, "width": WIDTH, "height": HEIGHT}
    return {"groups": {name: rows for name, rows in groups.items() if rows}, "scale": scale}


def _convention_of(part: Part) -> str:
    return str(part.items[0].entry.parameters.get("convention", ""))


def _group(treaty: Treaty, about: Treaty) -> str:
    if treaty.convention == about.convention:
        return "first"
    is_alike = about.topic is not None and treaty.topic == about.topic
    return "alike" if is_alike else "compared"


def _curve(status: Status) -> pd.DataFrame:
    """Return how many were bound by each day: years since the opening, lower, complete (bool)."""
    curve = counts_by_day(status.history, None, "parties", status.as_of, by_dated=True)
    until = status.convention.complete_until("parties") or status.convention.opening.latest
    years = curve["age"].clip(lower=0) / DAYS_A_YEAR
    return curve.assign(years=years, complete=on_or_before(curve["day"], until))


def _row(part: Part, status: Status, curve: pd.DataFrame, a_year: float, unit: float) -> Row:
    """Return a convention, with its curve in pixels: those of a year and of one participant."""
    treaty, entries = status.convention, [item.entry for item in part.items]
    pages = sorted(entries, key=lambda entry: entry.notebook != LISTS_ACTS)
    forecasts = [entry for entry in entries if entry.notebook == FORECASTS and entry.answer]
    is_open = status.entry_into_force is None and not treaty.entered_into_force
    beyond = curve[~curve["complete"] | ~curve["complete"].shift(-1, fill_value=True)]
    signed = count_figure(status.signatories) if status.signatories_known else NOT_KNOWN
    other_pages = tuple((entry.kicker, f"{entry.slug}.html") for entry in pages[1:])
    line = treaty.threshold and round(HEIGHT - treaty.threshold * unit, 1)
    forecast = forecasts[0] if forecasts and is_open else None
    sure = _path(curve[curve["complete"]], a_year, unit)
    # One record: a line of the table, a field a column.
    return Row(
        title=part.title,
        page=f"{pages[0].slug}.html",
        opened=short_day(treaty.opening.latest),
        signed=signed,
        bound=count_figure(status.parties, with_reports=True),
        needed=str(treaty.threshold or NOT_KNOWN),
        force=_force(status),
        forecast=forecast,
        others=other_pages,
        sure=sure,
        beyond=_path(beyond, a_year, unit),
        threshold=line,
    )


def _force(status: Status) -> str:
    """Say since when a convention is in force, or on which day a source says that it was not."""
    if (force := status.entry_into_force) is not None:
        return when_short(force.earliest, force.latest)
    if (published := status.convention.entered_into_force) and published <= status.as_of:
        return short_day(published)
    seen = not_in_force_on(status)
    return text("not_in_force_on", day=short_day(seen)) if seen else NOT_KNOWN


def _path(curve: pd.DataFrame, a_year: float, unit: float) -> str:
    """Return a curve of steps as a path."""
    points = [
        (round(years * a_year, 1), round(HEIGHT - lower * unit, 1))
        for years, lower in zip(curve["years"], curve["lower"], strict=True)
    ]
    if not points:
        return ""
    return "M{:g} {:g}".format(*points[0]) + "".join(f"H{x:g}V{y:g}" for x, y in points[1:])
