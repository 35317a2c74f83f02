"""A Dask scheduler that is not there, and Dask that is not installed, are each told in a line."""

from __future__ import annotations

import sys

import pytest

from adoption.errors import AdoptionError
from adoption.reports.workers import dask_client
from adoption.reports.workers.dask_client import connected

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("address", ["tcp://127.0.0.1:1", "ftp://x:1"])
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
