"""What must hold of the values that publishers give: one table of bounds for all of them.

Publishers revise values a little and add new ones by the thousand, which is no fault. A value that
is gone, or far from what it was in the compiled tables or in the snapshot before, is one of a
damaged file, or something that a person must look at, until it is listed in
`data/reference/exceptions.csv`.
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
    """How far a value may move, and how many states have one.

    Attributes
    ----------
    most : float
        The largest difference in the same year, or how many times as much or as little.
    factor : bool
        Which of the two.
    new_year : float, optional
        The same from the last year to a new one that is near.
    states : int
        The fewest states that have a value.
    """

    most: float
    factor: bool = False
    new_year: float | None = None
    states: int = 0

    def broken(
        self, before: pd.Series[Any], after: pd.Series[Any], new_year: bool = False
    ) -> pd.Series[bool]:
        """Return where a value moved further; what was zero has no multiple but zero."""
        most = self.new_year if new_year and self.new_year is not None else self.most
        if self.factor:
            times = after / before
            return (times > most + ROUNDING) | (times * most < 1 - ROUNDING)
        return (after - before).abs() > most + ROUNDING


ROUNDING = 1e-9  # of sums and differences of decimal numbers
NEAR_YEARS = 3  # years
GCI_STATES, WORLD_BANK = 150, 170
# For a new year it is wide enough for war, oil and a falling currency, too narrow for another unit
# or column. GDP is revised, and ours was divided by hand.
OF_GDP = Bound(1.25, True, 3.0, WORLD_BANK)
# One table, an entry an index: between which values it lies, and for how many states.
BOUNDS = {
    # Print and series of the GCI differ by 0.16 of a pillar's 20 points at most, and a whole
    # point may move a state into another tier. The editions of 2018 to 2024 have 194 states.
    f"{GCI} {OVERALL}": Bound(1.0, states=GCI_STATES),
    **{f"{GCI} {part}": Bound(0.5, states=GCI_STATES) for part in PARTS[GCI]},
    # Estimates of population follow censuses; the shares of Internet users are estimates where
    # there was no survey.
    "population": Bound(1.1, True, 1.3, WORLD_BANK),
    "gdp_per_capita": OF_GDP,
    "gdp_per_capita_ppp": OF_GDP,
    "internet_users_pct": Bound(10.0, False, 40.0, WORLD_BANK),
    INCOME: Bound(1.0, states=WORLD_BANK),  # one group up or down
}

VANISHED, JUMPED = "value-vanished", "value-jumped"  # since the snapshot or the record before
LEAPT, STATES, UNLIKE = "year-leapt", "number-of-states", "edition-unlike-before"
# Rank correlation of a part with itself in the edition before: 0.79 to 0.99 from 2018 to 2024.
MIN_LIKENESS = 0.6
MIN_STATES_TO_COMPARE = 30  # states in both editions; fewer say nothing


def value_violations(compiled: Tables, fetched: Fetched) -> Iterator[Violation]:
    """Find where snapshots do not agree with the record, one another or themselves."""
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
    """Return the compiled values that a source's first snapshot must have."""
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
    """Find values of a snapshot that are gone, or moved beyond their bound, since others.

    The newest year of a measure counts: an earlier one may go.
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
    """Return the bound of a measure, of an index whatever its edition."""
    return BOUNDS[re.sub(r" \d{4}$", "", measure)]


def _subject(row: Any) -> str:
    return " ".join(str(part) for part in (row.measure, row.year, row.iso3) if part)


def _shown(measure: object, value: Any) -> str:
    """Return a value as a violation names it."""
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
    editions = sorted(wide[parts[1]].columns)  # that of 2018 has no parts
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
