"""What is known of one group of states: its acts by convention."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import pandas as pd

from adoption.law.deciding import IN_FORCE, NO_ACT, PARTY, SIGNED, WITHDRAWN

if TYPE_CHECKING:
    from adoption.countries.groups import Group
    from adoption.law.conventions import Convention
    from adoption.law.status import Status


@dataclass(frozen=True)
class GroupProfile:
    """What is known of a group: conventions open to it (ids), its members by status on each."""

    conventions: list[str]
    counts: pd.DataFrame


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
