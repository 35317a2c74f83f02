"""What is said of capacity: for every indicator, and where values are missing."""

from __future__ import annotations

import re

import pandas as pd
import pytest

from adoption import tables
from adoption.countries.capacity import (
    by_region,
    classes,
    parts_by_region,
    values_by_state,
    with_parts,
)
from adoption.countries.capacity_pairs import (
    Pair,
    beside_other,
    since_earlier,
    zero_without_parts,
    zeros_compared,
)
from adoption.countries.indices import OVERALL, Indicator
from adoption.sentences import capacity as say
from adoption.sentences import capacity_pairs as say_pair
from adoption.words import long_day
from tests.conftest import states_of
from tests.test_capacity import CAPACITY, EVERY, STATES, rows

FAULTS = r"\bnan\b|None|NaT|  |\.\.|\bthe the\b|\(\)|: \.|, ,"
GCI = Indicator("GCI", 2024)
DAY = tables.data_day()


@pytest.mark.parametrize("indicator", EVERY, ids=str)
def test_every_indicator(indicator: Indicator) -> None:
    values = values_by_state(CAPACITY, STATES, indicator)
    scale = classes(indicator, values)
    moves = since_earlier(CAPACITY, STATES, indicator)
    other = beside_other(CAPACITY, STATES, indicator)
    zeros = zeros_compared(CAPACITY, STATES, moves)
    parts = parts_by_region(with_parts(CAPACITY, STATES, indicator), indicator.index)
    texts = [
        say.capacity_answer(values, scale, indicator, DAY).text,
        say.missing_sentence(values),
        say.parts_sentence(parts, indicator),
        say.grades_sentence(values, indicator),
        say.limits_note(indicator, scale, zero_without_parts(CAPACITY, STATES, indicator)),
        say_pair.moves_sentence(moves, indicator, zeros),
        say_pair.other_sentence(other),
    ]
    titles = [
        say.map_title(values, scale, indicator),
        say.regions_title(by_region(values), indicator),
        say_pair.moves_title(moves, indicator),
        say_pair.other_title(other),
    ]
    for text in (*texts, *titles):
        assert not re.search(FAULTS, text), text
    assert all(text.endswith(".") for text in texts)
    assert not any(title.endswith(".") for title in titles)


def test_the_answer_on_the_gci_of_2024() -> None:
    values = values_by_state(CAPACITY, STATES, GCI)
    known = sorted(values["value"].dropna())
    median = (known[96] + known[97]) / 2  # of 194
    quarter = known[48] + 0.25 * (known[49] - known[48])  # 193 / 4 = 48.25 from the lowest
    answer = say.capacity_answer(values, classes(GCI, values), GCI, DAY)
    assert answer.text == (
        "The GCI 2024 has an overall value for 194 states: 192 of the 193 members of the United "
        f"Nations, the Holy See and the State of Palestine. The median is {median:.1f} of 100, and "
        f"a quarter of the states have {quarter:.1f} or less; 46 are in the highest tier (T1, 95 "
        "to 100), 14 in the lowest (T5, 0 to under 20). No value is known for Palau, nor for the "
        "Cook Islands and Niue, which are not members."
    )
    assert answer.key_figure == f"{median:.1f}"
    assert answer.as_of == long_day(DAY)


def made(*kinds: tuple[str, str, float | None]) -> pd.DataFrame:
    """Return rows of (name, kind, value) as from `values_by_state`."""
    frame = pd.DataFrame(kinds, columns=["name", "kind", "value"])
    return frame.assign(article=None, tier=None, grade=None, region="North")


@pytest.mark.parametrize(
    ("frame", "expected"),
    [
        (made(("A", "member", 1.0)), "No state is without a value."),
        (made(("A", "member", None)), "No value is known for A."),
        (made(("A", "member", None), ("B", "member", None)), "No value is known for A and B."),
        (made(("A", "observer", None)), "No value is known for A, not a member."),
        (
            made(("B", "member", None), ("A", "observer", None), ("C", "other state", None)),
            "No value is known for B, nor for A and C, which are not members.",
        ),
        (
            made(*[(letter, "member", None) for letter in "ABCDEFGHI"]),
            "No value is known for A, B, C, D, E, F and 3 more.",
        ),
    ],
)
def test_who_is_not_known(frame: pd.DataFrame, expected: str) -> None:
    assert say.missing_sentence(frame) == expected


