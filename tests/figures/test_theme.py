"""The look: classes, a palette that all eyes can tell apart, and finished figures."""

from __future__ import annotations

from itertools import combinations

import plotly.graph_objects as go
import pytest

from adoption.figures.group_profile import DARK
from adoption.figures.labels import READABLE
from adoption.figures.maps import MARKS, OUTLINES
from adoption.figures.theme import (
    BORDER,
    BOUND,
    BOUND_REPORTED,
    CONTEXT,
    INK,
    MUTED,
    PAPER,
    RINGED,
    SIGNATURE_REPORTED,
    STATUS_COLOURS,
    SUBJECT,
    finish,
    status_class,
    template,
)
from adoption.law.deciding import IN_FORCE, NO_ACT, PARTY, SIGNED, STATUSES, WITHDRAWN
from tests.figures.colour import SIGHTS, cam02_ucs, contrast, distance

APART = 20  # units of CAM02-UCS; about one is the least that can be seen


@pytest.mark.parametrize(
    ("status", "grade", "expected"),
    [
        (NO_ACT, float("nan"), NO_ACT),
        (NO_ACT, None, NO_ACT),
        (SIGNED, "confirmed", SIGNED),
        (SIGNED, "inferred", SIGNED),
        (SIGNED, "reported", SIGNATURE_REPORTED),
        (PARTY, "confirmed", BOUND),
        (PARTY, "inferred", BOUND),
        (PARTY, "reported", BOUND_REPORTED),
        (IN_FORCE, "confirmed", BOUND),
        (IN_FORCE, "reported", BOUND_REPORTED),
        (WITHDRAWN, "confirmed", WITHDRAWN),
    ],
)
def test_the_class_of_a_participant(status: str, grade: object, expected: str) -> None:
    assert status_class(status, grade) == expected


def test_every_status_has_a_colour() -> None:
    classes = {status_class(s, g) for s in STATUSES for g in ("confirmed", "reported")}
    assert classes == set(STATUS_COLOURS)
    assert {name for name in classes if "report" in name} == RINGED


# The palette


@pytest.mark.parametrize(
    ("xyz", "white", "adapting", "published"),
    [
        # colour-science, JMh_CIECAM02_to_CAM02UCS and XYZ_to_CAM02UCS
        ((19.01, 20.0, 21.78), (95.05, 100, 108.88), 318.31, (54.9043313, -0.0844236, -0.0684831)),
        ((20.654008, 12.197225, 5.136952), None, None, (46.6138615, 29.8831001, 12.1235168)),
    ],
)
def test_the_distance_is_the_published_one(
    xyz: tuple[float, ...],
    white: tuple[float, ...] | None,
    adapting: float | None,
    published: tuple[float, ...],
) -> None:
    found = cam02_ucs(xyz, white, adapting) if white and adapting else cam02_ucs(xyz)
    assert found == pytest.approx(published, abs=1e-4)


def test_a_grey_stays_the_same_to_every_eye() -> None:
    for sight in SIGHTS:
        assert distance(PAPER, "#FFFFFF", sight) == 0
        assert distance("#000000", "#FFFFFF", sight) == pytest.approx(100, abs=0.1)
    # red and green that only differ in hue come together without the cones to tell them
    assert distance("#A05A2C", "#6B6B2C", "deuteranopia") < distance("#A05A2C", "#6B6B2C") / 2


@pytest.mark.parametrize("sight", SIGHTS)
def test_the_classes_stay_apart_to_every_eye(sight: str) -> None:
    for one, other in combinations(STATUS_COLOURS, 2):
        if {one, other} == {SIGNED, SIGNATURE_REPORTED}:
            continue  # one colour by design: the second wears a ring
        apart = distance(STATUS_COLOURS[one], STATUS_COLOURS[other], sight)
        assert apart >= APART, (one, other)


