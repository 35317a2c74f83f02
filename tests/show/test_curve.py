"""The curve of a treaty: its named days, the bar of reach, the instruments that are needed."""

from __future__ import annotations

import json
from datetime import date

import pytest

from adoption.law.conventions import load_conventions
from adoption.law.held import find_treaty
from adoption.law.spells import load_history
from adoption.law.status import load_status
from adoption.press.svg import chart_svg
from adoption.show.curve import adoption_curve, instruments_view
from adoption.show.drawings import drawing_html
from adoption.show.theme import STYLE
from adoption.tables import data_day

NEWEST = data_day()
HELD = ("III-3", "XXI-6", "IV-2")


@pytest.mark.parametrize("name", [*load_conventions(), *HELD])
def test_every_treaty_has_a_curve_that_a_page_draws_and_its_instruments(name: str) -> None:
    figure = json.loads(adoption_curve(load_history(name), NEWEST, "A finding").to_json())
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


def test_the_bar_of_reach_keeps_its_height_below_the_axis() -> None:
    figure = json.loads(adoption_curve(load_history("untoc"), NEWEST, "A finding").to_json())
    for width in (350, 900):
        drawn = chart_svg(figure, width, "words", "figure", STYLE)
        assert drawn.count('height="34"') == 2, "complete, and where acts may be missing"
