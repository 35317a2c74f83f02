"""The share of states that adopt a convention, by capacity, wealth, groups and votes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd
from statsmodels.stats.proportion import proportion_confint

from adoption.countries.adopters import (
    BY_REPORT,
    CONSENTED,
    INFERRED,
    NO_CONSENT,
    RESOLUTION,
    Adopters,
)
from adoption.countries.profiles import PILLARS
from adoption.law.status import Row

CONFIDENCE = 0.95
LEAST_STATES = 10  # in a category, before it may carry a finding
UNKNOWN = "not known"
LOWEST, MIDDLE, HIGHEST = THIRDS = ("lowest third", "middle third", "highest third")
CAPACITY: Mapping[str, str] = {
    "tier": "GCI tier",
    "overall": "GCI score",
    **{pillar: f"{label} pillar" for pillar, label in PILLARS.items()},
}
CONTEXT: Mapping[str, str] = {
    "income_group": "Income group",
    "un_group": "UN regional group",
    "budapest": "Budapest Convention",
    "vote": f"Vote on {RESOLUTION}",
    "regime": "Political regime",
}
# From one end to the other; a variable that is not here has its categories by name.
CATEGORIES: Mapping[str, Sequence[str]] = {
    "tier": ("T1", "T2", "T3", "T4", "T5"),
    **dict.fromkeys(("overall", *PILLARS), (HIGHEST, MIDDLE, LOWEST)),
    "income_group": (
        "High income", "Upper middle income", "Lower middle income", "Low income",
        "Not classified",
    ),
    "budapest": (CONSENTED, BY_REPORT, NO_CONSENT),
    "vote": ("yes", "abstain", "no", "absent", f"absent{INFERRED}"),
    "regime": (
        "Liberal democracy", "Electoral democracy", "Electoral autocracy", "Closed autocracy",
    ),
}  # fmt: skip


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
    return 0.0 if successes == 0 else float(low), 1.0 if successes == states else float(high)


def thirds(values: pd.Series[float]) -> pd.Series[str]:
    """Divide states into thirds of a value.

    Equal values share their mean rank, so that they stay together: thirds of a value with
    many ties are not of one size.

    Examples
    --------
    >>> thirds(pd.Series([1.0, 20.0, 20.0, 7.0, 8.0])).tolist()
    ['lowest third', 'highest third', 'highest third', 'lowest third', 'middle third']
    """
    place = (values.rank(method="average") - 0.5) / values.count()
    named = pd.Series(MIDDLE, values.index, dtype="str")
    return named.mask(place < 1 / 3, LOWEST).mask(place > 2 / 3, HIGHEST).mask(values.isna())


def variables(adopters: Adopters) -> dict[str, str]:
    """Return the variables by which states are told apart, with their labels.

    The tiers of the GCI where the edition has them, else thirds of its score; without the
    Budapest Convention where it tells nothing.
    """
    has_tiers = adopters.frame["tier"].notna().any()
    left_out = {"overall" if has_tiers else "tier"}
    if not adopters.budapest_known:
        left_out.add("budapest")
    return {name: label for name, label in {**CAPACITY, **CONTEXT}.items() if name not in left_out}


def shares(adopters: Adopters) -> pd.DataFrame:
    """Return the share of states that have acted, by each variable.

    Returns
    -------
    DataFrame
        One row a category in which there is a state, those without a value last as
        `UNKNOWN`: variable, label (of the variable), category (str), states, acted,
        by_report (int), share, low, high (float, 0 to 1; the ends of the Wilson interval),
        least, most (float: the values in the category; missing where it is no third).
    """
    return shares_by(adopters.frame, variables(adopters))


def shares_by(frame: pd.DataFrame, by: Mapping[str, str]) -> pd.DataFrame:
    """Return `shares` of any frame of states (acted, by_report), by variables with their labels."""
    rows: list[dict[str, object]] = []
    for name, label in by.items():
        values = frame[name]
        is_number = pd.api.types.is_float_dtype(values)
        category = (thirds(values) if is_number else values).fillna(UNKNOWN)
        order = [*CATEGORIES.get(name, sorted(set(category) - {UNKNOWN})), UNKNOWN]
        unforeseen = set(category) - set(order)
        if unforeseen:
            raise ValueError(f"{name}: no place for {sorted(unforeseen)}")
        for place in order:
            chosen = frame[category == place]
            if chosen.empty:
                continue
            acted = int(chosen["acted"].sum())
            low, high = wilson(acted, len(chosen))
            rows.append(
                {
                    "variable": name,
                    "label": label,
                    "category": place,
                    "states": len(chosen),
                    "acted": acted,
                    "by_report": int(chosen["by_report"].sum()),
                    "share": acted / len(chosen),
                    "low": low,
                    "high": high,
                    "least": chosen[name].min() if is_number else float("nan"),
                    "most": chosen[name].max() if is_number else float("nan"),
                }
            )
    return pd.DataFrame(rows)


def widest(shares: pd.DataFrame) -> tuple[Row, Row] | None:
    """Return the two categories of one variable whose shares lie furthest apart.

    Categories of fewer than `LEAST_STATES` states are passed over, and those of what is not
    known, inferred or only reported.
    """
    unsure = shares["category"].isin((UNKNOWN, BY_REPORT))
    unsure |= shares["category"].str.endswith(INFERRED)
    kept = shares[(shares["states"] >= LEAST_STATES) & ~unsure]
    best: tuple[Row, Row] | None = None
    for _, own in kept.groupby("variable", sort=False):
        rows = own.sort_values("share", kind="stable").to_dict("records")
        gap = rows[-1]["share"] - rows[0]["share"]
        if gap > (best[0]["share"] - best[1]["share"] if best else 0):
            best = rows[-1], rows[0]
    return best
