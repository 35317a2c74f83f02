"""Shares with intervals: against published numbers, a hand count and made-up states."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from adoption.countries.association import (
    HIGHEST,
    LOWEST,
    MIDDLE,
    UNKNOWN,
    thirds,
    variables,
    widest,
    wilson,
)
from tests.adopting import CASES, adopters, measured, rows

# Wilson


@pytest.mark.parametrize(
    ("successes", "states", "low", "high"),
    [
        # Newcombe 1998, Statistics in Medicine 17, table I, method 3.
        (81, 263, 0.2553, 0.3662),
        (0, 20, 0.0000, 0.1611),
        (29, 29, 1 - 0.1170, 1.0000),
    ],
)
def test_the_published_intervals(successes: int, states: int, low: float, high: float) -> None:
    assert wilson(successes, states) == pytest.approx((low, high), abs=5e-5)


@given(st.integers(1, 300), st.data())
def test_the_interval_holds_the_share_and_is_the_mirror_of_the_rest(
    states: int, data: st.DataObject
) -> None:
    successes = data.draw(st.integers(0, states))
    low, high = wilson(successes, states)
    assert 0 <= low <= successes / states <= high <= 1
    other = wilson(states - successes, states)
    assert (1 - high, 1 - low) == pytest.approx(other, abs=1e-12)


# Thirds


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([3.0, 1.0, 2.0, 6.0, 5.0, 4.0], [MIDDLE, LOWEST, LOWEST, HIGHEST, HIGHEST, MIDDLE]),
        # Mean rank 3.5 of four: place 0.75. Values that are the same stay together.
        ([0.0, 9.0, 20.0, 20.0], [LOWEST, MIDDLE, HIGHEST, HIGHEST]),
        ([5.0, 5.0, 5.0], [MIDDLE] * 3),
    ],
)
def test_thirds(values: list[float], expected: list[str]) -> None:
    assert thirds(pd.Series(values)).tolist() == expected


def test_what_is_missing_has_no_third_and_moves_no_other() -> None:
    found = thirds(pd.Series([1.0, None, 2.0, 3.0]))
    assert found.dropna().tolist() == [LOWEST, MIDDLE, HIGHEST]
    assert found.isna().tolist() == [False, True, False, False]


# Shares


def hand_count(category_of: dict[str, str]) -> dict[str, tuple[int, int]]:
    """Return (signed, states) of each category, counted from the files alone."""
    members = [row["iso3"] for row in rows("states") if row["kind"] == "member"]
    signed = {
        row["iso3"]
        for row in rows("acts")
        if row["convention"] == "hanoi" and row["act"] == "signature"
    }
    counts: dict[str, tuple[int, int]] = {}
    for iso3 in members:
        category = category_of.get(iso3) or UNKNOWN
        acted, states = counts.get(category, (0, 0))
        counts[category] = (acted + (iso3 in signed), states + 1)
    return counts


def categories(variable: str) -> dict[str, str]:
    if variable == "tier":
        return {
            row["iso3"]: row["tier"]
            for row in rows("gci")
            if (row["index"], row["edition"], row["component"]) == ("GCI", "2024", "overall")
        }
    if variable == "vote":
        return {
            row["iso3"]: row["vote"] + (" (inferred)" if row["grade"] == "inferred" else "")
            for row in rows("votes")
            if row["resolution"] == "A/RES/74/247"
        }
    return {row["iso3"]: row[variable] for row in rows("states")}


@pytest.mark.parametrize("variable", ["tier", "vote", "income_group"])
def test_shares_are_a_hand_count(variable: str) -> None:
    found = measured("hanoi")
    own = found[found["variable"] == variable]
    counted = {row["category"]: (row["acted"], row["states"]) for row in own.to_dict("records")}
    assert counted == hand_count(categories(variable))
    assert own["share"].tolist() == pytest.approx((own["acted"] / own["states"]).tolist())


@pytest.mark.parametrize(("name", "day", "edition"), CASES[::3])
def test_no_state_is_lost_in_any_variable(name: str, day: date, edition: int) -> None:
    found = adopters(name, day, edition)
    table = measured(name, day, edition)
    assert set(table["variable"]) == set(variables(found.frame))
    for _, own in table.groupby("variable"):
        assert own["states"].sum() == len(found.frame)
        assert own["acted"].sum() == found.acted
        assert own["by_report"].sum() == found.frame["by_report"].sum()
        assert own["category"].is_unique
        assert UNKNOWN not in own["category"].tolist()[:-1], "what is not known stands last"
    assert ((table["low"] <= table["share"]) & (table["share"] <= table["high"])).all()


def test_a_third_says_its_range() -> None:
    table = measured("hanoi")
    values = adopters("hanoi").frame["technical"].dropna()
    own = table[(table["variable"] == "technical") & (table["category"] != UNKNOWN)]
    high, middle, low = own.to_dict("records")
    assert (high["category"], middle["category"], low["category"]) == (HIGHEST, MIDDLE, LOWEST)
    assert (low["least"], high["most"]) == (values.min(), values.max())
    assert low["most"] < middle["least"] <= middle["most"] < high["least"]
    assert table.loc[table["variable"] == "vote", "least"].isna().all()


# The widest gap


def made_shares(*made: tuple[str, str, int, int]) -> pd.DataFrame:
    frame = pd.DataFrame(made, columns=["variable", "category", "acted", "states"])
    return frame.assign(label=frame["variable"], share=frame["acted"] / frame["states"])


def test_the_widest_gap() -> None:
    found = widest(
        made_shares(("a", "x", 5, 10), ("a", "y", 4, 10), ("b", "x", 9, 12), ("b", "y", 1, 10))
    )
    assert found is not None
    most, least = found
    assert (most["variable"], most["category"], least["category"]) == ("b", "x", "y")


@pytest.mark.parametrize("name", ["not known", "absent (inferred)", "party by report"])
def test_what_is_not_sure_carries_no_finding(name: str) -> None:
    assert widest(made_shares(("a", "x", 5, 10), ("a", name, 0, 50))) is None


def test_small_categories_and_equal_shares_carry_none() -> None:
    assert widest(made_shares(("a", "x", 5, 10), ("a", "y", 0, 9))) is None
    assert widest(made_shares(("a", "x", 5, 10), ("a", "y", 10, 20))) is None
    assert widest(made_shares(("a", "x", 5, 10))) is None
