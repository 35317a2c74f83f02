"""Made-up data for claims about the convention of Atlantis."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import cache
from typing import Any, TypeVar

import pandas as pd

from adoption import tables
from adoption.claims.model import Claim, ClaimData
from adoption.countries.groups import Group
from tests.conftest import MADE_UP_STATES, Act, acts_of, made_up, states_of

SAID = {"id": "c", "statement": "It is so in the GCI.", "said_by": "us", "kind": "any"}
CAPACITY = ("iso3", "index", "edition", "component", "value", "tier", "grade", "source", "note")
Kind = TypeVar("Kind", bound=Claim)
GROUP = Group("abc", "ABC", "organisation", frozenset({"AAA", "BBB", "CCC"}))


def signed(iso3: str, day: str, latest: str = "", grade: str = "confirmed") -> Act:
    return iso3, "signature", day, latest, grade


def data(
    as_of: str,
    acts: Sequence[Act] = (),
    capacity: Sequence[tuple[object, ...]] = (),
    base_treaties: pd.DataFrame | None = None,
) -> ClaimData:
    """Return claim data with some acts on Atlantis and some values, and nothing else."""
    values = pd.DataFrame([*capacity], columns=list(CAPACITY)).astype({"value": "float64"})
    base = _empty("base_treaties") if base_treaties is None else base_treaties
    return ClaimData(
        as_of=date.fromisoformat(as_of),
        acts=_acts(tuple(acts)).copy(),
        states=states_of(MADE_UP_STATES),
        memberships=_empty("memberships"),
        capacity=values,
        entries_into_force=_empty("entries_into_force"),
        base_treaties=base,
    )


@cache
def _empty(table: str) -> pd.DataFrame:
    return tables.read(table).iloc[:0]


@cache
def _acts(rows: tuple[Act, ...]) -> pd.DataFrame:
    return acts_of(rows)


def claim_of(model: type[Kind], **fields: Any) -> Kind:
    """Return a claim of a kind, said in 2010; one about a convention is about Atlantis.

    `rules` are changes to the rules of Atlantis, `said_on` is a day as text.
    """
    rules = fields.pop("rules", {})
    if "convention" in model.model_fields:
        fields = {"convention": made_up(**rules)} | fields
    said_on = date.fromisoformat(fields.pop("said_on", "2010-01-01"))
    return model(**SAID | {"said_on": said_on} | fields)


def day(text: str) -> date:
    return date.fromisoformat(text)
