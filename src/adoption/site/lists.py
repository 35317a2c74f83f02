"""The index of a report as lists: which page stands where, with one short fact each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from adoption.core.text import slug
from adoption.site.subjects import NOTHING, Subject

FRONT_PAGE = "front"  # the slug of the page whose figures and map are the head of the index


@dataclass(frozen=True)
class Entry:
    """One page in the index.

    Attributes
    ----------
    slug : str
        Its address without the ending.
    kicker : str
        What kind of page it is.
    answer : dict or None
        Title, text and key figure; None if the notebook failed before its answer.
    error : str or None
        Why it failed.
    section : str
        The list that it stands in; no text for a page in front.
    stale_since : str
        Where the last good page is shown: the day on which that was made, in words.
    also : str
        A section that lists it as well.
    subject : Subject
        What it is about.
    parameters : mapping
        Every parameter of its notebook with the value it has.
    notebook : str
        The name of its notebook.
    """

    slug: str
    kicker: str
    answer: Mapping[str, Any] | None
    error: str | None
    section: str = ""
    stale_since: str = ""
    also: str = ""
    subject: Subject = NOTHING
    parameters: Mapping[str, Any] = field(default_factory=dict)
    notebook: str = ""

    @property
    def is_good(self) -> bool:
        """Whether its notebook ran to its end, now or when the page that is shown was made."""
        return self.error is None or bool(self.stale_since)

    @property
    def title(self) -> str:
        """What it is called: by its answer, or what it is about, or its address."""
        return self.answer["title"] if self.answer else self.subject.label or self.slug

    @property
    def name(self) -> str:
        """What it is called in a sentence: its kind, and what it is about."""
        return ": ".join(filter(None, (self.kicker or self.slug, self.subject.label)))

    @property
    def cited(self) -> str:
        """What it is called in a citation: its title, with its kind where that is a name alone."""
        kind = f": {self.kicker.lower()}" if self.title == self.subject.label else ""
        return f"{self.title}{kind}"

    @property
    def listed_in(self) -> str:
        """The section that it stands in; of a page in front, the one that lists it as well."""
        return self.section or self.also

    @property
    def short(self) -> str:
        """What it is called where the reader knows its kind."""
        return self.subject.label or self.kicker or self.slug


def pages_by(entries: Sequence[Entry], name: str) -> dict[str, str]:
    """Return the file of the first page that has each value of a parameter."""
    pages = [entry for entry in entries if name in entry.parameters]
    return {entry.parameters[name]: f"{entry.slug}.html" for entry in reversed(pages)}


@dataclass(frozen=True)
class Item:
    """A page in a list.

    Attributes
    ----------
    entry : Entry
        The page.
    text : str
        The words of its link.
    label : str
        What its key figure counts, where the list does not say it for all.
    """

    entry: Entry
    text: str
    label: str


@dataclass(frozen=True)
class Part:
    """Pages under one heading.

    Attributes
    ----------
    title : str
        The heading; no text where the section has only one part.
    anchor : str
        Its place in the page.
    items : tuple of Item
        The pages.
    """

    title: str
    anchor: str
    items: tuple[Item, ...]


@dataclass(frozen=True)
class IndexSection:
    """A list of the index.

    Attributes
    ----------
    title, anchor : str
        Its heading, and its place in the page.
    by_subject : bool
        Whether each part is one subject with several pages.
    note : str
        What the facts of all its pages are, said once.
    statuses : tuple of (str, int)
        How many of its states have each status, the most frequent first.
    parts : tuple of Part
        Its pages.
    """

    title: str
    anchor: str
    by_subject: bool
    note: str
    statuses: tuple[tuple[str, int], ...]
    parts: tuple[Part, ...]

    @property
    def count(self) -> int:
        """How many subjects it has, or else how many pages."""
        if self.by_subject:
            return len(self.parts)
        return sum(len(part.items) for part in self.parts)


def index_sections(entries: Sequence[Entry]) -> list[IndexSection]:
    """Return the lists of an index, in the order in which their pages come.

    A section in which several pages are about one thing has a part for each such thing, with
    the kinds of page in it; any other has its pages by the names of what they are about.
    """
    titles = dict.fromkeys(entry.section for entry in entries if entry.section)
    return [
        _section(title, [entry for entry in entries if title in (entry.section, entry.also)])
        for title in titles
    ]


def _section(title: str, entries: Sequence[Entry]) -> IndexSection:
    anchor = slug(title)
    labels = Counter(entry.subject.label for entry in entries if entry.subject.label)
    by_subject = max(labels.values(), default=1) > 1
    note = "" if by_subject else _note(entries)
    parts: dict[str, list[Item]] = {}
    for entry in entries:
        name = entry.subject.label if by_subject else entry.subject.under
        text = entry.kicker if by_subject else entry.subject.label or entry.title
        label = "" if note or not entry.answer else entry.answer["key_label"]
        parts.setdefault(name, []).append(Item(entry, text, label))
    if not by_subject:
        for items in parts.values():
            items.sort(key=lambda item: slug(item.text))
    listed = tuple(
        Part(name, f"{anchor}-{slug(name)}", tuple(parts[name])) for name in sorted(parts, key=slug)
    )
    statuses = Counter(entry.subject.status for entry in entries if entry.subject.status)
    return IndexSection(title, anchor, by_subject, note, tuple(statuses.most_common()), listed)


def _note(entries: Sequence[Entry]) -> str:
    """Return what the facts of all pages are; no text where they are not the same for all."""
    on = {entry.subject.on for entry in entries}
    days = {entry.answer["as_of"] for entry in entries if entry.answer}
    day = f", {days.pop()}" if len(days) == 1 else ""
    if len(on) == 1 and all(entry.subject.status for entry in entries):
        return f"Status on the {on.pop()}{day}."
    labels = {entry.answer["key_label"] for entry in entries if entry.answer}
    return f"Figures: {labels.pop()}{day}." if len(labels) == 1 else ""
