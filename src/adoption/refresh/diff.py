"""How two states of the data differ, as events: what changed of whom, from what to what.

Two builds, two snapshots of a source, and the built tables beside what would be built.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any, TypeAlias

import pandas as pd

from adoption.builds import as_text, key_columns, read_build
from adoption.changes import Changes, compare
from adoption.data.dictionary import files_of
from adoption.data.snapshots import SIDECAR_SUFFIX, contents
from adoption.data.write import join
from adoption.errors import AdoptionError, did_you_mean
from adoption.law.conventions import load_conventions
from adoption.law.status import status_of
from adoption.refresh.project import Project
from adoption.refresh.validate import build
from adoption.words import counted, listed, long_day, when_long

Tables: TypeAlias = "Mapping[str, pd.DataFrame]"

ACT, STATUS, TOTAL, LIST, CONFLICT, STATEMENT, VALUE, TABLE = (
    "act", "status", "total", "list", "conflict", "statement", "value", "table",
)  # fmt: skip
KEY = ["convention", "participant", "act", "number"]  # of an act
UNLISTED = "not in the depositary's list"
MOST = 5  # values of an index or rows of a table that are named; of more only how many
USED_BY_STATUS = ("acts", "states", "memberships", "entries_into_force")
OF_LIST = ("complete_to", "nearly_complete_to", "partial_to", "reach", "source")
COUNTED_ONLY = ("base_acts", "base_treaties", "backtest", "sources", "snapshots")
COMPILED = ("unchanged_until", "complete_to", "accessed")  # days that move where nothing is new
MEASURED = ("population", "gdp_per_capita", "gdp_per_capita_ppp", "internet_users_pct",
            "income_group")  # fmt: skip
# The columns without which the differences of a build cannot be found.
NEEDED: Mapping[str, tuple[str, ...]] = {
    "conventions": ("convention", "short_title", "label"),
    "acts": ("convention", "iso3", "participant", "act", "date", "earliest", "latest",
             "open_ended", "grade", "source", "note"),
    "totals": ("convention", "as_of", "signatories", "parties", "source"),
    "states": ("iso3", "name"),
    "snapshots": ("file", "accessed"),
}  # fmt: skip


@dataclass(frozen=True)
class Event:
    """One change. `before` is empty of what is new, `after` of what is gone.

    Of an act they are its day or window and its grade, such as `2026-03-03 confirmed`;
    `number` tells acts of one name of a participant apart. `text` is the change in English.
    """

    kind: str
    convention: str = ""
    participant: str = ""
    act: str = ""
    number: str = ""
    before: str = ""
    after: str = ""
    source: str = ""
    text: str = ""

    @property
    def change(self) -> str:
        """`added`, `removed` or `changed`."""
        return "changed" if self.before and self.after else "added" if self.after else "removed"


@dataclass(frozen=True)
class Differences:
    """The events between two states of the data, with the days of both and the conventions."""

    events: tuple[Event, ...] = ()
    old_day: date | None = None
    new_day: date | None = None

    def as_json(self) -> dict[str, Any]:
        """Return them as plain values."""
        days = {"old_day": self.old_day, "new_day": self.new_day}
        return {
            "schema": 2,
            **{name: day.isoformat() if day else None for name, day in days.items()},
            "events": [asdict(event) | {"change": event.change} for event in self.events],
        }


# Acts


def act_states(acts: pd.DataFrame, names: Mapping[str, str]) -> pd.DataFrame:
    """Return the acts of a table of text by `KEY`, each with its state, source, note and name."""
    days = acts["date"].where(acts["date"] != "", acts["earliest"] + ".." + acts["latest"])
    days = days.where(acts["open_ended"] != "true", acts["earliest"] + "..")
    found = pd.DataFrame(
        {
            "convention": acts["convention"],
            "participant": acts["iso3"].where(acts["iso3"] != "", acts["participant"]),
            "act": acts["act"],
            "state": days + " " + acts["grade"],
            "source": acts["source"],
            "note": acts["note"],
            "name": acts["iso3"].map(dict(names)).fillna(acts["participant"]),
        }
    ).sort_values([*KEY[:3], "state"], ignore_index=True)
    number = found.groupby(KEY[:3]).cumcount().add(1).astype("str")
    found["state"] = found["state"].str.strip()
    return found.assign(number=number.mask(number == "1", ""))


def act_events(old: pd.DataFrame, new: pd.DataFrame) -> list[Event]:
    """Return what became of acts, given as `act_states` does; absent ones first."""
    both = old.merge(new, how="outer", on=KEY, suffixes=("_old", ""), indicator=True)
    both = both[both["state_old"] != both["state"]].fillna("")
    events = [_act_event(row) for row in both.astype({"_merge": "str"}).to_dict("records")]
    return sorted(events, key=lambda event: (UNLISTED not in event.text, event.before != ""))


def _act_event(row: Mapping[Any, Any]) -> Event:
    before, after = row["state_old"], row["state"]
    name = row["name"] or row["name_old"] or row["participant"]
    (was, old_grade), (now, grade) = map(_state_in_words, (before, after or before))
    said = f"{name}: {row['act']} {now}"
    if not before:
        said += (
            f" ({', '.join(filter(None, [grade, row['source'] and 'source ' + row['source']]))})"
        )
    elif not after:
        said += " no longer in the record"
    else:
        said += f" (was {was.removeprefix('of ')})" if was != now else ""
        unlisted = f", {UNLISTED}" if UNLISTED in row["note"] else ""
        said += f", now {grade} (was {old_grade}){unlisted}" if grade != old_grade else ""
    source = row["source"] or row["source_old"]
    key = (row["convention"], row["participant"], row["act"], row["number"])
    return Event(ACT, *key, before, after, source, said)


def _state_in_words(state: str) -> tuple[str, str]:
    """Return the day or window of an act as it follows its name, and its grade.

    Examples
    --------
    >>> _state_in_words("2026-02-01..2026-02-28 reported")
    ('in February 2026', 'reported')
    """
    days, _, grade = state.partition(" ")
    first, apart, last = days.partition("..")
    if not first:
        return "of a day not known", grade
    earliest = date.fromisoformat(first)
    latest = date.fromisoformat(last) if last else date.max if apart else earliest
    said = when_long(earliest, latest, open_ended=bool(apart and not last))
    return f"of {said.removeprefix('on ')}" if said.startswith("on ") else said, grade


# What stands beside the acts


@dataclass(frozen=True)
class Lists:
    """The sources of the conventions' lists, and the names of new raw files."""

    sources: Mapping[str, str]
    files: set[str]

    def is_new(self, convention: str) -> bool:
        """Whether there is a new list, and not only one that was found unchanged."""
        own = f"data/raw/{self.sources.get(convention, '')}/"
        return any(file.startswith(own) for file in self.files)


