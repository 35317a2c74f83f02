"""Shared by the tests of adding: what is compiled is read once for all copies of a project."""

from collections.abc import Iterator

import pytest

from tests.made_once import read_compiled_once


@pytest.fixture(autouse=True, scope="package")
def _compiled_is_read_once() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        read_compiled_once(patch)
        yield
