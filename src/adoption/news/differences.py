"""How two states of the data differ: the unit of news."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

import pandas as pd

from adoption.law.conventions import Convention, load_conventions
from adoption.news.acts import act_changes, done_again, read_acts
from adoption.news.consequences import consequences
from adoption.news.kinds import Differences, Named, Total, TotalChange
from adoption.news.others import other_changes
from adoption.news.tables import data_day, in_text, read_day
from adoption.news.values import value_changes

__all__ = ["Differences", "differences"]

OLD, NEW = "the old build", "the new build"


def differences(
    old: Mapping[str, pd.DataFrame],
    new: Mapping[str, pd.DataFrame],
    conventions: Mapping[str, Convention] | None = None,
    *,
    called: tuple[str, str] = (OLD, NEW),
) -> Differences:
    """Return how the tables of a build differ from those of an earlier one."""
    before, after = in_text(old, called[0]), in_text(new, called[1])
    days = data_day(before, called[0]), data_day(after, called[1])
    rules = load_conventions() if conventions is None else conventions
    acts = read_acts(before["acts"], called[0]), read_acts(after["acts"], called[1])
    tables, schema = other_changes(before, after)
    return Differences(
        acts=act_changes(*acts),
        indicators=value_changes(before, after),
        totals=_total_changes(before, after, called),
        consequences=consequences(before, after, days, rules),
        tables=tables,
        schema=schema,
        old_day=days[0],
        new_day=days[1],
        states=_states(before) | _states(after),
        conventions={
            **{name: replace(was, source="") for name, was in _conventions(before).items()},
            **_conventions(after),
        },
        publishers=_publishers(before) | _publishers(after),
        done_again=done_again(*acts),
    )


def _states(tables: Mapping[str, pd.DataFrame]) -> dict[str, str]:
    return dict(zip(tables["states"]["iso3"], tables["states"]["name"], strict=True))


def _publishers(tables: Mapping[str, pd.DataFrame]) -> dict[str, str]:
    """Return who published each source; none where a build does not have them."""
    sources = tables.get("sources")
    if sources is None or not {"source", "publisher"} <= set(sources.columns):
        return {}
    return dict(zip(sources["source"], sources["publisher"], strict=True))


def _conventions(tables: Mapping[str, pd.DataFrame]) -> dict[str, Named]:
    def list_of(row: Mapping[Any, Any]) -> str:
        """Return the source of a convention where that is a list which was fetched."""
        source = str(row.get("source", ""))
        fetched = tables["snapshots"]["file"].str.startswith(f"data/raw/{source}/").any()
        return source if fetched else ""

    return {
        row["convention"]: Named(
            row["short_title"], row["label"], _number(row["threshold"]), list_of(row)
        )
        for row in tables["conventions"].to_dict("records")
    }


def _total_changes(
    old: Mapping[str, pd.DataFrame], new: Mapping[str, pd.DataFrame], called: tuple[str, str]
) -> tuple[TotalChange, ...]:
    before, after = _totals(old, called[0]), _totals(new, called[1])
    keys = sorted(before.keys() | after.keys(), key=lambda k: (k[0], str(k[1] or ""), k[2]))
    found = (TotalChange(*key, before.get(key), after.get(key)) for key in keys)
    return tuple(change for change in found if change.old != change.new)


def _totals(
    tables: Mapping[str, pd.DataFrame], build: str
) -> dict[tuple[str, date | None, str], Total]:
    place = f"{build}: table totals, column as_of"
    return {
        (row["convention"], read_day(row["as_of"], place), row["source"]): Total(
            _number(row["signatories"]), _number(row["parties"]), row["wording"]
        )
        for row in tables["totals"].to_dict("records")
    }


def _number(text: str) -> int | None:
    return int(text) if text.isdecimal() else None