def other_events(
    old: Tables, new: Tables, names: Mapping[str, str], lists: Lists
) -> Iterator[Event]:
    """Yield what became of everything but the acts, given as text."""
    before, after = ({n: f for n, f in side.items() if n != "acts"} for side in (old, new))
    changes = compare(before, after)
    yield from _of_totals(changes)
    yield from _of_lists(changes, lists)
    yield from _of_rows("conflicts", CONFLICT, changes, lambda row: _conflict(row, names))
    yield from _of_rows("statements", STATEMENT, changes, _statement)
    yield from _of_values(changes, names)
    yield from _of_tables(changes)


def _of_rows(table: str, kind: str, changes: Changes, words: Any) -> Iterator[Event]:
    """Yield rows of a table that are new or gone, each in words; where one changed, both."""
    for rows, is_new in ((changes.removed, False), (changes.added, True)):
        for row in rows[table].to_dict("records") if table in rows else ():
            about, value, text = words(row)
            yield Event(
                kind,
                row["convention"],
                row.get("iso3", ""),
                about,
                before="" if is_new else value,
                after=value if is_new else "",
                source=row.get("source", ""),
                text=text if is_new else f"{text}: no longer in the record",
            )


def _of_totals(changes: Changes) -> Iterator[Event]:
    yield from _of_rows("totals", TOTAL, changes, _total)
    for cell in _cells(changes, "totals"):
        convention, day, source = cell["key"]
        text = f"published total {_as_of(day)} (source {source}): {_cell(cell)}"
        yield Event(TOTAL, convention, "", day, "", cell["old"], cell["new"], source, text)


