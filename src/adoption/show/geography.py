"""Whether neighbours act together: the answer, the test and the map of notebook 16."""

from __future__ import annotations

from io import BytesIO

import geopandas as gpd
import pandas as pd
from IPython.display import Image

from adoption.answers import Answer
from adoption.countries.neighbours import join_count
from adoption.law.status import Status
from adoption.show.theme import INK, LAND, RINGED, STATUS_COLOURS, status_classes

CLEAR = 0.05  # a share of draws below which a count is told as more than chance gives
EQUAL_EARTH = "EPSG:8857"  # areas keep their size
ALONE = "#B3261E"
SOUTH = -57  # Antarctica is not drawn


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
        Two rows, `shuffled` among all states and inside each sub-region: both, mean, low, high, p.
    """
    by = states.set_index("iso3")
    ways = {"among all states": None, "inside each sub-region": by["subregion"]}
    counts = [join_count(borders, by["acted"], within, seed=seed) for within in ways.values()]
    return pd.DataFrame(counts).assign(shuffled=list(ways)).set_index("shuffled").reset_index()


def answer(status: Status, measured: pd.DataFrame) -> Answer:
    """Say whether neighbours act together, and whether more than states of one sub-region do."""
    anywhere, inside = measured.to_dict("records")
    found = "Neighbours do not act together more than chance gives"
    if anywhere["p"] < CLEAR:
        more = "more than" if inside["p"] < CLEAR else "but no more than"
        found = f"Neighbours act together, {more} their sub-regions explain"
    both, mean = anywhere["both"], anywhere["mean"]
    text = f"{found}: {both} borders join two that acted; chance gives about {mean:.0f}."
    what, label = "do neighbours act together", "borders between two states known to have acted"
    return Answer.of(status.convention, what, status.as_of, text, str(both), label)


def picture(world: gpd.GeoDataFrame, other_land: gpd.GeoDataFrame, borders: pd.DataFrame) -> Image:
    """Draw the states by status, with a line from neighbour to neighbour where both acted.

    Parameters
    ----------
    world : GeoDataFrame
        From `ad.world(...)`, with `acted` (bool) and `alone` (bool).
    other_land : GeoDataFrame
        Land without a status of its own.
    borders : DataFrame
        The columns `left` and `right`, iso3.
    """
    from matplotlib.figure import Figure
    from matplotlib.patches import Patch

    figure = Figure(figsize=(10, 5.1))
    axes = figure.add_axes((0, 0, 1, 0.93))
    axes.set_axis_off()
    other_land.cx[:, SOUTH:].to_crs(EQUAL_EARTH).plot(ax=axes, color=LAND)
    drawn = world.to_crs(EQUAL_EARTH)
    classes = pd.Series(status_classes(drawn), drawn.index)
    for name, rows in drawn.groupby(classes):
        hatch = "////" if name in RINGED else None
        rows.plot(
            ax=axes, color=STATUS_COLOURS[name], hatch=hatch, edgecolor="white", linewidth=0.3
        )
    drawn[drawn["alone"]].plot(ax=axes, color="none", edgecolor=ALONE, linewidth=0.9)
    at = gpd.GeoSeries.from_xy(
        world["label_lon"], world["label_lat"], index=world["iso3"], crs=4326
    )
    at = at.to_crs(EQUAL_EARTH)
    acted = set(world.loc[world["acted"], "iso3"])
    joined = borders[borders["left"].isin(acted) & borders["right"].isin(acted)]
    for left, right in joined[["left", "right"]].itertuples(index=False):
        axes.plot([at[left].x, at[right].x], [at[left].y, at[right].y], color=INK, lw=0.8)
    marks = [
        Patch(facecolor=colour, hatch="////" if name in RINGED else None, ec="white", label=name)
        for name, colour in STATUS_COLOURS.items()
        if (classes == name).any()
    ]
    marks.append(Patch(facecolor="white", edgecolor=ALONE, label="acted, and no neighbour did"))
    axes.legend(handles=marks, loc="lower left", frameon=False, labelcolor=INK, fontsize=9)
    axes.margins(0.01)
    finding = (
        f"{len(joined)} borders join states that both acted; "
        f"{world['alone'].sum()} acted although no neighbour did"
    )
    figure.text(0.01, 0.955, finding, fontsize=13, weight="bold", color=INK)
    png = BytesIO()
    figure.savefig(png, format="png", dpi=110)
    told = f"World map of {len(acted)} states that acted. {finding}."
    return Image(png.getvalue(), alt=told)  # type: ignore[no-untyped-call]
