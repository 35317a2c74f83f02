"""The pooled chance: what is said of it, as steps with two bands, and conventions beside it."""

from __future__ import annotations

from datetime import date
from math import log10
from typing import Any

import numpy as np
import pytest

from adoption.forecasting.hazard import ENDS, Counts, Hazard, effects, estimate_hazard
from adoption.law.conventions import load_conventions
from adoption.show import hazard as say
from adoption.show.hazard import effect_chart, hazard_chart
from adoption.show.survival import (
    effects_view,
    levels_view,
)
from adoption.show.theme import BOUND_REPORTED, CONTEXT, STATUS_COLOURS, SUBJECT
from tests.show.drawing import same_twice
from tests.show.reading import cells, reads_well
from tests.survival.made import NEWEST, STEPS, data, pooled

CONVENTIONS = load_conventions()


def made(*shares: float) -> Hazard:
    """Return the chance of ten like treaties with these shares by step, then 1 % a step."""
    steps = len(ENDS["consent"])
    acted = np.array([*shares, *[0.01] * (steps - len(shares))]) * 200
    own = Counts(20, 0, np.full(steps, 200.0), acted)
    return estimate_hazard({f"I-{number}": own for number in range(10)}, "consent")


@pytest.mark.parametrize("day", [NEWEST, date(1998, 9, 11)])
def test_any_day(day: date) -> None:
    for step in STEPS:
        hazard = pooled(step, day)
        placed = effects(hazard, [CONVENTIONS["rotterdam"]], data(), day)
        texts = [say.hazard_sentence(hazard), say.first_day_sentence(hazard),
                 say.method_note(hazard)]  # fmt: skip
        titles = [say.hazard_title(hazard), say.effect_title(placed, hazard)]
        reads_well(texts, titles)


def test_when_the_chance_is_highest() -> None:
    # Half-years of 5, 10 and 10 %: 1 - 0.9 squared is 19 % a year; the last two years have 1 %.
    assert say.hazard_title(made(0.05, 0.1, 0.1)) == (
        "The chance to consent is highest 0.5 to 1.5 years after signing, 19% a year; after 18 "
        "years it is under 1%"
    )


def test_too_few_treaties() -> None:
    hazard = estimate_hazard({}, "consent")
    assert say.hazard_title(hazard) == say.NO_MODEL
    assert say.hazard_sentence(hazard) == say.method_note(hazard) == f"{say.NO_MODEL}."
    assert say.first_day_sentence(hazard) == ""
    assert say.effect_title(effects(hazard, [], data(), NEWEST), hazard) == say.NO_MODEL


def placed(*names: str) -> Any:
    chosen = [CONVENTIONS[name] for name in names]
    return effects(pooled("consent"), chosen, data(), NEWEST)


def marks(figure: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {t["name"]: t for t in figure["data"] if t.get("mode") == "markers"}


@pytest.mark.parametrize("step", STEPS)
def test_each_step_is_drawn_with_its_interval(step: Any) -> None:
    hazard = pooled(step)
    figure = same_twice(lambda: hazard_chart(hazard), least=1_000, most=30_000)
    line = next(trace for trace in figure["data"] if trace.get("name") == "typical treaty")
    assert line["line"]["shape"] == "hv"
    assert line["x"] == [*hazard.levels["begin"], hazard.levels["end"].iloc[-1]]
    assert line["y"][:-1] == pytest.approx((100 * hazard.levels["chance"]).tolist(), abs=0.006)
    assert line["y"][-1] == line["y"][-2]
    bands = [trace["name"] for trace in figure["data"] if trace.get("fill")]
    assert bands == ["four of five treaties", "95% interval of the typical treaty"]
    assert f"{hazard.acts:,}" in figure["layout"]["meta"]["subtitle"]


def test_the_subject_its_reports_and_the_others_are_told_apart() -> None:
    rows = placed("hanoi", "untoc", "uncac", "arab-2010")
    figure = same_twice(lambda: effect_chart(pooled("consent"), rows), least=500, most=20_000)
    found = marks(figure)
    assert found["the subject"]["text"] == ["Hanoi, known acts"]
    assert found["the subject"]["marker"]["symbol"] == ["circle-open"]  # a least value
    assert found["the subject"]["marker"]["color"] == SUBJECT
    assert found["with reports"]["marker"]["color"] == STATUS_COLOURS[BOUND_REPORTED]
    assert found["others"]["text"] == ["UNTOC", "UNCAC"]
    assert found["others"]["marker"]["color"] == CONTEXT
    low, high = figure["layout"]["xaxis"]["range"]
    assert low < log10(rows["low"].min())
    assert high > log10(rows["high"].max())


def test_nothing_is_drawn_without_a_model_or_a_place() -> None:
    none = estimate_hazard({}, "consent")
    assert hazard_chart(none) is None
    assert effect_chart(none, placed("untoc")) is None
    day = date(2025, 10, 25)
    rows = effects(pooled("consent", day), [CONVENTIONS["hanoi"]], data(), day)
    assert effect_chart(pooled("consent", day), rows) is None


@pytest.mark.parametrize("step", STEPS)
def test_levels(step: str) -> None:
    hazard = pooled("consent") if step == "consent" else pooled("signature")
    view = levels_view(hazard)
    assert len(view.frame) == len(hazard.levels)
    assert view.frame["Acts"].sum() == hazard.acts
    assert view.frame.iloc[0, 0] == "0 to 0.5"


def test_odds_in_the_order_of_the_conventions() -> None:
    chosen = [CONVENTIONS[name] for name in ("hanoi", "untoc", "arab-2010")]
    both = [effects(pooled(step), chosen, data(), NEWEST) for step in STEPS]
    view = effects_view(*both)
    assert cells(view, "Convention") == ["Hanoi", "Hanoi", "Hanoi", "UNTOC", "Arab, 2010"]
    assert cells(view, "Odds to consent")[0] == cells(view, "Odds to consent")[-1] == "not known"
    assert cells(view, "Odds to sign")[2] == ""  # reports change no signature
    assert cells(view, "Odds to consent")[3].startswith("1.39 (1.16 to ")
