"""A connection to a Dask scheduler, whose faults are each told in one line."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import Any

from adoption.errors import AdoptionError
from adoption.words import counted

CONNECT_SECONDS = 10.0
LOGS = ("distributed", "distributed.client", "tornado")


class Scheduler:
    """A Dask scheduler; `connected` gives it.

    Attributes
    ----------
    address : str
        As it was given.
    """

    def __init__(self, client: Any, address: str) -> None:
        self.address = address
        self._client = client

    @property
    def is_lost(self) -> bool:
        """Whether there is no connection any more."""
        return bool(self._client.status != "running")

    def lost(self) -> AdoptionError:
        """Return what to raise when the connection is lost."""
        return AdoptionError(
            f"the connection to the Dask scheduler at {self.address} was lost; nothing is published"
        )

    def workers(self) -> list[str]:
        """Return the addresses of the workers that there are."""
        try:
            return list(self._client.scheduler_info()["workers"])
        except (OSError, AttributeError):  # the client forgets a scheduler that is gone
            raise self.lost() from None

    def check(self, function: Callable[[], object]) -> None:
        """Call a function on the scheduler, which must know what it passes on."""
        try:
            self._client.run_on_scheduler(function)
        except Exception as error:
            if self.is_lost or isinstance(error, OSError):
                raise self.lost() from None
            raise AdoptionError(
                f"the Dask scheduler at {self.address} cannot pass pages on, install this "
                f"package there as well: {fault(error)}"
            ) from error

    def ask_all(self, function: Callable[[], Any]) -> dict[str, Any]:
        """Return by address what a function returns on each worker, or the error it raises."""
        try:
            return dict(self._client.run(function, on_error="return"))
        except (OSError, AttributeError):
            raise self.lost() from None

    def listen(self, topic: str, hear: Callable[[Any], object]) -> None:
        """Hear what workers say under a topic."""
        self._client.subscribe_topic(topic, lambda event: hear(event[1]))

    def submit(
        self,
        function: Callable[..., Any],
        given: Sequence[Any],
        key: tuple[Any, ...],
        workers: Sequence[str],
        done: Callable[[Any], object],
    ) -> Any:
        """Have a function called on a worker."""
        future = self._client.submit(
            function, *given, key=key, workers=list(workers) or None,
            allow_other_workers=bool(workers),
        )  # fmt: skip
        future.add_done_callback(done)
        return future

    def give_up(self, futures: Iterable[Any]) -> None:
        """Give up tasks, also those that run; nothing happens if the connection is lost."""
        if not self.is_lost:
            with suppress(Exception):
                self._client.cancel(list(futures))


@contextmanager
def connected(address: str) -> Iterator[Scheduler]:
    """Connect to a scheduler."""
    try:
        from distributed import Client
    except ImportError:
        raise AdoptionError(
            "--dask needs the package distributed, which is not installed: "
            "pip install 'adoption[dask]'"
        ) from None
    for name in LOGS:  # what matters of it is told in a line of ours
        logging.getLogger(name).setLevel(logging.CRITICAL)
    untyped: Any = Client
    # Made in two steps to have what fails to connect in hand: left to the collector of garbage,
    # it is closed at any moment, also while another client starts and holds the lock it needs.
    client = untyped.__new__(untyped)
    try:
        try:
            client.__init__(address, timeout=CONNECT_SECONDS, set_as_default=False, name="adoption")
        except Exception as error:  # of many kinds, as is what people write for an address
            raise AdoptionError(f"no Dask scheduler at {address}: {error}") from error
        yield Scheduler(client, address)
    finally:
        with suppress(Exception):  # the scheduler may be gone
            client.close()


def fault(error: Exception) -> str:
    """Say in one line why a task or a worker failed."""
    from distributed import KilledWorker

    if isinstance(error, KilledWorker):
        ended = counted(error.allowed_failures + 1, "Dask worker")
        return f"{ended} ended while making it; the last was {error.last_worker.address}"
    return f"{type(error).__name__}: {error}".splitlines()[0]
