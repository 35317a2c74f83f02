"""Every treaty a dot in its order, the conventions compared labelled, the subject strong."""

from __future__ import annotations

from datetime import date
from typing import Any

import pandas as pd
import pytest

from adoption.figures.placement import place_chart
from adoption.figures.theme import BOUND_REPORTED, STATUS_COLOURS, SUBJECT
from adoption.law.conventions import load_conventions
from adoption.law.placement import Known, age_on, base_treaty, known_counts, treaties_at_age
from tests.conftest import made_up
from tests.figures.conftest import notes, read, same_twice

NEWEST = date(2026, 11, 24)
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


def test_a_few_large_counts_do_not_press_the_others_together() -> None:
    known = {"signatories": None, "parties": Known(4, 4, 4, True)}
    frame = pd.concat([FRAME.assign(treaty="I-0", parties=range(4))] * 4 + [FRAME])
    figure = drawn(known, "parties", frame.reset_index(drop=True))
    assert "root scale" in figure["layout"]["xaxis"]["title"]["text"]
    assert figure["data"][0]["x"][-1] == 30  # the root of 900
    assert figure["data"][-1]["x"] == [2]
    ticks = figure["layout"]["xaxis"]
    assert [round(value**2) for value in ticks["tickvals"]] == [int(t) for t in ticks["ticktext"]]


def test_a_subject_whose_signatories_are_not_named_is_not_drawn_as_none() -> None:
    known = {"signatories": None, "parties": Known(4, 4, 4, True)}
    figure = drawn(known, "signatories")
    assert len(figure["data"]) == 2
    assert labels(figure) == ["UNTOC 20"]


def test_no_treaty_was_as_old() -> None:
    known = {"signatories": Known(4, 4, 4, True), "parties": None}
    figure = drawn(known, "signatories", FRAME.iloc[:0])
    assert labels(figure) == []


def test_equal_conventions_have_one_rank_and_it_is_that_of_the_table() -> None:
    registry = load_conventions()
    hanoi = registry["hanoi"]
    days = age_on(hanoi, NEWEST)
    frame = treaties_at_age(
        read("base_treaties"), read("base_acts"), read("states"), days, base_treaty(hanoi)
    )
    frame = frame[frame["everywhere"]]
    known = known_counts(hanoi, read("acts"), read("states"), NEWEST)
    chosen = [hanoi, registry["terrorist-financing"], registry["nagoya-kuala-lumpur"]]
    figure = place_chart(frame, known, chosen, "parties", days, "F")
    counts = frame["parties"]
    by_hand = 100 * ((counts < 2).sum() + (counts == 2).sum() / 2) / len(counts)
    assert list(figure.data[1].y) == pytest.approx([by_hand] * 2)
    said = figure.layout.meta["alternative"]
    assert f"Terrorist Financing 2 at percentile {by_hand:.0f};" in said
    assert f"Nagoya - Kuala Lumpur 2 at percentile {by_hand:.0f};" in said


@pytest.mark.parametrize("name", list(load_conventions()))
@pytest.mark.parametrize("measure", ["signatories", "parties"])
def test_every_convention_of_the_registry(name: str, measure: Any) -> None:
    registry = list(load_conventions().values())
    subject = load_conventions()[name]
    days = age_on(subject, NEWEST)
    frame = treaties_at_age(
        read("base_treaties"), read("base_acts"), read("states"), days, base_treaty(subject)
    )
    known = known_counts(subject, read("acts"), read("states"), NEWEST)
    chosen = [subject, *(c for c in registry if c is not subject)]
    figure = same_twice(
        lambda: place_chart(frame, known, chosen, measure, days, "F"), least=5_000, most=40_000
    )
    assert len(figure["data"][0]["x"]) == len(frame)
    top = figure["layout"]["xaxis"]["range"][1]
    assert max(figure["data"][0]["x"]) < top
