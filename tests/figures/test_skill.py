"""The scores drawn: every way a mark on both sets, with its interval, the model in colour."""

from __future__ import annotations

import pytest

from adoption.figures.skill import skill_figure
from adoption.figures.theme import CONTEXT, INK, MUTED, SUBJECT
from adoption.forecasting.skill import YARDSTICK, Kind, score_of, skill_by_set
from adoption.sentences.skill import skill_title
from tests.figures.conftest import same_twice
from tests.forecast.tried import TREATIES, made, real, tried


def test_every_way_is_a_mark_on_both_sets() -> None:
    measured = real()
    figure = same_twice(
        lambda: skill_figure(measured, skill_title(measured)), least=3_000, most=15_000
    )
    marks = [trace for trace in figure["data"] if trace["mode"] == "markers"]
    assert [mark["marker"]["symbol"] for mark in marks] == ["circle", "diamond-open"]
    kinds: tuple[Kind, ...] = ("all", "signed early")
    for mark, kind, shift in zip(marks, kinds, (-0.17, 0.17), strict=True):
        scores = [score_of(measured, way, kind) for way in YARDSTICK]
        assert mark["x"] == pytest.approx([row["error"] for row in scores], abs=1e-5)
        assert mark["y"] == pytest.approx([place + shift for place in range(len(YARDSTICK))])
    assert marks[0]["marker"]["color"] == [SUBJECT, CONTEXT, SUBJECT, SUBJECT, *[CONTEXT] * 3]
    assert marks[1]["marker"]["color"] == [INK, MUTED, INK, INK, *[MUTED] * 3]
    assert max(row["error_high"] for row in scores) < figure["layout"]["xaxis"]["range"][1]
    assert figure["layout"]["xaxis"]["range"][0] == 0


def test_the_intervals_go_through_their_marks() -> None:
    figure = skill_figure(made(), "t")
    lines = [trace for trace in figure.data if trace.mode == "lines"]
    # Three ways of the model on all cases: from that of treaty A to that of treaty B.
    assert list(lines[0].x) == pytest.approx([0.3, 0.7, None] * 3)
    assert [line.line.color for line in lines] == [SUBJECT, CONTEXT, INK, MUTED]


def test_a_set_without_cases_is_not_drawn() -> None:
    figure = same_twice(
        lambda: skill_figure(skill_by_set(tried().tail(2), TREATIES), "t"), least=1_500, most=9_000
    )
    names = [trace["name"] for trace in figure["data"] if trace["mode"] == "markers"]
    assert names == ["all: 2 cases, 1 treaty"]


def test_the_words_say_what_is_drawn() -> None:
    meta = skill_figure(real(), "t").layout.meta
    apart = score_of(real(), "apart", "signed early")
    assert (
        f"Model with hindsight, related treaties left out {apart['error']:.2f}"
        in meta["alternative"]
    )
    assert "by 40 states or more in the first ten days" in meta["subtitle"]
