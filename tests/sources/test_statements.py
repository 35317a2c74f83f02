"""Declarations and other texts: whose they are, and that none is lost."""

from __future__ import annotations

from lxml import etree

from adoption.sources.statements import read_statements


def told(body: str) -> list[tuple[str, str, str]]:
    root = etree.fromstring(f"<R><Treaty>{body}</Treaty></R>")
    return [(found.kind, found.participant, found.text) for found in read_statements(root)]


def test_a_statement_is_its_participants() -> None:
    found = told(
        "<Declarations><Declaration><Participant>Atlantis &lt;superscript&gt;3&lt;/superscript&gt;"
        "</Participant><Text type='para'>Subject to article 3.</Text><Text>And\t article 4.</Text>"
        "</Declaration><Declaration><Participant>Lemuria</Participant><Text>We do.</Text>"
        "</Declaration></Declarations>"
    )
    assert found == [
        ("declaration", "Atlantis", "Subject to article 3.\nAnd article 4."),
        ("declaration", "Lemuria", "We do."),
    ]


def test_every_section_has_its_kind() -> None:
    names = {
        "Declarations": "declaration",
        "DeclarationsUnderArticle": "declaration",
        "Objections": "objection",
        "Notifications": "notification",
        "TerritorialApplications": "territorial application",
        "EndNotes": "end note",
    }
    body = "".join(f"<{name}><X>text of {name}</X></{name}>" for name in names)
    assert told(body) == [(kind, "", f"text of {name}") for name, kind in names.items()]


def test_text_that_is_nobodys_is_kept() -> None:
    found = told(
        "<Declarations>Before<Title>(Unless otherwise indicated)</Title><Group><Title>On signature"
        "</Title><Entry><Participant>Mu</Participant><B>We <i>sign</i>.</B>tail</Entry>after"
        "</Group><Group/></Declarations>"
    )
    assert found == [
        ("declaration", "", "(Unless otherwise indicated)"),
        ("declaration", "", "On signature"),
        ("declaration", "Mu", "We\nsign\n.\ntail"),
        ("declaration", "", "after"),
        ("declaration", "", "Before"),
    ]


def test_nothing_is_nothing() -> None:
    assert told("<Declarations/><EndNotes> <Note> </Note></EndNotes><Participants/>") == []


def test_blanks_and_footnotes_do_not_change_a_checksum() -> None:
    one, other = (
        read_statements(etree.fromstring(f"<R><EndNotes><Note>{text}</Note></EndNotes></R>"))
        for text in ("Deposited in 2030.", "Deposited\n\tin&#160;2030.&lt;superscript&gt;4"
                     "&lt;/superscript&gt;")
    )  # fmt: skip
    assert one == other
    assert len(one) == 1
