"""Sentences on national cyber-capacity: who is where on the scale, and who is not known."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pandas as pd

from adoption.answers import Answer
from adoption.countries.capacity import TIERS, Class, Indicator, class_names
from adoption.words import counted, in_sentence, listed, long_day, region_in_sentence

MOST_NAMES = 6  # that a sentence lists
LOWER_QUARTER = 0.25


def capacity_sentence(values: pd.DataFrame, scale: Sequence[Class], indicator: Indicator) -> str:
    """Say how many states have a value, where they are on the scale, and who has none."""
    known = values.dropna(subset=["value"])
    if known.empty:
        return f"The data have no value of {indicator.name} for any state."
    article = "a" if indicator.part else "an"
    median, quarter = known["value"].median(), float(known["value"].quantile(LOWER_QUARTER))
    return (
        f"The {indicator.index} {indicator.edition} has {article} {indicator.value} for "
        f"{counted(len(known), 'state')}: {_who_has(known, values)}. The median is "
        f"{indicator.rounded(median)} of {indicator.maximum}, and a quarter of the states have "
        f"{indicator.rounded(quarter)} or less; {_top_sentence(known, scale)}. "
        f"{missing_sentence(values)}"
    )


def _who_has(known: pd.DataFrame, values: pd.DataFrame) -> str:
    members = int((values["kind"] == "member").sum())
    with_value = int((known["kind"] == "member").sum())
    others = known[known["kind"] != "member"].sort_values("name")
    named = [in_sentence(row["name"], row["article"]) for row in others.to_dict("records")]
    first = f"{with_value} of the {members} members of the United Nations"
    if with_value == members:
        first = f"all {members} members of the United Nations"
    return listed([first, *named])


def _top_sentence(known: pd.DataFrame, scale: Sequence[Class]) -> str:
    placed = class_names(known["value"].tolist(), scale)
    top, bottom = placed.count(scale[0].name), placed.count(scale[-1].name)
    return (
        f"{top} {'is' if top == 1 else 'are'} in the highest {class_noun(scale)} "
        f"({_bounds(scale[0])}), {bottom} in the lowest ({_bounds(scale[-1])})"
    )


def class_noun(scale: Sequence[Class]) -> str:
    """Return what a class of a scale is called: a tier where the publisher names it."""
    return "tier" if scale[0].name.startswith(tuple(TIERS)) else "fifth of the scale"


def _bounds(found: Class) -> str:
    """Return a class without the colon: T1, 95 to 100."""
    return found.name.replace(":", ",")


def missing_sentence(values: pd.DataFrame) -> str:
    """Say which states have no value: members of the United Nations first, then others."""
    missing = values[values["value"].isna()].sort_values("name")
    if missing.empty:
        return "No state is without a value."
    is_member = missing["kind"] == "member"
    members, others = (_named(missing[part]) for part in (is_member, ~is_member))
    if not others:
        return f"No value is known for {members}."
    outside = f"{others}, {'not a member' if (~is_member).sum() == 1 else 'which are not members'}"
    return f"No value is known for {f'{members}, nor for ' if members else ''}{outside}."


def _named(frame: pd.DataFrame) -> str:
    names = [in_sentence(row["name"], row["article"]) for row in frame.to_dict("records")]
    if len(names) > MOST_NAMES:
        names = [*names[:MOST_NAMES], f"{len(names) - MOST_NAMES} more"]
    return listed(names)


def capacity_answer(
    values: pd.DataFrame, scale: Sequence[Class], indicator: Indicator, day: date
) -> Answer:
    """Answer how ready each state is, and where it is not known.

    Parameters
    ----------
    values : DataFrame
        From `adoption.countries.capacity.values_by_state`.
    scale : sequence of Class
        From `adoption.countries.capacity.classes`.
    indicator : Indicator
        What is shown.
    day : date
        The day of the data.
    """
    known = values["value"].dropna()
    return Answer(
        title=f"National cyber-capacity: {indicator.name}",
        text=capacity_sentence(values, scale, indicator),
        key_figure=indicator.rounded(known.median()) if len(known) else "not known",
        key_label=f"median of {counted(len(known), 'state')}, {indicator.name}, of "
        f"{indicator.maximum}",
        as_of=long_day(day),
        reach=f"{indicator.index} {indicator.edition}, as published; it says nothing of later "
        "years.",
    )


def map_title(values: pd.DataFrame, scale: Sequence[Class], indicator: Indicator) -> str:
    """Return the finding of the map: how many states are at each end of the scale."""
    placed = class_names(values["value"].dropna().tolist(), scale)
    top, bottom = placed.count(scale[0].name), placed.count(scale[-1].name)
    return (
        f"{top} of {counted(len(placed), 'state')} {'is' if top == 1 else 'are'} in the highest "
        f"{class_noun(scale)} of the {indicator.name}, {bottom} in the lowest"
    )


def regions_title(regions: pd.DataFrame, indicator: Indicator) -> str:
    """Return the finding of the regions: the highest and the lowest median.

    Parameters
    ----------
    regions : DataFrame
        From `adoption.countries.capacity.by_region`.
    indicator : Indicator
        What is shown.
    """
    known = regions.dropna(subset=["median"])
    if len(known) < 2:
        return f"{indicator.name}: too few regions have a value to compare"
    first, last = known.iloc[0], known.iloc[-1]
    return (
        f"The median is {indicator.rounded(first['median'])} in "
        f"{region_in_sentence(first['region'])} and {indicator.rounded(last['median'])} in "
        f"{region_in_sentence(last['region'])}"
    )
