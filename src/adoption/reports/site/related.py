"""Which pages a page leads to: the way back, its neighbours, what is about the same, the search."""

from __future__ import annotations

import json
import tomllib
from collections import ChainMap
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from textwrap import shorten
from typing import TypeVar

import pandas as pd

from adoption import tables
from adoption.core.reading import remembered
from adoption.core.text import long_day, slug
from adoption.countries.groups import load_groups
from adoption.law.held import find_treaty
from adoption.law.treaties import Treaty
from adoption.reports.plan import UNSET, Settings
from adoption.reports.runs import picture_file
from adoption.reports.site.frame import completed, parts_of, text
from adoption.reports.site.listing import HEAD, Entry
from adoption.reports.subjects import data_day_of, kind_of

OWN = ("compare", "analyses", "data", "about")  # pages of every report's own, and their messages
# What the menu leads to of the pages in front, by the notebook's own name for the kind of page.
MENU = {"Status map": "map", "Entry into force": "forecast", "Evidence": "evidence"}

GROUP_NAMES, SEARCH = (
    tomllib.loads(Path(__file__).with_name(name).read_text("utf-8"))
    for name in ("group_names.toml", "search.toml")
)
KINDS = ("country", "group", "convention", "")  # a state is found before a group of that name
# The kinds of page whose first table has a row an act, and a row a member.
LISTS_ACTS, LISTS_MEMBERS = "Status map", "Region brief"
Key = TypeVar("Key")


@dataclass(frozen=True)
class Link:
    """A link of the frame."""

    text: str
    href: str
    current: bool = False


