"""Which page stands where in the index, and the fact beside it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from adoption.reports.pages.listing import HEAD, Entry, Section, cards, sections
from adoption.reports.subjects import Subject
from tests.reports.conftest import ANSWER


def entry(name: str, label: str, under: str = "", *, section: str = "S", **answer: str) -> Entry:
    return Entry(
        name, f"Kind of {name}", ANSWER | answer, None, section, subject=Subject(label, under)
    )


def texts(section: Section) -> dict[str, list[str]]:
    return {part.title: [item.text for item in part.items] for part in section.parts}


def test_pages_are_under_their_headings_by_name_whatever_the_plans_order() -> None:
    (found,) = sections(
        [entry("a", "Zambia", "Africa"), entry("b", "Peru", "Americas"),
         entry("c", "Égypte", "Africa"), entry("d", "Gabon", "Africa")]
    )  # fmt: skip
    assert texts(found) == {"Africa": ["Égypte", "Gabon", "Zambia"], "Americas": ["Peru"]}
    assert [part.anchor for part in found.parts] == ["s-africa", "s-americas"]
    assert (found.by_subject, found.count) == (False, 4)


def test_several_pages_about_one_thing_stand_together_in_the_plans_order() -> None:
    (found,) = sections(
        [entry("map-b", "Budapest"), entry("map-a", "Arab"), entry("line-b", "Budapest")]
    )
    assert texts(found) == {
        "Arab": ["Kind of map-a"], "Budapest": ["Kind of map-b", "Kind of line-b"],
    }  # fmt: skip
    assert (found.by_subject, found.count) == (True, 2)


def test_sections_come_as_the_plan_has_them_and_take_in_pages_in_front() -> None:
    qatar = replace(entry("q", "Qatar", section=""), also="First")
    found = sections([qatar, entry("z", "Z", section="Last"), entry("a", "A", section="First")])
    assert [(section.title, texts(section)) for section in found] == [
        ("Last", {"": ["Z"]}),
        ("First", {"": ["A", "Qatar"]}),
    ]
    assert sections([qatar]) == []
    assert [card.slug for card, _ in cards([qatar, entry("z", "Z")])] == ["q"]


@pytest.mark.parametrize(
    ("other", "note", "labels"),
    [
        ({}, "Figures: states, 24 November 2026.", ["", ""]),
        ({"key_label": "parties"}, "", ["states", "parties"]),
        ({"as_of": "1 May 2026"}, "Figures: states.", ["", ""]),
    ],
)
def test_what_all_figures_count_is_said_once(
    other: dict[str, str], note: str, labels: list[str]
) -> None:
    (found,) = sections([entry("a", "A"), entry("b", "B", **other)])
    assert found.note == note
    assert [item.label for item in found.parts[0].items] == labels


def test_statuses_are_counted_the_most_frequent_first() -> None:
    of = [("A", "signed"), ("B", "bound"), ("C", "bound")]
    made = [
        replace(entry(name, name), subject=Subject(name, "", (), status, "Treaty"))
        for name, status in of
    ]
    (found,) = sections(made)
    assert found.statuses == (("bound", 2), ("signed", 1))
    assert found.note == "Status on the Treaty, 24 November 2026."
    assert sections([*made, entry("d", "D")])[0].note.startswith("Figures: ")


def test_the_page_at_the_head_has_no_card_and_its_reach_is_said_there() -> None:
    head, card = entry(HEAD, "", section=""), entry("a", "A", section="")
    assert cards([head, card]) == [(card, "")]
    failed = replace(head, answer=None, error="killed")
    assert cards([failed, card]) == [(card, ANSWER["reach"])]


def test_what_an_entry_is_called() -> None:
    subject = Subject("Côte d'Ivoire", "Africa", ("CIV",))
    made = Entry("brief-civ", "Country brief", None, "killed", subject=subject)
    assert (made.title, made.name) == ("Côte d'Ivoire", "Country brief: Côte d'Ivoire")
    plain = Entry("a", "", None, "killed")
    assert (plain.title, plain.name) == ("a", "a")
