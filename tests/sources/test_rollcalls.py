"""Roll calls of the General Assembly."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adoption.data.readers.decoding import UnreadableError
from adoption.data.readers.rollcalls import VOTES, read_rollcalls
from tests.sources.figures import votes

RESOLUTION, DAY = "A/RES/74/247", "2019-12-27"
ROWS = [
    ("NAM", "NAMIBIA", "Y"),
    ("QAT", "QATAR", "N"),
    ("TUR", "TÜRKİYE", "A"),
    ("BEN", "BENIN", "X"),
    ("YUG", "YUGOSLAVIA", "NV"),
]
FILE = votes(RESOLUTION, DAY, ROWS)


def test_votes_are_words_and_totals_are_those_of_the_file() -> None:
    found = read_rollcalls(FILE, "x.csv")
    assert list(found.votes.columns) == [
        "undl_id", "iso3", "participant", "resolution", "date", "vote",
    ]  # fmt: skip
    assert found.votes["vote"].tolist() == ["yes", "no", "abstain", "absent", "absent"]
    assert found.votes["participant"].tolist()[2] == "TÜRKİYE"
    assert str(found.votes["date"].dtype) == "datetime64[us]"
    (total,) = found.totals.to_dict("records")
    assert (total["resolution"], f"{total['date']:%Y-%m-%d}") == (RESOLUTION, DAY)
    assert [total[name] for name in ("yes", "no", "abstain", "absent", "members")] == [
        1,
        1,
        1,
        1,
        5,
    ]


def test_more_votes_than_one_stand_in_a_file() -> None:
    other = votes("A/RES/73/187", "2018-12-17", ROWS[:2], undl_id="1", total_yes="")
    found = read_rollcalls(FILE + other.split(b"\n", 1)[1], "x.csv")
    assert found.totals["undl_id"].tolist() == ["4025240", "1"]
    assert found.totals["yes"].isna().tolist() == [False, True]
    assert len(found.votes) == 7


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (FILE.replace(b",Y,", b",yes,"), "row 2, column ms_vote: 'yes' is not one of Y, N, A, X"),
        (FILE.replace(b",Y,", b",,"), "row 2, column ms_vote: '' is not one of"),
        (FILE.replace(DAY.encode(), b"2019-02-29"), "'2019-02-29' is not a day of the calendar as"),
        (FILE.replace(DAY.encode(), b"27/12/2019"), "column date: '27/12/2019' is not a day"),
        (FILE.replace(DAY.encode(), b"2019-1-2"), "column date: '2019-1-2' is not a day"),
        (FILE.replace(b"QAT,", b"QA,"), "row 3, column ms_code: 'QA' is not a code of three"),
        (FILE.replace(b"QAT,", b"NAM,"), "row 3, column undl_id: '4025240' stands twice, by"),
        (FILE.replace(b"4025240,Q", b"x,Q").replace(b"4025240", b"x", 1), "row 2, column undl_id"),
        (FILE.replace(b"1.0,", b"1.5,", 1), "column total_yes: '1.5' is not a whole number"),
        (FILE.replace(b"1.0,", b"2.0,", 1), "has rows of different resolution, date or totals"),
        (FILE.replace(b"5.0,", b"500.0,"), "column total_ms: '500.0' is not from 0 to 250"),
        (FILE.replace(RESOLUTION.encode(), b""), "column resolution: '' is no resolution"),
        (FILE.replace(b"ms_vote", b"vote"), "no column ms_vote; did you mean vote"),
        (votes(RESOLUTION, DAY, []), "no rows below the headings"),
    ],
    ids=range(14),
)  # fmt: skip
def test_another_file_is_refused(content: bytes, problem: str) -> None:
    with pytest.raises(UnreadableError) as caught:
        read_rollcalls(content, "x.csv")
    assert str(caught.value).startswith("x.csv: ")
    assert problem in str(caught.value)


@settings(max_examples=50, deadline=None)
@given(
    st.dictionaries(
        st.from_regex("[A-Z]{3}", fullmatch=True), st.sampled_from([*VOTES]), min_size=1
    )
)
def test_any_vote_is_read_back(cast: dict[str, str]) -> None:
    rows = [(code, f"THE {code}", letter) for code, letter in cast.items()]
    found = read_rollcalls(votes(RESOLUTION, DAY, rows), "x.csv")
    read = dict(zip(found.votes["iso3"], found.votes["vote"], strict=True))
    assert read == {code: VOTES[letter] for code, letter in cast.items()}
    counted = found.votes["vote"].value_counts()
    assert found.totals.at[0, "yes"] == counted.get("yes", 0)
    assert found.totals.at[0, "members"] == len(cast)
