"""The indices of national cyber-capacity, one value a row."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import pandas as pd

from adoption.data.csvfile import AT, RawTable, integers, numbers, one_of
from adoption.data.names import Participants
from adoption.data.states import CONFIDENCES, known_codes

if TYPE_CHECKING:
    from adoption.data.snapshots import SnapshotStore

GCI_COMPONENTS = {
    "score": "overall",
    "rank": "rank",
    "legal": "legal",
    "technical": "technical",
    "organizational": "organizational",
    "capacity_development": "capacity_development",
    "cooperation": "cooperation",
}
EGDI_COMPONENTS = {
    "egdi": "overall",
    "osi": "online_services",
    "tii": "telecommunication",
    "hci": "human_capital",
}
TIERS = ("", "T1", "T2", "T3", "T4", "T5")


def read_capacity(store: SnapshotStore, participants: Participants) -> pd.DataFrame:
    """Read GCI and EGDI."""
    gci = store.read(
        "itu-gci", "gci.csv",
        ("iso3", "country", "edition", "tier", "source", "confidence", "note", *GCI_COMPONENTS),
    )  # fmt: skip
    egdi = store.read(
        "un-egdi", "egdi.csv", ("iso3", "country", "year", "source", *EGDI_COMPONENTS)
    )
    known_codes(gci, participants)
    known_codes(egdi, participants)
    one_of(gci, "tier", TIERS)
    one_of(gci, "confidence", CONFIDENCES)
    gci_rows = long_form(gci, "edition", GCI_COMPONENTS).rename(columns={"confidence": "grade"})
    frame = pd.concat(
        [
            gci_rows.assign(index="GCI"),
            long_form(egdi, "year", EGDI_COMPONENTS).assign(index="EGDI"),
        ],
        ignore_index=True,
    )
    for column in ("tier", "note"):
        frame[column] = frame[column].where(frame["component"] == "overall")
    return frame


def long_form(raw: RawTable, edition: str, components: Mapping[str, str]) -> pd.DataFrame:
    """Return one row a value that is there; an empty cell gives no row, not a zero."""
    wide = raw.frame.assign(**{column: numbers(raw, column) for column in components})
    wide = wide.rename(columns=dict(components))
    wide["edition"] = integers(raw, edition)
    kept = [
        c
        for c in ("iso3", "edition", "tier", "source", "confidence", "note", AT)
        if c in wide.columns
    ]
    return wide.melt(
        id_vars=kept, value_vars=list(components.values()), var_name="component"
    ).dropna(subset=["value"])
