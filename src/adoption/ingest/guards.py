"""Plausibility checks of published values, with one table of bounds for all measures.

Publishers regularly make small revisions and add thousands of values, which is no fault. A value
that vanishes, or moves far from the compiled tables or the previous snapshot, indicates a damaged
file or needs review. It is a violation until `data/reference/exceptions.csv` lists it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Any, NamedTuple

import pandas as pd

from adoption.countries.capacity import OVERALL, PARTS
from adoption.ingest.fetched import (
    FIRST_EDITION,
    GCI,
    INCOME,
    INCOME_GROUPS,
    INCOME_RANKS,
    MEASURES,
    Fetched,
    Published,
    measure_of,
    newest_years,
)
from adoption.tables.exceptions import Violation
from adoption.tables.write import Tables


class Bound(NamedTuple):
    """The largest plausible change of a measure and its least number of states.

    Attributes
    ----------
    most : float
        The largest difference within the same year, or the largest ratio.
    factor : bool
        Whether `most` and `new_year` are ratios.
    new_year : float, optional
        The bound from the last year to a new year close to it.
    states : int
        The least number of states with a value.
    """

    most: float
    factor: bool = False
    new_year: float | None = None
    states: int = 0

    def broken(
        self, before: pd.Series[Any], after: pd.Series[Any], new_year: bool = False
    ) -> pd.Series[bool]:
        """Return whether each value changed by more than the bound.

        With a ratio, a value of zero may only stay zero.
        """
        most = self.new_year if new_year and self.new_year is not None else self.most
        if self.factor:
            times = after / before
            return (times > most + ROUNDING) | (times * most < 1 - ROUNDING)
        return (after - before).abs() > most + ROUNDING


ROUNDING = 1e-9  # tolerance for sums and differences of decimal numbers
NEAR_YEARS = 3  # largest gap for which the bound of a new year applies
GCI_STATES, WORLD_BANK = 150, 170
# The bound for a new year allows for war, oil and a falling currency, but not for another unit or
# column. GDP is revised, and our own values were divided by hand.
OF_GDP = Bound(1.25, True, 3.0, WORLD_BANK)
# Plausible changes of each measure and the least number of states with a value.
BOUNDS = {
    # Print and series of the GCI differ by 0.16 of a pillar's 20 points at most, and a whole
    # point may move a state into another tier. The editions of 2018 to 2024 have 194 states.
    f"{GCI} {OVERALL}": Bound(1.0, states=GCI_STATES),
    **{f"{GCI} {part}": Bound(0.5, states=GCI_STATES) for part in PARTS[GCI]},
    # Population estimates follow censuses. The shares of Internet users are estimates if there was
    # no survey.
    "population": Bound(1.1, True, 1.3, WORLD_BANK),
    "gdp_per_capita": OF_GDP,
    "gdp_per_capita_ppp": OF_GDP,
    "internet_users_pct": Bound(10.0, False, 40.0, WORLD_BANK),
    INCOME: Bound(1.0, states=WORLD_BANK),  # one group up or down
}

# Relative to the previous snapshot or the compiled values.
VANISHED, JUMPED = "value-vanished", "value-jumped"
LEAPT, STATES, UNLIKE = "year-leapt", "number-of-states", "edition-unlike-before"
# Rank correlation of a part with itself in the edition before: 0.79 to 0.99 from 2018 to 2024.
MIN_LIKENESS = 0.6
MIN_STATES_TO_COMPARE = 30  # a comparison of fewer states is meaningless


def value_violations(compiled: Tables, fetched: Fetched) -> Iterator[Violation]:
    """Yield the contradictions between snapshots and compiled values and within snapshots."""
    for snapshots in fetched:
        first = snapshots[0]
        record = _record(compiled, first) if first.is_first else first.table
        tables = [record, *(snapshot.table for snapshot in snapshots)]
        for older, newer in zip(tables, snapshots, strict=False):
            yield from moved_values(older, newer)
        last = snapshots[-1]
        for measure, count in last.table.groupby("measure")["iso3"].nunique().items():
            least = bound_of(str(measure)).states
            if count < least:
                expected = f"{count}, at least {least} expected"
                yield Violation(STATES, str(measure), expected, f"{last.place}: ")
        if last.reader == "gci":
            yield from _unlike_before(compiled["capacity"], last)


def _record(compiled: Tables, first: Published) -> pd.DataFrame:
    """Return the compiled values that the first snapshot of a source must contain."""
    columns = ["measure", "iso3", "year", "value"]
    if first.reader == "indicators":
        states = compiled["states"]
        states = states[states["iso3"].isin(first.covered)].assign(year=0)
        states[INCOME] = states[INCOME].map(INCOME_RANKS).astype("float64")
        years = {name: measure.year for name, measure in MEASURES.items()} | {INCOME: "year"}
        frames = []
        for name, year in years.items():
            frame = states[["iso3", year, name]].set_axis(columns[1:], axis=1)
            frames.append(frame.dropna().assign(measure=name))
        return pd.concat(frames, ignore_index=True).astype({"year": "int64", "value": "float64"})
    values = compiled["capacity"].query("index == @GCI and component != 'rank'")
    values = values[values["edition"] >= FIRST_EDITION]
    return values.assign(measure=measure_of(values), year=0)[columns]


def moved_values(older: pd.DataFrame, newer: Published) -> Iterator[Violation]:
    """Yield values that vanished from a snapshot or moved beyond their bound.

    Only the newest year of a measure must remain; earlier years may vanish.
    """
    key, location = ["measure", "iso3"], f"{newer.place}: "
    older = newest_years(older)
    both_newest = older.merge(newest_years(newer.table), on=key, how="left", suffixes=("", "_now"))
    later = both_newest["year_now"] - both_newest["year"]
    for row in _beyond(both_newest[(later > 0) & (later <= NEAR_YEARS)], new_year=True):
        value_before, value_after = (
            _shown(row.measure, value) for value in (row.value, row.value_now)
        )
        subject = f"{row.measure} {row.year_now:.0f} {row.iso3}"
        yield Violation(LEAPT, subject, f"{value_before} in {row.year}, {value_after}", location)
    missing = older[~(later >= 0).to_numpy()]
    there = set(newer.table["measure"])
    for measure in sorted(set(missing["measure"]) - there):
        yield Violation(VANISHED, measure, f"all, not in the file of {newer.day}", location)
    for row in missing[missing["measure"].isin(there)].itertuples():
        difference = f"{_shown(row.measure, row.value)}, not in the file of {newer.day}"
        yield Violation(VANISHED, _subject(row), difference, location)
    same_year = older.merge(newer.table, on=[*key, "year"], suffixes=("", "_now"))
    for row in _beyond(same_year):
        value_before, value_after = (
            _shown(row.measure, value) for value in (row.value, row.value_now)
        )
        difference = f"{value_before}, but {value_after} in the file of {newer.day}"
        yield Violation(JUMPED, _subject(row), difference, location)


def _beyond(both: pd.DataFrame, new_year: bool = False) -> Iterator[Any]:
    """Yield the rows whose value moved beyond the bound of its measure."""
    for measure, rows in both.groupby("measure"):
        broken = bound_of(str(measure)).broken(rows["value"], rows["value_now"], new_year)
        yield from rows[broken].itertuples()


def bound_of(measure: str) -> Bound:
    """Return the bound of a measure; all editions of an index have the same bound."""
    return BOUNDS[re.sub(r" \d{4}$", "", measure)]


def _subject(row: Any) -> str:
    return " ".join(str(part) for part in (row.measure, row.year, row.iso3) if part)


def _shown(measure: object, value: Any) -> str:
    """Return a value in the form that violations quote."""
    return INCOME_GROUPS[int(value)] if measure == INCOME else f"{value:.12g}"


def _unlike_before(capacity: pd.DataFrame, last: Published) -> Iterator[Violation]:
    """Find parts of an edition that are not like the same part of the edition before.

    States change their places from edition to edition, but slowly: a part whose order of
    states is another one has its values beside the wrong states, or is another column.
    """
    parts = (OVERALL, *PARTS[GCI])
    compiled = capacity[(capacity["index"] == GCI) & capacity["component"].isin(parts)]
    every = pd.concat([compiled, last.table]).drop_duplicates(
        ["edition", "component", "iso3"], keep="last"
    )
    wide = every.pivot_table(index="iso3", columns=["component", "edition"], values="value")
    editions = sorted(wide[parts[1]].columns)  # the 2018 edition has no parts
    for before, edition in pairwise(editions):
        both = wide.loc[:, (slice(None), [before, edition])].dropna()
        if edition not in set(last.table["edition"]) or len(both) < MIN_STATES_TO_COMPARE:
            continue
        for part in parts:
            likeness = both[part, edition].corr(both[part, before], method="spearman")
            if likeness < MIN_LIKENESS:
                text = f"rank correlation with {before} {likeness:.2f}, at least {MIN_LIKENESS}"
                subject = f"{GCI} {part} {edition}"
                yield Violation(UNLIKE, subject, text, f"{last.place}: ")
