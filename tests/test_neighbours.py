"""Whether states that share a border act together."""

from __future__ import annotations

from itertools import pairwise, permutations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from adoption.countries.neighbours import join_count
from adoption.errors import AdoptionError

CHAIN = pd.DataFrame({"left": list("ABCD"), "right": list("BCDE")})


def acted(names: str, of: str = "ABCDE") -> pd.Series:
    return pd.Series([one in names for one in of], list(of))


def test_the_share_of_draws_is_that_of_all_permutations() -> None:
    found = join_count(CHAIN, acted("ABC"))
    joins = [sum(x and y for x, y in pairwise(p)) for p in permutations([1, 1, 1, 0, 0])]
    assert found.both == 2
    assert found.mean == pytest.approx(sum(joins) / len(joins), abs=0.02)
    assert found.p == pytest.approx(sum(j >= 2 for j in joins) / len(joins), abs=0.02)


def test_inside_a_class_in_which_all_acted_nothing_is_left_to_chance() -> None:
    within = pd.Series([0, 0, 0, 1, 1], list("ABCDE"))
    found = join_count(CHAIN, acted("ABC"), within)
    assert (found.low, found.mean, found.high, found.p) == (2, 2, 2, 1)


@given(st.sets(st.sampled_from("ABCDE")))
def test_a_count_lies_between_none_and_all_borders(names: set[str]) -> None:
    found = join_count(CHAIN, acted("".join(names)), draws=99)
    assert 0 <= found.low <= found.mean <= found.high <= len(CHAIN)
    assert 0 < found.p <= 1


def test_a_border_of_a_state_without_a_word_is_refused() -> None:
    with pytest.raises(AdoptionError, match="borders name states of which nothing is said: E"):
        join_count(CHAIN, acted("A", "ABCD"))
