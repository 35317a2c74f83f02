"""What is said of the logit, and where there is none; and of the first day."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pandas as pd
import pytest

from adoption import tables
from adoption.countries.signing_model import Model, NoModel, cases, fit
from adoption.law.status import status_on
from adoption.sentences import signing_model as say
from tests.adopting import CASES, adopters
from tests.conftest import acts_of, bound, made_up
from tests.test_signing_model import made, model, two_by_two

FAULTS = r"\bnan\b|None\b(?! of)|NaT|  |\.\.|\bno of\b|\bthe the\b|\b1 (are|have|states)\b"


@pytest.mark.parametrize(("name", "day", "edition"), CASES)
def test_every_convention(name: str, day: date, edition: int) -> None:
    found = adopters(name, day, edition)
    fitted = fit(cases(found))
    texts = [
        say.model_sentence(fitted, found),
        say.validation_sentence(fitted, found),
        say.model_note(fitted),
        say.first_day_sentence(found.status, tables.read("acts"), tables.read("states")),
    ]
    for text in texts:
        assert not re.search(FAULTS, text), text
        assert text.endswith(".")
    title = say.model_title(fitted, found)
    for text in (texts[0], title):
        assert text.startswith("No model is shown") == isinstance(fitted, NoModel)
    assert not re.search(FAULTS, title), title
    assert "is not cause" in texts[2]


def test_what_the_intervals_exclude_is_said_the_strongest_first() -> None:
    text = say.model_sentence(model(), adopters("hanoi"))
    assert text.startswith(
        "The logit sees 191 states, 71 of which have signed; two left out: Palau (no GCI score); "
        "Democratic People's Republic of Korea (no GDP per capita). "
    )
    assert "by 0.42 for voted no on A/RES/74/247 (0.24 to 0.71) and 2.17 for GCI score" in text
    assert "Of the other four covariates, every interval includes 1" in text
    assert say.model_title(model(), adopters("hanoi")) == (
        "What goes with having signed: voted no on A/RES/74/247 (odds ratio 0.42) and GCI score "
        "(odds ratio 2.17)"
    )


def with_intervals(*ends: tuple[float, float]) -> Model:
    coefficients = model().coefficients.head(len(ends))
    low, high = zip(*ends, strict=True)
    return replace(model(), coefficients=coefficients.assign(low=low, high=high))


def test_nothing_clear() -> None:
    unclear = with_intervals((0.5, 3.0), (0.9, 1.1))
    assert say.model_title(unclear, adopters("hanoi")) == (
        "No covariate goes clearly with having signed"
    )
    text = say.model_sentence(unclear, adopters("hanoi"))
    assert "Holding the others" not in text
    assert text.endswith(
        "Of the two covariates, every interval includes 1: the data leave open whether the odds "
        "rise or fall with them."
    )


def test_one_left_open_and_none() -> None:
    text = say.model_sentence(with_intervals((1.5, 3.0), (0.9, 1.1)), adopters("hanoi"))
    assert "Of the other one covariate, the interval includes 1" in text
    text = say.model_sentence(with_intervals((1.5, 3.0)), adopters("hanoi"))
    assert "includes 1" not in text


@pytest.mark.parametrize(
    ("a", "b", "c", "d", "expected"),
    [
        (4, 30, 5, 20, "of the 59 states with all values known, nine have signed, too few for one "
         "covariate at ten for each"),
        (30, 1, 30, 0, "of the 61 states with all values known, one is not known to have signed, "
         "too few for one covariate at ten for each"),
        (0, 20, 0, 30, "of the 50 states with all values known, none have signed, too few for one "
         "covariate at ten for each"),
        (20, 0, 15, 40, "some states that have signed are set apart from the others without "
         "exception by voted yes on A/RES/74/247 (the 20 states it applies to have all signed), "
         "so that no finite odds ratio fits best (separation)"),
        (20, 30, 0, 15, "some states that have signed are set apart from the others without "
         "exception by voted yes on A/RES/74/247 (the 15 states it does not apply to are not known "
         "to have all signed), so that no finite odds ratio fits best (separation)"),
    ],
)  # fmt: skip
def test_why_there_is_no_model(a: int, b: int, c: int, d: int, expected: str) -> None:
    fitted = fit(two_by_two(a, b, c, d))
    assert say.model_sentence(fitted, adopters("hanoi")) == f"No model is shown: {expected}."
    assert say.validation_sentence(fitted, adopters("hanoi")).startswith("Without a model")


def test_covariates_that_follow_from_others() -> None:
    yes = [1, 0] * 50
    fitted = fit(made([1, 1, 0, 0] * 25, voted_yes=yes, voted_no=[1 - vote for vote in yes]))
    assert "follow from the others" in say.model_sentence(fitted, adopters("hanoi"))


def test_the_validation_beside_chance_and_the_base_rate() -> None:
    v = model().validation
    text = say.validation_sentence(model(), adopters("hanoi"))
    assert f"AUC {v.auc:.2f}, 0.5 being chance" in text
    assert f"{v.brier:.3f}, {1 - v.brier / v.base_brier:.0%} smaller than the" in text
    worse = replace(model(), validation=replace(v, brier=v.base_brier * 1.1))
    assert "no smaller than the" in say.validation_sentence(worse, adopters("hanoi"))


# The first day


def first_day(
    *rows: tuple[str, str, str, str, str], day: str = "2001-03-01", **rules: object
) -> str:
    acts, states = acts_of(rows), tables.read("states")
    status = status_on(made_up(**rules), date.fromisoformat(day), acts, states)
    return say.first_day_sentence(status, acts, states)


def test_the_real_first_day_is_a_hand_count() -> None:
    acts = tables.read("acts")
    own = acts[(acts["convention"] == "hanoi") & (acts["act"] == "signature")]
    first = own[own["date"] == pd.Timestamp("2025-10-25")]
    assert (len(own), len(first)) == (75, 69)
    assert (first["iso3"] == "EUE").sum() == 1
    text = say.first_day_sentence(adopters("hanoi").status, acts, tables.read("states"))
    assert text.startswith(
        "Of the 75 known signatures, 69 (92%) were made on the first day, 25 October 2025, three "
        "of them by inference: 68 states and the European Union."
    )
    assert "one occasion and not 69 independent decisions" in text


def test_the_first_day_of_few() -> None:
    one = [("QAT", "signature", "2001-01-01", "", "confirmed")]
    later = [("OMN", "signature", "2001-02-01", "", "confirmed")]
    open_day = [("YEM", "signature", "2001-01-01", "2001-02-01", "confirmed")]
    assert first_day(*one).startswith("The 1 known signature was made on the first day, 1 January")
    assert first_day(*later).startswith("Of the 1 known signature, none were made on the first day")
    assert first_day(*one, *later).startswith("Of the 2 known signatures, 1 (50%) was made")
    assert first_day(*open_day) == "None of the 1 signature known has a day."
    assert first_day(*open_day, day="2001-01-15").startswith("No signature had certainly been made")
    assert first_day(bound("QAT", "2001-01-01")).startswith("No signature had certainly")
    assert "not named" in first_day(*one, signatories_listed=False)
    assert "independent decisions" not in first_day(*one, *later)
