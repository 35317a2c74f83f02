"""Making many pages: all of them come, whatever becomes of one, and of a worker."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from adoption.engine.spawner import TemplateError
from adoption.reports.workers.jobs import Job, Made
from adoption.reports.workers.pool import WORKER_ENDED, Started, forked, stock
from tests.reports.conftest import KILLS, SHOW, Project, code, parameters, text

pytestmark = pytest.mark.slow

PARRICIDE = "import os, time\nos.kill(os.getppid(), 9)\ntime.sleep(60)"
WHERE = 'import os\nopen("../pids-" + country, "w").write(f"{os.getppid()}")'


@pytest.fixture
def jobs(project: Project, tmp_path: Path) -> Any:
    project.write("good", text("# Good\n\nWhat?"), parameters(), code(SHOW))
    project.write("bad", text("# Bad\n\nWhat?"), parameters(), code("1 / 0"))
    project.write("kills", text("# Kills\n\nWhat?"), parameters(), code(KILLS))
    project.write("parricide", text("# Parricide\n\nWhat?"), parameters(), code(PARRICIDE))
    project.write("says", text("# Says\n\nWhat?"), parameters(), code(WHERE), code(SHOW))
    (tmp_path / "run" / "notebooks").mkdir(parents=True)

    def of(*names: str, engine: Any = "fork") -> list[Job]:
        values, folder = {"country": "QAT", "edition": 2024}, str(tmp_path / "run")
        return [
            Job(f"{name}-{number}", name, {}, values, str(project.root), folder, engine)
            for number, name in enumerate(names)
        ]  # fmt: skip

    return of


def made_of(events: Iterator[Started | Made]) -> dict[str, Made]:
    return {event.slug: event for event in events if isinstance(event, Made)}


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="finds the worker in /proc")
def test_a_worker_that_is_killed_costs_its_page_and_no_other(jobs: Any) -> None:
    made = made_of(forked(jobs("kills", "good", "good"), 1))
    assert {slug: page.error for slug, page in made.items()} == {
        "kills-0": WORKER_ENDED, "good-1": None, "good-2": None,
    }  # fmt: skip
    assert made["kills-0"].unmade


def test_a_template_that_is_killed_is_told_and_leaves_the_rest_to_others(jobs: Any) -> None:
    wanted = jobs("says", *["good"] * 30)
    events = forked(wanted, 1)
    made: dict[str, Made] = {}
    with pytest.raises(TemplateError, match="has ended"):  # noqa: PT012
        for event in events:
            if isinstance(event, Made):
                made[event.slug] = event
                pids = Path(wanted[0].root, "pids-QAT")
                os.kill(int(pids.read_text(encoding="ascii")), signal.SIGKILL)
    assert 1 <= len(made) < len(wanted)
    assert all(page.error is None for page in made.values())


def test_a_stock_notebook_that_kills_what_runs_it_costs_its_page_and_no_other(jobs: Any) -> None:
    made = made_of(stock(jobs("parricide", "good", "good", "parricide", engine="stock"), 2))
    assert {slug: page.error for slug, page in made.items()} == {
        "parricide-0": WORKER_ENDED, "good-1": None, "good-2": None, "parricide-3": WORKER_ENDED,
    }  # fmt: skip
    assert made["parricide-0"].unmade
