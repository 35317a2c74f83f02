"""A pause between two requests to one host, whoever asks."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor

from adoption.fetching.pace import Pace

HOST = "example.org"


def test_a_host_that_asks_for_it_is_let_alone() -> None:
    pace = Pace(0, 60)
    began = time.monotonic()
    pace.hold(HOST, 0.3)
    pace.hold(HOST, 0.1)  # the longer time counts
    assert pace.wait("other.org") == 0
    assert pace.wait(HOST) == 0
    assert time.monotonic() - began >= 0.3


def test_longer_than_is_waited_is_not_waited_for() -> None:
    pace = Pace(0.3, 60)
    pace.wait(HOST)
    with ThreadPoolExecutor(1) as threads:
        waits = threads.submit(pace.wait, HOST)  # and hears of it while it waits
        pace.hold(HOST, 86_400)
        assert 43_200 < waits.result() <= 86_400
    assert 43_200 < pace.wait(HOST) <= 86_400
    assert pace.wait("other.org") == 0
