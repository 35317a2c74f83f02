"""Acts on the conventions of the registry and on the treaties of the base set."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from adoption.core.acts import ACTS, CONSENTS, FOLLOWS_SIGNATURE, WITHDRAWAL
from adoption.core.errors import AdoptionError, did_you_mean
from adoption.core.vocabulary import GRADES, TOTAL_GRADES
from adoption.ingest.lists import Conventions
from adoption.law.held import as_acts, counted_in_header
from adoption.tables.csvfile import (
    AT,
    RawTable,
    allowed_words,
    dates,
    first_row,
    numbers,
    parse_columns,
    read_csv,
)
from adoption.tables.dictionary import table_description
from adoption.tables.names import Participants

if TYPE_CHECKING:
    from adoption.ingest.snapshots import SnapshotStore
    from adoption.law.status import Row

ACT_COLUMNS = (
    "convention",
    "iso3",
    "participant",
    "act",
    "date",
    "earliest",
    "latest",
    "grade",
    "source",
    "note",
)

# Values: whether the forecasting models learn from the folder.
BASE_FOLDERS = {"untc-base": True, "untc-outside": False}
BASE_ACT_COLUMNS = (
    "treaty_id",
    "title",
    "chapter",
    "participant",
    "iso3",
    "action",
    "date",
    "source",
)

WITHDRAWAL_COLUMNS = ("treaty", "participant", "notified", "date", "source", "note")

ACT_KEY, TOTAL_KEY = ("convention", "iso3", "act"), ("convention", "source")
TOTAL_COLUMNS = ("convention", "as_of", "signatories", "parties", "grade", "source")
# Reviewed decisions, in optional tables next to the acts of a folder.
DECIDED = {
    "conflicts": (
        "convention",
        "iso3",
        "participant",
        "kind",
        "about",
        "kept",
        "kept_source",
        "other",
        "other_source",
        "other_grade",
        "note",
    ),
    "statements": ("convention", "participant", "kind", "text", "source"),
}

ALLOWED_WORDS = {"act": ACTS, "grade": GRADES}
CORRECTABLE = ("act", "date", "grade", "source", "note")


def read_acts(
    store: SnapshotStore,
    conventions: Conventions,
    participants: Participants,
    corrections: Path,
    added: Collection[str] = (),
) -> pd.DataFrame:
    """Return the acts of every folder of `data/raw` that has acts, with corrections applied.

    `added` names the folders in which a user put a single act.
    """
    frames = []
    folders = [*_folders(conventions), *added]
    raws = {folder: store.read(folder, "acts.csv", ACT_COLUMNS) for folder in folders}
    # Uncorrected rows, because earlier snapshots are not corrected either.
    first = {
        folder: _first_recorded(store, folder, "acts.csv", raw, ACT_KEY)
        for folder, raw in raws.items()
    }
    correct([raw.frame for raw in raws.values()], corrections)
    for folder, raw in raws.items():
        partial_to = {name: convention.partial_to for name, convention in conventions.items()}
        shown_by = raw.frame["convention"].map(partial_to)
        shown_by = pd.to_datetime(shown_by).fillna(first[folder])
        frames.append(parse_acts(raw, participants, shown_by))
    return pd.concat(frames, ignore_index=True)


def _first_recorded(
    store: SnapshotStore, folder: str, file: str, raw: RawTable, key: Sequence[str]
) -> pd.Series[pd.Timestamp]:
    """Return the day of the first snapshot that has each row of `raw`, the newest file.

    Later snapshots never move this day.
    """
    first = dict[tuple[str, ...], date]()
    *earlier, newest = [snapshot / file for snapshot in store.folders(folder)]
    for path in earlier:
        table = read_csv(path, store.name(path), key, None)
        first = dict.fromkeys(_rows(table, key), store.sidecar(path).accessed) | first
    latest = store.sidecar(newest).accessed
    days = [first.get(row, latest) for row in _rows(raw, key)]
    return pd.Series(days, raw.frame.index, dtype="datetime64[us]")


def _rows(table: RawTable, columns: Sequence[str]) -> Iterator[tuple[str, ...]]:
    return zip(*(table.frame[column].tolist() for column in columns), strict=True)


def read_added(path: Path, participants: Participants) -> pd.DataFrame:
    """Return the acts that people added with their source, such as a withdrawal."""
    raw = read_csv(path, f"data/reference/{path.name}", ACT_COLUMNS)
    has_end = (raw.frame["date"] != "") | (raw.frame["latest"] != "")
    raw.refuse("latest", ~has_end, "is none, and is needed where the day is not known")
    return parse_acts(raw, participants, pd.Timestamp.max.floor("D"))


def parse_acts(
    raw: RawTable, participants: Participants, shown_by: pd.Timestamp | pd.Series[pd.Timestamp]
) -> pd.DataFrame:
    """Return a raw table of acts as rows of the table `acts`.

    A dated act gets its day as both ends of its window. If the source of an undated signature
    sets no latest day, the signature precedes the same state's ratification. Any other undated
    act was done by the day on which it was first shown, and is marked as open-ended.
    """
    frame = parse_columns(raw, table_description("acts").columns)
    frame["iso3"] = same_code(raw, participants)
    undated = frame["date"].isna() & frame["earliest"].isna()
    outside = (frame["date"] < frame["earliest"]) | (frame["date"] > frame["latest"])
    needed = "is none: an undated act needs the first day on which it can have happened"
    raw.refuse("earliest", undated, needed)
    raw.refuse("latest", frame["earliest"] > frame["latest"], "is before the window begins")
    raw.refuse("date", outside, "lies outside its own window")
    frame["earliest"] = frame["date"].fillna(frame["earliest"])
    frame["latest"] = frame["date"].fillna(frame["latest"])
    state = [frame["convention"], frame["iso3"]]
    ratified = frame["latest"].where(frame["act"].isin(FOLLOWS_SIGNATURE)).groupby(state)
    ratified_by = ratified.transform("min").where(frame["act"] == "signature")
    frame["latest"] = frame["latest"].fillna(ratified_by)
    frame["open_ended"] = frame["latest"].isna()
    frame["latest"] = frame["latest"].fillna(shown_by)
    late = frame["earliest"] > frame["latest"]
    raw.refuse("earliest", late, "is after the day on which it was shown")
    return frame


def same_code(raw: RawTable, participants: Participants) -> pd.Series[str]:
    """Return the participants' codes; raise an error if the raw file has other codes."""
    codes = participants.resolve(raw)
    wrong = raw.frame["iso3"] != codes
    if wrong.any():
        row = first_row(wrong)
        code, participant = raw.frame.loc[row, ["iso3", "participant"]]
        raise raw.error(row, "iso3", f"{code!r}, but {participant!r} is {codes[row]!r}")
    return codes


