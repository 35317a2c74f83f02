"""What is known of a treaty on a day: from the table of its acts to a situation."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from adoption.data.dictionary import CONSENTS, SIGNING_ACTS
from adoption.errors import AdoptionError
from adoption.forecasting.cases import situation
from adoption.forecasting.learnt import groups, states
from adoption.forecasting.pool import Acts

if TYPE_CHECKING:
    from adoption.forecasting.cases import Situation
    from adoption.forecasting.pool import Treaty

SAME_ACTS = 0.8  # share of acts in common from which two lists are of one treaty


@dataclass(frozen=True, eq=False)
class Known:
    """What is known of a treaty on a day.

    Attributes
    ----------
    opened, as_of : date
        Day zero, and the day.
    signed, consented : Acts
        What had certainly been done by the day, and what is known to have been done since.
    now : Situation
        What had been done by the day, in numbers.
    later : int
        States that are known to have consented since: after the day nobody knows of all.
    """

    opened: date
    as_of: date
    signed: Acts
    consented: Acts
    now: Situation
    later: int = 0

    @property
    def consents(self) -> int:
        """States that are known to have consented, those after the day among them."""
        return self.now.consents + self.later


def known_on(acts: pd.DataFrame, opened: date, as_of: date, until: date | None = None) -> Known:
    """Return what is known of a treaty on a day, and of what was done since."""
    if as_of < opened:
        raise AdoptionError(f"as_of: {as_of} is before the opening on {opened}")
    windows = {
        column: acts["date"].fillna(acts[column]) if column in acts else acts["date"]
        for column in ("earliest", "latest")
    }
    frame = acts.assign(**windows)
    done = frame["latest"] <= pd.Timestamp(until or as_of)
    ours = frame["iso3"].notna() & ~frame["iso3"].isin(organisations())  # some have no code
    frame = frame[done & ours]
    signed = _acts(frame[frame["act"].isin(SIGNING_ACTS)], opened)
    consented = _acts(frame[frame["act"].isin(CONSENTS)], opened)
    age = float((as_of - opened).days)
    now = situation(signed, consented, opened, age, groups())
    return Known(opened, as_of, signed, consented, now, len(consented.iso3) - now.consents)


def organisations() -> set[str]:
    """Return the codes of participants that are not states."""
    return set(groups()) - set(states())


def same_treaty(treaty: Treaty, known: Known) -> bool:
    """Return whether a treaty of the pool is the one that is known, by its first day and acts."""
    if treaty.opened != known.opened:
        return False
    age = known.now.age
    theirs = _set("signed", treaty.signed, age) | _set("consented", treaty.consented, age)
    ours = _set("signed", known.signed, age) | _set("consented", known.consented, age)
    return len(theirs & ours) >= SAME_ACTS * len(theirs | ours)


def _set(kind: str, acts: Acts, age: float) -> set[tuple[str, str, float]]:
    number = acts.by(age)
    return {
        (kind, iso3, day)
        for iso3, day in zip(acts.iso3[:number], acts.day[:number].tolist(), strict=True)
    }


def _acts(rows: pd.DataFrame, opened: date) -> Acts:
    first = rows.sort_values(["latest", "earliest", "iso3"]).drop_duplicates("iso3")
    latest, earliest = (
        np.maximum((first[name] - pd.Timestamp(opened)).dt.days.to_numpy(dtype="float64"), 0.0)
        for name in ("latest", "earliest")
    )
    return Acts(tuple(first["iso3"]), latest, earliest)
