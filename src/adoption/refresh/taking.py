"""Fetching sources, and using what can be used."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from http import HTTPStatus

from adoption.data.readers.publishers import Registry, Source
from adoption.fetching.addresses import Request
from adoption.fetching.agent import user_agent
from adoption.fetching.download import Download
from adoption.fetching.faults import FetchError
from adoption.fetching.fetcher import Fetcher
from adoption.fetching.ondisk import read_saved
from adoption.fetching.sidecars import Described, day_of, files_of
from adoption.fetching.store import FetchedStore
from adoption.refresh.decision import Decision, begin, finish
from adoption.refresh.exceptions_left import taken_out
from adoption.refresh.judging import judge
from adoption.refresh.outcome import Result
from adoption.refresh.place import Place
from adoption.refresh.saved import day_saved, saved_files
from adoption.refresh.telling import remember
from adoption.refresh.unchanged import reach
from adoption.refresh.wishes import Wishes
from adoption.words import counted, long_day

Downloads = dict[str, Download | FetchError]
OLDEST = timedelta(days=31)  # of an answer: what a cache may hold, not what a clock got wrong


def take(
    sources: Sequence[Source],
    registry: Registry,
    place: Place,
    wishes: Wishes,
    say: Callable[[str], object],
) -> Iterator[Result]:
    """Fetch sources, and use or put aside what has come."""
    if wishes.file:
        (source,) = sources
        yield _take_saved(source, described(source, registry), place, wishes)
        return
    for source, downloads in _fetched(sources, registry, place.store, wishes, say):
        yield _use(source, described(source, registry), downloads, place, wishes.now)


def described(source: Source, registry: Registry) -> Described:
    """Return what a snapshot's sidecar says of a source."""
    publisher = registry.of(source)
    return Described(publisher.name, source.title, publisher.licence, source.title)


def _take_saved(source: Source, about: Described, place: Place, wishes: Wishes) -> Result:
    """Use what a person has saved: what it says is known up to the day of that."""
    assert wishes.file
    files = saved_files(wishes.file, source)
    day = day_saved(files, wishes.saved, wishes.moment.date(), source, place)
    downloads: Downloads = {name: read_saved(path, wishes.limits) for name, path in files.items()}
    result = _use(source, replace(about, complete_to=day), downloads, place, wishes.now)
    if result.kind != "accepted":
        return result
    told = "; ".join(filter(None, [f"as it was saved on {long_day(day)}", result.told]))
    return replace(result, told=told)


def _fetched(
    sources: Sequence[Source],
    registry: Registry,
    store: FetchedStore,
    wishes: Wishes,
    say: Callable[[str], object],
) -> Iterator[tuple[Source, Downloads]]:
    requests = {
        (source.source, file): _request(source, file, registry, store)
        for source in sources
        for file in source.files
    }
    came = Fetcher(user_agent(wishes.root), wishes.limits, say).fetch(requests)
    for source in sources:
        yield source, {file: came[source.source, file] for file in source.files}


def _request(source: Source, file: str, registry: Registry, store: FetchedStore) -> Request:
    publisher = registry.of(source)
    request = Request(publisher.base, source.files[file], publisher.hosts)
    validators = store.validators(source.source, file, str(request.url()))
    return replace(request, validators=validators)


def _use(
    source: Source, about: Described, downloads: Downloads, place: Place, now: datetime | None
) -> Result:
    """Judge what has come of one source; use it, or put it aside."""
    name, store = source.source, place.store
    errors = [one for one in downloads.values() if isinstance(one, FetchError)]
    if errors:
        more = f" (and {counted(len(errors) - 1, 'other file')})" if len(errors) > 1 else ""
        moved = errors[0].status in (HTTPStatus.NOT_FOUND, HTTPStatus.GONE)
        hint = "; data/reference/publishers.toml has its path, if it has moved" if moved else ""
        return Result(name, "unreachable", f"{errors[0]}{more}{hint}")
    came = {file: one for file, one in downloads.items() if isinstance(one, Download)}
    # Not the time when it is used: a list is complete to the day on which it was asked for, or
    # to an earlier one of which the answer is.
    moment = now or min(one.fetched for one in came.values())
    known = now or min(one.known for one in came.values())
    by_hand = about.complete_to is not None
    about = replace(about, complete_to=about.complete_to or known.date())
    contents = store.contents(name, came)
    if all(one.unchanged for one in came.values()) or store.same(name, contents):
        return Result(name, "unchanged", until=about.complete_to)
    if not by_hand and (old := is_old(known.date(), moment.date(), reach(name, place))):
        return Result(name, "unreachable", old)
    if not by_hand:  # what a cache had kept is no older than when it was first seen
        seen = (day_of(f) for f in store.waiting(name) if files_of(f) == contents)
        about = replace(about, complete_to=max([known.date(), *seen]))
    verdict = judge(
        place, name, lambda beside: beside.keep(name, about, came, moment), moment.date()
    )
    if not verdict.is_good:
        aside = store.put_aside(name, about, came, verdict.whole_reason, moment)
        where = f"data/aside/{name}/{aside.name}"
        return Result(name, "refused", verdict.reason, where, verdict=verdict)
    remember(place, moment)
    if verdict.outdated:
        begin(place, Decision(name, verdict.snapshot, outdated=verdict.outdated))
    kept = store.keep(name, about, came, moment)
    finish(place)
    where = f"data/raw/{name}/{kept.name}"
    told = taken_out(len(verdict.outdated))
    return Result(name, "accepted", told, where, verdict=verdict)


def is_old(answer: date, asked: date, until: date | None) -> str:
    """Say that an answer is too old to tell anything; nothing if it is not."""
    said = f"its answer is of {long_day(answer)}, by its Date header"
    why = "an old copy from a cache, or a wrong clock? a saved copy can be given with --file"
    if until and answer < until:
        return f"{said}, and what is in use was so on {long_day(until)}: {why}"
    if asked - answer > OLDEST:
        return f"{said}: {why}"
    return ""
