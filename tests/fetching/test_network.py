"""Connections that know when time is up, and how much came over them."""

from __future__ import annotations

import socket
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing

import httpcore
import pytest

from adoption.fetching.addresses import Request
from adoption.fetching.deadline import Deadline
from adoption.fetching.download import download
from adoption.fetching.faults import FetchError
from adoption.fetching.network import TimedBackend, TimedStream
from tests.fetching.conftest import means

HEAD = b"HTTP/1.1 200 OK\r\nA: b\r\n\r\n"


@pytest.fixture
def busy_port() -> Iterator[int]:
    """A port that takes no further connection and refuses none."""
    with ExitStack() as stack:
        listens = stack.enter_context(socket.create_server(("127.0.0.1", 0), backlog=0))
        port: int = listens.getsockname()[1]
        for _ in range(8):
            waiting = stack.enter_context(socket.socket())
            waiting.setblocking(False)
            waiting.connect_ex(("127.0.0.1", port))
        time.sleep(0.1)
        with socket.socket() as probe:
            probe.settimeout(0.3)
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                pytest.skip("this system takes every connection")
        yield port


def pair(deadline: Deadline) -> tuple[TimedStream, socket.socket]:
    """Return both ends of a connection, one of them timed."""
    with socket.create_server(("127.0.0.1", 0)) as listens:
        host, port = listens.getsockname()[:2]
        stream = TimedBackend(deadline).connect_tcp(host, port, 5)
        other = listens.accept()[0]
    assert isinstance(stream, TimedStream)
    return stream, other


@pytest.mark.parametrize(("connect", "whole"), [(0.3, 20.0), (20.0, 0.3)])
def test_a_connection_that_is_never_taken(busy_port: int, connect: float, whole: float) -> None:
    with pytest.raises(FetchError) as caught:
        download(
            Request(f"http://127.0.0.1:{busy_port}", "/a"), means(connect=connect, whole=whole), str
        )
    said = str(caught.value).removeprefix(f"http://127.0.0.1:{busy_port}/a: ")
    assert said == (
        f"no connection to 127.0.0.1:{busy_port}; allowed: one within 0.3 s"
        if connect < 1
        else "time was up before an answer began; allowed: 0.3 s in all"
    )


def test_nothing_is_read_written_or_opened_when_time_is_up() -> None:
    deadline = Deadline(0.5)
    stream, other = pair(deadline)
    with closing(stream), other:
        stream.write(b"question", 5)
        assert other.recv(100) == b"question"
        other.sendall(b"answer")
        assert stream.read(100) == b"answer"
        with pytest.raises(httpcore.ReadTimeout):
            stream.read(100, 60)
        other.sendall(b"more")
        with pytest.raises(httpcore.ReadTimeout, match="time is up"):
            stream.read(100)
        with pytest.raises(httpcore.WriteTimeout, match="time is up"):
            stream.write(b"more")
        with pytest.raises(httpcore.ConnectTimeout, match="time is up"):
            TimedBackend(deadline).connect_tcp("127.0.0.1", 1)


@pytest.mark.parametrize(
    ("parts", "surplus"),
    [
        ([HEAD + b"12345"], False),
        ([b"HTTP/1.1 103 E\r\n\r\nHTTP/1.1 100 C\r\nA: b\r\n\r\n" + HEAD + b"12345"], False),
        ([HEAD + b"123456"], True),
        ([HEAD, b"12345", b"6"], True),
        ([b"no head at all"], False),
    ],
)
def test_whether_more_came_than_was_announced(parts: list[bytes], surplus: bool) -> None:
    stream, other = pair(Deadline(20))
    with closing(stream), other:
        for part in parts:
            other.sendall(part)
            assert stream.read(1000, 5) == part
        other.shutdown(socket.SHUT_WR)
        assert stream.surplus(5) is surplus


def test_more_may_come_a_little_later_and_a_reset_is_no_more() -> None:
    for later in (b"6", b""):
        stream, other = pair(Deadline(20))
        with closing(stream), other:
            other.sendall(HEAD + b"12345")
            stream.read(1000, 5)
            if later:
                other.sendall(later)
            else:
                stream.write(b"unread")
                other.close()  # with something unread, the system resets the connection
            assert stream.surplus(5) is bool(later)
