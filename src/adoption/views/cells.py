"""Columns that many tables have: the mark of a status, and the day of an act."""

from __future__ import annotations

import pandas as pd

from adoption.figures.tables import Badge
from adoption.figures.theme import status_classes
from adoption.law.deciding import NO_ACT
from adoption.views.sources import when


def badges(frame: pd.DataFrame) -> list[Badge]:
    """Return the mark of each row's status and grade."""
    return [Badge(name) for name in status_classes(frame)]


def days(frame: pd.DataFrame) -> list[str]:
    """Return the day or window of each row's act; no text where none is known."""
    return [when(row) if row["status"] != NO_ACT else "" for row in frame.to_dict("records")]
