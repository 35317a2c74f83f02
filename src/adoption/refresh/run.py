"""`adoption refresh`: the publishers' new data in data/processed, or no change at all."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from http import HTTPStatus

from adoption.core.decode import page_instead
from adoption.core.errors import AdoptionError, did_you_mean
from adoption.core.files import Say, read_named
from adoption.core.progress import waiting
from adoption.core.text import counted, listed, long_day
from adoption.ingest.additions import additions_in, with_lists_of
from adoption.ingest.merge import NOT_LISTED
from adoption.ingest.readers.publishers import Registry, Source, read_publishers
from adoption.ingest.readers.untc import read_untc
from adoption.ingest.snapshots import (
    CLOCKS_DIFFER,
    SIDECAR_SUFFIX,
    Sidecar,
    moment_of,
    read_unchanged,
    sidecar_bytes,
    snapshot_files,
    stage,
    write_unchanged,
)
from adoption.law.conventions import read_conventions
from adoption.refresh.accept import (
    accept_refused,
    complete,
    find_undone_snapshot,
    prune,
    refuse,
    sound_rows,
    supersede,
    tidy_exceptions,
    undo,
    use,
)
from adoption.refresh.fetch import USER_AGENT, Download, FetchError, Request, fetch
from adoption.refresh.outcome import (
    Outcome,
    RefreshOptions,
    SourceResult,
    exceptions_removed_text,
)
from adoption.refresh.project import DataFolders, exclusive
from adoption.refresh.publish import publish
from adoption.refresh.validate import Verdict, validate, verdict_of_build
from adoption.tables.write import Tables

Downloads = Mapping[str, Download | FetchError]

MAX_ACTS_NAMED = 5  # known acts to name if a first list lacks them
MOVED_STATUSES = (HTTPStatus.NOT_FOUND, HTTPStatus.GONE)
HOW_TO_SET_A_PATH = (
    "its path is a guess: open the treaty's page at the publisher, and put the path of its XML "
    "file into files of [source.{}] in data/reference/publishers.toml"
)
TAKE_BACK = "or was it then? adoption refresh --undo"
# Maximum age of an answer. Caches may be this old; a larger difference suggests a wrong clock.
OLDEST = timedelta(days=31)
WHY_OLD = "an old copy from a cache, or a wrong clock?"
WHY_NEW = "is one of the clocks wrong?"


def refresh(options: RefreshOptions, say: Say) -> Outcome:
    """Bring the data up to date; return the outcome of each source.

    Each source is fetched, validated, and used or quarantined independently, so that a rejected
    source does not block the rest. Then the tables are built and published. Work left by an
    interrupted command is completed first.
    """
    project = DataFolders(options.root)
    if sum(map(bool, (options.file, options.accept, options.undo))) > 1:
        raise AdoptionError("--file, --accept and --undo: one of them")
    with exclusive(project, say):
        conventions = read_conventions(project.reference / "conventions.toml")
        publishers = with_lists_of(
            additions_in(project.store),
            read_publishers(project.reference / "publishers.toml", conventions),
        )
        registry = with_bases(publishers, options.bases)
        sources = chosen(registry, options)
        if not options.undo:
            check_days(project, options.moment.date(), registry)
        complete(project)
        results: list[SourceResult] = []
        try:
            with waiting("refresh", len(sources)) as done:
                for result in _one_by_one(sources, registry, project, options, say):
                    say(str(result))
                    results.append(result)
                    done(result.source)
        except (AdoptionError, OSError):
            if any(result.kind == "accepted" for result in results):
                # An error of one source does not block accepted ones.
                _publish(project, results, options, say)
            raise
        summary, changed = _publish(project, results, options, say)
        prune(project, registry.sources.values())
        for result in results:
            if result.advice and not options.accept:
                say(result.advice)
        days = filter(None, (project.store.reach(result.source) for result in results))
        outcome = Outcome(results, summary, changed, f"{min(days, default='')}")
        for warning in outcome.warnings:
            say(f"warning: {warning}")
        return outcome


def chosen(registry: Registry, options: RefreshOptions) -> list[Source]:
    """Return the requested sources.

    Sources saved by hand are included if a person gives a file or accepts a snapshot.
    """
    by_hand = options.file is not None or bool(options.accept)
    sources = registry.choose(options.sources, by_hand=by_hand)
    if options.file and [len(source.files) for source in sources] != [1]:
        raise AdoptionError("--file: needs exactly one --source that is one file")
    return sources


def with_bases(registry: Registry, bases: Mapping[str, str]) -> Registry:
    """Return the registry with other base addresses for some publishers."""
    publishers = dict(registry.publishers)
    for name, base in bases.items():
        if name not in publishers:
            near = did_you_mean(name, publishers, 1)
            raise AdoptionError(f"--base: no publisher {name!r}; {near}")
        publishers[name] = publishers[name].model_copy(update={"base": base})
    return registry.model_copy(update={"publishers": publishers})


def check_days(project: DataFolders, today: date, registry: Registry) -> None:
    """Raise an error if a recorded day is in the future, which indicates a wrong clock."""
    store = project.store
    newest = [(source, store.latest(source).name) for source in store.sources()]
    days = {f"{source}/{name}": moment_of(name).date() for source, name in newest}
    for snapshot, day in [*days.items(), *store.unchanged.items()]:
        if day > today + CLOCKS_DIFFER:
            is_fetched = snapshot.partition("/")[0] in registry.sources
            undone = f", {TAKE_BACK} {snapshot} --because TEXT" if is_fetched else "?"
            raise AdoptionError(
                f"data/raw/{snapshot}: {day} has not come yet, it is {today}; is this machine's "
                f"clock wrong{undone}"
            )


# Single sources


def _one_by_one(
    sources: list[Source],
    registry: Registry,
    project: DataFolders,
    options: RefreshOptions,
    say: Say,
) -> Iterator[SourceResult]:
    if options.undo:
        return iter([undo(registry.sources, project, options)])
    if options.accept:
        return accept_refused(sources, project, options)
    return ingest(sources, registry, project, options, say)


def ingest(
    sources: list[Source],
    registry: Registry,
    project: DataFolders,
    options: RefreshOptions,
    say: Say,
) -> Iterator[SourceResult]:
    """Yield the result of each source after fetching and validating it."""
    if options.file:
        (source,) = sources
        day = day_saved(source, project, options)
        content, moment = read_named(options.file), options.moment
        saved = {source.file: Download(f"file {options.file.name}", content, moment, moment)}
        result = ingest_one(source, registry, saved, project, options, day)
        if result.kind == "accepted":
            texts = filter(None, [f"as it was saved on {long_day(day)}", result.message])
            result = replace(result, message="; ".join(texts))
        yield result
        return
    requests = {}
    for source in sources:
        base = registry.of(source).base
        for file, path in source.files.items():
            requests[source.source, file] = Request(base, path)
    came = fetch(requests, USER_AGENT, options.limits, say)
    for source in sources:
        downloads = {file: came[source.source, file] for file in source.files}
        result = ingest_one(source, registry, downloads, project, options)
        yield replace(result, warning=result.warning or days_off(downloads))


def ingest_one(
    source: Source,
    registry: Registry,
    downloads: Downloads,
    project: DataFolders,
    options: RefreshOptions,
    saved: date | None = None,
) -> SourceResult:
    """Validate the files of one source; use them or quarantine them with the reason."""
    name, store = source.source, project.store
    newest = store.newest(name)
    if absent := not_received(source, downloads, never_came=source.guessed and newest is None):
        return absent
    came = {file: answer for file, answer in downloads.items() if isinstance(answer, Download)}
    # A list is complete to the day of the request, or to the earlier day that the answer states.
    moment = options.now or min(answer.fetched for answer in came.values())
    answered = options.now or min(answer.known for answer in came.values())
    known_on = saved or answered.date()
    files = {file: answer.content for file, answer in came.items()}
    is_same, wrong = newest and snapshot_files(newest) == files, ""
    if not any(answer.answered for answer in came.values()):
        wrong = too_late(moment.date(), filter(None, map(store.reach, store.sources())))
    if is_same and not wrong:
        if not saved:
            supersede(project, name, answered)
        return SourceResult(name, "unchanged", until=known_on)
    wrong = wrong or too_old(known_on, moment.date(), store.reach(name))
    if wrong and not saved:
        by_hand = "; or give a saved copy with --file and --saved" if len(files) == 1 else ""
        return SourceResult(name, "unreachable", f"{wrong}{by_hand}", warning=wrong)
    publisher, sidecars = registry.of(source), {}
    for file, answer in came.items():
        sidecar = Sidecar(
            publisher=publisher.name,
            title=source.title,
            address=answer.asked,
            licence=publisher.licence,
            accessed=saved or moment.date(),
            shows=source.title,
            complete_to=known_on,
            changes="None but the file name.",
            sha256="",
            bytes=0,
        )
        sidecars[f"{file}{SIDECAR_SUFFIX}"] = sidecar_bytes(sidecar, answer.content)
    if not saved and (undone := find_undone_snapshot(project, name, files)):
        return undone
    folder = stage(project.quarantine, store, name, files | sidecars, moment)
    verdict = validate(project, folder, moment.date())
    if not verdict.is_good:
        refuse(folder, verdict)
        text = "; ".join([verdict.reason, *_waiting_text(project, verdict, name, moment.date())])
        return SourceResult(name, "refused", text, project.place(folder), verdict)
    first = first_list(verdict.tables, source) if source.is_list and not newest else ""
    used = use(project, folder, verdict.outdated)
    left_out = ""
    if source.is_list:
        name_of_list = store.name(used / source.file)  # the name under which a build has read it
        left_out = read_untc(files[source.file], name_of_list).left_out
    texts = (first, left_out, exceptions_removed_text(len(verdict.outdated)))
    text = "; ".join(filter(None, texts))
    return SourceResult(name, "accepted", text, project.place(used), verdict)


def not_received(source: Source, downloads: Downloads, *, never_came: bool) -> SourceResult | None:
    """Return the result for a source if a file was not received; None if all were.

    A guessed path that never worked raises no alarm if it leads nowhere, or to a web page.
    """
    how_to_set = f"; {HOW_TO_SET_A_PATH.format(source.source)}" if never_came else ""
    errors = [answer for answer in downloads.values() if isinstance(answer, FetchError)]
    if errors:
        other_files = counted(len(errors) - 1, "other file")
        more = f" (and {other_files})" if len(errors) > 1 else ""
        has_moved = errors[0].status in MOVED_STATUSES
        where = how_to_set or "; data/reference/publishers.toml has its path, if it has moved"
        message = f"{errors[0]}{more}{where if has_moved else ''}"
        is_guess = never_came and has_moved
        return SourceResult(source.source, "unreachable", message, is_guess=is_guess)
    for file, answer in downloads.items():
        assert isinstance(answer, Download)
        if page := page_instead(answer.content.decode(errors="replace")):
            message = f"{file}: {page} the file{how_to_set}"
            return SourceResult(source.source, "unreachable", message, is_guess=never_came)
    return None


def _waiting_text(project: DataFolders, verdict: Verdict, source: str, day: date) -> list[str]:
    """Return a line on the acts of a rejected list that await review, and record them.

    The result is empty if there are none.
    """
    from adoption.refresh.events import record_waiting  # imported here because it is slow

    rows = sound_rows(project, verdict, source)
    if rows.empty:
        return []
    record_waiting(project.data, rows, day)
    number = counted(len(rows), "act awaits", "acts await")
    names = [f"{row.row} of {row.date:%Y-%m-%d}" for row in rows.itertuples()]
    named = listed(names)
    return [f"{number} review (--accept REASON --row ACT uses one): {named}"]


def too_old(answer: date, asked: date, until: date | None) -> str:
    """Return the reason if an answer is too old to use; empty otherwise."""
    text = f"its answer is of {long_day(answer)}, by its Date header"
    if until and answer < until:
        return f"{text}, and what is in use was so on {long_day(until)}: {WHY_OLD}"
    return f"{text}: {WHY_OLD}" if asked - answer > OLDEST else ""


def days_off(downloads: Downloads) -> str:
    """Return a warning if a publisher's clock and this machine's differ by days; else empty."""
    for answer in downloads.values():
        if not isinstance(answer, Download) or not answer.answered:
            continue
        late, text = answer.fetched - answer.answered, long_day(answer.answered.date())
        if abs(late) > CLOCKS_DIFFER:
            days = counted(abs(late).days, "day")
            side, why = ("before", WHY_OLD) if late > CLOCKS_DIFFER else ("after", WHY_NEW)
            return f"its answer is of {text}, by its Date header, {days} {side} this machine: {why}"
    return ""


def too_late(today: date, days: Iterable[date]) -> str:
    """Return a warning if only this machine's clock supports a much later date; else empty."""
    newest = max(days, default=today)
    if today - newest <= OLDEST:
        return ""
    return (
        f"its answer has no Date header, and {long_day(today)}, by this machine's clock, is more "
        f"than {OLDEST.days} days after the newest file ({long_day(newest)}): is the clock wrong?"
    )


