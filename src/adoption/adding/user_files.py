"""The files given to `adoption add`, with every problem in them by line."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

import pandas as pd
from pydantic import BaseModel, ConfigDict, ValidationError, field_validator

from adoption.core.decode import UnreadableError, decode, quoted
from adoption.core.errors import UNKNOWN_FIELDS, AdoptionError, did_you_mean, fault_in_words
from adoption.core.files import MAX_BYTES, read_named
from adoption.core.reading import read_toml
from adoption.core.text import counted
from adoption.ingest.additions import Addition
from adoption.ingest.readers.publishers import SOURCE_URL
from adoption.ingest.snapshots import FILE_NAME
from adoption.tables import AdditionKind
from adoption.tables.csvfile import RawTable, allowed_words, parse_csv
from adoption.tables.names import Participants, fold, tidy

MAX_PROBLEMS = 100  # maximum number of problems shown
MAX_LETTERS_OF_NAME, MAX_LETTERS_OF_TEXT = 200, 1000
# Characters that a page, a figure or a formula would interpret as markup.
MARKUP = re.compile(r"[<>{}\[\]\\`|$*]")
FORMULA_SIGN = re.compile(r"[=+@\-\t]")  # start of a cell that a spreadsheet would run
# Unicode categories of invisible characters.
INVISIBLE_CATEGORIES = ("Cc", "Cf", "Co", "Cs", "Zl", "Zp")
# Invisible characters that the letters of several scripts need.
JOINERS = "\N{ZERO WIDTH NON-JOINER}\N{ZERO WIDTH JOINER}"
ROW_NUMBER = re.compile(r"row \d+")
ID = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")
Checked = TypeVar("Checked")


class WrongInputError(AdoptionError):
    """All problems in a user's input, one per line."""

    def __init__(self, lines: Sequence[str]) -> None:
        alike: dict[str, list[str]] = {}  # the same problem in several rows is one line
        for line in dict.fromkeys(lines):
            alike.setdefault(ROW_NUMBER.sub("row", line, count=1), []).append(line)
        summaries = []
        for first, *repeats in alike.values():
            more = f" (and {counted(len(repeats), 'row')} like it)" if repeats else ""
            summaries.append(f"{first}{more}")
        self.lines = [str(AdoptionError(line)) for line in summaries[:MAX_PROBLEMS]]
        left_out = len(summaries) - len(self.lines)
        if left_out > 0:
            self.lines.append(f"and {left_out:,} more")
        super().__init__("; ".join(self.lines))


@dataclass
class Problems:
    """The problems found so far.

    The checks continue after a problem, so that all problems are shown at once.
    """

    lines: list[str] = field(default_factory=list)

    def add(self, location: str, problem: str) -> None:
        self.lines.append(str(UnreadableError(f"{location}: {problem}")))

    def each(self, table: RawTable, check: Callable[[RawTable], Checked]) -> Checked:
        """Return the result of a check for the valid rows, after noting each invalid row."""
        frame = table.frame
        for _ in range(MAX_PROBLEMS):
            try:
                return check(RawTable(table.name, frame))
            except UnreadableError as error:
                if error.row is None:
                    raise
                self.lines.append(str(error))
                frame = frame.drop(index=[error.row])
        raise WrongInputError([*self.lines, f"{table.name}: too many errors; fix these first"])

    def texts(
        self, location_of: Callable[[str], str], texts: Mapping[str, object], longest: int
    ) -> None:
        """Note each text that is not allowed in a table or on a page."""
        for name, text in texts.items():
            if isinstance(text, str) and (why := why_not_text(text, longest)):
                self.add(location_of(name), f"{quoted(text)} {why}")

    def stop(self) -> None:
        """Raise an error if a problem was noted."""
        if self.lines:
            raise WrongInputError(self.lines)


def why_not_text(text: str, longest: int = MAX_LETTERS_OF_NAME, markup: bool = False) -> str:
    """Return why a text is not allowed in a table or on a page; empty if it is."""
    odd = [s for s in text if unicodedata.category(s) in INVISIBLE_CATEGORIES and s not in JOINERS]
    sign = None if markup else MARKUP.search(text)
    if not text.strip():
        return "is empty"
    if len(text) > longest:
        return f"has {len(text):,} letters; allowed: up to {longest}"
    if odd:
        return f"holds U+{ord(odd[0]):04X}, an invisible character"
    if FORMULA_SIGN.match(text):
        return f"begins with {text[0]!r}, which a spreadsheet takes for a formula"
    return f"holds {sign[0]!r}; allowed: any signs but < > {{ }} [ ] \\ ` | $ *" if sign else ""


def read_user_csv(
    path: Path, problems: Problems, required: Sequence[str], optional: Sequence[str]
) -> RawTable:
    """Return a user's CSV file, with columns in any order; missing optional cells are empty."""
    return parse_user_csv(read_named(path), path.name, problems, required, optional)


def parse_user_csv(
    content: bytes,
    name: str,
    problems: Problems,
    required: Sequence[str],
    optional: Sequence[str],
) -> RawTable:
    """Return a user's CSV file, after noting each note that a page cannot show."""
    table = parse_csv(content, name, required, optional)
    if "note" in optional:
        notes = table.frame["note"]
        for row, note in notes[notes != ""].items():
            if why := why_not_text(note, MAX_LETTERS_OF_TEXT, markup=True):
                where = f"{name}: row {row}, column note"
                problems.add(where, f"{quoted(note)} {why}")
    return table


