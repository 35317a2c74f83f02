"""What is said of conventions side by side: every order, day and measure; no word without sense."""

from __future__ import annotations

from datetime import date
from functools import cache

import pandas as pd
import pytest

from adoption import tables
from adoption.law.conventions import load_conventions
from adoption.law.curves import Measure, shares_at_age
from adoption.law.thresholds import milestones
from adoption.sentences import comparison as say
from tests.sentences.words import reads_well

REGISTRY = load_conventions()
MEASURES: list[Measure] = ["signatories", "parties"]
NEWEST = "2026-11-24"


@cache
def compared(names: str, days: int, as_of: str = NEWEST) -> pd.DataFrame:
    return shares_at_age(
        [REGISTRY[name] for name in names.split()], tables.read("acts"), tables.read("states"),
        tables.read("memberships"), days, date.fromisoformat(as_of),
    )  # fmt: skip


def reached(names: str, as_of: str = NEWEST) -> pd.DataFrame:
    return milestones(
        [REGISTRY[name] for name in names.split()], tables.read("acts"), tables.read("states"),
        tables.read("memberships"), date.fromisoformat(as_of),
    )  # fmt: skip


@pytest.mark.parametrize("subject", ["hanoi", "untoc", "malabo", "arab-2010"])
@pytest.mark.parametrize("days", [0, 395, 5000])
def test_any_subject_at_any_age(subject: str, days: int) -> None:
    opens = REGISTRY[subject].opens
    days = min(days, (date.fromisoformat(NEWEST) - opens).days)
    whole = compared(" ".join(REGISTRY), days)  # each row is worked out by itself
    frame = whole.sort_values("convention", key=lambda ids: ids != subject, kind="stable")
    text = say.share_sentence(frame, days)
    answer = say.comparison_answer(REGISTRY[subject], frame, text, date.fromisoformat(NEWEST), days)
    titles = [say.share_title(frame, measure, days) for measure in MEASURES]
    reads_well([text], [*titles, answer.key_label, answer.key_figure])
    assert REGISTRY[subject].short_title in text


def test_the_cybercrime_convention_beside_two_others() -> None:
    frame = compared("hanoi untoc uncac malabo", 395)
    # 73 of the 193 members signed: without the EU and the State of Palestine, of 75.
    assert say.share_sentence(frame, 395) == (
        "After 395 days, at least 38% of the 193 members of the United Nations had signed the UN "
        "Convention against Cybercrime; none of them is confirmed to have consented to be bound "
        "(2% by report only). Beside it, at the same age, 61% (UNCAC) to 73% (UNTOC) had signed, "
        "and 3% (UNTOC) to 8% (UNCAC) had consented to be bound."
    )
    assert say.share_title(frame, "signatories", 395) == (
        "After 395 days at least 38% of UN members had signed the UN Convention against Cybercrime"
    )


@pytest.mark.parametrize(
    ("names", "threshold", "expected"),
    [
        ("untoc uncac rotterdam", 40,
         "Days to the 40th instrument: UNTOC 931; others 742 (UNCAC) to 1,635 (Rotterdam)"),
        ("hanoi untoc", 40,
         "Days to the 40th instrument: Hanoi not known (list incomplete); 931 (UNTOC)"),
        ("untoc budapest", 40,
         "Days to the 40th instrument: UNTOC 931; 4,290 (Budapest, by report)"),
        ("arab-2010", 7, "Days to entry into force: Arab, 2010 30 to 1,165"),
    ],
)  # fmt: skip
def test_days_to_the_nth_instrument(names: str, threshold: int, expected: str) -> None:
    assert say.milestones_title(reached(names), threshold) == expected
