"""The terms of a participant that a list leaves out because it has a later one.

A list may print of each participant only what holds now: who was bound, withdrew and is bound
again stands in it with the new consent alone. What the lists before it said of the earlier term
is no less true, and is no day that was corrected.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

import pandas as pd

from adoption.build.lists import CONSENT
from adoption.build.standing import by_key, divided, parted, partings, withdrawals_of
from adoption.dictionary import WITHDRAWAL

if TYPE_CHECKING:
    from collections.abc import Sequence

    from adoption.build.lists import PublishedList
    from adoption.status import Row


def with_earlier_terms(lists: Sequence[PublishedList], acts: pd.DataFrame) -> PublishedList:
    """Return the newest list of a source, and with it the earlier terms that it leaves out.

    Parameters
    ----------
    lists : sequence of PublishedList
        The lists of a source, the oldest first.
    acts : DataFrame
        The table `acts` from all other sources: their withdrawals part terms too.
    """
    newest, *_ = lists
    own = acts[acts["convention"] == newest.convention]
    for _, one in pairwise(lists):
        rows = left_out(newest, one, own)
        earlier = pd.DataFrame(rows, columns=one.acts.columns).astype(dict(one.acts.dtypes))
        every = pd.concat([one.acts, earlier], ignore_index=True) if rows else one.acts
        newest = replace(one, acts=every)
    return newest


def left_out(before: PublishedList, after: PublishedList, acts: pd.DataFrame) -> list[Row]:
    """Return the acts of earlier terms that a list has and its follower leaves out.

    Those are consents that a withdrawal parts from all that the follower has of the participant,
    and withdrawals after which it has another consent.

    Parameters
    ----------
    before, after : PublishedList
        Two lists of a source that follow each other.
    acts : DataFrame
        Acts on the convention from other sources.
    """
    record, old, new = by_key(acts), by_key(before.acts), by_key(after.acts)
    found = []
    for (iso3, kind), rows in old.items():
        if kind not in (CONSENT, WITHDRAWAL):
            continue
        between = partings((iso3, kind), record, old, new)
        left = withdrawals_of(iso3, record, old, new)
        done, _ = divided(new.get((iso3, kind), []), left)
        again, _ = divided(new.get((iso3, CONSENT), []), left)
        for row in divided(rows, left)[0]:
            ended = any(row["date"] <= consent["date"] for consent in again)
            if ended and all(parted(row, act, between) for act in done):
                found.append(row)
    return found
