"""Running commands from outside, as a user would, and what an executed notebook tells."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterable
from pathlib import Path

import nbformat

from adoption.press.store import read_executed

ROOT = Path(__file__).parents[2]
BIN = Path(sys.executable).parent
ADOPTION = str(BIN / "adoption")


class CommandFailedError(Exception):
    """A command that is measured ended otherwise than it should."""


def timed(*command: str | Path, home: Path = ROOT) -> float:
    """Run a command to its end in a fresh process; return how many seconds it took.

    Parameters
    ----------
    *command : str or Path
        The program and its arguments.
    home : Path
        The project's folder, as ADOPTION_HOME names it.

    Raises
    ------
    CommandFailedError
        If its exit status is not 0.
    """
    process, began = started(*command, home=home)
    _, errors = process.communicate()
    seconds = time.perf_counter() - began
    check(process, errors)
    return seconds


def started(*command: str | Path, home: Path = ROOT) -> tuple[subprocess.Popen[str], float]:
    """Start a command; return its process, and when that was."""
    environment = {**os.environ, "ADOPTION_HOME": str(home)}
    began = time.perf_counter()
    process = subprocess.Popen(
        list(map(str, command)),
        cwd=home,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )
    return process, began


def check(process: subprocess.Popen[str], errors: str) -> None:
    """Raise an error if a command that has ended failed."""
    if process.returncode:
        last = (errors.strip().splitlines() or ["no word of why"])[-1]
        name = Path(str(process.args[0])).name if isinstance(process.args, list) else "it"
        raise CommandFailedError(f"{name}: exit status {process.returncode}: {last}")


def seconds_in_cells(notebooks: Iterable[Path]) -> list[float]:
    """Return for each executed notebook what its cells took, as papermill noted it.

    Raises
    ------
    CommandFailedError
        If a cell failed or has no such note.
    """
    found = []
    for path in notebooks:
        if path.suffix == ".zip":  # as a report keeps it
            notebook = read_executed(path)
        else:
            notebook = nbformat.read(path, as_version=4)  # type: ignore[no-untyped-call]
        cells = [cell for cell in notebook.cells if cell.cell_type == "code"]
        noted = [cell.metadata.get("papermill", {}) for cell in cells]
        if not all(note.get("duration") is not None and not note["exception"] for note in noted):
            raise CommandFailedError(f"{path.name}: a cell failed, or its time was not noted")
        found.append(float(sum(note["duration"] for note in noted)))
    return found
