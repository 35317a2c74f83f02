"""The depositary's XML: read as printed, refused where anything is not as expected."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adoption.cli import main
from adoption.core.acts import CONSENTS
from adoption.ingest.readers.untc import ListedAct, ListedTreaty, read_untc
from tests.sources.mtdsg import CONSENT, HEADINGS, Row, mtdsg, printed, row

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


@pytest.mark.parametrize("number", ["XVIII-16", "XI-A-6", "XXVII-8-c", ""])
def test_the_number_of_the_treaty(number: str) -> None:
    assert read(ROWS, number=number).number == number


@pytest.mark.parametrize(
    ("heading", "cell", "act"),
    [
        ("Accession(a), Succession(d)", "1 Jan 2031 d", "succession"),
        ("Signature, Succession to signature(d)", "1 Jan 2031 d", "succession to signature"),
        ("Approval(AA), Acceptance(A), Accession(a), Ratification", "1 Jan 2031", "ratification"),
        ("Definitive signature(s), Acceptance(A)", "1 Jan 2031 s", "definitive signature"),
        ("Ratification, Accession(a)", "1 Jan 2031 AA", "approval"),  # the first of its kind
        ("Acceptance", "1 Jan 2031", "acceptance"),
        ("Ratification(R), Accession(A)", "1 Jan 2031 A", "accession"),
        ("Application", "1 Jan 2031", "consent to be bound"),
        ("Definitive acceptance", "1 Jan 2031", "acceptance"),
        ("Signature, Signature ad referendum (s)", "1 Jan 2031 s", "signature"),
        ("Signature ad referendum (s)", "1 Jan 2031 s", "signature"),
        ("Signature ad referendum (s)", "1 Jan 2031", "signature"),  # explained, and not printed
        ("Accession(a)", "1 Jan 2031", "accession"),
        (
            "Ratification, Participation under articles 3 (2) and (3)(P)",
            "1 Jan 2031 P",
            "consent to be bound",
        ),
        (
            "Definitive signature of the Protocol, Acceptance of the Protocol",
            "1 Jan 2031",
            "consent to be bound",
        ),  # either, which is not printed
        (
            "Accession to the Convention as amended(a), Succession to the Convention as amended(d)",
            "1 Jan 2031 d",
            "succession",
        ),
        (
            "Acceptance(A), Acceptance ipso facto by virtue of article 10 (1) of the Convention of "
            "12 September 1923, as amended(A)",
            "1 Jan 2031 A",
            "acceptance",
        ),
    ],
)
def test_a_mark_means_what_its_own_heading_says(heading: str, cell: str, act: str) -> None:
    (found,) = read(
        [("Mu", cell)], headings=("Participant <superscript>2</superscript>", heading)
    ).acts
    assert found == ListedAct("Mu", act, date(2031, 1, 1))


@pytest.mark.parametrize(
    "heading",
    [
        "Provisional application(n)",
        "Undertaking of provisional application in accordance with article 31",
        "Provisional acceptance/accession",
        "Notification under article 21 (1)",
    ],
)
def test_a_provisional_application_is_no_act_and_makes_a_row(heading: str) -> None:
    rows = [("Mu", "1 Jan 2030", ""), ("Lemuria", "", "2 Jan 2031 a")]
    found = read(rows, headings=("Participant", heading, CONSENT))
    assert [act.participant for act in found.acts] == ["Lemuria"]
    assert found.left_out == f"1 column not read: {found.not_read[0][0]} (1 day)"
    assert heading.startswith(found.not_read[0][0])


def test_a_row_without_a_day_is_left_out_and_told() -> None:
    found = read([*ROWS, row("Hyperborea", "", "")])
    assert found.acts == read(ROWS).acts
    assert found.left_out == "1 row without a day left out: Hyperborea"


def test_only_what_stands_is_counted() -> None:
    found = read([*ROWS, row("European Union", "", "1 Apr 2032 c")], signatories=7)
    assert found.totals() == {"signatories": (7, 3), "parties": (4, 4)}


def test_every_table_of_participants_is_read_and_no_other() -> None:
    one, other = mtdsg(TITLE, ROWS[:2]).decode("latin-1"), mtdsg(TITLE, ROWS[2:]).decode("latin-1")
    start = other.index("<Participants>")
    table = other[start : other.index("</Participants>")] + "</Participants>"
    both = one.replace("</Participants>", f"</Participants>{table}")
    assert read_untc(both.encode("latin-1"), "x").acts == read(ROWS).acts
    noted = one.replace("<SpecialTables />", f"<SpecialTables>{table[14:-15]}</SpecialTables>")
    found = read_untc(noted.encode("latin-1"), "x")
    assert found.acts == read(ROWS[:2]).acts
    assert "Lemuria" in "".join(said.text for said in found.statements)


SECTIONS = """
<LON><Table><Title>Ratifications</Title><Ratification><State.no.link>Mu</State.no.link>
<Ratification.date>&lt;right&gt;(May, 10th, 1933)&lt;/right&gt;</Ratification.date></Ratification>
</Table></LON>
<Declarations><Title>(Unless otherwise indicated)</Title><Declaration>
<Participant>Mu&lt;superscript&gt;3&lt;/superscript&gt;</Participant>
<text type="para">Subject\t to &lt;i&gt;article &lt;/i&gt; 3.</text><text type="para" />
<text type="para">For good.</text></Declaration></Declarations>
<TerritorialApplications show="YES"><Title>Territorial Application</Title>
<Header><col1>Participant</col1></Header>
<Application><Participant>Atlantis</Participant><DateNotification>7 Aug 1957</DateNotification>
<Territories>Isle of Sand</Territories></Application>
<Application><Participant /><DateNotification>14 Jan 1958</DateNotification>
<Territories>Isle of Salt</Territories></Application></TerritorialApplications>
<EndNotes><Note><index>1</index><text>See note 2.</text><table><totalCols>2</totalCols><row>
<col>Mu</col><col>1 May 1960</col></row></table></Note></EndNotes>
"""


def test_every_text_is_kept_and_is_its_participants() -> None:
    content = mtdsg(TITLE, ROWS).replace(b"<SpecialTables />", SECTIONS.encode())
    found = read_untc(content, "x").statements
    assert [(said.kind, said.participant, said.text) for said in found] == [
        ("other text", "", "lon\nRatifications\nMu\n(May, 10th, 1933)"),
        ("declaration", "", "(Unless otherwise indicated)"),
        ("declaration", "Mu", "Subject to article 3.\nFor good."),
        ("territorial application", "", "Territorial Application"),
        ("territorial application", "Atlantis", "7 Aug 1957\nIsle of Sand"),
        ("territorial application", "Atlantis", "14 Jan 1958\nIsle of Salt"),
        ("end note", "", "See note 2.\nMu\n1 May 1960"),
    ]


def test_the_number_of_a_footnote_changes_no_checksum() -> None:
    one, other = (
        read(ROWS, sections={"Objections": [("Mu", [f"We object.<superscript>{n}</superscript>"])]})
        for n in (3, 4)
    )
    assert one.statements == other.statements
    assert one.statements[0].sha256 == hashlib.sha256(b"We object.").hexdigest()


NAMES = st.sampled_from(
    [
        "Atlantis",
        "Côte Imaginaire",
        "Lemuria",
        "Mu",
        "Ruritania (Kingdom of)",
        "Türkland",
        "Sierra Nueva",
        "Union of the Isles",
    ]
)
DAYS = st.dates(date(1945, 1, 1), date(2099, 12, 31))


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
    st.sampled_from(
        ["", " ", "<superscript>1</superscript>", " <superscript>2, 3</superscript> ", " 7"]
    ),
    st.permutations(range(3)),
    st.sampled_from(["ISO-8859-1", "UTF-8", "windows-1252", "us-ascii"]),
    st.integers(1, 3),
)
def test_any_list_is_read_back_whatever_its_form(
    acts: list[ListedAct], blank: str, mark: str, order: list[int], encoding: str, tables: int
) -> None:
    rows = [
        tuple((cells[0] + mark, *cells[1:])[place] for place in order)
        for cells in printed(acts, blank)
    ]
    headings = [HEADINGS[place] for place in order]
    content = mtdsg(TITLE, rows, headings=headings, encoding=encoding, tables=tables)
    found = read_untc(content, "x.xml")
    assert sorted(found.acts, key=str) == sorted(acts, key=str)
    standing = [act for act in acts if not act.superseded]
    signed = {act.participant for act in standing if act.act == "signature"}
    bound = {act.participant for act in standing if act.act != "signature"}
    assert (found.signatories, found.parties) == (len(signed), len(bound))


@pytest.mark.parametrize(
    ("printed_text", "day"),
    [
        ("not yet in force", None),
        ("", None),
        ("29 September\t 2003, in accordance with article 38.", date(2003, 9, 29)),
        ("Not yet in force: on 1 January 2031 at the earliest", None),
        ("Definitively on 3 March 1999; provisionally on 2 May 1998", date(1999, 3, 3)),
        ("provisionally on 1 January 1948.", None),
        ("provisionally on 26 January 1994 and definitively on 25 March 1994", date(1994, 3, 25)),
        ("11 April 1958, as amended by the Protocol of 3 April 1958", date(1958, 4, 11)),
        ('1 August 1988: "where it is not yet in force on 1 May 1989 ..."', date(1988, 8, 1)),
    ],
)
def test_the_entry_into_force_of_the_header(printed_text: str, day: date | None) -> None:
    found = read_untc(mtdsg("T", [row("Qatar", "25 Oct 2025")], in_force=printed_text), "x.xml")
    assert found.in_force_on == day
    if "provisionally" in printed_text:
        assert found.provisionally_on in (date(1998, 5, 2), date(1948, 1, 1), date(1994, 1, 26))
    assert found.not_in_force is printed_text.casefold().startswith("not yet")


def test_entry_into_force_is_printed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for in_force, line in (
        ("29 September 2003", "printed: 1 signatories, 0 parties, in force on 2003-09-29"),
        ("not yet in force", "printed: 1 signatories, 0 parties, not yet in force"),
        (
            "provisionally on 1 May 1948",
            "printed: 1 signatories, 0 parties, in force provisionally on 1948-05-01",
        ),
        ("", "printed: 1 signatories, 0 parties, no day in force"),
    ):
        path = tmp_path / "x.xml"
        path.write_bytes(mtdsg("T", [row("Qatar", "25 Oct 2002")], in_force=in_force))
        assert main(["read", str(path)]) == 0
        assert capsys.readouterr().out.splitlines()[1] == line
