"""Differences between two states of the data, as events.

Either state can be a build; the newer one can also be the result of building the current data.
"""

from __future__ import annotations

import io
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import asdict, dataclass, fields
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import pandas as pd

from adoption.core.errors import AdoptionError, did_you_mean
from adoption.core.text import counted, listed, long_day, when_long
from adoption.law.conventions import load_conventions
from adoption.law.entry_into_force import EntryIntoForce, has_enough_consents
from adoption.law.spells import History, histories_in
from adoption.law.status import status_on
from adoption.tables import of_convention, read_build
from adoption.tables.dictionary import TABLES, table_description
from adoption.tables.write import Tables, to_csv

ACT = "act"
STATUS = "status"
TOTAL = "total"
LIST = "list"
CONFLICT = "conflict"
STATEMENT = "statement"
TABLE = "table"
WAITING = "waiting"
UNDONE = "undone"
UNPRINTABLE = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
ACT_KEY = ["convention", "participant", "act", "number"]  # columns that identify an act
UNLISTED = "not in the depositary's list"
# Fates of an act, the most important first.
FATES = ("not in the list", "removed", "", "corrected", "confirmed")
LOST, REMOVED, NEW, CORRECTED, CONFIRMED = FATES
MAX_ROWS_NAMED = 5  # longer lists of changes are only counted
OF_LIST = ("complete_to", "nearly_complete_to", "partial_to", "reach", "source")
COUNTED_ONLY = ("base_acts", "base_treaties", "backtest", "sources", "snapshots")
COMPILED = ("unchanged_until", "complete_to", "accessed")  # dates that also change without new data
# Measures of a status, with the names used before entry into force.
COUNT_NAMES = {"signatories": "signatories", "parties": "consents to be bound"}
# Further measures of a status.
IN_FORCE, ENTRY, OPEN = "in force", "entry into force", "open for signature"
PUBLISHED, RULES = "entered_into_force", ("threshold", "threshold_rule", "delay_rule", "later_rule")
NEWS_ACTS = {
    *((STATUS, act) for act in (IN_FORCE, ENTRY, OPEN)),
    *((LIST, act) for act in (PUBLISHED, "closes", *RULES)),
}
# Tables used in a history besides the acts.
BESIDE_ACTS = ("states", "memberships", "entries_into_force")
IN_WORDS = ("acts", "conventions", "conflicts", "statements", "totals")


@dataclass(frozen=True)
class Event:
    """One change, with its state before and after.

    `before` is empty for an addition and `after` for a removal. The state of an act is its day or
    window and its grade, such as `2026-03-03 confirmed`. `number` distinguishes acts of one name of
    a participant. `text` is the change in English.
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

    @classmethod
    def of(cls, row: Mapping[Any, Any]) -> Event:
        """Return the event of a recorded row."""
        return cls(*(row[field.name] for field in fields(cls)))

    @property
    def change(self) -> str:
        """`added`, `removed` or `changed`."""
        return "changed" if self.before and self.after else "added" if self.after else "removed"

    @property
    def fate(self) -> str:
        """The fate of an act in `FATES`; empty if the act is new."""
        if not self.before or not self.after:
            return REMOVED if self.before else NEW
        if UNLISTED in self.text:
            return LOST
        was, now = (state.partition(" ") for state in (self.before, self.after))
        return CONFIRMED if was[2] != now[2] == CONFIRMED else CORRECTED

    @property
    def is_correction(self) -> bool:
        """Whether the event corrects the data, rather than reports a new act."""
        return self.fate in (LOST, REMOVED, CORRECTED)

    @property
    def is_news(self) -> bool:
        """Whether the event comes first: a convention's entry into force, rules or end."""
        # An added convention may already be in force.
        is_known = self.act != IN_FORCE or self.before != ""
        return self.kind == UNDONE or ((self.kind, self.act) in NEWS_ACTS and is_known)


