"""The depositary's XML: read as printed, refused where anything is not as expected."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adoption.data.readers.decoding import UnreadableError
from adoption.data.readers.listed import ListedAct, ListedTreaty
from adoption.data.readers.untc import read_untc
from tests.sources.mtdsg import CONSENT, HEADINGS, SIGNATURE, Row, mtdsg, printed, row

TITLE = "Convention on Invented Things"
ROWS = [
    row("Atlantis <superscript>1</superscript>", " 2 Jan\t 2030 ", "14 Feb\t 2031 AA"),
    row("Côte Imaginaire", "2\N{NO-BREAK SPACE}Jan 2030"),
    row("Lemuria", "", " 3 Mar\t 2031 a "),
    row("Mu 4,5", "[5 Jan\t 2030 ]", "[11 Jul 2031 A]"),
    row("Ruritania", " 5 Jan\t 2030 ", " 9 Apr\t 2031 "),
]


def read(rows: Sequence[Row], **given: object) -> ListedTreaty:
    return read_untc(mtdsg(TITLE, rows, **given), "XVIII-16.en.xml")  # type: ignore[arg-type]


def test_a_list_is_read_as_it_is_printed() -> None:
    found = read(ROWS, sections={"Declarations": [("Mu", ["We left.", "For good."])]})
    assert found.title == TITLE
    assert (found.signatories, found.parties) == (3, 3)
    assert found.entry_into_force == {}
    assert [(act.participant, act.act, str(act.day), act.superseded) for act in found.acts] == [
        ("Atlantis", "signature", "2030-01-02", False),
        ("Atlantis", "approval", "2031-02-14", False),
        ("Côte Imaginaire", "signature", "2030-01-02", False),
        ("Lemuria", "accession", "2031-03-03", False),
        ("Mu", "signature", "2030-01-05", True),
        ("Mu", "acceptance", "2031-07-11", True),
        ("Ruritania", "signature", "2030-01-05", False),
        ("Ruritania", "ratification", "2031-04-09", False),
    ]
    (said,) = found.statements
    assert (said.kind, said.participant, said.text) == ("declaration", "Mu", "We left.\nFor good.")


def test_a_protocol_has_its_title_in_another_element() -> None:
    """`Subtitlesect` stands in the place of `Titlesect`, never beside it: Nagoya - Kuala Lumpur."""
    content = mtdsg(TITLE, ROWS)
    protocol = content.replace(b"Titlesect>", b"Subtitlesect>")
    assert protocol != content
    assert read_untc(protocol, "x.xml") == read_untc(content, "x.xml")
    bare = protocol.replace(b"Header>", b"Treaty>").replace(b"ExternalData>", b"Treaty>")
    assert read_untc(bare, "x.xml").statements == (), "a title is no statement"


@pytest.mark.parametrize(
    ("cell", "act"),
    [
        ("1 Jan 2031", "ratification"),
        ("1 Jan 2031 A", "acceptance"),
        ("1 Jan 2031AA", "approval"),
        ("1 Jan 2031 a", "accession"),
        ("1 Jan 2031 d", "succession"),
    ],
)
def test_the_case_of_a_mark_matters(cell: str, act: str) -> None:
    (found,) = read([row("Mu", "", cell)]).acts
    assert found == ListedAct("Mu", act, date(2031, 1, 1))


def test_a_cell_may_hold_what_was_before() -> None:
    found = read([row("Mu", "", "[1 Jan 2031 a] 5 May 2033 a")]).acts
    assert found == (
        ListedAct("Mu", "accession", date(2031, 1, 1), superseded=True),
        ListedAct("Mu", "accession", date(2033, 5, 5)),
    )


def test_a_provisional_application_is_no_act_and_makes_a_row() -> None:
    headings = ("Participant", "Provisional application(n)", CONSENT)
    rows = [("Mu", "1 Jan 2030 n", ""), ("Lemuria", "", "2 Jan 2031 a")]
    (found,) = read(rows, headings=headings).acts
    assert found.participant == "Lemuria"


def test_totals_are_those_of_the_header() -> None:
    found = read(ROWS, signatories=None, parties=None)
    assert (found.signatories, found.parties) == (None, None)
    content = mtdsg(TITLE, ROWS, parties=72)
    content = content.replace(b"<Signatories>3", b"<Signatories>Signatories : 0 ")
    found = read_untc(content, "x")
    assert (found.signatories, found.parties) == (0, 72)


@pytest.mark.parametrize(
    ("rows", "given", "problem"),
    [
        ([row("Mu", "", "1 Jan 2030")], {"headings": ("Participant", SIGNATURE, "Accession(a)")},
         "no mark in '1 Jan 2030'; marks are A, AA"),
        ([row("Mu" * 300, "1 Jan 2030")], {}, "row 1: a cell of 600 letters"),
        ([row("Mu", "[1 Jan 2030] [1 Jan 2030]")], {}, "signature of Mu stands twice"),
        ([("Mu",)], {"headings": ("Participant",)}, "the headings are 'Participant'; one Part"),
    ],
    ids=range(4),
)  # fmt: skip
def test_what_is_not_as_expected_is_refused(
    rows: list[Row], given: dict[str, object], problem: str
) -> None:
    with pytest.raises(UnreadableError) as caught:
        read(rows, **given)
    assert str(caught.value).startswith("XVIII-16.en.xml: ")
    assert problem in str(caught.value)


def test_another_form_is_refused() -> None:
    content = mtdsg(TITLE, ROWS)
    for old, new, problem in (
        (b"Participants>", b"Party>", "no element Participants: not the list"),
        (b"Tbody>", b"Body>", "6 rows, but 1 in TGroup/Thead and TGroup/Tbody: another form"),
        (b"Thead>", b"Head>", "table 1: 0 rows of headings where one is expected"),
        (b"not yet in force", b"31 September 2003", "EIF: '31 September 2003' is not a day"),
    ):
        with pytest.raises(UnreadableError, match=re.escape(problem)):
            read_untc(content.replace(old, new), "x.xml")


def test_every_table_of_participants_is_read_and_no_other() -> None:
    one, other = mtdsg(TITLE, ROWS[:2]).decode("latin-1"), mtdsg(TITLE, ROWS[2:]).decode("latin-1")
    start = other.index("<Participants>")
    table = other[start : other.index("</Participants>")] + "</Participants>"
    both = one.replace("</Participants>", f"</Participants>{table}")
    assert read_untc(both.encode("latin-1"), "x").acts == read(ROWS).acts
    noted = one.replace("</Treaty>", f"<Notifications>{table}</Notifications></Treaty>")
    found = read_untc(noted.encode("latin-1"), "x")
    assert found.acts == read(ROWS[:2]).acts
    assert "Lemuria" in "".join(said.text for said in found.statements)


NAMES = st.sampled_from(
    ["Atlantis", "Côte Imaginaire", "Lemuria", "Mu", "Ruritania (Kingdom of)", "Türkland",
     "Sierra Nueva", "Union of the Isles"]
)  # fmt: skip
DAYS = st.dates(date(1945, 1, 1), date(2099, 12, 31))
CONSENTS = ("ratification", "acceptance", "approval", "accession", "formal confirmation",
            "succession", "definitive signature", "consent to be bound")  # fmt: skip


@st.composite
def lists(draw: st.DrawFn) -> list[ListedAct]:
    """Some participants, each with a signature, a consent or both, superseded or not."""
    acts = []
    for name in draw(st.lists(NAMES, min_size=1, unique=True)):
        gone = draw(st.booleans())
        kinds = draw(st.sampled_from([(0,), (1,), (0, 1)]))
        for kind in kinds:
            act = draw(st.sampled_from(CONSENTS)) if kind else "signature"
            acts.append(ListedAct(name, act, draw(DAYS), superseded=gone))
    return acts


@settings(max_examples=150, deadline=None)
@given(
    lists(),
    st.sampled_from([" ", "\t ", "  \t", "\N{NO-BREAK SPACE}"]),
    st.sampled_from(["", " ", "<superscript>1</superscript>", " <superscript>2, 3</superscript> ",
                     " 7"]),
    st.permutations(range(3)),
    st.sampled_from(["ISO-8859-1", "UTF-8", "windows-1252", "us-ascii"]),
    st.integers(1, 3),
)  # fmt: skip
def test_any_list_is_read_back_whatever_its_form(
    acts: list[ListedAct], blank: str, mark: str, order: list[int], encoding: str, tables: int
) -> None:
    rows = [tuple((cells[0] + mark, *cells[1:])[place] for place in order)
            for cells in printed(acts, blank)]  # fmt: skip
    headings = [HEADINGS[place] for place in order]
    content = mtdsg(TITLE, rows, headings=headings, encoding=encoding, tables=tables)
    found = read_untc(content, "x.xml")
    assert sorted(found.acts, key=str) == sorted(acts, key=str)
    standing = [act for act in acts if not act.superseded]
    signed = {act.participant for act in standing if act.act == "signature"}
    bound = {act.participant for act in standing if act.act != "signature"}
    assert (found.signatories, found.parties) == (len(signed), len(bound))


@pytest.mark.parametrize(
    ("printed_text", "day", "said"),
    [
        ("", None, False),
        ("in force", None, False),
        ("Not yet\t in force  (see article 65).", None, True),
        ("29 September\t 2003, in accordance with article 38.", date(2003, 9, 29), False),
        ("Definitively on 3 March 1999; provisionally on 2 May 1998", date(1999, 3, 3), False),
    ],
)
def test_the_entry_into_force_of_the_header(
    printed_text: str, day: date | None, said: bool
) -> None:
    found = read_untc(mtdsg("T", [row("Qatar", "25 Oct 2025")], in_force=printed_text), "x.xml")
    assert (found.in_force_on, found.not_in_force) == (day, said)
