"""Evidence: grades, coverage, gaps and disagreements between sources, recounted from the files."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import Any

import pandas as pd
import pytest

from adoption.law.evidence import (
    AGREES,
    BESIDE,
    DIFFERS,
    GAPS,
    NO_RULE,
    acts_by_day,
    also_named,
    covered,
    entries_compared,
    gaps,
    known_day,
    last_not_in_force,
    load_tables,
)
from adoption.law.spells import history_in
from adoption.tables.dictionary import TABLES, files_of, table_description
from tests.adopting import rows
from tests.conftest import acts_of, bound, history, made, made_up, states_of


@pytest.mark.parametrize(
    ("note", "expected"),
    [
        ("also in one-b, then in two and one", "one-b;two"),  # `one` is the row's own
        ("two; two again", "two"),
        ("twofold, not-two, two-", ""),
        ("", ""),
    ],
)
def test_sources_named_in_a_note(note: str, expected: str) -> None:
    acts = acts_of([bound("AAA", "2001-02-01")]).assign(source="one", note=note or None)
    known = acts_by_day(made_up(), acts, states_of(["AAA"]), date(2001, 3, 1))
    assert list(also_named(known, ["one", "two", "one-b", "three"])) == [expected]


# What people compiled of the first was taken in two files; then the depositary's list came, which
# it still had a week later. Of the others the lists are older than what other sources gave since.
SNAPSHOTS = pd.DataFrame(
    [
        ("data/raw/compiled/2026-10-01/acts.csv", "2026-10-01"),
        ("data/raw/compiled/2026-10-08/more.csv", "2026-10-08"),
        ("data/raw/untc-fetched/2026-11-24T060000Z/x.xml", "2026-12-01"),
        ("data/raw/untc-fetched-too/2026-12-05T060000Z/x.xml", "2026-12-05"),
        ("data/raw/untc-base/2026-09-01/treaties.csv", "2026-09-01"),
        ("data/raw/worldbank-indicators/2026-12-15T060000Z/x.json", "2026-12-15"),
    ],
    columns=["file", "unchanged_until"],
).astype({"unchanged_until": "datetime64[us]"})
MADE_UP = {
    "compiled": made_up(acts="compiled", base_treaty=None, source="press"),
    "fetched": made_up(acts="compiled", base_treaty=None, source="untc-fetched"),
    "base": made_up(acts=None, base_treaty="x", source="untc-mtdsg-2018"),
    "without": made_up(acts="nowhere", base_treaty=None, source="press"),
}


@pytest.mark.parametrize(
    ("name", "complete_to", "day"),
    [
        ("fetched", date(2026, 11, 30), "2026-11-30"),  # saved by hand, and given on 1 December
        ("fetched", None, "2026-12-01"),
        ("compiled", date(2025, 10, 26), "2026-10-08"),
        ("without", date(2025, 10, 26), None),
    ],
)
def test_a_fetched_list_is_known_to_the_day_to_which_it_reaches(
    name: str, complete_to: date | None, day: str | None
) -> None:
    one = MADE_UP[name].model_copy(update={"complete_to": complete_to})
    assert known_day(one, SNAPSHOTS) == (date.fromisoformat(day) if day else None)


READ = load_tables()
COVERED = {(row["table"], row["part"]): row for row in covered(READ).to_dict("records")}


def lines(name: str) -> list[dict[str, str]]:
    return [row for file in files_of(name) for row in rows(file)]


def test_every_row_of_every_table_is_counted_once() -> None:
    counted = Counter[str]()
    for (name, _), row in COVERED.items():
        counted[name] += row["rows"]
    names = [entry.name for entry in TABLES if entry.name not in BESIDE]
    assert counted == {name: len(lines(name)) for name in names}
    assert set(BESIDE) <= READ.keys(), "what is said beside the acts covers nobody"


def test_gaps_are_the_empty_cells_of_the_files() -> None:
    found = {(row["table"], row["column"]): row for row in gaps(READ).to_dict("records")}
    for name, columns in GAPS.items():
        found_rows = lines(name)
        known = {column.name for column in table_description(name).columns if column.missing}
        assert set(columns) <= known
        for column in columns:
            empty = sum(row[column] == "" for row in found_rows)
            assert (found[name, column]["missing"] if empty else 0) == empty
            assert ((name, column) in found) == (empty > 0)


def test_a_published_day_that_the_rule_does_not_give() -> None:
    entries = pd.DataFrame(
        {
            "convention": "atlantis",
            "iso3": ["AAA", "DDD"],
            "source": "us",
            "date": pd.to_datetime(["2001-05-05", "2001-07-01"]),
        }
    )
    rows = [bound(code, "2001-02-01") for code in ("AAA", "BBB", "CCC")]
    made = {
        "acts": acts_of([*rows, bound("DDD", "2001-06-01")]),
        "states": states_of(["AAA", "BBB", "CCC", "DDD"]),
        "memberships": READ["memberships"],
        "entries_into_force": entries,
    }
    compared = entries_compared(history_in(made_up(), made), entries).set_index("iso3")
    # 1 February and 90 days is 2 May; 1 June and 30 days is 1 July.
    assert compared.loc["AAA", "computed"] == pd.Timestamp(2001, 5, 2)
    assert compared["result"].to_dict() == {"AAA": DIFFERS, "DDD": AGREES}


def test_of_a_convention_with_signatures_only_no_day_in_force_is_computed() -> None:
    signed = [
        bound("AAA", "2001-02-01", act="signature"),
        bound("BBB", "2001-03-01", act="signature"),
    ]
    no_days = pd.DataFrame({"iso3": [], "date": []}).astype(
        {"iso3": "str", "date": "datetime64[us]"}
    )
    compared = entries_compared(history(*signed), no_days)
    assert compared.empty
    unlisted = no_days.iloc[:0].reindex([0]).assign(iso3="AAA", date=pd.Timestamp("2002-01-01"))
    assert entries_compared(history(*signed), unlisted)["result"].tolist() == [NO_RULE]


@pytest.mark.parametrize(
    ("seen", "day"),
    [(None, "2001-06-30"), ("2001-05-01", "2001-06-30"), ("2003-01-01", "2002-12-31")],
)
def test_a_source_can_say_that_a_convention_is_not_in_force(seen: str | None, day: str) -> None:
    reach: dict[str, Any] = {"complete_to": date(2001, 6, 30), "not_in_force_seen": seen}
    reach["not_in_force_source"] = seen and "us"
    status = made("2002-12-31", bound("AAA", "2001-02-01"), **reach)
    last = last_not_in_force(status)
    assert last is not None
    assert (str(last.day), last.by_report) == (day, seen == "2003-01-01")
    enough = [bound(code, "2001-02-01") for code in ("AAA", "BBB", "CCC")]
    assert last_not_in_force(made("2002-12-31", *enough, **reach)) is None
