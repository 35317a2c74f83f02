"""Which snapshots their publishers still had unchanged when they were asked again, and when.

The same bytes make no new snapshot, and a snapshot is never edited. So that a quiet list does
not look older than it is, the last day on which it was found unchanged stands in a file of its
own, `data/reference/unchanged.csv`, one row a source. A row about a snapshot that is no longer
the newest of its source says nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import TypeAlias

from adoption.data.csvfile import dates, first_row, read_csv, unique

UNCHANGED = "unchanged.csv"
COLUMNS = ("source", "snapshot", "until")

Unchanged: TypeAlias = (
    "dict[str, date]"  # by the name of a snapshot's folder, such as untc-hanoi/2026-12-01
)


def read_unchanged(reference: Path) -> Unchanged:
    """Return until which day snapshots are known to be what their publishers have."""
    path = reference / UNCHANGED
    if not path.exists():
        return {}
    table = read_csv(path, f"data/reference/{UNCHANGED}", COLUMNS)
    unique(table, "source")
    days = dates(table, "until")
    if days.isna().any():
        raise table.error(first_row(days.isna()), "until", "no day")
    names = table.frame["source"] + "/" + table.frame["snapshot"]
    return dict(zip(names, days.dt.date, strict=True))


def written(unchanged: Mapping[str, date]) -> bytes:
    """Return the content of the file, sorted.

    Examples
    --------
    >>> from datetime import date
    >>> print(written({"untc-hanoi/2026-12-01T120000Z": date(2026, 12, 8)}).decode(), end="")
    source,snapshot,until
    untc-hanoi,2026-12-01T120000Z,2026-12-08
    """
    rows = [
        ",".join([*snapshot.split("/"), until.isoformat()])
        for snapshot, until in sorted(unchanged.items())
    ]
    return "".join(f"{line}\n" for line in (",".join(COLUMNS), *rows)).encode()
