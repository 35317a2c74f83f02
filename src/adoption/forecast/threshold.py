"""`forecast_threshold`: when a treaty will have a number of parties."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from itertools import islice
from typing import TYPE_CHECKING

import numpy as np

from adoption.errors import AdoptionError
from adoption.forecast.answer import Forecast
from adoption.forecast.known import known_on, same_treaty
from adoption.forecast.learnt import base_pool, model_of, pool_from, states

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

    from adoption.forecast.known import Known
    from adoption.forecast.model import Model
    from adoption.forecast.pool import Treaty

TREATIES_NAMED = 8


def forecast_threshold(
    acts: pd.DataFrame,
    *,
    opened: date,
    threshold: int,
    as_of: date,
    base_acts: pd.DataFrame | None = None,
    seed: int = 0,
) -> Forecast:
    """Forecast the day on which a treaty has a number of parties.

    Acts on the treaty after `as_of` are not looked at. The other treaties, from which it
    is learnt, are taken as they are given: to see what could have been said on a day of
    the past, give the acts of the base set up to that day. A treaty among them with the
    same first day and the same acts is the one asked about, and is left out.

    Parameters
    ----------
    acts : DataFrame
        Acts on the treaty: iso3, act (str), date (datetime64). Organisations do not count.
        An act without a day counts only if there are columns `earliest` and `latest` and
        it was certainly done by `as_of`; as a recent one only if all of its window is.
    opened : date
        Day zero: the first signature.
    threshold : int
        Number of consents by states.
    as_of : date
        The day on which the forecast is made.
    base_acts : DataFrame, optional
        Acts on other treaties: treaty, iso3, act, date. By default the table `base_acts`.
    seed : int
        The same seed gives the same forecast, to the byte.

    Returns
    -------
    Forecast
        Of the deposit; entry into force follows by the treaty's own rule. Its note says
        where it has learnt from acts on other treaties that are later than `as_of`.

    Raises
    ------
    AdoptionError
        If a column is missing, `as_of` is before `opened`, or the threshold is no count.

    Examples
    --------
    >>> from adoption import tables
    >>> acts = tables.read("base_acts").query("treaty == 'XVIII-12'")
    >>> later = forecast_threshold(
    ...     acts, opened=date(2000, 12, 12), threshold=40, as_of=date(2004, 1, 1))
    >>> later.quantile(0.5), later.consents
    (datetime.date(2003, 7, 1), 59)
    """
    known = known_on(acts, _day("opened", opened), _day("as_of", as_of))
    number = _count(threshold)
    pool = base_pool() if base_acts is None else pool_from(base_acts)
    return forecast(known, number, pool, seed)


def forecast(known: Known, threshold: int, pool: Sequence[Treaty], seed: int = 0) -> Forecast:
    """Forecast from what is known of a treaty and a pool of others.

    Parameters
    ----------
    known : Known
        The treaty on the day.
    threshold : int
        Number of consents by states.
    pool : sequence of Treaty
        The treaty asked about is left out if it is among them.
    seed : int
        Of the trees.
    """
    now, able = known.now, len(states())
    if now.consents >= threshold:
        first, nth = (
            known.opened + timedelta(days=int(np.sort(days)[threshold - 1]))
            for days in (known.consented.since, known.consented.day)
        )
        note = "" if first == nth else f"Reached from {first} to {nth}: the day is not known."
        return Forecast(known.as_of, threshold, now.consents, now.signatories, nth, None, {}, note)
    if threshold > able:
        note = f"There are {able} states, so that {threshold} parties can never be reached."
        return Forecast(known.as_of, threshold, now.consents, now.signatories, None, None, {}, note)
    model = model_for(known, pool, seed)
    alike = dict(islice(model.most_alike(now, threshold).items(), TREATIES_NAMED))
    (wait,) = model.waits(now, [threshold])
    return Forecast(
        known.as_of,
        threshold,
        now.consents,
        now.signatories,
        None,
        wait,
        alike,
        _learnt(model, known),
    )


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


def _day(name: str, value: date) -> date:
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    raise AdoptionError(f"{name}: {value!r} is not a day")
