"""Sentences on one state: its acts, and the other conventions of its brief."""

from __future__ import annotations

import pytest

from adoption.law.status import Row
from adoption.sentences.state import act_sentence, brief_answer, brief_sentence
from tests.conftest import Act
from tests.sentences.test_made_up import made, ratified, signed
from tests.sentences.test_sentences import faults


def row_of(iso3: str, *rows: Act, day: str = "2003-01-01") -> Row:
    return dict(made(day, *rows).participants.set_index("iso3").loc[iso3].to_dict())


LEFT: Act = ("AAA", "withdrawal", "2002-02-03", "", "confirmed")


@pytest.mark.parametrize(
    ("rows", "says", "never"),
    [
        ([], "No act of AAA on the Pact is known.", ""),
        ([*signed("AAA"), *ratified("AAA")],
         "AAA signed the Pact on 2 January 2001 and is bound by its ratification on "
         "3 January 2001.", "report"),
        ([*ratified("AAA"), (*LEFT[:4], "reported")],
         "The withdrawal of AAA from the Pact on 3 February 2002 is reported, not confirmed.",
         "bound"),
        ([*ratified("AAA", grade="reported"), (*LEFT[:3], "2009-01-01", "confirmed")],
         "The ratification of the Pact by AAA on 3 January 2001 is reported, not confirmed; it "
         "may have withdrawn since.", "bound"),
        ([*signed("AAA"), *ratified("AAA", grade="reported")],
         "AAA signed the Pact on 2 January 2001; its ratification on 3 January 2001 is "
         "reported, not confirmed.", "bound"),
    ],
)  # fmt: skip
def test_what_one_state_did(rows: list[Act], says: str, never: str) -> None:
    text = act_sentence(row_of("AAA", *rows), "Pact")
    assert text == says
    assert not never or never not in text


@pytest.mark.parametrize(
    ("to", "reported", "ends"),
    [
        ([], [], "It is not known to be bound by any of the three other conventions compared."),
        (["X"], [], "It is bound by one of the three other conventions compared: X."),
        (["X", "Y"], ["Z"], "bound by two of the three other conventions compared: "
         "X and Y. Its consent to the Z is reported, not confirmed."),
        ([], ["Z"], "conventions compared. Its consent to the Z is reported, not confirmed."),
    ],
)  # fmt: skip
def test_the_other_conventions_of_a_brief(to: list[str], reported: list[str], ends: str) -> None:
    text = brief_sentence(row_of("AAA"), "Pact", to, reported, 3)
    assert text.startswith("No act of AAA on the Pact is known. It is ")
    assert text.endswith(ends)
    assert faults(text) == []


MAY_HAVE: Act = (*LEFT[:3], "2009-01-01", "confirmed")


@pytest.mark.parametrize(
    ("others", "ends"),
    [
        ([[MAY_HAVE]], "by the one other convention compared. It consented to be bound by the "
         "Atlantis Convention; whether it has withdrawn since is not known."),
        ([[], [MAY_HAVE], [LEFT]], "by one of the three other conventions compared: Atlantis "
         "Convention. It consented to be bound by the Atlantis Convention; whether it has "
         "withdrawn since is not known."),
        ([[MAY_HAVE], [MAY_HAVE]], "by any of the two other conventions compared. It consented to "
         "be bound by the Atlantis Convention and Atlantis Convention; whether it has withdrawn "
         "from any of them since is not known."),
    ],
)  # fmt: skip
def test_a_party_that_may_have_withdrawn_is_not_counted_among_what_binds(
    others: list[list[Act]], ends: str
) -> None:
    statuses = [made("2003-01-01", *ratified("AAA"), *more) for more in others]
    answer = brief_answer("AAA", made("2003-01-01", closes=None), statuses)
    assert answer.text.endswith(ends)
    assert answer.key_figure == f"{len(others) // 3} of {len(others)}"
