"""Who has signed and who is bound on a day, and what that means for entry into force."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import pandas as pd

from adoption import tables
from adoption.choices import to_day
from adoption.countries.groups import slug
from adoption.data.dictionary import SIGNATURES, WITHDRAWAL
from adoption.law.conventions import Convention, find_convention
from adoption.law.counts import Count, count
from adoption.law.deciding import IN_FORCE, NO_ACT, PARTY, decide
from adoption.law.entries import of_term
from adoption.law.instruments import (
    certainly_bound,
    deposited_on,
    entry_into_force,
    first_acts,
    in_force_day,
    nth_instrument,
    possibly_bound,
    special_members,
    still_needed,
    terms,
    to_deposits,
)
from adoption.law.rules import Window
from adoption.reading import remembered

KEPT = 256  # statuses that are remembered

Row = Mapping[Any, Any]  # one line of a frame, as to_dict("records") gives it


@dataclass(frozen=True)
class Status:
    """A convention on a day.

    Attributes
    ----------
    convention : Convention
        Which one.
    as_of : date
        The day asked about.
    participants : DataFrame
        One row a state, observer or organisation: iso3, name, article, kind, region, un_group,
        status (a word of `adoption.law.deciding`), grade, act, date, earliest, latest,
        open_ended, source (of the act that decides the status), possible (a further status
        it may have had, or missing), signed (whether it has certainly signed), signed_on,
        bound_on, in_force_on (days, NaT where not known).
    signatories, parties, counted : Count
        Signatories; parties; parties whose instrument counts to the threshold.
    nth_instrument : Window, optional
        When the threshold was certainly reached, if it was by the day.
    nth_participants : tuple of str
        ISO3 codes of those who deposited on that day, where it is one day.
    nth_grade : str, optional
        confirmed, or the grades without which the threshold is not reached then.
    entry_into_force : Window, optional
        The day that follows from it; it may lie after `as_of`.
    remaining_if_confirmed_only : int
        How many counted instruments are still needed if of all consents and withdrawals
        only those that are confirmed are looked at.
    lacking_by_report : int
        How many of those that lack, reported consents not counted, do so only because a
        withdrawal is reported.
    """

    convention: Convention
    as_of: date
    participants: pd.DataFrame
    signatories: Count
    parties: Count
    counted: Count
    nth_instrument: Window | None
    nth_participants: tuple[str, ...]
    nth_grade: str | None
    entry_into_force: Window | None
    remaining_if_confirmed_only: int
    lacking_by_report: int

    @property
    def nth_is_unsure(self) -> bool:
        """Whether it is not certainly reached then without acts that are not confirmed."""
        return self.nth_grade not in (None, "confirmed")

    @property
    def remaining(self) -> int:
        """How many counted instruments are still needed; none once there were enough."""
        if self.nth_instrument:  # whoever withdraws afterwards takes nothing from it
            return 0
        return max(self.convention.threshold - self.counted.lower, 0)

    @property
    def least_remaining(self) -> int | None:
        """How few may still be needed; None beyond the reach of the list: nobody can say."""
        if self.nth_instrument:
            return 0
        if self.beyond_reach:
            return None
        return max(self.convention.threshold - self.counted.upper, 0)

    @property
    def in_force(self) -> bool:
        """Whether the convention was certainly in force on the day."""
        return self.entry_into_force is not None and self.entry_into_force.latest <= self.as_of

    @property
    def beyond_reach(self) -> bool:
        """Whether the day lies after the last one for which the list is complete."""
        complete_to = self.convention.complete_to
        return complete_to is None or self.as_of > complete_to

    @property
    def signatures_may_be_missing(self) -> bool:
        """Whether there can be signatures that the list does not have.

        Not where it is complete beyond the last day for signature.
        """
        closes, complete_to = self.convention.closes, self.convention.complete_to
        return self.beyond_reach and not (closes and complete_to and closes <= complete_to)


def status_on(
    convention: Convention,
    as_of: date,
    acts: pd.DataFrame,
    states: pd.DataFrame,
    special_members: Collection[str] = (),
    entries_into_force: pd.DataFrame | None = None,
) -> Status:
    """Work out a convention's status on a day.

    An act counts when its `latest` is on or before the day; between `earliest` and
    `latest` it is only possible, and the counts carry both bounds.
    """
    acts = acts[acts["convention"] == convention.convention]
    ever = terms(acts[acts["iso3"].isin(acts.loc[acts["act"] == WITHDRAWAL, "iso3"])])
    acts = acts[acts["earliest"] <= pd.Timestamp(as_of)]
    signatures = first_acts(acts, SIGNATURES)
    periods = terms(acts)
    organizations = states.loc[states["kind"] == "organization", "iso3"]
    excluded = set(organizations) if convention.excludes_reio else set()
    special = set(special_members)
    deposits = to_deposits(periods, excluded, special)

    def needed(looked_at: pd.Series[bool]) -> int:
        counting = to_deposits(terms(acts[looked_at]), excluded, special)
        return still_needed(convention, counting, as_of)

    reported, left = acts["grade"] == "reported", acts["act"] == WITHDRAWAL
    by_report = needed(~reported | left) - needed(~reported) if (reported & left).any() else 0
    nth, grade = nth_instrument(convention, deposits, as_of)
    force = entry_into_force(convention, nth) if nth else None
    certain, possible = certainly_bound(periods, as_of), possibly_bound(periods, as_of)
    adding = [frame[~frame["iso3"].isin(excluded)] for frame in (certain, possible)]
    published = (
        {}
        if entries_into_force is None
        else dict(zip(entries_into_force["iso3"], entries_into_force["date"], strict=True))
    )
    frame = states.set_index("iso3")[["name", "article", "kind", "region", "un_group"]]
    frame = frame.join(decide(acts, as_of))
    frame["status"] = frame["status"].fillna(NO_ACT)
    frame["signed"] = frame["signed"].eq(True)
    in_force_days = {
        deposit.participant: in_force_day(
            convention, deposit.window, nth, force, of_term(deposit, published, ever)
        )
        for deposit in to_deposits(possible, (), ())
    }
    frame["in_force_on"] = pd.to_datetime(frame.index.map(in_force_days)).astype("datetime64[us]")
    in_force = (frame["status"] == PARTY) & (frame["in_force_on"] <= pd.Timestamp(as_of))
    frame.loc[in_force, "status"] = IN_FORCE
    return Status(
        convention=convention,
        as_of=as_of,
        participants=frame.reset_index(),
        signatories=count(signatures[signatures["latest"] <= pd.Timestamp(as_of)], signatures),
        parties=count(certain, possible),
        counted=count(*adding),
        nth_instrument=nth,
        nth_participants=deposited_on(deposits, nth),
        nth_grade=grade,
        entry_into_force=force,
        remaining_if_confirmed_only=needed(acts["grade"] == "confirmed"),
        lacking_by_report=max(by_report, 0),
    )


def status_of(
    convention: Convention,
    as_of: date,
    acts: pd.DataFrame,
    states: pd.DataFrame,
    memberships: pd.DataFrame,
    entries_into_force: pd.DataFrame,
) -> Status:
    """Work out a convention's status on a day from the tables of those names."""
    own = entries_into_force["convention"] == convention.convention
    return status_on(
        convention,
        as_of,
        acts,
        states,
        special_members(convention, memberships),
        entries_into_force[own],
    )


