"""Files that would take all memory or time of a careless reader; made when they are wanted.

Each is at most 20 MB, the most that is read.
"""

from __future__ import annotations

from collections.abc import Callable

from tests.sources.damage import SOUND

FULL = 19_900_000
XML = '<?xml version="1.0"?>\n'
START = f"{XML}<R><Titlesect>T</Titlesect><Participants><Table><TGroup><Thead><Row>"
TABLE = f"{START}<Entry>Participant</Entry><Entry>Signature</Entry></Row></Thead><Tbody>"
ROW = "<Row><Entry>M</Entry><Entry>1 Jan 2030</Entry></Row>"
TABLE_END = "</Tbody></TGroup></Table></Participants>"
END = f"{TABLE_END}</R>"


def filled(start: str, piece: str, end: str = "", most: int = 10**9) -> bytes:
    """Return a start, a piece as often as it fits, and an end."""
    times = min((FULL - len(start) - len(end)) // len(piece), most)
    return (start + piece * times + end).encode()


def laughs() -> bytes:
    """Return ten entities, each ten times the one before."""
    entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
    return f'{XML}<!DOCTYPE R [<!ENTITY e0 "ha">{entities}]><R>&e11;</R>'.encode()


def attributes() -> bytes:
    """Return an element with as many attributes as are allowed."""
    names = " ".join(f"a{number}=''" for number in range(390_000))
    return f"{XML}<R {names}/>".encode()


def rows(reader: str) -> bytes:
    """Return the sound file of a reader with its only row as often as rows are read."""
    heading, row, _ = SOUND[reader].decode().split("\n")
    return filled(f"{heading}\n", f"{row}\n", "", 100_000)


# By the name of the reader and what the file is full of.
BOMBS: dict[str, Callable[[], bytes]] = {
    "untc: entities": laughs,
    "untc: tags that are allowed": lambda: filled(f"{XML}<R>", "<a/>", "</R>", 190_000),
    "untc: open tags": lambda: filled(XML, "<a>"),
    "untc: attributes": attributes,
    "untc: rows": lambda: filled(TABLE, ROW, END, 30_000),
    "untc: rows in rows": lambda: (
        f"{TABLE}{'<Row><Entry>' * 100}{'x' * 9_000_000}{'</Entry></Row>' * 100}{END}".encode()
    ),
    "untc: open footnotes": lambda: filled(
        f"{TABLE}{ROW}{TABLE_END}<EndNotes>",
        f"<N>{'&lt;superscript>' * 500}</N>",
        "</EndNotes></R>",
    ),
    "untc: null": lambda: b"\0" * FULL,
    "indicators: texts that are allowed": lambda: filled("[", '"abcdefgh",', "1]", 1_490_000),
    "countries: objects": lambda: filled('[{"pages":1,"total":1},[', "{},", "{}]]", 290_000),
    "gci: a long cell": lambda: filled("", "a", "\n"),
    "gci: an open quote": lambda: filled('a,b\n"', "a\n"),
    "gci: rows": lambda: rows("gci"),
}  # fmt: skip
