"""Disagreements between sources, recounted from the files and by hand."""

from __future__ import annotations

import csv
import shutil
from datetime import date
from functools import cache
from pathlib import Path

import pandas as pd
import pytest

from adoption.data.dictionary import CONSENTS
from adoption.data.write import conform
from adoption.law.conventions import load_conventions
from adoption.law.evidence import (
    AGREES,
    CONFLICT,
    DIFFERS,
    NO_RULE,
    entries_compared,
    load_oddities,
    load_tables,
    totals_compared,
)
from adoption.paths import processed_folder, reference_folder
from adoption.tables import data_day
from tests.conftest import acts_of, bound, made_up, states_of

TABLES = load_tables()
CONVENTIONS = load_conventions()
NEWEST = data_day()
MONTHS = 12


@cache
def compared_by(name: str) -> pd.DataFrame:
    return totals_compared(CONVENTIONS[name], TABLES, NEWEST)


@pytest.mark.parametrize(
    ("name", "day", "published", "result"),
    [("untoc", "2014-01-27", 179, AGREES), ("budapest", "2006-09-29", 15, DIFFERS)],
)
def test_parties_are_an_independent_count(name: str, day: str, published: int, result: str) -> None:
    with (processed_folder() / "acts.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["convention"] == name]
    consents = [row for row in rows if row["act"] in CONSENTS]
    assert not [row for row in rows if row["act"] == "withdrawal"]
    lower = {row["iso3"] for row in consents if row["latest"] <= day}
    upper = {row["iso3"] for row in consents if row["earliest"] <= day}
    compared = compared_by(name)
    (row,) = compared[(compared["as_of"] == day) & (compared["measure"] == "parties")].to_dict(
        "records"
    )
    assert (row["published"], row["lower"], row["upper"]) == (published, len(lower), len(upper))
    assert row["result"] == result
    outside = min(0, published - len(lower)) or max(0, published - len(upper))
    assert row["difference"] == outside


def test_published_days_of_the_budapest_convention() -> None:
    compared = entries_compared(CONVENTIONS["budapest"], TABLES, NEWEST)
    assert len(compared) == 60
    assert compared["result"].value_counts().to_dict() == {AGREES: 43, NO_RULE: 17}
    acts = TABLES["acts"]
    acts = acts[(acts["convention"] == "budapest") & acts["act"].isin(CONSENTS)]
    deposit = acts.set_index("iso3")["date"]
    general = pd.Timestamp(2004, 7, 1)
    for row in compared.to_dict("records"):
        day = deposit[row["iso3"]]
        if pd.isna(day):  # its window was drawn from the published day: no proof of it
            assert row["result"] == NO_RULE
            continue
        months = day.year * MONTHS + day.month - 1 + 4  # the month after three months have passed
        by_hand = max(pd.Timestamp(months // MONTHS, months % MONTHS + 1, 1), general)
        assert (row["computed"], row["result"]) == (by_hand, AGREES)


def test_a_published_day_that_the_rule_does_not_give() -> None:
    entries = pd.DataFrame(
        {"convention": "atlantis", "iso3": ["AAA", "DDD"], "source": "us",
         "date": pd.to_datetime(["2001-05-05", "2001-07-01"])}
    )  # fmt: skip
    rows = [bound(code, "2001-02-01") for code in ("AAA", "BBB", "CCC")]
    made = {
        "entries_into_force": entries,
        "acts": acts_of([*rows, bound("DDD", "2001-06-01")]),
        "states": states_of(["AAA", "BBB", "CCC", "DDD"]),
        "memberships": TABLES["memberships"],
    }
    compared = entries_compared(made_up(), made, date(2001, 12, 31)).set_index("iso3")
    # 1 February and 90 days is 2 May; 1 June and 30 days is 1 July.
    assert compared.loc["AAA", "computed"] == pd.Timestamp(2001, 5, 2)
    assert compared["result"].to_dict() == {"AAA": DIFFERS, "DDD": AGREES}
    assert list(entries_compared(made_up(), made, date(2001, 5, 5))["iso3"]) == ["AAA"]


BESIDE = {
    "convention": "atlantis", "iso3": "AAA", "kind": "consent", "about": "day",
    "kept": "2001-02-01", "kept_source": "untc-atlantis", "other": "2001-02-03",
    "other_source": "them", "other_grade": "reported",
}  # fmt: skip


def test_conflicts_are_oddities(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    before = {name: load_oddities(CONVENTIONS[name]) for name in ("hanoi", "malabo")}
    shown = [list(oddities["rule"]).count(CONFLICT) for oddities in before.values()]
    assert shown == [2, 0], "running figures of the first day; no source names the signatories"
    shutil.copytree(reference_folder(), tmp_path / "data" / "reference")
    (tmp_path / "data" / "processed").mkdir()
    conflicts = conform("conflicts", pd.DataFrame([BESIDE | {"convention": "hanoi"}]))
    conflicts.to_parquet(tmp_path / "data" / "processed" / "conflicts.parquet")
    monkeypatch.setenv("ADOPTION_HOME", str(tmp_path))
    for name, oddities in before.items():
        after = load_oddities(CONVENTIONS[name])
        others = oddities[oddities["rule"] != CONFLICT]
        pd.testing.assert_frame_equal(after[: len(others)], others)
        assert list(after["rule"][len(others) :]) == [CONFLICT] * (name == "hanoi")
