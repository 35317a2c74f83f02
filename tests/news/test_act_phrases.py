"""Changed acts in plain words."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from itertools import product

import pytest

from adoption.news.act_phrases import act_in_words, act_line, changed_act
from adoption.news.kinds import Act, ActChange
from tests.news.made_up import act, changed, undated

RATIFIED = act("AAA", "ratification")
CONFIRMED = act("AAA", "ratification", source="them")


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        (None, act("AAA"), "Aland: signature of 10 February 2020 (confirmed, source us)"),
        (None, undated("AAA", open_ended=True),
         "Aland: ratification of 1 February 2020 or later (reported, source us)"),
        (None, act("", participant="Ruritania", grade="", source=""),
         "Ruritania: signature of 10 February 2020"),
        (None, act("AAA", superseded=True, grade=""),
         "Aland: signature of 10 February 2020, superseded (source us)"),
        (act("AAA"), None,
         "Aland: signature of 10 February 2020 no longer in the record; why is not known"),
        (undated("AAA"), None,
         "Aland: ratification in February 2020 no longer in the record; why is not known"),
        (act("AAA", grade="reported"), act("AAA"),
         "Aland: signature of 10 February 2020 now confirmed (was reported)"),
        (undated("AAA"), CONFIRMED,
         "Aland: ratification of 10 February 2020 now confirmed (was reported); window closed "
         "(was February 2020); source now them (was us)"),
        (undated("AAA", grade="confirmed"), RATIFIED,
         "Aland: ratification of 10 February 2020, window closed (was February 2020)"),
        (act("AAA", day="2020-02-11"), act("AAA"),
         "Aland: signature of 10 February 2020 (was 11 February 2020)"),
        (act("AAA", day="2020-02-11", grade="reported"), act("AAA"),
         "Aland: signature of 10 February 2020 (was 11 February 2020) now confirmed (was "
         "reported)"),
        (RATIFIED, undated("AAA"),
         "Aland: ratification in February 2020 now reported (was confirmed); day no longer known "
         "(was 10 February 2020)"),
        (undated("AAA"), undated("AAA", latest=date(2020, 2, 20)),
         "Aland: ratification between 1 and 20 February 2020 (was February 2020)"),
        (undated("AAA", open_ended=True), undated("AAA"),
         "Aland: ratification in February 2020 (was 1 February 2020 or later)"),
        (act("AAA"), act("AAA", source="them"),
         "Aland: signature of 10 February 2020, source now them (was us)"),
        (act("AAA", source=""), act("AAA"),
         "Aland: signature of 10 February 2020, source now us (was none)"),
        (act("AAA"), act("AAA", note="seen"), "Aland: signature of 10 February 2020, note changed"),
        (act("AAA", note="seen"), act("AAA"), "Aland: signature of 10 February 2020, note removed"),
        (act("AAA", participant="Åland"), act("AAA"),
         "Aland: signature of 10 February 2020, printed as Aland (was Åland)"),
        (act("AAA"), act("AAA", superseded=True),
         "Aland: signature of 10 February 2020 now in square brackets (it no longer stands)"),
        (act("AAA", superseded=True), act("AAA"),
         "Aland: signature of 10 February 2020 now stands again"),
        (act("AAA", grade=""), act("AAA"),
         "Aland: signature of 10 February 2020 now confirmed (was without a grade)"),
        (undated("AAA", open_ended=True), undated("AAA", open_ended=True, latest=date(2020, 3, 1)),
         "Aland: ratification of 1 February 2020 or later, record compiled on 1 March 2020"),
        (undated("AAA", latest=date(2020, 2, 1)),
         undated("AAA", latest=date(2020, 2, 1), open_ended=True),
         "Aland: ratification of 1 February 2020, window now open-ended"),
        (undated("AAA", latest=date(2020, 2, 1), open_ended=True),
         undated("AAA", latest=date(2020, 2, 1)),
         "Aland: ratification of 1 February 2020, window no longer open-ended"),
    ],
)  # fmt: skip
def test_each_change_is_a_line(old: Act | None, new: Act | None, line: str) -> None:
    change = ActChange(old, new)
    assert act_line(change, changed(change)) == line


DAYS = (  # the day or window before, and how it is told
    (act("AAA", "accession"), "accession of 10 February 2020", ""),
    (act("AAA", "accession", "2020-01-06"),
     "accession of 10 February 2020 (was 6 January 2020)", ""),
    (undated("AAA", "accession", grade="confirmed"), "accession of 10 February 2020",
     "window closed (was February 2020)"),
)  # fmt: skip
GRADES = (("confirmed", ""), ("reported", "now confirmed (was reported)"))
SUPERSEDED = (
    (False, False, "", ""),
    (True, True, ", superseded", ""),
    (False, True, "", "now in square brackets (it no longer stands)"),
    (True, False, "", "now stands again"),
)
NOTED: tuple[tuple[dict[str, str], str], ...] = (
    ({}, ""),
    ({"note": "seen"}, "note removed"),
    ({"source": "them"}, "source now us (was them)"),
    ({"participant": "Åland", "note": "seen"}, "printed as Aland (was Åland); note removed"),
)
SENTENCE = re.compile(r"accession [^:;]+(\(was [^()]+\))?(, superseded)?(: [^:]+)?")


@pytest.mark.parametrize(
    ("day", "grade", "superseded", "noted"), [*product(DAYS, GRADES, SUPERSEDED, NOTED)]
)
def test_an_act_with_what_changed_of_it_is_one_sentence(
    day: tuple[Act, str, str],
    grade: tuple[str, str],
    superseded: tuple[bool, bool, str, str],
    noted: tuple[dict[str, str], str],
) -> None:
    old = replace(day[0], grade=grade[0], superseded=superseded[0], **noted[0])  # type: ignore[arg-type]
    new = act("AAA", "accession", superseded=superseded[1])
    told = "; ".join(filter(None, (superseded[3], grade[1], day[2], noted[1])))
    words = changed_act(ActChange(old, new))
    assert words == f"{day[1]}{superseded[2]}{f': {told}' if told else ''}"
    assert SENTENCE.fullmatch(words)


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        (undated("AAA"), undated("AAA", latest=date(2020, 2, 20), note="seen"),
         "ratification between 1 and 20 February 2020 (was February 2020): note changed"),
        (RATIFIED, undated("AAA"),
         "ratification in February 2020: now reported (was confirmed); day no longer known (was "
         "10 February 2020)"),
        (undated("AAA", earliest=None, latest=None), undated("AAA"),
         "ratification in February 2020 (was not known)"),
        (undated("AAA"), undated("AAA", earliest=None, latest=None),
         "ratification of a day not known (was February 2020)"),
        (undated("AAA", open_ended=True), undated("AAA", grade="confirmed"),
         "ratification in February 2020 (was 1 February 2020 or later): now confirmed (was "
         "reported)"),
    ],
)  # fmt: skip
def test_windows_that_changed_in_one_sentence(old: Act, new: Act, words: str) -> None:
    assert changed_act(ActChange(old, new)) == words


def test_a_window_of_a_dated_act() -> None:
    """Only a raw table can have one: a build sets both ends to the day."""
    old = act("AAA", latest=date(2020, 2, 28))
    line = act_line(ActChange(old, act("AAA")), changed())
    assert line == (
        "Aland: signature of 10 February 2020, window now 10 February 2020 "
        "(was between 10 and 28 February 2020)"
    )


@pytest.mark.parametrize(
    ("earliest", "latest", "words"),
    [
        (None, None, "signature of a day not known"),
        (date(2020, 2, 1), None, "signature of 1 February 2020 or later"),
        (None, date(2020, 2, 1), "signature of 1 February 2020 or before"),
        (date(2020, 2, 1), date(2020, 2, 1), "signature of 1 February 2020"),
    ],
)
def test_windows_of_raw_tables(earliest: date | None, latest: date | None, words: str) -> None:
    assert act_in_words(undated("AAA", "signature", earliest=earliest, latest=latest)) == words
