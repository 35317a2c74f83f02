"""The index of the conventions: in groups, each with its numbers and a curve on one scale."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import pairwise
from typing import Any

from adoption.law.conventions import find_convention, load_conventions
from adoption.law.status import load_status
from adoption.show.status import count_figure
from adoption.site.conventions import HEIGHT, WIDTH, index_of, lists_conventions
from adoption.site.lists import Entry, index_sections
from adoption.site.subjects import subject_of
from tests.reports.conftest import ANSWER

DAY = date(2026, 11, 24)


def pages(name: str) -> list[Entry]:
    values = {"convention": name}
    about: dict[str, Any] = {
        "section": "Conventions",
        "parameters": values,
        "subject": subject_of(values),
    }
    timeline = Entry(f"timeline-{name}", "Timeline", ANSWER, None, notebook="02_timeline", **about)
    made = replace(timeline, slug=f"map-{name}", kicker="Status map", notebook="01_status_map")
    answer = ANSWER | {"key_figure": "about 2030", "key_label": "entry into force"}
    force = replace(timeline, slug=f"force-{name}", notebook="12_entry_into_force", answer=answer)
    return [timeline, made, force]


def test_the_convention_stands_first_then_those_on_its_subject() -> None:
    (section,) = index_sections([page for name in load_conventions() for page in pages(name)])
    assert lists_conventions(section)
    index = index_of(section, find_convention("hanoi"), DAY)
    titles = {head: [row.title for row in rows] for head, rows in index["groups"].items()}
    first, alike, compared = titles
    assert alike == "Other treaties on cybercrime"
    assert titles[first] == ["UN Convention against Cybercrime"]
    assert "Budapest Convention" in titles[alike]
    assert "Convention against Corruption (UNCAC)" in titles[compared]
    rows = {row.title: row for rows in index["groups"].values() for row in rows}
    assert len(rows) == len(load_conventions())
    hanoi, untoc = (
        rows["UN Convention against Cybercrime"],
        rows["Organized Crime Convention (UNTOC)"],
    )
    assert hanoi.signed == count_figure(load_status("hanoi", DAY).signatories)
    assert hanoi.page == "map-hanoi.html", "the map leads, whatever the plan's order"
    assert hanoi.forecast is not None
    assert (untoc.forecast, untoc.force) == (None, "29 Sep 2003")


def test_the_curves_have_one_scale() -> None:
    (section,) = index_sections([page for name in ("hanoi", "untoc") for page in pages(name)])
    index = index_of(section, find_convention("hanoi"), DAY)
    rows = [row for rows in index["groups"].values() for row in rows]
    assert len({row.threshold for row in rows}) == 1, "both need forty"
    assert all(0 < row.threshold < HEIGHT for row in rows if row.threshold)
    ends = {
        (row.title, curve.kind): (curve.beyond or curve.sure).rpartition("H")[2].partition("V")
        for row in rows
        for curve in row.curves
    }
    assert {float(end) for end, _, _ in ends.values()} == {WIDTH}, "each goes to the day"
    heights = {key: float(height) for key, (_, _, height) in ends.items()}
    untoc, hanoi = "Organized Crime Convention (UNTOC)", "UN Convention against Cybercrime"
    assert 0 <= heights[untoc, "bound"] < heights[untoc, "signed"] < heights[hanoi, "signed"]
    assert heights[hanoi, "bound"] == HEIGHT, "none is confirmed"


def test_the_first_curves_are_named_and_are_the_key_of_the_others() -> None:
    (section,) = index_sections([page for name in load_conventions() for page in pages(name)])
    index = index_of(section, find_convention("hanoi"), DAY)
    first, *others = [row for rows in index["groups"].values() for row in rows]
    assert [words for _, _, words in first.words] == [
        f"{first.signed} signed",
        "40 needed",
        f"{first.bound} bound",
    ]
    heights = [height for height, _, _ in first.words]
    assert all(after - before >= 12 for before, after in pairwise(heights)), "on no other"
    assert not any(row.words for row in others)
    assert index["finding"] == "Nine of eleven conventions are in force"


def test_other_lists_are_no_index_of_conventions() -> None:
    values = {"country": "QAT"}
    state = Entry(
        "q", "Brief", ANSWER, None, "States", subject=subject_of(values), parameters=values
    )
    (section,) = index_sections([state, replace(state, slug="r")])
    assert not lists_conventions(section)
