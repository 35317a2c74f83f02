"""Pages of one notebook that a process makes one after another are as they are when made alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from adoption.core.text import slug
from adoption.press.engine import pool
from adoption.press.engine.job import Job
from adoption.press.store import document_file, make_folders, notebook_file, read_executed
from tests.conftest import FROZEN
from tests.reports.conftest import SHOW, Project, code, parameters, text, without_times

BRIEF = "03_country_brief"
STATES = ("AFG", "BRA", "QAT", "VAT")
AFTER = STATES[1::2]  # whose pages follow one other, and all others
BAD = "BRA"  # of which a page is not as the others, where one is
# Notes which process runs it.
PROCESS = "import os\nwith open('processes', 'a') as file:\n    print(os.getpid(), file=file)"
# A module beside the notebooks whose warning is shown once.
BESIDE = "import warnings\n\ndef tell():\n    warnings.warn('told', stacklevel=1)\n"
# Shows what a page before it has left, then leaves it itself.
LEAVES = """import os, sys, warnings
import beside, numpy as np, pandas as pd
seeded = np.random.random() in np.random.RandomState(1).random_sample(2)
print(os.path.basename(os.getcwd()), "LEFT" in os.environ, "left" in globals(), seeded, len(In))
print(pd.get_option("display.precision"), "left" in sys.path)
beside.tell()
np.random.seed(1)
pd.set_option("display.precision", 3)
os.environ["LEFT"] = left = "left"
sys.path.append(left)
warnings.filterwarnings("ignore")
os.chdir("/")"""
# What is shown in other ways than by the last line, and hidden.
SHOWN = (
    "import sys\nprint('out')\nprint('err', file=sys.stderr)\nstates = [country]\nstates",
    "from IPython.display import display\nlater = display(country, display_id=True)",
    "later.update('later')\n[1, 2];  # hidden",
    "import matplotlib.pyplot as plt\nplt.plot([1, 2]);",
    "import inspect\ndef told(): ...\ninspect.getsource(told)",
    "class Wrong:\n    def __repr__(self): return f'<{country}>'\nWrong(), Wrong",
)
RECORDED = ("country", "_ + ' last'", "len(In), Out")  # by IPython
OF_IPYTHON = ("%pwd", "!echo {country}")
# It lets no other thread run, as code in C may, and takes no time of a processor.
BUSY = "import ctypes; ctypes.PyDLL(None).sleep(60)"
THREAD = "import threading, time\nthreading.Thread(target=time.sleep, args=(60,), daemon=True)"
Make = Callable[..., dict[str, Any]]


def jobs_of(
    project: Project, folder: Path, *notebooks: str, states: Sequence[str] = STATES
) -> list[Job]:
    """Return the pages of some states of each notebook."""
    folder.mkdir()
    make_folders(folder)
    jobs = []
    for name in notebooks:
        for state in states:
            job = project.job(folder, f"{slug(name)}-{state.lower()}", name)
            values = {"country": state}
            page = job.page.model_copy(update={"parameters": values, "values": values})
            jobs.append(replace(job, page=page))
    return jobs


def processes(project: Project) -> list[str]:
    """Return which process ran each notebook, in their order."""
    return (project.root / "notebooks" / "processes").read_text().split()


def made(jobs: Sequence[Job], count: int = 1) -> dict[str, Any]:
    """Make pages; return what has become of each, what it says, and its notebook."""
    results = {page.slug: replace(page, seconds=0) for page in pool.make_pages(jobs, count)}
    assert {*results} == {job.page.slug for job in jobs}
    return {
        job.page.slug: (
            results[job.page.slug],
            Path(job.folder, document_file(job.page.slug)).read_bytes(),
            without_times(read_executed(Path(job.folder, notebook_file(job.page.slug)))),
        )
        for job in jobs
    }


@pytest.fixture
def made_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Make:
    """Make the pages of a notebook, each in a process of its own."""

    def make_alone(project: Project, name: str, states: Sequence[str] = STATES) -> dict[str, Any]:
        with monkeypatch.context() as patch:
            patch.setattr(pool, "MIN_PAGES_IN_TURN", len(STATES) + 1)
            return made(jobs_of(project, tmp_path / "alone", name, states=states), 2)

    return make_alone


def test_briefs_say_what_they_say_when_each_is_made_alone(tmp_path: Path, made_alone: Make) -> None:
    project = Project(FROZEN)  # the server of the tests remembers what its pages share
    jobs = jobs_of(project, tmp_path / "in-turn", BRIEF)
    assert made_alone(project, BRIEF, AFTER).items() <= made(jobs).items()


def test_a_page_finds_what_it_finds_when_it_is_made_alone(
    project: Project, tmp_path: Path, made_alone: Make
) -> None:
    (project.root / "notebooks" / "beside.py").write_text(BESIDE, encoding="utf-8")
    project.write("leaves", parameters(), code(SHOW), *map(code, (PROCESS, LEAVES)))
    jobs = jobs_of(project, tmp_path / "in-turn", "leaves")
    pages = made(jobs)
    assert len({*processes(project)}) == 1
    assert pages == made_alone(project, "leaves")


@pytest.mark.parametrize("cells", [SHOWN, RECORDED, OF_IPYTHON])
def test_a_cell_shows_what_it_shows_when_its_page_is_made_alone(
    project: Project, tmp_path: Path, made_alone: Make, cells: Sequence[str]
) -> None:
    project.write("shows", parameters(), *map(code, (*cells, PROCESS)))
    pages = made(jobs_of(project, tmp_path / "in-turn", "shows"))
    assert len({*processes(project)}) == 1
    assert [page.error for page, *_ in pages.values()] == [None] * len(STATES)
    assert made_alone(project, "shows", AFTER).items() <= pages.items()


def test_no_process_makes_pages_of_two_notebooks(project: Project, tmp_path: Path) -> None:
    names = ("one", "other", "third")
    for name in names:
        project.write(name, parameters(), code(PROCESS))
    made(jobs_of(project, tmp_path / "in-turn", *names))
    made_by = processes(project)
    assert len({*made_by}) == len(names)
    assert made_by == sorted(made_by, key=made_by.index)


def test_a_process_makes_so_many_pages_and_no_more(
    project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pool, "MAX_PAGES_IN_TURN", 2)
    project.write("one", parameters(), code(PROCESS))
    made(jobs_of(project, tmp_path / "in-turn", "one"))
    assert [*Counter(processes(project)).values()] == [2, 2]


@pytest.mark.parametrize(
    ("harm", "error"),
    [
        ("raise ValueError('no')", "cell 5: ValueError: no"),
        ("import os; os._exit(3)", "the notebook's process ended with status 3"),
        (BUSY, "it took longer than 2 s"),
        (f"{THREAD}.start()", None),
    ],
)
def test_what_is_unusual_is_judged_alone_and_the_others_stay_whole(
    project: Project, tmp_path: Path, made_alone: Make, harm: str, error: str | None
) -> None:
    harms = code(f"if country == {BAD!r}:\n    {harm.replace(chr(10), chr(10) + '    ')}")
    project.write("one", text("# One"), parameters(), code(SHOW), code(PROCESS), harms)
    jobs = jobs_of(project, tmp_path / "in-turn", "one")
    seconds = 2 if "longer" in str(error) else 300
    jobs = [replace(j, seconds=seconds if j.page.values["country"] == BAD else 300) for j in jobs]
    pages = made(jobs)
    assert {slug: page.error for slug, (page, *_) in pages.items() if page.error} == (
        {f"one-{BAD.lower()}": error} if error else {}
    )
    # Its process before it, its own, and one for those after it.
    assert [*Counter(processes(project)).values()] == [2, 1, 2]
    if "longer" not in str(error):
        assert pages == made_alone(project, "one")


def test_a_notebook_that_always_fails_is_not_run_twice_for_each_page(
    project: Project, tmp_path: Path
) -> None:
    project.write("one", parameters(), *map(code, (PROCESS, "1 / 0")))
    made(jobs_of(project, tmp_path / "in-turn", "one"))
    assert len({*processes(project)}) == len(processes(project)) == len(STATES) + 1
