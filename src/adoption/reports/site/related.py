"""Which pages a page leads to: the way back, its neighbours, what is about the same, the search."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from textwrap import shorten

import pandas as pd

from adoption import tables
from adoption.core.reading import remembered
from adoption.core.text import long_day, slug
from adoption.countries.groups import load_groups
from adoption.law.conventions import Convention, find_convention
from adoption.reports.plan import UNSET, Settings
from adoption.reports.site.frame import completed, parts_of, text
from adoption.reports.site.listing import HEAD, Entry
from adoption.reports.subjects import data_day_of, kind_of

OWN = ("compare", "analyses", "data", "about")  # pages of every report's own, and their messages
# What the menu leads to of the pages in front, by the notebook's own name for the kind of page.
MENU = {"Status map": "map", "Entry into force": "forecast", "Evidence": "evidence"}

GROUP_NAMES = tomllib.loads(Path(__file__).with_name("group_names.toml").read_text("utf-8"))
KINDS = ("country", "group", "convention", "")  # a state is found before a group of that name
# The kinds of page whose first table has a row an act, and a row a member.
LISTS_ACTS, LISTS_MEMBERS = "Status map", "Region brief"


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
    preview : str
        The name of the picture of the site, or no text.
    settings : Settings
        Where and by whom the report is published.
    """

    entries: Sequence[Entry]
    preview: str = ""
    settings: Settings = UNSET
    by_name: dict[str, str] = field(default_factory=dict)  # the slug of a subject's first page
    by_state: dict[str, str] = field(default_factory=dict)
    by_group: dict[str, str] = field(default_factory=dict)
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
            elif kind == "group":
                self.by_group.setdefault(load_groups()[values["group"]].group, entry.slug)
            elif kind == "convention":
                self.by_name.setdefault(find_convention(values["convention"]).label, entry.slug)
            if entry.subject.label:
                self.by_name.setdefault(entry.subject.label, entry.slug)

    def completed(self, html: str, page: str) -> str:
        """Return a page with the links of its frame and of its text; `page` is its slug."""
        entry = next((entry for entry in self.entries if entry.slug == page), None)
        before, after = self._neighbours(entry) if entry else (None, None)
        parts = parts_of(
            preview=self.preview, settings=self.settings, slug=page,
            page="" if page == "index" else f"{page}.html",
            title=entry.cited if entry else self._cited(page),
            day=data_day_of(entry.parameters if entry else {}), menu=self._menu(page),
            crumbs=self._crumbs(entry, page), related=self._related(entry) if entry else [],
            previous=before, next=after, reach=self._reach(),
        )  # fmt: skip
        names = {name: slug for name, slug in self.by_name.items() if slug != page}
        rows = self.by_rows | ({_lists(entry): page} if entry else {})  # its own before another's
        return completed(html, parts, self.by_state, names, rows)

    def _first_convention(self) -> Convention | None:
        """Return the first convention of the plan, which the front is about."""
        named = (e.parameters["convention"] for e in self.entries if "convention" in e.parameters)
        return next(map(find_convention, named), None)

    def _cited(self, page: str) -> str:
        """Return what a page without a notebook is called in a citation."""
        convention = self._first_convention() if page == "index" else None
        return text("cite_index", name=convention.short_title) if convention else text("site")

    def _reach(self) -> str:
        """Say how far the list of the first convention reaches; no text without one."""
        convention = self._first_convention()
        if convention is None or convention.complete_to is None:
            return ""
        day = long_day(convention.complete_to)
        return text("lists_reach", name=convention.short_title, day=day)

    def _menu(self, page: str) -> list[Link]:
        known = {entry.kicker: entry.slug for entry in reversed(self.entries) if not entry.section}
        fronts = {str(text(name)): known[kind] for kind, name in MENU.items() if kind in known}
        lists = {title.split(" and ")[0]: slug(title) for title in self.sections}  # one row
        own_pages = {str(text(name)): name for name in OWN}
        every = {**fronts, **lists, **own_pages}
        return [Link(title, f"{slug}.html", slug == page) for title, slug in every.items()]

    @property
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
        near = [
            other for other in (self._in_order if entry.listed_in else self.entries)
            if (other.listed_in, other.kicker) == (entry.listed_in, entry.kicker)
            or (not entry.listed_in and not other.listed_in and other.slug != HEAD)
        ]  # fmt: skip
        if entry not in near:
            return None, None
        place = near.index(entry)

        def link(number: int) -> Link | None:
            if not 0 <= number < len(near):
                return None
            name = near[number].short if entry.listed_in else near[number].title
            return Link(shorten(name, 60, placeholder="…"), f"{near[number].slug}.html")

        return link(place - 1), link(place + 1)

    @cached_property
    def _in_order(self) -> list[Entry]:
        """The pages by what they are about."""
        return sorted(self.entries, key=lambda entry: slug(entry.subject.label or entry.title))

    def _related(self, entry: Entry) -> list[tuple[str, list[Link]]]:
        values, about = entry.parameters, kind_of(entry.parameters)
        groups: list[tuple[str, list[Link]]] = []
        same = [
            other for other in self.entries
            if other.slug != entry.slug and other.slug != HEAD and entry.subject.label
            and other.subject.label == entry.subject.label
        ]  # fmt: skip
        if same:
            heading = text("same_subject", name=entry.subject.label)
            groups.append((heading, [_kind(other) for other in same]))
        if about == "country":
            of = [group for group in load_groups().values() if values["country"] in group.members]
            known = {group.name: self.by_group.get(group.group) for group in of}
            groups.append((text("groups"), _linked(known)))
            groups.append((text("compare"), [_comparison("states", values["country"])]))
        if about == "convention":
            convention = find_convention(values["convention"]).convention
            groups.append((text("compare"), [_comparison("treaties", convention)]))
        if about == "group":
            members = load_groups()[values["group"]].members
            labels = {entry.slug: entry.subject.label for entry in self.entries}
            slugs = [self.by_state[iso3] for iso3 in members if iso3 in self.by_state]
            groups.append((text("members"), _linked({labels[slug]: slug for slug in slugs})))
        maps = [e for e in self.entries if e.kicker == "Status map" and e.slug != entry.slug]
        if about in ("country", "convention"):
            groups.append((text("treaties"), _linked({e.subject.label: e.slug for e in maps})))
        if not entry.section and about != "country":
            front = [e for e in self.entries if not e.section and e.slug not in (HEAD, entry.slug)]
            groups.append((text("others"), [_kind(other) for other in front if other not in same]))
        return [(heading, links) for heading, links in groups if links]


