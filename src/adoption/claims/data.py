"""The data that claims are held against, on a day."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

import pandas as pd

from adoption import tables
from adoption.claims.base import Claim
from adoption.countries.groups import Group, all_groups
from adoption.law.conventions import Convention
from adoption.law.status import Status, status_of


@dataclass(frozen=True)
class ClaimData:
    """What is known on the day asked about.

    Attributes
    ----------
    as_of : date
        The day: a statement said later is held against this day.
    acts, states, memberships, capacity, entries_into_force, base_treaties : DataFrame
        The processed tables of those names; `acts_of` leaves out what is after the day.
    """

    as_of: date
    acts: pd.DataFrame
    states: pd.DataFrame
    memberships: pd.DataFrame
    capacity: pd.DataFrame
    entries_into_force: pd.DataFrame
    base_treaties: pd.DataFrame

    def said(self, claim: Claim) -> date:
        """Return the day on which a claim was said, or the day asked about if it is earlier."""
        return min(claim.said_on, self.as_of)

    def acts_of(self, convention: Convention) -> pd.DataFrame:
        """Return the acts on a convention that can have happened by the day asked about."""
        own = self.acts[self.acts["convention"] == convention.convention]
        return own[own["earliest"] <= pd.Timestamp(self.as_of)]

    def status(self, convention: Convention, day: date) -> Status:
        """Return a convention's status on a day; worked out once for all claims."""
        if (convention, day) not in self._statuses:
            self._statuses[convention, day] = status_of(
                convention, day, self.acts, self.states, self.memberships, self.entries_into_force
            )
        return self._statuses[convention, day]

    @cached_property
    def _statuses(self) -> dict[tuple[Convention, date], Status]:
        return {}

    @cached_property
    def groups(self) -> dict[str, Group]:
        """Every group of states by its own name."""
        groups = all_groups(self.states, self.memberships)
        return {group.name: group for group in groups.values()}

    def name(self, iso3: str) -> str:
        """Return a participant's name as it stands in a sentence."""
        row = self.states[self.states["iso3"] == iso3].to_dict("records")[0]
        return f"{row['article']} {row['name']}" if row["article"] == "the" else str(row["name"])

    @cached_property
    def without_reports(self) -> ClaimData:
        """The same without the acts that are only reported."""
        return replace(self, acts=self.acts[self.acts["grade"] != "reported"])


def load_claim_data(as_of: date) -> ClaimData:
    """Return the processed tables and the registry for a day.

    Examples
    --------
    >>> from datetime import date
    >>> load_claim_data(date(2025, 10, 26)).name("PHL")
    'the Philippines'
    """
    return ClaimData(
        as_of=as_of,
        acts=tables.read("acts"),
        states=tables.read("states"),
        memberships=tables.read("memberships"),
        capacity=tables.read("capacity"),
        entries_into_force=tables.read("entries_into_force"),
        base_treaties=tables.read("base_treaties"),
    )
