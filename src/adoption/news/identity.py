"""Which entry of a feed tells of which act; the feed itself is the memory of that.

A state may do the same twice. A table numbers such acts by their days, so that one that becomes
known later, or is gone, takes the number of another. An entry stays that of its act: it is found
by the day that its title tells.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import count
from urllib.parse import quote

from adoption.news.act_phrases import act_in_words
from adoption.news.atom import possible
from adoption.news.kinds import Act, ActChange

# The name belongs to nobody and never will (RFC 2606), so that an id says the same wherever
# the feed is published; the year is that of RFC 4151: when the scheme was set up.
TAGGER = "tag:adoption.invalid,2026:"
# In the law of treaties a withdrawal is an act of the state itself.
REMOVED_FROM_DATA = "Removed from the data (not an act of the state)"
IDENTIFIER = re.compile(rf"({re.escape(TAGGER)}[^/]+/[^/]+/[^/]+)(?:/([2-9]|[1-9][0-9]{{1,5}}))?")


@dataclass(frozen=True)
class _Entry:
    """An entry on an act of some name: its number among those of that name, and its title."""

    number: int
    title: str

    @property
    def is_removed(self) -> bool:
        return self.title.startswith(REMOVED_FROM_DATA)

    def tells(self, act: Act) -> bool:
        """Whether the title tells the day or window of an act."""
        words = f": {possible(act_in_words(act))}, "
        return words in self.title and (act.superseded or f"{words}superseded, " not in self.title)


def entry_id(act: Act) -> str:
    """Return the id of an act's entry: by convention, state and act, whatever the day.

    Examples
    --------
    >>> from adoption.news.kinds import Act
    >>> entry_id(Act("hanoi", "AZE", "succession to signature"))
    'tag:adoption.invalid,2026:hanoi/AZE/succession-to-signature'
    """
    parts = [act.convention, act.iso3 or act.participant, act.act.replace(" ", "-")]
    parts += [str(act.copy)] if act.copy > 1 else []
    return TAGGER + "/".join(quote(possible(part), safe="") for part in parts)


def identifiers(
    changes: Iterable[ActChange],
    titles: Mapping[str, str],
    done_again: Collection[tuple[str, str, str]],
) -> dict[ActChange, str]:
    """Return the id of the entry of each change, which is no other act's.

    The entry of an act is the one that tells the day it had before, or has now. Where the data
    have one act of a name, and the feed one entry that stands, that is its entry, whatever the
    day; so is the only entry of all where the data had none. Any other act gets a number that no
    entry has: its own of the comparison, or else the first.
    """
    entries: dict[str, list[_Entry]] = {}
    for identifier, title in titles.items():
        if found := IDENTIFIER.fullmatch(identifier):
            entries.setdefault(found[1], []).append(_Entry(int(found[2] or 1), title))
    alike: dict[tuple[str, str, str], list[ActChange]] = {}
    for change in changes:
        alike.setdefault(change.act.key[:3], []).append(change)
    return {
        change: entry_id(replace(change.act, copy=number))
        for name, those in alike.items()
        for change, number in _numbers(
            those, entries.get(entry_id(replace(those[0].act, copy=1)), []), name in done_again
        )
    }


def told_apart(identifiers: Iterable[str]) -> set[str]:
    """Return the ids of those entries that share the name of their acts with others."""
    found: dict[str, set[str]] = {}
    for identifier in identifiers:
        if match := IDENTIFIER.fullmatch(identifier):
            found.setdefault(match[1], set()).add(identifier)
    return {one for name, alike in found.items() if alike != {name} for one in alike}


def _numbers(
    changes: Sequence[ActChange], entries: Sequence[_Entry], is_done_again: bool
) -> Iterator[tuple[ActChange, int]]:
    """Yield the number of the entry of each change of acts of one name."""
    rest = sorted(changes, key=lambda change: (change.old is None, change.act.copy))
    free = list(entries)
    ways: list[Callable[[ActChange, Sequence[_Entry]], _Entry | None]] = [_by_old, _by_new]
    for way in ways if is_done_again else [*ways, _only]:
        for change in list(rest):
            if entry := way(change, free):
                free.remove(entry)
                rest.remove(change)
                yield change, entry.number
    taken = {entry.number for entry in entries}
    for change in rest:
        own = change.act.copy
        number = own if own not in taken else next(n for n in count(1) if n not in taken)
        taken.add(number)
        yield change, number


def _by_old(change: ActChange, entries: Sequence[_Entry]) -> _Entry | None:
    return _telling(change.old, entries)


def _by_new(change: ActChange, entries: Sequence[_Entry]) -> _Entry | None:
    """Return the entry of an act that comes again, or whose change is told already."""
    return _telling(change.new, [e for e in entries if not (change.old and e.is_removed)])


def _telling(act: Act | None, entries: Sequence[_Entry]) -> _Entry | None:
    """Return the entry that tells an act: rather one that stands, then one of the same number."""
    found = [entry for entry in entries if act and entry.tells(act)]
    return min(
        found, key=lambda e: (e.is_removed, act and e.number != act.copy, e.number), default=None
    )


def _only(change: ActChange, entries: Sequence[_Entry]) -> _Entry | None:
    """Return the one entry that can be meant; what is gone does not change, but may come again."""
    standing = [entry for entry in entries if not entry.is_removed]
    found = standing or ([] if change.old else list(entries))
    return found[0] if len(found) == 1 else None
