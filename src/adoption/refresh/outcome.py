"""What is wanted of a refresh, and what has become of it, in words and for machines."""

from __future__ import annotations

import getpass
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, Literal

from adoption.core.errors import AdoptionError
from adoption.core.text import counted, is_are
from adoption.refresh.fetch import Limits
from adoption.refresh.validate import Verdict
from adoption.tables.exceptions import NO_WITHDRAWAL

EXIT_REFUSED, EXIT_UNREACHABLE = 3, 4
ResultKind = Literal["unchanged", "accepted", "refused", "unreachable", "undone"]
RESULT_WORDS: dict[ResultKind, str] = {
    "unchanged": "nothing new",
    "accepted": "accepted",
    "refused": "refused",
    "unreachable": "not received",
    "undone": "taken back",
}


@dataclass(frozen=True)
class RefreshOptions:
    """What is wanted: of which sources, a saved file, mirrors, or that a person accepts."""

    root: Path
    sources: tuple[str, ...] = ()  # or publishers; none means all that are not given by hand
    file: Path | None = None  # that a person saved, in place of asking the publisher
    saved: date | None = None  # when that was
    bases: Mapping[str, str] = field(default_factory=dict)  # other base addresses by publisher
    accept: str = ""  # why a person accepts what was refused; empty to fetch
    by: str = ""  # who that is
    snapshot: str | None = None  # which of several that wait
    rows: tuple[str, ...] = ()  # of it only these acts, such as KEN signature; none means all
    undo: str = ""  # the snapshot that is taken back, such as untc-hanoi/2026-12-01T120000Z
    because: str = ""  # why
    limits: Limits = field(default_factory=Limits)
    now: datetime | None = None

    @property
    def moment(self) -> datetime:
        """The time, of this machine unless it is given."""
        return self.now or datetime.now(UTC)

    @property
    def who(self) -> str:
        """Who accepts: as named, or else this system's user."""
        try:
            return self.by or getpass.getuser()
        except (ImportError, KeyError, OSError):
            raise AdoptionError(
                "--by: this system does not say who accepts it; allowed: a name"
            ) from None


@dataclass(frozen=True)
class SourceResult:
    """What has become of one source, with what the validation said where there was one."""

    source: str
    kind: ResultKind
    message: str = ""  # what changed, or why not, in one line
    place: str = ""  # the snapshot, as a person finds it
    verdict: Verdict = field(default_factory=Verdict, repr=False, compare=False)
    is_guess: bool = False  # whether its address was not found, and never known
    until: date | None = None  # if it is unchanged: the day on which it was so

    def __str__(self) -> str:
        more = f": {self.message}" if self.message else ""
        location = f" ({self.place})" if self.place else ""
        return f"{self.source}: {RESULT_WORDS[self.kind]}{more}{location}"

    @property
    def advice(self) -> str:
        """What a person can do about it, in one line; empty if there is nothing to do."""
        if self.kind != "refused":
            return ""
        brackets = [v for v in self.verdict.violations if v.rule == NO_WITHDRAWAL]
        if brackets:
            cells = (f'"{text}"' if "," in text else text for text in brackets[0][:3])
            row = ",".join(cells)
            return (
                f"{self.source}: {brackets[0].subject}: a withdrawal, whose day goes into "
                "data/reference/acts.csv, or no withdrawal, such as a deposit annulled? then a "
                f"row of data/reference/exceptions.csv says why: {row},REASON"
            )
        if self.verdict.never:
            return f"{self.source}: docs/refresh.md says what to do with what cannot be accepted"
        see = f"to see what it would change: adoption diff {self.place}"
        use = f"adoption refresh --source {self.source} --snapshot {Path(self.place).name} --accept"
        return f"{self.source}: {see}; to use it if the publisher is right: {use} REASON --by NAME"


@dataclass(frozen=True)
class Outcome:
    """What has become of a refresh; `summary` is one line, fit for a commit message."""

    results: Sequence[SourceResult]
    summary: str
    changed: bool  # whether the processed tables were built anew
    data_day: str  # of the oldest source asked for, after the refresh, as 2026-11-24

    @property
    def status(self) -> int:
        """The exit status: 3 if anything was refused, 4 if anything was not received, else 0.

        That a guessed address leads nowhere is said, but no alarm.
        """
        kinds = {result.kind for result in self.results if not result.is_guess}
        if "refused" in kinds:
            return EXIT_REFUSED
        return EXIT_UNREACHABLE if "unreachable" in kinds else 0

    def as_json(self) -> dict[str, Any]:
        """Return it as plain values."""
        fields = {"source": "source", "kind": "result", "message": "message", "place": "snapshot"}
        sources = []
        for result in self.results:
            values = {called: getattr(result, name) for name, called in fields.items()}
            sources.append(values | {"violations": list(result.verdict.lines)})
        plain = {name: getattr(self, name) for name in ("status", "summary", "changed", "data_day")}
        return plain | {"sources": sources}


def exceptions_removed_text(number: int) -> str:
    """Say how many exceptions were taken out of the list; nothing for none."""
    text = f"{counted(number, 'exception')} no longer shown {is_are(number)} taken out of the list"
    return text if number else ""
