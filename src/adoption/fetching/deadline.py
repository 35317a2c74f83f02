"""When time is up, whatever the other side does."""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import Future
from threading import Thread
from typing import TypeVar

Value = TypeVar("Value")


class Deadline:
    """A moment some seconds from now."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self._ends = time.monotonic() + seconds

    def left(self) -> float:
        """Return the seconds that are left; 0 when time is up."""
        return max(0.0, self._ends - time.monotonic())


def call_within(
    seconds: float, call: Callable[[], Value], late: Callable[[Value], object]
) -> Value:
    """Return what a call returns, or stop waiting for it.

    The system's search for a host's address cannot be stopped, nor bounded from outside.
    """
    ended: Future[Value] = Future()

    def run() -> None:
        try:
            ended.set_result(call())
        except Exception as error:
            ended.set_exception(error)

    def close(done: Future[Value]) -> None:
        if done.exception() is None:
            late(done.result())

    Thread(target=run, daemon=True).start()
    try:
        return ended.result(seconds)
    except TimeoutError:
        ended.add_done_callback(close)
        raise
