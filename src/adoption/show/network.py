"""The cooperation network: which states an instrument joins, and what would join more."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from math import comb
from typing import TYPE_CHECKING

import pandas as pd
import plotly.graph_objects as go

from adoption.core.text import NOT_KNOWN, capitalised, listed, long_day, share, share_figure
from adoption.countries.network import Network, components, pairs_by_region
from adoption.figures.figure import Figure
from adoption.figures.finishing import finish
from adoption.figures.shapes import wrapped, write_words
from adoption.figures.theme import (
    INK,
    MARGINS,
    SOURCE_LISTED,
    TIER_COLOURS,
)
from adoption.law.evidence import last_not_in_force
from adoption.law.status import status_to_read
from adoption.show.answers import Answer
from adoption.show.classes import STATUS_COLOURS, rows_of_bars, status_bars, status_classes
from adoption.show.status import not_in_force_words
from adoption.show.table import Table

if TYPE_CHECKING:
    from adoption.countries.groups import Group
    from adoption.countries.network import Clique
    from adoption.law.status import Status
    from adoption.law.treaties import Treaty

ROW_HEIGHT, CELL_HEIGHT = 44, 62  # pixels
DARK_FROM = 0.58  # of the largest gain; from here the words in a cell are white
MAX_NAMES = 12  # of a row that lists states


def network_sentence(
    joined: Network,
    cliques: Sequence[Clique],
    as_of: date,
    group: Group | None,
    of_un_members: bool = False,
) -> str:
    """Say which share of pairs of a group, of UN members, or of other states treaties join."""
    treaty = _kind(cliques)
    inside = f" in {group.in_sentence}" if group else ""
    if not joined.total_pairs:
        return f"A single state has no other with which to share {treaty} in force"
    why = _not_in_force(cliques, as_of)
    if not joined.lower and (why or not joined.upper):
        known = "known to be " if joined.upper else ""
        return f"No two states{inside} are {known}joined by {treaty}{why}"
    of_whom = f"state pairs{inside}"
    if group is None:
        of_whom = f"pairs of {'UN members' if of_un_members else f'{len(joined.states)} states'}"
    if not joined.lower and joined.upper == joined.total_pairs:
        return f"It is not known which {of_whom} share {treaty} in force"
    return f"{capitalised(_share(joined))} of {of_whom} share {treaty} in force"


def _share(joined: Network) -> str:
    """Return the share of pairs with its bounds; no upper one if any pair may be joined."""
    upper = None if joined.upper == joined.total_pairs else joined.upper
    return share(joined.lower, upper, joined.total_pairs)


def _kind(cliques: Sequence[Clique]) -> str:
    """Return the one treaty by name, or what several are."""
    first, *others = (clique.convention for clique in cliques)
    if not others:
        return f"the {first.short_title}"
    is_one_topic = all(other.topic == first.topic for other in others)
    if first.topic and is_one_topic:
        return f"a {first.topic} treaty"
    labels = "; ".join(clique.convention.label for clique in cliques)
    return (
        f"one of these treaties ({labels})"
        if len(cliques) <= MAX_NAMES
        else "one of these treaties"
    )


def _not_in_force(cliques: Sequence[Clique], as_of: date) -> str:
    """Return the end of a sentence for one treaty that is not in force, else no text."""
    first, *others = (clique.convention.convention for clique in cliques)
    if others:
        return ""
    status = status_to_read(first, as_of)
    if seen := last_not_in_force(status):
        return f": it was {not_in_force_words(seen)}"
    return ": it is not yet in force" if status.known_in_force is False else ""


def cooperation_answer(
    joined: Network,
    cliques: Sequence[Clique],
    members: Collection[str],
    status: Status,
    sentence: str,
) -> Answer:
    """Answer which states are joined, as `network_sentence` says, and what would be added."""
    convention = status.convention
    inside = [iso3 for iso3 in joined.states if iso3 in members]
    text = f"{sentence}."
    if joined.after and len(inside) >= 2:
        then = share(joined.after.lower, None, joined.total_pairs)
        text += f" If every signatory of the {convention.short_title} ratified, {then} would."
    conventions = [*(clique.convention for clique in cliques), convention]
    days = {c.label: long_day(c.complete_to) if c.complete_to else "no day" for c in conventions}
    ends = [f"{label} {day}" for label, day in days.items()]
    title, key = "Cooperation network: which states are joined", _share(joined)
    label = f"of pairs of states that share {_kind(cliques)} in force"
    reach = f"The lists are complete to: {', '.join(ends)}. Later acts may be missing."
    return Answer(title, text, key, label, long_day(status.as_of), reach)


def instruments_chart(groups: pd.DataFrame, status: Status, title: str) -> go.Figure:
    """Draw how many states the same instruments bind, by status on a convention.

    Parameters
    ----------
    groups : DataFrame
        From `adoption.countries.network.instruments_of`.
    status : Status
        The convention whose status colours the states.
    title : str
        The finding.
    """
    people = status.participants.set_index("iso3")[["name", "status", "grade"]]
    frame = groups.join(people, on="iso3").replace({"instruments": {"": "none known"}})
    counts = pd.crosstab(frame["instruments"], pd.Series(status_classes(frame), frame.index))
    counts = counts.reindex(columns=[*STATUS_COLOURS][::-1], fill_value=0)
    totals = counts.sum(axis=1).sort_values(ascending=False, kind="stable")
    texts = [f"{label} {number}" for label, number in totals.items()]
    text = "; ".join(texts)
    heads = [f"{wrapped(str(label))} <b>{n}</b>" for label, n in totals.items()]
    counts = counts.loc[totals.index]
    subtitle = (
        "States by the instruments in force for them; colour: status on the "
        f"{status.convention.short_title}"
    )
    source = f"{SOURCE_LISTED} Reports are left out of the instruments. {long_day(status.as_of)}."
    height = MARGINS + ROW_HEIGHT * len(counts) + 46
    return finish(
        status_bars(counts.set_axis(heads)),
        rows=rows_of_bars(counts, "instruments", "states"),
        title=title,
        subtitle=subtitle,
        source=source,
        alternative=f"Bars of states by the instruments in force for them: {text}.",
        height=height,
    )


def region_matrix(
    joined: Network, after: Network, states: pd.DataFrame, added: Treaty
) -> go.Figure:
    """Draw the share of pairs joined within and between regions: the darker, the larger the gain.

    Parameters
    ----------
    joined, after : Network
        The pairs today, and as they would be.
    states : DataFrame
        The table `states`: iso3 and region.
    added : Treaty
        The one with which they would be.
    """
    regions = states.set_index("iso3")["region"].reindex(joined.states).tolist()
    before = pairs_by_region(joined.certain, regions)
    then = pairs_by_region(after.certain, regions)
    names = before["region"].unique().tolist()
    pairs = before[before["total_pairs"] > 0].merge(then, on=["region", "other_region"])
    z: list[list[float | None]] = [[None] * len(names) for _ in names]
    figure = Figure()
    texts = []
    largest = (pairs["share_y"] - pairs["share_x"]).max()
    for row in pairs.to_dict("records"):
        x = names.index(row["region"])
        y = names.index(row["other_region"])
        ends = [row[f"joined_{end}"] for end in "xy"]
        total = row["total_pairs_x"]
        linked, if_all = (share_figure(number, total, False) for number in ends)
        z[y][x] = round(row["share_y"] - row["share_x"], 4)
        ink = "white" if z[y][x] > DARK_FROM * largest else INK
        points = f"<b>+{z[y][x]:.0%}</b>".replace("%", "")
        # A line each: a cell of a phone has room for one number beside another line.
        write_words(figure, x, y, f"{linked}<br>→ {if_all}<br>{points}", 12, ink)
        within = "within" if x == y else f"{row['region']} and"
        texts.append(f"{within} {row['other_region']} {linked}, then {if_all}")
    scale = [[i / (len(TIER_COLOURS) - 1), colour] for i, colour in enumerate(TIER_COLOURS)]
    style = {"zmin": 0, "zmax": largest, "colorscale": scale, "hoverinfo": "skip"}
    figure.add_trace(go.Heatmap(z=z, xgap=3, ygap=3, showscale=False, **style))
    ticks = {"tickvals": list(range(len(names))), "ticktext": names, "showgrid": False}
    ends = [-0.5, len(names) - 0.5]
    figure.update_xaxes(**ticks, tickangle=0, side="bottom", range=ends)
    figure.update_yaxes(**ticks, range=ends[::-1])
    if_all = "no pair is sure to be linked"
    if after.lower:
        if_all = f"{share(after.lower, None, joined.total_pairs)} of pairs are linked"
    gain = (pairs["share_y"] - pairs["share_x"]).round(4)
    columns = {"region": "region", "other_region": "other region"}
    columns |= {"share_x": "share now", "share_y": "share then"}
    rows = pairs[[*columns]].rename(columns=columns).assign(gain=gain)
    title = f"With every signatory bound, {if_all}"
    alternative = f"Matrix of M49 regions: {'; '.join(texts)}."
    height = MARGINS + CELL_HEIGHT * len(names) + 30
    return finish(
        figure,
        rows=rows,
        title=title,
        subtitle="Share of pairs of states linked now, at least, and if all who signed the "
        f"{added.short_title} became parties; bold: the gain in points, the darker the larger",
        source=f"{SOURCE_LISTED} Certain pairs. Signatures by report alone are left out.",
        alternative=alternative,
        height=height,
    )


def cliques_table(joined: Network) -> Table:
    """Show how many states each convention joins, with what is not known."""
    rows = []
    for clique in joined.cliques:
        certain = len(clique.certain)
        is_whole = "no" if clique.partial else "yes"
        is_anybody = clique.partial and clique.possible.issuperset(joined.states)
        at_most = NOT_KNOWN if is_anybody else len(clique.possible)
        general = len(clique.general)
        bound = f"{certain}, {general} by the general rule" if general else certain
        rows.append((clique.convention.short_title, bound, at_most, comb(certain, 2), is_whole))
    heads = ["Convention", "In force for", "At most for", "Pairs joined", "List complete"]
    caption = "States for which each instrument is in force"
    return Table(pd.DataFrame(rows, columns=heads), caption)


def parts_table(joined: Network, names: Mapping[str, str]) -> Table:
    """Show the parts into which the network falls; states without a partner make one row."""
    parts = components(joined.states, joined.certain)
    several = [part for part in parts if len(part) > 1]
    rows = {f"Network {number}": part for number, part in enumerate(several, start=1)}
    if alone := [iso3 for part in parts if len(part) == 1 for iso3 in part]:
        rows["Without a known partner"] = tuple(alone)
    cells = []
    for part, codes in rows.items():
        members = sorted(names[iso3] for iso3 in codes)
        if len(members) > MAX_NAMES:
            left_out = len(members) - MAX_NAMES + 1
            members[MAX_NAMES - 1 :] = [f"{left_out} more"]
        cells.append((part, len(codes), listed(members)))
    caption = "Parts of the network: states joined directly or through others"
    return Table(pd.DataFrame(cells, columns=["Part", "States", "Who"]), caption)
