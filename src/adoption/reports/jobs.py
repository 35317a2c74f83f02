"""A page to make, and what has become of one: plain facts that go from process to process.

Nothing that runs or renders notebooks is imported here: who only passes jobs on needs none.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

Engine = Literal["fork", "stock"]
MEGABYTE = 2**20


@dataclass(frozen=True)
class Limits:
    """What a page may use before it is ended.

    Attributes
    ----------
    seconds : int
        How long it may take in all.
    memory : int
        Bytes of address space beyond those of the server. Python says MemoryError there.
    output : int
        Bytes of all that it prints and shows.
    """

    seconds: int = 600
    memory: int = 4096 * MEGABYTE
    output: int = 16 * MEGABYTE


@dataclass(frozen=True)
class LastGood:
    """The last good page of a name, which is shown if the new one fails.

    Attributes
    ----------
    notebook : str
        Where its executed notebook is.
    made : str
        The day on which it was made, in words.
    data_day : date
        The day of its data.
    values : dict
        Every parameter with the value it had; the plan may have another by now.
    """

    notebook: str
    made: str
    data_day: date
    values: dict[str, Any]


@dataclass(frozen=True)
class Job:
    """A page to make.

    Attributes
    ----------
    slug : str
        Its name in addresses.
    notebook : str
        Name of its notebook without the ending.
    parameters, values : dict
        What differs from the notebook's own values; every value.
    root, folder : str
        The project, and where the page goes.
    engine : str
        `fork`, or `stock` for papermill's own.
    last_good : LastGood, optional
        What to show if this one fails.
    limits : Limits
        What it may use.
    """

    slug: str
    notebook: str
    parameters: dict[str, Any]
    values: dict[str, Any]
    root: str
    folder: str
    engine: Engine = "fork"
    last_good: LastGood | None = None
    limits: Limits = Limits()


@dataclass(frozen=True)
class Started:
    """A page whose making has begun."""

    slug: str


@dataclass(frozen=True)
class Made:
    """What has become of a page.

    Attributes
    ----------
    slug : str
        Its name in addresses.
    kicker : str
        The notebook's own heading, or the slug where it has none.
    answer : dict or None
        The answer of the page that is published; None if there is none.
    error : str or None
        Why the notebook failed, if it did.
    seconds : float
        How long all of it took.
    cells : list of float
        Seconds of each code cell.
    data_day : date
        The day of its data.
    reads : list of str, optional
        The project's files that decide it; None if not known.
    memory : int
        The most bytes of memory that its process held.
    forked : bool
        Whether the notebook ran in a fork of the server.
    """

    slug: str
    kicker: str
    answer: dict[str, str] | None
    error: str | None
    seconds: float
    data_day: date
    cells: list[float] = field(default_factory=list)
    reads: list[str] | None = None
    memory: int = 0
    forked: bool = False
