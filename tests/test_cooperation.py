"""The network: pairs, parts and gains, against networkx and numbers worked out by hand."""

from __future__ import annotations

from itertools import combinations

import networkx as nx
import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from adoption.law.network import (
    Network,
    added,
    by_region,
    clique,
    components,
    network,
    next_ratifications,
    regions_before_and_after,
)
from adoption.law.webs import Web
from tests.conftest import made_up

STATES = tuple("ABCDEFGH")
Members = st.frozensets(st.sampled_from(STATES))


def web(certain: str, possible: str = "") -> Web:
    sure = frozenset(certain)
    return Web(made_up(), sure, sure | frozenset(possible), partial=False, ceiling=True)


def pairs_of(joined: Network) -> set[tuple[str, str]]:
    at = np.argwhere(np.triu(joined.certain))
    return {(joined.states[i], joined.states[j]) for i, j in at}


def test_pairs_worked_out_by_hand() -> None:
    # ABC by one, CD by another: AB AC BC CD; E may be bound by the first: AE BE CE.
    joined = network([web("ABC", "E"), web("CD")], "ABCDE")
    assert (joined.least, joined.most, joined.of) == (4, 7, 10)
    assert pairs_of(joined) == {("A", "B"), ("A", "C"), ("B", "C"), ("C", "D")}
    assert components(joined.states, joined.certain) == [("A", "B", "C", "D"), ("E",)]
    partners = joined.partners()
    assert partners["least"].to_dict() == {"A": 2, "B": 2, "C": 3, "D": 1, "E": 0}
    assert partners["most"].to_dict() == {"A": 3, "B": 3, "C": 4, "D": 1, "E": 3}


def test_a_pair_joined_twice_is_one_pair() -> None:
    assert network([web("AB"), web("ABC")], STATES).least == 3


@pytest.mark.parametrize("states", ["", "A"])
def test_too_few_states_for_a_pair(states: str) -> None:
    joined = network([web("ABC")], states)
    assert (joined.least, joined.most, joined.of) == (0, 0, 0)
    assert components(joined.states, joined.certain) == [(s,) for s in states]


@given(st.lists(Members, max_size=5))
def test_the_same_as_networkx(groups: list[frozenset[str]]) -> None:
    graph = nx.Graph()
    graph.add_nodes_from(STATES)
    for group in groups:
        graph.add_edges_from(combinations(sorted(group), 2))
    joined = network([web("".join(group)) for group in groups], STATES)
    assert joined.least == graph.number_of_edges()
    assert pairs_of(joined) == {tuple(sorted(edge)) for edge in graph.edges}
    assert {frozenset(part) for part in components(joined.states, joined.certain)} == {
        frozenset(part) for part in nx.connected_components(graph)
    }
    assert joined.partners()["least"].to_dict() == dict(graph.degree)


@given(st.lists(st.tuples(Members, Members), max_size=4), Members)
def test_bounds_hold_whatever_is_not_known(
    webs: list[tuple[frozenset[str], frozenset[str]]], further: frozenset[str]
) -> None:
    joined = network([web("".join(a), "".join(b)) for a, b in webs], STATES)
    assert 0 <= joined.least <= joined.most <= joined.of
    least, most = added(joined, further)
    assert 0 <= least <= most <= len(further) * (len(further) - 1) // 2
    after = joined.certain | clique(STATES, further)
    assert after.sum() // 2 == joined.least + most


@given(st.lists(Members, max_size=4), Members, Members)
def test_a_gain_is_what_one_more_ratification_adds(
    groups: list[frozenset[str]], candidates: frozenset[str], bound: frozenset[str]
) -> None:
    joined = network([web("".join(group)) for group in groups], STATES)
    gains = next_ratifications(joined, candidates, bound)
    assert set(gains["iso3"]) == candidates - bound
    for row in gains.to_dict("records"):
        with_it = added(joined, bound | {row["iso3"]})[1] - added(joined, bound)[1]
        assert row["with_bound"] == with_it
        everyone = candidates | bound
        alone = added(joined, everyone)[1] - added(joined, everyone - {row["iso3"]})[1]
        assert row["with_all"] == alone
    assert gains["with_all"].is_monotonic_decreasing


def test_what_may_be_joined_already_is_still_a_gain() -> None:
    joined = network([web("", "AB")], "ABC")  # A and B may be joined
    gains = next_ratifications(joined, "ABC", "B").set_index("iso3")
    assert gains["with_bound"].to_dict() == {"A": 1, "C": 1}
    assert gains["with_all"].to_dict() == {"A": 2, "C": 2}


def test_a_part_of_a_network_is_the_network_of_a_part() -> None:
    webs = [web("ABCD", "E"), web("DEF", "A")]
    part = network(webs, STATES).within(pd.Series(["A", "D", "F"]))
    alone = network(webs, ("A", "D", "F"))
    assert part.states == alone.states
    assert (part.certain == alone.certain).all()
    assert (part.possible == alone.possible).all()


def test_regions_worked_out_by_hand() -> None:
    joined = network([web("ABC")], "ABCD")
    table = by_region(joined.certain, ["X", "X", "Y", "Y"]).to_dict("records")
    assert [(r["one"], r["other"], r["joined"], r["of"]) for r in table] == [
        ("X", "X", 1, 1),
        ("X", "Y", 2, 4),
        ("Y", "Y", 0, 1),
    ]
    assert [r["share"] for r in table] == [1.0, 0.5, 0.0]


def test_a_region_of_one_state_has_no_pair_inside() -> None:
    table = by_region(clique("AB", "AB"), ["X", "Y"]).set_index(["one", "other"])
    assert table.loc[("X", "X"), "of"] == 0
    assert np.isnan(table["share"].tolist()[0])
    assert by_region(clique("", ""), []).empty


@given(st.lists(Members, max_size=3), Members)
def test_regions_add_up(groups: list[frozenset[str]], further: frozenset[str]) -> None:
    joined = network([web("".join(group)) for group in groups], STATES)
    states = pd.DataFrame({"iso3": STATES, "region": list("XXXYYZZZ")})
    before, after = regions_before_and_after(joined, further, states)
    assert before["joined"].sum() == joined.least
    assert before["of"].sum() == after["of"].sum() == joined.of
    assert after["joined"].sum() == joined.least + added(joined, further)[1]
