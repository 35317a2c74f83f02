"""Coverage, gaps, reach and licences, against plain counts of the files."""

from __future__ import annotations

import csv
from collections import Counter
from datetime import date

import pandas as pd
import pytest

from adoption.data.dictionary import TABLES, table
from adoption.law.conventions import load_conventions
from adoption.law.coverage import (
    BESIDE,
    GAPS,
    NONE_STATED,
    by_licence,
    covered,
    gaps,
    load_tables,
    reach,
)
from adoption.paths import processed_folder
from adoption.tables import data_day
from tests.conftest import made_up, states_of

READ = load_tables()
COVERED = {(row["table"], row["part"]): row for row in covered(READ).to_dict("records")}
NEWEST = data_day()


def lines(name: str) -> list[dict[str, str]]:
    with (processed_folder() / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_every_row_of_every_table_is_counted_once() -> None:
    counted = Counter[str]()
    for (name, _), row in COVERED.items():
        counted[name] += row["rows"]
    names = [entry.name for entry in TABLES if entry.name not in BESIDE]
    assert counted == {name: len(lines(name)) for name in names}
    assert set(BESIDE) <= READ.keys(), "what is said beside the acts covers nobody"


@pytest.mark.parametrize("edition", ["2018", "2020", "2024"])
def test_palau_has_no_global_cybersecurity_index(edition: str) -> None:
    row = COVERED["capacity", f"GCI {edition}"]
    assert (row["members"], row["absent"]) == (192, ("Palau",))
    assert row["others"] == ("Holy See", "State of Palestine")
    members = {line["iso3"] for line in lines("states") if line["un_member"] == "true"}
    scored = {
        line["iso3"] for line in lines("capacity")
        if (line["index"], line["edition"], line["component"]) == ("GCI", edition, "overall")
    }  # fmt: skip
    assert members - scored == {"PLW"}


@pytest.mark.parametrize("edition", ["2018", "2020", "2022", "2024"])
def test_all_members_have_the_e_government_index(edition: str) -> None:
    row = COVERED["capacity", f"EGDI {edition}"]
    assert (row["members"], row["absent"], row["others"]) == (193, (), ())


def test_other_tables_by_hand() -> None:
    assert COVERED["acts", ""]["absent"] == ("Tuvalu",)
    assert COVERED["states", ""]["members"] == 193
    assert COVERED["votes", "A/RES/74/247"]["members"] == 193
    assert pd.isna(COVERED["sources", ""]["members"])
    assert "Hong Kong" in COVERED["base_acts", ""]["others"]
    regimes = {line["iso3"] for line in lines("regimes")}
    missing = COVERED["regimes", ""]["absent"]
    assert len(missing) == 193 - len(regimes - {"PSE"})


def test_a_state_without_an_overall_value_is_not_covered() -> None:
    capacity = pd.DataFrame(
        {"iso3": ["AAA", "BBB"], "index": "GCI", "edition": 2024, "component": ["overall", "legal"]}
    )
    made = covered({"states": states_of(["AAA", "BBB"]), "capacity": capacity})
    row = made.iloc[1]
    assert (row["rows"], row["absent"]) == (2, ("BBB",))


def test_gaps_are_the_empty_cells_of_the_files() -> None:
    found = {(row["table"], row["column"]): row for row in gaps(READ).to_dict("records")}
    for name, columns in GAPS.items():
        rows = lines(name)
        known = {column.name for column in table(name).columns if column.missing}
        assert set(columns) <= known
        for column in columns:
            empty = sum(row[column] == "" for row in rows)
            assert (found[name, column]["missing"] if empty else 0) == empty
            assert ((name, column) in found) == (empty > 0)
    assert found["acts", "date"]["missing"] == 102


def test_reach_of_the_registry() -> None:
    frame = reach(load_conventions().values(), READ["snapshots"], NEWEST, NEWEST)
    assert len(frame) == len(load_conventions())
    rows = {row["convention"]: row for row in frame.to_dict("records")}
    assert rows["hanoi"]["beyond"] == (NEWEST - date(2025, 10, 26)).days == 394
    assert rows["hanoi"]["nearly_complete_to"] == pd.Timestamp(2026, 2, 10)
    assert rows["hanoi"]["partial_to"] == pd.Timestamp(2026, 8, 2)
    assert rows["untoc"]["partial_to"] == rows["untoc"]["complete_to"] == pd.Timestamp(2014, 1, 27)
    assert pd.isna(rows["arab-2010"]["complete_to"])
    assert pd.isna(rows["arab-2010"]["beyond"])
    assert frame["taken"].notna().all()
    assert (frame["age"] >= 0).all()
    assert frame["opens"].is_monotonic_increasing


def test_reach_on_an_early_day() -> None:
    snapshots = pd.DataFrame(
        {
            "file": ["data/raw/here/2026-11-20/acts.csv"],
            "unchanged_until": pd.to_datetime(["2026-11-20"]),
        }
    )
    conventions = [
        made_up(acts="here", base_treaty=None),
        made_up(convention="later", reference="ATL 2", opens=date(2001, 6, 1)),
    ]
    row = reach(conventions, snapshots, date(2001, 3, 1), NEWEST).to_dict("records")
    assert [r["convention"] for r in row] == ["atlantis"]
    assert (row[0]["beyond"], row[0]["age"]) == (0, 4)
    nowhere = reach(conventions[1:], snapshots, date(2002, 1, 1), NEWEST)
    assert nowhere[["taken", "age"]].isna().to_numpy().all()
    assert reach([], snapshots, NEWEST, NEWEST).empty


def test_a_list_of_the_depositary_is_a_snapshot_of_its_own() -> None:
    files = [
        "here/2026-11-20/acts.csv",
        "untc-atlantis/2026-11-23T060000Z/x.xml",
        "it/2026-11-24/x",
    ]
    days = pd.to_datetime([file.split("/")[1][:10] for file in files])
    names = [f"data/raw/{file}" for file in files]
    snapshots = pd.DataFrame({"file": names, "unchanged_until": days})
    compiled = made_up(acts="here", base_treaty=None)
    listed = compiled.model_copy(update={"source": "untc-atlantis"})
    ages = [
        reach([one], snapshots, date(2001, 3, 1), date(2026, 11, 24)).loc[0, "age"]
        for one in (compiled, listed)
    ]
    assert ages == [4, 1]


def test_licences_are_a_count_of_the_sources() -> None:
    acts = READ["acts"][READ["acts"]["convention"] == "hanoi"]
    found = by_licence(READ["sources"], acts).set_index("licence")
    named = [line for line in lines("sources") if int(line["rows"])]
    without = [line for line in named if line["licence"] == ""]
    none = found.loc[NONE_STATED]
    assert none["sources"] == len(without)
    assert none["rows"] == sum(int(line["rows"]) for line in without)
    assert none["acts"] == len(acts)
    assert found["sources"].sum() == len(named)
    assert found["rows"].sum() == sum(int(line["rows"]) for line in named)


def test_acts_of_two_sources_count_for_both_licences() -> None:
    sources = pd.DataFrame(
        {"source": ["a", "b", "c"], "licence": ["X", None, "Y"], "rows": [3, 1, 0]}
    )
    found = by_licence(sources, pd.DataFrame({"source": ["a;b", "a"]}))
    assert found.to_dict("records") == [
        {"licence": "X", "sources": 1, "rows": 3, "acts": 2},
        {"licence": NONE_STATED, "sources": 1, "rows": 1, "acts": 1},
    ]
