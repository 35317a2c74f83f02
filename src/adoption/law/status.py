"""Who has signed and who is bound on a day, and what that means for entry into force."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from adoption.choices import to_day
from adoption.countries.groups import slug
from adoption.data.dictionary import CONSENTS, DOMESTIC_APPROVAL, SIGNATURES, WITHDRAWAL
from adoption.law.conventions import Convention, find_convention
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
from adoption.law.rules import Deposit, Window
from adoption.reading import remembered
from adoption.tables import by_grade, certain_by, known_by, of_convention, read, read_of

if TYPE_CHECKING:
    from adoption.law.conventions import Convention


@dataclass(frozen=True)
class Count:
    """How many participants, with what is not known.

    Attributes
    ----------
    lower : int
        Those whose act certainly happened by the day (`latest` on or before it).
    possible : int
        Those whose act may have happened by then (`earliest` on or before it).
    by_grade, possible_by_grade : dict of str to int
        The two counts split by grade.
    acts : DataFrame
        What `rows` returns.
    complete : bool
        Whether the list of acts is complete to the day.
    """

    lower: int
    possible: int
    by_grade: dict[str, int]
    possible_by_grade: dict[str, int]
    acts: pd.DataFrame = field(default_factory=pd.DataFrame, repr=False, compare=False)
    complete: bool = True

    @property
    def upper(self) -> int | None:
        """How many there can be at most; None after the last day of a complete list."""
        return self.possible if self.complete else None

    def rows(self) -> pd.DataFrame:
        """Return the acts behind the number, one row a participant, with grade and source.

        Those with `certain` False may have happened by the day: they are in `possible` alone.

        Examples
        --------
        >>> from adoption.law.status import load_status
        >>> rows = load_status("hanoi", "2025-10-25").signatories.rows()
        >>> int(rows["certain"].sum())
        69
        """
        return self.acts.copy()

    @property
    def confirmed(self) -> int:
        """How many of the lower count are confirmed."""
        return self.by_grade["confirmed"]


def count(certain: pd.DataFrame, possible: pd.DataFrame, complete: bool = True) -> Count:
    """Count rows of acts, one a participant: certain by the day, and possible."""
    acts = possible.assign(certain=possible.index.isin(certain.index))
    acts = acts if "iso3" in acts else acts.reset_index()
    return Count(len(certain), len(possible), by_grade(certain), by_grade(possible), acts, complete)


def totals_on(acts: pd.DataFrame, day: date) -> dict[str, Count]:
    """Count the signatories and the parties on a day, as `status_on` does."""
    known = known_by(acts, day)
    signatures, periods = first_acts(known, SIGNATURES), terms(known)
    return {
        "signatories": count(certain_by(signatures, day), signatures),
        "parties": count(certainly_bound(periods, day), possibly_bound(periods, day)),
    }


NO_ACT = "no act known"
SIGNED = "signed"
PARTY = "party"
IN_FORCE = "in force for it"
WITHDRAWN = "withdrawn"
BOUND = (PARTY, IN_FORCE)
STATUSES = (NO_ACT, SIGNED, PARTY, IN_FORCE, WITHDRAWN)


def decide(acts: pd.DataFrame, as_of: date) -> pd.DataFrame:
    """Return each participant's deciding act, and what else it may have done by the day.

    Its last certain act decides, but a signature never undoes a consent.
    """
    columns = ["act", "date", "earliest", "latest", "open_ended", "grade", "source", "note"]
    signed, bound, left = (
        acts["act"].isin(kinds) for kinds in (SIGNATURES, CONSENTS, (WITHDRAWAL,))
    )
    marked = acts.assign(
        status=np.select([signed, bound, left], [SIGNED, PARTY, WITHDRAWN], NO_ACT),
        weight=np.where(signed, 0, 1),
    ).sort_values(["weight", "earliest", "latest"])
    certain = marked["latest"] <= pd.Timestamp(as_of)
    frame = marked[certain].drop_duplicates("iso3", keep="last").set_index("iso3")
    frame = frame[["status", *columns]].reindex(pd.Index(marked["iso3"].unique(), name="iso3"))
    possible = marked[~certain].drop_duplicates("iso3", keep="last").set_index("iso3")
    further = possible["status"].reindex(frame.index)
    # What would change nothing is not worth a word: the same again, or a signature after it.
    nothing_new = further.eq(frame["status"]) | (further.eq(SIGNED) & frame["status"].notna())
    frame["possible"] = further.mask(nothing_new)
    frame["signed"] = frame.index.isin(acts.loc[signed & certain, "iso3"])
    for column, kinds in (("signed_on", signed), ("bound_on", bound)):
        first = acts[kinds].sort_values("latest").drop_duplicates("iso3").set_index("iso3")
        frame[column] = first["date"].reindex(frame.index)
    periods = terms(acts[acts["iso3"].isin(acts.loc[left, "iso3"])])
    again = periods[periods.duplicated("iso3")].drop_duplicates("iso3", keep="last")
    again = again[again["latest"] <= pd.Timestamp(as_of)].set_index("iso3")
    frame["bound_on"] = frame["bound_on"].where(
        ~frame.index.isin(again.index), again["date"].reindex(frame.index)
    )
    return frame


def of_term(
    deposit: Deposit, published: Mapping[str, pd.Timestamp], periods: pd.DataFrame
) -> pd.Timestamp | None:
    """Return the published day of entry into force of a deposit's term, if it can be of that one.

    Of the terms of a participant it is of the last that had begun by then.
    """
    day = published.get(deposit.participant)
    begun = pd.Series(periods.loc[periods["iso3"] == deposit.participant, "earliest"])
    if day is None or len(begun) < 2:
        return day
    term = begun[begun <= day].max()  # NaT, which equals nothing, before the first
    return day if term == pd.Timestamp(deposit.window.earliest) else None


def in_force_by_rule(
    convention: Convention,
    acts: pd.DataFrame,
    published: pd.DataFrame,
    nth: Window | None,
    force: Window | None,
) -> pd.Series[pd.Timestamp]:
    """Return what published days of entry into force for single states are by the rule.

    Each is that of the term to which the published day belongs. One before all terms belongs to
    none, and is set beside the day of the first, from which it differs.
    """
    days = dict(zip(published["iso3"], published["date"], strict=True))
    periods = terms(acts[acts["iso3"].isin(days.keys())])
    deposits: dict[str, Deposit] = {}
    for deposit in to_deposits(periods, (), ()):
        if deposit.participant not in deposits or of_term(deposit, days, periods) is not None:
            deposits[deposit.participant] = deposit
    by_rule = {
        iso3: in_force_day(convention, deposit.window, nth, force, None)
        for iso3, deposit in deposits.items()
    }
    return pd.to_datetime(published["iso3"].map(by_rule)).astype("datetime64[us]")


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
        status (one of the words above), grade, act, date, earliest, latest,
        open_ended, source (of the act that decides the status), possible (a further status
        it may have had, or missing), signed (whether it has certainly signed), signed_on,
        bound_on, in_force_on (days, NaT where not known), approved_at_home (earliest day of a
        domestic approval, which is no consent to be bound; NaT where none is known).
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
        upper = self.counted.upper
        return None if upper is None else max(self.convention.threshold - upper, 0)

    @property
    def in_force(self) -> bool:
        """Whether the convention was certainly in force on the day."""
        return self.entry_into_force is not None and self.entry_into_force.latest <= self.as_of

    @property
    def beyond_reach(self) -> bool:
        """Whether the day lies after the last one for which the list is complete."""
        return not self.convention.is_complete("parties", self.as_of)

    @property
    def signatures_may_be_missing(self) -> bool:
        """Whether there can be signatures that the list does not have.

        Not where it is complete beyond the last day for signature.
        """
        return not self.convention.is_complete("signatories", self.as_of)


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
    acts = of_convention(acts, convention.convention)
    is_approval = acts["act"] == DOMESTIC_APPROVAL
    approvals, acts = certain_by(acts[is_approval], as_of), acts[~is_approval]
    ever = terms(acts[acts["iso3"].isin(acts.loc[acts["act"] == WITHDRAWAL, "iso3"])])
    acts = known_by(acts, as_of)
    signatures = first_acts(acts, SIGNATURES)
    periods = terms(acts)
    organizations = states.loc[states["kind"] == "organization", "iso3"]
    excluded = set(organizations) if convention.excludes_reio else set()
    special = set(special_members)
    deposits = to_deposits(periods, excluded, special)

    confirmed = to_deposits(terms(acts[acts["grade"] == "confirmed"]), excluded, special)
    nth, grade = nth_instrument(convention, deposits, as_of)
    force = entry_into_force(convention, nth) if nth else None
    certain, possible = certainly_bound(periods, as_of), possibly_bound(periods, as_of)
    complete = convention.is_complete("parties", as_of)
    adding, may_add = (frame[~frame["iso3"].isin(excluded)] for frame in (certain, possible))
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
    frame["approved_at_home"] = approvals.groupby("iso3")["earliest"].min()
    in_force = (frame["status"] == PARTY) & (frame["in_force_on"] <= pd.Timestamp(as_of))
    frame.loc[in_force, "status"] = IN_FORCE
    return Status(
        convention=convention,
        as_of=as_of,
        participants=frame.reset_index(),
        signatories=count(
            certain_by(signatures, as_of),
            signatures,
            convention.signatories_listed and convention.is_complete("signatories", as_of),
        ),
        parties=count(certain, possible, complete),
        counted=count(adding, may_add, complete),
        nth_instrument=nth,
        nth_participants=deposited_on(deposits, nth),
        nth_grade=grade,
        entry_into_force=force,
        remaining_if_confirmed_only=still_needed(convention, confirmed, as_of),
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
    special = special_members(convention, memberships)
    entries = of_convention(entries_into_force, convention.convention)
    return status_on(convention, as_of, acts, states, special, entries)


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
    own = known_by(of_convention(acts, status.convention.convention), status.as_of)
    found = own.merge(status.participants[["iso3", "name", "region"]], on="iso3")
    found = found.assign(order=found["name"].map(slug)).sort_values(
        ["order", "earliest", "latest"], ignore_index=True
    )
    kept = [
        "iso3", "name", "act", "date", "earliest", "latest", "open_ended", "grade", "region",
        "source",
    ]  # fmt: skip
    return found[kept]


def load_status(name: str | Convention, as_of: date | str) -> Status:
    """Work out the status of a convention of the registry from the processed tables.

    Parameters
    ----------
    name : str or Convention
        The convention, or its id, reference or title.
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
    found = _remembered_status(find_convention(name).convention, to_day(as_of))
    return replace(found, participants=found.participants.copy())  # to each their own


@remembered
def _remembered_status(name: str, as_of: date) -> Status:
    acts, entries = (read_of(table, name) for table in ("acts", "entries_into_force"))
    convention = find_convention(name)
    return status_of(convention, as_of, acts, read("states"), read("memberships"), entries)
