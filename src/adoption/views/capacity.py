"""National cyber-capacity as a page shows it, from a frame of states with their values."""

from __future__ import annotations

from typing import Any

import pandas as pd

from adoption import tables
from adoption.countries import capacity as pairs
from adoption.countries.capacity import OVERALL, PART, PARTS, Indicator, by_region, classes
from adoption.figures.capacity import value_map
from adoption.figures.capacity_pairs import moves_chart, other_chart
from adoption.figures.capacity_regions import region_chart
from adoption.figures.long_tables import LongTable
from adoption.figures.tables import NOT_KNOWN
from adoption.results import Result, Sources
from adoption.sentences import capacity as say
from adoption.sentences import capacity_pairs as say_pair


def describe(merged: pd.DataFrame, index: str, edition: int, component: str) -> Result:
    """Describe how states score by a component of an index.

    Parameters
    ----------
    merged : DataFrame
        One row a state: iso3, name, article, kind, region, value, tier, grade and source of the
        component; overall, the parts, and tier_of_overall of the edition.
    index, edition, component
        As the parameters of the notebook.

    Returns
    -------
    Result
        Of the indicator. Charts: map, regions, moves (from the edition before), other (index);
        table: states.
    """
    asked = Indicator(index, edition, component)
    values = merged.sort_values(["value", "name"], ascending=[False, True], ignore_index=True)
    scale, regions = classes(asked, values), by_region(values)
    rows, states = tables.read("capacity"), tables.read("states")
    moves = pairs.since_earlier(rows, states, asked)
    other = pairs.beside_other(rows, states, asked)
    zeros = pairs.zeros_compared(rows, states, moves)

    def differences() -> Any:
        return moves_chart(moves, zeros, say_pair.moves_title(moves, asked))

    def beside() -> Any:
        return other_chart(other, say_pair.other_title(other))

    answer = say.capacity_answer(values, scale, asked, tables.data_day())
    return Result(
        asked,
        values,
        answer.text,
        answer,
        Sources.of(pairs.sources_of(rows, asked, moves, other)),
        {
            "map": lambda: value_map(
                values, scale, asked, states, say.map_title(values, scale, asked)
            ),
            "regions": lambda: region_chart(
                values, regions, scale, asked, say.regions_title(regions, asked)
            ),
            "moves": differences,
            "other": beside,
        },
        {"states": lambda: states_view(values.assign(tier=values["tier_of_overall"]), asked)},
    )


def states_view(full: pd.DataFrame, indicator: Indicator) -> LongTable:
    """Show `adoption.countries.capacity.with_parts`: every state, the highest value first."""
    noun = PART[indicator.index]
    shown = pd.DataFrame({"State": full["name"], "Overall": full[OVERALL]})
    if full["tier"].notna().any():
        shown["Tier"] = full["tier"].fillna(NOT_KNOWN)
    parts = full[list(PARTS[indicator.index])].rename(columns=PARTS[indicator.index])
    shown = shown.join(parts)
    if full["grade"].notna().any():
        shown["Grade"] = full["grade"].fillna("")
    order = f"by the {indicator.value}, equal ones by name"
    caption = f"{indicator.index} {indicator.edition} and its {noun}s, {order}"
    return LongTable(shown, caption, indicator.decimals)
