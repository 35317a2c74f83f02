"""Atom feeds of recorded acts: one of all acts, and one per treaty, state or group.

The same events give the same bytes, because every day and id in a feed comes from the data. A
feed therefore changes only if one of its acts does.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any
from urllib.parse import quote
from uuid import NAMESPACE_URL, uuid5

import pandas as pd
from feedgen.entry import FeedEntry
from feedgen.feed import FeedGenerator

from adoption.core.text import long_day, slug
from adoption.law.conventions import load_conventions
from adoption.refresh.diff import (
    ACT,
    ACT_KEY,
    CONFIRMED,
    CORRECTED,
    LOST,
    NEW,
    REMOVED,
    Event,
    act_with_day,
    one_line,
)
from adoption.tables.names import load_participants
from adoption.tables.rows import records

Row = Mapping[Any, Any]  # row of `feed_entries`

AUTHOR = "The adoption authors"  # author of an unpublished feed
# Beginnings of titles. A withdrawal is a state's act in the law of treaties, not a removal of data.
PREFIXES = {
    LOST: "Correction, not in the depositary's list: ",
    REMOVED: "Correction, taken out of the data (no withdrawal): ",
    NEW: "",
    CORRECTED: "Correction: ",
    CONFIRMED: "Now confirmed: ",
}


@dataclass(frozen=True)
class About:
    """The subject of a feed.

    Attributes
    ----------
    key : str
        The basis of its id: `acts`, or a subject such as `state:QAT`.
    title : str
        Its title.
    file : str
        Its path in the site.
    page : str
        The page of the site that it belongs to; empty for the front page.
    most : int
        The maximum number of entries. The oldest changes are dropped first, but never any of the
        newest day, unless it is the day of the first record.
    """

    key: str = "acts"
    title: str = "Acts on conventions"
    file: str = "feed.xml"
    page: str = ""
    most: int = 500


ALL = About()


def feed_entries(events: pd.DataFrame) -> pd.DataFrame:
    """Return the last event of each act and piece of news, newest first.

    Parameters
    ----------
    events : DataFrame
        The recorded events, as `read_events` returns them.

    Returns
    -------
    DataFrame
        The columns of `events`; `first`, the day of the first record as text; `is_news`; and
        `is_correction`. Corrections come last within their day.
    """
    events = events.reset_index(drop=True)
    changes = [Event.of(row) for row in records(events)]
    entries = events.assign(
        is_news=pd.Series([change.is_news for change in changes], dtype="bool"),
        is_correction=pd.Series([change.is_correction for change in changes], dtype="bool"),
    )
    entries = entries[entries["is_news"] | (entries["kind"] == ACT)]
    entries = entries.assign(first=entries.groupby(ACT_KEY)["day"].transform("min"))
    last = entries.drop_duplicates(ACT_KEY, keep="last")
    act_day = last["after"].where(last["after"] != "", last["before"])
    order = ["day", "is_news", "is_correction", "act_day"]
    ascending = [False, False, True, False] + [True] * len(ACT_KEY)
    return last.assign(act_day=act_day).sort_values([*order, *ACT_KEY], ascending=ascending)


def feed_of_all(entries: pd.DataFrame, since: str, **published: str) -> bytes:
    """Return the feed of all acts among the entries."""
    return atom(records(first_convention_first(entries)), ALL, since, **published)


def first_convention_first(entries: pd.DataFrame) -> pd.DataFrame:
    """Return the entries, beginning with the registry's first convention."""
    first = next(iter(load_conventions()))
    is_other = entries["convention"] != first
    return entries.loc[is_other.sort_values(kind="stable").index]


def atom(
    entries: Sequence[Row],
    about: About,
    since: str,
    site: str = "",
    author: str = AUTHOR,
) -> bytes:
    """Return an Atom feed.

    Parameters
    ----------
    entries : sequence of dict
        Rows of `feed_entries`, in the order of the feed.
    about : About
        The subject of the feed.
    since : str
        The ISO date of the first record, which is also the date of a feed without entries.
    site : str
        The address of the published site, for links; without it links are relative.
    author : str
        The publisher.
    """
    base = site or "../" * about.file.count("/")
    generator = FeedGenerator()
    generator.id(_urn(about.key))
    generator.title(about.title)
    generator.subtitle("What states have done on the conventions that adoption follows")
    generator.author(name=author)
    generator.language("en")
    generator.generator("")
    newest = max((row["day"] for row in entries), default=since)
    of_newest = sum(row["day"] == newest > since for row in entries)
    latest_entries = entries[: max(about.most, of_newest)]
    generator.updated(_midnight(newest))
    itself = f"{site}{about.file}" if site else about.file.split("/")[-1]
    generator.link(href=itself, rel="self", type="application/atom+xml")
    page = about.page or ("" if site else "index.html")
    generator.link(href=f"{base}{page}", rel="alternate", type="text/html")
    for row in latest_entries:
        generator.add_entry(_entry(row, base), order="append")
    return bytes(generator.atom_str(pretty=not about.page))


def _urn(key: str) -> str:
    """Return an id that is the same wherever the feed is published."""
    return uuid5(NAMESPACE_URL, f"adoption/{key}").urn


def _entry(row: Row, base: str) -> FeedEntry:
    """Return the entry of an act or a piece of news, identical in every feed."""
    event = Event.of(row)
    entry = FeedEntry()
    parts = filter(None, (event.convention, event.participant, event.act.replace(" ", "-")))
    number = [event.number] if event.number else []
    key = "/".join(quote(part, safe="") for part in (*parts, *number))
    entry.id(_urn(key))
    day = slug(long_day(date.fromisoformat(row["day"])))
    entry.link(href=f"{base}changes.html#{day}", rel="alternate", type="text/html")
    convention = load_conventions().get(event.convention)
    treaty = convention.short_title if convention else event.convention
    if event.is_news:
        entry.title(one_line(": ".join(filter(None, [treaty, event.text]))))
    else:
        name = load_participants().names.get(event.participant, event.participant)
        act = act_with_day(name, event.act, event.after or event.before)
        entry.title(one_line(f"{PREFIXES[event.fate]}{act}, {treaty}"))
    if event.convention:
        entry.category(term=event.convention)
    entry.updated(_midnight(row["day"]))
    entry.published(_midnight(row["first"]))
    entry.content(one_line(f"{event.text}."), type="text")
    return entry


def _midnight(day: str) -> datetime:
    return datetime.combine(date.fromisoformat(day), time(), UTC)
