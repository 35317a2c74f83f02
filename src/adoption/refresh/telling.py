"""The tables of before a refresh, kept until the feed and CHANGES.md tell what has changed.

So no change goes untold, whenever a refresh is stopped: the next one compares with the same
tables, and tells it with the same day.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from adoption.builds import read_build
from adoption.errors import AdoptionError
from adoption.fetching.folders import alone, put_folder, remove_folder
from adoption.fetching.stamps import STAMP
from adoption.news.kinds import Differences

if TYPE_CHECKING:
    from adoption.refresh.place import Place

FEED, JOURNAL = "feed.xml", "CHANGES.md"
BEFORE = "before"


def remember(place: Place, now: datetime) -> None:
    """Keep the tables as they are, before anything changes; what is kept already stays."""
    if remembered(place) or not place.processed.is_dir():
        return
    tables = {path.name: path.read_bytes() for path in place.processed.glob("*.parquet")}
    with alone(place.begun):
        put_folder(place.begun, BEFORE, f"{now.astimezone(UTC):{STAMP}}", tables)


def remembered(place: Place) -> Path | None:
    """Return the folder of tables whose changes are not told yet; it is called after a moment."""
    folder = place.begun / BEFORE
    return min(folder.iterdir(), default=None) if folder.is_dir() else None


def tell(place: Place, tables: Mapping[str, pd.DataFrame], say: Callable[[str], object]) -> str:
    """Write into the feed and CHANGES.md of the data what has changed since `remember`."""
    from adoption.news.feed import extend_feed
    from adoption.news.journal import add_to_journal
    from adoption.news.sections import sections
    from adoption.news.summary import summary_line

    folder, summary = remembered(place), ""
    found = _found(folder, tables, say)
    if folder and found and sections(found):
        moment = datetime.strptime(folder.name, STAMP).replace(tzinfo=UTC)
        summary = summary_line(found)
        say(summary)
        add_to_journal(place.data / JOURNAL, found, moment.date())
        extend_feed(place.data / FEED, found, moment)
    if folder:
        with alone(place.begun):
            remove_folder(place.begun, folder)
    return summary


def _found(
    before: Path | None,
    tables: Mapping[str, pd.DataFrame],
    say: Callable[[str], object],
) -> Differences | None:
    from adoption.news.differences import differences

    try:
        if before is None:
            raise AdoptionError("there were no tables before")
        return differences(read_build(before), tables)
    except AdoptionError as error:
        say(f"what has changed cannot be told: {error}")
        return None
