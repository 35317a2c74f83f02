"""The registry of conventions: each one's identity, legal rules and reach of its data."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from pydantic import (
    Field,
    ValidationError,
    ValidationInfo,
    field_validator,
    model_validator,
)

from adoption import tables
from adoption.core.days import date_in
from adoption.core.errors import NO_MATCH, AdoptionError, first_fault, likeness
from adoption.core.paths import processed_folder, reference_folder
from adoption.core.reading import read_toml, record_read, remembered
from adoption.law.rules import Delay, Threshold, Window
from adoption.law.treaties import MAX_INSTRUMENTS, SpecialRule, Treaty
from adoption.tables import built_additions
from adoption.tables.choices import Day, to_day

TREATY_RULES = "treaties.toml"  # beside the registry file: rules of treaties by their number
REACH_DAYS = ("complete_to", "nearly_complete_to", "partial_to")  # none before the one in front


class Convention(Treaty):
    """One convention of the registry, as `data/reference/conventions.toml` describes it.

    The head of that file says what each field means.
    """

    opens: date
    threshold: int = Field(ge=1, le=MAX_INSTRUMENTS)
    threshold_article: str
    delay: Delay
    excludes_reio: bool
    adopted_by: str | None = None
    opens_at: str
    acts: str | None = None
    base_treaty: str | None = None
    acts_list: str | None = None
    not_in_force_seen: date | None = None
    not_in_force_source: str | None = None

    @field_validator("opens", "closes", "entered_into_force")
    @classmethod
    def _in_time_order(cls, day: date | None, info: ValidationInfo) -> date | None:
        before = "adopted" if info.field_name == "opens" else "opens"
        first = info.data.get(before)
        if day is not None and first is not None and day < first:
            raise ValueError(f"{day} is before {before}, {first}; allowed: that day or later")
        return day

    @field_validator("special")
    @classmethod
    def _special_within_threshold(
        cls, special: SpecialRule | None, info: ValidationInfo
    ) -> SpecialRule | None:
        most = info.data.get("threshold", MAX_INSTRUMENTS)
        if special is not None and special.instruments > most:
            number = special.instruments
            raise ValueError(f"{number} instruments; allowed: 1 to the threshold, {most}")
        return special

    @model_validator(mode="after")
    def _one_origin_and_cited_rule(self) -> Convention:
        if sum(x is not None for x in (self.acts, self.base_treaty, self.acts_list)) != 1:
            raise ValueError("needs one of acts, base_treaty and acts_list")
        if (self.later is None) != (self.later_article is None):
            raise ValueError("later and later_article go together: a rule needs its article")
        if (self.not_in_force_seen is None) != (self.not_in_force_source is None):
            raise ValueError("not_in_force_seen and not_in_force_source go together")
        return self

    @model_validator(mode="after")
    def _ceremony_from_its_opening(self) -> Convention:
        if self.ceremony is not None and self.ceremony.last < self.opens:
            raise ValueError(f"ceremony: {self.ceremony.last} is before opens, {self.opens}")
        return self

    @model_validator(mode="after")
    def _reach_in_order(self) -> Convention:
        days = {name: day for name in REACH_DAYS if (day := getattr(self, name)) is not None}
        if list(days.values()) != sorted(days.values()):
            text = ", ".join(f"{name} {day}" for name, day in days.items())
            raise ValueError(f"{text}: none may be before the one in front of it")
        return self

    @property
    def opening(self) -> Window:
        """The first day for signature."""
        return Window(self.opens, self.opens)

    def threshold_rule(self) -> Threshold:
        """Return the threshold as law."""
        return Threshold(self.threshold, self.special.instruments if self.special else 0)


def read_conventions(path: Path) -> dict[str, Convention]:
    """Read a registry file."""
    entries = read_toml(path)
    rules = path.with_name(TREATY_RULES)
    list_only = read_toml(rules) if rules.exists() else {}
    conventions: dict[str, Convention] = {}
    for identifier, entry in entries.items():
        if not isinstance(entry, dict) or "convention" in entry:
            raise AdoptionError(
                f"{path.name}: [{identifier}] is not a table of a convention, whose name is its id"
            )
        for other in conventions.values():
            if entry.get("reference") == other.reference:
                raise AdoptionError(
                    f"{path.name}: [{identifier}] reference: {other.reference!r} is already "
                    f"that of [{other.convention}]"
                )
        try:
            conventions[identifier] = Convention(convention=identifier, **entry)
        except ValidationError as error:
            fault = first_fault(error, Convention)
            raise AdoptionError(f"{path.name}: [{identifier}] {fault}") from error
        parent = conventions[identifier].parties_of
        if parent is not None and parent not in conventions and parent not in list_only:
            raise AdoptionError(
                f"{path.name}: [{identifier}] parties_of: no convention {parent!r} above it, "
                f"and no treaty of that number in {TREATY_RULES}"
            )
    return conventions


def added_conventions(entries: Mapping[str, Mapping[str, Any]]) -> dict[str, Convention]:
    """Return the conventions that `adoption add` has put beside the registry file, by id."""
    return {name: Convention(convention=name, **entry) for name, entry in entries.items()}


@remembered
def load_conventions() -> dict[str, Convention]:
    """Return the project's registry by id, with the reach of the data that are built.

    The reach is that of the table `conventions`, in which the build says who has acted since, and
    has that of a depositary's own list where one is fetched.

    Examples
    --------
    >>> load_conventions()["hanoi"].threshold
    40
    """
    written = read_conventions(reference_folder() / "conventions.toml")
    written |= added_conventions(built_additions("convention"))
    path = processed_folder() / "conventions.parquet"
    record_read(path)
    if not path.exists():
        return written
    built = {row["convention"]: row for row in tables.read("conventions").to_dict("records")}
    return {
        name: _reaching(convention, built[name]) if name in built else convention
        for name, convention in written.items()
    }


def _reaching(convention: Convention, built: Mapping[Any, Any]) -> Convention:
    """Return a convention with the reach of the table `conventions`."""
    days = {name: date_in(built[name]) for name in REACH_DAYS}
    values: dict[str, Any] = days | {"reach": built["reach"]}
    if built["source"] != convention.source:  # a depositary's own list
        values |= {"source": built["source"], "signatories_listed": True}
    return convention.model_copy(update=values)


def find_convention(name: str | Treaty, parameter: str = "convention") -> Convention:
    """Return a convention by its id, reference (as CETS 185 or XVIII-12), title or label.

    A `Convention` is returned as it is.

    Examples
    --------
    >>> find_convention("CETS 185").convention
    'budapest'
    >>> find_convention("UN Convention against Cybercrime").convention
    'hanoi'
    """
    if isinstance(name, Convention):
        return name
    if not isinstance(name, str):
        raise AdoptionError(f"{parameter}: {_ids(name)!r} is not the name of one convention")
    convention = named_in_registry(name)
    if convention is None:
        ids = ", ".join(load_conventions())
        raise AdoptionError(
            f"{parameter}: there is no {name!r} in the registry; {_nearest(name)} (all: {ids})"
        )
    return convention


def named_in_registry(name: str) -> Convention | None:
    """Return the convention of the registry that has a name or a reference; None if none has."""
    return _by_name().get(name.strip().casefold())


def base_treaty(treaty: Treaty) -> str:
    """Return the number that a treaty has, or would have, in the base set.

    Examples
    --------
    >>> base_treaty(load_conventions()["rotterdam"])
    'XXVII-14'
    """
    written = treaty.base_treaty if isinstance(treaty, Convention) else None
    return written or treaty.reference.removeprefix("UNTC ")


@remembered
def pages_of_lists() -> Mapping[str, str]:
    """Return the source that is a treaty's page for people, by the name of its list as a file.

    The depositary's file of a treaty has its number as a name.
    """
    pages = {convention: convention.page for convention in load_conventions().values()}
    return {f"{base_treaty(convention)}.en.xml": page for convention, page in pages.items() if page}


def _ids(names: object) -> object:
    """Return several conventions by their ids alone, and anything else as it is."""
    if not isinstance(names, (list, tuple)):
        return names
    return [getattr(name, "convention", name) for name in names]


def _nearest(name: str) -> str:
    """Return the conventions most like a name, by any of their names or the initials of a title."""
    named = {spelling: [convention.convention] for spelling, convention in _by_name().items()}
    for convention in load_conventions().values():
        words = convention.title.split()
        initials = "".join(word[0] for word in words if word[0].isupper())
        named.setdefault(initials.casefold(), []).append(convention.convention)
    scores = likeness(name, named)
    best = max((share for share, _ in scores.values()), default=0.0)
    best_names = [spelling for spelling, (share, _) in scores.items() if share == best]
    meant = [key for spelling in best_names for key in named[spelling]]
    if not meant:
        return NO_MATCH
    return f"did you mean {' or '.join(list(dict.fromkeys(meant))[:2])}?"


@remembered
def _by_name() -> dict[str, Convention]:
    """Return each convention by its id, its reference and its titles, in lower case."""
    named: dict[str, Convention] = {}
    for identifier, convention in load_conventions().items():
        short = convention.reference.removeprefix("UNTC ")
        label = convention.label
        titles = (convention.title, convention.short_title, label, f"{label} Convention")
        for name in (identifier, convention.reference, short, *titles):
            named.setdefault(name.casefold(), convention)
    return named


def day_of(as_of: Day, convention: Treaty | None = None) -> date:
    """Return a day; refuse one before a treaty can have opened, or after that of the data.

    Examples
    --------
    >>> day_of("2025-10-25", find_convention("hanoi"))
    datetime.date(2025, 10, 25)
    """
    day, newest = to_day(as_of), tables.data_day()
    if convention and not convention.opening.earliest <= day <= newest:
        opening = f"{convention.opening.earliest} (the opening of {convention.convention})"
        raise AdoptionError(f"as_of: {day} is outside {opening} to {newest} (the day of the data)")
    if day > newest:
        raise AdoptionError(f"as_of: {day} is after {newest} (the day of the data)")
    return day
