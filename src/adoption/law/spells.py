"""Spells: the periods for which a signature or a consent to be bound stood, made from acts.

All law of the package is asked of one table of spells: a day is compared with the windows of
their begins and ends, never computed anew from acts.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd

from adoption.core.reading import remembered
from adoption.core.vocabulary import (
    BY_RULE,
    CONSENT,
    CONSENTS,
    DEFINITIVE_SIGNATURE,
    ENDED_BEFORE,
    GENERAL_RULE,
    GRADES,
    NOT_REACHED,
    PUBLISHED,
    RULE_NOT_SEEN,
    SIGNATURE,
    SIGNATURES,
    SUCCESSION,
    WITHDRAWAL,
)
from adoption.law.conventions import Convention
from adoption.law.rules import Window
from adoption.law.treaties import Treaty
from adoption.tables import members_of, of_convention, read, read_of
from adoption.tables.dictionary import table

WINDOWS = ("begins_earliest", "begins_latest", "ends_earliest", "ends_latest")
COLUMNS = (
    "convention",
    "iso3",
    "kind",
    "act",
    *WINDOWS,
    "open_ended",
    "grade",
    "source",
    "note",
    "ends_grade",
    "ends_source",
    "ends_note",
)
IN_FORCE_DAYS = ("in_force_earliest", "in_force_latest")
KEY = ["convention", "iso3"]
NEVER = np.iinfo("int64").max  # a day that does not come

Days = np.ndarray[tuple[int, ...], np.dtype[np.int64]]
Flags = np.ndarray[tuple[int, ...], np.dtype[np.bool_]]


def periods(acts: pd.DataFrame) -> pd.DataFrame:
    """Return the periods for which signatures and consents stood, one row a period.

    A consent opens a period and the next withdrawal closes it; a further consent within a period
    can only make its beginning earlier, one after a withdrawal opens another. Only the first
    signature of a participant counts, and neither a consent nor a withdrawal ends it. Other acts,
    such as an approval at home, open nothing.

    Parameters
    ----------
    acts : DataFrame
        convention, iso3, act, earliest, latest, open_ended, grade, source and note.

    Returns
    -------
    DataFrame
        `COLUMNS`, in order of convention, iso3, kind and begin; the windows are days, those of
        the end missing while the period lasts. And soonest, the first day on which a consent
        was perhaps given whose period begins later, so that it does not overlap the one before.

    Examples
    --------
    >>> from adoption import tables
    >>> periods(tables.read_of("acts", "hanoi"))["kind"].value_counts().index[0]
    'signature'
    """
    acts = acts.rename(columns={"earliest": "begins_earliest", "latest": "begins_latest"})
    frame = pd.concat([_signatures(acts), *_consents(acts)], ignore_index=True)
    dtypes = table("spells").dtypes()
    dtypes["soonest"] = dtypes["begins_earliest"]
    names = [*COLUMNS, "soonest"]
    frame = frame.reindex(columns=names).astype({name: dtypes[name] for name in names})
    return frame.sort_values([*KEY, "kind", "begins_earliest"], ignore_index=True)


def since_statehood(spells: pd.DataFrame, states: pd.DataFrame) -> pd.DataFrame:
    """Return periods that begin and end after their participant became a state.

    What was done for it before, by a state of which it was a part, is its own from that day.
    """
    since = spells["iso3"].map(states.set_index("iso3")["state_since"])
    days = {name: spells[name].mask(spells[name] < since, since) for name in (*WINDOWS, "soonest")}
    return spells.assign(**days)


def _signatures(acts: pd.DataFrame) -> pd.DataFrame:
    """Return each participant's first signature, with the window in which it was given."""
    signed = acts[acts["act"].isin(SIGNATURES)].sort_values(["begins_latest", "begins_earliest"])
    first = signed.drop_duplicates(KEY)
    if len(first) < len(signed):
        soonest = signed.groupby(KEY)["begins_earliest"].transform("min")
        first = first.assign(begins_earliest=soonest)
    return first.assign(kind=SIGNATURE)


