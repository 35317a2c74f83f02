"""What is said of the place among treaties: firm, reported, none, unknown."""

from __future__ import annotations

import re
from datetime import date

import pandas as pd
import pytest

from adoption import tables
from adoption.law.conventions import load_conventions
from adoption.law.placement import Known, age_on, base_treaty, known_counts, treaties_at_age
from adoption.sentences import placement as say
from tests.conftest import made_up

FAULTS = r"\bnan\b|None|NaT|<NA>|  |\.\.|\bthe the\b"
FRAME = pd.DataFrame(
    {
        "treaty": ["I-1", "I-2", "I-3", "I-4"],
        "signatories": [0, 10, 20, 20],
        "parties": [0, 0, 2, 9],
        "everywhere": [True, True, True, False],
    }
)
ATLANTIS = made_up(short_title="Atlantis Convention")


def known(signed: Known | None, consented: Known) -> dict[str, Known | None]:
    return {"signatories": signed, "parties": consented}


FIRM = known(Known(20, 20, 20, True), Known(2, 2, 2, True))
REPORTED = known(Known(10, 15, 15, False), Known(0, 3, 3, False))


def titles(count: dict[str, Known | None], frame: pd.DataFrame = FRAME) -> tuple[str, str]:
    one, two = (
        say.place_title(count, frame, ATLANTIS, measure, 30)  # type: ignore[arg-type]
        for measure in ("signatories", "parties")
    )
    return one, two


def summary(count: dict[str, Known | None], frame: pd.DataFrame = FRAME, days: int = 30) -> str:
    return say.place_summary(count, frame, days)  # type: ignore[arg-type]


def test_firm_counts() -> None:
    assert titles(FIRM) == (
        "20 signatures after 30 days: more than 50% of treaties had",
        "2 consents after 30 days: more than 50% of treaties had",
    )
    assert summary(FIRM) == (
        "Of 4 UN treaties open to all, as far as the data tell, 50% had fewer signatures after 30 "
        "days than its 20, and 50% had fewer consents than its 2."
    )


def test_reported_consents_count_only_if_the_reports_are_right() -> None:
    signed, consented = titles(REPORTED)
    assert signed == "At least 15 signatures after 30 days: more than 50% of treaties had"
    assert consented == (
        "No confirmed consent and three by report after 30 days, which is more than 75% of "
        "treaties had"
    )
    assert summary(REPORTED).endswith(
        "than its at least 15, and 75% had fewer consents than the three reported for it."
    )


def test_none_is_told_with_those_that_had_none() -> None:
    none = known(None, Known(0, 0, 0, True))
    assert titles(none) == (
        "Who has signed the Atlantis Convention is not named in any source seen",
        "No consent after 30 days, as in 50% of treaties",
    )
    assert summary(none, days=0).endswith("50% had no consent on the first day, as it had none.")


def test_what_is_not_known_gets_no_place() -> None:
    unknown = known(Known(0, 0, 9, False), Known(0, 0, 2, True))
    signed, consented = titles(unknown)
    assert signed == "No signature known for certain after 30 days"
    assert consented == "0 to 2 consents after 30 days, as in 50% of treaties"
    assert "of its own none is known for certain" in summary(unknown)


def test_no_treaty_to_compare_with() -> None:
    assert titles(FIRM, FRAME.iloc[:0])[0] == "20 signatures after 30 days"
    assert summary(FIRM, FRAME.iloc[:0]) == "No treaty of the base set had been open for 30 days."


def test_the_limits_have_their_numbers() -> None:
    note = say.limits_note(ATLANTIS, 30, FRAME)
    assert note.startswith("4 treaties of the base set")
    assert "1 of them is left out" in note
    assert "made for" not in note
    arab = load_conventions()["arab-2010"]
    assert "is made for the members of the League of Arab States" in say.limits_note(arab, 1, FRAME)


@pytest.mark.parametrize("name", list(load_conventions()))
@pytest.mark.parametrize("first_day", [True, False])
def test_any_subject(name: str, first_day: bool) -> None:
    convention = load_conventions()[name]
    day = convention.opens if first_day else date(2026, 11, 24)
    states, days = tables.read("states"), age_on(convention, day)
    frame = treaties_at_age(
        tables.read("base_treaties"), tables.read("base_acts"), states, days,
        base_treaty(convention),
    )  # fmt: skip
    count = known_counts(convention, tables.read("acts"), states, day)
    texts = [say.place_summary(count, frame, days), say.limits_note(convention, days, frame)]
    assert all(text.endswith(".") for text in texts)
    texts += [say.place_title(count, frame, convention, m, days) for m in count]
    for text in texts:
        assert not re.search(FAULTS, text), text
