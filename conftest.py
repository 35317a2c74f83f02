"""Shared by the tests and the notebooks, which nbval runs beside them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[None]:
    """Let a notebook read the data of today, and not the frozen copy of the tests."""
    with pytest.MonkeyPatch.context() as patch:
        if item.path.suffix == ".ipynb":
            patch.delenv("ADOPTION_HOME", raising=False)
        return (yield)
