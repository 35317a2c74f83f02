"""Who has signed and consented to be bound on a day, and what follows for entry into force."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property, partial
from types import MappingProxyType
from typing import Any

import numpy as np
import pandas as pd

from adoption.core.acts import OTHER_ACTS, SUCCESSION_TO_SIGNATURE, WITHDRAWAL
from adoption.core.days import date_in, on_or_before
from adoption.core.observation import Observation, PublishedTotal
from adoption.core.reading import remembered
from adoption.core.text import in_sentence
from adoption.core.vocabulary import DEPOSITARY, ENDED_BEFORE, PUBLISHED
from adoption.law.held import HeldTreaty, find_treaty
from adoption.law.panel import (
    CODE,
    FLAGS,
    STATUSES,
    UNKNOWN,
    WITHDRAWN,
    members_for,
    status_arrays,
)
from adoption.law.rules import Window
from adoption.law.spells import (
    Days,
    Flags,
    History,
    load_history,
    numbers_of,
    standing_on,
)
from adoption.law.treaties import Treaty
from adoption.tables import certain_by, count_by_grade, read, read_of, without_reports
from adoption.tables.choices import Day, to_day
from adoption.tables.rows import Rows

DECIDING = (
    "act",
    "date",
    "earliest",
    "latest",
    "open_ended",
    "grade",
    "source",
    "note",
)

OF_A_TOTAL = ("latest", "source", "as_of", "grade")  # columns of the table totals
NO_ACTS = pd.DataFrame(columns=["iso3", "act", "earliest", "grade"]).astype(
    {"iso3": "str", "act": "str", "earliest": "datetime64[us]", "grade": "str"}
)


def published_totals(totals: pd.DataFrame, measure: str, as_of: date) -> tuple[PublishedTotal, ...]:
    """Return the totals of a measure that were known by a day: the newest, then the greatest first.

    Examples
    --------
    >>> newest, *_ = published_totals(read_of("totals", "uncac"), "parties", date(2024, 5, 1))
    >>> newest.number, newest.day, newest.source
    (190, datetime.date(2024, 4, 20), 'untc-uncac-2024')
    """
    day, columns = pd.Timestamp(as_of), (totals[name].tolist() for name in OF_A_TOTAL)
    # A few rows, once a status: sorting a frame of them takes ten times as long.
    is_published = [
        (latest, number, source, counted_on, grade)
        for number, latest, source, counted_on, grade in zip(totals[measure], *columns, strict=True)
        if pd.notna(number) and latest <= day
    ]
    is_published.sort(key=lambda row: row[:3], reverse=True)
    published = []
    for latest, number, source, counted_on, grade in is_published:
        counted_day = date_in(counted_on)
        published.append(PublishedTotal(int(number), counted_day, latest.date(), grade, source))
    return tuple(published)


def printed_totals(treaty: HeldTreaty) -> pd.DataFrame:
    """Return the totals that a held treaty's list prints, as rows of the table `totals`."""
    day = pd.Timestamp(treaty.partial_to)
    row = {
        "signatories": treaty.printed_signatories,
        "parties": treaty.printed_parties,
        "as_of": day,
        "latest": day,
        "grade": DEPOSITARY,
        "source": treaty.source,
    }
    return pd.DataFrame([row])


def observations_on(
    history: History,
    as_of: date,
    totals: pd.DataFrame | None = None,
    organizations: Mapping[str, str] = MappingProxyType({}),
) -> dict[str, Observation]:
    """Count the signatories, the participants that consented, and those that count, on a day.

    Parameters
    ----------
    history : History
        The convention with its spells.
    as_of : date
        The day.
    totals : DataFrame, optional
        Its rows of the table `totals`.
    organizations : mapping of str to str
        By their codes the names of participants that are no states, as in a sentence.
    """
    convention = history.convention
    totals = pd.DataFrame() if totals is None else totals
    if isinstance(convention, HeldTreaty):
        totals = printed_totals(convention)

    def observe(measure: str, spells: pd.DataFrame, of: str = "parties") -> Observation:
        has_totals = of in totals and measure != "consents"
        published = published_totals(totals, of, as_of) if has_totals else ()
        # A list that is complete to its day has answered what others reported until then.
        published = tuple(
            total
            for total in published
            if total.grade == DEPOSITARY or not convention.is_complete(of, total.latest)
        )
        last_day = as_of if of == "parties" else min(as_of, convention.closes or as_of)
        of_depositary = (total.day for total in published if total.grade == DEPOSITARY)
        is_partial = isinstance(convention, HeldTreaty) and of in convention.partial
        final = not is_partial and any(day and day >= last_day for day in of_depositary)
        listed = of == "parties" or convention.signatories_listed
        certain, may_be = standing_on(spells, as_of)
        by_grade = count_by_grade(spells["grade"].array[certain])
        firm = certain & (spells["grade"].array != "reported")
        sure = spells["iso3"].array[firm]
        named = tuple(organizations[iso3] for iso3 in sure if iso3 in organizations)
        complete = final or (listed and convention.is_complete(of, as_of))
        acts_behind = partial(_acts_behind, spells, certain, may_be)
        observation = Observation(
            measure,
            lower=len(sure),
            with_reports=int(certain.sum()),
            possible=int(may_be.sum()),
            complete=complete,
            subject=f"the {convention.short_title}",
            organizations=named,
            totals=published,
            by_grade=by_grade,
            acts=acts_behind,
        )
        return observation if listed or observation.published else replace(observation, known=False)

    bound = "parties" if convention.withdrawals_known else "had consented"
    counted = observe("consents", history.counted)
    return {
        "signatories": observe("signatories", history.signatures, "signatories"),
        "parties": observe(bound, history.listed_consents),
        "counted": replace(counted, total=convention.threshold),
    }


