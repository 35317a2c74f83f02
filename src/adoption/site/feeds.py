"""What has changed in the data: the feed and the journal; and the terms that pages explain."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd
from markupsafe import Markup

from adoption.core.paths import package_root
from adoption.core.reading import remembered
from adoption.countries.groups import load_groups
from adoption.press.html import text
from adoption.press.plan import Settings
from adoption.site.files import GLOSSARY
from adoption.site.links import Links, feed_file, feed_title
from adoption.tables.rows import records

Places = Mapping[str, Mapping[Any, Iterable[int]]]  # of the rows of a treaty or of a state

JOURNAL = "CHANGES.md"
HEADING = re.compile(r"^## +(.+?)\s*$", re.MULTILINE)
GLOSSARY_ROW = re.compile(
    r"^\| (?!term )([^|]*[^|\s]) +\|", re.MULTILINE
)  # in a row of the glossary
COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)


MOST = {"treaty": 30, "group": 8, "state": 5}  # entries of a feed, so that a site stays small


@remembered
def recorded_entries(data: Path) -> pd.DataFrame:
    """Return the entries of all feeds: see `adoption.refresh.feeds.feed_entries`."""
    from adoption.refresh.events import read_events  # slow to import
    from adoption.refresh.feeds import feed_entries

    return feed_entries(read_events(data))


def write_feeds(folder: Path, data: Path, day: date, settings: Settings, links: Links) -> bool:
    """Write the feed of all acts, and one of each treaty, state and group that has a page.

    Return whether anything is recorded. There are feeds without entries too: a reader can follow
    a state before it acts.
    """
    from adoption.refresh.events import read_events  # slow to import
    from adoption.refresh.feeds import ALL, About, atom, feed_of_all

    events, entries = read_events(data), recorded_entries(data)
    published = {"site": settings.site, "author": settings.owner or str(text("site"))}
    first = str(events["day"].min() if len(events) else day)
    (folder / ALL.file).write_bytes(feed_of_all(entries, first, **published))
    rows = records(entries)
    heads = {"treaty": "convention", "state": "participant"}
    places = {kind: entries.groupby(head).indices for kind, head in heads.items()}
    for subject, page in links.feeds.items():
        kind, _, name = subject.partition(":")
        file = feed_file(subject)
        about = About(subject, feed_title(page), file, f"{page.slug}.html", MOST[kind])
        path = folder / file
        path.parent.mkdir(exist_ok=True)
        concerning = [rows[at] for at in _concerning(places, kind, name)]
        path.write_bytes(atom(concerning, about, first, **published))
    return not events.empty


def _concerning(places: Places, kind: str, name: str) -> list[int]:
    """Return the places of the entries of a treaty, of a state, or of the states of a group."""
    if kind == "group":
        of_state = places["state"]
        return sorted(at for iso3 in load_groups()[name].members for at in of_state.get(iso3, ()))
    return [*places[kind].get(name, ())]


def read_markdown(path: Path) -> str:
    """Return the journal of the data, or the glossary; no text where there is none."""
    return path.read_text(encoding="utf-8", errors="replace") if path.exists() else ""


@cache
def written_html(words: str) -> Markup:
    """Return what people write in Markdown as HTML, without its title; HTML in it is text.

    Comments are left out: what the head says to whoever would edit the file.
    """
    lines = [line for line in COMMENT.sub("", words).splitlines() if not line.startswith("# ")]
    return Markup(_markdown().render("\n".join(lines)))


@cache
def _markdown() -> Any:
    from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath

    renderer = IPythonRenderer(
        escape=True, allow_harmful_protocols=False, exclude_anchor_links=True
    )
    return MarkdownWithMath(renderer=renderer)


@dataclass(frozen=True)
class JournalDay:
    """A day of the journal: its heading, and what changed."""

    heading: str
    html: Markup


def read_journal(journal: str) -> list[JournalDay]:
    """Return the days of a journal; what stands at its head is told by what is recorded."""
    _, *days = HEADING.split(COMMENT.sub("", journal))
    pairs = zip(days[::2], days[1::2], strict=True)
    return [JournalDay(day, written_html(words)) for day, words in pairs]


def glossary_of(root: Path) -> str:
    """Return the glossary of a project, or of the package, to whose terms every lead may lead."""
    return read_markdown(root / GLOSSARY) or read_markdown(package_root() / GLOSSARY)


def terms_of(glossary: str) -> list[str]:
    """Return the terms of a glossary."""
    return GLOSSARY_ROW.findall(glossary)


def read_glossary(glossary: str) -> dict[str, Any]:
    """Return the glossary for a page: what stands before its table, the heads, rows by term."""
    lines = glossary.splitlines()
    places = [number for number, line in enumerate(lines) if line.startswith("|")]
    if not places:
        return {"begins": written_html(glossary), "heads": [], "rows": [], "ends": ""}
    first = places[0]
    last = places[-1] + 1
    cells = [[cell.strip() for cell in line[1:-1].split("|")] for line in lines[first:last]]
    heads, _, *rows = cells
    begins = "\n".join(lines[:first])
    ends = "\n".join(lines[last:])
    table_rows = [{"term": row[0], "cells": [*map(_in_line, row)]} for row in rows]
    return {
        "begins": written_html(begins),
        "heads": [_in_line(head) for head in heads],
        "rows": table_rows,
        "ends": written_html(ends),
    }


def _in_line(words: str) -> Markup:
    """Return a cell of Markdown as HTML."""
    markdown = _markdown()
    tokens = markdown.inline(words, {})
    return Markup(markdown.renderer(tokens, markdown.block.state_cls()))
