"""A project of its own for made-up snapshots."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conftest import FROZEN


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a project with the reference data of this one and no snapshots."""
    (tmp_path / "data" / "raw").mkdir(parents=True)
    (tmp_path / "data" / "reference").symlink_to(FROZEN / "data" / "reference")
    monkeypatch.setenv("ADOPTION_HOME", str(tmp_path))
    return tmp_path
