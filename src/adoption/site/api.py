"""The data for programs: JSON files at fixed addresses, which need no server."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from adoption import tables
from adoption.core.reading import remembered
from adoption.law.status import load_status
from adoption.show.status_json import status_json
from adoption.site.lists import Entry, pages_by
from adoption.tables.rows import records

API = "api/v1"
OF_A_STATE = ("acts", "memberships", "votes", "capacity", "regimes")
Row = dict[Any, Any]


def prepare_api() -> None:
    """Make the rows of the larger tables, which every site shows, whatever its pages."""
    _acts_by_convention()
    for name in OF_A_STATE:
        _rows_by_state(name)


def write_api(folder: Path, entries: Sequence[Entry]) -> None:
    """Write the conventions, the status and acts of each, and what is known of each state.

    What is not known is null; days are ISO 8601; each row has its source, and an act its grade.
    """
    day = tables.data_day()
    as_of = {"as_of": str(day)}
    conventions = tables.read("conventions")
    acts = _acts_by_convention()
    _write_json(folder / "conventions.json", as_of | {"conventions": _rows(conventions)})
    wanted = {
        entry.parameters["convention"] for entry in entries if "convention" in entry.parameters
    }
    for name in sorted(wanted & set(conventions["convention"])):
        status = load_status(name, day)
        participants = status.participants[
            [
                "iso3",
                "name",
                "kind",
                "status",
                "grade",
                "act",
                "date",
                "earliest",
                "latest",
                "source",
            ]
        ]
        reported = participants["status"].where(  # a report is no status by itself
            participants["grade"] != "reported", participants["status"] + ", reported"
        )
        participants = participants.assign(status=reported)
        record = status_json(status) | {"participants": _rows(participants)}
        _write_json(folder / name / "status.json", record)
        _write_json(folder / name / "acts.json", as_of | {"acts": acts.get(name, [])})
    states = {row["iso3"]: row for row in _rows(tables.read("states"))}
    parts = {name: _rows_by_state(name) for name in OF_A_STATE}
    for iso3, page in sorted(pages_by(entries, "country").items()):
        state = as_of | {"page": page, "state": states[iso3]}
        record = {name: rows.get(iso3, []) for name, rows in parts.items()}
        _write_json(folder / "states" / f"{iso3}.json", state | record)


@remembered
def _acts_by_convention() -> dict[str, list[Row]]:
    return _by("convention", _rows(tables.read("acts")))


@remembered
def _rows_by_state(table: str) -> dict[str, list[Row]]:
    """Return the rows of a table by state, which they do not name."""
    by_state = _by("iso3", _rows(tables.read(table)))
    for rows in by_state.values():
        for row in rows:
            del row["iso3"]
    return by_state


def _by(column: str, rows: Sequence[Row]) -> dict[str, list[Row]]:
    groups = dict[str, list[Row]]()
    for row in rows:
        groups.setdefault(row[column], []).append(row)
    return groups


def _rows(frame: pd.DataFrame) -> list[Row]:
    """Return rows as plain values: days as text, what is missing as None."""
    days = {str(c): frame[c].dt.strftime("%Y-%m-%d") for c in frame.select_dtypes("datetime")}
    plain_frame = frame.assign(**days).astype(object)
    return records(plain_frame.where(plain_frame.notna(), None))


def _write_json(path: Path, value: object) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=str)
    path.write_text(text + "\n", encoding="utf-8")