def base_treaty_acts(base_acts: pd.DataFrame, conventions: Conventions) -> pd.DataFrame:
    """Return the acts of the base set that concern conventions of the registry.

    The depositary's own table dates every act, so each is confirmed.
    """
    numbers = set(base_acts["treaty"])
    named = {c.base_treaty: name for name, c in conventions.items() if c.base_treaty}
    for treaty, name in named.items():
        if treaty not in numbers:
            raise AdoptionError(
                f"conventions.toml: [{name}] base_treaty: no acts of {treaty!r} in "
                f"data/raw/untc-base or untc-outside; {did_you_mean(treaty, numbers, 1)}"
            )
    acts = base_acts[base_acts["treaty"].isin(named)].reset_index(drop=True)
    return as_acts(acts, named)


def repeated(acts: pd.DataFrame, kind: Callable[[str], str] = str) -> Iterator[tuple[Row, Row]]:
    """Yield each repeated act with the earlier act of the same kind.

    Only a consent may be repeated: after a withdrawal, even on the same day.
    """
    every: dict[tuple[str, str], dict[str, Row]] = {}  # keys: participant, then kind of act
    of = pd.MultiIndex.from_frame(acts[["convention", "iso3"]])
    kinds = pd.DataFrame({"of": of, "kind": acts["act"].map(kind).array})
    twice = kinds.duplicated(keep=False)
    acts = acts[of.isin(of[twice])]  # few participants repeat an act, and looking at all takes long
    consents = acts["earliest"].where(acts["act"].isin(CONSENTS))
    first = consents.groupby([acts["convention"], acts["iso3"]]).transform("min")
    left = acts["act"] == WITHDRAWAL
    order = np.select([consents == first, left], [0, 1], 2)
    acts = acts.assign(order=order)
    acts = acts.sort_values(["earliest", "order", "latest"], kind="stable").drop(columns="order")
    for row in acts.to_dict("records"):
        since = every.setdefault((row["convention"], row["iso3"]), {})
        act = row["act"]
        if kind(act) in since:
            yield since[kind(act)], row
        if act == WITHDRAWAL:
            for consent in CONSENTS:
                since.pop(kind(consent), None)
        elif act in CONSENTS:
            since.pop(WITHDRAWAL, None)
        since[kind(act)] = row