@dataclass(frozen=True)
class Differences:
    """The events between two states of the data, and the date of each state."""

    events: tuple[Event, ...] = ()
    old_day: date | None = None
    new_day: date | None = None

    def as_json(self) -> dict[str, Any]:
        """Return the differences as plain values."""
        old, new = (day and day.isoformat() for day in (self.old_day, self.new_day))
        events = [asdict(event) | {"change": event.change} for event in self.events]
        return {"schema": 2, "old_day": old, "new_day": new, "events": events}


# Acts


def act_states(acts: pd.DataFrame, names: Mapping[str, str]) -> pd.DataFrame:
    """Return the acts by `ACT_KEY`, each with its state, source, note and name."""
    window = acts["earliest"] + ".." + acts["latest"]
    days = acts["date"].where(acts["date"] != "", window)
    days = days.where(acts["open_ended"] != "true", acts["earliest"] + "..")
    participant = acts["iso3"].where(acts["iso3"] != "", acts["participant"])
    state = (days + " " + acts["grade"]).str.strip()
    name = acts["iso3"].map(dict(names)).fillna(acts["participant"])
    states = acts.assign(participant=participant, state=state, name=name)
    states = states[[*ACT_KEY[:3], "state", "source", "note", "name"]]
    states = states.sort_values([*ACT_KEY[:3], "state"], ignore_index=True)
    number = states.groupby(ACT_KEY[:3]).cumcount().add(1).astype("str")
    return states.assign(number=number.mask(number == "1", ""))


def act_events(old: pd.DataFrame, new: pd.DataFrame) -> list[Event]:
    """Return the changes between two results of `act_states`, absent acts first."""
    both = old.merge(new, how="outer", on=ACT_KEY, suffixes=("_old", ""), indicator=True)
    both = both[both["state_old"] != both["state"]].fillna("")
    events = [_act_event(row) for row in both.astype({"_merge": "str"}).to_dict("records")]
    return sorted(events, key=lambda event: (UNLISTED not in event.text, event.before != ""))


def _act_event(row: Mapping[Any, Any]) -> Event:
    before, after = row["state_old"], row["state"]
    name = row["name"] or row["name_old"] or row["participant"]
    (was, old_grade), (now, grade) = map(_state_in_words, (before, after or before))
    text = act_with_day(name, row["act"], after or before)
    if not before:
        source = f"source {row['source']}" if row["source"] else ""
        text += f" ({', '.join(filter(None, [grade, source]))})"
    elif not after:
        text += " no longer in the record"
    else:
        text += f" (was {was.removeprefix('of ')})" if was != now else ""
        unlisted = f", {UNLISTED}" if UNLISTED in row["note"] else ""
        text += f", now {grade} (was {old_grade}){unlisted}" if grade != old_grade else ""
    key = (row["convention"], row["participant"], row["act"], row["number"])
    return Event(ACT, *key, before, after, row["source"] or row["source_old"], text)


def act_with_day(name: str, act: str, state: str) -> str:
    """Return who did what, with its day or window.

    Examples
    --------
    >>> act_with_day("Netherlands (Kingdom of the)", "acceptance", "2006-11-16 confirmed")
    'Netherlands (Kingdom of the): acceptance of 16 November 2006'
    """
    return f"{name}: {act} {_state_in_words(state)[0]}"


def window_and_grade(state: str) -> tuple[tuple[date, date, bool] | None, str]:
    """Return the first and last day of an act, whether it may be later, and its grade.

    The window is None if no day is known.

    Examples
    --------
    >>> window_and_grade("2026-02-23.. reported")
    ((datetime.date(2026, 2, 23), datetime.date(9999, 12, 31), True), 'reported')
    """
    days, _, grade = state.partition(" ")
    first, apart, last = days.partition("..")
    if not first:
        return None, grade
    earliest = date.fromisoformat(first)
    latest = date.fromisoformat(last) if last else date.max if apart else earliest
    return (earliest, latest, bool(apart and not last)), grade


def _state_in_words(state: str) -> tuple[str, str]:
    """Return the day or window of an act in words that follow its name, and its grade.

    Examples
    --------
    >>> _state_in_words("2026-02-01..2026-02-28 reported")
    ('in February 2026', 'reported')
    """
    window, grade = window_and_grade(state)
    if window is None:
        return "of a day not known", grade
    text = when_long(*window)
    return f"of {text.removeprefix('on ')}" if text.startswith("on ") else text, grade


