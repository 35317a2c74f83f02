"""Shared by the tests of the next movers: made-up treaties, and real answers worked out once."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache

import numpy as np
import pandas as pd

from adoption import tables
from adoption.forecasting.pool import Acts, Treaty
from adoption.forecasting.propensity.chances import Movers, load_next_movers, next_movers
from adoption.forecasting.propensity.panel import Panel, panel_of
from adoption.forecasting.propensity.subject import TABLES
from adoption.law.status import load_status, status_on
from tests.conftest import Act, acts_of, made_up

NEWEST = date(2026, 11, 24)
GROUPS = {"AAA": "one", "BBB": "one", "CCC": "two", "DDD": "two"}


@cache
def movers(name: str, day: date = NEWEST) -> Movers:
    """Return the next movers of a convention; not to be changed."""
    return load_next_movers(load_status(name, day))


def of_acts(*acts: Act, day: date = date(2002, 1, 1), **rules: object) -> Movers:
    """Return the next movers among the real states of a made-up convention."""
    made = acts_of(acts)
    data = {name: tables.read(name) for name in TABLES} | {"acts": made}
    convention = made_up(**rules)
    return next_movers(status_on(convention, day, made, data["states"]), data, [convention])


def acted(days: Mapping[str, float]) -> Acts:
    ordered = sorted(days.items(), key=lambda item: item[1])
    return Acts(tuple(i for i, _ in ordered), np.array([d for _, d in ordered], dtype="float64"))


def treaty(
    number: str,
    opened: date,
    signed: Mapping[str, float],
    consented: Mapping[str, float],
    seen: float = 10_000,
) -> Treaty:
    return Treaty(number, opened, seen, acted(signed), acted(consented))


def panel(*treaties: Treaty, closings: Mapping[str, date] | None = None) -> Panel:
    """Return a panel of four states in two groups; DDD is a member since 2000."""
    states = pd.DataFrame(
        {
            "iso3": [*GROUPS, "EUE"],
            "kind": ["member"] * len(GROUPS) + ["organization"],
            "un_group": [*GROUPS.values(), None],
            "un_member_since": pd.array([1945, 1945, 1945, 2000, None], dtype="Int64"),
        }
    )
    *pool, subject = treaties
    return panel_of(pool, subject, states, list(GROUPS), closings or {})
