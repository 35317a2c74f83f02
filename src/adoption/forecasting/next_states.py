"""Which states are likely to consent next, and why."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import numpy as np
import pandas as pd

from adoption import tables
from adoption.core.errors import AdoptionError
from adoption.core.reading import remembered
from adoption.core.vocabulary import DOMESTIC_APPROVAL
from adoption.forecasting.convention import ConventionForecast, at_least, forecast_convention
from adoption.forecasting.forecast import model_of
from adoption.forecasting.hazards import (
    COLUMNS,
    adding_up,
    fit_hazards,
    lessons,
    people,
    waiting_states,
)
from adoption.forecasting.model import ONE_YEAR
from adoption.forecasting.treaties import states
from adoption.law.conventions import find_convention
from adoption.law.rules import add_months

WITHIN = re.compile(r"(\d{1,4}) (day|month|year)s?")
MIN_DAYS, MAX_DAYS = 30, 1827  # the treaties of the past say nothing firm of other times
PARTS = {  # the columns behind each reason
    "by_signature": ("signed", "days signed"),
    "by_speed": ("speed", "signed and fast"),
    "by_neighbours": ("region", "EU member", "EU"),
}
ROW = (
    "iso3", "chance", "signed_on", "approved_on", "speed", "region", "region_consented",
    "region_states", "union", "union_consented", *PARTS,
)  # fmt: skip


@dataclass(frozen=True, eq=False)
class NextStates:
    """The chance of each state that has not consented to do so by a day.

    Attributes
    ----------
    forecast : ConventionForecast
        The forecast of the number of consents.
    until : date
        The day.
    expected : float
        How many more consents it expects by then than are known; the chances add up to it.
    frame : DataFrame
        One row a state, the likeliest first; none where nothing is forecast, or the threshold is
        reached: iso3, chance (float, 0 to 1), signed_on, approved_on (days, missing where not
        known), speed (float, its consents to other treaties over the usual number), region
        (str), region_consented, region_states (int), union (bool, a member of the European
        Union), union_consented (int), and by_signature, by_speed, by_neighbours (float): what
        each adds to the log odds of the mean state.
    """

    forecast: ConventionForecast
    until: date
    expected: float
    frame: pd.DataFrame


def end_of(within: str, as_of: date) -> date:
    """Return the last day of a length of time such as "1 year" from a day.

    Examples
    --------
    >>> end_of("18 months", date(2026, 11, 26))
    datetime.date(2028, 5, 26)
    """
    said = WITHIN.fullmatch(str(within).strip().lower())
    if said is None:
        raise AdoptionError(f"within: {within!r}; allowed: a number of days, months or years")
    number, unit = int(said[1]), said[2]
    months = number * (12 if unit == "year" else 1)
    end = as_of + timedelta(days=number) if unit == "day" else add_months(as_of, months)
    if not MIN_DAYS <= (end - as_of).days <= MAX_DAYS:
        raise AdoptionError(f"within: {within!r}; allowed: {MIN_DAYS} days to 5 years")
    return end


@remembered
def next_states(convention: str, as_of: date, within: str = "1 year") -> NextStates:
    """Return the chances of states, from the forecast of their number; computed once.

    The chances of `hazards`, all shifted alike on the scale of log odds so that they add up to
    the number that is expected. Approvals at home are not in the model: no list of past ones
    is known.
    """
    until, forecast = end_of(within, as_of), forecast_convention(find_convention(convention), as_of)
    treaty = forecast.treaties["counted"]
    if forecast.why_none or forecast.firm.reached is not None:
        return NextStates(forecast, until, 0.0, pd.DataFrame(columns=ROW))
    days = (until - as_of).days
    hazards = model_of(forecast.pool).hazards
    if abs(days - ONE_YEAR) > 1:
        hazards = fit_hazards(lessons(forecast.pool, days))
    rows = waiting_states(treaty, np.array([float((as_of - treaty.opened).days)]), hazards.speeds)
    parts = hazards.parts(rows.features)
    known = len(treaty.consented.iso3)
    numbers = range(known + 1, known + len(rows.state) + 1)
    ahead = np.array([float((until - forecast.made_on).days)])
    expected = float(at_least(forecast, numbers, ahead).sum())
    chance = adding_up(hazards.chances(rows.features), expected)
    frame = pd.DataFrame({"iso3": np.array(states())[rows.state], "chance": chance.round(4)})
    frame["signed_on"] = _first_days(forecast, "signature").reindex(frame["iso3"]).array
    frame["approved_on"] = _first_days(forecast, DOMESTIC_APPROVAL).reindex(frame["iso3"]).array
    frame["speed"] = np.exp(rows.features[:, COLUMNS.index("speed")]).round(2)
    frame = frame.assign(**_neighbours(treaty.consented.iso3, frame["iso3"]))
    for name, columns in PARTS.items():
        part = parts[:, [COLUMNS.index(column) for column in columns]].sum(axis=1)
        frame[name] = (part - part.mean()).round(2)
    frame = frame.sort_values(["chance", "iso3"], ascending=[False, True], ignore_index=True)
    return NextStates(forecast, until, round(expected, 1), frame)


def _first_days(forecast: ConventionForecast, kind: str) -> pd.Series[pd.Timestamp]:
    """Return the day by which each state had done the first act of a kind."""
    acts = tables.read_of("acts", forecast.convention.convention)
    acts = tables.certain_by(acts[acts["act"] == kind], forecast.as_of)
    return acts.groupby("iso3")["latest"].min()


def _neighbours(consented: Collection[str], iso3: pd.Series[str]) -> dict[str, Any]:
    """Return how many of each state's regional group and of the European Union consented."""
    group = tables.read("states").set_index("iso3")["un_group"]
    size, union = group.value_counts(), dict(zip(states(), people().union, strict=True))
    done = group[group.index.isin(list(consented))].value_counts()
    region = iso3.map(group)
    return {
        "region": region,
        "region_consented": region.map(done).fillna(0).astype("int64"),
        "region_states": region.map(size).fillna(0).astype("int64"),
        "union": iso3.map(union).astype("bool"),
        "union_consented": int(sum(union.get(code, 0) for code in consented)),
    }