def _total(row: Mapping[Any, Any]) -> tuple[str, str, str]:
    told = [
        counted(int(row[name]), *nouns)
        for name, nouns in (
            ("signatories", ("signatory", "signatories")),
            ("parties", ("party", "parties")),
        )
        if row[name]
    ]
    value = row.get("wording") or listed(told) or "not known"
    text = f"published total {_as_of(row['as_of'])} (source {row['source']}): {value}"
    return row["as_of"], value, text


def _as_of(day: str) -> str:
    return f"as of {long_day(date.fromisoformat(day))}" if day else "without a day"


def _of_lists(changes: Changes, lists: Lists) -> Iterator[Event]:
    """Yield how far a new list reaches, and a published day of entry into force."""
    for cell in _cells(changes, "conventions"):
        (name,), column, text = cell["key"], cell["column"], ""
        if column == "complete_to" and lists.is_new(name):
            text = f"the list of acts is complete to {_day(cell['new'])} (was {_day(cell['old'])})"
        elif column == "entered_into_force":
            text = (
                f"the published entry into force is {_day(cell['new'])} (was {_day(cell['old'])})"
            )
        elif column not in OF_LIST:
            text = _cell(cell)
        if text:
            yield Event(LIST, name, "", column, "", cell["old"], cell["new"], "", text)


def _conflict(row: Mapping[Any, Any], names: Mapping[str, str]) -> tuple[str, str, str]:
    kind, about = row["kind"], row["about"]
    whose = kind if about == "total" else names.get(row["iso3"], row["iso3"])
    what = {"listed": f"{kind} {UNLISTED}", "total": "published total"}.get(
        about, f"{about} of the {kind}"
    )
    other = f"{row['other_source']} says {row['other']}"
    return f"{kind} {about}", row["other"], f"sources differ on {whose}: {what}; {other}"


def _statement(row: Mapping[Any, Any]) -> tuple[str, str, str]:
    whose = f" of {row['participant']}" if row["participant"] else ""
    checksum = row["sha256"][:8]
    return row["kind"], checksum, f"{row['kind']}{whose} (checksum {checksum})"


def _of_values(changes: Changes, names: Mapping[str, str]) -> Iterator[Event]:
    """Yield the changed values of each index, edition and component."""
    groups: dict[tuple[str, ...], list[tuple[str, str, str]]] = {}
    for rows, is_new in ((changes.removed, False), (changes.added, True)):
        for row in rows["capacity"].to_dict("records") if "capacity" in rows else ():
            pair = ("", row["value"]) if is_new else (row["value"], "")
            group = (row["index"], row["edition"], row["component"])
            groups.setdefault(group, []).append((row["iso3"], *pair))
    for cell in _cells(changes, "capacity"):
        if cell["column"] in ("value", "tier"):
            iso3, *group = cell["key"]
            groups.setdefault(tuple(group), []).append((iso3, cell["old"], cell["new"]))
    for cell in _cells(changes, "states"):
        if cell["column"] in MEASURED:
            measure = (cell["column"].replace("_", " "), "", "")
            groups.setdefault(measure, []).append((*cell["key"], cell["old"], cell["new"]))
    for key, values in sorted(groups.items()):
        what = " ".join(filter(None, key)).replace("_", " ")
        text = f"{what}: {counted(len(values), 'value')}"
        if len(values) <= MOST:
            told = (f"{names.get(iso3, iso3)} {now or 'none'} (was {was or 'none'})"
                    for iso3, was, now in sorted(values))  # fmt: skip
            text += f": {'; '.join(told)}"
        was, now = (_digest(values, at) for at in (1, 2))
        yield Event(VALUE, "", "", what, str(len(values)), was, now, "", text)


def _digest(values: Iterable[tuple[str, str, str]], at: int) -> str:
    """Return one value, or a checksum of several; nothing where there is none."""
    found = [value[at] for value in sorted(values)]
    if len(found) == 1 or not any(found):
        return found[0]
    return f"sha256:{hashlib.sha256('|'.join(found).encode()).hexdigest()[:8]}"


