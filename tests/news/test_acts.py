"""Acts of a table, and which were added, changed and removed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pandas as pd
import pytest
from hypothesis import given

from adoption.errors import AdoptionError
from adoption.news.acts import act_changes, read_acts
from adoption.news.kinds import Act, ActChange
from tests.news.made_up import act, acts_table, applied, changed, lists_of_acts, undated


@given(lists_of_acts)
def test_a_table_is_read_as_it_was_written(acts: list[Act]) -> None:
    assert read_acts(acts_table(acts), "made up") == acts


@given(lists_of_acts, lists_of_acts)
def test_changes_are_complete_and_can_be_turned_round(old: list[Act], new: list[Act]) -> None:
    changes = act_changes(old, new)
    assert applied(changed(*changes), old) == set(new)
    assert act_changes(new, old) == tuple(ActChange(c.new, c.old) for c in changes)
    assert act_changes(reversed(old), new) == changes
    assert act_changes(old, old) == ()
    assert all(c.old != c.new for c in changes)


def test_an_act_that_stands_twice_is_refused() -> None:
    with pytest.raises(AdoptionError, match=r"^acts: atlantis AAA signature stands twice$"):
        act_changes([], [act("AAA"), undated("AAA", "signature")])


@pytest.mark.parametrize("column", ["date", "latest"])
def test_a_day_that_does_not_exist_is_refused(column: str) -> None:
    table: pd.DataFrame = acts_table([act("AAA")]).assign(**{column: "2020-02-30"})
    with pytest.raises(AdoptionError) as caught:
        read_acts(table, "acts.csv")
    assert str(caught.value) == (
        f"acts.csv: atlantis AAA signature, column {column}: '2020-02-30' is not a day of the "
        "calendar (as 2025-10-25)"
    )


def test_an_earlier_term_that_becomes_known_is_the_new_one() -> None:
    """The act that was there is of the same day as before, whatever stands before it now."""
    known, earlier = act("AAA", "accession"), act("AAA", "accession")
    known = replace(
        known, date=date(2026, 3, 1), earliest=date(2026, 3, 1), latest=date(2026, 3, 1)
    )
    earlier = replace(known, date=date(2012, 3, 1), earliest=date(2012, 3, 1))
    (found,) = act_changes([known], [earlier, replace(known, copy=2)])
    assert (found.change, found.act.date, found.act.copy) == ("added", date(2012, 3, 1), 2)
    (gone,) = act_changes([earlier, replace(known, copy=2)], [known])
    assert (gone.change, gone.act.date, gone.act.copy) == ("removed", date(2012, 3, 1), 1)
    corrected = replace(known, date=date(2026, 3, 2), copy=2)
    (change,) = act_changes([earlier, replace(known, copy=2)], [earlier, corrected])
    assert (change.change, change.fields) == ("changed", ("date",))


def test_a_change_of_facts_is_news_and_of_notes_is_none() -> None:
    """For an act of an open-ended window the latest day is when the record was compiled."""
    now = undated("AAA", open_ended=True)
    for fields, is_news in (
        ({"grade": "confirmed"}, True),
        ({"superseded": True}, True),
        ({"latest": date(2020, 3, 1)}, False),
        ({"latest": date(2020, 3, 1), "open_ended": False}, True),
        ({"source": "them"}, False),
    ):
        change = ActChange(now, replace(now, **fields))
        assert (change.is_news, set(change.fields)) == (is_news, set(fields))