def _consents(acts: pd.DataFrame) -> Iterable[pd.DataFrame]:
    rows = acts[acts["act"].isin((*CONSENTS, WITHDRAWAL))]
    several = rows.duplicated(KEY, keep=False)
    alone = rows[~several & (rows["act"] != WITHDRAWAL)]
    yield alone.assign(kind=CONSENT)
    history: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for act in _in_order(rows[several]).to_dict("records"):
        _apply_act(history.setdefault((act["convention"], act["iso3"]), []), act)
    opened = [period for spells in history.values() for period in spells]
    yield pd.DataFrame(
        opened, columns=[*rows.columns, *COLUMNS[-3:], *WINDOWS[2:], "soonest"]
    ).assign(kind=CONSENT)


def _in_order(acts: pd.DataFrame) -> pd.DataFrame:
    """Return consents and withdrawals in order, with their windows narrowed to fit it.

    No act is later than those after it, and a withdrawal that can follow the first consent does.
    A participant may withdraw and accede again, with a reservation, on the same day.
    """
    consents = acts["begins_earliest"].where(acts["act"] != WITHDRAWAL)
    first = consents.groupby([acts[name] for name in KEY]).transform("min")
    earliest = acts["begins_earliest"].mask(
        (acts["begins_earliest"] < first) & (first <= acts["begins_latest"]), first
    )
    order = np.select([consents == first, acts["act"] == WITHDRAWAL], [0, 1], 2)
    acts = acts.assign(begins_earliest=earliest, order=order)
    acts = acts.sort_values(["begins_earliest", "order", "begins_latest"]).drop(columns="order")
    return acts.assign(begins_latest=acts[::-1].groupby(KEY)["begins_latest"].cummin())


def _apply_act(spells: list[dict[str, Any]], act: dict[Any, Any]) -> None:
    """Let a participant's next act open a period or close the one that stands."""
    last = spells[-1] if spells else None
    stands = last is not None and "ends_latest" not in last
    if last is not None and stands and act["act"] == WITHDRAWAL:
        last |= {f"ends_{end}": act[f"begins_{end}"] for end in ("earliest", "latest")}
        last |= {f"ends_{name}": act[name] for name in ("grade", "source", "note")}
    elif not stands and act["act"] != WITHDRAWAL:
        if last is not None:  # two periods never overlap: one participant counts once
            act["soonest"] = act["begins_earliest"]
            act["begins_earliest"] = max(act["begins_earliest"], last["ends_latest"])
        spells.append(act)


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


@dataclass(frozen=True)
class NthSpells:
    """The first spells of participants, or the second ones, as columns of numbers.

    Attributes
    ----------
    index : ndarray of int, shape (spells, 1)
        Their rows in the frame.
    iso3 : list of str
        Whose they are, each once.
    lapsed : ndarray of bool, shape (spells, 1)
        Whether an instrument was taken back before the convention was in force.
    days : dict of str to ndarray of int64, shape (spells, 1)
        The windows, in days since 1970.
    """

    index: Days
    iso3: list[str]
    lapsed: Flags
    days: dict[str, Days]

    @classmethod
    def all_of(cls, spells: pd.DataFrame) -> list[NthSpells]:
        """Return the ranks: everybody's first spell, then the second of those that have one."""
        rank = np.zeros(len(spells), dtype="int64")
        if spells["iso3"].duplicated().any():
            rank = spells.groupby("iso3").cumcount().to_numpy()
        columns = {name: numbers_of(spells[name])[:, None] for name in (*WINDOWS, *IN_FORCE_DAYS)}
        lapsed = spells["in_force_why"].isin((NOT_REACHED, ENDED_BEFORE)).to_numpy()[:, None]
        index, codes = spells.index.to_numpy()[:, None], spells["iso3"].to_numpy()
        return [
            cls(index[at], codes[at].tolist(), lapsed[at], {n: d[at] for n, d in columns.items()})
            for number in np.unique(rank)
            for at in [rank == number]
        ]


