"""Tables as text and with types, from whatever a build gives."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from adoption.builds import read_build
from adoption.data.write import encode, replace_folder
from adoption.errors import AdoptionError
from adoption.news.tables import NEEDED, data_day, in_text, read_day, with_types
from tests.news.made_up import act, build, frame, undated


def test_every_table_of_the_project_is_the_same_text(
    built: Mapping[str, pd.DataFrame], tmp_path: Path
) -> None:
    replace_folder(tmp_path / "built", encode(built))
    written = in_text(read_build(tmp_path / "built"), "written")
    made = in_text(built, "made")
    assert made.keys() == written.keys()
    for name, table in made.items():
        pd.testing.assert_frame_equal(table, written[name], check_dtype=False)


def test_the_types_are_those_of_the_build(built: Mapping[str, pd.DataFrame]) -> None:
    text = in_text(built, "made")
    for name in ("acts", "entries_into_force"):
        pd.testing.assert_frame_equal(
            with_types(name, text[name], "made"), built[name], check_dtype=False
        )


def test_what_is_given_is_not_written_to() -> None:
    tables = build(act("AAA"))
    before = {name: table.copy() for name, table in tables.items()}
    text = in_text(tables, "made up")["acts"]
    text.loc[0, "grade"] = "reported"
    for name, table in tables.items():
        pd.testing.assert_frame_equal(table, before[name])


def test_days_and_truths() -> None:
    acts = with_types("acts", build(undated("AAA", open_ended=True))["acts"], "made up")
    assert acts["open_ended"].tolist() == [True]
    assert acts["date"].isna().all()
    assert acts["earliest"].dt.date.tolist() == [date(2020, 2, 1)]


def test_the_day_of_the_data_is_the_newest() -> None:
    tables = build()
    tables["snapshots"] = frame("file accessed", [("a", "2020-01-02"), ("b", "2020-01-01")])
    assert data_day(tables, "made up") == date(2020, 1, 2)
    rows = [("a", "2020-01-02", "2020-01-02"), ("b", "2020-01-01", "2020-01-09")]
    tables["snapshots"] = frame("file accessed unchanged_until", rows)
    assert data_day(tables, "made up") == date(2020, 1, 9), "found unchanged is as good as taken"
    tables["snapshots"] = frame("file accessed", [("a", "")])
    assert data_day(tables, "made up") is None


@pytest.mark.parametrize(
    "text", ["2020-02-30", "2020-1-1", "20200101", "2020-W01-1", "yesterday", "2020-01-01T00:00:00"]
)
def test_what_is_no_day(text: str) -> None:
    with pytest.raises(AdoptionError, match=r"^table x: '.*' is not a day of the calendar"):
        read_day(text, "table x")


@pytest.mark.parametrize("name", NEEDED)
def test_a_build_without_a_table_or_a_column_is_refused(name: str) -> None:
    for column in (None, *NEEDED[name]):
        tables = build(act("AAA"))
        if column is None:
            del tables[name]
        else:
            tables[name] = tables[name].drop(columns=column)
        with pytest.raises(AdoptionError, match=rf"^copy: .*{name}.*{column or ''} is missing; "):
            in_text(tables, "copy")


def test_a_key_that_stands_twice_is_refused() -> None:
    tables = build()
    tables["memberships"] = frame("iso3 organisation", [("AAA", "UN"), ("AAA", "UN")])
    with pytest.raises(AdoptionError, match=r"^copy: table memberships: 'AAA UN' stands twice$"):
        in_text(tables, "copy")