def _of_tables(changes: Changes) -> Iterator[Event]:
    """Yield rows of the other tables, of many only how many; and what only one side has."""
    told = ("conventions", "conflicts", "statements", "totals", "capacity")
    for count in changes.counts().to_dict("records"):
        name = str(count["table"])
        cells = [c for c in _cells(changes, name) if not _is_told(name, c["column"])]
        whole = [(n, rows[name]) for n, rows in (("added", changes.added),
                 ("removed", changes.removed)) if name in rows]  # fmt: skip
        if name in told or not (cells or whole):
            continue
        number = sum(len(frame) for _, frame in whole) + len({cell["key"] for cell in cells})
        if name in COUNTED_ONLY or number > MOST:
            parts = [f"{len(frame):,} {word}" for word, frame in whole]
            parts += [f"{len({c['key'] for c in cells}):,} changed"] if cells else []
            yield Event(TABLE, act=name, after=str(number), text=f"{name}: {', '.join(parts)}")
            continue
        for word, frame in whole:
            for values in frame[key_columns(name, frame)].itertuples(index=False):
                key = " ".join(value or "not known" for value in values)
                was, now = ("", word) if word == "added" else (word, "")
                yield Event(TABLE, "", key, name, "", was, now, "", f"{name}: {key} {word}")
        for cell in cells:
            key = " ".join(value or "not known" for value in cell["key"])
            text = f"{name}: {key}: {_cell(cell)}"
            yield Event(TABLE, "", key, name, "", cell["old"], cell["new"], "", text)
    for only in changes.schema.to_dict("records"):
        what = f"column {only['column']} of {only['table']}" if only["column"] else only["table"]
        text = f"{what}: only in {only['only_in']}"
        yield Event(TABLE, act=only["table"], after=what, text=text)


def _is_told(table: str, column: str) -> bool:
    return (table == "states" and column in MEASURED) or (
        table == "snapshots" and column in COMPILED
    )


def _cells(changes: Changes, table: str) -> list[dict[Any, Any]]:
    own = changes.changed[changes.changed["table"] == table]
    return list(own.to_dict("records"))


def _cell(cell: Mapping[Any, Any]) -> str:
    return f"{cell['column']} {cell['new'] or 'empty'} (was {cell['old'] or 'empty'})"


def _day(text: str) -> str:
    return long_day(date.fromisoformat(text)) if text else "no day"


# What follows from the acts


def status_events(old: Tables, new: Tables, days: tuple[date, date]) -> Iterator[Event]:
    """Yield the figures of the conventions' status that changed; tables with their types."""
    for name, convention in load_conventions().items():
        own = [side["acts"][side["acts"]["convention"] == name] for side in (old, new)]
        if own[0].reset_index(drop=True).equals(own[1].reset_index(drop=True)):
            continue
        was, now = (
            _figures(status_of(convention, day, *(side[table] for table in USED_BY_STATUS)))
            if len(acts) else {}
            for side, day, acts in zip((old, new), days, own, strict=True)
        )  # fmt: skip
        for measure in [*now, *(was.keys() - now.keys())]:
            before, after = was.get(measure, ""), now.get(measure, "")
            if before != after:
                text = f"{measure}: {after or 'not known'} (was {before or 'not known'})"
                yield Event(STATUS, name, "", measure, "", before, after, "", text)


def _figures(status: Any) -> dict[str, str]:
    force = status.entry_into_force
    unsure = ", not confirmed" if status.nth_is_unsure else ""
    listed_all = status.convention.signatories_listed
    found = {
        "signatories": str(status.signatories.lower) if listed_all else "",
        "parties": str(status.parties.lower),
        "confirmed parties": str(status.parties.confirmed),
        "instruments that count towards the threshold": str(status.counted.lower),
        "entry into force": "" if force is None else
        when_long(force.earliest, force.latest or date.max, force.latest is None) + unsure,
        "in force": f"yes{unsure}" if status.in_force else "no",
    }  # fmt: skip
    return {measure: value for measure, value in found.items() if value}


# Builds


def build_differences(
    old: Tables, new: Tables, called: tuple[str, str] = ("the old build", "the new build")
) -> Differences:
    """Return how the tables of a build differ from those of an earlier one."""
    for side, name in zip((old, new), called, strict=True):
        check_build(side, name)
    same = {name for name in old.keys() & new.keys() if old[name].equals(new[name])}
    before, after = (
        {name: as_text(name, frame) for name, frame in side.items() if name not in same}
        for side in (old, new)
    )
    days = [data_day(side) for side in (old, new)]
    names = dict(zip(new["states"]["iso3"], new["states"]["name"], strict=True))
    acts = [act_states(side["acts"], names) for side in (before, after) if "acts" in side]
    typed = acts and all(
        str(side["acts"]["earliest"].dtype).startswith("datetime") for side in (old, new)
    )
    status = status_events(old, new, (days[0], days[1])) if typed else ()
    changed = act_events(*acts) if acts else []
    lists = Lists(
        dict(zip(new["conventions"]["convention"], new["conventions"]["source"], strict=True)),
        set(new["snapshots"]["file"]) - set(old["snapshots"]["file"]),
    )
    others = other_events(before, after, names, lists)
    return Differences((*changed, *status, *others), days[0], days[1])


