"""The published days of entry into force for single states: a depositary's go before others."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from adoption.data.acts import same_code
from adoption.data.csvfile import AT, dates
from adoption.data.headers import IN_FORCE
from adoption.data.lists import PublishedList
from adoption.data.merge import CONFLICT_COLUMNS, DAY
from adoption.data.names import Participants
from adoption.data.snapshots import SnapshotStore


def read_entries_into_force(store: SnapshotStore, participants: Participants) -> pd.DataFrame:
    """Read the published days of entry into force for single states."""
    raw = store.read(
        "acts-comparison", "entry-into-force.csv",
        ("convention", "iso3", "participant", "date", "source"),
    )  # fmt: skip
    return raw.frame.assign(iso3=same_code(raw, participants), date=dates(raw, "date"))


def merge_entries(
    entries: pd.DataFrame, lists: Sequence[PublishedList]
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Put the days that lists print into the table of entries into force."""
    listed = pd.concat([_listed(one) for one in lists]) if lists else _table([])
    key = ["convention", "iso3"]
    both = entries.merge(listed, on=key, suffixes=("", "_listed"))
    differing = both[both["date"] != both["date_listed"]]
    conflicts = pd.DataFrame(
        {
            "convention": differing["convention"],
            "iso3": differing["iso3"],
            "kind": IN_FORCE,
            "about": DAY,
            "kept": differing["date_listed"].dt.strftime("%Y-%m-%d"),
            "kept_source": differing["source_listed"],
            "other": differing["date"].dt.strftime("%Y-%m-%d"),
            "other_source": differing["source"],
            "other_grade": "",
        },
        columns=list(CONFLICT_COLUMNS),
    )
    named = pd.MultiIndex.from_frame(entries[key]).isin(pd.MultiIndex.from_frame(listed[key]))
    return pd.concat([entries[~named], listed], ignore_index=True), conflicts


def _listed(one: PublishedList) -> pd.DataFrame:
    codes = dict(zip(one.acts["participant"], one.acts["iso3"], strict=True))
    days = one.treaty.entry_into_force
    return _table(
        [(one.convention, codes[who], day, one.source, one.place) for who, day in days.items()]
    )


def _table(rows: list[tuple[object, ...]]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=["convention", "iso3", "date", "source", AT])
    text = dict.fromkeys(("convention", "iso3", "source", AT), "str")
    return frame.astype({**text, "date": "datetime64[us]"})
