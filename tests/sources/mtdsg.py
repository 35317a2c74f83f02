"""Plays the UN Treaty Collection: writes the XML of one treaty as the depositary does.

    mtdsg("Convention on Invented Things", [row("Qatar", "25 Oct 2025"), ...])

The numbers of the header are counted from the rows unless they are given.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from xml.sax.saxutils import escape

from adoption.ingest.readers.untc import ListedAct

Row = tuple[str, ...]

SIGNATURE = "Signature"
CONSENT = "Acceptance(A), Ratification, Approval(AA), Accession(a)"
HEADINGS = ("Participant", SIGNATURE, CONSENT)
COUNTED = -1
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
MARKS = {
    "signature": "",
    "ratification": "",
    "acceptance": "A",
    "approval": "AA",
    "accession": "a",
    "formal confirmation": "c",
    "succession": "d",
    "definitive signature": "s",
    "consent to be bound": "P",
    "succession to signature": "d",
}


def un_day(day: date, mark: str = "", superseded: bool = False, blank: str = "\t ") -> str:
    """Return a day as the depositary prints it: `25 Oct\\t 2025 a`."""
    text = f"{day.day} {MONTHS[day.month - 1]}{blank}{day.year} {mark}".strip()
    return f"[{text} ]" if superseded else f"{text} "


def row(participant: str, signature: str = "", consent: str = "") -> Row:
    """Return a row under the usual headings."""
    return (participant, signature, consent)


def printed(acts: Sequence[ListedAct], blank: str = "\t ") -> list[Row]:
    """Return the rows that print some acts under the usual headings, one a participant."""
    cells: dict[str, list[str]] = {}
    for act in acts:
        assert act.day is not None
        column = int(act.act not in ("signature", "succession to signature"))
        day = un_day(act.day, MARKS[act.act], act.superseded, blank)
        cells.setdefault(act.participant, ["", ""])[column] += day
    return [row(participant, *found) for participant, found in cells.items()]


def mtdsg(
    title: str,
    rows: Sequence[Row],
    signatories: int | None = COUNTED,
    parties: int | None = COUNTED,
    headings: Sequence[str] = HEADINGS,
    sections: Mapping[str, Sequence[tuple[str, Sequence[str]]]] | None = None,
    encoding: str = "ISO-8859-1",
    tables: int = 1,
    declared: str | None = None,
    in_force: str = "not yet in force",
    number: str = "",
) -> bytes:
    """Return the XML of one treaty.

    Parameters
    ----------
    title : str
        Of the treaty.
    rows : sequence of tuple of str
        The cells as printed, in the order of the headings.
    signatories, parties : int or None
        Of the header; None leaves the element empty.
    headings : sequence of str
        Of the columns.
    sections : mapping, optional
        From the name of a section, such as `Declarations`, to its statements: the participant,
        empty for none, and the paragraphs.
    encoding : str
        In which the file is; letters that it has not are written as numbers.
    tables : int
        In how many groups the rows stand.
    declared : str, optional
        The encoding that the file declares; else the one in which it is.
    in_force : str
        What the header says of the entry into force.
    number : str
        Of the treaty, such as XVIII-16 or XI-A-6; nothing is printed where it is empty.
    """
    if signatories == COUNTED:
        signatories = _count(rows, headings, "signature")
    if parties == COUNTED:
        parties = _count(rows, headings, "accession", "ratification", "acceptance", "approval")
    each = -(-len(rows) // tables) or 1
    groups = [rows[start : start + each] for start in range(0, max(len(rows), 1), each)]
    body = "".join(
        f"<TGroup><Thead>{_row(headings)}</Thead><Tbody><Rows>"
        f"{''.join(map(_row, group))}</Rows></Tbody></TGroup>"
        for group in groups
    )
    chapter, name = _numbered(number)
    text = (
        f'<?xml version="1.0" encoding="{declared or encoding}"?>\n'
        f"<Document><Treaty><Template>mtdsg</Template><Header>{chapter}<ExternalData>{name}"
        f"<Titlesect>{escape(title)}</Titlesect><Conclusion>Sampletown</Conclusion>"
        f"<EIF><Label>Entry into force</Label>\n<Labeltext>{escape(in_force)}</Labeltext></EIF>"
        f"<Status><Label>Status</Label><Signatories>{_number(signatories)}</Signatories>"
        f"<Parties>{_number(parties)}</Parties></Status></ExternalData></Header>\n"
        f"<Participants><Table>{body}</Table></Participants><SpecialTables />"
        f"{''.join(_section(name, found) for name, found in (sections or {}).items())}"
        "<Footer>XVIII 16. Invented Matters</Footer></Treaty></Document>\n"
    )
    return text.encode(encoding, "xmlcharrefreplace")


def _numbered(number: str) -> tuple[str, str]:
    """Return how the header prints the number of a treaty: the chapter, and what stands in it."""
    found = re.fullmatch(r"([IVX]+)(?:-([A-Z]))?-([0-9]+)(?:-([a-z]))?", number)
    if not found:
        return "<Chapter><Name>INVENTED MATTERS</Name></Chapter>", ""
    chapter, under, place, part = found.groups("")
    return (
        f"<Chapter><Header>CHAPTER {chapter}</Header><Name>INVENTED MATTERS</Name></Chapter>"
        + (f"<SubChapter><Header>{under}</Header><Name>Some</Name></SubChapter>" if under else ""),
        f"<Numsect>{place}</Numsect>" + (f"<Subnumsect>{part}</Subnumsect>" if part else ""),
    )


def _count(rows: Sequence[Row], headings: Sequence[str], *words: str) -> int:
    """Return how many rows have a day that stands in a column whose heading has a word."""
    counted = 0
    for cells in rows:
        pairs = zip(headings, cells, strict=False)
        texts = [cell for head, cell in pairs if any(word in head.lower() for word in words)]
        counted += any(text.strip() and not text.strip().startswith("[") for text in texts)
    return counted


def _number(number: int | None) -> str:
    return "" if number is None else str(number)


def _row(cells: Sequence[str]) -> str:
    return f"<Row>{''.join(f'<Entry>{escape(cell)}</Entry>' for cell in cells)}</Row>\n"


def _section(name: str, statements: Sequence[tuple[str, Sequence[str]]]) -> str:
    single = name.removesuffix("s")
    written = []
    for participant, paragraphs in statements:
        whose = f"<Participant>{escape(participant)}</Participant>" if participant else ""
        texts = "".join(f'<text type="para">{escape(text)}</text>' for text in paragraphs)
        written.append(f"<{single}>{whose}{texts}</{single}>")
    return f"<{name}>{''.join(written)}</{name}>"
