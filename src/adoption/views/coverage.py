"""Tables on what the processed tables cover, their licences, and what changed in them."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pandas as pd

from adoption.builds import key_columns
from adoption.changes import Changes
from adoption.figures.tables import NOT_KNOWN, Table
from adoption.words import listed, long_day, short_day

MOST_NAMES = 10  # a longer list of states tells nobody more than its length
MOST_CHANGES = 40  # lines of what changed, of each kind


def reach_view(reach: pd.DataFrame, as_of: date) -> Table:
    """Show `adoption.law.evidence.reach`."""
    rows = [
        {
            "Convention": row["label"],
            "Opened": _day(row["opens"]),
            "Complete to": _day(row["complete_to"], "no day"),
            "Nearly to": _day(row["nearly_complete_to"], "no day"),
            "Partial to": _day(row["partial_to"]),
            "Days beyond": f"{row['beyond']:,}" if pd.notna(row["beyond"]) else "all",
            "Snapshot taken": _day(row["taken"]),
            "Its age, days": row["age"],
        }
        for row in reach.to_dict("records")
    ]
    title = f"Reach of the list of acts of each convention; days beyond it by {long_day(as_of)}"
    return Table(pd.DataFrame(rows), title)


def _day(day: pd.Timestamp, otherwise: str = NOT_KNOWN) -> str:
    """Return a day that a narrow column does not break."""
    return short_day(day).replace(" ", "\N{NO-BREAK SPACE}") if pd.notna(day) else otherwise


def coverage_view(covered: pd.DataFrame) -> Table:
    """Show `adoption.law.evidence.covered`."""
    rows = [
        {
            "Table": f"{row['table']}, {row['part']}" if row["part"] else row["table"],
            "Rows": row["rows"],
            "UN members": f"{row['members']}" if pd.notna(row["members"]) else "not by state",
            "Members without a row": _names(row["absent"], "members"),
            "Others with a row": _names(row["others"], "participants"),
        }
        for row in covered.to_dict("records")
    ]
    return Table(pd.DataFrame(rows), "Rows and members of the United Nations in each table")


def _names(names: tuple[str, ...], noun: str) -> str:
    return listed(names) if len(names) <= MOST_NAMES else f"{len(names)} {noun}"


def gaps_view(gaps: pd.DataFrame) -> Table:
    """Show `adoption.law.evidence.gaps`."""
    frame = pd.DataFrame(
        {
            "Table": gaps["table"],
            "Column": gaps["column"],
            "Missing": gaps["missing"],
            "Of rows": gaps["rows"],
        }
    )
    return Table(frame, "Values that are not known, in the columns that results rest on")


def snapshots_view(snapshots: pd.DataFrame) -> Table:
    """Show the raw files with their licence and days."""
    frame = pd.DataFrame(
        {
            "Raw file": snapshots["title"],
            "Licence": snapshots["licence"],
            "Taken": snapshots["accessed"].map(_day),
            "Unchanged to": snapshots["unchanged_until"].map(_day),
            "Shows to": snapshots["complete_to"].map(_day),
        }
    )
    return Table(frame, "Raw files and their licences")


def changes_view(changes: Changes | None, before: Path | None) -> Table:
    """Show each value that changed, and each row added or removed; of many the first.

    Parameters
    ----------
    changes : Changes or None
        None where no earlier build was named.
    before : Path or None
        Its folder.
    """
    columns = ["Table", "Row", "Change", "Before", "After"]
    if changes is None or before is None:
        frame = pd.DataFrame({"Change": ["not known: no earlier build is named"]})
        return Table(frame, "Changes since an earlier build")
    rows = [
        {
            "Table": row["table"],
            "Row": _key(row["key"]),
            "Change": row["column"],
            "Before": row["old"] or NOT_KNOWN,
            "After": row["new"] or NOT_KNOWN,
        }
        for row in changes.changed.head(MOST_CHANGES).to_dict("records")
    ]
    whole = (("row added", changes.added), ("row removed", changes.removed))
    for change, frames in whole:
        lines = [
            {"Table": name, "Row": _key(key), "Change": change, "Before": "", "After": ""}
            for name, frame in frames.items()
            for key in frame[key_columns(name, frame)].itertuples(index=False, name=None)
        ]  # fmt: skip
        rows += lines[:MOST_CHANGES]
    found = len(changes.changed) + sum(len(f) for _, frames in whole for f in frames.values())
    part = f" Shown: {len(rows)} of {found:,} lines." if len(rows) < found else ""
    caption = f"Since the build in the folder {before.name}: {changes.summary()}.{part}"
    return Table(pd.DataFrame(rows, columns=columns), caption)


def _key(values: tuple[str, ...]) -> str:
    return " ".join(value or NOT_KNOWN for value in values)
