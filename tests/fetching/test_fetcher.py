"""Many files: four at once at most, hosts spared, and one fault concerns one file."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

import pytest

from adoption.errors import AdoptionError
from adoption.fetching.addresses import Request
from adoption.fetching.download import Download
from adoption.fetching.faults import FetchError
from adoption.fetching.fetcher import Fetcher
from tests.conftest import hear_interrupts
from tests.fetching.answers import page, silent
from tests.fetching.conftest import AGENT, QUICK
from tests.fetching.publisher_server import Answer, Exchange, Publisher, closed_port


def slow(body: bytes, seconds: float) -> Answer:
    def answer(exchange: Exchange) -> None:
        exchange.rest(seconds)
        page(body)(exchange)

    return answer


def assert_apart(host: Publisher, began: float, pause: float) -> None:
    """Check that no request came before its turn; one may come later on a busy machine."""
    for number, asked in enumerate(host.asked):
        assert asked.at - began >= number * pause


def test_each_file_or_why_it_did_not_come_in_the_order_of_asking(publisher: Publisher) -> None:
    publisher.gives("/a", slow(b"a", 0.2))
    publisher.gives("/c", page(b"c", 500), page(b"c"))
    requests = {name: Request(publisher.base, f"/{name}") for name in "abc"}
    requests["d"] = Request(f"http://127.0.0.1:{closed_port()}", "/d")
    said: list[str] = []
    found = Fetcher(AGENT, QUICK, said.append).fetch(requests)
    assert list(found) == ["a", "b", "c", "d"]
    came = {name: each.content for name, each in found.items() if isinstance(each, Download)}
    assert came == {"a": b"a", "c": b"c"}
    assert isinstance(found["b"], FetchError)
    assert found["b"].status == 404
    assert "Connection refused" in str(found["d"])
    assert len(said) == 3
    assert {asked.headers["user-agent"] for asked in publisher.asked} == {AGENT}


def test_no_more_than_four_at_once_over_all_hosts() -> None:
    with ExitStack() as stack:
        hosts = [stack.enter_context(Publisher()) for _ in range(2)]
        spans: list[tuple[float, float]] = []

        def timed(exchange: Exchange) -> None:
            began = time.monotonic()
            exchange.rest(0.15)
            spans.append((began, time.monotonic()))
            page(b"x")(exchange)

        requests = {}
        for number in range(12):
            host = hosts[number % 2]
            host.gives(f"/{number}", timed)
            requests[number] = Request(host.base, f"/{number}")
        found = Fetcher(AGENT, QUICK).fetch(requests)
    assert all(isinstance(each, Download) for each in found.values())
    at_once = [sum(a <= begins < b for a, b in spans) for begins, _ in spans]
    assert max(at_once) == 4
    assert len(spans) == 12


def test_two_requests_to_one_host_are_apart_and_hosts_take_turns() -> None:
    with Publisher() as one, Publisher() as other:
        requests = {}
        for host in (one, other):
            for number in range(3):
                host.gives(f"/{number}", page(b"x"))
                requests[host.port, number] = Request(host.base, f"/{number}")
        fetcher = Fetcher(AGENT, replace(QUICK, pause=0.3))
        began = time.monotonic()
        fetcher.fetch(requests)
        fetcher.fetch({0: Request(one.base, "/0")})  # the next source of the same host
        for host, count in ((one, 4), (other, 3)):
            assert len(host.asked) == count
            assert_apart(host, began, 0.3)
        assert other.asked[0].at < one.asked[1].at


def test_a_host_that_wants_an_hour_is_let_alone(publisher: Publisher) -> None:
    for number in range(9):
        publisher.gives(f"/{number}", page(b"", 429, Retry_After="3600"))
    requests = {number: Request(publisher.base, f"/{number}") for number in range(9)}
    fetcher = Fetcher(AGENT, replace(QUICK, at_once=1))
    found = fetcher.fetch(requests)
    assert len(publisher.asked) == 1
    assert "asks to wait 3,600 s" in str(found[0])
    assert str(found[8]).startswith(
        f"{publisher.base}/8: not asked: its host wants to be let alone for 3,"
    )
    assert str(found[8]).endswith("; allowed: 2 s at most")


def test_a_wrong_setting_stops_before_anything_is_asked(
    publisher: Publisher, monkeypatch: pytest.MonkeyPatch
) -> None:
    wrong = Request("htp://example.org", "/a")
    with pytest.raises(AdoptionError, match=r"^base address 'htp://example\.org': is not one of "):
        Fetcher(AGENT, QUICK).fetch({0: Request(publisher.base, "/a"), 1: wrong})
    assert publisher.asked == []
    monkeypatch.setenv("HTTP_PROXY", "socks5://h:1")
    with pytest.raises(AdoptionError, match=r"^the environment's proxy for http addresses"):
        Fetcher(AGENT, QUICK).fetch({0: Request("http://publisher.invalid", "/a")})


INTERRUPTED = """
import sys
from adoption.fetching.addresses import Request
from adoption.fetching.fetcher import Fetcher
print("asks", flush=True)
Fetcher("adoption/test").fetch({n: Request(sys.argv[1], f"/{n}") for n in range(20)})
"""


@pytest.mark.skipif(os.name != "posix", reason="signals are sent so on POSIX only")
def test_ctrl_c_ends_it_at_once(publisher: Publisher) -> None:
    for number in range(20):
        publisher.gives(f"/{number}", silent())
    process = subprocess.Popen(
        [sys.executable, "-c", INTERRUPTED, publisher.base],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, preexec_fn=hear_interrupts,
        cwd=Path(__file__).parents[2],
    )  # fmt: skip
    assert process.stdout is not None
    assert process.stdout.readline() == b"asks\n"
    ends = time.monotonic() + 20
    while not publisher.asked and time.monotonic() < ends:
        time.sleep(0.05)
    assert publisher.asked
    process.send_signal(signal.SIGINT)
    _, errors = process.communicate(timeout=20)
    assert process.returncode == -signal.SIGINT or process.returncode == 130
    assert errors.rstrip().endswith(b"KeyboardInterrupt")
