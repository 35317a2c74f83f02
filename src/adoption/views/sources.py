"""Tables and cells that name the sources of rows."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

import pandas as pd

from adoption.figures.tables import NOT_KNOWN, Cells, Link, Table
from adoption.words import when_short

if TYPE_CHECKING:
    from adoption.law.status import Row


# Where a stored copy lies, which the table sources says in full and a page need not.
PLACE_OF_COPY = r"\s*\((read in )?github [^)]*\)"


def sources_view(keys: Iterable[Any], sources: pd.DataFrame) -> Table:
    """Show the sources that some rows name, with licence and the state in which each was seen."""
    wanted = {part for key in keys if pd.notna(key) for part in str(key).split(";")}
    chosen = sources[sources["source"].isin(wanted)]
    frame = pd.DataFrame(
        {
            "Source": [
                Link(row["title"], row["url"]) if _is_address(row["url"]) else row["title"]
                for row in chosen.to_dict("records")
            ],
            "Publisher": chosen["publisher"],
            "Seen": chosen["accessed"]
            .fillna("day not noted")
            .str.replace(PLACE_OF_COPY, "", regex=True),
            "Licence": chosen["licence"].fillna("none stated"),
        }
    )
    return Table(frame, "Sources of the rows on this page")


def source_links(sources: pd.DataFrame) -> Callable[[object], Cells]:
    """Return what turns the keys of a row into links."""
    addresses = dict(zip(sources["source"], sources["url"], strict=True))

    def link(key: str) -> Link | str:
        url = addresses[key]
        return Link(key, url) if _is_address(url) else key

    def links(keys: object) -> Cells:
        named = str(keys).split(";") if isinstance(keys, str) else []
        return Cells(tuple(link(key) for key in named))

    return links


def _is_address(url: object) -> bool:
    return isinstance(url, str) and url.startswith("https://") and " " not in url


def when(row: Row) -> str:
    """Return the day of an act, its window, or `not known`."""
    earliest, latest = row["earliest"], row["latest"]
    if not isinstance(earliest, pd.Timestamp) or not isinstance(latest, pd.Timestamp):
        return NOT_KNOWN
    return when_short(earliest, latest, row["open_ended"])