# Other tables


def _of_rows(name: str, kind: str, old: Tables, new: Tables, words: Any) -> Iterator[Event]:
    """Yield the removed and added rows of a table in words; a changed row is both.

    A conflict is unchanged if only our own side of it changed, such as our count of the acts.
    """
    if name not in new:
        return
    key = [column for column in new[name] if not f"{column}".startswith("kept")]
    both = old[name][key].merge(new[name][key], how="outer", indicator=True)
    both = both[both["_merge"] != "both"].astype({"_merge": "str"}).fillna("")
    for row in both.to_dict("records"):
        about, value, text = words(row)
        is_new = row["_merge"] == "right_only"
        before, after = ("", value) if is_new else (value, "")
        text = text if is_new else f"{text}: no longer in the record"
        whose = row.get("iso3", "")
        source = row.get("source", "")
        yield Event(kind, row["convention"], whose, about, "", before, after, source, text)


def _total(row: Mapping[Any, Any]) -> tuple[str, str, str]:
    nouns = {"signatories": "signatory", "parties": "party"}
    numbers = [counted(int(row[name]), noun, name) for name, noun in nouns.items() if row[name]]
    value = row.get("wording") or listed(numbers) or "not known"
    day = row["as_of"]
    as_of = f"as of {long_day(date.fromisoformat(day))}" if day else "without a day"
    return day, value, f"published total {as_of} (source {row['source']}): {value}"


def _of_lists(old: Tables, new: Tables, renewed: Collection[str]) -> Iterator[Event]:
    """Yield changes in the coverage of the renewed lists and in the rules of conventions."""
    for name, column, was, now in _changed("conventions", old, new):
        text = ""
        if column == "complete_to" and name in renewed:
            text = f"the list of acts is complete to {_day(now)} (was {_day(was)})"
        elif column == PUBLISHED:
            text = f"the published entry into force is {_day(now)} (was {_day(was)})"
        elif column and column not in OF_LIST:
            text = _moved(column, was, now)
        if text:
            yield Event(LIST, name, "", column, "", was, now, "", text)


def _conflict(row: Mapping[Any, Any], names: Mapping[str, str]) -> tuple[str, str, str]:
    kind, about = row["kind"], row["about"]
    whose = kind if about == "total" else names.get(row["iso3"], row["iso3"])
    unlisted = UNLISTED if row.get("note", "") == "" else "not in a list of all"
    texts = {"listed": f"{kind} {unlisted}", "total": "published total"}
    what = texts.get(about, f"{about} of the {kind}")
    other = f"{row['other_source']} says {row['other']}"
    text = f"sources differ on {whose}: {what}; {other}"
    return f"{kind} {about}", row["other"], text


def _statement(row: Mapping[Any, Any]) -> tuple[str, str, str]:
    whose = f" of {row['participant']}" if row["participant"] else ""
    checksum = row["sha256"][:8]
    return row["kind"], checksum, f"{row['kind']}{whose} (checksum {checksum})"


def _of_tables(old: Tables, new: Tables) -> Iterator[Event]:
    """Yield the changed rows and values of the other tables; many changes are only counted."""
    for name in new:
        if name in IN_WORDS:
            continue
        changes = []
        for key, column, was, now in _changed(name, old, new):
            if name != "snapshots" or column not in COMPILED:
                text = _moved(column, was, now) if column else was or now
                changes.append((was, now, key, text))
        if name in COUNTED_ONLY or len(changes) > MAX_ROWS_NAMED:
            text = f"{name}: {counted(len(changes), 'change')}"
            number = f"{len(changes)}"
            changes = [(number, number, "", text)] if changes else []
        for was, now, key, text in changes:
            text = f"{name}: {key}: {text}" if key else text
            yield Event(TABLE, "", key, name, "", was, now, "", text)


