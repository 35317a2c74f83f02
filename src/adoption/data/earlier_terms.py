"""The terms of a participant that a list leaves out because it has a later one.

A list may print of each participant only what holds now: who was bound, withdrew and is bound
again stands in it with the new consent alone. What the lists before it said of the earlier term
is no less true, and is no day that was corrected.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

import pandas as pd

from adoption.data.lists import CONSENT, PublishedList, kind_of
from adoption.data.standing import Key, by_key, divided, parted, partings, withdrawals_of
from adoption.data.dictionary import WITHDRAWAL

if TYPE_CHECKING:
    from adoption.law.status import Row

    Acts = Mapping[Key, Sequence[Row]]  # from `by_key`


def with_earlier_terms(lists: Sequence[PublishedList], acts: pd.DataFrame) -> PublishedList:
    """Return the newest list of a source, and with it the earlier terms that it leaves out.

    They stay until a list has those terms again. Their consents stand in brackets, as in a list
    that prints them.
    """
    newest = lists[-1]
    record = by_key(acts[acts["convention"] == newest.convention])
    earlier: list[Row] = []
    for before, after in pairwise(lists):
        old, new = by_key(before.acts), by_key(after.acts)
        sources = (record, _keyed(earlier), old, new)
        kept = [row for row in earlier if _is_apart(row, new, sources)]
        earlier = [*kept, *_left_out(old, new, sources)]
    if not earlier:
        return newest
    rows = pd.DataFrame(earlier, columns=newest.acts.columns).astype(dict(newest.acts.dtypes))
    rows["superseded"] |= rows["kind"] == CONSENT
    return replace(newest, acts=pd.concat([newest.acts, rows], ignore_index=True))


def left_out(before: PublishedList, after: PublishedList, acts: pd.DataFrame) -> list[Row]:
    """Return the acts of earlier terms that a list has and its follower leaves out.

    Those are acts after which the follower has another consent: consents that a withdrawal parts
    from all that were given by the follower, and withdrawals that a consent parts from all that
    it has.
    """
    old, new = by_key(before.acts), by_key(after.acts)
    return _left_out(old, new, (by_key(acts), old, new))


def _left_out(old: Acts, new: Acts, sources: Sequence[Acts]) -> list[Row]:
    found = []
    for (iso3, kind), rows in old.items():
        if kind not in (CONSENT, WITHDRAWAL):
            continue
        left = withdrawals_of(iso3, *sources)
        again, _ = divided(new.get((iso3, CONSENT), []), left)
        for row in divided(rows, left)[0]:
            ended = any(row["date"] <= consent["date"] for consent in again)
            if ended and _is_apart(row, new, sources):
                found.append(row)
    return found


def _is_apart(row: Row, new: Acts, sources: Sequence[Acts]) -> bool:
    """Return whether an act is of an earlier term than all of its kind that a list has."""
    key = (row["iso3"], kind_of(row["act"]))
    done, _ = divided(new.get(key, []), withdrawals_of(row["iso3"], *sources))
    between = partings(key, *sources)
    return all(parted(row, act, between) for act in done)


def _keyed(rows: Iterable[Row]) -> dict[Key, list[Row]]:
    found: dict[Key, list[Row]] = {}
    for row in rows:
        found.setdefault((row["iso3"], kind_of(row["act"])), []).append(row)
    return found
