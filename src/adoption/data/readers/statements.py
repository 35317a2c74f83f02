"""The texts that follow the table of a treaty in the UN Treaty Collection.

What is documented: the elements of `KINDS` are children of `Treaty`; a public reader takes from
`Declarations` each `Declaration` with its `Participant` and its `Text` elements. How the
others are built inside was not seen. So an element with a child `Participant` is a statement
of that participant whatever its own name, and text that belongs to none is a statement of
nobody.

Text beside the known parts, in a section of another name or in none, is a statement of the
kind `OTHER`, whose first line is the name of the element that holds it. So no text is lost, and
a change in it is seen by its checksum. Not taken is what stands in the elements of `READ`, which
`untc` reads or leaves; nor a value alone in an element that is not known, as a number, a day or
a name of two words: it says nothing, and a day of printing would be new each week.

A text is kept as it was given, but for its blanks, for signs that only tell where a line may
break, and for markup. Markup stands in a file as elements or, escaped, in the text itself:

- a footnote mark, `<superscript>1, 2</superscript>`, goes with what it holds, but no words do;
- but a number that is raised or lowered right after a digit may be a power, or that of an article:
  it stays, set off by a sign: `10^6` of `10<superscript>6</superscript>`, `5^2` of
  `5<sup>2</sup>`, `5_2` of `5<sub>2</sub>`;
- yet right after a year, of 1800 to 2099, a `superscript` without words is a mark and goes, as no
  year has a power: the depositary numbers its footnotes anew, and that changes no statement;
- at the tags of `LINES` and of elements that are not known a line ends, so no words are joined;
- the tags of `INLINE`, and else of `SIGNS`, go without a trace, where the statement has one that
  closes. One that nothing closes may be meant: `points <a> and <b>`;
- all else in angle brackets is text: `declares that <article> 64 (2)`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

from lxml import etree

from adoption.data.readers.cells import UNSEEN, participant
from adoption.data.readers.listed import Statement, statement
from adoption.data.readers.markup import children, descendants, local, words

KINDS = {
    "declarations": "declaration",
    "declarationsunderarticle": "declaration",
    "objections": "objection",
    "notifications": "notification",
    "territorialapplications": "territorial application",
    "endnotes": "end note",
}
OTHER = "other text"
TABLE = "participants"
# The readers differ in where the header stands: beside `Treaty` or in it, whole or in parts.
READ = {
    TABLE, "header", "chapter", "externaldata", "titlesect", "subtitlesect", "conclusion", "eif",
    "registration", "status", "treatytext",
}  # fmt: skip
VALUE_LETTERS, VALUE_WORDS = 40, 2  # of a value alone at most; Chinese has no blanks
WORD = re.compile(r"[^\W\d_]{2,}")

# The last of the paired, `superscript` and `subscript` are the depositary's own.
LINES = {
    "p", "br", "hr", "div", "blockquote", "ul", "ol", "li", "dl", "dt", "dd", "h1", "h2", "h3",
    "h4", "h5", "h6", "table", "thead", "tbody", "tfoot", "tr", "td", "th",
}  # fmt: skip
PAIRED_LINES = {"center", "caption", "right"}  # words as well: a line ends only if one closes
INLINE = {
    "a", "b", "big", "del", "em", "font", "i", "ins", "s", "small", "span", "strike", "strong",
    "u",
}  # fmt: skip
SUPERSCRIPT = "superscript"
SIGNS = {"sup": "^", SUPERSCRIPT: "^", "sub": "_", "subscript": "_"}
ATTRIBUTES = r"(?:\s{1,9}[A-Za-z:-]{1,30}\s?=\s?(?:\"[^\"<>]*\"|'[^'<>]*'|[^\s\"'<>=]+))*"
CLOSING = re.compile(r"</([A-Za-z][A-Za-z0-9]{0,11})\s{0,9}>")
MARKS = r"(?:<superscript>[\s\d,;*†‡()\[\]-]{0,60}</superscript>)+(?=(\w?))"
MARK = re.compile(rf"(\w?){MARKS}", re.I)
# A year is no part of a longer number, as `12003` or `0.2003`, but may be of a day: `14.3.2003`.
YEAR_MARK = re.compile(
    rf"(?:(?<!\d)(?<!\d[.,])|(?<=\.\d\.)|(?<=\.\d\d\.))((?:1[89]|20)[0-9]{{2}}){MARKS}", re.I
)
SIGNED = re.compile(  # a run of them, of which the first begins with a digit
    rf"(\d)((?:<({'|'.join(SIGNS)}){ATTRIBUTES}\s{{0,9}}>[^<>\n]{{0,40}}</\3>)+)(?=(\w?))", re.I
)
TAG = re.compile(r"<[^<>]*>")
# In Persian and in the scripts of India the joiners are part of the spelling.
BREAKS = {sign: gone for sign, gone in UNSEEN.items() if chr(sign) not in "\u200c\u200d"}


def read_statements(root: Any) -> tuple[Statement, ...]:
    """Return the statements of a file, in its order."""
    return tuple(_frame(root, _frames(root)))


def _frames(root: Any) -> set[Any]:
    """Return the elements that only hold the known parts."""
    frames = {root}

    def holds(element: Any) -> bool:
        found = local(element) == "treaty"
        for child in element:
            name = local(child)
            found |= name in KINDS or holds(child) or name == TABLE
        if found:
            frames.add(element)
        return found

    holds(root)
    return frames


def _frame(frame: Any, frames: set[Any], known: bool = False) -> Iterator[Statement]:
    """Give the statements in a frame; only of the known kinds in what another module reads."""
    for child in frame:
        name = local(child)
        if name in KINDS:
            yield from _section(child, KINDS[name])
        elif child in frames:
            yield from _frame(child, frames, known or name in READ)
        elif name and name not in READ and not known and not _is_value(child):
            yield from _section(child, OTHER)
    loose = "" if known else _kept("\n".join(_loose(frame)))
    if loose:
        yield statement(OTHER, "", f"{_own_name(frame)}\n{loose}")


def _section(section: Any, kind: str) -> Iterator[Statement]:
    """Give the statements of a section; one of another name may be a statement itself."""
    top = kind != OTHER or len(children(section, "participant")) != 1
    heading = f"{_own_name(section)}\n" if kind == OTHER else ""
    for name, text in _parts(section, _holders(section), top):
        if text:
            yield statement(kind, name, heading + text)


def _is_value(element: Any) -> bool:
    text = words(element).strip()
    return (
        not len(element) and len(text) <= VALUE_LETTERS and len(WORD.findall(text)) <= VALUE_WORDS
    )


def _own_name(element: Any) -> str:
    return str(etree.QName(element).localname)


def _holders(section: Any) -> set[Any]:
    """Return the elements that are, or have below them, a statement with a participant."""
    holders: set[Any] = set()
    for name in descendants(section, "participant"):
        for above in name.iterancestors():
            if above in holders or above is section:
                break
            holders.add(above)
    return holders


def _parts(element: Any, holders: set[Any], top: bool = False) -> Iterator[tuple[str, str]]:
    """Give name and text of each statement in an element."""
    names = children(element, "participant")
    if names and not top:
        yield participant(words(names[0])), _kept("".join(_written(element, names[0])))
    elif top or element in holders:
        for child in element:
            yield from _parts(child, holders)
        yield "", _kept("\n".join(_loose(element)))
    else:
        yield "", _kept("".join(_written(element)))


def _loose(element: Any) -> Iterator[str]:
    """Give the text of an element that is in none of its children."""
    yield _one_line(element.text)
    for child in element:
        yield _one_line(child.tail)


def _written(element: Any, without: Any = None) -> Iterator[str]:
    """Give the text below an element, with an end of line where markup ends one.

    What is raised or lowered is written as it would stand in the text itself.
    """
    yield _one_line(element.text)
    for child in element:
        name = local(child)
        around = ("", "") if name in INLINE else ("\n", "\n")
        if name in SIGNS:
            around = (f"<{name}>", f"</{name}>")
        yield around[0]
        if child is not without:
            yield from _written(child)
        yield around[1]
        yield _one_line(child.tail)


def _one_line(text: str | None) -> str:
    return " ".join((text or "").splitlines())


def _kept(text: str) -> str:
    """Return the lines of a text as they are kept: without markup and doubled blanks."""
    if "<" in text:
        text = _without_tags(text)
    lines = (" ".join(line.translate(BREAKS).split()) for line in text.split("\n"))
    return "\n".join(filter(None, lines))


def _without_tags(text: str) -> str:
    closed = {name.casefold() for name in CLOSING.findall(text)}
    text = _tags(frozenset(LINES | PAIRED_LINES & closed)).sub("\n", text)
    if INLINE & closed:
        text = _tags(frozenset(INLINE & closed)).sub("", text)
    if raised := SIGNS.keys() & closed:
        text = text.translate(BREAKS)
        if SUPERSCRIPT in raised:
            text = YEAR_MARK.sub(_unmarked, text)
        text = SIGNED.sub(_signed, text)
        text = _tags(frozenset(raised - {SUPERSCRIPT})).sub("", text)
    if SUPERSCRIPT in closed:
        text = MARK.sub(_unmarked, text)
        text = _tags(frozenset({SUPERSCRIPT})).sub("", text)
    return text


def _signed(match: re.Match[str]) -> str:
    """Return raised or lowered numbers with their sign, apart from a word that follows at once."""
    digit, run, name, after = match.groups()
    held = [piece.strip() for piece in TAG.split(run) if piece.strip()]
    if not held or not held[0][0].isdecimal():
        return match[0]
    sign = SIGNS[name.casefold()]
    return f"{digit}{sign}{sign.join(held)}{' ' if after else ''}"


@cache
def _tags(names: frozenset[str]) -> re.Pattern[str]:
    """Return what finds the tags of some names."""
    return re.compile(rf"</?(?:{'|'.join(sorted(names))}){ATTRIBUTES}\s{{0,9}}/?>", re.I)


def _unmarked(mark: re.Match[str]) -> str:
    """Return what stands before a footnote mark, with a blank if a word follows it at once."""
    return f"{mark[1]} " if mark[1] and mark[2] else mark[1]
