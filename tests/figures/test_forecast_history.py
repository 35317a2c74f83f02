"""The chart of past forecasts: one row an age, both readings, and what happened."""

from __future__ import annotations

from typing import Any

from adoption.figures.forecast_history import history_chart
from adoption.sentences.forecast_told import history_title
from adoption.show.theme import SUBJECT
from tests.figures.conftest import notes, same_twice
from tests.forecast.entries import entry


def drawn(name: str) -> dict[str, Any]:
    one = entry(name)

    def draw() -> Any:
        return history_chart(one.found, one.told, history_title(one.status, one.told))

    return same_twice(draw, least=2_000, most=15_000)


def test_every_age_has_its_row() -> None:
    figure, told = drawn("untoc"), entry("untoc").told["not counted"]
    labels = [note["text"] for note in notes(figure, "row-label")]
    assert labels[0] == "30 days after opening, no consent known"
    assert labels[2] == "183 days after opening, one consent known"
    assert labels[4] == "730 days after opening, 28 consents known"
    marks = [t for t in figure["data"] if t.get("text")]
    medians = [past.forecast.quantile(0.5) for past in told]
    assert [mark["x"][0] for mark in marks] == [str(median) for median in medians]
    assert {mark["marker"]["color"] for mark in marks} == {SUBJECT}


def test_what_happened_is_a_line() -> None:
    figure = drawn("untoc")
    assert [s["x0"] for s in figure["layout"]["shapes"]] == ["2003-07-01"]
    assert [n["text"] for n in notes(figure, "happened")] == ["deposited 1 Jul 2003"]
    assert "It was deposited on 1 Jul 2003." in figure["layout"]["meta"]["alternative"]
    assert not drawn("hanoi")["layout"].get("shapes")


def test_nothing_where_nothing_is_told() -> None:
    arab = entry("arab-2010")
    assert history_chart(arab.found, arab.told, "") is None
