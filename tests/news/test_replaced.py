"""A snapshot that a newer one replaces is not lost."""

from __future__ import annotations

from adoption.news.kinds import ADDED, CHANGED, REMOVED, Differences, RowChange
from adoption.news.markdown import as_markdown
from adoption.news.others import table_change
from adoption.news.text import as_text


def of(source: str, day: str, change: str, name: str = "x.xml") -> RowChange:
    column = "bytes" if change == CHANGED else ""
    return RowChange((f"data/raw/{source}/{day}/{name}",), change, column)


OLD = of("untc-atlantis", "2020-03-01T060000Z", REMOVED)
NEW = of("untc-atlantis", "2020-03-08T060000Z", ADDED)


def told(*rows: RowChange) -> str:
    return as_text(Differences(tables=(table_change("snapshots", rows),))).splitlines()[-1].strip()


def test_a_newer_one() -> None:
    assert told(OLD, NEW) == "~ snapshots: 1 replaced by a newer one"
    found = Differences(tables=(table_change("snapshots", (OLD, NEW)),))
    assert "- snapshots: 1 replaced by a newer one\n" in as_markdown(found)


def test_several_and_others_that_are_not_replaced() -> None:
    two = (of("mu", "2020-01-01", REMOVED), of("mu", "2020-02-01", ADDED))
    beside = (of("egdi", "2020-02-01", ADDED), of("gone", "2020-02-01", REMOVED),
              of("seen", "2020-02-01", CHANGED))  # fmt: skip
    assert told(OLD, NEW, *two) == "~ snapshots: 2 replaced by newer ones"
    assert told(OLD, NEW, *two, *beside) == (
        "~ snapshots: 2 replaced by newer ones, 1 row added, 1 changed, 1 removed"
    )
