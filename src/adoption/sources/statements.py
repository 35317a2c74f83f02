"""The texts that follow the table of a treaty in the UN Treaty Collection.

What is documented: the elements below are children of `Treaty`; a public reader takes from
`Declarations` each `Declaration` with its `Participant` and its `Text` elements. How the
others are built inside was not seen. So an element with a child `Participant` is a statement
of that participant whatever its own name, and text that belongs to none is a statement of
nobody: no text is lost, and a change in it is seen by its checksum.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from adoption.sources.cells import participant, plain
from adoption.sources.listed import Statement, statement
from adoption.sources.markup import children, descendants, local, words

if TYPE_CHECKING:
    from collections.abc import Iterator

KINDS = {
    "declarations": "declaration",
    "declarationsunderarticle": "declaration",
    "objections": "objection",
    "notifications": "notification",
    "territorialapplications": "territorial application",
    "endnotes": "end note",
}


def read_statements(root: Any) -> tuple[Statement, ...]:
    """Return the statements of a file, in its order.

    Parameters
    ----------
    root : lxml.etree._Element
        Of the file of one treaty.
    """
    return tuple(
        statement(KINDS[local(section)], name, text)
        for section in _sections(root)
        for name, text in _parts(section, _holders(section), top=True)
        if text
    )


def _sections(element: Any) -> Iterator[Any]:
    for child in element:
        if local(child) in KINDS:
            yield child
        else:
            yield from _sections(child)


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
        yield participant(words(names[0])), _paragraphs(element, without=names)
    elif top or element in holders:
        for child in element:
            yield from _parts(child, holders)
        yield "", "\n".join(filter(None, map(plain, _loose(element))))
    else:
        yield "", _paragraphs(element)


def _loose(element: Any) -> Iterator[str]:
    """Give the text of an element that is in none of its children."""
    yield element.text or ""
    for child in element:
        yield child.tail or ""


def _paragraphs(element: Any, without: list[Any] | None = None) -> str:
    """Return the text below an element, one line for each piece between tags."""
    skipped = set(without or ())
    pieces = [element.text or ""]
    for child in element:
        if child not in skipped:
            pieces += child.itertext()
        pieces.append(child.tail or "")
    return "\n".join(filter(None, map(plain, pieces)))
