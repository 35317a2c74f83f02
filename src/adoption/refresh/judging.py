"""Whether a snapshot can be used: the tables are made with it, beside those that are in use.

Nothing is changed: they are made from a folder of links to the raw data, in which the new
snapshot stands as if it had been accepted. Where something is wrong that need not be the
snapshot's own fault, they are made without it too: it is never blamed for what is wrong already.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

import pandas as pd

from adoption.data.exceptions import Key, Violation
from adoption.data.list_rules import NO_WITHDRAWAL
from adoption.data.unchanged import Unchanged
from adoption.errors import AdoptionError
from adoption.fetching.stamps import REASON
from adoption.fetching.store import FetchedStore
from adoption.refresh.acceptance import EXCEPTIONS
from adoption.refresh.place import Place

MOST_TOLD = 3  # violations in a line
NEVER = (NO_WITHDRAWAL,)  # rules: what they miss has to be written down, or history is falsified
HOW_TO_MEND = "mend the source, or list it with its reason in data/reference/exceptions.csv"
JUDGING = "judging-"  # how the folders are called in which that is done


@dataclass(frozen=True)
class Verdict:
    """What is to be said of a snapshot, or of the data as they are.

    Attributes
    ----------
    problem : str
        Why no tables can be made with it, in one line; empty if they can.
    violations : tuple of Violation
        What a person would have to accept.
    outdated : tuple
        Exceptions that a person listed before and the data no longer show with it; of the
        data as they are, what they do not show.
    unused : tuple
        Exceptions that are shown neither with the snapshot nor without it.
    tables : dict of str to DataFrame
        The tables with it; empty where there is a problem.
    shown : frozenset
        The exceptions that the data do show.
    snapshot : str
        The name of its folder; empty for the data as they are.
    """

    problem: str = ""
    violations: tuple[Violation, ...] = ()
    outdated: tuple[Key, ...] = ()
    unused: tuple[Key, ...] = ()
    tables: dict[str, pd.DataFrame] = field(default_factory=dict, repr=False)
    shown: frozenset[Key] = field(default=frozenset(), repr=False)
    snapshot: str = ""

    @property
    def is_good(self) -> bool:
        """Whether it can be used as it is."""
        return not self.problem and not self.violations

    @property
    def is_never_accepted(self) -> bool:
        """Whether a person cannot accept it: nothing could be used, or history be falsified."""
        return bool(self.problem or self.never)

    @property
    def never(self) -> tuple[Violation, ...]:
        """The violations that cannot be accepted: what they miss has to be written down."""
        return tuple(found for found in self.violations if found.rule in NEVER)

    @property
    def reason(self) -> str:
        """Why it cannot, in one line."""
        return self.problem or told(self.violations, MOST_TOLD)

    @property
    def lines(self) -> tuple[str, ...]:
        """Every violation, a line each."""
        return tuple(told([violation], 1) for violation in self.violations)

    @property
    def whole_reason(self) -> str:
        """Why it cannot: in one line, and below it every violation if there are several."""
        more = self.lines if len(self.violations) > 1 else ()
        return "\n".join([self.reason, *more])


def told(violations: Sequence[Violation], most: int) -> str:
    """Return violations in one line; of those beyond `most` only how many there are."""
    first = "; ".join(f"{v.rule}: {v.subject}: {v.found}" for v in violations[:most])
    more = len(violations) - most
    return first + (f"; and {more:,} more" if more > 0 else "")


def judge(
    place: Place, source: str, put: Callable[[FetchedStore], Path], day: date | None = None
) -> Verdict:
    """Make the tables with one more snapshot."""
    with _room(place) as room:
        beside = _with_links(place.raw, room / "raw", source)
        snapshot = put(FetchedStore(beside, place.aside)).name
        found = _look(beside, place.reference)
    its_own = f"data/raw/{source}/{snapshot}"
    blamed = [found.problem] if found.problem else [v.place for v in found.violations]
    if found.outdated or not all(its_own in each for each in blamed):
        found = _against(found, judge_as_it_is(place, day=day))
    return replace(
        found,
        problem=found.problem.replace(f"{its_own}/", ""),  # it will stand elsewhere
        # What the new list itself does comes before what follows from it in other tables.
        violations=tuple(sorted(found.violations, key=lambda v: its_own not in v.place)),
        snapshot=snapshot,
    )


def judge_aside(place: Place, aside: Path) -> Verdict:
    """Make the tables with a snapshot that was put aside, as `judge` does."""
    source = aside.parent.name

    def put(beside: FetchedStore) -> Path:
        copied = beside.raw / source / aside.name
        shutil.copytree(aside, copied, ignore=shutil.ignore_patterns(REASON, ".*"))
        return copied

    return judge(place, source, put, date.fromisoformat(aside.name[:10]))


def judge_as_it_is(
    place: Place, unchanged: Unchanged | None = None, day: date | None = None
) -> Verdict:
    """Make the tables from the data as they are."""
    return _look(place.raw, place.reference, unchanged, day)


def _look(
    raw: Path, reference: Path, unchanged: Unchanged | None = None, day: date | None = None
) -> Verdict:
    # Much is imported for this, and who asks for help or names a wrong option needs none of it.
    from adoption.data.exceptions import no_longer_shown, shown, unlisted
    from adoption.data.run import make_tables

    try:
        tables, found = make_tables(raw, reference, unchanged, day)
        exceptions = reference / EXCEPTIONS
        return Verdict(
            violations=tuple(dict.fromkeys(unlisted(found, exceptions))),
            outdated=tuple(no_longer_shown(found, exceptions)),
            tables=tables,
            shown=frozenset(shown(found, exceptions)),
        )
    except AdoptionError as error:
        return Verdict(str(error))


def _against(found: Verdict, without: Verdict) -> Verdict:
    """Return a verdict on what a snapshot changes, given that on the data without it.

    An exception that they do not show without it either is not outdated by it: a person may
    have listed it for another one.
    """
    if not found.is_good and without.problem:
        raise AdoptionError(without.problem)
    before = {violation[:3] for violation in without.violations}
    wrong = [violation for violation in found.violations if violation[:3] in before]
    if wrong:
        raise AdoptionError(
            f"the data in use are not in order: {told(wrong, MOST_TOLD)} ({HOW_TO_MEND})"
        )
    return replace(
        found,
        outdated=tuple(key for key in found.outdated if key in without.shown),
        unused=tuple(key for key in found.outdated if key not in without.shown),
    )


@contextmanager
def _room(place: Place) -> Iterator[Path]:
    """Give a folder beside the data; what a killed refresh left there goes first."""
    place.begun.mkdir(exist_ok=True)
    for left in place.begun.glob(f"{JUDGING}*"):
        shutil.rmtree(left)
    with tempfile.TemporaryDirectory(prefix=JUDGING, dir=place.begun) as name:
        yield Path(name)
    with suppress(OSError):  # it holds something else
        place.begun.rmdir()


def _with_links(raw: Path, beside: Path, source: str) -> Path:
    """Make a folder of links to the raw data in which one source can get a snapshot."""
    (beside / source).mkdir(parents=True)
    for folder in raw.iterdir():
        if folder.name != source and not folder.name.startswith("."):
            (beside / folder.name).symlink_to(folder.resolve())
    if (raw / source).is_dir():
        for snapshot in (raw / source).iterdir():
            (beside / source / snapshot.name).symlink_to(snapshot.resolve())
    return beside
