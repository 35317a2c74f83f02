"""Changed acts in plain words."""

from __future__ import annotations

from datetime import date

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
        (None, act("AAA", superseded=True, grade=""),
         "Aland: signature of 10 February 2020, superseded (source us)"),
        (act("AAA", latest=date(2020, 2, 28)), act("AAA"),
         "Aland: signature of 10 February 2020, window now 10 February 2020 (was between 10 and 28 "
         "February 2020)"),
        (act("AAA"), None,
         "Aland: signature of 10 February 2020 no longer in the record; why is not known"),
        (undated("AAA"), CONFIRMED,
         "Aland: ratification of 10 February 2020 now confirmed (was reported); window closed "
         "(was February 2020); source now them (was us)"),
        (act("AAA", day="2020-02-11", grade="reported"), act("AAA"),
         "Aland: signature of 10 February 2020 (was 11 February 2020) now confirmed (was "
         "reported)"),
        (undated("AAA"), undated("AAA", latest=date(2020, 2, 20)),
         "Aland: ratification between 1 and 20 February 2020 (was February 2020)"),
        (act("AAA"), act("AAA", note="seen"), "Aland: signature of 10 February 2020, note changed"),
        (act("AAA"), act("AAA", superseded=True),
         "Aland: signature of 10 February 2020 now in square brackets (it no longer stands)"),
        (act("AAA", grade=""), act("AAA"),
         "Aland: signature of 10 February 2020 now confirmed (was without a grade)"),
        (undated("AAA", open_ended=True), undated("AAA", open_ended=True, latest=date(2020, 3, 1)),
         "Aland: ratification of 1 February 2020 or later, record compiled on 1 March 2020"),
        (undated("AAA", latest=date(2020, 2, 1)),
         undated("AAA", latest=date(2020, 2, 1), open_ended=True),
         "Aland: ratification of 1 February 2020, window now open-ended"),
    ],
)  # fmt: skip
def test_each_change_is_a_line(old: Act | None, new: Act | None, line: str) -> None:
    change = ActChange(old, new)
    assert act_line(change, changed(change)) == line


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        (act("AAA", superseded=True, note="x", participant="Åland"), act("AAA", day="2020-01-06"),
         "signature of 6 January 2020 (was 10 February 2020): now stands again; printed as Aland "
         "(was Åland); note removed"),
        (undated("AAA", source="them"), RATIFIED,
         "ratification of 10 February 2020: now confirmed (was reported); window closed (was "
         "February 2020); source now us (was them)"),
        (act("AAA", superseded=True, grade="reported"), act("AAA", superseded=True),
         "signature of 10 February 2020, superseded: now confirmed (was reported)"),
        (undated("AAA"), undated("AAA", latest=date(2020, 2, 20), note="seen"),
         "ratification between 1 and 20 February 2020 (was February 2020): note changed"),
        (undated("AAA", earliest=None, latest=None), undated("AAA"),
         "ratification in February 2020 (was not known)"),
    ],
)  # fmt: skip
def test_windows_that_changed_in_one_sentence(old: Act, new: Act, words: str) -> None:
    assert changed_act(ActChange(old, new)) == words


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
