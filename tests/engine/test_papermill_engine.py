"""A notebook in a fork: it ends as what it was, and harms only itself."""

from __future__ import annotations

import ast
import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import nbformat
import papermill
import pytest
from nbclient.exceptions import CellTimeoutError
from papermill.exceptions import PapermillExecutionError

from adoption.engine.limits import MEGABYTE, Limits
from adoption.engine.papermill_engine import Means, NotebookEndedError, chosen_spawner, own_spawner
from adoption.engine.spawner import Spawner, TemplateError
from adoption.paths import project_root
from tests.engine.conftest import Runner, shown, template_of
from tests.reports.conftest import code, notebook
from tests.waiting import alive, wait_until

# What a notebook could change for others, and what shows whether it has.
STATE = """import os, random, sys
import numpy as np, pandas as pd, plotly.io as pio
(os.getcwd(), "TOUCHED" in os.environ, pd.get_option("display.max_rows"), pio.templates.default,
 "touched" in sys.modules, getattr(pd, "touched", False))"""
HARM = """import random, types
os.chdir("/")
os.environ["TOUCHED"] = "1"
os.environ.pop("PATH")
random.seed(1)
np.random.seed(1)
pd.set_option("display.max_rows", 7)
pio.templates.default = "ggplot2"
sys.modules["touched"] = types.ModuleType("touched")
pd.touched = True
sys.setrecursionlimit(60)"""


def test_a_notebook_starts_clean_whatever_others_did(run: Runner) -> None:
    before = shown(run(STATE))[0]
    assert str(run.folder) in before
    assert shown(run(STATE, HARM, "os.getcwd()"))[2] == "'/'"
    assert shown(run(STATE))[0] == before
    assert "TOUCHED" not in os.environ


def test_random_numbers_differ_from_notebook_to_notebook(run: Runner) -> None:
    cell = "import random, numpy\n(random.random(), float(numpy.random.random()))"
    drawn = [ast.literal_eval(shown(run(cell))[0]) for _ in range(3)]
    for numbers in zip(*drawn, strict=True):
        assert len(set(numbers)) == 3


