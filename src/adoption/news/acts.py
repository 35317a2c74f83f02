"""Acts as they stand in a table, and which of them were added, changed or removed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import pandas as pd

from adoption.errors import AdoptionError
from adoption.news.kinds import Act, ActChange
from adoption.news.tables import read_day


def read_acts(table: pd.DataFrame, name: str) -> list[Act]:
    """Return the acts of a table; where one was done again, `copy` numbers them by their days."""
    acts = [_act(row, name) for row in table.to_dict("records")]
    days: dict[tuple[str, str, str, int], set[date]] = {}
    for act in acts:
        days.setdefault(act.key, set()).add(_day(act))
    return [replace(a, copy=1 + sum(day < _day(a) for day in days[a.key])) for a in acts]


def _day(act: Act) -> date:
    return act.date or act.earliest or date.max


def _act(row: Mapping[Any, Any], name: str) -> Act:
    def day(column: str) -> date | None:
        whose = f"{row['convention']} {row['iso3']} {row['act']}"
        return read_day(row[column], f"{name}: {whose}, column {column}")

    return Act(
        convention=row["convention"], iso3=row["iso3"], act=row["act"],
        participant=row["participant"], date=day("date"), earliest=day("earliest"),
        latest=day("latest"), open_ended=row.get("open_ended") == "true", grade=row["grade"],
        source=row["source"], note=row["note"],
    )  # fmt: skip


def act_changes(old: Iterable[Act], new: Iterable[Act]) -> tuple[ActChange, ...]:
    """Return which acts were added, changed and removed, sorted by convention, state and act.

    Examples
    --------
    >>> signed = Act("hanoi", "QAT", "signature", grade="reported")
    >>> confirmed = Act("hanoi", "QAT", "signature", grade="confirmed")
    >>> [(c.change, c.fields) for c in act_changes([signed], [confirmed])]
    [('changed', ('grade',))]
    >>> act_changes([signed], [signed])
    ()
    """
    before, after = _by_name(old), _by_name(new)
    found = [
        change
        for name in sorted(before.keys() | after.keys())
        for change in _paired(before.get(name, []), after.get(name, []))
    ]
    return tuple(change for change in found if change.old != change.new)


def done_again(*sides: Iterable[Act]) -> frozenset[tuple[str, str, str]]:
    """Return the convention, who and what of acts that stand more than once on a side.

    Examples
    --------
    >>> acts = [Act("hanoi", "KEN", "accession", copy=copy) for copy in (1, 2)]
    >>> done_again(acts, acts[:1])
    frozenset({('hanoi', 'KEN', 'accession')})
    """
    return frozenset(act.key[:3] for acts in sides for act in acts if act.copy > 1)


def _by_name(acts: Iterable[Act]) -> dict[tuple[str, str, str], list[Act]]:
    """Return acts by convention, state and what was done, each in the order of its copies."""
    found: dict[tuple[str, str, str], list[Act]] = {}
    for act in sorted(acts, key=lambda act: act.key):
        alike = found.setdefault(act.key[:3], [])
        if alike and alike[-1].copy == act.copy:
            raise AdoptionError(f"acts: {' '.join(act.key[:3])} stands twice")
        alike.append(act)
    return found


def _paired(old: Sequence[Act], new: Sequence[Act]) -> Iterator[ActChange]:
    """Yield what became of acts of one name: one that stays is the one of the same day.

    Those that stay keep their number, so that an act which becomes known later, though it was
    done before, is not taken for another.
    """
    rest, come = list(old), list(new)
    pairs: list[tuple[Act, Act]] = []
    for same in (_when, None):
        for act in list(come):
            match = next((o for o in rest if same is None or same(o) == same(act)), None)
            if match:
                rest.remove(match)
                come.remove(act)
                pairs.append((match, act))
    taken = {was.copy for was in old}
    changes = [ActChange(was, replace(now, copy=was.copy)) for was, now in pairs]
    changes += [ActChange(was, None) for was in rest]
    for act in come:
        number = act.copy if act.copy not in taken else max(taken) + 1
        taken.add(number)
        changes.append(ActChange(None, replace(act, copy=number)))
    yield from sorted(changes, key=lambda change: change.act.copy)


def _when(act: Act) -> tuple[bool, date | None, date | None, date | None]:
    return act.superseded, act.date, act.earliest, act.latest
