"""A Dask scheduler that is not there, and Dask that is not installed, are each told in a line."""

from __future__ import annotations

import sys
from typing import Any

import pytest
from distributed import Client

from adoption.errors import AdoptionError
from adoption.reports.workers import dask_client
from adoption.reports.workers.dask_client import connected, fault

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("address", ["tcp://127.0.0.1:1", "127.0.0.1:1", "nonsense", "ftp://x:1"])
def test_no_scheduler(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dask_client, "CONNECT_SECONDS", 0.5)
    with (
        pytest.raises(AdoptionError, match=f"^no Dask scheduler at {address}: ."),
        connected(address),
    ):
        pytest.fail("there is one")


def test_no_dask(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(AdoptionError) as caught, connected("tcp://127.0.0.1:1"):
        pytest.fail("there is one")
    assert str(caught.value) == (
        "--dask needs the package distributed, which is not installed: pip install 'adoption[dask]'"
    )


def test_a_fault_is_one_line() -> None:
    assert fault(ValueError("one\ntwo")) == "ValueError: one"


@pytest.mark.parametrize("address", ["nonsense", "ftp://x:1", "tcp://127.0.0.1:1"])
def test_what_cannot_connect_is_closed(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Closed by the garbage collector, it may wait for ever for a lock of another client's."""
    monkeypatch.setattr(dask_client, "CONNECT_SECONDS", 0.5)
    made: list[Any] = []
    start: Any = Client.start

    def noted(client: Any, **given: float) -> None:
        made.append(client)
        start(client, **given)

    monkeypatch.setattr(Client, "start", noted)
    with pytest.raises(AdoptionError, match="no Dask scheduler at"), connected(address):
        pytest.fail("there is one")
    assert [client.status for client in made] == ["closed"]
