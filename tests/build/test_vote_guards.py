"""Guards of roll calls: a vote that was cast does not change, and votes add up."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from adoption.data.fetched_votes import PublishedVotes
from adoption.data.vote_guards import (
    AGAINST_RECORD,
    BETWEEN,
    Rules,
    changed,
    members_missing,
    resolutions_gone,
    totals_differ,
    vote_violations,
)

SYMBOL, OTHER, DAY = "A/RES/74/247", "A/RES/73/187", "2019-12-27"
PLACE = "data/raw/us/2027-01-05/votes.csv"
ROWS = {"QAT": "yes", "OMN": "absent", "SRB": "abstain"}
TOTALS = {"yes": 1, "no": 0, "abstain": 1, "absent": 1, "members": 3}


def table(rows: dict[str, str], day: str = DAY, resolution: str = SYMBOL) -> pd.DataFrame:
    frame = pd.DataFrame(list(rows.items()), columns=["iso3", "vote"])
    return frame.assign(resolution=resolution, date=pd.Timestamp(day).as_unit("us"))


def snapshot(votes: pd.DataFrame, **totals: int | None) -> PublishedVotes:
    printed = pd.DataFrame([{"resolution": SYMBOL} | TOTALS | totals])
    printed = printed.astype(dict.fromkeys(TOTALS, "Int64"))
    return PublishedVotes("us", date(2027, 1, 5), PLACE, votes, printed)


def members(**since: int) -> pd.DataFrame:
    frame = pd.DataFrame({"iso3": list(since), "un_member_since": list(since.values())})
    return frame.astype({"un_member_since": "Int64"})


@pytest.mark.parametrize(
    ("rows", "day", "expected"),
    [
        (ROWS, DAY, []),
        (ROWS | {"ERI": "no"}, DAY, []),
        (
            ROWS | {"QAT": "no"},
            DAY,
            [(0, f"{SYMBOL} QAT", "yes, but no in the file of 2027-01-05")],
        ),
        (
            {"QAT": "yes", "OMN": "absent"},
            DAY,
            [(1, f"{SYMBOL} SRB", "abstain, not in the file of 2027-01-05")],
        ),
        (ROWS, "2019-12-28", [(2, SYMBOL, "2019-12-27, but 2019-12-28 in the file of 2027-01-05")]),
    ],
)
@pytest.mark.parametrize("rules", [AGAINST_RECORD, BETWEEN])
def test_votes_that_change(
    rules: Rules,
    rows: dict[str, str],
    day: str,
    expected: list[tuple[int, str, str]],
) -> None:
    was = pd.concat([table(ROWS), table(ROWS, resolution=OTHER)])
    found = list(changed(was, snapshot(table(rows, day)), rules))
    assert [v[:3] for v in found] == [(rules[rule], *rest) for rule, *rest in expected]
    assert {v.place for v in found} <= {f"{PLACE}: "}


def test_a_resolution_that_is_gone_speaks_once() -> None:
    before = snapshot(pd.concat([table(ROWS), table(ROWS, resolution=OTHER)]))
    assert [v[:3] for v in resolutions_gone(before, snapshot(table(ROWS)))] == [
        ("votes-vanished", OTHER, "not on 2027-01-05")
    ]


@pytest.mark.parametrize(
    ("totals", "expected"),
    [
        ({}, []),
        ({"yes": None, "members": None}, []),
        (
            {"yes": 2, "absent": 0},
            [
                (f"{SYMBOL} yes", "printed 2, counted 1"),
                (f"{SYMBOL} absent", "printed 0, counted 1"),
            ],
        ),
        ({"members": 193}, [(f"{SYMBOL} members", "printed 193, counted 3")]),
    ],
)
def test_printed_totals_are_counted(
    totals: dict[str, int | None], expected: list[tuple[str, str]]
) -> None:
    found = [v[:3] for v in totals_differ(snapshot(table(ROWS), **totals))]
    assert found == [("vote-total-differs", *rest) for rest in expected]


@pytest.mark.parametrize(
    ("since", "told"),
    [
        ({"QAT": 1971, "OMN": 1971, "SRB": 2000}, None),
        ({"QAT": 1971, "OMN": 1971, "SRB": 2000, "SSD": 2020}, None),
        ({"QAT": 1971, "OMN": 1971, "SRB": 2000, "SSD": 2019}, None),
        ({"QAT": 1971, "OMN": 1971, "SRB": 2000, "SSD": 2018}, "3, 4 expected"),
        ({"QAT": 1971, "OMN": 1971}, "3, 2 expected"),
        ({"QAT": 1971, "OMN": 2019}, "3, 1 to 2 expected"),
    ],
)
def test_every_member_of_the_year_is_named(since: dict[str, int], told: str | None) -> None:
    found = [v[:3] for v in members_missing(snapshot(table(ROWS)), members(**since))]
    assert found == ([("number-of-members", SYMBOL, told)] if told else [])


def test_all_guards_together() -> None:
    states = members(QAT=1971, OMN=1971, SRB=2000)
    good = snapshot(table(ROWS))
    other = snapshot(table(ROWS | {"OMN": "yes"}), yes=2, absent=0)
    assert list(vote_violations(table(ROWS), states, [[good, good]])) == []
    found = [v.rule for v in vote_violations(table(ROWS), states, [[other, good, other]])]
    assert found == ["vote-differs", "vote-changed", "vote-changed"]
