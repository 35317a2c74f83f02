"""What has changed in the data, as a report shows it: the feed, and the journal as a page."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

FEED, JOURNAL = "feed.xml", "CHANGES.md"
PAGE = "changes"
NEWS = ("data/events.csv", f"data/{JOURNAL}")
COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)


def write_feed(folder: Path, data: Path, day: date, site: str) -> bool:
    """Write the feed of what is recorded, and return whether anything is.

    There is one without entries too: a reader can follow it before there is news.
    """
    from adoption.refresh.events import feed, read_events  # slow to import

    events = read_events(data)
    (folder / FEED).write_bytes(feed(events, day, site))
    return not events.empty


def read_journal(data: Path) -> str:
    """Return the journal of the data in Markdown; no text where there is none."""
    try:
        return (data / JOURNAL).read_text(encoding="utf-8", errors="replace")
    except FileNotFoundError:
        return ""


def journal_html(journal: str) -> str:
    """Return a journal as HTML below a heading, for readers; HTML in it is text.

    Comments are left out: what the head says to whoever would edit the file.
    """
    from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath

    renderer = IPythonRenderer(
        escape=True, allow_harmful_protocols=False, exclude_anchor_links=True
    )
    lines = [line for line in COMMENT.sub("", journal).splitlines() if not line.startswith("# ")]
    return str(MarkdownWithMath(renderer=renderer).render("\n".join(lines)))