def _acts_behind(spells: pd.DataFrame, certain: Flags, may_be: Flags) -> pd.DataFrame:
    """Return the acts of spells that stand on a day, or may."""
    days = {"begins_earliest": "earliest", "begins_latest": "latest"}
    acts = spells.assign(certain=certain)[may_be].rename(columns=days)
    acts["date"] = acts["earliest"].where(acts["earliest"] == acts["latest"])
    return acts[["iso3", *DECIDING, "certain"]].reset_index(drop=True)


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
        in_force_on (days, NaT where not known), in_force_why (where the days in force come from,
        or why one is missing; of the last consent by the day), and for each act of the family
        "other" of `acts.toml`, such as a domestic approval, its first day and its grade
        (domestic_approval_on, domestic_approval_grade; missing where none is known).
    signatories, parties, counted : Observation
        Signatories; participants that have consented to be bound; those of them whose instrument
        counts to the threshold. Of a held treaty whose withdrawals are not known the second are
        those that had consented, and its measure says so.
    nth_instrument : Window, optional
        When the threshold was certainly reached, if it was by the day.
    nth_participants : tuple of str
        ISO3 codes of those who deposited on that day, where it is one day.
    nth_grade : str, optional
        confirmed, or the grades without which the threshold is not reached then.
    entry_into_force : Window, optional
        The day that follows from it; it may lie after `as_of`. Of a held treaty the published
        day, by then.
    remaining : int, optional
        How many counted instruments are still needed, those that are only reported left out;
        none once there were enough, and never fewer than a special minimum of members lacks.
        None where the threshold is not known.
    remaining_if_confirmed_only : int, optional
        How many are still needed if of all consents and withdrawals only those that are
        confirmed are looked at.
    """

    history: History = field(repr=False)
    as_of: date
    participants: pd.DataFrame
    signatories: Observation
    parties: Observation
    counted: Observation
    nth_instrument: Window | None
    nth_participants: tuple[str, ...]
    nth_grade: str | None
    entry_into_force: Window | None
    remaining: int | None
    remaining_if_confirmed_only: int | None

    @property
    def convention(self) -> Treaty:
        """Which convention it is."""
        return self.history.convention

    def row_of(self, iso3: str) -> Row:
        """Return the row of one participant."""
        return self._rows.at(self._places[iso3])

    def rows_of(self, members: Iterable[str]) -> list[Row]:
        """Return the rows of those that are participants, in the order of `participants`."""
        places = sorted(self._places[iso3] for iso3 in members if iso3 in self._places)
        return [self._rows.at(place) for place in places]

    @cached_property
    def _places(self) -> dict[str, int]:
        """The place of each participant's row."""
        return {iso3: place for place, iso3 in enumerate(self.participants["iso3"].tolist())}

    @cached_property
    def _rows(self) -> Rows:
        """The participants, of which one is asked for after another."""
        return Rows.of(self.participants)

    @property
    def outside(self) -> pd.DataFrame:
        """The acts by the day of participants that are neither states nor the European Union.

        They are organisations and territories: participant, iso3 (missing where there is no
        code), act, date, source. They are counted nowhere else.
        """
        rows = self.history.outside
        return rows if rows.empty else certain_by(rows, self.as_of)

    @property
    def signatories_known(self) -> bool:
        """Whether any source names who has signed, or the depositary counts them."""
        return self.signatories.known

    @property
    def nth_is_unsure(self) -> bool:
        """Whether that day depends on acts that are not confirmed."""
        return self.nth_grade not in (None, "confirmed")

    @property
    def left_before_force(self) -> pd.DataFrame:
        """The consents that made up the threshold and ended before entry into force, by the day."""
        counted, nth = self.history.counted, self.nth_instrument
        is_ended = counted["in_force_why"] == ENDED_BEFORE
        if nth is None or not is_ended.any():
            return counted[:0]
        ended = counted[is_ended]
        begun = on_or_before(ended["begins_latest"], nth.latest)
        stood = begun & ~on_or_before(ended["ends_earliest"], nth.latest)
        return ended[stood & on_or_before(ended["ends_latest"], self.as_of)]

    @property
    def remaining_with_reports(self) -> int | None:
        """How many counted instruments are still needed if the reports are right."""
        if self.remaining is None:
            return None
        if self.nth_instrument:  # whoever withdraws afterwards takes nothing from it
            return 0
        needed = self.history.needed(self.history.counted, self.as_of)
        return needed and needed[0]

    @property
    def least_remaining(self) -> int | None:
        """The least number that may still be needed; None beyond the reach of the list."""
        if self.nth_instrument:
            return 0
        needed = self.history.needed(self.history.counted, self.as_of)
        return None if needed is None or self.counted.upper is None else needed[1]

    @property
    def in_force(self) -> bool:
        """Whether the convention was certainly in force on the day."""
        return self.entry_into_force is not None and self.entry_into_force.latest <= self.as_of

    @property
    def known_in_force(self) -> bool | None:
        """Whether the convention is in force on the day; None where nobody can know."""
        if self.in_force or self.as_of < self.convention.opening.earliest:
            return self.in_force
        force = self.entry_into_force
        if force is None:  # enough instruments may be there, unseen or without a day
            if self.convention.threshold is None:  # its list would print the day
                return None if self.beyond_reach else False
            return None if not self.least_remaining else False
        return None if force.earliest <= self.as_of else False

    @property
    def listed(self) -> Status:
        """The same status, with counts of listed acts alone, as figures draw them."""
        signatories, parties = self.signatories.listed, self.parties.listed
        return replace(self, signatories=signatories, parties=parties)

    @property
    def beyond_reach(self) -> bool:
        """Whether the day lies after the last one for which the list is complete."""
        return not self.convention.is_complete("parties", self.as_of)


