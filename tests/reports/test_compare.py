"""A change of data: of the pages that are due, those that say what they said are carried over."""

from __future__ import annotations

import shutil
import sys
from collections import Counter
from collections.abc import Iterator
from datetime import datetime, time, tzinfo
from multiprocessing.connection import Connection
from pathlib import Path
from types import FrameType
from typing import Any, Self

import pandas as pd
import pytest

from adoption.cli import main
from adoption.core.acts import CONSENTS
from adoption.press.engine import pool
from adoption.press.engine.job import Job
from adoption.press.engine.page import same_page
from adoption.press.engine.process import start_process
from adoption.press.engine.surroundings import Surroundings
from adoption.press.plan import Plan
from adoption.press.store import document_file, notebook_file, read_executed, read_manifest
from adoption.site.project import PROJECT
from adoption.tables import data_day
from tests.conftest import FROZEN
from tests.reports.conftest import (
    SHOW,
    Project,
    code,
    make_project,
    parameters,
    text,
    without_times,
)

DATA = Path(__file__).parents[2] / "data"
STATES = ["AFG", "ALB", "QAT"]
PLAN = f"""
[[page]]
slug = "each-{{country}}"
notebook = "each"
section = "States"
each = {{ country = {STATES} }}

[[page]]
slug = "alone"
notebook = "alone"
"""
BRIEFS = """
[[page]]
slug = "brief-{country}"
notebook = "03_country_brief"
section = "States"
each = { country = ["CHE", "ISL", "KWT", "QAT"] }
"""
VOTES = """from adoption import tables
votes = tables.read("votes")
votes.loc[votes["iso3"] == country, "vote"].tolist()"""
# Shows what a notebook before it has left, then leaves it itself.
LEAVES = """import os, sys
import numpy as np, pandas as pd
seeded = np.random.random() in np.random.RandomState(1).random_sample(2)
print(os.path.basename(os.getcwd()), "LEFT" in os.environ, "left" in globals(), seeded)
print(pd.get_option("display.precision"), "left" in sys.path)
np.random.seed(1)
pd.set_option("display.precision", 3)
os.environ["LEFT"] = left = "left"
sys.path.append(left)
os.chdir("/")"""
DIES = "import os, signal\nos.path.exists('/proc') and os.path.exists(root + '/dies') and "
DIES += "country == 'QAT' and os.kill(os.getpid(), signal.SIGKILL)"


@pytest.fixture(scope="module")
def made_once(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Project]:
    """A project of pages of one notebook and another page, with a report of all."""
    project = make_project(tmp_path_factory.mktemp("compare") / "project", own_tables=True)
    dies = f"root = {str(project.root)!r}\n{DIES}"
    words = map(code, (SHOW, VOTES, LEAVES))
    first = (parameters(), code(dies), *words)
    project.write("each", text("# Each\n\nWhat?"), *first)
    project.write("alone", text("# Alone\n\nWhat?"), parameters(), code(SHOW), code(VOTES))
    project.plan(PLAN)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ADOPTION_HOME", str(project.root))
        patch.setattr(pool, "MIN_PAGES_IN_TURN", len(STATES))
        assert project.report() == 0
        yield project


