"""What is said of waiting times: every convention and day; no word without sense."""

from __future__ import annotations

import re
from datetime import date

import pytest

from adoption.law.conventions import load_conventions
from adoption.sentences import survival as say
from adoption.sentences.survival_notes import clock_note, reach_list
from tests.conftest import bound
from tests.survival.made import CASES, FAULTS, NEWEST, STEPS, made_waiting, real, signed

COMPARED = ("untoc", "uncac", "terrorist-financing", "nuclear-terrorism", "budapest")


@pytest.mark.parametrize(("name", "day"), CASES)
def test_any_convention_on_any_day(name: str, day: date) -> None:
    signing, consent = (real(name, step, day) for step in STEPS)
    others = [
        real(other, "consent", day) for other in COMPARED
        if other != name and load_conventions()[other].opens <= day
    ]  # fmt: skip
    waits = [consent, *others]
    answer = say.survival_answer(signing, waits)
    texts = [answer.text, say.signing_sentence(signing), say.consent_sentence(consent),
             clock_note(consent)]  # fmt: skip
    titles = [say.signing_title(signing), say.consent_title(waits), say.group_title(signing),
              say.group_title(consent), answer.key_figure, answer.key_label]  # fmt: skip
    for said in [*texts, *titles, reach_list([signing], [consent])]:
        assert said
        assert not re.search(FAULTS, said), said
    assert all(text.endswith(".") for text in texts)
    assert not any(title.endswith(".") for title in titles)
    assert load_conventions()[name].short_title in answer.text


def test_this_convention_on_its_first_day_and_today() -> None:
    first = real("hanoi", "signature", date(2025, 10, 25))
    assert say.signing_sentence(first) == (
        "68 of the 194 states that could sign the UN Convention against Cybercrime did so on the "
        "first day (four of them by report only)."
    )
    today = real("hanoi", "signature")
    assert say.signing_sentence(today).endswith(
        "; 71 had by 26 October 2025. After that the list is not complete: three more are known, "
        "which makes at least 38%."
    )
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
    answer = say.survival_answer(real("untoc", "signature"), [untoc])
    assert answer.key_figure == "3.6 years"


def test_conventions_that_tell_little() -> None:
    malabo = real("malabo", "signature")
    assert say.signing_title(malabo) == "No source names who signed the Malabo Convention"
    answer = say.survival_answer(malabo, [real("malabo", "consent")])
    assert answer.text == "No source names who signed the Malabo Convention."
    assert answer.key_figure == "not known"
    arab = real("arab-2010", "signature")
    assert "Of 22 states 21 signed" in say.signing_sentence(arab)
    before = real("arab-2010", "signature", date(2010, 12, 21))
    assert "Of 22 states up to 21 signed" in say.signing_sentence(before)
    assert say.consent_sentence(real("arab-2010", "consent")).startswith(
        "Of 21 known signatories 10 consented; the list is not complete"
    )


def test_one_and_none() -> None:
    none = made_waiting("signature", day=date(2001, 6, 1))
    assert say.signing_title(none).startswith(
        "None of 4 states is known to have signed on the first day, 0% by 1 June 2001"
    )
    rows = [signed(code, "2001-01-01") for code in ("AAA", "BBB", "CCC")]
    one = made_waiting("consent", *rows, bound("AAA", "2002-01-01"))
    assert say.consent_title([one]) == "1 of 3 signatories has consented"
    assert say.consent_sentence(one) == (
        "Of its three known signatories one has consented; when half will have is not observed."
    )
    assert "No state is known to have consented without having signed." in clock_note(one)
    acceded = made_waiting("consent", *rows, bound("DDD", "2002-01-01", act="accession"))
    assert "One state consented without being known to have signed" in clock_note(acceded)


def test_the_groups_furthest_apart() -> None:
    assert say.group_title(real("hanoi", "signature")) == (
        "On the first day 41% signed of the Western European and Other States Group, 30% of the "
        "Eastern European Group"
    )
    assert say.group_title(real("untoc", "consent")) == (
        "Half consented within 2.2 years in the Eastern European Group, within 6.5 years in the "
        "Asia-Pacific Group"
    )
    assert say.group_title(real("nagoya-kuala-lumpur", "consent")).endswith(
        "; in one group half have not been observed to"
    )
    assert say.group_title(real("hanoi", "consent")).startswith("Too few consents")


def test_how_far_states_are_followed() -> None:
    names = ("hanoi", "untoc", "malabo", "arab-2010")
    pairs = [[real(name, step, NEWEST) for name in names] for step in STEPS]
    hanoi, untoc, malabo, arab = reach_list(*pairs).splitlines()
    assert "are followed to 26 October 2025. " in hanoi
    assert "to 12 December 2002 for signature and to 27 January 2014 for consent" in untoc
    assert "no source names who signed" in malabo
    assert "no list is known to be complete" in arab
