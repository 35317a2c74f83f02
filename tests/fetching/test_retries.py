"""What may pass is asked again, after the time that the publisher names; what will not is not."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest

from adoption.fetching.addresses import Request
from adoption.fetching.download import Download, download
from adoption.fetching.faults import FetchError
from adoption.fetching.retries import persist
from tests.fetching.answers import announcing, page, reset, silent
from tests.fetching.conftest import means
from tests.fetching.publisher_server import Publisher

DATA = b"iso3,name\nQAT,Qatar\n"


class Asker:
    """Asks until something comes, and remembers what was said meanwhile."""

    def __init__(self, base: str) -> None:
        self.base = base
        self.said: list[str] = []

    def __call__(self, **changes: float) -> Download:
        how = means(**changes)
        request = Request(self.base, "/a.csv")
        return persist(lambda: download(request, how, str), how.limits, self.said.append)


@pytest.fixture
def ask(publisher: Publisher) -> Asker:
    return Asker(publisher.base)


@pytest.mark.parametrize(
    "fault",
    [page(b"", 503), page(b"", 429), reset, silent(), announcing(1000, DATA)],
    ids=["503", "429", "reset", "silent", "truncated"],
)
def test_what_has_passed_the_second_time(publisher: Publisher, ask: Asker, fault: Any) -> None:
    publisher.gives("/a.csv", fault, page(DATA))
    assert ask(read=0.3).content == DATA
    assert len(publisher.asked) == 2
    [line] = ask.said
    assert line.startswith(f"{publisher.base}/a.csv: ")
    assert line.endswith("; asking again (2 of 3)")


@pytest.mark.parametrize("fault", [page(b"", 404), page(b"", 202), page(b"")])
def test_what_is_wrong_for_good_is_asked_once(publisher: Publisher, ask: Asker, fault: Any) -> None:
    publisher.gives("/a.csv", fault, page(DATA))
    with pytest.raises(FetchError) as caught:
        ask()
    assert "asked" not in str(caught.value)
    assert len(publisher.asked) == 1
    assert ask.said == []


def test_seconds_to_wait_are_waited(publisher: Publisher, ask: Asker) -> None:
    publisher.gives("/a.csv", page(b"", 429, Retry_After="1"), page(DATA))
    assert ask().content == DATA
    first, second = publisher.asked
    assert second.at - first.at >= 1


def test_an_hour_is_not_waited(publisher: Publisher, ask: Asker) -> None:
    publisher.gives("/a.csv", page(b"", 429, Retry_After="3600"), page(DATA))
    with pytest.raises(FetchError) as caught:
        ask()
    assert str(caught.value) == (
        f"{publisher.base}/a.csv: answered 429 Too Many Requests and asks to wait 3,600 s; "
        "allowed: 2 s at most"
    )
    assert len(publisher.asked) == 1


def test_waits_grow_and_end(publisher: Publisher, ask: Asker) -> None:
    publisher.gives("/a.csv", page(b"", 500))
    with pytest.raises(FetchError, match=r"asked 4 times"):
        ask(attempts=4, first_wait=0.1)
    gaps = [after.at - before.at for before, after in pairwise(publisher.asked)]
    assert [gap >= least for gap, least in zip(gaps, (0.1, 0.2, 0.4), strict=True)] == [True] * 3


def test_patience_ends_before_all_attempts(publisher: Publisher, ask: Asker) -> None:
    publisher.gives("/a.csv", page(b"", 500, Retry_After="1"))
    with pytest.raises(FetchError, match=r"\(asked 2 times\); allowed: 200$"):
        ask(attempts=100, patience=0.5)
