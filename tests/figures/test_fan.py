"""The fan chart: what is known as steps, the fan, the threshold, both readings."""

from __future__ import annotations

from functools import cache
from typing import Any

import pandas as pd

from adoption.figures.fan import (
    ALL_KNOWN,
    BANDS,
    COUNTED,
    MIDDLE_NAME,
    REPORTED,
    UNCERTAIN,
    fan_chart,
)
from adoption.forecasting.convention import Reading
from adoption.sentences.entry_into_force import condition, fan_title
from adoption.show.theme import SUBJECT
from tests.figures.conftest import notes, same_twice
from tests.forecast.entries import entry


@cache
def fans_of(name: str) -> dict[Reading, pd.DataFrame]:
    return entry(name).fans()


def drawn(name: str) -> dict[str, Any]:
    one, fans = entry(name), fans_of(name)
    title, said = fan_title(one.drawn, one.status), condition(one.found, one.status)
    return same_twice(
        lambda: fan_chart(one.found, one.drawn, fans, said, title), least=1_500, most=25_000
    )


def trace(figure: dict[str, Any], name: str) -> dict[str, Any]:
    found: list[dict[str, Any]] = [t for t in figure["data"] if t.get("name") == name]
    return found[-1]


def test_the_bands_are_those_of_the_fan() -> None:
    figure, frame = drawn("hanoi"), fans_of("hanoi")["not counted"]
    filled = [t for t in figure["data"] if t.get("fill") == "toself"]
    assert len(filled) == len(BANDS)
    for band, (low, high, _) in zip(filled, BANDS, strict=True):
        half = len(frame)
        assert band["y"][:half] == frame[f"p{low}"].tolist()
        assert band["y"][half:][::-1] == frame[f"p{high}"].tolist()
    assert trace(figure, f"{MIDDLE_NAME}{UNCERTAIN}")["y"] == frame["p50"].tolist()


def test_the_steps_are_the_consents_that_are_known() -> None:
    known = trace(drawn("untoc"), COUNTED)
    acts = entry("untoc").found.known["not counted"].consented
    end = fans_of("untoc")["not counted"]["day"].iloc[-1]
    opened = entry("untoc").found.convention.opens
    by_then = acts.by((end.date() - opened).days)
    assert known["y"] == [0, *range(1, by_then + 1), by_then]
    assert known["x"][0] == "2000-12-12"
    assert known["line"]["shape"] == "hv"
    assert known["line"]["color"] == SUBJECT
    reported = trace(drawn("hanoi"), ALL_KNOWN)
    assert reported["y"] == [0, 1, 2, 3, 3]
    assert reported["line"] == {"color": REPORTED, "width": 3, "shape": "hv", "dash": "dash"}


def test_the_crossings_are_named() -> None:
    medians = [one.quantile(0.5) for one in entry("hanoi").found.forecasts.values()]
    days = sorted(day for day in medians if day is not None)
    said = [note["text"] for note in notes(drawn("hanoi"), "crossing")]
    assert said == [f"<b>{day:%b %Y}</b>" for day in days]
    (came,) = notes(drawn("arab-2010"), "crossing")
    assert came["text"] == "<b>came by Jan 2014</b>"