@pytest.fixture
def project(made_once: Project) -> Iterator[Project]:
    """The project; afterwards its tables, and its report of them, as they were."""
    yield made_once
    (made_once.root / "dies").unlink(missing_ok=True)
    change_vote(made_once, "")
    assert made_once.report() == 0


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Of which notebook the first page is that each process made."""
    notebooks = list[str]()

    def start(act: Any, job: Job, *others: Any) -> Any:
        notebooks.append(job.page.notebook)
        return start_process(act, job, *others)

    monkeypatch.setattr(pool, "start_process", start)
    return notebooks


def change_vote(project: Project, iso3: str) -> None:
    """Let a state have voted otherwise, and all others as in the data."""
    votes = pd.read_parquet(DATA / "processed" / "votes.parquet")
    votes.loc[votes["iso3"] == iso3, "vote"] = "abstain"
    path = project.root / "data" / "processed" / "votes.parquet"
    votes.to_parquet(path.with_suffix(".new"))
    path.with_suffix(".new").replace(path)


def pages_made(project: Project, before: dict[str, Any]) -> set[str]:
    """Return the pages that were made since."""
    pages = project.manifest()["pages"]
    return {slug for slug, page in pages.items() if page["made"] != before[slug]["made"]}


def test_one_changed_vote_makes_the_one_page_that_shows_it(
    project: Project, started: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    first = project.latest.resolve()
    before = project.manifest()
    change_vote(project, "AFG")
    assert project.report() == 0
    lines = capsys.readouterr().out.splitlines()
    assert pages_made(project, before["pages"]) == {"each-afg"}
    assert lines[-1].startswith(f"1 page made, 0 failed, {len(STATES)} current: ")
    assert sum(" as it was in " in line for line in lines) == len(STATES)
    # Two at most for many pages of a notebook, of which one differs.
    assert started[0] == "alone"
    assert set(started[1:]) == {"each"}
    assert len(started) <= 3
    for slug in before["pages"]:
        name, is_made = document_file(slug), slug == "each-afg"
        assert (project.latest / name).samefile(first / name) == (not is_made)
        name = f"{slug}.html"
        assert (project.latest / name).samefile(first / name) == (not is_made)
    assert project.report() == 0
    assert capsys.readouterr().out.startswith("nothing changed: ")


def compare_all(connection: Connection, jobs: list[Job]) -> None:
    """Run the cells of pages in this process; tell which are the same, and what the last took."""
    results, calls = [], Counter[str]()
    before = Surroundings.now()
    for job in jobs[:-1]:
        results.append(same_page(job))
        before.restore()

    def note(frame: FrameType, event: str, _: object) -> None:
        if event == "call":
            calls[f"{frame.f_globals.get('__name__')}.{frame.f_code.co_name}"] += 1

    sys.setprofile(note)
    results.append(same_page(jobs[-1]))
    sys.setprofile(None)
    connection.send(([bool(result) for result in results], calls))


def test_the_text_of_a_cell_is_read_once_for_all_pages(project: Project) -> None:
    files = project.manifest()["files"]
    jobs = [
        Job(page, str(project.root), "", PROJECT, kept=files[document_file(page.slug)])
        for page in Plan.read(project.root, PROJECT).pages
        if page.notebook == "each"
    ]
    folder = project.root / "notebooks"
    connection, process = start_process(compare_all, jobs, folder, 60, preload=PROJECT.preload)
    are_same, calls = connection.recv()
    process.join()
    assert are_same == [True] * len(jobs)
    assert calls["IPython.core.interactiveshell.run_cell"] == 0
    # Of the values of its own parameters alone, which are a cell of each page.
    assert calls["ast.parse"] == 1


def test_what_is_asked_for_with_force_is_made(project: Project, started: list[str]) -> None:
    before = project.manifest()["pages"]
    assert project.report(force=True) == 0
    assert pages_made(project, before) == {*before}
    assert len(started) <= 3


def test_a_page_that_ends_its_process_fails_and_the_others_are_compared(
    project: Project, started: list[str]
) -> None:
    before = project.manifest()["pages"]
    (project.root / "dies").touch()
    change_vote(project, "AFG")
    assert project.report(jobs=1) == 1
    found = project.manifest()
    assert {*found["failures"]} == {"each-qat"}
    assert "SIGKILL" in found["failures"]["each-qat"]
    assert pages_made(project, before) == {"each-afg"}
    # One for many pages, one for that which fails; where it is the first, one for each.
    assert started[:2] == ["alone", "each"]
    assert len(started) <= 2 + len(STATES)


@pytest.mark.slow
def test_every_page_of_the_plan_is_what_it_is_when_it_is_made_alone(tmp_path: Path) -> None:
    """An act has changed: what was made before and is carried over, and what was made for it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ADOPTION_HOME", str(FROZEN))  # other tests here have a project of their own
        project = make_project(tmp_path / "project", own_tables=True)
        shutil.copytree(FROZEN / "notebooks", project.root / "notebooks", dirs_exist_ok=True)
        shutil.copyfile(FROZEN / "reports.toml", project.root / "reports.toml")
        patch.setenv("ADOPTION_HOME", str(project.root))
        assert project.report() == 0
        before = project.manifest()["pages"]
        move_a_consent(project.root / "data" / "processed")
        assert project.report() == 0
        made = pages_made(project, before)
        in_turn = read_manifest(project.latest)
        patch.setattr(pool, "MIN_PAGES_IN_TURN", len(before))
        assert project.report(output=project.root / "alone") == 0
        alone = read_manifest(project.root / "alone" / "latest")
    assert in_turn is not None
    assert alone is not None
    assert 0 < len(made) <= 45
    names = [document_file(slug) for slug in alone.pages]
    assert [name for name in names if in_turn.files[name] != alone.files[name]] == []
    assert [
        slug for slug, page in alone.pages.items() if page.inputs != in_turn.pages[slug].inputs
    ] == []
    executed = [
        {slug: without_times(read_executed(run.folder / notebook_file(slug))) for slug in before}
        for run in (in_turn, alone)
    ]
    assert [slug for slug in before if executed[0][slug] != executed[1][slug]] == []


class ClockOfTheData(datetime):
    """Stands on the day of the data: on a later one an act moves that day, which all pages tell."""

    @classmethod
    def now(cls, tz: tzinfo | None = None) -> Self:
        return cls.combine(data_day(), time(), tz)


@pytest.mark.slow
def test_a_new_act_after_the_end_of_a_list_makes_the_pages_that_show_or_count_it(
    tmp_path: Path,
) -> None:
    """Kuwait signs: its brief tells so, and Qatar's counts it in their groups; others do not."""
    project = Project(tmp_path / "project")
    shutil.copytree(DATA, project.root / "data")
    (project.root / "notebooks").mkdir()
    name = "03_country_brief.ipynb"
    shutil.copyfile(FROZEN / "notebooks" / name, project.root / "notebooks" / name)
    project.plan(BRIEFS)
    words = "add act hanoi Kuwait signature --date 2026-09-14 --source nl-verdragen"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ADOPTION_HOME", str(project.root))
        assert project.report() == 0
        before = project.manifest()["pages"]
        patch.setattr("adoption.adding.acts.datetime", ClockOfTheData)
        assert main(words.split()) == 0
        assert project.report() == 0
        assert pages_made(project, before) == {"brief-kwt", "brief-qat"}


def move_a_consent(processed: Path) -> None:
    """Move the last possible day of Viet Nam's consent by a day, as a new list would."""
    path = processed / "acts.parquet"
    acts = pd.read_parquet(path)
    is_consent = (acts["convention"] == "hanoi") & acts["act"].isin(CONSENTS)
    moved = acts.index[is_consent & (acts["iso3"] == "VNM")]
    assert len(moved) == 1
    acts.loc[moved, "latest"] += pd.Timedelta(days=1)
    acts.to_parquet(path.with_suffix(".new"))
    path.with_suffix(".new").replace(path)
