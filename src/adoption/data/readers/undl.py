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

from adoption.data.csvfile import dates, integers, one_of, parse_csv, unique

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
    table = parse_csv(content, name, COLUMNS)
    cells = table.frame
    for column, form, problem in (
        ("undl_id", "[0-9]{1,12}", "is not a number"),
        ("ms_code", "[A-Z]{3}", "is not a code of three letters"),
        ("resolution", ".+", "is no resolution"),
        ("date", ".+", "is no day"),
    ):
        table.refuse(column, ~cells[column].str.fullmatch(form), problem)
    unique(table, "undl_id", "ms_code")
    votes = pd.DataFrame(
        {
            "undl_id": cells["undl_id"],
            "iso3": cells["ms_code"],
            "participant": cells["ms_name"],
            "resolution": cells["resolution"],
            "date": dates(table, "date"),
            "vote": one_of(table, "ms_vote", tuple(VOTES)).map(VOTES),
        }
    )
    totals = votes[["undl_id", "resolution", "date"]].assign(
        **{total: integers(table, column, 0, MOST_MEMBERS) for column, total in TOTALS.items()}
    )
    once = totals.drop_duplicates()
    differing = cells["undl_id"].isin(once["undl_id"][once["undl_id"].duplicated()])
    table.refuse("undl_id", differing, "has rows of different resolution, date or totals")
    return RollCalls(votes.reset_index(drop=True), once.reset_index(drop=True))
