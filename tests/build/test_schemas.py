"""The schemas at the border: columns, dtypes, keys, words, references."""

from __future__ import annotations

import pandas as pd
import pytest

from adoption.data.dictionary import TABLES
from adoption.data.schemas import check_references, conform, schema
from adoption.errors import AdoptionError
from tests.conftest import DataTree

CYBER = "raw/acts-cybercrime/acts.csv"
ALGERIA = "hanoi,DZA,Algeria,signature,2025-10-25,,,confirmed,"
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
CONFLICTS = pd.DataFrame(
    {
        "convention": ["atlantis", "atlantis"],
        "iso3": ["QAT", "QAT"],
        "kind": ["consent", "entry into force"],
        "about": ["day", "day"],
        "kept": ["2001-02-01", "2001-03-01"],
        "kept_source": ["us", "us"],
        "other": ["2001-02-02", "2001-03-02"],
        "other_source": ["them", "them"],
        "other_grade": ["reported", ""],
    }
)
STATEMENTS = pd.DataFrame(
    {
        "convention": ["atlantis", "atlantis"],
        "iso3": ["QAT", ""],
        "participant": ["Qatar", ""],
        "kind": ["declaration", "end note"],
        "text": ["Subject to article 3.", "1\nSee volume 2."],
        "sha256": ["2c7a", "11ff"],
        "source": ["us", "us"],
    }
)
BESIDE = {"conflicts": CONFLICTS, "statements": STATEMENTS}


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
    with pytest.raises(AdoptionError, match="table memberships, column source"):
        conform("memberships", members.assign(source=""))


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"vote": ["yes", "aye"]}, "table votes, column vote: .*isin.* fails for 'aye'"),
        (
            {"grade": ["confirmed", "reported"]},
            "table votes, column grade: .* fails for 'reported'",
        ),
        ({"iso3": ["QAT", None]}, "table votes, column iso3: not_nullable fails"),
        ({"iso3": ["QAT", "QAT"]}, "table votes, column resolution: 'QAT .*' stands twice"),
        ({"date": [pd.Timestamp("2018-12-17"), None]}, "table votes, column date: not_nullable"),
    ],
)
def test_a_table_that_does_not_conform(change: dict[str, object], words: str) -> None:
    with pytest.raises(AdoptionError, match=f"^{words}"):
        conform("votes", VOTES.assign(**change))  # type: ignore[arg-type]  # made-up columns


@pytest.mark.parametrize("entry", TABLES, ids=[entry.name for entry in TABLES])
def test_the_real_tables_conform_and_the_schema_is_strict(
    built: dict[str, pd.DataFrame], entry: object
) -> None:
    (table,) = (known for known in TABLES if known is entry)
    frame = built[table.name]
    if table.name in BESIDE:  # the only ones that may have no row
        frame = conform(table.name, pd.concat([frame, BESIDE[table.name]]))
    assert len(frame)
    checked = schema(table)
    assert len(checked.validate(frame)) == len(frame)
    for wrong in (
        frame.assign(extra=1),
        frame[frame.columns[1:]],
        frame[frame.columns[::-1]],
        pd.concat([frame, frame[:1]], ignore_index=True),
    ):
        with pytest.raises(Exception, match="column"):
            checked.validate(wrong)


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
        line = f"table {name}, column {column}: '{wrong}' is not in {target}"
        with pytest.raises(AdoptionError, match=f"^{line}; did you mean "):
            check_references({**built, name: frame})


def test_a_missing_reference_is_no_reference(built: dict[str, pd.DataFrame]) -> None:
    assert built["base_acts"]["iso3"].isna().any()
    assert built["conventions"]["law_source"].isna().any()
    check_references(built)


# Through the build


def test_the_same_act_twice_stops_the_build(tree: DataTree) -> None:
    row = tree.append(CYBER, f"{ALGERIA}untc-xml,twice")
    place = f"{tree.shown(CYBER)}: row {row}, column act"
    assert tree.refusal() == f"{place}: 'hanoi DZA signature' stands twice"


@pytest.mark.parametrize(
    ("file", "old", "new", "line"),
    [
        (
            CYBER,
            f"{ALGERIA}untc-xml,",
            f"{ALGERIA}untc-xmi,",
            "column source: 'untc-xmi' is not in sources.source; did you mean untc-xml?",
        ),
        (
            "raw/acts-comparison/entry-into-force.csv",
            "budapest,ALB",
            "budapesst,ALB",
            "column convention: 'budapesst' is not in conventions.convention; did you mean "
            "budapest?",
        ),
        (
            "raw/memberships/memberships.csv",
            "AUT,EU,,coco",
            "TWN,EU,,coco",
            "column iso3: 'TWN' is not one of the known ones; did you mean TUN?",
        ),
        (
            "reference/conventions.toml",
            'law_source = "lm-untoc"',
            'law_source = "lm-untok"',
            "table conventions, column law_source: 'lm-untok' is not in sources.source; did you "
            "mean lm-untoc?",
        ),
    ],
)
def test_a_reference_to_nothing_stops_the_build(
    tree: DataTree, file: str, old: str, new: str, line: str
) -> None:
    row = tree.replace(file, old, new)
    place = "" if line.startswith("table") else f"{tree.shown(file)}: row {row}, "
    assert tree.refusal() == f"{place}{line}"
