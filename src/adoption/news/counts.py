"""How many acts or statements are news, for the one line: in full, then ever more shortly."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from adoption.data.dictionary import ACTS
from adoption.news.kinds import ADDED, CHANGED, REMOVED, Differences
from adoption.words import counted, listed

CONFIRMED, CORRECTED = "confirmed", "corrected"
FATES = (ADDED, CONFIRMED, CORRECTED, CHANGED, REMOVED)
# What must not be overlooked goes first.
IN_SHORT = (REMOVED, ADDED, CORRECTED, CHANGED, CONFIRMED)

Counts = list[tuple[int, str]]  # each with what became of them; no word where all are new


@dataclass(frozen=True)
class Event:
    """What became (`fate`, one of `FATES`) of an act or a statement (`noun`) of some kind."""

    noun: str
    convention: str
    kind: str
    fate: str


def by_kind(events: Sequence[Event], differences: Differences) -> Iterator[str]:
    """Yield for each convention how many of each kind there are, and what became of them."""
    for name, own in _by_convention(events).items():
        by_fate: dict[str, list[str]] = {}
        for event in own:
            by_fate.setdefault(event.fate, []).append(event.kind)
        told = [(_kinds(by_fate[fate]), fate) for fate in FATES if fate in by_fate]
        (kinds, fate), *others = told
        first = (f"{kinds} of {differences.named(name).label}", "" if fate == ADDED else fate)
        yield ", ".join(" ".join(filter(None, part)) for part in (first, *others))


def by_convention(
    events: Sequence[Event], differences: Differences, counts: Callable[[Sequence[Event]], Counts]
) -> Iterator[str]:
    """Yield for each convention how many there are, and what became of them."""
    for name, own in _by_convention(events).items():
        (number, fate), *others = counts(own)
        what = counted(number, own[0].noun)
        first = f"{what} of {differences.named(name).label} {fate}".rstrip()
        yield ", ".join([first, *_more(others)])


def together(
    events: Sequence[Event], differences: Differences, counts: Callable[[Sequence[Event]], Counts]
) -> Iterator[str]:
    """Yield the same for all conventions at once; nothing where there are no events."""
    found = _by_convention(events)
    if len(found) < 2:
        yield from by_convention(events, differences, counts)
        return
    (number, fate), *others = counts(events)
    what, of = counted(number, events[0].noun), f"of {len(found)} conventions"
    if others:
        yield ", ".join([f"{what} {fate}", *_more(others), of])
    else:
        yield f"{what} {of} {fate}".rstrip()


def in_full(events: Sequence[Event]) -> Counts:
    """Return how many were removed, added, corrected and so on, as far as any were."""
    numbers = Counter(event.fate for event in events)
    if set(numbers) == {ADDED}:
        return [(len(events), "")]
    return [(numbers[fate], fate) for fate in IN_SHORT if numbers[fate]]


def in_short(events: Sequence[Event]) -> Counts:
    """Return how many were removed, and how many others there are."""
    gone = removed(events)
    rest = len(events) - gone
    if not gone:
        return [(rest, "")]
    return [(gone, REMOVED), *([(rest, "other" if rest == 1 else "others")] if rest else [])]


def removed(events: Sequence[Event]) -> int:
    """Return how many were removed."""
    return sum(event.fate == REMOVED for event in events)


def _more(counts: Counts) -> list[str]:
    return [f"{number:,} {word}" for number, word in counts]


def _by_convention(events: Sequence[Event]) -> dict[str, list[Event]]:
    found: dict[str, list[Event]] = {}
    for event in events:
        found.setdefault(event.convention, []).append(event)
    return found


def _kinds(kinds: list[str]) -> str:
    """Return how many of each kind, acts in the order of the dictionary.

    Examples
    --------
    >>> _kinds(["ratification", "signature", "succession to signature", "signature"])
    '2 signatures, 1 succession to signature and 1 ratification'
    """
    numbers = Counter(kinds)
    ordered = sorted(numbers, key=lambda a: (ACTS.index(a) if a in ACTS else len(ACTS), a))
    return listed([counted(numbers[kind], kind, plural(kind)) for kind in ordered])


def plural(kind: str) -> str:
    """Return the plural of a kind of act or statement.

    Examples
    --------
    >>> plural("signature"), plural("consent to be bound"), plural("confirmation of signature")
    ('signatures', 'consents to be bound', 'confirmations of signature')
    """
    for link in (" to ", " of "):
        head, found, tail = kind.partition(link)
        if found:
            return f"{head}s{link}{tail}"
    return f"{kind}s"
