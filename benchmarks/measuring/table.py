"""The table: figures with their aims, and the machine and versions they hold for."""

from __future__ import annotations

import os
import platform
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from importlib.metadata import version
from pathlib import Path

LIBRARIES = (
    "papermill", "nbclient", "nbconvert", "ipykernel", "jupyter-client", "pandas", "plotly",
)  # fmt: skip


@dataclass(frozen=True)
class Figure:
    """One line of the table.

    Attributes
    ----------
    what : str
        What was measured.
    value : str
        What came out, with its unit.
    aim : str
        What it should be; no text for a figure without an aim.
    met : bool, optional
        Whether it is.
    """

    what: str
    value: str
    aim: str = ""
    met: bool | None = None

    def line(self, width: int) -> str:
        """Return the figure in one line, what was measured in some width."""
        verdict = "" if self.met is None else "met" if self.met else "not met"
        return f"{self.what:{width}}  {self.value:>22}  {self.aim:>12}  {verdict}".rstrip()


def machine() -> list[str]:
    """Return lines that say when, on what and with what was measured."""
    cores = len(os.sched_getaffinity(0))
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    versions = ", ".join(f"{name} {version(name)}" for name in LIBRARIES)
    return [
        f"{datetime.now().astimezone():%d %B %Y}, {_processor()}, {cores} cores, {memory:.0f} GB,",
        f"{platform.system()} {platform.release()}, Python {platform.python_version()},",
        versions,
    ]


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.machine()
    names = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(names, platform.machine())


def table(title: str, groups: Sequence[Sequence[Figure]]) -> str:
    """Return the whole table as text."""
    width = max(len(figure.what) for group in groups for figure in group)
    heading = Figure("", "measured", "aim").line(width)
    parts = [[title, *machine(), ""], [heading]]
    parts += [[*(figure.line(width) for figure in group), ""] for group in groups]
    return "\n".join(line for part in parts for line in part).rstrip() + "\n"
