"""What changed and when: `data/events.csv`, and what is made of it: feed, CHANGES.md, sentences.

The file is kept, not rebuilt. What is known of the acts is read from it, so the first build
records all of them, and what one build could not write the next one does.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, fields, replace
from datetime import date
from operator import attrgetter
from pathlib import Path
from textwrap import shorten
from typing import Any

import pandas as pd

from adoption.core.errors import AdoptionError
from adoption.core.files import read_if_there, write_whole
from adoption.core.reading import record_read, remembered
from adoption.core.text import NOT_KNOWN, counted, listed, long_day
from adoption.core.vocabulary import ACTS
from adoption.ingest.snapshots import CLOCKS_DIFFER
from adoption.law.conventions import Convention, load_conventions
from adoption.refresh.diff import (
    ACT,
    ACT_KEY,
    CONFLICT,
    COUNT_NAMES,
    FATES,
    STATEMENT,
    STATUS,
    TABLE,
    TOTAL,
    UNDONE,
    WAITING,
    Differences,
    Event,
    act_events,
    act_states,
    as_text,
    build_differences,
    day_of_build,
    one_line,
)
from adoption.refresh.feeds import ALL, feed_entries, feed_of_all
from adoption.tables.csvfile import read_csv
from adoption.tables.names import load_participants
from adoption.tables.rows import records
from adoption.tables.write import Tables, to_csv

EVENTS, JOURNAL = "events.csv", "CHANGES.md"
EVENTS_FORMAT = 1  # of the file: its first row says so; one without that row is of the first
EVENT_COLUMNS = ["day", *(field.name for field in fields(Event))]
NOTHING, FIRST, OTHERS = "nothing has changed", "News", "Other tables"
# Letters of a summary; longer subjects of commits are cut by the tools that show them.
MAX_LETTERS = 72
OTHER_NOUNS = {
    WAITING: ("act awaiting review", "acts awaiting review"),
    STATEMENT: ("statement",),
    TOTAL: ("total",),
    CONFLICT: ("new conflict",),
}
SIGNS = {"added": "+", "changed": "~", "removed": "-"}
CHANGE_MARKS = {"added": "**new** ", "changed": "", "removed": "**removed** "}
SPECIAL = re.compile(r"[\\`*_\[\]<>&#|~]")
MAX_NAMES = 6  # of states in a line for readers
MAX_DAYS = 10  # at the head of CHANGES.md
MAX_LINES = 50  # of a section of a day in CHANGES.md; the file has them all
JOURNAL_HEAD = f"""# Changes in the data

What became known of the acts of states, newest first. Below stands every change of the data by day.