def test_what_shares_a_colour_is_told_apart_by_its_ring() -> None:
    by_colour: dict[str, set[str]] = {}
    for name, colour in STATUS_COLOURS.items():
        by_colour.setdefault(colour, set()).add(name)
    for names in by_colour.values():
        assert len(names) == 1 or len(names & RINGED) == 1 == len(names - RINGED)


def test_classes_side_by_side_on_a_map_differ_by_three_to_one_or_by_a_mark() -> None:
    """WCAG 2.2, 1.4.11: for whoever cannot tell the hues. Signed on no act was 1.78."""
    marks = {name: (str(MARKS.get(name)), name in OUTLINES) for name in STATUS_COLOURS}
    for one, other in combinations(STATUS_COLOURS, 2):
        if marks[one] == marks[other]:
            assert contrast(STATUS_COLOURS[one], STATUS_COLOURS[other]) >= 3, (one, other)


def test_a_mark_can_be_seen_on_what_it_marks() -> None:
    for name, mark in MARKS.items():
        assert contrast(STATUS_COLOURS[name], mark["line"]["color"]) >= 3, name
    for name, line in OUTLINES.items():
        assert contrast(STATUS_COLOURS[name], line["color"]) >= 3, name


def test_a_number_can_be_read_on_the_colour_of_its_class() -> None:
    for name, colour in STATUS_COLOURS.items():
        assert contrast(colour, PAPER if name in DARK else INK) >= 4.5, name


@pytest.mark.parametrize("sight", SIGHTS)
def test_no_class_vanishes_on_paper_or_sea(sight: str) -> None:
    for name, colour in STATUS_COLOURS.items():
        assert distance(colour, PAPER, sight) >= (10 if name == NO_ACT else 30), name
    assert BORDER == PAPER
    assert distance(SUBJECT, CONTEXT, sight) >= 30


@pytest.mark.parametrize("colour", [INK, MUTED, SUBJECT, *READABLE.values()])
def test_words_can_be_read_on_paper(colour: str) -> None:
    assert contrast(colour, PAPER) >= 4.5


def test_light_colours_have_a_darker_form_for_words() -> None:
    for colour in {*STATUS_COLOURS.values(), CONTEXT} - {STATUS_COLOURS[NO_ACT]}:
        assert contrast(READABLE.get(colour, colour), PAPER) >= 4.5


# Finished figures

LONG = "Source: " + "the Secretary-General of the United Nations, " * 6


def finished() -> go.Figure:
    return finish(
        go.Figure(go.Scatter(x=[1], y=[2])),
        title="One & only",
        subtitle="Points, by day",
        source=LONG,
        alternative="One point.",
        height=321,
    )


def test_the_words_of_a_figure_stand_in_it_and_beside_it() -> None:
    layout = finished().to_dict()["layout"]
    assert layout["meta"] == {
        "title": "One & only",
        "subtitle": "Points, by day",
        "source": LONG,
        "alternative": "One point.",
        "height": 321,
    }
    assert layout["height"] == 321
    assert layout["title"]["text"] == "<b>One & only</b>"
    assert layout["title"]["subtitle"]["text"] == "Points, by day"
    (source,) = layout["annotations"]
    assert source["name"] == "source"
    assert " ".join(source["text"].split("<br>")) == " ".join(LONG.split())
    assert max(len(line) for line in source["text"].split("<br>")) <= 140


def test_finishing_keeps_what_the_figure_has() -> None:
    figure = go.Figure(go.Scatter(x=[1], y=[2]))
    figure.add_annotation(text="kept", name="end-label", x=1, y=2)
    done = finish(figure, title="a", subtitle="b", source="c", alternative="d")
    assert done is figure
    assert [note.name for note in done.layout.annotations] == ["end-label", "source"]
    assert len(done.data) == 1


def test_the_template_asks_for_no_font_and_is_white() -> None:
    layout = template().to_plotly_json()["layout"]
    assert layout["paper_bgcolor"] == layout["plot_bgcolor"] == PAPER
    assert list(layout["colorway"]) == [SUBJECT, CONTEXT]
    assert layout["font"]["family"].startswith("system-ui")
    assert "http" not in str(layout)
