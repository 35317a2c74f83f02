"""Episodes: for how long each state could have acted and had not, as start, stop and event."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any, Literal

import numpy as np
import pandas as pd

from adoption.core.errors import AdoptionError
from adoption.law.spells import History
from adoption.tables.choices import regular_days

Of = Literal["signature", "consent"]
MEASURE = {"signature": "signatories", "consent": "parties"}
ABOUT = ("act", "grade", "source")  # of an event


def episodes(
    history: History,
    participants: pd.DataFrame,
    members: Collection[str] | None,
    of: Of,
    as_of: date,
    split: str | None,
) -> pd.DataFrame:
    """Return for how long each state was at risk of its first act; `adoption.episodes` says how.

    Parameters
    ----------
    history : History
        The convention with its spells.
    participants : DataFrame
        state_since and first_act of each, as the table `states` has them; by ISO3 code. Of a
        state without a first day nothing is known before its first act on any treaty, which is
        why it is known: it is at risk from the day after, unless it had acted.
    members : collection of str or None
        Who can join, where the convention is made for the members of an organisation. One that is
        open to the parties of another alone is for these, each from the day that one binds it.
    of : {"signature", "consent"}
        The act.
    as_of : date
        The last day of any episode.
    split : str or None
        An offset alias of pandas, at whose days an episode ends and another begins.
    """
    opens = pd.Timestamp(history.convention.opening.latest)
    last = _last_day(history, of, as_of)
    if members is not None:
        participants = participants[participants.index.isin(members)]
    if history.parent is not None:
        participants = participants[participants.index.isin(history.parent.bound_since.index)]
    after = participants["first_act"] + pd.Timedelta(days=1)
    since = participants["state_since"].fillna(after)
    if history.parent is not None:
        bound = history.parent.bound_since.reindex(since.index)
        since = pd.concat([since, bound], axis=1).max(axis=1)
    first = history.first(MEASURE[of]).set_index("iso3").reindex(since.index)
    had_acted = first["begins_latest"] < after

    def number(days: pd.Series[pd.Timestamp]) -> pd.Series[float]:
        """Return days by number: that of the opening is 1."""
        return (days - opens).dt.days + 1.0

    entry = number(since.where(since > opens, opens)) - 1
    left = number(first["begins_earliest"]).clip(entry + 1)
    right = number(first["begins_latest"]).clip(entry + 1)
    end = float((last - opens).days + 1)
    event = right <= end
    # Where it may have acted, or may not have, it is followed until it may have.
    stop = right.where(event, (left - 1).clip(upper=end).fillna(end))
    columns = {
        "convention": history.convention.convention,
        "start": entry,
        "stop": stop,
        "event": event,
        "left": left.where(event, stop),
        "right": right.where(event),
    }
    about = {name: first[name].where(event) for name in ABOUT}
    frame = pd.DataFrame(columns).assign(**about)
    frame = frame[(entry < stop) & ~had_acted]
    frame = _cut(frame.rename_axis("iso3").reset_index(), opens, last, split)
    frame["begins"] = opens + pd.to_timedelta(frame["start"], unit="D")
    frame["ends"] = opens + pd.to_timedelta(frame["stop"] - 1, unit="D")
    frame["year"] = frame["begins"].dt.year
    kinds = dict.fromkeys(["start", "stop", "event", "left", "year"], "int64")
    kinds |= dict.fromkeys(["begins", "ends"], "datetime64[us]")
    could: pd.Series[Any] = pd.Series(history.convention.joiners_known or None, frame.index)
    joined = frame["iso3"].isin(first.index[event])
    frame["can_join"] = could.mask(joined, other=True).astype("boolean")
    names = ["convention", "iso3", "start", "stop", "event", "left", "right", "year"]
    return frame.astype(kinds)[[*names, "begins", "ends", "can_join", *ABOUT]]


def _last_day(history: History, of: Of, as_of: date) -> pd.Timestamp:
    """Return the last day on which it is known who had not acted, and could."""
    convention = history.convention
    complete = convention.complete_until(MEASURE[of])
    if complete is None or (of == "signature" and not convention.signatories_listed):
        raise AdoptionError(
            f"convention: the list of acts of {convention.convention} is not complete on any "
            f"day, so it is not known who had not acted ({convention.reach.rstrip('.')})"
        )
    last = min(as_of, complete)
    if of == "signature" and convention.closes:
        last = min(last, convention.closes)
    return pd.Timestamp(last)


def _cut(
    frame: pd.DataFrame, opens: pd.Timestamp, last: pd.Timestamp, split: str | None
) -> pd.DataFrame:
    """Return the episodes cut at the ends of periods; an event is of the last part."""
    days = regular_days(opens, last, split, "split") if split else pd.DatetimeIndex([])
    last_days = (days - opens).days + 1
    ends = np.append(np.asarray(last_days, dtype="float64"), np.inf)
    periods = pd.DataFrame({"from": [0.0, *ends[:-1]], "to": ends})
    parts = frame.merge(periods, how="cross")
    start = parts[["start", "from"]].max(axis=1)
    stop = parts[["stop", "to"]].min(axis=1)
    final = stop == parts["stop"]
    parts = parts.assign(start=start, stop=stop, event=parts["event"] & final)
    parts[list(ABOUT)] = parts[list(ABOUT)].where(final)
    return parts[start < stop].reset_index(drop=True)
