"""A publisher on the loopback: honest or faulty, as each path is told, over real connections.

It serves a bounded number of connections at once and ends with the test, or by itself after half
an hour: however long a test takes on a busy machine.
"""

from __future__ import annotations

import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from types import TracebackType
from typing import Self

LIVES = 1800.0  # seconds that a server is there at most
PATIENCE = 10.0  # seconds for a client to send its request, or to read
NO_SUCH_FILE = b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"
MOST_CONNECTIONS = 16
LONGEST_REQUEST = 65_536  # bytes


@dataclass(frozen=True)
class Asked:
    """A request as it came.

    Attributes
    ----------
    at : float
        The monotonic clock's time.
    line : str
        Such as `GET /a.csv HTTP/1.1`.
    headers : mapping of str to str
        By name in lower case.
    """

    at: float
    line: str
    headers: Mapping[str, str]

    @property
    def target(self) -> str:
        return self.line.split()[1]


@dataclass(frozen=True)
class Exchange:
    """A connection on which one request waits for its answer."""

    connection: socket.socket
    asked: Asked
    stopped: threading.Event

    def send(self, data: bytes) -> None:
        self.connection.sendall(data)

    def rest(self, seconds: float) -> None:
        """Do nothing, but not longer than the server lives."""
        if self.stopped.wait(seconds):
            raise ConnectionError("the server ends")


Answer = Callable[[Exchange], object]


class Publisher:
    """A server on a free port of 127.0.0.1.

    Parameters
    ----------
    certificate : SSLContext, optional
        With it, the server talks TLS.
    """

    def __init__(self, certificate: ssl.SSLContext | None = None) -> None:
        self._listens = socket.create_server(("127.0.0.1", 0))
        self._listens.settimeout(1)
        self.port: int = self._listens.getsockname()[1]
        self.host = f"127.0.0.1:{self.port}"
        self.base = f"{'https' if certificate else 'http'}://{self.host}"
        self.asked: list[Asked] = []
        self._certificate = certificate
        self._answers: dict[str, Iterator[Answer]] = {}
        self._lock, self._stopped = threading.Lock(), threading.Event()
        self._places = threading.BoundedSemaphore(MOST_CONNECTIONS)
        self._threads = [threading.Thread(target=self._serve, daemon=True)]

    def gives(self, target: str, *answers: Answer) -> None:
        """Tell how a target is answered: in turn, the last answer from then on."""

        def in_turn() -> Iterator[Answer]:
            yield from answers
            while True:
                yield answers[-1]

        with self._lock:
            self._answers[target] = in_turn()

    def __enter__(self) -> Self:
        self._threads[0].start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._stopped.set()
        with suppress(OSError):  # so that it need not wait for a request
            socket.create_connection(("127.0.0.1", self.port), PATIENCE).close()
        for thread in self._threads:
            thread.join(PATIENCE)
        self._listens.close()

    def _serve(self) -> None:
        ends = time.monotonic() + LIVES
        while not self._stopped.is_set() and time.monotonic() < ends:
            if not self._places.acquire(timeout=1):
                continue
            try:
                connection = self._listens.accept()[0]
            except TimeoutError:
                self._places.release()
                continue
            self._threads.append(
                threading.Thread(target=self._answer, args=(connection,), daemon=True)
            )
            self._threads[-1].start()
        self._stopped.set()

    def _answer(self, connection: socket.socket) -> None:
        try:
            connection.settimeout(PATIENCE)
            with suppress(OSError):  # of TLS too: the other side may leave when it likes
                if self._certificate:
                    connection = self._certificate.wrap_socket(connection, server_side=True)
                with connection:
                    self._exchange(connection)
        finally:
            self._places.release()

    def _exchange(self, connection: socket.socket) -> None:
        text = b""
        while b"\r\n\r\n" not in text and len(text) < LONGEST_REQUEST:
            data = connection.recv(4096)
            if not data:
                return
            text += data
        line, *lines = text.partition(b"\r\n\r\n")[0].decode("latin-1").split("\r\n")
        pairs = (each.partition(":")[::2] for each in lines)
        asked = Asked(time.monotonic(), line, {n.lower(): v.strip() for n, v in pairs})
        with self._lock:
            self.asked.append(asked)
            answer = next(self._answers[asked.target]) if asked.target in self._answers else None
        exchange = Exchange(connection, asked, self._stopped)
        if answer:
            answer(exchange)
        else:
            exchange.send(NO_SUCH_FILE)


def closed_port() -> int:
    """Return a port of this machine where nobody listens."""
    with socket.create_server(("127.0.0.1", 0)) as listens:
        port: int = listens.getsockname()[1]
    return port
