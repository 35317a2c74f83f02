"""Tables as text and with types, from whatever a build gives."""

from __future__ import annotations

from datetime import date

import pytest

from adoption.errors import AdoptionError
from adoption.news.tables import NEEDED, data_day, in_text, read_day, with_types
from tests.news.made_up import act, build, frame, undated


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


@pytest.mark.parametrize("text", ["2020-02-30", "yesterday", "2020-01-01T00:00:00"])
def test_what_is_no_day(text: str) -> None:
    with pytest.raises(AdoptionError, match=r"^table x: '.*' is not a day of the calendar"):
        read_day(text, "table x")


def test_a_build_without_a_table_or_a_column_is_refused() -> None:
    for name, columns in NEEDED.items():
        without, damaged = build(act("AAA")), build(act("AAA"))
        del without[name]
        damaged[name] = damaged[name].drop(columns=[*columns][-1])
        for tables in (without, damaged):
            with pytest.raises(AdoptionError, match=rf"^copy: .*{name}.* is missing; "):
                in_text(tables, "copy")


def test_a_key_that_stands_twice_is_refused() -> None:
    tables = build()
    tables["memberships"] = frame("iso3 organisation", [("AAA", "UN"), ("AAA", "UN")])
    with pytest.raises(AdoptionError, match=r"^copy: table memberships: 'AAA UN' stands twice$"):
        in_text(tables, "copy")
