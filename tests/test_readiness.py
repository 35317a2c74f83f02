"""The readiness gap: a hand count, a mark that is not reached by half, and what is not known."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from adoption.countries.association import MARK, NEEDED, Adopters, readiness
from tests.adopting import adopters, rows


def made(*states: tuple[str, bool, float | None, float | None, float | None]) -> Adopters:
    frame = pd.DataFrame(states, columns=["name", "acted", *NEEDED])
    return replace(adopters("hanoi"), frame=frame.astype(dict.fromkeys(NEEDED, "float64")))


def test_the_real_gap_is_a_hand_count() -> None:
    signed = {r["iso3"] for r in rows("acts") if r["convention"] == "hanoi"}
    members = {row["iso3"] for row in rows("states") if row["kind"] == "member"}
    pillars: dict[str, list[float]] = {}
    for row in rows("gci"):
        if (row["index"], row["edition"]) == ("GCI", "2024") and row["component"] in NEEDED:
            pillars.setdefault(row["iso3"], []).append(float(row["value"]))
    low = {iso3 for iso3, values in pillars.items() if min(values) < 10} & members
    ready = readiness(adopters("hanoi"))
    assert set(ready.short["iso3"]) == low & signed
    assert ready.assessed == len(pillars.keys() & members & signed)
    assert ready.others_short == len(low - signed)
    assert ready.others_assessed == len((pillars.keys() & members) - signed)


def test_half_of_the_points_is_not_below_the_mark() -> None:
    ready = readiness(made(("A", True, MARK, 20, 20), ("B", True, MARK - 0.01, 20, 20)))
    assert ready.short["name"].tolist() == ["B"]
    assert ready.assessed == 2


def test_most_low_pillars_and_then_fewest_points_come_first() -> None:
    ready = readiness(
        made(
            ("A", True, 9, 20, 20),
            ("B", True, 1, 20, 20),
            ("C", True, 9, 9, 20),
            ("D", True, 20, 20, 20),
            ("E", False, 0, 0, 0),
            ("F", True, None, 0, 20),
        )
    )
    assert ready.short["name"].tolist() == ["C", "B", "A"]
    assert ready.short["low"].tolist() == [2, 1, 1]
    assert [(ready.short[pillar] < MARK).sum() for pillar in NEEDED] == [3, 1, 0]
    assert (ready.others_short, ready.others_assessed) == (1, 1)
