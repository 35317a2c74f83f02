"""Shared by the tests of Dask's workers: a project whose pages they make."""

from __future__ import annotations

import pytest

from tests.reports.conftest import Project
from tests.reports.dask_pages import write_project


@pytest.fixture(scope="module")
def dask_project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    return write_project(tmp_path_factory.mktemp("dask") / "project")


@pytest.fixture
def at_dask_home(dask_project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ADOPTION_HOME", str(dask_project.root))
