"""Dask schedulers and workers of the tests' own, on the loopback, each ended by its number."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import psutil

from tests.waiting import LONG, wait_until


@dataclass
class Processes:
    """A scheduler, its workers, and everything that those have started."""

    folder: Path
    environment: dict[str, str]
    started: list[subprocess.Popen[bytes]] = field(default_factory=list)
    address: str = ""

    def _start(self, program: str, *words: str, **environment: str) -> subprocess.Popen[bytes]:
        with (self.folder / f"{program}-{len(self.started)}.log").open("wb") as log:
            process = subprocess.Popen(
                [sys.executable, "-m", f"distributed.cli.{program}", *words], cwd=self.folder,
                env={**os.environ, **self.environment, **environment},
                stdin=subprocess.DEVNULL, stdout=log, stderr=log,
            )  # fmt: skip
        self.started.append(process)
        return process

    def start_scheduler(self) -> subprocess.Popen[bytes]:
        """Start a scheduler; its address is known then."""
        text = self.folder / "scheduler.json"
        process = self._start(
            "dask_scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard",
            "--scheduler-file", str(text),
        )  # fmt: skip

        def address() -> str:
            try:
                return str(json.loads(text.read_text(encoding="utf-8"))["address"])
            except (FileNotFoundError, ValueError):
                return ""

        self.address = wait_until(address)
        assert self.address, "the scheduler has started"
        return process

    def start_worker(self, *words: str, **environment: str) -> subprocess.Popen[bytes]:
        """Start a worker with one thread and no nanny; nothing is known of it yet."""
        return self._start(
            "dask_worker", self.address, "--host", "127.0.0.1", "--no-dashboard", "--nthreads",
            "1", "--local-directory", str(self.folder / "scratch"), *(words or ("--no-nanny",)),
            **environment,
        )  # fmt: skip

    def end(self) -> None:
        """End what was started, the scheduler last, and see that nothing is left of it."""
        below = [
            child
            for process in self.started
            if process.poll() is None
            for child in psutil.Process(process.pid).children(recursive=True)
        ]
        for process in reversed(self.started):
            process.terminate()
            process.wait(LONG)
        _, left = psutil.wait_procs(below, LONG)
        for child in left:
            child.kill()
        assert not left, f"left behind: {left}"


@contextmanager
def processes(folder: Path, **environment: str) -> Iterator[Processes]:
    """Give a scheduler without workers, and end everything in the end."""
    folder.mkdir(parents=True)
    made = Processes(folder, environment)
    try:
        made.start_scheduler()
        yield made
    finally:
        made.end()
