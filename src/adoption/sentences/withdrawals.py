"""What is said of participants that have withdrawn, or may have."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from adoption.law.status import IN_FORCE, PARTY, WITHDRAWN
from adoption.words import numeral

if TYPE_CHECKING:
    from adoption.law.status import Status


@dataclass(frozen=True)
class Left:
    """How many participants have withdrawn, and how many may have.

    Attributes
    ----------
    withdrawn : int
        Those that certainly have, and are not known to have consented again.
    by_report : int
        How many of them have by report only.
    back : int
        How many of them may have consented again.
    maybe : int
        Those bound that may have withdrawn.
    """

    withdrawn: int = 0
    by_report: int = 0
    back: int = 0
    maybe: int = 0

    def __bool__(self) -> bool:
        """Whether there is anything to say."""
        return bool(self.withdrawn or self.maybe)


def left(participants: pd.DataFrame) -> Left:
    """Count those that have withdrawn."""
    gone = participants["status"] == WITHDRAWN
    stays = participants["status"].isin((PARTY, IN_FORCE))
    return Left(
        withdrawn=int(gone.sum()),
        by_report=int((gone & participants["grade"].eq("reported")).sum()),
        back=int((gone & participants["possible"].eq(PARTY)).sum()),
        maybe=int((stays & participants["possible"].eq(WITHDRAWN)).sum()),
    )


def left_counted(status: Status) -> Left:
    """Count those that have withdrawn and whose instrument would count to the threshold."""
    frame = status.participants
    if status.convention.excludes_reio:
        frame = frame[frame["kind"] != "organization"]
    return left(frame)


def told(found: Left, who: str, perhaps: str) -> str:
    """Return what is said of them after a clause; no text where there is nothing to say.

    Examples
    --------
    >>> told(Left(withdrawn=1), "{} more", "{}")
    '; one more has withdrawn'
    >>> told(Left(withdrawn=2, by_report=1, maybe=1), "{} of them", "{} of them")
    '; two of them have withdrawn, one by report only; one of them may have withdrawn'
    """
    text, number = "", found.withdrawn
    if number:
        text = f"; {who.format(numeral(number))} {'has' if number == 1 else 'have'} withdrawn"
        if found.by_report:
            some = "" if found.by_report == number else f"{numeral(found.by_report)} "
            text += f", {some}by report only"
        if found.back:
            text += f", and {_back(found)}may have consented again"
    if found.maybe:
        text += f"; {perhaps.format(numeral(found.maybe))} may have withdrawn"
    return text


def _back(found: Left) -> str:
    """Return who may have consented again, of those that have withdrawn; of one, nothing."""
    number = numeral(found.withdrawn)
    if found.back < found.withdrawn:
        return f"{numeral(found.back)} of the {number} "
    return {1: "", 2: "both "}.get(found.withdrawn, f"all {number} ")
