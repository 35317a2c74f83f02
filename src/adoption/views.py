"""Tables as notebooks show them: the analysis' frames with heads, words and marks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from adoption.figures.tables import NOT_KNOWN, Badge, Cells, Link, Table
from adoption.figures.theme import status_class
from adoption.profiles import PILLARS
from adoption.status import NO_ACT, Row
from adoption.words import capitalised, long_day, short_day, when_short

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from adoption.groups import Group
    from adoption.status import Status

COMPLETE = {True: "yes", False: "no"}
# Where a stored copy lies, which the table sources says in full and a page need not.
PLACE_OF_COPY = r"\s*\((read in )?github [^)]*\)"


def region_view(by_group: pd.DataFrame, status: Status) -> Table:
    """Show `adoption.regions.by_group`."""
    share = (by_group["acted_share"] * 100).round().astype(int).astype(str) + " %"
    frame = pd.DataFrame(
        {
            "Region": by_group["group"],
            "UN members": by_group["members"],
            "Signed only": by_group["signed"],
            "Bound": by_group["bound_confirmed"],
            "Reported bound": by_group["bound_reported"],
            "No act known": by_group["no_act"],
            "Share with an act": share,
        }
    )
    return Table(
        frame,
        f"Members of the United Nations by M49 region, {long_day(status.as_of)}",
    )


def doubtful_view(status: Status) -> Table:
    """Show the acts that are not confirmed, or that may have happened by the day."""
    frame = status.participants
    chosen = frame[
        frame["grade"].isin(["reported", "inferred"]) | frame["possible"].notna()
    ].sort_values(["grade", "name"])
    rows = [
        {
            "Participant": row["name"],
            "Shown as": Badge(status_class(row["status"], row["grade"])),
            "Act": _act_and_possible(row),
            "Day": when(row),
            "Grade": row["grade"] if pd.notna(row["grade"]) else NOT_KNOWN,
            "Why": row["note"] if pd.notna(row["note"]) else "",
        }
        for row in chosen.to_dict("records")
    ]
    columns = ["Participant", "Shown as", "Act", "Day", "Grade", "Why"]
    return Table(
        pd.DataFrame(rows, columns=columns),
        "Acts that are reported by one source, or whose day is inferred",
    )


def _act_and_possible(row: Row) -> str:
    further = f"possibly {row['possible']} by then" if isinstance(row["possible"], str) else ""
    return "; ".join(part for part in (row["act"], further) if isinstance(part, str) and part)


def when(row: Row) -> str:
    """Return the day of an act, its window, or `not known`."""
    earliest, latest = row["earliest"], row["latest"]
    if not isinstance(earliest, pd.Timestamp) or not isinstance(latest, pd.Timestamp):
        return NOT_KNOWN
    return when_short(earliest, latest, row["open_ended"])


def ages_view(compared: pd.DataFrame, days: int) -> Table:
    """Show `adoption.curves.compare_at_age`."""
    rows = []
    for row in compared.to_dict("records"):
        reported = _reached(row) and row["parties_reported"] > 0
        force = row["days_to_force"]
        rows.append(
            {
                "Convention": row["short_title"],
                "Opened": short_day(row["opens"]),
                "Signatories": _bounds(row, "signatories"),
                "Parties": _bounds(row, "parties") + (" (by report)" if reported else ""),
                "Needed": row["threshold"],
                "Days to entry into force": f"{force:,}" if pd.notna(force) else "not known",
                "List complete to this age": COMPLETE[bool(row["complete"])]
                if _reached(row)
                else "",
            }
        )
    return Table(pd.DataFrame(rows), f"Signatories and parties {days:,} days after opening")


def _bounds(row: Row, measure: str) -> str:
    lower, upper = row[f"{measure}_lower"], row[f"{measure}_upper"]
    if not isinstance(lower, int):
        return NOT_KNOWN if _reached(row) else "not yet that old"
    return f"{lower}" if lower == upper else f"{lower} to {upper}"


def _reached(row: Row) -> bool:
    return isinstance(row["parties_lower"], int)


def acts_view(acts: pd.DataFrame, sources: pd.DataFrame, name: str) -> Table:
    """Show `adoption.profiles.acts_of`, each act with its grade and source."""
    links = _source_links(sources)
    rows = [
        {
            "Convention": row["label"],
            "Act": row["act"] if pd.notna(row["act"]) else NO_ACT,
            "Day": when(row) if pd.notna(row["act"]) else "",
            "Grade": row["grade"] if pd.notna(row["grade"]) else "",
            "Source": links(row["source"]),
            "Note": row["note"] if pd.notna(row["note"]) and row["grade"] != "confirmed" else "",
        }
        for row in acts.to_dict("records")
    ]
    return Table(pd.DataFrame(rows), f"Acts of {name} on the conventions of the registry")


def peers_view(peers: pd.DataFrame, subregion: str, edition: int) -> Table:
    """Show `adoption.profiles.peers`."""
    frame = pd.DataFrame(
        {
            "State": peers["name"],
            "Status": [
                Badge(status_class(s, g))
                for s, g in zip(peers["status"], peers["grade"], strict=True)
            ],
            "Day": [
                when(row) if row["status"] != NO_ACT else "" for row in peers.to_dict("records")
            ],
            f"GCI {edition}": peers["overall"],
            "Tier": peers["tier"],
        }
    )
    return Table(frame, f"States of {subregion}, by GCI {edition}")


def history_view(history: pd.DataFrame, sources: pd.DataFrame, name: str) -> Table:
    """Show `adoption.profiles.index_history`."""
    links = _source_links(sources)
    decimals = {"GCI": 2, "EGDI": 4}
    frame = pd.DataFrame(
        {
            "Index": history["index"],
            "Edition": history["edition"].astype(str),
            "Value": [
                f"{value:.{decimals[index]}f}"
                for index, value in zip(history["index"], history["value"], strict=True)
            ],
            "Tier": history["tier"].where(history["tier"].notna(), ""),
            "Grade": history["grade"].where(history["grade"].notna(), "not assessed"),
            "Source": [links(key) for key in history["source"]],
        }
    )
    return Table(frame, f"{name}: overall values by edition (editions differ in method)")


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


def _source_links(sources: pd.DataFrame) -> Callable[[object], Cells]:
    """Return what turns the keys of a row into links."""
    known = {
        row["source"]: Link(row["source"], row["url"]) if _is_address(row["url"]) else row["source"]
        for row in sources.to_dict("records")
    }

    def links(keys: object) -> Cells:
        named = str(keys).split(";") if isinstance(keys, str) else []
        return Cells(tuple(known[key] for key in named))

    return links


def _is_address(url: object) -> bool:
    return isinstance(url, str) and url.startswith("https://") and " " not in url


def dispersion_view(measured: pd.DataFrame, group: Group) -> Table:
    """Show `adoption.dispersion.dispersion`."""
    frame = pd.DataFrame(
        {
            "Pillar": measured["label"],
            "Members with a value": measured["states"],
            "Lowest": measured["lowest"],
            "Median": measured["median"],
            "Highest": measured["highest"],
            "Interquartile range": measured["iqr"],
            "Gini": measured["gini"],
            "Others, median": measured["others_median"],
            "Others, Gini": measured["others_gini"],
        }
    )
    return Table(frame, f"Dispersion of the GCI pillars inside {group.in_sentence}, points of 20")


def split_view(split: pd.DataFrame, group: Group, inner: Group) -> Table:
    """Show `adoption.dispersion.spread_between`."""
    frame = pd.DataFrame(
        {
            "Pillar": split["label"],
            f"Median of {inner.in_sentence}": split["inner_median"],
            "Median of the other members": split["outer_median"],
            "Share of Theil's T between the two": [
                f"{share:.0%}" if pd.notna(share) else NOT_KNOWN for share in split["between_share"]
            ],
        }
    )
    return Table(frame, f"{capitalised(inner.in_sentence)} inside {group.in_sentence}")


def members_view(status: Status, group: Group, values: pd.DataFrame) -> Table:
    """Show a group's members with their status and pillars, by name."""
    frame = status.participants[status.participants["iso3"].isin(group.members)]
    frame = frame.sort_values("name", ignore_index=True)
    pillars = values.reindex(frame["iso3"]).reset_index(drop=True).rename(columns=PILLARS)
    shown = pd.DataFrame(
        {
            "State": frame["name"],
            "Status": [
                Badge(status_class(s, g))
                for s, g in zip(frame["status"], frame["grade"], strict=True)
            ],
        }
    )
    title = f"{group.name}: {status.convention.short_title} and GCI pillars, by state"
    return Table(shown.join(pillars), title)
