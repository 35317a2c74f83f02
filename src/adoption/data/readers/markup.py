"""XML and HTML read safely: nothing is fetched, no entity is expanded, size is bounded."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from lxml import etree

from adoption.data.readers.decoding import (
    DECLARATION,
    MAINTENANCE,
    UnreadableError,
    decode,
    refuse_page,
    shown,
)

__all__ = ["UnreadableError", "children", "descendants", "local", "read_html", "read_xml", "words"]

# What one file may hold at most; the list of the largest treaty holds a tenth of it. A file
# of 20 MB made of nothing but tags or attributes would otherwise fill the memory.
MOST_TAGS = 200_000
MOST_ATTRIBUTES = 400_000
# A tag of a web page as it is kept: with its name and at most one attribute.
KEPT = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9]{0,20})((?:[\s/][^<>]*)?)>")
KEPT_ATTRIBUTE = re.compile(r"\scolspan\s{0,5}=\s{0,5}[\"']?([0-9]{1,3})\b", re.I)
NO_TEXT = (
    (re.compile(r"<!--"), re.compile(r"-->")),
    (re.compile(r"<script\b", re.I), re.compile(r"</script\b[^<>]*>", re.I)),
    (re.compile(r"<style\b", re.I), re.compile(r"</style\b[^<>]*>", re.I)),
    (re.compile(r"<[!?]"), re.compile(r">")),
)
XML_HEAD = re.compile(r"\A<\?xml\b[^>]{0,200}\?>")
XML_ENCODING = re.compile(rb"<\?xml\b[^>]{0,200}?\bencoding\s*=\s*[\"']([^\"'>]{1,40})[\"']")
HTML_ENCODING = re.compile(rb"<meta\b[^>]{0,200}?\bcharset\s*=\s*[\"']?([\w.:-]{1,40})", re.I)
DEFINITION = re.compile(r"<!\s*(DOCTYPE|ENTITY|ELEMENT|ATTLIST|NOTATION)\b", re.I)


def read_xml(content: bytes, name: str) -> Any:
    """Return the root of an XML file."""
    text = decode(content, name, _declared(XML_ENCODING, content))
    refuse_page(text, name, "the XML")
    if not text.lstrip().startswith("<"):
        raise UnreadableError(f"{name}: begins with {shown(text.lstrip()[:20])}, which is not XML")
    found = DEFINITION.search(text)
    if found:
        raise UnreadableError(
            f"{name}: line {text.count(chr(10), 0, found.start()) + 1}: <!{found[1]}: document "
            "types and entities are not read"
        )
    _bound(text, name)
    parser = etree.XMLParser(
        encoding="utf-8", resolve_entities=False, load_dtd=False, no_network=True,
        remove_comments=True, remove_pis=True, huge_tree=False, recover=False,
    )  # fmt: skip
    try:
        return etree.fromstring(XML_HEAD.sub("", text.lstrip(), count=1).encode(), parser)
    except (etree.LxmlError, ValueError) as error:
        problem = error.msg if isinstance(error, SyntaxError) else error
        raise UnreadableError(f"{name}: not well-formed XML: {problem}") from None


def read_html(content: bytes, name: str) -> Any:
    """Return the root of a web page.

    Scripts, styles, comments and all attributes but `colspan` are taken out first, because the
    parser takes minutes for a tag with very many attributes. So a `>` in an attribute becomes
    text, which no reader of a table passes over.
    """
    text = decode(content, name, _declared(HTML_ENCODING, content), plain=False)
    if MAINTENANCE in text.casefold():
        raise UnreadableError(f"{name}: the page says {MAINTENANCE!r}, in place of the list")
    if not text.lstrip().startswith("<"):
        raise UnreadableError(f"{name}: begins with {shown(text.lstrip()[:20])}, which is not HTML")
    if not re.search(r"</html\s{0,9}>", text[-10_000:], re.IGNORECASE):
        raise UnreadableError(f"{name}: the page has no end (</html>): cut?")
    _bound(text, name)
    text = _reduced(text)
    parser = etree.HTMLParser(
        encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True, huge_tree=False
    )
    try:
        root = etree.fromstring(text.encode("utf-8", "replace"), parser)
    except (etree.LxmlError, ValueError) as error:
        raise UnreadableError(f"{name}: not HTML: {error}") from None
    limits = [entry for entry in parser.error_log if entry.type_name == "ERR_RESOURCE_LIMIT"]
    if root is None or limits:  # the parser leaves out what follows, without a word
        problem = limits[0].message if limits else "the page holds nothing"
        raise UnreadableError(f"{name}: not HTML: {problem}")
    return root


def _reduced(text: str) -> str:
    """Return a page with tags alone, without what is no text and without attributes."""
    for begins, ends in NO_TEXT:
        kept, position = [], 0
        while begin := begins.search(text, position):
            end = ends.search(text, begin.end())
            kept.append(text[position : begin.start()])
            position = end.end() if end else len(text)
        text = "".join((*kept, text[position:]))
    whole: list[str] = []
    position = 0
    for tag in KEPT.finditer(text):
        span = KEPT_ATTRIBUTE.search(tag[3])
        attribute = f' colspan="{span[1]}"' if span else ""
        whole += text[position : tag.start()].replace("<", "&lt;"), f"<{tag[1]}{tag[2]}{attribute}>"
        position = tag.end()
    return "".join((*whole, text[position:].replace("<", "&lt;")))


def _declared(pattern: re.Pattern[bytes], content: bytes) -> str | None:
    found = pattern.search(content[:DECLARATION])
    return found[1].decode("latin-1") if found else None


def _bound(text: str, name: str) -> None:
    """Refuse a file that would become a tree too large for the memory."""
    for sign, most, what in (("<", MOST_TAGS, "tags"), ("=", MOST_ATTRIBUTES, "attributes")):
        count = text.count(sign)
        if count > most:
            raise UnreadableError(f"{name}: {count:,} {what}; at most {most:,} are read")


def local(element: Any) -> str:
    """Return an element's name without namespace, in small letters; files differ in the case."""
    return etree.QName(element).localname.casefold() if isinstance(element.tag, str) else ""


def descendants(element: Any, name: str) -> Iterator[Any]:
    """Give the elements of a name below an element, in the order of the file."""
    return (found for found in element.iterdescendants() if local(found) == name)


def children(element: Any, name: str) -> list[Any]:
    """Return the elements of a name directly below an element."""
    return [child for child in element if local(child) == name]


def words(element: Any) -> str:
    """Return the text of an element and of all below it, as it stands."""
    return "".join(element.itertext())