@dataclass(frozen=True)
class Links:
    """How the pages of a report lead to each other.

    Attributes
    ----------
    entries : sequence of Entry
        All pages, in the order of the plan.
    settings : Settings
        Where and by whom the report is published.
    """

    entries: Sequence[Entry]
    settings: Settings = UNSET
    by_name: dict[str, str] = field(default_factory=dict)  # the slug of a subject's first page
    by_state: dict[str, str] = field(default_factory=dict)
    by_rows: dict[str, str] = field(default_factory=dict)  # of the page that lists the acts on it

    def __post_init__(self) -> None:
        for entry in sorted(self.entries, key=_is_of_an_analysis):
            values, kind = entry.parameters, kind_of(entry.parameters)
            if entry.slug == HEAD:
                continue
            if about := _lists(entry):
                self.by_rows.setdefault(about, entry.slug)
            if kind == "country":
                self.by_state.setdefault(values["country"], entry.slug)
            elif kind == "convention":
                self.by_name.setdefault(find_treaty(values["convention"]).label, entry.slug)
            if entry.subject.label:
                self.by_name.setdefault(entry.subject.label, entry.slug)

    def completed(self, html: str, page: str) -> str:
        """Return a page with the links of its frame and of its text; `page` is its slug."""
        entry = self._by_slug.get(page)
        before, after = self._neighbours(entry) if entry else (None, None)
        menu = [Link(title, f"{name}.html", name == page) for title, name in self._in_menu.items()]
        parts = parts_of(
            preview=picture_file(page if entry else "index"),
            settings=self.settings,
            slug=page,
            page="" if page == "index" else f"{page}.html",
            title=entry.cited if entry else self._cited(page),
            day=data_day_of(entry.parameters if entry else {}),
            menu=menu,
            crumbs=self._crumbs(entry, page),
            related=self._related(entry) if entry else [],
            previous=before,
            next=after,
            reach=self._reach,
        )
        # Its own rows come before another's.
        rows = ChainMap({_lists(entry): page} if entry else {}, self.by_rows)
        return completed(html, parts, self.by_state, self.by_name, rows, page)

    @cached_property
    def _by_slug(self) -> dict[str, Entry]:
        return {entry.slug: entry for entry in self.entries}

    @cached_property
    def _by_label(self) -> dict[str, list[Entry]]:
        """The pages about each subject."""
        return _grouped(self.entries, lambda entry: entry.subject.label)

    @cached_property
    def _first_convention(self) -> Treaty | None:
        """The first convention of the plan, which the front is about."""
        named = (e.parameters["convention"] for e in self.entries if "convention" in e.parameters)
        return next(map(find_treaty, named), None)

    def _cited(self, page: str) -> str:
        """Return what a page without a notebook is called in a citation."""
        convention = self._first_convention if page == "index" else None
        return text("cite_index", name=convention.short_title) if convention else text("site")

    @cached_property
    def _reach(self) -> str:
        """How far the list of the first convention reaches; no text without one."""
        convention = self._first_convention
        if convention is None or convention.complete_to is None:
            return ""
        day = long_day(convention.complete_to)
        return text("lists_reach", name=convention.short_title, day=day)

    @cached_property
    def _in_menu(self) -> dict[str, str]:
        """The pages of the menu by their titles there."""
        known = {entry.kicker: entry.slug for entry in reversed(self.entries) if not entry.section}
        fronts = {str(text(name)): known[kind] for kind, name in MENU.items() if kind in known}
        lists = {title.split(" and ")[0]: slug(title) for title in self.sections}  # one row
        return {**fronts, **lists, **{str(text(name)): name for name in OWN}}

    @cached_property
    def sections(self) -> list[str]:
        """The titles of the lists, in the order of the plan."""
        return list(dict.fromkeys(entry.section for entry in self.entries if entry.section))

    def _crumbs(self, entry: Entry | None, page: str) -> list[Link]:
        if page == "index":
            return []
        way = [Link(text("home"), "index.html")]
        if entry and entry.listed_in in self.sections:
            way.append(Link(entry.listed_in, f"{slug(entry.listed_in)}.html"))
            if entry.subject.under:
                anchor = f"{slug(entry.listed_in)}-{slug(entry.subject.under)}"
                way.append(Link(entry.subject.under, f"{slug(entry.listed_in)}.html#{anchor}"))
        elif entry and entry.slug != HEAD:
            way.append(Link(text("analyses"), "analyses.html"))
        return way

    def _neighbours(self, entry: Entry) -> tuple[Link | None, Link | None]:
        """Return the pages before and after in the same list, of the same kind."""
        near, places = self._lists_of_pages[_list_of(entry)]
        place = places[entry.slug]

        def link(number: int) -> Link | None:
            if not 0 <= number < len(near) or near[number].slug == HEAD:
                return None
            name = near[number].short if entry.listed_in else near[number].title
            return Link(shorten(name, 60, placeholder="…"), f"{near[number].slug}.html")

        return link(place - 1), link(place + 1)

    @cached_property
    def _lists_of_pages(self) -> dict[tuple[str, str], tuple[list[Entry], dict[str, int]]]:
        """The pages of each list in its order, by what they are about, and the place of each."""
        in_order = sorted(self.entries, key=_by_subject)
        return {
            key: (pages, {entry.slug: place for place, entry in enumerate(pages)})
            for key, pages in _grouped(in_order, _list_of).items()
        }

    def _related(self, entry: Entry) -> list[tuple[str, list[Link]]]:
        values, about = entry.parameters, kind_of(entry.parameters)
        groups: list[tuple[str, list[Link]]] = []
        about_it = self._by_label[entry.subject.label] if entry.subject.label else []
        same = {other.slug: other for other in about_it if other.slug not in (entry.slug, HEAD)}
        if same:
            heading = text("same_subject", name=entry.subject.label)
            groups.append((heading, [*map(_kind, same.values())]))
        if about == "country":
            of = [group for group in load_groups().values() if values["country"] in group.members]
            known = {group.name: self.by_name.get(group.name) for group in of}
            groups.append((text("groups"), _linked(known)))
            groups.append((text("compare"), [_comparison("states", values["country"])]))
        if about == "convention":
            convention = find_treaty(values["convention"]).convention
            groups.append((text("compare"), [_comparison("treaties", convention)]))
            others = [e for e in self.entries if e.kicker == LISTS_ACTS and e.slug != entry.slug]
            maps = {other.subject.label: other.slug for other in others}
            groups.append((text("treaties"), _linked(maps)))
        if about == "group":
            members = load_groups()[values["group"]].members
            slugs = [self.by_state[iso3] for iso3 in members if iso3 in self.by_state]
            labels = {self._by_slug[slug].subject.label: slug for slug in slugs}
            groups.append((text("members"), _linked(labels)))
        if not entry.section and about != "country":
            listed = {*same, entry.slug, HEAD}
            others = [e for e in self.entries if not e.section and e.slug not in listed]
            groups.append((text("others"), [*map(_kind, others)]))
        return [(heading, links) for heading, links in groups if links]


