"""Whether neighbours join together: the answer, the test and the map of notebook 16."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go
from shapely import area

from adoption.core.text import counted, listed
from adoption.countries.neighbours import Untold, join_count
from adoption.law.status import Status
from adoption.show.answers import Answer
from adoption.show.maps import legend_entry, lines, small_states, status_map
from adoption.show.theme import INK, PAPER

CLEAR, WEAK = 0.05, 0.10  # shares of draws below which a count is more than chance gives
ALONE = "acted, and no neighbour did"
MARK = {"symbol": "triangle-up", "size": 11, "color": PAPER, "line": {"color": INK, "width": 2}}


def chance(borders: pd.DataFrame, states: pd.DataFrame, seed: int = 0) -> pd.DataFrame:
    """Set the borders between two states that acted beside what chance gives.

    Parameters
    ----------
    borders : DataFrame
        The columns `left` and `right`, iso3.
    states : DataFrame
        The states of the borders: iso3, subregion, and `acted` (bool).
    seed : int
        Of the permutations.

    Returns
    -------
    DataFrame
        Three rows, `shuffled` among states with as many borders, among all states and inside
        each sub-region: both, mean, low, high, p.
    """
    by = states.set_index("iso3")
    number = pd.concat([borders["left"], borders["right"]]).value_counts().reindex(by.index)
    ways = {"among states with as many borders": number, "among all states": None}
    ways |= {"inside each sub-region": by["subregion"]}
    counts = [join_count(borders, by["acted"], within, seed=seed) for within in ways.values()]
    return pd.DataFrame(counts).assign(shuffled=list(ways)).set_index("shuffled").reset_index()


WHY = {
    "few": "too few states acted, or too few did not",
    "gaps": "published totals count {missing} that nobody names",
    "unknown gaps": "the list is not complete, and how many acts it lacks is not known",
}


def answer(
    status: Status, measured: pd.DataFrame, why: Untold | None, missing: int | None
) -> Answer:
    """Say whether neighbours join together, and whether more than states of one sub-region do.

    The number of borders is held: states that act have more of them, which alone gives more
    borders between two that acted.
    """
    held, _, inside = measured.to_dict("records")
    both = held["both"]
    finding = "No sign that neighbours join together beyond having many borders"
    if held["p"] < CLEAR:
        more = "more than" if inside["p"] < CLEAR else "but no more than"
        finding = f"Neighbours join together, {more} their sub-regions explain"
    elif held["p"] < WEAK:
        finding = "Only weak signs that neighbours join together"
    text = f"{finding}: {both} borders join two that acted, {held['mean']:.0f} expected."
    if why is not None:
        reason = WHY[why].format(missing=counted(missing or 0, "act"))
        text = f"Whether neighbours join together cannot be said: {reason}."
    what, label = "do neighbours join together?", "borders between two states known to have acted"
    return Answer.of(status.convention, what, status.as_of, text, str(both), label)


def neighbours_map(
    status: Status, states: pd.DataFrame, world: pd.DataFrame, borders: pd.DataFrame
) -> go.Figure:
    """Draw the states by status, with a line from neighbour to neighbour where both acted.

    No line is drawn for a border of an overseas part: it would run from the far mainland.

    Parameters
    ----------
    status : Status
        Of the convention on the day.
    states : DataFrame
        The table `states`, with a point for each state.
    world : DataFrame
        A row a state: iso3, name, `acted` (bool), `alone` (bool), and its area.
    borders : DataFrame
        The columns `left` and `right`, iso3.
    """
    acted, alone = (set(world.loc[world[name], "iso3"]) for name in ("acted", "alone"))
    joined = borders[borders["left"].isin(acted) & borders["right"].isin(acted)]
    parts = world[["iso3", "geometry"]].explode("geometry").reset_index(drop=True)
    sizes = pd.Series(area(parts.geometry.to_numpy()))
    largest = parts.loc[sizes.groupby(parts["iso3"]).idxmax()].set_index("iso3").geometry
    left, right = (largest.loc[joined[side]] for side in ("left", "right"))
    near = left.intersects(right, align=False).to_numpy()
    by_itself = f"{len(alone)} acted although no neighbour did"
    finding = f"{len(joined)} borders join states that both acted; {by_itself}"
    figure = status_map(status, states, finding)
    at = states.set_index("iso3")[["label_lon", "label_lat"]].round(2)
    pairs = [at.loc[[*pair]].to_numpy().tolist() for pair in joined[near].to_numpy()]
    line, name = {"color": INK, "width": 1}, "border between two that acted"
    figure.add_trace(lines(name, pairs, line))
    figure.add_trace(legend_entry(name, {"symbol": "line-ns", "size": 10, "line": line}))
    places = at.loc[sorted(alone)].set_axis(["marker_lon", "marker_lat"], axis=1).reset_index()
    names = places["iso3"].map(world.set_index("iso3")["name"])
    places["hover"] = "<b>" + names + f"</b><br>{ALONE}"
    figure.add_trace(small_states(f"{ALONE} (mark)", places, MARK))
    figure.add_trace(legend_entry(ALONE, MARK))
    meta = figure.layout.meta
    text = f"{meta['alternative']} {finding}{f': {listed(sorted(names))}' if alone else ''}."
    return figure.update_layout(meta={**meta, "alternative": text})
