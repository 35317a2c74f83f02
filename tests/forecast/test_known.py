"""What is known of a treaty on a day: windows, organisations, and which treaty it is."""

from __future__ import annotations

from datetime import date, timedelta

import pandas as pd
import pytest

from adoption.errors import AdoptionError
from adoption.forecasting.known import Known, known_on, organisations, same_treaty
from tests.forecast.made import OPENED, frame_of, real, real_acts, treaty

DAY = date(2001, 12, 31)  # day 364
ROWS = [
    ("FRA", "signature", 0), ("FJI", "signature", 100), ("FRA", "ratification", 200),
    ("QAT", "accession", 300), ("FJI", "ratification", 364), ("OMN", "accession", 365),
]  # fmt: skip


def known(*rows: tuple[str, str, int], on: date = DAY) -> Known:
    return known_on(frame_of(rows or ROWS), OPENED, on)


def windowed(*rows: tuple[str, str, str, str]) -> pd.DataFrame:
    """Return acts without a day, each with the first and last day it may have been done on."""
    frame = pd.DataFrame(rows, columns=["iso3", "act", "earliest", "latest"])
    days = {name: pd.to_datetime(frame[name]) for name in ("earliest", "latest")}
    return frame.assign(date=pd.Series(pd.NaT, frame.index, dtype="datetime64[us]"), **days)


def test_what_was_done_by_the_day() -> None:
    found = known()
    assert (found.signed.iso3, found.signed.day.tolist()) == (("FRA", "FJI"), [0, 100])
    assert found.consented.iso3 == ("FRA", "QAT", "FJI")
    assert found.consented.day.tolist() == [200, 300, 364]
    assert (found.now.age, found.now.consents, found.now.signatories) == (364, 3, 2)
    assert (found.now.consents_half_year, found.now.waiting) == (3, 0)


def test_what_was_done_since_is_apart_and_only_consents_are_counted() -> None:
    later = [("QAT", "signature", 390), ("PER", "accession", 400), ("IRQ", "accession", 401)]
    found = known_on(frame_of([*ROWS, *later]), OPENED, DAY, DAY + timedelta(days=36))
    assert found.now == known().now
    assert (found.later, found.consents) == (2, 5)  # Oman and Peru; Iraq after the last day
    assert found.consented.iso3[-2:] == ("OMN", "PER")


def test_a_definitive_signature_is_both() -> None:
    found = known(("FRA", "definitive signature", 3)).now
    assert (found.signatories, found.consents, found.waiting) == (1, 1, 0)


def test_a_state_counts_once_and_from_its_first_act() -> None:
    found = known(("FRA", "ratification", 90), ("FRA", "acceptance", 50), ("FRA", "succession", 9))
    assert (found.consented.iso3, found.consented.day.tolist()) == (("FRA",), [9])


def test_a_withdrawal_undoes_nothing() -> None:
    assert known(*ROWS, ("FRA", "withdrawal", 250)).now == known().now


def test_organisations_do_not_count() -> None:
    assert "EUE" in organisations()
    assert not {"FRA", "PSE", "VAT", "COK"} & organisations()
    with_union = known(*ROWS, ("EUE", "signature", 0), ("EUE", "approval", 20))
    assert with_union.now == known().now
    # An organisation without a code has none in the table.
    unnamed = frame_of([*ROWS, ("XXX", "accession", 20)])
    unnamed["iso3"] = unnamed["iso3"].where(unnamed["iso3"] != "XXX")
    assert known_on(unnamed, OPENED, DAY).now == known().now


@pytest.mark.parametrize("number", ["IX-3"])
def test_the_real_acts_of_organisations_do_not_count(number: str) -> None:
    there = real(number)
    found = known_on(real_acts(number), there.opened, date(2018, 1, 15))
    assert found.now.consents == len(there.consented.day)
    assert found.now.signatories == len(there.signed.day)


def test_what_was_done_before_the_opening_counts_from_day_zero() -> None:
    found = known(("FRA", "signature", 0), ("QAT", "ratification", -20), on=date(2001, 4, 1))
    assert (found.consented.day.tolist(), found.now.consents_half_year) == ([0], 1)


def test_an_act_without_a_day_counts_when_it_was_certainly_done() -> None:
    acts = windowed(("FRA", "accession", "2001-03-01", "2001-12-31"),
                    ("QAT", "accession", "2001-03-01", "2002-01-01"))  # fmt: skip
    assert known_on(acts, OPENED, DAY).consented.iso3 == ("FRA",)
    assert known_on(acts, OPENED, date(2001, 12, 30)).consented.iso3 == ()
    assert known_on(acts.drop(columns=["earliest", "latest"]), OPENED, DAY).now.consents == 0


def test_it_counts_as_recent_only_if_all_of_its_window_is() -> None:
    # Half a year before day 364 is day 181: 1 July 2001.
    inside = known_on(windowed(("FRA", "accession", "2001-07-02", "2001-12-30")), OPENED, DAY)
    across = known_on(windowed(("FRA", "accession", "2001-07-01", "2001-12-30")), OPENED, DAY)
    assert (inside.now.consents_half_year, inside.now.consents_year) == (1, 1)
    assert (across.now.consents, across.now.consents_half_year) == (1, 0)
    assert across.now.consents_year == 1


def test_a_day_goes_before_a_window() -> None:
    dated = frame_of([("FRA", "accession", 10)]).assign(
        earliest=pd.Timestamp("2001-01-01"), latest=pd.Timestamp("2020-01-01")
    )
    assert known_on(dated, OPENED, DAY).consented.day.tolist() == [10]


def test_before_the_opening_there_is_nothing_to_know() -> None:
    with pytest.raises(AdoptionError, match="as_of: 2000-12-31 is before the opening"):
        known_on(frame_of(ROWS), OPENED, date(2000, 12, 31))


def test_a_table_without_acts_is_a_treaty_without_acts() -> None:
    found = known_on(frame_of([]), OPENED, DAY)
    assert (found.now.consents, found.now.signatories, found.now.age) == (0, 0, 364)


def test_a_treaty_is_known_again_by_its_first_day_and_acts() -> None:
    signed, consented = {"FRA": 0, "FJI": 100}, {"FRA": 200, "QAT": 300, "FJI": 364}
    later = consented | {"OMN": 365, "PSE": 500}
    assert same_treaty(treaty(signed=signed, consented=later), known())
    assert not same_treaty(treaty(opened=date(2001, 1, 2), signed=signed, consented=later), known())
    assert not same_treaty(treaty(signed=signed, consented={"FRA": 1}), known())
    # Four of five acts in common are enough, three of five are not.
    assert same_treaty(treaty(signed=signed, consented={"FRA": 200, "QAT": 300}), known())
    assert not same_treaty(treaty(signed=signed, consented={"FRA": 200}), known())


@pytest.mark.parametrize("age", [0, 91, 1461])
def test_a_real_treaty_is_known_again_and_not_taken_for_its_protocols(age: int) -> None:
    convention, protocol = real("XVIII-12"), real("XVIII-12-a")
    on = date.fromordinal(convention.opened.toordinal() + age)
    found = known_on(real_acts("XVIII-12"), convention.opened, on)
    assert same_treaty(convention, found)
    assert not same_treaty(protocol, found)
