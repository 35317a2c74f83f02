"""The fan chart: what is known as steps, the fan, the threshold, both readings."""

from __future__ import annotations

from datetime import date
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
from adoption.figures.theme import SUBJECT
from adoption.forecasting.convention import Reading
from adoption.sentences.entry_into_force import condition, fan_title
from tests.figures.conftest import notes, same_twice
from tests.forecast.entries import entry


@cache
def fans_of(name: str) -> dict[Reading, pd.DataFrame]:
    return entry(name).fans()


def drawn(name: str) -> dict[str, Any]:
    one, fans = entry(name), fans_of(name)
    title, said = fan_title(one.drawn, one.status), condition(one.found, one.status)
    return same_twice(
        lambda: fan_chart(one.found, one.drawn, fans, said, title),
        least=1_500,
        most=25_000,
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


def test_the_other_reading_is_an_outline_in_its_own_colour() -> None:
    figure, frame = drawn("hanoi"), fans_of("hanoi")["counted"]
    lines = [t for t in figure["data"] if t.get("name") == "if the reports are right, with 80%"]
    assert [line["y"] for line in lines] == [frame[f"p{p}"].tolist() for p in (10, 90, 50)]
    assert {line["line"]["color"] for line in lines} == {REPORTED}
    assert all("fill" not in line for line in lines)
    assert not [t for t in drawn("untoc")["data"] if t.get("name", "").startswith("if ")]


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


def test_a_median_that_has_passed_is_not_marked() -> None:
    protocol = entry("budapest-2ap")  # forecast from 5 February 2026 for May
    assert protocol.found.firm.quantile(0.5) == date(2026, 5, 27)
    assert notes(drawn("budapest-2ap"), "crossing") == []


def test_what_came_is_marked_beside_what_was_forecast() -> None:
    found = {note["text"]: note for note in notes(drawn("untoc"), "crossing")}
    assert found["<b>came Jul 2003</b>"]["x"] == "2003-07-01"
    drawn_one = entry("untoc").drawn
    assert drawn_one is not None
    median = drawn_one.firm.quantile(0.5)
    assert median is not None
    assert found[f"<b>{median:%b %Y}</b>"]["x"] == median.isoformat()


def test_threshold_day_of_making_and_the_days_of_which_nothing_is_known() -> None:
    figure = drawn("hanoi")
    assert [note["text"] for note in notes(figure, "threshold")] == ["40 needed"]
    assert [note["text"] for note in notes(figure, "made on")] == ["starts 10 Feb 2026"]
    shaded = [s for s in figure["layout"]["shapes"] if s["type"] == "rect"]
    assert [(s["x0"], s["x1"]) for s in shaded] == [("2026-02-10", "2026-11-24")]
    assert not [s for s in drawn("untoc")["layout"]["shapes"] if s["type"] == "rect"]
    lines = [s["y0"] for s in figure["layout"]["shapes"] if s["type"] == "line"]
    assert 40 in lines


def test_without_a_forecast_what_is_known_is_drawn() -> None:
    figure = drawn("arab-2010")
    assert fans_of("arab-2010") == {}
    (steps,) = [t for t in figure["data"] if t["mode"] == "lines"]
    assert (steps["name"], steps["showlegend"]) == (ALL_KNOWN, True)  # no day to count from
    assert not trace(drawn("hanoi"), ALL_KNOWN)["showlegend"]  # the fan's outline is named
    assert not notes(figure, "made on")
    assert "forecast from" not in figure["layout"]["meta"]["subtitle"]


def test_the_words_say_what_is_drawn() -> None:
    text = drawn("hanoi")["layout"]["meta"]["alternative"]
    last = fans_of("hanoi")["not counted"].iloc[-1]
    assert f"a median of {last['p50']}, 80% interval {last['p10']} to " in text
    assert "120 or more" in text  # the fan goes no higher
    assert "24 November 2026: at least 0 consents" in text
