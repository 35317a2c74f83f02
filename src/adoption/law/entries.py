"""The published days of entry into force for single states, and what they are by the rule."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import pandas as pd

from adoption.law.instruments import in_force_day, terms, to_deposits
from adoption.law.rules import Deposit, Window

if TYPE_CHECKING:
    from adoption.law.conventions import Convention


def of_term(
    deposit: Deposit, published: Mapping[str, pd.Timestamp], periods: pd.DataFrame
) -> pd.Timestamp | None:
    """Return the published day of entry into force of a deposit's term, if it can be of that one.

    Of the terms of a participant it is of the last that had begun by then.
    """
    day = published.get(deposit.participant)
    begun = pd.Series(periods.loc[periods["iso3"] == deposit.participant, "earliest"])
    if day is None or len(begun) < 2:
        return day
    term = begun[begun <= day].max()  # NaT, which equals nothing, before the first
    return day if term == pd.Timestamp(deposit.window.earliest) else None


def in_force_by_rule(
    convention: Convention,
    acts: pd.DataFrame,
    published: pd.DataFrame,
    nth: Window | None,
    force: Window | None,
) -> pd.Series[pd.Timestamp]:
    """Return what published days of entry into force for single states are by the rule.

    Each is that of the term to which the published day belongs. One before all terms belongs to
    none, and is set beside the day of the first, from which it differs.
    """
    days = dict(zip(published["iso3"], published["date"], strict=True))
    periods = terms(acts[acts["iso3"].isin(days.keys())])
    deposits: dict[str, Deposit] = {}
    for deposit in to_deposits(periods, (), ()):
        if deposit.participant not in deposits or of_term(deposit, days, periods) is not None:
            deposits[deposit.participant] = deposit
    by_rule = {
        iso3: in_force_day(convention, deposit.window, nth, force, None)
        for iso3, deposit in deposits.items()
    }
    return pd.to_datetime(published["iso3"].map(by_rule)).astype("datetime64[us]")
