"""Sentences: all conventions on the days that matter, all states, and made-up grammar."""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import cache

import pandas as pd
import pytest

from adoption import profiles, tables
from adoption.conventions import find_convention, load_conventions
from adoption.curves import compare_at_age
from adoption.dictionary import SIGNATURES
from adoption.sentences import (
    act_sentence,
    acts_title,
    ages_note,
    brief_sentence,
    curve_title,
    force_sentence,
    missing_note,
    pace_sentence,
    pace_title,
    pillar_title,
    reading_note,
    status_sentence,
    status_title,
)
from adoption.status import Row, Status, load_status, status_on
from tests.conftest import Act, acts_of, bound, made_up, states_of

NEWEST = tables.data_day()
ONE_DAY = timedelta(days=1)
CODES = ("AAA", "BBB", "CCC", "DDD", "EEE")
# What no sentence for people may hold: (pattern, why).
FAULTS = (
    (r"\b(nan|NaT|NaN|NA)\b|<NA>|Timestamp|\d{4}-\d{2}-\d{2}|\d\.0\b", "a value, not words"),
    (r"\bNone\b(?! of | is | has )", "a value, not words"),
    (r"  |^ | $|\( | [.,;:)]", "a space too many"),
    (r"[.,;:]\s*[.,;:]|\(\)", "doubled punctuation"),
    (r"\b(1|one) (participants|parties|signatories|instruments|days|pillars|conventions)\b", "one"),
    (r"\b(1|[Oo]ne) (are|have)\b|\b(two|three|(?<![-\w] )(?<![-\w])\d{2,3}) (is|has)\b", "verb"),
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
            days |= {window.latest, window.latest + 500 * ONE_DAY}
    days = {day for day in days if convention.opens <= day < NEWEST}
    return (*(load_status(name, day) for day in sorted(days)), last)


def made(day: str, *rows: Act, **rules: object) -> Status:
    convention = made_up(short_title="Atlantis Convention", **rules)
    return status_on(convention, date.fromisoformat(day), acts_of(rows), states_of(CODES))


def signed(*codes: str, grade: str = "confirmed") -> list[Act]:
    return [(code, "signature", "2001-01-02", "", grade) for code in codes]


def ratified(*codes: str, grade: str = "confirmed") -> list[Act]:
    return [(code, "ratification", "2001-01-03", "", grade) for code in codes]


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
            assert not re.search("has been in force|In force since", "".join(sentences + titles))


@pytest.mark.parametrize("name", load_conventions())
def test_the_note_on_reading_has_the_rule_and_the_reach(name: str) -> None:
    for status in statuses(name):
        note = reading_note(status)
        assert faults(note.replace("\n\n", " ")) == []
        convention = status.convention
        assert convention.rule_in_words() in note
        assert convention.reach in note
        assert ("beyond the day" in note) == status.beyond_reach
        assert ("joins later" in note) == (convention.later is None)
        assert ("does not add" in note) == convention.excludes_reio


@pytest.mark.parametrize("name", load_conventions())
def test_what_is_only_reported_is_said_to_be_reported(name: str) -> None:
    for status in statuses(name):
        for text in (status_title(status), status_sentence(status)):
            assert ("report" in text) == (status.parties.by_grade["reported"] > 0)


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


def test_the_brief_of_each_state() -> None:
    acts, memberships = tables.read("acts"), tables.read("memberships")
    registry = list(load_conventions().values())
    by_name = {c.convention: statuses(c.convention)[-1] for c in registry}
    hanoi = by_name["hanoi"].participants
    for row in hanoi[hanoi["kind"] != "organization"].to_dict("records"):
        joinable = profiles.open_to(row["iso3"], registry, memberships, acts)
        titles = [c.short_title for c in joinable if c.convention != "hanoi"]
        for count in (0, 1, len(titles)):
            text = brief_sentence(row, "Convention", titles[:count], [], len(titles))
            assert faults(text) == []
            assert text.endswith(".")
        state = pd.Series({"name": row["name"], "article": row["article"]})
        found = acts_title(profiles.acts_of(row["iso3"], joinable, acts, NEWEST), state)
        assert faults(found) == []
        assert row["name"] in found


# Grammar of none, one and many


@pytest.mark.parametrize(
    ("rows", "title"),
    [
        (signed("AAA", "BBB"), "2 participants have signed; none is known to be bound"),
        (signed("AAA"), "1 participant has signed; none is known to be bound"),
        ([*signed("AAA", "BBB"), *ratified("AAA")], "2 participants have signed; one is bound"),
        (
            [*signed("AAA", "BBB"), *ratified("AAA"), *ratified("BBB", grade="reported")],
            "2 participants have signed; two are bound, one of them by report only",
        ),
    ],
)
def test_the_title_of_a_status(rows: list[Act], title: str) -> None:
    assert status_title(made("2001-06-01", *rows)) == title


@pytest.mark.parametrize("grade", ["reported", "confirmed", "inferred"])
@pytest.mark.parametrize("count", [0, 1, 2, 3, 5])
def test_none_one_and_many_parties(count: int, grade: str) -> None:
    rows = [*signed("AAA"), *ratified(*CODES[:count], grade=grade)]
    for day in ("2001-01-10", "2001-12-01"):
        for rules in ({}, {"signatories_listed": False}, {"threshold": 2}, {"threshold": 5}):
            status = made(day, *rows, **rules)
            texts = [status_title(status), status_sentence(status), force_sentence(status)]
            for text in [*texts, curve_title(status)]:
                assert faults(text) == []
            assert texts[1].endswith(texts[2])
            for text in texts[:2]:
                assert ("report" in text) == (grade == "reported" and count > 0)
                assert ("confirmed" in text) <= (grade != "confirmed")


@pytest.mark.parametrize(
    ("day", "begins"),
    [
        ("2001-01-10", "It enters into force on 3 April 2001, after the 3rd instrument"),
        ("2001-04-02", "It enters into force on 3 April 2001, after the 3rd instrument"),
        ("2001-04-03", "It has been in force since 3 April 2001, after the 3rd instrument"),
    ],
)
def test_before_and_after_entry_into_force(day: str, begins: str) -> None:
    assert force_sentence(made(day, *ratified(*CODES[:3]))).startswith(begins)


def test_what_is_missing_counts_what_is_confirmed_apart() -> None:
    rows = [*ratified("AAA"), *ratified("BBB", grade="reported")]
    text = force_sentence(made("2001-06-01", *rows, threshold=5))
    assert re.search(r"not .*in force.*3 of the 5 .*4 if only confirmed", text)
    assert "confirmed" not in force_sentence(made("2001-06-01", *ratified("AAA")))


def row_of(iso3: str, *rows: Act, day: str = "2003-01-01") -> Row:
    return dict(made(day, *rows).participants.set_index("iso3").loc[iso3].to_dict())


LEFT: Act = ("AAA", "withdrawal", "2002-02-03", "", "confirmed")


@pytest.mark.parametrize(
    ("rows", "says", "never"),
    [
        ([], "No act of AAA on the Pact is known.", ""),
        (signed("AAA"), "AAA signed the Pact on 2 January 2001 and is not known to be bound.", ""),
        (
            [*signed("AAA"), *ratified("AAA")],
            "AAA signed the Pact on 2 January 2001 and is bound by its ratification on "
            "3 January 2001.",
            "report",
        ),
        ([*ratified("AAA"), LEFT], "AAA withdrew from the Pact on 3 February 2002.", "bound"),
        (
            [*signed("AAA"), *ratified("AAA", grade="reported")],
            "AAA signed the Pact on 2 January 2001; its ratification on 3 January 2001 is "
            "reported, not confirmed.",
            "bound",
        ),
    ],
)
def test_what_one_state_did(rows: list[Act], says: str, never: str) -> None:
    text = act_sentence(row_of("AAA", *rows), "Pact")
    assert text == says
    assert not never or never not in text


def test_a_window_is_said_as_one() -> None:
    row = row_of("AAA", bound("AAA", "2001-02-01", "2001-02-28"))
    assert "in February 2001" in act_sentence(row, "Pact")
    row = row_of("AAA", bound("AAA", "2001-02-01", "2001-03-05"))
    assert "between 1 February and 5 March 2001" in act_sentence(row, "Pact")


# At the same age


@pytest.mark.parametrize("name", load_conventions())
def test_each_convention_beside_none_one_and_all_the_others(name: str) -> None:
    subject = find_convention(name)
    others = [c for c in load_conventions().values() if c is not subject]
    acts = tables.read("acts")
    for age in (0, 1, 2, 395, (NEWEST - subject.opens).days):
        for beside in ([], others[:1], others):
            compared = compare_at_age([subject, *beside], acts, age, NEWEST)
            text = pace_sentence(compared, age)
            assert faults(text) == []
            assert text.endswith(".")
            assert "0 signatories" not in text or subject.signatories_listed
            titles = [pace_title(compared, age, m) for m in ("signatories", "parties")]
            assert [faults(title) for title in titles] == [[], []]


def compared_of(*counts: int | None) -> pd.DataFrame:
    return pd.DataFrame({"parties_lower": pd.array(counts, dtype="Int64")})


@pytest.mark.parametrize(
    ("counts", "place"),
    [
        ([3], "3 parties after 10 days"),
        ([1, 0, 0], "1 party after 10 days: no fewer than any of the two compared"),
        ([3, 3, 3], "3 parties after 10 days: no fewer than any of the two compared"),
        ([3, 4, 2, 5], "3 parties after 10 days: fewer than two of the three compared"),
        ([3, 4, None, 2], "3 parties after 10 days: fewer than one of the two compared"),
        ([3, 4, 5], "3 parties after 10 days: fewer than both compared"),
        ([3, 4], "3 parties after 10 days: fewer than the one compared"),
    ],
)
def test_the_place_among_the_compared(counts: list[int | None], place: str) -> None:
    assert pace_title(compared_of(*counts), 10, "parties") == place


def test_notes_are_lists() -> None:
    conventions = list(load_conventions().values())[:2]
    assert ages_note(conventions).splitlines() == [
        f"- **{c.short_title}:** {c.reach}" for c in conventions
    ]
    assert missing_note(["One.", "Two."]) == "- One.\n- Two."
    assert missing_note([]) == "Nothing that this brief shows is missing from the data."


@pytest.mark.parametrize(
    ("values", "ends"),
    [
        ([1.0, 2.0, 3.0], "one of three pillars"),
        ([None, 2.0, 5.0], "one of two pillars"),
        ([3.0, 4.0, 5.0], "three pillars"),
        ([None, None, None], "has no value in this edition of the index"),
    ],
)
def test_pillars_above_the_median(values: list[float | None], ends: str) -> None:
    profile = pd.DataFrame({"value": values, "median": [2.0, 2.0, 2.0]}, dtype="float64")
    text = pillar_title(profile, pd.Series({"name": "Mu", "article": None, "region": "Oceania"}))
    assert text.endswith(ends)
    assert faults(text) == []
