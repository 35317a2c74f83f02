"""Who has signed and consented to be bound on a day, and what follows for entry into force."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd

from adoption.core.reading import remembered
from adoption.core.vocabulary import (
    DEPOSITARY,
    DOMESTIC_APPROVAL,
    ENDED_BEFORE,
    PUBLISHED,
    SUCCESSION_TO_SIGNATURE,
    WITHDRAWAL,
)
from adoption.law.conventions import Convention, find_convention
from adoption.law.panel import (
    CODE,
    FLAGS,
    STATUSES,
    UNKNOWN,
    WITHDRAWN,
    members_for,
    positions,
)
from adoption.law.rules import Window
from adoption.law.spells import (
    WINDOWS,
    Days,
    Flags,
    History,
    load_history,
    numbers_of,
)
from adoption.tables import certain_by, count_by_grade, read, read_of, without_reports
from adoption.tables.choices import to_day

DECIDING = (
    "act", "date", "earliest", "latest", "open_ended", "grade", "source", "note",
)  # fmt: skip


@dataclass(frozen=True)
class PublishedTotal:
    """A number of signatories or parties that somebody has published.

    Attributes
    ----------
    number : int
        How many there are by its source.
    day : date, optional
        The day of the count; None where its source gives none.
    latest : date
        The last day on which it can have been counted.
    grade : str
        Who published it: depositary, reported, or relayed by a text that a machine wrote.
    source : str
        Key of the source.
    """

    number: int
    day: date | None
    latest: date
    grade: str
    source: str


def published_totals(totals: pd.DataFrame, measure: str, as_of: date) -> tuple[PublishedTotal, ...]:
    """Return the totals of a measure that were known by a day: the newest, then the greatest first.

    Examples
    --------
    >>> newest, *_ = published_totals(read_of("totals", "uncac"), "parties", date(2024, 5, 1))
    >>> newest.number, newest.day, newest.source
    (190, datetime.date(2024, 4, 20), 'untc-uncac-2024')
    """
    rows = totals.dropna(subset=[measure])
    rows = rows[rows["latest"] <= pd.Timestamp(as_of)]
    rows = rows.sort_values(["latest", measure, "source"], ascending=False)
    return tuple(
        PublishedTotal(
            int(row[measure]),
            None if pd.isna(row["as_of"]) else row["as_of"].date(),
            row["latest"].date(),
            row["grade"],
            row["source"],
        )
        for row in rows.to_dict("records")
    )


@dataclass(frozen=True, eq=False)
class Count:
    """How many participants, with what is not known, and which number leads.

    Attributes
    ----------
    spells : DataFrame
        The spells of which some are counted.
    certain, may_be : ndarray of bool
        Which of them certainly stand on the day if the reports are right, and which may.
    complete : bool
        Whether nobody can be missing: the list of acts, or a total of the depositary's own,
        reaches the day, or the last day for signature.
    totals : tuple of PublishedTotal
        What others have published of it by the day, the newest first.
    """

    spells: pd.DataFrame = field(repr=False)
    certain: Flags = field(repr=False)
    may_be: Flags = field(repr=False)
    complete: bool = True
    totals: tuple[PublishedTotal, ...] = field(default=(), repr=False)

    @classmethod
    def on(
        cls,
        spells: pd.DataFrame,
        as_of: date,
        complete: bool = True,
        totals: tuple[PublishedTotal, ...] = (),
    ) -> Count:
        """Count the participants whose spells certainly stand on a day, and may stand."""
        day = np.datetime64(as_of)
        begun, certain, ending, ended = (spells[name].to_numpy() <= day for name in WINDOWS)
        return cls(spells, certain & ~ending, begun & ~ended, complete, totals)

    @cached_property
    def lower(self) -> int:
        """How many are certainly counted on the day, those that are only reported left out."""
        return self.with_reports - self.reported

    @property
    def with_reports(self) -> int:
        """How many are certainly counted on the day if the reports are right."""
        return int(self.certain.sum())

    @property
    def reported(self) -> int:
        """How many are counted by report only."""
        return self.by_grade["reported"]

    @property
    def possible(self) -> int:
        """How many may be, by the acts that are known."""
        return int(self.may_be.sum())

    @property
    def published(self) -> PublishedTotal | None:
        """The depositary's newest total that has a day, where it is more than are named."""
        own = (total for total in self.totals if total.grade == DEPOSITARY and total.day)
        newest = next(own, None)
        return newest if newest and newest.number > self.lower else None

    @property
    def lead(self) -> int:
        """The number to state first: the depositary's own total, else how many are named."""
        return self.published.number if self.published else self.lower

    @property
    def upper(self) -> int | None:
        """How many there can be at most; None after the last day of a complete list."""
        return max(self.possible, self.lead) if self.complete else None

    @property
    def remark(self) -> PublishedTotal | None:
        """The newest total of others that is more than leads and than may be counted here."""
        most = max(self.lead, self.possible)
        newest = next((total for total in self.totals if total.number > most), None)
        led_by = self.published
        return newest if newest and (not led_by or newest.latest > led_by.latest) else None

    @cached_property
    def by_grade(self) -> dict[str, int]:
        """The count with reports split by grade."""
        return count_by_grade(self.spells["grade"].array[self.certain])

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
        days = {"begins_earliest": "earliest", "begins_latest": "latest"}
        acts = self.spells.assign(certain=self.certain)[self.may_be].rename(columns=days)
        acts["date"] = acts["earliest"].where(acts["earliest"] == acts["latest"])
        return acts[["iso3", *DECIDING, "certain"]].reset_index(drop=True)


