"""The chart of assumptions: one interval each, the main one strong, plain methods grey."""

from __future__ import annotations

from typing import Any

from adoption.figures.assumptions import assumptions_chart
from adoption.sentences.forecast_assumptions import LABELS, assumptions_title
from adoption.show.theme import SUBJECT
from tests.figures.conftest import notes, same_twice
from tests.forecast.entries import alternatives, entry


def drawn() -> dict[str, Any]:
    found, made = entry("hanoi").drawn, alternatives("hanoi")

    def draw() -> Any:
        return assumptions_chart(found, made, assumptions_title(made))

    return same_twice(draw, least=3_000, most=20_000)


def test_every_assumption_has_its_row() -> None:
    made = alternatives("hanoi")
    figure = drawn()
    labels = [note["text"] for note in notes(figure, "row-label")]
    assert labels == [f"<b>{LABELS['main']}</b>", *(LABELS[one.key] for one in made[1:])]
    marks = [t for t in figure["data"] if t["mode"] == "markers"]
    rows = {mark["y"][0]: mark for mark in marks}
    assert rows[0]["marker"]["color"] == SUBJECT
    median = made[2].forecast.quantile(0.5)
    assert median is not None
    assert rows[2]["x"] == [median.isoformat()]


def test_the_words_say_what_is_drawn() -> None:
    made = alternatives("hanoi")
    meta = drawn()["layout"]["meta"]
    assert "10 February 2026" in meta["subtitle"]
    assert meta["alternative"].count("median ") == len(made)
    assert made[0].forecast.quantile(0.5) is not None
    assert f"{made[0].forecast.quantile(0.5):%b %Y}" in meta["alternative"]


def test_nothing_where_there_is_none() -> None:
    assert assumptions_chart(None, [], "") is None
    assert assumptions_chart(entry("untoc").found, [], "") is None
