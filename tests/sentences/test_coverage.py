"""What is said of reach, licences and changes."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from adoption.changes import compare
from adoption.law.conventions import load_conventions
from adoption.law.coverage import NONE_STATED, by_licence, load_tables, reach
from adoption.sentences import coverage as tell
from adoption.tables import data_day

TABLES = load_tables()


def frame_of(*complete_to: str) -> pd.DataFrame:
    days = pd.to_datetime(pd.Series(complete_to, dtype="str"))
    beyond = (pd.Timestamp(2001, 3, 1) - days).dt.days.clip(lower=0).astype("Int64")
    return pd.DataFrame({"complete_to": days, "beyond": beyond})


@pytest.mark.parametrize(
    ("reached", "expected"),
    [
        (frame_of("2001-03-01"), "The one list of acts is complete to 1 March 2001"),
        (frame_of("2001-03-01", "2002-01-01"), "All 2 lists of acts are complete to 1 March 2001"),
        (frame_of("2001-03-01", "2001-01-01", ""), "1 of 3 lists of acts is complete to "
         "1 March 2001"),
        (frame_of("2001-02-02", ""), "No list of acts is complete to 1 March 2001; the latest ends "
         "on 2 February 2001"),
        (frame_of(""), "No list of acts is complete to 1 March 2001"),
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
        (["b"], "They give none of the acts on this page."),
        (["a", "a"], "They give all 2 acts on this page."),
        ([], "40% of all. Facts"),
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
