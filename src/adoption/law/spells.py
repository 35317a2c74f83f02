"""Spells: the periods for which a signature or a consent to be bound stood, made from acts.

All law of the package is asked of one table of spells: a day is compared with the windows of
their begins and ends, never computed anew from acts.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd

from adoption.core.acts import CONSENTS, DEFINITIVE_SIGNATURE, SIGNATURES, WITHDRAWAL
from adoption.core.days import on_or_before
from adoption.core.reading import MAX_TREATIES, remembered, remembered_up_to
from adoption.core.vocabulary import CONSENT, ENDED_BEFORE, NOT_REACHED, SIGNATURE
from adoption.law.conventions import Convention
from adoption.law.entry_into_force import (
    EntryIntoForce,
    entry_into_force,
    in_force,
    published_days,
)
from adoption.law.held import HeldTreaty, find_treaty, held_acts, load_held
from adoption.law.rules import AS_MEMBER, End
from adoption.law.treaties import Treaty
from adoption.tables import of_convention, read, read_of
from adoption.tables.dictionary import table_description
from adoption.tables.rows import Rows, with_dtypes

WINDOWS = ("begins_earliest", "begins_latest", "ends_earliest", "ends_latest")
SPELL_COLUMNS = (
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
PARTICIPANT_KEY = ["convention", "iso3"]
NEVER = np.iinfo("int64").max  # a day that does not come

Days = np.ndarray[tuple[int, ...], np.dtype[np.int64]]
Flags = np.ndarray[tuple[int, ...], np.dtype[np.bool_]]
Indices = np.ndarray[tuple[int], np.dtype[np.intp]]
NO_PLACES: Indices = np.array([], dtype="intp")


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
        `SPELL_COLUMNS`, in order of convention, iso3, kind and begin; the windows are days,
        those of the end missing while the period lasts. And soonest, the first day on which a
        consent was perhaps given whose period begins later, so that it does not overlap the one
        before.

    Examples
    --------
    >>> from adoption import tables
    >>> periods(tables.read_of("acts", "hanoi"))["kind"].value_counts().index[0]
    'signature'
    """
    acts = acts.rename(columns={"earliest": "begins_earliest", "latest": "begins_latest"})
    frame = pd.concat([_signatures(acts), *_consents(acts)], ignore_index=True)
    dtypes = table_description("spells").dtypes()
    dtypes["soonest"] = dtypes["begins_earliest"]
    names = [*SPELL_COLUMNS, "soonest"]
    frame = frame.reindex(columns=names)
    others = {name: dtypes[name] for name in names if frame[name].dtype != dtypes[name]}
    frame = with_dtypes(frame, others)
    return frame.sort_values([*PARTICIPANT_KEY, "kind", "begins_earliest"], ignore_index=True)


def with_participants(spells: pd.DataFrame, states: pd.DataFrame) -> pd.DataFrame:
    """Add since when a participant is a state, and whether it is an organization.

    Looked up once for the periods of many treaties.
    """
    of_code = states.set_index("iso3")
    organizations = of_code.index[of_code["kind"] == "organization"]
    return spells.assign(
        state_since=spells["iso3"].map(of_code["state_since"]),
        is_organization=spells["iso3"].isin(organizations),
    )


def since_statehood(spells: pd.DataFrame) -> pd.DataFrame:
    """Return periods that begin and end after their participant became a state.

    What was done for it before, by a state of which it was a part, is its own from that day.
    """
    since = spells["state_since"]
    days = {name: spells[name].mask(spells[name] < since, since) for name in (*WINDOWS, "soonest")}
    return spells.assign(**days)


def _signatures(acts: pd.DataFrame) -> pd.DataFrame:
    """Return each participant's first signature, with the window in which it was given."""
    signed = acts[acts["act"].isin(SIGNATURES)].sort_values(["begins_latest", "begins_earliest"])
    first = signed.drop_duplicates(PARTICIPANT_KEY)
    if len(first) < len(signed):
        soonest = signed.groupby(PARTICIPANT_KEY)["begins_earliest"].transform("min")
        first = first.assign(begins_earliest=soonest)
    return first.assign(kind=SIGNATURE)


