"""The notebook of a page: it gives what papermill's own engine gives, and harms only itself."""

from __future__ import annotations

import ast
import json
import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import papermill
import pytest

from adoption.core.paths import project_root
from adoption.press.engine.job import PageResult
from adoption.press.engine.pool import MIN_PAGES_IN_TURN, make_pages
from adoption.press.figures import PLOTLY
from adoption.press.store import make_folders, notebook_file, read_executed
from tests.conftest import hear_interrupts
from tests.reports.conftest import Project, code, parameters
from tests.test_notebooks import NOTEBOOKS as PAGES
from tests.waiting import alive, ended, wait_until

Run = Callable[..., list[str]]


def execute(project: Project, folder: Path, name: str) -> tuple[PageResult, Any]:
    """Make the page of a notebook; return what has become of it, and the executed notebook."""
    if not (folder / "notebooks").exists():
        folder.mkdir(exist_ok=True)
        make_folders(folder)
    (made,) = make_pages([project.job(folder, "page", name)], 1)
    return made, read_executed(folder / notebook_file("page"))


@pytest.fixture
def run(project: Project, tmp_path: Path) -> Run:
    """Run cells as those of a page; return the text that each printed and showed."""

    def run_cells(*sources: str) -> list[str]:
        project.write("made-up", *map(code, sources))
        return shown(execute(project, tmp_path / "run", "made-up")[1])

    return run_cells


def shown(executed: Any) -> list[str]:
    return [
        "".join(str(o.get("text", o.get("data", {}).get("text/plain", ""))) for o in cell.outputs)
        for cell in executed.cells
    ]


SEEN_AND_HARMED = [
    ("import os; os.getcwd()", "os.chdir('/')"),
    (
        "import os; ('TOUCHED' in os.environ, 'PATH' in os.environ)",
        "os.environ['TOUCHED'] = '1'; del os.environ['PATH']",
    ),
    (
        "import pandas as pd; pd.get_option('display.max_rows')",
        "pd.set_option('display.max_rows', 7)",
    ),
    ("import plotly.io as pio; pio.templates.default", "pio.templates.default = 'ggplot2'"),
    ("import sys; 'touched' in sys.modules", "sys.modules['touched'] = sys"),
    ("import pandas as pd; hasattr(pd, 'touched')", "pd.touched = True"),
    ("import sys; sys.getrecursionlimit()", "sys.setrecursionlimit(900)"),
    ("len(In), 'x' in globals()", "x = 1"),
]


def test_a_notebook_starts_clean_whatever_others_did(run: Run) -> None:
    sees, harms = zip(*SEEN_AND_HARMED, strict=True)
    before = run(*sees)
    assert run(*sees, *harms)[: len(sees)] == before
    assert run(*sees) == before


def test_random_numbers_differ_from_notebook_to_notebook(run: Run) -> None:
    cell = "import random, numpy\n(random.random(), float(numpy.random.random()))"
    drawn = [ast.literal_eval(run(cell, "random.seed(1); numpy.random.seed(1)")[0]) for _ in "123"]
    for numbers in zip(*drawn, strict=True):
        assert len(set(numbers)) == 3


