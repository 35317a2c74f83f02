"""Atom, the format: an entry as an element, and a feed read and kept in order (RFC 4287)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from lxml import etree

from adoption.errors import AdoptionError

ATOM = "http://www.w3.org/2005/Atom"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
MEDIA_TYPE = "application/atom+xml"
# What XML 1.0 allows (production 2); everything else cannot stand in a file, escaped or not.
IMPOSSIBLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")  # RFC 3339


@dataclass(frozen=True)
class Entry:
    """One entry of a feed.

    Attributes
    ----------
    identifier : str
        An absolute IRI that no other entry has.
    title, content : str
        Plain text.
    updated : datetime
        When it last changed in what it says.
    published : datetime or None
        When it was first there; None where that is not known.
    categories : tuple of tuple of str
        Term and label of each.
    """

    identifier: str
    title: str
    content: str
    updated: datetime
    published: datetime | None
    categories: tuple[tuple[str, str], ...] = ()


def possible(text: str) -> str:
    r"""Return text on one line without what cannot stand in XML.

    Examples
    --------
    >>> possible("a\x00b\n c")
    'ab c'
    """
    return " ".join(IMPOSSIBLE.sub("", text).split())


def stamp(when: datetime) -> str:
    """Return a time as Atom writes it, in UTC and whole seconds.

    Examples
    --------
    >>> stamp(datetime(2026, 12, 1, 6, 30, tzinfo=UTC))
    '2026-12-01T06:30:00Z'
    """
    if when.tzinfo is None:
        raise ValueError("a time in a feed needs its time zone")
    return f"{when.astimezone(UTC):%Y-%m-%dT%H:%M:%S}Z"


def named(name: str) -> str:
    """Return the name of an element of Atom with its namespace."""
    return f"{{{ATOM}}}{name}"


def child(parent: Any, name: str, text: str = "", **attributes: str) -> Any:
    """Add an element to another and return it."""
    made = etree.SubElement(parent, named(name), attributes)
    made.text = possible(text) or None
    return made


def element_of(entry: Entry) -> Any:
    """Return an entry as an element, laid out for people too."""
    made = etree.Element(named("entry"), nsmap={None: ATOM})
    child(made, "id", entry.identifier)
    child(made, "title", entry.title)
    child(made, "updated", stamp(entry.updated))
    if entry.published:
        child(made, "published", stamp(entry.published))
    for term, label in entry.categories:
        child(made, "category", term=possible(term), label=possible(label))
    child(made, "content", entry.content, type="text")
    etree.indent(made, "  ", level=1)
    return made


def read_feed(data: bytes, name: str, identifier: str) -> Any:
    """Return the root of a feed after checking what it takes to extend it."""
    parser = etree.XMLParser(
        resolve_entities=False, load_dtd=False, no_network=True, huge_tree=False
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.LxmlError, ValueError) as error:
        raise _damaged(name, str(error)) from None
    if root.getroottree().docinfo.doctype:
        raise _damaged(name, "it has a document type")
    if root.tag != named("feed"):
        raise _damaged(name, f"it begins with <{etree.QName(root).localname}>, no feed of Atom")
    if root.findtext(named("id"), "").strip() != identifier:
        raise _damaged(name, f"its id is not {identifier}: another feed")
    seen = set()
    for entry in root.findall(named("entry")):
        found = id_of(entry)
        if not found or found in seen:
            raise _damaged(name, f"an entry {'twice: ' + found if found else 'without an id'}")
        seen.add(found)
        for part in ("updated", "published"):
            if time_of(entry, part) is None and (part == "updated" or has(entry, part)):
                raise _damaged(name, f"{found}: no time in <{part}> (as 2026-12-01T06:30:00Z)")
    return root


def _damaged(name: str, why: str) -> AdoptionError:
    return AdoptionError(
        f"{name}: cannot be extended and stays as it is: {why}; mend it, or move it away to begin "
        "a new feed"
    )


def id_of(entry: Any) -> str:
    """Return the id of an entry; empty where it has none."""
    return str(entry.findtext(named("id"), "")).strip()


def has(entry: Any, part: str) -> bool:
    """Whether an entry has an element."""
    return entry.find(named(part)) is not None


def time_of(entry: Any, part: str) -> datetime | None:
    """Return a time of an entry; None where there is none, or something else stands there."""
    text = str(entry.findtext(named(part), "")).strip()
    if not TIME.fullmatch(text):
        return None
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None
