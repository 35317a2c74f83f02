"""What can differ between two states of the data: acts, values, totals and what follows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import date

ADDED, CHANGED, REMOVED = "added", "changed", "removed"
FACTS = ("date", "earliest", "latest", "open_ended", "grade", "superseded")  # of an act
Day = date  # an act has a field of that name
Value = str | float | None  # a truth and a whole number are floats here; None: not known


@dataclass(frozen=True)
class Act:
    """An act, as a row of the table `acts` or a line of a publisher's list has it.

    Attributes
    ----------
    convention, iso3, act : str
        Which convention, who (empty where a list names somebody unknown), and what.
    participant : str
        Name as printed.
    date, earliest, latest : date or None
        The day, and the window in which it lies; None where not known.
    open_ended : bool
        Whether `latest` is only the day on which the record was compiled.
    grade, source, note : str
        Empty where there is none: a publisher's list has no grades.
    superseded : bool
        Printed in square brackets: it no longer stands.
    copy : int
        1, 2 and so on where one list has the same act of a participant several times.
    """

    convention: str
    iso3: str
    act: str
    participant: str = ""
    date: Day | None = None
    earliest: Day | None = None
    latest: Day | None = None
    open_ended: bool = False
    grade: str = ""
    source: str = ""
    note: str = ""
    superseded: bool = False
    copy: int = 1

    @property
    def key(self) -> tuple[str, str, str, int]:
        """What tells the act from every other: convention, who, what, copy."""
        return self.convention, self.iso3 or self.participant, self.act, self.copy


@dataclass(frozen=True)
class ActChange:
    """An act that was added (no `old`), removed (no `new`) or changed (both)."""

    old: Act | None
    new: Act | None

    @property
    def act(self) -> Act:
        """The act as it is now, or as it last was."""
        found = self.new or self.old
        assert found is not None
        return found

    @property
    def change(self) -> str:
        """`ADDED`, `CHANGED` or `REMOVED`."""
        return _change(self.old, self.new)

    @property
    def fields(self) -> tuple[str, ...]:
        """The names of the fields that changed; empty for an act added or removed."""
        if self.old is None or self.new is None:
            return ()
        return tuple(
            f.name for f in fields(Act) if getattr(self.old, f.name) != getattr(self.new, f.name)
        )

    @property
    def is_news(self) -> bool:
        """Whether a fact changed, and not only what is noted of it.

        The end of an open-ended window is the day on which the record was compiled: that it
        moved says nothing of the act.
        """
        if self.old is None or self.new is None:
            return True
        facts = set(self.fields) & set(FACTS)
        if self.old.open_ended and self.new.open_ended:
            facts -= {"latest"}
        return bool(facts)


@dataclass(frozen=True)
class ValueChange:
    """A value of an index, or of a state's population, income and the like.

    `index`, `edition` and `component` are such as GCI, 2024, overall; for a column of the table
    `states` its name, the newer year where it has one, and no component. `column` is what of it
    changed: `value`, `tier` or `year`. `old` or `new` is None where there was or is none.
    """

    iso3: str
    index: str
    edition: str
    component: str
    column: str
    old: Value
    new: Value


@dataclass(frozen=True)
class Total:
    """A published total: numbers of signatories and parties, and the source's own words."""

    signatories: int | None
    parties: int | None
    wording: str = ""


@dataclass(frozen=True)
class TotalChange:
    """A published total that was added (no `old`), removed (no `new`) or changed."""

    convention: str
    as_of: date | None
    source: str
    old: Total | None
    new: Total | None

    @property
    def change(self) -> str:
        """`ADDED`, `CHANGED` or `REMOVED`."""
        return _change(self.old, self.new)


@dataclass(frozen=True)
class Consequence:
    """A figure of a convention's status that changed, each on the day of its own data.

    `measure` is a word of `adoption.news.consequences.MEASURES`; `iso3` the state where it is
    one state's figure, else empty. A day or window is 2026-02-01 or 2026-02-01..2026-02-28.
    `is_unsure`, for sentences: whether the entry into force rests on what is not confirmed, on
    the new side; two are equal whatever it says.
    """

    convention: str
    measure: str
    iso3: str
    old: Value
    new: Value
    is_unsure: bool = field(default=False, compare=False)


@dataclass(frozen=True)
class RowChange:
    """A row of any other table, or one cell of it where it changed (`column`, `old`, `new`)."""

    key: tuple[str, ...]
    change: str
    column: str = ""
    old: str = ""
    new: str = ""


@dataclass(frozen=True)
class TableChange:
    """How a table differs of which no more is said: whole rows, and cells of others."""

    table: str
    added: int
    changed: int
    removed: int
    rows: tuple[RowChange, ...]


@dataclass(frozen=True)
class SchemaChange:
    """A table, or a column of one, that only one side has: `old` or `new`."""

    table: str
    column: str
    only_in: str


@dataclass(frozen=True)
class Named:
    """A convention: for sentences, in short, how many bring it into force, list fetched."""

    short_title: str
    label: str
    threshold: int | None
    source: str = ""


@dataclass(frozen=True)
class Differences:
    """How a state of the data differs from an earlier one; each part sorted.

    Attributes
    ----------
    old_day, new_day : date or None
        The day of the data of each: the last on which a file was taken or found unchanged.
    states, conventions, publishers : mapping
        Names by ISO3 code, id and source, for sentences; equality passes over them.
    done_again : frozenset of tuple of str
        From `adoption.news.acts.done_again`, of all acts of both sides; equality passes over it.
    """

    acts: tuple[ActChange, ...] = ()
    indicators: tuple[ValueChange, ...] = ()
    totals: tuple[TotalChange, ...] = ()
    consequences: tuple[Consequence, ...] = ()
    tables: tuple[TableChange, ...] = ()
    schema: tuple[SchemaChange, ...] = ()
    old_day: date | None = None
    new_day: date | None = None
    states: Mapping[str, str] = field(default_factory=dict, compare=False)
    conventions: Mapping[str, Named] = field(default_factory=dict, compare=False)
    publishers: Mapping[str, str] = field(default_factory=dict, compare=False)
    done_again: frozenset[tuple[str, str, str]] = field(default=frozenset(), compare=False)

    @property
    def empty(self) -> bool:
        """Whether nothing at all differs."""
        parts = (self.acts, self.indicators, self.totals, self.consequences, self.tables)
        return not any((*parts, self.schema))

    def state(self, act: Act) -> str:
        """Return the official short name of who acted; as printed where it has no code."""
        return self.states.get(act.iso3) or act.participant or act.iso3

    def named(self, convention: str) -> Named:
        """Return how a convention is called; by its id where nothing else is known."""
        return self.conventions.get(convention) or Named(convention, convention, None)


def _change(old: object, new: object) -> str:
    if old is None:
        return ADDED
    return REMOVED if new is None else CHANGED
