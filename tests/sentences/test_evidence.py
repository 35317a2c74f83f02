"""What is said of the evidence: for every convention on its first and last day, and by hand."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from adoption.law.conventions import load_conventions
from adoption.law.evidence import Tally, known_acts, load_tables, reach, tally
from adoption.law.status import load_status
from adoption.sentences import coverage as tell
from adoption.sentences import evidence as say
from adoption.tables import data_day
from tests.conftest import made_up
from tests.sentences.words import reads_well

TABLES = load_tables()
NEWEST = data_day()
DAY = date(2001, 3, 1)
REPORTED = {"confirmed": 0, "reported": 0, "inferred": 0}


def tallied(acts: int = 0, possible: int = 0, undated: int = 0, **grades: int) -> Tally:
    return Tally(acts, REPORTED | grades, acts, min(acts, 2), undated, possible)


@pytest.mark.parametrize("name", ["hanoi", "malabo", "arab-2010"])
@pytest.mark.parametrize("opening", [True, False])
def test_every_convention(name: str, opening: bool) -> None:
    convention = load_conventions()[name]
    day = convention.opens if opening else NEWEST
    counted = tally(known_acts(convention, TABLES["acts"], TABLES["states"], day))
    answer = say.evidence_answer(convention, counted, day)
    reads_well([answer.text], [say.grades_title(counted, day)])
    assert convention.short_title in answer.text
    assert convention.reach == answer.reach
    assert ("may be missing" in answer.text) == load_status(name, day).beyond_reach


def test_the_hanoi_convention() -> None:
    convention = load_conventions()["hanoi"]
    counted = tally(known_acts(convention, TABLES["acts"], TABLES["states"], NEWEST))
    answer = say.evidence_answer(convention, counted, NEWEST)
    assert answer.text == (
        "78 acts by 75 participants on the UN Convention against Cybercrime are known by "
        "24 November 2026: 65 confirmed, 3 inferred, 10 reported. They rest on 14 sources; five "
        "have no known day. The list is complete to 26 October 2025: acts of the 394 days since "
        "then may be missing."
    )
    assert (answer.key_figure, answer.key_label) == ("65 of 78", "acts confirmed")


@pytest.mark.parametrize(
    ("complete_to", "expected"),
    [
        (None, "The list is not known to be complete to any day: acts may be missing."),
        (date(2001, 3, 1), "The list is complete to 1 March 2001."),
        (date(2001, 2, 27), "The list is complete to 27 February 2001: acts of the 2 days since "
         "then may be missing."),
    ],
)  # fmt: skip
def test_the_reach(complete_to: date | None, expected: str) -> None:
    convention = made_up(complete_to=complete_to)
    assert say.list_sentence(convention, DAY) == expected


# What is said of reach.


def frame_of(*complete_to: str) -> pd.DataFrame:
    days = pd.to_datetime(pd.Series(complete_to, dtype="str"))
    beyond = (pd.Timestamp(2001, 3, 1) - days).dt.days.clip(lower=0).astype("Int64")
    return pd.DataFrame({"complete_to": days, "beyond": beyond})


@pytest.mark.parametrize(
    ("reached", "expected"),
    [
        (frame_of("2001-03-01", "2002-01-01"), "All 2 lists of acts are complete to 1 March 2001"),
        (frame_of("2001-03-01", "2001-01-01", ""), "1 of 3 lists of acts is complete to "
         "1 March 2001"),
        (frame_of("2001-02-02", ""), "No list of acts is complete to 1 March 2001; the latest ends "
         "on 2 February 2001"),
    ],
)  # fmt: skip
def test_the_title_of_the_reach(reached: pd.DataFrame, expected: str) -> None:
    assert tell.reach_title(reached, date(2001, 3, 1)) == expected


def test_the_registry_today() -> None:
    day = data_day()
    reached = reach(load_conventions().values(), TABLES["snapshots"], day, day)
    assert tell.reach_title(reached, day) == (
        "No list of acts is complete to 24 November 2026; the latest ends on 5 February 2026"
    )
