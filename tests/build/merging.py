"""A record and a list, merged: what tests of that share."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from adoption.data.merge import merge_lists
from adoption.data.readers.publishers import Reader
from adoption.data.schemas import conform
from tests.build.listing import published
from tests.conftest import Act, acts_of

DAY = "2002-01-01"  # of the lists
LISTED = "confirmed untc-atlantis"


def signed(day: str, latest: str = "", grade: str = "confirmed", iso3: str = "AAA") -> Act:
    return iso3, "signature", day, latest, grade


def merged(
    record: Sequence[Act], *acts: str, reader: Reader = "untc"
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the tables `acts` and `conflicts` of a record and a list."""
    found, conflicts = merge_lists(acts_of(record), [published(DAY, *acts, reader=reader)])
    return conform("acts", found), conform("conflicts", conflicts)


def differences(conflicts: pd.DataFrame) -> list[tuple[str, ...]]:
    """Return who, which act, on what, what is kept, the other and its grade."""
    columns = ["iso3", "kind", "about", "kept", "other", "other_grade"]
    return list(conflicts[columns].itertuples(index=False, name=None))
