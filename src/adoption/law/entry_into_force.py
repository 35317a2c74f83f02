"""Entry into force of a treaty, and of each consent, by its own rule and what is published."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import pandas as pd

from adoption.core.acts import CONSENTS, SUCCESSION
from adoption.core.days import on_or_before
from adoption.core.vocabulary import (
    BY_RULE,
    CONSENT,
    ENDED_BEFORE,
    GENERAL_RULE,
    GRADES,
    NOT_REACHED,
    PUBLISHED,
    RULE_NOT_SEEN,
)
from adoption.law.held import HeldTreaty
from adoption.law.rules import ENDS, Window
from adoption.law.treaties import Treaty


@dataclass(frozen=True)
class EntryIntoForce:
    """When a convention enters into force, by the acts that are known and its own rule.

    Attributes
    ----------
    nth_instrument : Window, optional
        When the threshold was certainly reached.
    nth_participants : tuple of str
        ISO3 codes of those who deposited on that day, where it is one day.
    nth_grade : str, optional
        confirmed, or the grades without which the threshold is not reached then.
    day : Window, optional
        The day that follows by the rule.
    earliest : date
        The first day on which the convention can be in force: the published day; else what
        follows from the acts, or from the first day for which acts may be missing.
    """

    nth_instrument: Window | None
    nth_participants: tuple[str, ...]
    nth_grade: str | None
    day: Window | None
    earliest: date

    def by(self, as_of: date) -> EntryIntoForce:
        """Return what of it had happened by a day."""
        nth = self.nth_instrument
        if nth is not None and nth.latest <= as_of:
            return self
        if nth is None and self.day is not None and self.day.latest <= as_of:
            return self
        return EntryIntoForce(None, (), None, None, self.earliest)


def entry_into_force(
    convention: Treaty, counted: pd.DataFrame, confirmed: pd.DataFrame
) -> EntryIntoForce:
    """Return when a treaty enters into force by the consents that count.

    Of a held treaty the published day decides. The nth instrument is given where it leads to that
    day: a list lacks the instruments of states that are no more.
    """
    threshold, delay = convention.threshold_rule(), convention.delay
    published = convention.entered_into_force
    soonest, surest = threshold.ends(counted) if threshold else (None, None)
    nth = Window(soonest, surest) if soonest and surest else None
    possible = min(day for day in (soonest, first_gap(convention)) if day)
    earliest = published or (delay.after(possible) if delay else possible)
    force = None
    if nth is not None and delay is not None:
        force = Window(delay.after(nth.earliest), delay.after(nth.latest))
    if isinstance(convention, HeldTreaty) and published:
        leads = published == force.day if force else nth is not None and nth.latest <= published
        nth, force = nth if leads else None, Window(published, published)
    if nth is None or threshold is None:
        return EntryIntoForce(None, (), None, force, earliest)
    begins = counted["begins_earliest"]
    on_it = (begins == pd.Timestamp(nth.earliest)) & (begins == counted["begins_latest"])
    depositors = tuple(sorted(counted.loc[on_it, "iso3"])) if nth.day else ()
    grade = "confirmed"
    if threshold.reached(confirmed) != nth:
        needed = set(counted.loc[on_or_before(begins, nth.latest), "grade"])
        grade = " and ".join(name for name in GRADES[1:] if name in needed)
    return EntryIntoForce(nth, depositors, grade, force, earliest)


def has_enough_consents(convention: Treaty, acts: pd.DataFrame) -> bool:
    """Return whether acts hold as many consents as the threshold asks; True where none is known.

    With fewer a treaty is in force by no rule, whatever their days and whoever withdrew.
    """
    return int(acts["act"].isin(CONSENTS).sum()) >= (convention.threshold or 0)


def first_gap(convention: Treaty) -> date:
    """Return the first day for which a treaty's list is not known to be complete."""
    complete_to = convention.complete_to
    return complete_to + timedelta(days=1) if complete_to else convention.opening.earliest


