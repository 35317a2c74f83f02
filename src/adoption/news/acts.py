"""Acts as they stand in a table, and which of them were added, changed or removed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

from adoption.errors import AdoptionError
from adoption.news.kinds import Act, ActChange
from adoption.news.tables import read_day

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import pandas as pd


def read_acts(table: pd.DataFrame, name: str) -> list[Act]:
    """Return the acts of a table; where one was done again, `copy` numbers them by their days.

    Parameters
    ----------
    table : DataFrame
        Of text, with the columns of the table `acts`; a raw one has no `open_ended`.
    name : str
        What errors call it.

    Raises
    ------
    AdoptionError
        For a day that is none.
    """
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

    Parameters
    ----------
    old, new : iterable of Act
        In any order.

    Raises
    ------
    AdoptionError
        If an act stands twice on one side.

    Examples
    --------
    >>> signed = Act("hanoi", "QAT", "signature", grade="reported")
    >>> confirmed = Act("hanoi", "QAT", "signature", grade="confirmed")
    >>> [(c.change, c.fields) for c in act_changes([signed], [confirmed])]
    [('changed', ('grade',))]
    >>> act_changes([signed], [signed])
    ()
    """
    before, after = _by_key(old), _by_key(new)
    found = (
        ActChange(before.get(key), after.get(key)) for key in sorted(before.keys() | after.keys())
    )
    return tuple(change for change in found if change.old != change.new)


def _by_key(acts: Iterable[Act]) -> dict[tuple[str, str, str, int], Act]:
    found: dict[tuple[str, str, str, int], Act] = {}
    for act in acts:
        if found.setdefault(act.key, act) is not act:
            raise AdoptionError(f"acts: {' '.join(map(str, act.key[:3]))} stands twice")
    return found
