"""What must hold of the values that publishers give: one table of bounds for all of them.

Publishers revise values a little and add new ones by the thousand, which is no fault. A value that
is gone, or far from what it was in the compiled tables or in the snapshot before, is one of a
damaged file, or something that a person must look at, until it is listed in
`data/reference/exceptions.csv`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any, NamedTuple

import pandas as pd

from adoption.countries.capacity import OVERALL, PARTS
from adoption.data.exceptions import Violation
from adoption.data.fetched import (
    FIRST_EDITION,
    GCI,
    INCOME,
    INCOME_GROUPS,
    MEASURES,
    Published,
    newest_years,
)


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
    states : tuple of int
        The least and the most states that have a value.
    """

    most: float
    factor: bool = False
    new_year: float | None = None
    states: tuple[int, int] = (0, 300)

    def broken(
        self, was: pd.Series[Any], now: pd.Series[Any], new_year: bool = False
    ) -> pd.Series[bool]:
        """Return where a value moved further; what was zero has no multiple but zero."""
        most = self.new_year if new_year and self.new_year is not None else self.most
        if self.factor:
            times = now / was
            return (times > most + ROUNDING) | (times * most < 1 - ROUNDING)
        return (now - was).abs() > most + ROUNDING


ROUNDING = 1e-9  # of sums and differences of decimal numbers
NEAR = 3  # years
GCI_STATES, WORLD_BANK = (150, 300), (170, 300)
BOUNDS = {
    # Print and series of the GCI differ by 0.16 of a pillar's 20 points at most, and a whole
    # point may move a state into another tier. The editions of 2018 to 2024 have 194 states.
    f"{GCI} {OVERALL}": Bound(1.0, states=GCI_STATES),
    **{f"{GCI} {part}": Bound(0.5, states=GCI_STATES) for part in PARTS[GCI]},
    # Estimates of population follow censuses; GDP is revised, and ours was divided by hand; the
    # shares of Internet users are estimates where there was no survey. For a new year it is wide
    # enough for war, oil and a falling currency, too narrow for another unit or column.
    "population": Bound(1.1, True, 1.3, WORLD_BANK),
    "gdp_per_capita": Bound(1.25, True, 3.0, WORLD_BANK),
    "gdp_per_capita_ppp": Bound(1.25, True, 3.0, WORLD_BANK),
    "internet_users_pct": Bound(10.0, False, 40.0, WORLD_BANK),
    INCOME: Bound(1.0, states=WORLD_BANK),  # one group up or down
}

VANISHED, JUMPED = "value-vanished", "value-jumped"  # between two snapshots
NOT_PUBLISHED, DIFFERS = "value-not-published", "value-differs"  # from our compiled values
LEAPT, STATES = "year-leapt", "number-of-states"


def value_violations(
    compiled: Mapping[str, pd.DataFrame], fetched: Sequence[Sequence[Published]]
) -> Iterator[Violation]:
    """Find where snapshots do not agree with the record, one another or themselves."""
    for snapshots in fetched:
        first, last = snapshots[0], snapshots[-1]
        yield from differences(_record(compiled, first), first, DIFFERS, NOT_PUBLISHED)
        for before, after in pairwise(snapshots):
            yield from differences(before.table, after, JUMPED, VANISHED)
        yield from _states_missing(last)


def _record(compiled: Mapping[str, pd.DataFrame], first: Published) -> pd.DataFrame:
    """Return the compiled values that a source's first snapshot must have."""
    columns = ["measure", "iso3", "year", "value"]
    if first.reader == "indicators":
        states = compiled["states"]
        places = {group: float(place) for place, group in enumerate(INCOME_GROUPS)}
        states = states[states["iso3"].isin(first.covered)].assign(year=0)
        states[INCOME] = states[INCOME].map(places).astype("float64")
        return pd.concat(
            [
                states[["iso3", year, column]]
                .set_axis(["iso3", "year", "value"], axis=1)
                .dropna()
                .astype({"year": "int64", "value": "float64"})
                .assign(measure=column)
                for column, year in [(c, m.year) for c, m in MEASURES.items()] + [(INCOME, "year")]
            ],
            ignore_index=True,
        )[columns]
    own = compiled["capacity"].query("index == @GCI and component != 'rank'")
    own = own[own["edition"] >= FIRST_EDITION]
    measure = own["index"] + " " + own["component"]
    return own.assign(measure=measure, year=own["edition"].astype("int64"))[columns]


