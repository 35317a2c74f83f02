"""The published days of entry into force for single states, each with the day of its term."""

from __future__ import annotations

import pandas as pd
import pytest

from adoption.law.instruments import entry_into_force, terms, to_deposits
from adoption.law.status import in_force_by_rule, of_term
from tests.conftest import Act, acts_of, bound, made_up, window

FIRST, LEFT, AGAIN = "2001-03-01", "2003-01-01", "2004-01-01"
ONE = [bound("AAA", FIRST)]
ENDED = [*ONE, ("AAA", "withdrawal", LEFT, "", "confirmed")]
TWO = [*ENDED, bound("AAA", AGAIN)]
GENERAL, LATER = "2001-05-30", "2004-01-31"  # ninety days after the first, thirty after the next


@pytest.mark.parametrize(
    ("acts", "published", "expected"),
    [
        (ONE, "2001-02-01", [True]),
        (TWO, "2001-02-28", [False, False]),
        (TWO, FIRST, [True, False]),
        (TWO, "2003-12-31", [True, False]),
        (TWO, AGAIN, [False, True]),
    ],
)
def test_a_day_is_of_the_last_term_that_had_begun(
    acts: list[Act], published: str, expected: list[bool]
) -> None:
    periods, day = terms(acts_of(acts)), pd.Timestamp(published)
    deposits = to_deposits(periods, (), ())
    found = [of_term(deposit, {"AAA": day}, periods) for deposit in deposits]
    assert found == [day if of_it else None for of_it in expected]
    assert [of_term(deposit, {"BBB": day}, periods) for deposit in deposits] == [None] * len(found)


@pytest.mark.parametrize(
    ("acts", "published", "by_rule"),
    [
        (ONE, GENERAL, GENERAL),
        (ENDED, "2002-01-01", GENERAL),
        (TWO, "2002-01-01", GENERAL),
        (TWO, "2005-01-01", LATER),
        ([bound("AAA", "2002-01-01", "2002-02-01")], "2002-03-01", None),
        ([bound("BBB", FIRST)], GENERAL, None),
    ],
    ids=["one", "ended", "first", "second", "window", "other"],
)
def test_the_rule_gives_the_day_of_that_term(
    acts: list[Act], published: str, by_rule: str | None
) -> None:
    convention, nth = made_up(), window(FIRST)
    entries = pd.DataFrame({"iso3": ["AAA"], "date": pd.to_datetime([published])}, index=[7])
    force = entry_into_force(convention, nth)
    found = in_force_by_rule(convention, acts_of(acts), entries, nth, force)
    expected = pd.Series([pd.Timestamp(by_rule) if by_rule else pd.NaT], index=[7])
    expected = expected.astype("datetime64[us]")
    pd.testing.assert_series_equal(found, expected, check_names=False)


def test_nothing_is_known_before_the_threshold_and_nothing_said_of_nothing() -> None:
    entries = pd.DataFrame({"iso3": ["AAA"], "date": pd.to_datetime([GENERAL])})
    assert in_force_by_rule(made_up(), acts_of(ONE), entries, None, None).isna().all()
    assert in_force_by_rule(made_up(), acts_of(ONE), entries[:0], None, None).empty
