"""Validation of a snapshot: a trial build of the tables that changes nothing.

If a problem may have another cause, the tables are also built without the snapshot, because a
snapshot is never blamed for problems that exist already.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

import pandas as pd

from adoption.core.errors import AdoptionError
from adoption.refresh.project import DataFolders
from adoption.tables.exceptions import BOUND_AGAIN, NO_WITHDRAWAL, ExceptionKey, Violation

MAX_VIOLATIONS = 3  # violations named in one line
NEVER_ACCEPTED = (NO_WITHDRAWAL, BOUND_AGAIN)  # accepting these violations would falsify history
HOW_TO_MEND = "mend the source, or list it with its reason in data/reference/exceptions.csv"


@dataclass(frozen=True)
class Verdict:
    """The verdict on a snapshot or on the data as they are.

    Attributes
    ----------
    problem : str
        The reason why no tables can be built; empty if they can.
    violations : tuple of Violation
        The violations that a person would have to accept.
    outdated : tuple of ExceptionKey
        The exceptions that the snapshot makes unnecessary.
    unused : tuple of ExceptionKey
        The exceptions that no violation shows.
    exceptions : frozenset of ExceptionKey
        All exceptions in the list.
    tables : dict of str to DataFrame
        The tables of the trial build.
    """

    problem: str = ""
    violations: tuple[Violation, ...] = ()
    outdated: tuple[ExceptionKey, ...] = ()
    unused: tuple[ExceptionKey, ...] = ()
    exceptions: frozenset[ExceptionKey] = frozenset()
    tables: dict[str, pd.DataFrame] = field(default_factory=dict, repr=False)

    @property
    def is_good(self) -> bool:
        """Whether the snapshot can be used without acceptance."""
        return not self.problem and not self.violations

    @property
    def never(self) -> str:
        """The reason why a person cannot accept the snapshot; empty if acceptance is possible."""
        return self.problem or violations_in_words(
            [v for v in self.violations if v.rule in NEVER_ACCEPTED]
        )

    @property
    def reason(self) -> str:
        """The reason for the rejection in one line."""
        return self.problem or violations_in_words(self.violations, MAX_VIOLATIONS)

    @property
    def lines(self) -> tuple[str, ...]:
        """Every violation, one per line."""
        return tuple(violations_in_words([violation]) for violation in self.violations)


def violations_in_words(violations: Sequence[Violation], most: int = 20) -> str:
    """Return the violations in one line, up to `most`, and the number of further ones."""
    lines = [f"{v.rule}: {v.subject}: {v.finding}" for v in violations[:most]]
    first = "; ".join(lines)
    more = len(violations) - most
    return first + (f"; and {more:,} more" if more > 0 else "")


def validate(project: DataFolders, candidate: Path, day: date) -> Verdict:
    """Return the verdict on a snapshot after a trial build with it."""
    verdict = verdict_of_build(project, candidate)
    location = f"data/raw/{candidate.parent.name}/{candidate.name}"
    blamed = [verdict.problem] if verdict.problem else [v.place for v in verdict.violations]
    if verdict.unused or not all(location in subject for subject in blamed):
        verdict = _beside(verdict, verdict_of_build(project, day=day))
    # Problems of the list itself come before their consequences in other tables.
    ordered = sorted(verdict.violations, key=lambda violation: location not in violation.place)
    # The snapshot is elsewhere until it is used.
    problem = verdict.problem.replace(f"{location}/", "")
    return replace(verdict, problem=problem, violations=tuple(ordered))


def verdict_of_build(
    project: DataFolders, candidate: Path | None = None, day: date | None = None
) -> Verdict:
    """Return the verdict on a trial build, with a candidate snapshot or without one."""
    # These imports are slow, and printing help does not need them.
    from adoption.ingest.run import make_tables
    from adoption.tables.exceptions import match_exceptions

    try:
        tables, violations = make_tables(project.raw, project.reference, candidate, day)
        wrong, unused, listed = match_exceptions(violations, project.reference / "exceptions.csv")
        return Verdict("", tuple(dict.fromkeys(wrong)), (), tuple(unused), listed, tables)
    except AdoptionError as error:
        return Verdict(str(error))


def _beside(verdict: Verdict, without: Verdict) -> Verdict:
    """Return the verdict on a snapshot, compared with a build without it.

    An exception that is unused in both builds is not outdated by the snapshot, because a person may
    have listed it for another one.
    """
    if not verdict.is_good and without.problem:
        raise AdoptionError(without.problem)
    before = {violation[:3] for violation in without.violations}
    wrong = [violation for violation in verdict.violations if violation[:3] in before]
    if wrong:
        text = violations_in_words(wrong, MAX_VIOLATIONS)
        raise AdoptionError(f"the data in use are not in order: {text} ({HOW_TO_MEND})")
    outdated = [key for key in verdict.unused if key in without.exceptions]
    unused = [key for key in verdict.unused if key not in without.exceptions]
    return replace(verdict, outdated=tuple(outdated), unused=tuple(unused))
