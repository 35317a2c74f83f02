"""The frame of states that a caller merges: its variables, and whether it can be used."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date

import numpy as np
import pandas as pd
from pandas.api.types import is_bool_dtype, is_numeric_dtype

from adoption.core.errors import AdoptionError
from adoption.core.text import listed
from adoption.core.vocabulary import GRADES
from adoption.countries.capacity import OVERALL, PARTS, PILLAR_MAXIMUM, PILLARS, Indicator
from adoption.law.panel import STATUSES
from adoption.tables.choices import faulty_rows, missing_columns, state_kinds, unknown_values

RESOLUTION = "A/RES/74/247"  # the later of the two in the table votes
INFERRED = " (inferred)"  # after a vote that no record shows
CONSENTED, BY_REPORT, NO_CONSENT = "consent known", "consent reported", "no consent known"
CONFIDENCE = 0.95
LOWEST, MIDDLE, HIGHEST = THIRDS = ("lowest third", "middle third", "highest third")
CAPACITY_COLUMNS: Mapping[str, str] = {
    "tier": "GCI tier",
    OVERALL: "GCI score",
    **{pillar: f"{label} pillar" for pillar, label in PILLARS.items()},
}
CONTEXT_COLUMNS: Mapping[str, str] = {
    "income_group": "Income group",
    "un_group": "UN regional group",
    "budapest": "Budapest Convention",
    "vote": f"Vote on {RESOLUTION}",
    "regime": "Political regime",
}
# From one end to the other; others have thirds of their numbers, or their categories by name.
INCOME_GROUPS = (
    "High income",
    "Upper middle income",
    "Lower middle income",
    "Low income",
    "Not classified",
)
REGIMES = (
    "Liberal democracy",
    "Electoral democracy",
    "Electoral autocracy",
    "Closed autocracy",
)
CATEGORIES: Mapping[str, Sequence[str]] = {
    "tier": ("T1", "T2", "T3", "T4", "T5"),
    "income_group": INCOME_GROUPS,
    "budapest": (CONSENTED, BY_REPORT, NO_CONSENT, *STATUSES[::-1]),
    "vote": ("yes", "abstain", "no", "absent", f"absent{INFERRED}"),
    "regime": REGIMES,
}
STATUS_COLUMNS = ("iso3", "name", "kind", "status", "grade", "signed", "convention", "as_of")
ALLOWED_WORDS: Mapping[str, Sequence[str]] = {"status": STATUSES, "grade": GRADES, **CATEGORIES}


def check_merged(
    frame: pd.DataFrame,
    columns: Collection[str],
    allowed: Mapping[str, Collection[object]],
    asked: tuple[str, date] | None = None,
    members: Collection[str] = (),
) -> None:
    """Refuse a frame that is not of one row a state, as a caller has merged it.

    Parameters
    ----------
    frame : DataFrame
        `status.frame`, merged with others by iso3.
    columns : collection of str
        Those that it must have.
    allowed : mapping of str to collection of str
        The values of a column, where it is there and not missing.
    asked : tuple of str and date, optional
        The convention and the day that it must be of.
    members : collection of str
        ISO3 codes of which each must have a row.

    Raises
    ------
    AdoptionError
        With every fault, and the nearest value that is allowed.
    """
    wrong = missing_columns("frame", frame, columns)
    if wrong:
        raise AdoptionError(f"frame: {'; '.join(wrong)}; merge with status.frame and ad.capacity()")
    if frame.empty:
        raise AdoptionError("frame: there is no row; one row a state is allowed")
    wrong += unknown_values(frame, {"iso3": state_kinds()} | dict(allowed))
    wrong += faulty_rows(frame["iso3"].isna(), "without iso3")
    wrong += _unusable_columns(frame)
    named = frame["iso3"].dropna()
    if named.duplicated().any():
        twice = named[named.duplicated()].iloc[0]
        wrong.append(f"{twice} has two rows; one row a state is allowed")
    if not wrong and (lacking := sorted(set(members) - set(frame["iso3"]))):
        wrong.append(f"there is no row whose iso3 is {listed(lacking)}")
    if "convention" in columns:
        pairs = {*zip(frame["convention"].tolist(), frame["as_of"].tolist(), strict=True)}
        of = {f"{convention} on {str(day)[:10]}" for convention, day in pairs}
        if len(of) != 1:
            wrong.append("one convention on one day is allowed, in every row")
        elif asked and f"{asked[0]} on {asked[1]}" not in of:
            wrong.append(f"it is of {of.pop()}; asked is {asked[0]} on {asked[1]}")
    if wrong:
        raise AdoptionError(f"frame: {'; '.join(wrong)}")


def _unusable_columns(frame: pd.DataFrame) -> list[str]:
    """Name the columns that do not hold what they must, and the rows outside an index's scale."""
    wrong = []
    for what, holds, names in (
        ("True and False alone", is_bool_dtype, ("signed", "acted", "by_report", "eu")),
        ("numbers", is_numeric_dtype, ("overall", *PILLARS, "gdp_per_capita")),
    ):
        present = {name: frame[name] for name in names if name in frame}
        faulty = [name for name, v in present.items() if not holds(v) and v.notna().any()]
        wrong += [f"the column {name!r} does not hold {what}" for name in faulty]
    most_of: dict[str, float] = dict.fromkeys(PILLARS, PILLAR_MAXIMUM)
    indicator = indicator_of(frame)
    if indicator and indicator.index in PARTS:
        most_of[OVERALL] = indicator.maximum
    for name, most in most_of.items():
        if name in frame and is_numeric_dtype(frame[name]):
            values = frame[name].to_numpy(dtype="float64", na_value=np.nan)
            outside = (values < 0) | (values > most)
            if outside.any():
                rows = pd.Series(outside, frame.index)
                wrong += faulty_rows(rows, f"whose {name} is not from 0 to {most}")
    return wrong


def indicator_of(frame: pd.DataFrame) -> Indicator | None:
    """Return the index and edition that a frame says its values are of; None where it does not."""
    if not {"capacity_index", "capacity_edition"} <= set(frame):
        return None
    index, edition = frame["capacity_index"], frame["capacity_edition"]
    is_known = index.notna() & edition.notna()
    if not is_known.any():
        return None
    names = sorted({*map(str, index[is_known].unique())})
    if len(names) > 1:
        raise AdoptionError(f"frame: capacity_index is {listed(names)}; one is allowed")
    return Indicator(names[0], int(edition[is_known].max()))


def score_label(frame: pd.DataFrame) -> str:
    """Return what the overall value of a frame is called: by its index, else as its column."""
    indicator = indicator_of(frame)
    return f"{indicator.index} score" if indicator else OVERALL
