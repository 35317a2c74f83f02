"""Dask schedulers and workers of the tests' own, on the loopback, each ended by its number."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from secrets import token_hex
from typing import Any

from distributed import Client

from tests.waiting import LONG, wait_until

MARK = "ADOPTION_TEST_CLUSTER"


@dataclass
class Processes:
    """A scheduler, its workers, and everything that those have started."""

    folder: Path
    environment: dict[str, str]
    mark: str = field(default_factory=lambda: token_hex(8))
    started: list[subprocess.Popen[bytes]] = field(default_factory=list)
    address: str = ""

    def _start(self, program: str, *words: str, **environment: str) -> subprocess.Popen[bytes]:
        with (self.folder / f"{program}-{len(self.started)}.log").open("wb") as log:
            process = subprocess.Popen(
                [sys.executable, "-m", f"distributed.cli.{program}", *words], cwd=self.folder,
                env={**os.environ, **self.environment, **environment, MARK: self.mark},
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

    def workers(self) -> dict[str, int]:
        """Return the process of each worker that the scheduler knows, by address."""
        untyped: Any = Client
        with untyped(self.address, set_as_default=False, timeout=LONG) as client:
            return dict(client.run(os.getpid))

    def wait_for(self, number: int) -> dict[str, int]:
        """Wait until there are so many workers."""
        found: dict[str, int] = wait_until(
            lambda: found if len(found := self.workers()) == number else {}
        )
        assert len(found) == number
        return found

    def ours(self) -> dict[int, bytes]:
        """Return the words of each process that carries the mark, but those started here."""
        found = {}
        for path in Path("/proc").glob("[0-9]*"):
            try:
                if f"{MARK}={self.mark}".encode() in (path / "environ").read_bytes():
                    found[int(path.name)] = (path / "cmdline").read_bytes()
            except (FileNotFoundError, PermissionError, ProcessLookupError):
                continue
        return {
            pid: words
            for pid, words in found.items()
            if pid not in {process.pid for process in self.started} and words
        }

    def end(self) -> None:
        """End what was started, and see that nothing is left of it."""
        for together in (self.started[1:], self.started[:1]):  # the scheduler last
            for process in together:
                process.terminate()
            for process in together:
                try:
                    process.wait(30)
                except subprocess.TimeoutExpired:
                    process.kill()
                    process.wait()
        left = wait_until(lambda: not self.ours(), 30) or self.ours()
        for pid in self.ours():
            os.kill(pid, signal.SIGKILL)
        assert left is True, f"left behind: {left}"


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
