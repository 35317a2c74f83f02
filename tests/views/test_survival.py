"""Tables on waiting times, row by row."""

from __future__ import annotations

from datetime import date

import pytest

from adoption.forecasting.hazard import effects
from adoption.law.conventions import load_conventions
from adoption.show.survival import (
    at_risk_view,
    compared_view,
    effects_view,
    groups_view,
    levels_view,
)
from tests.show.reading import cells, row_of
from tests.survival.made import CASES, NEWEST, STEPS, data, pooled, real

CONVENTIONS = load_conventions()


def test_the_numbers_under_a_curve() -> None:
    view = at_risk_view(real("untoc", "consent"))
    assert cells(view, "When") == [
        "day of signing", "1 year", "2 years", "3 years", "4 years", "5 years", "7 years",
        "10 years",
    ]  # fmt: skip
    assert row_of(view, "day of signing")["At risk"] == "146"
    year = row_of(view, "1 year")
    # Eight of 146 had consented within a year: 5.5 %, by a plain count of the acts.
    assert (year["At risk"], year["Have consented"]) == ("138", "5%")
    assert year["95% interval"] == "3% to 11%"
    assert year["Least to most"] == "5%"


def test_beyond_the_complete_list_only_a_least_value_is_known() -> None:
    view = at_risk_view(real("hanoi", "signature"))
    assert list(row_of(view, "first day").values()) == [
        "first day", "194", "35%", "", "29% to 42%", "33% to 35%",
    ]  # fmt: skip
    assert list(row_of(view, "1 year").values()) == [
        "1 year", "not known", "at least 38%", "not known", "not known",
        "35% or more; 38% with all that is possible",
    ]  # fmt: skip
    consents = at_risk_view(real("hanoi", "consent"))
    assert row_of(consents, "1 year")["Have consented"] == "none certain"


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


@pytest.mark.parametrize(("name", "day"), CASES[::5])
def test_any_convention_on_any_day(name: str, day: date) -> None:
    signing, consent = (real(name, step, day) for step in STEPS)
    views = [at_risk_view(signing), at_risk_view(consent), compared_view([signing]),
             compared_view([consent]), groups_view(signing, consent)]  # fmt: skip
    for view in views:
        html = view._repr_html_()
        assert "nan" not in html.replace("Financing", "")
        assert "inf" not in html.replace("Convention on Information", "")
