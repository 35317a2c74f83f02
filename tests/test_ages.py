"""On which day a list of acts was last seen as it is used."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from adoption.law.evidence import known_day
from tests.conftest import made_up

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
CONVENTIONS = {
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
    one = CONVENTIONS[name].model_copy(update={"complete_to": complete_to})
    assert known_day(one, SNAPSHOTS) == (date.fromisoformat(day) if day else None)