def standing_on(spells: pd.DataFrame, as_of: date) -> tuple[Flags, Flags]:
    """Return which spells certainly stand on a day if the reports are right, and which may."""
    day = np.datetime64(as_of)
    begun, certain, ending, ended = (spells[name].to_numpy() <= day for name in WINDOWS)
    return certain & ~ending, begun & ~ended


def numbers_of(days: Sequence[date] | pd.Series[pd.Timestamp] | pd.DatetimeIndex) -> Days:
    """Return days as numbers since 1970; one that is missing never comes."""
    numbers = np.asarray(days, dtype="datetime64[D]")
    return np.where(np.isnat(numbers), NEVER, numbers.astype("int64"))


@dataclass(frozen=True)
class History:
    """The spells of one treaty, with what its rules make of them.

    Attributes
    ----------
    convention : Treaty
        Which one: a convention of the registry, or a held treaty.
    spells : DataFrame
        From `periods`, with the columns that `spells_table` adds.
    confirmed : DataFrame
        The consents that count, if of all consents and withdrawals only the confirmed ones
        are looked at.
    force : EntryIntoForce
        By the consents that count.
    outside : DataFrame
        The acts of participants that are neither states nor the European Union: participant,
        iso3 (missing where there is no code), act, date, source.
    """

    convention: Treaty
    spells: pd.DataFrame
    confirmed: pd.DataFrame
    force: EntryIntoForce
    outside: pd.DataFrame = field(default_factory=pd.DataFrame)

    def force_may_follow(self, as_of: date) -> bool:
        """Return whether as many instruments as are needed may stand on a day."""
        if self.convention.threshold is None:
            return True
        begun, _, _, ended = (self.counted[name] <= pd.Timestamp(as_of) for name in WINDOWS)
        return int((begun & ~ended).sum()) >= self.convention.threshold

    @property
    def in_force_since(self) -> date | None:
        """The day of entry into force: as it is published, else by the rule where it is known."""
        by_rule = self.force.day.day if self.force.day else None
        return self.convention.entered_into_force or by_rule

    @cached_property
    def signatures(self) -> pd.DataFrame:
        """The spells of signatories."""
        return self.spells[self.spells["kind"] == SIGNATURE]

    @cached_property
    def consents(self) -> pd.DataFrame:
        """The spells of those who have consented to be bound."""
        return self.spells[self.spells["kind"] == CONSENT]

    @cached_property
    def listed_consents(self) -> pd.DataFrame:
        """The consents, each of which stands until a withdrawal that the list has.

        They are those of `consents` where every withdrawal is known. Elsewhere who had consented
        is known, and who stayed is not.
        """
        if self.convention.withdrawals_known:
            return self.consents
        seen = self.consents["ends_latest"].notna()
        return self.consents.assign(ends_earliest=self.consents["ends_earliest"].where(seen))

    def first(self, measure: str) -> pd.DataFrame:
        """Return each participant's first signing, or its first consent, whatever came after.

        A definitive signature is both.
        """
        rows = self.consents
        if measure == "signatories":
            definitive = self.spells["act"] == DEFINITIVE_SIGNATURE
            rows = self.spells[(self.spells["kind"] == SIGNATURE) | definitive]
        return rows.sort_values("begins_latest", kind="stable").drop_duplicates("iso3")

    @cached_property
    def signatures_ranked(self) -> list[NthSpells]:
        """The spells of signatories, one rank after the other."""
        return NthSpells.all_of(self.signatures)

    @cached_property
    def consents_ranked(self) -> list[NthSpells]:
        """The consents: everybody's first, then the second of those that have one."""
        return NthSpells.all_of(self.consents)

    @cached_property
    def counted(self) -> pd.DataFrame:
        """The consents that count towards entry into force."""
        return self.spells[self.spells["counts"]]


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
    force = Window(published, published) if published else None
    if nth is not None and delay is not None:
        by_rule = Window(delay.after(nth.earliest), delay.after(nth.latest))
        if published is None or by_rule.earliest <= published <= by_rule.latest:
            force = by_rule
        else:
            nth = None
    elif nth is not None and (published is None or published < nth.latest):
        nth = None
    if nth is None or threshold is None:
        return EntryIntoForce(None, (), None, force, earliest)
    begins = counted["begins_earliest"]
    on_it = (begins == pd.Timestamp(nth.earliest)) & (begins == counted["begins_latest"])
    depositors = tuple(sorted(counted.loc[on_it, "iso3"])) if nth.day else ()
    grade = "confirmed"
    if threshold.reached(confirmed) != nth:
        needed = set(counted.loc[begins <= pd.Timestamp(nth.latest), "grade"])
        grade = " and ".join(name for name in GRADES[1:] if name in needed)
    return EntryIntoForce(nth, depositors, grade, force, earliest)


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
        From `periods`, with counts and state_since, the day since when there is the state
        (missing where that is not known).
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
    frame.loc[published.index, "why"] = PUBLISHED
    ended = consents["ends_latest"] <= published.combine_first(frame["earliest"])
    frame.loc[ended, "why"] = ENDED_BEFORE
    for end in ("earliest", "latest"):
        frame[end] = published.combine_first(frame[end]).mask(ended)
    return spells.join(frame.add_prefix("in_force_"))


