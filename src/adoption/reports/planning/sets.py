"""Entries of the report plan that stand for many pages: one for each member of a set."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from itertools import product
from typing import Any

from adoption import tables
from adoption.countries.groups import load_groups, slug
from adoption.data.dictionary import STATE_KINDS
from adoption.errors import AdoptionError, did_you_mean
from adoption.law.conventions import load_conventions

PLACE = re.compile(r"\{([^{}]*)\}")  # where the value of a parameter goes in a slug
Value = str | int | float | bool


def members() -> list[str]:
    """Return the ISO3 codes of the members of the United Nations, in order of name.

    Examples
    --------
    >>> members()[:3], len(members())
    (['AFG', 'ALB', 'DZA'], 193)
    """
    return _states("member")


def participants() -> list[str]:
    """Return the codes of all who can act on a convention, in order of name.

    Examples
    --------
    >>> sorted({*participants()} - {*members()})
    ['COK', 'EUE', 'NIU', 'PSE', 'VAT']
    """
    return _states(*STATE_KINDS)


def _states(*kinds: str) -> list[str]:
    states = tables.read("states")
    chosen = states[states["kind"].isin(kinds)]
    names = dict(zip(chosen["iso3"], chosen["name"], strict=True))
    return sorted(names, key=lambda iso3: slug(names[iso3]))


SETS: Mapping[str, Callable[[], list[str]]] = {
    "members": members,
    "participants": participants,
    "groups": lambda: list(load_groups()),
    "conventions": lambda: list(load_conventions()),
}


def expand(
    entry: Mapping[str, Any], where: str, sets: Mapping[str, Callable[[], list[str]]] = SETS
) -> list[dict[str, Any]]:
    """Return the entries of single pages that an entry stands for.

    Examples
    --------
    >>> entry = {"slug": "gci-{edition}", "each": {"edition": [2020, 2024]}}
    >>> [(page["slug"], page["parameters"]) for page in expand(entry, "page 1")]
    [('gci-2020', {'edition': 2020}), ('gci-2024', {'edition': 2024})]
    """
    each = entry.get("each", {})
    if not isinstance(each, dict) or ("each" in entry and not each):
        raise AdoptionError(
            f'{where}, each: names parameters and their values, as {{ country = "members" }}'
        )
    _check_places(entry.get("slug"), each, where)
    if not each:
        return [dict(entry)]
    given = entry.get("parameters", {})
    for name in each:
        if isinstance(given, dict) and name in given:
            raise AdoptionError(f"{where}, each.{name}: stands under parameters as well")
    values = [_values(each[name], f"{where}, each.{name}", sets) for name in each]
    return [
        _filled(entry, dict(zip(each, combination, strict=True)), where)
        for combination in product(*values)
    ]


def _check_places(template: object, each: Mapping[str, Any], where: str) -> None:
    places = PLACE.findall(template) if isinstance(template, str) else []
    for name in places:
        if name not in each:
            near = f"; {did_you_mean(name, each, 1)}" if each else ""
            raise AdoptionError(f"{where}, slug: {{{name}}} is not a parameter of each{near}")
    for name in each:
        if isinstance(template, str) and name not in places:
            raise AdoptionError(f"{where}, slug: lacks {{{name}}}, a parameter of each")


def _values(
    written: object, where: str, sets: Mapping[str, Callable[[], list[str]]]
) -> list[Value]:
    if isinstance(written, str):
        if written not in sets:
            raise AdoptionError(
                f"{where}: there is no set {written!r}; "
                f"{did_you_mean(written, sets, 1)} (all: {', '.join(sets)})"
            )
        return list(sets[written]())
    if not isinstance(written, list) or not written:
        raise AdoptionError(f"{where}: {written!r} is neither the name of a set nor some values")
    values = [value.isoformat() if isinstance(value, date) else value for value in written]
    for value in values:
        if not isinstance(value, Value):
            raise AdoptionError(f"{where}: {value!r} is not a plain value")
    return values


def _filled(entry: Mapping[str, Any], values: dict[str, Value], where: str) -> dict[str, Any]:
    page = {name: value for name, value in entry.items() if name != "each"}
    if isinstance(entry.get("slug"), str):
        parts = {name: slug(str(value)) for name, value in values.items()}
        for name, part in parts.items():
            if not part:
                raise AdoptionError(f"{where}, each.{name}: {values[name]!r} gives no slug")
        page["slug"] = PLACE.sub(lambda place: parts[place[1]], entry["slug"])
    given = entry.get("parameters", {})
    page["parameters"] = {**given, **values} if isinstance(given, dict) else given
    return page
