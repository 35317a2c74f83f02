"""The page of changes: what became known of which state, by the day on which the data learnt it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING, Any

import pandas as pd

from adoption import tables
from adoption.core.acts import ACT_KINDS
from adoption.core.text import NOT_KNOWN, counted, listed, long_day, messages, when_short
from adoption.law.conventions import load_conventions
from adoption.press.html import text
from adoption.show.table import publisher_alone, source_links
from adoption.tables.names import load_participants

if TYPE_CHECKING:
    from adoption.refresh.diff import Event

MOST_ROWS = 6  # of one kind; more are folded into one
MOST_NAMES = 3  # of states whose rows are folded


@dataclass(frozen=True)
class ChangeRow:
    """What became known of a state, or of several for which the same did.

    Attributes
    ----------
    states : list of dict
        The name and the page of each; no text where it has none.
    what, when : str
        What it did or what was corrected, and the day or window.
    sources : list of dict
        The publisher of each, short and in full, and its address.
    days_of_states : list of str
        Of several states: the name and the day of each.
    """

    states: Sequence[Mapping[str, str]]
    what: str
    when: str
    sources: Sequence[Mapping[str, str]]
    days_of_states: Sequence[str] = ()

    @property
    def head(self) -> str:
        """The states in words."""
        names = [state["name"] for state in self.states]
        if len(names) == 1:
            return names[0]
        more = f"{len(names) - MOST_NAMES} more"
        first = listed([*names[:MOST_NAMES], more])
        return f"{counted(len(names), 'state')}: {first}"


@dataclass(frozen=True)
class TreatyChanges:
    """What became known of one treaty on a day: its rows, and counts that moved."""

    title: str
    page: str
    counts: str
    rows: Sequence[ChangeRow]


@dataclass(frozen=True)
class ChangedDay:
    """A day on which something became known for readers."""

    heading: str
    news: Sequence[str]
    treaties: Sequence[TreatyChanges]


def changed_days(events: pd.DataFrame, addresses: Mapping[str, str]) -> list[ChangedDay]:
    """Return the days on which readers learnt something, the newest first.

    The first record, of all that was known before, is none.

    Parameters
    ----------
    events : DataFrame
        What is recorded, as `adoption.refresh.events.read_events` returns it.
    addresses : mapping
        The page of each subject; no text without one.
    """
    from adoption.refresh.diff import Event  # slow to import
    from adoption.refresh.events import by_day

    recorded_days = [*by_day(events)]
    rows = events[events["day"].isin(recorded_days)]
    days = []
    for day, of_day in reversed([*rows.groupby("day")]):
        changes = [Event.of(row) for row in of_day.to_dict("records")]
        news = [event.text for event in changes if event.is_news]
        heading = long_day(date.fromisoformat(str(day)))
        days.append(ChangedDay(heading, news, _treaties(changes, addresses)))
    return days


def changes_lead(events: pd.DataFrame) -> str:
    """Say how many acts became known since the first record, and how many were looked at again."""
    from adoption.refresh.diff import ACT, NEW, Event

    acts = events[events["kind"] == ACT]
    later = acts[acts["day"] > events["day"].min()]
    fates = [Event.of(row).fate for row in later.to_dict("records")]
    if not fates:
        return str(text("changes_none"))
    since = long_day(date.fromisoformat(later["day"].min()))
    new = fates.count(NEW)
    old = len(fates) - new
    return str(text("changes_lead", since=since, new=counted(new, "act"), old=old))


def _treaties(changes: Sequence[Event], addresses: Mapping[str, str]) -> list[TreatyChanges]:
    """Return what changed of each treaty, in the order of the registry."""
    from adoption.refresh.diff import ACT, COUNT_NAMES, FATES, NEW, STATUS

    conventions = load_conventions()
    order = [NEW, *(fate for fate in reversed(FATES) if fate != NEW)]
    treaties = []
    for name in dict.fromkeys([*conventions, *(change.convention for change in changes)]):
        of_treaty = [change for change in changes if change.convention == name]
        acts = [change for change in of_treaty if change.kind == ACT]
        acts.sort(key=lambda act: (order.index(act.fate), act.act))
        counts = [
            f"{COUNT_NAMES[change.act]} as counted that day: {change.after or NOT_KNOWN}, "
            f"{change.before or NOT_KNOWN} before"
            for change in of_treaty
            if change.kind == STATUS and change.act in COUNT_NAMES
        ]
        if not acts and not counts:
            continue
        kinds = groupby(acts, key=lambda act: (act.fate, act.act))
        rows = [row for _, of_kind in kinds for row in _rows([*of_kind], addresses)]
        title = conventions[name].short_title if name in conventions else name
        page = addresses.get(f"treaty:{name}", "")
        treaties.append(TreatyChanges(title, page, "; ".join(counts), rows))
    return treaties


def _rows(acts: Sequence[Event], addresses: Mapping[str, str]) -> list[ChangeRow]:
    """Return a row an act, or where there are many of a kind one for all."""
    names = load_participants().names

    def state(act: Event) -> dict[str, str]:
        page = addresses.get(f"state:{act.participant}", "")
        return {"name": names.get(act.participant, act.participant), "page": page}

    acts = sorted(acts, key=lambda act: state(act)["name"])
    if len(acts) <= MOST_ROWS:
        return [ChangeRow([state(act)], _what(act), _when(act), _sources([act])) for act in acts]
    days = [f"{state(act)['name']}: {_when(act)}" for act in acts]
    return [ChangeRow([*map(state, acts)], _what(acts[0]), "", _sources(acts), days)]


def _what(act: Event) -> str:
    """Return what a state did, or what became of the record of it."""
    from adoption.refresh.diff import NEW, window_and_grade

    if act.fate != NEW:
        return f"{act.act} {messages()['changes_fates'][act.fate]}"
    did = ACT_KINDS[act.act].did
    _, grade = window_and_grade(act.after)
    return did if grade == "confirmed" else f"{did} ({messages()['changes_grades'][grade]})"


def _when(act: Event) -> str:
    """Return the day of an act or its window, and what it was before where that differs."""
    was, now = _day(act.before), _day(act.after)
    if not act.before or was == now:
        return now
    return f"{now} (was {was})" if act.after else f"(was {was})"


def _day(state: str) -> str:
    from adoption.refresh.diff import window_and_grade

    window, _ = window_and_grade(state)
    return when_short(*window) if window else NOT_KNOWN


def _sources(acts: Sequence[Event]) -> list[dict[str, Any]]:
    """Return the publishers of some acts, each once; who keeps a copy is told beside it."""
    listed_sources = {*tables.read("sources")["source"]}
    keys = [key for key in dict.fromkeys(act.source for act in acts) if key]
    parts = list[dict[str, str]]()
    for key in keys:
        if key not in listed_sources:  # it was renamed, or came in an act that is gone
            parts.append({"name": key, "full": key, "to": ""})
            continue
        for part in source_links(key).parts():
            short = publisher_alone(part["text"])
            parts.append({"name": short, "full": part["text"], "to": part.get("to", "")})
    unique = dict.fromkeys(tuple(part.items()) for part in parts)
    return [dict(part) for part in unique]
