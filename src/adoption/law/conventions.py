"""The registry of conventions: each one's identity, legal rules and reach of its data."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    ValidationError,
    ValidationInfo,
    field_validator,
    model_validator,
)

from adoption import tables
from adoption.core.errors import AdoptionError, first_fault, likeness
from adoption.core.paths import processed_folder, reference_folder
from adoption.core.reading import read_toml, record_read, remembered
from adoption.core.text import long_day
from adoption.law.rules import Delay, Threshold, ordinal
from adoption.tables import built_additions
from adoption.tables.choices import Day, to_day

MAX_INSTRUMENTS = 250  # a threshold: more than there are participants
REACH_DAYS = ("complete_to", "nearly_complete_to", "partial_to")  # none before the one in front


class SpecialRule(BaseModel):
    """A minimum of instruments that must come from the members of one organisation."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    organisation: str
    instruments: int = Field(ge=1)


class Convention(BaseModel):
    """One convention of the registry, as `data/reference/conventions.toml` describes it.

    The head of that file says what each field means.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    convention: str
    title: str
    short_title: str
    label: str
    depositary: str
    made_for: str | None = None
    parties_of: str | None = None
    reference: str
    adopted: date | None = None
    adopted_by: str | None = None
    opens: date
    opens_at: str
    closes: date | None = None
    threshold: int = Field(ge=1, le=MAX_INSTRUMENTS)
    threshold_article: str
    special: SpecialRule | None = None
    delay: Delay
    later: Delay | None = None
    later_article: str | None = None
    withdrawal_article: str | None = None
    excludes_reio: bool
    entered_into_force: date | None = None
    acts: str | None = None
    base_treaty: str | None = None
    acts_list: str | None = None
    signatories_listed: bool = True
    complete_to: date | None = None
    nearly_complete_to: date | None = None
    partial_to: date | None = None
    not_in_force_seen: date | None = None
    not_in_force_source: str | None = None
    reach: str
    source: str
    law_source: str | None = None

    @field_validator("opens", "closes", "entered_into_force")
    @classmethod
    def _in_time_order(cls, day: date | None, about: ValidationInfo) -> date | None:
        before = "adopted" if about.field_name == "opens" else "opens"
        first = about.data.get(before)
        if day is not None and first is not None and day < first:
            raise ValueError(f"{day} is before {before}, {first}; allowed: that day or later")
        return day

    @field_validator("special")
    @classmethod
    def _special_within_threshold(
        cls, special: SpecialRule | None, about: ValidationInfo
    ) -> SpecialRule | None:
        most = about.data.get("threshold", MAX_INSTRUMENTS)
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
    def _reach_in_order(self) -> Convention:
        known = {name: day for name in REACH_DAYS if (day := getattr(self, name)) is not None}
        if list(known.values()) != sorted(known.values()):
            text = ", ".join(f"{name} {day}" for name, day in known.items())
            raise ValueError(f"{text}: none may be before the one in front of it")
        return self

    @property
    def names(self) -> dict[str, str]:
        """Its id and names, as the columns of a frame with one row a convention."""
        return {name: getattr(self, name) for name in ("convention", "short_title", "label")}

    def threshold_rule(self) -> Threshold:
        """Return the threshold as law."""
        return Threshold(self.threshold, self.special.instruments if self.special else 0)

    def rule_in_words(self) -> str:
        """Return the rule of entry into force as a sentence without a full stop.

        Examples
        --------
        >>> load_conventions()["untoc"].rule_in_words()
        'enters into force on the 90th day after the deposit of the 40th instrument (art. 38(1))'
        """
        nth = f"the {ordinal(self.threshold)} instrument"
        if self.special:
            number, organisation = self.special.instruments, self.special.organisation
            nth += f", of which at least {number} by members of the {organisation}"
        return f"enters into force on the {self.delay} of {nth} ({self.threshold_article})"

    def is_closed(self, as_of: date) -> bool:
        """Return whether the last day for signature was over: who had not signed can accede."""
        return self.closes is not None and self.closes < as_of

    def __dir__(self) -> list[str]:
        """Return its own names for completion, without those of pydantic."""
        return sorted(
            name
            for name in {*type(self).model_fields, *vars(type(self))}
            if name[0] != "_" and not hasattr(BaseModel, name)
        )

    def complete_until(self, measure: str) -> date | None:
        """Return the last day on which the list is complete in signatories or parties.

        Signatures of a convention that closed for signature within that time are complete for
        good, which is `date.max`; None where the list never is complete.
        """
        closes, complete_to = self.closes, self.complete_to
        if measure == "signatories" and complete_to and closes and closes <= complete_to:
            return date.max
        return complete_to

    def is_complete(self, measure: str, day: date) -> bool:
        """Return whether the list is complete to a day in signatories or parties."""
        until = self.complete_until(measure)
        return until is not None and day <= until

    def signature_in_words(self, as_of: date) -> str:
        """Return whether a state can sign on a day, as a sentence without a full stop.

        Empty where no closing day is known.

        Examples
        --------
        >>> load_conventions()["hanoi"].signature_in_words(date(2026, 12, 31))
        'is open for signature until 31 December 2026'
        """
        if self.closes is None:
            return ""
        if as_of < self.opens:
            return f"opens for signature on {long_day(self.opens)}"
        day = long_day(self.closes)
        if not self.is_closed(as_of):
            return f"is open for signature until {day}"
        only = "only accession is possible for a state that has not signed"
        return f"closed for signature on {day}: {only}"


def read_conventions(path: Path) -> dict[str, Convention]:
    """Read a registry file."""
    entries = read_toml(path)
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
            fault = first_fault(error)
            raise AdoptionError(f"{path.name}: [{identifier}] {fault}") from error
        parent = conventions[identifier].parties_of
        if parent is not None and parent not in conventions:
            raise AdoptionError(
                f"{path.name}: [{identifier}] parties_of: no convention {parent!r} above it"
            )
    return conventions


def added_conventions(entries: Mapping[str, Mapping[str, Any]]) -> dict[str, Convention]:
    """Return the conventions that `adoption add` has put beside the registry file, by id."""
    return {name: Convention(convention=name, **entry) for name, entry in entries.items()}


@remembered
def load_conventions() -> dict[str, Convention]:
    """Return the project's registry by id, with the reach of the data that are built.

    The reach stands in the registry until a depositary's own list is fetched; then it is that
    of the list, which the table `conventions` has.

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
    if built["source"] == convention.source:
        return convention
    days = {name: None if pd.isna(built[name]) else built[name].date() for name in REACH_DAYS}
    values = {name: built[name] for name in ("reach", "source")}
    return convention.model_copy(update=days | values | {"signatories_listed": True})


