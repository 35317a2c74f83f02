"""Published roll calls over the compiled ones, and who cannot have voted."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from adoption.data.fetched_votes import PublishedVotes, fetched_votes, with_votes
from adoption.errors import AdoptionError
from tests.build import fetched
from tests.build.fetched import VOTE_SOURCE as SOURCE
from tests.sources import figures

SYMBOL, DAY = "A/RES/74/247", "2019-12-27"
ROWS = [("QAT", "QATAR", "Y"), ("OMN", "OMAN", "X"), ("YUG", "SERBIA", "A")]
PLACE = f"data/raw/undl-votes/{fetched.FIRST}/votes.csv"


def compiled() -> pd.DataFrame:
    rows = [
        ("QAT", "A/RES/73/187", "yes"),
        ("QAT", SYMBOL, "no"),
        ("OMN", SYMBOL, "absent"),
    ]
    frame = pd.DataFrame(rows, columns=["iso3", "resolution", "vote"])
    day = pd.Timestamp(DAY).as_unit("us")
    return frame.assign(date=day, grade="confirmed", source="us", at="data/raw/x.csv: row 2")


def read(tmp_path: Path, *files: bytes) -> list[list[PublishedVotes]]:
    store = fetched.store_of(tmp_path, SOURCE, *({"votes.csv": one} for one in files))
    people, codes = fetched.participants(), fetched.codes()
    return fetched_votes(fetched.registry(SOURCE), store, people, codes)


def test_a_resolution_comes_whole_from_one_source(tmp_path: Path) -> None:
    (snapshots,) = read(tmp_path, figures.votes(SYMBOL, DAY, ROWS))
    made = with_votes(compiled(), [snapshots[-1]])
    columns = ["iso3", "resolution", "vote", "grade", "source"]
    assert made[columns].to_numpy().tolist() == [
        ["QAT", "A/RES/73/187", "yes", "confirmed", "us"],
        ["QAT", SYMBOL, "yes", "confirmed", "undl-votes"],
        ["OMN", SYMBOL, "absent", "inferred", "undl-votes"],
        ["SRB", SYMBOL, "abstain", "confirmed", "undl-votes"],
    ]
    assert list(made.columns) == list(compiled().columns)
    assert set(made["date"]) == {pd.Timestamp(DAY)}
    assert made["at"].tolist() == ["data/raw/x.csv: row 2", PLACE, PLACE, PLACE]


def test_the_printed_totals(tmp_path: Path) -> None:
    (snapshots,) = read(tmp_path, figures.votes(SYMBOL, DAY, ROWS, total_ms=""))
    (row,) = snapshots[0].totals.to_dict("records")
    assert pd.isna(row.pop("members"))
    assert row == {"resolution": SYMBOL, "yes": 1, "no": 0, "abstain": 1, "absent": 1}


def test_without_a_snapshot_the_compiled_votes_stay(tmp_path: Path) -> None:
    assert read(tmp_path) == []
    before = compiled()
    assert with_votes(before, []) is before


@pytest.mark.parametrize(
    ("day", "rows", "problem"),
    [
        (
            "1985-12-12",
            [("YUG", "YUGOSLAVIA", "Y")],
            "A/RES/74/247: YUG (YUGOSLAVIA) stands among those who voted on 1985-12-12, but was "
            "no member of the United Nations before 2000",
        ),
        (
            DAY,
            [("QAT", "QATAR", "Y"), ("HKG", "HONG KONG", "Y")],
            "A/RES/74/247: HKG (HONG KONG) stands among those who voted on 2019-12-27, but was no "
            "member of the United Nations",
        ),
        (DAY, [("CSK", "CZECHOSLOVAKIA", "Y")], "unknown area 'CSK' (CZECHOSLOVAKIA); did you m"),
        (DAY, [("YUG", "QATAR", "Y")], "the code 'YUG' is Serbia, but stands beside the name 'QA"),
        (
            DAY,
            [("YUG", "SERBIA", "Y"), ("SRB", "SERBIA", "Y")],
            "A/RES/74/247: SRB voted twice",
        ),
    ],
)
def test_who_cannot_have_voted(
    tmp_path: Path, day: str, rows: list[tuple[str, str, str]], problem: str
) -> None:
    with pytest.raises(AdoptionError) as caught:
        read(tmp_path, figures.votes(SYMBOL, day, rows))
    assert str(caught.value).startswith(f"{PLACE}: {problem}")


def test_two_votes_on_one_resolution_are_refused(tmp_path: Path) -> None:
    first = figures.votes(SYMBOL, DAY, ROWS)
    second = figures.votes(SYMBOL, DAY, ROWS, undl_id="4025241").split(b"\n", 1)[1]
    with pytest.raises(AdoptionError) as caught:
        read(tmp_path, first + second)
    assert str(caught.value) == f"{PLACE}: {SYMBOL}: has two votes; leave only the one on the whole"
