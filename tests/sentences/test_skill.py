"""What is said of the skill: the made-up cases in words, and nothing that is not measured."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from adoption import tables
from adoption.forecasting.convention import READINGS, ConventionForecast, acts_of
from adoption.forecasting.known import known_on
from adoption.forecasting.skill import YARDSTICK, score_of, skill_by_set
from adoption.law.conventions import load_conventions
from adoption.sentences import skill as say
from adoption.sentences.skill_notes import skill_note
from tests.forecast.tried import TREATIES, made, real, tried

FAULTS = r"\bnan\b|\binf\b|None\b(?! of)|NaT|  |\.\.|\b1 (cases|treaties|are|were)\b"


def forecast(name: str) -> ConventionForecast:
    """Return a convention with what is known of it a month after opening, and no forecast."""
    convention = load_conventions()[name]
    opened = convention.opens
    as_of = opened + timedelta(days=30)
    acts = tables.read("acts")
    known = {
        reading: known_on(acts_of(convention, acts, reading), opened, as_of) for reading in READINGS
    }
    return ConventionForecast(convention, as_of, as_of, (), known, {})


def test_the_made_up_cases_in_words() -> None:
    measured = made()
    assert say.skill_sentence(measured) == (
        "The model was tried on 4 cases of 2 treaties of the past, with only what was known at "
        "the time. Its error is 100% (95% interval 50% to 175%) of that of climatology, which "
        "goes by how long other treaties took. Its 80% intervals held what happened in 50% of "
        "cases: 50% for treaties opened before 1990, when fewer had gone before, and 50% for "
        "later ones. With hindsight, which nobody who forecasts has, the error is 100% (50% to "
        "175%) of climatology's, and the intervals held 50%."
    )
    assert say.skill_title(measured) == (
        "With only what was known then, the model's error is 100% of climatology's; with "
        "hindsight, 100%"
    )
    # exp(0.5) = 1.65; the medians are out by 2, by 4 and beyond.
    assert say.plain_sentence(measured) == (
        "An error of 0.50 is that of naming one day and being out by a factor of 1.6, as in "
        "saying 19 months where it took 12; the error of climatology, 0.50, is that of a factor "
        "of 1.6. Where the number of parties was reached, half of the model's medians were out "
        "by a factor of 4.0 or less, with hindsight by 4.0 or less."
    )
    assert say.age_sentence(measured).endswith(
        "climatology then, 50% at 91 days and 175% at 365 days."
    )
    assert say.coverage_title(measured) == (
        "With only what was known then, the 80% intervals held 50% of what happened; with "
        "hindsight, 50%"
    )
    assert say.histogram_title(measured) == (
        "With only what was known then, sooner than the 80% interval in 25% of cases, later in "
        "25%; with hindsight, in 25% and 25%"
    )


def test_one_treaty_signed_early_beside_the_convention() -> None:
    text = say.early_sentence(made(), forecast("untoc"))
    assert text == (
        "1 treaty of those tried was signed by 40 states or more in its first ten days; the "
        "Organized Crime Convention (UNTOC) had 123 signatories by then. On its 2 cases, with only "
        "what was known at the time, the error is 50% of climatology's, and the 80% intervals held "
        "50%; with hindsight 50% and 50%. Climatology does not look at who has signed; of the "
        "plain forecasts there the best is climatology, with an error of 0.60, against 0.30 of the "
        "model as known then and 0.30 with hindsight."
    )


def test_both_readings_and_a_convention_whose_signatories_are_not_named() -> None:
    text = say.early_sentence(real(), forecast("hanoi"))
    assert "had 67 or 71 signatories by then, without or with acts that are reported" in text
    assert "by then" not in say.early_sentence(real(), forecast("malabo"))


def test_no_treaty_signed_early() -> None:
    measured = skill_by_set(tried().tail(2), TREATIES)
    assert say.early_sentence(measured, forecast("untoc")) == (
        "None of the treaties tried was signed by 40 states or more in their first ten days."
    )
    text = say.skill_sentence(measured)
    assert "for treaties opened before" not in text
    assert not re.search(FAULTS, text)
    assert "Its error is 175% of that" in text


@pytest.mark.parametrize(
    "text",
    [
        say.skill_sentence(real()),
        say.plain_sentence(real()),
        say.early_sentence(real(), forecast("hanoi")),
        say.age_sentence(real()),
        skill_note(real(), tables.read("backtest")),
    ],
)
def test_the_real_scores_read_well(text: str) -> None:
    assert not re.search(FAULTS, text), text
    assert text.endswith(".")


def test_the_real_figures_are_those_measured() -> None:
    apart, then = score_of(real(), "apart"), score_of(real(), "then")
    text = say.skill_sentence(real())
    assert f"{then['ratio']:.0%} (95% interval {then['ratio_low']:.0%}" in text
    assert text.index(f"{then['ratio']:.0%} (95% interval") < text.index(f"{apart['ratio']:.0%} (")


def test_the_note_names_the_score_once_and_says_what_flatters() -> None:
    backtest = tables.read("backtest")
    note = skill_note(real(), backtest)
    texts = [note, say.skill_sentence(real()), say.plain_sentence(real())]
    assert sum(text.count("CRPS") for text in texts) == 1
    assert f"In {backtest['wait'].isna().sum()} of {len(backtest):,} cases" in note
    for word in ("protocols", "60 variants", "flatter slightly", "will fail is not shown"):
        assert word in note
    assert all(line.startswith("- **") for line in note.splitlines())


def test_each_way_has_a_name_and_says_what_it_goes_by() -> None:
    assert set(say.NAMES) == set(say.GOES_BY) == set(YARDSTICK)
