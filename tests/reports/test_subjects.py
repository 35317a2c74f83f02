"""What a page is about."""

from __future__ import annotations

from typing import Any

import pytest

from adoption import tables
from adoption.countries.groups import load_groups
from adoption.figures.theme import STATUS_COLOURS, status_classes
from adoption.law.status import load_status
from adoption.reports.subjects import (
    Subject,
    as_the_data_spell_it,
    subject_of,
)


def test_a_state_with_its_region_its_names_and_its_status() -> None:
    values = {"country": "QAT", "convention": "hanoi", "as_of": "latest", "group": "gcc"}
    assert subject_of(values) == Subject(
        "Qatar", "Asia", ("QAT",), "reported bound", "UN Convention against Cybercrime"
    )


def test_a_status_is_that_of_the_pages_convention_and_day() -> None:
    values = {"country": "QAT", "convention": "hanoi", "as_of": "2025-12-01"}
    assert subject_of(values).status == "signed"
    found = subject_of(values | {"convention": "CETS 185"})
    assert (found.status, found.on) == ("no act known", "Budapest Convention")
    assert subject_of({"country": "QAT"}) == Subject("Qatar", "Asia", ("QAT",))


def test_the_status_of_every_state_is_the_one_of_the_map() -> None:
    day = tables.data_day()
    participants = load_status("hanoi", day).participants
    on_the_map = dict(zip(participants["iso3"], status_classes(participants), strict=True))
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


@pytest.mark.parametrize(
    ("name", "value", "spelt"),
    [
        ("convention", "xviii-12", "untoc"),
        ("convention", "none such", "none such"),
        ("group", "Gulf States", "gcc"),
        ("group", "none such", "none such"),
        ("country", "QAT", "QAT"),
        ("convention", 3, 3),
    ],
)
def test_values_as_the_data_spell_them(name: str, value: Any, spelt: Any) -> None:
    assert as_the_data_spell_it(name, value) == spelt
