"""A stock run that is ended leaves no process, and says so in one line where it can."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import hear_interrupts
from tests.reports.conftest import Project, code, parameters, text
from tests.waiting import alive, ended, wait_until

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not Path("/proc").is_dir(), reason="looks processes up in /proc"),
]

SLEEPS = """import os, time
open(f"../pids-{country}", "w").write(f"{os.getppid()} {os.getpid()} ")
time.sleep(300)"""
PAGE = '[[page]]\nslug = "{0}"\nnotebook = "sleeps"\nparameters = {{ country = "{1}" }}\n'


@pytest.fixture
def asleep(project: Project) -> Iterator[tuple[subprocess.Popen[str], list[int]]]:
    """Two pages at work: the report, its processes and their kernels."""
    project.write("sleeps", text("# Sleeps\n\nWhat?"), parameters(), code(SLEEPS))
    names = ("OMN", "QAT")
    project.plan("".join(PAGE.format(name.lower(), name) for name in names))
    command = [sys.executable, "-m", "adoption", "report", "--engine", "stock", "--jobs", "2"]
    process = subprocess.Popen(
        [*command, "--output", str(project.root / "out")], stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE, text=True, preexec_fn=hear_interrupts, start_new_session=True,
    )  # fmt: skip
    written = [project.root / f"pids-{name}" for name in names]

    def found() -> list[int]:
        return [int(pid) for path in written if path.exists() for pid in path.read_text().split()]

    assert wait_until(lambda: len(found()) == 4, 90)
    pids = found()
    with ended(process, pids):
        yield process, pids


@pytest.mark.parametrize("end", [signal.SIGTERM, signal.SIGINT])
def test_nothing_is_left_of_a_stock_run_that_is_ended(
    asleep: tuple[subprocess.Popen[str], list[int]], end: signal.Signals
) -> None:
    process, pids = asleep
    if end == signal.SIGINT:
        os.killpg(process.pid, end)  # as a terminal does
    else:
        process.send_signal(end)
    _, said = process.communicate(timeout=10)
    assert wait_until(lambda: not any(map(alive, pids)), 5)
    if end == signal.SIGINT:
        assert process.returncode == 130
        assert said == "adoption: interrupted; what was there before is as it was\n"
