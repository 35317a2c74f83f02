"""Papermill's engine `adoption`: a notebook ends as what it was, and harms only itself."""

from __future__ import annotations

import ast
import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import nbformat
import papermill
import pytest
from nbclient.exceptions import CellTimeoutError, DeadKernelError
from papermill.exceptions import PapermillExecutionError

from adoption.paths import project_root
from tests.conftest import hear_interrupts
from tests.reports.conftest import code, notebook
from tests.test_notebooks import NOTEBOOKS as PAGES
from tests.waiting import alive, ended, wait_until

Run = Callable[..., Any]


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Run cells with papermill; return the text that each printed and showed."""

    def execute(*sources: str, **more: Any) -> list[str]:
        path = tmp_path / "made-up.ipynb"
        nbformat.write(notebook(*map(code, sources)), path)  # type: ignore[no-untyped-call]
        executed = papermill.execute_notebook(
            str(path), str(tmp_path / "executed.ipynb"), engine_name="adoption",
            progress_bar=False, cwd=str(tmp_path), **more,
        )  # fmt: skip
        return shown(executed)

    return execute


def shown(executed: Any) -> list[str]:
    return [
        "".join(str(o.get("text", o.get("data", {}).get("text/plain", ""))) for o in cell.outputs)
        for cell in executed.cells
    ]


@pytest.mark.parametrize(
    ("see", "harm"),
    [
        ("import os; os.getcwd()", "os.chdir('/')"),
        ("import os; ('TOUCHED' in os.environ, 'PATH' in os.environ)",
         "os.environ['TOUCHED'] = '1'; del os.environ['PATH']"),
        ("import pandas as pd; pd.get_option('display.max_rows')",
         "pd.set_option('display.max_rows', 7)"),
        ("import plotly.io as pio; pio.templates.default", "pio.templates.default = 'ggplot2'"),
        ("import sys; 'touched' in sys.modules", "sys.modules['touched'] = sys"),
        ("import pandas as pd; hasattr(pd, 'touched')", "pd.touched = True"),
        ("import sys; sys.getrecursionlimit()", "sys.setrecursionlimit(900)"),
        ("len(In), 'x' in globals()", "x = 1"),
    ],
)  # fmt: skip
def test_a_notebook_starts_clean_whatever_others_did(run: Run, see: str, harm: str) -> None:
    before = run(see)[0]
    assert run(see, harm, see)[0] == before
    assert run(see)[0] == before


def test_random_numbers_differ_from_notebook_to_notebook(run: Run) -> None:
    cell = "import random, numpy\n(random.random(), float(numpy.random.random()))"
    drawn = [ast.literal_eval(run(cell, "random.seed(1); numpy.random.seed(1)")[0]) for _ in "123"]
    for numbers in zip(*drawn, strict=True):
        assert len(set(numbers)) == 3


def test_a_notebook_has_the_folder_and_environment_of_who_asks(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ASKED", "yes")
    (seen,) = run("import os; (os.getcwd(), os.environ['ASKED'])")  # on two lines if it is long
    assert ast.literal_eval(seen) == (str(tmp_path), "yes")


def test_a_name_that_is_no_parameter_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Papermill only warns, and the brief would be of the state that stands in the notebook."""
    monkeypatch.chdir(project_root() / "notebooks")
    words = ["03_country_brief.ipynb", str(tmp_path / "out.ipynb"), "-p", "convnetion", "uncac"]
    done = subprocess.run(
        [sys.executable, "-m", "papermill", "--engine", "adoption", *words],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 1
    assert re.search(
        r"AdoptionError: no parameter 'convnetion' in this notebook; did you mean convention\? "
        r"\(all: (country, )?convention, .*as_of.*\)",
        done.stderr,
    )


@pytest.mark.parametrize(("call", "fails"), [("sys.exit()", False), ("sys.exit(3)", True)])
def test_leaving_is_what_papermill_says_of_it(run: Run, call: str, fails: bool) -> None:
    if fails:
        with pytest.raises(PapermillExecutionError, match="SystemExit"):
            run(f"import sys\n{call}")
    else:
        run(f"import sys\n{call}")


@pytest.mark.parametrize(
    ("cell", "says"),
    [
        ("import os; os._exit(3)", "ended with status 3"),
        ("import os; os._exit(0)", "ended with status 0"),
        ("import os, signal; os.kill(os.getpid(), signal.SIGKILL)", "SIGKILL (perhaps for lack"),
    ],
)
def test_a_process_that_ends_is_told_as_what_it_was(
    run: Run, tmp_path: Path, cell: str, says: str
) -> None:
    with pytest.raises(DeadKernelError) as caught:
        run("'before'", cell, "'never'")
    assert says in str(caught.value)
    kept: Any = nbformat.read(tmp_path / "executed.ipynb", as_version=4)  # type: ignore[no-untyped-call]
    assert shown(kept)[0] == "'before'"
    assert [cell.metadata.papermill.exception for cell in kept.cells] == [False, True, None]


def test_a_cell_that_hangs_and_will_not_hear_is_ended(run: Run) -> None:
    deaf = "import signal\nfor s in (2, 15): signal.signal(s, signal.SIG_IGN)\nwhile True: pass"
    with pytest.raises(CellTimeoutError):
        run(deaf, execution_timeout=1)
    assert run("1") == ["1"]


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="processes are looked up in /proc")
@pytest.mark.parametrize("session", [False, True])
def test_what_a_notebook_starts_ends_with_it(run: Run, session: bool) -> None:
    start = f"import subprocess\nsubprocess.Popen(['sleep', '60'], start_new_session={session}).pid"
    pid = int(run(start)[0])
    assert wait_until(lambda: not alive(pid), 5)


