"""What is said of waiting times: every convention and day; no word without sense."""

from __future__ import annotations

from datetime import date

import pytest

from adoption.law.conventions import load_conventions
from adoption.show import survival as say
from adoption.show.survival import clock_note, reach_list
from tests.sentences.words import reads_well
from tests.survival.made import CASES, STEPS, real

COMPARED = ("untoc", "uncac", "terrorist-financing", "nuclear-terrorism", "budapest")


@pytest.mark.parametrize(("name", "day"), CASES[::5])
def test_any_convention_on_any_day(name: str, day: date) -> None:
    signing, consent = (real(name, step, day) for step in STEPS)
    others = [
        real(other, "consent", day) for other in COMPARED
        if other != name and load_conventions()[other].opens <= day
    ]  # fmt: skip
    waits = [consent, *others]
    answer = say.survival_answer(signing, consent)
    texts = [answer.text, say.signing_sentence(signing), say.consent_sentence(consent),
             clock_note(consent)]  # fmt: skip
    titles = [say.signing_title(signing), say.consent_title(waits), say.group_title(signing),
              say.group_title(consent), answer.key_figure, answer.key_label]  # fmt: skip
    reads_well([*texts, reach_list([signing], [consent])], titles)
    assert load_conventions()[name].short_title in answer.title
    assert len(answer.text.split()) <= 25


def test_this_convention_on_its_first_day_and_today() -> None:
    first = real("hanoi", "signature", date(2025, 10, 25))
    assert say.signing_sentence(first) == (
        "68 of the 194 states that could sign the UN Convention against Cybercrime did so on the "
        "first day (four of them by report only)."
    )
    today = real("hanoi", "signature")
    assert say.signing_sentence(today).endswith("; 71 had by 26 October 2025.")
    assert say.signing_title(today) == (
        "68 of 194 states signed on the first day, 37% by 26 October 2025, at least 38% since"
    )
    consent = real("hanoi", "consent")
    assert say.consent_sentence(consent) == (
        "Of its 74 known signatories none is confirmed to have consented; three are reported."
    )


def test_a_median_with_its_interval_and_its_bounds() -> None:
    untoc, budapest = real("untoc", "consent"), real("budapest", "consent")
    assert say.consent_sentence(untoc) == (
        "Half of its 146 signatories consented within 3.6 years of their own signature (95% "
        "interval 3.1 to 4.1 years)."
    )
    assert say.consent_sentence(real("uncac", "consent")).startswith(
        "After the day of signing, half of its 139 signatories"
    )
    assert "within 4.9 to 5.2 years" in say.consent_sentence(budapest)
    assert say.consent_title([untoc, budapest]) == (
        "Half of the signatories consented within 3.6 years; elsewhere half took 5.2 years"
    )
    answer = say.survival_answer(real("untoc", "signature"), untoc)
    assert answer.key_figure == "3.6 years"


def test_conventions_that_tell_little() -> None:
    malabo = real("malabo", "signature")
    assert say.signing_title(malabo) == "No source names who signed the Malabo Convention"
    answer = say.survival_answer(malabo, real("malabo", "consent"))
    assert answer.text == "No source names who signed the Malabo Convention."
    assert answer.key_figure == "not known"
    arab = real("arab-2010", "signature")
    assert "Of 22 states 21 signed" in say.signing_sentence(arab)
    before = real("arab-2010", "signature", date(2010, 12, 21))
    assert "Of 22 states up to 21 signed" in say.signing_sentence(before)
    assert say.consent_sentence(real("arab-2010", "consent")).startswith(
        "Of 21 known signatories 10 consented; the list is not complete"
    )
