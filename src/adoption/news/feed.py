"""The Atom feed of acts: one entry an act, which is updated when the act changes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from lxml import etree

from adoption.errors import AdoptionError
from adoption.files import read_if_there, write_whole
from adoption.news.act_phrases import act_in_words, changed_act
from adoption.news.atom import (
    ATOM,
    MEDIA_TYPE,
    XML_LANG,
    Entry,
    child,
    element_of,
    has,
    id_of,
    named,
    possible,
    read_feed,
    stamp,
    time_of,
)
from adoption.news.identity import REMOVED_FROM_DATA, TAGGER, identifiers, told_apart
from adoption.news.kinds import ADDED, REMOVED, Act, ActChange, Differences
from adoption.news.reach import why_removed
from adoption.words import capitalised

FEED = f"{TAGGER}acts"
TITLE = "Acts on conventions"
SUBTITLE = "What states have done on the conventions that adoption follows"
AUTHOR = "The adoption authors"
MOST = 500  # entries; those that changed longest ago go


def extend_feed(
    path: Path, differences: Differences, when: datetime, address: str | None = None
) -> int:
    """Add the acts of some differences to a feed, or begin it; write it in one step.

    An act that is new gets an entry. One that changed, or is no longer in the record, is an
    update of its entry, which `adoption.news.identity` finds. What a feed has beside is kept as
    it is. Where an entry already says what is to be said it stays, with its time: twice is once.
    """
    stamp(when)  # or refuse it before anything is read
    if address is not None:
        check_address(address)
    before = read_if_there(path)
    root = _begin() if before is None else read_feed(before, str(path), FEED)
    news = sorted((c for c in differences.acts if c.is_news), key=_newest_first)[:MOST]
    entries = {id_of(entry): entry for entry in root.findall(named("entry"))}
    titles = {name: entry.findtext(named("title"), "") for name, entry in entries.items()}
    found = identifiers(news, titles, differences.done_again)
    changed = sum(_put(root, entries, found[change], change, differences, when) for change in news)
    if address is not None:
        _link(root, address)
    if before is None or changed:
        _order(root, when)
    data: bytes = etree.tostring(root.getroottree(), xml_declaration=True, encoding="UTF-8")
    data = data.rstrip(b"\n") + b"\n"
    if data != before:
        write_whole(path, data)
    return changed


def check_address(address: str) -> None:
    """Refuse what is no address of a feed on the web."""
    try:
        parts = urlsplit(address)
        good = parts.scheme in ("http", "https") and parts.hostname and parts.username is None
    except ValueError:
        good = False
    if not good or possible(address) != address or " " in address:
        raise AdoptionError(
            f"address: {address!r} is not where a feed can be read "
            "(as https://example.org/acts.xml)"
        )


def _newest_first(change: ActChange) -> tuple[int, tuple[str, str, str, int]]:
    return -(change.act.latest or date.min).toordinal(), change.act.key


def _begin() -> Any:
    root = etree.Element(named("feed"), {XML_LANG: "en"}, nsmap={None: ATOM})
    child(root, "id", FEED)
    child(root, "title", TITLE)
    child(root, "subtitle", SUBTITLE)
    child(child(root, "author"), "name", AUTHOR)
    child(root, "updated")
    etree.indent(root, "  ")
    return root


def _put(
    root: Any,
    entries: Mapping[str, Any],
    identifier: str,
    change: ActChange,
    differences: Differences,
    when: datetime,
) -> bool:
    """Put the entry of a change into a feed; return whether the feed says anything new."""
    act = change.act
    title, content = told(change, differences)
    there = entries.get(identifier)
    published = when if change.change == ADDED else None
    if there is not None:
        said = (there.findtext(named("title")), there.findtext(named("content")))
        if said == (title, content):
            return False
        published = time_of(there, "published")
        root.remove(there)
    categories = (
        (act.convention, differences.named(act.convention).short_title),
        (act.iso3 or act.participant, differences.state(act)),
        (act.act.replace(" ", "-"), act.act),
    )
    updated = max(when, published) if published else when
    root.append(element_of(Entry(identifier, title, content, updated, published, categories)))
    return True


def told(change: ActChange, differences: Differences) -> tuple[str, str]:
    """Return title and content of the entry of a change."""
    act = change.act
    words = act_in_words(act)
    title = f"{differences.state(act)}: {words}, {differences.named(act.convention).short_title}"
    if change.change == ADDED:
        grade = f", {act.grade}" if act.grade else ""
        source = f" Source: {_publisher(act, differences).rstrip('.')}." if act.source else ""
        content = f"{capitalised(words)}{grade}.{source}"
    elif change.change == REMOVED:
        title = f"{REMOVED_FROM_DATA}: {title}"
        content = f"{capitalised(words)} {why_removed(change, differences)}."
    else:
        title = f"Changed: {title}"
        content = f"{capitalised(changed_act(_by_publisher(change, differences)))}."
    return possible(title), possible(content)


def _publisher(act: Act, differences: Differences) -> str:
    """Return who published the source of an act; its key where that is not known."""
    return differences.publishers.get(act.source) or act.source


def _by_publisher(change: ActChange, differences: Differences) -> ActChange:
    """Return a change whose acts have the publishers of their sources instead of the keys."""

    def of(act: Act | None) -> Act | None:
        return act and replace(act, source=_publisher(act, differences))

    return ActChange(of(change.old), of(change.new))


def _link(root: Any, address: str) -> None:
    """Set the link of a feed to itself."""
    links = [e for e in root.findall(named("link")) if e.get("rel") == "self"]
    for link in links[1:]:
        root.remove(link)
    if links:
        links[0].set("href", address)
        return
    made = etree.Element(named("link"), {"rel": "self", "type": MEDIA_TYPE, "href": address})
    made.tail = "\n  "
    root.find(named("id")).addnext(made)


def _order(root: Any, when: datetime) -> None:
    """Sort the entries, those that changed last first, keep `MOST`, and set the feed's time.

    One by which acts of one name are told apart is kept beyond that.
    """
    entries = root.findall(named("entry"))
    times = {id_of(entry): time_of(entry, "updated") or when for entry in entries}
    entries.sort(key=lambda e: (-times[id_of(e)].timestamp(), id_of(e)))
    for entry in entries:
        root.remove(entry)
    root[-1].tail = "\n  "
    kept = {*map(id_of, entries[:MOST]), *told_apart(times)}
    for entry in (entry for entry in entries if id_of(entry) in kept):
        entry.tail = "\n  "
        root.append(entry)
    root[-1].tail = "\n"
    newest = max(times.values(), default=when)
    if not has(root, "updated"):
        child(root, "updated")
    root.find(named("updated")).text = stamp(newest.astimezone(UTC))
