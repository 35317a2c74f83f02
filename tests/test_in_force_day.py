"""The day on which a convention is in force for one party."""

from __future__ import annotations

import pandas as pd
import pytest

from adoption.law.instruments import entry_into_force, in_force_day
from tests.conftest import made_up, window

NO_RULE = {"later": None, "later_article": None}


@pytest.mark.parametrize(
    ("deposit", "nth", "published", "rules", "expected", "why"),
    [
        ("2001-01-01", "2001-03-01", "2001-12-24", {}, "2001-12-24", "a published day goes first"),
        ("2001-01-01", None, "2001-12-24", {}, "2001-12-24", "even where nothing else is known"),
        ("2001-01-01", None, None, {}, None, "the threshold was not reached"),
        ("2001-01-01", "2001-03-01", None, {}, "2001-05-30", "among the first: the general day"),
        ("2001-03-01", "2001-03-01", None, {}, "2001-05-30", "the nth itself: the general day"),
        ("2001-01-01..2001-02-01", "2001-03-01", None, {}, "2001-05-30", "certainly among them"),
        ("2001-01-01", "2001-03-01..2001-04-01", None, {}, None, "no general day is known"),
        ("2001-03-02", "2001-03-01", None, {}, "2001-05-30", "never before the general day"),
        ("2001-05-01", "2001-03-01", None, {}, "2001-05-31", "its own thirty days"),
        ("2001-02-01..2001-05-01", "2001-03-01", None, {}, None, "its own day is not known"),
        ("2001-03-01", "2001-03-01", None, NO_RULE, "2001-05-30", "the nth needs no own rule"),
        ("2001-05-01", "2001-03-01", None, NO_RULE, None, "no rule seen"),
        ("2001-05-11", "2001-03-01", None, {"later": {"months": 3}}, "2001-09-01", "by months"),
    ],
)
def test_in_force_for_one_party(
    deposit: str,
    nth: str | None,
    published: str | None,
    rules: dict[str, object],
    expected: str | None,
    why: str,
) -> None:
    convention = made_up(**rules)
    reached = window(nth) if nth else None
    force = entry_into_force(convention, reached) if reached else None
    day = pd.Timestamp(published) if published else None
    found = in_force_day(convention, window(deposit), reached, force, day)
    assert found == (pd.Timestamp(expected) if expected else None), why