def find_convention(name: str | Convention, parameter: str = "convention") -> Convention:
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
    convention = _by_name().get(name.strip().casefold())
    if convention is None:
        raise AdoptionError(
            f"{parameter}: there is no {name!r} in the registry; {_nearest(name)} "
            f"(all: {', '.join(load_conventions())})"
        )
    return convention


def _ids(names: object) -> object:
    """Return several conventions by their ids alone, and anything else as it is."""
    if not isinstance(names, (list, tuple)):
        return names
    return [getattr(name, "convention", name) for name in names]


def _nearest(name: str) -> str:
    """Return the conventions most like a name, by any of their names or the initials of a title."""
    named = {known: [convention.convention] for known, convention in _by_name().items()}
    for convention in load_conventions().values():
        initials = "".join(word[0] for word in convention.title.split() if word[0].isupper())
        named.setdefault(initials.casefold(), []).append(convention.convention)
    scores = likeness(name, named)
    best = max((share for share, _ in scores.values()), default=0.0)
    meant = [key for known, (share, _) in scores.items() if share == best for key in named[known]]
    if not meant:
        return "there is nothing like it"
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


def day_of(as_of: Day, convention: Convention | None = None) -> date:
    """Return a day; refuse one before the opening of a convention, or after that of the data.

    Examples
    --------
    >>> day_of("2025-10-25", find_convention("hanoi"))
    datetime.date(2025, 10, 25)
    """
    day, newest = to_day(as_of), tables.data_day()
    if convention and not convention.opens <= day <= newest:
        raise AdoptionError(
            f"as_of: {day} is outside {convention.opens} (the opening of "
            f"{convention.convention}) to {newest} (the day of the data)"
        )
    if day > newest:
        raise AdoptionError(f"as_of: {day} is after {newest} (the day of the data)")
    return day
