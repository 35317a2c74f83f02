"""A template and its forks, as the threads of one process share them."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from adoption.reports.workers.crew import Crew
from adoption.reports.workers.jobs import Job, Made
from tests.reports.conftest import SHOW, Project, code, make_project, parameters, text
from tests.waiting import wait_until

if not Path("/proc").is_dir():
    pytest.skip("processes are looked up in /proc", allow_module_level=True)

# Ends the template, but only the first time.
DEADLY = """import os, pathlib, signal, time
if not pathlib.Path("killed").exists():
    pathlib.Path("killed").touch()
    os.kill(os.getppid(), signal.SIGKILL)
    time.sleep(60)"""


@pytest.fixture(scope="module")
def crew() -> Iterator[Crew]:
    made = Crew()
    yield made
    if made._spawner is not None:
        made._spawner.close()


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    made = make_project(tmp_path / "project")
    made.write("quick", text("# Kind"), parameters(), code(SHOW))
    made.write("hangs", text("# Kind"), parameters(), code("while True: pass"))
    made.write("deadly", text("# Kind"), parameters(), code(DEADLY), code(SHOW))
    monkeypatch.setenv("ADOPTION_HOME", str(made.root))
    (tmp_path / "run" / "notebooks").mkdir(parents=True)
    return made


def job(home: Project, notebook: str, slug: str = "a") -> Job:
    folder = home.root.parent / "run"
    return Job(slug, notebook, {}, {"country": "QAT"}, str(home.root), str(folder))


def template(crew: Crew) -> int:
    assert crew._spawner is not None
    assert crew._spawner._process is not None
    return crew._spawner._process.pid


def forks(crew: Crew) -> set[int]:
    pid = template(crew)
    return {int(fork) for fork in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()}


def is_good(made: Made | None) -> bool:
    return made is not None and made.error is None and made.forked


def for_ever() -> bool:
    return False


def test_threads_share_the_template_and_have_a_fork_each(crew: Crew, home: Project) -> None:
    jobs = [job(home, "quick", slug) for slug in "abcdef"]
    questions = [{"as_of": "2026-05-01", "conventions": "hanoi"}]
    with ThreadPoolExecutor(3) as threads:
        made = list(threads.map(lambda one: crew.make(one, for_ever, questions, "state"), jobs))
    assert all(map(is_good, made))
    assert [page.slug for page in made if page] == list("abcdef")
    assert 1 <= len(forks(crew)) <= 3
    crew.rest()


def test_what_is_given_up_runs_no_more(crew: Crew, home: Project) -> None:
    seen: set[int] = set()

    def when_it_runs() -> bool:
        seen.update(forks(crew))
        return len(seen) == 2  # who makes the page, and its notebook

    assert crew.make(job(home, "hangs"), when_it_runs) is None
    assert wait_until(lambda: not forks(crew), 30)


def test_a_fork_that_was_killed_while_it_waited_is_given_nothing(crew: Crew, home: Project) -> None:
    assert is_good(crew.make(job(home, "quick"), for_ever))
    (fork,) = forks(crew)
    os.kill(fork, signal.SIGKILL)
    assert wait_until(lambda: not forks(crew), 30)
    assert is_good(crew.make(job(home, "quick"), for_ever))
    crew.rest()


def test_another_template_takes_the_place_of_one_that_ended(crew: Crew, home: Project) -> None:
    assert is_good(crew.make(job(home, "quick"), for_ever))
    before = template(crew)
    assert is_good(crew.make(job(home, "deadly"), for_ever)), "the second time"
    assert template(crew) != before
    crew.rest()
