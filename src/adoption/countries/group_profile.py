"""What is known of one group of states: its acts by convention, and its members."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from typing import TYPE_CHECKING

import pandas as pd

from adoption.countries.standing import overall_values, ranks
from adoption.law.deciding import IN_FORCE, NO_ACT, PARTY, SIGNED, WITHDRAWN
from adoption.law.network import Network

if TYPE_CHECKING:
    from adoption.countries.groups import Group
    from adoption.law.conventions import Convention
    from adoption.law.status import Status

OWN_STATUS = ["iso3", "name", "status", "grade", "act", "earliest", "latest", "open_ended",
              "source"]  # fmt: skip


def conventions_of(
    group: Group, conventions: Sequence[Convention], memberships: pd.DataFrame, as_of: date
) -> list[Convention]:
    """Return the conventions to look at for a group on a day; the first of those given always.

    One that had not been opened by the day is left out, and one made for the members of an
    organisation for a group without one. Other conditions, such as an invitation, are not
    weighed.
    """
    organisation = memberships.groupby("organisation")["iso3"].agg(set)
    return [
        convention
        for place, convention in enumerate(conventions)
        if place == 0
        or (
            convention.opens <= as_of
            and (convention.made_for is None or organisation[convention.made_for] & group.members)
        )
    ]


def acts_by_convention(
    group: Group, statuses: Sequence[Status], memberships: pd.DataFrame
) -> pd.DataFrame:
    """Count a group's members by status on several conventions.

    On a convention made for one organisation only its members are counted, and those who
    have acted on it.

    Returns
    -------
    DataFrame
        One row a convention: convention, label, short_title, members, and the counts
        no_act, signed, signed_reported, bound_reported, bound (confirmed or inferred),
        withdrawn (int64; they add up to members); partial (bool: the day lies beyond the
        reach of the list).
    """
    rows = []
    for status in statuses:
        frame = status.participants[["iso3", "status", "grade"]]
        own = frame[frame["iso3"].isin(group.members)]
        if status.convention.made_for:
            can_join = memberships["organisation"] == status.convention.made_for
            named = own["iso3"].isin(memberships.loc[can_join, "iso3"])
            own = own[named | (own["status"] != NO_ACT)]
        reported = own["grade"] == "reported"
        signed, bound = own["status"] == SIGNED, own["status"].isin((PARTY, IN_FORCE))
        rows.append(
            {
                "convention": status.convention.convention,
                "label": status.convention.label,
                "short_title": status.convention.short_title,
                "members": len(own),
                "no_act": int((own["status"] == NO_ACT).sum()),
                "signed": int((signed & ~reported).sum()),
                "signed_reported": int((signed & reported).sum()),
                "bound_reported": int((bound & reported).sum()),
                "bound": int((bound & ~reported).sum()),
                "withdrawn": int((own["status"] == WITHDRAWN).sum()),
                "partial": status.beyond_reach,
            }
        )
    return pd.DataFrame(rows)


def members_of(
    group: Group,
    status: Status,
    others: Sequence[Status],
    capacity: pd.DataFrame,
    edition: int,
    world: Network,
) -> pd.DataFrame:
    """Return the members of a group with their acts, capacity and partners.

    Parameters
    ----------
    group : Group
        The group.
    status : Status
        The convention that the brief is about.
    others : sequence of Status
        The other conventions.
    capacity : DataFrame
        The table `capacity`.
    edition : int
        Edition of the GCI.
    world : Network
        The states that instruments in force join.

    Returns
    -------
    DataFrame
        One row a member, by name: `OWN_STATUS`, possible, overall (float64), place (Int64:
        in the group, equal values share the better one), bound_by (int64: how many of the
        others bind it, reports left out), partners (Int64: states it is certainly joined
        with; missing for a state outside the network).
    """
    frame = status.participants
    own = frame[frame["iso3"].isin(group.members)][[*OWN_STATUS, "possible"]]
    own = own.sort_values("name", ignore_index=True)
    values = overall_values(capacity, edition)
    known = values[values.index.isin(list(group.members))]
    bound = [_bound(other) for other in others]
    return own.assign(
        overall=own["iso3"].map(known).astype("float64"),
        place=own["iso3"].map(ranks(known)).astype("Int64"),
        bound_by=[sum(iso3 in parties for parties in bound) for iso3 in own["iso3"]],
        partners=own["iso3"].map(world.partners()["least"]).astype("Int64"),
    )


def _bound(status: Status) -> Collection[str]:
    """Return the parties whose consent is more than a report."""
    frame = status.participants
    is_party = frame["status"].isin((PARTY, IN_FORCE)) & (frame["grade"] != "reported")
    return set(frame.loc[is_party, "iso3"])
