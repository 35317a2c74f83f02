"""What is said of capacity: for every indicator, and where values are missing."""

from __future__ import annotations

import pandas as pd
import pytest

from adoption import tables
from adoption.countries.capacity import (
    Indicator,
    beside_other,
    by_region,
    classes,
    since_earlier,
    values_by_state,
)
from adoption.sentences import capacity as say
from adoption.sentences import capacity_pairs as say_pair
from adoption.words import long_day
from tests.sentences.words import reads_well
from tests.test_capacity import CAPACITY, EVERY, STATES

GCI = Indicator("GCI", 2024)
DAY = tables.data_day()


@pytest.mark.parametrize("indicator", EVERY[::4], ids=str)
def test_every_indicator(indicator: Indicator) -> None:
    values = values_by_state(CAPACITY, STATES, indicator)
    scale = classes(indicator, values)
    moves = since_earlier(CAPACITY, STATES, indicator)
    other = beside_other(CAPACITY, STATES, indicator)
    texts = [
        say.capacity_answer(values, scale, indicator, DAY).text, say.missing_sentence(values),
    ]  # fmt: skip
    titles = [
        say.map_title(values, scale, indicator), say.regions_title(by_region(values), indicator),
        say_pair.moves_title(moves, indicator), say_pair.other_title(other),
    ]  # fmt: skip
    reads_well(texts, titles)


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
        (made(("A", "observer", None)), "No value is known for A, not a member."),
        (made(("B", "member", None), ("A", "observer", None), ("C", "other state", None)),
         "No value is known for B, nor for A and C, which are not members."),
        (made(*[(letter, "member", None) for letter in "ABCDEFGHI"]),
         "No value is known for A, B, C, D, E, F and 3 more."),
    ],
)  # fmt: skip
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
