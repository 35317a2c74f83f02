"""Changes between builds: complete, by key, the same whatever the order of rows."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adoption.builds import as_text, read_build
from adoption.changes import AFTER, BEFORE, Changes, changes_between, changes_since, compare
from adoption.paths import processed_folder

COLUMNS = ["convention", "iso3", "act", "grade", "note"]
Line = tuple[str, ...]

one_line = st.tuples(
    st.sampled_from(["hanoi", "untoc", ""]),
    st.sampled_from(["QAT", "OMN", ""]),
    st.sampled_from(["signature", "accession"]),
    st.sampled_from(["confirmed", "reported"]),
    st.sampled_from(["", "seen"]),
)
any_lines = st.lists(one_line, max_size=8)
unique_lines = st.lists(one_line, max_size=8, unique_by=lambda line: line[:3])


def acts(*lines: Line) -> dict[str, pd.DataFrame]:
    return {"acts": pd.DataFrame(list(lines), columns=COLUMNS, dtype="str")}


def lines_of(frame: pd.DataFrame | None) -> list[Line]:
    return [] if frame is None else list(frame.itertuples(index=False, name=None))


def same(one: Changes, other: Changes) -> None:
    pd.testing.assert_frame_equal(one.changed, other.changed)
    pd.testing.assert_frame_equal(one.schema, other.schema)
    for own, others in ((one.added, other.added), (one.removed, other.removed)):
        assert list(own) == list(others)
        for name in own:
            pd.testing.assert_frame_equal(own[name], others[name])


def applied(changes: Changes, old: list[Line]) -> dict[Line, Line]:
    """Apply changes to rows with unique keys, by the plain meaning of each."""
    rows = {line[:3]: list(line) for line in old}
    for line in lines_of(changes.removed.get("acts")):
        assert rows.pop(line[:3]) == list(line)
    for cell in changes.changed.to_dict("records"):
        place = COLUMNS.index(cell["column"])
        assert rows[cell["key"]][place] == cell["old"]
        rows[cell["key"]][place] = cell["new"]
    for line in lines_of(changes.added.get("acts")):
        assert line[:3] not in rows
        rows[line[:3]] = list(line)
    return {key: tuple(line) for key, line in rows.items()}


@given(unique_lines, unique_lines)
@settings(deadline=None, max_examples=40)
def test_the_changes_applied_to_the_old_give_the_new(old: list[Line], new: list[Line]) -> None:
    changes = compare(acts(*old), acts(*new))
    assert applied(changes, old) == {line[:3]: line for line in new}


@given(any_lines, any_lines, st.randoms())
@settings(deadline=None, max_examples=25)
def test_keys_that_stand_twice(old: list[Line], new: list[Line], chance: Any) -> None:
    changes = compare(acts(*old), acts(*new))
    added = Counter(lines_of(changes.added.get("acts")))
    removed = Counter(lines_of(changes.removed.get("acts")))
    assert len(new) - len(old) == added.total() - removed.total()
    # No row that both builds have is said to be new or gone, and none is paired needlessly.
    assert not added - (Counter(new) - Counter(old))
    assert not removed - (Counter(old) - Counter(new))
    for key in {line[:3] for line in [*added, *removed]}:
        assert not (any(a[:3] == key for a in added) and any(r[:3] == key for r in removed))
    old, new = old.copy(), new.copy()
    chance.shuffle(old)
    chance.shuffle(new)
    same(changes, compare(acts(*old), acts(*new)))


def test_one_of_each_by_hand() -> None:
    stays = ("hanoi", "OMN", "signature", "confirmed", "")
    changes = compare(
        acts(stays, ("hanoi", "QAT", "signature", "reported", ""), ("untoc", "", "x", "y", "")),
        acts(("hanoi", "QAT", "signature", "confirmed", "seen"), stays, ("a", "b", "c", "d", "")),
    )
    assert changes.changed.to_dict("records") == [
        {"table": "acts", "key": ("hanoi", "QAT", "signature"), "copy": 1, "column": "grade",
         "old": "reported", "new": "confirmed"},
        {"table": "acts", "key": ("hanoi", "QAT", "signature"), "copy": 1, "column": "note",
         "old": "", "new": "seen"},
    ]  # fmt: skip
    assert lines_of(changes.added["acts"]) == [("a", "b", "c", "d", "")]
    assert lines_of(changes.removed["acts"]) == [("untoc", "", "x", "y", "")]
    assert changes.summary() == "1 act added, 1 changed, 1 removed"


@pytest.mark.parametrize(
    ("table", "added", "removed", "expected"),
    [
        ("acts", 12, 0, "12 acts added, none changed, none removed"),
        ("entries_into_force", 1, 0, "1 entry into force added, none changed, none removed"),
        ("sources", 1, 1, "1 source added, 1 removed, none changed"),
    ],
)
def test_the_summary(table: str, added: int, removed: int, expected: str) -> None:
    def frame(letter: str, count: int) -> pd.DataFrame:
        return pd.DataFrame({"x": [f"{letter}{n}" for n in range(count)]}, dtype="str")

    changes = compare({table: frame("old", removed)}, {table: frame("new", added)})
    assert changes.summary() == expected


def test_what_only_one_build_has() -> None:
    old, new = acts(("a", "b", "c", "d", "")), acts(("a", "b", "c", "d", "seen"))
    old["votes"] = pd.DataFrame({"iso3": ["QAT"]}, dtype="str")
    new["acts"] = new["acts"].drop(columns="grade").assign(colour="red")
    changes = compare(old, new)
    assert changes.schema.to_dict("records") == [
        {"table": "acts", "column": "grade", "only_in": BEFORE},
        {"table": "acts", "column": "colour", "only_in": AFTER},
        {"table": "votes", "column": "", "only_in": BEFORE},
    ]
    assert changes.changed["column"].tolist() == ["note"]
    assert changes.summary() == (
        "1 act changed, none added, none removed; column grade of acts only in the earlier "
        "build; column colour of acts only in the later build; table votes only in the earlier "
        "build"
    )


def test_no_column_in_common_is_said_and_nothing_else() -> None:
    frames = ({"acts": pd.DataFrame({c: ["1"]}, dtype="str")} for c in ("a", "b"))
    changes = compare(*frames)
    assert len(changes.schema) == 2
    assert changes.counts().empty


def test_the_project_with_an_earlier_copy_of_itself(tmp_path: Path) -> None:
    assert changes_since(None) is None
    tables = read_build(processed_folder())
    votes, totals = tables["votes"], tables["totals"]
    votes.iloc[1:].to_parquet(tmp_path / "votes.parquet")
    totals.sample(frac=1, random_state=1).to_parquet(tmp_path / "totals.parquet")
    changes = changes_between(tmp_path, processed_folder())
    assert lines_of(changes.added["votes"]) == lines_of(as_text("votes", votes.head(1)))
    assert changes.counts().to_dict("records") == [
        {"table": "votes", "added": 1, "changed": 0, "removed": 0}
    ]
    assert len(changes.schema) == len(tables) - 2
    since = changes_since(tmp_path)
    assert since is not None
    same(changes, since)
