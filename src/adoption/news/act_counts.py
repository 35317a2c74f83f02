"""What became of the acts that are news, to be counted for the one line of the summary."""

from __future__ import annotations

from adoption.news.counts import CONFIRMED, CORRECTED, Event
from adoption.news.kinds import ActChange, Differences


def act_events(differences: Differences) -> list[Event]:
    """Return what became of each act that is news."""
    return [
        Event("act", change.act.convention, change.act.act, _fate(change))
        for change in differences.acts
        if change.is_news
    ]


def _fate(change: ActChange) -> str:
    """Return the word for what became of an act."""
    if change.old is None or change.new is None:
        return change.change
    is_confirmed = change.old.grade != change.new.grade == "confirmed"
    return CONFIRMED if is_confirmed else CORRECTED
