"""Tables on waiting times, row by row."""

from __future__ import annotations

from datetime import date

import pytest

from adoption.forecasting.survival.hazard import effects, estimate_hazard
from adoption.law.conventions import load_conventions
from adoption.sentences.durations import span
from adoption.sentences.survival import consent_sentence
from adoption.views.survival import (
    at_risk_view,
    compared_view,
    effects_view,
    groups_view,
    levels_view,
)
from tests.survival.made import CASES, NEWEST, STEPS, data, pooled, real
from tests.views.test_views import cells, row_of

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
    assert row_of(view, "first day") == {
        "When": "first day",
        "At risk": "194",
        "Have signed": "35%",
        "After the first day": "",
        "95% interval": "29% to 42%",
        "Least to most": "33% to 35%",
    }
    assert row_of(view, "1 year") == {
        "When": "1 year",
        "At risk": "not known",
        "Have signed": "at least 38%",
        "After the first day": "not known",
        "95% interval": "not known",
        "Least to most": "35% or more; 38% with all that is possible",
    }
    consents = at_risk_view(real("hanoi", "consent"))
    assert row_of(consents, "1 year")["Have consented"] == "none certain"
    assert cells(at_risk_view(real("hanoi", "signature", date(2025, 10, 25))), "When") == [
        "first day"
    ]


def test_conventions_compared() -> None:
    view = compared_view([real(name, "consent") for name in ("hanoi", "uncac", "budapest")])
    assert row_of(view, "UN Convention against Cybercrime") == {
        "Convention": "UN Convention against Cybercrime",
        "Signatories": "71",
        "On the day of signing": "0 (0%)",
        "Half of the rest within": "not reached",
        "95% interval": "",
        "Consented while followed": "0",
        "List complete to": "26 Oct 2025",
    }
    uncac = row_of(view, "Convention against Corruption (UNCAC)")
    assert (uncac["On the day of signing"], uncac["Half of the rest within"]) == (
        "2 (1%)",
        "2.8 years",
    )
    assert row_of(view, "Budapest Convention")["Half of the rest within"] == "4.9 to 5.2 years"
    closed = at_risk_view(real("untoc", "signature"))
    assert cells(closed, "When")[-1] == "2 years"  # after the close nobody is at risk
    unknown = compared_view([real("malabo", "signature")]).frame.iloc[0]
    assert unknown["States at the opening"] == unknown["On the first day"] == "not known"


def test_a_table_says_whether_reports_count_and_its_interval_covers_what_it_shows() -> None:
    signing = compared_view([real("hanoi", "signature")])
    assert "Reported signatures count" in signing.caption
    assert row_of(signing, "UN Convention against Cybercrime")["Signed while followed"] == "71"
    acts = data()["acts"]
    known = acts[(acts["convention"] == "hanoi") & (acts["latest"] <= "2025-10-26")]
    known = known[known["iso3"] != "EUE"]
    assert (len(known), (known["grade"] == "reported").sum()) == (71, 4)
    consent = real("budapest", "consent")
    view = compared_view([consent])
    assert "Reported consents do not count" in view.caption
    # Days of deposit are windows: the interval is that of the earliest and the latest reading.
    late, early = (consent.complete[reading].median() for reading in ("least", "most"))
    assert (early.low, early.high) != (late.low, late.high)
    interval = row_of(view, "Budapest Convention")["95% interval"]
    assert interval == span(min(early.low, late.low), max(early.high, late.high))
    assert f"(95% interval {interval})" in consent_sentence(consent)


def test_groups() -> None:
    view = groups_view(real("hanoi", "signature"), real("hanoi", "consent"))
    assert row_of(view, "Asia-Pacific Group") == {
        "Group": "Asia-Pacific Group",
        "States": "54",
        "Signed on the first day": "18 (33%)",
        "Known to have signed": "20",
        "Known to have consented": "0",
        "By report": "2",
        "Half of the rest consented within": "not reached",
    }
    assert view.frame["States"].sum() == 193
    assert view.frame["By report"].sum() == 3


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


def test_nothing_to_show_is_no_fault() -> None:
    hazard = estimate_hazard({}, "consent")
    none = effects(hazard, [CONVENTIONS["untoc"]], data(), NEWEST)
    for view in (levels_view(hazard), effects_view(none, none)):
        assert ">none</td>" in view._repr_html_()


@pytest.mark.parametrize(("name", "day"), CASES)
def test_any_convention_on_any_day(name: str, day: date) -> None:
    signing, consent = (real(name, step, day) for step in STEPS)
    views = [at_risk_view(signing), at_risk_view(consent), compared_view([signing]),
             compared_view([consent]), groups_view(signing, consent)]  # fmt: skip
    for view in views:
        html = view._repr_html_()
        assert "nan" not in html.replace("Financing", "")
        assert "inf" not in html.replace("Convention on Information", "")
