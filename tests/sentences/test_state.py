"""Sentences on one state: its acts, and the other conventions of its brief."""

from __future__ import annotations

from datetime import date

import pytest

from adoption.law.status import Row, Status, status_on
from adoption.sentences.state import act_sentence, brief_answer, brief_sentence
from tests.conftest import Act, bound, made_up
from tests.sentences.test_made_up import made, ratified, signed, tables_of
from tests.sentences.test_sentences import faults


def row_of(iso3: str, *rows: Act, day: str = "2003-01-01") -> Row:
    return dict(made(day, *rows).participants.set_index("iso3").loc[iso3].to_dict())


LEFT: Act = ("AAA", "withdrawal", "2002-02-03", "", "confirmed")


@pytest.mark.parametrize(
    ("rows", "says", "never"),
    [
        ([], "No act of AAA on the Pact is known.", ""),
        (signed("AAA"), "AAA signed the Pact on 2 January 2001 and is not known to be bound.", ""),
        (
            [*signed("AAA"), *ratified("AAA")],
            "AAA signed the Pact on 2 January 2001 and is bound by its ratification on "
            "3 January 2001.",
            "report",
        ),
        ([*ratified("AAA"), LEFT], "AAA withdrew from the Pact on 3 February 2002.", "bound"),
        (
            [*ratified("AAA"), (*LEFT[:4], "reported")],
            "The withdrawal of AAA from the Pact on 3 February 2002 is reported, not confirmed.",
            "bound",
        ),
        (
            [*ratified("AAA"), LEFT, bound("AAA", "2002-05-01", act="accession")],
            "AAA is bound by the Pact, by its accession on 1 May 2002.",
            "withdr",
        ),
        (
            [*ratified("AAA"), LEFT, bound("AAA", "2002-05-01", "2009-01-01", "accession")],
            "AAA withdrew from the Pact on 3 February 2002; it may have consented again since.",
            "bound",
        ),
        (
            [*ratified("AAA"), (*LEFT[:3], "2009-01-01", "confirmed")],
            "AAA is bound by the Pact, by its ratification on 3 January 2001; it may have "
            "withdrawn since.",
            "report",
        ),
        (
            [*ratified("AAA", grade="reported"), (*LEFT[:3], "2009-01-01", "confirmed")],
            "The ratification of the Pact by AAA on 3 January 2001 is reported, not confirmed; it "
            "may have withdrawn since.",
            "bound",
        ),
        (
            [*signed("AAA"), *ratified("AAA", grade="reported")],
            "AAA signed the Pact on 2 January 2001; its ratification on 3 January 2001 is "
            "reported, not confirmed.",
            "bound",
        ),
    ],
)
def test_what_one_state_did(rows: list[Act], says: str, never: str) -> None:
    text = act_sentence(row_of("AAA", *rows), "Pact")
    assert text == says
    assert not never or never not in text


def test_a_name_has_its_article() -> None:
    row = {**row_of("AAA", *signed("AAA")), "name": "Philippines", "article": "the"}
    assert act_sentence(row, "Pact").startswith("the Philippines signed the Pact on")
    assert brief_sentence(row, "Pact", [], [], 2).startswith("The Philippines signed the Pact on")
    never = {**row_of("AAA"), "name": "Philippines", "article": "the"}
    assert act_sentence(never, "Pact") == "No act of the Philippines on the Pact is known."


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


@pytest.mark.parametrize(
    ("to", "others", "ends"),
    [
        ([], 1, " It is not known to be bound by the one other convention compared."),
        (["X"], 1, " It is bound by the one other convention compared: X."),
        ([], 0, " No other convention is compared."),
        ([], 2, " It is not known to be bound by any of the two other conventions compared."),
    ],
)
def test_one_other_convention_and_none(to: list[str], others: int, ends: str) -> None:
    text = brief_sentence(row_of("AAA"), "Pact", to, [], others)
    assert text == f"No act of AAA on the Pact is known.{ends}"


MAY_HAVE: Act = (*LEFT[:3], "2009-01-01", "confirmed")
NOT_KNOWN = "whether it has withdrawn since is not known."


def other(title: str, *rows: Act) -> Status:
    acts, states = tables_of(rows)
    return status_on(made_up(short_title=title), date(2003, 1, 1), acts, states)


@pytest.mark.parametrize(
    ("others", "ends"),
    [
        (
            [other("Pact", *ratified("AAA"), MAY_HAVE)],
            "It is not known to be bound by the one other convention compared. It consented to be "
            f"bound by the Pact; {NOT_KNOWN}",
        ),
        (
            [other("Pact", *ratified("AAA", grade="reported"), MAY_HAVE)],
            "It is not known to be bound by the one other convention compared. Its consent to the "
            f"Pact is reported, not confirmed; {NOT_KNOWN}",
        ),
        (
            [
                other("Pact", *ratified("AAA"), MAY_HAVE),
                other("Treaty", *ratified("AAA", grade="inferred"), MAY_HAVE),
                other("Accord", *ratified("AAA", grade="reported"), MAY_HAVE),
                other("Charter", *ratified("AAA", grade="reported")),
            ],
            "It is not known to be bound by any of the four other conventions compared. Its "
            "consent to the Charter is reported, not confirmed. It consented to be bound by the "
            "Pact and Treaty; whether it has withdrawn from any of them since is not known. "
            f"Its consent to the Accord is reported, not confirmed; {NOT_KNOWN}",
        ),
    ],
)
def test_where_it_may_have_withdrawn_its_consent_is_named_with_its_grade(
    others: list[Status], ends: str
) -> None:
    answer = brief_answer("AAA", made("2003-01-01", closes=None), others)
    assert answer.text.endswith(f" is known. {ends}")
    assert answer.key_figure == f"0 of {len(others)}"
    assert faults(answer.text) == []


def test_a_party_that_may_have_withdrawn_is_not_counted_among_what_binds() -> None:
    sure, unsure, left = (
        made("2003-01-01", *ratified("AAA"), *more) for more in ([], [MAY_HAVE], [LEFT])
    )
    text = brief_answer("AAA", made("2003-01-01", closes=None), [sure, unsure, left])
    assert text.key_figure == "1 of 3"
    assert text.text.endswith(
        "It is bound by one of the three other conventions compared: Atlantis Convention. It "
        f"consented to be bound by the Atlantis Convention; {NOT_KNOWN}"
    )


def test_a_window_is_said_as_one() -> None:
    row = row_of("AAA", bound("AAA", "2001-02-01", "2001-02-28"))
    assert "in February 2001" in act_sentence(row, "Pact")
    row = row_of("AAA", bound("AAA", "2001-02-01", "2001-03-05"))
    assert "between 1 February and 5 March 2001" in act_sentence(row, "Pact")
