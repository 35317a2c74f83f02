"""Whatever a participant's history and however a list prints it, the merged acts are it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from adoption.data.dictionary import WITHDRAWAL
from adoption.data.earlier_terms import with_earlier_terms
from adoption.data.list_rules import LEFT_OUT
from adoption.data.lists import PublishedList
from adoption.data.merge import merge_lists
from adoption.data.repeated import check_repeated
from adoption.data.successive import list_violations
from tests.build.listing import published
from tests.conftest import Act, acts_of

pytestmark = pytest.mark.slow

Event = tuple[str, date]
OPENED = date(2001, 1, 1)
NAMES = st.sampled_from(["ratification", "accession", "approval"])
STYLES = st.sampled_from(["all terms", "newest term", "newest term and its end"])


@st.composite
def histories(draw: st.DrawFn) -> list[Event]:
    """Return consents and withdrawals in turn; who withdraws may consent again at once."""
    day, events = OPENED, []
    for number in range(draw(st.integers(1, 6))):
        name = WITHDRAWAL if number % 2 else draw(NAMES)
        day += timedelta(days=draw(st.integers(1 if number % 2 else 0, 40)))
        events.append((name, day))
    return events


def printed(events: Sequence[Event], style: str) -> list[str]:
    """Return what an honest list has after some events."""
    lines = [f"AAA {name} {day}" for name, day in events]
    consents, ended = lines[::2], len(lines[1::2])
    if style == "newest term and its end":
        return [consents[-1], *lines[len(lines) - 1 : len(lines) * (ended == len(consents))]]
    marked = [f"[{line}]" if n < ended else line for n, line in enumerate(consents)]
    return marked if style == "all terms" else marked[-1:]


@given(histories(), STYLES, st.lists(st.booleans(), min_size=3, max_size=3))
def test_nothing_is_lost_doubled_or_corrected(
    events: list[Event], style: str, fetched: list[bool]
) -> None:
    """A list is fetched after each consent, and after some withdrawals.

    A person has written down the withdrawals that no list tells.
    """
    lists: list[PublishedList] = []
    written: list[Act] = []
    for number, (name, day) in enumerate(events, start=1):
        is_fetched = name != WITHDRAWAL or fetched[number // 2 - 1]
        if name == WITHDRAWAL and not (is_fetched and style == "newest term and its end"):
            written.append(("AAA", name, str(day), "", "confirmed"))
        if not is_fetched:
            continue
        so_far, record = events[:number], acts_of(written)
        lists.append(published(str(day), *printed(so_far, style)))
        newest = with_earlier_terms(lists, record)
        check_repeated(record, [newest])
        acts, conflicts = merge_lists(record, [newest])
        check_repeated(acts)
        assert sorted(zip(acts["act"], acts["date"], strict=True)) == sorted(
            (name, pd.Timestamp(done)) for name, done in so_far
        )
        assert conflicts.empty
        assert {violation.rule for violation in list_violations([lists], record, {"us"})} <= {
            LEFT_OUT
        }