def in_force(
    convention: Treaty,
    spells: pd.DataFrame,
    force: EntryIntoForce,
    entries: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Add to each consent the day from which the convention is in force for its participant.

    A published day takes precedence. For those that made up the threshold it is the general day.
    For a later one the convention's own rule gives it, and never a day before the general one:
    UNTOC art. 38(2) does not say so, UNCAC art. 68(2) does, and no convention binds one state
    before it is in force at all.

    Where that rule was not seen, the general rule holds: a consent takes effect on its own day
    unless the treaty says otherwise (Vienna Convention on the Law of Treaties, art. 24(3)). As it
    may, the day is certain only after the delay that the first parties had; no rule that was
    seen has a longer one for a later party. Of a held treaty that delay may not be known either:
    then the day is missing, and never that of the deposit.

    A successor is bound from the succession, at the latest from its notification, without a
    delay (Vienna Convention on Succession of States in respect of Treaties, arts. 23 and 34).

    Parameters
    ----------
    convention : Convention
        Which one.
    spells : DataFrame
        From `adoption.law.spells.periods`, with counts and state_since, the day since when
        there is the state (missing where that is not known).
    force : EntryIntoForce
        By the consents that count.
    entries : DataFrame, optional
        Published days: iso3 and date.

    Returns
    -------
    DataFrame
        The spells with in_force_earliest, in_force_latest (days; missing where there is no such
        bound) and in_force_why (`PUBLISHED`, `BY_RULE`, `GENERAL_RULE`, `SUCCESSION`, or why a
        day is missing).
    """
    consents = spells[spells["kind"] == CONSENT]
    frame = _days_in_force(convention, consents, force)
    published = published_days(consents, entries)
    if len(published):
        frame.loc[published.index, "why"] = PUBLISHED
        for end in ENDS:
            frame[end] = published.combine_first(frame[end])
    ended = consents["ends_latest"] <= frame["earliest"]
    if ended.any():
        frame.loc[ended, "why"] = ENDED_BEFORE
        frame[[*ENDS]] = frame[[*ENDS]].mask(ended)
    return spells.assign(**{f"in_force_{name}": frame[name] for name in frame})


def _days_in_force(
    convention: Treaty, consents: pd.DataFrame, force: EntryIntoForce
) -> pd.DataFrame:
    """Return earliest, latest and why of `in_force`, without published days."""
    general, later = force.day, convention.later
    if general is None:
        days = pd.Series(pd.NaT, consents.index, dtype="datetime64[us]")
        why_none = NOT_REACHED if convention.threshold else RULE_NOT_SEEN
        return pd.DataFrame({"earliest": days, "latest": days, "why": why_none})
    # Arrays, as there are hundreds of treaties: to align a dozen small columns takes longer.
    soonest = consents["soonest"].fillna(consents["begins_earliest"])
    surest = consents["begins_latest"]
    start, end = np.datetime64(general.earliest), np.datetime64(general.latest)
    first = _among_the_first(convention, consents, force)
    after = (soonest > pd.Timestamp((force.nth_instrument or general).latest)).to_numpy()
    by_rule = later.after_each(soonest) if later else soonest
    earliest = np.where(after & ~first, by_rule, soonest)
    longest = later or convention.delay
    delayed = longest.after_each(surest) if longest else np.datetime64("NaT")
    latest = np.where(first, end, delayed)
    succeeded = (consents["act"] == SUCCESSION).to_numpy()
    since = consents["state_since"].to_numpy()
    since = np.where(since <= soonest.to_numpy(), since, start)
    earliest = np.where(succeeded & ~consents.duplicated("iso3").to_numpy(), since, earliest)
    latest = np.where(succeeded, surest, latest)
    rule = BY_RULE if later else GENERAL_RULE if longest else RULE_NOT_SEEN
    why = np.where(succeeded, SUCCESSION, np.where(first, BY_RULE, rule))
    return pd.DataFrame(
        {
            "earliest": np.where(earliest < start, start, earliest),  # none is bound before all are
            "latest": np.where(latest < end, end, latest),
            "why": pd.array(why, dtype="str"),
        },
        index=consents.index,
    )


def _among_the_first(
    convention: Treaty, consents: pd.DataFrame, force: EntryIntoForce
) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    """Return which consents take effect on the day of entry into force."""
    surest, nth = consents["begins_latest"], force.nth_instrument
    first = np.zeros(len(consents), dtype=bool)
    if nth is not None and convention.threshold is not None:
        # It is one of the first where fewer others than the threshold can have come before it.
        counted = np.sort(consents.loc[consents["counts"], "begins_earliest"].to_numpy())
        itself = consents["counts"] & (consents["begins_earliest"] < surest)
        before = counted.searchsorted(surest.to_numpy()) - itself.to_numpy()
        by_then = on_or_before(surest, nth.earliest).to_numpy()
        first = (before < convention.threshold) | by_then
    if force.day is not None and convention.later_from_force:
        first |= (surest < pd.Timestamp(force.day.earliest)).to_numpy()
    return first


def published_days(consents: pd.DataFrame, entries: pd.DataFrame | None) -> pd.Series[pd.Timestamp]:
    """Return the published day of entry into force of each spell to which one belongs.

    Use the participant's latest spell that had begun by then.
    """
    if entries is None or entries.empty:
        return pd.Series(dtype="datetime64[us]")
    days = consents["iso3"].map(entries.set_index("iso3")["date"])
    again = consents.duplicated("iso3", keep=False)
    begun = days.notna() & (~again | (consents["begins_earliest"] <= days))
    return days[consents[begun].drop_duplicates("iso3", keep="last").index]
