"""The record of changes, `data/events.csv`, and its products: feed, CHANGES.md and sentences.

The record is permanent and never rebuilt. It contains the last known state of each act. The
first build therefore records all acts, and each build records what an interrupted one could not.
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

from adoption.core.acts import ACTS
from adoption.core.errors import AdoptionError
from adoption.core.files import read_if_there, write_whole
from adoption.core.reading import record_read, remembered
from adoption.core.text import NOT_KNOWN, counted, listed, long_day
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
EVENTS_FORMAT = 1  # the first row of the file names its format; without it, format 1 applies
EVENT_COLUMNS = ["day", *(field.name for field in fields(Event))]
NOTHING, FIRST, OTHERS = "nothing has changed", "News", "Other tables"
# Maximum length of a summary; tools cut longer subjects of commits.
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
MAX_NAMES = 6  # states named in a line for readers
MAX_DAYS = 10  # days in the head of CHANGES.md
MAX_LINES = 50  # lines per section and day of CHANGES.md; the record has all of them
JOURNAL_HEAD = f"""# Changes in the data

What became known of the acts of states, newest first. Below stands every change of the data by day.

<!-- Generated from {EVENTS}: what is written here is overwritten. -->
"""


@remembered
def read_events(data: Path) -> pd.DataFrame:
    """Return the recorded events, oldest first; empty without a record."""
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
    """Return the rows by day, without duplicates.

    Merging two clones concatenates their rows, and an interrupted build repeats its rows.
    """
    return rows.drop_duplicates(keep="last").sort_values("day", kind="stable", ignore_index=True)


def event_rows(events: Iterable[Event], day: date | str) -> pd.DataFrame:
    """Return the events of a day as rows of the file, one line each because git merges lines."""
    rows = [{"day": f"{day}", **asdict(event)} for event in events]
    return pd.DataFrame(rows, columns=EVENT_COLUMNS, dtype="str").map(one_line)


def record(data: Path, old: Tables | None, new: Tables, today: date) -> list[Event]:
    """Record the changes in the tables of a build; return the changes since the old tables.

    Acts are compared with their last recorded state, everything else with the old tables. The
    events get the day of the newest fetch among them, or else today, but no day before the last
    recorded one. Recorded days in the future come from a wrong clock and are ignored.
    """
    recorded = read_events(data)
    if recorded.empty and old is not None:  # the previous tables become the first record
        recorded = event_rows(_new_acts(recorded, old), day_of_build(old))
    changes = build_differences(old, new).events if old is not None and old is not new else ()
    of_acts = [event for event in changes if event.kind == ACT]
    other_events = [event for event in changes if event.kind != ACT]
    new_acts = _new_acts(recorded, new)
    day = _not_before(recorded, _day_of(old, new, today), max(today, day_of_build(new)))
    _write(data, pd.concat([recorded, event_rows([*new_acts, *other_events], day)]))
    # An interrupted build may have recorded its acts without publishing them, so report them again.
    return [*(new_acts or of_acts), *other_events]


def record_waiting(data: Path, acts: pd.DataFrame, day: date) -> None:
    """Record the acts that await review, each only once."""
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
    """Record that a snapshot was taken back, and delete events on future days."""
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
    """Return the changes of acts since their last recorded state."""
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
    fetched = folders[folders.str.contains("T")]  # fetched snapshots are named after a moment
    return max((date.fromisoformat(name[:10]) for name in fetched), default=today)


def write_news(data: Path) -> None:
    """Write the feed and CHANGES.md from the recorded events."""
    events = read_events(data)
    contents = {ALL.file: feed(events), JOURNAL: changes_md(events).encode()}
    for name, content in contents.items():
        if read_if_there(data / name) != content:
            write_whole(data / name, content)


def feed(events: pd.DataFrame, updated: str = "2026-01-01", **published: str) -> bytes:
    """Return the feed of all acts, starting with the first convention.

    A feed without events has the date `updated`. `published` gives its site and author.
    """
    since = str(events["day"].min()) if len(events) else updated
    return feed_of_all(feed_entries(events), since, **published)


# Sentences


def for_readers(events: Iterable[Event]) -> list[str]:
    """Return the changes for readers, one line per convention: news, acts and counts.

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
    """Yield the acts on one convention in words: `2 signatures confirmed (Chad and Japan)`."""
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
    """Return the changes for readers by day, newest first.

    The first record is left out, because it contains all acts known before.
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
    """Return the recorded events by day, newest first."""
    days: dict[str, list[Event]] = {}
    for row in records(events):
        days.setdefault(row["day"], []).append(Event.of(row))
    return dict(sorted(days.items(), reverse=True))


def _is_first_record(day: str, days: Mapping[str, Sequence[Event]]) -> bool:
    """Return whether a day's events only record acts that were known before."""
    is_first = day == min(days)
    return is_first and all(event.kind == ACT and not event.before for event in days[day])


def by_day_lines(days: Mapping[str, Sequence[str]], since: date) -> str:
    """Return the changes for readers in terminal form: each day with its lines below."""
    if not days:
        return f"nothing has changed for readers since {long_day(since)}"
    blocks = []
    for day, lines in days.items():
        indented = (f"  {line}" for line in lines)
        blocks.append("\n".join([long_day(date.fromisoformat(day)), *indented]))
    return "\n".join(blocks)


def summary_line(events: Sequence[Event]) -> str:
    """Return the events in one line of at most 72 characters, without a full stop.

    News comes first, then acts that a list lacks and acts that were removed. The rest is `more` if
    it does not fit.

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
    """Yield the counts of acts, such as `2 signatures of Hanoi removed`, most important first."""
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
    """Return the events under titles: news, acts and changed records, then other tables."""
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
    """Return the events with each replaced total as one event.

    A removed total and an added total of the same source and day are one change. Either the number
    differs, or only parts of the record that no event shows.
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
    """Return the news since a day, newest first."""
    rows = events[events["day"] >= f"{since}"].to_dict("records")
    later = [Event.of(row) for row in rows]
    return [event.text for event in reversed(titled_events(later).get(FIRST, []))]


def as_text_lines(differences: Differences) -> str:
    """Return the differences in terminal form: + for added, ~ for changed, - for removed."""
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
    """Return the events as Markdown: the changes for readers, then a list per title."""
    lines = [f"- {escaped(line)}" for line in for_readers(events)]
    if not lines:
        lines = [f"Nothing has changed for readers: {escaped(summary_line(events))}."]
    for title, of_title in titled_events(events).items():
        lines += ["", f"### {escaped(title)}", ""]
        items = [f"{CHANGE_MARKS[e.change]}{escaped(e.text)}" for e in of_title]
        if title == OTHERS:  # `adoption diff` prints the rows
            items = sorted({escaped(e.act) for e in of_title})
        lines += [f"- {item}" for item in items[-MAX_LINES:]]
        if len(items) > MAX_LINES:
            lines.append(f"- and {len(items) - MAX_LINES:,} more before")
    return "\n".join(lines) + "\n"


def changes_md(events: pd.DataFrame) -> str:
    """Return CHANGES.md: a heading per day, newest first."""
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
    r"""Return one line of text with Markdown's special characters escaped.

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
