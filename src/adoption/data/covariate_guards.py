"""What must hold of the World Bank's values: against the record, and from year to year."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

import pandas as pd

from adoption.data.exceptions import Violation
from adoption.data.fetched_covariates import (
    INCOME_GROUPS,
    MEASURES,
    PublishedCovariates,
    newest_years,
)
from adoption.data.value_guards import (
    DIFFERS,
    JUMPED,
    NOT_PUBLISHED,
    VANISHED,
    Bound,
    gone,
    jumped,
    number,
)

# The same year. Estimates of population follow censuses; GDP is revised, and ours was divided
# by hand; the shares of Internet users are estimates where there was no survey. What moves by
# more is a rebased account or a new census at best.
BOUNDS = {
    "population": Bound(1.1, factor=True),
    "gdp_per_capita": Bound(1.25, factor=True),
    "gdp_per_capita_ppp": Bound(1.25, factor=True),
    "internet_users_pct": Bound(10.0),
}
# From the last year to a new one that is near: wide enough for war, oil and a falling currency,
# too narrow for another unit or another column.
NEW_YEAR = {
    "population": Bound(1.3, factor=True),
    "gdp_per_capita": Bound(3.0, factor=True),
    "gdp_per_capita_ppp": Bound(3.0, factor=True),
    "internet_users_pct": Bound(40.0),
}
NEAR = 3  # years
LEAST_STATES = 170  # with any value; the compiled values have 186 to 197

LEAPT, STATES, INCOME = "year-leapt", "number-of-states", "income-group-jumped"


def covariate_violations(
    compiled: pd.DataFrame, every: Sequence[Sequence[PublishedCovariates]]
) -> Iterator[Violation]:
    """Find where snapshots do not agree with the record, one another or themselves."""
    for snapshots in every:
        first, last = snapshots[0], snapshots[-1]
        yield from against_record(compiled, first)
        for before, after in pairwise(snapshots):
            yield from between(before, after)
        yield from states_missing(last)


def against_record(compiled: pd.DataFrame, first: PublishedCovariates) -> Iterator[Violation]:
    """Find compiled values that the first snapshot does not have or has otherwise.

    What it has of an earlier year only is not gone: then the compiled value stays. Of a state
    that the World Bank does not cover it says nothing.
    """
    was = record_of(compiled)
    now = first.published
    known = pd.MultiIndex.from_frame(now.table[["measure", "iso3"]])
    missing = ~pd.MultiIndex.from_frame(was[["measure", "iso3"]]).isin(known)
    yield from gone(was[missing & was["iso3"].isin(first.income.keys())], now, NOT_PUBLISHED)
    yield from jumped(was, now, BOUNDS, DIFFERS)
    yield from leapt(was, first)
    covered = compiled[compiled["iso3"].isin(first.income.keys())]
    grouped = covered[covered["income_group"].isin(INCOME_GROUPS)]
    groups = dict(zip(grouped["iso3"], grouped["income_group"], strict=True))
    yield from income_jumped(groups, first)


def record_of(compiled: pd.DataFrame) -> pd.DataFrame:
    """Return the compiled values: measure, iso3, year, value."""
    frames = [
        compiled[["iso3", measure.year, column]]
        .set_axis(["iso3", "year", "value"], axis=1)
        .dropna()
        .astype({"year": "int64", "value": "float64"})
        .assign(measure=column)
        for column, measure in MEASURES.items()
    ]
    return pd.concat(frames, ignore_index=True)


def between(before: PublishedCovariates, after: PublishedCovariates) -> Iterator[Violation]:
    """Find values in use that the next snapshot does not have or has otherwise."""
    was, now = newest_years(before.published.table), after.published
    newest = newest_years(now.table).set_index(["measure", "iso3"])["year"]
    year = newest.reindex(pd.MultiIndex.from_frame(was[["measure", "iso3"]])).set_axis(was.index)
    yield from gone(was[~(year >= was["year"])], now, VANISHED)
    yield from jumped(was, now, BOUNDS, JUMPED)
    yield from leapt(was, after)
    yield from income_jumped(before.income, after)


def leapt(was: pd.DataFrame, after: PublishedCovariates) -> Iterator[Violation]:
    """Find values of a new year that are far from those of the last year before."""
    now = after.published
    newest = newest_years(now.table)
    both = was.merge(newest, on=["measure", "iso3"], suffixes=("_was", ""))
    both = both[(both["year"] > both["year_was"]) & (both["year"] <= both["year_was"] + NEAR)]
    for measure, rows in both.sort_values(["measure", "iso3"]).groupby("measure"):
        broken = NEW_YEAR[str(measure)].broken(rows["value_was"], rows["value"])
        for row in rows[broken].itertuples():
            found = f"{number(row.value_was)} in {row.year_was}, {number(row.value)}"
            subject = f"{row.measure} {row.year} {row.iso3}"
            yield Violation(LEAPT, subject, found, f"{now.place}: ")


def income_jumped(was: Mapping[str, str], after: PublishedCovariates) -> Iterator[Violation]:
    """Find states that are in no income group any more, or two groups away from theirs."""
    now = after.published
    for iso3, group in sorted(was.items()):
        then = after.income.get(iso3, "")
        if group and (not then or _steps(group, then) > 1):
            found = f"{group}, but {then or 'none'} in the file of {now.day}"
            yield Violation(INCOME, iso3, found, f"{now.place}: ")


def _steps(group: str, other: str) -> int:
    return abs(INCOME_GROUPS.index(group) - INCOME_GROUPS.index(other))


def states_missing(last: PublishedCovariates) -> Iterator[Violation]:
    """Find measures that fewer states have than ever."""
    counted = last.published.table.groupby("measure")["iso3"].nunique().to_dict()
    counted["income_group"] = sum(group != "" for group in last.income.values())
    for measure, found in counted.items():
        if found < LEAST_STATES:
            told = f"{found}, at least {LEAST_STATES} expected"
            yield Violation(STATES, str(measure), told, f"{last.published.place}: ")
