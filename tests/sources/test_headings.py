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
    "Acceptance(A), Ratification, Approval(AA), Accession(a)",
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
    assert "" not in read_heading("Acceptance, Approval", "x").marks
    assert read_heading("Acceptance", "x").marks[""] == "acceptance"
    own = read_heading("Ratification(R), Accession(A)", "x").marks
    assert (own["R"], own["A"]) == ("ratification", "accession")


def test_columns_that_hold_no_acts() -> None:
    texts = (" participant 3", "Provisional application under Article V")
    assert [read_heading(text, "x").kind for text in texts] == ["participant", "passed over"]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("Signatures", "unknown heading 'Signatures': 'Signatures' is no act; did you mean sig"),
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
