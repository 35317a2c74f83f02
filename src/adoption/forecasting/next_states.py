"""Which states are likely to consent next, and why."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

import numpy as np
import pandas as pd

from adoption import tables
from adoption.core.acts import CONSENTS, DOMESTIC_APPROVAL
from adoption.core.reading import remembered
from adoption.forecasting.convention import (
    ConventionForecast,
    acts_for_forecast,
    chances_of_numbers,
    forecast_convention,
)
from adoption.forecasting.hazards import (
    FEATURES,
    adding_up,
    fit_hazards,
    training_cases,
    waiting_states,
)
from adoption.forecasting.skill import DIGITS
from adoption.forecasting.treaties import state_codes
from adoption.law.conventions import find_convention
from adoption.law.rules import end_of

CHANCE_PARTS = {  # the columns behind each reason
    "by_signature": ("signed",),
    "by_speed": ("speed",),
    "by_region": ("region", "EU member", "EU", "region signed", "signed as its region"),
}
ROW_COLUMNS = (
    "iso3",
    "chance",
    "reported_on",
    "approved_on",
    "signed_on",
    "grade",
    "speed",
    *CHANCE_PARTS,
)


@dataclass(frozen=True, eq=False)
class NextStates:
    """The chance of each state that is not known to have consented to do so by a day.

    Attributes
    ----------
    forecast : ConventionForecast
        The forecast of the number of consents. Its start is that of the chances: the last day
        for which a number of consents is known.
    until : date
        The day.
    chances : Series
        Of each state not known to have consented, by ISO3: those that are set apart included.
    frame : DataFrame
        One row a state, none where nothing is forecast, or the threshold is reached. First, and
        with no chance (missing), those that are set apart, since no list of past ones is known to
        learn from: whose consent is only reported, who has approved it at home; then the others,
        the likeliest first. iso3, chance (float, 0 to 1), reported_on, approved_on, signed_on
        (days by which it was done, missing where it is not known to be), grade (of the first of
        these that is known), speed (float, its consents to other treaties over the usual number),
        by_signature, by_speed, by_region (float): what each adds to the log odds of the mean state.
    """

    forecast: ConventionForecast
    until: date
    chances: pd.Series[float]
    frame: pd.DataFrame

    @property
    def expected(self) -> float:
        """How many more consents the forecast expects by then than are known."""
        return float(self.chances.sum())


@remembered
def next_states(convention: str, as_of: date, within: str = "1 year") -> NextStates:
    """Return the chances of states, from the forecast of their number; computed once.

    The time runs from the start of the forecast. The chances of `hazards` are shifted alike on the
    scale of log odds, to add up to the number of consents that the forecast expects by its end.
    """
    until = end_of(within, as_of)
    forecast = forecast_convention(find_convention(convention), as_of)
    treaty, made_on = forecast.with_reports, forecast.made_on
    if not forecast.is_open:
        return NextStates(
            forecast, until, pd.Series(dtype="float64"), pd.DataFrame(columns=ROW_COLUMNS)
        )
    start = float((made_on - treaty.opened).days)
    days = float((until - made_on).days)
    hazards = fit_hazards(training_cases(forecast.pool, days))
    # What is known since the start, as if it had been done by then.
    signed = replace(treaty.signed, day=np.minimum(treaty.signed.day, start))
    consented = replace(treaty.consented, day=np.minimum(treaty.consented.day, start))
    at_start = replace(treaty, signed=signed, consented=consented)
    rows = waiting_states(at_start, np.array([start]), hazards.speeds)
    parts = hazards.parts(rows.features)
    consents = len(treaty.consented.iso3)
    numbers = range(consents + 1, consents + len(rows.state) + 1)
    of_numbers = chances_of_numbers(forecast, numbers, np.array([days]))[:, 0]
    chances = adding_up(hazards.chances(rows.features), of_numbers.sum())
    by_state = pd.Series(chances, np.array(state_codes())[rows.state])
    frame = by_state.round(DIGITS).rename_axis("iso3").reset_index(name="chance")
    log_speed = rows.features[:, FEATURES.index("speed")]
    frame["speed"] = np.exp(log_speed).round(2)
    for name, columns in CHANCE_PARTS.items():
        positions = [FEATURES.index(column) for column in columns]
        part = parts[:, positions].sum(axis=1)
        frame[name] = (part - part.mean()).round(2)
    return NextStates(forecast, until, by_state, _with_acts(forecast, frame))


def _with_acts(forecast: ConventionForecast, frame: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of `NextStates` with the days of acts; who is set apart stands first."""
    acts = tables.certain_by(acts_for_forecast(forecast.convention), forecast.as_of).sort_values(
        "latest"
    )
    of_states = acts["iso3"].isin(state_codes())
    consents = acts[acts["act"].isin(CONSENTS) & of_states]
    confirmed = set(consents.loc[consents["grade"] != "reported", "iso3"])
    only_reported = ~consents["iso3"].isin(confirmed)
    kinds = {
        "reported_on": consents[only_reported],
        "approved_on": acts[acts["act"] == DOMESTIC_APPROVAL],
        "signed_on": acts[acts["act"] == "signature"],
    }
    first = {name: rows.drop_duplicates("iso3").set_index("iso3") for name, rows in kinds.items()}
    frame = frame.merge(first["reported_on"].index.to_frame(False), on="iso3", how="outer")
    for name, act in first.items():
        frame[name] = act["latest"].reindex(frame["iso3"]).array
    grades = pd.concat([*first.values()])["grade"]
    grade = grades.groupby(level=0).first()
    frame["grade"] = grade.reindex(frame["iso3"]).array
    frame["chance"] = frame["chance"].mask(frame["approved_on"].notna())  # a report has none
    frame = frame[[*ROW_COLUMNS]].sort_values(
        "chance", ascending=False, kind="stable", na_position="first"
    )
    return frame.reset_index(drop=True)
