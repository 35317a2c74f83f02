"""The schemas at the border: columns, dtypes, keys, words, references."""

from __future__ import annotations

import pandas as pd
import pytest

from adoption.core.errors import AdoptionError
from adoption.tables.write import check_references, conform

VOTES = pd.DataFrame(
    {
        "iso3": ["QAT", "OMN"],
        "resolution": ["A/RES/1/1", "A/RES/1/1"],
        "date": [pd.Timestamp("2018-12-17")] * 2,
        "vote": ["yes", "absent"],
        "grade": ["confirmed", "inferred"],
        "source": ["us", "us"],
    }
)


def test_rows_are_sorted_by_the_key_and_columns_by_the_dictionary() -> None:
    frame = conform("votes", VOTES[VOTES.columns[::-1]].assign(extra=1))
    assert list(frame.columns) == list(VOTES.columns)
    assert frame["iso3"].tolist() == ["OMN", "QAT"]
    assert frame.index.tolist() == [0, 1]
    assert VOTES["iso3"].tolist() == ["QAT", "OMN"]


def test_empty_text_becomes_missing_where_it_may_be_and_is_refused_elsewhere() -> None:
    members = pd.DataFrame(
        {"iso3": ["QAT"], "organisation": ["GCC"], "source": ["us"], "since": ""}
    )
    frame = conform("memberships", members)
    assert frame["since"].isna().all()
    assert frame["note"].isna().all()
    with pytest.raises(AdoptionError, match="table memberships: row 0, column source"):
        conform("memberships", members.assign(source=""))


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"vote": ["yes", "aye"]}, "table votes: row 1, column vote: 'aye' is not one of yes, no"),
        (
            {"grade": ["confirmed", "reported"]},
            "table votes: row 1, column grade: 'reported' is not one of",
        ),
        ({"iso3": ["QAT", None]}, "table votes: row 1, column iso3: a value is missing"),
        ({"iso3": ["QAT", "QAT"]}, "table votes: row 1, column iso3: 'QAT .*' is duplicated"),
        (
            {"iso3": ["QAT", "QAT"], "at": ["data/raw/x.csv: row 2", float("nan")]},
            "table votes: row 1, column iso3: 'QAT .*' is duplicated",
        ),
        ({"date": [pd.Timestamp("2018-12-17"), None]}, "table votes: row 1, column date: a"),
    ],
)
def test_a_table_that_does_not_conform(change: dict[str, object], words: str) -> None:
    with pytest.raises(AdoptionError, match=f"^{words}"):
        conform("votes", VOTES.assign(**change))  # type: ignore[arg-type]  # made-up columns


# Of the frozen data: no list had been fetched, and names were found after that day.
def test_references_are_checked(built: dict[str, pd.DataFrame]) -> None:
    check_references(built)
    for name, column, value, target in (
        ("acts", "source", "nobody", "sources.source"),
        ("acts", "convention", "atlantis", "conventions.convention"),
        ("votes", "iso3", "ATL", "states.iso3"),
        ("base_acts", "treaty", "I-0", "base_treaties.treaty"),
        ("states", "source", "coco;nobody", "sources.source"),
    ):
        frame = built[name].copy()
        frame.loc[3, column] = value
        wrong = value.removeprefix("coco;")
        line = f"table {name}: row 3, column {column}: '{wrong}' is not in {target}"
        with pytest.raises(AdoptionError, match=f"^{line}; (did you mean|no close match)"):
            check_references({**built, name: frame})


# Through the build
