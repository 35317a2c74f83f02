"""What must hold of the published indices: against the record, and within an edition."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations, pairwise

import pandas as pd

from adoption.countries.indices import OVERALL, PARTS
from adoption.data.exceptions import Violation
from adoption.data.fetched_capacity import EGDI, FIRST_EDITION, GCI
from adoption.data.published import PublishedValues
from adoption.data.value_guards import (
    DIFFERS,
    JUMPED,
    NOT_PUBLISHED,
    VANISHED,
    Bound,
    jumped,
    vanished,
)

# Within an edition. Print and series of the GCI differ by 0.16 of a pillar's 20 points at most,
# and a whole point may move a state into another tier.
BOUNDS = {f"{GCI} {OVERALL}": Bound(1.0)} | {f"{GCI} {part}": Bound(0.5) for part in PARTS[GCI]}
# A survey is printed with five decimals and closed; what moves by more was not rounded.
BOUNDS |= {f"{EGDI} {part}": Bound(0.001) for part in (OVERALL, *PARTS[EGDI])}

GCI_STATES = 150  # at least; the editions of 2018 to 2024 have 194
EGDI_STATES = 193  # every member of the United Nations, in every survey since 2018
EGDI_ROUNDING = 0.0002  # mean of three parts of four decimals each against a whole of four
# Rank correlation of a part with itself in the edition before: 0.79 to 0.99 from 2018 to 2024.
LEAST_LIKENESS = 0.6
FEWEST_TO_COMPARE = 30  # states in both editions; fewer say nothing

STATES, PARTS_DIFFER = "number-of-states", "parts-differ-from-overall"
UNLIKE, SWAPPED = "edition-unlike-before", "parts-swapped"


def capacity_violations(
    compiled: pd.DataFrame, capacity: pd.DataFrame, every: Sequence[Sequence[PublishedValues]]
) -> Iterator[Violation]:
    """Find where snapshots do not agree with the record, one another or themselves."""
    for snapshots in every:
        first, last = snapshots[0], snapshots[-1]
        was = record_of(compiled, first)
        yield from vanished(was, first, NOT_PUBLISHED)
        yield from jumped(was, first, BOUNDS, DIFFERS)
        for before, after in pairwise(snapshots):
            yield from vanished(before.table, after, VANISHED)
            yield from jumped(before.table, after, BOUNDS, JUMPED)
        yield from states_missing(last)
        yield from mean_differs(last)
        for year in sorted(last.table["year"].unique()):
            yield from unlike_before(capacity, str(last.table["index"].iloc[0]), int(year), last)


def record_of(compiled: pd.DataFrame, first: PublishedValues) -> pd.DataFrame:
    """Return the compiled values that a source's first snapshot must have, if any."""
    index = first.table["index"].iloc[0]
    own = compiled[(compiled["index"] == index) & (compiled["component"] != "rank")]
    late = own["edition"] >= FIRST_EDITION if index == GCI else False
    own = own.loc[own["edition"].isin(first.table["year"]) | late]
    own = own.rename(columns={"edition": "year"})
    measure = own["index"] + " " + own["component"]
    found: pd.DataFrame = own.assign(measure=measure, year=own["year"].astype("int64"))
    return found


def states_missing(one: PublishedValues) -> Iterator[Violation]:
    """Find editions with fewer states than there ever were, or for EGDI other than all."""
    for (measure, year), rows in one.table.groupby(["measure", "year"]):
        found = rows["iso3"].nunique()
        of_gci = str(measure).startswith(GCI)
        if found < GCI_STATES if of_gci else found != EGDI_STATES:
            due = f"at least {GCI_STATES}" if of_gci else str(EGDI_STATES)
            told = f"{found}, {due} expected"
            yield Violation(STATES, f"{measure} {year}", told, f"{one.place}: ")


def mean_differs(one: PublishedValues) -> Iterator[Violation]:
    """Find overall EGDI values that are not the mean of their three parts."""
    egdi = one.table[one.table["index"] == EGDI]
    wide = egdi.pivot_table(index=["year", "iso3"], columns="component", values="value")
    wide = wide.reindex(columns=[OVERALL, *PARTS[EGDI]]).dropna()
    wide["mean"] = wide[list(PARTS[EGDI])].mean(axis=1)
    differing = wide[(wide["mean"] - wide[OVERALL]).abs() > EGDI_ROUNDING].reset_index()
    for row in differing.itertuples():
        yield Violation(
            PARTS_DIFFER,
            f"{EGDI} {row.year} {row.iso3}",
            f"mean of the parts {row.mean:.5f}, overall {row.overall:.5f}",
            f"{one.place}: ",
        )


def unlike_before(
    capacity: pd.DataFrame, index: str, edition: int, one: PublishedValues
) -> Iterator[Violation]:
    """Find parts of an edition that are not like the same part of the edition before.

    States change their places from edition to edition, but slowly: a part whose order of
    states is another one has its values beside the wrong states, and two parts that are more like
    what the other was have changed columns.
    """
    own = capacity[capacity["index"] == index]
    parts = list(PARTS[index])
    with_parts = own.loc[own["component"] == parts[0], "edition"]
    earlier = with_parts[with_parts < edition]
    if earlier.empty:
        return
    before = int(earlier.max())
    new, old = (
        own[own["edition"] == e].pivot_table(index="iso3", columns="component", values="value")
        for e in (edition, before)
    )
    both = new.index.intersection(old.index)
    if len(both) < FEWEST_TO_COMPARE:
        return
    new, old, place = new.loc[both].rank(), old.loc[both].rank(), f"{one.place}: "
    for part in (OVERALL, *parts):
        likeness = new[part].corr(old[part])
        if likeness < LEAST_LIKENESS:
            found = f"rank correlation with {before} {likeness:.2f}, at least {LEAST_LIKENESS}"
            yield Violation(UNLIKE, f"{index} {part} {edition}", found, place)
    for a, b in combinations(parts, 2):
        there, back = new[a].corr(old[b]), new[b].corr(old[a])
        itself = new[a].corr(old[a]) + new[b].corr(old[b])
        if min(there, back) >= LEAST_LIKENESS and there + back > itself:
            found = f"the two are more like what the other was in {before}"
            yield Violation(SWAPPED, f"{index} {a} {b} {edition}", found, place)
