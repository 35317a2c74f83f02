"""Who had signed, consented and was bound on each of many days: spells compared with days."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Literal

import numpy as np
import pandas as pd

from adoption.core.acts import WITHDRAWAL
from adoption.core.vocabulary import GRADES
from adoption.law.entry_into_force import first_gap
from adoption.law.rules import ENDS
from adoption.law.spells import (
    IN_FORCE_DAYS,
    NEVER,
    WINDOWS,
    Days,
    Flags,
    History,
    numbers_of,
)
from adoption.law.treaties import Treaty
from adoption.tables import members_of

NOT_OPEN = "not open"
CANNOT_JOIN = "cannot join"
NOT_YET = "not yet a state"
# Whether it could act: it has no first day and had not acted anywhere; or whether it was a party to
# the convention to whose parties alone this one is open.
NOT_KNOWN = "not known"
NO_ACT = "no act known"
SIGNED = "signed"
CONSENTED = "consented"
HAD_CONSENTED = "had consented"  # whether it withdrew is not known
IN_FORCE = "in force"
WITHDRAWN = "withdrawn"
POSSIBLY_WITHDRAWN = "possibly withdrawn"
STATUSES = (
    NOT_OPEN,
    CANNOT_JOIN,
    NOT_YET,
    NOT_KNOWN,
    NO_ACT,
    SIGNED,
    CONSENTED,
    IN_FORCE,
    POSSIBLY_WITHDRAWN,
    WITHDRAWN,
    HAD_CONSENTED,
)
UNABLE = (CANNOT_JOIN, NOT_YET, NOT_KNOWN)  # to act on the day, or not known to have been able
CODE = {status: code for code, status in enumerate(STATUSES)}
CONSENTED_STATUSES = (CONSENTED, IN_FORCE)
FLAGS = ("signed", "consented", "in_force")
Beyond = Literal["missing", "known"]
UNKNOWN = 2  # beside 0 and 1 in an array of three values

Codes = np.ndarray[tuple[int, ...], np.dtype[np.int8]]


@dataclass(frozen=True)
class Positions:
    """What each participant was on each day: arrays of the shape (participants, days).

    Attributes
    ----------
    status, possible : ndarray of int8
        Codes of `STATUSES`; `possible` is a further status that it may have had, -1 for none.
    signed, consented, in_force : ndarray of int8
        0 for False, 1 for True, `UNKNOWN` where nobody can know.
    can_join : ndarray of int8
        The same: whether it could join on the day, or had.
    spell : ndarray of int
        The row of the spell that decides the status, -1 for none.
    was_a_state : ndarray of bool
        Whether it was a state, as far as that is known, or had acted.
    signed_complete, consented_complete, in_force_complete : ndarray of bool, shape (days,)
        Whether the list of acts is complete to the day in that measure, or nobody could act, or
        be bound, yet.
    """

    status: Codes
    possible: Codes
    signed: Codes
    consented: Codes
    in_force: Codes
    can_join: Codes
    was_a_state: Flags
    spell: Days
    signed_complete: Flags
    consented_complete: Flags
    in_force_complete: Flags


def status_arrays(
    history: History,
    participants: pd.DataFrame,
    days: Days,
    members: Collection[str] | None,
) -> Positions:
    """Compare the spells of a convention with days.

    A flag is True where it certainly holds, if the source is right. It is False where no spell
    can include the day and the list is complete to it in that measure, the day is before the
    opening, or the participant cannot join; `in_force` also where the convention cannot be in
    force yet. Otherwise nobody can know, and before a participant was a state there is nothing
    to know: its status is then `NOT_YET`. Of one without a first day nothing is known before its
    first act on any treaty: `NOT_KNOWN`.

    A convention that is open to the parties of another alone can be joined by whom that one binds
    on the day: who is not bound cannot join; of whom that is not known, this is not known either.

    Parameters
    ----------
    history : History
        The convention with its spells.
    participants : DataFrame
        state_since and first_act of each, as the table `states` has them; by ISO3 code, in the
        order of the rows.
    days : ndarray of int64
        Days since 1970.
    members : collection of str or None
        Who can join, where the convention is made for the members of an organisation.
    """
    convention = history.convention
    row_of = {iso3: i for i, iso3 in enumerate(participants.index)}
    shape = (len(participants), len(days))
    no = np.zeros(shape, dtype=bool)
    signed = no.copy()
    maybe_signed = no.copy()
    consented = no.copy()
    maybe_consented = no.copy()
    bound = no.copy()
    maybe_bound = no.copy()
    bound_later = no.copy()
    leaving, left = no.copy(), no.copy()
    spell = np.full(shape, -1)

    for rows in history.signatures_ranked:
        indices = [row_of[iso3] for iso3 in rows.iso3]
        maybe_signed[indices] = rows.days["begins_earliest"] <= days
        signed[indices] = rows.days["begins_latest"] <= days
        spell[indices] = np.where(signed[indices], rows.index, spell[indices])
    for rows in history.consents_ranked:
        indices = [row_of[iso3] for iso3 in rows.iso3]
        begun, certain = (rows.days[f"begins_{end}"] <= days for end in ENDS)
        ending, ended = (rows.days[f"ends_{end}"] <= days for end in ENDS)
        stands, stood = certain & ~ending, certain & ~ended
        # An instrument taken back before entry into force leaves a signature standing.
        gone = ended & ~(rows.lapsed & signed[indices])
        consented[indices] |= stands
        maybe_consented[indices] |= begun & ~ended
        bound[indices] |= stands & (rows.days["in_force_latest"] <= days)
        may_bind = rows.days["in_force_earliest"] <= days
        maybe_bound[indices] |= ~ended & may_bind  # a successor may be before it has notified
        bound_later[indices] |= stands & ~may_bind & (rows.days["in_force_earliest"] != NEVER)
        # Certain before the notification only where every act is taken at its earliest day.
        succeeded = ~begun & (rows.days["in_force_latest"] <= days)
        bound[indices] |= succeeded
        leaving[indices] = (stood & ending) | (leaving[indices] & ~certain)
        left[indices] = (left[indices] | gone) & ~stands
        spell[indices] = np.where(stood | gone | succeeded, rows.index, spell[indices])

    has_consented = consented | leaving | left
    may_have_left = POSSIBLY_WITHDRAWN if convention.withdrawals_known else HAD_CONSENTED
    conditions = [bound, consented, leaving, left, signed]
    names = (IN_FORCE, CONSENTED, may_have_left, WITHDRAWN, SIGNED)
    status = np.select(conditions, [CODE[name] for name in names], CODE[NO_ACT])
    has_acted = status != CODE[NO_ACT]
    unopened = days < _number(convention.opening.earliest)
    outside, unclear = no.copy(), no.copy()
    if members is not None:
        outside |= ~participants.index.isin(list(members))[:, None]
    if history.parent is not None:
        bound_by_parent = status_arrays(history.parent, participants, days, None).in_force
        outside |= bound_by_parent == 0
        unclear = bound_by_parent == UNKNOWN
    status = np.where((status == CODE[NO_ACT]) & outside, CODE[CANNOT_JOIN], status)
    status = np.where((status == CODE[NO_ACT]) & unclear, CODE[NOT_KNOWN], status)
    status = np.where((status <= CODE[NO_ACT]) & unopened, CODE[NOT_OPEN], status)
    sooner = {name: days < _first(participants[name]) for name in ("state_since", "first_act")}
    not_yet = (status <= CODE[NO_ACT]) & (sooner["state_since"] | sooner["first_act"])
    words = np.where(sooner["state_since"], CODE[NOT_YET], CODE[NOT_KNOWN])
    status = np.where(not_yet, words, status)
    may_consent = maybe_consented & ~consented & ~leaving
    may_sign = maybe_signed & ~signed & ~has_consented
    possible = np.select([may_consent, may_sign], [CODE[CONSENTED], CODE[SIGNED]], -1)
    complete = days <= _number(convention.complete_until("parties"))
    sure = days <= _number(convention.complete_until("signatories"))
    complete = complete | unopened
    sure = sure & convention.signatories_listed | unopened
    three = _three(consented, ~maybe_consented & (complete | outside) & ~not_yet)
    too_early = days < _number(history.force.earliest)
    could_join = np.full(shape, 1 if convention.joiners_known else UNKNOWN)
    could_join[status == CODE[NOT_KNOWN]] = UNKNOWN
    could_join[(outside | unopened | sooner["state_since"]) & ~has_acted] = 0
    could_join[has_acted] = 1
    not_bound = (three == 0) | bound_later | too_early
    not_signed = ~maybe_signed & (sure | outside) & ~not_yet
    not_in_force = ~maybe_bound & not_bound & ~not_yet
    # One record: each position of a state on a day, a field a column.
    return Positions(
        status=status.astype("int8"),
        possible=possible.astype("int8"),
        signed=_three(signed, not_signed),
        consented=three,
        in_force=_three(bound, not_in_force),
        can_join=could_join.astype("int8"),
        was_a_state=~not_yet,
        spell=spell,
        signed_complete=sure,
        consented_complete=complete,
        in_force_complete=complete | too_early,
    )


def _three(true: Flags, false: Flags) -> Codes:
    return np.where(true, 1, np.where(false, 0, UNKNOWN)).astype("int8")


def _first(days: pd.Series[pd.Timestamp]) -> Days:
    """Return days as a column of numbers since 1970; one that is missing is before all days."""
    numbers = days.to_numpy(dtype="datetime64[us]").astype("datetime64[D]")
    earliest = np.iinfo("int64").min
    first = np.where(np.isnat(numbers), earliest, numbers.astype("int64"))
    return first[:, None]


def _number(day: date | None) -> int:
    """Return a day as a number since 1970; none is before all days."""
    if day is None:
        return np.iinfo("int64").min
    return day.toordinal() - date(1970, 1, 1).toordinal()


def members_for(convention: Treaty, memberships: pd.DataFrame) -> set[str] | None:
    """Return who can join a convention made for an organisation; None where any state can.

    Membership is that of today, since the day of joining is seldom known.
    """
    if convention.made_for is None:
        return None
    return members_of(memberships[memberships["until"].isna()], convention.made_for)


def changes(history: History, as_of: date) -> pd.DataFrame:
    """Return on which days the status of a participant certainly changed, by its acts.

    Returns
    -------
    DataFrame
        One row a participant and day, in that order: iso3, day (datetime64), status, grade and
        act (of the act that decides the status from then on).
    """
    spells, last = history.spells, pd.Timestamp(as_of)
    ends = pd.concat([spells[name] for name in WINDOWS[1:]]).dropna()
    days = pd.DatetimeIndex(ends[ends <= last].unique()).sort_values()
    codes = sorted(spells["iso3"].unique())
    no_days = pd.Series(pd.NaT, codes, dtype="datetime64[us]")
    anybody = pd.DataFrame({"state_since": no_days, "first_act": no_days})
    of_acts = replace(history, parent=None)  # who could join does not matter: these have acted
    part = status_arrays(of_acts, anybody, numbers_of(days), None)
    status = np.where(part.status == CODE[IN_FORCE], CODE[CONSENTED], part.status)
    before = np.full((len(codes), 1), -1)
    moved = np.diff(np.hstack([before, part.spell]), axis=1) != 0
    has_changed = np.diff(np.hstack([before, status]), axis=1) != 0
    moved |= has_changed & (part.spell >= 0)
    at, when = np.nonzero(moved)
    words = np.array(STATUSES)
    grades = np.array([*GRADES, None], dtype=object)
    acts = spells["act"].array.take(part.spell[moved])
    columns = {
        "iso3": np.array(codes, dtype=object)[at],
        "day": days[when],
        "status": words[status[moved]],
        "grade": grades[deciding_grades(history, part)[moved]],
        "act": acts,
    }
    frame = pd.DataFrame(columns)
    return frame.assign(act=frame["act"].mask(frame["status"] == WITHDRAWN, WITHDRAWAL))


def ability_changes(
    history: History, participants: pd.DataFrame, as_of: date
) -> list[tuple[str, pd.Timestamp, str]]:
    """Return since when each state could, or could not, join a convention open to some alone.

    Of a convention that is open to the parties of another: iso3, day and status (`CANNOT_JOIN`,
    `NOT_KNOWN` or `NO_ACT`) from the opening on, until the state acted. Else there are none.
    """
    if history.parent is None:
        return []
    parent, opens = history.parent, pd.Timestamp(history.convention.opening.earliest)
    ends = [parent.consents[name] for name in (*IN_FORCE_DAYS, *WINDOWS[2:])]
    gap = pd.Series([pd.Timestamp(first_gap(parent.convention))])
    days = pd.DatetimeIndex(pd.concat([pd.Series([opens]), gap, *ends]).dropna().unique())
    days = days[(days >= opens) & (days <= pd.Timestamp(as_of))].sort_values()
    status = status_arrays(history, participants, numbers_of(days), None).status
    before = np.pad(status[:, :-1], ((0, 0), (1, 0)), constant_values=-1)
    is_change = (status != before) & np.isin(status, [CODE[name] for name in (*UNABLE, NO_ACT)])
    return [
        (str(participants.index[row]), days[column], STATUSES[status[row, column]])
        for row, column in zip(*np.nonzero(is_change), strict=True)
    ]


def panel(
    histories: Sequence[History],
    participants: pd.DataFrame,
    days: pd.DatetimeIndex,
    memberships: pd.DataFrame,
    beyond: Beyond = "missing",
) -> pd.DataFrame:
    """Return what each participant was under each convention on each day.

    Beyond the reach of a list only acts are known, and no absence of one: there a flag is True or
    missing. Whoever leaves out what is missing would choose by the outcome, so `beyond` takes
    both away.

    Parameters
    ----------
    histories : sequence of History
        The conventions with their spells.
    participants : DataFrame
        state_since and first_act of each, as the table `states` has them; by ISO3 code.
    days : DatetimeIndex
        The days.
    memberships : DataFrame
        The table of that name.
    beyond : {"missing", "known"}
        Whether flags are missing beyond the reach of a list, or those known to be true are kept.

    Returns
    -------
    DataFrame
        One row a convention, participant and day, in that order: convention, iso3, day
        (datetime64), year (int), status (category, of `STATUSES`), signed, consented, in_force,
        can_join (boolean, missing where nobody can know), grade (category: of the act that
        decides the status; missing without one), signed_complete, consented_complete and
        in_force_complete (bool: whether the list is complete to the day in that measure, or
        nobody could act, or be bound, yet).
    """
    numbers, size = numbers_of(days), len(participants)
    parts = [
        status_arrays(h, participants, numbers, members_for(h.convention, memberships))
        for h in histories
    ]
    grades = [deciding_grades(h, part) for h, part in zip(histories, parts, strict=True)]
    rows_each = size * len(days)

    def codes(values: np.ndarray, names: Sequence[str]) -> Any:
        return pd.Categorical.from_codes(values, pd.Index(names))

    def flags(name: str) -> pd.arrays.BooleanArray:
        values = whole([getattr(part, name) for part in parts])
        hidden = (values == UNKNOWN) | (~reach[f"{name}_complete"] & (beyond == "missing"))
        return pd.arrays.BooleanArray(values == 1, hidden)

    def whole(arrays: Sequence[np.ndarray]) -> np.ndarray:
        return np.concatenate([array.ravel() for array in arrays])

    ends = [f"{name}_complete" for name in FLAGS]
    could_join = whole([part.can_join for part in parts])
    reach = {}
    for end in ends:
        arrays = [np.tile(getattr(part, end), size) for part in parts]
        reach[end] = whole(arrays)
    names = [h.convention.convention for h in histories]
    listed_codes = participants.index.tolist()
    conventions = np.repeat(np.arange(len(names)), rows_each)
    participant = np.tile(np.repeat(np.arange(size), len(days)), len(names))
    times = size * len(names)
    keys = {
        "convention": codes(conventions, names),
        "iso3": codes(participant, listed_codes),
        "day": np.tile(days.to_numpy(dtype="datetime64[us]"), times),
        "year": np.tile(days.year.to_numpy(dtype="int64"), times),
    }
    can_join = pd.arrays.BooleanArray(could_join == 1, could_join == UNKNOWN)
    observed = {
        "status": codes(whole([part.status for part in parts]), STATUSES),
        **{name: flags(name) for name in FLAGS},
        "can_join": can_join,
        "grade": codes(whole(grades), GRADES),
    }
    return pd.DataFrame(keys | observed | reach)


def deciding_grades(history: History, part: Positions) -> Codes:
    """Return the code of the grade of the act that decides each status, -1 for none."""
    code = {grade: number for number, grade in enumerate(GRADES)}
    begun = history.spells["grade"].map(code).to_numpy(dtype="int8")
    ended = history.spells["ends_grade"].map(code).fillna(-1).to_numpy(dtype="int8")
    spell_numbers = part.spell
    is_left = part.status == CODE[WITHDRAWN]
    grade = np.where(is_left, _taken(ended, spell_numbers), _taken(begun, spell_numbers))
    return np.where(spell_numbers < 0, -1, grade).astype("int8")


def _taken(values: Any, at: Days) -> Codes:
    return values[at] if len(values) else np.full(at.shape, -1, dtype="int8")
