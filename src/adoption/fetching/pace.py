"""A pause between two requests to one host."""

from __future__ import annotations

import time
from threading import Lock


class Pace:
    """When each host may be asked; for all threads that ask."""

    def __init__(self, pause: float, longest: float) -> None:
        self._pause, self._longest, self._lock = pause, longest, Lock()
        self._next: dict[str, float] = {}
        self._silent: dict[str, float] = {}

    def wait(self, host: str) -> float:
        """Return when a host may be asked, and count that it is; or do not wait."""
        begins = 0.0
        while True:
            with self._lock:
                now = time.monotonic()
                silent = self._silent.get(host, now)
                if silent - now > self._longest:
                    return silent - now
                if begins and silent <= now:  # nobody has asked for silence meanwhile
                    return 0.0
                begins = max(now, silent, self._next.get(host, now))
                self._next[host] = begins + self._pause
            time.sleep(begins - now)

    def hold(self, host: str, seconds: float) -> None:
        """Let a host alone for some seconds, because it asks for that."""
        with self._lock:
            until = time.monotonic() + seconds
            self._silent[host] = max(until, self._silent.get(host, until))
