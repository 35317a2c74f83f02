"""How many consents there will be on each day to come: the quantiles of a fan chart."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

import numpy as np
import pandas as pd

from adoption.forecasting.answer import Forecast
from adoption.forecasting.convention import ConventionForecast, Reading
from adoption.forecasting.known import Known
from adoption.forecasting.learnt import states
from adoption.forecasting.pool import Treaty
from adoption.forecasting.threshold import model_for, waits
from adoption.forecasting.waiting import Numbers

PERCENTILES = (10, 25, 50, 75, 90)
POINTS = 41  # days of a fan
FEWEST = 20  # parties to which a fan goes at least
BEYOND_THE_THRESHOLD = 3  # times the threshold to which it goes
SHORTEST, LONGEST = 365, 365 * 30  # days
ROOM = 1.08


def fan_days(forecasts: Sequence[Forecast]) -> int:
    """Return for how many days a fan is worth drawing.

    As far as the threshold's 90% point of the slowest of some forecasts and a little on; a
    year at least, thirty at most.
    """
    needed = SHORTEST
    for forecast in forecasts:
        last = forecast.quantile(0.9)
        needed = max(needed, LONGEST if last is None else (last - forecast.as_of).days)
    return min(round(needed * ROOM), LONGEST)


def fans(drawn: ConventionForecast | None) -> dict[Reading, pd.DataFrame]:
    """Return the fans of a forecast; of the second reading only where it is another."""
    if drawn is None:
        return {}
    open_ones = [r for r in drawn.readings if drawn.forecasts[r].wait is not None]
    days = fan_days([drawn.forecasts[reading] for reading in open_ones])
    return {
        reading: fan(drawn.known[reading], drawn.firm.threshold, drawn.pool, days)
        for reading in open_ones
    }


def fan(known: Known, threshold: int, pool: Sequence[Treaty], days: int) -> pd.DataFrame:
    """Return quantiles of the number of consents on days to come.

    The probability of at least m consents by a day is that of the wait for the mth. Each
    wait is forecast by itself, so that more consents may come out likelier than fewer;
    they are made to agree with the forecast for the threshold, which stays as it is.
    """
    numbers = list(range(known.consents + 1, highest(threshold) + 1))
    ahead = np.unique(np.linspace(0, days, POINTS).round())
    with np.errstate(divide="ignore"):
        log_days = np.log(ahead)
    chance = np.array(
        [wait.cdf(log_days + 1e-9) for wait in waits(model_for(known, pool), known, numbers)]
    )
    agreed = agreeing(chance, numbers.index(threshold))
    frame = pd.DataFrame({"day": [pd.Timestamp(_on(known.as_of, day)) for day in ahead]})
    for percent in PERCENTILES:
        exceeded = agreed > 1 - percent / 100 + 1e-12
        frame[f"p{percent}"] = known.consents + exceeded.sum(axis=0)
    return frame


def highest(threshold: int) -> int:
    """Return the number of consents above which a fan does not tell numbers apart."""
    return min(len(states()), max(BEYOND_THE_THRESHOLD * threshold, FEWEST))


def agreeing(chance: Numbers, kept: int) -> Numbers:
    """Return chances that fall with the number asked for, the row of one number kept.

    Examples
    --------
    >>> import numpy as np
    >>> agreeing(np.array([[0.4], [0.6], [0.5], [0.7]]), 2).ravel()
    array([0.6, 0.6, 0.5, 0.5])
    """
    before = np.maximum.accumulate(chance[kept::-1], axis=0)[::-1]
    after = np.minimum.accumulate(chance[kept:], axis=0)
    agreed: Numbers = np.concatenate([before, after[1:]])
    return agreed


def _on(day: date, days: float) -> date:
    return day + timedelta(days=int(days))