def _changed(name: str, old: Tables, new: Tables) -> Iterator[tuple[str, str, str, str]]:
    """Yield each difference in a table: the row, the column, and the value before and after.

    For an added or removed row the column is empty, and the values say `added` or `removed`.
    """
    if name not in new:
        return
    entry = table_description(name)
    values = [column.name for column in entry.columns if column.name not in entry.unique]
    both = old[name].merge(
        new[name], "outer", [*entry.unique], suffixes=("_old", "_new"), indicator=True
    )
    differs = both["_merge"] != "both"
    for name in values:
        differs |= both[f"{name}_old"] != both[f"{name}_new"]
    for row in both[differs].to_dict("records"):
        key = " ".join(filter(None, (row[column] for column in entry.key)))
        if row["_merge"] == "right_only":
            yield key, "", "", "added"
        elif row["_merge"] == "left_only":
            yield key, "", "removed", ""
        else:
            for column in values:
                was = row[f"{column}_old"]
                now = row[f"{column}_new"]
                if was != now:
                    yield key, column, was, now


def _moved(column: str, was: str, now: str) -> str:
    return f"{column} {now or 'empty'} (was {was or 'empty'})"


def one_line(text: str) -> str:
    """Return the text on one line, without control characters that a terminal would obey."""
    return " ".join(UNPRINTABLE.sub("", text).split())


def _day(text: str) -> str:
    return long_day(date.fromisoformat(text)) if text else "no day"


# Consequences of the acts


def status_events(old: Tables, new: Tables, days: tuple[date, date]) -> Iterator[Event]:
    """Yield the changed figures in the conventions' status.

    Figures may change without a new act, if a convention's date passes.
    """
    acts = {
        name: [of_convention(side["acts"], name).reset_index(drop=True) for side in (old, new)]
        for name in load_conventions()
    }
    changed = [name for name, (was, now) in acts.items() if not was.equals(now)]
    histories = _histories_before_and_after(old, new, changed, min(days))
    for name, convention in load_conventions().items():
        if convention.closes and days[0] <= convention.closes < days[1]:
            text = f"closed for signature after {long_day(convention.closes)}"
            yield Event(STATUS, name, "", OPEN, "", "yes", "no", "", text)
        if name not in histories[0]:
            continue
        figures = []
        for of_side, side, day, rows in zip(histories, (old, new), days, acts[name], strict=True):
            of_day = _in_force(of_side[name], day)
            if name in changed:
                of_day = _figures(of_side[name], side, day) | of_day
            figures.append(of_day if len(rows) else {})
        was, now = figures
        for measure in [*now, *(was.keys() - now.keys())]:
            before = was.get(measure, "")
            after = now.get(measure, "")
            if before != after:
                bound = "parties" if now.get(IN_FORCE) != "no" else "consents to be bound"
                what = measure.replace("parties", bound)
                text = f"{what}: {after or 'not known'} (was {before or 'not known'})"
                if measure == IN_FORCE and before:
                    text = f"{'now' if after != 'no' else 'no longer'} in force"
                yield Event(STATUS, name, "", measure, "", before, after, "", text)


def _histories_before_and_after(
    old: Tables, new: Tables, changed: Collection[str], day: date
) -> tuple[dict[str, History], dict[str, History]]:
    """Return the histories before and after, for conventions whose figures may differ.

    A convention without new acts needs only one history, and only if time may have brought it into
    force. This is impossible if its published day has come, or if too few states have consented.
    """
    conventions = load_conventions()
    stays = all(old[name].equals(new[name]) for name in BESIDE_ACTS)
    to_make = changed if stays else [*conventions]
    may_enter = [
        name
        for name, convention in conventions.items()
        if (convention.entered_into_force or date.max) > day
        and has_enough_consents(convention, of_convention(new["acts"], name))
    ]
    after = _histories({*to_make, *may_enter}, new)
    return after | _histories(to_make, old), after


def _histories(names: Collection[str], tables: Tables) -> dict[str, History]:
    if not names:
        return {}
    conventions = load_conventions()
    acts = of_convention(tables["acts"], *names)
    return histories_in([conventions[name] for name in names], {**tables, "acts": acts})


