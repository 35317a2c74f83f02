"""Declarations and other texts: whose they are, that none is lost, and that each is as given."""

from __future__ import annotations

import hashlib
from xml.sax.saxutils import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from adoption.data.readers.listed import statement
from adoption.data.readers.statements import OTHER, read_statements


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


def kept(*paragraphs: str) -> str:
    """Return what is kept of the paragraphs of a declaration, escaped as a file has them."""
    texts = "".join(f"<Text>{escape(paragraph)}</Text>" for paragraph in paragraphs)
    found = told(
        f"<Declarations><Declaration><Participant>Mu</Participant>{texts}</Declaration>"
        "</Declarations>"
    )
    return found[0][2] if found else ""


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
        "</Title><Entry><Participant>Mu</Participant><P>We <i>sign</i>.</P>tail</Entry>after"
        "</Group><Group/></Declarations>"
    )
    assert found == [
        ("declaration", "", "(Unless otherwise indicated)"),
        ("declaration", "", "On signature"),
        ("declaration", "Mu", "We sign.\ntail"),
        ("declaration", "", "after"),
        ("declaration", "", "Before"),
    ]


def test_blanks_and_footnotes_do_not_change_a_checksum() -> None:
    one, other = (
        read_statements(etree.fromstring(f"<R><EndNotes><Note>{text}</Note></EndNotes></R>"))
        for text in ("Deposited in 2030.", "Deposited\n\tin&#160;2030.&lt;superscript&gt;4"
                     "&lt;/superscript&gt;")
    )  # fmt: skip
    assert one == other
    assert [said.sha256 for said in one] == [hashlib.sha256(b"Deposited in 2030.").hexdigest()]
    assert statement("end note", "Côte", "Réserve").sha256 == (
        hashlib.sha256("Réserve".encode()).hexdigest()
    )


@pytest.mark.parametrize(
    "text",
    [
        "It declares that <article> 64 (2) & its annex do not bind it.",
        "It states <with> 5 > 3 and 3 < 5.",
        "Write to <registry@example.org> or <https://example.org/a?b=c&d>.",
        "\u0645\u06cc\u200c\u062f\u0627\u0631\u062f",  # Persian
        "&lt;p&gt; &amp; &nbsp;",
    ],
)
def test_what_is_no_markup_is_kept(text: str) -> None:
    assert kept(text) == text


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("One<p>two</p>three", "One\ntwo\nthree"),
        ("One<br>two<BR/>three<br />four", "One\ntwo\nthree\nfour"),
        ("<table><tr><td>One</td><td class='x y'>two</td></tr></table>", "One\ntwo"),
        ("un<b>do</b>ne, <em>so</em> <strong>be</strong> it", "undone, so be it"),
        ('See <a href="https://example.org/a?b=c" target="_blank">there</a>.', "See there."),
        ("the<sup> </sup>first of <span style='x'>June</span>", "the first of June"),
        ("Article<superscript>4, 5</superscript>3", "Article 3"),
        ("la C<superscript>ie</superscript> des Indes", "la Cie des Indes"),
        ("It<superscript>7 is", "It<superscript>7 is"),
    ],
)
def test_known_markup_goes_and_joins_no_words(text: str, meant: str) -> None:
    assert kept(text) == meant


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("not bound by article 5<sup>2</sup>", "not bound by article 5^2"),
        ("10<superscript>6</superscript> euro", "10^6 euro"),
        ("10<sub>2</sub> and 10<subscript>8</subscript>", "10_2 and 10_8"),
        ("1<sup>st</sup>, 1<superscript>er</superscript>", "1st, 1er"),
        ("10<SUP class='x'> 6</SUP>7", "10^6 7"),
        ("10<sup>6</sup>euro, 5<superscript>2</superscript>bis", "10^6 euro, 5^2 bis"),
        ("<sup>1</sup>/<sub>2</sub>, m<sup>2</sup>, CO<sub>2</sub>x", "1/2, m2, CO2x"),
        ("3<superscript>1</superscript><superscript>2</superscript> of it", "3^1^2 of it"),
    ],
)  # fmt: skip
def test_what_is_raised_after_a_digit_stays_and_stays_apart(text: str, meant: str) -> None:
    assert kept(text) == meant
    (found,) = told(f"<EndNotes><Note>{text}</Note></EndNotes>")
    assert found[2] == meant


