"""What a publisher's list of one treaty says: acts, totals and statements."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date

from adoption.data.dictionary import CONSENTS, SIGNATURES


@dataclass(frozen=True)
class ListedAct:
    """An act as the publisher prints it.

    Attributes
    ----------
    participant : str
        The name as printed, without footnote marks and doubled blanks.
    act : str
        One of `adoption.data.dictionary.ACTS`.
    day : date
    superseded : bool
        Whether the day stands in square brackets: the act no longer stands and is not
        counted.
    """

    participant: str
    act: str
    day: date
    superseded: bool = False


@dataclass(frozen=True)
class Statement:
    """A text that belongs to the list, kept with its checksum.

    Attributes
    ----------
    kind : str
        `declaration`, `objection`, `notification`, `territorial application`, `end note`, or
        `other text` for one from a section that is not known.
    participant : str
        Whose it is; empty where none is printed.
    text : str
        The paragraphs as they were given, one a line, with single blanks and without footnote
        marks and other markup; before those of an `other text` the name of its section.
    sha256 : str
        Of `text` as it is here, its lines parted by one line feed and none at the end, in
        UTF-8.
    """

    kind: str
    participant: str
    text: str
    sha256: str


@dataclass(frozen=True)
class ListedTreaty:
    """The list of one treaty.

    Attributes
    ----------
    title : str
        As printed.
    acts : tuple of ListedAct
        In the order of the list.
    signatories, parties : int or None
        The totals that the publisher prints; None where it prints none.
    statements : tuple of Statement
        Declarations, objections, notifications and notes, in the order of the file.
    in_force_on : date or None
        The day on which the treaty entered into force, where the publisher prints it.
    not_in_force : bool
        Whether the publisher prints that the treaty is not yet in force.
    number : str
        The number of the treaty in its publisher's own series, such as `XVIII-16`; empty
        where it is not printed.
    """

    title: str
    acts: tuple[ListedAct, ...]
    signatories: int | None
    parties: int | None
    statements: tuple[Statement, ...]
    in_force_on: date | None = None
    not_in_force: bool = False
    number: str = ""

    def totals(self) -> dict[str, tuple[int | None, int]]:
        """Return each total as printed and as counted from the acts, organisations included."""
        return {
            "signatories": (self.signatories, self._count(SIGNATURES)),
            "parties": (self.parties, self._count(CONSENTS)),
        }

    def _count(self, acts: tuple[str, ...]) -> int:
        return len({act.participant for act in self.acts if act.act in acts and not act.superseded})


def statement(kind: str, participant: str, text: str) -> Statement:
    """Return a statement with the checksum of its text as it is kept.

    Examples
    --------
    >>> statement("declaration", "Qatar", "Subject to article 3.").sha256[:8]
    '2c7a1365'
    """
    return Statement(kind, participant, text, hashlib.sha256(text.encode()).hexdigest())