def test_top_level_await_threads_and_later_output(run: Run) -> None:
    assert run(
        "import asyncio\nawait asyncio.sleep(0.01)\n'waited'",
        "import threading\nt = threading.Thread(target=print, args=('thread',))\n"
        "t.start(); t.join()",
        "from IPython.display import display\nh = display('first', display_id=True)",
        "h.update('second')",
    ) == ["'waited'", "thread\n", "'second'", ""]  # fmt: skip


def test_where_there_is_no_fork_the_stock_engine_runs(tmp_path: Path) -> None:
    path = tmp_path / "one.ipynb"
    nbformat.write(notebook(code("6 * 7")), path)  # type: ignore[no-untyped-call]
    script = (
        "import os, papermill; del os.fork\n"
        "papermill.execute_notebook('one.ipynb', 'out.ipynb', engine_name='adoption')"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    assert "the stock engine runs instead: processes cannot be forked on this" in done.stderr
    assert shown(nbformat.read(tmp_path / "out.ipynb", as_version=4)) == ["42"]  # type: ignore[no-untyped-call]


# Runs a notebook that starts processes and then hangs, and says which processes there are. It
# is a script without a guard, which its notebooks' processes must not run again.
HANGS = """
import sys, nbformat, papermill
from nbformat.v4 import new_code_cell, new_notebook
source = '''import os, subprocess, time
child = subprocess.Popen(["sleep", "300"])
loose = subprocess.Popen(["sleep", "300"], start_new_session=True)
open("pids", "w").write(f"{os.getppid()} {os.getpid()} {child.pid} {loose.pid}")
while True: time.sleep(1)'''
kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
notebook = new_notebook(cells=[new_code_cell(source)], metadata={"kernelspec": kernel})
papermill.execute_notebook(notebook, "out.ipynb", engine_name="adoption", progress_bar=False)
"""


@pytest.fixture
def hanging(tmp_path: Path) -> Iterator[tuple[subprocess.Popen[bytes], list[int]]]:
    if not Path("/proc").is_dir():
        pytest.skip("looks processes up in /proc")
    (tmp_path / "script.py").write_text(HANGS, encoding="utf-8")
    process = subprocess.Popen(
        [sys.executable, "script.py"], cwd=tmp_path, stderr=subprocess.DEVNULL,
        preexec_fn=hear_interrupts,
    )  # fmt: skip
    written = tmp_path / "pids"
    assert wait_until(lambda: written.exists() and len(written.read_text().split()) == 4)
    pids = [int(pid) for pid in written.read_text(encoding="ascii").split()]
    with ended(process, pids):
        yield process, pids


@pytest.mark.parametrize(
    "end", [pytest.param(signal.SIGKILL, marks=pytest.mark.slow), signal.SIGINT]
)
def test_nothing_is_left_of_a_run_that_is_ended(
    hanging: tuple[subprocess.Popen[bytes], list[int]], end: signal.Signals
) -> None:
    process, pids = hanging
    process.send_signal(end)
    assert wait_until(lambda: not any(map(alive, pids)))
    process.wait(timeout=30)


def test_no_notebook_outlives_the_server_that_forked_it(
    hanging: tuple[subprocess.Popen[bytes], list[int]],
) -> None:
    process, (server, page, *_) = hanging
    os.kill(server, signal.SIGKILL)
    assert wait_until(lambda: not alive(page))
    assert process.wait(timeout=60) != 0


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
    cells = [
        {**cell, "metadata": without_times(cell.metadata), "id": ""} for cell in notebook.cells
    ]
    text = json.dumps({"cells": cells, "language": notebook.metadata.language_info})
    return json.loads(same_numbers(text))


def both(path: Path, folder: Path) -> list[Any]:
    """Return a notebook as our engine and as papermill's own executes it."""
    return [
        comparable(
            papermill.execute_notebook(
                str(path), str(folder / f"{engine}.ipynb"), engine_name=engine,
                kernel_name="python3", cwd=str(path.parent), progress_bar=False,
            )
        )
        for engine in ("adoption", "nbclient")
    ]  # fmt: skip


def test_what_notebooks_of_others_begin_with(tmp_path: Path) -> None:
    path = tmp_path / "own.ipynb"
    sources = (
        "%matplotlib inline",
        "!echo one",
        "import matplotlib.pyplot as plt\nplt.plot([1, 2]);",
    )
    nbformat.write(notebook(*map(code, sources)), path)  # type: ignore[no-untyped-call]
    ours, theirs = both(path, tmp_path)
    assert ours == theirs
    assert "image/png" in ours["cells"][2]["outputs"][-1]["data"]


@pytest.mark.slow
@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_our_engine_gives_what_papermills_own_gives(
    path: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    ours, theirs = both(path, tmp_path)
    assert "the stock engine runs instead" not in caplog.text
    assert ours == theirs
    assert any(cell.get("outputs") for cell in ours["cells"])
