"""What stands beside the acts in a depositary's list: declarations, objections, notes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import pandas as pd

from adoption.data.names import Participants, tidy

if TYPE_CHECKING:
    from adoption.data.lists import PublishedList

COLUMNS = ("convention", "iso3", "participant", "kind", "text", "sha256", "source")


def statements_table(lists: Sequence[PublishedList], participants: Participants) -> pd.DataFrame:
    """Return the statements of lists as the table `statements`.

    A statement is no act, so one by somebody whose name is unknown is kept without a code, and
    stops nothing. The same text twice by one participant is one row.
    """
    rows = [
        (
            one.convention,
            participants.codes.get(tidy(said.participant), ""),
            said.participant,
            said.kind,
            said.text,
            said.sha256,
            one.source,
        )
        for one in lists
        for said in one.treaty.statements
    ]
    frame = pd.DataFrame(rows, columns=list(COLUMNS), dtype="str").drop_duplicates()
    known = frame["iso3"].isin(participants.names)  # others have no row in the table of states
    return frame.assign(iso3=frame["iso3"].where(known, ""))