def test_a_name_that_is_no_parameter_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Papermill only warns, and the brief would be of the state that stands in the notebook."""
    monkeypatch.chdir(project_root() / "notebooks")
    given = {"as_of": "2025-10-25", "convnetion": "uncac"}
    path, out = "03_country_brief.ipynb", tmp_path / "out.ipynb"
    with pytest.raises(PapermillExecutionError) as caught:
        papermill.execute_notebook(path, out, given, progress_bar=False)
    assert caught.value.ename == "AdoptionError"
    assert re.fullmatch(
        r"no parameter 'convnetion' in this notebook; did you mean convention\? "
        r"\(all: (country, )?convention, .*as_of.*\)",
        caught.value.evalue,
    )


@pytest.mark.parametrize(("call", "fails"), [("sys.exit()", False), ("sys.exit(3)", True)])
def test_leaving_is_what_papermill_says_of_it(run: Runner, call: str, fails: bool) -> None:
    if fails:
        with pytest.raises(PapermillExecutionError, match="SystemExit"):
            run(f"import sys\n{call}")
    else:
        run(f"import sys\n{call}")
    assert shown(run("'the next one runs'")) == ["'the next one runs'"]


@pytest.mark.parametrize(
    ("cell", "says"),
    [
        ("import os; os._exit(3)", "ended with status 3"),
        ("import os; os._exit(0)", "ended with status 0"),
        ("import os, signal; os.kill(os.getpid(), signal.SIGKILL)", "SIGKILL (perhaps for lack"),
    ],
)
def test_a_process_that_ends_is_told_as_what_it_was(run: Runner, cell: str, says: str) -> None:
    with pytest.raises(NotebookEndedError) as caught:
        run("'before'", cell, "'never'")
    assert says in str(caught.value)
    kept = nbformat.read(run.kept, as_version=4)  # type: ignore[no-untyped-call]
    assert shown(kept)[0] == "'before'"
    assert [cell.metadata.papermill.exception for cell in kept.cells] == [False, True, None]


def test_a_notebook_that_hangs_is_ended(run: Runner) -> None:
    with pytest.raises(CellTimeoutError):
        run("import time", "while True: time.sleep(1)", limits=Limits(seconds=1.5))
    assert shown(run("1")) == ["1"]


def test_a_notebook_that_hangs_and_will_not_hear_is_ended(run: Runner) -> None:
    deaf = "import signal\nfor s in (2, 15): signal.signal(s, signal.SIG_IGN)\nwhile True: pass"
    with pytest.raises(CellTimeoutError):
        run(deaf, limits=Limits(seconds=1))


@pytest.mark.skipif(sys.platform != "linux", reason="the limit is one of Linux")
def test_a_notebook_without_memory_fails_by_itself(run: Runner) -> None:
    with pytest.raises(PapermillExecutionError, match="MemoryError"):
        run("block = bytearray(3 * 2**30)", limits=Limits(memory=512 * MEGABYTE))
    assert shown(run("len(bytearray(2**26))", limits=Limits(memory=512 * MEGABYTE))) == ["67108864"]


def test_fifty_megabytes_of_output_are_too_much(run: Runner) -> None:
    with pytest.raises(NotebookEndedError, match="printed and showed more than 8 MB"):
        run("for _ in range(50): print('x' * 2**20)", limits=Limits(output=8 * MEGABYTE))
    assert run.kept.stat().st_size < 12 * MEGABYTE


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="processes are looked up in /proc")
@pytest.mark.parametrize("session", [True])
def test_what_a_notebook_starts_ends_with_it(run: Runner, session: bool) -> None:
    start = f"import subprocess\nsubprocess.Popen(['sleep', '60'], start_new_session={session}).pid"
    pid = int(shown(run(start))[0])
    assert wait_until(lambda: not alive(pid), 5)


def test_top_level_await_threads_and_later_output(run: Runner) -> None:
    executed = run(
        "import asyncio\nawait asyncio.sleep(0.01)\n'waited'",
        "import threading\nt = threading.Thread(target=print, args=('thread',))\n"
        "t.start(); t.join()",
        "from IPython.display import display\nh = display('first', display_id=True)",
        "h.update('second')",
    )
    assert shown(executed) == ["'waited'", "thread\n", "'second'", ""]


def test_what_it_read_is_told(run: Runner) -> None:
    run("from adoption import tables\nlen(tables.read('conventions'))")
    assert run.account.reads == ["data/processed/conventions.parquet"]
    assert run.account.forked
    assert run.account.memory > 50 * MEGABYTE


def test_a_notebook_of_another_language_is_not_for_a_fork(run: Runner) -> None:
    with pytest.raises(TemplateError, match="'ir' cannot run in a fork of Python"):
        chosen_spawner(Means(run.spawner), "ir")
    assert chosen_spawner(Means(run.spawner), "python3") is run.spawner


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
    assert shown(nbformat.read(tmp_path / "out.ipynb", as_version=4)) == ["42"]  # type: ignore[no-untyped-call]
    assert "the stock engine runs instead: processes cannot be forked on this" in done.stderr


def test_where_the_template_can_fork_no_more_the_stock_engine_runs(
    run: Runner, caplog: pytest.LogCaptureFixture
) -> None:
    run.spawner = own = Spawner.start()
    os.kill(template_of(own), signal.SIGKILL)
    assert own.is_gone(5)
    with caplog.at_level("WARNING", logger="papermill"):
        assert shown(run("6 * 7")) == ["42"]
    said = [r.message for r in caplog.records if "stock engine" in r.message]
    assert len(said) == 1
    assert said[0].startswith("the stock engine runs instead: the template process has ended")
    assert not run.account.forked
    own.close()


def test_a_template_of_this_process_that_has_ended_is_renewed(run: Runner) -> None:
    first, run.spawner = own_spawner(), None
    assert own_spawner() is first
    os.kill(template_of(first), signal.SIGKILL)
    assert first.is_gone(5)
    assert shown(run("6 * 7")) == ["42"]
    assert run.account.forked
    assert own_spawner() is not first
