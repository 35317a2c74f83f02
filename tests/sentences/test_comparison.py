"""What is said of conventions side by side: every order, day and measure; no word without sense."""

from __future__ import annotations

import re
from datetime import date
from functools import cache

import pandas as pd
import pytest

from adoption import tables
from adoption.law.conventions import load_conventions
from adoption.law.curves import Measure
from adoption.law.milestones import ENTRY, milestones
from adoption.law.shares import shares_at_age
from adoption.sentences import comparison as say

REGISTRY = load_conventions()
FAULTS = r"\bnan\b|None|NaT|<NA>|  |\.\.|\bof of\b|\bthe the\b|\b1 days\b"
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


@pytest.mark.parametrize("subject", list(REGISTRY))
@pytest.mark.parametrize("days", [0, 1, 395, 5000])
def test_any_subject_at_any_age(subject: str, days: int) -> None:
    opens = REGISTRY[subject].opens
    days = min(days, (date.fromisoformat(NEWEST) - opens).days)
    whole = compared(" ".join(REGISTRY), days)  # each row is worked out by itself
    frame = whole.sort_values("convention", key=lambda ids: ids != subject, kind="stable")
    text = say.share_sentence(frame, days)
    answer = say.comparison_answer(REGISTRY[subject], frame, text, date.fromisoformat(NEWEST), days)
    texts = [text, answer.key_label, answer.key_figure]
    texts += [say.share_title(frame, measure, days) for measure in MEASURES]
    for said in texts:
        assert not re.search(FAULTS, said), said
    assert text.endswith(".")
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


def test_where_a_list_is_incomplete_only_more_than_is_said() -> None:
    def title(names: str) -> str:
        return say.share_title(compared(names, 395), "signatories", 395)

    assert title("hanoi untoc budapest").endswith(": more than one of the two compared")
    assert title("untoc hanoi").endswith("(UNTOC)")
    both = ": more than one and fewer than one of the two compared"
    assert title("uncac untoc budapest").endswith(both)
    assert title("uncac untoc").endswith(", fewer than of UNTOC")


def test_signatories_that_no_source_names() -> None:
    frame = compared("malabo", 395)
    title = say.share_title(frame, "signatories", 395)
    assert title == "Who has signed the Malabo Convention is not named in any source seen"
    assert "signed" not in say.share_sentence(frame, 395)
    assert "54 members of the African Union" in say.share_sentence(frame, 395)


def test_undated_acts_are_possible_and_not_none() -> None:
    text = say.share_sentence(compared("arab-2010", 376, "2012-01-01"), 376)
    assert "is certain to have signed" in text
    assert "(0% to 95% possible)" in text  # 21 of 22


@pytest.mark.parametrize(
    ("names", "threshold", "expected"),
    [
        ("untoc uncac rotterdam", 40,
         "Days to the 40th instrument: UNTOC 931; others 742 (UNCAC) to 1,635 (Rotterdam)"),
        ("hanoi untoc", 40,
         "Days to the 40th instrument: Hanoi not known (list incomplete); 931 (UNTOC)"),
        ("budapest untoc", 5, "Days to entry into force: Budapest 951; 1,021 (UNTOC)"),
        ("untoc", 40, "Days to the 40th instrument: UNTOC 931"),
        ("untoc budapest", 40,
         "Days to the 40th instrument: UNTOC 931; 4,290 (Budapest, by report)"),
        ("arab-2010", 7, "Days to entry into force: Arab, 2010 30 to 1,165"),
    ],
)  # fmt: skip
def test_days_to_the_nth_instrument(names: str, threshold: int, expected: str) -> None:
    assert say.milestones_title(reached(names), threshold) == expected


def test_each_state_of_knowledge_has_its_words() -> None:
    frame = reached("budapest arab-2010", "2012-06-01")
    words = {
        (row["convention"], row["instrument"]): say.days_text(row)
        for row in frame.to_dict("records")
    }
    assert words["budapest", 10] == "1,153 to 1,509"
    assert words["budapest", 60] == "not reached"
    assert words["arab-2010", 10] == "not known (list incomplete)"
    assert words["arab-2010", ENTRY] == "not known (acts undated)"
    late = reached("budapest").set_index("instrument").loc[[60]].to_dict("records")[0]
    assert say.days_text(late) == "6,062 (by report)"


def test_the_reach_of_every_list_is_told() -> None:
    note = say.reaches_note(list(REGISTRY.values()))
    assert all(convention.reach in note for convention in REGISTRY.values())
    assert "no source names who signed: the Malabo Convention." in note
    assert "Left out" not in say.reaches_note([REGISTRY["untoc"]])
