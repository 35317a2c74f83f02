"""Which pages a page leads to: the way back, its neighbours, what is about the same."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from functools import cached_property
from textwrap import shorten
from typing import Any, TypeVar

from adoption import tables
from adoption.core.text import long_day, messages, slug
from adoption.countries.groups import NICKNAMES, load_groups
from adoption.law.conventions import load_conventions
from adoption.law.held import find_treaty
from adoption.law.treaties import Treaty
from adoption.press.html import text
from adoption.press.plan import UNSET, Settings
from adoption.press.store import FAILED, picture_file
from adoption.site.lists import FRONT_PAGE, Entry
from adoption.site.subjects import kind_of_subject, subject_id

OWN_PAGES = (
    "compare",
    "analyses",
    "data",
    "about",
)  # pages of every report's own, and their messages
EVIDENCE, LATER = "11_evidence", "How far the lists reach"  # who has acted since stands there
# What the menu leads to of the pages in front, by the name of its notebook.
MENU = {"01_status_map": "map", "12_entry_into_force": "forecast", EVIDENCE: "evidence"}

# The notebooks whose first table has a row an act, and a row a member.
LISTS_ACTS, LISTS_MEMBERS = "01_status_map", "09_region_brief"
MOST_TREATIES = 50  # to which a page about one leads; of more, to the lists that name them
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
    by_subject: dict[str, str] = field(default_factory=dict)  # the slug of its first page
    by_rows: dict[str, str] = field(default_factory=dict)  # of the page that lists the acts on it

    def __post_init__(self) -> None:
        for entry in sorted(self.entries, key=is_of_an_analysis):
            values = entry.parameters
            if entry.slug == FRONT_PAGE:
                continue
            if about := _lists(entry):
                self.by_rows.setdefault(about, entry.slug)
            if subject := subject_id(values):
                self.by_subject.setdefault(subject, entry.slug)

    def of_page(self, name: str) -> dict[str, Any]:
        """Return what the links of a page say, by the name of its file, as plain data."""
        entry = self._by_slug.get(name.removesuffix(FAILED))
        page = entry.slug if entry else name
        before, after = self._neighbours(entry) if entry else (None, None)
        menu = [Link(title, f"{slug}.html", slug == page) for title, slug in self._in_menu.items()]
        related = self._related(entry) if entry else []
        # One record: what the links of a page say, as the template names them.
        return {
            "preview": picture_file(page if entry else "index"),
            "page": "" if page == "index" else f"{page}.html",
            "slug": page,
            "title": entry.cited if entry else self._cited(page),
            "menu": [asdict(link) for link in menu],
            "crumbs": [asdict(link) for link in self._crumbs(entry, page)],
            "related": [[heading, [asdict(link) for link in links]] for heading, links in related],
            "previous": before and asdict(before),
            "next": after and asdict(after),
            "reach": self._reach,
            "later": self._later(entry) if entry else "",
            "lists": _lists(entry) if entry else "",
            "feed": self._feed(entry) if entry else None,
        }

    def addresses(self) -> dict[str, str]:
        """Return the address of each subject, and of the list of its rows; "" without a page."""
        pages = self.by_subject | {f"rows:{about}": slug for about, slug in self.by_rows.items()}
        return _subjects() | {subject: f"{slug}.html" for subject, slug in pages.items()}

    @cached_property
    def feeds(self) -> dict[str, Entry]:
        """The subjects that have a feed, by id, each with the first page about it."""
        followed = {f"treaty:{name}" for name in load_conventions()}
        return {
            subject: self._by_slug[page]
            for subject, page in self.by_subject.items()
            if subject in followed or not subject.startswith("treaty:")
        }

    def _feed(self, entry: Entry) -> dict[str, str] | None:
        """Return the feed of what a page is about."""
        subject = subject_id(entry.parameters)
        if subject not in self.feeds:
            return None
        return {"title": feed_title(self.feeds[subject]), "href": feed_file(subject)}

    @cached_property
    def _by_slug(self) -> dict[str, Entry]:
        return {entry.slug: entry for entry in self.entries}

    @cached_property
    def _by_label(self) -> dict[str, list[Entry]]:
        """The pages about each subject."""
        return _grouped(self.entries, lambda entry: entry.subject.label)

    @cached_property
    def first_convention(self) -> Treaty | None:
        """The first convention of the plan, which the front is about."""
        named = (e.parameters["convention"] for e in self.entries if "convention" in e.parameters)
        return next(map(find_treaty, named), None)

    def _cited(self, page: str) -> str:
        """Return what a page without a notebook is called in a citation."""
        convention = self.first_convention if page == "index" else None
        return text("cite_index", name=convention.short_title) if convention else text("site")

    @cached_property
    def _reach(self) -> str:
        """How far the list of the first convention reaches; no text without one."""
        convention = self.first_convention
        if convention is None or convention.complete_to is None:
            return ""
        day = long_day(convention.complete_to)
        return text("lists_reach", name=convention.short_title, day=day)

    def _later(self, entry: Entry) -> str:
        """Return where a page tells who acted after the end of a list; no text without one."""
        convention = entry.parameters.get("convention")
        pages = (e for e in self.entries if e.notebook == EVIDENCE and e.slug != entry.slug)
        page = next((e for e in pages if e.parameters["convention"] == convention), None)
        return f"{page.slug}.html#{slug(LATER)}" if page else ""

    @cached_property
    def _in_menu(self) -> dict[str, str]:
        """The pages of the menu by their titles there."""
        titles = {
            entry.notebook: entry.slug for entry in reversed(self.entries) if not entry.section
        }
        fronts = {str(text(name)): titles[kind] for kind, name in MENU.items() if kind in titles}
        lists = {title.split(" and ")[0]: slug(title) for title in self.sections}  # one row
        return {**fronts, **lists, **{str(text(name)): name for name in OWN_PAGES}}

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
        elif entry and entry.slug != FRONT_PAGE:
            way.append(Link(text("analyses"), "analyses.html"))
        return way

    def _neighbours(self, entry: Entry) -> tuple[Link | None, Link | None]:
        """Return the pages before and after in the same list, of the same kind."""
        near, places = self._lists_of_pages[_list_of(entry)]
        index = places[entry.slug]

        def link(number: int) -> Link | None:
            if not 0 <= number < len(near) or near[number].slug == FRONT_PAGE:
                return None
            name = near[number].short if entry.listed_in else near[number].title
            return Link(shorten(name, 60, placeholder="…"), f"{near[number].slug}.html")

        return link(index - 1), link(index + 1)

    @cached_property
    def _lists_of_pages(self) -> dict[tuple[str, str], tuple[list[Entry], dict[str, int]]]:
        """The pages of each list in its order, by what they are about, and the place of each."""
        in_order = sorted(self.entries, key=_by_subject)
        return {
            key: (pages, {entry.slug: index for index, entry in enumerate(pages)})
            for key, pages in _grouped(in_order, _list_of).items()
        }

    def _related(self, entry: Entry) -> list[tuple[str, list[Link]]]:
        values, about = entry.parameters, kind_of_subject(entry.parameters)
        groups: list[tuple[str, list[Link]]] = []
        if feed := self._feed(entry):
            news_links = (
                Link(feed["title"], feed["href"]),
                Link(text("follow_how"), "data.html#news"),
            )
            groups.append((text("follow"), [*news_links]))
        about_it = self._by_label[entry.subject.label] if entry.subject.label else []
        same = {
            other.slug: other for other in about_it if other.slug not in (entry.slug, FRONT_PAGE)
        }
        if same:
            heading = text("same_subject", name=entry.subject.label)
            groups.append((heading, [*map(_kind, same.values())]))
        if about == "country":
            of = [group for group in load_groups().values() if values["country"] in group.members]
            slugs_of_groups = {
                group.name: self.by_subject.get(f"group:{group.group}") for group in of
            }
            groups.append((text("groups"), _linked(slugs_of_groups)))
            if member_states := NICKNAMES.get(slug(entry.subject.label)):  # of the European Union
                page = self.by_subject.get(f"group:{member_states}")
                name = load_groups()[member_states].name
                groups.append((text("member_states"), _linked({name: page})))
            groups.append((text("compare"), [_comparison("states", values["country"])]))
        if about == "convention":
            convention = find_treaty(values["convention"]).convention
            compared = [_comparison("treaties", convention), *self._overlap(convention)]
            groups.append((text("compare"), compared))
            label, lists = (
                entry.subject.label,
                [e for e in self.entries if e.notebook == LISTS_ACTS],
            )
            further = [listing for listing in lists if listing.subject.label != label]
            maps = _linked({other.subject.label: other.slug for other in further})
            if len(maps) > MOST_TREATIES:
                maps = [Link(name, f"{slug(name)}.html") for name in _lists_of(further)]
            groups.append((text("treaties"), maps))
        if about == "group":
            group = load_groups()[values["group"]]
            groups.append((text("map"), self._maps_of(group.group)))
            voted = Link(text("compare_voted"), f"compare.html#group={group.group}")
            groups.append((text("compare"), [voted]))
        if not entry.section and about != "country":
            listed = {*same, entry.slug, FRONT_PAGE}
            further = [e for e in self.entries if not e.section and e.slug not in listed]
            groups.append((text("others"), [*map(_kind, further)]))
        return [(heading, links) for heading, links in groups if links]

    def _overlap(self, convention: str) -> list[Link]:
        """Return the list of states bound by a convention that have signed the first one."""
        first = self.first_convention
        if first is None or first.convention == convention:
            return []
        both = f"{convention},{first.convention}"
        words = text("compare_overlap", name=first.short_title)
        return [Link(words, f"compare.html#treaties={both}&where=bound,signed")]

    def _maps_of(self, group: str) -> list[Link]:
        """Return the map of the first convention with the states of a group alone."""
        convention = self.first_convention
        page = self.by_rows.get(f"convention:{convention.convention}") if convention else None
        if not convention or not page:
            return []
        words = text("map_of", name=convention.short_title)
        return [Link(words, f"{page}.html#region={group}")]


def feed_title(page: Entry) -> str:
    """Return what the feed is called of the subject that a page is about."""
    return str(messages()["feed_of"]).format(name=page.subject.label)


def feed_file(subject: str) -> str:
    """Return the place of the feed of a subject in the site.

    Examples
    --------
    >>> feed_file("state:QAT")
    'feeds/state-qat.xml'
    """
    return f"feeds/{subject.lower().replace(':', '-')}.xml"


def _subjects() -> dict[str, str]:
    """Return every subject that a link may name, without an address."""
    groups, conventions = load_groups().values(), load_conventions()
    names = [f"state:{iso3}" for iso3 in tables.read("states")["iso3"]]
    names += [
        name for group in groups for name in (f"group:{group.group}", f"rows:group:{group.name}")
    ]
    names += [
        name
        for convention in conventions
        for name in (f"treaty:{convention}", f"rows:convention:{convention}")
    ]
    return dict.fromkeys(names, "")


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
    return entry.slug != FRONT_PAGE, slug(about) if entry.listed_in else ""


def _lists_of(entries: Iterable[Entry]) -> list[str]:
    """Return the titles of the lists that name some pages."""
    return list(dict.fromkeys(entry.listed_in for entry in entries if entry.listed_in))


def is_of_an_analysis(entry: Entry) -> bool:
    """Return whether a page about a group is not the group's own, which comes first."""
    return entry.notebook != LISTS_MEMBERS


def _lists(entry: Entry) -> str:
    """Return what the rows of a page's first table are about; no text where they are no acts."""
    if entry.notebook == LISTS_ACTS:
        return f"convention:{find_treaty(entry.parameters['convention']).convention}"
    if entry.notebook == LISTS_MEMBERS:
        return f"group:{load_groups()[entry.parameters['group']].name}"
    return ""


def _kind(entry: Entry) -> Link:
    about = (
        entry.subject.label if entry.section or kind_of_subject(entry.parameters) == "group" else ""
    )
    return Link(": ".join(filter(None, (entry.kicker or entry.title, about))), f"{entry.slug}.html")


def _comparison(kind: str, code: str) -> Link:
    return Link(text("compare_with"), f"compare.html#{kind}={code}")
