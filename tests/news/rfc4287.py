"""A strict validator of Atom, written from the rules of RFC 4287, 3339, 3987 and 4151.

It knows nothing of the code that it checks. The sections are those of RFC 4287.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from typing import Any
from xml.etree import ElementTree as ET

ATOM = "{http://www.w3.org/2005/Atom}"
XML = "{http://www.w3.org/XML/1998/namespace}"
# Element: how often at least and at most (None: any number), 4.1.1 and 4.1.2.
IN_FEED: dict[str, tuple[int, int | None]] = {
    "author": (0, None), "category": (0, None), "contributor": (0, None), "generator": (0, 1),
    "icon": (0, 1), "id": (1, 1), "link": (0, None), "logo": (0, 1), "rights": (0, 1),
    "subtitle": (0, 1), "title": (1, 1), "updated": (1, 1), "entry": (0, None),
}  # fmt: skip
IN_ENTRY: dict[str, tuple[int, int | None]] = {
    "author": (0, None), "category": (0, None), "content": (0, 1), "contributor": (0, None),
    "id": (1, 1), "link": (0, None), "published": (0, 1), "rights": (0, 1), "source": (0, 1),
    "summary": (0, 1), "title": (1, 1), "updated": (1, 1),
}  # fmt: skip
IN_PERSON: dict[str, tuple[int, int | None]] = {"name": (1, 1), "uri": (0, 1), "email": (0, 1)}
ATTRIBUTES = {
    "category": {"term", "scheme", "label"},
    "content": {"type", "src"},
    "generator": {"uri", "version"},
    "link": {"href", "rel", "type", "hreflang", "title", "length"},
    "rights": {"type"}, "subtitle": {"type"}, "summary": {"type"}, "title": {"type"},
}  # fmt: skip
TEXTS = ("title", "subtitle", "summary", "rights")
# RFC 3339, with the capital T and Z that section 3.3 asks for.
DATE = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})")
# RFC 3987: a scheme, and no character that an IRI cannot have.
IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`\x00-\x20\x7f]+")
# RFC 4151: tag:authority,date:specific, the specific part in the letters of a URI.
TAG = re.compile(
    r"tag:([A-Za-z0-9._-]+@)?[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?,"
    r"\d{4}(-\d{2}(-\d{2})?)?:(?:[A-Za-z0-9\-._~!$&'()*+,;=:@/?]|%[0-9A-Fa-f]{2})*"
)
MEDIA_TYPE = re.compile(r"[A-Za-z0-9!#$&^_.+-]+/[A-Za-z0-9!#$&^_.+-]+")
LANGUAGE = re.compile(r"[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*")


def problems(data: bytes) -> list[str]:
    """Return what is against the rules; empty for a valid feed."""
    try:
        text = data.decode("utf-8")
        root = ET.fromstring(text)
    except (UnicodeDecodeError, ET.ParseError, ValueError) as error:
        return [f"not well-formed: {error}"]
    if "<!DOCTYPE" in text:
        return ["a document type"]
    if root.tag != f"{ATOM}feed":
        return [f"the root is {root.tag}"]
    return list(_feed(root))


def _feed(root: Any) -> Iterator[str]:
    yield from _language(root)
    yield from _members(root, "feed", IN_FEED)
    entries = root.findall(f"{ATOM}entry")
    if not root.findall(f"{ATOM}author") and (
        not entries or any(not entry.findall(f"{ATOM}author") for entry in entries)
    ):
        yield "4.1.1: neither the feed nor every entry has an author"
    ids = Counter(entry.findtext(f"{ATOM}id", "") for entry in entries)
    yield from (f"4.1.1: two entries with the id {id_}" for id_, n in ids.items() if n > 1)
    for entry in entries:
        yield from _entry(entry)
    yield from _order(root, entries)


def _entry(entry: Any) -> Iterator[str]:
    yield from _members(entry, "entry", IN_ENTRY)
    content = entry.find(f"{ATOM}content")
    alternates = [
        e for e in entry.findall(f"{ATOM}link") if e.get("rel", "alternate") == "alternate"
    ]
    if content is None and not alternates:
        yield "4.1.2: an entry without content has no alternate link"
    if content is None or not ("".join(content.itertext())).strip():
        yield "an entry says nothing"
    if content is not None and content.get("src") and not entry.findall(f"{ATOM}summary"):
        yield "4.1.2: content elsewhere needs a summary"
    published, updated = (_time(entry, name) for name in ("published", "updated"))
    if published and updated and published > updated:
        yield "an entry was updated before it was published"


def _members(parent: Any, what: str, allowed: dict[str, tuple[int, int | None]]) -> Iterator[str]:
    """Check the elements of an element: which, how often, and each by its kind."""
    if (parent.text or "").strip() or any((child.tail or "").strip() for child in parent):
        yield f"text between the elements of <{what}>"
    found = Counter(child.tag.removeprefix(ATOM) for child in parent)
    for name in found:
        if name not in allowed:
            yield f"<{name}> in <{what}>"
    for name, (least, most) in allowed.items():
        if found[name] < least:
            yield f"<{what}> without <{name}>"
        if most is not None and found[name] > most:
            yield f"<{what}> with {found[name]} <{name}>"
    links = Counter(
        (link.get("type"), link.get("hreflang"))
        for link in parent.findall(f"{ATOM}link")
        if link.get("rel", "alternate") == "alternate"
    )
    if any(number > 1 for number in links.values()):
        yield f"<{what}> with two alternate links of one type and language"
    for child in parent:
        yield from _element(child)


def _element(element: Any) -> Iterator[str]:
    """Check an element by what RFC 4287 says of its name."""
    name = element.tag.removeprefix(ATOM)
    if name == "entry":
        return
    yield from _language(element)
    known = ATTRIBUTES.get(name, set())
    for attribute in element.attrib:
        if not attribute.startswith(XML) and attribute not in known:
            yield f"<{name}> with the attribute {attribute}"
    if name in ("author", "contributor"):
        yield from _members(element, name, IN_PERSON)
    elif len(element) and element.get("type") != "xhtml":
        yield f"<{name}> has elements in it"
    else:
        yield from _text(name, element.text or "")
        yield from _by_attributes(name, element)


def _text(name: str, text: str) -> Iterator[str]:
    if name in ("id", "uri", "icon", "logo") and not _is_iri(text):
        yield f"<{name}>: {text!r} is no absolute IRI"
    if name in ("updated", "published") and _day(text) is None:
        yield f"3.3: <{name}>: {text!r} is no date and time"
    if name in ("name", "title") and not text.strip():
        yield f"<{name}> is empty"


def _by_attributes(name: str, element: Any) -> Iterator[str]:
    kind = element.get("type")
    if name in (*TEXTS, "content") and (kind or "text") not in ("text", "html", "xhtml"):
        yield f"3.1.1: <{name}> of type {kind}"
    if name == "category" and not element.get("term"):
        yield "4.2.2: <category> without a term"
    if name == "link" and not _is_iri(element.get("href", "")):
        yield f"4.2.7: <link> to {element.get('href')!r}"
    if name == "link" and kind and not MEDIA_TYPE.fullmatch(kind):
        yield f"4.2.7.3: {kind!r} is no media type"


def _language(element: Any) -> Iterator[str]:
    language = element.get(f"{XML}lang")
    if language is not None and not LANGUAGE.fullmatch(language):
        yield f"2: {language!r} is no language"


def _order(root: Any, entries: list[Any]) -> Iterator[str]:
    """Check what this project asks beside: newest first, and no entry newer than the feed."""
    times = [_time(entry, "updated") for entry in entries]
    whole = _time(root, "updated")
    if None in times or whole is None:
        return
    known = [time for time in times if time]
    if known != sorted(known, reverse=True):
        yield "the entries are not in the order of their times"
    if any(time > whole for time in known):
        yield "an entry is newer than its feed"


def _time(parent: Any, name: str) -> datetime | None:
    return _day(parent.findtext(f"{ATOM}{name}", ""))


def _day(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text) if DATE.fullmatch(text) else None
    except ValueError:
        return None


def _is_iri(text: str) -> bool:
    return bool((TAG if text.startswith("tag:") else IRI).fullmatch(text))
