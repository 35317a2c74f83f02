"""The headings of a table of participants in the UN Treaty Collection.

A heading names the acts of its column, each with the mark that stands after its day:
`Signature, Succession to signature(d)` or `Approval(AA), Acceptance(A), Accession(a),
Ratification`. Which acts, and in which order, differs between treaties; the case of a mark
matters. The act without a mark in the heading has none after its day. All forms here were
seen in tables that public readers took from the XML of some 300 treaties: besides the marks
of the consents below, `n` of `Provisional application(n)`, which is no act of the project and
is passed over, and `Provisional application under Article V` without a mark.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from adoption.data.dictionary import CONSENTS, SIGNATURES
from adoption.data.readers.cells import LONGEST, participant
from adoption.data.readers.decoding import UnreadableError, nearest_to, shown

PARTICIPANT = "participant"
PASSED_OVER = "provisional application"

# What a mark means in a column of consents, also where the heading does not name its act:
# the depositary adds the act to the heading when there is the first of its kind.
CONSENT_MARKS = {
    "A": "acceptance",
    "AA": "approval",
    "a": "accession",
    "c": "formal confirmation",
    "d": "succession",
    "s": "definitive signature",
    "P": "consent to be bound",
}
PART = re.compile(r"([A-Za-z ]+?) ?(?:\( ?([A-Za-z]{1,2}) ?\))?")


@dataclass(frozen=True)
class Heading:
    """What a column holds.

    Attributes
    ----------
    text : str
        As printed.
    kind : str
        `participant`, `acts` or `passed over`.
    marks : dict of str to str
        From the mark after a day to the act; the empty mark is that of a day without one.
    """

    text: str
    kind: str
    marks: dict[str, str]


def read_heading(text: str, place: str) -> Heading:
    """Return what a heading says of its column.

    Examples
    --------
    >>> read_heading("Signature, Succession to signature(d)", "x.xml").marks["d"]
    'succession to signature'
    """
    text = participant(text)
    if text.casefold() == PARTICIPANT:
        return Heading(text, "participant", {})
    if text.casefold().startswith(PASSED_OVER):
        return Heading(text, "passed over", {})
    if len(text) > LONGEST:
        raise UnreadableError(f"{place}: a heading of {len(text):,} letters: {shown(text)}")
    named = [_part(part, text, place) for part in text.split(",")]
    marked = {mark: act for mark, act in named if mark}
    unmarked = [act for mark, act in named if not mark]
    if len(marked) + len(unmarked) != len(named):
        raise UnreadableError(f"{place}: heading {shown(text)}: a mark stands for two acts")
    if "ratification" in unmarked:
        marked[""] = "ratification"
    elif len(unmarked) == 1:
        marked[""] = unmarked[0]
    signatures_only = all(act in SIGNATURES for _, act in named)
    return Heading(text, "acts", marked if signatures_only else CONSENT_MARKS | marked)


def _part(part: str, heading: str, place: str) -> tuple[str, str]:
    """Return the mark and the act of one part of a heading."""
    found = PART.fullmatch(part.strip())
    act = found[1].casefold() if found else ""
    if not found or act not in (*SIGNATURES, *CONSENTS):
        raise UnreadableError(
            f"{place}: unknown heading {shown(heading)}: {shown(part.strip())} is no act; "
            f"{nearest_to(part.split('(')[0].strip(), (*SIGNATURES, *CONSENTS, PARTICIPANT))}"
        )
    return found[2] or "", act
