"""Whether a snapshot can be used: the tables are built with it, and nothing is changed.

Where something is wrong that need not be the snapshot's own fault, they are built without it too:
it is never blamed for what is wrong already.
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

MAX_VIOLATIONS = 3  # violations in a line
NEVER_ACCEPTED = (NO_WITHDRAWAL, BOUND_AGAIN)  # rules: history would be falsified
HOW_TO_MEND = "mend the source, or list it with its reason in data/reference/exceptions.csv"


@dataclass(frozen=True)
class Verdict:
    """What is to be said of a snapshot, or of the data as they are.

    `problem` is why no tables can be built, `violations` what a person would have to accept,
    `outdated` the exceptions that the snapshot ends, `unused` those that nothing shows.
    """

    problem: str = ""
    violations: tuple[Violation, ...] = ()
    outdated: tuple[ExceptionKey, ...] = ()
    unused: tuple[ExceptionKey, ...] = ()
    exceptions: frozenset[ExceptionKey] = frozenset()
    tables: dict[str, pd.DataFrame] = field(default_factory=dict, repr=False)

    @property
    def is_good(self) -> bool:
        """Whether it can be used as it is."""
        return not self.problem and not self.violations

    @property
    def never(self) -> str:
        """Why a person cannot accept it; empty if one can."""
        return self.problem or violations_in_words(
            [v for v in self.violations if v.rule in NEVER_ACCEPTED]
        )

    @property
    def reason(self) -> str:
        """Why it cannot be used, in one line."""
        return self.problem or violations_in_words(self.violations, MAX_VIOLATIONS)

    @property
    def lines(self) -> tuple[str, ...]:
        """Every violation, a line each."""
        return tuple(violations_in_words([violation]) for violation in self.violations)


def violations_in_words(violations: Sequence[Violation], most: int = 20) -> str:
    """Return violations in one line; of those beyond `most` only how many there are."""
    lines = [f"{v.rule}: {v.subject}: {v.finding}" for v in violations[:most]]
    first = "; ".join(lines)
    more = len(violations) - most
    return first + (f"; and {more:,} more" if more > 0 else "")


def validate(project: DataFolders, candidate: Path, day: date) -> Verdict:
    """Build the tables with one more snapshot, from wherever it is."""
    verdict = verdict_of_build(project, candidate)
    location = f"data/raw/{candidate.parent.name}/{candidate.name}"
    blamed = [verdict.problem] if verdict.problem else [v.place for v in verdict.violations]
    if verdict.unused or not all(location in subject for subject in blamed):
        verdict = _beside(verdict, verdict_of_build(project, day=day))
    # What the list itself does comes before what follows from it in other tables.
    ordered = sorted(verdict.violations, key=lambda violation: location not in violation.place)
    problem = verdict.problem.replace(f"{location}/", "")  # it stands elsewhere
    return replace(verdict, problem=problem, violations=tuple(ordered))


def verdict_of_build(
    project: DataFolders, candidate: Path | None = None, day: date | None = None
) -> Verdict:
    """Build the tables from the data as they are, or with a candidate."""
    # Much is imported for this, and who asks for help or names a wrong option needs none of it.
    from adoption.ingest.run import make_tables
    from adoption.tables.exceptions import match_exceptions

    try:
        tables, violations = make_tables(project.raw, project.reference, candidate, day)
        wrong, unused, listed = match_exceptions(violations, project.reference / "exceptions.csv")
        return Verdict("", tuple(dict.fromkeys(wrong)), (), tuple(unused), listed, tables)
    except AdoptionError as error:
        return Verdict(str(error))


def _beside(verdict: Verdict, without: Verdict) -> Verdict:
    """Return what a snapshot changes, given the data without it.

    An exception that they do not show either is not outdated by the snapshot: a person may have
    listed it for another one.
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