def test_one_state_in_the_highest_class_and_none_at_all() -> None:
    frame = made(("A", "member", 100.0), ("B", "member", None))
    scale = classes(GCI, frame)
    text = say.capacity_sentence(frame, scale, GCI)
    assert "for 1 state: 1 of the 2 members of the United Nations." in text
    assert "1 is in the highest fifth of the scale (80 to 100), 0 in the lowest" in text
    nobody = made(("A", "member", None))
    assert say.capacity_sentence(nobody, scale, GCI) == (
        "The data have no value of GCI 2024 for any state."
    )
    assert say.capacity_answer(nobody, scale, GCI, DAY).key_figure == "not known"
    assert say.grades_sentence(nobody, GCI).endswith("is not assessed.")


def test_grades_add_up() -> None:
    values = values_by_state(CAPACITY, STATES, GCI)
    text = say.grades_sentence(values, GCI)
    high, medium = ((values["grade"] == grade).sum() for grade in ("high", "medium"))
    assert high + medium == 194
    assert text.startswith(f"Of 194 values, {high} have the grade high and {medium} medium.")
    egdi = Indicator("EGDI", 2024)
    assert "not assessed" in say.grades_sentence(values_by_state(CAPACITY, STATES, egdi), egdi)


def test_the_parts_that_are_missing_are_said() -> None:
    indicator = Indicator("GCI", 2020)
    parts = parts_by_region(with_parts(CAPACITY, STATES, indicator), "GCI")
    assert say.parts_sentence(parts, indicator).endswith(
        "Three states have an overall value and not every pillar."
    )
    empty = parts_by_region(
        with_parts(rows(("AAA", OVERALL, 5.0)), states_of(["AAA"]).assign(region="R"), GCI), "GCI"
    )
    assert say.parts_sentence(empty, GCI) == "The data have no pillars of the GCI 2024."


# Pairs


def test_the_warning_comes_first_and_the_shares_are_counts() -> None:
    moves = since_earlier(CAPACITY, STATES, GCI)
    assert moves is not None
    text = say_pair.moves_sentence(moves, GCI, ["Yemen"])
    assert text.startswith("**Editions differ in questionnaire and weights")
    rose, fell = ((moves.frame["difference"] * sign > 0).sum() for sign in (1, -1))
    assert f"Of 194 states with a value in both, {rose} ({rose / 194:.0%}".rstrip("%") in text
    assert f", {fell} a lower one." in text
    assert text.endswith("so that there may be no difference: Yemen.")


def pair_of(*differences: float) -> Pair:
    frame = pd.DataFrame({"difference": differences})
    frame = frame.assign(
        name=[f"S{i}" for i in range(len(frame))], article=None, value=5.0 + frame["difference"],
        beside=5.0,
    )  # fmt: skip
    return Pair(GCI, Indicator("GCI", 2020), frame, ("X",), ())


def test_titles_of_moves() -> None:
    assert say_pair.moves_title(pair_of(2.0, -1.0), GCI) == (
        "1 of 2 states has a higher value in 2024 than in 2020; S0 differs by most, +2.0"
    )
    tied, still = pair_of(2.0, -2.0), pair_of(0.0)
    assert say_pair.moves_title(tied, GCI).endswith("than in 2020")
    assert say_pair.moves_title(still, GCI) == (
        "0 of 1 state have a higher value in 2024 than in 2020"
    )
    assert "0 (0%) have a higher" in say_pair.moves_sentence(still, GCI)
    assert "0 a lower one and 1 the same. Only in 2024: X." in say_pair.moves_sentence(still, GCI)
    assert say_pair.moves_title(pair_of(), GCI) == "No earlier edition to compare with"


def test_no_edition_before_is_said() -> None:
    assert say_pair.moves_sentence(None, Indicator("GCI", 2020, "legal")) == (
        "The data have no edition of the GCI with the legal pillar before 2020, so no change can "
        "be shown."
    )


def test_the_other_index() -> None:
    other = beside_other(CAPACITY, STATES, GCI)
    rho = other.frame[["value", "beside"]].corr(method="spearman").to_numpy()[0, 1]
    text = say_pair.other_sentence(other)
    assert f"is {rho:.2f} over 192 states with both" in text
    assert text.endswith(
        "Only in the GCI 2024: Holy See and State of Palestine. Only in the EGDI 2024: Palau."
    )
    apart = say_pair.other_sentence(beside_other(CAPACITY, STATES, Indicator("EGDI", 2022)))
    assert "The two editions lie 2 years apart." in apart
    assert "too few states" in say_pair.other_sentence(pair_of(1.0))


@pytest.mark.parametrize(
    ("difference", "expected"),
    [(61.2, "+61.2"), (-5.94, "\N{MINUS SIGN}5.9"), (0.0, "0.0")],
)
def test_signs(difference: float, expected: str) -> None:
    assert say_pair.signed(difference, GCI) == expected
