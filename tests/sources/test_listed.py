"""What a publisher's list of a treaty says."""

from __future__ import annotations

import hashlib

from adoption.data.readers.listed import statement


def test_a_statement_has_the_checksum_of_its_text_in_utf_8() -> None:
    found = statement("declaration", "Côte d'Ivoire", "Réserve\nde l'article 3")
    assert found.sha256 == hashlib.sha256("Réserve\nde l'article 3".encode()).hexdigest()
    assert (found.kind, found.participant) == ("declaration", "Côte d'Ivoire")


def test_the_same_text_has_the_same_checksum_whoever_says_it() -> None:
    one, other = (statement("objection", who, "We object.") for who in ("Oman", "Qatar"))
    assert one.sha256 == other.sha256
    assert statement("objection", "Oman", "We object!").sha256 != one.sha256
