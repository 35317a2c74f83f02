"""`adoption refresh`: from the publishers to data/processed, or nothing changes."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from adoption.data.readers.publishers import Registry, Source, read_publishers
from adoption.errors import AdoptionError
from adoption.law.conventions import read_conventions
from adoption.refresh.accepting import accept_refused
from adoption.refresh.exceptions_left import tidy_exceptions
from adoption.refresh.judging import Verdict
from adoption.refresh.outcome import Outcome, Result
from adoption.refresh.place import Place, nobody_else
from adoption.refresh.publishing import (
    NotInOrderError,
    Published,
    data_day,
    finish_earlier,
    made,
    publish,
)
from adoption.refresh.taking import take
from adoption.refresh.unchanged import check_days, note_unchanged
from adoption.refresh.wishes import Wishes, with_bases


def refresh(wishes: Wishes, say: Callable[[str], object]) -> Outcome:
    """Bring the data up to the day.

    Each source is fetched, judged and used or put aside by itself, so that one that cannot be
    used does not hold up the others. Then the tables are made, the feed and CHANGES.md of the
    data get what has changed. What an earlier refresh left undone when it was stopped is done
    first.
    """
    place = Place(wishes.root)
    if wishes.file and wishes.accept:
        raise AdoptionError("--file and --accept: one or the other")
    with nobody_else(place, say):
        conventions = read_conventions(place.reference / "conventions.toml")
        registry = with_bases(
            read_publishers(place.reference / "publishers.toml", conventions), wishes.bases
        )
        sources = chosen(registry, wishes)
        check_days(place, wishes.moment.date(), registry.sources)
        earlier = finish_earlier(place, wishes.moment, say)
        results: list[Result] = []
        try:
            for result in (
                accept_refused(sources, place, wishes)
                if wishes.accept
                else take(sources, registry, place, wishes, say)
            ):
                if result.kind != "unchanged":  # whether that can be so is seen below
                    _tell([result], say)
                results.append(result)
            noted = note_unchanged(place, results)
        except AdoptionError:
            if any(result.kind == "accepted" for result in results):
                _publish(place, results, wishes, say)  # that is not held up
            raise
        unchanged = {result.source for result in results if result.kind == "unchanged"}
        refused = {result.source: result for result in noted.refused}
        results = [refused.get(result.source, result) for result in results]
        _tell([result for result in results if result.source in unchanged], say)
        _advise(results, wishes, say)
        try:
            now = _publish(place, results, wishes, say, noted.verdict)
        except NotInOrderError as error:
            if all(result.kind == "unchanged" for result in results):
                raise
            say(f"{error}; the tables stay as they are")  # that is not the news of this refresh
            now = Published()
        return Outcome(
            results, now.summary or earlier.summary, now.changed or earlier.changed, data_day(place)
        )


def chosen(registry: Registry, wishes: Wishes) -> list[Source]:
    """Return the sources that are wanted; those given by hand too where a person decides."""
    by_hand = wishes.file is not None or bool(wishes.accept)
    sources = registry.choose(wishes.sources, wishes.convention, by_hand=by_hand)
    if wishes.file and len(sources) != 1:
        raise AdoptionError("--file: whose file is it? name its --source, or its --convention")
    return sources


def _tell(results: Iterable[Result], say: Callable[[str], object]) -> None:
    for result in results:
        say(str(result))


def _advise(results: Iterable[Result], wishes: Wishes, say: Callable[[str], object]) -> None:
    """Say what to do about what was refused, once all that has come is told."""
    for result in results:
        if result.advice and not wishes.accept:
            say(result.advice)


def _publish(
    place: Place,
    results: list[Result],
    wishes: Wishes,
    say: Callable[[str], object],
    noted: Verdict | None = None,
) -> Published:
    """Publish the tables that were made last, and take out exceptions that nothing shows."""
    accepted = [result for result in results if result.kind == "accepted"]
    if accepted and not (noted and noted.tables):
        last = accepted[-1].verdict
        tables, unused = last.tables, last.unused
    else:
        last = noted if noted and noted.tables else made(place)
        tables, unused = last.tables, last.outdated
    published = publish(place, tables, wishes.moment, say)
    tidy_exceptions(place, unused, say)
    return published
