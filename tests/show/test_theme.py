"""The look: classes, a palette that all eyes can tell apart, and finished figures."""

from __future__ import annotations

from itertools import combinations
from typing import Any

import plotly.graph_objects as go
import pytest

import adoption as ad
from adoption.figures import theme
from adoption.figures.finishing import finish
from adoption.figures.theme import INK, PAPER
from adoption.figures.worldmap import MARKERS
from adoption.law.panel import (
    CONSENTED,
    IN_FORCE,
    NO_ACT,
    POSSIBLY_WITHDRAWN,
    SIGNED,
    UNABLE,
    WITHDRAWN,
)
from adoption.show.classes import (
    BOUND,
    BOUND_REPORTED,
    SIGNATURE_REPORTED,
    STATUS_COLOURS,
    status_class,
)
from adoption.show.maps import OUTLINES, STATUS_MARKS
from tests.show.colour import SIGHTS, contrast, distance

APART = 14  # of Oklab, times 100; about two is the least that can be seen


@pytest.mark.parametrize(
    ("status", "grade", "expected"),
    [
        (NO_ACT, float("nan"), NO_ACT),
        (NO_ACT, None, NO_ACT),
        (SIGNED, "confirmed", SIGNED),
        (SIGNED, "reported", SIGNATURE_REPORTED),
        (CONSENTED, "inferred", BOUND),
        (CONSENTED, "reported", BOUND_REPORTED),
        (IN_FORCE, "confirmed", BOUND),
        (IN_FORCE, "reported", BOUND_REPORTED),
        (WITHDRAWN, "confirmed", WITHDRAWN),
    ],
)
def test_the_class_of_a_participant(status: str, grade: object, expected: str) -> None:
    assert status_class(status, grade) == expected


# The palette


@pytest.mark.parametrize("sight", SIGHTS)
def test_the_classes_stay_apart_to_every_eye(sight: str) -> None:
    able = [name for name in STATUS_COLOURS if name not in UNABLE]  # land with an outline
    for one, other in combinations(able, 2):
        if {one, other} in ({SIGNED, SIGNATURE_REPORTED}, {WITHDRAWN, POSSIBLY_WITHDRAWN}):
            continue  # one colour by design: the second is striped, or wears a ring
        apart = distance(STATUS_COLOURS[one], STATUS_COLOURS[other], sight)
        assert apart >= APART, (one, other)
    assert (
        min(distance(colour, PAPER, sight) for colour in (STATUS_COLOURS[name] for name in able))
        >= 11
    )


def test_classes_side_by_side_on_a_map_differ_by_three_to_one_or_by_a_mark() -> None:
    """WCAG 2.2, 1.4.11: for whoever cannot tell the hues. Signed on no act was 1.78."""
    marks = {name: (str(STATUS_MARKS.get(name)), name in OUTLINES) for name in STATUS_COLOURS}
    for one, other in combinations(STATUS_COLOURS, 2):
        if marks[one] == marks[other] and not {one, other} <= {*UNABLE}:
            assert contrast(STATUS_COLOURS[one], STATUS_COLOURS[other]) >= 3, (one, other)


def test_a_mark_can_be_seen_on_what_it_marks() -> None:
    for name in STATUS_MARKS.keys() & STATUS_COLOURS.keys():
        line = MARKERS[STATUS_MARKS[name]]["line"]
        assert contrast(STATUS_COLOURS[name], line["color"]) >= 3, name
    for name, line in OUTLINES.items():
        assert contrast(STATUS_COLOURS[name], line["color"]) >= 3, name


def test_a_number_can_be_read_on_the_colour_of_its_class() -> None:
    for name, colour in STATUS_COLOURS.items():
        light = name in (NO_ACT, BOUND_REPORTED, *UNABLE)
        assert contrast(colour, INK if light else PAPER) >= 4.5, name


# Finished figures

LONG = "Source: " + "the Secretary-General of the United Nations, " * 6


def test_the_words_of_a_figure_stand_in_it_and_beside_it() -> None:
    words: dict[str, Any] = {
        "title": "One & only",
        "subtitle": "Points, by day",
        "source": LONG,
        "alternative": "One point.",
        "height": 321,
    }
    layout = finish(go.Figure(go.Scatter(x=[1], y=[2])), **words).to_dict()["layout"]
    assert layout["meta"] == words
    assert layout["height"] == 321 + layout["margin"]["b"] - theme.MARGIN_BELOW, (
        "a long source adds"
    )
    assert layout["title"]["text"] == "<b>One & only</b>"
    assert layout["title"]["subtitle"]["text"] == "Points, by day"
    (source,) = layout["annotations"]
    assert source["name"] == "source"
    assert " ".join(source["text"].split("<br>")) == " ".join(LONG.split())
    assert max(len(line) for line in source["text"].split("<br>")) <= 140


def test_in_a_narrow_cell_words_wrap_and_what_is_drawn_keeps_its_height() -> None:
    for name in ("map", "curve"):
        figure = ad.status("hanoi").chart(name).to_plotly_json()
        wrapped = theme.wrap_words(figure)
        layout, narrow = figure["layout"], wrapped["layout"]
        (source,) = (n["text"] for n in narrow["annotations"] if n.get("name") == "source")
        words = {"title": narrow["title"]["text"], "source": source}
        words["subtitle"] = narrow["title"]["subtitle"]["text"]
        for kind, text in words.items():
            lines = text.removeprefix("<b>").removesuffix("</b>").split("<br>")
            assert max(map(len, lines)) <= theme.IN_NARROW_CELL[kind]
            assert " ".join(lines) == layout["meta"][kind]
        drawn = layout["height"] - layout["margin"]["b"] - 78
        assert narrow["height"] - narrow["margin"]["b"] - narrow["margin"]["t"] == drawn
    plain = go.Figure().to_plotly_json()
    assert theme.wrap_words(plain) == plain
