"""Time that is up, for calls that nothing else ends."""

from __future__ import annotations

import socket
import threading

import pytest

from adoption.fetching.deadline import call_within


def test_what_ends_in_time_is_given_or_raised() -> None:
    late: list[int] = []

    def fails(error: Exception) -> int:
        raise error

    assert call_within(10, lambda: 7, late.append) == 7
    for error in (ZeroDivisionError("x"), TimeoutError("its own"), socket.gaierror(-2, "none")):
        with pytest.raises(type(error)) as caught:
            call_within(10, lambda error=error: fails(error), late.append)  # type: ignore[misc]
        assert caught.value is error
    assert late == []


def test_what_comes_late_is_closed() -> None:
    free, closed = threading.Event(), threading.Event()

    def connect() -> threading.Event:
        free.wait(30)
        return closed

    with pytest.raises(TimeoutError):
        call_within(0.1, connect, threading.Event.set)
    assert not closed.is_set()
    free.set()
    assert closed.wait(10)