def first_list(tables: Tables, source: Source) -> str:
    """Return a line on the known acts that a source's first list lacks."""
    frame = tables["conflicts"]
    of_list = (frame["convention"] == source.convention) & (frame["kept"] == NOT_LISTED)
    lacks = frame[of_list].sort_values("other_grade", kind="stable")  # confirmed acts first
    states = tables["states"].set_index("iso3")["name"]
    named = [f"{states.get(row.iso3, row.iso3)} ({row.kind})" for row in lacks.itertuples()]
    more = len(named) - MAX_ACTS_NAMED
    named = named[:MAX_ACTS_NAMED]
    if more > 0:
        named.append(f"{more:,} more")
    number = counted(len(lacks), "known act")
    acts_text = f"{number}, which count as reported: {listed(named)}" if named else "no known act"
    return f"the first list lacks {acts_text}"


# Saved files


def day_saved(source: Source, project: DataFolders, options: RefreshOptions) -> date:
    """Return the day on which a person saved a file.

    A list cannot contain acts after it was saved, so it is never complete to the day on which the
    person gives it.
    """
    # East of Greenwich a day begins earlier than in UTC, and the person may give the local date.
    day = options.saved
    today = max(options.moment.date(), options.moment.astimezone().date())
    if day is None or day > today:
        raise AdoptionError(
            f"--saved: {day or 'is needed with --file'}; allowed: the day on which you saved it, "
            f"to {today}"
        )
    newest = project.store.newest(source.source)
    until = project.store.reach(source.source)
    if newest and until and until > day:
        used = f"{project.place(newest)}, which is in use, is of {long_day(until)}"
        raise AdoptionError(
            f"{options.file}: was saved on {long_day(day)}, and {used}; allowed: a newer file"
        )
    return day


