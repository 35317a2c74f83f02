"""Made-up lists of a depositary, and the table of acts that comes of them, in plain words."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from adoption.ingest.lists import PublishedList, codes_of
from adoption.ingest.readers.untc import ListedAct, ListedTreaty, Statement
from adoption.tables.exceptions import Violation
from adoption.tables.names import Participants
from tests.conftest import MADE_UP_STATES, raw_table

if TYPE_CHECKING:
    Header = int | date | str | dict[str, date] | tuple[Statement, ...] | None

PLACE = "data/raw/untc-atlantis/x.xml"


def participants() -> Participants:
    """Return the made-up states, each called by its code, and some who are none."""
    codes = dict.fromkeys(MADE_UP_STATES)
    spelled = {code: code for code in codes} | {"Mu": "BBB", "Bank": "", "Reef": "XRF"}
    names = {code: code for code in codes}
    return Participants(spelled, names, frozenset({"XRF"}), raw_table("iso3,name"), {})


def act(text: str) -> ListedAct:
    """Return an act such as `AAA accession 2001-02-01`, in square brackets if it stands in them."""
    superseded = text.startswith("[")
    who, _, rest = text.strip("[]").partition(" ")
    name, _, day = rest.rpartition(" ")
    return ListedAct(who, name, date.fromisoformat(day), superseded)


def treaty(*acts: str, **header: Header) -> ListedTreaty:
    """Return what a list says; its header prints no totals unless they are given."""
    fields: dict[str, object] = {
        "title": "Convention on the Sea Bed of Atlantis",
        "signatories": None,
        "parties": None,
        "statements": (),
    }
    return ListedTreaty(acts=tuple(map(act, acts)), **(fields | header))  # type: ignore[arg-type]


def published(day: str, *acts: str, until: str = "", **header: Header) -> PublishedList:
    """Return a list of acts on the made-up convention, of a day and unchanged until another."""
    found = treaty(*acts, **header)
    return PublishedList(
        source="untc-atlantis",
        convention="atlantis",
        day=date.fromisoformat(day),
        complete_to=date.fromisoformat(until or day),
        place=PLACE,
        treaty=found,
        codes=codes_of(found, PLACE, participants()),
    )


def act_lines(acts: pd.DataFrame) -> list[str]:
    """Return acts as `AAA accession 2001-02-01 confirmed us`; a window has two days."""
    lines = []
    for row in acts.sort_values(["iso3", "earliest", "act"]).to_dict("records"):
        days = [f"{row[end]:%Y-%m-%d}" for end in ("earliest", "latest")]
        when = days[0] if row["date"] == row["earliest"] else "..".join(days)
        lines.append(f"{row['iso3']} {row['act']} {when} {row['grade']} {row['source']}")
    return lines


def lines_of(violations: Iterable[Violation]) -> list[str]:
    """Return violations in one line each, without the convention's name."""
    found = list(violations)
    assert {violation.place for violation in found} <= {f"{PLACE}: "}
    assert all(violation.subject.startswith("atlantis ") for violation in found)
    return [f"{v.rule}: {v.subject.removeprefix('atlantis ')}: {v.finding}" for v in found]


def put_snapshot(source: Path, stamp: str, file: str, content: bytes, **sidecar: str) -> Path:
    """Make a snapshot of a source with its sidecar; return the file."""
    folder = source / stamp
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / file
    path.write_bytes(content)
    described = {
        "publisher": "P",
        "title": "T",
        "address": "A",
        "licence": "L",
        "accessed": stamp[:10],
        "shows": "S",
        "complete_to": stamp[:10],
        "changes": "C",
        "sha256": hashlib.sha256(content).hexdigest(),
        "bytes": len(content),
    }
    path.with_name(f"{file}.meta.json").write_text(json.dumps(described | sidecar), "utf-8")
    return path
