"""The cases: who is asked, what follows, and that nothing later is known."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from adoption.forecasting.propensity.cases import cases_around, consent_cases, signing_cases
from adoption.forecasting.propensity.record import log_odds
from tests.movers.made import panel, treaty

OPENED = date(1990, 1, 1)
SIGNED = {"AAA": 0.0, "BBB": 50.0, "CCC": 340.0}
CONSENTED = {"AAA": 100.0, "BBB": 400.0, "CCC": 900.0}
EARLIER = treaty("E", date(1980, 1, 1), {"AAA": 0, "CCC": 0}, {"AAA": 10, "CCC": 300})
SUBJECT = treaty("S", date(2020, 1, 1), {}, {}, seen=10)
MADE = panel(EARLIER, treaty("T", OPENED, SIGNED, CONSENTED, seen=600), SUBJECT)


def test_who_had_not_consented_and_who_does_within_a_year() -> None:
    cases = consent_cases(MADE, 200)
    assert cases.open[1].tolist() == [False, True, True, False]  # DDD was no member then
    assert cases.outcome[1].tolist() == [False, True, False, False]
    assert cases.told.tolist() == [True, True, False]
    assert not consent_cases(MADE, 236).told[1]  # its list ends after 600 days
    assert cases.features["signed"][1].tolist() == [1, 1, 0, 0]
    assert cases.features["level"][1, 0] == pytest.approx(log_odds(np.array([1.5 / 4]))[0])
    assert cases.pace[1, 0] == pytest.approx(1.5 / 3)  # one in the last year, two left
    assert cases.neighbours[1].tolist() == [0, 1, 0, 0]


def test_the_act_of_the_last_day_counts_and_that_of_the_next_does_not() -> None:
    assert consent_cases(MADE, 400 - 365).outcome[1].tolist() == [True, True, False, False]
    assert not consent_cases(MADE, 400 - 366).outcome[1, 1]
    assert not consent_cases(MADE, 400).open[1, 1]


def test_the_record_is_that_on_the_earlier_treaty() -> None:
    cases = consent_cases(MADE, 200)
    average = (1 + 1) / (3 + 10)  # AAA had consented of three that could
    assert cases.record[1, 0] == pytest.approx((1 + 5 * average) / 6)
    assert cases.record[1, 1] == pytest.approx(5 * average / 6)
    assert cases.features["record"][1, 0] > 0 > cases.features["record"][1, 1]


def test_signing_before_the_closing() -> None:
    made = panel(
        treaty("T", OPENED, SIGNED | {"DDD": 5}, {"BBB": 10}), SUBJECT,
        closings={"T": date(1990, 12, 31)},
    )  # fmt: skip
    cases = signing_cases(made, 64)  # day 300 of 364
    assert cases.open[0].tolist() == [False, False, True, False]
    assert cases.outcome[0].tolist() == [False, False, True, False]
    early = signing_cases(made, 364)
    assert early.open[0].tolist() == [False, True, True, False]
    assert not signing_cases(made, 330).open[0, 1]  # it has consented, so it is not asked


def test_nearby_moments_come_after_the_one_asked_about() -> None:
    assert [c.starts[1] - MADE.opened[1] for c in cases_around(MADE, "consent", 100)] == [
        *(100, 60, 160)
    ]
    assert len(cases_around(MADE, "consent", 0)) == 1


@pytest.mark.parametrize("question", ["consent", "sign"])
def test_nothing_later_is_known(question: str) -> None:
    """Features of a treaty are the same if all that came after the moment is struck out."""
    after = date(1995, 1, 1)

    def made(extra: dict[str, float]) -> dict[str, list[float]]:
        pool = panel(
            EARLIER,
            treaty("T", OPENED, SIGNED, {"AAA": 100} | extra),
            treaty("L", after, {"AAA": 0, "CCC": 0} | extra, {"BBB": 3} | extra),
            SUBJECT,
            closings={"T": date(1990, 12, 31), "L": date(1995, 12, 31)},
        )
        cases = consent_cases(pool, 200) if question == "consent" else signing_cases(pool, 164)
        return {name: values[1].tolist() for name, values in cases.features.items()}

    assert made({}) == made({"BBB": 201, "CCC": 230})