def named_acts(status: Status, acts: pd.DataFrame) -> pd.DataFrame:
    """Return each act on a convention that may have been done by its day, with a name.

    One whose `latest` lies after the day is only possible. Who signed and consented has a row
    for each, and a withdrawal is a row as well.

    Parameters
    ----------
    status : Status
        The convention on the day.
    acts : DataFrame
        The table `acts`.

    Returns
    -------
    DataFrame
        iso3, name, act, date, earliest, latest, open_ended, grade, region (M49; missing for an
        organization) and source, in order of name and day.
    """
    convention, day = status.convention.convention, pd.Timestamp(status.as_of)
    own = acts[(acts["convention"] == convention) & (acts["earliest"] <= day)]
    found = own.merge(status.participants[["iso3", "name", "region"]], on="iso3")
    found = found.assign(order=found["name"].map(slug)).sort_values(
        ["order", "earliest", "latest"], ignore_index=True
    )
    kept = [
        "iso3", "name", "act", "date", "earliest", "latest", "open_ended", "grade", "region",
        "source",
    ]  # fmt: skip
    return found[kept]


def load_status(name: str, as_of: date | str) -> Status:
    """Work out the status of a convention of the registry from the processed tables.

    Parameters
    ----------
    name : str
        Id, reference or title of the convention.
    as_of : date or str
        The day; as text "2025-10-25", or "latest" for the day of the data.

    Raises
    ------
    AdoptionError
        If there is no such convention, or no such day.

    Examples
    --------
    >>> from datetime import date
    >>> load_status("hanoi", date(2025, 10, 25)).signatories.lower
    69
    """
    found = _remembered_status(name, to_day(as_of))
    return replace(found, participants=found.participants.copy())  # to each their own


@remembered(maxsize=KEPT)
def _remembered_status(name: str, as_of: date) -> Status:
    wanted = ("acts", "states", "memberships", "entries_into_force")
    return status_of(find_convention(name), as_of, *(tables.read(table) for table in wanted))