def _linked(pages: Mapping[str, str | None]) -> list[Link]:
    """Return links to the pages that there are, in order of name."""
    links = [Link(name, f"{page}.html") for name, page in pages.items() if page]
    return sorted(links, key=lambda link: slug(link.text))


def _grouped(entries: Iterable[Entry], key: Callable[[Entry], Key]) -> dict[Key, list[Entry]]:
    groups: dict[Key, list[Entry]] = {}
    for entry in entries:
        groups.setdefault(key(entry), []).append(entry)
    return groups


def _list_of(entry: Entry) -> tuple[str, str]:
    """Return the list in which a page has its neighbours: those of its kind, or all in front."""
    return entry.listed_in, entry.kicker if entry.listed_in else ""


def _by_subject(entry: Entry) -> tuple[bool, str]:
    """Order pages: that of the index, those in front as they come, others by their subjects."""
    about = entry.subject.label or entry.title
    return entry.slug != HEAD, slug(about) if entry.listed_in else ""


def _is_of_an_analysis(entry: Entry) -> bool:
    """Return whether a page about a group is not the group's own, which comes first."""
    return entry.kicker != LISTS_MEMBERS


def _lists(entry: Entry) -> str:
    """Return what the rows of a page's first table are about; no text where they are no acts."""
    if entry.kicker == LISTS_ACTS:
        return f"convention:{find_treaty(entry.parameters['convention']).convention}"
    if entry.kicker == LISTS_MEMBERS:
        return f"group:{load_groups()[entry.parameters['group']].name}"
    return ""


def _kind(entry: Entry) -> Link:
    about = entry.subject.label if entry.section or kind_of(entry.parameters) == "group" else ""
    return Link(": ".join(filter(None, (entry.kicker or entry.title, about))), f"{entry.slug}.html")


def _comparison(kind: str, code: str) -> Link:
    return Link(text("compare_with"), f"compare.html#{kind}={code}")


# What the search of every page knows


def search_script(entries: Sequence[Entry], terms: Sequence[str] = ()) -> str:
    """Return a script with what is searched: pages opened from a disk cannot fetch.

    Each subject has its label, its address, its kind and its names. A state comes first, and the
    convention that the report is about; what has no page has a line that says why.
    """
    by_key: dict[tuple[str, ...], list[object]] = {}
    first = next((e.parameters["convention"] for e in entries if "convention" in e.parameters), "")
    for entry in sorted(entries, key=_is_of_an_analysis):
        kind = kind_of(entry.parameters)
        if entry.slug == HEAD:
            continue
        if entry.subject.label and (entry.section or entry.also or kind != "convention"):
            key, place = (kind, entry.subject.label), KINDS.index(kind)
            names = [*entry.subject.names, *_more_names(kind, entry.parameters)]
            place = 0 if kind == "convention" and entry.parameters[kind] == first else place
            by_key.setdefault(key, _item(entry.subject.label, entry.slug, place, names))
        if not entry.section:
            names = [entry.kicker, text(MENU[entry.kicker]) if entry.kicker in MENU else ""]
            names += SEARCH["pages"].get(entry.slug, [])
            key = ("page", entry.kicker)
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
    both.append(tables.read("aliases")[["iso3", "alias"]].rename(columns={"alias": "name"}))
    return {str(iso3): [*names] for iso3, names in pd.concat(both).groupby("iso3")["name"]}
