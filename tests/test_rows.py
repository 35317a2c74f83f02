"""The rows of a state, of a frame and of sources are looked at without the whole table."""

from __future__ import annotations

import pytest
from pandas.testing import assert_frame_equal

import adoption as ad
from adoption import tables
from adoption.core.reading import recorded
from adoption.law.evidence import places_to_read
from adoption.tables.rows import Rows, records


@pytest.mark.parametrize("name", ["acts", "capacity", "memberships", "votes"])
def test_the_rows_of_a_state_are_those_of_the_table(name: str) -> None:
    every = tables.read(name)
    for iso3 in ("QAT", "EUE", "no state"):
        assert_frame_equal(tables.read_of_state(name, iso3), every[every["iso3"] == iso3])


def test_rows_hold_what_records_of_pandas_hold() -> None:
    frame = ad.status("hanoi").frame
    rows = frame.to_dict("records")
    assert repr(records(frame)) == repr(rows)
    assert repr(Rows.of(frame).at(7)) == repr(rows[7])


def test_what_is_shown_of_sources_is_read_of_those_alone() -> None:
    status = ad.status("hanoi")
    with recorded() as files:
        assert "untc-xml" in status.sources.to_bibtex()
        assert status.sources.table().to_csv()
        places_to_read(status.convention)
    assert "sources.parquet" not in {path.name for path in files}
