"""What the search of every page knows: subjects by all their names, pages, terms."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path

import pandas as pd

from adoption import tables
from adoption.core.reading import remembered
from adoption.core.text import slug
from adoption.countries.groups import load_groups
from adoption.law.held import find_treaty
from adoption.press.html import text
from adoption.site.links import MENU, OWN, is_of_an_analysis
from adoption.site.lists import HEAD, Entry
from adoption.site.subjects import kind_of

GROUP_NAMES, SEARCH = (
    tomllib.loads(Path(__file__).with_name(name).read_text("utf-8"))
    for name in ("group_names.toml", "search.toml")
)
KINDS = ("country", "group", "convention", "")  # a state is found before a group of that name


def search_script(entries: Sequence[Entry], terms: Sequence[str] = ()) -> str:
    """Return a script with what is searched: pages opened from a disk cannot fetch.

    Each subject has its label, its address, its kind and its names. A state comes first, and the
    convention that the report is about; what has no page has a line that says why.
    """
    by_key: dict[tuple[str, ...], list[object]] = {}
    first = next((e.parameters["convention"] for e in entries if "convention" in e.parameters), "")
    for entry in sorted(entries, key=is_of_an_analysis):
        kind = kind_of(entry.parameters)
        if entry.slug == HEAD:
            continue
        if entry.subject.label and (entry.section or entry.also or kind != "convention"):
            key = (kind, entry.subject.label)
            place = KINDS.index(kind)
            names = [*entry.subject.names, *_more_names(kind, entry.parameters)]
            place = 0 if kind == "convention" and entry.parameters[kind] == first else place
            by_key.setdefault(key, _item(entry.subject.label, entry.slug, place, names))
        if not entry.section:
            names = [entry.kicker, text(MENU[entry.notebook]) if entry.notebook in MENU else ""]
            names += SEARCH["pages"].get(entry.slug, [])
            key = ("page", entry.notebook)
            by_key.setdefault(key, _item(entry.title, entry.slug, len(KINDS), names))
    for page in (*OWN, "changes"):
        names = [page, *SEARCH["pages"].get(page, [])]
        by_key["own", page] = _item(text(page), page, len(KINDS), names)
    items = [*by_key.values()]
    parts = {part: names for part, names in SEARCH["pages"].items() if "#" in part}
    items += [[names[0].capitalize(), part, len(KINDS), names] for part, names in parts.items()]
    for term in terms:
        names = [*term.split(", "), *SEARCH["terms"].get(term, [])]
        address = f"about.html#term-{slug(term)}"
        items.append([text("glossary_term", term=term), address, len(KINDS) + 1, names])
    items += [
        [none["why"].format(name=name), "about.html#no-page", 0, [name]]
        for none in SEARCH["none"]
        for name in none["names"]
    ]
    written = json.dumps(items, ensure_ascii=False, separators=(",", ":"))
    return f"window.adoptionSearch={written};\n"


def _item(label: str, slug: str, kind: int, names: Sequence[str]) -> list[object]:
    return [label, f"{slug}.html", kind, list(dict.fromkeys(filter(None, (label, *names))))]


def _more_names(kind: str, values: Mapping[str, str]) -> list[str]:
    """Return what else a subject is called: a state in six languages, and by its other names."""
    if kind == "country":
        code = values["country"]
        return [*_names_of_states().get(code, []), *SEARCH["states"].get(code, [])]
    if kind == "convention":
        convention = find_treaty(values["convention"])
        titles = tables.read("treaty_titles").set_index("convention")["title"]
        titles = titles[titles.index == convention.convention]
        names = [convention.label, getattr(convention, "adopted_by", None) or "", *titles]
        return [*names, *SEARCH["conventions"].get(convention.convention, [])]
    return GROUP_NAMES.get(load_groups()[values["group"]].group, []) if kind == "group" else []


@remembered
def _names_of_states() -> dict[str, list[str]]:
    both = [tables.read("names")[["iso3", "name"]]]
    aliases = tables.read("aliases")[["iso3", "alias"]]
    both.append(aliases.rename(columns={"alias": "name"}))
    by_state = pd.concat(both).groupby("iso3")["name"]
    return {str(iso3): [*names] for iso3, names in by_state}
