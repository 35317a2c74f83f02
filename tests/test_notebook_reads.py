"""Every file that a notebook reads is recorded, also where what was read of it is remembered."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import ROOT
from tests.test_notebooks import NOTEBOOKS

pytestmark = pytest.mark.slow

NAMES = [path.stem for path in NOTEBOOKS]


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What `tests.reads` wrote, by name."""
    folder: Path = tmp_path_factory.mktemp("reads")
    subprocess.run([sys.executable, "-m", "tests.reads", folder], cwd=ROOT, check=True)
    return {path.stem: json.loads(path.read_text()) for path in folder.iterdir()}


@pytest.mark.parametrize("name", NAMES)
def test_what_is_recorded_is_what_was_opened_also_if_remembered(
    found: dict[str, Any], name: str
) -> None:
    assert found[name]["again"] == found[name]["first"] == found[name]["seen"]
    assert "data/reference/conventions.toml" in found[name]["seen"]
    assert "data/processed/snapshots.parquet" in found[name]["seen"]
