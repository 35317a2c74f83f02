"""The data dictionary: consistent with itself."""

from __future__ import annotations

import pytest

from adoption.data.dictionary import TABLES, Table

BY_NAME = {entry.name: entry for entry in TABLES}


@pytest.mark.parametrize("entry", TABLES, ids=BY_NAME)
def test_tables_are_sound(entry: Table) -> None:
    columns = {column.name: column for column in entry.columns}
    assert len(columns) == len(entry.columns)
    assert set(entry.key) <= set(columns)
    assert not entry.row.endswith(".")
    for column in entry.columns:
        assert column.means, column.name
        assert not column.means.endswith("."), column.name
        assert len(set(column.allowed)) == len(column.allowed)
        if column.refers:
            target, key = column.refers.split(".")
            assert key in {c.name for c in BY_NAME[target].columns}
            assert BY_NAME[target].key == (key,)


def test_every_table_names_its_sources() -> None:
    named = {"source", "kept_source"}
    without = {t.name for t in TABLES if not named & {c.name for c in t.columns}}
    # The raw files are sources themselves; the scores are worked out, from the base set.
    assert without == {"snapshots", "backtest"}
