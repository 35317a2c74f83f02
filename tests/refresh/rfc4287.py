"""A validator of Atom, written from the rules of RFC 4287, 3339, 3987 and 4151.

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
# Elements that stand once, or once at most; those that stand in any number (4.1.1 and 4.1.2).
IN_FEED = ({"id", "title", "updated"}, {"generator", "icon", "logo", "rights", "subtitle"},
           {"author", "category", "contributor", "link", "entry"})  # fmt: skip
IN_ENTRY = ({"id", "title", "updated"}, {"content", "published", "rights", "source", "summary"},
            {"author", "category", "contributor", "link"})  # fmt: skip
# RFC 3339, with the capital T and Z that section 3.3 asks for.
DATE = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})")
# RFC 3987: a scheme, and no character that an IRI cannot have.
IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`\x00-\x20\x7f]+")
# RFC 4151: tag:authority,date:specific, the specific part in the letters of a URI.
TAG = re.compile(
    r"tag:([A-Za-z0-9._-]+@)?[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?,"
    r"\d{4}(-\d{2}(-\d{2})?)?:(?:[A-Za-z0-9\-._~!$&'()*+,;=:@/?]|%[0-9A-Fa-f]{2})*"
)


def problems(data: bytes) -> list[str]:
    """Return what is against the rules; empty for a valid feed."""
    try:
        text = data.decode("utf-8")
        root = ET.fromstring(text)
    except (UnicodeDecodeError, ET.ParseError, ValueError) as error:
        return [f"not well-formed: {error}"]
    if "<!DOCTYPE" in text or root.tag != f"{ATOM}feed":
        return [f"a document type, or the root {root.tag}"]
    return list(_feed(root))


def _feed(root: Any) -> Iterator[str]:
    entries = root.findall(f"{ATOM}entry")
    yield from _members(root, *IN_FEED)
    if not root.findtext(f"{ATOM}author/{ATOM}name"):
        yield "4.1.1: the feed has no author with a name"
    ids = Counter(entry.findtext(f"{ATOM}id") for entry in entries)
    yield from (
        f"4.1.1: two entries with the id {one}" for one, number in ids.items() if number > 1
    )
    for entry in entries:
        yield from _members(entry, *IN_ENTRY)
        if not entry.findtext(f"{ATOM}content", "").strip():
            yield "an entry says nothing"
        published, updated = (_time(entry, name) for name in ("published", "updated"))
        if published and updated and published > updated:
            yield "an entry was updated before it was published"
    times = [_time(found, "updated") for found in (root, *entries)]
    known = [time for time in times if time]
    if known != sorted(known, reverse=True):
        yield "the entries are not in the order of their times, or one is newer than its feed"


def _members(parent: Any, once: set[str], at_most: set[str], any_number: set[str]) -> Iterator[str]:
    """Check the elements of an element: which, how often, and each by its kind."""
    found = Counter(child.tag.removeprefix(ATOM) for child in parent)
    yield from (f"<{name}> is not once" for name in once if found[name] != 1)
    yield from (f"<{name}> is twice" for name in at_most if found[name] > 1)
    yield from (f"<{name}> has no place" for name in found.keys() - once - at_most - any_number)
    for child in parent:
        name, text = child.tag.removeprefix(ATOM), child.text or ""
        if name == "id" and not _is_iri(text):
            yield f"<id>: {text!r} is no absolute IRI"
        if name in ("updated", "published") and _time(parent, name) is None:
            yield f"3.3: <{name}>: {text!r} is no date and time"
        if name == "title" and (len(child) or not text.strip()):
            yield "<title> is empty, or has elements in it"
        if name in ("title", "content") and child.get("type", "text") not in ("text", "html"):
            yield f"3.1.1: <{name}> of type {child.get('type')}"
        if name == "category" and not child.get("term"):
            yield "4.2.2: <category> without a term"
        if name == "link" and not _is_iri(child.get("href", "")):
            yield f"4.2.7: <link> to {child.get('href')!r}"


def _time(parent: Any, name: str) -> datetime | None:
    text = parent.findtext(f"{ATOM}{name}", "")
    try:
        return datetime.fromisoformat(text) if DATE.fullmatch(text) else None
    except ValueError:
        return None


def _is_iri(text: str) -> bool:
    return bool((TAG if text.startswith("tag:") else IRI).fullmatch(text))
