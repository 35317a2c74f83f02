"""Many requests: a few at once, with a pause between two to one host."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Callable, Mapping
from queue import SimpleQueue
from threading import BoundedSemaphore, Thread
from typing import TypeVar

import httpx

from adoption.fetching.addresses import Request, place
from adoption.fetching.ask import Means, trusted
from adoption.fetching.download import Download, download
from adoption.fetching.faults import FetchError, number
from adoption.fetching.limits import Limits
from adoption.fetching.pace import Pace
from adoption.fetching.retries import persist

Name = TypeVar("Name")


class Fetcher:
    """Asks publishers for files; one for a whole run, so that no host is asked too often."""

    def __init__(
        self, agent: str, limits: Limits | None = None, say: Callable[[str], object] | None = None
    ) -> None:
        self.limits = limits or Limits()
        self._means = Means(self.limits, agent, trusted())
        self._say = say or _say_nothing
        self._pace = Pace(self.limits.pause, self.limits.longest_wait)
        self._places = BoundedSemaphore(self.limits.at_once)

    def fetch(self, requests: Mapping[Name, Request]) -> dict[Name, Download | FetchError]:
        """Ask for files; what went wrong with one does not concern the others."""
        waiting = deque(_by_turns(requests))
        ended: SimpleQueue[tuple[Name, Download | Exception]] = SimpleQueue()

        def work() -> None:
            while True:
                try:
                    name = waiting.popleft()
                except IndexError:
                    return
                ended.put((name, self._outcome(requests[name])))

        # Not a pool of threads: Python waits for those to end, and Ctrl-C should not.
        for _ in range(min(self.limits.at_once, len(waiting))):
            Thread(target=work, daemon=True).start()
        found: dict[Name, Download | FetchError] = {}
        try:
            while len(found) < len(requests):
                name, outcome = ended.get()
                if not isinstance(outcome, Download | FetchError):
                    raise outcome
                found[name] = outcome
        finally:
            waiting.clear()
        return {name: found[name] for name in requests}

    def _outcome(self, request: Request) -> Download | Exception:
        try:
            return persist(lambda: self._ask(request), self.limits, self._say)
        except Exception as error:  # told where `fetch` was called
            return error

    def _ask(self, request: Request) -> Download:
        with self._places:
            try:
                return download(request, self._means, self._wait)
            except FetchError as error:
                if error.retry_after:
                    self._pace.hold(place(error.url), error.retry_after)
                raise

    def _wait(self, url: httpx.URL) -> None:
        silent = self._pace.wait(place(url))
        if silent:
            problem = f"not asked: its host wants to be let alone for {number(silent)}"
            raise FetchError(url, problem, f"{number(self.limits.longest_wait)} at most")


def _say_nothing(_: str) -> None:
    """Tell nobody."""


def _by_turns(requests: Mapping[Name, Request]) -> list[Name]:
    """Return the names so that the hosts take turns, and pauses of one are another's time."""
    turns: Counter[str] = Counter()
    order = []
    for position, (name, request) in enumerate(requests.items()):
        host = place(request.url())
        order.append((turns[host], position, name))
        turns[host] += 1
    return [name for *_, name in sorted(order, key=lambda turn: turn[:2])]
