"""Published days of entry into force for states, with those that a depositary's list prints."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from adoption.data.csvfile import AT
from adoption.data.entries import merge_entries
from adoption.data.schemas import conform
from tests.build.listing import PLACE, published

ACTS = ("AAA accession 2001-02-01", "Mu accession 2001-02-01")


def entries(*rows: tuple[str, str]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=["iso3", "date"])
    return frame.assign(
        convention="atlantis", participant=frame["iso3"], source="us",
        date=pd.to_datetime(frame["date"]), **{AT: "data/raw/x.csv: row 2"},
    )  # fmt: skip


def merged(record: pd.DataFrame, **days: str) -> tuple[list[str], list[tuple[str, ...]]]:
    in_force = {name: date.fromisoformat(day) for name, day in days.items()}
    lists = [published("2002-01-01", *ACTS, entry_into_force=in_force)]
    found, conflicts = merge_entries(record, lists)
    table = conform("entries_into_force", found)
    beside = conform("conflicts", conflicts)
    assert set(beside["kind"]) <= {"entry into force"}
    assert set(beside["about"]) <= {"day"}
    assert beside["other_grade"].isna().all()
    told = [f"{row.iso3} {row.date:%Y-%m-%d} {row.source}" for row in table.itertuples()]
    columns = ["iso3", "kept", "kept_source", "other", "other_source"]
    return told, list(beside[columns].itertuples(index=False, name=None))


@pytest.mark.parametrize(
    ("record", "listed", "kept", "conflicts"),
    [
        ([], {}, [], []),
        ([("AAA", "2001-06-01")], {}, ["AAA 2001-06-01 us"], []),
        ([], {"AAA": "2001-06-01"}, ["AAA 2001-06-01 untc-atlantis"], []),
        ([], {"Mu": "2001-06-01"}, ["BBB 2001-06-01 untc-atlantis"], []),
        ([("AAA", "2001-06-01")], {"AAA": "2001-06-01"}, ["AAA 2001-06-01 untc-atlantis"], []),
        (
            [("AAA", "2001-06-01"), ("CCC", "2001-06-01")],
            {"AAA": "2001-07-01", "Mu": "2001-08-01"},
            ["AAA 2001-07-01 untc-atlantis", "BBB 2001-08-01 untc-atlantis", "CCC 2001-06-01 us"],
            [("AAA", "2001-07-01", "untc-atlantis", "2001-06-01", "us")],
        ),
    ],
)
def test_the_list_goes_before(
    record: list[tuple[str, str]],
    listed: dict[str, str],
    kept: list[str],
    conflicts: list[tuple[str, ...]],
) -> None:
    assert merged(entries(*record), **listed) == (kept, conflicts)


def test_a_day_of_another_convention_is_another_day() -> None:
    record = entries(("AAA", "2001-06-01")).assign(convention="mu")
    kept, conflicts = merged(record, AAA="2001-07-01")
    assert kept == ["AAA 2001-07-01 untc-atlantis", "AAA 2001-06-01 us"]
    assert conflicts == []


def test_without_lists_nothing_changes() -> None:
    record = entries(("AAA", "2001-06-01"))
    found, conflicts = merge_entries(record, [])
    pd.testing.assert_frame_equal(
        conform("entries_into_force", found), conform("entries_into_force", record)
    )
    assert conflicts.empty


def test_a_day_says_in_which_file_it_stands() -> None:
    lists = [published("2002-01-01", *ACTS, entry_into_force={"AAA": date(2001, 6, 1)})]
    found, _ = merge_entries(entries(("CCC", "2001-06-01")), lists)
    assert list(found.sort_values("iso3")[AT]) == [PLACE, "data/raw/x.csv: row 2"]
