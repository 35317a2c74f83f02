"""The sentences of a report as data: short, whole, and those of the golden file."""

from __future__ import annotations

import json
from difflib import unified_diff

import pytest

from adoption.law.conventions import load_conventions
from tests import sentences
from tests.show.reading import faults


@pytest.mark.parametrize("kind", ["lead", "title"])
def test_a_lead_has_25_words_and_two_numbers_and_a_title_12_words(kind: str) -> None:
    texts = {text: where for where, of, text in sentences.sentences() if of == kind}
    assert len(texts) > 100
    long = [
        f"{where}: {fault}"
        for text, where in texts.items()
        for fault in sentences.faults(kind, text)
    ]
    assert long == []


def test_no_sentence_has_a_stray_value_or_a_doubled_word() -> None:
    for _, kind, text in sentences.sentences():
        assert faults(text) == []
        assert text.endswith(".") == (kind == "lead")


def test_the_rule_counts_words_and_numbers_but_no_days_ages_and_ranges() -> None:
    assert sentences.faults("title", "one two three four five six seven eight nine ten a b c")
    assert sentences.faults("lead", "At least 3 of 4, 5% and seven.")
    assert not sentences.faults("lead", "22 of 24 have about a one-in-five chance.")
    lead = "After 395 days 22 of 72 had it on 25 October 2025, 3.1 (95% interval 3 to 4)."
    assert sentences.faults("lead", lead) == []


def test_sentences_are_those_of_the_golden_file() -> None:
    golden = sentences.SENTENCES.read_text(encoding="utf-8")
    lines = unified_diff(golden.splitlines(), sentences.text().splitlines(), "golden", "now", n=0)
    assert not (difference := "\n".join(lines)), f"if it is meant, make golden:\n{difference}"


@pytest.mark.parametrize("name", load_conventions())
def test_the_json_of_a_status_is_that_of_the_golden_file(name: str) -> None:
    golden = json.loads(sentences.STATUS.read_text(encoding="utf-8"))
    assert sentences.statuses(name) == golden[name]
