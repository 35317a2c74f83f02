"""What is said of the evidence: for every convention on its first and last day, and by hand."""

from __future__ import annotations

import re
from datetime import date

import pandas as pd
import pytest

from adoption.law.conflicts import (
    AGREES,
    DIFFERS,
    NO_DAY,
    NO_RULE,
    entries_compared,
    totals_compared,
)
from adoption.law.conventions import load_conventions
from adoption.law.coverage import load_tables
from adoption.law.evidence import Tally, known_acts, tally
from adoption.law.status import load_status
from adoption.sentences import evidence as say
from adoption.tables import data_day
from tests.conftest import bound, made, made_up

FAULTS = r"\bnan\b|None\b(?! of)|NaT|  |\.\.|\bno of\b|\b1 acts\b|\bone (have|are|agree)\b|<NA>"
TABLES = load_tables()
NEWEST = data_day()
DAY = date(2001, 3, 1)
REPORTED = {"confirmed": 0, "reported": 0, "inferred": 0}


def tallied(acts: int = 0, possible: int = 0, undated: int = 0, **grades: int) -> Tally:
    return Tally(acts, REPORTED | grades, acts, min(acts, 2), undated, possible)


@pytest.mark.parametrize("name", load_conventions())
@pytest.mark.parametrize("opening", [True, False])
def test_every_convention(name: str, opening: bool) -> None:
    convention = load_conventions()[name]
    day = convention.opens if opening else NEWEST
    counted = tally(known_acts(convention, TABLES["acts"], TABLES["states"], day))
    answer = say.evidence_answer(convention, counted, day)
    texts = [
        answer.text,
        say.totals_sentence(totals_compared(convention, TABLES, day)),
        say.force_sentence(load_status(name, day), entries_compared(convention, TABLES, day)),
    ]
    for text in [*texts, say.grades_title(counted, day), say.limits_note(convention, counted, day)]:
        assert not re.search(FAULTS, text), text
    assert all(text.endswith(".") for text in texts)
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
    ("counted", "expected"),
    [
        (tallied(0), "No act is known to have happened by 1 March 2001"),
        (tallied(1, confirmed=1), "The one act is confirmed"),
        (tallied(1, reported=1), "The one act is reported"),
        (tallied(5, inferred=5), "All 5 acts are inferred"),
        (tallied(3, confirmed=1, reported=2), "1 of 3 acts is confirmed; two are reported"),
        (
            tallied(4, reported=1, inferred=3),
            "None of 4 acts is confirmed; one is reported, three inferred",
        ),
    ],
)
def test_the_title(counted: Tally, expected: str) -> None:
    assert say.grades_title(counted, DAY) == expected


@pytest.mark.parametrize(
    ("counted", "expected"),
    [
        (tallied(1, confirmed=1), "1 act by 1 participant on the Atlantis is known by "
         "1 March 2001: 1 confirmed. It rests on one source; it has a day."),
        (tallied(2, undated=2, inferred=2), "2 acts by 2 participants on the Atlantis are known by "
         "1 March 2001: all inferred. They rest on two sources; none has a known day."),
        (tallied(possible=1), "No act on the Atlantis is known to have happened by 1 March 2001. "
         "One further act may have happened by then."),
        (tallied(possible=30), "No act on the Atlantis is known to have happened by 1 March 2001. "
         "30 further acts may have happened by then."),
    ],
)  # fmt: skip
def test_the_answer(counted: Tally, expected: str) -> None:
    answer = say.evidence_answer(made_up(short_title="Atlantis"), counted, DAY)
    assert answer.text == f"{expected} The list is complete to 31 December 2020."
    assert answer.key_label == ("acts confirmed" if counted.acts else "acts known")


@pytest.mark.parametrize(
    ("complete_to", "expected"),
    [
        (None, "The list is not known to be complete to any day: acts may be missing."),
        (date(2001, 3, 1), "The list is complete to 1 March 2001."),
        (date(2001, 2, 28), "The list is complete to 28 February 2001: acts of the day after "
         "may be missing."),
        (date(2001, 2, 27), "The list is complete to 27 February 2001: acts of the 2 days since "
         "then may be missing."),
    ],
)  # fmt: skip
def test_the_reach(complete_to: date | None, expected: str) -> None:
    convention = made_up(complete_to=complete_to)
    assert say.list_sentence(convention, DAY) == expected
    warned = "at least so high" in say.limits_note(convention, tallied(1), DAY)
    assert warned == ("missing" in expected)


@pytest.mark.parametrize(
    ("results", "expected"),
    [
        ([], "The table of published totals has none to compare with by this day."),
        ([AGREES], "The one published total that can be compared agrees with"),
        ([DIFFERS], "The one published total that can be compared does not agree with"),
        ([AGREES] * 3, "All three published totals that can be compared agree with"),
        ([AGREES, DIFFERS], "Of two published totals that can be compared, one agrees with"),
        ([DIFFERS] * 2, "Of two published totals that can be compared, none agree with"),
        ([NO_DAY], "One published total cannot be compared: the source gives no day."),
    ],
)
def test_totals(results: list[str], expected: str) -> None:
    assert say.totals_sentence(pd.DataFrame({"result": results})).startswith(expected)


def test_entry_into_force() -> None:
    nobody = pd.DataFrame({"result": []})
    three = [bound(code, "2001-02-01") for code in ("AAA", "BBB", "CCC")]
    status = made("2001-12-31", *three, entered_into_force=date(2001, 5, 2))
    assert say.force_sentence(status, nobody).endswith("2 May 2001, follows from the acts.")
    status = made("2001-12-31", *three, entered_into_force=date(2001, 5, 1))
    assert say.force_sentence(status, nobody).endswith(
        "is 1 May 2001; by the acts it is 2 May 2001."
    )
    status = made("2001-12-31", entered_into_force=date(2001, 5, 1))
    assert say.force_sentence(status, nobody).endswith("1 May 2001, cannot be computed.")
    status = made("2001-12-31", *three)
    assert say.force_sentence(status, nobody).endswith("by the rule and the acts it is 2 May 2001.")
    said = say.force_sentence(status, pd.DataFrame({"result": [AGREES, DIFFERS, NO_RULE]}))
    assert "Of 3 states with a published day, one agrees with the rule and one differs; one" in said
