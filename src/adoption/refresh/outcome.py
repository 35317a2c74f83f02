"""The options of a refresh and its results, in words and for machines."""

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
    """The options of a refresh: sources, a saved file, mirrors, or an acceptance by a person."""

    root: Path
    # Names of sources or publishers; empty for all sources that are not saved by hand.
    sources: tuple[str, ...] = ()
    file: Path | None = None  # saved by a person and read instead of asking the publisher
    saved: date | None = None  # the day on which the person saved it
    bases: Mapping[str, str] = field(default_factory=dict)  # other base addresses, by publisher
    accept: str = ""  # reason for accepting a rejected snapshot; empty to fetch
    by: str = ""  # name of the person who accepts or takes back
    snapshot: str | None = None  # the snapshot to accept, if several wait
    rows: tuple[str, ...] = ()  # only these acts are accepted, such as KEN signature; empty for all
    undo: str = ""  # snapshot to take back, such as untc-hanoi/2026-12-01T120000Z
    because: str = ""  # reason for taking it back
    limits: Limits = field(default_factory=Limits)
    now: datetime | None = None

    @property
    def moment(self) -> datetime:
        """The time of the refresh; by default this machine's time."""
        return self.now or datetime.now(UTC)

    @property
    def who(self) -> str:
        """The name of the person who accepts; by default the system's user."""
        try:
            return self.by or getpass.getuser()
        except (ImportError, KeyError, OSError):
            raise AdoptionError(
                "--by: this system does not say who accepts it; allowed: a name"
            ) from None


@dataclass(frozen=True)
class SourceResult:
    """The result of one source, with the verdict if a snapshot was validated."""

    source: str
    kind: ResultKind
    message: str = ""  # the change or the reason, in one line
    place: str = ""  # the snapshot, as shown to users
    verdict: Verdict = field(default_factory=Verdict, repr=False, compare=False)
    is_guess: bool = False  # whether a guessed address that never worked was not found
    until: date | None = None  # the day on which an unchanged source was seen
    warning: str = ""  # that the day of its answer is doubtful

    def __str__(self) -> str:
        more = f": {self.message}" if self.message else ""
        location = f" ({self.place})" if self.place else ""
        return f"{self.source}: {RESULT_WORDS[self.kind]}{more}{location}"

    @property
    def advice(self) -> str:
        """The next step for a person in one line; empty if there is none."""
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
    """The outcome of a refresh; `summary` is one line that fits a commit message."""

    results: Sequence[SourceResult]
    summary: str
    changed: bool  # whether the processed tables were rebuilt
    data_day: str  # data date of the oldest requested source after the refresh, such as 2026-11-24

    @property
    def status(self) -> int:
        """The exit status: 3 if a snapshot was rejected, 4 if a file was not received, else 0.

        A guessed address without a file is reported but does not change the status.
        """
        kinds = {result.kind for result in self.results if not result.is_guess}
        if "refused" in kinds:
            return EXIT_REFUSED
        return EXIT_UNREACHABLE if "unreachable" in kinds else 0

    @property
    def warnings(self) -> list[str]:
        """The doubts about the days of answers, each with the sources that it concerns."""
        sources: dict[str, list[str]] = {}
        for result in self.results:
            if result.warning:
                sources.setdefault(result.warning, []).append(result.source)
        lines = []
        for text, (first, *others) in sources.items():
            more = f" and {counted(len(others), 'other source')}" if others else ""
            lines.append(f"{first}{more}: {text}")
        return lines

    def as_json(self) -> dict[str, Any]:
        """Return the outcome as plain values."""
        fields = {"source": "source", "kind": "result", "message": "message", "place": "snapshot"}
        sources = []
        for result in self.results:
            values = {called: getattr(result, name) for name, called in fields.items()}
            sources.append(values | {"violations": list(result.verdict.lines)})
        names = ("status", "summary", "changed", "data_day", "warnings")
        plain = {name: getattr(self, name) for name in names}
        return plain | {"sources": sources}


def exceptions_removed_text(number: int) -> str:
    """Return the number of removed exceptions in words; empty for zero."""
    text = f"{counted(number, 'exception')} no longer shown {is_are(number)} taken out of the list"
    return text if number else ""