def _days_in_force(
    convention: Treaty, consents: pd.DataFrame, force: EntryIntoForce
) -> pd.DataFrame:
    """Return earliest, latest and why of `in_force`, without published days."""
    general, later = force.day, convention.later
    if general is None:
        days = pd.Series(pd.NaT, consents.index, dtype="datetime64[us]")
        why_none = NOT_REACHED if convention.threshold else RULE_NOT_SEEN
        return pd.DataFrame({"earliest": days, "latest": days, "why": why_none})
    soonest = consents["soonest"].fillna(consents["begins_earliest"])
    surest = consents["begins_latest"]
    start, end = pd.Timestamp(general.earliest), pd.Timestamp(general.latest)
    first = _among_the_first(convention, consents, force)
    own = later.after_each(soonest) if later else soonest
    after = soonest > pd.Timestamp((force.nth_instrument or general).latest)
    earliest = own.where(after & ~first, soonest)
    longest = later or convention.delay
    latest = longest.after_each(surest) if longest else pd.Series(pd.NaT, consents.index)
    latest = latest.astype("datetime64[us]").mask(first, end)
    succeeded, since = consents["act"] == SUCCESSION, consents["state_since"]
    since = since.where(since <= soonest, start)
    earliest = earliest.mask(succeeded & ~consents.duplicated("iso3"), since)
    latest = latest.mask(succeeded, surest)
    rule = BY_RULE if later else GENERAL_RULE if longest else RULE_NOT_SEEN
    why = pd.Series(rule, consents.index, dtype="str")
    return pd.DataFrame(
        {
            "earliest": earliest.mask(earliest < start, start),  # none is bound before all are
            "latest": latest.mask(latest < end, end),
            "why": why.mask(first, BY_RULE).mask(succeeded, SUCCESSION),
        }
    )


def _among_the_first(
    convention: Treaty, consents: pd.DataFrame, force: EntryIntoForce
) -> pd.Series[bool]:
    """Return which consents take effect on the day of entry into force."""
    surest, nth = consents["begins_latest"], force.nth_instrument
    first = pd.Series(data=False, index=consents.index)
    if nth is not None and convention.threshold is not None:
        # It is one of the first where fewer others than the threshold can have come before it.
        counted = np.sort(consents.loc[consents["counts"], "begins_earliest"].to_numpy())
        itself = consents["counts"] & (consents["begins_earliest"] < surest)
        first = counted.searchsorted(surest.to_numpy()) - itself < convention.threshold
        first |= surest <= pd.Timestamp(nth.earliest)
    if force.day is not None and convention.later_from_force:
        first |= surest < pd.Timestamp(force.day.earliest)
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