def states_of(table: RawTable, problems: Problems, participants: Participants) -> pd.Series[str]:
    """Return the code of each row's state, given by name, by code or by both.

    If both are given, they must agree.
    """
    folded = {fold(name): name for name, code in participants.codes.items() if code}
    folded |= {fold(code): name for code, name in participants.names.items()}
    frame, names = table.frame, participants.names
    frame["iso3"] = frame["iso3"].str.upper()
    unnamed = frame["participant"] == ""
    frame.loc[unnamed, "participant"] = frame["iso3"].map(names).fillna(frame["iso3"])

    def official(name: str) -> str:
        return name if tidy(name) in participants.codes else folded.get(fold(name), name)

    frame["participant"] = frame["participant"].map(official)

    def check(part: RawTable) -> pd.Series[str]:
        codes = participants.resolve(part)
        part.refuse("participant", ~codes.isin(names.keys()), "is no state that the tables hold")
        coded = RawTable(part.name, part.frame[part.frame["iso3"] != ""])
        written = allowed_words(coded, "iso3", list(names))
        coded.refuse("iso3", written != codes[written.index], "is not the code of the participant")
        return codes

    return problems.each(table, check).astype("str")


class UserSource(BaseModel):
    """A source that a user's rules describe: a row of the table `sources`."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    title: str
    publisher: str
    url: str
    licence: str
    accessed: date
    gives: str = "the data that were added"

    @field_validator("title", "publisher", "licence", "gives")
    @classmethod
    def _text(cls, text: str) -> str:
        if why := why_not_text(text):
            raise ValueError(f"{quoted(text)} {why}")
        return text

    @field_validator("url")
    @classmethod
    def _address(cls, url: str) -> str:
        if not SOURCE_URL.match(url) or why_not_text(url, markup=True):
            raise ValueError(f"{quoted(url)} is no address such as https://example.org/list")
        return url


@dataclass(frozen=True)
class Rules:
    """A file of rules: one table named by an id, with its sources."""

    name: str
    id: str
    entry: dict[str, Any]
    sources: dict[str, UserSource]
    text: str

    def addition(
        self, kind: AdditionKind, entry: dict[str, Any], listed: dict[str, Any] | None = None
    ) -> Addition:
        """Return the addition: the checked entry with the sources of the rules."""
        sources = {key: source.model_dump(mode="json") for key, source in self.sources.items()}
        return Addition(kind=kind, id=self.id, entry=entry, sources=sources, listed=listed)

    def place(self, field: str = "") -> str:
        """Return the place of a field, with its line."""
        key = field.split(".")[-1] or f"[{self.id}]"
        words = re.escape(key)
        pattern = rf"^\s*\[?\s*{words}\b" if field else rf"^\s*{words}"
        match = re.search(pattern, self.text, re.M)
        number = self.text.count("\n", 0, match.end()) + 1 if match else 0
        line = f"row {number}, " if match else ""
        return f"{self.name}: {line}[{self.id}] {field}".rstrip()


def read_rules(
    path: Path, problems: Problems, example: str, pattern: re.Pattern[str] = ID
) -> Rules:
    """Return a user's file of rules; raise an error unless it has one table named by an id."""
    content, name = read_named(path, MAX_BYTES // 20), path.name
    tables = read_toml(path)
    sources = tables.pop("sources", {})
    are_tables = all(isinstance(entry, dict) for entry in tables.values())
    if len(tables) != 1 or not are_tables:
        names = ", ".join(quoted(key) for key in list(tables)[:5])
        raise AdoptionError(
            f"{name}: holds {names or 'nothing'}; "
            f"allowed: one table named by its id, such as [{example}], and [sources.key]"
        )
    ((identifier, entry),) = tables.items()
    if not pattern.fullmatch(identifier):
        raise AdoptionError(
            f"{name}: [{quoted(identifier)}]: allowed as an id: {pattern.pattern}, "
            f"such as {example}"
        )
    described: dict[str, UserSource] = {}
    for key, source in sources.items() if isinstance(sources, dict) else ():
        place = f"{name}: [sources.{quoted(key)[1:-1]}]"
        if not FILE_NAME.fullmatch(key) or not isinstance(source, dict):
            problems.add(place, "allowed: a table whose key has letters, digits, '.', '_' and '-'")
            continue

        def named(field: str, place: str = place) -> str:
            return f"{place} {field}"

        if source_model := checked_by(UserSource, source, problems, named):
            described[key] = source_model
            if source_model.accessed > date.today():  # noqa: DTZ011  the day where the user is
                problems.add(place, f"accessed {source_model.accessed} has not come yet")
    return Rules(name, identifier, entry, described, decode(content, name))


Model = TypeVar("Model", bound=BaseModel)


def checked_by(
    model: type[Model],
    entry: Mapping[str, Any],
    problems: Problems,
    location_of: Callable[[str], str],
) -> Model | None:
    """Return a model of an entry, after noting every invalid field; None if there is any."""
    try:
        return model.model_validate(dict(entry))
    except ValidationError as error:
        for fault in error.errors():
            where = ".".join(map(str, fault["loc"]))
            problem = fault_in_words(fault, model)
            if fault["type"] not in ("missing", "value_error", *UNKNOWN_FIELDS):
                problem = f"{quoted(str(fault['input']))}: {problem}"
            problems.add(location_of(where), problem)
        return None


def check_key(
    key: str,
    allowed: Collection[str],
    problems: Problems,
    location: str,
    what: str = "source",
    *,
    described_by: str = "in [sources.KEY]",
) -> None:
    """Note an unknown key, with the closest known one.

    For a source, also mention how the user can describe a new one.
    """
    if key not in allowed:
        mend = f" (or describe it {described_by})" if what == "source" else ""
        hint = did_you_mean(key[:60], allowed, 1)
        problems.add(location, f"no {what} {quoted(key)}; {hint}{mend}")
