"""The curve of a treaty: its named days, the bar of reach, the instruments that are needed."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date
from functools import cache
from itertools import combinations, pairwise
from typing import Any
from xml.etree import ElementTree as ET

import plotly.graph_objects as go
import pytest

from adoption.core.text import numeral
from adoption.figures.theme import STYLE
from adoption.law.conventions import load_conventions
from adoption.law.held import find_treaty
from adoption.law.spells import load_history
from adoption.law.status import load_status
from adoption.press.figures import NARROW as NARROW_WORDS
from adoption.press.figures import WIDE as WIDE_WORDS
from adoption.press.figures import text_width
from adoption.press.svg import chart_svg
from adoption.show.curve import adoption_curve, instruments_view
from adoption.show.drawings import drawing_html
from adoption.tables import data_day

NEWEST = data_day()
HELD = ("III-3", "XXI-6", "IV-2")
SVG = "{http://www.w3.org/2000/svg}"
WIDE, HALF, NARROW = 960, 600, 350  # of a page, of the front page, of a phone
Box = tuple[float, float, float, float]  # left, top, right, bottom


@cache
def newest_curve(name: str, *, is_half: bool = False) -> go.Figure:
    """Return the curve of a treaty on the newest day, for tests that only read it."""
    return adoption_curve(load_history(name), NEWEST, "A finding", is_half=is_half)


def boxes_of_words(svg: ET.Element) -> dict[str, Box]:
    """Return the box of each line that stands in the plot, as wide as letters are at least."""
    boxes = {}
    for group in svg.iterfind(f"{SVG}g[@paint-order]"):
        for text in group.iterfind(f"{SVG}text"):
            words, size = "".join(text.itertext()), float(text.get("font-size", "13"))
            wide, x, y = 0.9 * text_width(words, size), float(text.attrib["x"]), text.attrib["y"]
            left = x - wide if text.get("text-anchor") == "end" else x
            boxes[words] = left, float(y) - 0.75 * size, left + wide, float(y)
    return boxes


def steps_of_curves(svg: ET.Element) -> Iterator[Box]:
    """Give each stretch of each curve as a box without breadth."""
    for path in svg.iterfind(f".//{SVG}g[@data-series]/{SVG}path"):
        x = y = 0.0
        corners = []
        for command, numbers in re.findall(r"([MLHV])([-\d. ]+)", path.attrib["d"]):
            values = [*map(float, numbers.split())]
            x = values[0] if command in "MLH" else x
            y = values[-1] if command in "MLV" else y
            corners.append((x, y))
        for (x0, y0), (x1, y1) in pairwise(corners):
            yield min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)


def meet(one: Box, other: Box) -> bool:
    across = min(one[2], other[2]) - max(one[0], other[0])
    return across >= 0 and min(one[3], other[3]) >= max(one[1], other[1])


@pytest.mark.parametrize("name", [*load_conventions(), *HELD])
def test_words_cross_no_curve_and_no_other_words(name: str) -> None:
    for width in (WIDE, HALF, NARROW):
        figure = json.loads(newest_curve(name, is_half=width == HALF).to_json())
        svg = ET.fromstring(chart_svg(figure, width, "words", "figure", STYLE))
        boxes, steps = boxes_of_words(svg), [*steps_of_curves(svg)]
        assert len(boxes) >= 2
        assert steps
        crossing = [words for words, box in boxes.items() if any(meet(box, s) for s in steps)]
        over = [pair for pair in combinations(boxes, 2) if meet(*(boxes[w] for w in pair))]
        assert (crossing, over) == ([], []), width


def test_the_words_of_the_threshold_stand_on_its_line_where_consents_end_just_above_it() -> None:
    figure: Any = adoption_curve(load_history("malabo"), date(2026, 11, 24), "A finding")
    words = next(n for n in figure.layout.annotations if n.text == "15 instruments needed")
    assert 15 < words.y < 17


@pytest.mark.parametrize("name", [*load_conventions(), *HELD])
def test_every_treaty_has_a_curve_that_a_page_draws_and_its_instruments(name: str) -> None:
    figure = json.loads(newest_curve(name).to_json())
    assert "<svg" in chart_svg(figure, 350, "words", "narrow", STYLE)
    status = load_status(name, NEWEST)
    view = instruments_view(status)
    needed = view.data["needed"]
    if status.remaining is None:
        assert needed is None
        assert "No source seen states the rule" in view.words
    else:
        assert needed["number"] == status.convention.threshold
        to_go = needed["number"] - needed["sure"] - needed["reported"]
        assert to_go == status.remaining_with_reports
        assert drawing_html(view).count('rx="2"') == needed["number"]


def test_a_treaty_whose_rule_nobody_saw_has_no_cells() -> None:
    treaty = find_treaty("VIII-1")
    assert treaty.threshold is None
    view = instruments_view(load_status("VIII-1", NEWEST))
    assert "<svg" not in drawing_html(view)
    assert "none are counted as to go" in view.words


def test_the_words_tell_the_ceremony_the_report_and_what_is_to_go() -> None:
    figure = adoption_curve(load_history("hanoi"), date(2025, 10, 31), "A finding")
    said = " | ".join(note.text for note in figure.layout.annotations)
    assert "in Hanoi, 25 to 26 Oct 2025" in said
    view = instruments_view(load_status("untoc", NEWEST))
    assert view.words.startswith("40 instruments were needed for entry into force. Reached on ")
    assert view.words.endswith("In force since 29 September 2003.")


def test_a_narrow_drawing_has_the_opening_that_the_title_is_about() -> None:
    figure = newest_curve("untoc")
    notes = figure.layout.annotations
    opening = [note for note in notes if "in Palermo" in note.text]
    assert {note.name for note in opening} == {WIDE_WORDS, NARROW_WORDS}
    closing = [note for note in notes if "last day to sign" in note.text]
    assert all(note.y > 124 for note in opening + closing), "not beside the curve of consents"


@pytest.mark.parametrize("name", load_conventions())
def test_an_undated_act_is_no_step_of_a_curve(name: str) -> None:
    """It is counted at the end, where it is said how many have no day."""
    history, status = load_history(name), load_status(name, NEWEST)
    figure = newest_curve(name)
    said = " | ".join(note.text for note in figure.layout.annotations)
    lines = {trace.name: trace for trace in figure.data if trace.mode == "lines"}
    spells = {"signatories": history.signatures, "consents": history.listed_consents}
    for measure, rows in spells.items():
        if measure not in lines:
            continue
        undated = rows[rows["open_ended"].astype(bool) & (rows["grade"] != "reported")]
        count = {"signatories": status.signatories, "consents": status.parties}[measure]
        assert lines[measure].y[-1] == count.lower - len(undated)
        ends = {f"{day:%Y-%m-%d}" for day in undated["begins_latest"]}
        dated = rows[~rows["open_ended"].astype(bool)]
        steps = {f"{day:%Y-%m-%d}" for day in dated["begins_latest"]}
        rises = {
            end[0]
            for start, end in pairwise(zip(lines[measure].x, lines[measure].y, strict=True))
            if end[1] > start[1]
        }
        assert not (ends - steps) & rises
        if len(undated):
            assert f"{numeral(len(undated))} undated" in said


def test_the_first_act_has_words_of_its_own() -> None:
    figure = newest_curve("rotterdam")
    said = {words for trace in figure.data if trace.mode == "markers" for words in trace.text}
    assert "First consent: El Salvador, 8 Sep 1999" in said


def test_the_bar_of_reach_keeps_its_height_below_the_axis() -> None:
    figure = json.loads(newest_curve("untoc").to_json())
    for width in (350, 900):
        drawn = chart_svg(figure, width, "words", "figure", STYLE)
        assert drawn.count('height="34"') == 2, "complete, and where acts may be missing"
