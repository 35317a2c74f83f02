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
    "untc: tags": lambda: filled(f"{XML}<R>", "<a/>", "</R>"),
    "untc: tags that are allowed": lambda: filled(f"{XML}<R>", "<a/>", "</R>", 190_000),
    "untc: open tags": lambda: filled(XML, "<a>"),
    "untc: attributes": attributes,
    "untc: a long attribute": lambda: filled(f'{XML}<R a="', "x", '"/>'),
    "untc: a long text": lambda: filled(f"{XML}<R>", "x", "</R>"),
    "untc: references": lambda: filled(f"{XML}<R>", "&#233;", "</R>"),
    "untc: a long name": lambda: filled(
        f"{TABLE}<Row><Entry>", "M ", f"</Entry></Row>{END}", 4_000_000
    ),
    "untc: rows": lambda: filled(TABLE, ROW, END, 30_000),
    "untc: rows in rows": lambda: (
        f"{TABLE}{'<Row><Entry>' * 100}{'x' * 9_000_000}{'</Entry></Row>' * 100}{END}".encode()
    ),
    "untc: a long heading": lambda: filled(
        f"{START}<Entry>", "Signature, ", f"</Entry></Row></Thead><Tbody>{END}", 900_000
    ),
    "untc: open footnotes": lambda: filled(
        f"{TABLE}{ROW}{TABLE_END}<EndNotes>",
        f"<N>{'&lt;superscript>' * 500}</N>",
        "</EndNotes></R>",
    ),
    "untc: statements": lambda: filled(
        f"{TABLE}{ROW}{TABLE_END}<EndNotes>{'<g>' * 200}",
        "<N><Participant>M</Participant>no</N>",
        f"{'</g>' * 200}</EndNotes></R>",
        45_000,
    ),
    "untc: null": lambda: b"\0" * FULL,
    "untc: line ends": lambda: filled("", "\n", "<"),
    "coe: tags": lambda: filled("<html>", "<b>", "</html>", 190_000),
    "coe: attributes": lambda: filled("<html><a ", "b ", "></a></html>"),
    "coe: attributes behind a sign": lambda: filled("<html><a b='>' ", "c ", "></a></html>"),
    "coe: tables in tables": lambda: filled("<html>", "<table><tr><td>1/1/2001", "</html>", 60_000),
    "coe: text in tables": lambda: (
        "<html>" + "<table><tr><td>" * 70 + "x" * 9_000_000 + "</html>"
    ).encode(),
    "coe: rows": lambda: filled(
        "<html><table><tr><td><td>Signature<td>Ratification<td>Entry into force",
        "<tr><td>M<td><td><td>", "</html>", 35_000,
    ),
    "coe: charts": lambda: filled(
        "<html>", "Chart of signatures and ratifications of Treaty 185 ", "</html>"
    ),
    "coe: scripts": lambda: filled("<html>", "<script>", "</html>", 190_000),
    "coe: comments": lambda: filled("<html>", "<!-- --", "</html>", 190_000),
    "coe: no tags": lambda: filled("<html>", "< ", "</html>", 190_000),
    "coe-service: brackets": lambda: filled("", "["),
    "coe-service: lists": lambda: filled("[", "[],", "[]]"),
    "coe-service: lists that are allowed": lambda: filled("[", "[],", "[]]", 290_000),
    "indicators: commas": lambda: filled("[", "1,", "1]"),
    "indicators: numbers that are allowed": lambda: filled("[", "1.5,", "1]", 1_490_000),
    "indicators: texts that are allowed": lambda: filled("[", '"abcdefgh",', "1]", 1_490_000),
    "indicators: a long number": lambda: filled("[", "9", "]"),
    "indicators: a long text": lambda: filled('["', "\\u00e9", '"]'),
    "countries: objects": lambda: filled('[{"pages":1,"total":1},[', "{},", "{}]]", 290_000),
    "gci: lines": lambda: filled("a,b\n", "1,2\n"),
    "gci: columns": lambda: filled("", "a,", "\n"),
    "gci: a long cell": lambda: filled("", "a", "\n"),
    "gci: an open quote": lambda: filled('a,b\n"', "a\n"),
    "gci: rows": lambda: rows("gci"),
    "egdi: rows": lambda: rows("egdi"),
    "votes: rows": lambda: rows("votes"),
    "egdi: cells": lambda: filled("a," * 190 + "\n", "1," * 190 + "\n"),
    "votes: empty lines": lambda: filled("a\n", "\n"),
}  # fmt: skip
