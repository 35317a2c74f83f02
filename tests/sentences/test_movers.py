"""What is said of the next movers: for every convention, and where nobody is left."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pandas as pd
import pytest

from adoption.law.conventions import load_conventions
from adoption.sentences import movers as say
from adoption.sentences.forecast_words import chance_in_words
from adoption.views.movers import movers_view
from tests.conftest import Act
from tests.movers.made import NEWEST, movers, of_acts

FAULTS = r"\bnan\b|None\b(?! of)|NaT|  |\.\.|\bno of\b|\bthe the\b|\b1 (are|have|states)\b|\b0%"
CASES = [*((name, NEWEST) for name in load_conventions()), ("hanoi", date(2025, 10, 25))]


@pytest.mark.parametrize(("name", "day"), CASES)
def test_every_convention(name: str, day: date) -> None:
    found = movers(name, day)
    for text in (say.consent_sentence(found), say.signing_sentence(found)):
        assert not re.search(FAULTS, text), text
        assert text.endswith(".")


def test_the_hanoi_convention_on_both_readings() -> None:
    found = movers("hanoi")
    text = say.consent_sentence(found)
    number, reported = found.consent, found.consent_if_reports
    assert text.startswith(
        f"By the model, about {number.expected:.0f} of the 193 states not known to be bound will "
        f"consent to be bound by 24 November 2027 (80% interval {number.low} to {number.high}; "
        f"reported consents are not counted: where they are, about {reported.expected:.0f} of 190, "
    )
    assert "A state that has signed has a chance of" in text
    signing = say.signing_sentence(found)
    assert "of the 120 states not known to have signed will sign by 31 December 2026" in signing


def test_the_likeliest_are_named_in_order() -> None:
    top = say.likeliest(movers("hanoi"), "consent", 3)
    assert top["consent"].is_monotonic_decreasing
    assert top["consent"].max() == movers("hanoi").frame["consent"].max()
    first = f"{top['name'].iloc[0]} ({chance_in_words(top['consent'].iloc[0])})"
    assert f"The likeliest are {first}, " in say.consent_sentence(movers("hanoi"))


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        (
            "untoc",
            "closed for signature on 12 December 2002: only accession is possible for a state",
        ),
        ("budapest", "No closing day for signature of the Budapest Convention is known"),
        ("malabo", "is not named in any source seen, so no chance to sign is given."),
    ],
)
def test_why_there_is_no_chance_to_sign(name: str, expected: str) -> None:
    assert expected in say.signing_sentence(movers(name))


def test_nobody_and_one_are_left() -> None:
    every = movers("hanoi").frame["iso3"].tolist()
    acts: list[Act] = [(iso3, "signature", "2001-03-01", "", "confirmed") for iso3 in every]
    acts += [(iso3, "ratification", "2001-03-01", "", "confirmed") for iso3 in every]
    nobody = of_acts(*acts, closes=date(2002, 12, 31))
    assert "has consented to be bound: nobody is left" in say.consent_sentence(nobody)
    assert "has signed or consented: nobody is left" in say.signing_sentence(nobody)
    but_one = [act for act in acts if act[0] != "PHL"]
    one = of_acts(*but_one, closes=date(2002, 12, 31))
    assert say.consent_sentence(one).startswith(
        "One state is not known to be bound: the Philippines. By the model its chance to consent "
    )
    assert say.signing_sentence(one).startswith("One state is not known to have signed: the Phil")


def test_one_that_withdrew_is_not_asked_and_that_is_said() -> None:
    left: list[Act] = [
        ("FRA", "ratification", "2001-03-01", "", "confirmed"),
        ("FRA", "withdrawal", "2001-06-01", "", "confirmed"),
    ]
    found = of_acts(*left, closes=date(2002, 12, 31))
    assert "FRA" not in say.likeliest(found, "consent", 200)["iso3"].tolist()
    assert (
        f"of the {found.consent.states} states not known to have consented to be bound will "
        "consent to be bound by "
    ) in say.consent_sentence(found)
    assert "states not known to have signed will sign by" in say.signing_sentence(found)
    view = movers_view(found, "consent")
    assert view is not None
    assert "states not known to have consented to be bound." in view.caption


def test_reasons_say_what_the_numbers_are() -> None:
    row = {
        "status": "signed",
        "grade": "confirmed",
        "signed": True,
        "consent_reasons": "+next -neighbours +signed +record",
        "consent_next": 0.5,
        "consent_neighbours": 0.004,
        "consent_record": 0.61,
    }
    assert say.reasons_in_words(row, "consent", 4) == (
        "consented in the year after to 50% of those it had only signed by this age; against it: "
        "under 1% of the others of its regional group have consented; has signed; had consented "
        "to 61% of earlier treaties by this age"
    )
    left = say.reasons_in_words(row, "consent", 3, leave_out=("next", "neighbours"))
    assert left.startswith("has signed; had consented to 61%")
    assert "is reported to have signed" in say.reasons_in_words(
        row | {"grade": "reported"}, "consent", 3
    )
    other = say.reasons_in_words(row | {"signed": False}, "consent", 3)
    assert "of those it had not signed by this age" in other
    assert "is not known to have signed" in other


def test_no_comparison_by_signature_where_there_is_one_kind() -> None:
    found = movers("hanoi")
    alike = replace(found, frame=found.frame.assign(signed=True))
    assert "A state that has signed" not in say.consent_sentence(alike)
    assert isinstance(found.frame, pd.DataFrame)


@pytest.mark.parametrize(("name", "day"), CASES)
def test_the_answer_of_the_page(name: str, day: date) -> None:
    found = movers(name, day)
    answer = say.movers_answer(found)
    assert answer.text.startswith(say.consent_sentence(found))
    forecast = name in ("hanoi", "budapest-2ap")
    assert ("For the total, see Entry into force." in answer.text) == forecast
    asked = found.signing is not None or found.no_signing == "closed"
    assert (say.signing_sentence(found) in answer.text) == asked
    assert answer.key_figure == f"{found.consent.low} to {found.consent.high}"
    for text in (answer.text, answer.title, answer.key_label):
        assert not re.search(FAULTS, text), text
