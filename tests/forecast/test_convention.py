"""The forecast for conventions of the registry: one answer, its start, the rule, refusals."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import adoption as ad
from adoption import tables
from adoption.cli.forecast import forecast_in_text
from adoption.core.errors import AdoptionError
from adoption.forecasting.convention import (
    POSSIBLE_COUNTS,
    REPORTS_TRUE,
    acts_for_forecast,
    chances_of_numbers,
    fan,
    forecast_convention,
    if_listed,
    reference_class,
)
from adoption.forecasting.next_states import next_states
from adoption.law.conventions import load_conventions
from adoption.law.status import load_status
from adoption.show.entry_into_force import entry_answer
from tests.conftest import ROOT
from tests.forecast.made import NEWEST, found, home_with

STARTS = date(2026, 2, 10)  # the last day for which the list of acts is nearly complete
HANOI = load_conventions()["hanoi"]


def test_each_source_is_right_with_its_chance_and_else_says_nothing() -> None:
    hanoi = found("hanoi")
    assert (hanoi.as_of, hanoi.list_to, hanoi.deposit.threshold) == (NEWEST, STARTS, 40)
    told = [(one.grade, hanoi.day(one.total_on), one.total, one.chance) for one in hanoi.known]
    assert told == [("depositary", STARTS, 0, 1.0), ("reported", STARTS, 0, 0.8)]
    # By another way: the status of the convention on the day asked about.
    status, reported = load_status("hanoi", NEWEST), hanoi.start
    assert len(hanoi.with_reports.consented.iso3) == status.counted.with_reports == 3
    assert len(hanoi.treaty.consented.iso3) == status.counted.lower == 0
    organisations = 1  # the European Union
    assert len(reported.treaty.signed.iso3) == status.signatories.with_reports - organisations
    days = [date(2027, 6, 1), date(2028, 6, 1), date(2031, 1, 1)]
    wrong, right = (
        forecast_convention(HANOI, NEWEST, reports_true=report).cdf(days) for report in (0, 1)
    )
    assert (wrong < right).all()
    assert hanoi.cdf(days) == pytest.approx(0.8 * right + 0.2 * wrong, abs=1e-5)
    for chance in ("reports_true", "reports_seen"):
        with pytest.raises(AdoptionError, match=f"{chance}: 2 is not a number from 0 to 1"):
            forecast_convention(HANOI, NEWEST, **{chance: 2})  # type: ignore[arg-type]


def test_the_chance_of_a_report_is_what_reported_totals_were_worth() -> None:
    totals = tables.read("totals").dropna(subset=["parties", "as_of"]).query("grade == 'reported'")
    conflicts = tables.read("conflicts").query("about == 'total' and kind == 'parties'")
    right = 1 - totals["source"].isin(conflicts["other_source"]).mean()
    assert right == pytest.approx(REPORTS_TRUE, abs=0.05)


@pytest.mark.parametrize(
    ("day", "made_on", "told"),
    [
        (date(2025, 10, 25), date(2025, 10, 25), ["depositary"]),
        (date(2026, 3, 15), STARTS, ["depositary", "reported"]),  # Qatar's ratification
        (date(2026, 4, 12), STARTS, ["depositary", "reported"]),  # nor the relay of 10 April
    ],
)
def test_what_is_known_by_a_day(day: date, made_on: date, told: list[str]) -> None:
    hanoi = found("hanoi", day)
    assert hanoi.made_on == made_on
    assert [one.grade for one in hanoi.known] == told
    assert hanoi.cdf(made_on) == 0 <= hanoi.already < 0.01
    assert "2 August 2026" not in forecast_in_text(hanoi), "to which the lists reach by now"
    answer = entry_answer(hanoi, load_status("hanoi", day))
    assert "already" not in answer.text


def test_a_report_of_a_day_that_nobody_watched_is_never_later(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    days, day = [date(year, 1, 1) for year in range(2027, 2040)], pd.Timestamp(2026, 11, 20)
    before, acts = found("hanoi").cdf(days), tables.read("acts")
    one = acts.query("convention == 'hanoi' and iso3 == 'QAT' and act == 'ratification'")
    more = pd.concat([acts, one.assign(iso3="FRA", earliest=day, latest=day)])
    monkeypatch.setenv("ADOPTION_HOME", home_with(tmp_path, "acts", more))
    assert (forecast_convention(HANOI, NEWEST).cdf(days) > before).all()


def test_a_report_that_a_complete_list_lacks_does_not_count(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    conflicts = tables.read("conflicts")
    row = {"convention": "hanoi", "iso3": "QAT", "kind": "consent", "about": "listed"}
    listed = pd.concat([conflicts, pd.DataFrame([row])], ignore_index=True)
    monkeypatch.setenv("ADOPTION_HOME", home_with(tmp_path, "conflicts", listed))
    acts = acts_for_forecast(HANOI)
    assert acts.loc[acts["iso3"] == "QAT", "act"].tolist() == ["signature"]


@pytest.mark.parametrize(
    ("name", "day", "why"),
    [
        ("malabo", date(2020, 1, 1), "who has signed is not named in any source seen"),
        ("arab-2010", date(2013, 1, 1), "its list of acts is not complete, or nearly so, to any"),
        (
            "budapest-2ap",
            NEWEST,
            "the method is learnt from treaties deposited with the United Nations alone",
        ),
        ("malabo", NEWEST, "it has been in force since 8 June 2023"),
    ],
)
def test_where_the_method_does_not_apply_the_reason_is_given(
    name: str, day: date, why: str
) -> None:
    none = found(name, day)
    assert none.why_none.startswith(why)
    with pytest.raises(AdoptionError, match=why):
        none.quantile(0.5)
    with pytest.raises(AdoptionError, match=why):
        none.cdf(day)
    assert none.to_dict()["no_forecast"] == none.why_none
    text = entry_answer(none, load_status(name, day)).text
    assert text in forecast_in_text(none)
    assert (f": {why}" in text) == ("in force" not in why)
    assert "already" not in text
    assert ("No forecast is made" in text) == ("in force" not in why)


def test_the_command_states_since_when_a_treaty_has_been_in_force() -> None:
    for name, since in (("budapest", "1 July 2004"), ("untoc", "29 September 2003")):
        text = forecast_in_text(found(name))
        assert f"\n\nIn force since {since}, " in text
        assert "by its terms" in text.lower()
        assert "forecast" not in text


def test_entry_into_force_follows_by_the_rule() -> None:
    untoc = found("untoc")
    assert untoc.deposit.reached == untoc.quantile(0.5) == date(2003, 7, 1)
    assert untoc.in_force(untoc.deposit.reached) == untoc.convention.entered_into_force
    assert found("hanoi").last_deposit(date(2026, 12, 31)) == date(2026, 10, 2)
    assert found("budapest-2ap").last_deposit(date(2026, 12, 31)) == date(2026, 8, 31)


def test_a_deposit_counts_for_force_ninety_days_before_the_end_of_the_year() -> None:
    hanoi = found("hanoi")
    chances = hanoi.by_year()
    # On 24 November a deposit is too late for the same year: 2026 has no bar.
    assert chances["year"].tolist() == [2027, 2028, 2029, 2030, 2031]
    assert chances["in_force"].tolist() == [
        hanoi.cdf(date(year, 10, 2)) for year in range(2027, 2032)
    ]
    assert found("hanoi", date(2026, 2, 10)).by_year()["year"].iloc[0] == 2026


@pytest.mark.parametrize("name", ["hanoi", "malabo", "uncac"])
def test_it_can_be_written_as_plain_values_and_text(name: str) -> None:
    told = found(name).to_dict()
    assert json.loads(json.dumps(told)) == told
    text = forecast_in_text(found(name))
    assert "nan" not in text.lower().split()
    if name == "hanoi":
        assert [one["grade"] for one in told["known_consents"]] == ["depositary", "reported"]
        assert told["answer"]["median"] < told["answer"]["median_entry_into_force"]
        assert "What is reported since is right with a chance of 80%." in text


def test_the_fan_agrees_with_the_answer() -> None:
    hanoi = found("hanoi")
    frame = fan(hanoi)
    quantiles = frame[["p10", "p25", "p50", "p75", "p90"]].to_numpy()
    assert (np.diff(quantiles, axis=1) >= 0).all()
    assert (np.diff(quantiles, axis=0) >= 0).all()
    for row in frame.to_dict("records"):
        for name, share in (("p10", 0.9), ("p50", 0.5), ("p90", 0.1)):
            assert (row[name] >= 40) == (hanoi.cdf(row["day"].date()) > share)


def test_the_day_and_the_states_are_of_one_distribution() -> None:
    hanoi, states = found("hanoi"), next_states("hanoi", NEWEST)
    numbers = range(1, 198)
    ahead = np.array([float((states.until - hanoi.made_on).days)])
    chance = chances_of_numbers(hanoi, numbers, ahead)[:, 0]
    assert chance[39] == pytest.approx(hanoi.cdf(states.until), abs=1e-5)
    known = len(hanoi.with_reports.consented.iso3)
    assert states.expected == pytest.approx(chance[known:].sum(), abs=1e-6)


def test_it_starts_with_the_last_total_that_is_reported(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As if an organisation had told what the relay of May 2026 does."""
    totals, day = tables.read("totals"), pd.Timestamp(2026, 5, 31)
    row = {"convention": "hanoi", "as_of": day, "latest": day, "parties": 3, "grade": "reported"}
    more = pd.concat([totals, pd.DataFrame([row])], ignore_index=True).astype(totals.dtypes)
    monkeypatch.setenv("ADOPTION_HOME", home_with(tmp_path, "totals", more))
    hanoi = ad.forecast("hanoi", NEWEST)
    assert hanoi.made_on == day.date()
    assert [one.grade for one in hanoi.known] == ["depositary", "reported"]
    by_silence = [ad.forecast("hanoi", NEWEST, reports_seen=seen) for seen in (0.0, 0.5, 0.8)]
    later = [pd.Timestamp(str(one.quantile(0.5))) for one in by_silence]
    assert later[0] < later[1] < later[2]
    half = sorted(one.consented.nth(40) / 365.25 for one in reference_class(hanoi))[8]
    years = [(middle - pd.Timestamp(HANOI.opens)).days / 365.25 for middle in later[:2]]
    months, silence = round(12 * (years[1] - half)), round(12 * (years[1] - years[0]))
    check = hanoi.notes["check"]()
    assert f"That is {months} months longer than half of them took." in check
    assert f"Silence since 31 May 2026 makes up {silence} of these." in check
    assert "% of the events came before its median, and " in check
    rest = f"back by {silence} months; the model, learnt from all treaties, by {months - silence} "
    assert rest in hanoi.notes["later"](), "the same, below the bars"
    start = hanoi.notes["start"]()
    assert (
        "nearly so, to 10 February 2026. A reported total of 31 May 2026, 3 consents, is" in start
    )


