"""Columns that many tables have: the mark of a status, the day of an act, and its sources."""

from __future__ import annotations

import pandas as pd

from adoption import tables
from adoption.figures.tables import Badge, Cells
from adoption.figures.theme import status_classes
from adoption.views.sources import source_links, when


def badges(frame: pd.DataFrame) -> list[Badge]:
    """Return the mark of each row's status and grade."""
    return [Badge(name) for name in status_classes(frame)]


def days(frame: pd.DataFrame) -> list[str]:
    """Return the day or window of each row's act; no text where none is known."""
    return [when(row) if pd.notna(row["act"]) else "" for row in frame.to_dict("records")]


def links(frame: pd.DataFrame) -> list[Cells]:
    """Return the sources of each row, with the addresses that are known."""
    return [*map(source_links(tables.read("sources")), frame["source"])]
