"""Every treaty a dot in its order, the conventions compared labelled, the subject strong."""

from __future__ import annotations

from typing import Any

import pandas as pd

from adoption.figures.placement import place_chart
from adoption.figures.theme import BOUND_REPORTED, STATUS_COLOURS, SUBJECT
from adoption.law.conventions import load_conventions
from adoption.law.placement import Known
from tests.conftest import made_up
from tests.figures.conftest import notes, same_twice

FRAME = pd.DataFrame(
    {
        "treaty": ["I-1", "I-2", "XVIII-12", "I-4"],
        "title": ["One", "Two", "Three", "Four"],
        "signatories": [30, 10, 20, 20],
        "parties": [0, 4, 4, 900],
    }
)
ATLANTIS = made_up(label="Atlantis", reference="ATL 1")
UNTOC = load_conventions()["untoc"]


def drawn(known: dict[str, Known | None], measure: Any, frame: pd.DataFrame = FRAME) -> Any:
    return same_twice(
        lambda: place_chart(frame, known, [ATLANTIS, UNTOC], measure, 30, "F"),  # type: ignore[arg-type]
        least=1_000,
        most=30_000,
    )


def labels(figure: dict[str, Any]) -> list[str]:
    return [note["text"] for note in notes(figure, "end-label")]


def test_treaties_stand_in_order_and_the_marked_in_the_middle_of_their_equals() -> None:
    known = {"signatories": Known(20, 20, 20, True), "parties": None}
    figure = drawn(known, "signatories")
    dots, compared, subject = figure["data"]
    assert dots["x"] == [10, 20, 20, 30]
    assert (dots["y0"], dots["dy"]) == (12.5, 25)
    assert dots["text"] == ["Two: 10", "Four: 20", "Three: 20", "One: 30"]
    # One below and half of two ties, of four: the subject and one compared alike.
    assert (compared["x"], compared["y"]) == ([20], [50])
    assert (subject["x"], subject["y"], subject["marker"]["color"]) == ([20], [50], SUBJECT)
    assert labels(figure) == ["UNTOC 20", "<b>Atlantis 20</b>"]


def test_reports_and_what_is_possible_are_drawn_apart() -> None:
    known = {"signatories": None, "parties": Known(0, 4, 5, False)}
    figure = drawn(known, "parties")
    possible, firm, reported = figure["data"][2:]
    # Of 4 treaties none has fewer than 0 and one as many; 1 fewer than 4, 2 as many; 3 than 5.
    assert (firm["y"], reported["y"]) == ([12.5], [50])
    assert possible["y"] == [12.5, 50, 75]
    assert reported["marker"]["color"] == STATUS_COLOURS[BOUND_REPORTED]
    assert reported["marker"]["symbol"] == "diamond-open"
    assert labels(figure)[1:] == [
        "<b>Atlantis 0 confirmed, possibly 5</b>",
        "4 if reports are right",
    ]