def _consents(acts: pd.DataFrame) -> Iterable[pd.DataFrame]:
    rows = acts[acts["act"].isin((*CONSENTS, WITHDRAWAL))]
    several = rows.duplicated(PARTICIPANT_KEY, keep=False)
    alone = rows[~several & (rows["act"] != WITHDRAWAL)]
    yield alone.assign(kind=CONSENT)
    if not several.any():
        return
    history: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for act in _in_order(rows[several]).to_dict("records"):
        _apply_act(history.setdefault((act["convention"], act["iso3"]), []), act)
    opened = [period for spells in history.values() for period in spells]
    yield pd.DataFrame(
        opened, columns=[*rows.columns, *SPELL_COLUMNS[-3:], *WINDOWS[2:], "soonest"]
    ).assign(kind=CONSENT)


def _in_order(acts: pd.DataFrame) -> pd.DataFrame:
    """Return consents and withdrawals in order, with their windows narrowed to fit it.

    No act is later than those after it, and a withdrawal that can follow the first consent does.
    A participant may withdraw and accede again, with a reservation, on the same day.
    """
    consents = acts["begins_earliest"].where(acts["act"] != WITHDRAWAL)
    first = consents.groupby([acts[name] for name in PARTICIPANT_KEY]).transform("min")
    earliest = acts["begins_earliest"].mask(
        (acts["begins_earliest"] < first) & (first <= acts["begins_latest"]), first
    )
    order = np.select([consents == first, acts["act"] == WITHDRAWAL], [0, 1], 2)
    acts = acts.assign(begins_earliest=earliest, order=order)
    acts = acts.sort_values(["begins_earliest", "order", "begins_latest"]).drop(columns="order")
    return acts.assign(begins_latest=acts[::-1].groupby(PARTICIPANT_KEY)["begins_latest"].cummin())


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
        codes, why = (spells[name].to_numpy(dtype="object") for name in ("iso3", "in_force_why"))
        if len(set(codes)) < len(codes):
            rank = spells.groupby("iso3").cumcount().to_numpy()
        columns = {name: numbers_of(spells[name])[:, None] for name in (*WINDOWS, *IN_FORCE_DAYS)}
        lapsed = ((why == NOT_REACHED) | (why == ENDED_BEFORE))[:, None]
        index = spells.index.to_numpy()[:, None]
        return [
            cls(index[at], codes[at].tolist(), lapsed[at], {n: d[at] for n, d in columns.items()})
            for number in np.unique(rank)
            for at in [rank == number]
        ]


