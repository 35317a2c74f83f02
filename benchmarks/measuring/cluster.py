"""A Dask scheduler with two workers on this machine."""

from __future__ import annotations

import subprocess
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from distributed import Client

from measuring.commands import BIN, ROOT


@contextmanager
def two_workers(folder: Path) -> Iterator[Path]:
    """Give the file of a scheduler that two workers with one thread each have joined."""
    file = folder / "scheduler.json"
    loopback = ("--host", "127.0.0.1", "--no-dashboard", "--scheduler-file", str(file))
    words = [("scheduler", "--port", "0"), *[("worker", "--nthreads", "1", "--no-nanny")] * 2]
    with ExitStack() as ends:
        for command in words:
            process = subprocess.Popen(
                [BIN / "dask", *command, *loopback],
                cwd=ROOT,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
            ends.callback(process.wait)
            ends.callback(process.terminate)
            while not file.exists() and process.poll() is None:
                time.sleep(0.1)
        with Client(scheduler_file=str(file), set_as_default=False) as client:
            client.wait_for_workers(2, timeout=60)
        yield file
