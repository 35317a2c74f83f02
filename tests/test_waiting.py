"""Whoever waits at a terminal sees a bar; a log sees none."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
import termios
from pathlib import Path

import pytest

from tests.conftest import FROZEN

COMMANDS = (
    ("build", ("build", "--check")),
    pytest.param(
        "refresh", ("refresh", "--source", "untc-hanoi", "--file", "none"), marks=pytest.mark.slow
    ),
    pytest.param("export", ("export", "Kenya", "kenya.xlsx"), marks=pytest.mark.slow),
)


@pytest.mark.parametrize(("name", "words"), COMMANDS)
def test_a_bar_stands_on_a_terminal_alone(
    name: str, words: tuple[str, ...], tmp_path: Path
) -> None:
    home = tmp_path / "home"
    (home / "data").mkdir(parents=True)
    for folder in ("raw", "reference", "processed"):
        (home / "data" / folder).symlink_to(FROZEN / "data" / folder)
    ours, theirs = pty.openpty()
    termios.tcsetwinsize(theirs, (24, 80))
    command = [sys.executable, "-m", "adoption", *words]
    environment = os.environ | {"ADOPTION_HOME": str(home), "COLUMNS": "80"}
    settings = {"cwd": tmp_path, "env": environment, "stdout": subprocess.PIPE}
    subprocess.run(command, stderr=theirs, check=False, **settings)  # type: ignore[call-overload]
    os.close(theirs)
    seen = b""
    try:
        while part := os.read(ours, 65536):
            seen += part
    except OSError:  # the other end is closed
        pass
    assert f"{name} |".encode() in seen
    if name != "build":
        return
    logged = subprocess.run(command, stderr=subprocess.PIPE, check=False, **settings)  # type: ignore[call-overload]
    assert f"{name} |".encode() not in logged.stderr + logged.stdout
