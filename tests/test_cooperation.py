"""The network: pairs, parts and gains, against networkx and numbers worked out by hand."""

from __future__ import annotations

from itertools import combinations

import networkx as nx
import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from adoption.law.network import Clique, Network, by_region, components, network
from tests.conftest import made_up

STATES = tuple("ABCDEFGH")
Members = st.frozensets(st.sampled_from(STATES))


def clique(certain: str, possible: str = "") -> Clique:
    sure = frozenset(certain)
    return Clique(made_up(), sure, sure | frozenset(possible), partial=False, ceiling=True)


def pairs_of(joined: Network) -> set[tuple[str, str]]:
    at = np.argwhere(np.triu(joined.certain))
    return {(joined.states[i], joined.states[j]) for i, j in at}


def test_pairs_worked_out_by_hand() -> None:
    # ABC by one, CD by another: AB AC BC CD; E may be bound by the first: AE BE CE.
    joined = network([clique("ABC", "E"), clique("CD")], "ABCDE")
    assert (joined.least, joined.most, joined.of) == (4, 7, 10)
    assert pairs_of(joined) == {("A", "B"), ("A", "C"), ("B", "C"), ("C", "D")}
    assert components(joined.states, joined.certain) == [("A", "B", "C", "D"), ("E",)]
    partners = joined.partners()
    assert partners["least"].to_dict() == {"A": 2, "B": 2, "C": 3, "D": 1, "E": 0}
    assert partners["most"].to_dict() == {"A": 3, "B": 3, "C": 4, "D": 1, "E": 3}


@given(st.lists(Members, max_size=5))
def test_the_same_as_networkx(groups: list[frozenset[str]]) -> None:
    graph = nx.Graph()
    graph.add_nodes_from(STATES)
    for group in groups:
        graph.add_edges_from(combinations(sorted(group), 2))
    joined = network([clique("".join(group)) for group in groups], STATES)
    assert joined.least == graph.number_of_edges()
    assert pairs_of(joined) == {tuple(sorted(edge)) for edge in graph.edges}
    assert {frozenset(part) for part in components(joined.states, joined.certain)} == {
        frozenset(part) for part in nx.connected_components(graph)
    }
    assert joined.partners()["least"].to_dict() == dict(graph.degree)


def test_regions_worked_out_by_hand() -> None:
    joined = network([clique("ABC")], "ABCD")
    table = by_region(joined.certain, ["X", "X", "Y", "Y"]).to_dict("records")
    assert [(r["one"], r["other"], r["joined"], r["of"]) for r in table] == [
        ("X", "X", 1, 1),
        ("X", "Y", 2, 4),
        ("Y", "Y", 0, 1),
    ]
    assert [r["share"] for r in table] == [1.0, 0.5, 0.0]
