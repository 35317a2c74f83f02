"""Wrong calls of the public functions, each refused in one line, beside some that are right.

`wrong_calls.csv` has one row a call: the call, and how its line begins; no line where the call is
rightly accepted.
"""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path

import pandas as pd
import pytest

import adoption as ad

TABLE = Path(__file__).with_name("wrong_calls.csv")
with TABLE.open(encoding="utf-8", newline="") as file:
    ROWS = [(row["call"], row["line"]) for row in csv.DictReader(file)]
WRONG = [(call, line) for call, line in ROWS if line]


@cache
def names() -> dict[str, object]:
    """Return what the calls may name."""
    merged = ad.status("hanoi", "2025-10-26").frame.merge(
        ad.capacity("GCI", 2024), on="iso3", how="left"
    )
    income = ad.states()[["iso3", "income_group"]]
    return {"ad": ad, "pd": pd, "merged": merged.merge(income, on="iso3")}


@pytest.mark.parametrize(("call", "line"), WRONG)
def test_a_wrong_call_is_refused_in_one_line(call: str, line: str) -> None:
    with pytest.raises((ad.AdoptionError, AttributeError)) as caught:
        eval(call, dict(names()))
    said = str(caught.value)
    assert said.startswith(line)
    assert "\n" not in said


@pytest.mark.parametrize("call", [call for call, line in ROWS if not line])
def test_what_is_right_is_accepted(call: str) -> None:
    eval(call, dict(names()))


def test_the_table_has_as_many_calls_as_it_should() -> None:
    assert len(WRONG) >= 120
    assert len({call for call, _ in ROWS}) == len(ROWS)
