"""The pairs of states with a treaty in force between them, on a day.

Each convention joins every pair of the states for which it is in force, so a network is a
union of cliques. What is not known makes two networks: the pairs that are certainly joined,
and those that may be.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations_with_replacement
from typing import Any

import numpy as np
import pandas as pd

from adoption.core.errors import names_extra
from adoption.core.reading import remembered
from adoption.core.vocabulary import GENERAL_RULE, GRADES
from adoption.law.panel import (
    CONSENTED_STATUSES,
    HAD_CONSENTED,
    IN_FORCE,
    SIGNED,
    deciding_grades,
    members_for,
    status_arrays,
)
from adoption.law.spells import Days, Flags, History, load_history, numbers_of
from adoption.law.status import Row, Status
from adoption.law.treaties import Treaty
from adoption.tables import only_states, read


@dataclass(frozen=True)
class Joining:
    """For which participants a treaty is in force on days.

    Attributes
    ----------
    certain : ndarray of bool, shape (participants, days)
        Whether it is in force for the participant, reports left out.
    possible : ndarray of bool, shape (participants, days)
        Whether it is, or may be: wherever `in_force` of a panel is not False and the participant
        was a state.
    spell : ndarray of int, shape (participants, days)
        The row of the spell that decides it, -1 for none.
    """

    certain: Flags
    possible: Flags
    spell: Days


def joining(
    history: History, participants: pd.DataFrame, days: Days, members: Collection[str] | None
) -> Joining:
    """Return for which participants a treaty is in force on days, as a panel has it.

    Unlike there, reports make nothing certain: neither one of the participant's own act, nor one
    without which the threshold is not reached, unless the day of entry into force is published.

    Parameters
    ----------
    history : History
        The treaty with its spells.
    participants : DataFrame
        state_since and first_act of each, as the table `states` has them; by ISO3 code.
    days : ndarray of int64
        Days since 1970.
    members : collection of str or None
        Who can join, where the treaty is made for the members of an organisation.
    """
    part = status_arrays(history, participants, days, members)
    grade = deciding_grades(history, part)
    is_true = part.in_force == 1
    by_report = grade == GRADES.index("reported")
    return Joining(
        certain=is_true & ~by_report & force_is_sure(history, days),
        possible=(part.in_force != 0) & part.was_a_state,
        spell=part.spell,
    )


def force_is_sure(history: History, days: Days) -> Flags:
    """Return on which days no report is needed for the entry into force of a treaty."""
    sure = np.full(len(days), "reported" not in (history.force.nth_grade or ""))
    published = history.convention.entered_into_force
    return sure if published is None else sure | (numbers_of([published]) <= days)


def is_bound(row: Row, status: Status) -> bool:
    """Return whether a treaty is certainly in force for a participant, by the rule of `joining`."""
    is_confirmed = row["status"] == IN_FORCE and row["grade"] != "reported"
    return is_confirmed and bool(force_is_sure(status.history, numbers_of([status.as_of]))[0])


@dataclass(frozen=True)
class Clique:
    """The states that one convention joins.

    Attributes
    ----------
    convention : Treaty
        Which one.
    certain : frozenset of str
        ISO3 of the states for which it is certainly in force, reports left out.
    possible : frozenset of str
        Those, and the states for which it may be: by a report, by an act that may be later, or by
        one that is not known, because the list is partial or does not reach the day.
    partial : bool
        Whether the list is not complete to the day.
    general : frozenset of str
        The certain ones for which it is in force by the general rule.
    """

    convention: Treaty
    certain: frozenset[str]
    possible: frozenset[str]
    partial: bool
    general: frozenset[str] = frozenset()


def clique_of(
    history: History, states: pd.DataFrame, as_of: date, members: Collection[str] | None
) -> Clique:
    """Return the states that a convention joins on a day.

    Parameters
    ----------
    history : History
        The convention with its spells.
    states : DataFrame
        The table `states`: organizations are not joined.
    as_of : date
        The day.
    members : collection of str or None
        Who can join, where it is made for the members of an organisation.
    """
    convention = history.convention
    joins = joining(history, states.set_index("iso3"), numbers_of([as_of]), members)
    is_state = states["kind"].to_numpy() != "organization"
    certain, possible = (
        frozenset(states.loc[flags[:, 0] & is_state, "iso3"])
        for flags in (joins.certain, joins.possible)
    )
    spells = history.spells
    general = set(spells.loc[spells["in_force_why"] == GENERAL_RULE, "iso3"])
    return Clique(
        convention=convention,
        certain=certain,
        possible=possible,
        partial=not convention.is_complete("parties", as_of),
        general=certain & general,
    )


def signed_or_consented(status: Status) -> frozenset[str]:
    """Return the states that have certainly signed or, if only by report, consented."""
    frame = only_states(status.participants)
    signed = (frame["status"] == SIGNED) & (frame["grade"] != "reported")
    consented = frame["status"].isin((*CONSENTED_STATUSES, HAD_CONSENTED))
    return frozenset(frame.loc[signed | consented, "iso3"])


def instruments_of(cliques: Sequence[Clique], states: Sequence[str]) -> pd.DataFrame:
    """Return the conventions that certainly join each state with others.

    Returns
    -------
    DataFrame
        One row a state: iso3, instruments (the conventions' labels in the order given, with
        a plus sign between them; empty where there is none).
    """
    labels = []
    for iso3 in states:
        joined = [clique.convention.label for clique in cliques if iso3 in clique.certain]
        labels.append(" + ".join(joined))
    return pd.DataFrame({"iso3": list(states), "instruments": labels})


def load_cliques(conventions: Sequence[Treaty], as_of: date) -> list[Clique]:
    """Return the cliques of treaties on a day, from the processed tables.

    A convention that had not been opened by the day joins nobody.
    """
    return [_load_clique(convention, as_of) for convention in conventions]


@remembered
def _load_clique(convention: Treaty, as_of: date) -> Clique:
    members = members_for(convention, read("memberships"))
    return clique_of(load_history(convention.convention), read("states"), as_of, members)


@remembered
def load_network(
    conventions: tuple[Treaty, ...], as_of: date, states: tuple[str, ...]
) -> tuple[Network, pd.DataFrame]:
    """Return the network of treaties among states, and its pairs."""
    joined = network(load_cliques(conventions, as_of), states)
    return joined, joined.pairs()


Pairs = np.ndarray[tuple[int, int], np.dtype[np.bool_]]


@dataclass(frozen=True)
class Network:
    """Pairs of states joined by at least one convention.

    Attributes
    ----------
    states : tuple of str
        ISO3 codes, in the order of rows and columns.
    certain, possible : ndarray of bool, shape (states, states)
        Symmetric, without a diagonal; `certain` is part of `possible`.
    cliques : tuple of Clique
        The states that each convention joins.
    after : Network, optional
        The same with a further convention, if all who signed it became parties.
    """

    states: tuple[str, ...]
    certain: Pairs
    possible: Pairs
    cliques: tuple[Clique, ...] = ()
    after: Network | None = None

    @property
    def total_pairs(self) -> int:
        """How many pairs there are in all."""
        return len(self.states) * (len(self.states) - 1) // 2

    @property
    def lower(self) -> int:
        """How many pairs are certainly joined."""
        return int(self.certain.sum()) // 2

    @property
    def upper(self) -> int:
        """How many pairs may be joined."""
        return int(self.possible.sum()) // 2

    def within(self, members: Iterable[str]) -> Network:
        """Return the part of the network between some states."""
        wanted = set(members)
        keep = [i for i, iso3 in enumerate(self.states) if iso3 in wanted]
        kept = np.ix_(keep, keep)
        states = tuple(self.states[i] for i in keep)
        after = self.after and self.after.within(wanted)
        return Network(states, self.certain[kept], self.possible[kept], self.cliques, after)

    def partners(self) -> pd.DataFrame:
        """Return how many states each is joined with: index iso3; lower, upper (int)."""
        counts = {"lower": self.certain.sum(axis=1), "upper": self.possible.sum(axis=1)}
        return pd.DataFrame(counts, index=pd.Index(self.states, name="iso3")).astype("int64")

    def pairs(self) -> pd.DataFrame:
        """Return one row for each pair that may be joined.

        Returns
        -------
        DataFrame
            iso3, partner (in the order of the states), certain (bool), instruments (str: labels
            with a plus sign between them; of a pair that is not certain, those that may join it).
        """
        possible_pairs = np.argwhere(np.triu(self.possible))
        states = np.array(self.states, dtype=object)
        first = possible_pairs[:, 0]
        second = possible_pairs[:, 1]
        frame = pd.DataFrame({"iso3": states[first], "partner": states[second]})
        frame["certain"] = self.certain[first, second]
        by: dict[bool, list[pd.Series[str]]] = {True: [], False: []}
        for clique in self.cliques:
            for sure, participants in ((True, clique.certain), (False, clique.possible)):
                codes = list(participants)
                joins = frame["iso3"].isin(codes) & frame["partner"].isin(codes)
                label = {True: f" + {clique.convention.label}", False: ""}
                by[sure].append(joins.map(label))
        none = pd.Series("", frame.index)
        surely = sum(by[True], none).str.removeprefix(" + ")
        maybe = sum(by[False], none).str.removeprefix(" + ")
        frame = frame.assign(instruments=surely.where(frame["certain"], maybe))
        return frame.astype(dict.fromkeys(("iso3", "partner", "instruments"), "str"))

    @names_extra
    def to_networkx(self) -> Any:
        """Return the certain pairs as a networkx Graph; each edge has its `instruments`."""
        import networkx as nx

        graph = nx.Graph()
        graph.add_nodes_from(self.states)
        for row in self.pairs().query("certain").to_dict("records"):
            named = row["instruments"].split(" + ")
            graph.add_edge(row["iso3"], row["partner"], instruments=named)
        return graph


def network(cliques: Iterable[Clique], states: Sequence[str]) -> Network:
    """Return the pairs that some conventions join.

    Parameters
    ----------
    cliques : iterable of Clique
        The conventions.
    states : sequence of str
        ISO3 codes of those among whom pairs are counted.

    Examples
    --------
    >>> from adoption.law.conventions import load_conventions
    >>> treaty = load_conventions()["budapest"]
    >>> from adoption.countries.network import Clique
    >>> clique = Clique(treaty, frozenset("AB"), frozenset("ABC"), partial=True)
    >>> joined = network([clique], ["A", "B", "C", "D"])
    >>> joined.lower, joined.upper, joined.total_pairs
    (1, 3, 6)
    """
    order, joining = tuple(states), tuple(cliques)
    certain = np.zeros((len(order), len(order)), dtype=bool)
    possible = certain.copy()
    for clique in joining:
        certain |= adjacency(order, clique.certain)
        possible |= adjacency(order, clique.possible)
    for pairs in (certain, possible):
        pairs.setflags(write=False)  # a network may be remembered
    return Network(order, certain, possible, joining)


def adjacency(states: Sequence[str], members: Collection[str]) -> Pairs:
    """Return the adjacency matrix in which every pair of members is joined."""
    inside = np.array([iso3 in members for iso3 in states], dtype=bool)
    pairs = np.outer(inside, inside)
    np.fill_diagonal(pairs, val=False)
    return pairs


def components(states: Sequence[str], joined: Pairs) -> list[tuple[str, ...]]:
    """Return the groups of states that are joined directly or through others, largest first.

    A state without a partner is a group of its own.
    """
    from scipy.sparse.csgraph import connected_components  # slow to import

    _, labels = connected_components(joined, directed=False)
    parts = pd.Series(list(states), dtype="object").groupby(labels).agg(tuple)
    return sorted(parts, key=lambda group: (-len(group), group))


def with_convention(joined: Network, convention: Treaty, members: Collection[str]) -> Network:
    """Return what a network would be with a further convention between some states."""
    cliques = [clique for clique in joined.cliques if clique.convention != convention]
    same = [clique for clique in joined.cliques if clique.convention == convention]
    certain = frozenset(members).union(*(clique.certain for clique in same))
    possible = certain.union(*(clique.possible for clique in same))
    further = Clique(convention, certain, possible, partial=False)
    return network([*cliques, further], joined.states)


def pairs_by_region(pairs: Pairs, regions: Sequence[str]) -> pd.DataFrame:
    """Count the joined pairs within and between regions."""
    names = sorted(set(regions))
    inside = np.array([[region == name for name in names] for region in regions], dtype="int64")
    counts = inside.T @ pairs @ inside
    sizes = inside.sum(axis=0)
    rows = []
    for i, j in combinations_with_replacement(range(len(names)), 2):
        joined = int(counts[i, j])
        total = int(sizes[i] * sizes[j])
        if i == j:
            joined = joined // 2
            total = int(sizes[i] * (sizes[i] - 1)) // 2
        share = joined / total if total else np.nan
        rows.append((names[i], names[j], joined, total, share))
    columns = ["region", "other_region", "joined", "total_pairs", "share"]
    return pd.DataFrame(rows, columns=columns)
