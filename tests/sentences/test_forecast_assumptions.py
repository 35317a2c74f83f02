"""What is said of the assumptions: the weightiest first, plain methods apart."""

from __future__ import annotations

from adoption.forecasting import assumptions as ways
from adoption.forecasting.assumptions import Alternative
from adoption.sentences import forecast_assumptions as say
from tests.forecast.entries import alternatives, forecast_of


def of(key: str, days: float | None) -> Alternative:
    """Return an alternative with the median after some days; beyond the horizon without."""
    forecast = forecast_of(1, height=(0.1,)) if days is None else forecast_of(1, days, 3 * days)
    return Alternative(key, forecast, 9)


MAIN = of(ways.MAIN, 1000)
YEAR = 365.25


def test_the_weightiest_first_and_the_small_left_out() -> None:
    made = [MAIN, of(ways.RECENT, 1000 + YEAR * 1.5), of(ways.COUNTED, 1000 - YEAR * 2.2),
            of(ways.SEED, 1100), of(ways.PACE, 9000)]  # fmt: skip
    assert say.assumptions_title(made) == (
        "Reported and undated acts counted: 2.2 years earlier, the largest move of the median"
    )
    assert say.assumptions_sentence(made) == (
        "Two of three other assumptions move the median by a year or more: reported and undated "
        "acts counted (2.2 years earlier) and learnt only from treaties opened since 1990 (1.5 "
        "years later)."
    )


def test_one_none_and_beyond() -> None:
    assert say.assumptions_sentence([MAIN, of(ways.QUIET, 2000), of(ways.SEED, 1001)]) == (
        "One of two other assumptions moves the median by a year or more: no act for another year "
        "(2.7 years later)."
    )
    assert say.assumptions_sentence([MAIN, of(ways.SEED, 1010), of(ways.QUIET, 1020)]) == (
        "None of two other assumptions move the median by a year or more."
    )
    text = say.assumptions_sentence([MAIN, of(ways.QUIET, None), of(ways.SEED, 1000)])
    assert text.endswith("Under one of them it lies beyond the horizon.")
    assert say.assumptions_title([MAIN, of(ways.SEED, 1000)]) == "No assumption moves the median"


def test_nothing_and_a_median_beyond() -> None:
    assert say.assumptions_sentence([]) == "There is no forecast to take apart."
    assert say.assumptions_title([]) == "There is no forecast to take apart"
    beyond = [of(ways.MAIN, None), of(ways.COUNTED, 900)]
    assert say.assumptions_title(beyond) == "The median lies later than April 2031"
    assert say.assumptions_sentence(beyond) == (
        "The median lies later than April 2031, so that no move of it can be measured."
    )


def test_every_alternative_has_its_words() -> None:
    keys = {one.key for one in alternatives("hanoi")}
    assert keys == set(say.LABELS) == set(say.MEANS)
    main, *rest = alternatives("hanoi")
    shifts = {one.key: abs(one.shift(main) or 0) for one in rest if one.key not in ways.PLAIN}
    most = say.LABELS[max(shifts, key=lambda key: shifts[key])]
    assert say.assumptions_title(alternatives("hanoi")).startswith(f"{most}: ")
