"""The act that decides: the last certain one, but a signature never undoes a consent."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from adoption.law.status import PARTY, SIGNED, WITHDRAWN, Row, decide
from tests.conftest import Act, acts_of

DAY = date(2001, 6, 1)


def decided(*rows: Act) -> Row:
    acts = acts_of(list(rows))
    (row,) = decide(acts[acts["earliest"] <= pd.Timestamp(DAY)], DAY).to_dict("records")
    return row


def test_a_signature_after_a_consent_changes_nothing() -> None:
    row = decided(
        ("AAA", "ratification", "2001-01-01", "", "confirmed"),
        ("AAA", "signature", "2001-02-01", "", "confirmed"),
    )
    assert (row["status"], row["act"], row["signed"]) == (PARTY, "ratification", True)
    assert pd.isna(row["possible"])


def test_the_last_of_a_consent_and_a_withdrawal_decides() -> None:
    left: list[Act] = [
        ("AAA", "ratification", "2001-01-01", "", "confirmed"),
        ("AAA", "withdrawal", "2001-03-01", "", "confirmed"),
    ]
    assert decided(*left)["status"] == WITHDRAWN
    again: Act = ("AAA", "accession", "2001-05-01", "", "confirmed")
    assert decided(*left, again)["status"] == PARTY


def test_an_act_that_may_have_happened_is_possible_and_decides_nothing() -> None:
    row = decided(
        ("AAA", "signature", "2001-01-01", "", "confirmed"),
        ("AAA", "ratification", "2001-05-01", "2001-07-01", "reported"),
    )
    assert (row["status"], row["possible"]) == (SIGNED, PARTY)
    alone = decided(("AAA", "ratification", "2001-05-01", "2001-07-01", "reported"))
    assert alone["possible"] == PARTY
    assert pd.isna(alone["status"])  # status_on calls it no act known


def test_one_that_is_bound_again_is_so_since_its_last_consent() -> None:
    first: Act = ("AAA", "ratification", "2001-01-01", "", "confirmed")
    left: Act = ("AAA", "withdrawal", "2001-03-01", "", "confirmed")
    again: Act = ("AAA", "ratification", "2001-05-01", "", "confirmed")
    days = [f"{decided(*acts)['bound_on']:%Y-%m-%d}" for acts in ((first,), (first, left))]
    assert days == ["2001-01-01", "2001-01-01"], "the day on which it was bound, for one that left"
    assert f"{decided(first, left, again)['bound_on']:%Y-%m-%d}" == "2001-05-01"
    gone: Act = ("AAA", "withdrawal", "2001-05-20", "", "confirmed")
    assert f"{decided(first, left, again, gone)['bound_on']:%Y-%m-%d}" == "2001-05-01"
    undated: Act = ("AAA", "ratification", "2001-01-01", "2001-12-31", "reported")
    assert f"{decided(undated, left, again)['bound_on']:%Y-%m-%d}" == "2001-05-01"


@pytest.mark.parametrize(
    ("act", "latest", "signed", "signed_on"),
    [
        ("signature", "", True, "2001-02-01"),
        ("signature", "2001-07-01", False, "NaT"),
        ("accession", "", False, "NaT"),
    ],
)
def test_only_a_signature_that_is_certain_is_told_as_one(
    act: str, latest: str, signed: bool, signed_on: str
) -> None:
    row = decided(("AAA", act, "2001-02-01", latest, "confirmed"))
    assert (row["signed"], str(row["signed_on"])[:10]) == (signed, signed_on)


def test_of_two_possible_acts_the_consent_is_told() -> None:
    signature: Act = ("AAA", "signature", "2001-05-01", "2001-07-01", "reported")
    consent: Act = ("AAA", "ratification", "2001-04-01", "2001-07-01", "reported")
    assert decided(signature, consent)["possible"] == PARTY


def test_one_that_is_bound_a_third_time_is_so_since_then() -> None:
    days = ("2001-01-01", "2001-02-01", "2001-03-01", "2001-04-01", "2001-05-01")
    acts = ("ratification", "withdrawal", "accession", "withdrawal", "acceptance")
    rows: list[Act] = [
        ("AAA", act, day, "", "confirmed") for day, act in zip(days, acts, strict=True)
    ]
    assert f"{decided(*rows)['bound_on']:%Y-%m-%d}" == "2001-05-01"
