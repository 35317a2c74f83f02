"""National cyber-capacity: one indicator of an index, by state, by class and by region."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from adoption.countries.indices import OVERALL, PARTS, Indicator

# Where ITU's tiers of the GCI 2024 begin, as the notes of its rows give them.
TIERS = {"T1": 95.0, "T2": 85.0, "T3": 55.0, "T4": 20.0, "T5": 0.0}
CLASSES = 5


@dataclass(frozen=True)
class Class:
    """A class of a scale: its name, and the values from `low` to below `high`."""

    name: str
    low: float
    high: float


def values_by_state(
    capacity: pd.DataFrame, states: pd.DataFrame, indicator: Indicator
) -> pd.DataFrame:
    """Return the value of every state; where none is known it is missing, never zero.

    Parameters
    ----------
    capacity, states : DataFrame
        The tables of those names; an organization has no row.
    indicator : Indicator
        What is asked.

    Returns
    -------
    DataFrame
        One row a state, highest value first, equal ones by name, those without at the end:
        iso3, name, article, kind, region (str), value (float), tier, grade, source and note
        (str, missing where there are none).
    """
    own = capacity[
        (capacity["index"] == indicator.index)
        & (capacity["edition"] == indicator.edition)
        & (capacity["component"] == indicator.component)
    ]
    people = states.loc[
        states["kind"] != "organization", ["iso3", "name", "article", "kind", "region"]
    ]
    frame = people.merge(
        own[["iso3", "value", "tier", "grade", "source", "note"]], on="iso3", how="left"
    )
    return frame.sort_values(["value", "name"], ascending=[False, True], ignore_index=True)


def classes(indicator: Indicator, values: pd.DataFrame) -> list[Class]:
    """Return the classes of a scale, the highest first.

    An indicator whose rows name a tier has the publisher's tiers; any other has five classes
    of equal width. A value on a border belongs to the class above it.

    Parameters
    ----------
    indicator : Indicator
        What is shown.
    values : DataFrame
        From `values_by_state`.

    Examples
    --------
    >>> untiered = pd.DataFrame({"tier": [None]})
    >>> [c.name for c in classes(Indicator("EGDI", 2024), untiered)][:2]
    ['0.8 to 1', '0.6 to under 0.8']
    """
    top = indicator.maximum
    if values["tier"].notna().any():
        floors = TIERS
    else:
        # top * k / 5, not k * (top / 5): 0.6 is then the very number that the data have.
        floors = {str(k): top * k / CLASSES for k in range(CLASSES - 1, -1, -1)}
    found: list[Class] = []
    high = float("inf")
    for tier, low in floors.items():
        bounds = f"{low:g} to {f'under {high:g}' if found else f'{top:g}'}"
        found.append(Class(f"{tier}: {bounds}" if floors is TIERS else bounds, low, high))
        high = low
    return found


def class_names(values: Sequence[float], scale: Sequence[Class]) -> list[str | None]:
    """Return the name of each value's class; None for a missing value.

    Examples
    --------
    >>> class_names([4.0, 3.99, float("nan")], [Class("high", 4, 9), Class("low", 0, 4)])
    ['high', 'low', None]
    """
    return [next((c.name for c in scale if c.low <= value < c.high), None) for value in values]


def by_region(values: pd.DataFrame) -> pd.DataFrame:
    """Summarise the values of each M49 region.

    Returns
    -------
    DataFrame
        One row a region, highest median first, one without a value at the end: region,
        states, known (states with a value), lowest, median and highest.
    """
    grouped = values.groupby("region")["value"]
    frame = grouped.agg(
        states="size", known="count", lowest="min", median="median", highest="max"
    ).reset_index()
    return frame.sort_values(["median", "region"], ascending=[False, True], ignore_index=True)


def with_parts(capacity: pd.DataFrame, states: pd.DataFrame, indicator: Indicator) -> pd.DataFrame:
    """Return every state with all that an edition of an index says of it.

    Returns
    -------
    DataFrame
        The rows of `values_by_state`, in its order, with overall and one column a part of the
        index (float, missing where not known); tier is that of the overall value, and each
        other column is the chosen component's.
    """
    frame = values_by_state(capacity, states, indicator)
    for component in (OVERALL, *PARTS[indicator.index]):
        whole = Indicator(indicator.index, indicator.edition, component)
        found = values_by_state(capacity, states, whole).set_index("iso3")
        frame[component] = frame["iso3"].map(found["value"])
        if component == OVERALL:
            frame["tier"] = frame["iso3"].map(found["tier"])
    return frame


def parts_by_region(full: pd.DataFrame, index: str) -> pd.DataFrame:
    """Return the median of each part in each M49 region, and in all states.

    Parameters
    ----------
    full : DataFrame
        From `with_parts`.
    index : str
        GCI or EGDI.

    Returns
    -------
    DataFrame
        One row a region by name and a last row `All states`: region, states, known (with an
        overall value), parts_known (with a value of every part), and a median of overall
        and of each part (float, missing where no state has one).
    """
    parts = list(PARTS[index])
    rows = []
    for region, own in [*full.groupby("region"), ("All states", full)]:
        rows.append(
            {
                "region": region,
                "states": len(own),
                "known": int(own[OVERALL].notna().sum()),
                "parts_known": int(own[parts].notna().all(axis=1).sum()),
                **{part: own[part].median() for part in (OVERALL, *parts)},
            }
        )
    return pd.DataFrame(rows)
