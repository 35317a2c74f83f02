"""Tables on national cyber-capacity."""

from __future__ import annotations

import pandas as pd

from adoption.countries.capacity_pairs import Pair, moves_by_region
from adoption.countries.indices import OVERALL, PART, PARTS, Indicator
from adoption.figures.long_tables import LongTable
from adoption.figures.tables import NOT_KNOWN, Table

NOT_ASSESSED = "not assessed"
GRADES = {
    "high": "two copies, or the value and the sum of its parts, agree",
    "medium": "one copy, a repair, or a second copy that differs",
    NOT_ASSESSED: "the data give no grade",
}


def parts_view(parts: pd.DataFrame, indicator: Indicator) -> Table:
    """Show `adoption.countries.capacity.parts_by_region`."""
    heads = {"region": "Region", "states": "States", "known": "Known"}
    noun = PART[indicator.index]
    if (parts["known"] != parts["parts_known"]).any():
        heads["parts_known"] = f"All {noun}s known"
    heads |= {OVERALL: "Overall", **PARTS[indicator.index]}
    caption = (
        f"{indicator.index} {indicator.edition}: medians of the overall value and of each {noun}, "
        "by M49 region; known: states with an overall value"
    )
    return Table(parts[list(heads)].rename(columns=heads), caption, indicator.decimals)


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


def moves_view(moves: Pair | None) -> Table | None:
    """Show how many states of each region have a higher value than in the edition before."""
    if moves is None or moves.frame.empty:
        return None
    counted = moves_by_region(moves.frame)
    now, before = moves.indicator.edition, moves.beside.edition
    frame = pd.DataFrame(
        {
            "Region": counted["region"],
            "In both": counted["states"],
            "Higher": counted["rose"],
            "The same": counted["same"],
            "Lower": counted["fell"],
            "Median difference": counted["median_difference"],
        }
    )
    caption = (
        f"States with a higher, the same or a lower {moves.indicator.value} in the "
        f"{moves.indicator.index} {now} than in {before}, by M49 region"
    )
    return Table(frame, caption, moves.indicator.decimals)


def grades_view(values: pd.DataFrame, indicator: Indicator) -> Table:
    """Show how many values of an indicator have each grade, and what the grade says."""
    known = values.dropna(subset=["value"])
    counts = known["grade"].fillna(NOT_ASSESSED).value_counts()
    frame = pd.DataFrame(
        [
            {"Grade": grade, "Values": int(counts[grade]), "What it says": says}
            for grade, says in GRADES.items()
            if grade in counts
        ],
        columns=["Grade", "Values", "What it says"],
    )
    return Table(frame, f"Grades of the values of {indicator.name}")
