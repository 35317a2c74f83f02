"""Acts of one name: a participant does again only what it has withdrawn from."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

import pandas as pd

from adoption.data.csvfile import AT
from adoption.data.lists import CONSENT, PublishedList
from adoption.data.standing import Span, by_key, spans
from adoption.data.dictionary import CONSENTS, WITHDRAWAL
from adoption.errors import AdoptionError

if TYPE_CHECKING:
    from adoption.law.status import Row


def check_repeated(acts: pd.DataFrame, lists: Iterable[PublishedList] = ()) -> None:
    """Check that no act stands twice, as a second entry of one that was done once."""
    beside = {one.convention: by_key(one.acts) for one in lists}
    for convention, own in acts.groupby("convention", sort=False):
        listed = beside.get(str(convention), {})
        twice = own.loc[own.duplicated(["iso3", "act"]), "iso3"]
        for iso3, rows in own[own["iso3"].isin(twice)].groupby("iso3"):
            known = by_key(rows)
            ends, begins = (
                spans((str(iso3), kind), known, listed) for kind in (WITHDRAWAL, CONSENT)
            )
            for act, alike in rows.sort_values(["earliest", "latest"]).groupby("act"):
                between = begins if act == WITHDRAWAL else ends if act in CONSENTS else []
                again = _again_without(alike.to_dict("records"), between)
                if again is not None:
                    raise AdoptionError(_twice(again))


def _again_without(alike: Sequence[Row], between: Sequence[Span]) -> Row | None:
    """Return the first act of a name with nothing of its own between it and the one before."""
    left = sorted(between, key=lambda span: span[::-1])
    for first, again in pairwise(alike):
        found = next((span for span in left if _lies_between(span, first, again)), None)
        if found is None:
            return again
        left.remove(found)
    return None


def _lies_between(span: Span, first: Row, again: Row) -> bool:
    earliest, latest = span
    return bool(first["earliest"] <= latest and earliest <= again["latest"])


def _twice(act: Row) -> str:
    where = act.get(AT) or "table acts"
    what = "a consent" if act["act"] == WITHDRAWAL else "a withdrawal"
    allowed = f"again only after {what}" if act["act"] in (*CONSENTS, WITHDRAWAL) else "once"
    return (
        f"{where}, column act: '{act['convention']} {act['iso3']} {act['act']}' stands twice; "
        f"allowed: {allowed}"
    )