def raised(*marks: str) -> str:
    return "".join(f"<superscript>{mark}</superscript>" for mark in marks)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        (f"the law of 14 March 2003{raised('5')} applies", "the law of 14 March 2003 applies"),
        (f"on 14/3/2003{raised('5')}, 14.03.2003{raised('5')}, 4.3.2003{raised('5')}, in "
         f"1998-2003{raised('5')}, (2003{raised('5')})",
         "on 14/3/2003, 14.03.2003, 4.3.2003, in 1998-2003, (2003)"),
        # What is no year may have a power, or be an article with a number of its own.
        (f"1799{raised('5')}, 2100{raised('5')}, 203{raised('5')}", "1799^5, 2100^5, 203^5"),
        (f"12003{raised('5')}, 20030{raised('5')}, 0.2003{raised('5')}, 1,2003{raised('5')}",
         "12003^5, 20030^5, 0.2003^5, 1,2003^5"),
        # Nor is what else is raised after a year a mark.
        (f"2003{raised('bis')}, 2003<sup>5</sup>, 2003<sub>5</sub>, 2003<subscript>5</subscript>",
         "2003bis, 2003^5, 2003_5, 2003_5"),
    ],
)  # fmt: skip
def test_a_mark_right_after_a_year_goes(text: str, meant: str) -> None:
    assert kept(text) == meant


def test_markup_may_stand_as_elements() -> None:
    (found,) = told(
        "<EndNotes><Note>Re<b>place</b>d<superscript>3</superscript>.<p>See <sup>2</sup>.</p>"
        "<Row><td>One</td><td>two</td></Row>C<superscript>ie</superscript></Note></EndNotes>"
    )
    assert found[2] == "Replaced.\nSee 2.\nOne\ntwo\nCie"


@given(st.text(st.characters(exclude_categories=["C"]), min_size=1))
def test_what_has_no_angle_is_kept_but_for_blanks(text: str) -> None:
    bare = text.replace("<", "")
    assert kept(bare) == " ".join(bare.split())


PARTICIPANTS = (
    "<Participants><Table><TGroup><Tbody>Atlantis</Tbody></TGroup></Table></Participants>"
)


def test_a_section_of_another_name_is_kept_with_its_name() -> None:
    found = told(
        f"{PARTICIPANTS}<Reservations><Reservation><Participant>Qatar</Participant><Text>Not "
        "article\t3.</Text></Reservation><Title>In full</Title></Reservations>"
        "<Reservation><Participant>Oman</Participant><Text>Nor 4.</Text></Reservation>"
        "<Understandings>It is understood that nothing is.</Understandings>"
        "<Texts><EndNotes><Note>A note.</Note></EndNotes><Corrections><X>A correction.</X>"
        "</Corrections>in between</Texts>"
    )
    assert found == [
        (OTHER, "Qatar", "Reservations\nNot article 3."),
        (OTHER, "", "Reservations\nIn full"),
        (OTHER, "Oman", "Reservation\nNor 4."),
        (OTHER, "", "Understandings\nIt is understood that nothing is."),
        ("end note", "", "A note."),
        (OTHER, "", "Corrections\nA correction."),
        (OTHER, "", "Texts\nin between"),
    ]


@pytest.mark.parametrize(
    "part",
    [
        "<Header><ExternalData><Titlesect>Convention on Invented Things</Titlesect></ExternalData>"
        "<Unknown>What stands in the header is left.</Unknown></Header>",
        "<ExternalData><Registration><Labeltext>1 January 2030, No. 1.</Labeltext></Registration>"
        "<TreatyText><Text>United Nations, Treaty Series, vol. 1, p. 1.</Text></TreatyText>"
        "</ExternalData>",
        "<Volume>II</Volume><Printed>25-Nov-2026 07:15:02 AM</Printed><Day>2 January 2030</Day>"
        "<Chapter>PENAL MATTERS AND ALL THE OTHERS</Chapter><Kind>Penal Matters</Kind><Empty/>",
        "<Participants><Note>What stands in the table is read or refused.</Note></Participants>",
    ],
)
def test_the_header_the_table_and_values_are_no_statements(part: str) -> None:
    assert told(f"{PARTICIPANTS}{part}<EndNotes><Note>A note.</Note></EndNotes>") == [
        ("end note", "", "A note.")
    ]
