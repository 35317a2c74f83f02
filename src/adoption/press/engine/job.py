"""A page to make, and what has become of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from adoption.press.plan import MAX_OUTPUT_MEGABYTES, Page
from adoption.press.project import Project

PAGE_SECONDS = 600  # that a page may take in all
LARGE_OUTPUT_MEGABYTES = 5  # from here on a warning names the page


@dataclass(frozen=True)
class Job:
    """A page to make.

    Attributes
    ----------
    page : Page
        As the plan has it.
    root, folder : str
        The folder of the project, and where the page goes.
    project : Project
        What the press is told of it.
    kept : str
        SHA-256 of the document that the page keeps if it says the same; no text where it is to be
        made in any case.
    seconds : int
        How long it may take in all.
    max_output_megabytes : int
        The limit of everything that its cells show.
    max_memory_megabytes : int
        The limit of the memory of its process; 0 for none.
    """

    page: Page
    root: str
    folder: str
    project: Project
    kept: str = ""
    seconds: int = PAGE_SECONDS
    max_output_megabytes: int = MAX_OUTPUT_MEGABYTES
    max_memory_megabytes: int = 0


@dataclass(frozen=True)
class PageResult:
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
    data_day : date
        The day of its data.
    reads : sequence of str
        The project's files that were read for it; none of one that failed before it could say.
    faults : sequence of str
        What of its outputs did not fit, in a line each.
    is_same : bool
        Whether it says what the kept document says: then nothing was written.
    """

    slug: str
    kicker: str
    answer: dict[str, Any] | None
    error: str | None
    seconds: float
    data_day: date
    reads: Sequence[str] = ()
    faults: Sequence[str] = ()
    is_same: bool = False
