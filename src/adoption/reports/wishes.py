"""What is wanted of a report."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from adoption.reports.planning.selection import Choice
from adoption.reports.published.publish import KEPT_RUNS


@dataclass(frozen=True)
class Wishes:
    """What is wanted of a report.

    Attributes
    ----------
    choice : Choice
        Which pages, and of which day; all of the plan by default.
    output : Path, optional
        Where the reports go; `reports` in the project by default.
    remote : str, optional
        The address, as fsspec knows it, to which the report is copied.
    shared : str, optional
        The address of the output as it was given, which Dask's workers may see as well.
    jobs : int
        How many notebooks at once; on Dask's workers as many as they have threads.
    engine : str
        `fork`, or `stock` for papermill's own.
    dask : str, optional
        Address of a Dask scheduler whose workers make the pages; this machine without it.
    force : bool
        Whether to make pages that are current as well.
    keep : int
        How many earlier runs stay.
    fail_fast : bool
        Whether to stop at the first notebook that fails, and publish nothing.
    wait : bool
        Whether to wait for another report into the same folder.
    profile : bool
        Whether to say at the end where the time went.
    as_json : bool
        Whether a machine reads what is told.
    """

    choice: Choice = field(default_factory=Choice)
    output: Path | None = None
    remote: str | None = None
    shared: str | None = None
    jobs: int = 2
    engine: str = "fork"
    dask: str | None = None
    force: bool = False
    keep: int = KEPT_RUNS
    fail_fast: bool = False
    wait: bool = True
    profile: bool = False
    as_json: bool = False
