"""Answers: the lead of a page, its one figure, and how a notebook shows them."""

from __future__ import annotations

from datetime import date

import pytest

from adoption import tables
from adoption.answers import ANSWER_TYPE, Answer
from adoption.countries import profiles
from adoption.law.conventions import find_convention, load_conventions
from adoption.law.curves import compare_at_age
from adoption.law.status import Status, load_status
from adoption.sentences.pace import pace_answer, pace_sentence
from adoption.sentences.state import brief_answer
from adoption.sentences.status import status_answer, status_sentence

NEWEST = tables.data_day()
FIELDS = {"title", "text", "key_figure", "key_label", "as_of", "reach"}
IN_FORCE = ("untoc", "uncac", "terrorist-financing", "nuclear-terrorism", "budapest", "malabo",
            "arab-2010", "rotterdam", "nagoya-kuala-lumpur")  # fmt: skip


def registry(day: date) -> dict[str, Status]:
    return {name: load_status(name, day) for name in load_conventions()}


@pytest.mark.parametrize("name", load_conventions())
def test_the_answer_on_status(name: str) -> None:
    status = load_status(name, NEWEST)
    answer = status_answer(status)
    assert status.convention.short_title in answer.title
    assert answer.text == status_sentence(status)
    by_parties = name in IN_FORCE
    expected = status.parties.lower if by_parties else status.signatories.lower
    assert answer.key_figure.removesuffix("+") == str(expected)
    assert answer.key_label == ("parties known" if by_parties else "signatories known")
    assert answer.as_of == "24 November 2026"
    assert answer.reach == status.convention.reach


def test_before_entry_into_force_the_figure_is_of_signatories() -> None:
    assert status_answer(load_status("untoc", date(2003, 9, 28))).key_figure == "147"
    assert status_answer(load_status("untoc", date(2003, 9, 29))).key_figure == "52"
    assert status_answer(load_status("hanoi", date(2025, 10, 25))).key_figure == "69"


def test_a_figure_that_may_lack_acts_is_a_lower_bound() -> None:
    assert status_answer(load_status("hanoi", date(2026, 11, 24))).key_figure == "75+"
    assert status_answer(load_status("untoc", date(2026, 11, 24))).key_figure == "191+"


@pytest.mark.parametrize("compared", [[], ["untoc"], ["untoc", "malabo", "arab-2010"]])
def test_the_answer_on_pace(compared: list[str]) -> None:
    subject = find_convention("hanoi")
    ages = compare_at_age(
        [subject, *map(find_convention, compared)], tables.read("acts"), 395, NEWEST
    )
    answer = pace_answer(load_status("hanoi", NEWEST), ages, 395)
    assert answer.text == pace_sentence(ages, 395)
    assert answer.key_figure == "3 of 40"
    assert answer.reach == subject.reach


def test_the_figure_of_a_convention_in_force_is_no_share_of_its_threshold() -> None:
    ages = compare_at_age([find_convention("untoc")], tables.read("acts"), 395, NEWEST)
    before, after = (pace_answer(load_status("untoc", day), ages, 395)
                     for day in (date(2003, 6, 30), date(2003, 7, 1)))  # fmt: skip
    assert (before.key_figure, after.key_figure) == ("39 of 40", "40")
    assert after.key_label == "instruments known that count; 40 were needed for entry into force"


def test_the_answer_on_each_state_counts_the_others_that_bind_it() -> None:
    statuses = registry(NEWEST)
    acts, memberships = tables.read("acts"), tables.read("memberships")
    for iso3 in ("QAT", "VNM", "TUV", "PLW", "FRA", "EGY", "VAT", "MRT", "BTN"):
        joinable = profiles.open_to(iso3, list(load_conventions().values()), memberships, acts)
        own, *others = [statuses[c.convention] for c in joinable]
        answer = brief_answer(iso3, own, others)
        name = str(own.participants.set_index("iso3").at[iso3, "name"])
        assert answer.title == name
        assert name in answer.text
        number, of, all_of_them = answer.key_figure.split()
        assert (of, int(all_of_them)) == ("of", len(others))
        named = [o for o in others if o.convention.short_title in answer.text.split(". ", 1)[1]]
        rows = {id(o): o.participants.set_index("iso3").loc[iso3] for o in others}
        parties = ("party", "in force for it")
        assert named == [o for o in others if rows[id(o)]["status"] in parties]
        firm = sum(rows[id(o)]["grade"] != "reported" for o in named)
        assert int(number) == firm
        assert (firm < len(named)) == ("report" in answer.text.split(". ", 1)[1])


def test_a_state_bound_by_no_other() -> None:
    answer = brief_answer("TUV", load_status("hanoi", NEWEST), [load_status("untoc", NEWEST)])
    assert answer.key_figure == "0 of 1"
    assert "not known to be bound" in answer.text


def test_a_notebook_shows_it_as_text_markdown_and_data() -> None:
    answer = status_answer(load_status("hanoi", NEWEST))
    bundle = answer._repr_mimebundle_(include=None)
    assert bundle["text/plain"] == answer.text
    markdown = str(bundle["text/markdown"])
    assert markdown.startswith(f"**{answer.text}**")
    assert answer.reach in markdown
    assert answer.as_of in markdown
    data = bundle[ANSWER_TYPE]
    assert isinstance(data, dict)
    assert set(data) == FIELDS
    assert Answer(**data) == answer
