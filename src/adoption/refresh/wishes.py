"""What is wanted of a refresh."""

from __future__ import annotations

import getpass
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from adoption.errors import AdoptionError, did_you_mean
from adoption.fetching.limits import Limits

if TYPE_CHECKING:
    from adoption.data.readers.publishers import Registry


@dataclass(frozen=True)
class Wishes:
    """What is wanted of a refresh.

    Attributes
    ----------
    root : Path
        The project.
    sources : tuple of str
        Sources or publishers; none means all that are not given by hand.
    convention : str, optional
        Only the list of its acts.
    file : Path, optional
        A file that a person saved, in place of asking the publisher.
    saved : date, optional
        When that was; without it, the file's own day.
    bases : mapping of str to str
        Other base addresses by publisher, such as that of a mirror.
    accept : str
        Why a person accepts what was refused; empty to fetch.
    by : str
        Who that is.
    snapshot : str, optional
        Which of several that were put aside: the name of its folder.
    limits : Limits
        What a fetch may take.
    now : datetime, optional
        The time it is taken to be; this machine's without it.
    """

    root: Path
    sources: tuple[str, ...] = ()
    convention: str | None = None
    file: Path | None = None
    saved: date | None = None
    bases: Mapping[str, str] = field(default_factory=dict)
    accept: str = ""
    by: str = ""
    snapshot: str | None = None
    limits: Limits = field(default_factory=Limits)
    now: datetime | None = None

    @property
    def moment(self) -> datetime:
        """Return the time."""
        return self.now or datetime.now(UTC)

    @property
    def who(self) -> str:
        """Return who accepts: as named, or else this system's user."""
        try:
            return self.by or getpass.getuser()
        except (ImportError, KeyError, OSError):
            raise AdoptionError(
                "--by: who accepts it? this system does not say; allowed: a name"
            ) from None


def with_bases(registry: Registry, bases: Mapping[str, str]) -> Registry:
    """Return a registry in which some publishers have another base address."""
    publishers = dict(registry.publishers)
    for name, base in bases.items():
        if name not in publishers:
            near = did_you_mean(name, publishers, 1)
            raise AdoptionError(f"--base: no publisher {name!r}; {near}")
        publishers[name] = publishers[name].model_copy(update={"base": base})
    return registry.model_copy(update={"publishers": publishers})
