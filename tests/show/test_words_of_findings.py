"""Findings as sentences: each with the grammar of its values, and with nothing that is not so."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pandas as pd
import pytest

import adoption as ad
from adoption.core.observation import Observation
from adoption.law.status import load_status
from adoption.show import capacity, timeline
from adoption.show.comparison import place_title
from adoption.show.entry_into_force import reliability_chart
from adoption.show.groups import dispersion_sentence
from adoption.show.next_states import likeliest, next_answer
from adoption.show.status import remark
from tests.cells import run_cells
from tests.conftest import Act, bound, made

DAY = "2026-11-24"
REPORTED: Act = ("AAA", "ratification", "2001-02-01", "", "reported")


def test_a_ratification_that_is_only_reported_is_told_with_its_state() -> None:
    subject = made("2001-06-01", REPORTED)
    others = [made("2001-06-01", bound("BBB", "2001-02-01")), made("2001-06-01")]
    text = timeline.reported_sentence(subject, others, 400)
    name = str(subject.participants.set_index("iso3").at["AAA", "name"])
    begins = f"After 400 days one state, {name}, is reported to have ratified the "
    assert text.startswith(begins)
    assert text.endswith(". Earlier treaties compared here had 0 to 1 consents by then.")
    two = made("2001-06-01", REPORTED, ("BBB", *REPORTED[1:]))
    text = timeline.reported_sentence(two, others, 400)
    assert text.startswith("After 400 days two ratifications of the "), "25 words hold no more"
    title = timeline.pace_title([two.parties], 400)
    assert title.startswith("After 400 days two ratifications of the ")
    assert title.endswith(" are reported")


def test_a_convention_for_some_states_is_not_set_beside_numbers_of_all() -> None:
    african = ad.compare(["malabo", "untoc", "budapest"], as_of=DAY).sentence
    assert african.endswith("Fewer states can join it than the treaties compared here.")
    universal = ad.compare(["untoc", "malabo", "budapest"], as_of=DAY).sentence
    assert "Fewer states" not in universal


def test_words_at_an_end_inside_the_plot_stand_where_no_other_line_passes() -> None:
    drawn = ad.compare(["hanoi", "untoc", "uncac", "terrorist-financing"], as_of=DAY)
    figure: Any = drawn.chart("parties")
    words = next(note for note in figure.layout.annotations if "<b>Hanoi" in note.text)
    rows = figure.rows[figure.rows["convention"] != "Hanoi"]
    beside = rows[rows["years"].between(words.x, words.x + 0.8)]
    assert words.y > beside["upper"].max() > 10
    assert not words.bgcolor, "no box hides a line"


def test_who_is_not_in_force_is_told_with_the_day_it_was_seen() -> None:
    days = ad.compare(["hanoi", "untoc"], as_of=DAY).frame.set_index("convention")
    assert days["not_in_force_on"].notna().tolist() == [True, False]
    assert days["days_to_force"].notna().tolist() == [False, True]


def test_others_that_had_none_have_a_noun() -> None:
    none = [made("2001-06-01"), made("2001-06-01")]
    assert timeline.others_sentence(none) == (
        "The treaties compared here had no consents at that age."
    )


@pytest.mark.parametrize("convention", ["uncac", "budapest", "hanoi"])
def test_beside_others_a_list_that_ends_gives_its_lower_bound(convention: str) -> None:
    """Complete lists give a range; of others the least alone, as a lower bound, is said."""
    beside = [n for n in ("untoc", "uncac", "terrorist-financing", "budapest") if n != convention]
    result = ad.compare([convention, *beside], as_of=DAY)
    _, _, others = result.sentence.partition(" treaties ")
    least = result.frame.iloc[1:]["parties_lower"].dropna()
    expected = [least.min(), least.max()] if convention == "hanoi" else [least.min()]
    assert [int(number) for number in re.findall(r"\d+", others)] == expected
    assert ("at least" in others) == (convention != "hanoi")


def test_signatories_ratify_and_other_states_join() -> None:
    assert " of ratifying the " in ad.next_states("hanoi", as_of=DAY).sentence
    unsigned = ad.next_states("hanoi", ["IND", "USA", "JPN", "NOR"], as_of=DAY).sentence
    assert " of joining the " in unsigned
    league = ad.next_states("hanoi", "arab-league", as_of=DAY)
    likely = likeliest(league.frame.dropna(subset="chance"))
    assert likely["signed_on"].notna().all()
    assert league.sentence.startswith(f"Each of {len(likely)} states of the League of ")
    assert " of ratifying the " in league.sentence
    frame = league.frame
    assert next_answer(league.analysis, frame, "").text.startswith(
        f"Each of {len(likely)} known or reported signatories has "
    )
    firm = frame[frame["chance"].isna() | frame["grade"].eq("confirmed")]
    assert " signatories has " in (text := next_answer(league.analysis, firm, "").text)
    assert "reported signatories" not in text


@pytest.mark.parametrize(
    ("share", "low", "high", "title"),
    [
        (0.83, 0.7, 0.9, "forecasts erred late: 83% came before their median"),
        (0.21, 0.1, 0.3, "forecasts erred early: 21% came before their median"),
        (0.53, 0.4, 0.6, "no error is certain: 53% came before their median"),
    ],
)
def test_a_forecast_errs_late_or_early_only_where_its_interval_says_so(
    share: float, low: float, high: float, title: str
) -> None:
    rows = [(name, 0.5, share, low, high) for name in ("like", "all")]
    frame = pd.DataFrame(rows, columns=["set", "chance", "share", "low", "high"])
    assert reliability_chart(frame).layout.meta["title"] == f"For treaties as young, {title}"


def test_the_difference_of_two_editions_has_its_size_and_its_direction() -> None:
    scope = run_cells("04_capacity", "description")
    assert scope["description"].chart("moves").layout.meta["title"] == (
        "On a changed method, Eswatini scored 61.2 points more than in 2020"
    )
    frame = scope["merged"].assign(value=lambda rows: rows["value"].where(rows["iso3"] != "SWZ"))
    assert capacity.describe_capacity(frame, "GCI", 2024, "overall").answer is not None


def test_a_share_of_treaties_names_how_many_there_are() -> None:
    known: Any = {"signatories": Observation("signatories", 15, 15, 15, subject="the Pact")}
    frame = pd.DataFrame({"signatories": [10, 20, 30]})
    title = place_title(known, frame, "signatories", 400, "Pact")
    assert title == "Pact had more signatures than 33% of 3 treaties"
    answer = ad.compare(["hanoi"], as_of=DAY, of="shares").answer
    assert " of 123 comparable UN treaties had fewer signatures by then." in str(answer)


def test_a_total_that_a_machine_relays_is_called_so() -> None:
    assert remark(load_status("hanoi", date(2026, 11, 24))) == (
        "A text that a machine wrote says 76 signatories "
        "(by 24 November 2026, naming no state; not confirmed)."
    )


@pytest.mark.parametrize(
    ("conventions", "says"),
    [
        ("uncac, untoc", "Under UNCAC and UNTOC those that had signed went faster."),
        ("rotterdam", "Under Rotterdam those that had signed went "),
    ],
)
def test_what_event_histories_say_is_of_the_conventions_asked_for(
    conventions: str, says: str
) -> None:
    scope = run_cells("22_event_histories", "texts", conventions=conventions)
    text = " ".join(scope["texts"])
    assert text.startswith(says)
    assert ("UNCAC" in text) == ("uncac" in conventions)


@pytest.mark.parametrize(
    ("shares", "said"),
    [
        ([0.5, 0.3, 0.1], "vary most in legal and technical pillars"),
        ([0.5, 0.25, 0.24], "varies most in legal, technical and cooperation pillars"),
    ],
)
def test_pillars_that_are_nearly_as_often_the_most_unequal_are_named_together(
    shares: list[float], said: str
) -> None:
    labels = ["Legal", "Technical", "Cooperation"]
    measured = pd.DataFrame({"label": labels, "gini": [0.34, 0.33, 0.32], "most_often": shares})
    measured = measured.assign(states=22, others_gini=0.2)
    assert dispersion_sentence(measured, ad.group("arab-league")).endswith(said)