def days_by_rule(history: History, entries: pd.DataFrame) -> pd.Series[pd.Timestamp]:
    """Return the day by the rule for each published day of entry into force for a participant.

    Parameters
    ----------
    history : History
        Of `histories_in`; its published days do not count.
    entries : DataFrame
        iso3 and date. Each day is set beside that of the spell to which it belongs; one before
        all spells belongs to none, and is set beside the first, from which it differs.
    """
    spells = history.spells.drop(columns=[*IN_FORCE_DAYS, "in_force_why"])
    plain = in_force(history.convention, spells, history.force)
    consents = plain[plain["kind"] == CONSENT]
    dated = consents.loc[published_days(consents, entries).index]
    spells = pd.concat([dated, consents]).drop_duplicates("iso3").set_index("iso3")
    days = spells["in_force_earliest"].astype("datetime64[us]")
    known = days == spells["in_force_latest"].astype("datetime64[us]")
    return entries["iso3"].map(days.where(known))


def special_members(convention: Treaty, memberships: pd.DataFrame) -> set[str]:
    """Return the members of the organisation of which a convention requires a minimum.

    Membership is that of today, since the day of joining is seldom known.
    """
    if convention.special is None:
        return set()
    return members_of(memberships, convention.special.organisation)


def histories_in(
    conventions: Iterable[Convention], tables: Mapping[str, pd.DataFrame]
) -> dict[str, History]:
    """Return the history of each convention, by its id, from the other tables of a build."""
    acts, histories = tables["acts"], dict[str, History]()
    confirmed_acts, none = acts[acts["grade"] == "confirmed"], periods(acts[:0])
    spells_of = (
        since_statehood(periods(part), tables["states"]) for part in (acts, confirmed_acts)
    )
    frames = *spells_of, tables["entries_into_force"]
    of_all, of_confirmed, entries = (dict(list(frame.groupby("convention"))) for frame in frames)
    states = tables["states"].set_index("iso3")
    for convention in conventions:
        name, marked = convention.convention, []
        special = special_members(convention, tables["memberships"])
        for rows in (of_all.get(name, none), of_confirmed.get(name, none)):
            counts = rows["kind"] == CONSENT
            if convention.excludes_reio:
                counts &= rows["iso3"].map(states["kind"]) != "organization"
            since = rows["iso3"].map(states["state_since"])
            rows = rows.assign(counts=counts, special=rows["iso3"].isin(special), state_since=since)
            marked.append(rows.reset_index(drop=True))
        spells, confirmed = marked[0], marked[1][marked[1]["counts"]]
        force = entry_into_force(convention, spells[spells["counts"]], confirmed)
        spells = in_force(convention, spells, force, entries.get(name))
        histories[name] = History(convention, spells, confirmed, force)
    return histories


def history_in(convention: Convention, tables: Mapping[str, pd.DataFrame]) -> History:
    """Return the history of one convention from the other tables of a build."""
    acts = of_convention(tables["acts"], convention.convention)
    return histories_in([convention], {**tables, "acts": acts})[convention.convention]


def spells_table(histories: Iterable[History]) -> pd.DataFrame:
    """Return the table `spells`: those of several conventions, one after the other."""
    spells = [history.spells for history in histories if len(history.spells)]
    return pd.concat(spells, ignore_index=True).drop(columns="soonest")


@remembered
def load_history(name: str) -> History:
    """Return the history of a convention of the registry from the processed tables."""
    convention = find_treaty(name)
    if isinstance(convention, HeldTreaty):
        return held_histories([convention])[name]
    acts = read_of("acts", name)
    special = special_members(convention, read("memberships"))
    spells = read_of("spells", name).reset_index(drop=True)
    spells = confirmed = spells.assign(special=spells["iso3"].isin(special))
    if not (acts["grade"] == "confirmed").all():
        confirmed = since_statehood(periods(acts[acts["grade"] == "confirmed"]), read("states"))
        confirmed = confirmed.assign(special=confirmed["iso3"].isin(special))
    counting = spells.loc[spells["counts"], "iso3"]
    confirmed = confirmed[(confirmed["kind"] == CONSENT) & confirmed["iso3"].isin(counting)]
    force = entry_into_force(convention, spells[spells["counts"]], confirmed)
    return History(convention, spells, confirmed, force)
