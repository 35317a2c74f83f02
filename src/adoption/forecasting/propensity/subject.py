"""A convention of the registry among the treaties of the pool, as both were known on a day."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import TYPE_CHECKING, Literal

import numpy as np
import pandas as pd

from adoption.data.dictionary import CONSENTS, SIGNING_ACTS
from adoption.forecasting.pool import Acts, Treaty, known_on, pool_of_tables
from adoption.forecasting.propensity.panel import Panel, panel_of
from adoption.law.curves import could_join
from adoption.law.instruments import first_acts
from adoption.law.placement import age_on, base_treaty

if TYPE_CHECKING:
    from adoption.law.conventions import Convention
    from adoption.law.status import Status


NoSigning = Literal["closed", "no closing day", "signatories not named"]

TABLES = ("acts", "states", "memberships", "base_acts", "base_treaties")


def why_no_signing(convention: Convention, as_of: date) -> NoSigning | None:
    """Return why nothing is said of signatures to come, or None."""
    if not convention.signatories_listed:
        return "signatories not named"
    if convention.closes is None:
        return "no closing day"
    return "closed" if convention.closes <= as_of else None


def subject_of(status: Status, acts: pd.DataFrame, *, count_reports: bool) -> Treaty:
    """Return a convention as a treaty of the pool, as it was known on a day.

    An act counts once it had certainly happened. One without a day has that of the beginning of
    its window, which serves only to tell whether it can be told to be of the last year: an
    act that may be older is taken to be.
    """
    convention = status.convention
    own = acts[acts["convention"] == convention.convention]
    firm = own if count_reports else own[own["grade"] != "reported"]

    def since(rows: pd.DataFrame) -> Acts:
        first = rows[rows["latest"] <= pd.Timestamp(status.as_of)].sort_values("earliest")
        days = (first["earliest"] - pd.Timestamp(convention.opens)).dt.days
        return Acts(tuple(first.index), np.maximum(days.to_numpy(dtype="float64"), 0.0))

    return Treaty(
        treaty=base_treaty(convention),
        opened=convention.opens,
        seen=float(age_on(convention, status.as_of)),
        signed=since(first_acts(own, SIGNING_ACTS)),
        consented=since(first_acts(firm, CONSENTS)),
    )


def readings(
    status: Status, data: Mapping[str, pd.DataFrame], conventions: Iterable[Convention]
) -> tuple[Panel, Panel]:
    """Set a convention beside the other treaties: reported consents not counted, and counted."""
    convention, states, treaties = status.convention, data["states"], data["base_treaties"]
    known = known_on(pool_of_tables(data["base_acts"], treaties, states), status.as_of)
    pool = [treaty for treaty in known if treaty.treaty != base_treaty(convention)]
    who = could_join(convention, states, data["memberships"])
    candidates = list(who.loc[who["since"] <= pd.Timestamp(status.as_of), "iso3"])
    closings = {base_treaty(c): c.closes for c in conventions if c.closes is not None}
    firm, reported = (
        panel_of(
            pool,
            subject_of(status, data["acts"], count_reports=count),
            states,
            candidates,
            closings,
            signatures=convention.signatories_listed,
        )
        for count in (False, True)
    )
    return firm, reported
