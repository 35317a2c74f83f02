"""What the search of every page knows: subjects by all their names, pages, terms."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence, Set
from pathlib import Path
from typing import Any

import pandas as pd

from adoption import tables
from adoption.core.reading import remembered
from adoption.core.text import long_day, slug
from adoption.countries.groups import load_groups
from adoption.law.conventions import find_convention, load_conventions
from adoption.law.held import find_treaty
from adoption.press.document import Document, FigureBlock, TableBlock, TextBlock
from adoption.press.html import text
from adoption.site.links import MENU, OWN_PAGES, is_of_an_analysis
from adoption.site.lists import FRONT_PAGE, Entry, pages_by
from adoption.site.subjects import kind_of_subject

GROUP_NAMES, SEARCH = (
    tomllib.loads(Path(__file__).with_name(name).read_text("utf-8"))
    for name in ("group_names.toml", "search.toml")
)
Item = list[Any]  # label, address, kind, names
NO_PAGE, TELLS_RULE = "about.html#no-page", "12_entry_into_force"
ARTICLE_NUMBER = re.compile(r"art\. (\d+)")
URL = re.compile(r"https?://[^\s)]+")
MIN_LETTERS, MIN_INITIALS = 3, 3
KINDS_IN_ORDER = (
    "country",
    "group",
    "convention",
    "",
)  # a state is found before a group of that name


def search_script(
    entries: Sequence[Entry], terms: Sequence[str] = (), said: Mapping[str, Set[str]] | None = None
) -> str:
    """Return a script with what is searched: pages opened from a disk cannot fetch.

    Each subject has its label, its address, its kind and its names. A state comes first, and the
    convention that the report is about; what has no page has a line that says why. After them come
    the words of pages, asked where no name is found, and what is offered where nothing is.

    Parameters
    ----------
    entries : sequence of Entry
        The pages of the report.
    terms : sequence of str
        Those of the glossary.
    said : mapping of str to set of str, optional
        The words of pages, as `words_of_document` gives them, by slug.
    """
    items = _once([*_of_pages(entries), *_of_the_site(terms), *_of_law(entries)])
    pages = {str(item[1]): number for number, item in enumerate(items)}
    searched = {f"{page}.html": words for page, words in (said or {}).items()}
    places: dict[str, list[int]] = {}
    for page in searched.keys() & pages.keys():
        for word in searched[page]:
            places.setdefault(word, []).append(pages[page])
    telling = {w: sorted(on) for w, on in sorted(places.items()) if 2 * len(on) <= len(searched)}
    sections = dict.fromkeys(entry.section for entry in entries if entry.section)
    offered = [(title, f"{slug(title)}.html") for title in sections]
    offered += [(str(text("glossary")), "about.html#glossary"), (str(text("data")), "data.html")]
    data = {
        "adoptionSearch": items,
        "adoptionWords": telling,  # what most pages say tells none apart
        "adoptionOffered": offered,
    }
    return "".join(
        f"window.{name}={json.dumps(value, ensure_ascii=False, separators=(',', ':'))};\n"
        for name, value in data.items()
    )


def _of_pages(entries: Sequence[Entry]) -> list[Item]:
    """Return the subjects that have a page, and the analyses."""
    by_key: dict[tuple[str, ...], Item] = {}
    first = next((e.parameters["convention"] for e in entries if "convention" in e.parameters), "")
    for entry in sorted(entries, key=is_of_an_analysis):
        kind = kind_of_subject(entry.parameters)
        if entry.slug == FRONT_PAGE:
            continue
        if entry.subject.label and (entry.section or entry.also or kind != "convention"):
            key = (kind, entry.subject.label)
            rank = KINDS_IN_ORDER.index(kind)
            names = [*entry.subject.names, *_more_names(kind, entry.parameters)]
            rank = 0 if kind == "convention" and entry.parameters[kind] == first else rank
            by_key.setdefault(key, _item(entry.subject.label, entry.slug, rank, names))
        if not entry.section:
            names = [entry.kicker, text(MENU[entry.notebook]) if entry.notebook in MENU else ""]
            names += SEARCH["pages"].get(entry.slug, [])
            key = ("page", entry.notebook)
            by_key.setdefault(key, _item(entry.title, entry.slug, len(KINDS_IN_ORDER), names))
    return [*by_key.values()]


def _of_the_site(terms: Sequence[str]) -> list[Item]:
    """Return the pages of every report's own, their parts, terms, and what has no page."""
    items = [
        _item(text(page), page, len(KINDS_IN_ORDER), [page, *SEARCH["pages"].get(page, [])])
        for page in (*OWN_PAGES, "changes")
    ]
    parts = {part: names for part, names in SEARCH["pages"].items() if "#" in part}
    items += [
        [names[0].capitalize(), part, len(KINDS_IN_ORDER), names] for part, names in parts.items()
    ]
    for term in terms:
        names = [*term.split(", "), *SEARCH["terms"].get(term, [])]
        address = f"about.html#term-{slug(term)}"
        items.append([text("glossary_term", term=term), address, len(KINDS_IN_ORDER) + 1, names])
    items += [
        [none["why"].format(name=name), NO_PAGE, 0, [name]]
        for none in SEARCH["none"]
        for name in none["names"]
    ]
    items += [
        [other["label"], other["address"], len(KINDS_IN_ORDER), other["names"]]
        for other in SEARCH["elsewhere"]
    ]
    return items


