"""What is said of the next movers: for every convention, and where nobody is left."""

from __future__ import annotations

from datetime import date

import pytest

from adoption.sentences import movers as say
from tests.conftest import Act
from tests.movers.made import NEWEST, movers, of_acts
from tests.sentences.words import reads_well

CASES = [("hanoi", NEWEST), ("untoc", NEWEST), ("malabo", NEWEST), ("hanoi", date(2025, 10, 25))]


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


def test_reasons_say_what_the_numbers_are() -> None:
    row = {
        "status": "signed", "grade": "confirmed", "signed": True,
        "consent_reasons": "+next -neighbours +signed +record", "consent_next": 0.5,
        "consent_neighbours": 0.004, "consent_record": 0.61,
    }  # fmt: skip
    assert say.reasons_in_words(row, "consent", 4) == (
        "consented in the year after to 50% of those it had only signed by this age; against it: "
        "under 1% of the others of its regional group have consented; has signed; had consented "
        "to 61% of earlier treaties by this age"
    )
    reported = say.reasons_in_words(row | {"grade": "reported"}, "consent", 3)
    assert "is reported to have signed" in reported
    other = say.reasons_in_words(row | {"signed": False}, "consent", 3, leave_out=("neighbours",))
    assert "of those it had not signed by this age" in other


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
    reads_well([answer.text, say.signing_sentence(found)], [answer.title, answer.key_label])