def counts_on(
    history: History, as_of: date, totals: pd.DataFrame | None = None
) -> dict[str, Count]:
    """Count the signatories, the participants that consented, and those that count, on a day.

    Parameters
    ----------
    history : History
        The convention with its spells.
    as_of : date
        The day.
    totals : DataFrame, optional
        Its rows of the table `totals`.
    """
    convention = history.convention
    counts = {"counted": Count.on(history.counted, as_of, convention.is_complete("parties", as_of))}
    for measure, spells, listed, last in (
        ("signatories", history.signatures, convention.signatories_listed, convention.closes),
        ("parties", history.consents, True, None),
    ):
        published = (
            () if totals is None or totals.empty else published_totals(totals, measure, as_of)
        )
        last_day = min(as_of, last or as_of)  # after it nobody can be added
        final = any(t.grade == DEPOSITARY and t.day and t.day >= last_day for t in published)
        complete = final or (listed and convention.is_complete(measure, as_of))
        counts[measure] = Count.on(spells, as_of, complete, published)
    return counts


Row = Mapping[Any, Any]  # one line of a frame, as to_dict("records") gives it


@dataclass(frozen=True)
class Status:
    """A convention on a day.

    Attributes
    ----------
    history : History
        The convention with its spells.
    as_of : date
        The day asked about.
    participants : DataFrame
        One row a state, observer or organisation: iso3, name, article, kind, region, un_group,
        status (a word of `adoption.law.panel.STATUSES`), the act that decides it (act, date,
        earliest, latest, open_ended, grade, source, note), possible (a further status that it
        may have had, or missing), signed, consented, in_force (boolean, missing where nobody can
        know), complete (bool: whether the list reaches the day), signed_on, consented_on,
        in_force_on and approved_at_home (days, NaT where not known), and in_force_why (where the
        days in force come from, or why one is missing; of the last consent by the day).
    signatories, parties, counted : Count
        Signatories; participants that have consented to be bound; those of them whose instrument
        counts to the threshold.
    nth_instrument : Window, optional
        When the threshold was certainly reached, if it was by the day.
    nth_participants : tuple of str
        ISO3 codes of those who deposited on that day, where it is one day.
    nth_grade : str, optional
        confirmed, or the grades without which the threshold is not reached then.
    entry_into_force : Window, optional
        The day that follows from it; it may lie after `as_of`.
    remaining : int
        How many counted instruments are still needed, those that are only reported left out;
        none once there were enough.
    remaining_if_confirmed_only : int
        How many are still needed if of all consents and withdrawals only those that are
        confirmed are looked at.
    """

    history: History = field(repr=False)
    as_of: date
    participants: pd.DataFrame
    signatories: Count
    parties: Count
    counted: Count
    nth_instrument: Window | None
    nth_participants: tuple[str, ...]
    nth_grade: str | None
    entry_into_force: Window | None
    remaining: int
    remaining_if_confirmed_only: int

    @property
    def convention(self) -> Convention:
        """Which convention it is."""
        return self.history.convention

    @property
    def signatories_known(self) -> bool:
        """Whether any source names who has signed, or the depositary counts them."""
        return self.convention.signatories_listed or self.signatories.published is not None

    @property
    def nth_is_unsure(self) -> bool:
        """Whether that day depends on acts that are not confirmed."""
        return self.nth_grade not in (None, "confirmed")

    @property
    def left_before_force(self) -> pd.DataFrame:
        """The consents that made up the threshold and ended before entry into force, by the day."""
        counted, nth = self.history.counted, self.nth_instrument
        if nth is None:
            return counted[:0]
        reached, day = pd.Timestamp(nth.latest), pd.Timestamp(self.as_of)
        stood = (counted["begins_latest"] <= reached) & (counted["ends_earliest"] > reached)
        ended = (counted["in_force_why"] == ENDED_BEFORE) & (counted["ends_latest"] <= day)
        return counted[stood & ended]

    @property
    def remaining_with_reports(self) -> int:
        """How many counted instruments are still needed if the reports are right."""
        if self.nth_instrument:  # whoever withdraws afterwards takes nothing from it
            return 0
        return max(self.convention.threshold - self.counted.with_reports, 0)

    @property
    def least_remaining(self) -> int | None:
        """The least number that may still be needed; None beyond the reach of the list."""
        if self.nth_instrument:
            return 0
        upper = self.counted.upper
        return None if upper is None else max(self.convention.threshold - upper, 0)

    @property
    def in_force(self) -> bool:
        """Whether the convention was certainly in force on the day."""
        return self.entry_into_force is not None and self.entry_into_force.latest <= self.as_of

    @property
    def known_in_force(self) -> bool | None:
        """Whether the convention is in force on the day; None where nobody can know."""
        if self.in_force or self.as_of < self.convention.opens:
            return self.in_force
        force = self.entry_into_force
        if force is None:  # enough instruments may be there, unseen or without a day
            return None if not self.least_remaining else False
        return None if force.earliest <= self.as_of else False

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
    history: History,
    as_of: date,
    states: pd.DataFrame,
    members: Collection[str] | None = None,
    approved_at_home: Mapping[str, pd.Timestamp] | None = None,
    totals: pd.DataFrame | None = None,
) -> Status:
    """Return a convention's status on a day.

    Parameters
    ----------
    history : History
        The convention with its spells.
    as_of : date
        The day.
    states : DataFrame
        The table `states`.
    members : collection of str, optional
        Who can join, where the convention is made for the members of an organisation.
    approved_at_home : mapping of str to Timestamp, optional
        By ISO3 code, who has approved at home without a deposit that was seen, and when.
    totals : DataFrame, optional
        The convention's rows of the table `totals`.
    """
    participants = states.set_index("iso3")["state_since"]
    codes = participants.index
    now = positions(history, participants, numbers_of([as_of]), members)
    words = pd.array([*STATUSES, None], dtype="str")  # -1 is none
    columns: dict[str, Any] = {
        name: states[name].array
        for name in ("iso3", "name", "article", "kind", "region", "un_group")
    }
    columns["status"] = words.take(now.status[:, 0])
    columns |= _deciding(history.spells, now.spell[:, 0], now.status[:, 0] == CODE[WITHDRAWN])
    columns["possible"] = words.take(now.possible[:, 0])
    for name in FLAGS:
        values = getattr(now, name)[:, 0]
        columns[name] = pd.arrays.BooleanArray(values == 1, values == UNKNOWN)
    columns["complete"] = bool(now.consented_complete[0])
    for name, days in _days(history, as_of).items():
        columns[name] = days.reindex(codes).array
    consents = history.consents[history.consents["begins_latest"] <= np.datetime64(as_of)]
    why = consents.drop_duplicates("iso3", keep="last").set_index("iso3")["in_force_why"]
    columns["in_force_why"] = why.reindex(codes).array
    at_home = pd.Series(approved_at_home or {}, dtype="datetime64[us]")
    columns["approved_at_home"] = at_home.reindex(codes).array
    convention, force = history.convention, history.force.by(as_of)
    rule, counts = convention.threshold_rule(), counts_on(history, as_of, totals)

    def needed(consents: pd.DataFrame, number: int) -> int:
        # Whoever withdraws after the threshold was reached takes nothing from it.
        reached = rule.reached(consents)
        is_reached = reached is not None and reached.latest <= as_of
        return 0 if is_reached else max(convention.threshold - number, 0)

    remaining = needed(without_reports(history.counted), counts["counted"].lower)
    if force.nth_instrument and convention.entered_into_force:  # published: there were enough
        remaining = 0
    return Status(
        history=history,
        as_of=as_of,
        participants=pd.DataFrame(columns),
        **counts,
        nth_instrument=force.nth_instrument,
        nth_participants=force.nth_participants,
        nth_grade=force.nth_grade,
        entry_into_force=force.day,
        remaining=remaining,
        remaining_if_confirmed_only=needed(
            history.confirmed, Count.on(history.confirmed, as_of).with_reports
        ),
    )


