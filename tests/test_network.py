"""The network: for which states a convention is in force, pairs, parts and gains."""

from __future__ import annotations

from datetime import date
from itertools import combinations
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import adoption as ad
from adoption.countries.network import (
    Clique,
    Network,
    clique_of,
    components,
    is_bound,
    load_cliques,
    network,
)
from adoption.law.conventions import load_conventions
from adoption.law.status import load_status
from adoption.tables import data_day, only_states
from tests.conftest import MADE_UP_STATES, Act, bound, history, made_up, states_of

THREE = (bound("AAA", "2001-02-01"), bound("BBB", "2001-02-01"), bound("CCC", "2001-03-01"))
EVERYONE = frozenset({"AAA", "BBB", "CCC", "DDD"})


def joined_on(day: str, *rows: Act, members: frozenset[str] | None = None, **rules: Any) -> Clique:
    states = states_of(MADE_UP_STATES)
    return clique_of(history(*rows, **rules), states, date.fromisoformat(day), members)


# the third instrument on 1 March 2001 and 90 days: in force on 30 May 2001
@pytest.mark.parametrize(("day", "members"), [("2001-05-29", ""), ("2001-05-30", "AAA BBB CCC")])
def test_nobody_is_joined_before_entry_into_force(day: str, members: str) -> None:
    clique = joined_on(day, *THREE)
    assert clique.certain == clique.possible == frozenset(members.split())
    assert not clique.partial


# Without a rule for later parties: on the day of the deposit, certainly after another ninety.
@pytest.mark.parametrize(("day", "is_certain"), [("2002-03-31", False), ("2002-04-01", True)])
def test_a_later_party_is_joined_by_the_general_rule(day: str, is_certain: bool) -> None:
    late = bound("DDD", "2002-01-01")
    clique = joined_on(day, *THREE, late, later=None, later_article=None)
    assert ("DDD" in clique.certain) == is_certain
    assert clique.general == ({"DDD"} if is_certain else frozenset())
    assert "DDD" in clique.possible


def test_a_report_joins_nobody_for_certain() -> None:
    report: Act = ("DDD", "ratification", "2002-01-01", "", "reported")
    clique = joined_on("2005-01-01", *THREE, report)
    assert "DDD" not in clique.certain
    assert "DDD" in clique.possible


def test_who_has_withdrawn_is_joined_no_more() -> None:
    left = (*THREE, bound("DDD", "2002-01-01"), bound("DDD", "2003-01-01", act="withdrawal"))
    clique = joined_on("2004-01-01", *left)
    assert "DDD" not in clique.possible
    maybe = (
        *THREE,
        bound("DDD", "2002-01-01"),
        bound("DDD", "2003-01-01", "2004-12-31", act="withdrawal"),
    )
    clique = joined_on("2004-01-01", *maybe)
    assert "DDD" not in clique.certain
    assert "DDD" in clique.possible


def test_where_a_report_completes_the_threshold_nobody_is_joined_for_certain() -> None:
    third: Act = ("CCC", "ratification", "2001-03-01", "", "reported")
    clique = joined_on("2005-01-01", *THREE[:2], third)
    assert clique.certain == frozenset()
    assert clique.possible == frozenset({"AAA", "BBB", "CCC"})
    published = joined_on("2005-01-01", *THREE[:2], third, entered_into_force=date(2001, 5, 30))
    assert published.certain == frozenset({"AAA", "BBB"})


def test_beyond_its_reach_a_convention_made_for_an_organisation_may_bind_all_its_members() -> None:
    later = joined_on("2021-06-01", *THREE, members=EVERYONE)  # the list is complete to 2020
    assert later.certain == frozenset({"AAA", "BBB", "CCC"})
    assert later.possible == EVERYONE
    assert later.partial
    within = joined_on("2020-06-01", *THREE, members=EVERYONE)
    assert within.possible == frozenset({"AAA", "BBB", "CCC"})
    other = joined_on("2021-06-01", *THREE)
    assert other.partial
    assert other.possible == EVERYONE  # all states: EUE is none


