"""Changed acts in plain words."""

from __future__ import annotations

from datetime import date

import pytest

from adoption.news.act_phrases import act_in_words, act_line
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
         "Aland: signature of 10 February 2020 now in square brackets: it no longer stands"),
        (act("AAA", superseded=True), act("AAA"),
         "Aland: signature of 10 February 2020 now stands again"),
        (act("AAA", grade=""), act("AAA"),
         "Aland: signature of 10 February 2020 now confirmed (was without a grade)"),
        (undated("AAA", open_ended=True), undated("AAA", open_ended=True, latest=date(2020, 3, 1)),
         "Aland: ratification of 1 February 2020 or later, record compiled on 1 March 2020"),
    ],
)  # fmt: skip
def test_each_change_is_a_line(old: Act | None, new: Act | None, line: str) -> None:
    change = ActChange(old, new)
    assert act_line(change, changed(change)) == line


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
