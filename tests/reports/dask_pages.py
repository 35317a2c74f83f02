"""Made-up pages for Dask workers to make, and what becomes of them."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from pathlib import Path

import pytest

from adoption.paths import project_root
from adoption.reports.workers.jobs import Job, Made
from adoption.reports.workers.pool import Started
from tests.reports.conftest import SHOW, Project, code, make_project, parameters, text

REAL = "08_conventions_compared"
SLEEP = "import time\ntime.sleep(0.5)"
# Waits for a file, which the test makes when it has seen what it wants to see.
WAIT = "import pathlib, time\nwhile not pathlib.Path('go').exists():\n    time.sleep(0.05)"
# Ends the Dask worker: the parent of the template, which is the parent of the notebook.
DEADLY = """import os, signal
above = open(f"/proc/{os.getppid()}/stat").read().rpartition(")")[2].split()[1]
os.kill(int(above), signal.SIGKILL)
import time
time.sleep(60)"""
PLAN = "".join(f'[[page]]\nslug = "sleepy-{number}"\nnotebook = "sleepy"\n' for number in range(4))


def write_project(root: Path) -> Project:
    """Make a project of notebooks that sleep, wait, fail and end their worker, and a real one."""
    made = make_project(root)
    head = (text("# Kind"), parameters())
    made.write("sleepy", *head, code(SLEEP), code(SHOW))
    made.write("waiting", *head, code(WAIT), code(SHOW))
    made.write("bad", *head, code("1 / 0"))
    made.write("deadly", *head, code(DEADLY))
    made.plan(PLAN)
    shutil.copy(project_root() / "notebooks" / f"{REAL}.ipynb", made.root / "notebooks")
    return made


def jobs_of(notebooks: Iterable[str], project: Project, folder: Path) -> list[Job]:
    """Return a page of each notebook, with the number of its place in its name."""
    (folder / "notebooks").mkdir(parents=True, exist_ok=True)
    return [
        Job(f"{name}-{number}", name, {}, {"country": "QAT", "edition": 2024}, str(project.root),
            str(folder))
        for number, name in enumerate(notebooks)
    ]  # fmt: skip


def made_by(events: Iterable[Started | Made]) -> dict[str, Made]:
    """Return what was made by slug; each page has begun once, and before it was made."""
    begun: list[str] = []
    made: dict[str, Made] = {}
    for event in events:
        if isinstance(event, Started):
            begun.append(event.slug)
        else:
            assert event.slug in begun
            made[event.slug] = event
    assert sorted(begun) == sorted(made)
    return made


def silence(line: str) -> None:
    pytest.fail(f"said: {line}")