def check_repeated(acts: pd.DataFrame) -> None:
    """Raise an error if an act is duplicated."""
    for _, row in repeated(acts):
        where = row.get(AT) or "table acts"
        subject = f"'{row['convention']} {row['iso3']} {row['act']}'"
        raise AdoptionError(
            f"{where}, column act: {subject} is duplicated; allowed: once, and a consent again "
            "after a withdrawal"
        )


def correct(acts: Sequence[pd.DataFrame], path: Path) -> None:
    """Apply the reviewed corrections to acts in raw text form, in place.

    Each correction names the value that it replaces, which must occur exactly once.
    """
    columns = ("convention", "iso3", "act", "field", "expect", "value", "why")
    rules = read_csv(path, f"data/reference/{path.name}", columns)
    fields = allowed_words(rules, "field", CORRECTABLE)
    dates(RawTable(rules.name, rules.frame[fields == "date"]), "value")
    for field, words in ALLOWED_WORDS.items():
        allowed_words(RawTable(rules.name, rules.frame[fields == field]), "value", words)
    key = ["convention", "iso3", "act"]
    for row, rule in rules.frame.iterrows():
        field, expected = rule["field"], rule["expect"]
        matches = []
        for part in acts:
            is_act = (part[key] == rule[key]).all(axis=1)
            matches.append(is_act & (part[field] == expected))
        number = sum(places.sum() for places in matches)
        if number != 1:
            problem = f"{expected!r} is found {number} times; expected once"
            raise rules.error(row, "expect", problem)
        for part, places in zip(acts, matches, strict=True):
            part.loc[places, field] = rule["value"]


def read_totals(store: SnapshotStore, conventions: Conventions) -> pd.DataFrame:
    """Return the published totals; the first number in a published wording is the total."""
    frames: list[pd.DataFrame] = []
    for folder in _folders(conventions):
        raw = store.read(folder, "totals.csv", TOTAL_COLUMNS)
        if frames and raw.frame.empty:
            continue
        first = _first_recorded(store, folder, "totals.csv", raw, TOTAL_KEY)
        allowed_words(raw, "convention", list(conventions))
        allowed_words(raw, "grade", TOTAL_GRADES)
        wording, as_of = raw.frame["signatories"], raw.frame["as_of"]
        in_year, in_month = (as_of.str.fullmatch(form) for form in (r"\d{4}", r"\d{4}-\d{2}"))
        full = as_of.mask(in_year, as_of + "-12-01").mask(in_month, as_of + "-01")
        month = dates(RawTable(raw.name, raw.frame.assign(as_of=full)), "as_of")
        day = month.mask(in_month | in_year)
        end = month + pd.offsets.MonthEnd(0)
        signatories = wording.str.extract(r"^(\d+)", expand=False)
        totals = raw.frame.assign(
            as_of=day,
            latest=day.fillna(end).fillna(first),
            signatories=pd.to_numeric(signatories),
            parties=numbers(raw, "parties"),
            wording=wording.where(wording.str.contains(" "), ""),
        )
        frames.append(totals)
    return pd.concat(frames, ignore_index=True)