def data_day(tables: Tables) -> date:
    """Return the day of the data of a build: the last on which a file was new or unchanged."""
    snapshots = tables["snapshots"]
    column = "unchanged_until" if "unchanged_until" in snapshots else "accessed"
    day: date = pd.Timestamp(snapshots[column].max()).date()
    return day


def check_build(tables: Tables, build: str) -> None:
    """Refuse tables without those columns that are compared."""
    for name, columns in NEEDED.items():
        if name not in tables:
            raise AdoptionError(
                f"{build}: no build of this version: the table {name} is missing; "
                f"{did_you_mean(name, tables, 1)}"
            )
        for column in columns:
            if column not in tables[name].columns:
                raise AdoptionError(
                    f"{build}: table {name}: of another version: the column {column} is missing; "
                    f"{did_you_mean(column, map(str, tables[name].columns), 1)}"
                )


def typed_build(folder: Path) -> dict[str, pd.DataFrame]:
    """Return the tables of a folder; with their types where all are there as Parquet."""
    tables: dict[str, pd.DataFrame] = read_build(folder)
    there = {path.stem for path in folder.iterdir()}
    files = {
        name: [folder / f"{file}.parquet" for file in files_of(name) if file in there]
        for name in tables
    }
    if all(path.is_file() for paths in files.values() for path in paths):
        return {name: join(name, [*map(pd.read_parquet, files[name])]) for name in tables}
    return tables


# What the command compares


def compared(project: Project, old: Path, new: Path | None) -> Differences:
    """Return how what one folder holds differs from what an earlier one holds."""
    new = new or project.processed
    snapshots = [_is_snapshot(folder) for folder in (old, new)]
    if all(snapshots):
        return snapshot_differences(project, old.resolve(), new.resolve())
    if any(snapshots):
        one, other = (old, new) if snapshots[0] else (new, old)
        raise AdoptionError(
            f"{one}: a snapshot, and {other} is none: compare two snapshots of one source, or "
            "two folders of built tables"
        )
    before, after = (typed_build(_tables_in(folder)) for folder in (old, new))
    return build_differences(before, after, called=(str(old), str(new)))


def snapshot_differences(project: Project, old: Path, new: Path) -> Differences:
    """Return how the tables differ with a snapshot and with an earlier one as the newest.

    A file that differs in nothing that stands in a table is told by its checksum.
    """
    if old.parent.name != new.parent.name:
        raise AdoptionError(
            f"{old}: a snapshot of {old.parent.name}, and {new} is of {new.parent.name}: compare "
            "two of one source"
        )
    before, after = (build(project, folder) for folder in (old, new))
    for folder, verdict in ((old, before), (new, after)):
        if verdict.problem:
            raise AdoptionError(f"{folder}: nothing can be made of it: {verdict.problem}")
    found = build_differences(before.tables, after.tables)
    events = [event for event in found.events if event.kind != TABLE]
    for name, was, now in _files_changed(contents(old), contents(new)) if not events else ():
        text = f"{name}: checksum {now or 'none'} (was {was or 'none'})"
        events.append(Event(TABLE, act=name, before=was, after=now, text=text))
    return replace(found, events=tuple(events))


def _files_changed(
    old: Mapping[str, bytes], new: Mapping[str, bytes]
) -> Iterator[tuple[str, str, str]]:
    for name in sorted(old.keys() | new.keys()):
        was, now = (
            hashlib.sha256(side[name]).hexdigest()[:8] if name in side else ""
            for side in (old, new)
        )
        if was != now:
            yield name, was, now


def _is_snapshot(folder: Path) -> bool:
    if not folder.is_dir():
        raise AdoptionError(f"{folder}: there is no such folder")
    return any(path.name.endswith(SIDECAR_SUFFIX) for path in folder.iterdir())


def _tables_in(folder: Path) -> Path:
    built = folder / "data" / "processed"
    return built if built.is_dir() else folder
