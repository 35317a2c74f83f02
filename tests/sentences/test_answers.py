"""Answers: the lead of a page, its one figure, and how a notebook shows them."""

from __future__ import annotations

from datetime import date

from adoption import tables
from adoption.answers import ANSWER_TYPE, Answer
from adoption.law.conventions import find_convention
from adoption.law.curves import compare_at_age
from adoption.law.status import load_status
from adoption.sentences.pace import pace_answer
from adoption.sentences.status import status_answer

NEWEST = tables.data_day()
FIELDS = {"title", "text", "key_figure", "key_label", "as_of", "reach"}


def test_before_entry_into_force_the_figure_is_of_signatories() -> None:
    assert status_answer(load_status("untoc", date(2003, 9, 28))).key_figure == "147"
    assert status_answer(load_status("untoc", date(2003, 9, 29))).key_figure == "52"
    assert status_answer(load_status("hanoi", date(2025, 10, 25))).key_figure == "69"


def test_a_figure_that_may_lack_acts_is_a_lower_bound() -> None:
    assert status_answer(load_status("hanoi", date(2026, 11, 24))).key_figure == "75+"
    assert status_answer(load_status("untoc", date(2026, 11, 24))).key_figure == "191+"


def test_the_figure_of_a_convention_in_force_is_no_share_of_its_threshold() -> None:
    ages = compare_at_age([find_convention("untoc")], tables.read("acts"), 395, NEWEST)
    before, after = (pace_answer(load_status("untoc", day), ages, 395)
                     for day in (date(2003, 6, 30), date(2003, 7, 1)))  # fmt: skip
    assert (before.key_figure, after.key_figure) == ("39 of 40", "40")
    assert after.key_label == "instruments known that count; 40 were needed for entry into force"


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