STATES = tuple("ABCDEFGH")
Members = st.frozensets(st.sampled_from(STATES))


def clique(certain: str, possible: str = "") -> Clique:
    sure = frozenset(certain)
    return Clique(made_up(), sure, sure | frozenset(possible), partial=False)


def pairs_of(joined: Network) -> set[tuple[str, str]]:
    at = np.argwhere(np.triu(joined.certain))
    return {(joined.states[i], joined.states[j]) for i, j in at}


def test_pairs_worked_out_by_hand() -> None:
    # ABC by one, CD by another: AB AC BC CD; E may be bound by the first: AE BE CE.
    joined = network([clique("ABC", "E"), clique("CD")], "ABCDE")
    assert (joined.lower, joined.upper, joined.total_pairs) == (4, 7, 10)
    assert pairs_of(joined) == {("A", "B"), ("A", "C"), ("B", "C"), ("C", "D")}
    assert components(joined.states, joined.certain) == [("A", "B", "C", "D"), ("E",)]
    partners = joined.partners()
    assert partners["lower"].to_dict() == {"A": 2, "B": 2, "C": 3, "D": 1, "E": 0}
    assert partners["upper"].to_dict() == {"A": 3, "B": 3, "C": 4, "D": 1, "E": 3}


@given(st.lists(Members, max_size=5))
def test_the_same_as_networkx(groups: list[frozenset[str]]) -> None:
    import networkx as nx  # slow to import

    graph = nx.Graph()
    graph.add_nodes_from(STATES)
    for group in groups:
        graph.add_edges_from(combinations(sorted(group), 2))
    joined = network([clique("".join(group)) for group in groups], STATES)
    assert joined.lower == graph.number_of_edges()
    assert pairs_of(joined) == {tuple(sorted(edge)) for edge in graph.edges}
    assert {frozenset(part) for part in components(joined.states, joined.certain)} == {
        frozenset(part) for part in nx.connected_components(graph)
    }
    assert joined.partners()["lower"].to_dict() == dict(graph.degree)


@pytest.mark.parametrize(
    ("treaties", "day", "says"),
    [
        (["CAT"], "2010-12-31", "0% to 57% of pairs of 195 states share the Convention against"),
        (["CAT"], "2020-12-31", "It is not known which pairs of 197 states share the Convention"),
        (
            ["CERD", "nuclear-terrorism"],
            "2012-01-01",
            "15% to 81% of pairs of 196 states share one of these treaties "
            "(CERD; Nuclear Terrorism) in force.",
        ),
        (
            ["hanoi"],
            "2026-11-01",
            "No two states are known to be joined by the UN Convention against Cybercrime: "
            "it was not in force on 10 Apr 2026, by report.",
        ),
        (["XXIII-3"], "2010-12-31", "No two states are joined by the Vienna Convention on the"),
    ],
)
def test_a_network_names_its_treaties_and_both_bounds(
    treaties: list[str], day: str, says: str
) -> None:
    joined = ad.network(treaties, day)
    assert joined.sentence.startswith(says)


def test_a_brief_counts_a_treaty_wherever_the_network_does() -> None:
    """Every Arab act lacks a day: Algeria and Egypt are bound by theirs all the same."""
    for convention in load_conventions().values():
        status = load_status(convention.convention, data_day())
        [clique] = load_cliques([convention], data_day())
        rows = only_states(status.participants)["iso3"]
        assert {iso3 for iso3 in rows if is_bound(status.row_of(iso3), status)} == clique.certain
    arab = [ad.profile(iso3, "hanoi").table("treaties").data["title"] for iso3 in ("DZA", "EGY")]
    assert [title.rpartition(", ")[2] for title in arab] == ["one on cybercrime"] * 2
