"""What is built on another processor; `--other-processor` (conftest.py) runs notebooks so."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT, contents


@pytest.mark.slow
def test_another_processor_builds_alike(tmp_path: Path, other_processor: dict[str, str]) -> None:
    """And scores the forecast of the past the same, of which each case has a fit of its own."""
    shutil.copytree(ROOT / "data", tmp_path / "data")
    command = [sys.executable, "-m", "adoption", "backtest", "--force"]  # which builds as well
    environment = {**os.environ, **other_processor, "ADOPTION_HOME": str(tmp_path)}
    subprocess.run(command, env=environment, check=True, cwd=tmp_path)
    here, there = (contents(home / "data" / "processed") for home in (ROOT, tmp_path))
    assert [name for name in here if here[name] != there.get(name)] == []
