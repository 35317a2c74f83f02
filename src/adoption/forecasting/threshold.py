"""`forecast_threshold`: when a treaty will have a number of parties."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import islice
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from adoption.choices import check_acts, to_day
from adoption.errors import AdoptionError
from adoption.forecasting.answer import Forecast
from adoption.forecasting.known import known_on, same_treaty
from adoption.forecasting.learnt import base_pool, model_of, pool_from, states
from adoption.forecasting.waiting import Steps

if TYPE_CHECKING:
    from adoption.forecasting.cases import Situation
    from adoption.forecasting.known import Known
    from adoption.forecasting.model import Model
    from adoption.forecasting.pool import Treaty

TREATIES_NAMED = 8


def forecast_threshold(
    acts: pd.DataFrame,
    *,
    opened: date | str,
    threshold: int,
    as_of: date | str,
    base_acts: pd.DataFrame | None = None,
    seed: int = 0,
) -> Forecast:
    """Forecast the day on which a treaty has a number of parties.

    Acts on the treaty after `as_of` are not looked at. The other treaties, from which it
    is learnt, are taken as they are given: to see what could have been said on a day of
    the past, give the acts of the base set up to that day. A treaty among them with the
    same first day and the same acts is the one asked about, and is left out.

    Examples
    --------
    >>> from adoption import tables
    >>> acts = tables.read("base_acts").query("treaty == 'XVIII-12'")
    >>> later = forecast_threshold(
    ...     acts, opened=date(2000, 12, 12), threshold=40, as_of=date(2004, 1, 1))
    >>> later.quantile(0.5), later.consents
    (datetime.date(2003, 7, 1), 59)
    """
    check_acts(acts)
    known = known_on(acts, to_day(opened, "opened"), to_day(as_of))
    number = _count(threshold)
    pool = base_pool() if base_acts is None else pool_from(base_acts)
    return forecast(known, number, pool, seed)


def forecast(known: Known, threshold: int, pool: Sequence[Treaty], seed: int = 0) -> Forecast:
    """Forecast from what is known of a treaty and a pool of others."""
    made = Forecast(known.as_of, threshold, known.consents, known.now.signatories, None, None, {})
    able = len(states())
    if known.consents >= threshold:
        first, nth = (
            known.opened + timedelta(days=int(np.sort(days)[threshold - 1]))
            for days in (known.consented.since, known.consented.day)
        )
        note = "" if first == nth else f"Reached from {first} to {nth}: the day is not known."
        return replace(made, reached=nth, note=note)
    if threshold > able:
        note = f"There are {able} states, so that {threshold} parties can never be reached."
        return replace(made, note=note)
    model = model_for(known, pool, seed)
    most_alike = model.most_alike(_with(known.now, known.later), threshold)
    return replace(
        made,
        wait=waits(model, known, [threshold])[0],
        alike=dict(islice(most_alike.items(), TREATIES_NAMED)),
        note=_learnt(model, known),
    )


def waits(model: Model, known: Known, targets: Sequence[int]) -> list[Steps]:
    """Return the distribution of the log wait for each of some numbers of parties.

    The consents that are known to have come since the day are a minimum: nobody knows how many
    others came. Each counts as if it had been given on the day. Of the forecasts with none of
    them, with one, and so on up to all, the highest probability by each day holds. So a day
    without news changes nothing, and one consent more never makes the answer later. To divide
    by the probability of so many consents by their day would do the same, but would call
    the threshold all but reached once a consent came that had been very unlikely.
    """
    ways = [model.waits(_with(known.now, more), targets) for more in range(known.later + 1)]
    return [_soonest(steps) for steps in zip(*ways, strict=True)]


def _with(now: Situation, more: int) -> Situation:
    """Return a situation with some consents more, given on its day."""
    return replace(
        now,
        consents=now.consents + more,
        consents_half_year=now.consents_half_year + more,
        consents_year=now.consents_year + more,
    )


def _soonest(steps: Sequence[Steps]) -> Steps:
    """Return the highest of some distribution functions at each point."""
    at = np.unique(np.concatenate([one.at for one in steps]))
    return Steps(at, np.max([one.cdf(at) for one in steps], axis=0))


def model_for(known: Known, pool: Sequence[Treaty], seed: int = 0) -> Model:
    """Return what a pool teaches without the treaty asked about."""
    return model_of([treaty for treaty in pool if not same_treaty(treaty, known)], seed)


def _learnt(model: Model, known: Known) -> str:
    """Say that later acts on other treaties were learnt from, if any were."""
    newest = max(t.opened + timedelta(days=int(t.seen)) for t in model.pool)
    if newest <= known.as_of:
        return ""
    return f"Learnt from acts on other treaties up to {newest}, later than the forecast's day."


def _count(value: object) -> int:
    if isinstance(value, int | float | np.integer) and not isinstance(value, bool):
        number = float(value)
        if number.is_integer() and number >= 1:
            return int(number)
    raise AdoptionError(f"threshold: {value!r} is not a number of parties, 1 or more")