def _folders(conventions: Conventions) -> list[str]:
    """Return the folders of `data/raw` that contain acts, without duplicates."""
    return list(dict.fromkeys(c.acts for c in conventions.values() if c.acts))


def read_decided(
    name: str, store: SnapshotStore, conventions: Conventions, participants: Participants
) -> pd.DataFrame:
    """Return one table of `DECIDED` from every folder that has it."""
    frames = [pd.DataFrame(columns=DECIDED[name])]
    for folder in _folders(conventions):
        if (store.latest(folder) / f"{name}.csv").is_file():
            raw = store.read(folder, f"{name}.csv", DECIDED[name])
            allowed_words(raw, "convention", list(conventions))
            of_states = RawTable(raw.name, raw.frame[raw.frame["participant"] != ""])
            frames.append(raw.frame.assign(iso3=participants.resolve(of_states)))
    frame = pd.concat(frames)
    if "text" in frame:
        texts = (text.encode() for text in frame["text"])
        frame["sha256"] = [hashlib.sha256(text).hexdigest() for text in texts]
    return frame


def read_base_acts(
    store: SnapshotStore, participants: Participants, withdrawals: Path
) -> pd.DataFrame:
    """Return the acts on the depositary's base treaties, including printed withdrawals.

    The participant's name decides who acted, not the raw file's code: see the rule
    `code-of-another` in `data/reference/exceptions.csv`.
    """
    parts = []
    for folder, learnt_from in BASE_FOLDERS.items():
        raw = store.read(folder, "acts.csv.gz", BASE_ACT_COLUMNS)
        codes, days = participants.resolve(raw), dates(raw, "date")
        part = raw.frame.assign(raw_iso3=raw.frame["iso3"], iso3=codes, date=days)
        parts.append(part.assign(learnt_from=learnt_from))
    acts = pd.concat(parts, ignore_index=True)
    acts = acts.rename(columns={"treaty_id": "treaty", "action": "act"})
    left = read_csv(withdrawals, f"data/reference/{withdrawals.name}", WITHDRAWAL_COLUMNS)
    codes, days = participants.resolve(left), dates(left, "date")
    consents = acts[acts["act"].isin(CONSENTS)]
    bound = consents.groupby(["treaty", "participant"])["date"].max()
    last = left.frame.join(bound.rename("consented"), on=["treaty", "participant"])["consented"]
    left.refuse("date", ~(last < days), "is not after a consent of this participant")
    kept = left.frame["treaty"].map(acts.groupby("treaty")["learnt_from"].first())
    rows = left.frame.assign(act=WITHDRAWAL, iso3=codes, raw_iso3=codes, date=days)
    rows["learnt_from"] = kept
    return pd.concat([acts, rows], ignore_index=True)


def read_base_treaties(store: SnapshotStore, base_acts: pd.DataFrame) -> pd.DataFrame:
    """Return the treaties of the base set with their totals."""
    entry = table_description("base_treaties")
    columns = ["treaty_id" if name == "treaty" else name for name in entry.names]
    for name in ("withdrawals_known", "learnt_from"):
        columns.remove(name)
    parts = []
    for folder, learnt_from in BASE_FOLDERS.items():
        raw = store.read(folder, "treaties.csv", columns)
        parts.append(parse_columns(raw, entry.columns).assign(learnt_from=learnt_from))
    frame = pd.concat(parts, ignore_index=True).rename(columns={"treaty_id": "treaty"})
    parties = frame["treaty"].map(counted_in_header(base_acts, CONSENTS)).fillna(0)
    return frame.assign(withdrawals_known=frame["parties_official"].eq(parties).fillna(False))


def read_backtest(reference: Path) -> pd.DataFrame:
    """Return the scores that `adoption backtest` calculated."""
    entry, name = table_description("backtest"), "data/reference/backtest.csv"
    return parse_columns(read_csv(reference / "backtest.csv", name, entry.names), entry.columns)
