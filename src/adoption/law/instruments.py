"""From the acts on a convention to the instruments that count in law."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

import pandas as pd

from adoption.data.dictionary import CONSENTS, GRADES, WITHDRAWAL
from adoption.law.rules import Deposit, Window
from adoption.tables import certain_by, members_of

if TYPE_CHECKING:
    from adoption.law.conventions import Convention


def first_acts(acts: pd.DataFrame, kinds: Sequence[str]) -> pd.DataFrame:
    """Return each participant's first act of some kinds, indexed by iso3.

    Where it has several, the window is that of the first of them: it ends when the one
    that was certainly done first was done, and begins when any may have been.
    """
    chosen = acts[acts["act"].isin(kinds)].sort_values(["latest", "earliest"])
    first = chosen.drop_duplicates("iso3").set_index("iso3")
    return first.assign(earliest=chosen.groupby("iso3")["earliest"].min())


def best_supported(acts: pd.DataFrame, kinds: Sequence[str], as_of: date) -> pd.DataFrame:
    """Return each participant's best supported act of some kinds by a day, indexed by iso3.

    Where a state has signed, and a ratification is only reported, that it acted is confirmed.
    """
    done = certain_by(acts[acts["act"].isin(kinds)], as_of)
    order = done["grade"].map(GRADES.index).sort_values(kind="stable").index
    return done.loc[order].drop_duplicates("iso3").set_index("iso3")


def terms(acts: pd.DataFrame) -> pd.DataFrame:
    """Return the periods for which participants were bound, one row a period.

    A consent opens a period and the next withdrawal closes it; a further consent within
    a period can only make its beginning earlier, one after a withdrawal opens another.
    """
    bound = acts[acts["act"].isin((*CONSENTS, WITHDRAWAL))].sort_values(["earliest", "latest"])
    opened: list[dict[str, Any]] = []
    standing: dict[str, dict[str, Any]] = {}
    ended: dict[str, dict[str, Any]] = {}
    for act in bound.to_dict("records"):
        iso3 = str(act["iso3"])
        period = standing.get(iso3)
        if act["act"] != WITHDRAWAL and period is None:
            standing[iso3] = {str(key): value for key, value in act.items()}
            opened.append(standing[iso3])
            if iso3 in ended:  # the two periods never overlap: one participant counts once
                before, again = ended[iso3], standing[iso3]
                before["left_latest"] = min(before["left_latest"], again["latest"])
                again["earliest"] = max(again["earliest"], before["left_latest"])
        elif period is not None:
            # A consent of unknown day was given before the withdrawal that ended it.
            period["latest"] = min(period["latest"], act["latest"])
            if act["act"] == WITHDRAWAL:
                period.update(left_earliest=act["earliest"], left_latest=act["latest"])
                ended[iso3] = standing.pop(iso3)
    frame = pd.DataFrame(opened, columns=[*acts.columns, "left_earliest", "left_latest"])
    days = ["date", "earliest", "latest", "left_earliest", "left_latest"]
    return frame.astype(dict.fromkeys(days, "datetime64[us]"))


def certainly_bound(periods: pd.DataFrame, day: date) -> pd.DataFrame:
    """Return the periods of `terms` that certainly include a day."""
    on = pd.Timestamp(day)
    return periods[(periods["latest"] <= on) & ~(periods["left_earliest"] <= on)]


def possibly_bound(periods: pd.DataFrame, day: date) -> pd.DataFrame:
    """Return the periods of `terms` that may include a day."""
    on = pd.Timestamp(day)
    return periods[(periods["earliest"] <= on) & ~(periods["left_latest"] <= on)]


def to_deposits(
    periods: pd.DataFrame, excluded: Collection[str], special: Collection[str]
) -> list[Deposit]:
    """Return the counted instruments of `terms` as law sees them."""

    def window(earliest: pd.Timestamp, latest: pd.Timestamp) -> Window:
        return Window(earliest.date(), latest.date())

    return [
        Deposit(
            participant=row["iso3"],
            window=window(row["earliest"], row["latest"]),
            special=row["iso3"] in special,
            grade=row["grade"],
            withdrawn=window(row["left_earliest"], row["left_latest"])
            if pd.notna(row["left_latest"])
            else None,
        )
        for row in periods.to_dict("records")
        if row["iso3"] not in excluded
    ]


def nth_instrument(
    convention: Convention, deposits: Sequence[Deposit], as_of: date
) -> tuple[Window | None, str | None]:
    """Return when the threshold was certainly reached by a day, and how well that is known."""
    threshold = convention.threshold_rule()
    window = threshold.reached(deposits)
    if window is None or window.latest > as_of:
        return None, None
    confirmed = [d for d in deposits if d.grade == "confirmed"]
    if threshold.reached(confirmed) == window:
        return window, "confirmed"
    needed = {d.grade for d in deposits if d.window.earliest <= window.latest}
    return window, " and ".join(grade for grade in GRADES[1:] if grade in needed)


def still_needed(convention: Convention, deposits: Sequence[Deposit], as_of: date) -> int:
    """Return how many more instruments the threshold certainly needs; none once it was reached.

    Whether they are of members of an organisation, which a rule may ask of some, is not looked at.
    """
    reached, _ = nth_instrument(convention, deposits, as_of)
    if reached:  # whoever withdraws afterwards takes nothing from it
        return 0
    standing = [
        d
        for d in deposits
        if d.window.latest <= as_of and not (d.withdrawn and d.withdrawn.earliest <= as_of)
    ]
    return max(convention.threshold - len(standing), 0)


def entry_into_force(convention: Convention, nth: Window) -> Window:
    """Return when a convention enters into force after its nth instrument."""
    delay = convention.delay
    return Window(delay.after(nth.earliest), delay.after(nth.latest))


def in_force_day(
    convention: Convention,
    deposit: Window,
    nth: Window | None,
    force: Window | None,
    published: pd.Timestamp | None,
) -> pd.Timestamp | None:
    """Return the day on which a convention is in force for one party, None if not known.

    A published day goes first. A party among those that made up the threshold has the
    general day. A later one has the convention's own rule for it, and never a day before
    the general one: UNTOC art. 38(2) does not say so, UNCAC art. 68(2) does, and no
    convention binds one state before it is in force at all.
    """
    if published is not None:
        return published
    if nth is None or force is None or force.day is None or nth.day is None:
        return None
    if deposit.latest <= nth.day:
        return pd.Timestamp(force.day)
    if deposit.day is None or convention.later is None:
        return None
    return pd.Timestamp(max(force.day, convention.later.after(deposit.day)))


def deposited_on(deposits: Sequence[Deposit], nth: Window | None) -> tuple[str, ...]:
    """Return who deposited on the day of the nth instrument; nobody where it is no one day."""
    if nth is None or nth.day is None:
        return ()
    return tuple(sorted(d.participant for d in deposits if d.window == nth))


def special_members(convention: Convention, memberships: pd.DataFrame) -> set[str]:
    """Return the members of the organisation of which a convention requires a minimum.

    They are those of today: the memberships seldom say since when.
    """
    if convention.special is None:
        return set()
    return members_of(memberships, convention.special.organisation)
