"""Which states a convention joins on a day: those for which it is in force."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import pandas as pd

from adoption.countries.groups import Group, find_group, load_groups
from adoption.law.conventions import Convention
from adoption.law.deciding import IN_FORCE, PARTY, SIGNED, WITHDRAWN
from adoption.law.status import KEPT, Row, Status, load_status
from adoption.reading import remembered

# Where the rule for later parties was not seen, a party counts as joined a year after its
# instrument was certainly deposited: no rule of the registry waits half as long.
LONGEST_WAIT = timedelta(days=365)


@dataclass(frozen=True)
class Web:
    """The states that one convention joins.

    Attributes
    ----------
    convention : Convention
        Which one.
    certain : frozenset of str
        ISO3 of the states for which it is certainly in force, reports left out.
    possible : frozenset of str
        Those, and the states for which it may be: by a report, by an act whose day is not
        known, or because the list of a convention made for one organisation is partial.
    partial : bool
        Whether the day lies beyond the one to which the list is complete.
    ceiling : bool
        Whether `possible` holds all states that can be joined by it, or the list of acts is
        complete.
    """

    convention: Convention
    certain: frozenset[str]
    possible: frozenset[str]
    partial: bool
    ceiling: bool


def web_of(status: Status, group: Group | None = None) -> Web:
    """Return the states that a convention joins on the day of its status."""
    states = status.participants[status.participants["kind"] != "organization"]
    rows = states.to_dict("records")
    may_be_in_force = _may_be_in_force(status)
    certain = {row["iso3"] for row in rows if _is_sure(status) and _certainly_in_force(row, status)}
    possible = {
        row["iso3"]
        for row in rows
        if may_be_in_force and (row["status"] in (PARTY, IN_FORCE) or row["possible"] == PARTY)
    }
    if group and status.beyond_reach and may_be_in_force:
        withdrawn = {row["iso3"] for row in rows if row["status"] == WITHDRAWN}
        possible |= group.members - withdrawn
    return Web(
        convention=status.convention,
        certain=frozenset(certain),
        possible=frozenset(certain | possible),
        partial=status.beyond_reach,
        ceiling=not status.beyond_reach or group is not None,
    )


def _is_sure(status: Status) -> bool:
    """Return whether a convention in force is so by more than reports of instruments."""
    published = status.convention.entered_into_force
    if published is not None and published <= status.as_of:
        return True
    return "reported" not in (status.nth_grade or "")


def _may_be_in_force(status: Status) -> bool:
    if status.entry_into_force is not None:
        return status.entry_into_force.earliest <= status.as_of
    return status.counted.upper >= status.convention.threshold


def _certainly_in_force(row: Row, status: Status) -> bool:
    if row["grade"] == "reported" or row["possible"] == WITHDRAWN:
        return False
    if row["status"] == PARTY and status.in_force:
        deposited = _last_possible(row, status.convention)
        return bool(_joined_by(deposited, status.convention) <= status.as_of)
    return bool(row["status"] == IN_FORCE)


def _last_possible(row: Row, convention: Convention) -> date:
    """Return the last day on which a party can have deposited: when a text named it, it had."""
    latest: date = row["latest"].date()
    if row["open_ended"] and convention.partial_to is not None:
        return min(latest, convention.partial_to)
    return latest


def _joined_by(deposited: date, convention: Convention) -> date:
    """Return the last day on which a convention in force joins a state that deposited by a day."""
    if convention.later is None:
        return deposited + LONGEST_WAIT
    return convention.later.delay().after(deposited)


def signed_or_bound(status: Status) -> frozenset[str]:
    """Return the states that have certainly signed or, if only by report, consented."""
    frame = status.participants[status.participants["kind"] != "organization"]
    acted = frame["status"].isin((SIGNED, PARTY, IN_FORCE))
    return frozenset(frame.loc[acted, "iso3"])


def bound_by_report_or_more(status: Status) -> frozenset[str]:
    """Return the states that are bound, and those of which it is only reported."""
    frame = status.participants[status.participants["kind"] != "organization"]
    return frozenset(frame.loc[frame["status"].isin((PARTY, IN_FORCE)), "iso3"])


def instruments_of(webs: Sequence[Web], states: Sequence[str]) -> pd.DataFrame:
    """Return by which conventions each state is certainly joined with others.

    Returns
    -------
    DataFrame
        One row a state: iso3, instruments (the conventions' labels in the order given, with
        a plus sign between them; empty where there is none).
    """
    labels = [" + ".join(w.convention.label for w in webs if iso3 in w.certain) for iso3 in states]
    return pd.DataFrame({"iso3": list(states), "instruments": labels})


def load_webs(conventions: Sequence[Convention], as_of: date) -> list[Web]:
    """Return the webs of conventions of the registry on a day, from the processed tables.

    A convention that had not been opened by the day joins nobody.
    """
    return [_load_web(convention, as_of) for convention in conventions]


@remembered(maxsize=KEPT)
def _load_web(convention: Convention, as_of: date) -> Web:
    made_for = find_group(convention.made_for, load_groups()) if convention.made_for else None
    return web_of(load_status(convention.convention, as_of), made_for)