def _linked(pages: Mapping[str, str | None]) -> list[Link]:
    """Return links to the pages that there are, in order of name."""
    links = [Link(name, f"{page}.html") for name, page in pages.items() if page]
    return sorted(links, key=lambda link: slug(link.text))


def _is_of_an_analysis(entry: Entry) -> bool:
    """Return whether a page about a group is not the group's own, which comes first."""
    return entry.kicker != LISTS_MEMBERS


def _lists(entry: Entry) -> str:
    """Return what the rows of a page's first table are about; no text where they are no acts."""
    if entry.kicker == LISTS_ACTS:
        return f"convention:{find_convention(entry.parameters['convention']).convention}"
    if entry.kicker == LISTS_MEMBERS:
        return f"group:{load_groups()[entry.parameters['group']].name}"
    return ""


def _kind(entry: Entry) -> Link:
    name = entry.kicker or entry.title
    about = entry.subject.label if entry.section or kind_of(entry.parameters) == "group" else ""
    return Link(": ".join(filter(None, (name, about))), f"{entry.slug}.html")


def _comparison(kind: str, code: str) -> Link:
    return Link(text("compare_with"), f"compare.html#{kind}={code}")


# What the search of every page knows


def search_script(entries: Sequence[Entry]) -> str:
    """Return a script with what is searched: pages opened from a disk cannot fetch.

    Each subject has its label, the page about it, its kind (a state first) and its names.
    """
    by_key: dict[tuple[str, ...], list[object]] = {}
    for entry in sorted(entries, key=_is_of_an_analysis):
        kind = kind_of(entry.parameters)
        if entry.slug == HEAD:
            continue
        if entry.subject.label and (entry.section or entry.also or kind != "convention"):
            key = (kind, entry.subject.label)
            names = [*entry.subject.names, *_more_names(kind, entry.parameters)]
            by_key.setdefault(key, _item(entry.subject.label, entry.slug, KINDS.index(kind), names))
        if not entry.section:
            names = [entry.kicker, text(MENU[entry.kicker]) if entry.kicker in MENU else ""]
            key = ("page", entry.kicker)
            by_key.setdefault(key, _item(entry.title, entry.slug, len(KINDS), names))
    for page in (*OWN, "changes"):
        by_key["own", page] = _item(text(page), page, len(KINDS), [page])
    items = json.dumps([*by_key.values()], ensure_ascii=False, separators=(",", ":"))
    return f"window.adoptionSearch={items};\n"


def _item(label: str, slug: str, kind: int, names: Sequence[str]) -> list[object]:
    return [label, f"{slug}.html", kind, list(dict.fromkeys(filter(None, (label, *names))))]


def _more_names(kind: str, values: Mapping[str, str]) -> list[str]:
    """Return what else a subject is called: a state in six languages, and by its other names."""
    if kind == "country":
        return _names_of_states().get(values["country"], [])
    if kind == "convention":
        convention = find_convention(values["convention"])
        titles = tables.read("treaty_titles").set_index("convention")["title"]
        return [convention.label, *titles[titles.index == convention.convention]]
    return GROUP_NAMES.get(load_groups()[values["group"]].group, []) if kind == "group" else []


@remembered
def _names_of_states() -> dict[str, list[str]]:
    both = [tables.read("names")[["iso3", "name"]]]
    both.append(tables.read("aliases")[["iso3", "alias"]].rename(columns={"alias": "name"}))
    return {str(iso3): [*names] for iso3, names in pd.concat(both).groupby("iso3")["name"]}