<!-- Generated from {EVENTS}: what is written here is overwritten. -->
"""


@remembered
def read_events(data: Path) -> pd.DataFrame:
    """Return what is recorded, the oldest first; no rows where nothing is."""
    path = data / EVENTS
    record_read(path)
    if not path.exists():
        return pd.DataFrame(columns=EVENT_COLUMNS, dtype="str")
    try:
        table = read_csv(path, f"data/{EVENTS}", EVENT_COLUMNS)
    except AdoptionError as error:
        mend = "mend or remove that row, or the file; `adoption build` records missing acts again"
        raise AdoptionError(f"{error}; {mend}") from None
    is_format = table.frame["kind"] == "format"
    is_later = is_format & (table.frame["after"] != f"{EVENTS_FORMAT}")
    table.refuse(
        "after", is_later, f"is a later format; allowed: {EVENTS_FORMAT}, or a later adoption"
    )
    return _in_order(table.frame.loc[~is_format, EVENT_COLUMNS])


def _in_order(rows: pd.DataFrame) -> pd.DataFrame:
    """Return each row once, by day: a merge of two clones puts the rows of one after the other's.

    A build that was stopped before it wrote the tables records the same once more, too.
    """
    return rows.drop_duplicates(keep="last").sort_values("day", kind="stable", ignore_index=True)


def event_rows(events: Iterable[Event], day: date | str) -> pd.DataFrame:
    """Return events of a day as rows of the file, each a line: git merges lines."""
    rows = [{"day": f"{day}", **asdict(event)} for event in events]
    return pd.DataFrame(rows, columns=EVENT_COLUMNS, dtype="str").map(one_line)


def record(data: Path, old: Tables | None, new: Tables, today: date) -> list[Event]:
    """Record what is new in the tables of a build; return what differs from the tables before.

    Of acts that is what differs from the last that is recorded of each, of all else what differs
    from the tables before. Their day is that of the newest fetch among them, or else today, but
    none before what is recorded; a day that has not come was recorded under a wrong clock.
    """
    recorded = read_events(data)
    if recorded.empty and old is not None:  # what there was before is the first record
        recorded = event_rows(_new_acts(recorded, old), day_of_build(old))
    changes = build_differences(old, new).events if old is not None and old is not new else ()
    of_acts = [event for event in changes if event.kind == ACT]
    other_events = [event for event in changes if event.kind != ACT]
    new_acts = _new_acts(recorded, new)
    day = _not_before(recorded, _day_of(old, new, today), max(today, day_of_build(new)))
    _write(data, pd.concat([recorded, event_rows([*new_acts, *other_events], day)]))
    # A build that was stopped before it wrote the tables has recorded its acts: tell them again.
    return [*(new_acts or of_acts), *other_events]


def record_waiting(data: Path, acts: pd.DataFrame, day: date) -> None:
    """Record acts that await review, each once however long it does."""
    recorded, why = read_events(data), "awaits review: other rows of its list are refused"
    events = []
    for row in acts.to_dict("records"):
        text = f"{row['participant']}: {row['act']} of {long_day(row['date'])} {why}"
        events.append(
            Event(
                WAITING,
                row["convention"],
                row["iso3"],
                row["act"],
                after=f"{row['date']:%Y-%m-%d}",
                source=row["source"],
                text=text,
            )
        )
    new = event_rows(events, _not_before(recorded, day, day))
    events_file = pd.concat([recorded, new]).drop_duplicates([*ACT_KEY, "kind", "after"])
    if len(events_file) > len(recorded):
        _write(data, events_file)


def record_undone(data: Path, convention: str, snapshot: str, day: date, why: str) -> None:
    """Record that a snapshot was taken back; what was recorded of days to come goes."""
    recorded = read_events(data)
    event = Event(UNDONE, convention, act=snapshot, after=f"{day}", text=f"{snapshot} {why}")
    recorded = recorded[recorded["day"] <= f"{day + CLOCKS_DIFFER}"]
    _write(data, pd.concat([recorded, event_rows([event], day)]))


def _not_before(recorded: pd.DataFrame, day: date, today: date) -> str:
    days = recorded["day"][recorded["day"] <= f"{today + CLOCKS_DIFFER}"]
    return max([f"{day}", *map(str, days.tail(1))])


def _write(data: Path, rows: pd.DataFrame) -> None:
    rows = _in_order(rows)
    format_event = Event(
        "format", after=f"{EVENTS_FORMAT}", text=f"this file is of format {EVENTS_FORMAT}"
    )
    about_row = event_rows([format_event], rows["day"].min())
    written = to_csv(pd.concat([about_row, rows]))
    if len(rows) and written != read_if_there(data / EVENTS):
        write_whole(data / EVENTS, written)


def _new_acts(recorded: pd.DataFrame, tables: Tables) -> list[Event]:
    """Return what became of acts since what is recorded of them last."""
    names = dict(zip(tables["states"]["iso3"], tables["states"]["name"], strict=True))
    acts = recorded[recorded["kind"] == ACT].drop_duplicates(ACT_KEY, keep="last")
    acts = acts[acts["after"] != ""].rename(columns={"after": "state"})
    name = acts["participant"].map(names).fillna("")
    last = acts.assign(note="", name=name)[[*ACT_KEY, "state", "source", "note", "name"]]
    return act_events(last, act_states(as_text(tables["acts"]), names))


def _day_of(old: Tables | None, new: Tables, today: date) -> date:
    if old is None:
        return day_of_build(new)
    snapshots = new["snapshots"]
    come = snapshots[~snapshots["file"].isin(old["snapshots"]["file"])]
    folders = come["file"].str.split("/").str[3]
    fetched = folders[folders.str.contains("T")]  # called after a moment, others after their day
    return max((date.fromisoformat(name[:10]) for name in fetched), default=today)


def write_news(data: Path) -> None:
    """Make feed and CHANGES.md what the recorded events give."""
    events = read_events(data)
    contents = {ALL.file: feed(events), JOURNAL: changes_md(events).encode()}
    for name, content in contents.items():
        if read_if_there(data / name) != content:
            write_whole(data / name, content)


def feed(events: pd.DataFrame, updated: str = "2026-01-01", **published: str) -> bytes:
    """Return the feed of all acts, those of the first convention first.

    Without events it was updated on a day that is given; `published` is where and by whom.
    """
    since = str(events["day"].min()) if len(events) else updated
    return feed_of_all(feed_entries(events), since, **published)


# Sentences


def for_readers(events: Iterable[Event]) -> list[str]:
    """Return what changed for readers, a line a convention: news, acts with names, counts.

    Examples
    --------
    >>> for_readers([Event("act", "hanoi", "JPN", "signature", after="2026-12-01 confirmed"),
    ...              Event("table", act="snapshots", before="1", after="1")])
    ['UN Convention against Cybercrime: 1 signature (Japan)']
    """
    in_order = [*load_conventions()]
    lines = []
    by_convention: dict[str, list[Event]] = {}
    for event in events:
        title = _convention(event.convention).short_title
        if event.is_news:
            lines.append(f"{title}: {event.text}" if event.convention else event.text)
        elif event.kind == ACT or (event.kind == STATUS and event.act in COUNT_NAMES):
            by_convention.setdefault(event.convention, []).append(event)
    for name in sorted(by_convention, key=[*in_order, *by_convention].index):
        acts = [event for event in by_convention[name] if event.kind == ACT]
        counts = [
            f"{COUNT_NAMES[event.act]} {event.after or NOT_KNOWN} "
            f"(were {event.before or NOT_KNOWN})"
            for event in by_convention[name]
            if event.kind == STATUS
        ]
        new = [*_acts_with_names([event for event in acts if not event.is_correction]), *counts]
        corrections = "; ".join(_acts_with_names([event for event in acts if event.is_correction]))
        parts = ["; ".join(new), f"Corrections of the data: {corrections}" if corrections else ""]
        words = ". ".join(filter(None, parts))
        lines.append(f"{_convention(name).short_title}: {words}")
    return [one_line(line) for line in lines]


def _acts_with_names(acts: Iterable[Event]) -> Iterator[str]:
    """Yield what became of acts on one convention, as `2 signatures confirmed (Chad and Japan)`."""
    names = load_participants().names
    of_kind: dict[tuple[str, str], list[str]] = {}
    for event in acts:
        of_kind.setdefault((event.fate, event.act), []).append(
            names.get(event.participant, event.participant)
        )
    for (fate, act), states in of_kind.items():
        plural = act.replace(" to ", "s to ") if " to " in act else None
        named_states = states if len(states) <= MAX_NAMES else [*states[: MAX_NAMES - 1], ""]
        if named_states[-1] == "":
            named_states[-1] = f"{len(states) - MAX_NAMES + 1} more"
        became = fate.replace("removed", "taken out")
        what = f"{counted(len(states), act, plural)} {became}".rstrip()
        yield f"{what} ({listed(named_states)})"


def by_day(events: pd.DataFrame, since: str = "") -> dict[str, list[str]]:
    """Return what changed for readers on each day since one, the newest first.

    The first record, which has all that was known before, is none.
    """
    return _lines_by_day(_events_by_day(events), since)


def _lines_by_day(days: Mapping[str, Sequence[Event]], since: str = "") -> dict[str, list[str]]:
    lines = {
        day: for_readers(events)
        for day, events in days.items()
        if day >= since and not _is_first_record(day, days)
    }
    return {day: of_day for day, of_day in lines.items() if of_day}


def _events_by_day(events: pd.DataFrame) -> dict[str, list[Event]]:
    """Return what is recorded of each day, the newest first."""
    days: dict[str, list[Event]] = {}
    for row in records(events):
        days.setdefault(row["day"], []).append(Event.of(row))
    return dict(sorted(days.items(), reverse=True))


def _is_first_record(day: str, days: Mapping[str, Sequence[Event]]) -> bool:
    """Return whether the events of a day are a record of acts that were known before."""
    is_first = day == min(days)
    return is_first and all(event.kind == ACT and not event.before for event in days[day])


def by_day_lines(days: Mapping[str, Sequence[str]], since: date) -> str:
    """Return what changed for readers for a terminal: a day, and its lines below it."""
    if not days:
        return f"nothing has changed for readers since {long_day(since)}"
    blocks = []
    for day, lines in days.items():
        indented = (f"  {line}" for line in lines)
        blocks.append("\n".join([long_day(date.fromisoformat(day)), *indented]))
    return "\n".join(blocks)


def summary_line(events: Sequence[Event]) -> str:
    """Return events in one line without a full stop, of 72 letters at most.

    What is news comes first, then acts that a list lacks and acts that are gone; what does not fit
    is `more`.

    Examples
    --------
    >>> summary_line([Event("act", "hanoi", iso3, "signature", after="2026-12-01 confirmed")
    ...               for iso3 in ("JPN", "TCD")])
    '2 signatures of Hanoi'
    """
    news = [_news(event) for event in events if event.is_news]
    parts = [*dict.fromkeys(news), *_acts_counted(events), *_others_counted(events)]
    if events and not parts:
        tables = sorted({event.act for event in events if event.kind == TABLE})
        is_all = all(event.kind == TABLE for event in events)
        parts = [f"only {listed(tables)}" if is_all else counted(len(events), "other change")]
    line = one_line("; ".join(parts)) or NOTHING
    while len(line) > MAX_LETTERS and len(parts) > 1:
        parts.pop()
        line = one_line("; ".join([*parts, "more"]))
    return shorten(line, MAX_LETTERS, placeholder="…")


def _news(event: Event) -> str:
    if event.kind == UNDONE:
        return f"taken back: {event.act.partition(' ')[0]}"
    return f"{_convention(event.convention).label}: {event.text}"


def _acts_counted(events: Sequence[Event]) -> Iterator[str]:
    """Yield what became of acts, as 2 signatures of Hanoi removed, what matters most first."""
    acts: dict[tuple[int, str], list[str]] = {}
    for event in events:
        if event.kind == ACT:
            key = (FATES.index(event.fate), event.convention)
            acts.setdefault(key, []).append(event.act)
    for (fate, name), of_fate in sorted(acts.items(), key=lambda item: item[0][0]):
        numbers = Counter(sorted(of_fate, key=[*ACTS, *of_fate].index))
        plurals = {act: act.replace(" to ", "s to ") for act in numbers if " to " in act}
        clauses = [counted(n, act, plurals.get(act)) for act, n in numbers.items()]
        kinds = listed(clauses)
        yield f"{kinds} of {_convention(name).label} {FATES[fate]}".rstrip()


def _others_counted(events: Sequence[Event]) -> Iterator[str]:
    numbers = Counter(event.kind for event in events if event.kind != CONFLICT or not event.before)
    for kind, noun in OTHER_NOUNS.items():
        if numbers[kind]:
            yield counted(numbers[kind], *noun)


def titled_events(events: Iterable[Event]) -> dict[str, list[Event]]:
    """Return events under titles: what is news, acts and changed records, then other tables."""
    titled: dict[str, list[Event]] = {}
    events = _in_one(events)
    names = {event.convention for event in events if event.convention}
    short_titles = {name: _convention(name).short_title for name in names}
    for event in events:
        title = short_titles[event.convention] if event.convention else OTHERS
        if event.is_news:
            text = f"{title}: {event.text}".removeprefix(f"{OTHERS}: ")
            event, title = replace(event, text=text), FIRST
        elif event.kind == ACT and event.before:
            title += ": changed records"
        titled.setdefault(title, []).append(event)

    def order(title: str) -> tuple[bool, bool, str]:
        return title != FIRST, title == OTHERS, title

    return {title: titled[title] for title in sorted(titled, key=order)}


def _in_one(events: Iterable[Event]) -> list[Event]:
    """Return events of which a total that is gone and one of its source and day that came are one.

    Such a total has another number, or its record changed in what is not told here.
    """
    whose = attrgetter("kind", "convention", "participant", "act", "source")
    both: dict[tuple[str, ...], Event] = {}
    others = []
    for event in events:
        key = whose(event)
        if event.kind != TOTAL or (key in both and both[key].change == event.change):
            others.append(event)
        elif key in both:
            new, old = sorted((both[key], event), key=attrgetter("before"))
            is_other = old.before != new.after
            was = f" (was {old.before})" if is_other else ": the same numbers, another record"
            both[key] = replace(new, before=old.before, text=f"{new.text}{was}")
        else:
            both[key] = event
    return [*others, *both.values()]


def news_since(events: pd.DataFrame, since: date) -> list[str]:
    """Return what is news since a day, the newest first."""
    rows = events[events["day"] >= f"{since}"].to_dict("records")
    later = [Event.of(row) for row in rows]
    return [event.text for event in reversed(titled_events(later).get(FIRST, []))]


def as_text_lines(differences: Differences) -> str:
    """Return differences for a terminal, one line a change: + added, ~ changed, - removed."""
    if not differences.events:
        return NOTHING
    lines = [summary_line(differences.events)]
    if differences.old_day and differences.new_day:
        new, old = long_day(differences.new_day), long_day(differences.old_day)
        other_side = f", beside those of {old}" if new != old else " on both sides"
        lines.append(f"data of {new}{other_side}")
    for title, events in titled_events(differences.events).items():
        lines += ["", title]
        lines += [f"  {SIGNS[event.change]} {one_line(event.text)}" for event in events]
    return "\n".join(lines)


def as_markdown(events: Sequence[Event]) -> str:
    """Return events as Markdown: what changed for readers, then a list under each heading."""
    lines = [f"- {escaped(line)}" for line in for_readers(events)]
    if not lines:
        lines = [f"Nothing has changed for readers: {escaped(summary_line(events))}."]
    for title, of_title in titled_events(events).items():
        lines += ["", f"### {escaped(title)}", ""]
        items = [f"{CHANGE_MARKS[e.change]}{escaped(e.text)}" for e in of_title]
        if title == OTHERS:  # of which `adoption diff` has the rows
            items = sorted({escaped(e.act) for e in of_title})
        lines += [f"- {item}" for item in items[-MAX_LINES:]]
        if len(items) > MAX_LINES:
            lines.append(f"- and {len(items) - MAX_LINES:,} more before")
    return "\n".join(lines) + "\n"


def changes_md(events: pd.DataFrame) -> str:
    """Return CHANGES.md: a heading a day, newest first."""
    days = _events_by_day(events)
    head = list[str]()
    for day, lines in [*_lines_by_day(days).items()][:MAX_DAYS]:
        head.append(f"- {long_day(date.fromisoformat(day))}\n")
        head += [f"  - {escaped(line)}\n" for line in lines]
    parts = [JOURNAL_HEAD, *(["".join(head)] if head else [])]
    for recorded_on, of_day in days.items():
        first = f"The first record: {counted(len(of_day), 'act')}.\n"
        text = first if _is_first_record(recorded_on, days) else as_markdown(of_day)
        heading = long_day(date.fromisoformat(recorded_on))
        parts.append(f"## {heading}\n\n{text}")
    return "\n".join(parts)


def escaped(text: str) -> str:
    r"""Return text of one line so that Markdown shows it as it is.

    Examples
    --------
    >>> print(escaped("*a* <b>"))
    \*a\* \<b\>
    """
    return SPECIAL.sub(r"\\\g<0>", one_line(text))


def _convention(name: str) -> Any:
    conventions: Mapping[str, Convention] = load_conventions()
    if name in conventions:
        return conventions[name]
    first = next(iter(conventions.values()))
    return first.model_copy(update={"label": name, "short_title": name})
