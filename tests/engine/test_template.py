"""The template: no process is left behind, however the run ends."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import hear_interrupts
from tests.waiting import alive, ended, wait_until

pytestmark = pytest.mark.skipif(not Path("/proc").is_dir(), reason="looks processes up in /proc")

# Runs a notebook that starts a process and then hangs, and says which processes there are.
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
    process = subprocess.Popen(
        [sys.executable, "-c", HANGS], cwd=tmp_path, stderr=subprocess.DEVNULL,
        preexec_fn=hear_interrupts,
    )  # fmt: skip
    written = tmp_path / "pids"
    assert wait_until(lambda: written.exists() and len(written.read_text().split()) == 4, 60)
    pids = [int(pid) for pid in written.read_text(encoding="ascii").split()]
    with ended(process, pids):
        yield process, pids


@pytest.mark.parametrize(
    "end", [signal.SIGKILL, pytest.param(signal.SIGINT, marks=pytest.mark.slow)]
)
def test_nothing_is_left_of_a_run_that_is_ended(
    hanging: tuple[subprocess.Popen[bytes], list[int]], end: signal.Signals
) -> None:
    process, pids = hanging
    process.send_signal(end)
    assert wait_until(lambda: not any(map(alive, pids)))
    process.wait(timeout=30)


def test_no_notebook_outlives_its_template(
    hanging: tuple[subprocess.Popen[bytes], list[int]],
) -> None:
    process, (template, notebook, *_) = hanging
    os.kill(template, signal.SIGKILL)
    assert wait_until(lambda: not alive(notebook))
    assert process.wait(timeout=60) != 0
