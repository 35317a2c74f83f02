"""What has become of a refresh, source by source, in words and for machines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

from adoption.refresh.judging import Verdict

EXIT_REFUSED, EXIT_UNREACHABLE = 3, 4
Kind = Literal["unchanged", "accepted", "refused", "unreachable"]
WORDS: dict[Kind, str] = {
    "unchanged": "nothing new",
    "accepted": "accepted",
    "refused": "refused",
    "unreachable": "not received",
}


@dataclass(frozen=True)
class Result:
    """What has become of one source.

    Attributes
    ----------
    source : str
        Its name.
    kind : str
        `unchanged`, `accepted`, `refused` or `unreachable`.
    told : str
        More, in one line: what changed, or why not.
    place : str
        The snapshot, as a person finds it; empty if there is none.
    until : date, optional
        If it is unchanged: the day on which it was so.
    verdict : Verdict
        On the data with it, where it was judged: what the guards said, and all tables.
    """

    source: str
    kind: Kind
    told: str = ""
    place: str = ""
    until: date | None = None
    verdict: Verdict = field(default_factory=Verdict, repr=False, compare=False)

    def __str__(self) -> str:
        more = f": {self.told}" if self.told else ""
        where = f" ({self.place})" if self.place else ""
        return f"{self.source}: {WORDS[self.kind]}{more}{where}"

    @property
    def advice(self) -> str:
        """What a person can do about it, in one line; empty if there is nothing to do."""
        if self.kind != "refused" or not self.place.startswith("data/aside/"):
            return ""
        if self.verdict.is_never_accepted:
            return f"{self.source}: docs/refresh.md says what to do with what cannot be accepted"
        snapshot = self.place.rpartition("/")[2]
        return (
            f"{self.source}: to see what it would change: adoption diff {self.place}; to use it if "
            f"the publisher is right: adoption refresh --source {self.source} --snapshot "
            f"{snapshot} --accept REASON --by NAME"
        )


@dataclass(frozen=True)
class Outcome:
    """What has become of a refresh.

    Attributes
    ----------
    results : sequence of Result
        One a source.
    summary : str
        What changed in the tables, in one line fit for a commit message.
    changed : bool
        Whether the processed tables were made anew.
    data_day : str
        The day of the data afterwards, as 2026-11-24.
    """

    results: Sequence[Result]
    summary: str
    changed: bool
    data_day: str

    @property
    def status(self) -> int:
        """The exit status: 3 if anything was refused, 4 if anything was not received, else 0."""
        kinds = {result.kind for result in self.results}
        if "refused" in kinds:
            return EXIT_REFUSED
        return EXIT_UNREACHABLE if "unreachable" in kinds else 0

    def plain(self) -> dict[str, Any]:
        """Return it as plain values for JSON: status, summary, changed, data_day, sources."""
        return {
            "status": self.status,
            "summary": self.summary,
            "changed": self.changed,
            "data_day": self.data_day,
            "sources": [
                {
                    "source": r.source,
                    "result": r.kind,
                    "told": r.told,
                    "snapshot": r.place,
                    "violations": list(r.verdict.lines),
                }
                for r in self.results
            ],
        }
