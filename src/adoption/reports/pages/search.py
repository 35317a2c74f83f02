"""What the search of every page knows: each subject, its names, and the page about it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

import pandas as pd

from adoption import tables
from adoption.law.conventions import find_convention
from adoption.reading import remembered
from adoption.reports.pages.frame import text
from adoption.reports.pages.listing import HEAD, Entry
from adoption.reports.pages.related import MENU, OWN

KINDS = ("country", "group", "convention")  # a state is found before a group of that name


def search_script(entries: Sequence[Entry]) -> str:
    """Return a script with what is searched: pages opened from a disk cannot fetch.

    Each subject has its label, the page about it, its kind (a state first) and its names.
    """
    found: dict[tuple[str, ...], list[object]] = {}
    for entry in entries:
        kind = next((kind for kind in KINDS if kind in entry.parameters), "")
        if entry.slug == HEAD:
            continue
        if entry.subject.label and (entry.section or entry.also or kind != "convention"):
            key = (kind, entry.subject.label)
            names = [
                entry.subject.label,
                *entry.subject.names,
                *_more_names(kind, entry.parameters),
            ]
            found.setdefault(key, _item(entry.subject.label, entry.slug, KINDS.index(kind), names))
        if not entry.section:
            names = [entry.title, entry.kicker]
            if entry.kicker in MENU:
                names.append(text(MENU[entry.kicker]))
            key = ("page", entry.kicker)
            found.setdefault(key, _item(entry.title, entry.slug, len(KINDS), names))
    for slug, message in OWN.items():
        found["own", slug] = _item(text(message), slug, len(KINDS), [slug])
    items = json.dumps([*found.values()], ensure_ascii=False, separators=(",", ":"))
    return f"window.adoptionSearch={items};\n"


def _item(label: str, slug: str, kind: int, names: Sequence[str]) -> list[object]:
    return [label, f"{slug}.html", kind, list(dict.fromkeys(filter(None, names)))]


def _more_names(kind: str, values: Mapping[str, str]) -> list[str]:
    """Return what else a subject is called: a state in six languages, and by its other names."""
    if kind == "country":
        return _names_of_states().get(values["country"], [])
    return [find_convention(values["convention"]).label] if kind == "convention" else []


@remembered
def _names_of_states() -> dict[str, list[str]]:
    both = [tables.read("names")[["iso3", "name"]]]
    both.append(tables.read("aliases")[["iso3", "alias"]].rename(columns={"alias": "name"}))
    return {str(iso3): [*names] for iso3, names in pd.concat(both).groupby("iso3")["name"]}