def standing_on(spells: pd.DataFrame, as_of: date, prefix: str = "") -> tuple[Flags, Flags]:
    """Return which spells certainly stand on a day if the reports are right, and which may.

    With `AS_MEMBER` as the prefix: of those whose participant is a member then.
    """
    windows = (spells[prefix + name].to_numpy() for name in WINDOWS)
    begun, certain, ending, ended = (on_or_before(days, as_of) for days in windows)
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
    parent : History, optional
        Of the convention to whose parties alone it is open, as a protocol can be.
    """

    convention: Treaty
    spells: pd.DataFrame
    confirmed: pd.DataFrame
    force: EntryIntoForce
    outside: pd.DataFrame = field(default_factory=pd.DataFrame)
    parent: History | None = None

    def needed(self, consents: pd.DataFrame, as_of: date) -> tuple[int, int] | None:
        """Return how many instruments a day still lacks: by those that certainly stand, or may.

        None where the rule is not known.
        """
        rule = self.convention.threshold_rule()
        if rule is None:
            return None
        standing = [int(flags.sum()) for flags in standing_on(consents, as_of)]
        of_members = [0, 0]
        if rule.special:
            of_members = [int(flags.sum()) for flags in standing_on(consents, as_of, AS_MEMBER)]
        most, least = map(rule.lacking, standing, of_members)
        return most, least

    def force_may_follow(self, as_of: date) -> bool:
        """Return whether as many instruments as are needed may stand on a day."""
        needed = self.needed(self.counted, as_of)
        return needed is None or needed[1] == 0

    @property
    def in_force_since(self) -> date | None:
        """The day of entry into force: as it is published, else by the rule where it is known."""
        by_rule = self.force.day.day if self.force.day else None
        return self.convention.entered_into_force or by_rule

    @cached_property
    def bound_since(self) -> pd.Series[pd.Timestamp]:
        """The first day on which it is certainly in force for each of its parties, by ISO3 code."""
        days = self.consents.set_index("iso3")["in_force_latest"].dropna()
        return days[~days.index.duplicated()]

    @cached_property
    def signatures(self) -> pd.DataFrame:
        """The spells of signatories."""
        return self.spells[self.spells["kind"] == SIGNATURE]

    @cached_property
    def consents(self) -> pd.DataFrame:
        """The spells of those who have consented to be bound."""
        return self.spells[self.spells["kind"] == CONSENT]

    @cached_property
    def places(self) -> Mapping[str, Mapping[Any, Any]]:
        """Where the spells of each participant are, in `signatures` and in `consents`, by kind."""
        frames = {SIGNATURE: self.signatures, CONSENT: self.consents}
        return {kind: frame.groupby("iso3").indices for kind, frame in frames.items()}

    def last_by(self, iso3: str, kind: str, as_of: date) -> Mapping[Any, Any] | None:
        """Return the last spell of a participant, of a kind, that can have begun by a day."""
        spells = self.signatures if kind == SIGNATURE else self.consents
        rows_of_state: Indices = self.places[kind].get(iso3, NO_PLACES)
        begins = spells["begins_earliest"].to_numpy()[rows_of_state]
        begun = rows_of_state[on_or_before(begins, as_of)]
        return self._rows[kind].at(int(begun[-1])) if len(begun) else None

    @cached_property
    def _rows(self) -> Mapping[str, Rows]:
        """The spells of signatories and of those who have consented, by kind."""
        return {SIGNATURE: Rows.of(self.signatures), CONSENT: Rows.of(self.consents)}

    @cached_property
    def listed_consents(self) -> pd.DataFrame:
        """The consents, each of which stands until a withdrawal that the list has.

        They are those of `consents` where every withdrawal is known. Elsewhere who had consented
        is known, and who stayed is not.
        """
        return until_withdrawn(self.convention, self.consents)

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
        return self.listed_consents[self.listed_consents["counts"]]


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
    is_certain = days == spells["in_force_latest"].astype("datetime64[us]")
    return days.where(is_certain).reindex(entries["iso3"]).set_axis(entries.index)


def as_members(convention: Treaty, spells: pd.DataFrame, memberships: pd.DataFrame) -> pd.DataFrame:
    """Add to spells their part as a member of whom the convention requires a minimum.

    Membership is that of the day. Where only the year of joining is known, the day of joining is
    a window; a member of which no source says since when is taken for one throughout.

    Returns
    -------
    DataFrame
        The spells, and `WINDOWS` with `AS_MEMBER` before their names (days; begins missing of
        participants that never were members). Of a convention without such a minimum, as given.
    """
    if convention.special is None:
        return spells
    members = memberships[memberships["organisation"] == convention.special.organisation]
    first, last = days_of_joining(members["since"])
    members = members.assign(earliest=first, latest=last).set_index("iso3")
    membership = members.reindex(spells["iso3"]).set_index(spells.index)
    belongs, days = spells["iso3"].isin(members.index), {}
    for end in ("earliest", "latest"):
        begins = pd.concat([spells[f"begins_{end}"], membership[end]], axis=1).max(axis=1)
        days[f"{AS_MEMBER}begins_{end}"] = begins.where(belongs)
        ends = pd.concat([spells[f"ends_{end}"], membership["until"]], axis=1)
        days[f"{AS_MEMBER}ends_{end}"] = ends.min(axis=1)
    return spells.assign(**days)


def days_of_joining(
    since: pd.Series[str],
) -> tuple[pd.Series[pd.Timestamp], pd.Series[pd.Timestamp]]:
    """Return the first and the last day on which members can have joined: a year is a window.

    Examples
    --------
    >>> first, last = days_of_joining(pd.Series(["1961", "1984-01-07", None], dtype="str"))
    >>> first.dt.strftime("%Y-%m-%d").tolist(), last.dt.strftime("%Y-%m-%d").tolist()
    (['1961-01-01', '1984-01-07', nan], ['1961-12-31', '1984-01-07', nan])
    """
    is_year = since.str.fullmatch(r"\d{4}").fillna(value=False).astype(bool)
    first, last = (since.mask(is_year, since + end) for end in ("-01-01", "-12-31"))
    return first.astype("datetime64[us]"), last.astype("datetime64[us]")


def histories_in(
    conventions: Iterable[Treaty], tables: Mapping[str, pd.DataFrame]
) -> dict[str, History]:
    """Return the history of each treaty, by its id, from the other tables of a build."""
    acts, states, histories = tables["acts"], tables["states"], dict[str, History]()
    spells = with_participants(periods(acts), states)
    none, of_all = spells[:0], _by_convention(spells)
    of_confirmed, is_confirmed = of_all, acts["grade"] == "confirmed"
    if not is_confirmed.all():  # elsewhere both are the same
        partly = acts["convention"].isin(acts.loc[~is_confirmed, "convention"])
        confirmed = with_participants(periods(acts[is_confirmed & partly]), states)
        without = dict.fromkeys(acts.loc[partly, "convention"], none)
        of_confirmed = of_all | without | _by_convention(confirmed)
    entries = _by_convention(tables["entries_into_force"])
    for convention in conventions:
        name = convention.convention
        histories[name] = _history(
            convention,
            of_all.get(name, none),
            of_confirmed.get(name, none),
            tables["memberships"],
            entries.get(name),
        )
    return histories


def _history(
    treaty: Treaty,
    spells: pd.DataFrame,
    confirmed: pd.DataFrame,
    memberships: pd.DataFrame,
    entries: pd.DataFrame | None,
) -> History:
    """Return the history of a treaty of its periods, and of those of the confirmed acts alone.

    Both are as `with_participants` returns them.
    """
    is_same = confirmed is spells
    spells = _with_standing(treaty, spells, memberships)
    confirmed = spells if is_same else _with_standing(treaty, confirmed, memberships)
    listed, confirmed = (until_withdrawn(treaty, rows) for rows in (spells, confirmed))
    confirmed = confirmed[confirmed["counts"]]
    force = entry_into_force(treaty, listed[listed["counts"]], confirmed)
    return History(treaty, in_force(treaty, spells, force, entries), confirmed, force)


def _with_standing(treaty: Treaty, spells: pd.DataFrame, memberships: pd.DataFrame) -> pd.DataFrame:
    """Return periods as the law of the treaty has them: who counts, and since when it is a state.

    A held treaty's list names who acted before it was a state, so its own days stand.
    """
    if not isinstance(treaty, HeldTreaty):
        spells = since_statehood(spells)
    elif not treaty.withdrawals_known:
        spells = perhaps_ended(spells)
    counts = spells["kind"] == CONSENT
    if treaty.excludes_reio is not False:
        counts &= ~spells["is_organization"]
    spells = spells.assign(counts=counts).drop(columns="is_organization")
    return as_members(treaty, spells, memberships)


def until_withdrawn(treaty: Treaty, spells: pd.DataFrame) -> pd.DataFrame:
    """Return spells that stand until a withdrawal that the list has, where some are not known."""
    if treaty.withdrawals_known:
        return spells
    return spells.assign(ends_earliest=spells["ends_earliest"].where(spells["ends_latest"].notna()))


def read_at(history: History, end: End) -> History:
    """Return a history in which every act was done at one end of its window.

    A consent of which no withdrawal is known stands.
    """
    spells, days = history.spells, dict[str, Any]()
    for window in ("begins", "ends", "in_force"):
        ends = spells[[f"{window}_earliest", f"{window}_latest"]]
        has_end = ends.notna().all(axis=1)
        for name in map(str, ends):
            otherwise = ends[name].where(~has_end) if window == "in_force" else pd.NaT
            days[name] = ends[f"{window}_{end}"].where(has_end, otherwise)
    parent = history.parent and read_at(history.parent, end)
    return replace(history, spells=spells.assign(**days), parent=parent)


def perhaps_ended(spells: pd.DataFrame) -> pd.DataFrame:
    """Return spells of a treaty whose withdrawals are not known.

    A consent is certain on its day, and may have been withdrawn on any later one.
    """
    lasting = (spells["kind"] == CONSENT) & spells["ends_earliest"].isna()
    soonest = spells["begins_latest"] + pd.Timedelta(days=1)
    return spells.assign(ends_earliest=spells["ends_earliest"].mask(lasting, soonest))


def history_in(convention: Convention, tables: Mapping[str, pd.DataFrame]) -> History:
    """Return the history of one convention from the other tables of a build."""
    acts = of_convention(tables["acts"], convention.convention)
    return histories_in([convention], {**tables, "acts": acts})[convention.convention]


def spells_table(histories: Iterable[History]) -> pd.DataFrame:
    """Return the table `spells`: those of several conventions, one after the other."""
    spells = [history.spells for history in histories if len(history.spells)]
    return pd.concat(spells, ignore_index=True).drop(columns="soonest")


@remembered_up_to(MAX_TREATIES)
def load_history(name: str) -> History:
    """Return the history of a treaty, of the registry or held, from the processed tables."""
    convention, memberships = find_treaty(name), read("memberships")
    if isinstance(convention, HeldTreaty):
        return _history_of_held(convention)
    acts = read_of("acts", name)
    spells = read_of("spells", name).reset_index(drop=True)
    spells = confirmed = as_members(convention, spells, memberships)
    if not (acts["grade"] == "confirmed").all():
        confirmed = periods(acts[acts["grade"] == "confirmed"])
        confirmed = since_statehood(with_participants(confirmed, read("states")))
        confirmed = as_members(convention, confirmed, memberships)
    counting = spells.loc[spells["counts"], "iso3"]
    confirmed = confirmed[(confirmed["kind"] == CONSENT) & confirmed["iso3"].isin(counting)]
    force = entry_into_force(convention, spells[spells["counts"]], confirmed)
    parent = load_history(convention.parties_of) if convention.parties_of else None
    return History(convention, spells, confirmed, force, parent=parent)


def _history_of_held(treaty: HeldTreaty) -> History:
    """Return the history of a held treaty; no day in force for one participant is published."""
    of_states, outside = _held_periods()
    name = treaty.convention
    spells = of_states[name]
    history = _history(treaty, spells, spells, read("memberships"), None)
    return replace(history, outside=outside.get(name, history.outside))


@remembered
def _held_periods() -> tuple[dict[str, pd.DataFrame], dict[str, pd.DataFrame]]:
    """Return by held treaty the periods of states, and the acts of others: made once for all."""
    acts = held_acts(load_held().values())
    states = read("states")
    is_state = acts["iso3"].isin(states["iso3"])
    spells = with_participants(periods(acts[is_state]), states)
    of_states = dict.fromkeys(load_held(), spells[:0]) | _by_convention(spells)
    return of_states, _by_convention(acts[~is_state])


def _by_convention(rows: pd.DataFrame) -> dict[str, pd.DataFrame]:
    groups = rows.groupby("convention")
    return {str(name): part.reset_index(drop=True) for name, part in groups}
