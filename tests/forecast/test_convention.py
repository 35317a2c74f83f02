"""The forecast for conventions of the registry: one answer, its start, the rule, refusals."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import adoption as ad
from adoption import tables
from adoption.cli.forecast import forecast_in_text
from adoption.core.errors import AdoptionError
from adoption.core.vocabulary import CONSENTS
from adoption.forecasting.convention import (
    READINGS,
    acts_of,
    at_least,
    fan,
    forecast_convention,
    history,
    last_total,
    reference_class,
    start_day,
)
from adoption.forecasting.next_states import next_states
from adoption.law.conventions import load_conventions
from adoption.law.status import load_status
from adoption.show.entry_into_force import (
    entry_answer,
    history_view,
    readings_view,
)
from tests.forecast.made import NEWEST, found, home_with

STARTS = date(2026, 2, 10)  # the last day for which the list of acts is nearly complete
HANOI = load_conventions()["hanoi"]


def test_one_answer_lies_between_the_two_readings() -> None:
    hanoi = found("hanoi")
    assert (hanoi.as_of, hanoi.list_to, hanoi.confirmed_only.threshold) == (NEWEST, STARTS, 40)
    # By another way: the status of the convention on the day asked about.
    status = load_status("hanoi", NEWEST)
    assert hanoi.consents("counted") == status.counted.with_reports
    assert hanoi.consents("not counted") == 0
    assert hanoi.signatories("counted") == status.signatories.with_reports - 1  # the European Union
    for day in (date(2027, 6, 1), date(2028, 6, 1), date(2031, 1, 1)):
        firm, counted = hanoi.confirmed_only.cdf(day), hanoi.counted.cdf(day)
        assert firm < hanoi.cdf(day) < counted
        assert hanoi.cdf([day]).tolist() == [hanoi.cdf(day)]
        assert hanoi.cdf(day) == pytest.approx(0.8 * counted + 0.2 * firm, abs=1e-5)
    sure = forecast_convention(HANOI, NEWEST, reports_true=1.0)
    assert sure.quantile(0.5) == hanoi.counted.quantile(0.5)
    with pytest.raises(AdoptionError, match="is not a number from 0 to 1"):
        forecast_convention(HANOI, NEWEST, reports_true=1.5)
    with pytest.raises(AdoptionError, match="reports_seen: 2 is not a number from 0 to 1"):
        forecast_convention(HANOI, NEWEST, reports_seen=2)


@pytest.mark.parametrize("name", ["hanoi", "untoc", "arab-2010"])
def test_acts_that_are_reported_or_have_no_day_are_one_reading(name: str) -> None:
    convention, acts = load_conventions()[name], tables.read("acts")
    counted, firm = (acts_of(convention, acts, reading) for reading in reversed(READINGS))
    left_out = counted.loc[counted.index.difference(firm.index)]
    assert (left_out["date"].isna() | (left_out["grade"] == "reported")).all()
    assert firm["date"].notna().all()
    assert "reported" not in set(firm["grade"])


def test_a_report_that_a_complete_list_lacks_counts_under_no_reading(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    conflicts = tables.read("conflicts")
    row = {"convention": "hanoi", "iso3": "QAT", "kind": "consent", "about": "listed"}
    listed = pd.concat([conflicts, pd.DataFrame([row])], ignore_index=True)
    monkeypatch.setenv("ADOPTION_HOME", home_with(tmp_path, "conflicts", listed))
    values = {reading: acts_of(HANOI, tables.read("acts"), reading) for reading in READINGS}
    consents = {r: set(one.loc[one["act"] == "ratification", "iso3"]) for r, one in values.items()}
    assert consents["not counted"] == set()
    assert "QAT" not in consents["counted"]
    assert "QAT" in set(values["counted"]["iso3"]), "it has signed"


@pytest.mark.parametrize(
    ("name", "day", "made_on"),
    [
        ("hanoi", NEWEST, STARTS),
        ("hanoi", date(2026, 1, 1), date(2026, 1, 1)),
        ("untoc", NEWEST, date(2014, 1, 27)),  # the list says nothing after it
        ("budapest", date(2003, 1, 1), date(2003, 1, 1)),
    ],
)
def test_it_starts_on_the_last_day_for_which_the_list_is_nearly_complete(
    name: str, day: date, made_on: date
) -> None:
    assert start_day(load_conventions()[name], day) == made_on


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
    assert f": {why}" in forecast_in_text(none)
    text = entry_answer(none, load_status(name, day)).text
    assert "already" not in text
    assert ("No forecast is made" in text) == ("in force" not in why)


def test_entry_into_force_follows_by_the_rule() -> None:
    untoc = found("untoc")
    assert untoc.confirmed_only.reached == untoc.quantile(0.5) == date(2003, 7, 1)
    assert untoc.in_force(untoc.confirmed_only.reached) == untoc.convention.entered_into_force
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
    assert (chances["counted in_force"] > chances["not counted in_force"]).all()
    assert found("hanoi", date(2026, 2, 10)).by_year()["year"].iloc[0] == 2026


@pytest.mark.parametrize("name", ["hanoi", "malabo", "uncac"])
def test_it_can_be_written_as_plain_values_and_text(name: str) -> None:
    told = found(name).to_dict()
    assert json.loads(json.dumps(told)) == told
    text = forecast_in_text(found(name))
    assert "nan" not in text.lower().split()
    if name == "hanoi":
        assert list(told["reported_and_undated_acts"]) == list(READINGS)
        assert told["answer"]["median"] < told["answer"]["median_entry_into_force"]
        assert "If unconfirmed reports are true (80%)" in text
        assert "\nBy the end of Combined " in text


def test_before_the_opening_and_after_the_data_there_is_no_forecast() -> None:
    for day, said in ((date(2025, 10, 24), "as_of"), (date(2031, 1, 1), "to 2026-")):
        with pytest.raises(AdoptionError, match=said) as caught:
            forecast_convention(HANOI, day)
        assert len(str(caught.value).splitlines()) == 1


def test_the_fan_agrees_with_the_answer() -> None:
    hanoi = found("hanoi")
    frame = fan(hanoi)
    quantiles = frame[["p10", "p25", "p50", "p75", "p90"]].to_numpy()
    assert (np.diff(quantiles, axis=1) >= 0).all()
    assert (np.diff(quantiles, axis=0) >= 0).all()
    for row in frame.to_dict("records"):
        for name, share in (("p10", 0.9), ("p50", 0.5), ("p90", 0.1)):
            assert (row[name] >= 40) == (hanoi.cdf(row["day"].date()) > share)


def test_the_day_the_fan_and_the_states_are_of_one_distribution() -> None:
    hanoi, states = found("hanoi"), next_states("hanoi", NEWEST)
    numbers = range(1, 198)
    ahead = np.array([float((states.until - hanoi.made_on).days)])
    chance = at_least(hanoi, numbers, ahead)[:, 0]
    assert chance[39] == pytest.approx(hanoi.cdf(states.until), abs=1e-5)
    more = chance[hanoi.consents("counted") :].sum()  # of each number above those that are known
    assert states.expected == pytest.approx(more, abs=1e-6)
    frame = fan(hanoi)
    for row in frame.iloc[::10].to_dict("records"):
        then = at_least(hanoi, numbers, np.array([float((row["day"].date() - hanoi.made_on).days)]))
        assert row["p50"] == (then[:, 0] > 0.5).sum()


def test_a_week_without_news_moves_the_median_by_weeks() -> None:
    """From the opening to the end of the list; after the first weeks nothing but time passes."""
    pool, medians = found("hanoi").pool, []
    for weeks in range(6, 16):
        day = HANOI.opens + timedelta(days=7 * weeks)
        medians.append(forecast_convention(HANOI, day, pool=pool).quantile(0.5))
    moves = pd.Series(medians, dtype="datetime64[us]").diff().dt.days.dropna()
    assert moves.abs().max() < 7 * 10


def test_it_starts_with_the_last_total_and_nothing_suggests_that_it_is_in_force() -> None:
    hanoi = found("hanoi")
    assert hanoi.total is not None
    assert hanoi.made_on == hanoi.total.day > STARTS
    assert hanoi.reports_to == date(2026, 8, 2)
    assert hanoi.total.reported, "Qatar's report and the total are of one origin"
    assert hanoi.watched("counted").total == hanoi.total.consents <= hanoi.total.published
    # If the reports are false, so is the total: then the forecast starts at the list's end.
    assert hanoi.watched("not counted").total == 0
    assert hanoi.watched("not counted").total_on == (STARTS - HANOI.opens).days
    assert hanoi.cdf(hanoi.total.day) == 0 <= hanoi.already < 0.01
    answer = entry_answer(hanoi, load_status("hanoi", NEWEST))
    assert "already" not in answer.text
    with_reports = forecast_convention(HANOI, NEWEST, reports_seen=0.8)
    day = date(2028, 6, 1)
    assert with_reports.cdf(day) < hanoi.cdf(day), "silence counts more"


def test_approvals_at_home_are_taken_from_a_total_and_are_no_consents() -> None:
    acts = tables.read("acts")
    of_both = (acts["convention"] == "hanoi") & acts["iso3"].isin(["AZE", "VNM"])
    at_home = of_both & acts["act"].isin(CONSENTS)
    acts["act"] = acts["act"].mask(at_home, "domestic approval")
    acts["latest"] = acts["latest"].mask(at_home, pd.Timestamp("2026-04-09"))
    total = last_total(HANOI, acts, STARTS, date(2026, 4, 10))
    assert total is not None
    assert (total.published, total.consents, total.reported) == (2, 1, True)


def test_the_history_is_known_then() -> None:
    told = history(found("hanoi"))
    days = [one.as_of for one in told]
    assert days == sorted(days)
    assert {date(2025, 10, 26), STARTS, date(2026, 8, 2), NEWEST} <= set(days)
    for one in told[::4]:
        assert one.combined.summary() == forecast_convention(HANOI, one.as_of).combined.summary()
    shown = history_view(told)
    assert shown is not None
    assert len(shown.frame) == len(days)
    past = history(found("untoc"))
    assert all(one.as_of < date(2003, 7, 1) for one in past)


def test_the_reference_class_by_hand() -> None:
    hanoi = found("hanoi")
    frame = reference_class(hanoi).set_index("treaty")
    assert (frame["signatories"] >= 2 / 3 * 72).all()  # when the forecast starts
    start = hanoi.watched("counted").total
    assert ((frame["consents"] - start).abs() <= 4).all()
    untoc = frame.loc["XVIII-12"]
    assert (untoc["consents"], round(untoc["years"], 2)) == (0, 2.55)
    assert frame["years"].dropna().is_monotonic_increasing
    took = frame["years"]
    check = ad.forecast("hanoi", NEWEST).notes["check"]()
    half = sorted(took)[len(took) // 2 - 1]  # all of them had 40
    assert f"{len(took)} treaties like it had 40 consents within {took.max():.1f} years" in check
    assert f"half of them within {half:.1f}." in check
    assert ad.forecast("untoc", NEWEST).notes["check"]() == ""


def test_the_charts_show_treaties_like_it_beside_the_forecast() -> None:
    hanoi = ad.forecast("hanoi", NEWEST)
    curve = next(trace for trace in hanoi.chart("fan").data if "like it" in (trace.name or ""))
    days = dict(zip(curve.y, curve.x, strict=True))
    took = sorted(reference_class(found("hanoi"))["years"])
    age = (date.fromisoformat(days[40]) - HANOI.opens).days / 365.25
    assert took[len(took) // 2 - 1] - 0.01 <= age <= took[len(took) // 2]
    force = hanoi.in_force(hanoi.quantile(0.5))
    assert hanoi.chart("fan").layout.meta["title"].endswith(f"{force:%B %Y}")
    shares = hanoi.chart("chances").data[1].y
    ages = [(hanoi.last_deposit(date(year, 12, 31)) - HANOI.opens).days / 365.25
            for year in hanoi.by_year()["year"]]  # fmt: skip
    assert shares == tuple(round(100 * sum(years <= age for years in took) / len(took))
                           for age in ages)  # fmt: skip


def test_the_answer_is_one_short_sentence() -> None:
    for name in load_conventions():
        status = load_status(name, NEWEST)
        answer = entry_answer(found(name), status)
        if status.entry_into_force is None:
            assert len(answer.text.split()) <= 25
        assert answer.key_figure
    readings = readings_view(found("hanoi"))
    assert readings is not None
    assert len(readings.frame) == 3
    assert readings_view(found("untoc")) is None