def test_a_notebook_has_the_folder_and_environment_of_who_asks(
    run: Run, project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ASKED", "yes")
    (seen,) = run("import os; (os.getcwd(), os.environ['ASKED'])")  # on two lines if it is long
    assert ast.literal_eval(seen) == (str(project.root / "notebooks"), "yes")


def test_a_name_that_is_no_parameter_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Papermill only warns, and the brief would be of the state that stands in the notebook."""
    monkeypatch.chdir(project_root() / "notebooks")
    words = ["03_country_brief.ipynb", str(tmp_path / "out.ipynb"), "-p", "convnetion", "uncac"]
    done = subprocess.run(
        [sys.executable, "-m", "papermill", *words],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert re.search(
        r"AdoptionError: no parameter 'convnetion' in this notebook; did you mean convention\? "
        r"\(all: (country, )?convention, .*as_of.*\)",
        done.stderr,
    )


def test_papermill_gives_a_notebook_parameters_of_its_own(project: Project, tmp_path: Path) -> None:
    """Whatever names and checks them: here papermill sets values that no plan has seen."""
    tagged = 'country: str = "QAT"\nscale_points: int = 10  # of a scale\nweight: float = 0.5'
    begin = "import adoption as ad\ngiven = ad.parameters(country=country)"
    project.write("own", parameters(tagged), code(begin), code("scale_points, given.country"))
    given: dict[str, dict[str, Any]] = {
        "right": {"scale_points": 20, "weight": 1, "country": "Oman"},
        "name": {"scale_pints": 20},
        "type": {"scale_points": 20.5},
    }
    jobs = []
    make_folders(tmp_path)
    for slug, values in given.items():
        job = project.job(tmp_path, slug, "own")
        jobs.append(replace(job, page=job.page.model_copy(update={"parameters": values})))
    errors = {page.slug: page.error for page in make_pages(jobs, 2)}
    assert errors["right"] is None
    assert shown(read_executed(tmp_path / notebook_file("right")))[-1] == "(20, 'OMN')"
    assert errors["name"] == (
        "cell 3: AdoptionError: no parameter 'scale_pints' in this notebook; did you mean "
        "scale_points? (all: country, scale_points, weight)"
    )
    assert errors["type"] == "cell 3: AdoptionError: scale_points: 20.5 is not of type int"


def test_an_older_install_is_told_to_install_again(tmp_path: Path) -> None:
    """The engine has moved since; papermill would only say that a module is missing."""
    old = tmp_path / "adoption-0.1.0.dist-info"
    old.mkdir()
    (old / "METADATA").write_text("Metadata-Version: 2.1\nName: adoption\nVersion: 0.1.0\n")
    entry = "[papermill.engine]\nadoption = adoption.reports.engine.entry\n"
    (old / "entry_points.txt").write_text(entry)
    script = "from adoption.press.engine.entry import check_entry_point as check\ncheck()"
    done = subprocess.run(
        [sys.executable, "-c", script],
        env=os.environ | {"PYTHONPATH": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert "AdoptionError: the installed package is older than its source" in done.stderr
    assert "install it again" in done.stderr


@pytest.mark.parametrize(
    ("call", "error"), [("sys.exit()", None), ("sys.exit(3)", "cell 1: SystemExit: 3")]
)
def test_leaving_is_what_papermill_says_of_it(
    project: Project, tmp_path: Path, call: str, error: str | None
) -> None:
    project.write("leaves", code(f"import sys\n{call}"))
    assert execute(project, tmp_path, "leaves")[0].error == error


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="processes are looked up in /proc")
def test_what_a_notebook_starts_ends_with_it(run: Run) -> None:
    start = "import subprocess\nsubprocess.Popen(['sleep', '60'], start_new_session={}).pid"
    pids = map(int, run(*map(start.format, (False, True))))
    assert wait_until(lambda: not any(map(alive, pids)), 5)


def test_top_level_await_threads_and_later_output(run: Run) -> None:
    assert run(
        "import asyncio\nawait asyncio.sleep(0.01)\n'waited'",
        "import threading\nt = threading.Thread(target=print, args=('thread',))\n"
        "t.start(); t.join()",
        "from IPython.display import display\nh = display('first', display_id=True)",
        "h.update('second')",
    ) == ["'waited'", "thread\n", "'second'", ""]


Hanging = tuple[subprocess.Popen[bytes], list[int]]
# Makes pages of a notebook that starts processes and then hangs, and says which processes there
# are. It is a script without a guard, which its notebooks' processes must not run again. The server
# imports nothing that only pages of the site use.
HANGS = """
import sys
from adoption.core.paths import project_root
from adoption.press.engine.job import Job
from adoption.press.engine.pool import make_pages
from adoption.press.plan import Page
from adoption.press.project import Project
number, *folders = sys.argv[1:]
project = Project(root=project_root, preload="adoption.press.engine.page")
pages = [Page(slug=f"hangs-{page}", notebook="hangs") for page in range(int(number))]
list(make_pages([Job(page, *folders, project) for page in pages], 1))
"""
HANGING = """import os, subprocess, time
child = subprocess.Popen(["sleep", "300"])
loose = subprocess.Popen(["sleep", "300"], start_new_session=True)
open("pids", "w").write(f"{os.getppid()} {os.getpid()} {child.pid} {loose.pid}")
while True: time.sleep(1)"""


@pytest.fixture
def hanging(request: pytest.FixtureRequest, project: Project, tmp_path: Path) -> Iterator[Hanging]:
    """One page that hangs in a process of its own, or the first of several."""
    if not Path("/proc").is_dir():
        pytest.skip("looks processes up in /proc")
    project.write("hangs", code(HANGING))
    (tmp_path / "run").mkdir()
    make_folders(tmp_path / "run")
    (tmp_path / "script.py").write_text(HANGS, encoding="utf-8")
    process = subprocess.Popen(
        [sys.executable, "script.py", str(getattr(request, "param", 1)), str(project.root), "run"],
        cwd=tmp_path,
        stderr=subprocess.DEVNULL,
        preexec_fn=hear_interrupts,
    )
    written = project.root / "notebooks" / "pids"
    assert wait_until(lambda: written.exists() and len(written.read_text().split()) == 4)
    pids = [int(pid) for pid in written.read_text(encoding="ascii").split()]
    with ended(process, pids):
        yield process, pids


@pytest.mark.parametrize(
    ("hanging", "end"),
    [
        pytest.param(1, signal.SIGKILL, marks=pytest.mark.slow),
        (1, signal.SIGINT),
        (MIN_PAGES_IN_TURN, signal.SIGINT),
    ],
    indirect=["hanging"],
)
def test_nothing_is_left_of_a_run_that_is_ended(hanging: Hanging, end: signal.Signals) -> None:
    process, pids = hanging
    process.send_signal(end)
    assert wait_until(lambda: not any(map(alive, pids)))
    process.wait(timeout=30)


def test_no_notebook_outlives_the_server_that_forked_it(hanging: Hanging) -> None:
    process, (server, page, *_) = hanging
    os.kill(server, signal.SIGKILL)
    assert wait_until(lambda: not alive(page))
    process.wait(timeout=60)


# A widget's number is drawn at random by either engine.
NUMBER = re.compile(r"\b[0-9a-f]{32}\b")
TIMES = ("start_time", "end_time", "duration")


def without_times(metadata: dict[str, Any]) -> dict[str, Any]:
    kept = {key: value for key, value in metadata.items() if key != "execution"}
    if "papermill" in kept:
        noted = kept["papermill"].items()
        kept["papermill"] = {key: value for key, value in noted if key not in TIMES}
    return kept


def same_numbers(text: str) -> str:
    """Number widgets by their first appearance."""
    seen: dict[str, str] = {}
    return NUMBER.sub(lambda found: seen.setdefault(found[0], f"widget-{len(seen)}"), text)


def comparable(notebook: Any) -> Any:
    """Return what a notebook shows; beside a figure no picture, which a page does not need."""
    cells = [
        {**cell, "metadata": without_times(cell.metadata), "id": ""} for cell in notebook.cells
    ]
    for cell in cells:
        for output in cell.get("outputs", []):
            data = output.get("data", {})
            is_map = "World map." in data.get("text/plain", "")
            if is_map or PLOTLY in data:
                data.pop("image/png", None)
                output["metadata"] = {}
            if is_map:  # a page draws it itself
                output["data"] = data["text/plain"].splitlines()[-1]
    text = json.dumps({"cells": cells, "language": notebook.metadata.language_info})
    return json.loads(same_numbers(text))


def both(project: Project, name: str, folder: Path) -> list[Any]:
    """Return a notebook as it is executed for a page, and as papermill's own engine does."""
    path = project.root / "notebooks" / f"{name}.ipynb"
    theirs = papermill.execute_notebook(
        str(path),
        str(folder / "theirs.ipynb"),
        kernel_name="python3",
        cwd=str(path.parent),
        progress_bar=False,
    )
    return [comparable(notebook) for notebook in (execute(project, folder, name)[1], theirs)]


def test_what_notebooks_of_others_begin_with(project: Project, tmp_path: Path) -> None:
    sources = (
        "%matplotlib inline",
        "!echo one",
        "import matplotlib.pyplot as plt\nplt.plot([1, 2]);",
    )
    project.write("own", *map(code, sources))
    ours, theirs = both(project, "own", tmp_path)
    assert ours == theirs
    assert "image/png" in ours["cells"][2]["outputs"][-1]["data"]


@pytest.mark.slow
@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_a_page_runs_as_papermill_runs_it(project: Project, path: Path, tmp_path: Path) -> None:
    shutil.copy(path, project.root / "notebooks")
    ours, theirs = both(project, path.stem, tmp_path)
    assert ours == theirs
    assert any(cell.get("outputs") for cell in ours["cells"])