# Completion


def note_unchanged(project: DataFolders, results: Iterable[SourceResult]) -> bool:
    """Record the last day on which each source was seen unchanged; return whether it changed."""
    store, unchanged = project.store, read_unchanged(project.reference)
    newest = {source: f"{source}/{store.latest(source).name}" for source in store.sources()}
    noted = {name: unchanged[name] for name in newest.values() if name in unchanged}
    for result in results:
        reach = store.reach(result.source) if result.until else None
        if result.until and reach and result.until > reach:
            noted[newest[result.source]] = result.until
    if noted != unchanged:
        write_unchanged(project.reference, noted)
    return any(unchanged.get(name) != until for name, until in noted.items())


def _publish(
    project: DataFolders, results: Sequence[SourceResult], options: RefreshOptions, say: Say
) -> tuple[str, bool]:
    """Complete the acceptances and publish the tables; return the summary and any change."""
    complete(project)
    accepted = [result for result in results if result.kind == "accepted"]
    verdict = accepted[-1].verdict if accepted else Verdict()
    if note_unchanged(project, results) or not verdict.tables:
        verdict = verdict_of_build(project)
        if not verdict.is_good:
            problem = f"the data are not in order: {verdict.reason}"
            if all(result.kind in ("unchanged", "undone") for result in results):
                raise AdoptionError(problem)
            # The problem existed before this refresh.
            say(f"{problem}; the tables stay as they are")
            return "", False
    published = publish(project, verdict.tables, options.moment, say)
    for line in tidy_exceptions(project, verdict.unused):
        say(line)
    return published
