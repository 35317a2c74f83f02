"""Roll calls of the UN General Assembly, from the UN Digital Library.

The CSV of record 4060887 (https://digitallibrary.un.org/record/4060887). Its headings and some
rows were seen in public readers (state of February 2026): one row a member and vote with
`undl_id`, `ms_code` (ISO3, also of states that are no more), `ms_name` in capitals, `ms_vote`,
`date` as 2023-10-27, `resolution`, and the totals on every row, written as 120.0. A vote is Y, N,
A or X; X is non-voting, which does not tell who was absent. The notes of this project also
know NV for it.

The file of all votes has 364 MB, more than is read, and the library asks for a human check
before it gives it; so a person takes the rows of the resolutions that are wanted, with the
headings, from the file.
"""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from adoption.data.csvfile import RawTable
from adoption.data.readers.csvtable import numbers, one_of, read_table, refuse, refuse_twice

VOTES = {"Y": "yes", "N": "no", "A": "abstain", "X": "absent", "NV": "absent"}
TOTALS = {
    "total_yes": "yes",
    "total_no": "no",
    "total_abstentions": "abstain",
    "total_non_voting": "absent",
    "total_ms": "members",
}
MOST_MEMBERS = 250
COLUMNS = ("undl_id", "ms_code", "ms_name", "ms_vote", "date", "resolution", *TOTALS)


@dataclass(frozen=True)
class RollCalls:
    """What a file of roll calls says.

    Attributes
    ----------
    votes : DataFrame
        One row a member and vote: undl_id, iso3 (as printed), participant, resolution (str),
        date (datetime64[us]), vote (`yes`, `no`, `abstain`, or `absent` for non-voting).
    totals : DataFrame
        One row a vote: undl_id, resolution (str), date, and the printed totals yes, no,
        abstain, absent and members (Int64, missing where none is printed).
    """

    votes: pd.DataFrame
    totals: pd.DataFrame


def read_rollcalls(content: bytes, name: str) -> RollCalls:
    """Read roll calls."""
    table = read_table(content, name, COLUMNS)
    cells = table.frame
    refuse(table, "undl_id", ~cells["undl_id"].str.fullmatch("[0-9]{1,12}"), "is not a number")
    wrong = ~cells["ms_code"].str.fullmatch("[A-Z]{3}")
    refuse(table, "ms_code", wrong, "is not a code of three letters")
    refuse(table, "resolution", cells["resolution"] == "", "is no resolution")
    refuse_twice(table, "undl_id", "ms_code")
    votes = pd.DataFrame(
        {
            "undl_id": cells["undl_id"],
            "iso3": cells["ms_code"],
            "participant": cells["ms_name"],
            "resolution": cells["resolution"],
            "date": _days(table),
            "vote": one_of(table, "ms_vote", tuple(VOTES)).map(VOTES),
        }
    )
    totals = votes[["undl_id", "resolution", "date"]].copy()
    for column, total in TOTALS.items():
        found = numbers(table, column, 0, MOST_MEMBERS)
        refuse(table, column, found.notna() & (found % 1 != 0), "is not a whole number")
        totals[total] = found.astype("Int64")
    once = totals.drop_duplicates()
    refuse(
        table, "undl_id", cells["undl_id"].isin(once["undl_id"][once["undl_id"].duplicated()]),
        "has rows of different resolution, date or totals",
    )  # fmt: skip
    return RollCalls(votes.reset_index(drop=True), once.reset_index(drop=True))


def _days(table: RawTable) -> pd.Series[pd.Timestamp]:
    """Return the days of the votes."""
    cells = table.frame["date"]
    days = pd.to_datetime(cells, format="%Y-%m-%d", errors="coerce")
    wrong = days.isna() | (cells.str.len() != 10)
    refuse(table, "date", wrong, "is not a day of the calendar as 2023-10-27")
    return days.astype("datetime64[us]")
