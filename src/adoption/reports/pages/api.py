"""The report's data as JSON files at fixed addresses, for programs: no server answers them."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from adoption import tables
from adoption.law.status import load_status
from adoption.reports.pages.listing import Entry
from adoption.terminal import plain

API = "api/v1"
OF_A_STATE = ("acts", "memberships", "votes", "capacity", "regimes")


def write_api(folder: Path, entries: Sequence[Entry]) -> None:
    """Write the conventions, the status and acts of each, and what is known of each state.

    What is not known is null; days are ISO 8601; each row has its source, and an act its grade.
    """
    day = tables.data_day()
    conventions = tables.read("conventions")
    _write(folder / "conventions.json", {"as_of": str(day), "conventions": _rows(conventions)})
    acts = tables.read("acts")
    wanted = {
        entry.parameters["convention"] for entry in entries if "convention" in entry.parameters
    }
    for name in sorted(wanted & set(conventions["convention"])):
        status = load_status(name, day)
        participants = status.participants[["iso3", "name", "kind", "status", "grade", "act",
                                            "date", "earliest", "latest", "source"]]  # fmt: skip
        _write(folder / name / "status.json", plain(status) | {"participants": _rows(participants)})
        own = acts[acts["convention"] == name]
        _write(folder / name / "acts.json", {"as_of": str(day), "acts": _rows(own)})
    states = tables.read("states").set_index("iso3", drop=False)
    parts = {name: dict(iter(tables.read(name).groupby("iso3"))) for name in OF_A_STATE}
    pages = {
        e.parameters["country"]: e.slug for e in reversed(entries) if "country" in e.parameters
    }
    for iso3, slug in sorted(pages.items()):
        state: dict[str, Any] = {"as_of": str(day), "page": f"{slug}.html"}
        state["state"] = _rows(states.loc[[iso3]])[0]
        for name, rows in parts.items():
            state[name] = _rows(rows[iso3].drop(columns="iso3")) if iso3 in rows else []
        _write(folder / "states" / f"{iso3}.json", state)


def _rows(frame: pd.DataFrame) -> list[Mapping[Any, Any]]:
    """Return rows as plain values: days as text, what is missing as None."""
    days = {str(c): frame[c].dt.strftime("%Y-%m-%d") for c in frame.select_dtypes("datetime")}
    plain_frame = frame.assign(**days).astype(object)
    return list(plain_frame.where(plain_frame.notna(), None).to_dict("records"))


def _write(path: Path, value: object) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=str)
    path.write_text(text + "\n", encoding="utf-8")