def status_on(
    history: History,
    as_of: date,
    states: pd.DataFrame,
    members: Collection[str] | None = None,
    others: pd.DataFrame | None = None,
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
    others : DataFrame, optional
        Acts without effect on the status (`adoption.core.acts.OTHER_ACTS`) that are certain by the
        day: iso3, act, earliest, grade.
    totals : DataFrame, optional
        The convention's rows of the table `totals`.
    """
    participants = states[["state_since", "first_act"]].set_axis(pd.Index(states["iso3"]))
    codes = participants.index
    arrays = status_arrays(history, participants, numbers_of([as_of]), members)
    words = pd.array([*STATUSES, None], dtype="str")  # -1 is none
    columns: dict[str, Any] = {
        name: states[name].array
        for name in ("iso3", "name", "article", "kind", "region", "un_group")
    }
    columns["status"] = words.take(arrays.status[:, 0])
    has_left = arrays.status[:, 0] == CODE[WITHDRAWN]
    columns |= _deciding(history.spells, arrays.spell[:, 0], has_left)
    columns["possible"] = words.take(arrays.possible[:, 0])
    for name in FLAGS:
        values = getattr(arrays, name)[:, 0]
        columns[name] = pd.arrays.BooleanArray(values == 1, values == UNKNOWN)
    columns["complete"] = bool(arrays.consented_complete[0])
    columns |= _days(history, as_of, codes)
    columns |= _other_acts(NO_ACTS if others is None else others, codes)
    convention, force = history.convention, history.force.by(as_of)
    organizations = states.loc[states["kind"] == "organization", ["iso3", "name", "article"]]
    in_words = map(in_sentence, organizations["name"], organizations["article"])
    names = dict(zip(organizations["iso3"], in_words, strict=True))
    rule, counts = convention.threshold_rule(), observations_on(history, as_of, totals, names)

    def needed(consents: pd.DataFrame) -> int | None:
        # Whoever withdraws after the threshold was reached takes nothing from it.
        lacking = history.needed(consents, as_of)
        if rule is None or lacking is None:
            return None
        reached = rule.reached(consents)
        is_reached = reached is not None and reached.latest <= as_of
        return 0 if is_reached else lacking[0]

    nobody_is_yet = force.day is None or force.day.latest > as_of
    if nobody_is_yet and convention.withdrawals_known:
        counts["parties"] = replace(counts["parties"], measure="consents")
    remaining = needed(without_reports(history.counted))
    published = convention.entered_into_force
    if force.nth_instrument and published:  # published: there were enough
        remaining = 0
    elif published and isinstance(convention, HeldTreaty):
        remaining = 0 if published <= as_of and rule else None
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
        remaining_if_confirmed_only=needed(history.confirmed),
    )


def _deciding(spells: pd.DataFrame, index: Days, left: Flags) -> dict[str, Any]:
    """Return the columns of the act that decides each status: the last row is of none."""
    opened = {name: spells[name].array for name in ("act", "grade", "source", "note")}
    opened["open_ended"] = spells["open_ended"].astype("boolean").array
    opened |= {end: spells[f"begins_{end}"].array for end in ("earliest", "latest")}
    columns = {name: values.take(index, allow_fill=True) for name, values in opened.items()}
    if left.any():
        columns["act"][left], columns["open_ended"][left] = WITHDRAWAL, False
        for name in ("earliest", "latest", "grade", "source", "note"):
            ends = spells[f"ends_{name}"].array
            columns[name][left] = ends.take(index[left])
    is_dated = columns["earliest"] == columns["latest"]
    return columns | {"date": pd.Series(columns["earliest"]).where(is_dated).array}


def _other_acts(others: pd.DataFrame, codes: pd.Index[str]) -> dict[str, Any]:
    """Return the first day and the grade of each kind of act that has no effect on the status."""
    columns: dict[str, Any] = {}
    for kind in OTHER_ACTS:
        acts = others[others["act"] == kind.name].sort_values("earliest").drop_duplicates("iso3")
        by_state = acts.set_index("iso3")
        columns[f"{kind.column}_on"] = by_state["earliest"].reindex(codes).array
        columns[f"{kind.column}_grade"] = by_state["grade"].reindex(codes).array
    return columns


def _days(history: History, as_of: date, codes: pd.Index[str]) -> dict[str, Any]:
    """Return the days on which participants signed, consented and were bound, where known.

    And why the day on which they were bound is that, or is missing.
    """
    signatures, consents = history.signatures, history.consents
    itself = signatures["act"] != SUCCESSION_TO_SIGNATURE  # a successor did not sign on that day
    _, standing = standing_on(consents, as_of)
    if history.force.by(as_of).day is None:  # no day in force follows yet, but some are published
        standing &= (consents["in_force_why"] == PUBLISHED).to_numpy()
    signed = _last(signatures, itself & on_or_before(signatures["begins_latest"], as_of), codes)
    consented = _last(consents, on_or_before(consents["begins_latest"], as_of), codes)
    bound = _last(consents, standing, codes)
    return {
        "signed_on": _known(signatures, "begins", signed),
        "consented_on": _known(consents, "begins", consented),
        "in_force_on": _known(consents, "in_force", bound),
        "in_force_why": consents["in_force_why"].array.take(consented, allow_fill=True),
    }


def _last(spells: pd.DataFrame, is_counted: Flags | pd.Series[bool], codes: pd.Index[str]) -> Days:
    """Return the place of the last of some spells of each participant; -1 for none."""
    places = np.flatnonzero(is_counted)
    last = np.full(len(codes), -1)
    last[codes.get_indexer(spells["iso3"].array[places])] = places  # a later one replaces others
    return last


def _known(spells: pd.DataFrame, window: str, index: Days) -> Any:
    """Return the days of spells at some places, missing where they are not known."""
    earliest, latest = (
        spells[f"{window}_{end}"].array.take(index, allow_fill=True)
        for end in ("earliest", "latest")
    )
    return pd.Series(earliest).where(earliest == latest).array


def load_status(name: str | Treaty, as_of: Day) -> Status:
    """Work out the status of a treaty, of the registry or held, from the processed tables.

    Parameters
    ----------
    name : str or Treaty
        The treaty, or its id, number or title.
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
    status = status_to_read(find_treaty(name).convention, to_day(as_of))
    return replace(status, participants=status.participants.copy())  # to each their own


@remembered
def status_to_read(name: str, as_of: date) -> Status:
    """Work out the status of a treaty once for all who change nothing of it; see `load_status`."""
    convention = find_treaty(name)
    if isinstance(convention, HeldTreaty):
        return status_on(load_history(name), as_of, read("states"))
    acts = read_of("acts", name)
    others = certain_by(acts[acts["act"].isin([kind.name for kind in OTHER_ACTS])], as_of)
    members = members_for(convention, read("memberships"))
    totals = read_of("totals", name)
    return status_on(load_history(name), as_of, read("states"), members, others, totals)
