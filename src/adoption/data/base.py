"""The base set: treaties deposited with the UN Secretary-General and the acts on them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from adoption.data.csvfile import dates, one_of, typed
from adoption.data.dictionary import ACTS, table
from adoption.data.names import Participants

if TYPE_CHECKING:
    from adoption.data.snapshots import SnapshotStore

BASE_ACT_COLUMNS = (
    "treaty_id", "title", "chapter", "participant", "iso3", "action", "date", "source",
)  # fmt: skip


def read_base_acts(store: SnapshotStore, participants: Participants) -> pd.DataFrame:
    """Read the acts of the base set.

    The participant's name decides who acted, not the raw file's code: see the rule
    `code-of-another` in `data/reference/exceptions.csv`.
    """
    raw = store.read("untc-base", "acts.csv.gz", BASE_ACT_COLUMNS)
    return raw.frame.rename(columns={"treaty_id": "treaty", "action": "act"}).assign(
        raw_iso3=raw.frame["iso3"],
        iso3=participants.resolve(raw),
        act=one_of(raw, "action", ACTS),
        date=dates(raw, "date"),
    )


def read_base_treaties(store: SnapshotStore) -> pd.DataFrame:
    """Read the treaties of the base set with their totals."""
    columns = table("base_treaties").columns
    raw = store.read(
        "untc-base", "treaties.csv",
        ["treaty_id" if c.name == "treaty" else c.name for c in columns],
    )  # fmt: skip
    return typed(raw, columns).rename(columns={"treaty_id": "treaty"})
