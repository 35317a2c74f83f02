"""What a change says of itself."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from adoption.news.kinds import ActChange, Named
from tests.news.made_up import act, changed, undated

NOW = undated("AAA", open_ended=True)


@pytest.mark.parametrize(
    ("fields", "is_news"),
    [
        ({"grade": "confirmed"}, True),
        ({"open_ended": False}, True),
        ({"superseded": True}, True),
        ({"latest": date(2020, 3, 1)}, False),  # of an open-ended one: when it was compiled
        ({"latest": date(2020, 3, 1), "open_ended": False}, True),
        ({"source": "them"}, False),
    ],
)
def test_a_change_of_facts_is_news_and_of_notes_is_none(
    fields: dict[str, object], is_news: bool
) -> None:
    change = ActChange(NOW, replace(NOW, **fields))  # type: ignore[arg-type]
    assert change.is_news is is_news
    assert set(change.fields) == set(fields)
    assert change.change == "changed"


def test_acts_added_and_removed_are_news() -> None:
    for change, word in ((ActChange(None, NOW), "added"), (ActChange(NOW, None), "removed")):
        assert (change.change, change.act, change.is_news, change.fields) == (word, NOW, True, ())


def test_names_are_those_of_the_tables_and_else_what_is_printed() -> None:
    found = changed()
    assert found.state(act("AAA", participant="The Aland Islands")) == "Aland"
    assert found.state(act("", participant="Ruritania")) == "Ruritania"
    assert found.named("atlantis").label == "Atlantis"
    assert found.named("lemuria") == Named("lemuria", "lemuria", None)
