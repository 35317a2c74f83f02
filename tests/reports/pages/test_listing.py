"""What a page is about, where it stands in the lists, and the fact beside it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from adoption import tables
from adoption.countries.groups import load_groups
from adoption.law.status import load_status
from adoption.show.classes import STATUS_COLOURS, status_classes
from adoption.site.lists import Entry, IndexSection, index_sections
from adoption.site.subjects import (
    Subject,
    subject_of,
)
from tests.reports.conftest import ANSWER


def entry(name: str, label: str, under: str = "", *, section: str = "S", **answer: str) -> Entry:
    return Entry(
        name, f"Kind of {name}", ANSWER | answer, None, section, subject=Subject(label, under)
    )


def texts(section: IndexSection) -> dict[str, list[str]]:
    return {part.title: [item.text for item in part.items] for part in section.parts}


def test_pages_are_under_their_headings_by_name_whatever_the_plans_order() -> None:
    (found,) = index_sections(
        [
            entry("a", "Zambia", "Africa"),
            entry("b", "Peru", "Americas"),
            entry("c", "Égypte", "Africa"),
            entry("d", "Gabon", "Africa"),
        ]
    )
    assert texts(found) == {"Africa": ["Égypte", "Gabon", "Zambia"], "Americas": ["Peru"]}
    assert [part.anchor for part in found.parts] == ["s-africa", "s-americas"]
    assert (found.by_subject, found.count) == (False, 4)


def test_several_pages_about_one_thing_stand_together_in_the_plans_order() -> None:
    (found,) = index_sections(
        [entry("map-b", "Budapest"), entry("map-a", "Arab"), entry("line-b", "Budapest")]
    )
    assert texts(found) == {
        "Arab": ["Kind of map-a"],
        "Budapest": ["Kind of map-b", "Kind of line-b"],
    }
    assert (found.by_subject, found.count) == (True, 2)


def test_sections_come_as_the_plan_has_them_and_take_in_pages_in_front() -> None:
    qatar = replace(entry("q", "Qatar", section=""), also="First")
    found = index_sections(
        [qatar, entry("z", "Z", section="Last"), entry("a", "A", section="First")]
    )
    assert [(section.title, texts(section)) for section in found] == [
        ("Last", {"": ["Z"]}),
        ("First", {"": ["A", "Qatar"]}),
    ]
    assert index_sections([qatar]) == []


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
    (found,) = index_sections([entry("a", "A"), entry("b", "B", **other)])
    assert found.note == note
    assert [item.label for item in found.parts[0].items] == labels


def test_statuses_are_counted_the_most_frequent_first() -> None:
    of = [("A", "signed"), ("B", "bound"), ("C", "bound")]
    made = [
        replace(entry(name, name), subject=Subject(name, "", (), status, "Treaty"))
        for name, status in of
    ]
    (found,) = index_sections(made)
    assert found.statuses == (("bound", 2), ("signed", 1))
    assert found.note == "Status on the Treaty, 24 November 2026."
    assert index_sections([*made, entry("d", "D")])[0].note.startswith("Figures: ")


def test_what_an_entry_is_called() -> None:
    subject = Subject("Côte d'Ivoire", "Africa", ("CIV",))
    made = Entry("brief-civ", "Country brief", None, "killed", subject=subject)
    assert (made.title, made.name) == ("Côte d'Ivoire", "Country brief: Côte d'Ivoire")
    plain = Entry("a", "", None, "killed")
    assert (plain.title, plain.name) == ("a", "a")


def test_a_state_with_its_region_its_names_and_its_status() -> None:
    values = {"country": "QAT", "convention": "hanoi", "as_of": "latest", "group": "gcc"}
    assert subject_of(values) == Subject(
        "Qatar", "Asia", ("QAT",), "ratification reported", "UN Convention against Cybercrime"
    )


def test_a_status_is_that_of_the_pages_convention_and_day() -> None:
    values = {"country": "QAT", "convention": "hanoi", "as_of": "2025-12-01"}
    assert subject_of(values).status == "signed"
    found = subject_of(values | {"convention": "CETS 185"})
    assert (found.status, found.on) == ("no act known", "Budapest Convention")
    assert subject_of({"country": "QAT"}) == Subject("Qatar", "Asia", ("QAT",))


def test_the_status_of_every_state_is_the_one_of_the_map() -> None:
    day = tables.data_day()
    status = load_status("hanoi", day)
    classes = status_classes(status.participants)
    on_the_map = dict(zip(status.participants["iso3"], classes, strict=True))
    states = tables.read("states")
    for iso3 in states.loc[states["kind"] != "organization", "iso3"]:
        found = subject_of({"country": iso3, "convention": "hanoi", "as_of": day.isoformat()})
        assert found.status == on_the_map[iso3]
        assert found.status in STATUS_COLOURS


def test_a_group_by_its_kind_and_its_nicknames() -> None:
    values = {"group": "Arab League", "inner": "gcc", "convention": "hanoi"}
    assert subject_of(values) == Subject("League of Arab States", "Organisations", ("arab-league",))
    kinds = {subject_of({"group": group}).under for group in load_groups()}
    assert kinds == {
        "Organisations",
        "Regional groups of the United Nations",
        "Regions (M49)",
        "Sub-regions (M49)",
    }


def test_a_convention_by_its_short_title_and_found_by_its_own() -> None:
    found = subject_of({"convention": "CETS 185", "as_of": "latest"})
    assert (found.label, found.under) == ("Budapest Convention", "")
    assert {"budapest", "CETS 185", "Convention on Cybercrime"} <= set(found.names)


# Links between many pages
