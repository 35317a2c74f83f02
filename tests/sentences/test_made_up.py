"""Sentences: the grammar of none, one and many, on conventions and states that do not exist."""

from __future__ import annotations

import re
from datetime import date
from functools import cache

import pandas as pd
import pytest

from adoption.countries import profiles
from adoption.law.conventions import load_conventions
from adoption.law.status import Status, status_on
from adoption.sentences.pace import ages_note, pace_title
from adoption.sentences.state import acts_title, missing_note, pillar_title
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
        (signed("AAA"), "1 participant has signed; none is known to be bound"),
        (
            [*signed("AAA"), ("BBB", "signature", "2001-01-02", "2001-12-31", "confirmed")],
            "1 to 2 participants have signed; none is known to be bound",
        ),
        (
            [*signed("AAA", "BBB"), *ratified("AAA")],
            "2 participants have signed; one has consented to be bound",
        ),
        (
            [*signed("AAA", "BBB"), *ratified("AAA"), *ratified("BBB", grade="reported")],
            "2 participants have signed; two have consented to be bound, "
            "one of them by report only",
        ),
    ],
)
def test_the_title_of_a_status(rows: list[Act], title: str) -> None:
    assert status_title(made("2001-06-01", *rows)) == title


@pytest.mark.parametrize("grade", ["reported", "confirmed", "inferred"])
@pytest.mark.parametrize("count", [0, 1, 2, 3, 5])
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


@pytest.mark.parametrize(
    ("day", "begins"),
    [
        (
            "2001-01-10",
            "It enters into force on 3 April 2001, after the deposit of the 3rd",
        ),
        (
            "2001-04-02",
            "It enters into force on 3 April 2001, after the deposit of the 3rd",
        ),
        (
            "2001-04-03",
            "It has been in force since 3 April 2001, after the deposit of the 3rd",
        ),
    ],
)
def test_before_and_after_entry_into_force(day: str, begins: str) -> None:
    assert force_sentence(made(day, *ratified(*CODES[:3]))).startswith(begins)


def test_what_is_missing_counts_what_is_confirmed_apart() -> None:
    rows = [*ratified("AAA"), *ratified("BBB", grade="reported")]
    text = force_sentence(made("2001-06-01", *rows, threshold=5))
    assert re.search(r"not in force: 3 to 4 of the 5 .* are missing; one is reported", text)
    assert "confirmed" not in force_sentence(made("2001-06-01", *ratified("AAA")))


@pytest.mark.parametrize(
    ("day", "title"),
    [
        ("2001-03-01", "Mu is not known to have acted on any of one convention"),
        ("2001-06-30", "Mu has acted on one of one convention"),
    ],
)
def test_an_act_is_counted_from_the_last_day_it_can_have_happened(day: str, title: str) -> None:
    acts, on = acts_of([bound("AAA", "2001-02-01", "2001-06-30")]), date.fromisoformat(day)
    state = pd.Series({"name": "Mu", "article": None})
    assert acts_title(profiles.acts_of("AAA", [made_up()], acts, on), state, on) == title


def compared_of(*counts: int | tuple[int, int] | None) -> pd.DataFrame:
    """Return counts as `compare_at_age` does; two numbers are bounds."""
    bounds = [count if isinstance(count, tuple) else (count, count) for count in counts]
    frame = pd.DataFrame(bounds, columns=["parties_lower", "parties_upper"]).astype("Int64")
    return frame.assign(complete=True, parties_reported=0)


def test_what_an_incomplete_list_lacks_could_change_the_place() -> None:
    frame = compared_of(3, 4, 2)
    assert pace_title(frame, 10, "parties").endswith("fewer than one of the two compared")
    own = frame.assign(complete=[False, True, True])
    assert pace_title(own, 10, "parties") == "3 known parties after 10 days"
    other = frame.assign(complete=[True, True, False])
    assert pace_title(other, 10, "parties") == "3 parties after 10 days"
    ahead = compared_of(3, 2).assign(complete=[False, True])
    assert pace_title(ahead, 10, "parties").endswith("no fewer than the one compared")


def test_a_reported_count_takes_no_place() -> None:
    frame = compared_of(3, 2).assign(parties_reported=[1, 0])
    assert pace_title(frame, 10, "parties") == "3 parties, 1 by report only, after 10 days"


@pytest.mark.parametrize(
    ("counts", "place"),
    [
        ([3], "3 parties after 10 days"),
        ([1, 0, 0], "1 party after 10 days: no fewer than any of the two compared"),
        ([3, 3, 3], "3 parties after 10 days: no fewer than any of the two compared"),
        ([3, 4, 2, 5], "3 parties after 10 days: fewer than two of the three compared"),
        ([3, 4, None, 2], "3 parties after 10 days: fewer than one of the two compared"),
        ([3, 4, 5], "3 parties after 10 days: fewer than both compared"),
        ([3, 4], "3 parties after 10 days: fewer than the one compared"),
        ([(0, 7), 6], "0 to 7 parties after 10 days"),
        ([(0, 5), 6], "0 to 5 parties after 10 days: fewer than the one compared"),
        ([3, (2, 4), 9], "3 parties after 10 days"),
        ([3, (4, 9), (0, 3)], "3 parties after 10 days: fewer than one of the two compared"),
    ],
)
def test_the_place_among_the_compared(
    counts: list[int | tuple[int, int] | None], place: str
) -> None:
    assert pace_title(compared_of(*counts), 10, "parties") == place


def test_notes_are_lists() -> None:
    conventions = list(load_conventions().values())[:2]
    assert ages_note(conventions).splitlines() == [
        f"- **{c.short_title}:** {c.reach}" for c in conventions
    ]
    assert missing_note(["One.", "Two."]) == "- One.\n- Two."
    assert missing_note([]) == "Nothing that this brief shows is missing from the data."


@pytest.mark.parametrize(
    ("values", "ends"),
    [
        ([1.0, 2.0, 3.0], "one of three pillars"),
        ([None, 2.0, 5.0], "one of two pillars"),
        ([3.0, 4.0, 5.0], "three pillars"),
        ([None, None, None], "has no pillar values in this edition of the index"),
    ],
)
def test_pillars_above_the_median(values: list[float | None], ends: str) -> None:
    profile = pd.DataFrame({"value": values, "median": [2.0, 2.0, 2.0]}, dtype="float64")
    text = pillar_title(profile, pd.Series({"name": "Mu", "article": None, "region": "Oceania"}))
    assert text.endswith(ends)
    assert faults(text) == []
