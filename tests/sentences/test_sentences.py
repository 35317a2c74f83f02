"""Sentences: all conventions on the days that matter, and all states."""

from __future__ import annotations

import re
from datetime import timedelta
from functools import cache

import pytest

from adoption import tables
from adoption.data.dictionary import SIGNATURES
from adoption.law.conventions import find_convention, load_conventions
from adoption.law.curves import compare_at_age
from adoption.law.status import Status, load_status
from adoption.sentences.pace import pace_sentence, pace_title
from adoption.sentences.state import act_sentence
from adoption.sentences.status import (
    curve_title,
    force_sentence,
    status_sentence,
    status_title,
)

NEWEST = tables.data_day()
ONE_DAY = timedelta(days=1)
# What no sentence for people may hold: (pattern, why).
FAULTS = (
    (r"\b(nan|NaT|NaN|NA)\b|<NA>|Timestamp|\d{4}-\d{2}-\d{2}|\d\.0\b", "a value, not words"),
    (r"\bNone\b(?! of | is | has )", "a value, not words"),
    (r"  |^ | $|\( | [.,;:)]", "a space too many"),
    (r"[.,;:]\s*[.,;:]|\(\)", "doubled punctuation"),
    (r"\b(1|one) (participants|parties|signatories|instruments|days|pillars|conventions)\b", "one"),
    (r"\b(1|[Oo]ne) (are|have)\b|\b(two|three|(?<![-\w] )(?<![-\w])\d{2,3}) (is|has)\b", "verb"),
    (r"\b1 of the \d+ [a-z ]*\bare\b|\b([2-9]|\d{2,}) of the \d+ [a-z ]*\bis\b", "verb"),
    (r"\b0 (participants|days)\b", "none"),
    (r"\ban (ratif|formal|succ|def|with|sign)|\ba (acce|appr)|\b[Nn]o of\b", "article"),
)


def faults(text: str) -> list[str]:
    return [f"{why}: {text}" for pattern, why in FAULTS if re.search(pattern, text)]


@cache
def statuses(name: str) -> tuple[Status, ...]:
    """Return a convention's status before, between, on and after the days that matter."""
    convention = find_convention(name)
    last = load_status(name, NEWEST)
    days = {convention.opens, convention.opens + 400 * ONE_DAY, NEWEST}
    for window in (last.nth_instrument, last.entry_into_force):
        if window:
            days |= {window.earliest - ONE_DAY, window.earliest, window.latest - ONE_DAY}
            days |= {window.latest, window.latest + 90 * ONE_DAY}
    days = {day for day in days if convention.opens <= day < NEWEST}
    return (*(load_status(name, day) for day in sorted(days)), last)


# Every convention


@pytest.mark.parametrize("name", load_conventions())
def test_each_convention_on_the_days_that_matter(name: str) -> None:
    for status in statuses(name):
        sentences = [status_sentence(status), force_sentence(status)]
        titles = [status_title(status), curve_title(status)]
        for text in [*sentences, *titles]:
            assert faults(text) == []
            assert text[0].isupper() or text[0].isdigit()
        assert [text for text in sentences if text[-1] != "."] == []
        assert [text for text in titles if text[-1] == "."] == []
        assert status.convention.short_title in sentences[0]
        if not status.in_force:
            said = " ".join(sentences + titles)
            assert not re.search("has been in force|entered into force|In force since", said)
            assert ("not known to be in force" in sentences[1]) == (
                status.beyond_reach and status.entry_into_force is None
            )


# Every state


@pytest.mark.parametrize("name", load_conventions())
def test_what_each_state_did(name: str) -> None:
    title = find_convention(name).short_title
    acts = tables.read("acts")
    acts = acts[acts["convention"] == name]
    status = statuses(name)[-1]
    for row in status.participants.to_dict("records"):
        text = act_sentence(row, title)
        assert faults(text) == []
        assert text.endswith(".")
        assert row["name"] in text
        assert title in text
        consents = (acts["iso3"] == row["iso3"]) & ~acts["act"].isin(SIGNATURES)
        assert (" bound by " in text) == (consents.any() and row["grade"] != "reported")
        assert ("report" in text) == (row["grade"] == "reported")
        signatures = (acts["iso3"] == row["iso3"]) & acts["act"].isin(SIGNATURES)
        assert not re.search(r"\bsigned\b", text) or signatures.any()


# At the same age


@pytest.mark.parametrize("name", ["hanoi", "untoc", "malabo", "arab-2010"])
def test_each_convention_beside_none_one_and_others(name: str) -> None:
    known = load_conventions()
    others = [known[other] for other in ("uncac", "budapest", "malabo", "arab-2010")]
    for age in (0, 1, (NEWEST - known[name].opens).days):
        everyone = compare_at_age([known[name], *others], tables.read("acts"), age, NEWEST)
        for beside in (1, 2, len(everyone)):
            text = pace_sentence(everyone.iloc[:beside], age)
            assert known[name].short_title in text
            assert ("signator" in text) == known[name].signatories_listed
            for title in (pace_title(everyone, age, m) for m in ("signatories", "parties")):
                assert faults(text) + faults(title) == []
