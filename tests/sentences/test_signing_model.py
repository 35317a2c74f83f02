"""What is said of the logit, and where there is none; and of the first day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pandas as pd
import pytest

from adoption import tables
from adoption.countries.signing_model import Model, NoModel, cases, fit
from adoption.sentences import signing_model as say
from tests.adopting import CASES, adopters
from tests.sentences.words import reads_well
from tests.test_signing_model import model, two_by_two


@pytest.mark.parametrize(("name", "day", "edition"), CASES[::7])
def test_every_convention(name: str, day: date, edition: int) -> None:
    found = adopters(name, day, edition)
    fitted = fit(cases(found))
    texts = [
        say.model_sentence(fitted, found),
        say.validation_sentence(fitted, found),
        say.model_note(fitted),
        say.first_day_sentence(found.status, tables.read("acts"), tables.read("states")),
    ]
    title = say.model_title(fitted, found)
    reads_well(texts, [title])
    for text in (texts[0], title):
        assert text.startswith("No model is shown") == isinstance(fitted, NoModel)
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
        (0, 20, 0, 30, "of the 50 states with all values known, none have signed, too few for one "
         "covariate at ten for each"),
        (20, 0, 15, 40, "some states that have signed are set apart from the others without "
         "exception by voted yes on A/RES/74/247 (the 20 states it applies to have all signed), "
         "so that no finite odds ratio fits best (separation)"),
    ],
)  # fmt: skip
def test_why_there_is_no_model(a: int, b: int, c: int, d: int, expected: str) -> None:
    fitted = fit(two_by_two(a, b, c, d))
    assert say.model_sentence(fitted, adopters("hanoi")) == f"No model is shown: {expected}."
    assert say.validation_sentence(fitted, adopters("hanoi")).startswith("Without a model")


# The first day


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