def test_what_a_complete_list_would_make_of_it() -> None:
    hanoi = found("hanoi")
    rows = if_listed(hanoi)
    assert tuple(rows["consents"]) == POSSIBLE_COUNTS
    assert rows["p50"].is_monotonic_decreasing, "more consents, earlier"
    expected, low, high = hanoi.consents_expected
    days, day = fan(hanoi).set_index("day"), pd.Timestamp(NEWEST)
    before, after = days[:day].iloc[-1], days[day:].iloc[0]
    assert before["p10"] <= low <= after["p10"]
    assert before["p90"] <= high <= after["p90"]
    assert low <= expected <= high
    # What the forecast takes as there lies between a list with fewer and one with more.
    below, above = if_listed(hanoi, [int(expected), int(expected) + 2])["p50"]
    assert above < pd.Timestamp(str(hanoi.quantile(0.5))) < below + pd.DateOffset(months=6)


def test_a_newer_total_may_make_it_later_as_the_page_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A repeated number shows that no further instruments came by its day."""
    totals, medians = tables.read("totals"), []
    for month in (5, 9):
        row = {"convention": "hanoi", "latest": pd.Timestamp(2026, month, 20), "parties": 3}
        more = pd.DataFrame([row | {"as_of": row["latest"], "grade": "reported"}])
        totals = pd.concat([totals, more], ignore_index=True).astype(totals.dtypes)
        monkeypatch.setenv("ADOPTION_HOME", home_with(tmp_path / f"{month}", "totals", totals))
        medians.append(str(forecast_convention(HANOI, NEWEST).quantile(0.5)))
    assert medians[0] < medians[1] < "2050"
    for page in ("docs/forecast.md", "notebooks/14_forecast_method.ipynb"):
        text = (ROOT / page).read_text(encoding="utf-8")
        assert "A newer total may: it also " in text


def test_the_reference_class_by_hand() -> None:
    hanoi = found("hanoi")
    like, age = reference_class(hanoi), (hanoi.made_on - HANOI.opens).days
    assert all(one.signed.by(age) >= 2 / 3 * 72 for one in like)  # when the forecast starts
    assert all(abs(one.consented.by(age) - hanoi.start.total) <= 4 for one in like)
    untoc = next(one for one in like if one.treaty == "XVIII-12")
    assert (int(untoc.consented.by(age)), untoc.consented.nth(40)) == (0, 931)
    took = sorted(one.consented.nth(40) / 365.25 for one in like)
    check = ad.forecast("hanoi", NEWEST).notes["check"]()
    assert f"18 of 19 treaties like it had 40 consents within {took[17]:.1f} years" in check
    assert f"half of them within {took[9]:.1f}." in check
    assert ad.forecast("untoc", NEWEST).notes["check"]() == ""


def test_the_charts_show_treaties_like_it_beside_the_forecast() -> None:
    hanoi = ad.forecast("hanoi", NEWEST)
    curve = next(trace for trace in hanoi.chart("fan").data if "like it" in (trace.name or ""))
    days = dict(zip(curve.y, curve.x, strict=True))
    took = sorted(one.consented.nth(40) / 365.25 for one in reference_class(found("hanoi")))
    age = (date.fromisoformat(days[40]) - HANOI.opens).days / 365.25
    assert age == pytest.approx(took[8], abs=0.01)
    assert "about ten have consented by now" in hanoi.chart("fan").layout.meta["title"]
    shares = hanoi.chart("chances").data[1].y
    ages = [
        (hanoi.last_deposit(date(year, 12, 31)) - HANOI.opens).days / 365.25
        for year in hanoi.by_year()["year"]
    ]
    plain = [100 * sum(years <= age for years in took) / 18.5 for age in ages]
    assert shares == pytest.approx(plain, abs=3)  # the nineteenth was watched for some years