def differences(was: pd.DataFrame, now: Published, moved: str, gone: str) -> Iterator[Violation]:
    """Find values of a snapshot that are gone, or moved beyond their bound, since others.

    Of an indicator the newest year counts: an earlier year may go.
    """
    new, key = now.table, ["measure", "iso3", "year"]
    if now.reader == "indicators":
        newest = newest_years(new)
        was = newest_years(was)
        after = was.merge(newest, on=key[:2], how="left", suffixes=("", "_now"))
        missing = was[~(after["year_now"] >= after["year"]).to_numpy()]
        near = (after["year_now"] > after["year"]) & (after["year_now"] <= after["year"] + NEAR)
        yield from _moved(after[near], now, LEAPT, new_year=True)
    else:
        after = was.merge(new[key], on=key, how="left", indicator=True)
        missing = was[(after["_merge"] == "left_only").to_numpy()]
    yield from _gone(missing, now, gone)
    yield from _moved(was.merge(new, on=key, suffixes=("", "_now")), now, moved)


def _moved(
    both: pd.DataFrame, now: Published, rule: str, new_year: bool = False
) -> Iterator[Violation]:
    for measure, rows in both.sort_values(["measure", "iso3", "year"]).groupby("measure"):
        bound = BOUNDS[str(measure)]
        broken = bound.broken(rows["value"], rows["value_now"], new_year)
        for row in rows[broken].itertuples():
            was, then = (_shown(measure, value) for value in (row.value, row.value_now))
            year = f"{row.year_now:.0f}" if new_year else row.year
            found = f"{was} in {row.year}, {then}" if new_year else _but(was, then, now)
            yield Violation(rule, _subject(measure, year, row.iso3), found, f"{now.place}: ")


def _but(was: str, then: str, now: Published) -> str:
    return f"{was}, but {then} in the file of {now.day}"


def _gone(missing: pd.DataFrame, now: Published, rule: str) -> Iterator[Violation]:
    """Return one violation for each value that is gone, or for a measure that is gone whole."""
    there = set(now.table["measure"])
    for measure in sorted(set(missing["measure"]) - there):
        yield Violation(rule, str(measure), f"all, not in the file of {now.day}", f"{now.place}: ")
    singly = missing[missing["measure"].isin(there)].sort_values(["measure", "iso3"])
    for row in singly.itertuples():
        found = f"{_shown(row.measure, row.value)}, not in the file of {now.day}"
        subject = _subject(row.measure, row.year, row.iso3)
        yield Violation(rule, subject, found, f"{now.place}: ")


def _subject(measure: object, year: object, iso3: object) -> str:
    return f"{measure} {year} {iso3}" if year else f"{measure} {iso3}"


def _shown(measure: object, value: Any) -> str:
    """Return a value as a violation names it."""
    if measure == INCOME:
        return INCOME_GROUPS[int(value)]
    return f"{value:.12g}"


def _states_missing(last: Published) -> Iterator[Violation]:
    """Find measures that fewer states, or more, have than can be."""
    by = ["measure"] if last.reader == "indicators" else ["measure", "year"]
    for key, rows in last.table.groupby(by):
        least, most = BOUNDS[str(key[0])].states
        found = rows["iso3"].nunique()
        if not least <= found <= most:
            due = str(most) if least == most else f"{least} to {most}"
            subject = " ".join(map(str, key))
            yield Violation(STATES, subject, f"{found}, {due} expected", f"{last.place}: ")
