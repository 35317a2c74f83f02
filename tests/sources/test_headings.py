"""Headings of the depositary's tables: which acts a column holds, and by which marks."""

from __future__ import annotations

import pytest

from adoption.data.dictionary import ACTS
from adoption.data.readers.decoding import UnreadableError
from adoption.data.readers.headings import CONSENT_MARKS, read_heading

# As they stand in tables of the depositary that public readers took from its XML.
SEEN = [
    "Signature",
    "Signature, Succession to signature(d)",
    "Ratification, Accession(a)",
    "Accession(a), Ratification",
    "Accession(a), Succession(d), Ratification",
    "Acceptance(A), Accession(a), Succession(d)",
    "Acceptance(A), Ratification, Approval(AA), Accession(a)",
    "Approval(AA), Acceptance(A), Accession(a), Ratification",
    "Approval(AA), Acceptance(A), Accession(a), Succession(d), Ratification, "
    "Consent to be bound(P)",
    "Approval(AA), Acceptance(A), Accession(a), Ratification, Definitive signature(s)",
    "Ratification, Acceptance(A), Approval(AA), Formal confirmation(c), Accession(a), "
    "Succession(d)",
    "Definitive signature(s), Acceptance(A)",
    "Definitive signature(s), Ratification, Acceptance(A), Approval(AA), Accession(a), "
    "Succession(d)",
]  # fmt: skip


@pytest.mark.parametrize("text", SEEN)
def test_the_headings_that_were_seen_are_known(text: str) -> None:
    heading = read_heading(text, "x")
    assert heading.kind == "acts"
    assert heading.text == text
    assert set(heading.marks.values()) <= set(ACTS)
    unmarked = [part.strip().lower() for part in text.split(",") if "(" not in part]
    assert [heading.marks[""]] == unmarked if unmarked else "" not in heading.marks


def test_a_mark_means_what_its_own_column_says() -> None:
    signatures = read_heading("Signature, Succession to signature(d)", "x")
    assert signatures.marks == {"": "signature", "d": "succession to signature"}
    consents = read_heading("Accession(a), Ratification", "x")
    assert consents.marks == {**CONSENT_MARKS, "": "ratification"}
    assert consents.marks["d"] == "succession"
    own = read_heading("Ratification(R), Accession(A)", "x").marks
    assert (own["R"], own["A"]) == ("ratification", "accession")


def test_the_only_act_of_a_column_needs_no_mark() -> None:
    assert read_heading("Acceptance", "x").marks[""] == "acceptance"


def test_two_acts_without_a_mark_leave_a_day_without_one_unknown() -> None:
    assert "" not in read_heading("Acceptance, Approval", "x").marks
    assert read_heading("Acceptance, Ratification", "x").marks[""] == "ratification"


@pytest.mark.parametrize("text", ["Participant", " participant 3", "Participant<superscript>2"])
def test_the_column_of_participants_is_known(text: str) -> None:
    assert read_heading(text.replace("<superscript>2", ""), "x").kind == "participant"


@pytest.mark.parametrize(
    "text", ["Provisional application(n)", "Provisional application under Article V"]
)
def test_a_provisional_application_is_passed_over(text: str) -> None:
    assert read_heading(text, "x").kind == "passed over"


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("Signatures", "unknown heading 'Signatures': 'Signatures' is no act; did you mean sig"),
        ("Ratification, Adhesion(a)", "'Adhesion(a)' is no act; did you mean"),
        ("Ratification; Accession(a)", "is no act"),
        ("Ratification, Accession(aaa)", "'Accession(aaa)' is no act"),
        ("", "unknown heading ''"),
        ("Ratification,, Accession(a)", "'' is no act"),
        ("Accession(a), Approval(a)", "a mark stands for two acts"),
        ("Ratification, " * 40, "a heading of 558 letters"),
    ],
)
def test_another_heading_is_refused(text: str, problem: str) -> None:
    with pytest.raises(UnreadableError) as caught:
        read_heading(text, "x.xml: table 1")
    assert str(caught.value).startswith("x.xml: table 1: ")
    assert problem in str(caught.value)
