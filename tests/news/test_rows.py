"""CSV files of publishers compared by row."""

from __future__ import annotations

import gzip
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adoption.errors import AdoptionError
from adoption.news.kinds import RowChange
from adoption.news.rows import read_rows, row_changes
from tests.news.made_up import frame

HEAD = "iso3 edition score"
Row = tuple[str, str, str]

cells = st.tuples(
    st.sampled_from(["AAA", "BBB"]), st.sampled_from(["2020", "2024"]), st.sampled_from("012")
)
tables = st.lists(cells, max_size=6)


@given(tables, tables)
@settings(max_examples=15)
def test_rows_that_share_a_key_are_paired_and_none_is_lost(old: list[Row], new: list[Row]) -> None:
    found = list(row_changes(frame(HEAD, old), frame(HEAD, new)))
    count = Counter(change.change for change in found)
    assert len(new) - len(old) == count["added"] - count["removed"]
    assert (found == []) is (Counter(old) == Counter(new))
    back = list(row_changes(frame(HEAD, new), frame(HEAD, old)))
    swapped = [RowChange(c.key, c.change, c.column, c.new, c.old) for c in back]
    assert Counter(c for c in swapped if c.change == "changed") == Counter(
        c for c in found if c.change == "changed"
    )


@pytest.mark.parametrize(
    ("name", "content"),
    [("a.csv", b"\xef\xbb\xbfa,b\r\n1,2\r\n"), ("a.csv.gz", gzip.compress(b"a,b\n1,2\n", mtime=0))],
)
def test_tables_that_are_read(name: str, content: bytes) -> None:
    assert read_rows(content, name).to_dict("records") == [{"a": "1", "b": "2"}]


@pytest.mark.parametrize(
    ("name", "content", "line"),
    [
        ("a.csv", b"", "a.csv: the file is empty"),
        ("a.csv", b"a,a\n1,2\n", "a.csv: a heading stands twice"),
        ("a.csv", b"a,b\n1\n", "a.csv: row 2: 1 fields where 2 are expected"),
        ("a.csv", b"a\n\xff\n", "a.csv: not UTF-8 at byte 2"),
        ("a.csv", b'a\n"1\n', "a.csv: cannot be read as a table: unexpected end of data"),
        ("a.csv.gz", gzip.compress(b"a,b\n1,2\n", mtime=0)[:-9],
         "a.csv.gz: cannot be read as a table: Compressed file ended"),
    ],
)  # fmt: skip
def test_what_is_no_table_is_refused_in_one_line(name: str, content: bytes, line: str) -> None:
    with pytest.raises(AdoptionError) as caught:
        read_rows(content, name)
    assert str(caught.value).startswith(line)
