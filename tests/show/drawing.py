"""Shared by the tests of figures: real tables and statuses, and how to look into a figure."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import date
from functools import cache
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from adoption import tables
from adoption.law.status import Status, load_status

META = {"title", "subtitle", "source", "alternative", "height"}
NOT_WORDS = re.compile(
    r"\b(nan|NaN|NaT|Timestamp)\b|\bNone\b(?! of )|<NA>|\d{4}-\d{2}-\d{2} \d{2}:"
)


@cache
def read(name: str) -> pd.DataFrame:
    """Return a processed table; not to be changed."""
    return tables.read(name)


@cache
def status(name: str, day: str = "2026-11-24") -> Status:
    return load_status(name, date.fromisoformat(day))


def same_twice(draw: Callable[[], go.Figure], *, least: int, most: int) -> dict[str, Any]:
    """Draw twice; return the figure's JSON, checked to be equal, of a size, and finished."""
    first, second = draw().to_json(), draw().to_json()
    assert first == second
    assert least < len(first) < most
    figure: dict[str, Any] = json.loads(first)
    meta = figure["layout"]["meta"]
    assert set(meta) == META
    assert all(str(value).strip() for value in meta.values())
    assert not NOT_WORDS.search(" ".join(words(figure)))
    return figure


def words(figure: dict[str, Any]) -> list[str]:
    """Return all text of a figure that a person can come to read."""
    found = [str(value) for value in figure["layout"]["meta"].values()]
    found += [str(note["text"]) for note in figure["layout"].get("annotations", [])]
    for trace in figure["data"]:
        text = trace.get("text") or []
        found += [str(trace.get("name", "")), *([text] if isinstance(text, str) else text)]
    return found


def notes(figure: dict[str, Any], name: str) -> list[dict[str, Any]]:
    return [note for note in figure["layout"]["annotations"] if note.get("name") == name]
