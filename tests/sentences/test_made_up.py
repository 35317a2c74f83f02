"""Sentences: the grammar of none, one and many, on conventions and states that do not exist."""

from __future__ import annotations

import re
from datetime import date
from functools import cache

import pandas as pd
import pytest

from adoption.countries import profiles
from adoption.law.status import Status, status_on
from adoption.sentences.pace import pace_title
from adoption.sentences.state import acts_title, pillar_title
from adoption.sentences.status import curve_title, force_sentence, status_sentence, status_title
from tests.conftest import Act, acts_of, bound, made_up, states_of
from tests.sentences.test_sentences import faults

CODES = ("AAA", "BBB", "CCC", "DDD", "EEE")


@cache
def tables_of(rows: tuple[Act, ...]) -> tuple[pd.DataFrame, pd.DataFrame]:
    return acts_of(rows), states_of(CODES)


def made(day: str, *rows: Act, **rules: object) -> Status:
    convention = made_up(short_title="Atlantis Convention", **rules)
    acts, states = tables_of(rows)
    return status_on(convention, date.fromisoformat(day), acts, states)


def signed(*codes: str, grade: str = "confirmed") -> list[Act]:
    return [(code, "signature", "2001-01-02", "", grade) for code in codes]


def ratified(*codes: str, grade: str = "confirmed") -> list[Act]:
    return [(code, "ratification", "2001-01-03", "", grade) for code in codes]


@pytest.mark.parametrize(
    ("rows", "title"),
    [
        (signed("AAA", "BBB"), "2 participants have signed; none is known to be bound"),
        ([*signed("AAA"), ("BBB", "signature", "2001-01-02", "2001-12-31", "confirmed")],
         "1 to 2 participants have signed; none is known to be bound"),
        ([*signed("AAA", "BBB"), *ratified("AAA"), *ratified("BBB", grade="reported")],
         "2 participants have signed; two have consented to be bound, "
         "one of them by report only"),
    ],
)  # fmt: skip
def test_the_title_of_a_status(rows: list[Act], title: str) -> None:
    assert status_title(made("2001-06-01", *rows)) == title


@pytest.mark.parametrize("grade", ["reported", "confirmed", "inferred"])
@pytest.mark.parametrize("count", [0, 1, 3])
def test_none_one_and_many_parties(count: int, grade: str) -> None:
    rows = [*signed("AAA"), *ratified(*CODES[:count], grade=grade)]
    for day in ("2001-01-10", "2001-12-01"):
        for rules in ({"threshold": 2}, {"signatories_listed": False, "threshold": 5}):
            status = made(day, *rows, **rules)
            texts = [status_title(status), status_sentence(status), force_sentence(status)]
            for text in [*texts, curve_title(status)]:
                assert faults(text) == []
            assert texts[1].endswith(texts[2])
            for text in texts[:2]:
                assert ("report" in text) == (grade == "reported" and count > 0)
                assert ("confirmed" in text) <= (grade != "confirmed")
                said = re.search(r"\b(is|are|consented to be) bound\b", text)
                assert bool(said) == (grade != "reported" and count > 0)
                assert not re.search(r"\b(is|are) bound\b", text) or status.in_force


def test_an_act_is_counted_from_the_last_day_it_can_have_happened() -> None:
    acts, state = (
        acts_of([bound("AAA", "2001-02-01", "2001-06-30")]),
        pd.Series({"name": "Mu", "article": None}),
    )
    titles = [
        acts_title(profiles.acts_of("AAA", [made_up()], acts, on), state, on)
        for on in (date(2001, 3, 1), date(2001, 6, 30))
    ]
    assert titles == [
        "Mu is not known to have acted on any of one convention",
        "Mu has acted on one of one convention",
    ]


def compared_of(*counts: int | tuple[int, int] | None) -> pd.DataFrame:
    """Return counts as `compare_at_age` does; two numbers are bounds."""
    bounds = [count if isinstance(count, tuple) else (count, count) for count in counts]
    frame = pd.DataFrame(bounds, columns=["parties_lower", "parties_upper"]).astype("Int64")
    return frame.assign(complete=True, parties_reported=0)


@pytest.mark.parametrize(
    ("counts", "place"),
    [
        ([3], "3 parties after 10 days"),
        ([1, 0, 0], "1 party after 10 days: no fewer than any of the two compared"),
        ([3, 4, 2, 5], "3 parties after 10 days: fewer than two of the three compared"),
        ([3, 4, None, 2], "3 parties after 10 days: fewer than one of the two compared"),
        ([3, 4], "3 parties after 10 days: fewer than the one compared"),
        ([(0, 5), 6], "0 to 5 parties after 10 days: fewer than the one compared"),
        ([3, (4, 9), (0, 3)], "3 parties after 10 days: fewer than one of the two compared"),
    ],
)
def test_the_place_among_the_compared(
    counts: list[int | tuple[int, int] | None], place: str
) -> None:
    assert pace_title(compared_of(*counts), 10, "parties") == place


def test_pillars_above_the_median() -> None:
    frame = pd.DataFrame({"value": [None, 2.0, 5.0], "median": [2.0, 2.0, 2.0]}, dtype="float64")
    state = pd.Series({"name": "Mu", "article": None, "region": "Oceania"})
    assert pillar_title(frame, state).endswith("one of two pillars")
    assert pillar_title(frame.assign(value=3.0), state).endswith("three pillars")
    none = pillar_title(frame.iloc[:1], state)
    assert none.endswith("has no pillar values in this edition of the index")
