"""A simulated year: made-up lists on a loopback server, with faults, beyond entry into force.

    .venv/bin/python -m tests.refresh.year > benchmarks/results/year.txt

Each week the depositary's list is asked for and the pages that are due are made: of the Convention,
of another one, and of capacity. Every act after the record of the data is made up.
"""

from __future__ import annotations

import contextlib
import io
import json
import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from adoption.ingest.readers.untc import ListedAct
from adoption.law.conventions import load_conventions
from adoption.press.run import ReportOptions, run_report, why
from adoption.site.project import PROJECT
from tests.conftest import ROOT
from tests.refresh.answers import head, page, raw
from tests.refresh.life import MAINTENANCE, TARGET, Depositary, Project
from tests.refresh.publisher_server import Publisher
from tests.refresh.tiny import make_tiny

WEEKS, START, RULE = 52, date(2026, 12, 1), timedelta(days=90)
RATIFIES, TEN = range(1, 5), 10  # weeks in which ten states do: 40 in all
DEPOSIT = START + timedelta(weeks=4, days=-2)  # of the fortieth
ACTS = {2: ("Kenya", "signature"), 18: ("Japan", "accession"), 33: ("Panama", "accession")}
# Of each four weeks the last has one of these, in turn.
FAULTS = ("status 503", "maintenance", "cut", "vanished", "another day")
NOTEBOOKS = {"status-map": "01_status_map", "other": "01_status_map", "capacity": "04_capacity"}
PLAN = "".join(
    f'[[page]]\nslug = "{slug}"\nnotebook = "{notebook}"\n{parameters}\n'
    for (slug, notebook), parameters in zip(
        NOTEBOOKS.items(),
        ('parameters = { convention = "hanoi" }', 'parameters = { convention = "uncac" }', ""),
        strict=True,
    )
)


@dataclass(frozen=True)
class Week:
    """What a week's refresh and report gave."""

    number: int
    day: date
    fault: str
    status: int
    summary: str
    age: int  # of the list, in days
    pages: tuple[str, ...]  # that were made
    due_to: tuple[str, ...]  # why
    seconds: float

    def __str__(self) -> str:
        told = self.summary or "; ".join(self.due_to) or "-"
        made = " ".join(self.pages) or "-"
        return (
            f"{self.number:>4}  {self.day}  {self.fault:<12} {self.status:>6} {self.age:>4}  "
            f"{self.seconds:>5.1f}  {made:<26} {told}"
        )


HEADING = "week  day         fault        status  age      s  pages made                 events"


def weeks(root: Path, server: Publisher, number: int = WEEKS) -> Iterator[Week]:
    """Live some weeks in a small project."""
    project, before = Project(root, server.base), os.environ.get("ADOPTION_HOME")
    os.environ["ADOPTION_HOME"] = str(root)
    try:
        depositary = Depositary.of_record(project, server)
        known = list(dict.fromkeys(act.participant for act in depositary.acts))
        for week in range(number):
            yield _week(week, project, depositary, known)
    finally:
        os.environ.pop("ADOPTION_HOME")
        if before:
            os.environ["ADOPTION_HOME"] = before


def _week(number: int, project: Project, depositary: Depositary, known: list[str]) -> Week:
    day, began = START + timedelta(weeks=number), time.perf_counter()
    if number in RATIFIES:
        deposited = DEPOSIT if number == RATIFIES[-1] else day - timedelta(days=2)
        depositary.ratifies(deposited, *known[TEN * (number - 1) : TEN * number])
    if number in ACTS:
        depositary.acts.append(ListedAct(*ACTS[number], day - timedelta(days=1)))
    in_force = (
        "not yet in force"
        if number < RATIFIES[-1] + 3
        else (f"Entry into force {DEPOSIT + RULE:%-d %B %Y}, in accordance with article 65(1).")
    )
    content, acts = depositary.content(in_force=in_force), list(depositary.acts)
    depositary.publish(content)
    fault = FAULTS[number // 4 % len(FAULTS)] if number % 4 == 3 else ""
    if fault == "status 503":
        depositary.server.gives(TARGET, raw(head(503, {"Content-Length": "0"})))
    elif fault == "maintenance":
        depositary.server.gives(TARGET, page(MAINTENANCE))
    elif fault == "cut":
        depositary.publish(content[: len(content) // 2])
    elif fault:
        depositary.change(known[-1], None if fault == "vanished" else date(2025, 10, 27))
        depositary.publish(depositary.content(in_force=in_force))
        depositary.acts[:] = acts
    outcome = project.refresh(f"{day}")
    due_to = sorted({line for slug in NOTEBOOKS for line in why(slug, ReportOptions(), PROJECT)})
    with contextlib.redirect_stdout(io.StringIO()):
        run_report(ReportOptions(jobs=1), PROJECT)
    manifest = json.loads((project.root / "reports/latest/manifest.json").read_text())
    reach = load_conventions()["hanoi"].complete_to
    assert reach is not None
    return Week(
        number,
        day,
        fault,
        outcome.status,
        outcome.summary,
        (day - reach).days,
        tuple(sorted(manifest["work"])) if due_to else (),
        tuple(due_to),
        time.perf_counter() - began,
    )


def make_project(root: Path) -> None:
    """Write a small project with a plan of three pages."""
    make_tiny(root)
    (root / "notebooks").mkdir()
    for notebook in set(NOTEBOOKS.values()):
        shutil.copy(ROOT / "notebooks" / f"{notebook}.ipynb", root / "notebooks")
    (root / "reports.toml").write_text(PLAN)


def main() -> None:
    """Print the table of weeks."""
    with tempfile.TemporaryDirectory() as folder, Publisher() as server:
        make_project(Path(folder))
        print(HEADING, flush=True)
        for week in weeks(Path(folder), server):
            print(week, flush=True)


if __name__ == "__main__":
    main()
