"""What has changed in the data: the feed and the journal; and the terms that pages explain."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from markupsafe import Markup

from adoption.core.paths import package_root
from adoption.press.html import text
from adoption.press.plan import Settings
from adoption.site.files import GLOSSARY

FEED, JOURNAL = "feed.xml", "CHANGES.md"
HEADING = re.compile(r"^## +(.+?)\s*$", re.MULTILINE)
TERM = re.compile(r"^\| (?!term )([^|]*[^|\s]) +\|", re.MULTILINE)  # in a row of the glossary
COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)


def write_feed(folder: Path, data: Path, day: date, settings: Settings) -> bool:
    """Write the feed of what is recorded, and return whether anything is.

    There is one without entries too: a reader can follow it before there is news.
    """
    from adoption.refresh.events import feed, read_events  # slow to import

    events = read_events(data)
    (folder / FEED).write_bytes(feed(events, day, settings.site, settings.owner or text("site")))
    return not events.empty


def read_markdown(path: Path) -> str:
    """Return the journal of the data, or the glossary; no text where there is none."""
    return path.read_text(encoding="utf-8", errors="replace") if path.exists() else ""


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


def read_journal(journal: str) -> tuple[Markup, list[JournalDay]]:
    """Return what stands at the head of a journal, and its days."""
    begins, *days = HEADING.split(COMMENT.sub("", journal))
    pairs = zip(days[::2], days[1::2], strict=True)
    return written_html(begins), [JournalDay(day, written_html(words)) for day, words in pairs]


def glossary_of(root: Path) -> str:
    """Return the glossary of a project, or of the package, to whose terms every lead may lead."""
    return read_markdown(root / GLOSSARY) or read_markdown(package_root() / GLOSSARY)


def terms_of(glossary: str) -> list[str]:
    """Return the terms of a glossary."""
    return TERM.findall(glossary)


def read_glossary(glossary: str) -> dict[str, Any]:
    """Return the glossary for a page: what stands before its table, the heads, rows by term."""
    lines = glossary.splitlines()
    places = [number for number, line in enumerate(lines) if line.startswith("|")]
    if not places:
        return {"begins": written_html(glossary), "heads": [], "rows": [], "ends": ""}
    first, last = places[0], places[-1] + 1
    cells = [[cell.strip() for cell in line[1:-1].split("|")] for line in lines[first:last]]
    heads, _, *rows = cells
    return {
        "begins": written_html("\n".join(lines[:first])),
        "heads": [_in_line(head) for head in heads],
        "rows": [{"term": row[0], "cells": [*map(_in_line, row)]} for row in rows],
        "ends": written_html("\n".join(lines[last:])),
    }


def _in_line(words: str) -> Markup:
    """Return a cell of Markdown as HTML."""
    markdown = _markdown()
    tokens = markdown.inline(words, {})
    return Markup(markdown.renderer(tokens, markdown.block.state_cls()))