def _deciding(spells: pd.DataFrame, at: Days, left: Flags) -> dict[str, Any]:
    """Return the columns of the act that decides each status: the last row is of none."""
    opened = {name: spells[name].array for name in ("act", "grade", "source", "note")}
    opened["open_ended"] = spells["open_ended"].astype("boolean").array
    opened |= {end: spells[f"begins_{end}"].array for end in ("earliest", "latest")}
    columns = {name: values.take(at, allow_fill=True) for name, values in opened.items()}
    if left.any():
        columns["act"][left], columns["open_ended"][left] = WITHDRAWAL, False
        for name in ("earliest", "latest", "grade", "source", "note"):
            columns[name][left] = spells[f"ends_{name}"].array.take(at[left])
    known = columns["earliest"] == columns["latest"]
    return columns | {"date": pd.Series(columns["earliest"]).where(known).array}


def _days(history: History, as_of: date) -> dict[str, pd.Series[pd.Timestamp]]:
    """Return the days on which participants signed, consented and were bound, where known."""
    day = np.datetime64(as_of)
    signatures, consents = history.signatures, history.consents
    itself = signatures["act"] != SUCCESSION_TO_SIGNATURE  # a successor did not sign on that day
    standing = Count.on(consents, as_of).may_be
    if history.force.by(as_of).day is None:  # no day in force follows yet, but some are published
        standing &= (consents["in_force_why"] == PUBLISHED).to_numpy()
    return {
        "signed_on": _known(signatures, "begins", itself & (signatures["begins_latest"] <= day)),
        "consented_on": _known(consents, "begins", consents["begins_latest"] <= day),
        "in_force_on": _known(consents, "in_force", standing),
    }


def _known(
    spells: pd.DataFrame, window: str, chosen: Flags | pd.Series[bool]
) -> pd.Series[pd.Timestamp]:
    """Return by ISO3 code the day of the last of some spells, missing where it is not known."""
    earliest, latest = (spells[f"{window}_{end}"] for end in ("earliest", "latest"))
    days = pd.Series(earliest.where(earliest == latest).array, spells["iso3"])[np.asarray(chosen)]
    return days[~days.index.duplicated(keep="last")]


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
    >>> load_status("hanoi", date(2025, 10, 25)).signatories.with_reports
    69
    """
    status = _remembered_status(find_convention(name).convention, to_day(as_of))
    return replace(status, participants=status.participants.copy())  # to each their own


@remembered
def _remembered_status(name: str, as_of: date) -> Status:
    convention, acts = find_convention(name), read_of("acts", name)
    approvals = certain_by(acts[acts["act"] == DOMESTIC_APPROVAL], as_of)
    at_home = dict(zip(approvals["iso3"], approvals["earliest"], strict=True))
    members = members_for(convention, read("memberships"))
    totals = read_of("totals", name)
    return status_on(load_history(name), as_of, read("states"), members, at_home, totals)