def _in_force(history: History, day: date) -> dict[str, str]:
    force = history.force.by(day)
    is_in_force = force.day is not None and force.day.latest <= day
    return {IN_FORCE: f"yes{_unsure(force)}" if is_in_force else "no"}


def _unsure(force: EntryIntoForce) -> str:
    return "" if force.nth_grade in (None, CONFIRMED) else f", not {CONFIRMED}"


def _figures(history: History, side: Tables, day: date) -> dict[str, str]:
    totals = of_convention(side["totals"], history.convention.convention)
    status = status_on(history, day, side["states"], totals=totals)
    force = status.entry_into_force
    counts = {"signatories": status.signatories} if status.signatories_known else {}
    counts |= {"parties": status.parties}
    counts |= {"instruments that count towards the threshold": status.counted}
    entry = ""
    if force is not None:
        window = when_long(force.earliest, force.latest or date.max, force.latest is None)
        entry = window + _unsure(history.force)
    leads = {measure: str(count.lead) for measure, count in counts.items()}
    reports = {f"{measure} by report": str(count.reported) for measure, count in counts.items()}
    figures = leads | reports | {ENTRY: entry}
    return {measure: value for measure, value in figures.items() if value}


# Builds


def as_text(frame: pd.DataFrame) -> pd.DataFrame:
    """Return a table as text, for comparison.

    Missing values are empty, and each number is written in one way, with 15 digits.
    """
    text = to_csv(frame, float_format="%.15g")
    return pd.read_csv(io.BytesIO(text), dtype="str", keep_default_na=False)


def build_differences(
    old: Tables, new: Tables, called: tuple[str, str] = ("the old build", "the new build")
) -> Differences:
    """Return the differences between the tables of a build and an earlier build."""
    for side, name in zip((old, new), called, strict=True):
        check_build(side, name)
    moved = [entry.name for entry in TABLES if not old[entry.name].equals(new[entry.name])]
    before = {name: as_text(old[name]) for name in moved}
    after = {name: as_text(new[name]) for name in moved}
    days = (day_of_build(old), day_of_build(new))
    names = dict(zip(new["states"]["iso3"], new["states"]["name"], strict=True))
    events: list[Event] = []
    if "acts" in moved:
        events += act_events(*(act_states(side["acts"], names) for side in (before, after)))
    events += status_events(old, new, days)
    files = set(new["snapshots"]["file"]) - set(old["snapshots"]["file"])
    folders = {file.split("/")[2] for file in files}  # folders of data/raw
    conventions = new["conventions"]
    renewed = set(conventions.loc[conventions["source"].isin(folders), "convention"])
    events += _of_rows("totals", TOTAL, before, after, _total)
    events += _of_lists(before, after, renewed)
    events += _of_rows("conflicts", CONFLICT, before, after, partial(_conflict, names=names))
    events += _of_rows("statements", STATEMENT, before, after, _statement)
    events += _of_tables(before, after)
    return Differences(tuple(events), *days)


def day_of_build(tables: Tables) -> date:
    """Return the data date of a build: the last day on which a file was new or unchanged."""
    day: date = pd.Timestamp(tables["snapshots"]["unchanged_until"].max()).date()
    return day


def check_build(tables: Tables, build: str) -> None:
    """Raise an error if the tables belong to another version."""
    for entry in TABLES:
        if entry.name not in tables:
            near = did_you_mean(entry.name, tables, 1)
            raise AdoptionError(f"{build}: of another version: no table {entry.name}; {near}")
        there = [str(column) for column in tables[entry.name].columns]
        for column in (column.name for column in entry.columns if column.name not in there):
            hint = did_you_mean(column, there, 1)
            raise AdoptionError(
                f"{build}: table {entry.name}: of another version: "
                f"the column {column} is missing; {hint}"
            )


def compare_folders(old: Path, new: Path) -> Differences:
    """Return the differences between the tables of two folders."""
    built = [folder / "data" / "processed" for folder in (old, new)]  # layout of a checkout
    folders = [b if b.is_dir() else f for b, f in zip(built, (old, new), strict=True)]
    before, after = map(read_build, folders)
    return build_differences(before, after, called=(str(old), str(new)))
