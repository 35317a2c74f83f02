"""The share of states that adopt a convention, by capacity, wealth, groups and votes.

Everything is computed from a frame of states that a caller has merged.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from itertools import combinations
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
from pandas.api.types import is_bool_dtype, is_numeric_dtype
from statsmodels.stats.proportion import proportion_confint

from adoption.core.errors import AdoptionError, did_you_mean
from adoption.countries.capacity import OVERALL, Indicator, indices
from adoption.countries.groups import load_groups
from adoption.countries.merged import (
    ALLOWED_WORDS,
    BY_REPORT,
    CAPACITY_COLUMNS,
    CATEGORIES,
    CONFIDENCE,
    CONTEXT_COLUMNS,
    HIGHEST,
    INFERRED,
    LOWEST,
    MIDDLE,
    STATUS_COLUMNS,
    THIRDS,
    check_merged,
    indicator_of,
    score_label,
)
from adoption.law.held import find_treaty
from adoption.law.panel import HAD_CONSENTED, UNABLE
from adoption.law.treaties import Treaty
from adoption.tables import only_states

MIN_STATES = 10  # in a category, before it may carry a finding
UNKNOWN = "not known"
DRAWS = 9_999  # shuffles
ORDERS_KEPT = 8  # of shuffles: two for each frame of states of its own size
LEVEL = 0.05  # of a p-value, below which a difference is more than chance
ROUNDED, ROUNDING = 9, 1e-9  # digits of equal gaps; a difference that is none
TESTED = ["variable", "label", "most", "least", "most_share", "least_share"]


@dataclass(frozen=True)
class Adopters:
    """States, what each has done about a convention by a day, and what is known of them.

    Attributes
    ----------
    frame : DataFrame
        One row a state: iso3, name, status, grade, signed, acted, by_report (bool), and what a
        caller merged of `CAPACITY_COLUMNS`, `CONTEXT_COLUMNS`, gdp_per_capita, eu and subregion.
        What is not known is missing.
    convention : Treaty
        The one that they act on.
    as_of : date
        The day.
    indicator : Indicator or None
        The index and edition whose overall value is merged, as `capacity_index` and
        `capacity_edition` say; without them whose it is, is not known.
    by : tuple of str
        The columns by which states are compared; all that are known if it is empty.
    """

    frame: pd.DataFrame
    convention: Treaty
    as_of: date
    indicator: Indicator | None
    by: tuple[str, ...] = ()

    @classmethod
    def of(cls, frame: pd.DataFrame, by: Sequence[str] = ()) -> Adopters:
        """Read a frame: `convention` and `as_of` are those of `status.frame`.

        An organization is no state, and is left out, as is a state that cannot join, or was not
        one yet. Whoever is known to have signed or consented has acted, as the flags say, or the
        column `acted`; also one of which a withdrawal is not known ("had consented").
        """
        check_merged(
            frame, (*STATUS_COLUMNS, "consented"), {**ALLOWED_WORDS, "capacity_index": indices()}
        )
        for name in by:
            if name not in frame:
                near = did_you_mean(name, map(str, frame.columns), 1)
                raise AdoptionError(f"by: the frame has no column {name!r}; {near}")
        if not by and not any(name in frame for name in (*CAPACITY_COLUMNS, *CONTEXT_COLUMNS)):
            columns = ", ".join((*CAPACITY_COLUMNS, *CONTEXT_COLUMNS))
            raise AdoptionError(f"frame: none of the columns {columns}; name your own with by")
        frame = only_states(frame)
        convention = find_treaty(str(frame["convention"].iloc[0]))
        flags = frame[["acted"] if "acted" in frame else ["signed", "consented"]]
        acted = flags.eq(True).fillna(False).any(axis=1).astype(bool)
        if "acted" not in frame:
            acted |= frame["status"].eq(HAD_CONSENTED)
        able = ~frame["status"].isin(UNABLE)
        frame, acted = frame[able], acted[able]
        reported = frame["by_report"] if "by_report" in frame else frame["grade"].eq("reported")
        rows = frame.assign(acted=acted, by_report=acted & reported).reset_index(drop=True)
        day = pd.Timestamp(frame["as_of"].iloc[0]).date()
        return cls(rows, convention, day, indicator_of(frame), tuple(by))

    @property
    def acted(self) -> int:
        """How many of them have acted."""
        return int(self.frame["acted"].sum())

    @property
    def by_signature(self) -> bool:
        """Whether "acted" means "signed": signatories are named, and none acceded."""
        listed = self.convention.signatories_listed
        signed = self.frame["signed"].eq(True).fillna(False)
        return listed and bool((signed | ~self.frame["acted"]).all())

    @property
    def verb(self) -> str:
        """What the states counted have done."""
        return "signed" if self.by_signature else "signed or joined"

    @property
    def labels(self) -> dict[str, str]:
        """The variables by which states are compared, with their labels."""
        return variables(self.frame, self.by)

    @property
    def population(self) -> str:
        """Who the states are, in words."""
        made_for, parties_of = self.convention.made_for, self.convention.parties_of
        if parties_of:
            return f"known parties to the {find_treaty(parties_of).short_title}"
        if made_for and set(self.frame["iso3"]) <= load_groups()[made_for].members:
            return f"members of the {made_for} in these tables"  # not every one is a state here
        members = self.frame["kind"].eq("member").all()
        return "members of the United Nations" if members else "states and observers"

    @cached_property
    def shares(self) -> pd.DataFrame:
        """The shares by every variable of the frame."""
        return shares(self)

    @cached_property
    def tests(self) -> pd.DataFrame:
        """The widest gap of each characteristic beside what shuffles give."""
        return widest_by_chance(self)

    @cached_property
    def by_index(self) -> RankTest | None:
        """The rank test of the index itself; None where there is nothing to compare."""
        return rank_test(self)


def wilson(successes: int, states: int) -> tuple[float, float]:
    """Return the 95 % Wilson score interval of a share (Wilson 1927).

    Examples
    --------
    >>> low, high = wilson(81, 263)  # Newcombe 1998, table I
    >>> round(low, 4), round(high, 4)
    (0.2553, 0.3662)
    """
    if states == 0:
        raise ValueError("no states have no share")
    low, high = proportion_confint(successes, states, alpha=1 - CONFIDENCE, method="wilson")
    # Exactly so in theory; computed, either end is off by the last digit.
    lower = 0.0 if successes == 0 else float(low)
    upper = 1.0 if successes == states else float(high)
    return lower, upper


def thirds(values: pd.Series[float]) -> pd.Series[str]:
    """Divide states into thirds of a value.

    Equal values share their mean rank, so that they stay together: thirds of a value with
    many ties are not of one size.

    Examples
    --------
    >>> thirds(pd.Series([1.0, 20.0, 20.0, 7.0, 8.0])).tolist()
    ['lowest third', 'highest third', 'highest third', 'lowest third', 'middle third']
    """
    position = (values.rank(method="average") - 0.5) / values.count()
    third = pd.Series(MIDDLE, values.index, dtype="str")
    third = third.mask(position < 1 / 3, LOWEST).mask(position > 2 / 3, HIGHEST)
    return third.mask(values.isna())


def variables(frame: pd.DataFrame, by: Sequence[str] = ()) -> dict[str, str]:
    """Return the variables of a frame by which states are distinguished, with their labels.

    The tiers of the GCI where the edition has them, else thirds of its score. An own column has
    its name as its label.
    """
    labels = {**CAPACITY_COLUMNS, **CONTEXT_COLUMNS, OVERALL: score_label(frame)}
    if by:
        return {name: labels.get(name, name) for name in by}
    has_tiers = "tier" in frame and frame["tier"].notna().any()
    left_out = OVERALL if has_tiers else "tier"
    return {name: labels[name] for name in labels if name in frame and name != left_out}


def _is_number(values: pd.Series[Any]) -> bool:
    return is_numeric_dtype(values) and not is_bool_dtype(values)


def categories(values: pd.Series[Any]) -> pd.Series[str]:
    """Return the category of each state: the third of a number, else the word itself."""
    if _is_number(values):
        return thirds(values.astype("float64")).fillna(UNKNOWN)
    return values.astype("str").fillna(UNKNOWN)


def shares(adopters: Adopters) -> pd.DataFrame:
    """Return the share of states that have acted, by each variable.

    Returns
    -------
    DataFrame
        One row a category in which there is a state, those without a value last as
        `UNKNOWN`: variable, label (of the variable), category (str), states, acted,
        by_report (int), share, lower, upper (float, 0 to 1; the ends of the Wilson interval),
        least, most (float: the values in the category; missing where it is no third).
    """
    parts = []
    for name, label in adopters.labels.items():
        values, words = adopters.frame[name], CATEGORIES.get(name)
        is_number, category = _is_number(values), categories(values)
        by_category = adopters.frame.groupby(category)
        counts = by_category[["acted", "by_report"]].sum()
        part = counts.assign(states=by_category.size(), least=np.nan, most=np.nan)
        if is_number:
            ends = values.groupby(category).agg(["min", "max"])
            part = part.assign(least=ends["min"], most=ends["max"])
        if not words:
            words = THIRDS[::-1] if is_number else sorted(set(part.index) - {UNKNOWN})
        part = part.loc[[word for word in (*words, UNKNOWN) if word in part.index]]
        parts.append(part.rename_axis("category").reset_index().assign(variable=name, label=label))
    rows = pd.concat(parts, ignore_index=True)
    pairs = rows[["acted", "states"]].itertuples(index=False)
    rows[["lower", "upper"]] = [wilson(acted, states) for acted, states in pairs]
    rows["share"] = rows["acted"] / rows["states"]
    names = ["variable", "label", "category", "states", "acted", "by_report"]
    return rows[[*names, "share", "lower", "upper", "least", "most"]]


def _comparable(shares: pd.DataFrame) -> pd.DataFrame:
    """Return the categories that may carry a finding.

    Those of fewer than `MIN_STATES` states are passed over, and those of what is not known,
    inferred or only reported.
    """
    unsure = shares["category"].isin((UNKNOWN, BY_REPORT))
    unsure |= shares["category"].str.endswith(INFERRED)
    return shares[(shares["states"] >= MIN_STATES) & ~unsure]


@dataclass(frozen=True)
class RankTest:
    """Whether the states that acted have the higher values of the index.

    Attributes
    ----------
    higher : float
        In what share of the pairs of a state that acted and another the first has the higher
        value, ties as halves (Mann and Whitney 1947): 0.5 is no difference.
    p : float
        The share of shuffles with a difference as large, up or down.
    inside : float or None
        The same by shuffles inside sub-regions, since neighbours do not decide apart; None
        without the column `subregion`.
    """

    higher: float
    p: float
    inside: float | None


def shuffles(
    acted: npt.NDArray[np.float64], draws: int, seed: int, strata: pd.Series[str] | None = None
) -> npt.NDArray[np.float64]:
    """Return who acted, and below it as many shuffles of it: among all, or inside strata."""
    drawn = np.tile(acted, (draws + 1, 1))
    classes = np.zeros(len(acted)) if strata is None else strata.to_numpy()
    members = [np.flatnonzero(classes == name) for name in pd.unique(classes)]
    orders = _orders(tuple(len(columns) for columns in members), draws, seed)
    for columns, order in zip(members, orders, strict=True):
        drawn[1:, columns] = acted[columns][order]
    return drawn


@lru_cache(maxsize=ORDERS_KEPT)
def _orders(
    sizes: tuple[int, ...], draws: int, seed: int
) -> tuple[npt.NDArray[np.unsignedinteger], ...]:
    """Return the orders in which shuffles put groups of so many states: one in each row."""
    random = np.random.default_rng(seed)
    small = np.min_scalar_type(max(sizes, default=0))
    return tuple(
        random.permuted(np.tile(np.arange(size, dtype=small), (draws, 1)), axis=1) for size in sizes
    )


def rank_test(adopters: Adopters, draws: int = DRAWS, seed: int = 0) -> RankTest | None:
    """Compare the index of the states that acted with that of the others, by its ranks.

    None where the frame has no overall value, is compared by other columns alone, or where all
    or none of the states with a value acted.
    """
    asked = not adopters.by or {OVERALL, "tier"} & set(adopters.by)
    if OVERALL not in adopters.frame or not asked:
        return None
    frame = adopters.frame.dropna(subset=[OVERALL])
    acted = frame["acted"].to_numpy(float)
    ranks = frame[OVERALL].rank().to_numpy()
    number = acted.sum()
    if number in (0, len(frame)):
        return None

    def chance(strata: pd.Series[str] | None) -> float:
        sums = shuffles(acted, draws, seed, strata) @ ranks
        apart = np.abs(sums - sums[1:].mean())
        return float((apart >= apart[0] - ROUNDING).mean())

    pairs_won = acted @ ranks - number * (number + 1) / 2
    regions = frame["subregion"].astype("str").fillna(UNKNOWN) if "subregion" in frame else None
    pairs = number * (len(frame) - number)
    inside = None if regions is None else chance(regions)
    return RankTest(higher=float(pairs_won / pairs), p=chance(None), inside=inside)


def widest_by_chance(adopters: Adopters, draws: int = DRAWS, seed: int = 0) -> pd.DataFrame:
    """Set the widest gap of each characteristic beside those of shuffles of who acted.

    A gap of two shares is divided by its standard error, so that small categories weigh less, and
    what is compared over the characteristics are their p-values: the minimum-p method, step down
    (Westfall and Young 1993; Ge, Dudoit and Speed 2003).

    Returns
    -------
    DataFrame
        One row a characteristic with two categories to compare, in the order of the shares:
        variable, label, most, least (the categories whose shares lie furthest apart),
        most_share, least_share (0 to 1), p (of this characteristic alone) and adjusted (the
        share of shuffles in which the smallest p of this characteristic and of all with a larger
        p is as small).
    """
    compared = _comparable(adopters.shares)
    compared = compared[compared.duplicated("variable", keep=False)]
    drawn = shuffles(adopters.frame["acted"].to_numpy(float), draws, seed)
    records = list[dict[str, object]]()
    largest = list[npt.NDArray[np.float64]]()
    for name, rows in compared.groupby("variable", sort=False):
        category = categories(adopters.frame[name])
        inside = np.array([category == word for word in rows["category"]], dtype=float)
        states = inside.sum(axis=1)
        by_category = (drawn @ inside.T / states).T
        pairs = [*combinations(range(len(rows)), 2)]
        gaps = np.array([_studentised(by_category[[*p]], states[[*p]]) for p in pairs])
        largest.append(gaps.max(axis=0))
        widest = pairs[int(gaps[:, 0].argmax())]
        ends = rows.iloc[list(widest)]
        least, most = ends.sort_values("share", kind="stable").to_dict("records")
        named = {"variable": name, "label": least["label"]}
        named |= {"most": most["category"], "least": least["category"]}
        records.append(named | {"most_share": most["share"], "least_share": least["share"]})
    tests = pd.DataFrame(records, columns=TESTED)
    if not records:
        return tests.assign(p=0.0, adjusted=0.0)
    chances = np.array([_share_as_large(gaps) for gaps in largest])
    return tests.assign(p=chances[:, 0], adjusted=_step_down(chances))


def _studentised(
    pair: npt.NDArray[np.float64], states: npt.NDArray[np.float64]
) -> npt.NDArray[np.float64]:
    """Return by shuffle the gap of two shares, by what its standard error is proportional to.

    The share of all states, the rest of that error, is the same in each shuffle.
    """
    first, second = pair
    gap: npt.NDArray[np.float64] = np.abs(first - second) / np.sqrt((1 / states).sum())
    return gap.round(ROUNDED)


def _share_as_large(values: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Return for each value the share of all that are as large: its p-value, itself included."""
    below = np.searchsorted(np.sort(values), values, side="left")
    share: npt.NDArray[np.float64] = (len(values) - below) / len(values)
    return share


def _step_down(chances: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Adjust the first p-value of each row for the number of rows, by the smallest of each column.

    The smallest p is compared with the smallest of all rows, the next with that of those left.
    """
    order = np.argsort(chances[:, 0], kind="stable")
    from_last = np.minimum.accumulate(chances[order[::-1]], axis=0)
    least = from_last[::-1]  # of each row and those after
    as_small = (least <= chances[order, :1] + ROUNDING).mean(axis=1)
    adjusted = np.empty(len(order))
    adjusted[order] = np.maximum.accumulate(as_small)
    return adjusted
