"""What is said of an entry into force: on both readings, in force, and beyond the horizon."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest

from adoption.forecasting.answer import Forecast
from adoption.forecasting.convention import READINGS, Reading
from adoption.forecasting.entry import load_entry
from adoption.forecasting.history import Past
from adoption.law.conventions import load_conventions
from adoption.law.status import load_status
from adoption.sentences import entry_into_force as say
from tests.conftest import bound, made
from tests.forecast.entries import (
    MADE_ON,
    entry,
    forecast_of,
    found_of,
    reached_on,
)
from tests.forecast.made import OPENED, Row

FAULTS = r"\bnan\b|None\b(?! of)|NaT|  |\.\.|\bthe the\b|\b1 (are|have|consents)\b|\b0%|\(\)"
NOTHING: dict[Reading, list[Past]] = {"not counted": [], "counted": []}
NOW = made("2001-04-11")
# The conventions that a forecast can be told of without another fit.
REAL = [("hanoi", date(2026, 11, 24)), ("untoc", date(2026, 11, 24)),
        ("arab-2010", date(2026, 11, 24)), ("hanoi", date(2025, 10, 25)),
        ("budapest-2ap", date(2026, 11, 24))]  # fmt: skip


@pytest.mark.parametrize(("name", "day"), REAL)
def test_real_conventions(name: str, day: date) -> None:
    found = entry(name, day)
    answer = say.entry_answer(found.found, found.status, found.told)
    title = say.fan_title(found.drawn, found.status)
    for text in (answer.text, answer.title, title):
        assert not re.search(FAULTS, text), text
    assert answer.text.endswith(".")
    assert not title.endswith(".")
    assert answer.text.startswith(f"The {found.found.convention.short_title} ")
    assert answer.key_figure


def in_force(forecast: Forecast, q: float) -> str:
    """Return the month of the ninetieth day after a quantile of the deposit."""
    day = forecast.quantile(q)
    assert day is not None
    return f"{day + timedelta(days=90):%B %Y}"


def test_this_convention_on_both_readings() -> None:
    hanoi = entry("hanoi")
    text = say.forecast_sentence(hanoi.found, hanoi.status)
    firm, counted = ([in_force(hanoi.found.forecasts[r], q) for q in (0.5, 0.1, 0.9)]
                     for r in READINGS)  # fmt: skip
    assert text.startswith(
        f"The UN Convention against Cybercrime is forecast to enter into force about {firm[0]} "
        f"(median; 80% interval up to {firm[2]}) if the three reported consents do not "
        f"count, and about {counted[0]} (median; 80% interval up to {counted[2]}) "
    )
    assert "if the reports are right. Whether the reports are right moves the median by" in text
    assert (
        "The forecast starts on 10 February 2026, the last day for which the list of acts is "
        "nearly complete."
    ) in text


def test_the_months_are_those_of_the_rule() -> None:
    """Ninety days after the quantiles of the deposit: 11 April 2001 and 400 days and 90."""
    found = found_of(forecast_of(100, 400, 800))
    assert say.forecast_sentence(found, NOW) == (
        "The Organized Crime Convention (UNTOC) is forecast to enter into force about August 2002 "
        "(median; 80% interval October 2001 to September 2003)."
    )


def test_a_median_and_an_interval_beyond_the_horizon() -> None:
    found = found_of(forecast_of(100, 400, height=(0.05, 0.4)))
    text = say.forecast_sentence(found, NOW)
    assert "about" not in text
    assert "enter into force later than April 2031 (median; 80% interval August 2002 to later" in (
        text
    )
    assert "The chance that it takes more than 30 years, or never happens, is 60%." in text
    never = say.forecast_sentence(found_of(forecast_of(1, height=(0.01,))), NOW)
    assert "80% interval all of it later than April 2031" in never
    answer = say.entry_answer(found, NOW, NOTHING)
    assert answer.key_figure == "after 2031"


@pytest.mark.parametrize(
    ("rows", "acts", "are_right"),
    [
        ((("FRA", "ratification", 5),), "the one reported or undated consent does", "it does"),
        (
            (("FRA", "ratification", 5), ("PER", "ratification", 5)),
            "the two reported or undated consents do",
            "they do",
        ),
    ],
)
def test_undated_acts_are_no_reports(rows: tuple[Row, ...], acts: str, are_right: str) -> None:
    found = found_of(forecast_of(100, 400, 800), forecast_of(10, 40, 80), more=rows)
    text = say.forecast_sentence(found, NOW)
    assert f"if {acts} not count, and about August 2001" in text
    assert f"if {are_right}. Whether {'it counts' if 'it' in are_right else 'they count'} " in text
    assert say.condition(found, NOW) == "if all known acts count"


def test_reports_are_named_as_reports() -> None:
    reported = made("2001-04-11", ("AAA", "ratification", "2001-02-01", "", "reported"))
    found = found_of(
        forecast_of(100, 400, 800), forecast_of(10, 40, 80), more=(("FRA", "ratification", 31),)
    )
    assert say.doubtful(found, reported) == ("the one reported consent", "the report is right")
    assert say.condition(found, reported) == "if the report is right"
    text = say.forecast_sentence(found, reported)
    assert "Whether the report is right moves the median by 1.0 years." in text


def test_signatures_are_named_where_no_consent_differs() -> None:
    found = found_of(
        forecast_of(100, 400, 800), forecast_of(10, 40, 80), more=(("QAT", "signature", 5),)
    )
    assert say.doubtful(found, NOW)[0] == "the one reported or undated signature"


def test_it_is_said_where_the_forecast_starts() -> None:
    found = found_of(forecast_of(10, 100, 900), as_of=MADE_ON + timedelta(days=150))
    assert say.forecast_sentence(found, NOW).endswith(
        "The forecast starts on 11 April 2001, the last day for which the list of acts is complete."
    )
    assert "starts on" not in say.forecast_sentence(found_of(forecast_of(10, 100, 900)), NOW)


def test_acts_without_a_day_may_have_reached_it_already() -> None:
    window = ("2001-02-01", "2001-12-31", "ratification")
    status = made("2001-04-11", *(bound(iso3, *window) for iso3 in ("AAA", "BBB", "CCC")))
    text = say.forecast_sentence(found_of(forecast_of(10, 100, 900)), status)
    assert "Up to 3 consents may have been given by then, on days that are not known: the 3rd " in (
        text
    )


def test_of_those_that_withdrew_the_consents_were_given_and_do_not_stand() -> None:
    window = ("2001-02-01", "2001-12-31", "ratification")
    rows = [bound(iso3, *window) for iso3 in ("AAA", "BBB", "CCC")]
    left = [bound("DDD", "2001-02-01"), ("DDD", "withdrawal", "2001-03-01", "", "confirmed")]
    text = say.forecast_sentence(
        found_of(forecast_of(10, 100, 900)), made("2001-04-11", *rows, *left)
    )
    assert "Up to 3 consents may stand by then, on days that are not known: the 3rd " in text


def test_in_force_by_the_rule_and_as_published() -> None:
    three = [bound(iso3, "2001-02-01") for iso3 in ("AAA", "BBB", "CCC")]
    text = say.reached_sentence(made("2002-01-01", *three))
    assert text == (
        "The Organized Crime Convention (UNTOC) has been in force since 2 May 2001, after the "
        "deposit of the 3rd instrument on 1 February 2001. That follows from its rule; no "
        "published day is in the data."
    )
    same = say.reached_sentence(made("2002-01-01", *three, entered_into_force=date(2001, 5, 2)))
    assert same.endswith("That day follows from its rule, and is the one that is published.")
    other = say.reached_sentence(made("2002-01-01", *three, entered_into_force=date(2001, 5, 3)))
    assert other.endswith("That follows from its rule; published is 3 May 2001.")
    before = say.reached_sentence(made("2001-03-01", *three, entered_into_force=date(2001, 5, 2)))
    assert before.endswith("enters into force on 2 May 2001, after the deposit of the 3rd "
                           "instrument on 1 February 2001.")  # fmt: skip


def test_it_is_said_where_the_decisive_acts_are_not_confirmed() -> None:
    acts = [(iso3, "ratification", "2001-02-01", "", "inferred") for iso3 in ("AAA", "BBB", "CCC")]
    text = say.reached_sentence(made("2002-01-01", *acts))
    assert text.endswith("That rests on inferred acts; by confirmed acts alone it is not reached.")


@pytest.mark.parametrize("first", [("2001-01-05", ""), ("2001-01-05", "2001-03-02")])
def test_a_threshold_that_confirmed_acts_reach_later_is_not_said_to_need_the_others(
    first: tuple[str, str],
) -> None:
    rows = [("AAA", "accession", *first, "reported"),
            bound("BBB", "2001-03-01"), bound("CCC", "2001-03-05")]  # fmt: skip
    text = say.reached_sentence(made("2002-01-01", *rows, threshold=2))
    assert text.endswith("That rests on reported acts; by confirmed acts alone it came later.")


def test_the_answer_of_a_convention_in_force() -> None:
    untoc = entry("untoc")
    answer = say.entry_answer(untoc.found, untoc.status, untoc.told)
    assert (answer.key_figure, answer.key_label) == ("29 September 2003", "in force since")
    assert "the deposit of the 40th instrument on 1 July 2003" in answer.text
    held = sum(past.held is True for past in untoc.told["not counted"])
    words = "All five" if held == 5 else ("None", "One", "Two", "Three", "Four")[held] + " of five"
    assert f"{words} forecasts that would have been made on the way hold" in answer.text
    soon = say.entry_answer(untoc.found, load_status("untoc", date(2003, 7, 15)), untoc.told)
    assert soon.key_label == "in force from"
    arab = entry("arab-2010")
    told = say.entry_answer(arab.found, arab.status, arab.told)
    assert told.key_label == "entry into force"
    assert told.text.endswith("its list of acts is not complete, or nearly so, to any day.")


def test_a_month_that_has_passed_is_no_forecast() -> None:
    """Of the Second Protocol: forecast from 5 February 2026, asked about in November."""
    protocol = entry("budapest-2ap")
    answer = say.entry_answer(protocol.found, protocol.status, protocol.told)
    chance = protocol.found.firm.cdf(date(2026, 7, 31))  # the last deposit for 1 November
    assert answer.key_figure == f"{chance:.0%}"
    assert answer.key_label == "chance that it is in force already"
    assert answer.text.startswith(
        "The Second Protocol to the Budapest Convention may be in force already, with a chance of "
        f"{chance:.0%}. The forecast starts on 5 February 2026"
    )
    assert "may be deposited already" in say.fan_title(protocol.drawn, protocol.status)


def test_where_no_forecast_is_made_the_least_known_is_told() -> None:
    early = load_entry(load_conventions()["malabo"], date(2020, 1, 1))
    answer = say.entry_answer(early.found, early.status, early.told)
    assert (answer.key_figure, answer.key_label) == ("not forecast", "entry into force")
    assert answer.text == (
        "No forecast is made for the Malabo Convention: who has signed is not named in any source "
        "seen. At least 2 consents are known."
    )


def test_the_title_of_the_fan() -> None:
    hanoi, untoc = entry("hanoi"), entry("untoc")
    firm, counted = (hanoi.found.forecasts[r].quantile(0.5) for r in READINGS)
    assert say.fan_title(hanoi.drawn, hanoi.status) == (
        f"The 40th instrument is forecast for {firm:%B %Y}; if the reports are right, for "
        f"{counted:%B %Y}"
    )
    assert re.fullmatch(
        r"Forecast 365 days after opening for \w+ \d{4}, the 40th instrument came on 1 July 2003",
        say.fan_title(untoc.drawn, untoc.status),
    )
    beyond = found_of(forecast_of(1, height=(0.1,)))
    assert say.fan_title(beyond, NOW) == "The 3rd instrument is forecast for after April 2031"


def test_a_threshold_reached_on_the_other_reading_is_no_second_forecast() -> None:
    acts = (("FRA", "accession", 0),)
    found = found_of(forecast_of(100, 400, 800), reached_on(OPENED), more=acts)
    assert say.forecast_sentence(found, NOW).endswith("October 2001 to September 2003).")
    assert say.fan_title(found, NOW) == "The 3rd instrument is forecast for May 2002"
