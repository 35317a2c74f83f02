"""What is said of the evidence: for every convention on its first and last day, and by hand."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from adoption.changes import compare
from adoption.law.conflicts import (
    AGREES,
    DIFFERS,
    NO_DAY,
    NO_RULE,
    entries_compared,
    totals_compared,
)
from adoption.law.conventions import load_conventions
from adoption.law.coverage import NONE_STATED, by_licence, load_tables, reach
from adoption.law.evidence import Tally, known_acts, tally
from adoption.law.status import load_status
from adoption.sentences import coverage as tell
from adoption.sentences import evidence as say
from adoption.tables import data_day
from tests.conftest import bound, made, made_up
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
    texts = [
        answer.text,
        say.totals_sentence(totals_compared(convention, TABLES, day)),
        say.force_sentence(load_status(name, day), entries_compared(convention, TABLES, day)),
    ]
    note = say.limits_note(convention, counted, day)
    reads_well(texts, [say.grades_title(counted, day), note.removesuffix(".")])
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
    warned = "at least so high" in say.limits_note(convention, tallied(1), DAY)
    assert warned == ("missing" in expected)


@pytest.mark.parametrize(
    ("results", "expected"),
    [
        ([], "The table of published totals has none to compare with by this day."),
        ([AGREES], "The one published total that can be compared agrees with"),
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


# What is said of reach, licences and changes.


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


@pytest.mark.parametrize(
    ("acts", "expected"),
    [
        (["a", "b"], "They give 1 of the 2 acts on this page."),
        (["a", "a"], "They give all 2 acts on this page."),
    ],
)
def test_licences(acts: list[str], expected: str) -> None:
    sources = pd.DataFrame({"source": ["a", "b"], "licence": [None, "MIT"], "rows": [2, 3]})
    said = tell.licence_sentence(by_licence(sources, pd.DataFrame({"source": acts}, dtype="str")))
    assert said.startswith(
        "1 of 2 sources that rows name states no licence; the tables name them 2"
    )
    assert expected in said
    named = sources.assign(licence="MIT")
    licences = by_licence(named, pd.DataFrame({"source": acts}, dtype="str"))
    assert tell.licence_sentence(licences) == "Each source states a licence."
    assert NONE_STATED not in licences["licence"].tolist()


def test_changes() -> None:
    assert tell.changes_sentence(None, None).startswith("No earlier build was named.")
    frame = pd.DataFrame({"iso3": ["QAT"]}, dtype="str")
    changes = compare({"regimes": frame.iloc[:0]}, {"regimes": frame})
    assert tell.changes_sentence(changes, Path("/somewhere/october")) == (
        "Since the build in the folder october: 1 regime added, none changed, none removed."
    )
