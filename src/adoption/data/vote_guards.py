"""What must hold of published roll calls: a vote that was cast does not change."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

import pandas as pd

from adoption.data.exceptions import Violation
from adoption.data.fetched_votes import PublishedVotes


class Rules(NamedTuple):
    """What violations are called: an other vote, one that is gone, an other day."""

    other: str
    gone: str
    day: str


AGAINST_RECORD = Rules("vote-differs", "vote-not-published", "vote-day-differs")
BETWEEN = Rules("vote-changed", "vote-vanished", "vote-day-changed")
ALL_GONE, TOTAL, MEMBERS = "votes-vanished", "vote-total-differs", "number-of-members"


def vote_violations(
    compiled: pd.DataFrame, states: pd.DataFrame, every: Sequence[Sequence[PublishedVotes]]
) -> Iterator[Violation]:
    """Find where snapshots do not agree with the record, one another or themselves."""
    for snapshots in every:
        first, last = snapshots[0], snapshots[-1]
        yield from changed(compiled, first, AGAINST_RECORD)
        for before, after in pairwise(snapshots):
            yield from resolutions_gone(before, after)
            yield from changed(before.votes, after, BETWEEN)
        yield from totals_differ(last)
        yield from members_missing(last, states)


def changed(was: pd.DataFrame, now: PublishedVotes, rules: Rules) -> Iterator[Violation]:
    """Find other votes and other days of the same resolution."""
    was = was[was["resolution"].isin(now.votes["resolution"])].sort_values(["resolution", "iso3"])
    place = f"{now.place}: "
    key = ["resolution", "iso3"]
    both = was.merge(now.votes, on=key, how="left", suffixes=("_was", ""))
    for resolution, rows in both.groupby("resolution"):
        days = {f"{day:%Y-%m-%d}" for day in rows["date_was"].dropna()}
        new = {f"{day:%Y-%m-%d}" for day in rows["date"].dropna()}
        if new and days != new:
            found = (
                f"{', '.join(sorted(days))}, but {', '.join(sorted(new))} in the file of {now.day}"
            )
            yield Violation(rules.day, str(resolution), found, place)
    for row in both[both["vote"].isna()].itertuples():
        found = f"{row.vote_was}, not in the file of {now.day}"
        yield Violation(rules.gone, f"{row.resolution} {row.iso3}", found, place)
    for row in both[both["vote"].notna() & (both["vote"] != both["vote_was"])].itertuples():
        found = f"{row.vote_was}, but {row.vote} in the file of {now.day}"
        yield Violation(rules.other, f"{row.resolution} {row.iso3}", found, place)


def resolutions_gone(before: PublishedVotes, after: PublishedVotes) -> Iterator[Violation]:
    """Find resolutions that the next snapshot does not have; a person takes them along."""
    for resolution in sorted(set(before.votes["resolution"]) - set(after.votes["resolution"])):
        yield Violation(ALL_GONE, resolution, f"not on {after.day}", f"{after.place}: ")


def totals_differ(last: PublishedVotes) -> Iterator[Violation]:
    """Find printed totals that differ from a count of the votes."""
    for row in last.totals.to_dict("records"):
        votes = last.votes.loc[last.votes["resolution"] == row["resolution"], "vote"]
        counted = {"members": len(votes)} | {
            vote: int((votes == vote).sum()) for vote in ("yes", "no", "abstain", "absent")
        }
        for name, count in counted.items():
            if row[name] == row[name] and row[name] is not None and row[name] != count:
                found = f"printed {row[name]}, counted {count}"
                yield Violation(TOTAL, f"{row['resolution']} {name}", found, f"{last.place}: ")


def members_missing(last: PublishedVotes, states: pd.DataFrame) -> Iterator[Violation]:
    """Find roll calls that do not name each member of their year."""
    for resolution, rows in last.votes.groupby("resolution"):
        year = int(rows["date"].dt.year.min())
        since = states["un_member_since"]
        least, most = int((since < year).sum()), int((since <= year).sum())
        if not least <= len(rows) <= most:
            due = str(most) if least == most else f"{least} to {most}"
            found = f"{len(rows)}, {due} expected"
            yield Violation(MEMBERS, str(resolution), found, f"{last.place}: ")
