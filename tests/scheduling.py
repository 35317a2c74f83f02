"""Shared by the tests of the schedule: its files, and the programs that check them."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml  # type: ignore[import-untyped]

from tests.conftest import ROOT

WORKFLOWS = ROOT / ".github" / "workflows"
SCHEDULE = ROOT / "schedule"
BIN = Path(sys.executable).parent


def read(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def run(*command: str | Path, **more: Any) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, capture_output=True, text=True, check=False, **more)


def needed(program: str) -> str:
    """Return where a program is; skip the test without it, but not in CI."""
    found = shutil.which(program)
    if found is None and os.environ.get("CI") == "true":
        pytest.fail(f"{program} is missing: .ci/run should install it")
    if found is None:
        pytest.skip(f"{program} is not on this machine (Debian has it)")
    return found


def workflow(name: str) -> dict[Any, Any]:
    """Return a workflow; YAML takes its key `on` for true."""
    found: dict[Any, Any] = yaml.safe_load(read(WORKFLOWS / f"{name}.yml"))
    return found


def steps(name: str) -> dict[str, dict[str, Any]]:
    """Return the steps of a workflow's only job, each by its name or its action."""
    (job,) = workflow(name)["jobs"].values()
    return {step.get("name") or step["uses"]: step for step in job["steps"]}