def _of_law(entries: Sequence[Entry]) -> list[Item]:
    """Return the last day for signature, and the articles that the registry cites.

    Each leads to the page that says it, or that follows from it.
    """
    return [*_of_closing(entries), *_of_articles(entries)]


def _of_closing(entries: Sequence[Entry]) -> list[Item]:
    """Return the last day for signature of the convention of the front page, if it has one."""
    head = next((entry for entry in entries if entry.slug == FRONT_PAGE), None)
    convention = head and find_convention(head.parameters["convention"])
    if not convention or not convention.closes:
        return []
    day = long_day(convention.closes)
    label = text("closing_of", name=convention.short_title, day=day)
    return [[label, "index.html", len(KINDS_IN_ORDER), SEARCH["closing"]["names"]]]


def _of_articles(entries: Sequence[Entry]) -> list[Item]:
    pages = pages_by([e for e in entries if e.notebook == TELLS_RULE], "convention")
    items: list[Item] = []
    for number, (name, convention) in enumerate(load_conventions().items()):
        cited = ARTICLE_NUMBER.search(convention.threshold_article or "")
        if not cited or name not in pages:
            continue
        label = text("article_of", article=cited[1], name=convention.short_title)
        names = [f"{word} {cited[1]}" for word in ("article", "art", "articles")]
        items.append([label, pages[name], len(KINDS_IN_ORDER) + number, names])
    return items


def _once(items: Iterable[Item]) -> list[Item]:
    """Return each address once, with all its names; lines that say why there is no page stay."""
    by_address: dict[object, Item] = {}
    for label, address, kind, names in items:
        key = (address, label) if kind == 0 and address == NO_PAGE else address
        first = by_address.setdefault(key, [label, address, kind, []])
        first[3] = list(dict.fromkeys([*first[3], *names]))
    return [*by_address.values()]


def words_of_document(document: Document) -> set[str]:
    """Return the words of a page that say what it is about, as the search compares them.

    They are those of headings, text, captions, heads of columns and titles of figures, and of the
    rows of a table that are about no state.
    """
    words = [document.title, document.kind, document.question]
    for section in document.sections:
        words.append(section.heading)
        for block in section.blocks:
            if isinstance(block, TextBlock):
                words.append(block.markdown)
            elif isinstance(block, FigureBlock):
                words += [block.title, block.subtitle]
            elif isinstance(block, TableBlock):
                words += [block.caption, *(column.head for column in block.columns)]
                subjects = block.subjects or [""] * len(block.rows)
                rows = zip(block.rows, subjects, strict=True)
                words += [str(row[0]) for row, subject in rows if not subject.startswith("state:")]
    plain = slug(URL.sub("", " ".join(map(str, words)))).split("-")
    return {word for word in plain if len(word) >= MIN_LETTERS and word.isalpha()}


def _item(label: str, slug: str, kind: int, names: Sequence[str]) -> Item:
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
        opened_at = getattr(convention, "opens_at", None) or ""  # held treaties have none
        names += [opened_at.split(",")[0], *_initials_of_title(convention.title)]
        return [*names, *SEARCH["conventions"].get(convention.convention, [])]
    if kind != "group":
        return []
    group = load_groups()[values["group"]].group
    return [*GROUP_NAMES.get(group, []), *SEARCH["groups"].get(group, [])]


def _initials_of_title(title: str) -> list[str]:
    """Return what a treaty is called by the initials of what it is against.

    Examples
    --------
    >>> _initials_of_title("United Nations Convention against Transnational Organized Crime")
    ['TOC', 'TOC Convention']
    """
    initials = _initials(title.partition(" against ")[2])
    return [initials, f"{initials} Convention"] if initials else []


def _initials(name: str) -> str:
    """Return the initials of a name of three words or more; no text for a shorter one.

    Examples
    --------
    >>> _initials("Kingdom of Saudi Arabia"), _initials("Saudi Arabia")
    ('KSA', '')
    """
    initials = "".join(word[0] for word in name.split() if word[0].isupper())
    return initials if len(initials) >= MIN_INITIALS else ""


@remembered
def _names_of_states() -> dict[str, list[str]]:
    aliases = tables.read("aliases").rename(columns={"alias": "name"})
    initials = aliases[aliases["language"] == "en"].assign(name=lambda f: f["name"].map(_initials))
    taken = {name for names in SEARCH["pages"].values() for name in names}  # RSS is a feed
    taken |= {*aliases["name"], *tables.read("states")["iso3"]}
    initials = initials[~initials["name"].isin(taken)]
    both = [frame[["iso3", "name"]] for frame in (tables.read("names"), aliases, initials)]
    return {str(iso3): [*names] for iso3, names in pd.concat(both).groupby("iso3")["name"]}
