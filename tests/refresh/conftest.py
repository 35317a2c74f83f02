"""Shared by the tests of refreshing: no proxy of this machine, and a copy of the data."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.conftest import FROZEN
from tests.fetching.conftest import PROXIES
from tests.fetching.publisher_server import Publisher
from tests.refresh.life import Depositary, Project


@pytest.fixture(scope="module", autouse=True)
def _surroundings() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        for name in PROXIES:
            patch.delenv(name, raising=False)
            patch.delenv(name.upper(), raising=False)
        yield


@pytest.fixture(scope="module")
def project(_surroundings: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Project]:
    """A copy of the project's data; a module's tests have it in turn."""
    found = Project.copy(FROZEN, tmp_path_factory.mktemp("project"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ADOPTION_HOME", str(found.root))
        yield found


@pytest.fixture
def server(project: Project) -> Iterator[Publisher]:
    """A publisher whom the project asks."""
    with Publisher() as found:
        project.base = found.base
        yield found


@pytest.fixture(scope="module")
def depositary(project: Project) -> Depositary:
    return Depositary.agreed(project)
